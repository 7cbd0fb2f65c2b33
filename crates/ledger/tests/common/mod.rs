//! Articles and claims made up for the tests.
#![allow(dead_code)]

use std::path::PathBuf;

use jiff::{Timestamp, civil::date};
use marchland_article::{Article, Block, BlockKind, Published, Span};
use marchland_claim::*;
use marchland_ledger::Run;
use marchland_place::{PlaceId, Precision};

/// An empty folder of its own for each test.
pub fn folder(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_628_500_000 + second).unwrap()
}

pub fn run(coder: &str) -> Run {
    Run { coder: coder.into(), at: at(0) }
}

pub fn article(n: usize) -> Article {
    let text = format!("Dispatch {n}. The rebels took Kunduz on Sunday.\n\n{}", "Shops stayed shut. ".repeat(40));
    let end = text.len();
    Article {
        id: format!("dispatch-{n}"),
        title: None,
        url: None,
        outlet: Some(["Example Wire", "Sample Radio"][n % 2].into()),
        published: if n % 5 == 4 { Published::Unknown } else { Published::Given { day: date(2021, 8, 9) } },
        cuts: vec![],
        blocks: vec![Block { span: Span::new(0, end), kind: BlockKind::Paragraph }],
        digest: format!("{n:064x}"),
        notes: vec![],
        text,
    }
}

pub fn claim(article: &Article, n: usize) -> Claim {
    let span = Span::new(12, 40);
    let party =
        |id: &str| Some(Party { actor: Some(id.into()), name: id.into(), span, score: 1.0, alternatives: vec![] });
    Claim {
        id: ClaimId(format!("{}-{n}", &article.digest[48..])),
        kind: Some(if n % 3 == 2 { Kind::Holds } else { Kind::Transfer }),
        event: None,
        holder: party("taliban"),
        other: party("afghan-government"),
        place: ClaimPlace {
            id: Some(PlaceId(1_135_689 + n as u64)),
            span,
            name: "Kunduz".into(),
            country: Some("AF".into()),
            admin1: None,
            lat: Some(36.7),
            lon: Some(68.9),
            feature: Some("PPLA".into()),
            precision: Precision::Exact,
            score: 0.9,
            alternatives: vec![],
            part: None,
        },
        time: ClaimTime {
            valid_from: Some(date(2021, 8, 8)),
            valid_to: Some(date(2021, 8, 8)),
            span: None,
            precision: None,
            inferred: false,
        },
        stance: Stance::Asserted,
        speaker: None,
        background: false,
        aggregate: None,
        fatalities: None,
        injured: None,
        displaced: None,
        evidence: Evidence {
            article: article.digest.clone(),
            sentence: span,
            clause: span,
            trigger: span,
            rule: "take".into(),
        },
        proposer: marchland_claim::Proposer::Rules,
        confidence: 0.9,
    }
}

pub fn claims(article: &Article, n: usize) -> Vec<Claim> {
    (0..n).map(|i| claim(article, i)).collect()
}
