//! Laws of a ledger and what is made of it: order of arrival, batches, copies, a crash and a second start change no
//! answer; and what was computed on a day is what is answered later as known on that day.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use marchland_article::Article;
use marchland_claim::{Claim, Known};
use marchland_coder::{Coder, TableOptions, import};
use marchland_control::{PlaceState, Query};
use marchland_ledger::{Coded, Ledger, Mode, Run, open};
use marchland_situation::Reckoning;
use proptest::prelude::*;

const PLACES: [&str; 5] = ["Kunduz", "Taloqan", "Ghazni", "Farah", "Kunduz Province"];
const SPEAKERS: [&str; 4] = ["newsroom", "Taliban", "residents", "MoD"];

/// A made-up row: place, what, day, days until it is published, speaker, outlet, form.
type Row = (usize, usize, i8, i8, usize, u8, bool);

fn row() -> impl Strategy<Value = Row> {
    (0..PLACES.len(), 0..3_usize, 1..20_i8, 0..4_i8, 0..SPEAKERS.len(), 0..6_u8, any::<bool>())
}

fn articles(coder: &Coder, rows: &[Row]) -> Vec<(Article, Vec<Claim>)> {
    let mut table = String::from("outlet,published,place,status,day,speaker,form\n");
    for (place, what, day, late, speaker, outlet, claimed) in rows {
        let who = ["Taliban", "Government", "contested"][*what];
        let form = if *claimed { "claimed" } else { "asserted" };
        let (place, speaker, published) = (PLACES[*place], SPEAKERS[*speaker], day + late);
        table += &format!("Wire {outlet},2021-08-{published:02},{place},{who},2021-08-{day:02},{speaker},{form}\n");
    }
    let known = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let options = TableOptions { country: Some("AF".into()), ..TableOptions::default() };
    import(&table, &options, &known).unwrap().articles.into_iter().map(|(a, _, c)| (a, c)).collect()
}

fn folder(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("laws-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn ledger(file: &Path) -> Box<dyn Ledger> {
    open(&file.display().to_string(), Mode::Write).unwrap()
}

fn add(ledger: &mut dyn Ledger, some: &[&(Article, Vec<Claim>)]) {
    let read_at = Timestamp::UNIX_EPOCH;
    let coded: Vec<_> = some.iter().map(|(article, claims)| Coded { article, read_at, claims }).collect();
    ledger.add(&coded, &Run { coder: "v1".into(), at: read_at }).unwrap();
}

/// Everything that can be asked, as bytes.
fn told(r: &Reckoning) -> String {
    let control = r.control();
    let days = (1..26).map(|d| date(2021, 8, d));
    let states: Vec<PlaceState> = days
        .flat_map(|on| [None, Some(date(2021, 8, 9)), Some(on)].map(|known_by| Query { on, known_by }))
        .flat_map(|q| control.places().map(|p| control.state(p, &q)).collect::<Vec<_>>())
        .collect();
    let rows = control.table(None, |_| true);
    serde_json::to_string(&(states, rows, format!("{:?}", r.silent()))).unwrap()
}

/// The files of a ledger as a killed process leaves them: what was acknowledged, and the beginning of a frame that was
/// still being written.
fn as_if_killed(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
    let wal = |p: &Path| PathBuf::from(format!("{}-wal", p.display()));
    let _ = std::fs::remove_file(wal(to));
    if let Ok(mut bytes) = std::fs::read(wal(from)) {
        bytes.extend_from_slice(&[7; 1234]);
        std::fs::write(wal(to), bytes).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_batches_copies_and_a_crash_change_nothing(
        rows in prop::collection::vec(row(), 4..24),
        order in any::<prop::sample::Index>(),
        reversed in any::<bool>(),
        batch in 1..9_usize,
        crash in any::<prop::sample::Index>(),
        look in 1..5_usize,
    ) {
        let coder = Coder::embedded();
        let all = articles(&coder, &rows);
        let dir = folder("order");
        let mut calm = ledger(&dir.join("calm.db"));
        for one in &all {
            add(calm.as_mut(), &[one]);
        }
        let expect = told(&Reckoning::load(calm.as_ref()).unwrap());

        let mut turned: Vec<&(Article, Vec<Claim>)> = all.iter().collect();
        turned.rotate_left(order.index(all.len()));
        if reversed {
            turned.reverse();
        }
        let file = dir.join("other.db");
        let mut other = ledger(&file);
        let mut follower = Reckoning::load(other.as_ref()).unwrap();
        let until = crash.index(all.len());
        for (n, some) in turned[..until].chunks(batch).enumerate() {
            add(other.as_mut(), some);
            if n % look == 0 {
                follower.follow(other.as_ref()).unwrap();
            }
        }
        // Killed; what was acknowledged is there. Then everything is read once more from the start.
        let after = dir.join("after.db");
        as_if_killed(&file, &after);
        drop(other);
        let mut resumed = ledger(&after);
        prop_assert_eq!(resumed.counts().unwrap().articles as usize, until);
        for some in turned.chunks(batch) {
            add(resumed.as_mut(), some);
            follower.follow(resumed.as_ref()).unwrap();
        }
        prop_assert_eq!(&told(&follower), &expect);
        prop_assert_eq!(&told(&Reckoning::load(resumed.as_ref()).unwrap()), &expect);
        prop_assert_eq!(resumed.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn as_known_on_a_day_is_what_was_computed_on_that_day(rows in prop::collection::vec(row(), 4..24)) {
        let coder = Coder::embedded();
        let all = articles(&coder, &rows);
        let mut ledger = ledger(&folder("replay").join("a.db"));
        let mut follower = Reckoning::load(ledger.as_ref()).unwrap();
        let mut then: Vec<(Query, PlaceState)> = Vec::new();
        let ask = |r: &Reckoning, on: Date| -> Vec<(Query, PlaceState)> {
            let q = Query { on, known_by: Some(on) };
            r.control().places().map(|p| (q, r.control().state(p, &q))).collect()
        };
        for day in date(2021, 8, 1).series(1.day()).take(24) {
            let new: Vec<_> = all.iter().filter(|(a, _)| a.published.day() == Some(day)).collect();
            add(ledger.as_mut(), &new);
            follower.follow(ledger.as_ref()).unwrap();
            then.extend(ask(&follower, day));
        }
        let now = Reckoning::load(ledger.as_ref()).unwrap();
        for (query, state) in then {
            prop_assert_eq!(now.control().state(state.place, &query), state);
        }
    }
}
