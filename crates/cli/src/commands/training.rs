//! `export training`: what analysts judged, as rows from which the reader learns (docs/training.md).
//!
//! One line an article with a verdict: its text and its claims in the form of the gold claims. Both files that tools/train takes,
//! passages and labels, have these keys, so the one file serves as both.

use std::collections::BTreeMap;

use anyhow::Result;
use marchland_article::{Article, CodePoints};
use marchland_claim::{Claim, Proposer, to_row_with};
use marchland_ledger::{ClaimFilter, Ledger, VerdictKind};
use serde_json::{Value, json};

/// The keys of a row that the gold guide knows.
const KEYS: [&str; 15] = [
    "quote",
    "kind",
    "holder",
    "other",
    "place",
    "place_name",
    "country",
    "part",
    "stance",
    "speaker",
    "speaker_side",
    "time",
    "background",
    "id",
    "proposer",
];

/// What a verdict makes of a claim as a lesson.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lesson {
    /// It is in the text.
    Is,
    /// Nobody said whether it is: it teaches nothing, for or against.
    Open,
    /// It is not: the row is left out, and the reader learns that nothing is said there.
    IsNot,
}

fn lesson(verdict: Option<VerdictKind>, proposer: Proposer) -> Lesson {
    match verdict {
        // What an analyst marked himself needs no verdict.
        None if proposer == Proposer::Analyst => Lesson::Is,
        Some(VerdictKind::Accept | VerdictKind::Edit | VerdictKind::Merge) => Lesson::Is,
        Some(VerdictKind::Reject) => Lesson::IsNot,
        _ => Lesson::Open,
    }
}

/// The reviewed articles of a ledger as JSON Lines, in the order of their adding; and how many articles and claims that are.
pub fn training(ledger: &dyn Ledger) -> Result<(Vec<u8>, usize, usize)> {
    let mut by_article: BTreeMap<String, Vec<(Claim, Lesson)>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut days = BTreeMap::new();
    let all = ClaimFilter { with_rejected: true, ..ClaimFilter::default() };
    ledger.each_claim(&all, &mut |entry| {
        let judged_out = matches!(entry.verdict, Some(VerdictKind::Reject | VerdictKind::Merge));
        // Nobody learns from an article that was withdrawn.
        let withdrawn = !entry.counts && !judged_out;
        if withdrawn
            || entry.claim.kind.is_none()
            || (entry.claim.aggregate.is_some() && entry.claim.place.name.is_empty())
        {
            return;
        }
        let taught = lesson(entry.verdict, entry.claim.proposer);
        if !by_article.contains_key(&entry.article) {
            order.push(entry.article.clone());
        }
        days.insert(entry.article.clone(), entry.published);
        by_article.entry(entry.article).or_default().push((entry.claim, taught));
    })?;
    let (mut out, mut articles, mut taught) = (Vec::new(), 0, 0);
    for digest in order {
        let claims = &by_article[&digest];
        if claims.iter().all(|(_, lesson)| *lesson == Lesson::Open) {
            continue;
        }
        let Some(entry) = ledger.article(&digest)? else { continue };
        let article = &entry.article;
        let points = CodePoints::new(&article.text);
        let rows: Vec<Value> = claims
            .iter()
            .filter(|(_, lesson)| *lesson != Lesson::IsNot)
            .map(|(claim, lesson)| row(claim, article, &points, *lesson))
            .collect();
        articles += 1;
        taught += claims.iter().filter(|(_, lesson)| *lesson != Lesson::Open).count();
        // The digest names it: two articles of different outlets may have one id.
        let line = json!({"id": digest, "published": days.get(&digest), "text": article.text, "claims": rows});
        serde_json::to_writer(&mut out, &line)?;
        out.push(b'\n');
    }
    Ok((out, articles, taught))
}

fn row(claim: &Claim, article: &Article, points: &CodePoints, lesson: Lesson) -> Value {
    let full = to_row_with(claim, article, points);
    let mut row: serde_json::Map<String, Value> =
        KEYS.iter().filter_map(|k| Some(((*k).to_owned(), full.get(*k)?.clone()))).collect();
    if lesson == Lesson::Open {
        row.insert("doubtful".to_owned(), Value::Bool(true));
    }
    Value::Object(row)
}
