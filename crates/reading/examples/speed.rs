//! Measures how fast texts are read: JSON strings, one a line, from the file named first; on one thread.
//! `plain`, `avx2` or `avx512` among the arguments picks the kernels; `stages` also says where the time goes (a share of
//! the time of day for each stage, because stages are shorter than the ticks of a thread's own clock).
//!
//! Time is the thread's own processor time where the system tells it (Linux), so that neighbours do not count.
use std::io::Write;
use std::time::{Duration, Instant};

use marchland_article::{Article, Block, BlockKind, Head, Span};
use marchland_reading::numeric::Kernels;
use marchland_reading::{Model, Precision, ReadOptions};

mod stages;
use stages::Stages;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: speed TEXTS.jsonl [whole|shallow] [exact|fast] [plain|avx2|avx512] [stages] [rounds]")?;
    let whole = std::env::args().any(|a| a == "whole");
    let shallow = std::env::args().any(|a| a == "shallow");
    let precision = if std::env::args().any(|a| a == "exact") { Precision::Exact } else { Precision::Fast };
    let kernels = std::env::args().find_map(|a| Kernels::named(&a)).unwrap_or_default();
    let staged = std::env::args().any(|a| a == "stages");
    let rounds = std::env::args().filter_map(|a| a.parse::<usize>().ok()).next().unwrap_or(1);
    let articles: Vec<Article> = std::fs::read_to_string(path)?
        .lines()
        .map(|l| Ok(article(serde_json::from_str(l)?)))
        .collect::<Result<_, serde_json::Error>>()?;
    let begun = clock();
    let model = Model::embedded();
    let load = clock() - begun;
    let stages = Stages::default();
    let probe = |stage| stages.begins(Some(stage));
    for round in 0..rounds {
        let (begun, wall) = (clock(), Instant::now());
        let (mut tokens, mut sentences, mut bytes) = (0, 0, 0);
        for article in &articles {
            let probe = staged.then_some(&probe as &marchland_reading::Probe<'_>);
            let options = ReadOptions { whole, precision, kernels, probe, ..ReadOptions::default() };
            let reading = if shallow { model.shallow(article) } else { model.read(article, &options) };
            stages.begins(None);
            tokens += reading.tokens.len();
            sentences += reading.sentences.len();
            bytes += article.text.len();
        }
        let spent = (clock() - begun).as_secs_f64();
        writeln!(
            std::io::stdout(),
            "{}",
            serde_json::json!({
                "round": round, "load_ms": load.as_secs_f64() * 1e3, "tokens": tokens, "sentences": sentences, "bytes": bytes,
                "cpu_s": spent, "wall_s": wall.elapsed().as_secs_f64(), "tokens_per_second": tokens as f64 / spent,
                "peak_kb": peak_kb(), "kernels": kernels.name(), "stages": stages.take(),
            })
        )?;
    }
    Ok(())
}

fn clock() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    nanos.map_or_else(|| Duration::from_secs_f64(0.0) + start().elapsed(), Duration::from_nanos)
}

fn start() -> Instant {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    *START.get_or_init(Instant::now)
}

fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

/// Blocks are lines here.
fn article(text: String) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            blocks.push(Block { span: Span::new(start, start + trimmed.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    Article::new(Head::named("text"), text, Vec::new(), blocks, Vec::new())
}
