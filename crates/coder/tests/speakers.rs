//! Who says it, and whose side the words of the sentence are on: whole articles, as the command line codes them.

use marchland_article::{Article, Head};
use marchland_coder::Coder;

/// The claims on `place` in `text`, published on `day`, as (kind, holder, speaker).
fn check(day: &str, text: &str, place: &str, expect: &[(&str, Option<&str>, Option<&str>)]) {
    let head = Head::named("test").on(day.parse().expect("a day"));
    let coded = Coder::embedded().code(&Article::plain(head, text.to_owned()));
    let found: Vec<_> = coded
        .claims
        .iter()
        .filter(|c| c.kind.is_some())
        .filter(|c| c.place.name == place || c.place.span.of(text) == place)
        .map(|c| {
            let kind = c.kind.map(|k| format!("{k:?}").to_lowercase()).unwrap_or_default();
            let holder = c.holder.as_ref().and_then(|p| p.actor.as_ref()).map(ToString::to_string);
            (kind, holder, c.speaker.as_ref().map(|s| s.name.clone()))
        })
        .collect();
    let expect: Vec<_> =
        expect.iter().map(|(k, h, s)| ((*k).to_owned(), h.map(str::to_owned), s.map(str::to_owned))).collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn of_two_subjects_of_said_the_nearer_speaks() {
    check(
        "2021-08-10",
        "The Taliban captured the city of Farah in the west on Tuesday, the second capital to fall that day, a member of the council said.",
        "Farah",
        &[("transfer", Some("taliban"), Some("a member of the council"))],
    );
}

#[test]
fn a_telephone_says_nothing() {
    check(
        "2021-08-09",
        "The Taliban captured Aybak on Monday, a member of the council said by telephone.",
        "Aybak",
        &[("transfer", Some("taliban"), Some("a member of the council"))],
    );
}

#[test]
fn whoever_he_is_has_been_named() {
    check(
        "2021-08-09",
        "Ahmad Shah, a teacher in Aybak, spoke to reporters on Monday. The army had been strong, Shah said. He said that the Taliban had captured Aybak.",
        "Aybak",
        &[("transfer", Some("taliban"), Some("Shah"))],
    );
}

#[test]
fn a_semicolon_ends_what_somebody_says() {
    check(
        "2021-08-14",
        "Sharana was captured by the Taliban on Saturday, a doctor in the town said; a spokesman of the group said the same.",
        "Sharana",
        &[("transfer", Some("taliban"), Some("a doctor in the town"))],
    );
}

#[test]
fn soldiers_are_the_government_s_on_the_last_day_of_a_war() {
    check(
        "2021-08-15",
        "The Taliban advanced on Gardez on Sunday. Soldiers withdrew from Gardez without a fight.",
        "Gardez",
        &[("withdrawal", Some("afghan-government"), None)],
    );
}
