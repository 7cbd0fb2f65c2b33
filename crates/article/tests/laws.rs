//! Laws that hold for every text: spans in order, disjoint, inside, on character boundaries; no word lost.

use marchland_article::{Article, Head, ReadOptions, read_bytes};
use proptest::prelude::*;

fn is_seen(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}'))
}

fn check(article: &Article) {
    let text = &article.text;
    let mut spans: Vec<_> =
        article.cuts.iter().map(|cut| cut.span).chain(article.blocks.iter().map(|block| block.span)).collect();
    assert!(article.cuts.is_sorted_by_key(|cut| cut.span.start));
    assert!(article.blocks.is_sorted_by_key(|block| block.span.start));
    spans.sort();
    let mut from = 0;
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(from <= start && start < end && end <= text.len(), "{span:?} after {from} in {text:?}");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{span:?} in {text:?}");
        assert!(!text[from..start].contains(is_seen), "lost {:?} of {text:?}", &text[from..start]);
        from = end;
    }
    assert!(!text[from..].contains(is_seen), "lost {:?} of {text:?}", &text[from..]);
    for block in &article.blocks {
        let words = block.span.of(text);
        assert_eq!(words, words.trim(), "blocks have no blanks at their ends");
    }
    for (cut, quote) in article.cuts.iter().zip(article.cut_quotes()) {
        let by_points: String =
            text.chars().skip(quote.start as usize).take((quote.end - quote.start) as usize).collect();
        assert_eq!((by_points.as_str(), quote.quote), (cut.span.of(text), cut.span.of(text)));
    }
}

/// Lines as news has them, mixed with furniture, blanks of all kinds and odd characters.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Z][a-zé ]{3,90}[.!?\"”]?",
        "    [A-Za-z ]{5,70}",
        "[A-Z ]{4,30}",
        "(Read more|READ ALSO|Related|Post a Comment|Photo|© 2021|Share|Published on)[: ]{0,2}[A-Za-z ]{0,60}",
        "[A-Za-z ]{5,40}[.”a](Read more: |Also read: |\\(Reporting by )[A-Z][a-z ]{3,40}\\)?",
        "[A-Z]{3,9}, (May 3, 2019|3 May 2019) [-–(][a-z ]{0,30}",
        "[-*•#=] ?[a-z ]{0,20}",
        "\\PC{0,40}",
        "[ \t\u{a0}\u{200b}\u{3}]{0,4}",
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\r"), Just("\u{2028}"), Just("\u{b}\n")];
    prop::collection::vec((line, end), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn pages() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        "<(p|div|h2|li|b|a href=x|article|br|td|script|blockquote|/p|/div|/a|/b|/li|/article|/script)>",
        "[A-Za-z ,.é&<>]{0,60}",
        "(<p>[A-Z][a-z ,]{40,200}[.]</p>){1,4}",
        Just("&amp;&#39;&#0;&#xD800;<!-- x -->".to_owned()),
    ];
    prop::collection::vec(bit, 0..30).prop_map(|bits| format!("<html><body>{}", bits.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_text(text in lines()) {
        check(&Article::plain(Head::named("a"), text.clone()));
        let titled = Head { title: text.lines().next().map(str::to_owned), ..Head::named("a") };
        let article = Article::plain(titled, text.clone());
        check(&article);
        prop_assert_eq!(&article.text, &text, "the text is kept whole");
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for article in read_bytes("x", &bytes, &ReadOptions::default()).into_iter().flatten() {
            check(&article);
        }
    }

    #[test]
    fn any_page(page in pages()) {
        for article in read_bytes("x", page.as_bytes(), &ReadOptions::default()).into_iter().flatten() {
            check(&article);
        }
    }

    #[test]
    fn the_same_bytes_give_the_same_article(text in lines()) {
        prop_assert_eq!(Article::plain(Head::named("a"), text.clone()), Article::plain(Head::named("a"), text));
    }
}
