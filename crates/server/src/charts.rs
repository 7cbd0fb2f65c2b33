//! Small pictures in the page: decibans as bars, the days as a strip. Drawn as SVG with attributes only, as the
//! content security policy allows no inline style.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use marchland_atlas::{Mark, PartyStyle};
use marchland_control::ControlInterval;
use marchland_words::{Tongue, say};
use maud::{Markup, PreEscaped, html};

use crate::view::View;
use crate::words::days_between;

/// One bar, to the right for the answer and to the left against it. `scale` is the largest weight shown.
pub(crate) fn bar(decibans: f64, scale: f64) -> Markup {
    let half = 70.0;
    let width = (decibans.abs() / scale.max(1.0) * half).clamp(0.5, half);
    let x = if decibans < 0.0 { half - width } else { half };
    let class = if decibans < 0.0 { "against" } else { "for" };
    html! {
        svg.bar viewBox="0 0 140 14" width="140" height="14" aria-hidden="true" {
            rect class=(class) x=(format!("{x:.1}")) y="2" width=(format!("{width:.1}")) height="10" {}
            path.axis d="M70 0V14" {}
        }
    }
}

/// A stretch of days with one state, as drawn.
struct Stretch {
    from: f64,
    to: f64,
    colour: String,
    class: &'static str,
    words: String,
}

/// One lane of the timeline.
pub(crate) struct Lane {
    pub name: String,
    /// Where the name leads.
    pub link: Option<View>,
    pub what: LaneOf,
}

/// What a lane shows.
pub(crate) enum LaneOf {
    /// Who held a place.
    Place(Vec<ControlInterval>),
    /// How many places a party held on each day of the window, of so many; and the party's colour.
    Party { held: Vec<u32>, of: u32, colour: String },
}

/// What the timeline shows.
pub(crate) struct Timeline<'a> {
    pub view: &'a View,
    pub tongue: Tongue,
    /// First and last day drawn.
    pub span: (Date, Date),
    pub on: Date,
    /// The day by which things are known, where the view says so.
    pub known_by: Option<Date>,
    pub parties: &'a [PartyStyle],
    pub lanes: Vec<Lane>,
    /// Changes of hands by day.
    pub changes: BTreeMap<Date, u32>,
    /// Reports by day.
    pub reports: &'a BTreeMap<Date, u32>,
}

const LEFT: f64 = 128.0;
const WIDTH: f64 = 1000.0;
const LANE: f64 = 15.0;
const BARS: f64 = 34.0;
/// Height of a party's lane: it holds a curve.
const TALL: f64 = 34.0;
/// Height of the row of ticks of change.
const TICKS: f64 = 13.0;

impl Timeline<'_> {
    fn x(&self, day: Date) -> f64 {
        let all = f64::from(days_between(self.span.0, self.span.1) + 1);
        LEFT + (f64::from(days_between(self.span.0, day)) / all).clamp(0.0, 1.0) * (WIDTH - LEFT)
    }

    fn stretch(&self, place: &str, row: &ControlInterval) -> Option<Stretch> {
        let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
        // What is over before the window begins, or begins after it, would be drawn as a line at its edge.
        let outside = row.valid_from > self.span.1 || row.valid_to.is_some_and(|d| d <= self.span.0);
        if mark == Mark::Unknown || outside {
            return None;
        }
        let party = row.holder.as_ref().and_then(|h| self.parties.iter().find(|p| p.id == *h));
        let end = row.valid_to.unwrap_or(self.span.1.tomorrow().unwrap_or(self.span.1));
        let (from, to) = (self.x(row.valid_from), self.x(end).max(self.x(row.valid_from) + 1.0));
        let (colour, class, who) = match (mark, party) {
            (Mark::Contested, _) => ("#f0e442".to_owned(), "contested", mark.say(self.tongue)),
            (_, Some(p)) => (
                p.colour.clone(),
                if mark == Mark::Held { "held" } else { "unsure" },
                say!(self.tongue, "holder-mark", holder = p.name.as_str(), mark = mark.say(self.tongue)),
            ),
            _ => return None,
        };
        let last = row.valid_to.map_or_else(|| self.tongue.say("now"), |d| self.tongue.day_short(d));
        let words = say!(
            self.tongue,
            "timeline-stretch",
            place = place,
            state = who,
            from = self.tongue.day_short(row.valid_from),
            to = last
        );
        Some(Stretch { from, to, colour, class, words })
    }

    /// Lanes above ticks of change and a histogram of reports; every day of a short span is a link to that day. The
    /// script reads the days from the data attributes, to let a window be dragged.
    pub fn draw(&self) -> Markup {
        let lanes: f64 = self.lanes.iter().map(height).sum();
        let height = lanes + TICKS + BARS + 22.0;
        let mut out = String::new();
        let days = days_between(self.span.0, self.span.1) + 1;
        let _ = write!(
            out,
            r#"<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="group" direction="ltr" aria-label="{}" font-family="Noto Sans, Noto Sans Arabic, sans-serif" data-first="{}" data-days="{days}" data-left="{LEFT}" data-width="{WIDTH}">"#,
            attr(&self.tongue.say("timeline-label")),
            self.span.0
        );
        let mut y = 0.0;
        for lane in &self.lanes {
            self.draw_name(&mut out, lane, y);
            match &lane.what {
                LaneOf::Place(rows) => self.draw_place(&mut out, &lane.name, rows, y),
                LaneOf::Party { held, of, colour } => self.draw_party(&mut out, &lane.name, (held, *of, colour), y),
            }
            y += self::height(lane);
        }
        self.draw_changes(&mut out, y);
        self.draw_reports(&mut out, y + TICKS);
        self.draw_axis(&mut out, y + TICKS);
        out.push_str("</svg>");
        PreEscaped(out)
    }

    fn draw_name(&self, out: &mut String, lane: &Lane, y: f64) {
        let short: String = lane.name.chars().take(20).collect();
        let text = format!(
            r#"<text class="lane data" x="{}" y="{}" font-size="10.5" text-anchor="end">{}</text>"#,
            LEFT - 6.0,
            y + height(lane) / 2.0 + 3.5,
            attr(&short)
        );
        let _ = match &lane.link {
            Some(view) => write!(out, r#"<a href="{}">{text}</a>"#, attr(&view.at("/"))),
            None => write!(out, "{text}"),
        };
    }

    fn draw_place(&self, out: &mut String, name: &str, rows: &[ControlInterval], y: f64) {
        for s in rows.iter().filter_map(|r| self.stretch(name, r)) {
            let _ = write!(
                out,
                r#"<rect class="{}" x="{:.1}" y="{:.1}" width="{:.1}" height="{}" fill="{}"><title>{}</title></rect>"#,
                s.class,
                s.from,
                y + 3.0,
                (s.to - s.from).max(1.0),
                LANE - 5.0,
                attr(&s.colour),
                attr(&s.words),
            );
        }
    }

    /// How many places a party held: a curve in steps.
    fn draw_party(&self, out: &mut String, name: &str, (held, of, colour): (&[u32], u32, &str), y: f64) {
        let base = y + TALL - 3.0;
        let day = (WIDTH - LEFT) / f64::from(days_between(self.span.0, self.span.1) + 1);
        let mut path = format!("M{LEFT} {base}");
        for (n, count) in held.iter().enumerate() {
            let top = base - f64::from(*count) / f64::from(of.max(1)) * (TALL - 6.0);
            let _ = write!(path, "V{top:.1}H{:.1}", LEFT + day * (n as f64 + 1.0));
        }
        let (first, last) = (held.first().copied().unwrap_or(0), held.last().copied().unwrap_or(0));
        let _ = write!(
            out,
            r#"<path class="held" d="{path}V{base}Z" fill="{}"><title>{}</title></path><path class="ground" d="M{LEFT} {base}H{WIDTH}"/>"#,
            attr(colour),
            attr(&say!(
                self.tongue,
                "timeline-held",
                party = name,
                n = first,
                from = self.tongue.day_short(self.span.0),
                last = last,
                to = self.tongue.day_short(self.span.1)
            )),
        );
    }

    /// A tick for each day on which something changed, the taller the more.
    fn draw_changes(&self, out: &mut String, top: f64) {
        let most = f64::from(self.changes.range(self.span.0..=self.span.1).map(|(_, n)| *n).max().unwrap_or(1));
        let half = (WIDTH - LEFT) / f64::from(days_between(self.span.0, self.span.1) + 1) / 2.0;
        let base = top + TICKS;
        for (day, n) in self.changes.range(self.span.0..=self.span.1) {
            let _ = write!(
                out,
                r#"<path class="change" d="M{:.1} {base}V{:.1}"/>"#,
                self.x(*day) + half,
                base - 3.0 - f64::from(*n) / most * (TICKS - 5.0)
            );
        }
        let _ = write!(
            out,
            r#"<text class="lane" x="{}" y="{}" font-size="10.5" text-anchor="end">{}</text>"#,
            LEFT - 6.0,
            base - 3.0,
            attr(&self.tongue.say("timeline-changes"))
        );
    }

    fn draw_reports(&self, out: &mut String, bottom: f64) {
        let most = f64::from(self.reports.range(self.span.0..=self.span.1).map(|(_, n)| *n).max().unwrap_or(1));
        let base = bottom + BARS;
        let all = days_between(self.span.0, self.span.1) + 1;
        let width = ((WIDTH - LEFT) / f64::from(all) - 0.6).max(0.4);
        for (day, n) in self.reports.range(self.span.0..=self.span.1) {
            let h = f64::from(*n) / most * (BARS - 8.0);
            let _ = write!(
                out,
                r#"<rect class="reports" x="{:.1}" y="{:.1}" width="{width:.1}" height="{h:.1}"/>"#,
                self.x(*day),
                base - h
            );
        }
        let _ = write!(
            out,
            r#"<text class="lane" x="{}" y="{}" font-size="10.5" text-anchor="end">{}</text>"#,
            LEFT - 6.0,
            base - 4.0,
            attr(&self.tongue.say("timeline-reports"))
        );
        if all <= 200 {
            for n in 0..all {
                let day = self.span.0.saturating_add(jiff::Span::new().days(n));
                let count = |of: &BTreeMap<Date, u32>| of.get(&day).copied().unwrap_or(0);
                let (told, changed) = (count(self.reports), count(&self.changes));
                let _ = write!(
                    out,
                    r#"<a href="{}" tabindex="-1"><rect class="day" x="{:.1}" y="0" width="{:.1}" height="{base}" fill="transparent"><title>{}</title></rect></a>"#,
                    attr(&self.view.on(day).at("/")),
                    self.x(day),
                    width + 0.6,
                    attr(&say!(
                        self.tongue,
                        "timeline-day",
                        day = self.tongue.day_short(day),
                        changes = changed,
                        reports = told
                    )),
                );
            }
        }
    }

    fn draw_axis(&self, out: &mut String, bottom: f64) {
        let base = bottom + BARS;
        let all = days_between(self.span.0, self.span.1) + 1;
        let step = [1, 2, 7, 14, 31, 61, 92, 183, 366, 731, 1461].into_iter().find(|s| all / s <= 10).unwrap_or(3000);
        let mut day = self.span.0;
        while day <= self.span.1 {
            let x = self.x(day);
            let _ = write!(
                out,
                r#"<path class="tick" d="M{x:.1} {base}v4"/><text class="axis" x="{x:.1}" y="{:.1}" font-size="10">{}</text>"#,
                base + 15.0,
                attr(&self.tongue.day_short(day))
            );
            day = day.saturating_add(jiff::Span::new().days(step));
        }
        let half = (WIDTH - LEFT) / f64::from(all) / 2.0;
        let inside = |d: &Date| (self.span.0..=self.span.1).contains(d);
        for (day, class) in [(Some(self.on), "cursor"), (self.known_by, "cursor known")] {
            if let Some(day) = day.filter(inside) {
                let x = self.x(day) + half;
                let _ = write!(out, r#"<path class="{class}" d="M{x:.1} 0V{base}"/>"#);
            }
        }
    }
}

/// Height of a lane.
fn height(lane: &Lane) -> f64 {
    match lane.what {
        LaneOf::Place(_) => LANE,
        LaneOf::Party { .. } => TALL,
    }
}

/// Text for an attribute or the inside of an element.
fn attr(text: &str) -> String {
    html! { (text) }.into_string()
}
