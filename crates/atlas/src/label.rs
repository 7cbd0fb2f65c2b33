//! Names beside points, none over another: greedy, the more important first.

use std::collections::HashMap;

use crate::clip::Rect;
use crate::fonts::ems;

/// A name that wants a place on the map.
#[derive(Debug, Clone)]
pub(crate) struct Wanted<'t> {
    pub at: [f64; 2],
    /// Radius to keep free about the point, in pixels.
    pub radius: f64,
    pub name: &'t str,
    pub local: Option<&'t str>,
    /// Higher goes first.
    pub priority: i64,
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Index of the wanted name.
    pub n: usize,
    pub x: f64,
    /// Baseline of the name.
    pub y: f64,
    pub anchor: &'static str,
    /// The local name found room too, on the line below.
    pub local: bool,
    /// Where a line from the point to the name ends, when the name had to stand apart.
    pub leader: Option<[f64; 2]>,
}

/// Boxes already taken, by cells of a grid. Only looked up, never listed: the map's order does not matter.
struct Taken {
    cells: HashMap<(i32, i32), Vec<Rect>>,
}

const CELL: f64 = 48.0;

impl Taken {
    fn keys(r: Rect) -> impl Iterator<Item = (i32, i32)> {
        let cell = |v: f64| (v / CELL).floor() as i32;
        (cell(r.x0)..=cell(r.x1)).flat_map(move |x| (cell(r.y0)..=cell(r.y1)).map(move |y| (x, y)))
    }

    fn add(&mut self, r: Rect) {
        for key in Self::keys(r) {
            self.cells.entry(key).or_default().push(r);
        }
    }

    fn hits(&self, r: Rect) -> usize {
        Self::keys(r).filter_map(|k| self.cells.get(&k)).flatten().filter(|t| t.overlaps(r)).count()
    }
}

/// Finds room for as many names as possible within the frame. `size` is the font size of the first line; the
/// local name is written smaller, by [`LOCAL`]. `kept` are boxes that no name may touch.
pub(crate) fn place(wanted: &[Wanted], frame: Rect, size: f64, kept: &[Rect]) -> Vec<Placed> {
    let mut taken = Taken { cells: HashMap::new() };
    for r in kept {
        taken.add(*r);
    }
    for w in wanted {
        let r = w.radius;
        taken.add(Rect { x0: w.at[0] - r, y0: w.at[1] - r, x1: w.at[0] + r, y1: w.at[1] + r });
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|n| (-wanted[*n].priority, *n));
    let mut placed = Vec::new();
    for n in order {
        let w = &wanted[n];
        // With the local name first; a name alone is better than none.
        let forms: &[bool] = if w.local.is_some() { &[true, false] } else { &[false] };
        let near = forms.iter().find_map(|local| fit(w, *local, frame, size, &taken, &beside));
        // A line to a name further off helps on a map of some dozens, and would be a thicket on one of thousands.
        let few = wanted.len() <= 80;
        let found = near.or_else(|| few.then(|| fit(w, false, frame, size, &taken, &apart)).flatten());
        if let Some((spot, r)) = found {
            taken.add(r);
            placed.push(Placed { n, ..spot });
        }
    }
    placed.sort_by_key(|p| p.n);
    placed
}

/// Size of the local name against the Latin one.
pub(crate) const LOCAL: f64 = 0.9;
/// Line height of the two.
pub(crate) const LEADING: f64 = 1.05;

/// An anchor with the left and top edge of the name's box.
type Spot = (&'static str, f64, f64);

/// Right, left, above, below, then the four corners.
fn beside([x, y]: [f64; 2], r: f64, [width, height]: [f64; 2]) -> Vec<Spot> {
    let gap = r + 2.0;
    let diagonal = r * 0.6 + 1.0;
    let middle = height / 2.0;
    vec![
        ("start", x + gap, y - middle),
        ("end", x - gap - width, y - middle),
        ("middle", x - width / 2.0, y - gap - height),
        ("middle", x - width / 2.0, y + gap),
        ("start", x + diagonal, y - diagonal - height),
        ("start", x + diagonal, y + diagonal),
        ("end", x - diagonal - width, y - diagonal - height),
        ("end", x - diagonal - width, y + diagonal),
    ]
}

/// On wider and wider rings about the point.
fn apart([x, y]: [f64; 2], r: f64, [width, height]: [f64; 2]) -> Vec<Spot> {
    let mut spots = Vec::new();
    for ring in [2.4, 3.4, 4.6, 6.0, 7.5] {
        for step in 0..16 {
            let (sin, cos) = (f64::from(step) / 16.0 * std::f64::consts::TAU).sin_cos();
            let (at, top) = (x + cos * ring * r, y + sin * ring * r - height / 2.0);
            spots.push(match cos {
                c if c > 0.3 => ("start", at, top),
                c if c < -0.3 => ("end", at - width, top),
                _ => ("middle", at - width / 2.0, top),
            });
        }
    }
    spots
}

fn fit(
    w: &Wanted,
    local: bool,
    frame: Rect,
    size: f64,
    taken: &Taken,
    spots: &dyn Fn([f64; 2], f64, [f64; 2]) -> Vec<Spot>,
) -> Option<(Placed, Rect)> {
    let mut width = ems(w.name, false) * size;
    let mut height = size * 0.95;
    if local {
        width = width.max(ems(w.local.unwrap_or(""), false) * size * LOCAL);
        height += size * LEADING;
    }
    spots(w.at, w.radius, [width, height]).into_iter().find_map(|(anchor, left, top)| {
        let r = Rect { x0: left, y0: top, x1: left + width, y1: top + height };
        if !frame.holds(r) || taken.hits(r) > 0 {
            return None;
        }
        let x = match anchor {
            "start" => left,
            "end" => left + width,
            _ => left + width / 2.0,
        };
        let end = [w.at[0].clamp(r.x0, r.x1), w.at[1].clamp(r.y0, r.y1)];
        let leader = Some(end).filter(|e| (e[0] - w.at[0]).hypot(e[1] - w.at[1]) > w.radius + 4.0);
        Some((Placed { n: 0, x, y: top + size * 0.78, anchor, local, leader }, r.grown(0.5)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_touch_neither_each_other_nor_a_point_nor_the_edge(points in prop::collection::vec([0.0..400.0_f64, 0.0..300.0_f64], 1..60)) {
            let frame = Rect { x0: 0.0, y0: 0.0, x1: 400.0, y1: 300.0 };
            let wanted: Vec<Wanted> = points.iter().map(|at| Wanted { at: *at, radius: 5.0, name: "Sheberghan", local: Some("شبرغان"), priority: 0 }).collect();
            let boxes: Vec<Rect> = place(&wanted, frame, 12.0, &[]).iter().map(|p| {
                let width = ems("Sheberghan", false) * 12.0;
                let x0 = match p.anchor { "start" => p.x, "end" => p.x - width, _ => p.x - width / 2.0 };
                Rect { x0, y0: p.y - 9.0, x1: x0 + width, y1: p.y + if p.local { 12.0 } else { 2.0 } }
            }).collect();
            for (n, a) in boxes.iter().enumerate() {
                prop_assert!(frame.holds(*a));
                prop_assert!(boxes[n + 1..].iter().all(|b| !a.overlaps(*b)));
                for [x, y] in &points {
                    let point = Rect { x0: x - 5.0, y0: y - 5.0, x1: x + 5.0, y1: y + 5.0 };
                    prop_assert!(!a.overlaps(point));
                }
            }
        }
    }
}
