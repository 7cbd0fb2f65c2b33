//! What is read from pages: the story, the day and where it stood, the outlet, the title.

use marchland_article::{Article, BlockKind, Published, ReadOptions, read_bytes};

fn read_page(page: &str) -> Article {
    read_bytes("page.html", page.as_bytes(), &ReadOptions::default()).remove(0).expect("a page")
}

/// The story that all pages here tell.
const STORY: &str = "<p>The rebels took the mill of Northtown on Friday after two days of fighting, the mayor said.</p>\
<p>The army denied it. Its spokesman said that the garrison was holding the mill, the bridge and the road to the coast.</p>\
<p>Nobody in the market could say who was in the old fort by noon, and the shops stayed shut all day.</p>";

/// The article as a person reads it: what is known of it, then a line for each block and cut.
fn shown(article: &Article) -> String {
    let day = match &article.published {
        Published::Given { day } => format!("{day} given"),
        Published::Read { day, from } => format!("{day} from {from}"),
        Published::Unknown => "unknown".into(),
    };
    let known = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".into());
    let mut lines =
        vec![format!("{} | {} | {day} | {}", known(&article.title), known(&article.outlet), known(&article.url))];
    let blocks = article.blocks.iter().map(|block| (block.span, format!("{:?}", block.kind)));
    let cuts = article.cuts.iter().map(|cut| (cut.span, format!("cut as {}", cut.reason.words())));
    let mut parts: Vec<_> = blocks.chain(cuts).collect();
    parts.sort_by_key(|(span, _)| span.start);
    for (span, what) in parts {
        let words = span.of(&article.text);
        let short: String = words.chars().take(24).collect();
        lines.push(format!("{what}: {}", short.trim()));
    }
    lines.join("\n")
}

fn check(page: &str, expect: &str) {
    let article = read_page(page);
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown(&article), expect.join("\n"), "{page}");
}

#[test]
fn json_ld_goes_first() {
    check(
        &format!(
            r#"<html><head><title>Mill taken | Example Wire</title><meta property="og:site_name" content="Other name">
            <meta property="article:published_time" content="2019-01-01">
            <link rel="canonical" href="https://wire.example/mill">
            <script type="application/ld+json">{{"@graph": [{{"@type": "WebPage", "datePublished": "2018-01-01"}},
            {{"@type": ["NewsArticle"], "headline": "Mill &amp; bridge taken", "datePublished": "2019-05-03T23:30:00+02:00",
            "publisher": {{"name": "Example Wire"}}}}]}}</script></head>
            <body><nav>Home Asia War</nav><article><h1>Mill taken</h1>{STORY}<h2>What now</h2>{STORY}
            <p>Read more: <a href="/x">Old Bridge Reopens</a></p></article><footer>© 2019 Example Wire</footer></body></html>"#
        ),
        "Mill & bridge taken | Example Wire | 2019-05-03 from json-ld | https://wire.example/mill
        Paragraph: The rebels took the mill
        Paragraph: The army denied it. Its
        Paragraph: Nobody in the market cou
        Heading: What now
        Paragraph: The rebels took the mill
        Paragraph: The army denied it. Its
        Paragraph: Nobody in the market cou
        cut as related link: Read more: Old Bridge Re",
    );
}

#[test]
fn meta_tags_and_time_elements() {
    let page = |head: &str, body: &str| {
        format!("<html><head>{head}</head><body><article><h1>Mill taken</h1>{body}{STORY}</article></body></html>")
    };
    let day = |head: &str, body: &str| read_page(&page(head, body)).published;
    let found = |head: &str, body: &str| match day(head, body) {
        Published::Read { day, from } => format!("{day} {from}"),
        other => format!("{other:?}"),
    };
    assert_eq!(found(r#"<meta name="pubdate" content="20190503">"#, ""), "2019-05-03 meta pubdate");
    assert_eq!(found(r#"<META NAME="Date" CONTENT="3 May 2019">"#, ""), "2019-05-03 meta date");
    assert_eq!(found("", r#"<time datetime="2019-05-03T10:00">Friday</time>"#), "2019-05-03 time element");
    assert_eq!(found("", "<time>May 3, 2019</time>"), "2019-05-03 time element");
    assert_eq!(found("", "<p>Published on May 3, 2019</p>"), "2019-05-03 date line");
    assert_eq!(
        found(
            "",
            "<p>NORTHTOWN, May 3, 2019 (Example Wire) - The mayor spoke to his people from the roof of the town hall.</p>"
        ),
        "2019-05-03 dateline"
    );
    // Times of several days are a list of stories; a day that cannot be is no day; and nothing is invented.
    assert_eq!(found("", "<time datetime='2019-05-03'></time><time datetime='2019-05-01'></time>"), "Unknown");
    assert_eq!(found(r#"<meta name="date" content="2019-02-31">"#, ""), "Unknown");
    assert_eq!(found(r#"<meta property="article:modified_time" content="2019-05-03">"#, ""), "Unknown");
    assert_eq!(found("", ""), "Unknown");
    let given = ReadOptions { published: Some(jiff::civil::date(2019, 5, 4)) };
    let article = read_bytes("p", page(r#"<meta name="date" content="2019-05-03">"#, "").as_bytes(), &given)
        .remove(0)
        .expect("read");
    assert_eq!(article.published, Published::Given { day: jiff::civil::date(2019, 5, 4) });
}

#[test]
fn lists_captions_and_links() {
    check(
        &format!(
            "<html><head><title>Mill taken</title></head><body><article><h1>Mill taken</h1>{STORY}
            <figure><img src=x><figcaption>The mill in spring, before the war came to it.</figcaption></figure>
            <p>What is known:</p><ul><li>The mill has four floors and a cellar.</li><li>The bridge is of stone and very old.</li></ul>
            <p><a href=/a>Who is the mayor of Northtown, and why</a></p>
            <p>A second line<br>of the same sentence ends here.<br>A third one is a new paragraph of this page.</p>{STORY}</article></body></html>"
        ),
        "Mill taken | - | unknown | -
        Paragraph: The rebels took the mill
        Paragraph: The army denied it. Its
        Paragraph: Nobody in the market cou
        cut as picture caption: The mill in spring, befo
        Paragraph: What is known:
        Item: The mill has four floors
        Item: The bridge is of stone a
        cut as related link: Who is the mayor of Nort
        Paragraph: A second line of the sam
        Paragraph: A third one is a new par
        Paragraph: The rebels took the mill
        Paragraph: The army denied it. Its
        Paragraph: Nobody in the market cou",
    );
}

#[test]
fn short_pages_and_bare_fragments_are_read() {
    assert_eq!(read_page("<p>The mill fell on Friday.</p>").clean_text(), "The mill fell on Friday.");
    assert_eq!(
        read_page("<div>The mill fell<br>on Friday.</div><div>The army denied it.</div>").clean_text(),
        "The mill fell on Friday.\n\nThe army denied it."
    );
    let article = read_page(
        "<html><body><header>Example Wire</header><p>The mill fell on Friday.</p><footer>Terms of use</footer></body></html>",
    );
    assert_eq!(article.clean_text(), "The mill fell on Friday.");
    assert!(article.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
}
