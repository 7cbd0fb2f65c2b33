//! The days: sliders, steps, and the timeline with its lanes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_atlas::{Mark, Names, PlaceInfo};
use marchland_control::ControlInterval;
use marchland_words::say;
use maud::{Markup, PreEscaped, html};

use crate::charts::{Lane, LaneOf, Timeline};
use crate::resolve::Resolved;
use crate::speech::mark;
use crate::view::{Lanes, SetChoice, View};
use crate::words::days_between;

/// Most lanes drawn: more would be no picture.
const MOST_LANES: usize = 60;
/// Most places whose changes are looked through, those most spoken of first.
const MOST_STEPPED: usize = 400;

/// The states of the counted places over time.
pub(crate) struct Histories<'a> {
    rows: Vec<(&'a PlaceInfo, Vec<ControlInterval>)>,
    /// True when more places are spoken of than were looked at.
    cut: bool,
}

impl<'a> Histories<'a> {
    /// Reads them.
    pub fn of(seen: &'a Resolved) -> Self {
        let mut spoken: Vec<_> = seen.filtered().into_iter().filter(|(_, s)| s.reports > 0).collect();
        let cut = spoken.len() > MOST_STEPPED;
        if cut {
            spoken.sort_by_key(|(place, state)| (std::cmp::Reverse(state.reports), place.id));
            spoken.truncate(MOST_STEPPED);
        }
        let rows =
            spoken.into_iter().map(|(place, _)| (place, seen.now.control().intervals(place.id, seen.query.known_by)));
        Self { rows: rows.collect(), cut }
    }

    /// Days on which the state of a place changes, and of how many.
    fn changes(&self, first: Date) -> BTreeMap<Date, u32> {
        let mut days = BTreeMap::new();
        for row in self.rows.iter().flat_map(|(_, rows)| rows) {
            for day in [Some(row.valid_from), row.valid_to].into_iter().flatten().filter(|d| *d > first) {
                days.entry(day).or_insert_with(Vec::new).push(row.place);
            }
        }
        // The end of one state and the beginning of the next are one change.
        days.into_iter()
            .map(|(day, mut places)| {
                places.sort_unstable();
                places.dedup();
                (day, u32::try_from(places.len()).unwrap_or(u32::MAX))
            })
            .collect()
    }

    /// The nearest days before and after on which the state of a counted place changes.
    fn around(&self, seen: &Resolved) -> (Option<Date>, Option<Date>) {
        let changes = self.changes(Date::MIN);
        let (on, (first, last)) = (seen.query.on, seen.span);
        let inside = |d: &Date| *d >= first && *d <= last;
        let before = changes.keys().rev().copied().filter(inside).find(|d| *d < on);
        (before, changes.keys().copied().filter(inside).find(|d| *d > on))
    }
}

/// The day, the known-by day, the steps, and the form for what is chosen rarely: forms that work without a script.
pub(crate) fn controls(seen: &Resolved, histories: &Histories) -> Markup {
    let on = seen.query.on;
    let (before, after) = histories.around(seen);
    let step = |n: i32| on.saturating_add(jiff::Span::new().days(n));
    let hidden = |leave: &[&str]| {
        let pairs: Vec<_> = seen.view.pairs().into_iter().filter(|(k, _)| !leave.contains(k)).collect();
        html! { @for (name, value) in &pairs { input type="hidden" name=(name) value=(value); } }
    };
    let t = seen.tongue;
    let (first, last) = seen.window;
    let known = seen.view.known_by.unwrap_or(seen.span.1);
    html! {
        section.controls aria-label=(t.say("which-day")) {
            form.slider method="get" action="/" {
                (hidden(&["on"]))
                label for="day" { (mark!(t, "slider-day", day = html! { output #day-words for="day" { (t.day(on)) } })) }
                input #day type="range" name="day" min="0" max=(days_between(first, last)) value=(days_between(first, on)) data-first=(first) data-param="on"; " "
                button.go type="submit" { (t.say("show")) }
            }
            form.slider method="get" action="/" {
                (hidden(&["known_by"]))
                label for="known" { (mark!(t, "slider-known", day = html! { output #known-words for="known" { @match seen.view.known_by { Some(day) => { (t.day(day)) }, None => { (t.say("now")) } } } })) }
                input #known type="range" name="known" min="0" max=(days_between(seen.span.0, seen.span.1)) value=(days_between(seen.span.0, known)) data-first=(seen.span.0) data-param="known_by" data-open=(t.say("now")); " "
                button.go type="submit" { (t.say("show")) }
            }
            nav.steps aria-label=(t.say("steps")) dir="ltr" {
                @if let Some(day) = before { a.step #previous-change href=(seen.view.on(day).at("/")) accesskey="p" title=(t.say("step-change-back-title")) { (t.say("step-change-back")) span.long { " " (say!(t, "step-on-day", day = t.day(day))) } } " " }
                a.step href=(seen.view.on(step(-1)).at("/")) data-step="-1" title=(t.say("step-day-back-title")) { (t.say("step-day-back")) } " "
                a.step href=(seen.view.on(step(1)).at("/")) data-step="1" title=(t.say("step-day-on-title")) { (t.say("step-day-on")) } " "
                @if let Some(day) = after { a.step #next-change href=(seen.view.on(day).at("/")) accesskey="n" title=(t.say("step-change-on-title")) { span.long { (say!(t, "step-on-day", day = t.day(day))) " " } (t.say("step-change-on")) } " " }
                form.typed method="get" action="/" {
                    (hidden(&["on"]))
                    label { span.hide { (t.say("type-day")) } input #typed type="date" name="on" value=(on) required; }
                    button type="submit" { (t.say("go")) }
                }
                button #play type="button" hidden { (t.say("play")) }
                label #speed-label hidden { span.hide { (t.say("speed")) } select #speed { @for pace in [1_u32, 2, 5, 10] { option value=(pace) selected[pace == 2] { (say!(t, "speed-days", n = pace)) } } } }
            }
            details.more open[seen.view.compare.is_some() || seen.view.from.is_some() || seen.view.to.is_some()] {
                summary {
                    @match seen.view.known_by {
                        Some(day) => { (mark!(t, "more-known-by", country = seen.country_name.as_str(), unit = html! { (seen.unit.words(t)) }, day = html! { (t.day(day)) })) },
                        None => { (mark!(t, "more-all", country = seen.country_name.as_str(), unit = html! { (seen.unit.words(t)) })) }
                    }
                }
                (exact(seen, &hidden))
            }
        }
    }
}

/// The form for everything that is chosen rarely.
fn exact(seen: &Resolved, hidden: &dyn Fn(&[&str]) -> Markup) -> Markup {
    let on = seen.query.on;
    let t = seen.tongue;
    html! {
        form.exact method="get" action="/" {
            (hidden(&["on", "known_by", "country", "set", "compare", "from", "to", "lanes", "names"]))
            label { (t.say("exact-on")) " " input type="date" name="on" value=(on); } " "
            label { (t.say("exact-known")) " " input type="date" name="known_by" value=[seen.view.known_by]; } " "
            label { (t.say("exact-compare")) " " input type="date" name="compare" value=[seen.view.compare]; } " "
            label { (t.say("exact-from")) " " input type="date" name="from" value=[seen.view.from]; } " "
            label { (t.say("exact-to")) " " input type="date" name="to" value=[seen.view.to]; } " "
            label { (t.say("exact-country")) " "
                select name="country" {
                    @for (iso, places) in &seen.now.countries {
                        option value=(iso) selected[*iso == seen.country] { (say!(t, "exact-country-option", country = country_name(iso), n = places.len())) }
                    }
                }
            }
            label { (t.say("exact-places")) " "
                select name="set" {
                    @for (word, set, key) in [("auto", SetChoice::Auto, "set-auto"), ("capitals", SetChoice::Capitals, "set-capitals"), ("all", SetChoice::All, "set-all")] {
                        option value=(word) selected[set == seen.view.set] { (t.say(key)) }
                    }
                }
            }
            label { (t.say("exact-lanes")) " "
                select name="lanes" {
                    @for (word, lanes, key) in [("places", Lanes::Places, "lanes-places"), ("actors", Lanes::Actors, "lanes-actors")] {
                        option value=(word) selected[lanes == seen.view.lanes] { (t.say(key)) }
                    }
                }
            }
            label { (t.say("exact-names")) " "
                select name="names" {
                    @for (word, names, key) in [("both", Names::Both, "names-both"), ("latin", Names::Latin, "names-latin"), ("local", Names::Local, "names-local"), ("none", Names::None, "names-none")] {
                        option value=(word) selected[names == seen.view.names] { (t.say(key)) }
                    }
                }
            }
            button type="submit" { (t.say("show")) }
        }
    }
}

fn country_name(iso: &str) -> String {
    marchland_atlas::Boundaries::world().country(iso).map_or_else(|| iso.to_owned(), |c| c.name.clone())
}

/// The timeline.
pub(crate) fn timeline(seen: &Resolved, histories: &Histories) -> Markup {
    let t = seen.tongue;
    let lanes = match seen.view.lanes {
        Lanes::Places => place_lanes(seen, histories),
        Lanes::Actors => party_lanes(seen, histories),
    };
    let drawn = Timeline {
        view: &seen.view,
        tongue: t,
        span: seen.window,
        on: seen.query.on,
        known_by: seen.view.known_by,
        parties: &seen.parties,
        lanes,
        changes: histories.changes(seen.span.0),
        reports: seen.now.reports(),
    };
    let other = |lanes| View { lanes, ..seen.view.clone() }.at("/");
    let whole = View { from: None, to: None, ..seen.view.clone() };
    html! {
        h2 { (t.say("timeline-title")) }
        p.quiet {
            @let drag = html! { span.scripted-only { (t.say("timeline-drag")) } };
            @if seen.view.lanes == Lanes::Places { (mark!(t, "timeline-places", other = html! { a href=(other(Lanes::Actors)) { (t.say("timeline-lane-party")) } }, drag = drag)) }
            @else { (mark!(t, "timeline-actors", other = html! { a href=(other(Lanes::Places)) { (t.say("timeline-lane-place")) } }, drag = drag)) }
            @if whole != seen.view { " " a href=(whole.at("/")) { (t.say("timeline-all")) } "." }
            @if histories.cut { " " (say!(t, "timeline-cut", n = MOST_STEPPED)) }
        }
        (PreEscaped(drawn.draw().into_string()))
    }
}

fn place_lanes(seen: &Resolved, histories: &Histories) -> Vec<Lane> {
    let mut rows: Vec<_> = histories.rows.iter().collect();
    // Those that changed hands first, in the order of change; then by name.
    let change = |rows: &[ControlInterval]| {
        rows.iter().rev().map(|r| r.valid_from).find(|d| *d > seen.window.0 && *d <= seen.window.1)
    };
    rows.sort_by_cached_key(|(place, rows)| (change(rows).is_none(), change(rows), place.name.clone()));
    rows.truncate(MOST_LANES);
    let lane = |(place, rows): &(&PlaceInfo, Vec<ControlInterval>)| Lane {
        name: place.name.clone(),
        link: Some(seen.view.place(place.id)),
        what: LaneOf::Place(rows.clone()),
    };
    rows.into_iter().map(lane).collect()
}

/// How many of the counted places each party holds on each day of the window, and how many are contested.
fn party_lanes(seen: &Resolved, histories: &Histories) -> Vec<Lane> {
    let (first, last) = seen.window;
    let days = usize::try_from(days_between(first, last) + 1).unwrap_or(0);
    let at = |d: Date| usize::try_from(days_between(first, d)).unwrap_or(0).min(days);
    let of = u32::try_from(seen.rows.len()).unwrap_or(u32::MAX);
    let intervals = || histories.rows.iter().flat_map(|(_, rows)| rows);
    let count = |belongs: &dyn Fn(&ControlInterval, Mark) -> bool| {
        let mut held = vec![0_u32; days];
        for row in intervals().filter(|r| belongs(r, Mark::new(r.status, r.qualifier, r.holder.is_some()))) {
            let (a, b) = (at(row.valid_from), row.valid_to.map_or(days, at));
            held.get_mut(a..b.max(a)).into_iter().flatten().for_each(|n| *n += 1);
        }
        held
    };
    let mut lanes: Vec<Lane> = seen
        .parties
        .iter()
        .map(|party| Lane {
            name: party.name.clone(),
            link: Some(View { party: Some(party.id.clone()), mark: None, ..seen.view.clone() }),
            what: LaneOf::Party {
                held: count(&|row, mark| mark.has_holder() && row.holder.as_ref() == Some(&party.id)),
                of,
                colour: party.colour.clone(),
            },
        })
        .collect();
    lanes.push(Lane {
        name: seen.tongue.say("timeline-contested"),
        link: Some(View { mark: Some(Mark::Contested), party: None, ..seen.view.clone() }),
        what: LaneOf::Party { held: count(&|_, mark| mark == Mark::Contested), of, colour: "#f0e442".to_owned() },
    });
    // A party that never holds anything in the window says nothing.
    lanes.retain(|lane| matches!(&lane.what, LaneOf::Party { held, .. } if held.iter().any(|n| *n > 0)));
    lanes.truncate(MOST_LANES);
    lanes
}
