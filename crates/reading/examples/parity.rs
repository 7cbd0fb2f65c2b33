//! Reads JSON strings, one text a line, from standard input exactly as spaCy would and writes one JSON object a line.
//! `tools/eval/reading.py` compares the two; the program `marchland parse --whole` gives the same with more words.
use std::io::{BufRead, Write};
use std::time::Instant;

use marchland_article::{Article, CodePoints, Head};
use marchland_reading::{Model, Precision, ReadOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let begun = Instant::now();
    let model = Model::embedded();
    let loaded = begun.elapsed();
    let precision = if std::env::args().any(|a| a == "exact") { Precision::Exact } else { Precision::Fast };
    let options = ReadOptions { whole: true, precision, ..ReadOptions::default() };
    let (mut spent, mut tokens) = (std::time::Duration::ZERO, 0);
    for line in std::io::stdin().lock().lines() {
        let article = article(serde_json::from_str(&line?)?);
        let begun = Instant::now();
        let reading = model.read(&article, &options);
        spent += begun.elapsed();
        tokens += reading.tokens.len();
        let points = CodePoints::new(&article.text);
        let rows: Vec<_> = (0..reading.tokens.len())
            .map(|i| {
                let t = &reading.tokens[i];
                let (start, end) = points.span(t.span);
                (start, end, t.tag.as_str(), t.pos.as_str(), t.dep.as_str(), t.head, reading.lemma(i))
            })
            .collect();
        let names: Vec<_> = reading.names.iter().map(|n| (n.first, n.last, n.label.as_str())).collect();
        let sentences: Vec<_> = reading.sentences.iter().map(|s| s.first).collect();
        let json = serde_json::json!({ "tokens": rows, "names": names, "sentences": sentences });
        writeln!(out, "{json}")?;
    }
    writeln!(
        std::io::stderr(),
        "{}",
        serde_json::json!({
            "load_ms": loaded.as_secs_f64() * 1e3,
            "tokens": tokens,
            "tokens_per_second": tokens as f64 / spent.as_secs_f64(),
        })
    )?;
    Ok(())
}

fn article(text: String) -> Article {
    Article::new(Head::named("text"), text, Vec::new(), Vec::new(), Vec::new())
}
