//! The texts that the benches run on: the bundled dispatches, which are our own.

use std::path::{Path, PathBuf};

use marchland_article::{Article, ReadOptions, read_bytes};

/// The files of one example folder, in the order of their names.
///
/// # Panics
/// When the folder is not there: the benches run from a checkout.
#[must_use]
pub fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "html" || e == "jsonl"))
        .collect();
    paths.sort();
    paths.into_iter().filter_map(|p| std::fs::read(&p).ok().map(|bytes| (p, bytes))).collect()
}

/// All articles of the bundled war.
#[must_use]
pub fn articles() -> Vec<Article> {
    files("afghanistan-2021")
        .iter()
        .flat_map(|(path, bytes)| read_bytes(&path.display().to_string(), bytes, &ReadOptions::default()))
        .filter_map(Result::ok)
        .collect()
}

/// The pages among them, as they came.
#[must_use]
pub fn pages() -> Vec<String> {
    files("afghanistan-2021")
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "html"))
        .filter_map(|(_, bytes)| String::from_utf8(bytes).ok())
        .collect()
}

/// Bytes of text in some articles.
#[must_use]
pub fn size(articles: &[Article]) -> usize {
    articles.iter().map(|a| a.text.len()).sum()
}
