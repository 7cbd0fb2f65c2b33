//! The [`Situation`]: control computed from a ledger.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::PartyStyle;
use marchland_claim::ClaimId;
use marchland_coder::Coder;
use marchland_control::{Control, ControlInterval, NoVote, Params, PlaceState, Query, Report, Source, settled};
use marchland_ledger::{ClaimEntry, ClaimFilter, Ledger, Result};
use marchland_place::PlaceId;

use crate::Area;

/// Control over the current claims of a ledger.
pub struct Situation {
    coder: Coder,
    control: Control,
    claims: BTreeMap<ClaimId, ClaimEntry>,
    silent: BTreeMap<NoVote, u64>,
}

impl Situation {
    /// Computes it from all current claims.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn load(ledger: &dyn Ledger, coder: &Coder) -> Result<Self> {
        let mut reports = Vec::new();
        let mut claims = BTreeMap::new();
        let mut silent = BTreeMap::new();
        ledger.each_claim(&ClaimFilter::default(), &mut |entry| {
            match report(&entry) {
                Ok(report) => reports.push(report),
                Err(why) => *silent.entry(why).or_default() += 1,
            }
            claims.insert(entry.claim.id.clone(), entry);
        })?;
        Ok(Self { coder: coder.clone(), control: Control::new(settled(reports), Params::default()), claims, silent })
    }

    /// The reckoning.
    #[must_use]
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// The desk whose gazetteer and registry give the names.
    #[must_use]
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// A current claim.
    #[must_use]
    pub fn claim(&self, id: &ClaimId) -> Option<&ClaimEntry> {
        self.claims.get(id)
    }

    /// All current claims, in the order of their ids.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimEntry> {
        self.claims.values()
    }

    /// How many claims have no vote on control, by reason.
    #[must_use]
    pub fn silent(&self) -> &BTreeMap<NoVote, u64> {
        &self.silent
    }

    /// The last day of which anything is known: what a question without a day means.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.control.latest()
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
            Area::All => self.control.places().collect(),
            Area::Country(iso) => {
                self.control.places().filter(|p| self.country_of(*p).as_deref() == Some(iso)).collect()
            }
            Area::Capitals(iso) => self.coder.gazetteer().capitals(iso),
            Area::Places(places) => places.clone(),
        }
    }

    fn country_of(&self, place: PlaceId) -> Option<String> {
        self.coder.gazetteer().place(place).and_then(|p| p.country.map(str::to_owned))
    }

    /// The states of an area's places, in the order of [`places`](Self::places), without reasons.
    #[must_use]
    pub fn states(&self, area: &Area, query: &Query) -> Vec<PlaceState> {
        let places = self.places(area);
        let wanted: std::collections::BTreeSet<PlaceId> = places.iter().copied().collect();
        let mut states: BTreeMap<PlaceId, PlaceState> =
            self.control.map(query, |p| wanted.contains(&p)).into_iter().map(|s| (s.place, s)).collect();
        places.into_iter().map(|p| states.remove(&p).unwrap_or_else(|| PlaceState::unknown(p, *query))).collect()
    }

    /// The control table of an area.
    #[must_use]
    pub fn table(&self, area: &Area, known_by: Option<Date>) -> Vec<ControlInterval> {
        let wanted: std::collections::BTreeSet<PlaceId> = self.places(area).into_iter().collect();
        self.control.table(known_by, |p| wanted.contains(&p))
    }

    /// How the parties of an area are drawn, the same for every day: those named as holder most often first.
    #[must_use]
    pub fn parties(&self, area: &Area) -> Vec<PartyStyle> {
        let wanted: std::collections::BTreeSet<PlaceId> = self.places(area).into_iter().collect();
        let mut named: BTreeMap<ActorId, u64> = BTreeMap::new();
        for interval in self.control.table(None, |p| wanted.contains(&p)) {
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

/// The vote of a claim.
fn report(entry: &ClaimEntry) -> std::result::Result<Report, NoVote> {
    Report::from_claim(
        &entry.claim,
        &Source {
            article: &entry.article,
            outlet: entry.outlet.as_deref(),
            known: entry.known(),
            dated: entry.published.is_some(),
            story: None,
        },
    )
}
