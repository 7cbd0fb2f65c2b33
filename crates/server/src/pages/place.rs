//! One place: its state, the argument for it in decibans, and what was said, down to the sentence.

use std::collections::BTreeMap;

use marchland_atlas::{Lookup, Mark, day_words, state_words, symbol};
use marchland_claim::ClaimId;
use marchland_control::{PlaceState, Reason, ReasonKind};
use marchland_ledger::{ClaimEntry, ClaimFilter};
use marchland_place::PlaceId;
use maud::{Markup, PreEscaped, html};

use crate::article_text::{Marked, sentence};
use crate::charts::bar;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::view::View;
use crate::words;
use crate::world::World;

/// The panel of a chosen place.
pub(crate) fn place_panel(world: &World, seen: &Resolved, id: PlaceId) -> Result<Markup, Problem> {
    let place = world.place(id).ok_or_else(|| Problem::NotFound(format!("There is no place {id} in the gazetteer")))?;
    let state = seen.now.control().state(id, &seen.query);
    let entries = claims_for(world, id, &state)?;
    let by_id: BTreeMap<&ClaimId, &ClaimEntry> = entries.iter().map(|e| (&e.claim.id, e)).collect();
    let weights: BTreeMap<&ClaimId, f64> =
        state.reasons.iter().filter_map(|r| Some((r.claim.as_ref()?, r.decibans))).collect();
    let mark = Mark::of(&state);
    let close = View { place: None, claim: None, ..seen.view.clone() };
    let history = seen.now.control().intervals(id, seen.query.known_by);
    // Those that weigh most first; then the latest.
    let mut listed: Vec<&ClaimEntry> = entries.iter().collect();
    listed.sort_by(|a, b| {
        let weight = |e: &ClaimEntry| weights.get(&e.claim.id).copied().unwrap_or(0.0).abs();
        weight(b).total_cmp(&weight(a)).then(b.published.cmp(&a.published)).then(a.claim.id.cmp(&b.claim.id))
    });
    Ok(html! {
        section.place-panel #place aria-label=(place.name) {
            a.close href=(close.at("/")) title="Close (Escape)" aria-label="Close" { "×" }
            h2 {
                (place.name) @if let Some(local) = &place.local_name { " " bdi.local { (local) } }
            }
            p.where {
                @if let Some(admin1) = &place.admin1 { (admin1) ", " } (place.country_name.as_deref().unwrap_or(""))
                @if let Some((lat, lon)) = place.position() { " · " (format!("{lat:.3}, {lon:.3}")) }
            }
            p.state {
                (PreEscaped(symbol(mark, seen.party(state.holder.as_ref()), seen.party(state.besieged_by.as_ref()), 26.0))) " "
                strong { (state_words(&state, &seen.parties)) }
                @if mark != Mark::Unknown { " (probability " (percent(state.probability)) ")" }
            }
            p.quiet {
                "On " (day_words(seen.query.on)) ". "
                @if let Some(last) = state.last_confirmed { "Last word " (words::ago(last, seen.query.on)) ", " } @else { "Nobody has spoken of it. " }
                (state.reports) " reports, " (state.independent) " independent."
            }
            (argument(seen, &state, &by_id))
            @if !history.is_empty() {
                details {
                    summary { "Its states (" (history.len()) ")" }
                    ul.history {
                        @for row in &history {
                            @let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
                            li {
                                a href=(seen.view.on(row.valid_from).at("/") + "#place") { (day_words(row.valid_from)) } ": "
                                (PreEscaped(symbol(mark, seen.party(row.holder.as_ref()), None, 16.0))) " "
                                @if let Some(p) = seen.party(row.holder.as_ref()).filter(|_| mark.has_holder()) { (p.name) ", " }
                                (mark.words()) " (" (percent(row.probability)) ")"
                            }
                        }
                    }
                }
            }
            h3 { (listed.len()) " claims" }
            ol.claims {
                @for entry in listed.iter().take(200) {
                    (claim_item(world, seen, entry, weights.get(&entry.claim.id).copied()))
                }
            }
            @if listed.len() > 200 { p.note { "The first 200 are shown; all of them: " a href=(format!("/api/claims?place={id}")) { "JSON" } } }
        }
    })
}

/// The claims on the place, and those on others that the argument rests on (a report on its province).
fn claims_for(world: &World, id: PlaceId, state: &PlaceState) -> Result<Vec<ClaimEntry>, Problem> {
    let ledger = world.ledger();
    let mut entries = ledger.claims(&ClaimFilter { places: vec![id], ..ClaimFilter::default() })?;
    let missing: Vec<&ClaimId> = state
        .reasons
        .iter()
        .filter_map(|r| r.claim.as_ref())
        .filter(|c| entries.iter().all(|e| e.claim.id != **c))
        .collect();
    for claim in missing {
        entries.extend(ledger.claim(claim)?);
    }
    Ok(entries)
}

/// The reasons as bars that add up to the answer.
fn argument(seen: &Resolved, state: &PlaceState, by_id: &BTreeMap<&ClaimId, &ClaimEntry>) -> Markup {
    if state.reasons.is_empty() {
        return html! {};
    }
    let scale = state.reasons.iter().map(|r| r.decibans.abs()).fold(10.0, f64::max);
    html! {
        h3 { "Why" }
        table.argument {
            thead { tr { th scope="col" { "Reason" } th scope="col" { "For or against" } th.number scope="col" { abbr title="decibans: ten times the logarithm of the odds; 10 is ten to one" { "dB" } } } }
            tbody {
                @for reason in &state.reasons {
                    tr {
                        td { (reason_words(seen, reason, by_id)) }
                        td { (bar(reason.decibans, scale)) }
                        td.number { (format!("{:+.1}", reason.decibans)) }
                    }
                }
            }
            tfoot { tr { th scope="row" { "Together, for the answer" } td {} td.number { strong { (format!("{:+.1}", state.log_odds)) } } } }
        }
    }
}

fn reason_words(seen: &Resolved, reason: &Reason, by_id: &BTreeMap<&ClaimId, &ClaimEntry>) -> Markup {
    let entry = reason.claim.as_ref().and_then(|c| by_id.get(c));
    html! {
        @match (reason.kind, entry) {
            (ReasonKind::Report, Some(entry)) => {
                a href={ "#c-" (entry.claim.id.0) } { (entry.outlet.as_deref().unwrap_or("unnamed outlet")) }
                ", " (words::manner(&entry.claim))
                @if let Some(day) = reason.day { ", for " (day.strftime("%-d %b %Y")) }
            },
            _ => { (words::reason(reason)) },
        }
        @if let Some(party) = seen.party(reason.speaks_for.as_ref()) { span.quiet { " → " (party.name) } }
        @else if reason.kind == ReasonKind::Report { span.quiet { " → contested" } }
    }
}

/// One claim with its sentence.
fn claim_item(world: &World, seen: &Resolved, entry: &ClaimEntry, decibans: Option<f64>) -> Markup {
    let claim = &entry.claim;
    let chosen = seen.view.claim.as_ref() == Some(&claim.id);
    let address =
        View { claim: Some(claim.id.clone()), ..seen.view.clone() }.at(&format!("/article/{}", entry.article));
    let article = world.article(&entry.article);
    html! {
        li.claim.chosen[chosen] id={ "c-" (claim.id.0) } {
            p.says {
                strong { (words::claim(world, claim)) } ", " (words::days(claim)) "."
                @if claim.background { span.tag { "background" } }
                @if let Some(decibans) = decibans { span.weight { (format!("{decibans:+.1} dB")) } }
            }
            @if let Some(article) = &article {
                blockquote cite=(address) dir="auto" {
                    a href={ (address) "#claim-" (claim.id.0) } { (sentence(&article.text, claim.evidence.sentence, &marks(entry, false))) }
                }
            }
            p.source {
                (words::manner(claim)) ". " strong { (entry.outlet.as_deref().unwrap_or("Unnamed outlet")) } ", " (words::clocks(entry)) ". "
                "Rule " code { (claim.evidence.rule) } ", confidence " (percent(f64::from(claim.confidence))) "."
                @if let Some(verdict) = entry.verdict { " Judged: " (verdict.word()) "." }
            }
        }
    }
}

/// What to mark in the text for one claim.
pub(crate) fn marks(entry: &ClaimEntry, chosen: bool) -> Vec<Marked> {
    let claim = &entry.claim;
    let mark = |span, class| Marked { span, class, claim: claim.id.0.clone(), chosen };
    let mut marks = vec![
        mark(claim.evidence.clause, "clause"),
        mark(claim.evidence.trigger, "trigger"),
        mark(claim.place.span, "words"),
    ];
    marks.extend(claim.holder.iter().chain(&claim.other).map(|p| mark(p.span, "words")));
    marks.extend(claim.speaker.iter().map(|s| mark(s.span, "words")));
    marks.extend(claim.time.span.map(|s| mark(s, "words")));
    marks
}

pub(crate) fn percent(p: f64) -> String {
    let hundred = p * 100.0;
    if hundred > 99.0 && hundred < 99.95 { format!("{hundred:.1} %") } else { format!("{hundred:.0} %") }
}
