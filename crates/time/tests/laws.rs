//! Laws that hold for every text.

mod common;

use std::time::{Duration, Instant};

use common::article;
use jiff::SignedDuration;
use marchland_reading::Reading;
use marchland_time::{date_of, find, infer_day};
use proptest::prelude::*;

/// Words that time expressions are made of, so that random texts are full of them.
const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "in",
    "on",
    "last",
    "next",
    "this",
    "week",
    "weeks",
    "Friday",
    "May",
    "August",
    "Aug.",
    "6",
    "31",
    "99",
    "2021",
    "1990s",
    "'90s",
    "ago",
    "later",
    "earlier",
    "after",
    "before",
    "between",
    "and",
    "to",
    "-",
    ",",
    ".",
    "\"",
    "early",
    "late",
    "mid-",
    "first",
    "half",
    "third",
    "quarter",
    "end",
    "beginning",
    "two",
    "hundred",
    "thousand",
    "years",
    "old",
    "every",
    "each",
    "summer",
    "Christmas",
    "Eid al-Fitr",
    "08/06/21",
    "2021-08-06",
    "10:35",
    "a.m.",
    "noon",
    "GMT",
    "o'clock",
    "since",
    "until",
    "by",
    "for",
    "said",
    "will",
    "today",
    "yesterday",
    "day",
    "night",
    "\u{2019}",
    "\u{2013}",
    "é",
    "\n",
    "century",
    "decade",
    "20th",
    "year",
    "month",
    "weekend",
    "few",
    "several",
    "past",
    "recent",
    "0",
    "9999999999",
];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..60).prop_map(|w| w.join(" "))
}

fn check(text: &str, day: &str) -> Result<(), TestCaseError> {
    let article = article(text, day);
    let found = find(&article, &Reading::default());
    let mut end = 0;
    for t in &found {
        prop_assert!(t.span.start >= end && t.span.start < t.span.end, "in order, not overlapping, not empty: {t:?}");
        prop_assert!(!t.span.of(text).is_empty(), "inside the text, on character boundaries: {t:?}");
        end = t.span.end;
        for days in [t.days, t.extent].into_iter().flatten() {
            prop_assert!(days.from.is_some() || days.to.is_some(), "an interval says something: {t:?}");
            prop_assert!(days.from.zip(days.to).is_none_or(|(a, b)| a <= b), "from before to: {t:?}");
        }
    }
    prop_assert_eq!(&found, &find(&article, &Reading::default()), "the same twice");
    let _ = infer_day(&article, &found);
    let reading = Reading::shallow(&article);
    let read = find(&article, &reading);
    for trigger in 0..reading.tokens.len() + 2 {
        let _ = date_of(&reading, &read, trigger, &article);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text, "2021-08-09")?;
    }

    #[test]
    fn texts_full_of_time(text in words(), known in any::<bool>()) {
        check(&text, if known { "2021-08-09" } else { "" })?;
    }

    /// A week later every weekday and every "two days ago" is a week later too.
    #[test]
    fn a_week_later_all_is_a_week_later(weekday in prop::sample::select(&["Monday", "last Friday", "next Sunday", "two days ago", "yesterday", "this week"][..]), offset in 0i64..3000) {
        let start: jiff::civil::Date = "2011-01-01".parse().expect("a date");
        let on = |n: i64| start.checked_add(SignedDuration::from_hours(24 * n)).expect("a date");
        let text = format!("The town fell {weekday}.");
        let days = |n: i64| find(&article(&text, &on(n).to_string()), &Reading::default()).first().and_then(|t| t.days);
        let (now, then) = (days(offset).expect("days"), days(offset + 7).expect("days"));
        let week = SignedDuration::from_hours(24 * 7);
        prop_assert_eq!(now.from.map(|d| d.checked_add(week).expect("a date")), then.from);
        prop_assert_eq!(now.to.map(|d| d.checked_add(week).expect("a date")), then.to);
    }

    /// Nothing that hangs on the day of publication is resolved without one.
    #[test]
    fn no_day_is_invented(words in prop::sample::select(&["on Friday", "last week", "two days ago", "today", "in May", "on August 6", "last summer", "over the weekend", "on Christmas Day"][..])) {
        let text = format!("The town fell {words}.");
        for t in find(&article(&text, ""), &Reading::default()) {
            prop_assert_eq!(t.days, None, "{}", text);
            prop_assert_eq!(t.extent, None, "{}", text);
        }
    }
}

/// Time that this thread spent computing, where the system tells (others may crowd the machine), else the clock.
fn busy() -> Duration {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let begin = *BEGIN.get_or_init(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

/// Four times the text takes about four times as long, whatever is repeated. Generous, for a busy machine.
#[test]
fn time_grows_with_the_length() {
    let hostile = [
        "the first half of ",
        "1, ",
        "6-",
        "August 6 and ",
        "early ",
        "\"",
        "the end of the ",
        "two ",
        "hundred ",
        "last ",
        "2021-",
        "'",
        "May ",
        "a ",
        "since 2014 until ",
        "Friday ",
        "said Friday \"today\" ",
        "two days after ",
        "\u{2013}",
        "1,000,",
        "the week of ",
    ];
    let run = |text: &str| {
        let article = article(text, "2021-08-09");
        let best = (0..2).map(|_| {
            let start = busy();
            let found = find(&article, &Reading::default());
            let _ = infer_day(&article, &found);
            busy().saturating_sub(start)
        });
        best.min().unwrap_or(Duration::ZERO)
    };
    for part in hostile {
        let short = run(&part.repeat(20_000 / part.len()));
        let long = run(&part.repeat(80_000 / part.len()));
        let limit = short * 4 * 4 + Duration::from_millis(60);
        assert!(long < limit, "{part:?}: {short:?} for 20 kB, {long:?} for 80 kB");
    }
}
