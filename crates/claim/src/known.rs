//! [`Facts`] from the gazetteer and the registry of actors.

use jiff::civil::Date;
use marchland_actor::{ActorId, ActorKind, Registry};
use marchland_place::{Gazetteer, PlaceId};

use crate::{Facts, PlaceFacts};

/// The gazetteer and the registry, as coding asks them.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// Places.
    pub gazetteer: &'k Gazetteer,
    /// Actors.
    pub registry: &'k Registry,
}

impl Facts for Known<'_> {
    fn place(&self, id: PlaceId) -> Option<PlaceFacts> {
        let p = self.gazetteer.place(id)?;
        Some(PlaceFacts {
            name: p.name.to_owned(),
            country: p.country.map(str::to_owned),
            admin1: p.admin1_name.map(str::to_owned),
            lat: Some(p.lat),
            lon: Some(p.lon),
            feature: Some(p.feature.to_owned()).filter(|f| !f.is_empty()),
        })
    }

    fn actor_name(&self, id: &ActorId) -> Option<String> {
        Some(self.registry.name(id).into_owned())
    }

    fn government(&self, country: &str) -> Option<ActorId> {
        let mut of =
            self.registry.actors().iter().filter(|a| a.country.as_deref() == Some(country) && a.part_of.is_none());
        of.clone().find(|a| a.state).or_else(|| of.find(|a| a.kind == ActorKind::StateForces)).map(|a| a.id.clone())
    }

    fn allied(&self, a: &ActorId, b: &ActorId, day: Option<Date>) -> bool {
        a == b || self.registry.same_side(a, b, day)
    }

    fn fights(&self, id: &ActorId) -> bool {
        !matches!(self.registry.kind_on(id, None), Some(ActorKind::Observer | ActorKind::Civilians))
    }

    fn armed_group(&self, id: &ActorId) -> bool {
        self.registry.is_armed_group(id)
    }

    fn opponents(&self, id: &ActorId, day: Option<Date>) -> Vec<ActorId> {
        let mut all: Vec<ActorId> = Vec::new();
        // Wars of that day first; a history is written later than its war.
        for on in [true, false] {
            for conflict in self.registry.conflicts().iter().filter(|c| day.is_none_or(|d| c.on(d)) == on) {
                for other in self.registry.opponents(id, conflict) {
                    if !all.contains(&other) {
                        all.push(other);
                    }
                }
            }
        }
        all
    }

    fn is_state(&self, id: &ActorId, day: Option<Date>) -> Option<bool> {
        self.registry.kind_on(id, day).map(|k| k == ActorKind::StateForces)
    }

    fn serves_state(&self, id: &ActorId, day: Option<Date>) -> bool {
        let country = self.registry.actor(id).and_then(|a| a.country.as_deref());
        country.and_then(|c| self.government(c)).is_some_and(|g| self.armed_group(id) && self.allied(id, &g, day))
    }

    fn foreign(&self, id: &ActorId, country: &str) -> bool {
        let state = matches!(self.registry.kind_on(id, None), Some(ActorKind::StateForces | ActorKind::ExternalForces));
        state && self.registry.actor(id).and_then(|a| a.country.as_deref()).is_some_and(|c| c != country)
    }
}
