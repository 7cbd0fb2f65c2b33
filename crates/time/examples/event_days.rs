//! Measures [`date_of`](marchland_time::date_of) against hand-dated claims: `event_days DOCS.jsonl LABELS.jsonl [seen|unseen|all] [-v]`.
//! The trigger is the topmost word of a claim's quote. Days agree when either end is within a day, as the claims' scorer counts.
#![allow(clippy::print_stdout)]

use std::collections::HashMap;

use jiff::civil::Date;
use marchland_article::{Article, Block, BlockKind, Head, Span};
use marchland_reading::{Model, ReadOptions, Reading};
use marchland_time::{Interval, date_of, find};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let part = args.get(3).map_or("all", String::as_str);
    let verbose = args.iter().any(|a| a == "-v");
    let shallow = args.iter().any(|a| a == "--shallow");
    let lines = |n: usize| std::fs::read_to_string(&args[n]).expect("a readable file");
    let rows = |text: &str| {
        text.lines().map(|l| serde_json::from_str(l).expect("a JSON line")).collect::<Vec<serde_json::Value>>()
    };
    let docs: HashMap<String, serde_json::Value> =
        rows(&lines(1)).into_iter().map(|d| (d["id"].as_str().unwrap_or_default().to_owned(), d)).collect();
    let (mut agree, mut differ, mut missed, mut empty, mut extra, mut states) = (0, 0, 0, 0, 0, 0);
    for labels in rows(&lines(2)) {
        let id = labels["id"].as_str().unwrap_or_default();
        let half = if crc(id).is_multiple_of(2) { "seen" } else { "unseen" };
        let claims = labels["claims"].as_array().cloned().unwrap_or_default();
        if args.iter().any(|a| a == "--news") && id.starts_with("wiki")
            || claims.is_empty()
            || (part != "all" && part != half)
        {
            continue;
        }
        let Some(doc) = docs.get(id) else { continue };
        let article = article(doc);
        let reading = if shallow {
            Reading::shallow(&article)
        } else {
            Model::embedded().read(&article, &ReadOptions::default())
        };
        let times = find(&article, &reading);
        for claim in &claims {
            if claim["doubtful"].as_bool() == Some(true) {
                continue;
            }
            let quote = claim["quote"].as_str().unwrap_or_default();
            let Some(start) = article.text.find(quote) else { continue };
            let span = Span::new(start, start + quote.len());
            let range = reading.tokens_in(span);
            let outside = |t: &usize| {
                !range.contains(&(reading.tokens[*t].head as usize)) || reading.tokens[*t].head as usize == *t
            };
            let Some(trigger) = range.clone().find(outside).or(Some(range.start)) else { continue };
            let got = date_of(&reading, &times, trigger, &article);
            let gold = claim["time"]
                .as_array()
                .map(|t| Interval { from: day(&t[0]), to: day(&t[1]) })
                .filter(|i| i.from.is_some() || i.to.is_some());
            let near = |a: Option<Date>, b: Option<Date>| {
                a.zip(b).is_some_and(|(a, b)| a.duration_until(b).as_hours().abs() <= 24)
            };
            let verdict = match (gold, got) {
                (None, None) => {
                    empty += 1;
                    ""
                }
                (None, Some(_)) => {
                    extra += 1;
                    "EXTRA"
                }
                (Some(g), None) if g.to.is_none() && g.from == article.published.day() => {
                    states += 1;
                    ""
                }
                (Some(_), None) => {
                    missed += 1;
                    "MISSED"
                }
                (Some(g), Some((d, _))) if near(g.from, d.from) || near(g.to, d.to) => {
                    agree += 1;
                    ""
                }
                _ => {
                    differ += 1;
                    "DIFFER"
                }
            };
            if verbose && !verdict.is_empty() {
                let words = got.and_then(|g| g.1).map_or("", |n| times[n].span.of(&article.text));
                let from = article.text[..start].char_indices().rev().nth(150).map_or(0, |c| c.0);
                println!(
                    "{verdict} {} [{words}] gold {} | {} published {} | {}>>{}<< trigger {}",
                    got.map_or("-".into(), |g| show(g.0)),
                    gold.map_or("-".into(), show),
                    id,
                    doc["published"],
                    article.text[from..start].replace('\n', " / "),
                    quote,
                    reading.tokens[trigger].span.of(&article.text)
                );
            }
        }
    }
    let given = agree + differ + extra;
    let wanted = agree + differ + missed;
    println!(
        "{part}: dated claims {wanted}: agree {agree}, differ {differ}, missed {missed} (and {states} that hold on the day of publication without a word of time); undated {}: empty {empty}, given a day {extra}",
        empty + extra
    );
    println!(
        "precision {:.3} recall {:.3}",
        agree as f64 / f64::from(given.max(1)),
        agree as f64 / f64::from(wanted.max(1))
    );
}

fn show(i: Interval) -> String {
    let side = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
    format!("{}..{}", side(i.from), side(i.to))
}

fn day(v: &serde_json::Value) -> Option<Date> {
    v.as_str().and_then(|d| d.parse().ok())
}

fn article(doc: &serde_json::Value) -> Article {
    let text = doc["text"].as_str().unwrap_or_default().to_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + line.len() - line.trim_start().len();
            let kind = if trimmed.len() < 60 && !trimmed.ends_with(['.', '"', '\'', '!', '?']) {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            };
            blocks.push(Block { span: Span::new(from, from + trimmed.len()), kind });
        }
        start += line.len() + 1;
    }
    let mut head = Head::named(doc["id"].as_str().unwrap_or_default());
    head.title = doc["title"].as_str().map(str::to_owned);
    if let Some(day) = day(&doc["published"]) {
        head = head.on(day);
    }
    Article::new(head, text, Vec::new(), blocks, Vec::new())
}

/// CRC-32 (the usual one), bit by bit: splits the documents into halves as `tools/eval/times.py` does.
fn crc(text: &str) -> u32 {
    !text.bytes().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
    })
}
