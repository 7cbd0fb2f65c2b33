//! The feed of corrections (Atom 1.0, RFC 4287): every judgement that changed or may change the map, the latest first.

use marchland_ledger::{Judgement, Target, Verdict};
use marchland_words::{Tongue, say};
use maud::{Markup, PreEscaped, html};

use crate::ask::Ask;
use crate::pages::differences;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::words;
use crate::world::World;

/// Most entries.
const MOST: usize = 200;

/// `/corrections.atom`.
pub(crate) fn corrections(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let all = world.ledger().judgements(None)?;
    // "Accepted" and "unsure" correct nothing.
    let corrects = |j: &&Judgement| !matches!(j.verdict, Verdict::Accept | Verdict::Unsure);
    let latest: Vec<&Judgement> = all.iter().rev().filter(corrects).take(MOST).collect();
    let updated = latest.first().map_or(jiff::Timestamp::UNIX_EPOCH, |j| j.at);
    let mut entries = String::new();
    for judgement in latest {
        entries.push_str(&entry(ask.tongue, world, judgement)?.into_string());
    }
    let feed = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(ask.tongue.tag()) {
            title { (ask.tongue.say("corrections")) }
            id { "urn:marchland:corrections" }
            updated { (updated) }
            author { name { "Marchland" } }
            (PreEscaped(entries))
        }
    };
    Ok(Reply::new("application/atom+xml; charset=utf-8", plain(&feed.into_string())))
}

fn entry(tongue: Tongue, world: &World, j: &Judgement) -> Result<Markup, Problem> {
    let versions = match &j.target {
        Target::Claim { article, claim } => world.ledger().versions(article, claim)?,
        Target::Article { .. } => Vec::new(),
    };
    let coded = versions.into_iter().next_back().map(|(_, claim)| claim);
    let what = match (&coded, &j.target) {
        (Some(claim), _) => words::claim(tongue, world, claim),
        (None, target) => say!(tongue, "correction-article", id = target.article().get(..10).unwrap_or("")),
    };
    let sentence = |words: String| words + &tongue.say("sentence-end");
    let mut said = match &j.verdict {
        Verdict::SetPublished { day } => sentence(say!(tongue, "correction-published", day = tongue.day(*day))),
        _ => String::new(),
    };
    if let (Verdict::Edit { claim }, Some(coded)) = (&j.verdict, &coded) {
        for (field, old, new) in differences(tongue, world, coded, claim) {
            said.push_str(&sentence(say!(tongue, "edit-change", field = field, old = old, new = new)));
        }
    }
    said.push_str(&j.reason);
    let id = j.target.claim().map_or(j.target.article(), |c| c.0.as_str());
    Ok(html! {
        entry {
            title { (say!(tongue, "correction-title", verdict = words::verdict(tongue, j.verdict.kind()), what = what)) }
            id { "urn:marchland:judgement:" (id) ":" (j.at.as_nanosecond()) }
            updated { (j.at) }
            author { name { (j.author) } }
            summary { (said) }
        }
    })
}

/// Characters that XML 1.0 does not know are left out: a reason or a name may hold any.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}
