//! What was added and judged, the latest last: corrections in public.

use marchland_ledger::{Judgement, Logged, Target, Verdict};
use maud::{Markup, html};

use super::edit::differences;
use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::view::View;
use crate::words;
use crate::world::World;

const PAGE: usize = 200;

/// The page.
pub(crate) fn log(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let now = world.now()?;
    let after: i64 = ask.parse("after", "a number")?.unwrap_or_else(|| (now.seq() - PAGE as i64).max(0));
    let entries = world.ledger().log(after, PAGE)?;
    let main = html! {
        h1 { "Log" }
        p.second { "Everything that was added, read again or judged, with who and why. Nothing is ever removed. " a href="/corrections.atom" { "Corrections as a feed" } "." }
        ol.log start=(after + 1) {
            @for entry in entries.iter().rev() {
                li value=(entry.seq) {
                    time datetime=(entry.at) { (entry.at.strftime("%Y-%m-%d %H:%M UTC")) } " "
                    @match &entry.what {
                        Logged::Article { article, name } => { "Article " a href={ "/article/" (article) } { (name) } },
                        Logged::Coding { article, coder, claims, gained, lost } => {
                            "Coded " a href={ "/article/" (article) } { (article.get(..10).unwrap_or(article)) } ": " (claims) " claims"
                            @if !gained.is_empty() || !lost.is_empty() { " (" (gained.len()) " new or changed, " (lost.len()) " gone)" }
                            ", by " (coder)
                        },
                        Logged::Judgement { judgement } => { (judged(world, judgement)?) },
                    }
                }
            }
        }
        @if after > 0 { p { a href={ "/log?after=" ((after - PAGE as i64).max(0)) } { "Earlier" } } }
    };
    Ok(page(world, &View::default(), "Log", "/log", &main))
}

/// One judgement: who said what of which claim, why, and for an edit each old and new value.
fn judged(world: &World, judgement: &Judgement) -> Result<Markup, Problem> {
    let coded = match &judgement.target {
        Target::Claim { article, claim } => world.ledger().versions(article, claim)?.pop().map(|(_, claim)| claim),
        Target::Article { .. } => None,
    };
    let changes = match (&judgement.verdict, &coded) {
        (Verdict::Edit { claim }, Some(coded)) => differences(world, coded, claim),
        _ => Vec::new(),
    };
    Ok(html! {
        strong { (judgement.author) } ": " (judgement.verdict.kind().word()) " "
        @match &judgement.target {
            Target::Claim { article, claim } => a href={ "/article/" (article) "?claim=" (claim.0) "#claim-" (claim.0) } {
                @match &coded { Some(coded) => { "“" (words::claim(world, coded)) "”" }, None => { "a claim" } }
            },
            Target::Article { article } => a href={ "/article/" (article) } { "an article" },
        }
        @if let Verdict::SetPublished { day } = &judgement.verdict { " to " (day) }
        @if !judgement.reason.is_empty() { ": " q { (judgement.reason) } }
        @if !changes.is_empty() {
            ul { @for (field, old, new) in &changes { li { (field) ": " del { (old) } " → " ins { (new) } } } }
        }
    })
}
