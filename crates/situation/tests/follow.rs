//! A situation that follows its ledger is the one that would be read anew, whatever came in which order.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use marchland_article::Article;
use marchland_claim::{Claim, Known};
use marchland_coder::{Coder, TableOptions, import};
use marchland_control::Query;
use marchland_ledger::{Coded, Judgement, Ledger, Mode, Run, Target, Verdict, open};
use marchland_situation::{Area, DoubtKind, Situation};

fn folder(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("follow-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn coder() -> Coder {
    Coder::embedded()
}

/// Made-up rows: some places, two parties, days of August.
fn rows(n: usize) -> String {
    let places = ["Kunduz", "Taloqan", "Ghazni", "Farah", "Zaranj"];
    let mut out = String::from("outlet,published,place,status,day,speaker,form\n");
    for i in 0..n {
        let r = (i * 7919 + 13) % 97;
        let who = ["Taliban", "Government", "contested"][r % 3];
        let day = 1 + r % 20;
        let speaker = ["newsroom", "Taliban", "residents", "MoD"][r % 4];
        out += &format!(
            "Wire {},2021-08-{:02},{},{who},2021-08-{day:02},{speaker},claimed\n",
            r % 5,
            day + r % 4,
            places[r % 5]
        );
    }
    out
}

fn articles(coder: &Coder, table: &str) -> Vec<(Article, Vec<Claim>)> {
    let known = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let options = TableOptions { country: Some("AF".into()), ..TableOptions::default() };
    let all = import(table, &options, &known).unwrap();
    assert_eq!(all.rejected, []);
    all.articles.into_iter().map(|(a, _, c)| (a, c)).collect()
}

fn add(ledger: &mut dyn Ledger, coder: &str, article: &Article, claims: &[Claim]) {
    let run = Run { coder: coder.into(), at: Timestamp::UNIX_EPOCH };
    ledger.add_article(Coded { article, read_at: Timestamp::UNIX_EPOCH, claims }, &run).unwrap();
}

/// Everything that can be asked, as bytes.
fn told(s: &Situation) -> String {
    let states: Vec<_> = (1..28)
        .flat_map(|on| [None, Some(12), Some(on)].map(|k| (on, k)))
        .flat_map(|(on, k)| {
            let query = Query { on: date(2021, 8, on), known_by: k.map(|k| date(2021, 8, k)) };
            s.control().places().map(|p| s.control().state(p, &query)).collect::<Vec<_>>()
        })
        .collect();
    format!("{:?} {:?} {}", s.silent(), s.control().table(None, |_| true), serde_json::to_string(&states).unwrap())
}

#[test]
fn following_is_reading_anew() {
    let coder = coder();
    let mut ledger = open(&folder("same").join("a.db").display().to_string(), Mode::Write).unwrap();
    let all = articles(&coder, &rows(40));
    let mut s = Situation::load(ledger.as_ref(), &coder).unwrap();
    let fresh = |ledger: &dyn Ledger| told(&Situation::load(ledger, &coder).unwrap());
    for (n, (a, c)) in all.iter().enumerate() {
        add(ledger.as_mut(), "v1", a, c);
        if n % 7 == 0 {
            let touched = s.follow(ledger.as_ref()).unwrap();
            assert!(!touched.is_empty());
            assert_eq!(told(&s), fresh(ledger.as_ref()), "after {n} articles");
            assert!(s.follow(ledger.as_ref()).unwrap().is_empty(), "nothing new, nothing touched");
        }
    }
    // Coded again with other results, judged, withdrawn, dated: what is followed is what is there.
    let (a, c) = &all[3];
    add(ledger.as_mut(), "v2", a, &[]);
    let judge = |ledger: &mut dyn Ledger, target, verdict| {
        let at = Timestamp::UNIX_EPOCH;
        ledger.judge(&Judgement { target, verdict, author: "test".into(), at, reason: String::new() }).unwrap();
    };
    let article = |n: usize| Target::Article { article: all[n].0.digest.clone() };
    let claim = |n: usize| Target::Claim { article: all[n].0.digest.clone(), claim: all[n].1[0].id.clone() };
    judge(ledger.as_mut(), article(5), Verdict::Withdraw);
    judge(ledger.as_mut(), claim(8), Verdict::Reject);
    judge(ledger.as_mut(), article(9), Verdict::SetPublished { day: date(2021, 8, 27) });
    s.follow(ledger.as_ref()).unwrap();
    assert_eq!(told(&s), fresh(ledger.as_ref()));
    judge(ledger.as_mut(), article(5), Verdict::Restore);
    add(ledger.as_mut(), "v3", a, c);
    s.follow(ledger.as_ref()).unwrap();
    assert_eq!(told(&s), fresh(ledger.as_ref()));
}

#[test]
fn any_order_and_copies_give_the_same_answers() {
    let coder = coder();
    let all = articles(&coder, &rows(40));
    let mut expect = None;
    for turn in 0..3 {
        let mut order: Vec<_> = all.iter().collect();
        order.rotate_left(turn * 11);
        if turn == 2 {
            order.reverse();
        }
        let mut ledger =
            open(&folder(&format!("order{turn}")).join("a.db").display().to_string(), Mode::Write).unwrap();
        let mut s = Situation::load(ledger.as_ref(), &coder).unwrap();
        for (n, (a, c)) in order.iter().enumerate() {
            add(ledger.as_mut(), "v1", a, c);
            add(ledger.as_mut(), "v1", a, c);
            if n % (5 + turn) == 0 {
                s.follow(ledger.as_ref()).unwrap();
            }
        }
        s.follow(ledger.as_ref()).unwrap();
        let told = told(&s);
        assert_eq!(*expect.get_or_insert_with(|| told.clone()), told, "turn {turn}");
    }
}

#[test]
fn copies_of_a_story_have_one_vote_and_a_late_copy_joins() {
    let coder = coder();
    let mut ledger = open(&folder("story").join("a.db").display().to_string(), Mode::Write).unwrap();
    let mut s = Situation::load(ledger.as_ref(), &coder).unwrap();
    let text = "Fighters of the Taliban captured the city of Kunduz on Sunday, a shopkeeper there said by telephone. \
        Shops stayed shut and people kept at home while smoke rose over the market, he said, and nobody in the offices of \
        the province answered calls in the evening.";
    for (n, outlet) in ["Wire", "Paper", "Radio", "Page"].into_iter().enumerate() {
        let mut head = marchland_article::Head::named(format!("a{n}")).on(date(2021, 8, 9));
        head.outlet = Some(outlet.into());
        let article = Article::plain(head, format!("{text} Told by {outlet}."));
        let claims = coder.code(&article).claims;
        assert!(!claims.is_empty());
        add(ledger.as_mut(), "v1", &article, &claims);
        s.follow(ledger.as_ref()).unwrap();
        assert_eq!(told(&s), told(&Situation::load(ledger.as_ref(), &coder).unwrap()), "with {outlet}");
    }
    let place = s.find_place("Kunduz", Some("AF")).unwrap();
    let stories: std::collections::BTreeSet<_> = s.control().reports(place).map(|r| r.story.clone()).collect();
    assert_eq!(stories.len(), 1, "four copies, one story");
}

#[test]
fn what_does_not_fit_is_listed() {
    let coder = coder();
    let mut ledger = open(&folder("doubt").join("a.db").display().to_string(), Mode::Write).unwrap();
    let table = "outlet,published,place,kind,holder,day,aggregate_count,aggregate_unit,country\n\
        Wire,2021-08-01,Kunduz,transfer,Taliban,2021-08-01,,,AF\n\
        Paper,2021-08-02,Kunduz,holds,Taliban,2021-08-02,,,AF\n\
        Radio,2021-08-20,Kunduz,holds,Taliban,2021-08-20,,,AF\n\
        Page,2021-08-25,Kunduz,transfer,Taliban,2021-08-25,,,AF\n\
        Page,2021-08-25,Taloqan,transfer,Taliban,2021-08-25,,,AF\n\
        Page,2021-08-25,Sheberghan,transfer,Taliban,2021-08-25,,,AF\n\
        Wire,2021-08-26,,holds,Taliban,2021-08-26,9,provincial capitals,AF\n\
        Wire,2021-08-26,,holds,Taliban,2021-08-26,3,provincial capitals,AF\n\
        Radio,2021-08-27,,transfer,Taliban,2021-08-27,1,provincial capitals,AF\n";
    for (a, c) in articles(&coder, table) {
        add(ledger.as_mut(), "v1", &a, &c);
    }
    let s = Situation::load(ledger.as_ref(), &coder).unwrap();
    let doubts = s.doubts();
    let told: Vec<_> = doubts.iter().map(|d| (d.kind, d.day)).collect();
    assert_eq!(told, [(DoubtKind::Total, date(2021, 8, 26)), (DoubtKind::TakesOwn, date(2021, 8, 25))], "{doubts:#?}");
    // Beside a table stands what was said of its country in its week, as far as it was known.
    let beside = |area: Area, on: Date, by: Option<Date>| s.totals_in_doubt(&area, &Query { on, known_by: by }).len();
    assert_eq!(beside(Area::Capitals("AF".into()), date(2021, 8, 28), None), 1);
    assert_eq!(beside(Area::Capitals("AF".into()), date(2021, 8, 28), Some(date(2021, 8, 25))), 0);
    assert_eq!(beside(Area::Country("SY".into()), date(2021, 8, 28), None), 0);
    assert_eq!(beside(Area::All, date(2021, 9, 28), None), 0);
}
