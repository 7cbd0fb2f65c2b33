//! What a start of the program costs: each embedded file, loaded once. Issue bars: gazetteer and boundaries together under
//! 150 ms, the language model under 30 ms.

use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn gazetteer(bencher: Bencher<'_, '_>) {
    let bytes = include_bytes!("../../data/gazetteer/world.bin").as_slice();
    bencher.bench(|| marchland_place::Gazetteer::load(black_box(bytes)).map(|g| g.len()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn boundaries(bencher: Bencher<'_, '_>) {
    let bytes = include_bytes!("../../data/atlas/boundaries.bin").as_slice();
    bencher.bench(|| marchland_atlas::Boundaries::read(black_box(bytes)).map(|b| b.countries().len()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn actors() -> usize {
    marchland_actor::Registry::embedded().actors().len()
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn rules() -> usize {
    marchland_claim::Rules::embedded().triggers().len()
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn language_model(bencher: Bencher<'_, '_>) {
    let bytes = include_bytes!("../../data/model/en.bin").as_slice();
    bencher.bench(|| marchland_reading::Model::load(black_box(bytes)).is_ok());
}
