//! What was added and judged, the latest last: corrections in public.

use marchland_ledger::{Judgement, Logged, Target, Verdict};
use marchland_words::{Tongue, say};
use maud::{Markup, html};

use super::edit::differences;
use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

const PAGE: usize = 200;

/// The page.
pub(crate) fn log(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let now = world.now()?;
    let after: i64 = ask.number("after")?.unwrap_or_else(|| (now.seq() - PAGE as i64).max(0));
    let t = ask.tongue;
    let entries = world.ledger().log(after, PAGE)?;
    let main = html! {
        h1 { (t.say("log")) }
        p.second { (mark!(t, "log-note", feed = html! { a href="/corrections.atom" { (t.say("log-feed")) } })) }
        ol.log start=(after + 1) {
            @for entry in entries.iter().rev() {
                li value=(entry.seq) {
                    @let moment = html! { time datetime=(entry.at) { (t.moment(entry.at)) } };
                    @match &entry.what {
                        Logged::Article { article, name } => { (mark!(t, "log-article", moment = moment, name = html! { a href={ "/article/" (article) } { bdi { (name) } } })) },
                        Logged::Coding { article, coder, claims, gained, lost } => {
                            @let name = html! { a href={ "/article/" (article) } { bdi { (article.get(..10).unwrap_or(article)) } } };
                            @let claims = say!(t, "count-claims", n = *claims);
                            @if gained.is_empty() && lost.is_empty() { (mark!(t, "log-coded", moment = moment, name = name, claims = claims, coder = coder.as_str())) }
                            @else { (mark!(t, "log-coded-changed", moment = moment, name = name, claims = claims, gained = gained.len(), lost = lost.len(), coder = coder.as_str())) }
                        },
                        Logged::Judgement { judgement } => { (mark!(t, "log-judged", moment = moment, what = judged(t, world, judgement)?)) },
                    }
                }
            }
        }
        @if after > 0 { p { a href={ "/log?after=" ((after - PAGE as i64).max(0)) } { (t.say("log-earlier")) } } }
    };
    Ok(page(world, (&View::default(), t), &t.say("log"), "/log", &main))
}

/// One judgement: who said what of which claim, why, and for an edit each old and new value.
fn judged(t: Tongue, world: &World, judgement: &Judgement) -> Result<Markup, Problem> {
    let coded = match &judgement.target {
        Target::Claim { article, claim } => world.ledger().versions(article, claim)?.pop().map(|(_, claim)| claim),
        Target::Article { .. } => None,
    };
    let changes = match (&judgement.verdict, &coded) {
        (Verdict::Edit { claim }, Some(coded)) => differences(t, world, coded, claim),
        _ => Vec::new(),
    };
    let (author, verdict) =
        (html! { strong { bdi { (judgement.author) } } }, words::verdict(t, judgement.verdict.kind()));
    let what = match (&judgement.target, &coded, &judgement.verdict) {
        (Target::Article { article }, _, said) => {
            let article = html! { a href={ "/article/" (article) } { (t.say("log-an-article")) } };
            match said {
                Verdict::SetPublished { day } => {
                    mark!(t, "log-published", author = author, article = article, day = html! { (t.day(*day)) })
                }
                _ => mark!(t, "log-of-article", author = author, verdict = html! { (verdict) }, article = article),
            }
        }
        (Target::Claim { article, claim }, Some(coded), _) => {
            let address = format!("/article/{article}?claim={}#claim-{}", claim.0, claim.0);
            let words = html! { a href=(address) { (words::claim(t, world, coded)) } };
            mark!(t, "log-of-claim", author = author, verdict = html! { (verdict) }, claim = words)
        }
        (_, None, _) => mark!(t, "log-of-lost-claim", author = author, verdict = html! { (verdict) }),
    };
    Ok(html! {
        @if judgement.reason.is_empty() { (what) } @else { (mark!(t, "log-because", what = what, reason = html! { q { bdi { (judgement.reason) } } })) }
        @if !changes.is_empty() {
            ul { @for (field, old, new) in &changes { li { (mark!(t, "edit-change", field = html! { (field) }, old = html! { del { (old) } }, new = html! { ins { (new) } })) } } }
        }
    })
}
