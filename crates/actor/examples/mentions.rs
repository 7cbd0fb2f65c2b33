//! Prints the mentions of actors in each document of a JSON Lines file (from standard input), one document a line.
//!
//! `zcat train.docs.jsonl.gz | cargo run --release -p marchland-actor --example mentions [-- --shallow]`
//! With `--time` the time that this room took, and the words read, go to standard error. Offsets are code points. With `--shallow` no tags and arcs are read. Made for `tools/eval/actor.py`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{BufRead, Write};

use marchland_actor::{Context, Registry, read};
use marchland_article::{Article, CodePoints, Head};
use marchland_reading::{Model, ReadOptions};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let timed = std::env::args().any(|a| a == "--time");
    let shallow = std::env::args().any(|a| a == "--shallow");
    let start = std::time::Instant::now();
    let registry = Registry::embedded();
    let (loaded, mut took, mut words, mut documents) = (start.elapsed(), std::time::Duration::ZERO, 0, 0);
    let model = Model::embedded();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let doc: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| doc[key].as_str().unwrap_or_default().to_owned();
        let mut article = Article::plain(
            Head { title: doc["title"].as_str().filter(|t| !t.is_empty()).map(Into::into), ..Head::named(text("id")) },
            text("text"),
        );
        let day = text("published").parse().ok();
        if let Some(day) = day {
            article.published = marchland_article::Published::Given { day };
        }
        let reading = if shallow { model.shallow(&article) } else { model.read(&article, &ReadOptions::default()) };
        let start = std::time::Instant::now();
        let actors = read(&article, &reading, &registry, &Context { countries: &[], day });
        took += start.elapsed();
        words += reading.tokens.len();
        documents += 1;
        let points = CodePoints::new(&article.text);
        let name = |id: &marchland_actor::ActorId| registry.name(id).into_owned();
        let mentions: Vec<Value> = actors
            .mentions
            .iter()
            .map(|m| {
                let (start, end) = points.span(m.span);
                let line: Vec<String> = m.actor.iter().flat_map(|a| registry.lineage(&a.id)).map(name).collect();
                let others: Vec<String> = m.alternatives.iter().map(|a| name(&a.id)).collect();
                json!({ "start": start, "end": end, "kind": m.kind, "words": m.span.of(&article.text), "actor": line.first(), "line": line,
                    "id": m.actor.as_ref().map(|a| &a.id), "score": m.actor.as_ref().map(|a| a.score), "others": others,
                    "third": m.actor.as_ref().is_some_and(|a| registry.is_third_party(&a.id)), "outside": m.actor.as_ref().is_some_and(|a| actors.is_third_party(&registry, &a.id)),
                    "against": m.actor.as_ref().and_then(|a| actors.opponent(&registry, &a.id, m.span.start)).map(|a| name(&a.id)) })
            })
            .collect();
        let sentences: Vec<(u32, u32)> = reading.sentences.iter().map(|s| points.span(s.span)).collect();
        writeln!(
            out,
            "{}",
            json!({ "id": article.id, "mentions": mentions, "wars": actors.wars.iter().take(3).map(|w| json!([w.0.id, w.1])).collect::<Vec<_>>(), "sentences": sentences })
        )?;
    }
    if timed {
        eprintln!("registry loaded in {loaded:?}; {documents} documents, {words} tokens in {took:?}");
    }
    Ok(())
}
