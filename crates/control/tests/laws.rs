//! Laws: the answer is a function of the set of reports, and the reasons add up to it.

mod common;

use common::*;
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_control::*;
use marchland_place::PlaceId;
use proptest::prelude::*;

fn any_report() -> impl Strategy<Value = Report> {
    let party = || prop_oneof![Just("red"), Just("blue"), Just("green")];
    let kind = prop_oneof![
        4 => Just(Kind::Transfer),
        4 => Just(Kind::Holds),
        2 => Just(Kind::Contested),
        1 => Just(Kind::Besieged),
        1 => Just(Kind::Withdrawal),
        1 => Just(Kind::Repelled),
    ];
    let voice = prop::sample::select(Voice::ALL.to_vec());
    let shape = (0..4_i8, 0..3_i8, any::<bool>(), prop::option::of(party()), 0..12_u64, any::<bool>());
    (kind, party(), voice, 1..20_i8, shape, 1..1000_u16).prop_map(
        |(kind, holder, voice, day, (late, long, denied, other, id, part), weight)| {
            let place = PlaceId(id % 3);
            Report {
                place,
                claim: ClaimId(format!("{kind:?}{holder}{day}{id}{late}{long}")),
                other: other.filter(|o| *o != holder).map(Into::into),
                stance: if denied { Stance::Denied } else { Stance::Asserted },
                voice,
                party: Some(holder.into()),
                origin: format!("origin {}", id % 5).into(),
                story: format!("story {}", id % 7).into(),
                to: (long != 1).then(|| aug(day + long.min(1))),
                known: aug(day + 1 + late),
                part: (part && id == 3).then(|| "airport".into()),
                area: place.0 == 2,
                weight,
                ..report(&format!("{id}"), aug(day), kind, (kind != Kind::Contested).then_some(holder))
            }
        },
    )
}

/// Everything that can be asked, as bytes.
fn told(c: &Control) -> String {
    let known = [None, Some(aug(9))];
    let tables: Vec<_> = known.iter().map(|k| c.table(*k, |_| true)).collect();
    let states: Vec<_> = c.places().map(|p| c.state(p, &Query { on: aug(12), known_by: Some(aug(15)) })).collect();
    serde_json::to_string(&(tables, states)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_copies_and_batches_change_nothing(
        reports in prop::collection::vec(any_report(), 0..30),
        seed in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let expect = told(&control(&reports));
        let mut other = reports.clone();
        other.reverse();
        if !other.is_empty() {
            let n = other.len();
            other.rotate_left(seed.index(n));
            let twice: Vec<_> = other[..cut.index(n)].to_vec();
            let (first, second) = other.split_at(cut.index(n));
            let mut c = control(second);
            c.add(first.iter().cloned());
            c.add(twice);
            prop_assert_eq!(told(&c), expect);
        }
    }

    #[test]
    fn known_by_is_what_was_computed_that_day(reports in prop::collection::vec(any_report(), 0..30), day in 1..25_i8) {
        let then = control(&reports.iter().filter(|r| r.known <= aug(day)).cloned().collect::<Vec<_>>());
        let now = control(&reports);
        for place in then.places() {
            for on in [aug(day), aug(1 + day / 2)] {
                let q = Query { on, known_by: Some(aug(day)) };
                prop_assert_eq!(now.state(place, &q), then.state(place, &q));
            }
            prop_assert_eq!(now.intervals(place, Some(aug(day))), then.intervals(place, Some(aug(day))));
        }
    }

    #[test]
    fn an_article_coded_again_leaves_no_trace_of_the_first(
        reports in prop::collection::vec(any_report(), 1..30),
        new in prop::collection::vec(any_report(), 0..5),
    ) {
        let article = reports[0].article.clone();
        let new: Vec<Report> = new.into_iter().map(|r| Report { article: article.clone(), ..r }).collect();
        let mut changed = control(&reports);
        let end = Some(aug(28));
        let before = changed.table(end, |_| true);
        let touched = changed.replace_article(&article, new.iter().cloned());
        let rest = reports.iter().filter(|r| r.article != article);
        let fresh = control(&rest.chain(&new).cloned().collect::<Vec<_>>());
        prop_assert_eq!(told(&changed), told(&fresh));
        // What was not touched has not changed.
        let before: Vec<_> = before.into_iter().filter(|r| !touched.contains(&r.place)).collect();
        prop_assert_eq!(changed.table(end, |p| !touched.contains(&p)), before);
    }

    #[test]
    fn reasons_add_up_and_probabilities_are_probabilities(
        reports in prop::collection::vec(any_report(), 0..60),
        on in 1..25_i8,
        known in 1..25_i8,
    ) {
        let c = control(&reports);
        for place in c.places() {
            let s = c.state(place, &Query { on: aug(on), known_by: Some(aug(known)) });
            let sum: f64 = s.reasons.iter().map(|r| r.decibans).sum();
            prop_assert!((sum - s.log_odds).abs() < 1e-6, "{} and {}", sum, s.log_odds);
            let mass: f64 = s.beliefs.iter().map(|b| b.1).sum();
            prop_assert!((0.0..=1.0 + 1e-9).contains(&mass));
            if s.status == Status::Controlled {
                prop_assert!(s.probability >= 0.7 && s.holder.is_some() && s.qualifier.is_some());
            }
        }
    }

    #[test]
    fn rows_do_not_overlap_and_agree_with_the_states(reports in prop::collection::vec(any_report(), 0..30)) {
        let c = control(&reports);
        for place in c.places() {
            let rows = c.intervals(place, None);
            for pair in rows.windows(2) {
                prop_assert!(pair[0].valid_to.is_some_and(|end| end <= pair[1].valid_from));
            }
            // Rows end with the last day on which anything was said; a state asked of a later day may have lapsed.
            for day in (1..=20).filter(|d| c.latest() >= Some(aug(*d))) {
                let s = c.state(place, &Query { on: aug(day), known_by: None });
                let row = rows.iter().find(|r| r.valid_from <= aug(day) && r.valid_to.is_none_or(|e| aug(day) < e));
                prop_assert_eq!(row.map_or(Status::Unknown, |r| r.status), s.status);
                if s.status == Status::Controlled {
                    prop_assert_eq!(&row.unwrap().holder, &s.holder);
                }
            }
        }
    }
}
