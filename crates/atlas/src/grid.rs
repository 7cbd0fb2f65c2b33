//! Small maps, one a date, on one sheet.

use std::fmt::Write;

use marchland_control::Query;
use marchland_words::say;

use crate::base::base;
use crate::boundaries::Boundaries;
use crate::count::Count;
use crate::frame::view;
use crate::legend::{legend, legend_height};
use crate::map::{MapPoint, MapRequest, clip_path, open, points, size_of_things, source_lines, tinted, wrap};
use crate::svg::{Esc, Num};

/// Draws one small map for each date, `columns` beside each other. Title, parties, frame, areas and width are the
/// request's; its own points only fit the frame when it has some, else the first date's do. The land is drawn once.
#[must_use]
pub fn draw_grid(request: &MapRequest, dates: &[(Query, Vec<MapPoint>)], columns: usize) -> String {
    let width = f64::from(request.width.clamp(240, 4000));
    let k = size_of_things(width);
    let columns = columns.clamp(1, 12);
    let gap = 10.0 * k;
    let cell = ((width - gap * (columns as f64 - 1.0)) / columns as f64).floor();
    let small = 0.62 * k;
    let world = Boundaries::world();
    let fit: &[MapPoint] =
        if request.points.is_empty() { dates.first().map_or(&[], |d| d.1.as_slice()) } else { &request.points };
    let view = view(world, &request.frame, fit, cell, 0.0);
    let head = wrap(&request.title, width, 20.0 * k, true);
    let top = head.len() as f64 * 26.0 * k + 8.0 * k;
    let caption = 46.0 * k;
    let row = view.frame.y1 + caption + gap;
    let rows = dates.len().div_ceil(columns);
    // The legend counts over all the dates would mislead: it is drawn for the last.
    let last = Count::of(dates.last().map_or(&[][..], |d| d.1.as_slice()).iter().map(|p| &p.state));
    let source = source_lines(request, world, &view, width, k);
    let foot = top + rows as f64 * row;
    let legend_height = legend_height(request.tongue, &last, &request.parties, width, k);
    let height = foot + legend_height + source.len() as f64 * 13.0 * k + 28.0 * k;

    let mut out = String::with_capacity(64 * 1024);
    let shown = MapRequest {
        points: dates.last().map(|d| d.1.clone()).unwrap_or_default(),
        query: dates.last().map_or(request.query, |d| d.0),
        ..request.clone()
    };
    open(&mut out, &shown, width, height);
    for (n, line) in head.iter().enumerate() {
        let _ = write!(
            out,
            r##"<text class="title" x="{}" y="{}" font-size="{}" font-weight="700" fill="#1b1b1b">{}</text>"##,
            Num(4.0 * k),
            Num((n as f64 + 0.85) * 26.0 * k),
            Num(20.0 * k),
            Esc(line)
        );
    }
    let clip = format!("{}frame", request.id);
    let land = format!("{}land", request.id);
    out.push_str("<defs>");
    clip_path(&mut out, &clip, view.frame);
    let _ = write!(out, r#"<g id="{}" clip-path="url(#{})">"#, Esc(&land), Esc(&clip));
    base(&mut out, world, &view, &tinted(request), request.tongue, small, &request.id);
    out.push_str("</g></defs>");
    for (n, (query, states)) in dates.iter().enumerate() {
        let (x, y) = ((n % columns) as f64 * (cell + gap), top + (n / columns) as f64 * row);
        let count = Count::of(states.iter().map(|p| &p.state)).words(request.tongue, &request.parties, request.unit);
        let _ = write!(out, r#"<g class="small" transform="translate({} {})">"#, Num(x), Num(y));
        let _ = write!(
            out,
            r##"<text x="0" y="{}" font-size="{}" font-weight="700" fill="#1b1b1b">{}</text>"##,
            Num(12.0 * k),
            Num(12.5 * k),
            Esc(&request.tongue.day(query.on))
        );
        for (n, line) in wrap(&count, cell, 9.5 * k, false).into_iter().take(2).enumerate() {
            let _ = write!(
                out,
                r##"<text x="0" y="{}" font-size="{}" fill="#57534a">{}</text>"##,
                Num((26.0 + 12.0 * n as f64) * k),
                Num(9.5 * k),
                Esc(&line)
            );
        }
        let _ = write!(out, r##"<g transform="translate(0 {})"><use href="#{}"/>"##, Num(caption), Esc(&land));
        let part =
            MapRequest { points: states.clone(), id: format!("{}{n}-", request.id), query: *query, ..request.clone() };
        let _ = write!(out, r##"<g clip-path="url(#{})">"##, Esc(&clip));
        points(&mut out, &part, &view, small);
        let _ = write!(
            out,
            r##"</g><rect class="neatline" x="0.5" y="0.5" width="{}" height="{}" fill="none" stroke="#b9b3a5"/></g></g>"##,
            Num(cell - 1.0),
            Num(view.frame.y1 - 1.0)
        );
    }
    if let Some((query, _)) = dates.last() {
        let _ = write!(
            out,
            r##"<text x="{}" y="{}" font-size="{}" fill="#57534a">{}</text>"##,
            Num(4.0 * k),
            Num(foot + 10.0 * k),
            Num(11.0 * k),
            Esc(&say!(request.tongue, "map-counts-of", day = request.tongue.day(query.on)))
        );
    }
    legend(&mut out, request.tongue, &last, &request.parties, [0.0, foot + 14.0 * k], width, k);
    for (n, line) in source.iter().enumerate() {
        let y = foot + 18.0 * k + legend_height + (n as f64 + 0.6) * 13.0 * k;
        let _ = write!(
            out,
            r##"<text class="source" x="{}" y="{}" font-size="{}" fill="#6b665c">{}</text>"##,
            Num(4.0 * k),
            Num(y),
            Num(10.0 * k),
            Esc(line)
        );
    }
    out.push_str("</svg>\n");
    out
}
