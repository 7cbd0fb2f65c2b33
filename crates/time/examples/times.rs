//! Reads JSON lines `{id, text, published | dct}` on standard input and prints `{id, timex: [{start, end, type, value}]}`,
//! offsets in code points, as `score_times.py` reads them.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, Write};

use marchland_article::{Article, Block, BlockKind, CodePoints, Head, Span};
use marchland_reading::Reading;

fn main() {
    let stdin = std::io::stdin();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for line in stdin.lock().lines() {
        let line = line.expect("standard input is UTF-8");
        let row: serde_json::Value = serde_json::from_str(&line).expect("a JSON object a line");
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let day =
            row["published"].as_str().or(row["dct"].as_str()).and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let mut head = Head::named(row["id"].as_str().unwrap_or_default());
        head.title = row["title"].as_str().map(str::to_owned);
        if let Some(day) = day {
            head = head.on(day);
        }
        let blocks = paragraphs(&text);
        let article = Article::new(head, text, Vec::new(), blocks, Vec::new());
        let points = CodePoints::new(&article.text);
        let timex: Vec<_> = marchland_time::find(&article, &Reading::default())
            .iter()
            .map(|t| {
                let (start, end) = points.span(t.span);
                let show = |i: Option<marchland_time::Interval>| {
                    i.map(|i| [i.from.map(|d| d.to_string()), i.to.map(|d| d.to_string())])
                };
                serde_json::json!({"start": start, "end": end, "type": t.kind, "value": t.value,
                    "text": t.span.of(&article.text), "days": show(t.days), "extent": show(t.extent)})
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": article.id, "timex": timex})).expect("standard output takes it");
    }
}

/// Blocks at blank lines. The gold texts are plain, and this measures the time room alone.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let from = start + (part.len() - part.trim_start().len());
            blocks.push(Block { span: Span::new(from, from + trimmed.len()), kind: BlockKind::Paragraph });
        }
        start += part.len() + 2;
    }
    blocks
}
