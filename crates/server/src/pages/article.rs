//! One kept article: the text as it was, what was cut, and what was read out of it.

use marchland_atlas::Lookup;
use marchland_claim::Stance;
use marchland_words::say;
use maud::{Markup, html};

use super::add::add_form;
use super::layout::page;
use super::place::marks;
use super::reading::publish_form;
use crate::article_text::{Marked, article_text};
use crate::ask::Ask;
use crate::problem::Problem;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

/// The page.
pub(crate) fn article(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let t = ask.tongue;
    let (entry, claims) = {
        let ledger = world.ledger();
        let entry = ledger.article(&ask.id)?.ok_or_else(|| Problem::no_article(&ask.id))?;
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
        p { a href=(back.at("/") + if view.place.is_some() { "#place" } else { "" }) { (t.say("back-to-map")) } }
        h1.article-title dir="auto" { bdi { (title) } }
        @if entry.withdrawn { p.notice { (t.say("article-withdrawn")) } }
        dl.facts {
            dt { (t.say("fact-outlet")) } dd { @match &article.outlet { Some(outlet) => bdi { (outlet) }, None => { (t.say("unknown")) } } }
            dt { (t.say("fact-published")) } dd.missing[unknown] { (words::published(t, &article.published)) }
            dt { (t.say("fact-read")) } dd { (t.moment(entry.read_at)) }
            dt { (t.say("fact-address")) } dd { @match &article.url { Some(url) => bdi { (url) }, None => { (t.say("address-none")) } } }
            dt { (t.say("fact-digest")) } dd { code.digest { (article.digest) } }
            dt { (t.say("fact-coded-by")) } dd { bdi { (entry.coder) } }
        }
        @if unknown {
            p.note { (mark!(t, "article-undated", command = html! { code { "marchland read FILE --published 2021-08-09" } })) }
        }
        details open[unknown] { summary { (t.say("set-day")) } (publish_form(t, article)) }
        div.board {
            section.reading aria-label=(t.say("article-text")) { (article_text(t, article, &marked)) }
            div.side {
                h2 { (say!(t, "count-claims", n = claims.len())) }
                ol.claims {
                    @for c in &claims {
                        @let here = View { claim: Some(c.claim.id.clone()), ..view.clone() }.at(&format!("/article/{}", article.digest));
                        li.claim.chosen[view.claim.as_ref() == Some(&c.claim.id)] {
                            p.says {
                                (mark!(t, "claim-says", claim = html! { a href={ (here) "#claim-" (c.claim.id.0) } { strong { (words::claim(t, world, &c.claim)) } } }, days = words::days(t, &c.claim)))
                                @if c.claim.background { span.tag { (t.say("background")) } }
                                @if matches!(c.claim.stance, Stance::Planned | Stance::Hypothetical | Stance::Denied) { span.tag { (words::manner(t, &c.claim)) } }
                            }
                            p.source {
                                (mark!(t, "article-claim-source", manner = words::manner(t, &c.claim), rule = html! { code { (c.claim.evidence.rule) } }, p = t.percent(f64::from(c.claim.confidence))))
                                @if let Some(id) = c.claim.place.id {
                                    " " a href={ (View { on: view.on.or(c.claim.time.valid_from), place: Some(id), claim: Some(c.claim.id.clone()), country: None, ..view.clone() }.at("/")) "#place" } { (mark!(t, "on-the-map", place = world.place(id).map_or_else(|| c.claim.place.name.clone(), |p| p.name))) }
                                    @if c.claim.place.score < 0.95 { " " (say!(t, "place-sure", p = t.percent(f64::from(c.claim.place.score)))) }
                                }
                            }
                        }
                    }
                }
                @if claims.is_empty() { p { (t.say("article-nothing")) } }
                (add_form(t, world, article, ask.get("author").unwrap_or("")))
                h2 { (t.say("cut")) }
                @if article.cuts.is_empty() { p.quiet { (t.say("cut-nothing")) } }
                @else { p.quiet { (say!(t, "cut-count", n = article.cuts.len())) } }
                p.quiet { a href={ "/api/article/" (article.digest) } { (t.say("as-json")) } }
            }
        }
    };
    let tab = article
        .published
        .day()
        .map_or_else(|| title.clone(), |d| say!(t, "article-tab", title = title.as_str(), day = t.day(d)));
    Ok(page(world, (&view, t), &tab, "/articles", &main))
}
