//! Cutting shapes to the map's frame, and writing them as SVG paths.

use std::fmt::Write;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rect {
    pub fn grown(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    pub fn holds(self, other: Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && other.x1 <= self.x1 && other.y1 <= self.y1
    }

    pub fn has(self, [x, y]: [f64; 2]) -> bool {
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }
}

type Point = [f64; 2];

/// Points nearer than this to the one before say nothing at this size.
const STEP: f64 = 0.6;

/// Drops points that would land on the pixel of the one before; the last stays.
pub(crate) fn thin(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let mut dropped = None;
    for p in points {
        match out.last() {
            Some(q) if (p[0] - q[0]).abs() < STEP && (p[1] - q[1]).abs() < STEP => dropped = Some(p),
            _ => {
                out.push(p);
                dropped = None;
            }
        }
    }
    out.extend(dropped);
    out
}

/// Cuts a ring to a rectangle (Sutherland and Hodgman). Edges may run along the rectangle's sides,
/// which is why the fill's rectangle is larger than the frame.
pub(crate) fn clip_ring(ring: &[Point], to: Rect) -> Vec<Point> {
    let mut points = ring.to_vec();
    for (axis, limit, keep_less) in [(0, to.x0, false), (0, to.x1, true), (1, to.y0, false), (1, to.y1, true)] {
        let inside = |p: Point| if keep_less { p[axis] <= limit } else { p[axis] >= limit };
        let mut out = Vec::with_capacity(points.len());
        let Some(mut before) = points.last().copied() else { return Vec::new() };
        for p in points {
            if inside(p) != inside(before) {
                out.push(cross(before, p, axis, limit));
            }
            if inside(p) {
                out.push(p);
            }
            before = p;
        }
        points = out;
    }
    points
}

fn cross(a: Point, b: Point, axis: usize, limit: f64) -> Point {
    let t = (limit - a[axis]) / (b[axis] - a[axis]);
    let mut p = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    p[axis] = limit;
    p
}

/// Cuts a line to a rectangle, whole segments only: a segment stays when its box meets the rectangle.
/// The picture's own clip path does the last pixel.
pub(crate) fn clip_line(line: &[Point], to: Rect) -> Vec<Vec<Point>> {
    let mut parts = Vec::new();
    let mut part: Vec<Point> = Vec::new();
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let meets =
            a[0].min(b[0]) <= to.x1 && a[0].max(b[0]) >= to.x0 && a[1].min(b[1]) <= to.y1 && a[1].max(b[1]) >= to.y0;
        if meets {
            if part.is_empty() {
                part.push(a);
            }
            part.push(b);
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Appends a path in tenths of a pixel, relative after the first point (half the size of absolute ones).
pub(crate) fn write_path(out: &mut String, points: &[Point], closed: bool) {
    let tenth = |v: f64| (v * 10.0).round() as i64;
    let Some(first) = points.first() else { return };
    let (mut x, mut y) = (tenth(first[0]), tenth(first[1]));
    out.push('M');
    push_tenths(out, x);
    out.push(' ');
    push_tenths(out, y);
    out.push('l');
    let mut any = false;
    for p in &points[1..] {
        let (nx, ny) = (tenth(p[0]), tenth(p[1]));
        if (nx, ny) == (x, y) {
            continue;
        }
        if any && nx >= x {
            out.push(' ');
        }
        push_tenths(out, nx - x);
        if ny >= y {
            out.push(' ');
        }
        push_tenths(out, ny - y);
        (x, y) = (nx, ny);
        any = true;
    }
    if !any {
        out.push_str("0 0");
    }
    if closed {
        out.push('z');
    }
}

fn push_tenths(out: &mut String, tenths: i64) {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let _ = if rest == 0 { write!(out, "{sign}{whole}") } else { write!(out, "{sign}{whole}.{rest}") };
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Rect = Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 80.0 };

    #[test]
    fn paths_are_short_and_right() {
        let mut out = String::new();
        write_path(&mut out, &[[1.0, 2.04], [0.5, 3.0], [0.5, 3.0], [10.0, -1.0]], true);
        assert_eq!(out, "M1 2l-0.5 1 9.5-4z");
    }

    #[test]
    fn a_ring_round_the_frame_becomes_the_frame() {
        let ring = [[-50.0, -50.0], [150.0, -50.0], [150.0, 150.0], [-50.0, 150.0]];
        let mut clipped = clip_ring(&ring, FRAME);
        clipped.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(clipped, [[0.0, 0.0], [0.0, 80.0], [100.0, 0.0], [100.0, 80.0]]);
    }

    proptest! {
        #[test]
        fn nothing_of_a_ring_is_left_outside(ring in prop::collection::vec([-200.0..300.0_f64, -200.0..300.0_f64], 0..30)) {
            prop_assert!(clip_ring(&ring, FRAME).iter().all(|p| FRAME.grown(1e-6).has(*p)));
        }
    }
}
