//! Tokens and sentences without a parse.

mod common;

use marchland_reading::Reading;

/// Reads blocks and compares one line a sentence, tokens parted by `|`.
fn check(blocks: &[&str], expect: &str) {
    let article = common::article(blocks);
    let reading = Reading::shallow(&article);
    let mut lines = Vec::new();
    for sentence in &reading.sentences {
        let words: Vec<&str> = reading.tokens[sentence.first as usize..sentence.last as usize]
            .iter()
            .map(|t| t.span.of(&article.text))
            .collect();
        lines.push(words.join("|"));
    }
    assert_eq!(lines.join("\n"), expect.trim());
}

#[test]
fn words_are_cut_as_the_weights_expect() {
    check(
        &["The rebels can't hold Sar-e-Pul (pop. 50,000km²), e.g. https://example.org/a_b?c=d."],
        "The|rebels|ca|n't|hold|Sar|-|e|-|Pul|(|pop|.|50,000|km²|)|,|e.g.|https://example.org/a_b?c=d|.",
    );
    check(&["“Don’t,” he said:) in the U.S. Army..."], "“|Do|n’t|,|”|he|said|:)|in|the|U.S.|Army|...");
}

#[test]
fn sentences_end_at_marks_and_never_cross_blocks() {
    check(
        &["NERVE AXIS", "Gen. Omar fled. \"We won,\" he said. The U.S. The town fell at 5 p.m. He left!"],
        "NERVE|AXIS\nGen.|Omar|fled|.\n\"|We|won|,|\"|he|said|.\nThe|U.S.\nThe|town|fell|at|5|p.m.\nHe|left|!",
    );
    check(
        &["He asked: \"Who holds it?\" Nobody knew. (They left.) \"Why?\" she asked."],
        "He|asked|:|\"|Who|holds|it|?|\"\nNobody|knew|.\n(|They|left|.|)\n\"|Why|?|\"|she|asked|.",
    );
}

#[test]
fn white_space_is_no_token() {
    check(&["Two  words\n\tand\u{a0}more"], "Two|words|and|more");
}
