//! The JSON API: the same answers as the pages, for programs. Offsets are Unicode code points, end exclusive.

use std::collections::BTreeMap;

use marchland_actor::ActorId;
use marchland_article::CodePoints;
use marchland_atlas::{Boundaries, ClaimRow, GeoBox, Lookup, Mark, PlaceInfo, claim_json, state_words, symbol};
use marchland_claim::ClaimId;
use marchland_control::{PlaceState, Query};
use marchland_ledger::{ArticleEntry, ArticleFilter, ClaimEntry, ClaimFilter};
use marchland_place::PlaceId;
use marchland_words::Tongue;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::forms;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::routes::Reply;
use crate::said::said;
use crate::world::World;

/// A row of the ledger as the exports want it.
pub(crate) fn claim_row(entry: ClaimEntry) -> ClaimRow {
    ClaimRow { claim: entry.claim, outlet: entry.outlet, published: entry.published, read_at: entry.read_at }
}

fn place_json(place: &PlaceInfo) -> Value {
    json!({
        "id": place.id, "name": place.name, "local_name": place.local_name, "country": place.country, "country_name": place.country_name,
        "admin1": place.admin1, "latitude": place.lat, "longitude": place.lon, "feature": place.feature, "population": place.population,
    })
}

fn state_json(world: &World, state: &PlaceState) -> Value {
    json!({
        "place": state.place,
        "name": world.place(state.place).map(|p| p.name),
        "status": state.status,
        "qualifier": state.qualifier,
        "mark": Mark::of(state).words(),
        "holder": state.holder,
        "holder_name": state.holder.as_ref().map(|h| world.actor_name(h)),
        "probability": state.probability,
        "beliefs": state.beliefs.iter().map(|(a, p)| json!({ "actor": a, "probability": p })).collect::<Vec<_>>(),
        "besieged_by": state.besieged_by,
        "parts": state.parts.iter().map(|(part, a)| json!({ "part": part, "holder": a })).collect::<Vec<_>>(),
        "since": state.since,
        "last_confirmed": state.last_confirmed,
        "reports": state.reports,
        "independent": state.independent,
        "log_odds_decibans": state.log_odds,
        "reasons": state.reasons,
    })
}

fn query_json(query: Query) -> Value {
    json!({ "on": query.on, "known_by": query.known_by })
}

/// `/api/places`: the places of a view with their states, and the answer in words.
pub(crate) fn places(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Resolved::new(world, &ask.view()?, ask.tongue)?;
    let count = seen.count();
    let mut symbols: BTreeMap<String, String> = BTreeMap::new();
    let mut rows = |rows: &[&(PlaceInfo, PlaceState)]| -> Vec<Value> {
        rows.iter()
            .map(|(place, state)| {
                let key = symbol_key(state);
                symbols.entry(key.clone()).or_insert_with(|| {
                    symbol(
                        Mark::of(state),
                        seen.party(state.holder.as_ref()),
                        seen.party(state.besieged_by.as_ref()),
                        24.0,
                    )
                });
                let mut told = state_json(world, state);
                told["words"] = json!(state_words(seen.tongue, state, &seen.parties));
                json!({ "place": place_json(place), "state": told, "symbol": key })
            })
            .collect()
    };
    let (places, areas) = (rows(&seen.filtered()), rows(&seen.areas.iter().collect::<Vec<_>>()));
    Ok(Reply::json(&json!({
        "query": query_json(seen.query),
        "country": seen.country,
        "answer": format!("{}, {}", count.words(Tongue::ENGLISH, &seen.parties, seen.unit), marchland_atlas::query_words(seen.query)),
        "unit": seen.unit.words(Tongue::ENGLISH),
        "total": count.total,
        "counts": count.by_mark.iter().map(|((holder, mark), n)| json!({ "holder": holder, "mark": mark.words(), "places": n })).collect::<Vec<_>>(),
        "besieged": count.besieged,
        "parties": seen.parties.iter().map(|p| json!({ "id": p.id, "name": p.name, "letter": p.letter, "colour": p.colour })).collect::<Vec<_>>(),
        "places": places,
        "areas": areas,
        "symbols": symbols,
        "first_day": seen.span.0,
        "last_day": seen.span.1,
    })))
}

/// Names the picture of a state.
fn symbol_key(state: &PlaceState) -> String {
    let id = |a: &Option<ActorId>| a.as_ref().map(ToString::to_string).unwrap_or_default();
    let mark = Mark::of(state);
    format!(
        "{}|{}|{}",
        mark.words(),
        if mark.has_holder() { id(&state.holder) } else { String::new() },
        id(&state.besieged_by)
    )
}

/// `/api/land`: land, borders, rivers and lakes about a country, as GeoJSON.
pub(crate) fn land(_world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let missing = || Problem::Bad(said!("problem-missing-example", name = "country", example = "AF"));
    let iso = ask.get("country").ok_or_else(missing)?.to_ascii_uppercase();
    let boundaries = Boundaries::world();
    let home = boundaries
        .box_of(&iso)
        .ok_or_else(|| Problem::NotFound(said!("problem-no-country", iso = format!("{iso:?}"))))?;
    let (w, h) = ((home.east - home.west) * 0.6 + 1.0, (home.north - home.south) * 0.6 + 1.0);
    let around = GeoBox { west: home.west - w, south: home.south - h, east: home.east + w, north: home.north + h };
    let mut land = boundaries.land(around, &iso);
    land["bounds"] = json!([home.west, home.south, home.east, home.north]);
    Ok(Reply::json(&land))
}

fn place_id(text: &str) -> Result<PlaceId, Problem> {
    let wrong = || Problem::Bad(said!("problem-place-id", name = "place", value = format!("{text:?}")));
    PlaceId::parse(text).ok_or_else(wrong)
}

/// `/api/place/{id}`: a place with its state, the reasons for it and its intervals.
pub(crate) fn place(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let id = place_id(&ask.id)?;
    let place = world.place(id).ok_or_else(|| Problem::NotFound(said!("problem-no-place", id = id.to_string())))?;
    let now = world.now()?;
    let view = ask.view()?;
    let query = Query { on: view.on.unwrap_or(now.latest().on), known_by: view.known_by };
    let state = now.control().state(id, &query);
    Ok(Reply::json(&json!({
        "query": query_json(query),
        "place": place_json(&place),
        "state": state_json(world, &state),
        "intervals": now.control().intervals(id, query.known_by),
    })))
}

/// `/api/claims`: claims by place, article, actor, kind, stance and days.
pub(crate) fn claims(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let filter = ClaimFilter {
        places: ask.get("place").map(place_id).transpose()?.into_iter().collect(),
        article: ask.get("article").map(str::to_owned),
        actor: ask.get("actor").map(ActorId::from),
        country: ask.get("country").map(str::to_ascii_uppercase),
        kind: ask.get("kind").map(|w| forms::value("kind", w)).transpose()?,
        stance: ask.get("stance").map(|w| forms::value("stance", w)).transpose()?,
        from: ask.day("from")?,
        to: ask.day("to")?,
        known_by: ask.day("known_by")?,
        outlet: ask.get("outlet").map(str::to_owned),
        limit: Some(ask.number::<usize>("limit")?.unwrap_or(1000).min(10_000)),
        ..ClaimFilter::default()
    };
    let entries = world.ledger().claims(&filter)?;
    let claims: Vec<Value> = entries.into_iter().map(|e| claim_json(&claim_row(e), world)).collect();
    Ok(Reply::json(&json!({ "claims": claims })))
}

/// `/api/claim/{id}`.
pub(crate) fn claim(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let entry = world.ledger().claim(&ClaimId(ask.id.clone()))?;
    let entry = entry.ok_or_else(|| Problem::NotFound(said!("problem-no-claim", id = format!("{:?}", ask.id))))?;
    let (verdict, counts) = (entry.verdict, entry.counts);
    let mut value = claim_json(&claim_row(entry), world);
    value["verdict"] = json!(verdict);
    value["counts"] = json!(counts);
    Ok(Reply::json(&value))
}

fn article_head(entry: &ArticleEntry) -> Value {
    let a = &entry.article;
    json!({
        "digest": a.digest, "id": a.id, "title": a.title, "outlet": a.outlet, "url": a.url, "published": a.published,
        "read_at": entry.read_at, "withdrawn": entry.withdrawn, "coder": entry.coder, "seq": entry.seq, "characters": a.text.chars().count(),
    })
}

/// `/api/articles`.
pub(crate) fn articles(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let filter = ArticleFilter {
        from: ask.day("from")?,
        to: ask.day("to")?,
        outlet: ask.get("outlet").map(str::to_owned),
        undated: ask.get("undated").is_some(),
        after: ask.number("after")?.unwrap_or(0),
        limit: Some(ask.number::<usize>("limit")?.unwrap_or(100).min(1000)),
        ..ArticleFilter::default()
    };
    let entries = world.ledger().articles(&filter)?;
    let next = entries.last().map(|e| e.seq);
    Ok(Reply::json(&json!({ "articles": entries.iter().map(article_head).collect::<Vec<_>>(), "next_after": next })))
}

/// `/api/article/{digest}`: the whole text, its blocks and cuts, and its claims.
pub(crate) fn article(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let (entry, claims) = {
        let ledger = world.ledger();
        (ledger.article(&ask.id)?, ledger.claims_of(&ask.id)?)
    };
    let entry = entry.ok_or_else(|| Problem::no_article(&ask.id))?;
    let points = CodePoints::new(&entry.article.text);
    let span = |s| {
        let (start, end) = points.span(s);
        json!({ "start": start, "end": end })
    };
    let mut value = article_head(&entry);
    value["text"] = json!(entry.article.text);
    value["blocks"] = entry.article.blocks.iter().map(|b| json!({ "kind": b.kind, "span": span(b.span) })).collect();
    value["cuts"] =
        entry.article.cuts.iter().map(|c| json!({ "reason": c.reason.words(), "span": span(c.span) })).collect();
    value["claims"] = claims.into_iter().map(|e| claim_json(&claim_row(e), world)).collect();
    Ok(Reply::json(&value))
}

/// `/api/control`: the state of every place of a country (or all) on a day, without reasons.
pub(crate) fn control(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let view = ask.view()?;
    let now = world.now()?;
    let query = Query { on: view.on.unwrap_or(now.latest().on), known_by: view.known_by };
    let chosen = |id: PlaceId| view.country.is_none() || world.place(id).and_then(|p| p.country) == view.country;
    let states = now.control().map(&query, chosen);
    Ok(Reply::json(
        &json!({ "query": query_json(query), "states": states.iter().map(|s| state_json(world, s)).collect::<Vec<_>>() }),
    ))
}

/// `/api/changes`: what differs between two days.
pub(crate) fn changes(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let from = ask.day_needed("from", "2021-08-06")?;
    let to = ask.day_needed("to", "2021-08-15")?;
    let view = ask.view()?;
    let now = world.now()?;
    let on = |on| Query { on, known_by: view.known_by };
    let chosen = |id: PlaceId| view.country.is_none() || world.place(id).and_then(|p| p.country) == view.country;
    let changes = now.control().diff(&on(from), &on(to), chosen);
    Ok(Reply::json(&json!({ "from": from, "to": to, "known_by": view.known_by, "changes": changes })))
}

/// `/api/log`: what was added, in order.
pub(crate) fn log(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let after = ask.number("after")?.unwrap_or(0);
    let limit = ask.number::<usize>("limit")?.unwrap_or(200).min(5000);
    let entries = world.ledger().log(after, limit)?;
    Ok(Reply::json(&json!({ "entries": entries, "next_after": entries.last().map_or(after, |e| e.seq) })))
}

/// `/api/counts`: how much there is.
pub(crate) fn counts(world: &World, _ask: &Ask) -> Result<Reply, Problem> {
    let now = world.now()?;
    let mute: BTreeMap<String, u64> = now.mute.iter().map(|(why, n)| (Tongue::ENGLISH.say(why), *n)).collect();
    Ok(Reply::json(
        &json!({ "counts": now.counts, "without_vote": mute, "latest": now.control().latest(), "seq": now.seq() }),
    ))
}
