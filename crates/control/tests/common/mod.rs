//! Reports made up for the tests.
#![allow(dead_code)]

use jiff::civil::{Date, date};
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_control::*;
use marchland_place::PlaceId;

pub const TOWN: PlaceId = PlaceId(7);

/// The n-th of August 2021.
pub fn aug(n: i8) -> Date {
    date(2021, 8, n)
}

/// A report on the town, valid and known on one day, asserted by a newsroom of its own.
pub fn report(id: &str, day: Date, kind: Kind, holder: Option<&str>) -> Report {
    Report {
        place: TOWN,
        article: format!("article {id}").into(),
        claim: ClaimId(id.into()),
        kind,
        holder: holder.map(Into::into),
        other: None,
        stance: Stance::Asserted,
        voice: Voice::Newsroom,
        party: None,
        origin: format!("outlet:{id}").into(),
        story: format!("article {id}").into(),
        from: Some(day),
        to: Some(day),
        inferred: false,
        background: false,
        known: day,
        part: None,
        region: Some(("AF".into(), "Kunduz".into())),
        exactness: Exactness::Exact,
        area: false,
        weight: 900,
    }
}

pub fn took(id: &str, day: Date, holder: &str) -> Report {
    report(id, day, Kind::Transfer, Some(holder))
}

pub fn holds(id: &str, day: Date, holder: &str) -> Report {
    report(id, day, Kind::Holds, Some(holder))
}

/// The same, said by a party.
pub fn by(party: &str, voice: Voice, report: Report) -> Report {
    Report {
        voice,
        party: Some(party.into()),
        origin: format!("party:{party}").into(),
        stance: Stance::Claimed,
        ..report
    }
}

pub fn query(on: Date) -> Query {
    Query { on, known_by: Some(on) }
}

pub fn control(reports: &[Report]) -> Control {
    Control::new(reports.iter().cloned(), Params::default())
}

/// The answer in a few words: "controlled taliban confirmed".
pub fn words(state: &PlaceState) -> String {
    let lower = |x: &dyn std::fmt::Debug| format!("{x:?}").to_lowercase();
    let mut out = lower(&state.status);
    if let Some(h) = &state.holder {
        out += &format!(" {h}");
    }
    if let Some(q) = state.qualifier {
        out += &format!(" {}", lower(&q));
    }
    out
}

#[track_caller]
pub fn check(reports: &[Report], on: Date, expect: &str) -> PlaceState {
    let state = control(reports).state(TOWN, &query(on));
    assert_eq!(words(&state), expect, "{state:#?}");
    let sum: f64 = state.reasons.iter().map(|r| r.decibans).sum();
    assert!((sum - state.log_odds).abs() < 1e-6, "reasons sum to {sum}, log odds are {}", state.log_odds);
    state
}
