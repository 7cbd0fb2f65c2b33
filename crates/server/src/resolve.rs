//! A view with everything chosen: which day, which country, which places, in which state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use marchland_atlas::{
    Count, Frame, Lookup, MapArea, MapPoint, MapRequest, Mark, PartyStyle, PlaceInfo, Unit, state_words,
};
use marchland_control::{PlaceState, Query};
use marchland_place::PlaceId;
use marchland_words::{Tongue, say};

use crate::problem::Problem;
use crate::snapshot::Snapshot;
use crate::view::{SetChoice, View};
use crate::world::World;

/// A view with everything chosen.
pub(crate) struct Resolved {
    pub view: View,
    pub now: Arc<Snapshot>,
    pub query: Query,
    /// ISO letters; empty when nothing is known of any country.
    pub country: String,
    pub country_name: String,
    /// What is counted.
    pub unit: Unit,
    /// The language of the answer.
    pub tongue: Tongue,
    pub parties: Vec<PartyStyle>,
    /// The places counted, with their states, in order of names.
    pub rows: Vec<(PlaceInfo, PlaceState)>,
    /// Provinces and countries of which somebody spoke.
    pub areas: Vec<(PlaceInfo, PlaceState)>,
    /// First and last day worth asking about.
    pub span: (Date, Date),
    /// First and last day of the timeline and the sliders: the span, or the part of it that the view asks for.
    pub window: (Date, Date),
}

/// Capitals are the set when at least this share of them has been spoken of.
const ENOUGH: f64 = 0.34;

impl Resolved {
    /// Chooses what the view leaves open.
    pub fn new(world: &World, view: &View, tongue: Tongue) -> Result<Self, Problem> {
        let now = world.now()?;
        let chosen = view.place.and_then(|id| world.place(id)).and_then(|p| p.country);
        let country =
            view.country.clone().or(chosen).or_else(|| now.countries.first().map(|c| c.0.clone())).unwrap_or_default();
        let known = now.country(&country, |id| world.actor_name(id));
        let told = &known.told;
        let seats = world.desk().gazetteer().capitals(&country);
        let spoken = seats.iter().filter(|p| told.contains(p)).count();
        let capitals = match view.set {
            SetChoice::Capitals => true,
            SetChoice::All => false,
            SetChoice::Auto => !seats.is_empty() && spoken as f64 >= ENOUGH * seats.len() as f64,
        };
        let span = known.span;
        let window = (view.from.unwrap_or(span.0), view.to.unwrap_or(span.1));
        let window = if window.0 <= window.1 { window } else { (window.1, window.0) };
        let query = Query { on: view.on.unwrap_or(span.1), known_by: view.known_by };
        let states: BTreeMap<PlaceId, PlaceState> =
            now.control().map(&query, |p| told.contains(&p)).into_iter().map(|s| (s.place, s)).collect();
        let parties = known.parties.clone();
        let wanted: BTreeSet<PlaceId> = if capitals { seats.into_iter().collect() } else { told.clone() };
        let mut rows = Vec::new();
        let mut areas = Vec::new();
        for id in wanted.union(told) {
            let Some(place) = world.place(*id) else { continue };
            let state = states.get(id).cloned().unwrap_or_else(|| PlaceState::unknown(*id, query));
            if is_area(&place) {
                areas.push((place, state));
            } else if wanted.contains(id) {
                rows.push((place, state));
            }
        }
        rows.sort_by(|a, b| (&a.0.name, a.0.id).cmp(&(&b.0.name, b.0.id)));
        let country_name =
            marchland_atlas::Boundaries::world().country(&country).map_or_else(|| country.clone(), |c| c.name.clone());
        Ok(Self {
            view: view.clone(),
            query,
            country,
            country_name,
            unit: if capitals { Unit::Capitals } else { Unit::Places },
            tongue,
            parties,
            rows,
            areas,
            span,
            window,
            now,
        })
    }

    /// The count over all rows.
    pub fn count(&self) -> Count {
        Count::of(self.rows.iter().map(|(_, s)| s))
    }

    /// The rows that pass the view's filters.
    pub fn filtered(&self) -> Vec<&(PlaceInfo, PlaceState)> {
        let q = self.view.q.as_ref().map(|q| q.to_lowercase());
        let passes = |(place, state): &&(PlaceInfo, PlaceState)| {
            let mark = Mark::of(state);
            let names = [Some(&place.name), place.local_name.as_ref(), place.admin1.as_ref()];
            self.view.mark.is_none_or(|m| m == mark)
                && self.view.party.as_ref().is_none_or(|p| mark.has_holder() && state.holder.as_ref() == Some(p))
                && q.as_ref().is_none_or(|q| names.into_iter().flatten().any(|n| n.to_lowercase().contains(q)))
        };
        self.rows.iter().filter(passes).collect()
    }

    /// The style of a party.
    pub fn party(&self, id: Option<&marchland_actor::ActorId>) -> Option<&PartyStyle> {
        id.and_then(|id| self.parties.iter().find(|p| p.id == *id))
    }

    /// The map of this view. `link` makes the points links that keep the view.
    pub fn map(&self, width: u32, link: bool) -> MapRequest {
        let points = self.rows.iter().map(|(place, state)| MapPoint {
            place: place.clone(),
            state: state.clone(),
            chosen: self.view.place == Some(place.id),
        });
        let areas = self.areas.iter().filter(|(_, s)| Mark::of(s).has_holder()).filter_map(|(place, state)| {
            Some(MapArea {
                place: place.id,
                holder: state.holder.clone()?,
                words: state_words(self.tongue, state, &self.parties),
            })
        });
        let title = if self.unit == Unit::Capitals { "map-title-capitals" } else { "map-title-places" };
        let articles = say!(self.tongue, "count-articles", n = self.now.counts.articles);
        let link = link.then(|| {
            let base = View { place: None, claim: None, ..self.view.clone() }.at("/");
            format!("{base}{}place={{id}}#place", if base.contains('?') { "&" } else { "?" })
        });
        MapRequest {
            title: say!(self.tongue, title, country = self.country_name.as_str()),
            query: self.query,
            unit: self.unit,
            tongue: self.tongue,
            parties: self.parties.clone(),
            points: points.collect(),
            areas: areas.collect(),
            // The country whole, so that the map stays in place from day to day.
            frame: if self.unit == Unit::Capitals || self.rows.len() > 8 {
                Frame::Countries(vec![self.country.clone()])
            } else {
                Frame::Auto
            },
            names: self.view.names,
            width,
            source: say!(self.tongue, "map-source", articles = articles),
            link,
            id: "map-".to_owned(),
        }
    }
}

/// True for provinces, districts and countries.
pub(crate) fn is_area(place: &PlaceInfo) -> bool {
    place.feature.as_deref().is_some_and(|f| f.starts_with("ADM") || f.starts_with("PCL") || f == "RGN")
}
