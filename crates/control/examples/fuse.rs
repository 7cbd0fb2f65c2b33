//! Fuses a table of reports and says, for each place and day, what was known by the end of that day.
//!
//! `cargo run --release -p marchland-control --example fuse -- REPORTS.csv FROM TO [PARAMS.toml] > DAYS.csv`
//!
//! REPORTS: plain CSV without quotes, columns place,article,claim,kind,holder,other,stance,voice,party,origin,story,from,to,known.
//! DAYS: place,day,status,qualifier,holder,probability,then party=probability pairs joined by `;`.
#![allow(clippy::print_stdout)]

use jiff::civil::Date;
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_control::*;
use marchland_place::PlaceId;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, reports, from, to, rest @ ..] = args.as_slice() else {
        return Err("fuse REPORTS.csv FROM TO [PARAMS.toml]".into());
    };
    let params = match rest.first() {
        Some(file) => Params::parse(&std::fs::read_to_string(file)?)?,
        None => Params::default(),
    };
    let text = std::fs::read_to_string(reports)?;
    let read =
        text.lines().skip(1).enumerate().map(|(n, line)| {
            row(line).ok_or_else(|| format!("{reports}, line {}: not a report: {line}", n + 2).into())
        });
    let control = Control::new(read.collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()?, params);
    let (from, to): (Date, Date) = (from.parse()?, to.parse()?);
    for day in from.series(jiff::ToSpan::days(1)).take_while(|d| *d <= to) {
        for s in control.map(&Query { on: day, known_by: Some(day) }, |_| true) {
            let word = |x: &dyn std::fmt::Debug| format!("{x:?}").to_lowercase();
            let beliefs: Vec<String> = s
                .beliefs
                .iter()
                .map(|(a, p)| format!("{}={p:.6}", a.as_ref().map_or("contested", |a| a.as_str())))
                .collect();
            println!(
                "{},{day},{},{},{},{:.4},{}",
                s.place,
                word(&s.status),
                s.qualifier.map_or(String::new(), |q| word(&q)),
                s.holder.as_ref().map_or("", |h| h.as_str()),
                s.probability,
                beliefs.join(";")
            );
        }
    }
    Ok(())
}

fn row(line: &str) -> Option<Report> {
    let f: Vec<&str> = line.trim_end().split(',').collect();
    let [place, article, claim, kind, holder, other, stance, voice, party, origin, story, from, to, known] = f[..]
    else {
        return None;
    };
    let some = |s: &str| (!s.is_empty()).then(|| s.into());
    let day = |s: &str| if s.is_empty() { Some(None) } else { s.parse::<Date>().ok().map(Some) };
    Some(Report {
        place: PlaceId::parse(place)?,
        article: article.into(),
        claim: ClaimId(claim.into()),
        kind: match kind {
            "transfer" => Kind::Transfer,
            "holds" => Kind::Holds,
            "contested" => Kind::Contested,
            "besieged" => Kind::Besieged,
            "withdrawal" => Kind::Withdrawal,
            "repelled" => Kind::Repelled,
            _ => return None,
        },
        holder: some(holder),
        other: some(other),
        stance: match stance {
            "asserted" => Stance::Asserted,
            "claimed" => Stance::Claimed,
            "denied" => Stance::Denied,
            _ => return None,
        },
        voice: *Voice::ALL.iter().find(|v| v.word() == voice)?,
        party: some(party),
        origin: origin.into(),
        story: story.into(),
        from: day(from)?,
        to: day(to)?,
        inferred: false,
        background: false,
        known: day(known)??,
        part: None,
        region: None,
        exactness: Exactness::Exact,
        area: false,
        weight: 1000,
    })
}
