#![no_main]
//! Any text to claims, by the rules: the reader's net is slow under a sanitizer and has a target of its own.

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use marchland_article::{Article, Head};
use marchland_coder::{Coder, Options, Which};

fuzz_target!(|text: &str| {
    static CODER: OnceLock<Coder> = OnceLock::new();
    let coder = CODER.get_or_init(|| {
        let mut coder = Coder::embedded();
        // Every document goes all the way, whatever words it holds.
        coder.options = Options { cascade: false, which: Which::Rules, ..Options::default() };
        coder
    });
    let article = Article::plain(Head::named("fuzz"), text.to_owned());
    let coded = coder.code(&article);
    assert_eq!(coded.broken, None);
    for claim in &coded.claims {
        let _ = claim.evidence.sentence.of(&article.text);
        let _ = claim.evidence.trigger.of(&article.text);
    }
});
