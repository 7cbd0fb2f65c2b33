//! Small pictures in the page: decibans as bars, the days as a strip. Drawn as SVG with attributes only, as the
//! content security policy allows no inline style.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use marchland_atlas::{Mark, PartyStyle};
use marchland_control::ControlInterval;
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

/// What the timeline shows.
pub(crate) struct Timeline<'a> {
    pub view: &'a View,
    pub span: (Date, Date),
    pub on: Date,
    pub parties: &'a [PartyStyle],
    /// Name, id as text and the intervals of each lane.
    pub lanes: Vec<(String, View, Vec<ControlInterval>)>,
    /// Reports by day.
    pub reports: &'a BTreeMap<Date, u32>,
}

const LEFT: f64 = 128.0;
const WIDTH: f64 = 1000.0;
const LANE: f64 = 15.0;
const BARS: f64 = 34.0;

impl Timeline<'_> {
    fn x(&self, day: Date) -> f64 {
        let all = f64::from(days_between(self.span.0, self.span.1) + 1);
        LEFT + (f64::from(days_between(self.span.0, day)) / all).clamp(0.0, 1.0) * (WIDTH - LEFT)
    }

    fn stretch(&self, row: &ControlInterval) -> Option<Stretch> {
        let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
        if mark == Mark::Unknown {
            return None;
        }
        let party = row.holder.as_ref().and_then(|h| self.parties.iter().find(|p| p.id == *h));
        let end = row.valid_to.unwrap_or(self.span.1.tomorrow().unwrap_or(self.span.1));
        let (from, to) = (self.x(row.valid_from), self.x(end).max(self.x(row.valid_from) + 1.0));
        let (colour, class, who) = match (mark, party) {
            (Mark::Contested, _) => ("#f0e442".to_owned(), "contested", "contested".to_owned()),
            (_, Some(p)) => (
                p.colour.clone(),
                if mark == Mark::Held { "held" } else { "unsure" },
                format!("{}, {}", p.name, mark.words()),
            ),
            _ => return None,
        };
        let words = format!(
            "{who}: {} to {}",
            row.valid_from,
            row.valid_to.map_or_else(|| "now".to_owned(), |d| d.to_string())
        );
        Some(Stretch { from, to, colour, class, words })
    }

    /// Lanes of places above a histogram of reports; every day of a short span is a link to that day.
    pub fn draw(&self) -> Markup {
        let height = self.lanes.len() as f64 * LANE + BARS + 22.0;
        let bottom = self.lanes.len() as f64 * LANE;
        let mut out = String::new();
        let _ = write!(
            out,
            r#"<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="Timeline: a lane for each place, reports a day below" font-family="Noto Sans, Noto Sans Arabic, sans-serif">"#
        );
        for (n, (name, view, rows)) in self.lanes.iter().enumerate() {
            let y = n as f64 * LANE;
            let short: String = name.chars().take(20).collect();
            let _ = write!(
                out,
                r#"<a href="{}"><text class="lane" x="{}" y="{}" font-size="10.5" text-anchor="end">{}</text></a>"#,
                attr(&view.at("/")),
                LEFT - 6.0,
                y + 11.0,
                attr(&short)
            );
            for s in rows.iter().filter_map(|r| self.stretch(r)) {
                let _ = write!(
                    out,
                    r#"<rect class="{}" x="{:.1}" y="{:.1}" width="{:.1}" height="{}" fill="{}"><title>{}: {}</title></rect>"#,
                    s.class,
                    s.from,
                    y + 3.0,
                    (s.to - s.from).max(1.0),
                    LANE - 5.0,
                    attr(&s.colour),
                    attr(name),
                    attr(&s.words),
                );
            }
        }
        self.draw_reports(&mut out, bottom);
        self.draw_axis(&mut out, bottom);
        out.push_str("</svg>");
        PreEscaped(out)
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
            r#"<text class="lane" x="{}" y="{}" font-size="10.5" text-anchor="end">reports a day</text>"#,
            LEFT - 6.0,
            base - 4.0
        );
        if all <= 200 {
            for n in 0..all {
                let day = self.span.0.saturating_add(jiff::Span::new().days(n));
                let told = self.reports.get(&day).copied().unwrap_or(0);
                let _ = write!(
                    out,
                    r#"<a href="{}" tabindex="-1"><rect class="day" x="{:.1}" y="0" width="{:.1}" height="{base}" fill="transparent"><title>{day}: {told} reports</title></rect></a>"#,
                    attr(&self.view.on(day).at("/")),
                    self.x(day),
                    width + 0.6,
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
                day.strftime("%-d %b %Y")
            );
            day = day.saturating_add(jiff::Span::new().days(step));
        }
        let half = (WIDTH - LEFT) / f64::from(all) / 2.0;
        let x = self.x(self.on) + half;
        let _ = write!(out, r#"<path class="cursor" d="M{x:.1} 0V{base}"/>"#);
    }
}

/// Text for an attribute or the inside of an element.
fn attr(text: &str) -> String {
    html! { (text) }.into_string()
}
