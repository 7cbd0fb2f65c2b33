//! For scoring and fitting: reads JSON lines with `id` (or `doc_id`) and `text`, writes one JSON line per document.
//!
//! `place_lines find [--shallow] [--demonyms] [--wide]`: toponyms with code points and coordinates.
//! `place_lines spans [--shallow]`: features of every span that recognition looks at.
//! Everywhere `--weights FILE`: other weights than the embedded ones.
//! `place_lines mentions [--shallow] [--together]`: features of the candidates of the gold spans (`toponyms`).

use std::error::Error;
use std::io::{BufRead, Write};

use marchland_article::{Article, Block, BlockKind, CodePoints, Head, Span};
use marchland_place::{Gazetteer, Options, find, fit};
use marchland_reading::{Model, ReadOptions};
use serde_json::{Value, json};

/// The whole text is news; each line is a block.
fn article(id: &str, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block { span: Span::new(start, start + trimmed.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    Article::new(Head::named(id), text.to_owned(), Vec::new(), blocks, Vec::new())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|a| a == flag);
    if let Some(at) = args.iter().position(|a| a == "--weights") {
        fit::use_weights(&std::fs::read_to_string(args.get(at + 1).ok_or("--weights FILE")?)?)?;
    }
    let gazetteer = Gazetteer::embedded();
    let model = Model::embedded();
    let options = Options {
        demonyms: has("--demonyms"),
        governments: has("--wide"),
        references: has("--references"),
        ..Options::default()
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut documents, mut words) = (0u32, 0usize);
    let mut spent = std::time::Duration::ZERO;
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let id = row["doc_id"].as_str().or(row["id"].as_str()).unwrap_or("?");
        let article = article(id, row["text"].as_str().unwrap_or(""));
        let points = CodePoints::new(&article.text);
        let reading =
            if has("--shallow") { model.shallow(&article) } else { model.read(&article, &ReadOptions::default()) };
        let start = std::time::Instant::now();
        let outside = |s: Span| points.span(s);
        let value = match args.first().map(String::as_str) {
            Some("find") => {
                let toponyms = find(&article, &reading, gazetteer, &options);
                spent += start.elapsed();
                let list: Vec<Value> = toponyms
                    .iter()
                    .map(|t| {
                        let (from, to) = outside(t.span);
                        let point = t.point(gazetteer);
                        json!({"start": from, "end": to, "text": t.span.of(&article.text), "lat": point.map(|p| p.0), "lon": point.map(|p| p.1),
                               "id": t.place.map(|p| p.id.to_string()), "score": t.place.map(|p| p.score), "kind": t.kind, "precision": t.precision})
                    })
                    .collect();
                json!({"id": id, "toponyms": list})
            }
            Some("spans") => {
                let (rows, demonyms) = fit::span_rows(&article, &reading, gazetteer);
                let rows: Vec<Value> = rows
                    .iter()
                    .map(|r| {
                        let (a, b) = outside(r.span);
                        json!({"start": a, "end": b, "full": r.full, "features": r.features})
                    })
                    .collect();
                let demonyms: Vec<_> = demonyms.iter().map(|&d| outside(d)).collect();
                json!({"id": id, "spans": rows, "demonyms": demonyms})
            }
            Some("mentions") => {
                let gold: Vec<Span> = row["toponyms"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|t| {
                        let byte = |n: usize| article.text.char_indices().nth(n).map_or(article.text.len(), |(b, _)| b);
                        Some(Span::new(byte(t["start"].as_u64()? as usize), byte(t["end"].as_u64()? as usize)))
                    })
                    .collect();
                let rows = fit::mention_rows(&article, &reading, gazetteer, &gold, has("--together"));
                let rows: Vec<Value> = rows
                    .iter()
                    .map(|r| {
                        let (a, b) = outside(r.span);
                        json!({"start": a, "end": b, "places": r.places, "features": r.features})
                    })
                    .collect();
                json!({"id": id, "mentions": rows})
            }
            _ => return Err("use: place_lines find|spans|mentions [flags] < DOCS.jsonl".into()),
        };
        documents += 1;
        words += reading.tokens.len();
        writeln!(out, "{value}")?;
    }
    if args.first().is_some_and(|a| a == "find") {
        writeln!(
            std::io::stderr(),
            "{documents} documents, {words} tokens, place room alone {:.3} s",
            spent.as_secs_f64()
        )?;
    }
    Ok(())
}
