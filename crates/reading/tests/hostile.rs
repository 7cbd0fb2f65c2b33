//! Texts that nobody means well: no panic, offsets that fit, time in proportion to length.

mod common;

use std::time::{Duration, Instant};

use marchland_reading::{Model, ReadOptions, Reading};
use proptest::prelude::*;

/// Reads a text as one block and whole, and checks what every reading promises.
fn check(text: &str) {
    for whole in [false, true] {
        let article = common::article(&[text]);
        let reading = Model::embedded().read(&article, &ReadOptions { whole, ..ReadOptions::default() });
        sound(&article.text, &reading);
    }
}

fn sound(text: &str, reading: &Reading) {
    let mut end = 0;
    for (i, token) in reading.tokens.iter().enumerate() {
        assert!(token.span.start >= end && token.span.end > token.span.start, "tokens overlap or are empty");
        assert!(!token.span.of(text).is_empty(), "a token does not fit the text");
        let sentence = reading.sentences[reading.sentence_of(i).expect("every token has a sentence")];
        assert!((sentence.first..sentence.last).contains(&token.head), "an arc leaves its sentence");
        end = token.span.end;
    }
    let mut next = 0;
    for sentence in &reading.sentences {
        assert_eq!(sentence.first, next, "sentences leave no token out");
        assert!(sentence.last > sentence.first);
        next = sentence.last;
    }
    assert_eq!(next as usize, reading.tokens.len());
    for pair in reading.names.windows(2) {
        assert!(pair[0].last <= pair[1].first, "names overlap");
    }
}

#[test]
fn odd_texts_are_read() {
    for text in [
        "",
        " ",
        "\n\n\t \u{a0}",
        "\u{200b}\u{200d}\u{feff}",
        "\u{202e}سقطت المدينة\u{202c} said.",
        "👩‍👩‍👧‍👦🇦🇫 fell 🔥🔥🔥.",
        "a\u{0}b \u{fffd}\u{fffd} \u{10ffff}",
        "e\u{301}\u{301}\u{301}\u{301} n\u{303}",
        "((((((:-) :-( :'( ))))))",
        "http://a.b.c@d@e@f.gh:99999/?#@@",
        "''''''''\"\"\"\"````",
        "U.S.U.S.U.S...........",
        "ﬁrst İstanbul ŞIRNAK ǅ",
        "\u{1c}\u{1d}\u{85}\u{2028}x\u{2029}",
    ] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn marks_and_words_are_read(parts in proptest::collection::vec(prop_oneof![
        Just("fell"), Just("Gen."), Just("U.S."), Just("can't"), Just(":)"), Just("("), Just(")"), Just("\""), Just("..."),
        Just("!"), Just("-"), Just(" "), Just("  "), Just("\n"), Just("\n\n"), Just("’s"), Just("@"), Just("www.a.org"),
        Just("50km²"), Just("$5m"), Just("é"), Just("\u{301}"), Just("😀"), Just("of"), Just("the town"), Just("seized")
    ], 0..60)) {
        check(&parts.concat());
    }
}

/// This thread's processor time where the system tells it (Linux), else the time of day.
fn clock() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse().ok()));
    nanos.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Time for a text twenty times as long must not be much more than twenty times as long.
fn linear(name: &str, make: impl Fn(usize) -> String) {
    let measure = |size: usize| {
        let article = common::article(&[&make(size)]);
        let begun = clock();
        let reading =
            Model::embedded().read(&article, &ReadOptions { cascade: Some(&|_, _| false), ..Default::default() });
        let spent = clock() - begun;
        sound(&article.text, &reading);
        // The system counts in steps of some milliseconds.
        spent.max(Duration::from_millis(5))
    };
    let (small, large) = (measure(25_000), measure(500_000));
    // A quadratic cost would show as 400 times.
    assert!(large < small * 80, "{name}: {small:?} for 25 kB, {large:?} for 500 kB");
}

#[test]
fn time_grows_with_length() {
    linear("no space", |n| "a".repeat(n));
    linear("no space, mixed", |n| "aB1-é.".repeat(n / 7));
    linear("brackets", |n| "(".repeat(n));
    linear("brackets both", |n| "(".repeat(n / 2) + &")".repeat(n / 2));
    linear("dots", |n| ".".repeat(n));
    linear("at signs", |n| "a@".repeat(n / 2));
    linear("hosts", |n| "a.b@".repeat(n / 4));
    linear("smileys", |n| ":)(".repeat(n / 3));
    linear("spaced smileys", |n| ": ) ( ".repeat(n / 6));
    linear("quotes", |n| "'\"".repeat(n / 2));
    linear("zero width", |n| "a\u{200b}".repeat(n / 4));
    linear("emoji", |n| "👩‍👩‍👧".repeat(n / 18));
    linear("right to left", |n| "سقطت".repeat(n / 8));
    linear("new words", |n| (0..n / 8).map(|i| format!("w{i:06} ")).collect());
}

#[test]
fn long_nests_are_read_deeply() {
    // 100,000 brackets, a long word and a sentence without an end go through parser and namer.
    let article = common::article(&[&("[".repeat(50_000) + &"]".repeat(50_000))]);
    sound(&article.text, &Model::embedded().read(&article, &ReadOptions::default()));
    check(&"[(".repeat(2_000));
    check(&"a".repeat(1_000_000));
    check(&"the rebels of the town of ".repeat(500));
}
