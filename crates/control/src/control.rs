//! The set of reports, and the questions that it answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use marchland_place::PlaceId;
use rayon::prelude::*;

use crate::case::{Body, Case};
use crate::chain::Chain;
use crate::day::{Day, number};
use crate::params::Params;
use crate::report::Report;
use crate::state::{ControlInterval, PlaceState, Query, Status};
use crate::vote::Reach;

/// Chains are made for up to so many parties at one place.
const MOST_PARTIES: usize = 12;

/// Cases of one place that are kept: what is known now, and what was known on some day before.
const KEPT: usize = 2;

type Region = (String, String);
type Set = BTreeSet<Named>;

/// A report by its name: the article and the claim.
#[derive(Debug, Clone)]
struct Named(Arc<Report>);

impl Named {
    fn name(&self) -> (&str, &str) {
        (&self.0.article, &self.0.claim.0)
    }
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Named {}

impl PartialOrd for Named {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Named {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(&other.name())
    }
}

/// The reports on one place, and what was made of them.
#[derive(Default)]
struct Site {
    set: Set,
    /// The last day on which one of them was said.
    latest: Option<Date>,
    /// By what is known: the last day on which a report that counts was said. Emptied when a report comes or goes.
    kept: Mutex<Vec<(Known, Arc<Body>)>>,
}

/// Up to which day reports count; `All` has none left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    All,
    By(Day),
}

impl Site {
    fn insert(&mut self, report: Arc<Report>) {
        self.latest = self.latest.max(Some(report.known));
        put(&mut self.set, report);
        self.forget();
    }

    fn forget(&mut self) {
        self.kept.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Everything that was said about who holds what. Reports may come in any order, in any batches, any number of times.
pub struct Control {
    params: Params,
    chains: Vec<Chain>,
    places: BTreeMap<PlaceId, Site>,
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
        for place in &touched {
            if let Some(site) = self.places.get_mut(place) {
                site.forget();
            }
        }
        touched
    }

    /// Puts the reports of an article in place of those that it had (it was coded again, judged or withdrawn), and
    /// tells for which places the answer may have changed.
    pub fn replace_article(&mut self, article: &str, reports: impl IntoIterator<Item = Report>) -> BTreeSet<PlaceId> {
        let mut touched = BTreeSet::new();
        for place in self.articles.remove(article).unwrap_or_default() {
            let Some(site) = self.places.get_mut(&place) else { continue };
            let gone: Vec<Named> = site.set.iter().filter(|r| r.0.article == article).cloned().collect();
            site.set.retain(|r| r.0.article != article);
            site.latest = site.set.iter().map(|r| r.0.known).max();
            site.forget();
            if site.set.is_empty() {
                self.places.remove(&place);
            }
            for report in gone {
                self.touch(&report.0, &mut touched);
                if let (true, Some(region)) = (report.0.area, &report.0.region)
                    && let Some(set) = self.divisions.get_mut(region)
                {
                    set.remove(&report);
                }
            }
        }
        touched.extend(self.add(reports));
        for place in &touched {
            if let Some(site) = self.places.get_mut(place) {
                site.forget();
            }
        }
        touched
    }

    fn touch(&self, report: &Report, touched: &mut BTreeSet<PlaceId>) {
        touched.insert(report.place);
        if let (true, Some(region)) = (report.area, &report.region) {
            touched.extend(self.towns.get(region).into_iter().flatten());
        }
    }

    fn insert(&mut self, report: Report) {
        let report = Arc::new(report);
        if let Some(region) = &report.region {
            if report.area {
                put(self.divisions.entry(region.clone()).or_default(), Arc::clone(&report));
            } else if let Some(towns) = self.towns.get_mut(region) {
                towns.insert(report.place);
            } else {
                self.towns.insert(region.clone(), BTreeSet::from([report.place]));
            }
        }
        if let Some(places) = self.articles.get_mut(&report.article) {
            places.insert(report.place);
        } else {
            self.articles.insert(report.article.clone(), BTreeSet::from([report.place]));
        }
        self.places.entry(report.place).or_default().insert(report);
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
        self.places.get(&place).into_iter().flat_map(|site| &site.set).map(|r| &*r.0)
    }

    /// The last day on which anything was said.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.places.values().filter_map(|site| site.latest).max()
    }

    /// The case of a place as far as known by the day. What was reckoned for an earlier question is used again.
    pub(crate) fn case(&self, place: PlaceId, known_by: Option<Date>) -> Option<Case<'_>> {
        let site = self.places.get(&place)?;
        let known = match known_by {
            // As long as nothing is left out, every later day is the same question.
            Some(k) if site.latest > Some(k) || self.informing(place).any(|(r, _)| r.known > k) => {
                let counts = self.informing(place).map(|(r, _)| r.known).filter(|day| *day <= k);
                Known::By(counts.max().map_or(Day::MIN, number))
            }
            _ => Known::All,
        };
        let case = |body| Case::of(body, &self.params, &self.chains);
        if let Some((_, body)) = lock(&site.kept).iter().find(|(k, _)| *k == known) {
            return Some(case(Arc::clone(body)));
        }
        let until = known_by.map(number);
        let whole = site.set.iter().any(|r| r.0.part.is_none() && known_by.is_none_or(|k| r.0.known <= k));
        let body = Arc::new(Body::new(self.informing(place), until, &self.params, &self.chains, whole));
        let mut kept = lock(&site.kept);
        if kept.len() >= KEPT {
            kept.retain(|(k, _)| *k == Known::All);
            kept.truncate(KEPT - 1);
        }
        kept.push((known, Arc::clone(&body)));
        drop(kept);
        Some(case(body))
    }

    /// The reports that inform a place, and how each reaches it.
    pub(crate) fn informing(&self, place: PlaceId) -> impl Iterator<Item = (&Arc<Report>, Reach)> {
        let set = self.places.get(&place).map(|site| &site.set);
        let town = set.and_then(|set| set.iter().find(|r| !r.0.area)).and_then(|r| r.0.region.as_ref());
        let wider = town.and_then(|region| self.divisions.get(region)).into_iter().flatten();
        let own = set.into_iter().flatten();
        // A report on a part of the province is no word on its towns.
        own.map(|r| (&r.0, if r.0.part.is_some() { Reach::Part } else { Reach::Whole }))
            .chain(wider.filter(move |r| r.0.part.is_none() && r.0.place != place).map(|r| (&r.0, Reach::Region)))
    }

    pub(crate) fn chains(&self) -> &[Chain] {
        &self.chains
    }

    /// The state of a place, with its reasons.
    #[must_use]
    pub fn state(&self, place: PlaceId, query: &Query) -> PlaceState {
        self.answer(place, query, true)
    }

    fn answer(&self, place: PlaceId, query: &Query, with_reasons: bool) -> PlaceState {
        let Some(case) = self.case(place, query.known_by) else {
            return PlaceState::unknown(place, *query);
        };
        let mut state = case.answer(place, *query, case.whole, with_reasons);
        if case.reports.iter().any(|r| r.part.is_some()) {
            state.parts = self.parts(place, query);
        }
        state
    }

    /// Parts of the place that somebody is said to hold, each by the same reckoning as a whole place.
    fn parts(&self, place: PlaceId, query: &Query) -> Vec<(String, marchland_actor::ActorId)> {
        let names: BTreeSet<&String> = self.reports(place).filter_map(|r| r.part.as_ref()).collect();
        names
            .into_iter()
            .filter_map(|name| {
                let set = self.places.get(&place).into_iter().flat_map(|site| &site.set);
                let of = set.filter(|r| r.0.part.as_ref() == Some(name)).map(|r| (&r.0, Reach::Whole));
                let body = Body::new(of, query.known_by.map(number), &self.params, &self.chains, true);
                let case = Case::of(Arc::new(body), &self.params, &self.chains);
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
            Some(case) => case.intervals(place, known_by, until, case.whole),
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
fn put(set: &mut Set, report: Arc<Report>) {
    let report = Named(report);
    if set.get(&report).is_none_or(|old| old.0 < report.0) {
        set.replace(report);
    }
}

/// A thread that panicked has left a whole list behind.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
