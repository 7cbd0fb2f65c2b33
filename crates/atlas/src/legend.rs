//! What the symbols mean, with counts; and how long a kilometre is.

use std::fmt::Write;

use marchland_words::{Tongue, say};

use crate::count::Count;
use crate::fonts::ems;
use crate::frame::View;
use crate::mark::{Mark, PartyStyle, Symbol};
use crate::svg::{Esc, Num};

struct Entry<'p> {
    /// `None`: the ring of a besieged place.
    symbol: Option<Symbol<'p>>,
    text: String,
}

fn entries<'p>(tongue: Tongue, count: &Count, parties: &'p [PartyStyle]) -> Vec<Entry<'p>> {
    let mut out = Vec::new();
    for party in parties {
        for mark in Mark::ALL.into_iter().filter(|m| m.has_holder()) {
            if let Some(n) = count.by_mark.get(&(Some(party.id.clone()), mark)) {
                let symbol = Symbol { mark, party: Some(party), besieger: None };
                let text = say!(tongue, "legend-party", party = party.name.as_str(), mark = mark.say(tongue), n = *n);
                out.push(Entry { symbol: Some(symbol), text });
            }
        }
    }
    for (mark, key) in [(Mark::Contested, "legend-contested"), (Mark::Unknown, "legend-unknown")] {
        let n = count.marked(mark);
        if n > 0 {
            out.push(Entry {
                symbol: Some(Symbol { mark, party: None, besieger: None }),
                text: say!(tongue, key, n = n),
            });
        }
    }
    if count.besieged > 0 {
        out.push(Entry { symbol: None, text: say!(tongue, "legend-besieged", n = count.besieged) });
    }
    out
}

const ROW: f64 = 23.0;
const SIZE: f64 = 12.0;

/// Positions of the entries, flowing left to right.
fn flow(entries: &[Entry], width: f64, k: f64) -> (Vec<[f64; 2]>, usize) {
    let (mut x, mut row) = (0.0, 0);
    let mut spots = Vec::new();
    for entry in entries {
        let w = (26.0 + ems(&entry.text, false) * SIZE + 18.0) * k;
        if x > 0.0 && x + w > width {
            x = 0.0;
            row += 1;
        }
        spots.push([x, row as f64 * ROW * k]);
        x += w;
    }
    (spots, if entries.is_empty() { 0 } else { row + 1 })
}

pub(crate) fn legend_height(tongue: Tongue, count: &Count, parties: &[PartyStyle], width: f64, k: f64) -> f64 {
    let (_, rows) = flow(&entries(tongue, count, parties), width, k);
    rows as f64 * ROW * k + 8.0 * k
}

pub(crate) fn legend(
    out: &mut String,
    tongue: Tongue,
    count: &Count,
    parties: &[PartyStyle],
    [left, top]: [f64; 2],
    width: f64,
    k: f64,
) {
    let entries = entries(tongue, count, parties);
    let (spots, _) = flow(&entries, width, k);
    out.push_str(r#"<g class="legend">"#);
    for (entry, [x, y]) in entries.iter().zip(spots) {
        let (x, y) = (left + x + 14.0 * k, top + y + (ROW / 2.0 + 4.0) * k);
        // Where lines run from right to left, so does the row of symbols.
        let (x, side) = if tongue.is_rtl() { (width - x, -1.0) } else { (x, 1.0) };
        match &entry.symbol {
            Some(symbol) => symbol.draw(out, [x, y], 7.0 * k),
            None => {
                let _ = write!(
                    out,
                    r##"<circle cx="{}" cy="{}" r="{}" fill="none" stroke="#3d3a34" stroke-width="{}" stroke-dasharray="{} {}"/>"##,
                    Num(x),
                    Num(y),
                    Num(9.0 * k),
                    Num(2.0 * k),
                    Num(5.5 * k),
                    Num(3.0 * k)
                );
            }
        }
        let _ = write!(
            out,
            r##"<text x="{}" y="{}" font-size="{}"{} fill="#2b2925">{}</text>"##,
            Num(x + side * 15.0 * k),
            Num(y + SIZE * 0.36 * k),
            Num(SIZE * k),
            direction(tongue),
            Esc(&entry.text),
        );
    }
    out.push_str("</g>");
}

/// The attribute for a line of words that begins where its language begins; none for those that run left to right.
pub(crate) fn direction(tongue: Tongue) -> &'static str {
    if tongue.is_rtl() { r#" direction="rtl""# } else { "" }
}

/// A bar of a round number of kilometres, 70 to 170 pixels long, right at the map's centre.
pub(crate) fn scale_bar(out: &mut String, tongue: Tongue, view: &View, k: f64) {
    let pixels = view.projection.scale;
    let longest = 170.0 * k / pixels;
    let power = 10_f64.powf(longest.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|n| *n <= longest).unwrap_or(power);
    let (x, y, w) = (view.frame.x0 + 10.0 * k, view.frame.y1 - 12.0 * k, km * pixels);
    let _ = write!(
        out,
        r##"<g class="scale"><path d="M{x} {top}V{y}H{right}V{top}" fill="none" stroke="#3d3a34" stroke-width="{}"/><text x="{}" y="{}" font-size="{}" fill="#3d3a34">{}</text></g>"##,
        Num(1.2 * k),
        Num(x + 4.0 * k),
        Num(y - 3.5 * k),
        Num(10.5 * k),
        Esc(&say!(tongue, "kilometres", x = km.to_string())),
        x = Num(x),
        top = Num(y - 5.0 * k),
        y = Num(y),
        right = Num(x + w),
    );
}
