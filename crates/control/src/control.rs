//! The set of reports, and the questions that it answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use marchland_claim::ClaimId;
use marchland_place::PlaceId;
use rayon::prelude::*;

use crate::case::Case;
use crate::chain::Chain;
use crate::day::{Day, number};
use crate::params::Params;
use crate::report::Report;
use crate::state::{ControlInterval, PlaceState, Query, Status};
use crate::vote::Reach;

/// Chains are made for up to so many parties at one place.
const MOST_PARTIES: usize = 12;

type Region = (String, String);
type Set = BTreeMap<(String, ClaimId), Report>;

/// Everything that was said about who holds what. Reports may come in any order, in any batches, any number of times.
pub struct Control {
    params: Params,
    chains: Vec<Chain>,
    places: BTreeMap<PlaceId, Set>,
    /// The towns of each division.
    towns: BTreeMap<Region, BTreeSet<PlaceId>>,
    /// Reports on divisions, by division.
    divisions: BTreeMap<Region, Set>,
    /// Which places an article speaks of; only for look-up.
    articles: HashMap<String, BTreeSet<PlaceId>>,
}

impl Control {
    /// A set of reports.
    #[must_use]
    pub fn new(reports: impl IntoIterator<Item = Report>, params: Params) -> Self {
        let chains = (0..=MOST_PARTIES).map(|n| Chain::new(n, &params)).collect();
        let mut control = Self {
            params,
            chains,
            places: BTreeMap::new(),
            towns: BTreeMap::new(),
            divisions: BTreeMap::new(),
            articles: HashMap::new(),
        };
        for report in reports {
            control.insert(report);
        }
        control
    }

    /// Adds reports, and tells for which places the answer may have changed.
    pub fn add(&mut self, reports: impl IntoIterator<Item = Report>) -> BTreeSet<PlaceId> {
        let mut touched = BTreeSet::new();
        for report in reports {
            self.touch(&report, &mut touched);
            self.insert(report);
        }
        touched
    }

    /// Puts the reports of an article in place of those that it had (it was coded again, judged or withdrawn), and
    /// tells for which places the answer may have changed.
    pub fn replace_article(&mut self, article: &str, reports: impl IntoIterator<Item = Report>) -> BTreeSet<PlaceId> {
        let mut touched = BTreeSet::new();
        for place in self.articles.remove(article).unwrap_or_default() {
            let Some(set) = self.places.get_mut(&place) else { continue };
            let gone: Vec<Report> = set.values().filter(|r| r.article == article).cloned().collect();
            set.retain(|_, r| r.article != article);
            if set.is_empty() {
                self.places.remove(&place);
            }
            for report in gone {
                self.touch(&report, &mut touched);
                if let (true, Some(region)) = (report.area, &report.region)
                    && let Some(set) = self.divisions.get_mut(region)
                {
                    set.remove(&(report.article.clone(), report.claim.clone()));
                }
            }
        }
        touched.extend(self.add(reports));
        touched
    }

    fn touch(&self, report: &Report, touched: &mut BTreeSet<PlaceId>) {
        touched.insert(report.place);
        if let (true, Some(region)) = (report.area, &report.region) {
            touched.extend(self.towns.get(region).into_iter().flatten());
        }
    }

    fn insert(&mut self, report: Report) {
        if let Some(region) = &report.region {
            if report.area {
                put(self.divisions.entry(region.clone()).or_default(), report.clone());
            } else {
                self.towns.entry(region.clone()).or_default().insert(report.place);
            }
        }
        if !self.articles.get(&report.article).is_some_and(|p| p.contains(&report.place)) {
            self.articles.entry(report.article.clone()).or_default().insert(report.place);
        }
        put(self.places.entry(report.place).or_default(), report);
    }

    /// The parameters in use.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Every place of which somebody spoke, in order of ids.
    pub fn places(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.places.keys().copied()
    }

    /// The reports on one place, in a fixed order.
    pub fn reports(&self, place: PlaceId) -> impl Iterator<Item = &Report> {
        self.places.get(&place).into_iter().flat_map(BTreeMap::values)
    }

    /// The last day on which anything was said.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.places.values().flat_map(BTreeMap::values).map(|r| r.known).max()
    }

    /// The case of a place, and whether anybody known spoke of the place as a whole.
    pub(crate) fn case(&self, place: PlaceId, known_by: Option<Date>) -> Option<(Case<'_>, bool)> {
        let set = self.places.get(&place)?;
        let known = |r: &&Report| known_by.is_none_or(|k| r.known <= k);
        let town = set.values().find(|r| !r.area).and_then(|r| r.region.as_ref());
        let division = town.and_then(|region| self.divisions.get(region));
        let own = set.values().map(|r| (r, if r.part.is_some() { Reach::Part } else { Reach::Whole }));
        let wider = division.into_iter().flat_map(BTreeMap::values).map(|r| (r, Reach::Region));
        // A report on a part of the province is no word on its towns.
        let wider = wider.filter(|(r, _)| r.part.is_none() && r.place != place);
        let whole = set.values().filter(known).any(|r| r.part.is_none());
        let known_by = known_by.map(number);
        Some((Case::new(own.chain(wider), known_by, &self.params, &self.chains), whole))
    }

    /// The state of a place, with its reasons.
    #[must_use]
    pub fn state(&self, place: PlaceId, query: &Query) -> PlaceState {
        self.answer(place, query, true)
    }

    fn answer(&self, place: PlaceId, query: &Query, with_reasons: bool) -> PlaceState {
        let Some((case, whole)) = self.case(place, query.known_by) else {
            return PlaceState::unknown(place, *query);
        };
        let mut state = case.answer(place, *query, whole, with_reasons);
        state.parts = self.parts(place, query);
        state
    }

    /// Parts of the place that somebody is said to hold, each by the same reckoning as a whole place.
    fn parts(&self, place: PlaceId, query: &Query) -> Vec<(String, marchland_actor::ActorId)> {
        let names: BTreeSet<&String> = self.reports(place).filter_map(|r| r.part.as_ref()).collect();
        names
            .into_iter()
            .filter_map(|name| {
                let of = self.reports(place).filter(|r| r.part.as_ref() == Some(name)).map(|r| (r, Reach::Whole));
                let case = Case::new(of, query.known_by.map(number), &self.params, &self.chains);
                let state = case.answer(place, *query, true, false);
                (state.status == Status::Controlled).then_some(())?;
                Some((name.clone(), state.holder?))
            })
            .collect()
    }

    /// The state of every place that passes the filter, in order of ids, without reasons.
    #[must_use]
    pub fn map(&self, query: &Query, filter: impl Fn(PlaceId) -> bool + Sync) -> Vec<PlaceState> {
        let places: Vec<PlaceId> = self.places().filter(|p| filter(*p)).collect();
        places.par_iter().map(|p| self.answer(*p, query, false)).collect()
    }

    /// The stretches of one state each at a place, in order. Up to the last day on which anything was said
    /// anywhere, or to `known_by`.
    #[must_use]
    pub fn intervals(&self, place: PlaceId, known_by: Option<Date>) -> Vec<ControlInterval> {
        let Some(until) = known_by.or_else(|| self.latest()) else { return Vec::new() };
        self.rows(place, known_by, number(until))
    }

    fn rows(&self, place: PlaceId, known_by: Option<Date>, until: Day) -> Vec<ControlInterval> {
        match self.case(place, known_by) {
            Some((case, whole)) => case.intervals(place, known_by, until, whole),
            None => Vec::new(),
        }
    }

    /// The whole control table: every place that passes the filter, in order of ids.
    #[must_use]
    pub fn table(&self, known_by: Option<Date>, filter: impl Fn(PlaceId) -> bool + Sync) -> Vec<ControlInterval> {
        let Some(until) = known_by.or_else(|| self.latest()).map(number) else { return Vec::new() };
        let places: Vec<PlaceId> = self.places().filter(|p| filter(*p)).collect();
        places.par_iter().flat_map_iter(|p| self.rows(*p, known_by, until)).collect()
    }
}

/// Of two reports under one name the greater stays, whichever came first: the union of sets does not depend on order.
fn put(set: &mut Set, report: Report) {
    use std::collections::btree_map::Entry;
    match set.entry((report.article.clone(), report.claim.clone())) {
        Entry::Vacant(v) => {
            v.insert(report);
        }
        Entry::Occupied(mut o) if *o.get() < report => {
            o.insert(report);
        }
        Entry::Occupied(_) => {}
    }
}
