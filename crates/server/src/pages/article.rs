//! One kept article: the text as it was, what was cut, and what was read out of it.

use marchland_atlas::{Lookup, day_words};
use marchland_claim::Stance;
use maud::{Markup, html};

use super::add::add_form;
use super::layout::page;
use super::place::{marks, percent};
use super::reading::publish_form;
use crate::article_text::{Marked, article_text};
use crate::ask::Ask;
use crate::problem::Problem;
use crate::view::View;
use crate::words;
use crate::world::World;

/// The page.
pub(crate) fn article(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let (entry, claims) = {
        let ledger = world.ledger();
        let entry = ledger
            .article(&ask.id)?
            .ok_or_else(|| Problem::NotFound(format!("There is no article {:?} in the ledger", ask.id)))?;
        let claims = ledger.claims_of(&ask.id)?;
        (entry, claims)
    };
    let article = &entry.article;
    let mut marked: Vec<Marked> = Vec::new();
    for claim in &claims {
        let chosen = view.claim.as_ref() == Some(&claim.claim.id);
        marked.push(Marked {
            span: claim.claim.evidence.sentence,
            class: "sentence",
            claim: claim.claim.id.0.clone(),
            chosen,
        });
        marked.extend(marks(claim, chosen).into_iter().filter(|m| chosen || m.class == "trigger"));
    }
    let title = article.title.clone().unwrap_or_else(|| article.id.clone());
    let unknown = article.published.day().is_none();
    let back = View { claim: None, ..view.clone() };
    let main = html! {
        p { a href=(back.at("/") + if view.place.is_some() { "#place" } else { "" }) { "← to the map" } }
        h1.article-title dir="auto" { (title) }
        @if entry.withdrawn { p.notice { "This article was withdrawn: its claims do not count." } }
        dl.facts {
            dt { "Outlet" } dd { (article.outlet.as_deref().unwrap_or("unknown")) }
            dt { "Published" } dd.missing[unknown] { (words::published(&article.published)) }
            dt { "Read" } dd { (entry.read_at.strftime("%Y-%m-%d %H:%M UTC")) }
            dt { "Address" } dd { @match &article.url { Some(url) => bdi { (url) }, None => { "not given" } } }
            dt { "Digest" } dd { code.digest { (article.digest) } }
            dt { "Coded by" } dd { (entry.coder) }
        }
        @if unknown {
            p.note { "Without a publication day most claims of this article have no day. Set it here, with a reason that is kept; or where the "
                "article is read: " code { "marchland read FILE --published 2021-08-09" } "." }
        }
        details open[unknown] { summary { "Set the publication day" } (publish_form(article)) }
        div.board {
            section.reading aria-label="Text" { (article_text(article, &marked)) }
            div.side {
                h2 { (claims.len()) " claims" }
                ol.claims {
                    @for c in &claims {
                        @let here = View { claim: Some(c.claim.id.clone()), ..view.clone() }.at(&format!("/article/{}", article.digest));
                        li.claim.chosen[view.claim.as_ref() == Some(&c.claim.id)] {
                            p.says {
                                a href={ (here) "#claim-" (c.claim.id.0) } { strong { (words::claim(world, &c.claim)) } }
                                ", " (words::days(&c.claim)) "."
                                @if c.claim.background { span.tag { "background" } }
                                @if matches!(c.claim.stance, Stance::Planned | Stance::Hypothetical | Stance::Denied) { span.tag { (words::manner(&c.claim)) } }
                            }
                            p.source {
                                (words::manner(&c.claim)) ". Rule " code { (c.claim.evidence.rule) } ", confidence " (percent(f64::from(c.claim.confidence))) "."
                                @if let Some(id) = c.claim.place.id {
                                    " " a href={ (View { on: view.on.or(c.claim.time.valid_from), place: Some(id), claim: Some(c.claim.id.clone()), country: None, ..view.clone() }.at("/")) "#place" } { (world.place(id).map_or_else(|| c.claim.place.name.clone(), |p| p.name)) " on the map" }
                                    @if c.claim.place.score < 0.95 { " (place " (percent(f64::from(c.claim.place.score))) " sure)" }
                                }
                            }
                        }
                    }
                }
                @if claims.is_empty() { p { "Nothing in it says who holds a place." } }
                (add_form(world, article, ask.get("author").unwrap_or("")))
                h2 { "Cut" }
                @if article.cuts.is_empty() { p.quiet { "Nothing was cut." } }
                @else { p.quiet { (article.cuts.len()) " stretches are no news; they stay in the text, greyed, with the reason, and are not read." } }
                p.quiet { a href={ "/api/article/" (article.digest) } { "As JSON" } }
            }
        }
    };
    let tab = article.published.day().map_or_else(|| title.clone(), |d| format!("{title} ({})", day_words(d)));
    Ok(page(world, &view, &tab, "/articles", &main))
}
