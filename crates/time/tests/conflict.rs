//! The conflict set: sentences of our own about a dozen wars, with the day of each event. The score and every error stand in
//! `eval/time-conflict.md`; `BLESS=1` rewrites it after a change that was meant.

mod common;

use std::fmt::Write;
use std::path::PathBuf;

use common::{article, shown};
use marchland_article::Span;
use marchland_reading::{Model, ReadOptions, Reading};
use marchland_time::{date_of, find};

const SET: &str = include_str!("../../../data/time/conflict.tsv");

/// What is said of one event, and what should be.
struct Verdict {
    war: String,
    sentence: String,
    trigger: String,
    want: String,
    got: String,
}

fn check(row: &str, deep: bool) -> Option<Verdict> {
    let fields: Vec<&str> = row.split('\t').collect();
    let [war, published, sentence, trigger, want] = fields[..] else { return None };
    let text = sentence.replace("\\n", "\n");
    let article = article(&text, published);
    let reading =
        if deep { Model::embedded().read(&article, &ReadOptions::default()) } else { Reading::shallow(&article) };
    let times = find(&article, &reading);
    let at = text.find(trigger)?;
    let token = reading.tokens_in(Span::new(at, at + trigger.len())).next()?;
    let got = shown(date_of(&reading, &times, token, &article).map(|d| d.0));
    Some(Verdict { war: war.into(), sentence: sentence.into(), trigger: trigger.into(), want: want.into(), got })
}

fn report() -> String {
    let rows: Vec<&str> = SET.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let mut text = String::from(
        "# Days of events in the conflict set\n\nWritten by `cargo test -p marchland-time --test conflict` (`BLESS=1` after a change that was meant).\n",
    );
    for deep in [true, false] {
        let all: Vec<Verdict> = rows.iter().filter_map(|r| check(r, deep)).collect();
        assert_eq!(all.len(), rows.len(), "every row of the set can be read");
        let right = all.iter().filter(|v| v.want == v.got).count();
        let dated = all.iter().filter(|v| v.want != "-").count();
        let given = all.iter().filter(|v| v.got != "-").count();
        let hit = all.iter().filter(|v| v.want == v.got && v.want != "-").count();
        let how = if deep { "With tags and arcs" } else { "With tokens only" };
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let _ = write!(
            text,
            "\n## {how}\n\n{} sentences, {right} right ({:.1} %). Dated events {dated}: found exactly {hit} (recall {:.1} %, precision {:.1} %).\n\n",
            all.len(),
            share(right, all.len()),
            share(hit, dated),
            share(hit, given)
        );
        let mut wars: Vec<&str> = all.iter().map(|v| v.war.as_str()).collect();
        wars.sort_unstable();
        wars.dedup();
        text.push_str("| war | sentences | right |\n|---|---|---|\n");
        for war in wars {
            let of = all.iter().filter(|v| v.war == war).count();
            let right = all.iter().filter(|v| v.war == war && v.want == v.got).count();
            let _ = writeln!(text, "| {war} | {of} | {right} |");
        }
        text.push_str("\nErrors:\n\n");
        for v in all.iter().filter(|v| v.want != v.got) {
            let _ = writeln!(text, "- {} [{}]: wanted {}, got {}", v.sentence, v.trigger, v.want, v.got);
        }
    }
    text
}

#[test]
fn the_committed_score_is_todays() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../eval/time-conflict.md");
    let report = report();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &report).expect("eval/ can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == report,
        "eval/time-conflict.md is not what the code gives now; read the difference, then BLESS=1:\n{report}"
    );
}
