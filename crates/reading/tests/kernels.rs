//! A text reads the same by every version of the kernels that this machine can run.

mod common;

use marchland_article::{Article, Head};
use marchland_reading::numeric::Kernels;
use marchland_reading::{Model, Precision, ReadOptions};

/// Reads by every version; by the plain one only where `plain` says so, because it takes milliseconds a token.
fn check(article: &Article, plain: bool) {
    for whole in [false, true] {
        for precision in [Precision::Exact, Precision::Fast] {
            let read = |kernels| {
                Model::embedded().read(article, &ReadOptions { precision, whole, kernels, ..ReadOptions::default() })
            };
            let best = read(Kernels::best());
            for kernels in Kernels::all().skip(1).filter(|k| plain || *k != Kernels::plain()) {
                assert_eq!(read(kernels), best, "{} {precision:?} whole: {whole}", kernels.name());
            }
        }
    }
}

#[test]
fn sentences_of_our_own() {
    let lines: Vec<&str> = include_str!("fixtures/texts.txt").lines().filter(|l| !l.is_empty()).collect();
    check(&common::article(&lines), false);
    check(&common::article(&lines[..lines.len().min(3)]), true);
}

#[test]
fn odd_numbers_of_tokens() {
    // Batches of lengths about the sizes of the kernels' tiles (6 and 12 rows), and about a chunk of an encoder (48).
    for words in (1..30).chain([47, 48, 49, 50, 95, 97]) {
        let text = format!("Troops {}.", "left Harbel ".repeat(words).trim_end());
        check(&Article::plain(Head::named("test"), text), matches!(words, 1 | 4));
    }
}

#[test]
fn the_versions_have_names() {
    let names: Vec<_> = Kernels::all().map(Kernels::name).collect();
    assert_eq!(names.last(), Some(&"plain"));
    assert_eq!(names.first(), Some(&Kernels::best().name()));
    assert!(names.iter().all(|name| Kernels::named(name).is_some_and(|k| k.name() == *name)));
}
