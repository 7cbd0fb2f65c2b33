//! How the ledger and control grow: made-up claims, ten a place, five an article, over three years.
//!
//! `cargo run --profile fast -p marchland-situation --example scale -- FOLDER [CLAIMS ...]`
//!
//! Prints one row of a table for each number of claims. The rebuild is from the file to the whole map; the update is
//! one article more, stored, taken in, and the map of the day asked for again at the places that it touched.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan, civil::Date, civil::date};
use marchland_article::{Article, Head, Published, Span};
use marchland_claim::*;
use marchland_coder::Coder;
use marchland_control::Query;
use marchland_ledger::{Coded, Ledger, Mode, Run, open};
use marchland_place::{PlaceId, Precision};
use marchland_situation::Situation;

const PER_PLACE: u64 = 10;
const PER_ARTICLE: u64 = 5;
const FIRST: Date = date(2020, 1, 1);

/// SplitMix64: the same numbers on every machine.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The n-th article, with five claims on five places of one part of the country.
fn article(n: u64, places: u64) -> (Article, Vec<Claim>) {
    let day = FIRST.saturating_add(((mix(n) % 1095) as i64).days());
    let text = format!("Dispatch {n} of the made-up agency. {}", "Who holds what was told by the lines. ".repeat(20));
    let head = Head {
        id: format!("dispatch-{n}"),
        title: None,
        url: Some(format!("https://example.org/{n}")),
        outlet: Some(format!("Outlet {}", n % 37)),
        published: Published::Given { day },
    };
    // No blocks: copies are another matter, measured elsewhere.
    let article = Article::new(head, text, Vec::new(), Vec::new(), Vec::new());
    let claims = (0..PER_ARTICLE).map(|k| claim(&article, n, k, day, places)).collect();
    (article, claims)
}

fn claim(article: &Article, n: u64, k: u64, day: Date, places: u64) -> Claim {
    let r = mix(n * PER_ARTICLE + k);
    let place = (mix(n / 8) + r % 50) % places;
    let span = Span::new(0, 20);
    let party = |id: &str| {
        Some(Party { actor: Some(id.into()), name: id.to_uppercase(), span, score: 1.0, alternatives: Vec::new() })
    };
    let (a, b) = if (r >> 8) & 1 == 0 { ("red", "blue") } else { ("blue", "red") };
    let kind = [Kind::Transfer, Kind::Holds, Kind::Holds, Kind::Contested, Kind::Withdrawal][(r >> 16) as usize % 5];
    Claim {
        id: ClaimId(format!("{:032x}", u128::from(n) << 8 | u128::from(k))),
        kind: Some(kind),
        event: None,
        holder: (kind != Kind::Contested).then(|| party(a)).flatten(),
        other: party(b),
        place: ClaimPlace {
            id: Some(PlaceId(3_000_000_000 + place)),
            span,
            name: format!("Town {place}"),
            country: Some("XX".into()),
            admin1: Some(format!("Province {}", place / 3000)),
            lat: Some((place % 900) as f64 / 10.0),
            lon: Some((place % 1800) as f64 / 10.0),
            feature: Some("PPL".into()),
            precision: Precision::Exact,
            score: 0.9,
            alternatives: Vec::new(),
            part: None,
        },
        time: ClaimTime { valid_from: Some(day), valid_to: Some(day), span: None, precision: None, inferred: false },
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
            rule: "made up".into(),
        },
        proposer: Proposer::Rules,
        confidence: 0.8,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}

/// The middle of some runs.
fn median(mut all: Vec<Duration>) -> f64 {
    all.sort();
    all[all.len() / 2].as_secs_f64() * 1000.0
}

fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn one(folder: &str, claims: u64, coder: &Coder) -> Result<(), Box<dyn std::error::Error>> {
    let places = claims / PER_PLACE;
    let file = format!("{folder}/scale-{claims}.db");
    let _ = std::fs::remove_file(&file);
    let mut ledger = open(&format!("sqlite:{file}"), Mode::Write)?;
    let run = Run { coder: "scale".into(), at: Timestamp::UNIX_EPOCH };
    let mut store = |ledger: &mut dyn Ledger, from: u64, to: u64| -> marchland_ledger::Result<()> {
        let made: Vec<_> = (from..to).map(|n| article(n, places)).collect();
        let coded: Vec<Coded<'_>> =
            made.iter().map(|(article, claims)| Coded { article, read_at: Timestamp::UNIX_EPOCH, claims }).collect();
        ledger.add(&coded, &run).map(|_| ())
    };
    let articles = claims / PER_ARTICLE;
    let (filled, filling) = timed(|| -> marchland_ledger::Result<()> {
        for from in (0..articles).step_by(1000) {
            store(ledger.as_mut(), from, (from + 1000).min(articles))?;
        }
        Ok(())
    });
    filled?;
    let before = resident_mib();
    let size = std::fs::metadata(&file)?.len() / (1 << 20);
    let day = FIRST.saturating_add(700.days());
    let query = Query { on: day, known_by: None };
    let (situation, loading) = timed(|| Situation::load(ledger.as_ref(), coder));
    let mut situation = situation?;
    let (states, mapping) = timed(|| situation.control().map(&query, |_| true));
    let told = states.len();
    drop(states);
    let memory = resident_mib().saturating_sub(before);
    let maps = (0..5)
        .map(|n| {
            let query = Query { on: day.saturating_add(n.days()), known_by: None };
            timed(|| situation.control().map(&query, |_| true)).1
        })
        .collect();
    let then = Query { on: day, known_by: Some(day) };
    let (_, known) = timed(|| situation.control().map(&then, |_| true));
    let mut updates = Vec::new();
    for n in 0..9 {
        let ((), took) = timed(|| {
            store(ledger.as_mut(), articles + n, articles + n + 1).unwrap_or_default();
            let touched = situation.follow(ledger.as_ref()).unwrap_or_default();
            for place in touched {
                let _ = situation.control().state(place, &query);
            }
        });
        updates.push(took);
    }
    let why = (0..9)
        .map(|n| {
            let place = PlaceId(3_000_000_000 + mix(n) % places);
            timed(|| {
                let state = situation.control().state(place, &query);
                for reason in &state.reasons {
                    let entry = reason.claim.as_ref().and_then(|id| ledger.claim(id).ok().flatten());
                    let _ = entry.and_then(|e| ledger.article(&e.article).ok().flatten());
                }
            })
            .1
        })
        .collect();
    // The law: what was followed is what would be read.
    let fresh = Situation::load(ledger.as_ref(), coder)?;
    let same = fresh.control().map(&query, |_| true) == situation.control().map(&query, |_| true);
    println!(
        "| {claims} | {told} | {:.1} | {size} | {:.2} | {:.2} | {:.1} | {:.0} | {:.1} | {:.1} | {memory} | {} |",
        filling.as_secs_f64(),
        loading.as_secs_f64(),
        mapping.as_secs_f64(),
        median(maps),
        known.as_secs_f64() * 1000.0,
        median(updates),
        median(why),
        if same { "yes" } else { "NO" },
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let folder = args.get(1).ok_or("scale FOLDER [CLAIMS ...]")?;
    let sizes: Vec<u64> = args[2..].iter().map(|n| n.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![10_000, 30_000, 100_000, 300_000, 1_000_000] } else { sizes };
    let coder = Coder::embedded();
    println!(
        "| claims | places | store (s) | file (MiB) | rebuild: read (s) | rebuild: first map (s) | map of a day (ms) | map as known that day (ms) | update (ms) | explanation (ms) | memory (MiB) | same as fresh |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
    for claims in sizes {
        one(folder, claims, &coder)?;
    }
    Ok(())
}
