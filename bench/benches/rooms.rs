//! What each room takes for the bundled dispatches, one thread: bytes of text a second.

use divan::{Bencher, counter::BytesCount};
use marchland_article::{Article, ReadOptions, read_bytes};
use marchland_bench::{articles, files, size};
use marchland_coder::Coder;
use marchland_reading::Reading;

fn main() {
    divan::main();
}

struct Desk {
    coder: Coder,
    articles: Vec<Article>,
    readings: Vec<Reading>,
}

fn desk() -> &'static Desk {
    static DESK: std::sync::OnceLock<Desk> = std::sync::OnceLock::new();
    DESK.get_or_init(|| {
        let coder = Coder::embedded();
        let articles = articles();
        let readings = articles.iter().map(|a| coder.read(a)).collect();
        Desk { coder, articles, readings }
    })
}

fn over_texts(bencher: Bencher<'_, '_>, mut work: impl FnMut(&Desk, usize) -> usize) {
    let desk = desk();
    bencher
        .counter(BytesCount::new(size(&desk.articles)))
        .bench_local(|| (0..desk.articles.len()).map(|i| work(desk, i)).sum::<usize>());
}

#[divan::bench]
fn article(bencher: Bencher<'_, '_>) {
    let files = files("afghanistan-2021");
    let bytes: usize = files.iter().map(|(_, b)| b.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        files.iter().map(|(_, b)| read_bytes("bench", b, &ReadOptions::default()).len()).sum::<usize>()
    });
}

#[divan::bench]
fn sentences_and_tokens(bencher: Bencher<'_, '_>) {
    over_texts(bencher, |d, i| Reading::shallow(&d.articles[i]).tokens.len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn reading(bencher: Bencher<'_, '_>) {
    over_texts(bencher, |d, i| d.coder.read(&d.articles[i]).tokens.len());
}

#[divan::bench]
fn times(bencher: Bencher<'_, '_>) {
    over_texts(bencher, |d, i| marchland_time::find(&d.articles[i], &d.readings[i]).len());
}

#[divan::bench]
fn places(bencher: Bencher<'_, '_>) {
    let options = marchland_place::Options::default();
    over_texts(bencher, |d, i| {
        marchland_place::find(&d.articles[i], &d.readings[i], d.coder.gazetteer(), &options).len()
    });
}

#[divan::bench]
fn actors(bencher: Bencher<'_, '_>) {
    let countries = [("AF".to_owned(), 1.0_f32)];
    over_texts(bencher, |d, i| {
        let context = marchland_actor::Context { countries: &countries, day: d.articles[i].published.day() };
        marchland_actor::find(&d.articles[i], &d.readings[i], d.coder.registry(), &context).len()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_the_way_to_claims(bencher: Bencher<'_, '_>) {
    over_texts(bencher, |d, i| d.coder.code(&d.articles[i]).claims.len());
}
