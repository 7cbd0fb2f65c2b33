//! Maps as files, exports, and the other things that are no pages.

use jiff::civil::Date;
use marchland_atlas::{
    Content, ExportSet, Lookup, MapPoint, MapRequest, Names, Table, draw, draw_grid, export, format, png,
};
use marchland_control::Query;
use marchland_ledger::ClaimFilter;
use marchland_place::PlaceId;
use marchland_words::{Tongue, say};

use crate::api::claim_row;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::routes::Reply;
use crate::said::said;
use crate::view::View;
use crate::words::days_between;
use crate::world::World;

fn width(ask: &Ask) -> Result<u32, Problem> {
    let width: u32 = ask.number("width")?.unwrap_or(1000);
    if (240..=4000).contains(&width) { Ok(width) } else { Err(Problem::Bad(said!("problem-width", value = width))) }
}

/// `/map.svg`.
pub(crate) fn map_svg(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Resolved::new(world, &ask.view()?, ask.tongue)?;
    Ok(Reply::new("image/svg+xml", draw(&seen.map(width(ask)?, false))))
}

/// `/map.png`.
pub(crate) fn map_png(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    // The rasteriser sets every line from left to right: a language that runs the other way would stand outside the map.
    let tongue = if ask.tongue.is_rtl() { Tongue::ENGLISH } else { ask.tongue };
    let seen = Resolved::new(world, &ask.view()?, tongue)?;
    let width = width(ask)?;
    let svg = draw(&seen.map(width, false));
    png(&svg, width)
        .map(|bytes| Reply::new("image/png", bytes))
        .map_err(|e| Problem::Internal(said!("problem-draw", what = e.to_string())))
}

/// Most maps on a sheet.
const MOST_DATES: usize = 24;

/// `/grid.svg`: one small map a date. `dates=2021-08-06,2021-08-09`, or evenly over the days of the view.
pub(crate) fn grid_svg(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let view = ask.view()?;
    let seen = Resolved::new(world, &view, ask.tongue)?;
    let days: Vec<Date> = match ask.get("dates") {
        Some(text) => {
            let parse = |d: &str| d.trim().parse().map_err(|_| Problem::no_day("dates", d));
            text.split(',').map(parse).collect::<Result<_, _>>()?
        }
        None => {
            let all = days_between(seen.span.0, seen.span.1);
            let count = all.min(11);
            (0..=count).map(|n| seen.span.0.saturating_add(jiff::Span::new().days(all * n / count.max(1)))).collect()
        }
    };
    let mut dates = Vec::new();
    for on in days.into_iter().take(MOST_DATES) {
        let seen = Resolved::new(world, &view.on(on), ask.tongue)?;
        let points = seen.rows.iter().map(|(place, state)| MapPoint {
            place: place.clone(),
            state: state.clone(),
            chosen: false,
        });
        dates.push((Query { on, known_by: view.known_by }, points.collect()));
    }
    let columns = ask.number("columns")?.unwrap_or(4);
    let request =
        MapRequest { points: Vec::new(), areas: Vec::new(), names: Names::None, ..seen.map(width(ask)?, false) };
    Ok(Reply::new("image/svg+xml", draw_grid(&request, &dates, columns)))
}

/// `/export/{format}`: the view as a file. With filters: only the places that pass.
pub(crate) fn file(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let found = format(&ask.id).map_err(|e| Problem::NotFound(said!("problem-format", what = e.to_string())))?;
    // A file goes to other programs and people: English, whoever asks.
    let seen = Resolved::new(world, &View { lang: None, ..ask.view()? }, Tongue::ENGLISH)?;
    let chosen: std::collections::BTreeSet<PlaceId> = match seen.view.place {
        Some(place) => [place].into(),
        None => seen.filtered().iter().map(|(p, _)| p.id).chain(seen.areas.iter().map(|(p, _)| p.id)).collect(),
    };
    let intervals = match found.content {
        Content::Control => seen.now.control().table(seen.query.known_by, |p| chosen.contains(&p)),
        Content::Claims => Vec::new(),
    };
    // The Atom feed takes its date from the claims, so it needs them too.
    let filter = ClaimFilter {
        places: chosen.iter().copied().collect(),
        known_by: seen.query.known_by,
        ..ClaimFilter::default()
    };
    let claims: Vec<_> = if found.content == Content::Claims || found.name == "atom" {
        world.ledger().claims(&filter)?.into_iter().map(claim_row).collect()
    } else {
        Vec::new()
    };
    let query = seen.view.at("/");
    let set = ExportSet {
        title: &say!(Tongue::ENGLISH, "map-title-places", country = seen.country_name.as_str()),
        attribution: "Computed by Marchland from the articles named in the claims. Places: GeoNames (CC BY 4.0). Boundaries: Natural Earth",
        query: &query,
        made: world.clock(),
        intervals: &intervals,
        claims: &claims,
        lookup: world,
    };
    let bytes =
        export(found.name, &set).map_err(|e| Problem::Internal(said!("problem-format", what = e.to_string())))?;
    let name = format!("marchland-{}-{}.{}", found.name, seen.query.on, found.extension);
    Ok(Reply::new(found.media, bytes).named(&name))
}

/// `/differences.csv`: what differs between the day of the view and the one it is compared with.
pub(crate) fn differences(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let view = ask.view()?;
    let missing = || Problem::Bad(said!("problem-missing-example", name = "compare", example = "2021-08-15"));
    let other = view.compare.ok_or_else(missing)?;
    let seen = Resolved::new(world, &view, ask.tongue)?;
    let ids: std::collections::BTreeSet<PlaceId> = seen.rows.iter().map(|(p, _)| p.id).collect();
    let (from, to) = (seen.query.on.min(other), seen.query.on.max(other));
    let on = |on| Query { on, known_by: view.known_by };
    let mut table = Table::new();
    table.row([
        "place_id",
        "name",
        "from_day",
        "to_day",
        "change",
        "from_holder",
        "to_holder",
        "since",
        "probability",
        "known_by",
    ]);
    for c in seen.now.control().diff(&on(from), &on(to), |p| ids.contains(&p)) {
        let kind = serde_json::to_value(c.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let id = |a: Option<marchland_actor::ActorId>| a.map(|a| a.to_string()).unwrap_or_default();
        table.row([
            c.place.to_string(),
            world.place(c.place).map(|p| p.name).unwrap_or_default(),
            from.to_string(),
            to.to_string(),
            kind,
            id(c.from),
            id(c.to),
            c.day.to_string(),
            format!("{:.4}", c.probability),
            view.known_by.map(|d| d.to_string()).unwrap_or_default(),
        ]);
    }
    Ok(Reply::new("text/csv; charset=utf-8", table.bytes()).named(&format!("differences-{from}-{to}.csv")))
}
