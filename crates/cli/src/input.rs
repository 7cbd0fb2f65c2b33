//! From files and standard input to articles, worked on in parallel and handed out in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use flate2::bufread::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use marchland_article::{Article, ReadOptions};
use rayon::prelude::*;

use crate::output::complain;

/// Documents of one batch, and the bytes of text at which a batch is full.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// How the input went.
#[derive(Debug, Default, Clone, Copy)]
pub struct Report {
    /// Articles read.
    pub articles: u64,
    /// Inputs, or lines of inputs, that could not be read.
    pub failed: u64,
    /// Articles without a publication day.
    pub undated: u64,
}

/// What `--published`, `--quiet` and the terminal say.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Files, folders, or `-`.
    pub files: Vec<PathBuf>,
    /// Day of articles that do not say theirs.
    pub published: Option<Date>,
    /// Show progress (only on a terminal).
    pub progress: bool,
}

impl Inputs {
    /// Takes each article through `work` (in parallel) and hands it with the result to `sink` (in the order of the input).
    /// What cannot be read is told on standard error and counted; the rest goes on.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(&Article) -> T + Sync,
        mut sink: impl FnMut(Vec<(Article, T)>) -> Result<()>,
    ) -> Result<Report> {
        let mut report = Report::default();
        let (files, mut failed) = expand(&self.files);
        let seen = Arc::new(AtomicU64::new(0));
        let bar = self.progress_bar(&files);
        let mut batch: Vec<Article> = Vec::new();
        let mut bytes = 0;
        let options = ReadOptions { published: self.published };
        let mut flush = |batch: &mut Vec<Article>| -> Result<()> {
            let results: Vec<T> = batch.par_iter().map(&work).collect();
            sink(std::mem::take(batch).into_iter().zip(results).collect())
        };
        for file in &files {
            let name = if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() };
            let source = match open(file, &seen) {
                Ok(source) => source,
                Err(error) => {
                    failed += 1;
                    bar.suspend(|| complain(format_args!("{name}: {}", explain(&error))));
                    continue;
                }
            };
            for article in marchland_article::read(&name, source, &options) {
                match article {
                    Ok(article) => {
                        for note in &article.notes {
                            bar.suspend(|| crate::output::note(format_args!("note: {}: {note}", article.id)));
                        }
                        report.articles += 1;
                        report.undated += u64::from(article.published.day().is_none());
                        bytes += article.text.len();
                        batch.push(article);
                    }
                    Err(error) => {
                        failed += 1;
                        bar.suspend(|| complain(&error));
                    }
                }
                if batch.len() >= BATCH || bytes >= BATCH_BYTES {
                    bytes = 0;
                    flush(&mut batch)?;
                    bar.set_position(seen.load(Ordering::Relaxed));
                    bar.set_message(format!("{} articles", report.articles));
                }
            }
        }
        flush(&mut batch)?;
        bar.finish_and_clear();
        report.failed = failed;
        Ok(report)
    }

    fn progress_bar(&self, files: &[PathBuf]) -> ProgressBar {
        if !self.progress || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let total: u64 = files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
        let style = "{bar:30} {bytes}/{total_bytes} {msg} {eta} left";
        let bar = ProgressBar::new(total.max(1));
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar
    }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Folders become the files in them, in the order of their names, so that the same folder gives the same output everywhere.
fn expand(files: &[PathBuf]) -> (Vec<PathBuf>, u64) {
    let (mut all, mut failed) = (Vec::new(), 0);
    for file in files {
        if !file.is_dir() {
            all.push(file.clone());
            continue;
        }
        match std::fs::read_dir(file) {
            Ok(entries) => {
                let mut inside: Vec<PathBuf> =
                    entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.is_dir() || is_news(p)).collect();
                inside.sort();
                let (deeper, bad) = expand(&inside);
                all.extend(deeper);
                failed += bad;
            }
            Err(error) => {
                failed += 1;
                complain(format_args!("{}: {}", file.display(), explain(&error)));
            }
        }
    }
    (all, failed)
}

/// In a folder, only files that are news by their name; a file that is named outright is always read.
fn is_news(path: &Path) -> bool {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("").to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".txt", ".html", ".htm", ".xhtml", ".jsonl", ".json", ".ndjson"].iter().any(|end| name.ends_with(end))
}

/// Opens a file or standard input; what is packed by gzip is unpacked.
fn open(file: &Path, seen: &Arc<AtomicU64>) -> io::Result<Box<dyn BufRead>> {
    let raw: Box<dyn Read> = if is_stdin(file) { Box::new(io::stdin()) } else { Box::new(File::open(file)?) };
    let mut source = BufReader::with_capacity(1 << 16, Counted { inner: raw, seen: Arc::clone(seen) });
    let packed = source.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if packed { Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(source))) } else { Box::new(source) })
}

struct Counted {
    inner: Box<dyn Read>,
    seen: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.seen.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A system error with what to do about it.
fn explain(error: &io::Error) -> String {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the path",
        io::ErrorKind::PermissionDenied => "no permission to read it; run `ls -l` on it, or run as a user who may",
        io::ErrorKind::IsADirectory => "it is a folder",
        _ => return format!("{error}"),
    };
    format!("{error}\n  hint: {hint}")
}
