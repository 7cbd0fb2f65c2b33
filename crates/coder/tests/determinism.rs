//! The same text gives the same claims: again, in another order, on more threads, with whatever else is read beside it.

use std::path::Path;

use marchland_article::{Article, ReadOptions, read_bytes};
use marchland_coder::{Coder, Which};

/// The bundled dispatches.
fn articles() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/afghanistan-2021");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt" || e == "html"));
    let read = |path: &Path| read_bytes("test", &std::fs::read(path).unwrap(), &ReadOptions::default());
    files.iter().flat_map(|p| read(p)).filter_map(Result::ok).collect()
}

/// Everything that is said of an article, as bytes: the claims as they are stored, and the opinions of both sides.
fn said(coder: &Coder, article: &Article) -> String {
    let coded = coder.code(article);
    format!("{}\n{:?}\n{:?}", serde_json::to_string(&coded.claims).unwrap(), coded.opinions, coded.notes)
}

fn check(which: Which) {
    let mut coder = Coder::embedded();
    coder.options.which = which;
    let articles = articles();
    let first: Vec<String> = articles.iter().map(|a| said(&coder, a)).collect();
    assert!(first.iter().any(|s| s.contains("transfer")), "nothing was coded, so nothing was compared");
    // Again, from the end, with a desk of its own.
    let mut other = Coder::embedded();
    other.options.which = which;
    for (article, expect) in articles.iter().zip(&first).rev() {
        assert_eq!(&said(&other, article), expect, "{} in another order", article.id);
    }
    // On four threads at once, each with a share.
    for share in [1, 5] {
        let chunks: Vec<_> = articles.chunks(share).zip(first.chunks(share)).collect();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let (coder, chunks) = (&coder, &chunks);
                scope.spawn(move || {
                    for (texts, expect) in chunks.iter().skip(worker).step_by(4) {
                        for (article, expect) in texts.iter().zip(*expect) {
                            assert_eq!(&said(coder, article), expect, "{} on a thread", article.id);
                        }
                    }
                });
            }
        });
    }
}

#[test]
fn rules_and_reader_together_say_the_same_again() {
    check(Which::Both);
}

#[test]
fn the_reader_alone_says_the_same_again() {
    check(Which::Reader);
}
