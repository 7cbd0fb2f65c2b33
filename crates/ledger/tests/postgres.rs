//! The suite on PostgreSQL, and what is that store's own. Runs where MARCHLAND_TEST_POSTGRES holds the address of a database
//! that may be filled (tools/ledger/with-postgres.sh starts one); otherwise it says that it is skipped.
#![cfg(feature = "postgres")]

mod common;
mod suite;

use common::{article, at, claims, folder, run};
use marchland_ledger::*;

/// The address of an empty schema of its own for each test; none where there is no database.
fn address(name: &str) -> Option<String> {
    let Ok(url) = std::env::var("MARCHLAND_TEST_POSTGRES") else {
        eprintln!("skipped: no PostgreSQL (MARCHLAND_TEST_POSTGRES is not set; see tools/ledger/with-postgres.sh)");
        return None;
    };
    Some(format!("{url}?schema=t_{}_{}", name.replace('-', "_"), std::process::id()))
}

fn fresh(name: &str) -> Option<Box<dyn Ledger>> {
    Some(open(&address(name)?, Mode::Write).unwrap())
}

fn add(ledger: &mut dyn Ledger, n: usize) -> Added {
    let a = article(n);
    ledger.add_article(Coded { article: &a, read_at: at(n as i64), claims: &claims(&a, 3) }, &run("v1")).unwrap()
}

/// All that was ever added, as one can read it.
fn all(ledger: &dyn Ledger) -> Vec<Entry> {
    let mut out = Vec::new();
    ledger.each_entry(&mut |e| Ok(out.push(e))).unwrap();
    out
}

#[test]
fn a_ledger_moves_from_one_store_to_the_other_and_back() {
    let Some(mut server) = fresh("moves") else { return };
    let dir = folder("moves");
    let path = |name: &str| format!("sqlite:{}", dir.join(name).display());
    let mut file = open(&path("a.ledger"), Mode::Write).unwrap();
    for n in 0..5 {
        add(&mut *file, n);
    }
    let a = article(1);
    let again = Coded { article: &a, read_at: at(50), claims: &claims(&a, 1) };
    assert_eq!(file.add_article(again, &run("v2")).unwrap(), Added::Recoded);
    let target = Target::Article { article: a.digest.clone() };
    let judgement =
        Judgement { target, verdict: Verdict::Withdraw, author: "ann".into(), at: at(60), reason: "a hoax".into() };
    file.judge(&judgement).unwrap();
    let by_hand = marchland_claim::Claim { id: marchland_claim::ClaimId("by-hand".into()), ..claims(&a, 1).remove(0) };
    let target = Target::Claim { article: a.digest.clone(), claim: by_hand.id.clone() };
    let verdict = Verdict::Add { claim: Box::new(by_hand) };
    file.judge(&Judgement { target, verdict, author: "ann".into(), at: at(70), reason: "it is there".into() }).unwrap();

    file.copy_to(&mut *server).unwrap();
    assert_eq!(all(&*server), all(&*file));
    assert_eq!(server.claims(&ClaimFilter::default()).unwrap(), file.claims(&ClaimFilter::default()).unwrap());
    server.backup(&dir.join("b.ledger")).unwrap();
    let back = open(&path("b.ledger"), Mode::Read).unwrap();
    assert_eq!(all(&*back), all(&*file));
    assert_eq!(back.check().unwrap(), Vec::<String>::new());
    assert_eq!((server.check().unwrap(), server.seq().unwrap()), (vec![], file.seq().unwrap()));
}

#[test]
fn writers_take_turns() {
    let Some(url) = address("turns") else { return };
    drop(open(&url, Mode::Write).unwrap());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let url = &url;
            scope.spawn(move || {
                let mut ledger = open(url, Mode::Write).unwrap();
                (0..10).for_each(|n| assert_eq!(add(&mut *ledger, writer * 10 + n), Added::New));
            });
        }
    });
    let ledger = open(&url, Mode::Read).unwrap();
    assert_eq!(ledger.counts().unwrap().articles, 40);
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
}

#[test]
fn two_who_open_at_once_make_one_ledger() {
    let Some(url) = address("once") else { return };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| open(&url, Mode::Write).map(|_| ()).unwrap());
        }
    });
    assert_eq!(open(&url, Mode::Read).unwrap().seq().unwrap(), 0);
}

#[test]
fn what_cannot_be_opened_says_why() {
    let Some(url) = address("nothing-there") else { return };
    let said = |url: &str| open(url, Mode::Read).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(said(&url).contains("no such ledger"), "{}", said(&url));
    let closed = said("postgres://ann:secret@127.0.0.1:1/war");
    assert!(
        closed.contains("no connection") && closed.contains("ann@127.0.0.1:1/war") && !closed.contains("secret"),
        "{closed}"
    );
}
