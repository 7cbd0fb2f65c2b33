//! Which part of the world a map shows.

use std::collections::BTreeMap;

use crate::boundaries::Boundaries;
use crate::bounds::GeoBox;
use crate::clip::Rect;
use crate::map::MapPoint;
use crate::projection::Projection;

/// Which part of the world a map shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Frame {
    /// The points; and their whole country when they reach over much of it.
    #[default]
    Auto,
    /// Whole countries, by their two letters.
    Countries(Vec<String>),
    /// A box of degrees.
    Box(GeoBox),
}

/// What was chosen: the projection, the frame's size and the countries in focus.
pub(crate) struct View {
    pub projection: Projection,
    pub frame: Rect,
    /// Degrees that the frame can show, for a first sieve.
    pub reach: GeoBox,
    /// Countries drawn light, as indexes.
    pub focus: Vec<usize>,
}

/// Rings smaller than this share of the largest do not stretch the frame (islands far away).
const MAIN_RING: f64 = 0.03;

/// Lays the frame out: `top` pixels stay free above.
pub(crate) fn view(world: &Boundaries, frame: &Frame, points: &[MapPoint], width: f64, top: f64) -> View {
    let positions: Vec<(f64, f64)> = points.iter().filter_map(|p| p.place.position()).collect();
    let focus = match frame {
        Frame::Countries(isos) => {
            isos.iter().filter_map(|iso| world.countries().iter().position(|c| c.iso == *iso)).collect()
        }
        _ => countries_of(world, points),
    };
    let bounds = match frame {
        Frame::Box(bounds) => *bounds,
        Frame::Countries(_) if !focus.is_empty() => {
            focus.iter().map(|n| main_box(world, *n)).fold(GeoBox::NOTHING, GeoBox::cover)
        }
        _ => auto(world, &positions, &focus),
    };
    let bounds =
        if bounds.is_nothing() { GeoBox { west: -170.0, south: -56.0, east: 179.0, north: 75.0 } } else { bounds };

    // Fit the box's edge, not only its corners: meridians bend.
    let mut projection = Projection::about((bounds.south + bounds.north) / 2.0, (bounds.west + bounds.east) / 2.0);
    let mut edge = Rect { x0: f64::MAX, y0: f64::MAX, x1: f64::MIN, y1: f64::MIN };
    for n in 0..=32 {
        let t = f64::from(n) / 32.0;
        let (lat, lon) =
            (bounds.south + t * (bounds.north - bounds.south), bounds.west + t * (bounds.east - bounds.west));
        for (lat, lon) in [(lat, bounds.west), (lat, bounds.east), (bounds.south, lon), (bounds.north, lon)] {
            let [x, y] = projection.pixels(lat, lon);
            edge = Rect { x0: edge.x0.min(x), y0: edge.y0.min(y), x1: edge.x1.max(x), y1: edge.y1.max(y) };
        }
    }
    // Never closer than 60 km across: a single town is shown in its surroundings.
    let (w, h) = ((edge.x1 - edge.x0).max(60.0), (edge.y1 - edge.y0).max(40.0));
    let margin = 0.05 * width;
    let height = ((width - 2.0 * margin) * h / w + 2.0 * margin).clamp(width * 0.45, width * 1.2).round();
    projection.scale = ((width - 2.0 * margin) / w).min((height - 2.0 * margin) / h);
    let (cx, cy) = ((edge.x0 + edge.x1) / 2.0, (edge.y0 + edge.y1) / 2.0);
    projection.offset = [width / 2.0 - cx * projection.scale, top + height / 2.0 - cy * projection.scale];
    let frame = Rect { x0: 0.0, y0: top, x1: width, y1: top + height };
    View { reach: reach(&projection, frame), projection, frame, focus }
}

/// Degrees that a frame can show, widened a little; everything when a pole or the far side is near.
fn reach(projection: &Projection, frame: Rect) -> GeoBox {
    let mut bounds = GeoBox::NOTHING;
    for n in 0..=16 {
        for m in 0..=16 {
            let (s, t) = (f64::from(n) / 16.0, f64::from(m) / 16.0);
            let (lat, lon) =
                projection.degrees([frame.x0 + s * (frame.x1 - frame.x0), frame.y0 + t * (frame.y1 - frame.y0)]);
            bounds = bounds.with(lat, lon);
        }
    }
    let (h, w) = ((bounds.north - bounds.south) * 0.05, (bounds.east - bounds.west) * 0.05);
    if bounds.north + h > 85.0 || bounds.south - h < -85.0 || bounds.east + w > 180.0 || bounds.west - w < -180.0 {
        return GeoBox { west: -181.0, south: -91.0, east: 181.0, north: 91.0 };
    }
    GeoBox { west: bounds.west - w, south: bounds.south - h, east: bounds.east + w, north: bounds.north + h }
}

/// Countries of at least a tenth of the points, most points first.
fn countries_of(world: &Boundaries, points: &[MapPoint]) -> Vec<usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for iso in points.iter().filter_map(|p| p.place.country.as_deref()) {
        *counts.entry(iso).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, n)| n * 10 >= total).collect();
    counts.sort_by_key(|(iso, n)| (std::cmp::Reverse(*n), *iso));
    counts.iter().filter_map(|(iso, _)| world.countries().iter().position(|c| c.iso == **iso)).collect()
}

/// The points' box; the focus countries' too, when the points reach over 45 % of them in width or height.
fn auto(world: &Boundaries, positions: &[(f64, f64)], focus: &[usize]) -> GeoBox {
    let points = positions.iter().fold(GeoBox::NOTHING, |b, (lat, lon)| b.with(*lat, *lon));
    let lands = focus.iter().map(|n| main_box(world, *n)).fold(GeoBox::NOTHING, GeoBox::cover);
    if points.is_nothing() || lands.is_nothing() {
        return points.cover(lands);
    }
    let wide = (points.east - points.west) / (lands.east - lands.west).max(1e-9);
    let high = (points.north - points.south) / (lands.north - lands.south).max(1e-9);
    if wide.max(high) >= 0.45 { points.cover(lands) } else { points }
}

/// The box of a country without its far small islands.
pub(crate) fn main_box(world: &Boundaries, country: usize) -> GeoBox {
    let boxes: Vec<(f64, GeoBox)> = world
        .outline(&world.countries()[country])
        .iter()
        .map(|ring| {
            let b = world.ring(ring).fold(GeoBox::NOTHING, |b, [lon, lat]| b.with(f64::from(lat), f64::from(lon)));
            ((b.east - b.west) * (b.north - b.south), b)
        })
        .collect();
    let largest = boxes.iter().map(|(area, _)| *area).fold(0.0, f64::max);
    boxes.iter().filter(|(area, _)| *area >= largest * MAIN_RING).map(|(_, b)| *b).fold(GeoBox::NOTHING, GeoBox::cover)
}
