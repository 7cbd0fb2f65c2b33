//! Beside others, on the same bytes in the same run. What compares with spaCy, the language model, is in
//! tools/eval/reading.sh: that peer is written in Python.

use divan::{Bencher, counter::BytesCount};
use marchland_article::{ReadOptions, read_bytes};
use marchland_bench::{articles, pages, size};
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    divan::main();
}

/// Text, cuts, blocks, outlet, title and day.
#[divan::bench]
fn page_marchland(bencher: Bencher<'_, '_>) {
    let pages = pages();
    bencher.counter(BytesCount::new(pages.iter().map(String::len).sum::<usize>())).bench_local(|| {
        pages.iter().map(|p| read_bytes("bench", p.as_bytes(), &ReadOptions::default()).len()).sum::<usize>()
    });
}

/// The readability port that Marchland stands on, alone: text and metadata, nothing cut, no blocks.
#[divan::bench]
fn page_dom_smoothie(bencher: Bencher<'_, '_>) {
    let pages = pages();
    bencher.counter(BytesCount::new(pages.iter().map(String::len).sum::<usize>())).bench_local(|| {
        let text = |p: &String| {
            let mut reader = dom_smoothie::Readability::new(p.as_str(), None, None).ok()?;
            reader.parse().ok().map(|a| a.text_content.len())
        };
        pages.iter().filter_map(text).sum::<usize>()
    });
}

/// Sentences, and tokens by the rules of the language model.
#[divan::bench]
fn tokens_marchland(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher
        .counter(BytesCount::new(size(&articles)))
        .bench_local(|| articles.iter().map(|a| marchland_reading::Reading::shallow(a).tokens.len()).sum::<usize>());
}

/// Word bounds of Unicode (UAX 29), by a library that many programs use.
#[divan::bench]
fn tokens_unicode_segmentation(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher
        .counter(BytesCount::new(size(&articles)))
        .bench_local(|| articles.iter().map(|a| a.text.split_word_bounds().count()).sum::<usize>());
}
