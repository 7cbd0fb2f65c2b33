//! What the model must make of plain cases, one idea each.

mod common;

use common::*;
use marchland_claim::{Kind, Stance};
use marchland_control::*;
use marchland_place::PlaceId;

#[test]
fn of_what_nobody_spoke_nothing_is_known() {
    let state = control(&[]).state(TOWN, &query(aug(9)));
    assert_eq!(state, PlaceState::unknown(TOWN, query(aug(9))));
    // Nor before the first word of it.
    check(&[took("a", aug(8), "taliban")], aug(7), "unknown");
}

#[test]
fn one_newsroom_suffices_where_nothing_speaks_against_it() {
    let state = check(&[took("a", aug(8), "taliban")], aug(8), "controlled taliban confirmed");
    assert_eq!((state.since, state.last_confirmed), (Some(aug(8)), Some(aug(8))));
    check(&[holds("a", aug(8), "taliban")], aug(12), "controlled taliban confirmed");
}

#[test]
fn a_winner_alone_only_claims() {
    let claim = by("taliban", Voice::Winner, took("a", aug(8), "taliban"));
    check(std::slice::from_ref(&claim), aug(8), "controlled taliban claimed");
    // Where another held it for sure, his word alone does not turn the map.
    let before = [holds("b", aug(1), "government"), holds("c", aug(6), "government"), claim.clone()];
    let state = check(&before, aug(8), "controlled government disputed");
    assert!(state.probability < 0.98);
    // A newsroom's does, and then it is confirmed.
    let mut after = before.to_vec();
    after.push(took("d", aug(8), "taliban"));
    let state = check(&after, aug(9), "controlled taliban confirmed");
    assert_eq!(state.since, Some(aug(8)));
}

#[test]
fn who_owns_up_to_a_loss_is_believed_at_once() {
    let reports = [
        holds("a", aug(1), "government"),
        holds("b", aug(5), "government"),
        by("government", Voice::Loser, took("c", aug(8), "taliban")),
    ];
    check(&reports, aug(8), "controlled taliban confirmed");
}

#[test]
fn a_withdrawal_gives_the_place_to_the_opponent() {
    let left = Report { other: Some("taliban".into()), ..report("c", aug(8), Kind::Withdrawal, Some("government")) };
    let left = by("government", Voice::Loser, left);
    let held = [holds("a", aug(1), "government"), holds("b", aug(5), "government")];
    check(&[&held[..], std::slice::from_ref(&left)].concat(), aug(8), "controlled taliban confirmed");
    // The opponent need not be named when only one is known here.
    let unnamed = Report { other: None, ..left };
    let earlier = took("x", date2020(), "taliban");
    check(&[&held[..], &[earlier, unnamed]].concat(), aug(8), "controlled taliban confirmed");
}

fn date2020() -> jiff::civil::Date {
    jiff::civil::date(2020, 8, 1)
}

#[test]
fn a_denial_disputes_until_the_denier_owns_up() {
    let denial = Report { stance: Stance::Denied, ..by("government", Voice::Winner, took("b", aug(8), "taliban")) };
    let mut reports = vec![took("a", aug(8), "taliban"), Report { stance: Stance::Denied, ..denial }];
    check(&reports, aug(9), "controlled taliban disputed");
    // It dies away by itself ...
    check(&reports, aug(20), "controlled taliban confirmed");
    // ... or at once.
    reports.push(by("government", Voice::Loser, took("c", aug(9), "taliban")));
    check(&reports, aug(9), "controlled taliban confirmed");
}

#[test]
fn copies_have_one_vote() {
    let one = [holds("a", aug(1), "government"), by("taliban", Voice::Winner, took("b", aug(8), "taliban"))];
    let mut many = one.to_vec();
    for n in 0..20 {
        // The spokesman in twenty papers ...
        many.push(by("taliban", Voice::Winner, took(&format!("copy {n}"), aug(8), "taliban")));
    }
    let (a, b) = (control(&one), control(&many));
    let (a, b) = (a.state(TOWN, &query(aug(8))), b.state(TOWN, &query(aug(8))));
    assert_eq!((a.beliefs, a.independent), (b.beliefs, b.independent));
    assert_eq!((a.reports, b.reports), (2, 22));
    // ... and one story in twenty papers.
    let story = |n: usize| Report { story: "wire".into(), ..holds(&format!("paper {n}"), aug(8), "taliban") };
    let (one, many) = (vec![story(0)], (0..20).map(story).collect::<Vec<_>>());
    let p = |r: &[Report]| control(r).state(TOWN, &query(aug(8))).probability;
    assert_eq!(p(&one), p(&many));
    assert!(p(&many) < p(&[story(0), holds("another", aug(8), "taliban")]));
}

#[test]
fn a_late_report_counts_on_its_day() {
    // Said on the 12th: taken on the 8th. Another had said on the 9th that the government holds it.
    let late = Report { known: aug(12), ..took("b", aug(8), "taliban") };
    let reports = [holds("a", aug(6), "government"), late.clone()];
    let c = control(&reports);
    let on = |day, known| words(&c.state(TOWN, &Query { on: day, known_by: Some(known) }));
    assert_eq!(on(aug(9), aug(9)), "controlled government confirmed");
    assert_eq!(on(aug(9), aug(12)), "controlled taliban confirmed");
    assert_eq!(on(aug(7), aug(12)), "controlled government confirmed");
}

#[test]
fn what_was_known_then_is_what_was_answered_then() {
    let late = Report { known: aug(12), ..took("b", aug(8), "taliban") };
    let all = control(&[holds("a", aug(6), "government"), late]);
    let then = control(&[holds("a", aug(6), "government")]);
    assert_eq!(all.state(TOWN, &query(aug(9))), then.state(TOWN, &query(aug(9))));
}

#[test]
fn intentions_and_other_places_never_get_this_far_but_a_siege_is_shown() {
    let siege = report("b", aug(7), Kind::Besieged, Some("taliban"));
    let reports = [holds("a", aug(6), "government"), siege.clone()];
    let state = check(&reports, aug(8), "controlled government confirmed");
    assert_eq!(state.besieged_by, Some("taliban".into()));
    // It ends when the place is taken.
    let state =
        check(&[&reports[..], &[took("c", aug(9), "taliban")]].concat(), aug(9), "controlled taliban confirmed");
    assert_eq!(state.besieged_by, None);
    // And when nobody has spoken of it for long.
    assert_eq!(control(&reports).state(TOWN, &query(date2022())).besieged_by, None);
}

fn date2022() -> jiff::civil::Date {
    jiff::civil::date(2022, 1, 1)
}

#[test]
fn fighting_makes_contested_and_passes() {
    let fight = |id: &str, n| report(id, aug(n), Kind::Contested, None);
    let reports = [
        holds("z", aug(1), "government"),
        holds("a", aug(6), "government"),
        fight("b", 8),
        fight("c", 8),
        fight("d", 9),
    ];
    let state = check(&reports, aug(9), "contested government confirmed");
    assert_eq!(state.since, Some(aug(8)));
    check(&[&reports[..], &[holds("e", aug(14), "government")]].concat(), aug(15), "controlled government confirmed");
}

#[test]
fn a_part_informs_but_never_decides() {
    let airport =
        |id: &str, r: Report| Report { part: Some("airport".into()), claim: marchland_claim::ClaimId(id.into()), ..r };
    let alone = [airport("a", took("a", aug(8), "taliban")), airport("b", took("b", aug(8), "taliban"))];
    let state = check(&alone, aug(8), "unknown");
    assert_eq!(state.parts, [("airport".to_owned(), "taliban".into())]);
    let with_town = [&alone[..], &[holds("c", aug(8), "government"), holds("d", aug(8), "government")]].concat();
    let state = check(&with_town, aug(8), "controlled government confirmed");
    let without = check(&with_town[2..], aug(8), "controlled government confirmed");
    assert!(state.probability < without.probability);
}

#[test]
fn a_province_informs_its_towns_weakly_and_a_capital_says_nothing_of_the_province() {
    let province = PlaceId(9);
    let of_province = |r: Report| Report { place: province, area: true, ..r };
    let town = holds("a", aug(1), "government");
    let fallen = of_province(took("b", aug(8), "taliban"));
    let state = check(&[town.clone(), fallen], aug(8), "controlled government confirmed");
    assert!(
        state.probability < check(std::slice::from_ref(&town), aug(8), "controlled government confirmed").probability
    );
    // The other way round: the town falls, of the province nothing is known.
    let c = control(&[took("c", aug(8), "taliban")]);
    assert_eq!(c.state(province, &query(aug(8))).status, Status::Unknown);
    let c = control(&[of_province(holds("a", aug(1), "government")), took("c", aug(8), "taliban")]);
    assert_eq!(words(&c.state(province, &query(aug(8)))), "controlled government confirmed");
}

#[test]
fn silence_grows_stale() {
    check(&[holds("a", aug(1), "government")], date2022(), "controlled government stale");
    let years = jiff::civil::date(2023, 8, 1);
    check(&[holds("a", aug(1), "government")], years, "unknown");
}

#[test]
fn history_counts_on_its_own_days_only() {
    let history = Report {
        background: true,
        from: Some(jiff::civil::date(1996, 1, 1)),
        to: Some(jiff::civil::date(2001, 12, 31)),
        ..holds("a", aug(8), "taliban")
    };
    check(std::slice::from_ref(&history), aug(8), "unknown");
    let then = control(&[history]).state(TOWN, &Query { on: jiff::civil::date(1999, 1, 1), known_by: None });
    assert_eq!(then.holder, Some("taliban".into()));
}

#[test]
fn any_number_of_parties() {
    let parties = ["a", "b", "c", "d", "e"];
    let start = |i: usize| jiff::civil::date(2021, 1 + 2 * i as i8, 2);
    let reports: Vec<Report> = parties.iter().enumerate().map(|(i, p)| took(p, start(i), p)).collect();
    for (i, p) in parties.iter().enumerate() {
        check(&reports, start(i), &format!("controlled {p} confirmed"));
    }
    let rows = control(&reports).intervals(TOWN, None);
    let held = rows.iter().filter(|r| r.status == Status::Controlled);
    let told: Vec<_> = held.map(|r| (r.holder.as_ref().unwrap().as_str(), r.valid_from)).collect();
    let expect: Vec<_> = parties.iter().enumerate().map(|(i, p)| (*p, start(i))).collect();
    assert_eq!(told, expect);
    // More than anybody can tell apart: still an answer.
    let crowd: Vec<Report> = (0..300).map(|i| holds(&format!("{i}"), aug(8), &format!("militia {i}"))).collect();
    let state = control(&crowd).state(TOWN, &query(aug(8)));
    assert_ne!(state.status, Status::Controlled);
}

#[test]
fn a_change_says_who_held_it_before() {
    let reports = [Report { other: Some("government".into()), ..took("a", aug(8), "taliban") }];
    let state = check(&reports, aug(8), "controlled taliban confirmed");
    assert_eq!(state.since, Some(aug(8)));
    // Nobody spoke of the day before as such.
    check(&reports, aug(7), "unknown");
}

#[test]
fn diff_timeline_counters_and_advance_agree() {
    let at = |place: u64, r: Report| Report {
        place: PlaceId(place),
        claim: marchland_claim::ClaimId(format!("{place}{}", r.claim.0)),
        ..r
    };
    let mut reports = Vec::new();
    for place in 1..=4 {
        reports.push(at(place, holds("a", aug(1), "government")));
    }
    for place in 1..=3 {
        reports.push(at(place, took("b", aug(5 + place as i8), "taliban")));
    }
    let c = control(&reports);
    let q = |n| Query { on: aug(n), known_by: None };
    let gone = c.diff(&q(6), &q(8), |_| true);
    let told: Vec<_> = gone.iter().map(|x| (x.place.0, x.day, x.kind)).collect();
    assert_eq!(told, [(2, aug(7), ChangeKind::ChangedHands), (3, aug(8), ChangeKind::ChangedHands)]);
    let line: Vec<_> = c.timeline(PlaceId(1), None).iter().map(|x| (x.day, x.kind)).collect();
    assert_eq!(line, [(aug(1), ChangeKind::Settled), (aug(6), ChangeKind::ChangedHands)]);
    let places: Vec<PlaceId> = (1..=5).map(PlaceId).collect();
    let counts: Vec<_> = c
        .counters(&places, &q(7))
        .into_iter()
        .map(|x| (x.status, x.holder.map(|h| h.to_string()), x.places.len()))
        .collect();
    let (held, unknown) = (Status::Controlled, Status::Unknown);
    assert_eq!(counts, [(held, Some("government".into()), 2), (held, Some("taliban".into()), 2), (unknown, None, 1)]);
    let pace = c.advance(aug(6), aug(8), None, |_| true);
    let taliban: Vec<_> =
        pace.iter().filter(|p| p.party.as_str() == "taliban").map(|p| (p.gained, p.lost, p.week)).collect();
    assert_eq!(taliban, [(1, 0, 1), (1, 0, 2), (1, 0, 3)]);
    let government: Vec<_> = pace.iter().filter(|p| p.party.as_str() == "government").map(|p| p.week).collect();
    assert_eq!(government, [4 - 1, 4 - 2, -3]);
}
