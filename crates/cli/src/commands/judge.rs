//! `judge` and `recode`: what analysts say of claims and articles, and what present rules make of kept articles.

use std::io::Write;

use anyhow::{Context, Result};
use jiff::Timestamp;
use marchland_article::Article;
use marchland_claim::{Claim, ClaimId, Facts, Known, Party};
use marchland_coder::Coder;
use marchland_ledger::{
    Added, ArticleEntry, ArticleFilter, Batch, ClaimEntry, Judgement, Ledger, Logged, Mode, Run, Target, Verdict,
};
use rayon::prelude::*;
use serde_json::json;

use crate::args::VerdictWord;
use crate::input::Report;
use crate::output::{json_line, paint, safe, stdout, style, wants_json};
use crate::{App, Usage, args};

/// The coder's name of imported articles. Their claims were made elsewhere; no rule of ours finds them again.
pub const IMPORTED: &str = "import";

/// `marchland judge`
pub fn judge(app: &App, args: &args::Judge) -> Result<Report> {
    use VerdictWord as V;
    let mut ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
    let of_article = matches!(args.verdict, V::Date | V::Withdraw | V::Restore);
    let needs = |flag: &str, what: &str| Usage(format!("`judge {what}` needs {flag}; see `marchland judge --help`"));
    let (target, verdict) = if of_article {
        let article = find_article(ledger.as_ref(), &args.target)?;
        let verdict = match args.verdict {
            V::Date => Verdict::SetPublished { day: args.day.ok_or_else(|| needs("--day DAY", "date"))? },
            V::Withdraw => Verdict::Withdraw,
            _ => Verdict::Restore,
        };
        (Target::Article { article }, verdict)
    } else {
        let entry = find_claim(ledger.as_ref(), &args.target)?;
        let verdict = match args.verdict {
            V::Accept => Verdict::Accept,
            V::Reject => Verdict::Reject,
            V::Unsure => Verdict::Unsure,
            V::Undo => Verdict::Undo,
            V::Merge => {
                let into = args.into.as_deref().ok_or_else(|| needs("--into ID", "merge"))?;
                let into = find_claim(ledger.as_ref(), into)?.claim.id;
                if into == entry.claim.id {
                    return Err(Usage("a claim cannot be merged into itself".to_owned()).into());
                }
                Verdict::Merge { into }
            }
            _ => {
                if args.set.is_empty() {
                    return Err(needs("--set FIELD=VALUE", "edit").into());
                }
                let article = ledger.article(&entry.article)?.map(|a| a.article);
                let claim = edited(&entry.claim, article.as_ref(), &args.set, &app.coder()?)?;
                Verdict::Edit { claim: Box::new(claim) }
            }
        };
        (Target::Claim { article: entry.article, claim: entry.claim.id }, verdict)
    };
    let judgement =
        Judgement { target, verdict, author: args.author.clone(), at: Timestamp::now(), reason: args.reason.clone() };
    let seq = ledger.judge(&judgement)?;
    let mut out = stdout();
    if wants_json(args.json) {
        let mut value = serde_json::to_value(&judgement)?;
        value["seq"] = json!(seq);
        json_line(&mut out, &value)?;
    } else if !app.cli.quiet {
        let what = match &judgement.target {
            Target::Claim { claim, .. } => format!("claim {}", claim.0),
            Target::Article { article } => format!("article {}", &article[..article.len().min(12)]),
        };
        let by = safe(&judgement.author);
        writeln!(out, "{} {what} by {by}: {}", paint(style::GOOD, "judged"), judgement.verdict.kind().word())?;
    }
    out.flush()?;
    Ok(Report::default())
}

/// Shorter beginnings of an id are no id.
const SHORTEST: usize = 8;

fn find_claim(ledger: &dyn Ledger, id: &str) -> Result<ClaimEntry> {
    if let Some(entry) = ledger.claim(&ClaimId(id.to_owned()))? {
        return Ok(entry);
    }
    let mut found: Vec<ClaimEntry> = Vec::new();
    if id.len() >= SHORTEST {
        let all = marchland_ledger::ClaimFilter { with_rejected: true, ..Default::default() };
        ledger.each_claim(&all, &mut |e| {
            if e.claim.id.0.starts_with(id) && found.len() < 2 {
                found.push(e);
            }
        })?;
    }
    one(found, "claim", id, "`marchland export claims` and `marchland code` show ids")
}

fn find_article(ledger: &dyn Ledger, digest: &str) -> Result<String> {
    if ledger.article(digest)?.is_some() {
        return Ok(digest.to_owned());
    }
    let (mut found, mut after) = (Vec::new(), 0);
    while digest.len() >= SHORTEST {
        let page = ledger.log(after, 1000)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        found.extend(page.into_iter().filter_map(|e| match e.what {
            Logged::Article { article, .. } if article.starts_with(digest) => Some(article),
            _ => None,
        }));
    }
    one(found, "article", digest, "`marchland log` shows the beginnings of digests")
}

fn one<T>(mut found: Vec<T>, what: &str, id: &str, hint: &str) -> Result<T> {
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(anyhow::anyhow!("no {what} {id} in the ledger\n  hint: {hint}")),
        _ => Err(anyhow::anyhow!("more than one {what} begins with {id}\n  hint: give more of it")),
    }
}

/// The claim with some of its fields as an analyst says.
fn edited(claim: &Claim, article: Option<&Article>, set: &[String], coder: &Coder) -> Result<Claim> {
    let known = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let mut claim = claim.clone();
    for pair in set {
        let usage = |why: String| Usage(format!("--set {pair}: {why}"));
        let (field, value) = pair.split_once('=').ok_or_else(|| usage("write FIELD=VALUE".to_owned()))?;
        let value = Some(value.trim()).filter(|v| !v.is_empty());
        let day = || value.map(str::parse).transpose().map_err(|_| usage("write a day as 2021-08-09".to_owned()));
        let word = |value: &str| serde_json::Value::String(value.to_owned());
        let party = |old: &Option<Party>| -> Result<Option<Party>> {
            let Some(value) = value else { return Ok(None) };
            let id = known.registry.lookup(value);
            let id = id.cloned().ok_or_else(|| usage(format!("nobody is called {value:?} in data/actors")))?;
            let name = known.actor_name(&id).unwrap_or_else(|| id.to_string());
            let span = old.as_ref().map_or(claim.evidence.trigger, |p| p.span);
            Ok(Some(Party { actor: Some(id), name, span, score: 1.0, alternatives: Vec::new() }))
        };
        match field.trim() {
            "kind" => {
                claim.kind =
                    value.map(|v| serde_json::from_value(word(v))).transpose().map_err(|e| usage(e.to_string()))?;
            }
            "stance" => {
                let value = value.ok_or_else(|| usage("a claim has a stance".to_owned()))?;
                claim.stance = serde_json::from_value(word(value)).map_err(|e| usage(e.to_string()))?;
            }
            "holder" => claim.holder = party(&claim.holder)?,
            "other" => claim.other = party(&claim.other)?,
            "part" => claim.place.part = value.map(str::to_owned),
            "valid_from" => claim.time.valid_from = day()?,
            "valid_to" => claim.time.valid_to = day()?,
            "background" => claim.background = value == Some("true"),
            "place" => {
                let value = value.ok_or_else(|| usage("name a place or its id".to_owned()))?;
                let country = claim.place.country.clone();
                let gazetteer = known.gazetteer;
                let id = marchland_place::PlaceId::parse(value).filter(|id| gazetteer.place(*id).is_some());
                let named = gazetteer.lookup(value);
                let here = |id: &&marchland_place::PlaceId| {
                    gazetteer.place(**id).and_then(|p| p.country) == country.as_deref()
                };
                let id = id.or_else(|| named.iter().find(here).or(named.first()).copied());
                let id = id.ok_or_else(|| usage(format!("no place is called {value:?}")))?;
                let facts = known.place(id).context("a place of the gazetteer")?;
                claim.place = marchland_claim::ClaimPlace {
                    id: Some(id),
                    name: facts.name,
                    country: facts.country,
                    admin1: facts.admin1,
                    lat: facts.lat,
                    lon: facts.lon,
                    feature: facts.feature,
                    precision: marchland_place::Precision::Exact,
                    score: 1.0,
                    alternatives: Vec::new(),
                    ..claim.place
                };
            }
            other => {
                return Err(usage(format!(
                    "{other:?} cannot be set; kind, holder, other, place, part, stance, valid_from, valid_to, background can"
                ))
                .into());
            }
        }
    }
    if let (Some(from), Some(to)) = (claim.time.valid_from, claim.time.valid_to)
        && to < from
    {
        return Err(Usage(format!("valid_to {to} would be before valid_from {from}")).into());
    }
    debug_assert!(article.is_none_or(|a| a.digest == claim.evidence.article));
    // What an analyst says is sure, whatever the coder was.
    claim.confidence = 1.0;
    Ok(claim)
}

/// Articles that are coded at one time.
const PAGE: usize = 256;

/// `marchland recode`
pub fn recode(app: &App, args: &args::Recode) -> Result<Report> {
    let coder = app.coder()?;
    let mut ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
    let version = coder.version();
    let run = Run { coder: version.clone(), at: Timestamp::now() };
    let (mut seen, mut changed, mut confirmed, mut after) = (0_u64, 0_u64, 0_u64, 0);
    loop {
        let not_coded_by = (!args.all).then(|| version.clone());
        let filter = ArticleFilter { after, limit: Some(PAGE), not_coded_by, ..ArticleFilter::default() };
        let page = ledger.articles(&filter)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        let work: Vec<ArticleEntry> = page.into_iter().filter(|e| e.coder != IMPORTED).collect();
        let coded: Vec<Vec<Claim>> = work.par_iter().map(|e| coder.code(&e.article).claims).collect();
        let mut batch = Batch::new(ledger.as_mut(), run.clone(), PAGE);
        let mut added = Vec::new();
        for (entry, claims) in work.into_iter().zip(coded) {
            seen += 1;
            added.extend(batch.push(entry.article, entry.read_at, claims)?);
        }
        added.extend(batch.flush()?);
        for (_, what) in added {
            match what {
                Added::Recoded | Added::New => changed += 1,
                Added::Confirmed => confirmed += 1,
                Added::Unchanged => {}
            }
        }
    }
    let mut out = stdout();
    if wants_json(args.json) {
        json_line(&mut out, &json!({"coder": version, "coded": seen, "changed": changed, "confirmed": confirmed}))?;
    } else if !app.cli.quiet {
        writeln!(
            out,
            "{} {seen} articles by {version}: {changed} have other claims now, {confirmed} the same",
            paint(style::GOOD, "coded anew")
        )?;
    }
    out.flush()?;
    Ok(Report { articles: seen, ..Report::default() })
}
