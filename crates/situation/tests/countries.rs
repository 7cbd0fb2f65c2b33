//! A country as a whole stands in no table of towns; whoever asks for it finds it.

use jiff::Timestamp;
use jiff::civil::date;
use marchland_claim::Known;
use marchland_coder::{Coder, TableOptions, import};
use marchland_control::Query;
use marchland_ledger::{Coded, Ledger, Mode, Run, open};
use marchland_situation::{Area, Situation};

const TABLE: &str = "outlet,published,place,status,day,speaker,form
Wire,2021-08-09,Kunduz,Taliban,2021-08-08,newsroom,asserted
Wire,2021-08-16,Afghanistan,Taliban,2021-08-15,newsroom,asserted
";

fn situation(test: &str) -> Situation {
    let coder = Coder::embedded();
    let known = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let read = import(TABLE, &TableOptions::default(), &known).unwrap();
    assert_eq!(read.rejected, []);
    let dir = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("a.db").display().to_string();
    let mut ledger: Box<dyn Ledger> = open(&file, Mode::Write).unwrap();
    let read_at = Timestamp::UNIX_EPOCH;
    for (article, _, claims) in &read.articles {
        ledger.add_article(Coded { article, read_at, claims }, &Run { coder: "v1".into(), at: read_at }).unwrap();
    }
    let situation = Situation::load(ledger.as_ref(), &coder).unwrap();
    drop(ledger);
    let _ = std::fs::remove_dir_all(&dir);
    situation
}

fn names(s: &Situation, area: &Area) -> Vec<String> {
    s.places(area).into_iter().map(|p| s.place_name(p)).collect()
}

#[test]
fn a_country_is_no_town() {
    let s = situation("no-town");
    assert_eq!(names(&s, &Area::All), ["Kunduz"]);
    assert_eq!(names(&s, &Area::Country("AF".into())), ["Kunduz"]);
    assert_eq!(names(&s, &Area::Countries), ["Afghanistan"]);
    let query = Query { on: date(2021, 8, 20), known_by: None };
    assert_eq!(s.states(&Area::All, &query).len(), 1);
    assert!(s.table(&Area::All, None).iter().all(|row| s.place_name(row.place) == "Kunduz"));
}

#[test]
fn a_country_asked_for_by_name_is_answered() {
    let s = situation("by-name");
    let country = s.find_place("Afghanistan", None).unwrap();
    assert_eq!(names(&s, &Area::Places(vec![country])), ["Afghanistan"]);
}
