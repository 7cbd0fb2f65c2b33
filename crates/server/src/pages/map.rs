//! The map page: the answer first, then map, days, places; and the chosen place with its argument.

use jiff::civil::Date;
use marchland_atlas::{FORMATS, MapRequest, Mark, Names, PlaceInfo, Unit, draw, state_words, symbol};
use marchland_control::PlaceState;
use marchland_words::say;
use maud::{Markup, PreEscaped, html};

use super::layout::page;
use super::place::place_panel;
use super::timeline::{Histories, controls, timeline};
use super::views::save_form;
use crate::ask::Ask;
use crate::assets::address;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::speech::mark;
use crate::view::View;
use crate::words::{self, ago};
use crate::world::World;

/// The page.
pub(crate) fn map(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let t = ask.tongue;
    let seen = Resolved::new(world, &view, t)?;
    let title = say!(t, "map-tab", country = seen.country_name.as_str(), day = t.day(seen.query.on));
    if seen.now.control().places().next().is_none() {
        return Ok(page(world, (&view, t), &t.say("nothing-tab"), "/", &nothing(&seen)));
    }
    let histories = Histories::of(&seen);
    let timeline = timeline(&seen, &histories);
    let main = html! {
        (answer(&seen))
        (controls(&seen, &histories))
        div.board {
            section.map aria-label=(t.say("map")) {
                // The page says it above: the picture needs no heading.
                div.drawn { (PreEscaped(words_apart(&draw(&MapRequest { title: String::new(), ..seen.map(780, true) })))) }
                button #movable type="button" hidden data-module=(address("map.mjs")) data-style=(address("maplibre-gl.css")) { (t.say("map-move")) }
            }
            div.side {
                @if let Some(place) = view.place {
                    (place_panel(world, &seen, place)?)
                }
                (places(&seen, 0, MOST_ROWS))
            }
        }
        section.days aria-label=(t.say("timeline")) { (PreEscaped(words_apart(&timeline.into_string()))) }
        @if let Some(compare) = view.compare { (differences(world, &seen, compare)?) }
        (areas(&seen))
        (files(&seen))
    };
    Ok(page(world, (&view, t), &title, "/", &main))
}

/// A text browser shows the words of a drawing without the drawing: they must not run together.
fn words_apart(svg: &str) -> String {
    svg.replace("</text>", "</text>\n")
}

fn nothing(seen: &Resolved) -> Markup {
    let t = seen.tongue;
    html! {
        h1 { (t.say("nothing-title")) }
        p { (say!(t, "nothing-holds", n = seen.now.counts.articles)) }
        p { (mark!(t, "nothing-do", command = html! { code { "marchland read FILE --store ..." } }, read = html! { a href="/read" { (t.say("nothing-read")) } })) }
        @for (why, n) in &seen.now.mute { p.quiet { (say!(t, "nothing-mute", n = *n, why = t.say(why))) } }
    }
}

/// "Taliban 6 of 34 provincial capitals, 1 contested, as reported by 9 August 2021": each number a link to its list.
fn answer(seen: &Resolved) -> Markup {
    let t = seen.tongue;
    let count = seen.count();
    let base = View { place: None, claim: None, party: None, mark: None, q: None, ..seen.view.clone() };
    let list = |view: &View, words: &Markup| html! { a href=(view.at("/") + "#places") { (words) } };
    let number = |n: usize| html! { (t.number(n)) };
    let mut parts: Vec<Markup> = Vec::new();
    let nobody = seen.parties.iter().all(|p| count.held_by(&p.id) == 0);
    for (n, party) in seen.parties.iter().enumerate() {
        let held = count.held_by(&party.id);
        if held > 0 || (nobody && n == 0) {
            let held = list(&View { party: Some(party.id.clone()), ..base.clone() }, &number(held));
            parts.push(mark!(t, "answer-party", party = party.name.as_str(), held = held));
        }
    }
    for (mark, key) in [(Mark::Contested, "answer-contested"), (Mark::Unknown, "answer-unknown")] {
        let n = count.marked(mark);
        if n > 0 {
            let words = html! { (say!(t, key, n = n)) };
            parts.push(list(&View { mark: Some(mark), ..base.clone() }, &words));
        }
    }
    let of = if seen.unit == Unit::Capitals { "answer-of-capitals" } else { "answer-of-places" };
    let first = parts.first().cloned().unwrap_or_else(|| html! { (t.say("answer-none")) });
    let first = mark!(t, of, part = first, total = list(&base, &number(count.total)), n = count.total);
    let comma = t.say("comma");
    let answer = html! { (first) @for part in parts.iter().skip(1) { (comma) (part) } };
    let claimed = count.marked(Mark::Claimed);
    let known = seen.query.known_by.unwrap_or(seen.span.1);
    let day = |d| html! { span.day { (t.day(d)) } };
    let method = html! { a href="/method" { (t.say("what-words-mean")) } };
    let articles = html! { a href="/articles" { (say!(t, "count-articles", n = seen.now.counts.articles)) } };
    html! {
        h1.answer {
            @if seen.query.on == known { (mark!(t, "answer-reported", answer = answer, known = day(known))) }
            @else { (mark!(t, "answer-on-reported", answer = answer, on = day(seen.query.on), known = day(known))) }
        }
        p.second {
            @if claimed > 0 { (list(&View { mark: Some(Mark::Claimed), ..base.clone() }, &html! { (say!(t, "second-claimed", n = claimed)) })) (t.say("sentence-end")) }
            @if count.besieged > 0 { (say!(t, "second-besieged", n = count.besieged)) (t.say("sentence-end")) }
            (mark!(t, "second-from", articles = articles, claims = say!(t, "count-claims", n = seen.now.counts.claims), method = method))
        }
    }
}

/// Most rows of the table beside the map: a step in time must stay quick. The page of places has all, in parts.
const MOST_ROWS: usize = 100;
/// Rows of one part of the page of places.
const PART: usize = 500;

/// `/places`: the table alone, whole, for weak lines and for those who do not see the map.
pub(crate) fn places_page(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let t = ask.tongue;
    let seen = Resolved::new(world, &view, t)?;
    let from = ask.number::<usize>("skip")?.unwrap_or(0);
    let all = seen.filtered().len();
    let part = |skip: usize| {
        let address = view.at("/places");
        format!("{address}{}skip={skip}", if address.contains('?') { '&' } else { '?' })
    };
    let main = html! {
        (answer(&seen))
        p { a href=(view.at("/")) { (t.say("back-to-map")) } }
        (places(&seen, from, PART))
        @if all > PART {
            nav.steps aria-label=(t.say("places")) {
                @if from > 0 { a.step rel="prev" href=(part(from.saturating_sub(PART))) { (say!(t, "places-previous", n = PART)) } " " }
                @if from + PART < all { a.step rel="next" href=(part(from + PART)) { (say!(t, "places-next", n = (all - from - PART).min(PART))) } }
            }
        }
    };
    Ok(page(world, (&view, t), &t.say("places"), "/", &main))
}

/// The table twin of the map.
fn places(seen: &Resolved, from: usize, most: usize) -> Markup {
    let t = seen.tongue;
    let rows = seen.filtered();
    let all = rows.len();
    let filters = seen
        .view
        .mark
        .map(|m| m.say(t))
        .into_iter()
        .chain(seen.view.party.as_ref().map(|p| seen.party(Some(p)).map_or_else(|| p.to_string(), |s| s.name.clone())))
        .chain(seen.view.q.clone());
    let filters: Vec<String> = filters.collect();
    let clear = View { mark: None, party: None, q: None, ..seen.view.clone() };
    let count = seen.unit.counted(t, all);
    html! {
        section.places #places aria-label=(t.say("places")) {
            h2 {
                @if filters.is_empty() { (count) }
                @else { (mark!(t, "places-of", count = html! { (count) }, filters = filters.join(&t.say("comma")))) " " a.quiet href=(clear.at("/") + "#places") { (t.say("places-show-all")) } }
            }
            form.filter method="get" action="/" role="search" {
                @for (name, value) in seen.view.pairs().iter().filter(|(k, _)| *k != "q") { input type="hidden" name=(name) value=(value); }
                label { span.hide { (t.say("find-name")) } input type="search" name="q" value=[seen.view.q.as_ref()] placeholder=(t.say("find-name")); }
                button type="submit" { (t.say("find")) }
            }
            table {
                thead { tr { @for key in ["col-place", "col-state", "col-since", "col-last-told"] { th scope="col" { (t.say(key)) } } th.number scope="col" { (t.say("col-reports")) } } }
                tbody { @for (place, state) in rows.into_iter().skip(from).take(most) { (row(seen, place, state)) } }
            }
            @if all > most && from == 0 && most == MOST_ROWS {
                p { (mark!(t, "places-first", n = most, all = html! { a href=(seen.view.at("/places")) { (say!(t, "places-all", n = all)) } })) }
            }
            @if from > 0 { p.quiet { (say!(t, "places-range", from = from + 1, to = (from + most).min(all), count = count)) } }
        }
    }
}

/// A place in the table.
fn row(seen: &Resolved, place: &PlaceInfo, state: &PlaceState) -> Markup {
    let t = seen.tongue;
    let mark = Mark::of(state);
    let holder = seen.party(state.holder.as_ref()).filter(|_| mark.has_holder());
    let told = match holder {
        Some(holder) if mark == Mark::Held => html! { bdi { (holder.name) } },
        Some(holder) => mark!(t, "holder-mark", holder = holder.name.as_str(), mark = html! { (mark.say(t)) }),
        None => html! { (mark.say(t)) },
    };
    html! {
        tr.chosen[seen.view.place == Some(place.id)] {
            th scope="row" {
                a href=(seen.view.place(place.id).at("/") + "#place") { bdi { (place.name) } }
                @if let Some(local) = &place.local_name { " " bdi.local { (local) } }
            }
            td {
                (PreEscaped(symbol(mark, holder, seen.party(state.besieged_by.as_ref()), 18.0))) " "
                @if state.besieged_by.is_some() { (mark!(t, "also-besieged", state = told)) } @else { (told) }
            }
            td.day { @if let Some(since) = state.since.filter(|_| mark != Mark::Unknown) { (t.day_short(since)) } }
            td.day { @if let Some(last) = state.last_confirmed { (ago(t, last, seen.query.on)) } @else if state.reports > 0 { (t.say("not-by-that-day")) } @else { (t.say("never")) } }
            td.number { (state.reports) }
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
    let t = seen.tongue;
    let name = |id: Option<&marchland_actor::ActorId>| match id {
        Some(id) => html! { bdi { (world.actor_name(id)) } },
        None => html! { (t.say("unknown")) },
    };
    let known = seen.view.known_by.map(|d| format!("&known_by={d}")).unwrap_or_default();
    let json = format!("/api/changes?from={from}&to={to}&country={}{known}", seen.country);
    Ok(html! {
        section.differences #differences {
            h2 { (say!(t, "differences-title", n = changes.len(), from = t.day(from), to = t.day(to))) }
            div.pair {
                @for (n, day) in [from, to].into_iter().enumerate() {
                    @let there = Resolved::new(world, &seen.view.on(day), t)?;
                    figure {
                        figcaption { (t.day(day)) }
                        (PreEscaped(words_apart(&draw(&MapRequest { title: String::new(), names: Names::None, id: format!("pair{n}-"), source: String::new(), ..there.map(480, false) }))))
                    }
                }
            }
            p { (mark!(t, "differences-list", csv = html! { a translate="no" href=(seen.view.at("/differences.csv")) { "CSV" } }, json = html! { a translate="no" href=(json) { "JSON" } })) }
            table {
                thead { tr { @for key in ["col-place", "col-before", "col-after", "col-what", "col-since"] { th scope="col" { (t.say(key)) } } } }
                tbody {
                    @for c in &changes {
                        tr {
                            th scope="row" { a href=(seen.view.place(c.place).at("/") + "#place") { bdi { (world.place(c.place).map_or_else(|| c.place.to_string(), |p| p.name)) } } }
                            td { (name(c.from.as_ref())) }
                            td { @if c.kind == marchland_control::ChangeKind::NewlyContested { (Mark::Contested.say(t)) } @else { (name(c.to.as_ref())) } }
                            td { (words::of(t, "change", &c.kind)) }
                            td.day { (t.day_short(c.day)) }
                        }
                    }
                }
            }
        }
    })
}

/// Provinces of which a claim speaks: never painted by their capital.
fn areas(seen: &Resolved) -> Markup {
    let t = seen.tongue;
    html! {
        @if !seen.areas.is_empty() {
            section.areas {
                h2 { (t.say("areas-title")) }
                p.quiet { (t.say("areas-note")) }
                ul {
                    @for (place, state) in &seen.areas {
                        @let name = html! { a href=(seen.view.place(place.id).at("/") + "#place") { bdi { (place.name) } } };
                        li { (mark!(t, "place-state", place = name, state = state_words(t, state, &seen.parties))) }
                    }
                }
            }
        }
    }
}

fn files(seen: &Resolved) -> Markup {
    let t = seen.tongue;
    let file = |path: &str, name: &str| html! { a translate="no" href=(seen.view.at(path)) { (name) } };
    let sheet = html! { a href=(seen.view.at("/grid.svg")) { (t.say("files-sheet")) } };
    let comma = t.say("comma");
    let formats = html! {
        @for (n, format) in FORMATS.iter().enumerate() {
            @if n > 0 { (comma) }
            a translate="no" href=(seen.view.at(&format!("/export/{}", format.name))) title=(t.say(&format!("format-{}", format.name))) { (format.name) }
        }
    };
    html! {
        section.files {
            h2 { (t.say("files-title")) }
            p { (mark!(t, "files-map", svg = file("/map.svg", "SVG"), png = file("/map.png", "PNG"), sheet = sheet, formats = formats)) }
            @if let Some(mark) = seen.view.mark { p.quiet { (say!(t, "files-filter", mark = mark.say(t))) } }
            (save_form(&seen.view, t))
        }
    }
}
