//! `search`, `doctor`, `backup`, `restore` and `compact`: looking into the ledger and looking after it.

use std::io::Write;

use anyhow::{Context, Result, anyhow};
use marchland_ledger::{ClaimFilter, Mode, SearchHit};
use marchland_situation::Situation;
use serde_json::json;

use crate::commands::code::stance_word;
use crate::input::Report;
use crate::output::{json_line, paint, safe, stdout, style, wants_json};
use crate::{App, Usage, args};

/// `marchland search`
pub fn search(app: &App, args: &args::Search) -> Result<Report> {
    let ledger = marchland_ledger::open(&args.store.store, Mode::Read)?;
    let word = |value: &Option<String>| value.clone().map(serde_json::Value::String);
    let mut filter = ClaimFilter {
        country: args.country.clone(),
        from: args.from,
        to: args.to,
        known_by: args.known_by,
        outlet: args.outlet.clone(),
        limit: Some(args.limit),
        ..ClaimFilter::default()
    };
    if let Some(kind) = word(&args.kind) {
        filter.kind = Some(serde_json::from_value(kind).map_err(|e| Usage(format!("--kind: {e}")))?);
    }
    if let Some(stance) = word(&args.stance) {
        filter.stance = Some(serde_json::from_value(stance).map_err(|e| Usage(format!("--stance: {e}")))?);
    }
    if args.place.is_some() || args.actor.is_some() {
        let coder = app.coder()?;
        if let Some(place) = &args.place {
            let situation = Situation::load(ledger.as_ref(), &coder)?;
            filter.places = vec![situation.find_place(place, args.country.as_deref())?];
        }
        if let Some(actor) = &args.actor {
            let id = coder.registry().lookup(actor).cloned();
            filter.actor = Some(id.unwrap_or_else(|| actor.as_str().into()));
        }
    }
    let hits = ledger.search(&args.words, &filter)?;
    let mut out = stdout();
    if wants_json(args.json) {
        for hit in &hits {
            json_line(&mut out, &hit_json(hit))?;
        }
    } else {
        for hit in &hits {
            let a = &hit.article.article;
            let day = a.published.day().map_or_else(|| "undated".to_owned(), |d| d.to_string());
            let title = safe(a.title.as_deref().unwrap_or(&a.id));
            let outlet = safe(a.outlet.as_deref().unwrap_or(""));
            writeln!(out, "{day}  {}  {}", paint(style::STRONG, title), paint(style::FAINT, outlet))?;
            if let Some(span) = hit.spans.first() {
                writeln!(out, "    … {} …", safe(&around(&a.text, span.start as usize, span.end as usize)))?;
            }
            for e in &hit.claims {
                let quote = safe(e.claim.evidence.clause.of(&a.text));
                writeln!(out, "    {} “{quote}”", paint(style::NAME, stance_word(e.claim.stance)))?;
            }
        }
        if hits.is_empty() && !app.cli.quiet {
            writeln!(out, "No article holds all of these words.")?;
        }
    }
    out.flush()?;
    Ok(Report::default())
}

fn hit_json(hit: &SearchHit) -> serde_json::Value {
    let a = &hit.article.article;
    let points = marchland_article::CodePoints::new(&a.text);
    let spans: Vec<_> = hit
        .spans
        .iter()
        .map(|s| {
            let (start, end) = points.span(*s);
            json!({"start": start, "end": end, "exact": s.of(&a.text)})
        })
        .collect();
    let claims: Vec<_> = hit.claims.iter().map(|e| marchland_claim::to_row_with(&e.claim, a, &points)).collect();
    json!({"article": a.digest, "id": a.id, "title": a.title, "outlet": a.outlet, "url": a.url,
        "published": a.published.day(), "withdrawn": hit.article.withdrawn, "words": spans, "claims": claims})
}

/// A span with some words on either side.
fn around(text: &str, start: usize, end: usize) -> String {
    const SIDE: usize = 60;
    let from = text[..start].char_indices().rev().nth(SIDE).map_or(0, |(n, _)| n);
    let to = text[end..].char_indices().nth(SIDE).map_or(text.len(), |(n, _)| end + n);
    text[from..to].to_owned()
}

/// `marchland doctor`
pub fn doctor(app: &App, args: &args::Log) -> Result<Report> {
    let ledger = marchland_ledger::open(&args.store.store, Mode::Read)?;
    let damage = ledger.check()?;
    let counts = ledger.counts()?;
    // What cannot be read back cannot be reckoned with.
    let doubts = if damage.is_empty() {
        let situation = Situation::load(ledger.as_ref(), &app.coder()?)?;
        situation.doubts()
    } else {
        Vec::new()
    };
    let mut out = stdout();
    if wants_json(args.json) {
        json_line(
            &mut out,
            &json!({"sound": damage.is_empty(), "damage": damage, "doubts": doubts, "counts": counts}),
        )?;
    } else {
        for problem in &damage {
            writeln!(out, "{} {}", paint(style::BAD, "damage:"), safe(problem))?;
        }
        for doubt in &doubts {
            writeln!(out, "{} {}", paint(style::WARN, "doubt:"), safe(&doubt.words))?;
        }
        let state = if damage.is_empty() { paint(style::GOOD, "sound") } else { paint(style::BAD, "damaged") };
        writeln!(
            out,
            "{state}: {} articles, {} claims ({} versions), {} places, {} judgements, {} bytes; {} doubts",
            counts.articles,
            counts.claims,
            counts.claim_versions,
            counts.places,
            counts.judgements,
            counts.bytes,
            doubts.len()
        )?;
    }
    out.flush()?;
    // Doubts are news about the news; damage is a failure.
    Ok(Report { failed: damage.len() as u64, ..Report::default() })
}

/// `marchland backup`
pub fn backup(app: &App, args: &args::Copy) -> Result<Report> {
    let ledger = marchland_ledger::open(&args.store.store, Mode::Read)?;
    ledger.backup(&args.file)?;
    done(app, args, "backed up", &args.store.store, &args.file.display().to_string())
}

/// `marchland restore`
pub fn restore(app: &App, args: &args::Copy) -> Result<Report> {
    let store = &args.store.store;
    if store.starts_with("postgres") {
        return restore_to_server(app, args);
    }
    let file = store.strip_prefix("sqlite:").map_or(store.as_str(), |f| f.strip_prefix("//").unwrap_or(f));
    if std::path::Path::new(file).exists() {
        return Err(anyhow!(
            "{file}: the ledger is there already and is not overwritten\n  hint: name another with --store, or move that one away"
        ));
    }
    whole_backup(&args.file)?.backup(std::path::Path::new(file))?;
    // Opened once for writing, so that it is used as every ledger is.
    marchland_ledger::open(store, Mode::Write).with_context(|| format!("{file}: the restored ledger"))?;
    done(app, args, "restored", &args.file.display().to_string(), store)
}

/// Into a database: every entry is added again, in its order.
fn restore_to_server(app: &App, args: &args::Copy) -> Result<Report> {
    let backup = whole_backup(&args.file)?;
    let mut ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
    if ledger.seq()? > 0 {
        return Err(anyhow!(
            "the ledger there holds entries already and is not overwritten\n  hint: name another database, or another schema with ?schema=NAME"
        ));
    }
    backup.copy_to(&mut *ledger)?;
    done(app, args, "restored", &args.file.display().to_string(), &args.store.store)
}

/// A backup is a ledger: read as one, it is known to be whole before it is copied.
fn whole_backup(file: &std::path::Path) -> Result<Box<dyn marchland_ledger::Ledger>> {
    let name = file.display();
    let backup = marchland_ledger::open(&format!("sqlite:{name}"), Mode::Read)?;
    match backup.check()?.first() {
        Some(first) => Err(anyhow!("{name}: the backup is damaged ({first}); nothing was restored")),
        None => Ok(backup),
    }
}

fn done(app: &App, args: &args::Copy, verb: &str, from: &str, to: &str) -> Result<Report> {
    let mut out = stdout();
    if wants_json(args.json) {
        json_line(&mut out, &json!({"from": from, "to": to}))?;
    } else if !app.cli.quiet {
        writeln!(out, "{} {from} to {to}", paint(style::GOOD, verb))?;
    }
    out.flush()?;
    Ok(Report::default())
}

/// `marchland compact`
pub fn compact(app: &App, args: &args::Log) -> Result<Report> {
    // Compacting a file that is not there must not make one.
    drop(marchland_ledger::open(&args.store.store, Mode::Read)?);
    let mut ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
    let before = ledger.counts()?.bytes;
    ledger.compact()?;
    let after = ledger.counts()?.bytes;
    let mut out = stdout();
    if wants_json(args.json) {
        json_line(&mut out, &json!({"before": before, "after": after}))?;
    } else if !app.cli.quiet {
        writeln!(out, "{} from {before} to {after} bytes", paint(style::GOOD, "compacted"))?;
    }
    out.flush()?;
    Ok(Report::default())
}
