//! Measures a crawl: texts (JSON strings, one a line, in the file named first) read with the cascade on several threads.
//! A third argument picks the kernels; on one thread it also says where the time goes.
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use marchland_article::{Article, Head};
use marchland_reading::numeric::Kernels;
use marchland_reading::{Cascade, Depth, Model, Probe, ReadOptions};

mod stages;
use stages::Stages;

/// Words of war: what a crawl for claims would ask for.
const WORDS: &[&str] = &[
    "abandon",
    "advance",
    "besiege",
    "capture",
    "clash",
    "control",
    "expel",
    "fall",
    "hold",
    "liberate",
    "lose",
    "occupy",
    "overrun",
    "recapture",
    "regain",
    "repel",
    "retake",
    "retreat",
    "seize",
    "storm",
    "surrender",
    "surround",
    "take",
    "withdraw",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: crawl TEXTS.jsonl [threads] [plain|avx2|avx512]")?;
    let threads = std::env::args().nth(2).map_or(Ok(2), |n| n.parse::<usize>())?;
    let kernels = std::env::args().nth(3).and_then(|name| Kernels::named(&name)).unwrap_or_default();
    let texts: Vec<String> =
        std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let bytes: usize = texts.iter().map(String::len).sum();
    let begun = Instant::now();
    let articles: Vec<Article> = texts.into_iter().map(|text| Article::plain(Head::named("text"), text)).collect();
    let cleaned = begun.elapsed();
    let model = Model::embedded();
    let cascade = Cascade::of_lemmas(model, WORDS.iter().copied());
    let gate = cascade.gate(None, 0);
    let stages = Stages::default();
    let tell = |stage| stages.begins(Some(stage));
    let probe = (threads == 1).then_some(&tell as &Probe<'_>);
    let next = AtomicUsize::new(0);
    let [sentences, deep, tokens, nanos] = [const { AtomicUsize::new(0) }; 4];
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let before = own_nanos();
                while let Some(article) = articles.get(next.fetch_add(1, Relaxed)) {
                    let options = ReadOptions { cascade: Some(&gate), kernels, probe, ..ReadOptions::default() };
                    let reading = model.read(article, &options);
                    stages.begins(None);
                    sentences.fetch_add(reading.sentences.len(), Relaxed);
                    deep.fetch_add(reading.sentences.iter().filter(|s| s.depth == Depth::Full).count(), Relaxed);
                    tokens.fetch_add(reading.tokens.len(), Relaxed);
                }
                nanos.fetch_add(own_nanos() - before, Relaxed);
            });
        }
    });
    let spent = begun.elapsed().as_secs_f64();
    let [sentences, deep, tokens, nanos] = [sentences, deep, tokens, nanos].map(AtomicUsize::into_inner);
    let line = serde_json::json!({
        "threads": threads, "kernels": kernels.name(), "stages": stages.take(), "documents": articles.len(), "bytes": bytes, "tokens": tokens, "sentences": sentences,
        "deep": deep, "clean_s": cleaned.as_secs_f64(), "read_s": spent, "cpu_s": nanos as f64 / 1e9,
        "documents_per_second": articles.len() as f64 / spent, "sentences_per_second": sentences as f64 / spent,
        "megabytes_per_second": bytes as f64 / 1e6 / spent,
    });
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

/// This thread's processor time in nanoseconds, where the system tells it (Linux).
fn own_nanos() -> usize {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok())).unwrap_or(0)
}
