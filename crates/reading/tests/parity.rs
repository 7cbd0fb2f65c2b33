//! Parity with spaCy on sentences of our own: `fixtures/parity.json` is what spaCy says of `fixtures/texts.txt`
//! (made by `tools/eval/fixture.py`). The large comparison is in `eval/reading.md`.

mod common;

use marchland_article::CodePoints;
use marchland_reading::{Model, Precision, ReadOptions};
use serde_json::{Value, json};

fn check(precision: Precision) {
    let text = include_str!("fixtures/texts.txt");
    let expect: Value = serde_json::from_str(include_str!("fixtures/parity.json")).expect("the fixture is JSON");
    let article = common::article(&[text]);
    let reading = Model::embedded().read(&article, &ReadOptions { whole: true, precision, ..ReadOptions::default() });
    let points = CodePoints::new(&article.text);
    let tokens: Vec<Value> = (0..reading.tokens.len())
        .map(|i| {
            let t = &reading.tokens[i];
            let (start, end) = points.span(t.span);
            json!([start, end, t.tag.as_str(), t.pos.as_str(), t.dep.as_str(), t.head, reading.lemma(i)])
        })
        .collect();
    let theirs = expect["tokens"].as_array().expect("tokens are a list");
    assert_eq!(tokens.len(), theirs.len(), "the number of tokens differs");
    for (ours, theirs) in tokens.iter().zip(theirs) {
        assert_eq!(ours, theirs);
    }
    let names: Vec<Value> = reading.names.iter().map(|n| json!([n.first, n.last, n.label.as_str()])).collect();
    assert_eq!(Value::from(names), expect["names"]);
    let sentences: Vec<Value> = reading.sentences.iter().map(|s| s.first.into()).collect();
    assert_eq!(Value::from(sentences), expect["sentences"]);
}

#[test]
fn the_exact_reading_equals_spacys() {
    check(Precision::Exact);
}

#[test]
fn the_fast_reading_equals_spacys_here_too() {
    check(Precision::Fast);
}
