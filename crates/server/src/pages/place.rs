//! One place: its state, the argument for it in decibans, and what was said, down to the sentence.

use std::collections::BTreeMap;

use marchland_atlas::{Lookup, Mark, state_words, symbol};
use marchland_claim::ClaimId;
use marchland_control::{PlaceState, Reason, ReasonKind};
use marchland_ledger::{ClaimEntry, ClaimFilter};
use marchland_place::PlaceId;
use marchland_words::{Tongue, say};
use maud::{Markup, PreEscaped, html};

use crate::article_text::{Marked, sentence};
use crate::charts::bar;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::said::said;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

/// The panel of a chosen place.
pub(crate) fn place_panel(world: &World, seen: &Resolved, id: PlaceId) -> Result<Markup, Problem> {
    let t = seen.tongue;
    let place = world.place(id).ok_or_else(|| Problem::NotFound(said!("problem-no-place", id = id.to_string())))?;
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
        section.place-panel #place aria-labelledby="place-name" {
            a.close href=(close.at("/")) title=(t.say("close-key")) aria-label=(t.say("close")) { "×" }
            h2 #place-name {
                bdi { (place.name) } @if let Some(local) = &place.local_name { " " bdi.local { (local) } }
            }
            p.where {
                @if let Some(admin1) = &place.admin1 { bdi { (admin1) } (t.say("comma")) } bdi { (place.country_name.as_deref().unwrap_or("")) }
                @if let Some((lat, lon)) = place.position() { " · " bdi { (format!("{lat:.3}, {lon:.3}")) } }
            }
            p.state {
                (PreEscaped(symbol(mark, seen.party(state.holder.as_ref()), seen.party(state.besieged_by.as_ref()), 26.0))) " "
                @let words = html! { strong { (state_words(t, &state, &seen.parties)) } };
                @if mark == Mark::Unknown { (words) } @else { (mark!(t, "place-probability", state = words, p = t.percent(state.probability))) }
            }
            p.quiet {
                (say!(t, "place-on", day = t.day(seen.query.on))) " "
                @if let Some(last) = state.last_confirmed { (say!(t, "place-last", ago = words::ago(t, last, seen.query.on), reports = say!(t, "count-reports", n = state.reports), independent = state.independent)) } @else { (t.say("place-nobody")) }
            }
            (argument(seen, &state, &by_id))
            @if !history.is_empty() {
                details {
                    summary { (say!(t, "its-states", n = history.len())) }
                    ul.history {
                        @for row in &history {
                            @let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
                            li {
                                @let day = html! { a href=(seen.view.on(row.valid_from).at("/") + "#place") { (t.day(row.valid_from)) } };
                                @let drawn = html! { (PreEscaped(symbol(mark, seen.party(row.holder.as_ref()), None, 16.0))) };
                                @let state = seen.party(row.holder.as_ref()).filter(|_| mark.has_holder()).map_or_else(|| mark.say(t), |p| say!(t, "holder-mark", holder = p.name.as_str(), mark = mark.say(t)));
                                (mark!(t, "history-row", day = day, symbol = drawn, state = state, p = t.percent(row.probability)))
                            }
                        }
                    }
                }
            }
            h3 { (say!(t, "count-claims", n = listed.len())) }
            ol.claims {
                @for entry in listed.iter().take(200) {
                    (claim_item(world, seen, entry, weights.get(&entry.claim.id).copied()))
                }
            }
            @if listed.len() > 200 { p.note { (mark!(t, "claims-more", n = 200_usize, json = html! { a translate="no" href=(format!("/api/claims?place={id}")) { "JSON" } })) } }
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
    let t = seen.tongue;
    let scale = state.reasons.iter().map(|r| r.decibans.abs()).fold(10.0, f64::max);
    html! {
        h3 { (t.say("why")) }
        table.argument {
            thead { tr { th scope="col" { (t.say("col-reason")) } th scope="col" { (t.say("col-for-against")) } th.number scope="col" { abbr title=(t.say("decibans-title")) { (t.say("decibans-short")) } } } }
            tbody {
                @for reason in &state.reasons {
                    tr {
                        td { (reason_words(seen, reason, by_id)) }
                        td { (bar(reason.decibans, scale)) }
                        td.number { (format!("{:+.1}", reason.decibans)) }
                    }
                }
            }
            tfoot { tr { th scope="row" { (t.say("together")) } td {} td.number { strong { (format!("{:+.1}", state.log_odds)) } } } }
        }
    }
}

fn reason_words(seen: &Resolved, reason: &Reason, by_id: &BTreeMap<&ClaimId, &ClaimEntry>) -> Markup {
    let t = seen.tongue;
    let entry = reason.claim.as_ref().and_then(|c| by_id.get(c));
    html! {
        @match (reason.kind, entry) {
            (ReasonKind::Report, Some(entry)) => {
                @let outlet = html! { a href={ "#c-" (entry.claim.id.0) } { (outlet(t, entry.outlet.as_deref())) } };
                @let manner = words::manner(t, &entry.claim);
                @match reason.day { Some(day) => { (mark!(t, "reason-told-day", outlet = outlet, manner = manner, day = t.day_short(day))) }, None => { (mark!(t, "reason-told", outlet = outlet, manner = manner)) } }
            },
            _ => { (words::reason(t, reason)) },
        }
        @if let Some(party) = seen.party(reason.speaks_for.as_ref()) { " " span.quiet { (mark!(t, "reason-speaks-for", party = party.name.as_str())) } }
        @else if reason.kind == ReasonKind::Report { " " span.quiet { (t.say("reason-speaks-contested")) } }
    }
}

/// One claim with its sentence.
fn claim_item(world: &World, seen: &Resolved, entry: &ClaimEntry, decibans: Option<f64>) -> Markup {
    let claim = &entry.claim;
    let chosen = seen.view.claim.as_ref() == Some(&claim.id);
    let address =
        View { claim: Some(claim.id.clone()), ..seen.view.clone() }.at(&format!("/article/{}", entry.article));
    let article = world.article(&entry.article);
    let t = seen.tongue;
    let name = html! { strong { (outlet(t, entry.outlet.as_deref())) } };
    html! {
        li.claim.chosen[chosen] id={ "c-" (claim.id.0) } {
            p.says {
                (mark!(t, "claim-says", claim = html! { strong { (words::claim(t, world, claim)) } }, days = words::days(t, claim)))
                @if claim.background { span.tag { (t.say("background")) } }
                @if let Some(decibans) = decibans { span.weight { (t.decibans(decibans)) } }
            }
            @if let Some(article) = &article {
                blockquote cite=(address) dir="auto" {
                    a href={ (address) "#claim-" (claim.id.0) } { (sentence(t, &article.text, claim.evidence.sentence, &marks(entry, false))) }
                }
            }
            p.source {
                (mark!(t, "claim-source", manner = words::manner(t, claim), outlet = name, clocks = words::clocks(t, entry), rule = html! { code { (claim.evidence.rule) } }, p = t.percent(f64::from(claim.confidence))))
                @if let Some(verdict) = entry.verdict { " " (say!(t, "claim-judged", verdict = words::verdict(t, verdict))) }
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

/// The name of an outlet, or that it has none.
pub(crate) fn outlet(t: Tongue, name: Option<&str>) -> Markup {
    match name {
        Some(name) => html! { bdi { (name) } },
        None => html! { (t.say("unnamed-outlet")) },
    }
}
