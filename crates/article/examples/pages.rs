//! Reads JSON Lines of documents (`{id, html}` or `{id, text}`) from the files named, and writes `{id, text, ...}` lines as
//! `score_pages.py` reads them: the figures in `eval/article.md` are made with this (`tools/eval/pages.sh`).
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Write;

use marchland_article::{Published, ReadOptions, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut pages, mut bytes) = (0u32, 0usize);
    let mut spent = std::time::Duration::ZERO;
    for name in std::env::args().skip(1) {
        let content = std::fs::read(&name)?;
        bytes += content.len();
        let mut articles = read(&name, content.as_slice(), &ReadOptions::default());
        loop {
            let start = std::time::Instant::now();
            let Some(article) = articles.next() else { break };
            spent += start.elapsed();
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    eprintln!("{error}");
                    continue;
                }
            };
            pages += 1;
            let (day, from) = match &article.published {
                Published::Read { day, from } => (Some(day.to_string()), Some(from.clone())),
                Published::Given { day } => (Some(day.to_string()), None),
                Published::Unknown => (None, None),
            };
            let blocks: Vec<_> =
                article.blocks.iter().map(|block| (block.kind, block.span.of(&article.text))).collect();
            let line = serde_json::json!({"id": article.id, "text": article.clean_text(), "day": day, "from": from,
                "title": article.title, "outlet": article.outlet, "cut": article.cut_quotes(), "notes": article.notes,
                "blocks": blocks});
            writeln!(out, "{line}")?;
        }
    }
    let seconds = spent.as_secs_f64();
    let rate = f64::from(pages) / seconds;
    eprintln!("{pages} documents, {:.1} MB, {seconds:.2} s, {rate:.0} documents/s on one thread", bytes as f64 / 1e6);
    Ok(())
}
