//! `control`, `explain` and `log`: the answer, the argument, and what changed in the ledger.

use std::io::Write;

use anyhow::{Result, anyhow};
use marchland_atlas::{Mark, day_words, query_words};
use marchland_control::{PlaceState, Query, ReasonKind, Status, Voice};
use marchland_ledger::{Ledger, Logged, Mode};
use marchland_situation::{Area, Picture, Situation};
use serde_json::{Value, json};

use crate::commands::code::stance_word;
use crate::input::Report;
use crate::output::{Table, json_line, note, paint, safe, stdout, style, wants_json};
use crate::{App, args};

/// Opens a ledger to read, and computes the situation.
pub fn situation(app: &App, store: &str) -> Result<(Box<dyn Ledger>, Situation)> {
    let ledger = marchland_ledger::open(store, Mode::Read)?;
    let situation = Situation::load(ledger.as_ref(), &app.coder()?)?;
    Ok((ledger, situation))
}

/// The area that the arguments name.
pub fn area(situation: &Situation, places: &[String], area: &args::Where) -> Result<Area> {
    if !places.is_empty() {
        let country = area.country.as_deref();
        let ids: Result<Vec<_>, _> = places.iter().map(|p| situation.find_place(p, country)).collect();
        return Ok(Area::Places(ids?));
    }
    Ok(match (&area.country, &area.capitals) {
        (Some(iso), _) => Area::Country(iso.clone()),
        (_, Some(iso)) => Area::Capitals(iso.clone()),
        _ if area.countries => Area::Countries,
        _ => Area::All,
    })
}

/// The question, with the last known day filled in.
pub fn query(situation: &Situation, when: &args::When) -> Result<Query> {
    situation.query(when.on, when.known_by).ok_or_else(|| {
        anyhow!("the ledger knows of no day yet\n  hint: read dated articles first, as in `marchland read news/*.html --published 2021-08-09`")
    })
}

/// `marchland control`
pub fn control(app: &App, args: &args::Control) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let area = area(&situation, &args.places, &args.area)?;
    let mut states = situation.states(&area, &query);
    let doubts = situation.totals_in_doubt(&area, &query);
    let mut out = stdout();
    if wants_json(args.json) {
        for state in &states {
            json_line(&mut out, &state_json(&situation, state))?;
        }
        out.flush()?;
        // Every line above is a place; what scripts want to know of totals, `doctor --json` lists.
        for doubt in doubts.iter().filter(|_| !app.cli.quiet) {
            note(format!("does not agree: {}", safe(&doubt.words)));
        }
        return Ok(Report::default());
    }
    let picture = Picture { situation: &situation, area, title: None, width: 0, chosen: None, link: None };
    writeln!(out, "{}", paint(style::STRONG, picture.answer(query)))?;
    writeln!(out, "{}\n", paint(style::FAINT, query_words(query)))?;
    states.sort_by_key(|s| (s.status, s.holder.clone(), situation.place_name(s.place)));
    let mut table =
        Table::new(&["place", "in", "status", "holder", "since", "sure#", "last told", "reports#", "origins#"]);
    for state in &states {
        let place = situation.coder().gazetteer().place(state.place);
        let area = place.as_ref().map_or_else(String::new, |p| {
            let parts: Vec<&str> = p.admin1_name.into_iter().chain(p.country).collect();
            parts.join(", ")
        });
        let unknown = Mark::of(state) == Mark::Unknown;
        let mut status = paint(mark_style(state), Mark::of(state).words());
        if state.besieged_by.is_some() {
            status.push_str(", besieged");
        }
        table.row(vec![
            situation.place_name(state.place),
            area,
            status,
            state.holder.as_ref().map_or_else(String::new, |h| situation.actor_name(h)),
            state.since.map_or_else(String::new, |d| d.to_string()),
            if unknown { String::new() } else { format!("{:.0} %", state.probability * 100.0) },
            state.last_confirmed.map_or_else(String::new, |d| d.to_string()),
            if unknown { String::new() } else { state.reports.to_string() },
            if unknown { String::new() } else { state.independent.to_string() },
        ]);
    }
    write!(out, "{}", table.render())?;
    if !doubts.is_empty() {
        writeln!(out)?;
    }
    for doubt in doubts {
        writeln!(out, "{} {}", paint(style::WARN, "does not agree:"), safe(&doubt.words))?;
    }
    out.flush()?;
    Ok(Report::default())
}

fn mark_style(state: &PlaceState) -> anstyle::Style {
    match Mark::of(state) {
        Mark::Held => style::GOOD,
        Mark::Claimed | Mark::Disputed | Mark::Contested => style::WARN,
        _ => style::FAINT,
    }
}

fn state_json(situation: &Situation, state: &PlaceState) -> Value {
    let place = situation.coder().gazetteer().place(state.place);
    let mut value = serde_json::to_value(state).unwrap_or_default();
    if let Value::Object(object) = &mut value {
        object.insert("name".into(), json!(situation.place_name(state.place)));
        object.insert("country".into(), json!(place.as_ref().and_then(|p| p.country)));
        object.insert("admin1".into(), json!(place.as_ref().and_then(|p| p.admin1_name)));
        object.insert("lat".into(), json!(place.as_ref().map(|p| p.lat)));
        object.insert("lon".into(), json!(place.as_ref().map(|p| p.lon)));
        object.insert("holder_name".into(), json!(state.holder.as_ref().map(|h| situation.actor_name(h))));
        object.insert("mark".into(), json!(Mark::of(state).words()));
    }
    value
}

/// `marchland explain`
pub fn explain(app: &App, args: &args::Explain) -> Result<Report> {
    let (ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let place = situation.find_place(&args.place, args.country.as_deref())?;
    let state = situation.control().state(place, &query);
    let mut out = stdout();
    if wants_json(args.json) {
        let mut value = state_json(&situation, &state);
        let evidence: Vec<Value> = state
            .reasons
            .iter()
            .filter_map(|r| r.claim.as_ref())
            .filter_map(|id| ledger.claim(id).ok().flatten())
            .filter_map(|entry| {
                let article = ledger.article(&entry.article).ok().flatten()?.article;
                let mut row = marchland_claim::to_row(&entry.claim, &article);
                row["article"] = json!(article.digest);
                row["article_id"] = json!(article.id);
                row["outlet"] = json!(entry.outlet);
                row["published"] = json!(entry.published);
                Some(row)
            })
            .collect();
        value["evidence"] = json!(evidence);
        value["what_would_change_it"] = json!(situation.control().what_if(place, &query));
        json_line(&mut out, &value)?;
    } else {
        argument(&mut out, &situation, ledger.as_ref(), &state)?;
    }
    out.flush()?;
    Ok(Report::default())
}

/// The state as a short argument: the answer, what speaks for it, what against, and the sum.
fn argument(out: &mut impl Write, situation: &Situation, ledger: &dyn Ledger, state: &PlaceState) -> Result<()> {
    let place = situation.coder().gazetteer().place(state.place);
    let within = place.map_or_else(String::new, |p| {
        let country = p.country.and_then(|c| situation.coder().gazetteer().country_place(c)).map(|c| c.name);
        let parts: Vec<&str> = p.admin1_name.into_iter().chain(country).collect();
        format!(" ({})", parts.join(", "))
    });
    let holder = |id: &Option<marchland_actor::ActorId>| {
        id.as_ref().map_or_else(|| "nobody alone".to_owned(), |h| situation.actor_name(h))
    };
    let mark = Mark::of(state);
    let answer = match mark {
        Mark::Unknown => "nobody can say who holds it".to_owned(),
        Mark::Contested => format!("contested ({:.0} %)", state.probability * 100.0),
        _ => format!("{} holds it: {} ({:.0} %)", holder(&state.holder), mark.words(), state.probability * 100.0),
    };
    writeln!(out, "{}{within}, {}", paint(style::STRONG, situation.place_name(state.place)), query_words(state.query))?;
    let since = state.since.map_or_else(String::new, |d| format!(", since {}", day_words(d)));
    writeln!(out, "{}{since}.", paint(mark_style(state), answer))?;
    if let Some(besieger) = &state.besieged_by {
        writeln!(out, "Besieged by {}.", situation.actor_name(besieger))?;
    }
    for (part, who) in &state.parts {
        writeln!(out, "Its {part}: {}.", situation.actor_name(who))?;
    }
    if state.reports > 0 {
        let last = state.last_confirmed.map_or_else(String::new, |d| format!(", the last for {}", day_words(d)));
        writeln!(out, "{} report(s) from {} origin(s){last}.", state.reports, state.independent)?;
    }
    let (lasting, against): (Vec<_>, Vec<_>) = state.reasons.iter().partition(|r| r.decibans >= 0.0);
    for (head, reasons) in [("For", lasting), ("Against", against)] {
        if reasons.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", paint(style::STRONG, head))?;
        for reason in reasons {
            let weight = format!("{:+6.1} dB", reason.decibans);
            let what = match reason.kind {
                ReasonKind::Prior => "where the reckoning starts, before any report".to_owned(),
                ReasonKind::Drift => "days passed since".to_owned(),
                ReasonKind::Report => {
                    let says = reason
                        .speaks_for
                        .as_ref()
                        .map_or_else(|| "contested".to_owned(), |a| format!("for {}", situation.actor_name(a)));
                    format!("{says}, {}", reason.day.map_or_else(|| "day unknown".to_owned(), |d| d.to_string()))
                }
            };
            writeln!(out, "  {}  {what}", paint(style::NAME, weight))?;
            let Some(id) = &reason.claim else { continue };
            let Some(entry) = ledger.claim(id)? else { continue };
            let Some(article) = ledger.article(&entry.article)?.map(|a| a.article) else { continue };
            let speaker = entry.claim.speaker.as_ref().map_or_else(
                || "the writer".to_owned(),
                |s| {
                    format!(
                        "{}{}",
                        safe(&s.name),
                        s.role.as_ref().map_or_else(String::new, |r| format!(", {}", safe(r)))
                    )
                },
            );
            let outlet = entry.outlet.as_deref().unwrap_or(&article.id);
            let day = entry.published.map_or_else(|| "undated".to_owned(), |d| d.to_string());
            writeln!(out, "             “{}”", safe(entry.claim.evidence.clause.of(&article.text)))?;
            let said = format!("{} by {speaker}; {}, {day}", stance_word(entry.claim.stance), safe(outlet));
            writeln!(out, "             {}", paint(style::FAINT, said))?;
        }
    }
    let sum: f64 = state.reasons.iter().map(|r| r.decibans).sum();
    if !state.reasons.is_empty() {
        writeln!(
            out,
            "\n{} {sum:+.1} dB: odds of {} to 1 for the answer.",
            paint(style::STRONG, "Together"),
            odds(sum)
        )?;
    }
    let turns = situation.control().what_if(state.place, &state.query);
    if !turns.is_empty() {
        writeln!(out, "\n{}", paint(style::STRONG, "What would change it"))?;
        for turn in turns {
            let who = situation.actor_name(&turn.party);
            let then = match (&turn.status, &turn.holder) {
                (Status::Controlled, Some(h)) => {
                    format!("held by {}, {:.0} %", situation.actor_name(h), turn.probability * 100.0)
                }
                (Status::Contested, _) => format!("contested, {:.0} %", turn.probability * 100.0),
                _ => "unknown".to_owned(),
            };
            let voice = match turn.voice {
                Voice::Loser => "the loser owned up that",
                Voice::Winner => "alone the winner claimed that",
                _ => "a newsroom reported that",
            };
            writeln!(out, "  if {voice} {who} took it that day: {then}")?;
        }
    }
    if mark == Mark::Unknown && state.reports == 0 {
        writeln!(out, "No article in the ledger speaks of it by then.")?;
    }
    Ok(())
}

/// Odds of a weight in decibans, to two figures.
fn odds(decibans: f64) -> String {
    let odds = 10f64.powf(decibans / 10.0);
    if odds >= 10.0 { format!("{odds:.0}") } else { format!("{odds:.2}") }
}

/// `marchland log`
pub fn log(_app: &App, args: &args::Log) -> Result<Report> {
    let ledger = marchland_ledger::open(&args.store.store, Mode::Read)?;
    let as_json = wants_json(args.json);
    let mut out = stdout();
    let mut after = 0;
    loop {
        let entries = ledger.log(after, 1000)?;
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in &entries {
            if as_json {
                json_line(&mut out, entry)?;
                continue;
            }
            let what = match &entry.what {
                Logged::Article { name, article } => {
                    format!("read {} ({})", safe(name), &article[..article.len().min(12)])
                }
                Logged::Coding { coder, claims, gained, lost, article } => {
                    let change = if lost.is_empty() {
                        String::new()
                    } else {
                        format!(", {} gained, {} lost", gained.len(), lost.len())
                    };
                    format!("coded {} by {coder}: {claims} claims{change}", &article[..article.len().min(12)])
                }
                Logged::Judgement { judgement } => format!(
                    "{} judged {}: {}",
                    safe(&judgement.author),
                    judgement.verdict.kind().word(),
                    safe(&judgement.reason)
                ),
            };
            writeln!(out, "{}  {what}", paint(style::FAINT, entry.at))?;
        }
    }
    out.flush()?;
    Ok(Report::default())
}
