//! The map page: the answer first, then map, days, places; and the chosen place with its argument.

use jiff::civil::Date;
use marchland_atlas::{FORMATS, MapRequest, Mark, Names, day_words, draw, state_words, symbol};
use maud::{Markup, PreEscaped, html};

use super::layout::page;
use super::place::place_panel;
use super::timeline::{Histories, controls, timeline};
use super::views::save_form;
use crate::ask::Ask;
use crate::assets::address;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::view::{View, mark_word};
use crate::words::ago;
use crate::world::World;

/// The page.
pub(crate) fn map(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let seen = Resolved::new(world, &view)?;
    let title = format!("{}, {}", seen.country_name, day_words(seen.query.on));
    if seen.now.control().places().next().is_none() {
        return Ok(page(world, &view, "Nothing yet", "/", &nothing(&seen)));
    }
    let histories = Histories::of(&seen);
    let timeline = timeline(&seen, &histories);
    let main = html! {
        (answer(&seen))
        (controls(&seen, &histories))
        div.board {
            section.map aria-label="Map" {
                // The page says it above: the picture needs no heading.
                div.drawn { (PreEscaped(words_apart(&draw(&MapRequest { title: String::new(), ..seen.map(780, true) })))) }
                button #movable type="button" hidden data-module=(address("map.mjs")) data-style=(address("maplibre-gl.css")) { "Zoom and move" }
            }
            div.side {
                @if let Some(place) = view.place {
                    (place_panel(world, &seen, place)?)
                }
                (places(&seen, MOST_ROWS))
            }
        }
        section.days aria-label="Timeline" { (PreEscaped(words_apart(&timeline.into_string()))) }
        @if let Some(compare) = view.compare { (differences(world, &seen, compare)?) }
        (areas(&seen))
        (files(&seen))
    };
    Ok(page(world, &view, &title, "/", &main))
}

/// A text browser shows the words of a drawing without the drawing: they must not run together.
fn words_apart(svg: &str) -> String {
    svg.replace("</text>", "</text>\n")
}

fn nothing(seen: &Resolved) -> Markup {
    html! {
        h1 { "Nothing is known yet" }
        p { "The ledger holds " (seen.now.counts.articles) " articles and no claim about who holds a place." }
        p { "Add articles with " code { "marchland read FILE --store ..." } ", then load this page again." }
        @for (why, n) in &seen.now.mute { p.quiet { (n) " claims have no say: each " (why) "." } }
    }
}

/// "Taliban 6 of 34 provincial capitals, 1 contested, as reported by 9 August 2021": each number a link to its list.
fn answer(seen: &Resolved) -> Markup {
    let count = seen.count();
    let base = View { place: None, claim: None, party: None, mark: None, q: None, ..seen.view.clone() };
    let mut parts: Vec<(String, usize, Option<Mark>, View)> = Vec::new();
    let nobody = seen.parties.iter().all(|p| count.held_by(&p.id) == 0);
    for (n, party) in seen.parties.iter().enumerate() {
        let held = count.held_by(&party.id);
        if held > 0 || (nobody && n == 0) {
            parts.push((party.name.clone(), held, None, View { party: Some(party.id.clone()), ..base.clone() }));
        }
    }
    for mark in [Mark::Contested, Mark::Unknown] {
        let n = count.marked(mark);
        if n > 0 {
            parts.push((mark.words().to_owned(), n, Some(mark), View { mark: Some(mark), ..base.clone() }));
        }
    }
    let claimed = count.marked(Mark::Claimed);
    let known = seen.query.known_by.unwrap_or(seen.span.1);
    html! {
        h1.answer {
            @for (n, (name, held, mark, view)) in parts.iter().enumerate() {
                @if n > 0 { ", " }
                @if mark.is_some() {
                    a href=(view.at("/") + "#places") { (held) " " (name) }
                } @else {
                    (name) " " a href=(view.at("/") + "#places") { (held) }
                }
                @if n == 0 { " of " a href=(base.at("/") + "#places") { (count.total) } " " (seen.unit) }
            }
            @if seen.query.on == known {
                ", as reported by " span.day { (day_words(known)) }
            } @else {
                ", on " span.day { (day_words(seen.query.on)) } ", as reported by " span.day { (day_words(known)) }
            }
        }
        p.second {
            @if claimed > 0 { a href=(View { mark: Some(Mark::Claimed), ..base.clone() }.at("/") + "#places") { (claimed) " claimed only by the winner" } ". " }
            @if count.besieged > 0 { (count.besieged) " besieged. " }
            "From " a href="/articles" { (seen.now.counts.articles) " articles" } ", " (seen.now.counts.claims) " claims. "
            a href="/method" { "What the words mean" } "."
        }
    }
}

/// Most rows of the table beside the map: a step in time must stay quick. The page of places has all.
const MOST_ROWS: usize = 400;

/// `/places`: the table alone, whole, for weak lines and for those who do not see the map.
pub(crate) fn places_page(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let seen = Resolved::new(world, &view)?;
    let main = html! {
        (answer(&seen))
        p { a href=(view.at("/")) { "← to the map" } }
        (places(&seen, usize::MAX))
    };
    Ok(page(world, &view, "Places", "/", &main))
}

/// The table twin of the map.
fn places(seen: &Resolved, most: usize) -> Markup {
    let rows = seen.filtered();
    let all = rows.len();
    let filters = seen
        .view
        .mark
        .map(|m| m.words().to_owned())
        .into_iter()
        .chain(seen.view.party.as_ref().map(|p| seen.party(Some(p)).map_or_else(|| p.to_string(), |s| s.name.clone())))
        .chain(seen.view.q.clone());
    let filters: Vec<String> = filters.collect();
    let clear = View { mark: None, party: None, q: None, ..seen.view.clone() };
    html! {
        section.places #places aria-label="Places" {
            h2 { (all) " " (seen.unit) @if !filters.is_empty() { ": " (filters.join(", ")) " " a.quiet href=(clear.at("/") + "#places") { "show all" } } }
            form.filter method="get" action="/" role="search" {
                @for (name, value) in seen.view.pairs().iter().filter(|(k, _)| *k != "q") { input type="hidden" name=(name) value=(value); }
                label { span.hide { "Name or province" } input type="search" name="q" value=[seen.view.q.as_ref()] placeholder="Name or province"; }
                button type="submit" { "Find" }
            }
            table {
                thead { tr { th scope="col" { "Place" } th scope="col" { "State" } th scope="col" { "Since" } th scope="col" { "Last told" } th.number scope="col" { "Reports" } } }
                tbody {
                    @for (place, state) in rows.into_iter().take(most) {
                        @let mark = Mark::of(state);
                        @let holder = seen.party(state.holder.as_ref()).filter(|_| mark.has_holder());
                        tr.chosen[seen.view.place == Some(place.id)] {
                            th scope="row" {
                                a href=(seen.view.place(place.id).at("/") + "#place") { (place.name) }
                                @if let Some(local) = &place.local_name { " " bdi.local { (local) } }
                            }
                            td {
                                (PreEscaped(symbol(mark, holder, seen.party(state.besieged_by.as_ref()), 18.0))) " "
                                @if let Some(holder) = holder { (holder.name) @if mark != Mark::Held { ", " (mark.words()) } } @else { (mark.words()) }
                                @if state.besieged_by.is_some() { ", besieged" }
                            }
                            td.day { @if let Some(since) = state.since.filter(|_| mark != Mark::Unknown) { (since.strftime("%-d %b %Y")) } }
                            td.day { @if let Some(last) = state.last_confirmed { (ago(last, seen.query.on)) } @else if state.reports > 0 { "not by that day" } @else { "never" } }
                            td.number { (state.reports) }
                        }
                    }
                }
            }
            @if all > most { p { "The first " (most) " by name. " a href=(seen.view.at("/places")) { "All " (all) } "." } }
        }
    }
}

/// What differs between two days.
fn differences(world: &World, seen: &Resolved, other: Date) -> Result<Markup, Problem> {
    use marchland_atlas::Lookup;
    let ids: std::collections::BTreeSet<_> = seen.rows.iter().map(|(p, _)| p.id).collect();
    let (from, to) = (seen.query.on.min(other), seen.query.on.max(other));
    let ask = |on| marchland_control::Query { on, known_by: seen.query.known_by };
    let changes = seen.now.control().diff(&ask(from), &ask(to), |p| ids.contains(&p));
    let name =
        |id: Option<&marchland_actor::ActorId>| id.map_or_else(|| "unknown".to_owned(), |id| world.actor_name(id));
    Ok(html! {
        section.differences #differences {
            h2 { "From " (day_words(from)) " to " (day_words(to)) ": " (changes.len()) " differences" }
            div.pair {
                @for (n, day) in [from, to].into_iter().enumerate() {
                    @let there = Resolved::new(world, &seen.view.on(day))?;
                    figure {
                        figcaption { (day_words(day)) }
                        (PreEscaped(words_apart(&draw(&MapRequest { title: String::new(), names: Names::None, id: format!("pair{n}-"), source: String::new(), ..there.map(480, false) }))))
                    }
                }
            }
            p { "The list as " a href=(seen.view.at("/differences.csv")) { "CSV" } ", " a href=(format!("/api/changes?from={from}&to={to}&country={}{}", seen.country, seen.view.known_by.map(|d| format!("&known_by={d}")).unwrap_or_default())) { "JSON" } "." }
            table {
                thead { tr { th scope="col" { "Place" } th scope="col" { "Before" } th scope="col" { "After" } th scope="col" { "What" } th scope="col" { "Since" } } }
                tbody {
                    @for c in &changes {
                        tr {
                            th scope="row" { a href=(seen.view.place(c.place).at("/") + "#place") { (world.place(c.place).map_or_else(|| c.place.to_string(), |p| p.name)) } }
                            td { (name(c.from.as_ref())) }
                            td { @if c.kind == marchland_control::ChangeKind::NewlyContested { "contested" } @else { (name(c.to.as_ref())) } }
                            td { (serde_json::to_value(c.kind).ok().and_then(|v| v.as_str().map(|s| s.replace('_', " "))).unwrap_or_default()) }
                            td.day { (c.day.strftime("%-d %b %Y")) }
                        }
                    }
                }
            }
        }
    })
}

/// Provinces of which a claim speaks: never painted by their capital.
fn areas(seen: &Resolved) -> Markup {
    html! {
        @if !seen.areas.is_empty() {
            section.areas {
                h2 { "Provinces spoken of" }
                p.quiet { "A province is not held because its capital is: these are claims about the whole." }
                ul {
                    @for (place, state) in &seen.areas {
                        li { a href=(seen.view.place(place.id).at("/") + "#place") { (place.name) } ": " (state_words(state, &seen.parties)) }
                    }
                }
            }
        }
    }
}

fn files(seen: &Resolved) -> Markup {
    html! {
        section.files {
            h2 { "Take it with you" }
            p {
                "This map as " a href=(seen.view.at("/map.svg")) { "SVG" } ", " a href=(seen.view.at("/map.png")) { "PNG" }
                ", a " a href=(seen.view.at("/grid.svg")) { "sheet of dates" } ". This view as "
                @for (n, format) in FORMATS.iter().enumerate() {
                    @if n > 0 { ", " }
                    a href=(seen.view.at(&format!("/export/{}", format.name))) title=(format.what) { (format.name) }
                }
                "."
            }
            @if let Some(mark) = seen.view.mark { p.quiet { "Filter: " (mark_word(mark)) } }
            (save_form(&seen.view))
        }
    }
}
