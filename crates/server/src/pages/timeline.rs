//! The days: sliders, steps, and the timeline with its lanes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_atlas::{Mark, PlaceInfo, day_words};
use marchland_control::ControlInterval;
use maud::{Markup, PreEscaped, html};

use crate::charts::{Lane, LaneOf, Timeline};
use crate::resolve::Resolved;
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
    let (first, last) = seen.window;
    let known = seen.view.known_by.unwrap_or(seen.span.1);
    html! {
        section.controls aria-label="Which day" {
            form.slider method="get" action="/" {
                (hidden(&["on"]))
                label for="day" { "Day " output #day-words for="day" { (day_words(on)) } }
                input #day type="range" name="day" min="0" max=(days_between(first, last)) value=(days_between(first, on)) data-first=(first) data-param="on"; " "
                button.go type="submit" { "Show" }
            }
            form.slider method="get" action="/" {
                (hidden(&["known_by"]))
                label for="known" { "Known by " output #known-words for="known" { @match seen.view.known_by { Some(day) => { (day_words(day)) }, None => { "now" } } } }
                input #known type="range" name="known" min="0" max=(days_between(seen.span.0, seen.span.1)) value=(days_between(seen.span.0, known)) data-first=(seen.span.0) data-param="known_by" data-open="now"; " "
                button.go type="submit" { "Show" }
            }
            nav.steps aria-label="Steps in time" {
                @if let Some(day) = before { a.step #previous-change href=(seen.view.on(day).at("/")) accesskey="p" title="Previous change (P)" { "◀ change" span.long { " on " (day_words(day)) } } " " }
                a.step href=(seen.view.on(step(-1)).at("/")) title="One day back" { "−1 day" } " "
                a.step href=(seen.view.on(step(1)).at("/")) title="One day on" { "+1 day" } " "
                @if let Some(day) = after { a.step #next-change href=(seen.view.on(day).at("/")) accesskey="n" title="Next change (N)" { "change" span.long { " on " (day_words(day)) } " ▶" } " " }
                form.typed method="get" action="/" {
                    (hidden(&["on"]))
                    label { span.hide { "Type a day" } input #typed type="date" name="on" value=(on) required; }
                    button type="submit" { "Go" }
                }
                button #play type="button" hidden { "▶ Play" }
                label #speed-label hidden { span.hide { "Days a second" } select #speed { @for (value, name) in [("1", "1 day a second"), ("2", "2 days a second"), ("5", "5 days a second"), ("10", "10 days a second")] { option value=(value) selected[value == "2"] { (name) } } } }
            }
            details.more open[seen.view.compare.is_some() || seen.view.from.is_some() || seen.view.to.is_some()] {
                summary {
                    (seen.country_name) " · " (seen.unit) " · "
                    @match seen.view.known_by { Some(day) => { "known by " (day_words(day)) }, None => { "by all that is known" } }
                    " · compare, choose a window, a country"
                }
                (exact(seen, &hidden))
            }
        }
    }
}

/// The form for everything that is chosen rarely.
fn exact(seen: &Resolved, hidden: &dyn Fn(&[&str]) -> Markup) -> Markup {
    let on = seen.query.on;
    html! {
        form.exact method="get" action="/" {
            (hidden(&["on", "known_by", "country", "set", "compare", "from", "to", "lanes"]))
            label { "On " input type="date" name="on" value=(on); } " "
            label { "Known by " input type="date" name="known_by" value=[seen.view.known_by]; } " "
            label { "Compare with " input type="date" name="compare" value=[seen.view.compare]; } " "
            label { "Window from " input type="date" name="from" value=[seen.view.from]; } " "
            label { "to " input type="date" name="to" value=[seen.view.to]; } " "
            label { "Country "
                select name="country" {
                    @for (iso, places) in &seen.now.countries {
                        option value=(iso) selected[*iso == seen.country] { (country_name(iso)) " (" (places.len()) ")" }
                    }
                }
            }
            label { "Places "
                select name="set" {
                    @for (word, set, name) in [("auto", SetChoice::Auto, "chosen by the data"), ("capitals", SetChoice::Capitals, "provincial capitals"), ("all", SetChoice::All, "all reported")] {
                        option value=(word) selected[set == seen.view.set] { (name) }
                    }
                }
            }
            label { "Lanes "
                select name="lanes" {
                    @for (word, lanes, name) in [("places", Lanes::Places, "by place"), ("actors", Lanes::Actors, "by party")] {
                        option value=(word) selected[lanes == seen.view.lanes] { (name) }
                    }
                }
            }
            button type="submit" { "Show" }
        }
    }
}

fn country_name(iso: &str) -> String {
    marchland_atlas::Boundaries::world().country(iso).map_or_else(|| iso.to_owned(), |c| c.name.clone())
}

/// The timeline.
pub(crate) fn timeline(seen: &Resolved, histories: &Histories) -> Markup {
    let lanes = match seen.view.lanes {
        Lanes::Places => place_lanes(seen, histories),
        Lanes::Actors => party_lanes(seen, histories),
    };
    let drawn = Timeline {
        view: &seen.view,
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
        h2 { "Day by day" }
        p.quiet {
            @if seen.view.lanes == Lanes::Places { "A lane for each place, by the day of change; pale: not confirmed. " a href=(other(Lanes::Actors)) { "A lane for each party" } ". " }
            @else { "A lane for each party: how many places it holds. " a href=(other(Lanes::Places)) { "A lane for each place" } ". " }
            "Click a day to go there" span.scripted-only { "; drag over days to look at them alone" } ". "
            @if whole != seen.view { a href=(whole.at("/")) { "All days" } ". " }
            @if histories.cut { "Of the " (MOST_STEPPED) " places most spoken of." }
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
        name: "contested".to_owned(),
        link: Some(View { mark: Some(Mark::Contested), party: None, ..seen.view.clone() }),
        what: LaneOf::Party { held: count(&|_, mark| mark == Mark::Contested), of, colour: "#f0e442".to_owned() },
    });
    // A party that never holds anything in the window says nothing.
    lanes.retain(|lane| matches!(&lane.what, LaneOf::Party { held, .. } if held.iter().any(|n| *n > 0)));
    lanes.truncate(MOST_LANES);
    lanes
}
