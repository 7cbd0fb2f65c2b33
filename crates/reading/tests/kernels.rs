//! A text reads the same by every version of the kernels that this machine can run.

mod common;

use marchland_article::{Article, Head};
use marchland_reading::numeric::Kernels;
use marchland_reading::{Model, Precision, ReadOptions};

fn check(article: &Article) {
    for whole in [false, true] {
        for precision in [Precision::Exact, Precision::Fast] {
            let read = |kernels| {
                Model::embedded().read(article, &ReadOptions { precision, whole, kernels, ..ReadOptions::default() })
            };
            let plain = read(Kernels::plain());
            for kernels in Kernels::all() {
                assert_eq!(read(kernels), plain, "{} {precision:?} whole: {whole}", kernels.name());
            }
        }
    }
}

#[test]
fn sentences_of_our_own() {
    check(&common::article(&[include_str!("fixtures/texts.txt")]));
    check(&common::article(&include_str!("fixtures/texts.txt").lines().filter(|l| !l.is_empty()).collect::<Vec<_>>()));
}

#[test]
fn odd_numbers_of_tokens() {
    // Batches of every length about the sizes of the kernels' tiles (6 and 12 rows), and about a chunk of an encoder (48).
    for words in (1..30).chain([47, 48, 49, 50, 95, 97]) {
        check(&Article::plain(Head::named("test"), format!("Troops {}.", "left Harbel ".repeat(words).trim_end())));
    }
}

#[test]
fn the_versions_have_names() {
    let names: Vec<_> = Kernels::all().map(Kernels::name).collect();
    assert_eq!(names.last(), Some(&"plain"));
    assert_eq!(names.first(), Some(&Kernels::best().name()));
    assert!(names.iter().all(|name| Kernels::named(name).is_some_and(|k| k.name() == *name)));
}
