//! The [`Situation`]: control computed from a ledger.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::PartyStyle;
use marchland_coder::Coder;
use marchland_control::{Control, ControlInterval, NoVote, PlaceState, Query};
use marchland_ledger::{Ledger, Result};
use marchland_place::PlaceId;

use crate::Area;
use crate::reckoning::{Reckoning, Total};

/// Control over the current claims of a ledger, with the desk that gives the names.
pub struct Situation {
    coder: Coder,
    reckoning: Reckoning,
}

impl Situation {
    /// Computes it from all current claims.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn load(ledger: &dyn Ledger, coder: &Coder) -> Result<Self> {
        Ok(Self { coder: coder.clone(), reckoning: Reckoning::load(ledger)? })
    }

    /// Takes in what was added to the ledger since. See [`Reckoning::follow`].
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn follow(&mut self, ledger: &dyn Ledger) -> Result<BTreeSet<PlaceId>> {
        self.reckoning.follow(ledger)
    }

    /// The reckoning.
    #[must_use]
    pub fn control(&self) -> &Control {
        self.reckoning.control()
    }

    /// The claims that count places instead of naming one, by article.
    pub(crate) fn totals_said(&self) -> impl Iterator<Item = &Total> {
        self.reckoning.totals_said()
    }

    /// How many claims have no vote on control, by reason.
    #[must_use]
    pub fn silent(&self) -> BTreeMap<NoVote, u64> {
        self.reckoning.silent()
    }

    /// When the last of its articles was read: the ledger's own clock.
    #[must_use]
    pub fn latest_read(&self) -> Timestamp {
        self.reckoning.latest_read()
    }

    /// The desk whose gazetteer and registry give the names.
    #[must_use]
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The last day of which anything is known: what a question without a day means.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.control().latest()
    }

    /// A question with its day filled in; `None` when the ledger knows of no day at all.
    #[must_use]
    pub fn query(&self, on: Option<Date>, known_by: Option<Date>) -> Option<Query> {
        let on = on.or(known_by).or_else(|| self.latest())?;
        Some(Query { on, known_by })
    }

    /// The places of an area: those of which somebody spoke, and for the seats of provinces all of them.
    #[must_use]
    pub fn places(&self, area: &Area) -> Vec<PlaceId> {
        match area {
            Area::All => self.control().places().filter(|p| !self.is_country(*p)).collect(),
            Area::Country(iso) => self
                .control()
                .places()
                .filter(|p| !self.is_country(*p) && self.country_of(*p).as_deref() == Some(iso))
                .collect(),
            Area::Countries => self.control().places().filter(|p| self.is_country(*p)).collect(),
            Area::Capitals(iso) => self.coder.gazetteer().capitals(iso),
            Area::Places(places) => places.clone(),
        }
    }

    /// True for a whole country, which no table of towns lists unless it is asked for.
    fn is_country(&self, place: PlaceId) -> bool {
        self.coder.gazetteer().place(place).is_some_and(|p| p.is_country())
    }

    fn country_of(&self, place: PlaceId) -> Option<String> {
        self.coder.gazetteer().place(place).and_then(|p| p.country.map(str::to_owned))
    }

    /// The states of an area's places, in the order of [`places`](Self::places), without reasons.
    #[must_use]
    pub fn states(&self, area: &Area, query: &Query) -> Vec<PlaceState> {
        let places = self.places(area);
        let wanted: BTreeSet<PlaceId> = places.iter().copied().collect();
        let mut states: BTreeMap<PlaceId, PlaceState> =
            self.control().map(query, |p| wanted.contains(&p)).into_iter().map(|s| (s.place, s)).collect();
        places.into_iter().map(|p| states.remove(&p).unwrap_or_else(|| PlaceState::unknown(p, *query))).collect()
    }

    /// The control table of an area.
    #[must_use]
    pub fn table(&self, area: &Area, known_by: Option<Date>) -> Vec<ControlInterval> {
        let wanted: BTreeSet<PlaceId> = self.places(area).into_iter().collect();
        self.control().table(known_by, |p| wanted.contains(&p))
    }

    /// How the parties of an area are drawn, the same for every day: those named as holder most often first.
    #[must_use]
    pub fn parties(&self, area: &Area) -> Vec<PartyStyle> {
        let wanted: BTreeSet<PlaceId> = self.places(area).into_iter().collect();
        let mut named: BTreeMap<ActorId, u64> = BTreeMap::new();
        for interval in self.control().table(None, |p| wanted.contains(&p)) {
            if let Some(holder) = interval.holder {
                *named.entry(holder).or_default() += u64::from(interval.reports);
            }
        }
        let mut named: Vec<(ActorId, u64)> = named.into_iter().collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let registry = self.coder.registry();
        PartyStyle::assign(named.into_iter().map(|(id, _)| {
            let name = registry.name(&id).into_owned();
            (id, name)
        }))
    }

    /// The standard name of an actor.
    #[must_use]
    pub fn actor_name(&self, id: &ActorId) -> String {
        self.coder.registry().name(id).into_owned()
    }

    /// The standard name of a place; its id where the gazetteer does not know it.
    #[must_use]
    pub fn place_name(&self, id: PlaceId) -> String {
        self.coder.gazetteer().place(id).map_or_else(|| id.to_string(), |p| p.name.to_owned())
    }
}
