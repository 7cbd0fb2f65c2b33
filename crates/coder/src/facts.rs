//! What the claim room asks of places and actors, answered from the gazetteer and the registry.

use jiff::civil::Date;
use marchland_actor::{ActorId, ActorKind, Registry};
use marchland_claim::{Facts, PlaceFacts};
use marchland_place::{Gazetteer, PlaceId};

/// Gazetteer and registry, as the claim room sees them.
pub struct Desk<'d> {
    /// Places.
    pub gazetteer: &'d Gazetteer,
    /// Actors.
    pub registry: &'d Registry,
}

impl Facts for Desk<'_> {
    fn place(&self, id: PlaceId) -> Option<PlaceFacts> {
        self.gazetteer.place(id).map(|p| PlaceFacts {
            name: p.name.to_owned(),
            country: p.country.map(str::to_owned),
            admin1: p.admin1_name.map(str::to_owned),
            lat: Some(p.lat),
            lon: Some(p.lon),
            feature: Some(p.feature.to_owned()),
        })
    }

    fn actor_name(&self, id: &ActorId) -> Option<String> {
        Some(self.registry.name(id).into_owned())
    }

    fn government(&self, country: &str) -> Option<ActorId> {
        self.registry.government(country, None)
    }

    fn allied(&self, a: &ActorId, b: &ActorId, day: Option<Date>) -> bool {
        self.registry.same_side(a, b, day)
    }

    fn is_state(&self, id: &ActorId, day: Option<Date>) -> Option<bool> {
        self.registry.kind_on(id, day).map(|k| matches!(k, ActorKind::StateForces | ActorKind::ExternalForces))
    }
}
