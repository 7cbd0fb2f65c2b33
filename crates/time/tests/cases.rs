//! The table of sentences in `data/time/cases.tsv`: every expression with type, value and days.

mod common;

use std::fmt::Write;

use common::{article, shown};
use marchland_reading::Reading;

const TABLE: &str = include_str!("../../../data/time/cases.tsv");

/// Reads one row and says what is wrong with it, if anything.
fn check(row: &str) -> Option<String> {
    let fields: Vec<&str> = row.split('\t').collect();
    let [published, sentence, words, kind, value, days] = fields[..] else {
        return Some(format!("six fields wanted, {} found: {row}", fields.len()));
    };
    let text = sentence.replace("\\n", "\n");
    let article = article(&text, published);
    let found = marchland_time::find(&article, &Reading::default());
    let all = || {
        found.iter().fold(String::new(), |mut all, t| {
            let _ = write!(all, "\n      [{}] {:?} {} {}", t.span.of(&text), t.kind, t.value, shown(t.meant()));
            all
        })
    };
    if words == "none" {
        return (!found.is_empty()).then(|| format!("nothing wanted in: {sentence}{}", all()));
    }
    let hit = found.iter().find(|t| t.span.of(&text) == words);
    let Some(hit) = hit else { return Some(format!("[{words}] not found in: {sentence}{}", all())) };
    let got = (format!("{:?}", hit.kind).to_uppercase(), hit.value.clone(), shown(hit.meant()));
    let want = (kind.to_owned(), value.to_owned(), days.to_owned());
    (got != want).then(|| format!("[{words}] in: {sentence}\n      want {want:?}\n      got  {got:?}"))
}

#[test]
fn every_case_of_the_table() {
    let rows: Vec<&str> = TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    assert!(rows.len() >= 20, "the table is short: {} rows", rows.len());
    let wrong: Vec<String> = rows.iter().filter_map(|row| check(row)).collect();
    assert!(wrong.is_empty(), "{} of {} rows fail:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
