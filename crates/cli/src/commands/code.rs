//! `code`: the claims of articles.

use std::io::Write;
use std::sync::PoisonError;
use std::time::Duration;

use anyhow::Result;
use jiff::civil::Date;
use marchland_adviser::Adviser;
use marchland_article::{Article, CodePoints};
use marchland_claim::{Claim, Interest, Kind, Stance, to_row_with};
use marchland_coder::{Advised, Coded, Opinion, Outcome, Which};
use serde_json::{Value, json};

use crate::commands::text::{no_day, run};
use crate::input::Report;
use crate::output::{note, paint, safe, style, wants_json};
use crate::{App, args};

/// `marchland code`
pub fn code(app: &App, args: &args::Code) -> Result<Report> {
    let mut coder = app.coder()?;
    coder.options.cascade = !args.no_cascade;
    coder.options.which = match args.coder {
        args::Coder::Rules => Which::Rules,
        args::Coder::Reader => Which::Reader,
        args::Coder::Both => Which::Both,
    };
    let adviser = adviser(args);
    let unheard = std::sync::Mutex::new(None);
    let report = run(
        app,
        &args.text,
        |article| {
            let mut coded = coder.code(article);
            if let Some(adviser) = &adviser {
                match adviser.ask(article) {
                    Ok(suggestions) => coder.advise(article, &mut coded, suggestions, adviser.model()),
                    // Its claims are an extra: an article without them is coded all the same.
                    Err(error) => *unheard.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string()),
                }
            }
            coded
        },
        |article, coded| claims_json(article, coded, args.why),
        |out, article, coded| {
            if article.published.day().is_none() {
                writeln!(out, "{}", paint(style::WARN, no_day()))?;
            }
            if coded.claims.is_empty() {
                writeln!(out, "{}", paint(style::FAINT, "no claims"))?;
            }
            for claim in &coded.claims {
                claim_human(out, article, claim, args.why)?;
                if args.why {
                    for opinion in coded.opinions.iter().filter(|o| o.claim.as_ref() == Some(&claim.id)) {
                        writeln!(out, "    {}", paint(style::FAINT, sides(opinion)))?;
                    }
                }
            }
            if args.why {
                for left in &coded.notes {
                    let words = safe(left.span.of(&article.text));
                    writeln!(
                        out,
                        "{}",
                        paint(style::FAINT, format!("no claim: “{words}” ({}): {}", left.rule, left.why))
                    )?;
                }
                for advised in &coded.advice {
                    writeln!(out, "{}", paint(style::FAINT, advice(advised)))?;
                }
                for opinion in coded.opinions.iter().filter(|o| o.claim.is_none()) {
                    let place = safe(opinion.place.of(&article.text));
                    let holder = opinion.holder.as_deref().map_or_else(String::new, |h| format!(" by {}", safe(h)));
                    let what = format!("{:?} of {place}{holder}, {}", opinion.kind, stance_word(opinion.stance));
                    writeln!(
                        out,
                        "{}",
                        paint(style::FAINT, format!("no claim: {}: {}", what.to_lowercase(), sides(opinion)))
                    )?;
                }
            }
            Ok(())
        },
    )?;
    if wants_json(args.text.json) && report.undated > 0 && !app.cli.quiet {
        note(format_args!("{} {} article(s): {}", paint(style::WARN, "note:"), report.undated, no_day()));
    }
    if let Some(why) = unheard.into_inner().unwrap_or_else(PoisonError::into_inner) {
        note(format_args!("{} without the language model: {}", paint(style::WARN, "note:"), safe(&why)));
    }
    Ok(report)
}

fn adviser(args: &args::Code) -> Option<Adviser> {
    let (url, model) = (args.endpoint.as_ref()?, args.endpoint_model.as_ref()?);
    let key = std::env::var("MARCHLAND_ENDPOINT_KEY").ok().filter(|k| !k.is_empty());
    Some(Adviser::new(url, model, key, Duration::from_secs(args.endpoint_wait.clamp(1, 3600))))
}

/// What a language model proposes, and what came of it.
fn advice(advised: &Advised) -> String {
    let said = &advised.suggestion;
    let holder = said.holder.as_deref().map_or_else(String::new, |h| format!(" by {}", safe(h)));
    let what = format!("{:?} of {}{holder}, {}", said.kind, safe(&said.place), stance_word(said.stance)).to_lowercase();
    let came = match &advised.outcome {
        Outcome::Added(_) if advised.against.is_empty() => "added".to_owned(),
        Outcome::Added(_) => {
            format!("added; {} claim(s) of that sentence say otherwise and stay", advised.against.len())
        }
        Outcome::Agrees(_) => "as coded".to_owned(),
        Outcome::Refused(why) => format!("no claim: {why}"),
    };
    format!("model {}: {what}: {came}", safe(&advised.model))
}

/// The same for programs.
fn advice_json(advised: &Advised) -> Value {
    let (outcome, claim, why) = match &advised.outcome {
        Outcome::Added(id) => ("added", Some(id), None),
        Outcome::Agrees(id) => ("agrees", Some(id), None),
        Outcome::Refused(why) => ("refused", None, Some(why)),
    };
    json!({
        "model": advised.model, "suggestion": advised.suggestion, "outcome": outcome, "claim": claim, "why": why,
        "against": advised.against,
    })
}

/// What the rules and the reader say of a claim, and the decision.
fn sides(opinion: &Opinion) -> String {
    let rule = opinion.rule.as_ref().map_or_else(
        || "rules: nothing".to_owned(),
        |(rule, sure)| format!("rules: {rule}, sure {:.0} %", sure * 100.0),
    );
    let reader = opinion.reader.map_or_else(
        || "reader: did not read it".to_owned(),
        |[kind, party, stance]| {
            format!(
                "reader: such a claim {:.0} %, this party {:.0} %, said so {:.0} %",
                kind * 100.0,
                party * 100.0,
                stance * 100.0
            )
        },
    );
    format!("{rule}; {reader}; together {:.0} %", opinion.probability * 100.0)
}

fn claims_json(article: &Article, coded: &Coded, why: bool) -> Value {
    let points = CodePoints::new(&article.text);
    let rows: Vec<Value> = coded.claims.iter().map(|c| to_row_with(c, article, &points)).collect();
    let mut value =
        json!({"id": article.id, "digest": article.digest, "published": article.published.day(), "claims": rows});
    if why {
        if !coded.advice.is_empty() {
            value["advice"] = coded.advice.iter().map(advice_json).collect();
        }
        value["why"] = coded.opinions.iter().map(|o| opinion_json(o, article, &points)).collect();
    }
    value
}

/// What both sides say, for programs. Numbers are rounded to three places.
fn opinion_json(opinion: &Opinion, article: &Article, points: &CodePoints) -> Value {
    let round = |p: f64| (p * 1000.0).round() / 1000.0;
    let (start, end) = points.span(opinion.place);
    json!({
        "claim": opinion.claim,
        "place": {"start": start, "end": end, "exact": opinion.place.of(&article.text)},
        "kind": opinion.kind,
        "holder": opinion.holder,
        "stance": opinion.stance,
        "rule": opinion.rule.as_ref().map(|(rule, sure)| json!({"id": rule, "confidence": round(f64::from(*sure))})),
        "reader": opinion.reader.map(|[kind, party, stance]| json!({
            "kind": round(f64::from(kind)), "party": round(f64::from(party)), "stance": round(f64::from(stance)),
        })),
        "probability": round(opinion.probability),
    })
}

/// One claim as a short, readable entry.
pub fn claim_human(out: &mut dyn Write, article: &Article, claim: &Claim, why: bool) -> std::io::Result<()> {
    let text = &article.text;
    let when = days(claim.time.valid_from, claim.time.valid_to);
    let place = match (&claim.place.part, &claim.place.country) {
        (Some(part), Some(country)) => format!("{} ({part}, {country})", claim.place.name),
        (None, Some(country)) => format!("{} ({country})", claim.place.name),
        (Some(part), None) => format!("{} ({part})", claim.place.name),
        (None, None) => claim.place.name.clone(),
    };
    writeln!(
        out,
        "{}  {}  {}",
        paint(style::FAINT, format_args!("{when:<24}")),
        paint(stance_style(claim.stance), format_args!("{:<12}", stance_word(claim.stance))),
        sentence(claim, &paint(style::STRONG, safe(&place))),
    )?;
    writeln!(out, "    “{}”", safe(claim.evidence.clause.of(text)))?;
    let mut tail = Vec::new();
    if let Some(speaker) = &claim.speaker {
        let interest = match speaker.interest {
            Interest::SelfServing => "serves own side",
            Interest::AgainstInterest => "against own interest",
            Interest::ThirdParty => "third party",
        };
        let role = speaker.role.as_deref().map_or_else(String::new, |r| format!(", {}", safe(r)));
        tail.push(format!("says {}{role} ({interest})", safe(&speaker.name)));
    }
    if claim.background {
        tail.push("background".to_owned());
    }
    if why {
        let trigger = safe(claim.evidence.trigger.of(text));
        tail.push(format!("rule {} on “{trigger}”, sure {:.0} %", claim.evidence.rule, claim.confidence * 100.0));
    }
    if !tail.is_empty() {
        writeln!(out, "    {}", paint(style::FAINT, tail.join("; ")))?;
    }
    Ok(())
}

/// What a claim says, as a plain sentence.
pub fn sentence(claim: &Claim, place: &str) -> String {
    let holder = claim.holder.as_ref().map_or_else(|| "somebody".to_owned(), |p| safe(&p.name));
    let other = claim.other.as_ref().map(|p| safe(&p.name));
    let from = |word: &str| other.as_ref().map_or_else(String::new, |o| format!(" {word} {o}"));
    if let Some(total) = &claim.aggregate {
        let of = total.of.map_or_else(String::new, |n| format!(" of {n}"));
        return if total.ordinal {
            format!("{holder}: number {}{of} of the {}", total.count, total.unit)
        } else {
            format!("{holder}: {}{of} {}", total.count, total.unit)
        };
    }
    match claim.kind {
        Some(Kind::Transfer) => format!("{holder} took {place}{}", from("from")),
        Some(Kind::Holds) => format!("{holder} holds {place}{}", from("against")),
        Some(Kind::Contested) => format!("{place} is fought over"),
        Some(Kind::Besieged) => format!("{holder} besieges {place}{}", from("held by")),
        Some(Kind::Withdrawal) => format!("{holder} left {place}"),
        Some(Kind::Repelled) => format!("{holder} kept {place}{}", from("against")),
        None => {
            let what = claim.event.as_ref().map_or("event", |e| e.sub_event_type.as_str());
            if claim.place.name.is_empty() { what.to_owned() } else { format!("{what} at {place}") }
        }
    }
}

/// The word for a kind.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Transfer => "taken",
        Kind::Holds => "held",
        Kind::Contested => "contested",
        Kind::Besieged => "besieged",
        Kind::Withdrawal => "left",
        Kind::Repelled => "attack repelled",
    }
}

/// The word for a stance.
pub fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserted => "asserted",
        Stance::Claimed => "claimed",
        Stance::Denied => "denied",
        Stance::Planned => "planned",
        Stance::Hypothetical => "hypothetical",
    }
}

fn stance_style(stance: Stance) -> anstyle::Style {
    match stance {
        Stance::Asserted => style::GOOD,
        Stance::Claimed => style::WARN,
        Stance::Denied => style::BAD,
        Stance::Planned | Stance::Hypothetical => style::FAINT,
    }
}

/// Days of a claim in words.
pub fn days(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "day not known".to_owned(),
    }
}
