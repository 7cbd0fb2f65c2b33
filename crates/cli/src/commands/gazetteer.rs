//! `gazetteer` and `explain-place`: look into the gazetteer, and see why a name was taken for a place.

use std::io::Write;

use anyhow::Result;
use marchland_gazetteer::Options;
use marchland_place::{Explanation, Gazetteer, Place, PlaceId};
use serde_json::{Value, json};

use crate::args::GazetteerAction;
use crate::input::Report;
use crate::output::{Table, json_line, paint, stdout, style, wants_json};
use crate::{App, Usage, args};

/// `marchland gazetteer`
pub fn gazetteer(app: &App, action: &GazetteerAction) -> Result<Report> {
    if let GazetteerAction::Import { files, output, country, all, json } = action {
        let options = Options { countries: country.iter().cloned().collect(), all_kinds: *all, ..Options::default() };
        return super::gazetteer_import::import(app, files, output, &options, *json);
    }
    let coder = app.coder()?;
    let gazetteer = coder.gazetteer();
    match action {
        GazetteerAction::Import { .. } => Ok(Report::default()),
        GazetteerAction::Find { name, country, fuzzy, json } => {
            let mut found: Vec<(PlaceId, f32)> = gazetteer.lookup(name).into_iter().map(|id| (id, 0.0)).collect();
            if *fuzzy {
                let countries: Vec<&str> = country.as_deref().into_iter().collect();
                found.extend(gazetteer.fuzzy(name, &countries).into_iter().map(|m| (m.id, m.distance)));
            }
            let mut places: Vec<(Place<'_>, f32)> =
                found.into_iter().filter_map(|(id, far)| gazetteer.place(id).map(|p| (p, far))).collect();
            places.retain(|(p, _)| country.as_deref().is_none_or(|c| p.country == Some(c)));
            places.sort_by(|a, b| {
                a.1.total_cmp(&b.1).then(b.0.population.cmp(&a.0.population)).then(a.0.id.cmp(&b.0.id))
            });
            places.dedup_by_key(|(p, _)| p.id);
            if places.is_empty() {
                let hint = if *fuzzy { "" } else { "; --fuzzy finds names spelled a little otherwise" };
                crate::output::note(format_args!("no place is called {name:?}{hint}"));
                return Ok(Report { failed: 1, ..Report::default() });
            }
            list(places.into_iter().map(|(p, _)| p), *json)
        }
        GazetteerAction::Show { id, json } => {
            let known = PlaceId::parse(id).and_then(|id| gazetteer.place(id));
            let place = known
                .ok_or_else(|| Usage(format!("{id:?} is no place id; `marchland gazetteer find NAME` shows ids")))?;
            list(std::iter::once(place), *json)
        }
        GazetteerAction::Capitals { country, json } => {
            let places = gazetteer.capitals(country);
            if places.is_empty() {
                crate::output::note(format_args!("no seats of provinces are known for {country}"));
            }
            list(places.into_iter().filter_map(|id| gazetteer.place(id)), *json)
        }
        GazetteerAction::Stats { json } => stats(gazetteer, *json),
    }
}

fn list<'g>(places: impl Iterator<Item = Place<'g>>, json: bool) -> Result<Report> {
    let mut out = stdout();
    let as_json = wants_json(json);
    let mut table = Table::new(&["id", "name", "local name", "feature", "in", "country", "position", "inhabitants#"]);
    for place in places {
        if as_json {
            json_line(&mut out, &place_json(&place))?;
            continue;
        }
        table.row(vec![
            paint(style::NAME, place.id),
            place.name.to_owned(),
            place.local_name.unwrap_or("").to_owned(),
            place.feature.to_owned(),
            place.admin1_name.unwrap_or("").to_owned(),
            place.country.unwrap_or("").to_owned(),
            format!("{:.4}, {:.4}", place.lat, place.lon),
            if place.population > 0 { place.population.to_string() } else { String::new() },
        ]);
    }
    if !as_json {
        write!(out, "{}", table.render())?;
    }
    out.flush()?;
    Ok(Report::default())
}

fn place_json(place: &Place<'_>) -> Value {
    json!({
        "id": place.id, "name": place.name, "local_name": place.local_name, "country": place.country,
        "admin1": place.admin1_name, "admin2": place.admin2_name, "lat": place.lat, "lon": place.lon,
        "feature": place.feature, "population": place.population,
    })
}

fn stats(gazetteer: &Gazetteer, json: bool) -> Result<Report> {
    let mut out = stdout();
    if wants_json(json) {
        json_line(&mut out, &json!({"places": gazetteer.len(), "bytes": gazetteer.bytes()}))?;
    } else {
        writeln!(out, "{} places in {:.1} MB", gazetteer.len(), gazetteer.bytes() as f64 / 1e6)?;
        for info in gazetteer.infos() {
            writeln!(out, "{info:?}")?;
        }
    }
    out.flush()?;
    Ok(Report::default())
}

/// `marchland explain-place`
pub fn explain(app: &App, args: &args::ExplainPlace) -> Result<Report> {
    let coder = app.coder()?;
    let wanted = marchland_place::fold(&args.name);
    crate::commands::text::run(
        app,
        &args.text,
        |article| coder.explain_places(article),
        |article, all| {
            let rows: Vec<Value> =
                chosen(article, all, &wanted).map(|e| json!({"text": e.span.of(&article.text), "why": e})).collect();
            json!({"id": article.id, "places": rows})
        },
        |out, article, all| {
            let mut any = false;
            for e in chosen(article, all, &wanted) {
                any = true;
                let sure = e.probability * 100.0;
                let words = crate::output::safe(e.span.of(&article.text));
                writeln!(out, "{}: a place name with {sure:.0} %", paint(style::NAME, words))?;
                for r in e.reasons.iter().take(8) {
                    writeln!(out, "    {:+.2}  {} {}", r.adds, r.feature, r.word)?;
                }
                for c in e.candidates.iter().take(5) {
                    let place = coder.gazetteer().place(c.id);
                    let name = place.as_ref().map_or_else(
                        || c.id.to_string(),
                        |p| format!("{} ({}, {})", p.name, p.feature, p.country.unwrap_or("")),
                    );
                    writeln!(out, "  {} {:.0} %", paint(style::STRONG, name), c.probability * 100.0)?;
                    for r in c.reasons.iter().take(8) {
                        writeln!(out, "    {:+.2}  {} {}", r.adds, r.feature, r.word)?;
                    }
                }
            }
            if !any {
                writeln!(out, "{} is not taken for a place name here", args.name)?;
            }
            Ok(())
        },
    )
}

fn chosen<'e>(
    article: &'e marchland_article::Article,
    all: &'e [Explanation],
    wanted: &'e str,
) -> impl Iterator<Item = &'e Explanation> {
    all.iter().filter(move |e| marchland_place::fold(e.span.of(&article.text)) == wanted)
}
