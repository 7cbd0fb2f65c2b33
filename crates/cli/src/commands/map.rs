//! `map`: the map of a day, or a grid of days, as SVG or PNG.

use anyhow::{Context, Result};
use marchland_atlas::{draw, draw_grid, png};
use marchland_control::Query;
use marchland_situation::Picture;

use crate::commands::control::{area, query, situation};
use crate::input::Report;
use crate::output::{note, paint, style};
use crate::{App, Usage, args};

/// `marchland map`
pub fn map(app: &App, args: &args::Map) -> Result<Report> {
    let kind = args.output.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    if !matches!(kind.as_deref(), Some("svg" | "png")) {
        let name = args.output.display();
        return Err(
            Usage(format!("{name}: a map is written as .svg or .png; name the file so, as in -o map.svg")).into()
        );
    }
    let (_ledger, situation) = situation(app, &args.store.store)?;
    let query = query(&situation, &args.when)?;
    let area = area(&situation, &[], &args.area)?;
    let picture =
        Picture { situation: &situation, area, title: args.title.clone(), width: args.width, chosen: None, link: None };
    let svg = if args.dates.is_empty() {
        draw(&picture.on(query))
    } else {
        let days: Vec<_> = args
            .dates
            .iter()
            .map(|day| {
                let query = Query { on: *day, known_by: args.when.known_by };
                (query, picture.points(query))
            })
            .collect();
        let columns = (days.len() as f64).sqrt().ceil() as usize;
        draw_grid(&picture.on(query), &days, columns)
    };
    let bytes = if kind.as_deref() == Some("png") { png(&svg, args.width)? } else { svg.into_bytes() };
    std::fs::write(&args.output, bytes).with_context(|| format!("{}: cannot write the map", args.output.display()))?;
    if !app.cli.quiet {
        note(format_args!("{} {}", paint(style::GOOD, "wrote"), args.output.display()));
    }
    Ok(Report::default())
}
