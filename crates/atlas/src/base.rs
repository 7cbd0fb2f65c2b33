//! What lies beneath the points: sea, land, provinces, borders, rivers, lakes, names of neighbours.

use std::collections::BTreeMap;
use std::fmt::Write;

use marchland_words::{Tongue, say};

use crate::boundaries::{ArcKind, Boundaries};
use crate::clip::{Rect, clip_line, clip_ring, thin, write_path};
use crate::fonts::ems;
use crate::frame::View;
use crate::map::MapArea;
use crate::mark::tint;
use crate::svg::{Esc, Num};

/// Draws everything beneath the points. `k` is the size of things (1 at 1000 pixels).
pub(crate) fn base(
    out: &mut String,
    world: &Boundaries,
    view: &View,
    areas: &[(MapArea, String)],
    tongue: Tongue,
    k: f64,
    id: &str,
) {
    let f = view.frame;
    let _ = write!(
        out,
        r##"<rect class="sea" x="{}" y="{}" width="{}" height="{}" fill="#dbe7ee"/>"##,
        Num(f.x0),
        Num(f.y0),
        Num(f.x1 - f.x0),
        Num(f.y1 - f.y0),
    );
    let mut names = Vec::new();
    let mut neighbours = String::new();
    let mut focus = String::new();
    for (n, country) in world.countries().iter().enumerate() {
        let near = country.divisions.iter().any(|d| world.divisions()[usize::from(*d)].bounds.meets(view.reach));
        if !near {
            continue;
        }
        let in_focus = view.focus.contains(&n);
        let mut largest = Vec::new();
        for ring in world.outline(country) {
            let clipped = pixels_ring(view, world.ring(&ring));
            write_ring(if in_focus { &mut focus } else { &mut neighbours }, &clipped);
            if box_area(&clipped) > box_area(&largest) {
                largest = clipped;
            }
        }
        if !in_focus && !country.iso.is_empty() {
            names.push((country.name.as_str(), largest));
        }
    }
    let _ = write!(out, r##"<path class="land" fill="#ece9e1" fill-rule="evenodd" d="{neighbours}"/>"##);
    let _ = write!(out, r##"<path class="focus" fill="#fdfcf8" fill-rule="evenodd" d="{focus}"/>"##);
    for (area, colour) in areas {
        draw_area(out, world, view, area, (tongue, colour), id);
    }
    draw_water(out, world, view, k);
    draw_lines(out, world, view, k);
    draw_names(out, view, &names, k);
}

fn pixels_ring(view: &View, ring: impl Iterator<Item = [f32; 2]>) -> Vec<[f64; 2]> {
    let pixels = thin(ring.map(|[lon, lat]| view.projection.pixels(f64::from(lat), f64::from(lon))));
    clip_ring(&pixels, view.frame.grown(4.0))
}

fn write_ring(out: &mut String, ring: &[[f64; 2]]) {
    // Less than a pixel of land is noise in the file.
    if ring.len() >= 3 && box_area(ring) >= 1.5 {
        write_path(out, ring, true);
    }
}

fn box_area(ring: &[[f64; 2]]) -> f64 {
    let (low, high) = extent(ring);
    if ring.is_empty() { 0.0 } else { (high[0] - low[0]) * (high[1] - low[1]) }
}

fn extent(ring: &[[f64; 2]]) -> ([f64; 2], [f64; 2]) {
    ring.iter().fold(([f64::MAX; 2], [f64::MIN; 2]), |(low, high), p| {
        ([low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])])
    })
}

/// A province of which a claim speaks: a light tint, so that it is not taken for the town's state.
fn draw_area(
    out: &mut String,
    world: &Boundaries,
    view: &View,
    area: &MapArea,
    (tongue, colour): (Tongue, &str),
    id: &str,
) {
    let Some(division) = world.division(area.place) else { return };
    let mut path = String::new();
    for ring in &division.rings {
        write_ring(&mut path, &pixels_ring(view, world.ring(ring)));
    }
    let _ = write!(
        out,
        r#"<g class="area" id="{}area-{}"><title>{}</title><path fill="{}" fill-opacity="0.8" fill-rule="evenodd" d="{path}"/></g>"#,
        Esc(id),
        area.place,
        Esc(&say!(tongue, "map-province", name = division.name.as_str(), state = area.words.as_str())),
        Esc(&tint(colour, 0.62)),
    );
}

fn draw_water(out: &mut String, world: &Boundaries, view: &View, k: f64) {
    let (mut rivers, mut lakes) = (String::new(), String::new());
    for river in world.rivers.iter().filter(|r| r.bounds.meets(view.reach)) {
        draw_line(&mut rivers, view, &river.points);
    }
    for lake in world.lakes.iter().filter(|l| l.bounds.meets(view.reach)) {
        write_ring(&mut lakes, &pixels_ring(view, lake.points.iter().copied()));
    }
    let _ = write!(
        out,
        r##"<path class="river" fill="none" stroke="#a9c9da" stroke-width="{}" stroke-linejoin="round" d="{rivers}"/>"##,
        Num(1.1 * k)
    );
    let _ = write!(
        out,
        r##"<path class="lake" fill="#dbe7ee" stroke="#a9c9da" stroke-width="{}" d="{lakes}"/>"##,
        Num(0.6 * k)
    );
}

fn draw_line(out: &mut String, view: &View, points: &[[f32; 2]]) {
    let pixels = thin(points.iter().map(|[lon, lat]| view.projection.pixels(f64::from(*lat), f64::from(*lon))));
    for part in clip_line(&pixels, view.frame.grown(2.0)) {
        write_path(out, &part, false);
    }
}

fn draw_lines(out: &mut String, world: &Boundaries, view: &View, k: f64) {
    let mut paths: BTreeMap<ArcKind, String> = BTreeMap::new();
    for (n, bounds, kind) in world.lines() {
        if bounds.meets(view.reach) {
            draw_line(paths.entry(kind).or_default(), view, world.arc(n));
        }
    }
    for (kind, path) in paths {
        let (class, stroke, width, dash) = match kind {
            ArcKind::Division => ("admin1", "#cfcabd", 0.8, ""),
            ArcKind::DrawnOtherwise => ("otherwise", "#8d877b", 1.4, r#" stroke-dasharray="5 3""#),
            ArcKind::Coast => ("coast", "#9fb4c0", 0.8, ""),
            ArcKind::Border => ("border", "#8d877b", 1.4, ""),
        };
        let _ = write!(
            out,
            r#"<path class="{class}" fill="none" stroke="{stroke}" stroke-width="{}"{dash} stroke-linejoin="round" d="{path}"/>"#,
            Num(width * k),
        );
    }
}

/// Names of the countries around, each where its visible part is widest.
fn draw_names(out: &mut String, view: &View, names: &[(&str, Vec<[f64; 2]>)], k: f64) {
    let size = 12.5 * k;
    let mut taken: Vec<Rect> = Vec::new();
    for (name, ring) in names {
        let name = name.to_uppercase();
        let half = (ems(&name, false) + 0.12 * name.chars().count() as f64) * size / 2.0 + 4.0;
        let Some([x, y]) = widest(ring, view.frame, half, size) else { continue };
        let r = Rect { x0: x - half, y0: y - size, x1: x + half, y1: y + size };
        if taken.iter().any(|t| t.overlaps(r)) {
            continue;
        }
        taken.push(r);
        let _ = write!(
            out,
            r##"<text class="country" x="{}" y="{}" font-size="{}" letter-spacing="{}" text-anchor="middle" fill="#8f897c">{}</text>"##,
            Num(x),
            Num(y + size * 0.35),
            Num(size),
            Num(size * 0.12),
            Esc(&name),
        );
    }
}

/// A point of the ring where a box of the given half width and height stays inside ring and frame, the one with
/// most room above and below. Tried on a grid of 24 by 24.
fn widest(ring: &[[f64; 2]], frame: Rect, half: f64, height: f64) -> Option<[f64; 2]> {
    const STEPS: usize = 24;
    let (low, high) = extent(ring);
    let mut best: Option<(f64, [f64; 2])> = None;
    for row in 1..STEPS {
        let y = low[1] + (high[1] - low[1]) * row as f64 / STEPS as f64;
        let spans = inside(ring, y);
        for (from, to) in spans {
            let (from, to) = (from.max(frame.x0), to.min(frame.x1));
            let x = f64::midpoint(from, to);
            let fits = to - from >= 2.0 * half && y - height >= frame.y0 && y + height <= frame.y1;
            let holds = |y: f64| inside(ring, y).iter().any(|(a, b)| *a <= x - half && x + half <= *b);
            if fits && holds(y - height) && holds(y + height) {
                // Prefer room; then nearness to the middle of the frame's height.
                let room = (to - from).min(4.0 * half) - 0.2 * (y - f64::midpoint(frame.y0, frame.y1)).abs();
                if best.is_none_or(|(r, _)| room > r) {
                    best = Some((room, [x, y]));
                }
            }
        }
    }
    best.map(|(_, p)| p)
}

/// Stretches of a horizontal line that lie inside the ring.
fn inside(ring: &[[f64; 2]], y: f64) -> Vec<(f64, f64)> {
    let mut xs: Vec<f64> = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .filter(|(a, b)| (a[1] > y) != (b[1] > y))
        .map(|(a, b)| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
        .collect();
    xs.sort_by(f64::total_cmp);
    xs.chunks_exact(2).map(|p| (p[0], p[1])).collect()
}
