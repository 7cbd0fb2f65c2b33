//! The days of a claim: whole articles, as the command line codes them.

use marchland_article::{Article, Head};
use marchland_coder::Coder;

/// The days of the first claim on `place`, as "from..to" with nothing for an open end; "none" without any.
fn check(published: &str, text: &str, place: &str, expect: &str) {
    let head = Head::named("test").on(published.parse().expect("a day"));
    let coded = Coder::embedded().code(&Article::plain(head, text.to_owned()));
    let claim = coded
        .claims
        .iter()
        .find(|c| c.kind.is_some() && c.place.span.of(text) == place)
        .unwrap_or_else(|| panic!("no claim on {place}: {text}"));
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let found = match (claim.time.valid_from, claim.time.valid_to) {
        (None, None) => "none".to_owned(),
        (from, to) => format!("{}..{}", day(from), day(to)),
    };
    assert_eq!(found, expect, "{text}");
}

#[test]
fn a_state_told_in_passing_holds_on_the_day_of_the_news() {
    check(
        "2011-06-10",
        "Shells hit the rebel-held town of Zintan on Wednesday, doctors said, and troops shelled the road.",
        "Zintan",
        "2011-06-10..",
    );
    check(
        "2011-06-10",
        "Fighters drove from their stronghold of Benghazi to the front on Thursday.",
        "Benghazi",
        "2011-06-10..",
    );
}

#[test]
fn a_state_told_by_a_verb_has_the_day_of_its_sentence() {
    check(
        "2011-07-19",
        "Rebels remained in control of Zintan on Monday, a commander said.",
        "Zintan",
        "2011-07-18..2011-07-18",
    );
}

#[test]
fn a_look_back_keeps_its_own_days() {
    check(
        "2023-06-01",
        "On 16 August 2015 air strikes hit the rebel-held town of Douma. On 18 August 2015 rebels shelled Damascus.",
        "Douma",
        "2015-08-16..2015-08-16",
    );
}
