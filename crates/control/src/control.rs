//! The set of reports, and the questions that it answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use marchland_place::PlaceId;
use rayon::prelude::*;

use crate::case::{Body, Case, Held};
use crate::chain::{Chain, MOST_PARTIES};
use crate::day::{Day, number};
use crate::params::Params;
use crate::report::Report;
use crate::state::{ControlInterval, PlaceState, Query, Status};
use crate::vote::Reach;

/// Cases of one place that are kept beside that of all that is known: what was known on some days before.
const KEPT: usize = 2;

type Region = (Arc<str>, Arc<str>);

/// Reports in order of their names, which are the article and the claim.
type Set = Vec<Arc<Report>>;

fn name(report: &Report) -> (&str, &str) {
    (&report.article, &report.claim.0)
}

/// The reports on one place, and what was made of them.
#[derive(Default)]
struct Site {
    set: Set,
    /// The last day on which one of them was said.
    latest: Option<Date>,
    /// The days on which the reports that inform it were said, in order. Emptied when a report comes or goes.
    days: OnceLock<Vec<Day>>,
    /// The case of all that is known. Emptied when a report comes or goes.
    all: OnceLock<Body>,
    /// By the last day on which a report that counts was said. Emptied when a report comes or goes.
    kept: Mutex<Vec<(Day, Arc<Body>)>>,
}

impl Clone for Site {
    /// The reports; what was made of them is made again when it is asked for.
    fn clone(&self) -> Self {
        Self { set: self.set.clone(), latest: self.latest, ..Self::default() }
    }
}

impl Site {
    fn of(set: Set) -> Self {
        Self { latest: set.iter().map(|r| r.known).max(), set, ..Self::default() }
    }

    fn forget(&mut self) {
        self.days = OnceLock::new();
        self.all = OnceLock::new();
        self.kept.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Everything that was said about who holds what. Reports may come in any order, in any batches, any number of times.
///
/// A clone shares what was reckoned with the original, place by place, until one of the two learns more of a place.
#[derive(Clone)]
pub struct Control {
    params: Arc<Params>,
    chains: Arc<[Chain]>,
    places: BTreeMap<PlaceId, Arc<Site>>,
    /// The towns of each division.
    towns: BTreeMap<Region, Arc<BTreeSet<PlaceId>>>,
    /// Reports on divisions, by division.
    divisions: BTreeMap<Region, Arc<Set>>,
    /// Which places an article speaks of, in order; only for look-up.
    articles: HashMap<Arc<str>, Arc<[PlaceId]>>,
    /// How many reports were made known on each day.
    days: BTreeMap<Date, u32>,
}

impl Control {
    /// A set of reports.
    #[must_use]
    pub fn new(reports: impl IntoIterator<Item = Report>, params: Params) -> Self {
        let chains = (0..=MOST_PARTIES).map(|n| Chain::new(n, &params)).collect();
        let mut control = Self {
            params: Arc::new(params),
            chains,
            places: BTreeMap::new(),
            towns: BTreeMap::new(),
            divisions: BTreeMap::new(),
            articles: HashMap::new(),
            days: BTreeMap::new(),
        };
        let reports: Vec<Arc<Report>> = reports.into_iter().map(Arc::new).collect();
        control.list(&reports);
        // Place by place, and in each the order of names: then every set is made at once.
        let mut order: Vec<(PlaceId, u32)> = reports.iter().enumerate().map(|(i, r)| (r.place, i as u32)).collect();
        order.par_sort_unstable();
        let groups: Vec<&[(PlaceId, u32)]> = order.chunk_by(|a, b| a.0 == b.0).collect();
        let sites: Vec<(PlaceId, Arc<Site>)> = groups
            .par_iter()
            .map(|group| {
                let mut set: Set = group.iter().map(|(_, i)| Arc::clone(&reports[*i as usize])).collect();
                set.sort_unstable_by(|a, b| name(a).cmp(&name(b)).then_with(|| b.cmp(a)));
                set.dedup_by(|b, a| name(a) == name(b));
                (group[0].0, Arc::new(Site::of(set)))
            })
            .collect();
        for (_, site) in &sites {
            for report in &site.set {
                *control.days.entry(report.known).or_default() += 1;
            }
        }
        control.places = sites.into_iter().collect();
        control
    }

    /// Adds reports, and tells for which places the answer may have changed.
    pub fn add(&mut self, reports: impl IntoIterator<Item = Report>) -> BTreeSet<PlaceId> {
        let reports: Vec<Arc<Report>> = reports.into_iter().map(Arc::new).collect();
        let mut touched = BTreeSet::new();
        for report in &reports {
            self.touch(report, &mut touched);
        }
        self.list(&reports);
        for report in reports {
            let site = Arc::make_mut(self.places.entry(report.place).or_default());
            let known = report.known;
            let old = put(&mut site.set, report);
            match old {
                Put::Added => site.latest = site.latest.max(Some(known)),
                Put::Instead(old) => {
                    forget_day(&mut self.days, old.known);
                    site.latest = site.set.iter().map(|r| r.known).max();
                }
                Put::Left => continue,
            }
            *self.days.entry(known).or_default() += 1;
        }
        self.forget(&touched);
        touched
    }

    /// Puts the reports of an article in place of those that it had (it was coded again, judged or withdrawn), and
    /// tells for which places the answer may have changed.
    pub fn replace_article(&mut self, article: &str, reports: impl IntoIterator<Item = Report>) -> BTreeSet<PlaceId> {
        let mut touched = BTreeSet::new();
        for place in self.articles.remove(article).iter().flat_map(|places| places.iter()) {
            let Some(site) = self.places.get_mut(place) else { continue };
            let site = Arc::make_mut(site);
            let gone: Set = site.set.extract_if(.., |r| *r.article == *article).collect();
            site.latest = site.set.iter().map(|r| r.known).max();
            if site.set.is_empty() {
                self.places.remove(place);
            }
            for report in gone {
                forget_day(&mut self.days, report.known);
                self.touch(&report, &mut touched);
                if let (true, Some(region)) = (report.area, &report.region)
                    && let Some(set) = self.divisions.get_mut(region)
                {
                    Arc::make_mut(set).retain(|r| name(r) != name(&report));
                }
            }
        }
        self.forget(&touched);
        touched.extend(self.add(reports));
        touched
    }

    fn touch(&self, report: &Report, touched: &mut BTreeSet<PlaceId>) {
        touched.insert(report.place);
        if let (true, Some(region)) = (report.area, &report.region) {
            touched.extend(self.towns.get(region).iter().flat_map(|towns| towns.iter()));
        }
    }

    /// Drops what was made of places.
    fn forget(&mut self, places: &BTreeSet<PlaceId>) {
        for place in places {
            if let Some(site) = self.places.get_mut(place) {
                Arc::make_mut(site).forget();
            }
        }
    }

    /// Notes reports everywhere but at their places.
    fn list(&mut self, reports: &[Arc<Report>]) {
        // Reports of one article and of one division come one after another.
        let mut of: Option<(Arc<str>, Vec<PlaceId>)> = None;
        for report in reports {
            if let Some(region) = &report.region {
                if report.area {
                    put(Arc::make_mut(self.divisions.entry(region.clone()).or_default()), Arc::clone(report));
                } else if let Some(towns) = self.towns.get_mut(region) {
                    if !towns.contains(&report.place) {
                        Arc::make_mut(towns).insert(report.place);
                    }
                } else {
                    self.towns.insert(region.clone(), Arc::new(BTreeSet::from([report.place])));
                }
            }
            match &mut of {
                Some((article, places)) if *article == report.article => places.push(report.place),
                _ => {
                    self.note_article(of.take());
                    of = Some((Arc::clone(&report.article), vec![report.place]));
                }
            }
        }
        self.note_article(of);
    }

    fn note_article(&mut self, of: Option<(Arc<str>, Vec<PlaceId>)>) {
        let Some((article, mut places)) = of else { return };
        places.extend(self.articles.get(&article).iter().flat_map(|places| places.iter()));
        places.sort_unstable();
        places.dedup();
        self.articles.insert(article, places.into());
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
        self.places.get(&place).into_iter().flat_map(|site| &site.set).map(|r| &**r)
    }

    /// How many reports were made known on each day.
    #[must_use]
    pub fn days(&self) -> &BTreeMap<Date, u32> {
        &self.days
    }

    /// The last day on which anything was said.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.days.keys().next_back().copied()
    }

    /// The case of a place as far as known by the day. What was reckoned for an earlier question is used again.
    pub(crate) fn case(&self, place: PlaceId, known_by: Option<Date>) -> Option<Case<'_>> {
        self.case_at(place, self.places.get(&place)?, known_by)
    }

    fn case_at<'c>(&'c self, place: PlaceId, site: &'c Site, known_by: Option<Date>) -> Option<Case<'c>> {
        let body = match known_by.map(number) {
            None => Held::Kept(self.all(place, site)),
            Some(day) => {
                let days = site.days.get_or_init(|| self.days_of(site, place));
                match days.partition_point(|d| *d <= day) {
                    // As long as nothing is left out, every later day is the same question.
                    n if n == days.len() => Held::Kept(self.all(place, site)),
                    n => Held::Own(self.known(place, site, n.checked_sub(1).map_or(Day::MIN, |i| days[i]))),
                }
            }
        };
        Some(Case::of(body, &self.params, &self.chains))
    }

    fn all<'c>(&'c self, place: PlaceId, site: &'c Site) -> &'c Body {
        site.all.get_or_init(|| {
            let whole = site.set.iter().any(|r| r.part.is_none());
            Body::new(self.informing_at(site, place), None, &self.params, &self.chains, whole)
        })
    }

    fn known(&self, place: PlaceId, site: &Site, until: Day) -> Arc<Body> {
        if let Some((_, body)) = lock(&site.kept).iter().find(|(day, _)| *day == until) {
            return Arc::clone(body);
        }
        let whole = site.set.iter().any(|r| r.part.is_none() && number(r.known) <= until);
        let body = Arc::new(Body::new(self.informing_at(site, place), Some(until), &self.params, &self.chains, whole));
        let mut kept = lock(&site.kept);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((until, Arc::clone(&body)));
        body
    }

    fn days_of(&self, site: &Site, place: PlaceId) -> Vec<Day> {
        let mut days: Vec<Day> = self.informing_at(site, place).map(|(r, _)| number(r.known)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The reports that inform a place, and how each reaches it.
    pub(crate) fn informing(&self, place: PlaceId) -> impl Iterator<Item = (&Arc<Report>, Reach)> {
        self.places.get(&place).into_iter().flat_map(move |site| self.informing_at(site, place))
    }

    fn informing_at<'c>(&'c self, site: &'c Site, place: PlaceId) -> impl Iterator<Item = (&'c Arc<Report>, Reach)> {
        let town = site.set.iter().find(|r| !r.area).and_then(|r| r.region.as_ref());
        let wider = town.and_then(|region| self.divisions.get(region)).into_iter().flat_map(|set| set.iter());
        // A report on a part of the province is no word on its towns.
        site.set
            .iter()
            .map(|r| (r, if r.part.is_some() { Reach::Part } else { Reach::Whole }))
            .chain(wider.filter(move |r| r.part.is_none() && r.place != place).map(|r| (r, Reach::Region)))
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
        match self.places.get(&place) {
            Some(site) => self.answer_at(place, site, query, with_reasons),
            None => PlaceState::unknown(place, *query),
        }
    }

    fn answer_at(&self, place: PlaceId, site: &Site, query: &Query, with_reasons: bool) -> PlaceState {
        let Some(case) = self.case_at(place, site, query.known_by) else {
            return PlaceState::unknown(place, *query);
        };
        let mut state = case.answer(place, *query, case.whole, with_reasons);
        if case.parts {
            state.parts = self.parts(place, query);
        }
        state
    }

    /// Parts of the place that somebody is said to hold, each by the same reckoning as a whole place.
    fn parts(&self, place: PlaceId, query: &Query) -> Vec<(String, marchland_actor::ActorId)> {
        let names: BTreeSet<&str> = self.reports(place).filter_map(|r| r.part.as_deref()).collect();
        names
            .into_iter()
            .filter_map(|name| {
                let set = self.places.get(&place).into_iter().flat_map(|site| &site.set);
                let of = set.filter(|r| r.part.as_deref() == Some(name)).map(|r| (r, Reach::Whole));
                let body = Body::new(of, query.known_by.map(number), &self.params, &self.chains, true);
                let case = Case::of(Held::Own(Arc::new(body)), &self.params, &self.chains);
                let state = case.answer(place, *query, true, false);
                (state.status == Status::Controlled).then_some(())?;
                Some((name.to_owned(), state.holder?))
            })
            .collect()
    }

    /// The state of every place that passes the filter, in order of ids, without reasons.
    #[must_use]
    pub fn map(&self, query: &Query, filter: impl Fn(PlaceId) -> bool + Sync) -> Vec<PlaceState> {
        let sites: Vec<(&PlaceId, &Arc<Site>)> = self.places.iter().filter(|(p, _)| filter(**p)).collect();
        sites.par_iter().map(|(place, site)| self.answer_at(**place, site, query, false)).collect()
    }

    /// The stretches of one state each at a place, in order. Up to the last day on which anything was said
    /// anywhere, or to `known_by`.
    #[must_use]
    pub fn intervals(&self, place: PlaceId, known_by: Option<Date>) -> Vec<ControlInterval> {
        let Some(until) = known_by.or_else(|| self.latest()) else { return Vec::new() };
        let Some(case) = self.case(place, known_by) else { return Vec::new() };
        case.kept_intervals(place, known_by, number(until)).to_vec()
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

/// What [`put`] did.
enum Put {
    /// There was none of the name.
    Added,
    /// It was put in place of this one.
    Instead(Arc<Report>),
    /// A greater one, or the same, was there.
    Left,
}

/// Of two reports under one name the greater stays, whichever came first: the union of sets does not depend on order.
fn put(set: &mut Set, report: Arc<Report>) -> Put {
    match set.binary_search_by(|old| name(old).cmp(&name(&report))) {
        Err(at) => {
            set.insert(at, report);
            Put::Added
        }
        Ok(at) if set[at] < report => Put::Instead(std::mem::replace(&mut set[at], report)),
        Ok(_) => Put::Left,
    }
}

fn forget_day(days: &mut BTreeMap<Date, u32>, day: Date) {
    if let Some(n) = days.get_mut(&day) {
        *n -= 1;
        if *n == 0 {
            days.remove(&day);
        }
    }
}

/// A thread that panicked has left a whole list behind.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
