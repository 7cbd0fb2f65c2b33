//! `diff`, `timeline`, `counters`, `advance` and `incidents`: what changed, and how fast.

use std::io::Write;

use anyhow::Result;
use jiff::ToSpan;
use marchland_atlas::{day_words, query_words};
use marchland_control::{Change, ChangeKind, Query, Status};
use marchland_situation::Situation;
use serde_json::{Value, json};

use crate::commands::control::{area, query, situation};
use crate::input::Report;
use crate::output::{Table, json_line, paint, stdout, style, wants_json};
use crate::{App, args};

fn change_json(situation: &Situation, change: &Change) -> Value {
    let mut value = serde_json::to_value(change).unwrap_or_default();
    if let Value::Object(object) = &mut value {
        object.insert("name".into(), json!(situation.place_name(change.place)));
        object.insert("from_name".into(), json!(change.from.as_ref().map(|a| situation.actor_name(a))));
        object.insert("to_name".into(), json!(change.to.as_ref().map(|a| situation.actor_name(a))));
    }
    value
}

fn words(situation: &Situation, change: &Change) -> String {
    let name = |a: &Option<marchland_actor::ActorId>| {
        a.as_ref().map_or_else(|| "nobody known".to_owned(), |a| situation.actor_name(a))
    };
    match change.kind {
        ChangeKind::ChangedHands => format!("{} to {}", name(&change.from), name(&change.to)),
        ChangeKind::Settled => format!("now held by {}", name(&change.to)),
        ChangeKind::NewlyContested if change.from.is_some() => format!("contested, was held by {}", name(&change.from)),
        ChangeKind::NewlyContested => "contested".to_owned(),
        ChangeKind::Lapsed => "no longer known".to_owned(),
    }
}

fn mark(kind: ChangeKind) -> anstyle::Style {
    match kind {
        ChangeKind::ChangedHands | ChangeKind::Settled => style::GOOD,
        ChangeKind::NewlyContested => style::WARN,
        ChangeKind::Lapsed => style::FAINT,
    }
}

fn told(situation: &Situation, changes: &[Change], as_json: bool, head: &str, none: &str) -> Result<Report> {
    let mut out = stdout();
    if wants_json(as_json) {
        for change in changes {
            json_line(&mut out, &change_json(situation, change))?;
        }
        out.flush()?;
        return Ok(Report::default());
    }
    writeln!(out, "{}\n", paint(style::STRONG, head))?;
    if changes.is_empty() {
        writeln!(out, "{none}")?;
    } else {
        let mut table = Table::new(&["since", "place", "what", "sure#"]);
        for change in changes {
            table.row(vec![
                change.day.to_string(),
                situation.place_name(change.place),
                paint(mark(change.kind), words(situation, change)),
                if change.kind == ChangeKind::Lapsed {
                    String::new()
                } else {
                    format!("{:.0} %", change.probability * 100.0)
                },
            ]);
        }
        write!(out, "{}", table.render())?;
    }
    out.flush()?;
    Ok(Report::default())
}

/// `marchland diff`
pub fn diff(app: &App, args: &args::Diff) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let area = area(&situation, &[], &args.area)?;
    let wanted: std::collections::BTreeSet<_> = situation.places(&area).into_iter().collect();
    let before = Query { on: args.before, known_by: args.known_by };
    let after = Query { on: args.after, known_by: args.then_known_by.or(args.known_by) };
    let mut changes = situation.control().diff(&before, &after, |p| wanted.contains(&p));
    changes.sort_by_key(|c| (c.day, situation.place_name(c.place)));
    let head = format!("{} — {}", query_words(before), query_words(after));
    told(&situation, &changes, args.json, &head, "Nothing changed between the two.")
}

/// `marchland timeline`
pub fn timeline(app: &App, args: &args::Timeline) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let place = situation.find_place(&args.place, args.country.as_deref())?;
    let mut changes = situation.control().timeline(place, args.known_by);
    changes.retain(|c| args.on.is_none_or(|day| c.day <= day));
    let known = args.known_by.map_or_else(String::new, |d| format!(", as reported by {}", day_words(d)));
    let head = format!("{}{known}", situation.place_name(place));
    told(&situation, &changes, args.json, &head, "Nobody has spoken of it.")
}

/// `marchland counters`
pub fn counters(app: &App, args: &args::Control) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let area = area(&situation, &args.places, &args.area)?;
    let places = situation.places(&area);
    let set = match (area.country().map(|iso| country_name(&situation, iso)), area.unit()) {
        (Some(country), unit) => format!("{} {unit} of {country}", places.len()),
        (None, unit) => format!("{} {unit}", places.len()),
    };
    let counters = situation.control().counters(&places, &query);
    let mut out = stdout();
    if wants_json(args.json) {
        for c in &counters {
            let names: Vec<String> = c.places.iter().map(|p| situation.place_name(*p)).collect();
            json_line(
                &mut out,
                &json!({"set": set, "of": places.len(), "on": query.on, "known_by": query.known_by, "status": c.status,
                    "holder": c.holder, "holder_name": c.holder.as_ref().map(|h| situation.actor_name(h)),
                    "count": c.places.len(), "places": c.places, "names": names}),
            )?;
        }
        out.flush()?;
        return Ok(Report::default());
    }
    writeln!(out, "{}", paint(style::STRONG, format!("Of the {set}")))?;
    writeln!(out, "{}\n", paint(style::FAINT, query_words(query)))?;
    let mut table = Table::new(&["number#", "held", "which"]);
    for c in &counters {
        let held = match (&c.holder, c.status) {
            (Some(h), _) => paint(style::GOOD, situation.actor_name(h)),
            (None, Status::Contested) => paint(style::WARN, "contested"),
            _ => paint(style::FAINT, "unknown"),
        };
        let mut names: Vec<String> = c.places.iter().map(|p| situation.place_name(*p)).collect();
        names.sort();
        let more = names.len().saturating_sub(12);
        names.truncate(12);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        table.row(vec![c.places.len().to_string(), held, format!("{}{tail}", names.join(", "))]);
    }
    write!(out, "{}", table.render())?;
    out.flush()?;
    Ok(Report::default())
}

fn country_name(situation: &Situation, iso: &str) -> String {
    situation.coder().gazetteer().country_place(iso).map_or_else(|| iso.to_owned(), |c| c.name.to_owned())
}

/// `marchland advance`
pub fn advance(app: &App, args: &args::Advance) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let area = area(&situation, &[], &args.area)?;
    let wanted: std::collections::BTreeSet<_> = situation.places(&area).into_iter().collect();
    let from = query.on.saturating_sub(i64::from(args.days - 1).days());
    let pace = situation.control().advance(from, query.on, query.known_by, |p| wanted.contains(&p));
    let mut out = stdout();
    if wants_json(args.json) {
        for p in &pace {
            let mut value = serde_json::to_value(p)?;
            value["party_name"] = json!(situation.actor_name(&p.party));
            json_line(&mut out, &value)?;
        }
        out.flush()?;
        return Ok(Report::default());
    }
    let head = format!("Changes of hands, {} to {}", day_words(from), day_words(query.on));
    writeln!(out, "{}\n", paint(style::STRONG, head))?;
    let mut table = Table::new(&["day", "party", "gained#", "lost#", "net of 7 days#"]);
    for p in pace.iter().filter(|p| p.gained > 0 || p.lost > 0) {
        table.row(vec![
            p.day.to_string(),
            situation.actor_name(&p.party),
            p.gained.to_string(),
            p.lost.to_string(),
            format!("{:+}", p.week),
        ]);
    }
    write!(out, "{}", table.render())?;
    out.flush()?;
    Ok(Report::default())
}

/// `marchland incidents`
pub fn incidents(app: &App, args: &args::Incidents) -> Result<Report> {
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let area = area(&situation, &args.places, &args.area)?;
    let wanted: std::collections::BTreeSet<_> = situation.places(&area).into_iter().collect();
    let first = args.days.map(|n| query.on.saturating_sub(i64::from(n.max(1) - 1).days()));
    let mut all = situation.control().incidents(query.known_by, |p| wanted.contains(&p));
    all.retain(|i| i.first <= query.on && first.is_none_or(|f| i.last >= f));
    all.sort_by_key(|i| (i.first, situation.place_name(i.place), i.kind));
    let mut out = stdout();
    if wants_json(args.json) {
        for i in &all {
            let mut value = serde_json::to_value(i)?;
            value["name"] = json!(situation.place_name(i.place));
            value["holder_name"] = json!(i.holder.as_ref().map(|h| situation.actor_name(h)));
            json_line(&mut out, &value)?;
        }
        out.flush()?;
        return Ok(Report::default());
    }
    let mut table = Table::new(&["from", "to", "place", "what", "who", "claims#", "articles#", "origins#"]);
    for i in &all {
        table.row(vec![
            i.first.to_string(),
            i.last.to_string(),
            situation.place_name(i.place),
            crate::commands::code::kind_word(i.kind).to_owned(),
            i.holder.as_ref().map_or_else(String::new, |h| situation.actor_name(h)),
            i.claims.len().to_string(),
            i.articles.to_string(),
            i.origins.to_string(),
        ]);
    }
    write!(out, "{}", table.render())?;
    out.flush()?;
    Ok(Report::default())
}
