//! What every ledger must do, through the trait alone. Each store runs it: sqlite.rs, postgres.rs.

use crate::common::*;
use crate::fresh;
use jiff::civil::date;
use marchland_article::Published;
use marchland_claim::{Claim, ClaimId, Kind, Stance};
use marchland_ledger::*;
use marchland_place::PlaceId;

/// A new ledger with `n` articles of three claims each; none where the store is not there to be tested.
fn filled(name: &str, n: usize) -> Option<Box<dyn Ledger>> {
    let mut ledger = fresh(name)?;
    for i in 0..n {
        let a = article(i);
        let added =
            ledger.add_article(Coded { article: &a, read_at: at(i as i64), claims: &claims(&a, 3) }, &run("v1"));
        assert_eq!(added.unwrap(), Added::New);
    }
    Some(ledger)
}

fn judge(ledger: &mut dyn Ledger, target: Target, verdict: Verdict) {
    let judgement = Judgement { target, verdict, author: "ann".into(), at: at(99), reason: "looked at it".into() };
    ledger.judge(&judgement).unwrap();
}

fn of_claim(entry: &ClaimEntry) -> Target {
    Target::Claim { article: entry.article.clone(), claim: entry.claim.id.clone() }
}

#[test]
fn what_goes_in_comes_out() {
    let Some(ledger) = filled("roundtrip", 6) else { return };
    for i in 0..6 {
        let a = article(i);
        let entry = ledger.article(&a.digest).unwrap().unwrap();
        assert_eq!((&entry.article, entry.read_at, entry.withdrawn), (&a, at(i as i64), false));
        assert_eq!(entry.coder, "v1");
        let back: Vec<_> = ledger.claims_of(&a.digest).unwrap().into_iter().map(|e| e.claim).collect();
        assert_eq!(back, claims(&a, 3));
    }
    assert_eq!(ledger.article("nothing").unwrap(), None);
    let counts = ledger.counts().unwrap();
    assert_eq!((counts.articles, counts.claims, counts.places), (6, 18, 3));
    assert_eq!(counts.first_day, Some(date(2021, 8, 9)));
    let mut names = Vec::new();
    ledger.each_article(&ArticleFilter::default(), &mut |e| names.push(e.article.id)).unwrap();
    assert_eq!(names, (0..6).map(|i| format!("dispatch-{i}")).collect::<Vec<_>>());
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_same_article_twice_changes_nothing() {
    let Some(mut ledger) = filled("twice", 3) else { return };
    let before = (ledger.counts().unwrap(), ledger.log(0, 99).unwrap());
    for i in 0..3 {
        let a = article(i);
        // Another run at another time, by the same coder.
        let again = Run { at: at(500), ..run("v1") };
        let added = ledger.add_article(Coded { article: &a, read_at: at(500), claims: &claims(&a, 3) }, &again);
        assert_eq!(added.unwrap(), Added::Unchanged);
    }
    assert_eq!((ledger.counts().unwrap(), ledger.log(0, 99).unwrap()), before);
}

#[test]
fn one_batch_may_hold_the_same_article_twice() {
    let Some(mut ledger) = filled("same-batch", 0) else { return };
    let a = article(0);
    let c = claims(&a, 2);
    let coded = Coded { article: &a, read_at: at(0), claims: &c };
    assert_eq!(ledger.add(&[coded, coded], &run("v1")).unwrap(), [Added::New, Added::Unchanged]);
}

#[test]
fn coding_again_keeps_both_versions() {
    let Some(mut ledger) = filled("recode", 2) else { return };
    let a = article(0);
    let mut new = claims(&a, 2);
    new[1].stance = Stance::Claimed;
    let recoded = Coded { article: &a, read_at: at(9), claims: &new };
    assert_eq!(ledger.add_article(recoded, &run("v2")).unwrap(), Added::Recoded);
    let now: Vec<_> = ledger.claims_of(&a.digest).unwrap().into_iter().map(|e| e.claim).collect();
    assert_eq!(now, new);
    let versions = ledger.versions(&a.digest, &new[1].id).unwrap();
    let stances: Vec<_> = versions.iter().map(|(r, c)| (r.coder.as_str(), c.stance)).collect();
    assert_eq!(stances, [("v1", Stance::Asserted), ("v2", Stance::Claimed)]);
    // The log says what changed: one claim with another content, one gone.
    let log = ledger.log(0, 99).unwrap();
    let Logged::Coding { gained, lost, claims: 2, .. } = &log.last().unwrap().what else { panic!("{log:?}") };
    assert_eq!((gained.clone(), lost.clone()), (vec![new[1].id.clone()], vec![claim(&a, 2).id]));
    // A third version of the coder that finds the same writes no claim, but it is known to have been there.
    assert_eq!(ledger.add_article(recoded, &run("v3")).unwrap(), Added::Confirmed);
    assert_eq!(ledger.article(&a.digest).unwrap().unwrap().coder, "v3");
    let left = ledger.articles(&ArticleFilter { not_coded_by: Some("v3".into()), ..Default::default() }).unwrap();
    assert_eq!(left.iter().map(|e| e.article.id.as_str()).collect::<Vec<_>>(), ["dispatch-1"]);
    // Back to the first result.
    let first = claims(&a, 3);
    let back = Coded { article: &a, read_at: at(9), claims: &first };
    assert_eq!(ledger.add_article(back, &run("v4")).unwrap(), Added::Recoded);
    assert_eq!(ledger.claims_of(&a.digest).unwrap().len(), 3);
    assert_eq!(ledger.counts().unwrap().claim_versions, 7);
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_coding_may_find_nothing() {
    let Some(mut ledger) = filled("none", 1) else { return };
    let a = article(0);
    ledger.add_article(Coded { article: &a, read_at: at(0), claims: &[] }, &run("v2")).unwrap();
    assert_eq!(ledger.claims_of(&a.digest).unwrap(), []);
    assert!(ledger.article(&a.digest).unwrap().is_some());
}

#[test]
fn judgements_are_applied_in_order() {
    let Some(mut ledger) = filled("judge", 1) else { return };
    let all = ledger.claims(&ClaimFilter::default()).unwrap();
    let (first, second) = (&all[0], &all[1]);
    let ids =
        |l: &dyn Ledger| l.claims(&ClaimFilter::default()).unwrap().into_iter().map(|e| e.claim.id).collect::<Vec<_>>();

    judge(&mut *ledger, of_claim(first), Verdict::Reject);
    assert_eq!(ids(&*ledger), [all[1].claim.id.clone(), all[2].claim.id.clone()]);
    let rejected = ledger.claim(&first.claim.id).unwrap().unwrap();
    assert_eq!((rejected.counts, rejected.verdict), (false, Some(VerdictKind::Reject)));

    judge(&mut *ledger, of_claim(first), Verdict::Accept);
    assert_eq!(ids(&*ledger).len(), 3);

    // An edit moves the claim to another place; filters see the claim as edited, and its id stays.
    let mut edited = second.claim.clone();
    edited.place.id = Some(PlaceId(7));
    edited.id = ClaimId("whatever".into());
    judge(&mut *ledger, of_claim(second), Verdict::Edit { claim: Box::new(edited) });
    let at_place = |p| ledger.claims(&ClaimFilter { places: vec![PlaceId(p)], ..Default::default() }).unwrap();
    assert_eq!(at_place(7).iter().map(|e| &e.claim.id).collect::<Vec<_>>(), [&second.claim.id]);
    assert_eq!(at_place(1_135_690), []);

    judge(&mut *ledger, of_claim(first), Verdict::Merge { into: second.claim.id.clone() });
    judge(&mut *ledger, of_claim(second), Verdict::Unsure);
    assert_eq!(ids(&*ledger), [all[1].claim.id.clone(), all[2].claim.id.clone()]);

    // They still hold after the article was coded again.
    let a = article(0);
    ledger.add_article(Coded { article: &a, read_at: at(9), claims: &claims(&a, 2) }, &run("v2")).unwrap();
    assert_eq!(ids(&*ledger), [all[1].claim.id.clone()]);
    assert_eq!(ledger.judgements(Some(&of_claim(first))).unwrap().len(), 3);
    assert_eq!(ledger.judgements(None).unwrap().len(), 5);
}

#[test]
fn an_analyst_dates_or_withdraws_an_article() {
    let Some(mut ledger) = filled("date", 5) else { return };
    let target = Target::Article { article: article(4).digest };
    assert_eq!(ledger.articles(&ArticleFilter { undated: true, ..Default::default() }).unwrap().len(), 1);
    let day = date(2021, 8, 10);
    judge(&mut *ledger, target.clone(), Verdict::SetPublished { day });
    let entry = ledger.article(target.article()).unwrap().unwrap();
    assert_eq!(entry.article.published, Published::Given { day });
    assert_eq!(entry.article.digest, article(4).digest);
    assert!(ledger.claims_of(target.article()).unwrap().iter().all(|e| e.published == Some(day)));
    assert_eq!(ledger.articles(&ArticleFilter { undated: true, ..Default::default() }).unwrap().len(), 0);

    judge(&mut *ledger, target.clone(), Verdict::Withdraw);
    assert_eq!(ledger.claims_of(target.article()).unwrap(), []);
    assert!(ledger.article(target.article()).unwrap().unwrap().withdrawn);
    judge(&mut *ledger, target.clone(), Verdict::Restore);
    assert_eq!(ledger.claims_of(target.article()).unwrap().len(), 3);
}

#[test]
fn undo_takes_back_the_last_judgement_that_stands() {
    let Some(mut ledger) = filled("undo", 1) else { return };
    let all = ledger.claims(&ClaimFilter::default()).unwrap();
    let claim = all[0].claim.clone();
    let target = of_claim(&all[0]);
    let mut moved = claim.clone();
    moved.place.id = Some(PlaceId(7));
    let edit = |claim: &Claim| Verdict::Edit { claim: Box::new(claim.clone()) };
    let mut step = |verdict: Verdict, place: Option<PlaceId>, counts: bool, last: Option<VerdictKind>| {
        let kind = verdict.kind();
        judge(&mut *ledger, target.clone(), verdict);
        let now = ledger.claim(&claim.id).unwrap().unwrap();
        assert_eq!((now.claim.place.id, now.counts, now.verdict), (place, counts, last), "after {kind:?}");
    };
    let (there, seven) = (claim.place.id, Some(PlaceId(7)));
    step(edit(&moved), seven, true, Some(VerdictKind::Edit));
    step(Verdict::Reject, seven, false, Some(VerdictKind::Reject));
    step(Verdict::Undo, seven, true, Some(VerdictKind::Edit));
    step(Verdict::Undo, there, true, None);
    step(Verdict::Undo, there, true, None);
    step(Verdict::Accept, there, true, Some(VerdictKind::Accept));
    assert_eq!(ledger.judgements(Some(&target)).unwrap().len(), 6, "nothing is ever removed");
}

#[test]
fn an_added_claim_stays_through_every_coding_and_can_be_undone() {
    let Some(mut ledger) = filled("add", 2) else { return };
    let a = article(0);
    let first = ledger.claims_of(&a.digest).unwrap()[0].claim.clone();
    let added = Claim { id: ClaimId("by-hand".into()), ..first };
    let target = Target::Claim { article: a.digest.clone(), claim: added.id.clone() };
    let add = Verdict::Add { claim: Box::new(added.clone()) };
    judge(&mut *ledger, target.clone(), add.clone());
    let ids = |l: &dyn Ledger| l.claims_of(&a.digest).unwrap().into_iter().map(|e| e.claim.id.0).collect::<Vec<_>>();
    assert!(ids(&*ledger).contains(&"by-hand".to_owned()));
    let entry = ledger.claim(&added.id).unwrap().unwrap();
    assert_eq!((entry.claim, entry.verdict), (added.clone(), Some(VerdictKind::Add)));
    // Coded again, with other claims and by another coder.
    let found = claims(&a, 2);
    let coded = Coded { article: &a, read_at: at(1), claims: &found };
    assert_eq!(ledger.add_article(coded, &run("v2")).unwrap(), Added::Recoded);
    assert_eq!(ids(&*ledger).len(), 3);
    assert_eq!(ledger.add_article(coded, &run("v2")).unwrap(), Added::Unchanged);
    judge(&mut *ledger, target.clone(), Verdict::Undo);
    assert_eq!(ids(&*ledger).len(), 2, "undone, it is no claim");
    let gone = ledger.claim(&added.id).unwrap().unwrap();
    assert_eq!((gone.counts, gone.verdict), (false, None));
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    let again = Judgement { target, verdict: add, author: "ann".into(), at: at(9), reason: String::new() };
    assert!(ledger.judge(&again).unwrap_err().to_string().contains("the id must be new"));
}

#[test]
fn only_what_is_there_can_be_judged() {
    let Some(mut ledger) = filled("no-such", 1) else { return };
    let mut check = |target: Target, verdict: Verdict, words: &str| {
        let judgement = Judgement { target, verdict, author: "ann".into(), at: at(0), reason: String::new() };
        let said = ledger.judge(&judgement).unwrap_err().to_string();
        assert!(said.contains(words), "{said}");
    };
    let here = article(0).digest;
    let claim = |id: &str| Target::Claim { article: article(0).digest, claim: ClaimId(id.into()) };
    check(Target::Article { article: "f00".into() }, Verdict::Withdraw, "no article f00");
    check(claim("f00"), Verdict::Reject, "no claim f00");
    check(Target::Article { article: here }, Verdict::Reject, "said of claims");
    check(claim("f00"), Verdict::Withdraw, "said of articles");
}

#[test]
fn filters_narrow_to_what_they_say() {
    let Some(ledger) = filled("filter", 4) else { return };
    let check = |filter: ClaimFilter, expect: usize| {
        let narrowed = ledger.claims(&filter).unwrap();
        let all = ledger.claims(&ClaimFilter { with_rejected: true, ..Default::default() }).unwrap();
        let by_hand: Vec<_> = all.into_iter().filter(|e| filter.matches(e)).collect();
        assert_eq!(narrowed, by_hand, "{filter:?}");
        assert_eq!(narrowed.len(), expect, "{filter:?}");
    };
    let none = ClaimFilter::default;
    check(none(), 12);
    check(ClaimFilter { places: vec![PlaceId(1_135_689), PlaceId(1_135_691), PlaceId(5)], ..none() }, 8);
    check(ClaimFilter { country: Some("AF".into()), ..none() }, 12);
    check(ClaimFilter { country: Some("SY".into()), ..none() }, 0);
    check(ClaimFilter { kind: Some(Kind::Holds), control_only: true, ..none() }, 4);
    check(ClaimFilter { stance: Some(Stance::Denied), ..none() }, 0);
    check(ClaimFilter { actor: Some("afghan-government".into()), ..none() }, 12);
    check(ClaimFilter { actor: Some("nobody".into()), ..none() }, 0);
    check(ClaimFilter { from: Some(date(2021, 8, 8)), to: Some(date(2021, 8, 8)), ..none() }, 12);
    check(ClaimFilter { from: Some(date(2021, 8, 9)), ..none() }, 0);
    check(ClaimFilter { to: Some(date(2021, 8, 7)), ..none() }, 0);
    check(ClaimFilter { known_by: Some(date(2021, 8, 8)), ..none() }, 0);
    check(ClaimFilter { outlet: Some("Sample Radio".into()), ..none() }, 6);
    check(ClaimFilter { article: Some(article(2).digest), ..none() }, 3);
    assert_eq!(ledger.claims(&ClaimFilter { limit: Some(5), ..none() }).unwrap().len(), 5);
}

#[test]
fn a_backup_is_a_whole_ledger() {
    let dir = folder("backup");
    let Some(mut ledger) = filled("backup-from", 3) else { return };
    ledger.backup(&dir.join("copy.ledger")).unwrap();
    let a = article(9);
    ledger.add_article(Coded { article: &a, read_at: at(0), claims: &[] }, &run("v1")).unwrap();
    let copy = open(dir.join("copy.ledger").to_str().unwrap(), Mode::Read).unwrap();
    assert_eq!(copy.counts().unwrap().articles, 3);
    assert_eq!(copy.check().unwrap(), Vec::<String>::new());
    assert!(ledger.backup(&dir.join("copy.ledger")).unwrap_err().to_string().contains("exists already"));
    ledger.compact().unwrap();
    assert_eq!(ledger.counts().unwrap().articles, 4);
}

#[test]
fn a_batch_acknowledges_group_by_group() {
    let Some(mut ledger) = filled("batch", 0) else { return };
    let mut batch = Batch::new(&mut *ledger, run("v1"), 4);
    let mut told = Vec::new();
    for i in 0..10 {
        let a = article(i);
        let c = claims(&a, 1);
        let group = batch.push(a, at(0), c).unwrap();
        assert_eq!(group.len(), if i % 4 == 3 { 4 } else { 0 });
        told.extend(group);
    }
    told.extend(batch.flush().unwrap());
    assert_eq!(told.len(), 10);
    assert!(told.iter().enumerate().all(|(i, (a, added))| *a == article(i) && *added == Added::New));
    assert_eq!(ledger.counts().unwrap().articles, 10);
}

#[test]
fn search_finds_words_phrases_and_beginnings_and_says_where() {
    let Some(ledger) = filled("search", 4) else { return };
    let check = |words: &str, expect: usize| {
        let found = ledger.search(words, &ClaimFilter::default()).unwrap();
        assert_eq!(found.len(), expect, "{words}");
        found
    };
    let found = check("rebels KUNDUZ", 4);
    let text = &found[0].article.article.text;
    assert_eq!(found[0].spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["rebels", "Kunduz"]);
    assert_eq!(found[0].claims.len(), 3);
    check("\"Kunduz on Sunday\"", 4);
    check("\"Sunday on Kunduz\"", 0);
    check("kund*", 4);
    check("kund", 0);
    check("Dispatch 2", 1);
    check("NEAR( \"", 0);
    check("", 0);
    let only = |filter: ClaimFilter| ledger.search("Kunduz", &filter).unwrap().len();
    assert_eq!(only(ClaimFilter { outlet: Some("Sample Radio".into()), ..Default::default() }), 2);
    assert_eq!(only(ClaimFilter { stance: Some(Stance::Denied), ..Default::default() }), 0);
    assert_eq!(only(ClaimFilter { limit: Some(3), ..Default::default() }), 3);
}

#[test]
fn copies_of_a_story_are_told_as_one() {
    let Some(mut ledger) = filled("stories", 0) else { return };
    let words: String = (0..300).map(|i| format!("word{} ", i * 7919 % 1000)).collect();
    let mut add = |n: usize, text: String| {
        let mut a = article(n);
        a.blocks[0].span = marchland_article::Span::new(0, text.len());
        a.text = text;
        ledger.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 1) }, &run("v1")).unwrap();
    };
    add(0, "A quite different dispatch about something else in another town by another hand.".into());
    add(2, words.clone());
    add(1, format!("By our correspondent. {words}"));
    add(3, words.replace("word14 ", "changed "));
    let (first, rest) = (article(1).digest, [article(2).digest, article(3).digest]);
    assert_eq!(ledger.stories().unwrap(), [vec![first.clone(), rest[0].clone(), rest[1].clone()]]);
    let story = |n: usize| ledger.claims_of(&article(n).digest).unwrap()[0].story.clone();
    assert_eq!([story(0), story(1), story(2), story(3)], [article(0).digest, first.clone(), first.clone(), first]);
}

#[test]
fn the_short_form_is_that_of_the_claims() {
    let Some(mut ledger) = filled("briefs", 9) else { return };
    let check = |ledger: &dyn Ledger| {
        let mut short = Vec::new();
        ledger.each_brief(None, &mut |some| short.extend(some)).unwrap();
        let told: Vec<_> = short
            .iter()
            .flat_map(|e| e.claims.iter().map(|c| (e.article.to_string(), e.known(), e.story.to_string(), c.clone())))
            .collect();
        let long = ledger.claims(&ClaimFilter::default()).unwrap();
        let expect: Vec<_> = long
            .iter()
            .map(|e| (e.article.clone(), e.known(), e.story.clone(), marchland_claim::Brief::from(&e.claim)))
            .collect();
        assert_eq!(told, expect);
        for e in &short {
            let mut one = Vec::new();
            ledger.each_brief(Some(&e.article), &mut |some| one.extend(some)).unwrap();
            assert_eq!(one, std::slice::from_ref(e));
        }
        assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
        told
    };
    assert_eq!(check(ledger.as_ref()).len(), 27);
    // Coded again, judged, withdrawn, dated, and a copy of another.
    let (a, all) = (article(0), ledger.claims(&ClaimFilter::default()).unwrap());
    ledger.add_article(Coded { article: &a, read_at: at(9), claims: &claims(&a, 2) }, &run("v2")).unwrap();
    judge(ledger.as_mut(), of_claim(&all[4]), Verdict::Reject);
    let mut edit = all[5].claim.clone();
    edit.stance = Stance::Denied;
    judge(ledger.as_mut(), of_claim(&all[5]), Verdict::Edit { claim: Box::new(edit) });
    judge(ledger.as_mut(), Target::Article { article: all[9].article.clone() }, Verdict::Withdraw);
    let day = Verdict::SetPublished { day: date(2021, 8, 1) };
    judge(ledger.as_mut(), Target::Article { article: all[12].article.clone() }, day);
    let copy = marchland_article::Article { digest: "f".repeat(64), ..article(7) };
    ledger.add_article(Coded { article: &copy, read_at: at(9), claims: &[] }, &run("v2")).unwrap();
    let told = check(ledger.as_ref());
    let of = |e: &ClaimEntry| told.iter().find(|t| t.0 == e.article && t.3.id == e.claim.id);
    assert!(of(&all[4]).is_none() && of(&all[9]).is_none());
    assert_eq!(of(&all[5]).unwrap().3.stance, Stance::Denied);
    assert_eq!(of(&all[12]).unwrap().1, date(2021, 8, 1));
    let of_first = told.iter().filter(|t| t.0 == a.digest);
    assert_eq!(of_first.count(), 2);
}
