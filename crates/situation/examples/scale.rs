//! How the ledger and control grow: made-up claims, ten a place, five an article, over three years.
//!
//! `cargo run --profile fast -p marchland-situation --example scale -- FOLDER [CLAIMS ...]`
//!
//! Prints one row of a table for each number of claims. The rebuild is from the file to the whole map; the update is
//! one article more, stored, taken in, and the map of the day asked for again at the places that it touched.
#![allow(clippy::print_stdout)]

use std::time::Instant;

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

/// How long something took: by the clock, and of processor time over all threads.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Took {
    wall: f64,
    cpu: f64,
}

impl Took {
    /// "12.3 (20.1)"
    fn words(self, unit: f64) -> String {
        format!("{:.2} ({:.2})", self.wall * unit, self.cpu * unit)
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (start, before) = (Instant::now(), processor_seconds());
    let out = work();
    let wall = start.elapsed().as_secs_f64();
    (out, Took { wall, cpu: processor_seconds() - before })
}

/// Nanoseconds that the threads of this process have run, as the scheduler counts them (Linux).
fn processor_seconds() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let of = |t: std::io::Result<std::fs::DirEntry>| -> Option<f64> {
        let text = std::fs::read_to_string(t.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.filter_map(of).sum::<f64>() / 1e9
}

/// The middle of some runs.
fn median(all: Vec<Took>) -> Took {
    let middle = |of: fn(&Took) -> f64| {
        let mut x: Vec<f64> = all.iter().map(of).collect();
        x.sort_by(f64::total_cmp);
        x[x.len() / 2]
    };
    Took { wall: middle(|t| t.wall), cpu: middle(|t| t.cpu) }
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
    let store = |ledger: &mut dyn Ledger, from: u64, to: u64| -> marchland_ledger::Result<()> {
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
    let then = |n: i64| {
        let on = day.saturating_add(n.days());
        Query { on, known_by: Some(on) }
    };
    let (_, known) = timed(|| situation.control().map(&then(0), |_| true));
    let next = (1..6).map(|n| timed(|| situation.control().map(&then(n), |_| true)).1).collect();
    let mut updates = Vec::new();
    let mut follows = Vec::new();
    for n in 0..9 {
        let ((), stored) = timed(|| store(ledger.as_mut(), articles + n, articles + n + 1).unwrap_or_default());
        let ((), took) = timed(|| {
            let touched = situation.follow(ledger.as_ref()).unwrap_or_default();
            for place in touched {
                let _ = situation.control().state(place, &query);
            }
        });
        updates.push(Took { wall: stored.wall + took.wall, cpu: stored.cpu + took.cpu });
        follows.push(took);
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
    let rebuild = Took { wall: loading.wall + mapping.wall, cpu: loading.cpu + mapping.cpu };
    let cells = [
        format!("{claims}"),
        format!("{told}"),
        filling.words(1.0),
        format!("{size}"),
        loading.words(1.0),
        mapping.words(1.0),
        rebuild.words(1.0),
        median(maps).words(1e3),
        known.words(1e3),
        median(next).words(1e3),
        median(updates).words(1e3),
        median(follows).words(1e3),
        median(why).words(1e3),
        format!("{memory}"),
        (if same { "yes" } else { "NO" }).to_owned(),
    ];
    println!("| {} |", cells.join(" | "));
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let folder = args.get(1).ok_or("scale FOLDER [CLAIMS ...]")?;
    let sizes: Vec<u64> = args[2..].iter().map(|n| n.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![10_000, 30_000, 100_000, 300_000, 1_000_000] } else { sizes };
    let coder = Coder::embedded();
    let heads = [
        "claims",
        "places",
        "store (s)",
        "file (MiB)",
        "rebuild: read (s)",
        "rebuild: first map (s)",
        "rebuild (s)",
        "map of a day (ms)",
        "first map as known that day (ms)",
        "map as known the next day (ms)",
        "update (ms)",
        "update without storing (ms)",
        "explanation (ms)",
        "memory (MiB)",
        "same as fresh",
    ];
    println!("| {} |\n|{}", heads.join(" | "), "---:|".repeat(heads.len()));
    for claims in sizes {
        one(folder, claims, &coder)?;
    }
    Ok(())
}
