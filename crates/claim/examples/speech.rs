//! Attributions of articles: JSON Lines of {id, text} on standard input; {id, attributions: [{cue, source}]} out, offsets in code points.

use std::io::{self, Read, Write};

use marchland_article::{CodePoints, ReadOptions, read_bytes};
use marchland_claim::{Rules, attributions};
use marchland_reading::Model;

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    let rules = Rules::embedded();
    let mut out = io::stdout().lock();
    for article in read_bytes("stdin.jsonl", &bytes, &ReadOptions::default()).into_iter().flatten() {
        let reading = Model::embedded().read(&article, &Default::default());
        let points = CodePoints::new(&article.text);
        let rows: Vec<serde_json::Value> = attributions(&article, &reading, &rules)
            .into_iter()
            .map(|a| serde_json::json!({"cue": points.span(a.cue), "source": a.source.map(|s| points.span(s))}))
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": article.id, "attributions": rows}))?;
    }
    Ok(())
}
