#![no_main]
//! Any text through the language model: in blocks and whole, in both precisions, by every version of the kernels
//! (the plain one for short texts only).

use libfuzzer_sys::fuzz_target;
use marchland_article::{Article, Head};
use marchland_reading::numeric::Kernels;
use marchland_reading::{Model, Precision, ReadOptions, Reading};

/// Everything that a reading says, floats aside (it holds none).
fn check(article: &Article, reading: &Reading) {
    for token in &reading.tokens {
        let _ = token.span.of(&article.text);
        assert!((token.head as usize) < reading.tokens.len());
    }
    for i in 0..reading.tokens.len() {
        let _ = reading.lemma(i);
    }
    let mut at = 0;
    for sentence in &reading.sentences {
        let _ = sentence.span.of(&article.text);
        assert!(sentence.first == at && sentence.last > at);
        at = sentence.last;
    }
    assert_eq!(at as usize, reading.tokens.len());
    for name in &reading.names {
        let _ = name.span.of(&article.text);
        assert!(name.first < name.last && name.last as usize <= reading.tokens.len());
    }
}

fuzz_target!(|text: &str| {
    let article = Article::plain(Head::named("fuzz"), text.to_owned());
    let model = Model::embedded();
    for whole in [false, true] {
        for precision in [Precision::Exact, Precision::Fast] {
            let read =
                |kernels| model.read(&article, &ReadOptions { precision, whole, kernels, ..ReadOptions::default() });
            let best = read(Kernels::best());
            check(&article, &best);
            // The plain version takes milliseconds a token where the processor's own multiply-add is not built in.
            for kernels in Kernels::all().skip(1).filter(|k| *k != Kernels::plain() || text.len() < 40) {
                assert_eq!(read(kernels), best, "{}", kernels.name());
            }
        }
    }
});
