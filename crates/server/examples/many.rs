//! Makes a ledger of any size from composed reports, for measuring the server:
//!
//!     cargo run --profile fast --example many -- STORE CLAIMS PLACES [COUNTRY]
//!
//! Four claims an article, spread evenly over the first towns of a country and over the year 2021. Same arguments,
//! same ledger.

use std::error::Error;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use marchland_actor::ActorId;
use marchland_article::{Article, Head, Published, Span};
use marchland_claim::{
    Claim, ClaimId, ClaimPlace, ClaimTime, Evidence, Interest, Kind, Party, Proposer, Speaker, Stance,
};
use marchland_ledger::{Coded, Mode, Run, open};
use marchland_place::{Gazetteer, Place, Precision};

/// Claims in one article.
const EACH: usize = 4;
/// Articles in one transaction.
const BATCH: usize = 500;
/// Days over which the reports are spread.
const DAYS: u64 = 365;
const OUTLETS: [&str; 7] =
    ["Wire One", "Paper Two", "Radio Three", "Agency Four", "Daily Five", "Post Six", "Channel Seven"];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [store, claims, places, rest @ ..] = args.as_slice() else {
        return Err("say STORE CLAIMS PLACES [COUNTRY]".into());
    };
    let (claims, wanted): (usize, usize) = (claims.parse()?, places.parse()?);
    let country = rest.first().map_or("AF", String::as_str);
    let gazetteer = Gazetteer::embedded();
    let towns: Vec<Place<'_>> = gazetteer.places_in(country).filter(Place::is_town).take(wanted).collect();
    if towns.len() < wanted {
        return Err(format!("the gazetteer knows {} towns of {country}, not {wanted}", towns.len()).into());
    }
    let mut ledger = open(store, Mode::Write)?;
    let run = Run { coder: "composed".to_owned(), at: Timestamp::UNIX_EPOCH };
    let articles: Vec<_> = (0..claims.div_ceil(EACH)).collect();
    for batch in articles.chunks(BATCH) {
        let made: Vec<(Article, Vec<Claim>)> = batch.iter().map(|n| compose(*n, &towns)).collect();
        let coded: Vec<_> =
            made.iter().map(|(article, claims)| Coded { article, read_at: Timestamp::UNIX_EPOCH, claims }).collect();
        ledger.add(&coded, &run)?;
    }
    Ok(())
}

/// A number without a pattern that could be seen (the finaliser of SplitMix64).
fn mixed(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn compose(n: usize, towns: &[Place<'_>]) -> (Article, Vec<Claim>) {
    let day = date(2021, 1, 1).saturating_add(jiff::Span::new().days((mixed(n as u64) % DAYS) as i64));
    let mut text = String::from("Composed for measuring.\n\n");
    let mut told = Vec::new();
    for k in 0..EACH {
        let which = n * EACH + k;
        let town = &towns[which % towns.len()];
        let dice = mixed(which as u64 ^ 0xA5A5);
        let (winner, loser) =
            if dice % 3 == 0 { ("afghan-government", "taliban") } else { ("taliban", "afghan-government") };
        let start = text.len();
        text.push_str(winner);
        let verb = Span::new(text.len() + 1, text.len() + 5);
        text.push_str(" took ");
        let named = Span::new(text.len(), text.len() + town.name.len());
        text.push_str(town.name);
        text.push_str(", residents said.");
        told.push((which, town, dice, winner, loser, Span::new(start, text.len()), verb, named));
        text.push_str("\n\n");
    }
    let head = Head {
        id: format!("composed-{n}"),
        title: Some(format!("Composed report {n}")),
        url: None,
        outlet: Some(OUTLETS[n % OUTLETS.len()].to_owned()),
        published: Published::Given { day },
    };
    let article = Article::plain(head, text);
    let claims = told
        .into_iter()
        .map(|(which, town, dice, winner, loser, sentence, verb, named)| {
            let party = |id: &str, span| Party {
                actor: Some(ActorId::from(id)),
                name: id.to_owned(),
                span,
                score: 0.95,
                alternatives: vec![],
            };
            let winner_span = Span::new(sentence.start as usize, sentence.start as usize + winner.len());
            Claim {
                id: ClaimId(format!("{:032x}", which as u128 + 1)),
                kind: Some(Kind::Transfer),
                event: None,
                holder: Some(party(winner, winner_span)),
                other: Some(party(loser, Span::new(sentence.start as usize, sentence.start as usize))),
                place: place(town, named),
                time: time(day, dice),
                stance: if dice % 5 == 0 { Stance::Claimed } else { Stance::Asserted },
                speaker: (dice % 5 == 0).then(|| Speaker {
                    span: Span::new(sentence.start as usize, sentence.start as usize),
                    name: "a spokesman".to_owned(),
                    role: None,
                    party: Some(ActorId::from(winner)),
                    interest: Interest::SelfServing,
                }),
                background: false,
                aggregate: None,
                fatalities: None,
                injured: None,
                displaced: None,
                evidence: Evidence {
                    article: article.digest.clone(),
                    sentence,
                    clause: sentence,
                    trigger: verb,
                    rule: "composed/rule".to_owned(),
                },
                proposer: Proposer::Rules,
                confidence: 0.9,
            }
        })
        .collect();
    (article, claims)
}

fn time(day: Date, dice: u64) -> ClaimTime {
    let on = day.saturating_sub(jiff::Span::new().days((dice % 3) as i64));
    ClaimTime { valid_from: Some(on), valid_to: None, span: None, precision: None, inferred: false }
}

fn place(town: &Place<'_>, span: Span) -> ClaimPlace {
    ClaimPlace {
        id: Some(town.id),
        span,
        name: town.name.to_owned(),
        country: town.country.map(str::to_owned),
        admin1: town.admin1_name.map(str::to_owned),
        lat: Some(town.lat),
        lon: Some(town.lon),
        feature: Some(town.feature.to_owned()),
        precision: Precision::Exact,
        score: 0.97,
        alternatives: vec![],
        part: None,
    }
}
