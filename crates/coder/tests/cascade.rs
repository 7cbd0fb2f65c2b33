//! The cascade saves work and nothing else: the claims are the same with and without it.

use std::path::{Path, PathBuf};

use marchland_article::{Article, ReadOptions, read_bytes};
use marchland_coder::{Coder, Options, Which};

fn check(articles: &[Article]) {
    let quick = Coder::embedded();
    let mut slow = quick.clone();
    slow.options = Options { cascade: false, ..Options::default() };
    let mut claims = 0;
    for article in articles {
        let (with, without) = (quick.code(article), slow.code(article));
        assert_eq!(with.broken, None, "{}", article.id);
        assert_eq!(with.claims, without.claims, "{}", article.id);
        claims += with.claims.len();
    }
    assert!(claims > 0, "nothing was coded, so nothing was compared");
}

fn articles(path: &Path) -> Vec<Article> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read_bytes("test", &bytes, &ReadOptions::default()).into_iter().filter_map(Result::ok).collect()
}

#[test]
fn the_bundled_dispatches_give_the_same_claims() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/afghanistan-2021");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt" || e == "html" || e == "jsonl"));
    check(&files.iter().flat_map(|p| articles(p)).collect::<Vec<_>>());
}

/// A state's name is no sign of war, however often it stands; "to tank" is a word of war by its spelling alone.
#[test]
fn states_in_business_news_make_no_war() {
    let line = "Washington let the lenders grow. The United States has a bank, and Washington has rules for it. ";
    let text =
        format!("{}The market began to tank. The insurer was seized by the federal government.", line.repeat(12));
    let article = Article::plain(marchland_article::Head::named("bank"), text);
    let mut coder = Coder::embedded();
    for cascade in [true, false] {
        coder.options.cascade = cascade;
        assert_eq!(coder.code(&article).claims, vec![], "cascade {cascade}");
    }
}

#[test]
fn the_development_set_gives_the_same_claims() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let shared = std::env::var_os("MARCHLAND_SHARED").map_or_else(|| root.join("shared"), PathBuf::from);
    let docs = shared.join("gold/claims/dev.docs.jsonl");
    if !docs.exists() {
        eprintln!("skipped: no development set at {} (set MARCHLAND_SHARED)", docs.display());
        return;
    }
    check(&articles(&docs));
}

/// A ledger tells by the version whether an article must be coded again.
#[test]
fn the_version_says_who_decides() {
    let mut coder = Coder::embedded();
    let mut versions = Vec::new();
    for which in [Which::Rules, Which::Reader, Which::Both] {
        coder.options.which = which;
        versions.push(coder.version());
    }
    versions.dedup();
    assert_eq!(versions.len(), 3, "{versions:?}");
}
