//! What an analyst says of a claim: the forms for an edit and for a merge, and the claim that comes of them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_article::Span;
use marchland_atlas::{Lookup, MapPoint, MapRequest, Names, PlaceInfo, draw};
use marchland_claim::{Claim, ClaimPlace, Kind, Party, Stance};
use marchland_control::{PlaceState, Query};
use marchland_ledger::{ClaimEntry, ClaimFilter};
use marchland_place::{Candidate, PlaceId};
use marchland_words::{Tongue, say};
use maud::{Markup, PreEscaped, html};

use crate::ask::Ask;
use crate::forms::{value, word};
use crate::problem::Problem;
use crate::said::said;
use crate::words;
use crate::world::World;

pub(super) const KINDS: [Kind; 6] =
    [Kind::Transfer, Kind::Holds, Kind::Contested, Kind::Besieged, Kind::Withdrawal, Kind::Repelled];
pub(super) const STANCES: [Stance; 5] =
    [Stance::Asserted, Stance::Claimed, Stance::Denied, Stance::Planned, Stance::Hypothetical];

/// Most other places that are offered.
const MOST_PLACES: usize = 8;
/// Most claims that are offered for a merge.
const MOST_MERGES: usize = 15;

/// The fields of an edit: the place with the others that it may be, on a map; parties, days, kind, stance.
pub(super) fn edit_fields(t: Tongue, world: &World, claim: &Claim) -> Markup {
    let actor = |p: &Option<Party>| p.as_ref().and_then(|p| p.actor.as_ref()).map(ToString::to_string);
    let offered = offered(world, claim);
    html! {
        @if offered.len() > 1 { figure { figcaption.quiet { (t.say("edit-place-map")) } (PreEscaped(places_map(t, claim, &offered))) } }
        fieldset {
            legend { (t.say("field-place")) }
            @for (n, (place, score)) in offered.iter().enumerate() {
                label.choice {
                    input type="radio" name="place" value=(place.id) checked[claim.place.id == Some(place.id)]; " "
                    strong translate="no" { (letter(n)) } " " bdi { (place.name) } @for name in [&place.admin1, &place.country_name].into_iter().flatten() { (t.say("comma")) bdi { (name) } }
                    span.quiet { " " bdi { (place.feature.as_deref().unwrap_or("")) " " (place.id) } @if let Some(score) = score { (t.say("comma")) (t.percent(f64::from(*score))) } }
                }
            }
            label { (t.say("edit-another")) " " input type="text" name="place_other" size="18" placeholder=(t.say("name-or-id")); }
        }
        p { label { (t.say("field-holder")) " " input type="text" name="holder" list="actors" value=[actor(&claim.holder)]; } " " label { (t.say("field-other")) " " input type="text" name="other" list="actors" value=[actor(&claim.other)]; } }
        (actors(world))
        p { label { (t.say("field-from")) " " input type="date" name="valid_from" value=[claim.time.valid_from]; } " " label { (t.say("field-to")) " " input type="date" name="valid_to" value=[claim.time.valid_to]; } }
        p { (choice(t, "kind", &KINDS, claim.kind.as_ref())) " " (choice(t, "stance", &STANCES, Some(&claim.stance))) }
    }
}

/// A list of words to choose from; its label and words are those of the vocabulary called `name`.
pub(super) fn choice<T: serde::Serialize + PartialEq>(t: Tongue, name: &str, all: &[T], chosen: Option<&T>) -> Markup {
    html! { label { (t.say(&format!("field-{name}"))) " " select name=(name) { @for one in all { option value=(word(one)) selected[chosen == Some(one)] { (words::of(t, name, one)) } } } } }
}

/// Every party of the registry, offered while one types.
pub(super) fn actors(world: &World) -> Markup {
    html! { datalist #actors { @for actor in world.desk().registry().actors() { option value=(actor.id) translate="no" { (actor.name) } } } }
}

fn letter(n: usize) -> char {
    (b'A' + u8::try_from(n % 26).unwrap_or(0)) as char
}

/// The place of a claim and the others that it may be: the coder's alternatives, then those of the same name.
fn offered(world: &World, claim: &Claim) -> Vec<(PlaceInfo, Option<f32>)> {
    let mut seen = BTreeSet::new();
    let own = claim.place.id.map(|id| (id, Some(claim.place.score)));
    let coded = claim.place.alternatives.iter().map(|c| (c.id, Some(c.score)));
    let named = world.desk().gazetteer().lookup(&claim.place.name).into_iter().map(|id| (id, None));
    own.into_iter()
        .chain(coded)
        .chain(named)
        .filter(|(id, _)| seen.insert(*id))
        .filter_map(|(id, score)| Some((world.place(id)?, score)))
        .take(MOST_PLACES)
        .collect()
}

/// The offered places, each under its letter.
fn places_map(t: Tongue, claim: &Claim, offered: &[(PlaceInfo, Option<f32>)]) -> String {
    let query = Query { on: claim.time.valid_from.unwrap_or(Date::ZERO), known_by: None };
    let points = offered.iter().enumerate().map(|(n, (place, _))| MapPoint {
        place: PlaceInfo { name: format!("{} {}", letter(n), place.name), local_name: None, ..place.clone() },
        state: PlaceState::unknown(place.id, query),
        chosen: claim.place.id == Some(place.id),
    });
    let request = MapRequest {
        query,
        points: points.collect(),
        names: Names::Latin,
        tongue: t,
        width: 480,
        id: "offered-".to_owned(),
        ..MapRequest::default()
    };
    draw(&request).replace("</text>", "</text>\n")
}

/// Claims on the same place that may say the same, the nearest in time first.
pub(super) fn merge_fields(t: Tongue, world: &World, entry: &ClaimEntry) -> Result<Markup, Problem> {
    let claim = &entry.claim;
    let Some(place) = claim.place.id else {
        return Ok(html! { p.quiet { (t.say("merge-no-place")) } });
    };
    let filter = ClaimFilter { places: vec![place], control_only: true, ..ClaimFilter::default() };
    let mut others: Vec<ClaimEntry> =
        world.ledger().claims(&filter)?.into_iter().filter(|e| e.claim.id != claim.id).collect();
    let far = |e: &ClaimEntry| match (e.claim.time.valid_from, claim.time.valid_from) {
        (Some(a), Some(b)) => words::days_between(a, b).abs(),
        _ => i32::MAX,
    };
    others.sort_by_key(|e| (far(e), e.claim.kind != claim.kind, e.claim.id.clone()));
    others.truncate(MOST_MERGES);
    Ok(html! {
        @if others.is_empty() { p.quiet { (t.say("merge-none")) } }
        @else {
            label { (t.say("merge-same")) " "
                select name="into" {
                    @for e in &others { option value=(e.claim.id.0) { (say!(t, "merge-option", claim = words::claim(t, world, &e.claim), days = words::days(t, &e.claim), outlet = e.outlet.clone().unwrap_or_else(|| t.say("unnamed-outlet")))) } }
                }
            }
            " " button type="submit" name="verdict" value="merge" { (t.say("merge-button")) }
        }
    })
}

/// A party, by id or by one of its names.
pub(super) fn party(world: &World, name: &str, words: &str, span: Span) -> Result<Party, Problem> {
    let registry = world.desk().registry();
    let id = ActorId::from(words);
    let id = if registry.actor(&id).is_some() { Some(id) } else { registry.lookup(words).cloned() };
    let id = id.ok_or_else(|| Problem::Bad(said!("problem-no-actor", name = name, value = format!("{words:?}"))))?;
    let known = world.actor(&id).unwrap_or_else(|| id.to_string());
    Ok(Party { actor: Some(id), name: known, span, score: 1.0, alternatives: Vec::new() })
}

/// A place, by id or by name. Of several that bear the name: one of the country first, then the largest; the others
/// stay as alternatives.
pub(super) fn place(world: &World, words: &str, country: Option<&str>) -> Result<(PlaceInfo, Vec<Candidate>), Problem> {
    let gazetteer = world.desk().gazetteer();
    if let Some(found) = PlaceId::parse(words).and_then(|id| world.place(id)) {
        return Ok((found, Vec::new()));
    }
    let mut found: Vec<PlaceInfo> = gazetteer.lookup(words).into_iter().filter_map(|id| world.place(id)).collect();
    let area = |p: &PlaceInfo| crate::resolve::is_area(p);
    found.sort_by_key(|p| (p.country.as_deref() != country, area(p), std::cmp::Reverse(p.population), p.id));
    let mut found = found.into_iter();
    let missing = || Problem::Bad(said!("problem-no-place-named", name = format!("{words:?}")));
    let first = found.next().ok_or_else(missing)?;
    Ok((first, found.take(MOST_PLACES).map(|p| Candidate { id: p.id, score: 0.0 }).collect()))
}

/// The place of a claim as the analyst says.
pub(super) fn claim_place(old: ClaimPlace, place: PlaceInfo, alternatives: Vec<Candidate>) -> ClaimPlace {
    ClaimPlace {
        id: Some(place.id),
        name: place.name,
        country: place.country,
        admin1: place.admin1,
        lat: place.lat,
        lon: place.lon,
        feature: place.feature,
        score: 1.0,
        alternatives,
        ..old
    }
}

/// A day of the form.
pub(super) fn day(ask: &Ask, name: &str) -> Result<Option<Date>, Problem> {
    ask.field(name).map(|d| d.parse::<Date>().map_err(|_| Problem::no_day(name, d))).transpose()
}

/// Days in the right order.
pub(super) fn in_order(from: Option<Date>, to: Option<Date>) -> Result<(), Problem> {
    match (from, to) {
        (Some(a), Some(b)) if b < a => {
            Err(Problem::Bad(said!("problem-end-before", to = b.to_string(), from = a.to_string())))
        }
        _ => Ok(()),
    }
}

/// The claim with the fields of the form in place of its own.
pub(super) fn edited(world: &World, claim: &Claim, ask: &Ask) -> Result<Claim, Problem> {
    let mut new = claim.clone();
    (new.time.valid_from, new.time.valid_to) = (day(ask, "valid_from")?, day(ask, "valid_to")?);
    in_order(new.time.valid_from, new.time.valid_to)?;
    if new.time.valid_from != claim.time.valid_from || new.time.valid_to != claim.time.valid_to {
        new.time.inferred = false;
    }
    if let Some(word) = ask.field("kind") {
        new.kind = Some(value("kind", word)?);
    }
    if let Some(word) = ask.field("stance") {
        new.stance = value("stance", word)?;
    }
    for (name, slot) in [("holder", &mut new.holder), ("other", &mut new.other)] {
        let Some(word) = ask.field(name) else {
            *slot = None;
            continue;
        };
        let span = slot.as_ref().map_or(claim.evidence.trigger, |p| p.span);
        let said = party(world, name, word, span)?;
        if slot.as_ref().and_then(|p| p.actor.as_ref()) != said.actor.as_ref() {
            *slot = Some(said);
        }
    }
    if let Some(word) = ask.field("place_other").or_else(|| ask.field("place")) {
        let (place, alternatives) = place(world, word, claim.place.country.as_deref())?;
        if claim.place.id != Some(place.id) {
            new.place = claim_place(new.place, place, alternatives);
        }
    }
    Ok(new)
}

/// What differs between two versions of a claim, in words: field, old value, new value.
pub(crate) fn differences(t: Tongue, world: &World, old: &Claim, new: &Claim) -> Vec<(String, String, String)> {
    let place = |c: &Claim| {
        let id = c.place.id.map_or_else(|| t.say("edit-no-place"), |id| id.to_string());
        format!("{} ({id})", c.place.name)
    };
    let who = |p: &Option<Party>| words::party(world, p.as_ref()).unwrap_or_else(|| t.say("edit-nobody"));
    let date = |d: Option<Date>| d.map_or_else(|| t.say("edit-open"), |d| t.day_short(d));
    let kind = |c: &Claim| c.kind.map_or_else(String::new, |k| words::of(t, "kind", &k));
    [
        ("edit-field-place", place(old), place(new)),
        ("edit-field-holder", who(&old.holder), who(&new.holder)),
        ("edit-field-other", who(&old.other), who(&new.other)),
        ("edit-field-from", date(old.time.valid_from), date(new.time.valid_from)),
        ("edit-field-to", date(old.time.valid_to), date(new.time.valid_to)),
        ("edit-field-kind", kind(old), kind(new)),
        ("edit-field-stance", words::of(t, "stance", &old.stance), words::of(t, "stance", &new.stance)),
    ]
    .into_iter()
    .filter(|(_, a, b)| a != b)
    .map(|(key, a, b)| (t.say(key), a, b))
    .collect()
}
