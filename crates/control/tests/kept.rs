//! What is kept from one question to the next never shows in an answer.

mod common;

use common::*;
use marchland_claim::Kind;
use marchland_control::*;

#[test]
fn a_question_asked_before_changes_no_answer() {
    let province = |id: &str, n: i8| Report {
        area: true,
        place: marchland_place::PlaceId(70),
        ..report(id, aug(n), Kind::Holds, Some("red"))
    };
    let all = [
        took("a", aug(3), "red"),
        holds("b", aug(5), "blue"),
        province("p", 4),
        report("c", aug(6), Kind::Contested, None),
        took("d", aug(9), "blue"),
    ];
    let ask = |c: &Control| -> String {
        let states: Vec<_> = (1..15)
            .flat_map(|on| [None, Some(aug(on)), Some(aug(5)), Some(aug(20))].map(|k| (on, k)))
            .map(|(on, known_by)| c.state(TOWN, &Query { on: aug(on), known_by }))
            .collect();
        serde_json::to_string(&states).unwrap()
    };
    let mut grown = control(&[]);
    for (n, report) in all.iter().enumerate() {
        // Asked after every report, so that something is kept each time.
        ask(&grown);
        grown.add([report.clone()]);
        assert_eq!(ask(&grown), ask(&control(&all[..=n])), "after {n}");
        assert_eq!(ask(&grown), ask(&grown), "asked twice");
    }
    grown.replace_article("article p", []);
    let without: Vec<Report> = all.iter().filter(|r| &*r.article != "article p").cloned().collect();
    assert_eq!(ask(&grown), ask(&control(&without)), "the province has gone, and with it what it said of its towns");
}

#[test]
fn what_would_change_the_answer() {
    let c = control(&[took("a", aug(3), "red"), holds("b", aug(4), "red"), holds("c", aug(1), "blue")]);
    let q = query(aug(8));
    let turns = c.what_if(TOWN, &q);
    let of = |voice| turns.iter().find(|t| t.voice == voice).unwrap();
    assert!(turns.iter().all(|t| t.party.as_str() == "blue"), "{turns:?}");
    assert_eq!(of(Voice::Loser).holder.as_ref().unwrap().as_str(), "blue");
    assert_eq!(of(Voice::Newsroom).holder.as_ref().unwrap().as_str(), "blue");
    // Asking does not make it so.
    assert_eq!(c.state(TOWN, &q).holder.unwrap().as_str(), "red");
    assert!(control(&[]).what_if(TOWN, &q).is_empty());
}

#[test]
fn incidents_join_what_many_tell_of_one_happening() {
    let copies = [
        took("a", aug(8), "red"),
        took("b", aug(9), "red"),
        took("c", aug(20), "red"),
        report("d", aug(9), Kind::Contested, None),
        Report { stance: marchland_claim::Stance::Denied, ..by("blue", Voice::Winner, took("e", aug(9), "red")) },
    ];
    let mut orders = vec![copies.to_vec()];
    orders.push(copies.iter().rev().cloned().collect());
    for order in orders {
        let all = control(&order).incidents(None, |_| true);
        let told: Vec<_> =
            all.iter().map(|i| (i.kind, i.first, i.last, i.claims.len(), i.articles, i.origins, i.denials)).collect();
        assert_eq!(
            told,
            [
                (Kind::Transfer, aug(8), aug(9), 3, 3, 3, 1),
                (Kind::Transfer, aug(20), aug(20), 1, 1, 1, 0),
                (Kind::Contested, aug(9), aug(9), 1, 1, 1, 0),
            ]
        );
    }
    assert!(control(&copies).incidents(Some(aug(7)), |_| true).is_empty());
}
