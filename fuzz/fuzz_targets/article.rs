#![no_main]
//! Any bytes to articles.

use libfuzzer_sys::fuzz_target;
use marchland_article::{ReadOptions, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    for article in read_bytes("fuzz", bytes, &ReadOptions::default()).into_iter().flatten() {
        for span in article.cuts.iter().map(|c| c.span).chain(article.blocks.iter().map(|b| b.span)) {
            let _ = span.of(&article.text);
        }
    }
});
