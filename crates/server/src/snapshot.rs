//! What the ledger says at one moment, made ready for questions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::PartyStyle;
use marchland_control::{Control, NoVote, Query};
use marchland_ledger::{Counts, Ledger};
use marchland_place::{Gazetteer, PlaceId};
use marchland_situation::Reckoning;

/// What the ledger says at one moment.
pub(crate) struct Snapshot {
    reckoning: Reckoning,
    pub counts: Counts,
    /// Places by country, most places first.
    pub countries: Vec<(String, Vec<PlaceId>)>,
    /// Control claims that have no vote, by reason.
    pub mute: BTreeMap<&'static str, u64>,
    /// Countries that were asked about.
    known: Mutex<BTreeMap<String, Arc<Country>>>,
}

/// What is the same of a country whatever day is asked about.
pub(crate) struct Country {
    /// Its places of which somebody spoke.
    pub told: BTreeSet<PlaceId>,
    pub parties: Vec<PartyStyle>,
    /// First and last day worth asking about.
    pub span: (Date, Date),
}

impl Snapshot {
    /// Reads the whole ledger.
    pub fn load(ledger: &dyn Ledger, gazetteer: &Gazetteer) -> marchland_ledger::Result<Self> {
        Self::of(Reckoning::load(ledger)?, ledger, gazetteer)
    }

    /// Takes in what was added to the ledger since. This one stays as it is for those who still look at it.
    pub fn after(&self, ledger: &dyn Ledger, gazetteer: &Gazetteer) -> marchland_ledger::Result<Self> {
        let mut reckoning = self.reckoning.clone();
        reckoning.follow(ledger)?;
        Self::of(reckoning, ledger, gazetteer)
    }

    fn of(reckoning: Reckoning, ledger: &dyn Ledger, gazetteer: &Gazetteer) -> marchland_ledger::Result<Self> {
        let control = reckoning.control();
        let mut countries: BTreeMap<String, Vec<PlaceId>> = BTreeMap::new();
        for id in control.places() {
            if let Some(country) = gazetteer.place(id).and_then(|p| p.country) {
                countries.entry(country.to_owned()).or_default().push(id);
            }
        }
        let mut countries: Vec<_> = countries.into_iter().collect();
        let weight = |places: &[PlaceId]| places.iter().map(|p| control.reports(*p).count()).sum::<usize>();
        countries.sort_by_cached_key(|(iso, places)| (std::cmp::Reverse(weight(places)), iso.clone()));
        let silent = reckoning.silent();
        let mute = silent.iter().filter(|(why, _)| **why != NoVote::NotControl);
        let mute = mute.map(|(why, n)| (no_vote(*why), *n)).collect();
        Ok(Self { counts: ledger.counts()?, countries, mute, reckoning, known: Mutex::default() })
    }

    /// Who holds what.
    pub fn control(&self) -> &Control {
        self.reckoning.control()
    }

    /// The last entry of the ledger's log that is in it.
    pub fn seq(&self) -> i64 {
        self.reckoning.seq()
    }

    /// Reports by the day on which they were made known.
    pub fn reports(&self) -> &BTreeMap<Date, u32> {
        self.control().days()
    }

    /// What is the same of a country whatever day is asked about; looked for once.
    pub fn country(&self, iso: &str, name: impl Fn(&ActorId) -> String) -> Arc<Country> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(country) = known().get(iso) {
            return Arc::clone(country);
        }
        let places = self.countries.iter().find(|(other, _)| other == iso).map(|(_, places)| places.as_slice());
        let places = places.unwrap_or_default();
        let country = Arc::new(Country {
            told: places.iter().copied().collect(),
            parties: self.parties(places, name),
            span: self.span(places),
        });
        // Only countries of which somebody spoke: the letters may be anybody's.
        if !places.is_empty() {
            known().insert(iso.to_owned(), Arc::clone(&country));
        }
        country
    }

    /// From the first day of which a report of the places speaks (history in passing left out) to the last day on
    /// which anything was said at all.
    fn span(&self, places: &[PlaceId]) -> (Date, Date) {
        let reports = || places.iter().flat_map(|p| self.control().reports(*p)).filter(|r| !r.background);
        let last = reports().map(|r| r.known).max().unwrap_or(self.latest().on);
        // A siege "since 2016" must not stretch the slider over years: at most a year before the first report was made.
        let known = reports().map(|r| r.known).min().unwrap_or(last);
        let limit = known.saturating_sub(jiff::Span::new().days(60));
        let first = reports().filter_map(|r| r.from.or(r.to)).filter(|d| *d >= limit).min().unwrap_or(known);
        (first.min(last), last)
    }

    /// The parties that are ever said to hold one of the places, by number of reports: colours, shapes and letters.
    fn parties(&self, places: &[PlaceId], name: impl Fn(&ActorId) -> String) -> Vec<PartyStyle> {
        let mut weight: BTreeMap<ActorId, usize> = BTreeMap::new();
        for report in places.iter().flat_map(|p| self.control().reports(*p)) {
            // Who takes places comes before who loses them: the news is about them.
            for (actor, n) in report.holder.iter().map(|a| (a, 3)).chain(report.other.iter().map(|a| (a, 1))) {
                *weight.entry(actor.clone()).or_default() += n;
            }
        }
        let mut order: Vec<_> = weight.into_iter().collect();
        order.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), id.clone()));
        PartyStyle::assign(order.into_iter().map(|(id, _)| (id.clone(), name(&id))))
    }

    /// The last day of which anything is known, as a question.
    pub fn latest(&self) -> Query {
        Query { on: self.control().latest().unwrap_or(Date::ZERO), known_by: None }
    }
}

/// Why a claim has no vote: a key of the catalogue.
pub(crate) fn no_vote(why: NoVote) -> &'static str {
    match why {
        NoVote::NotControl => "mute-not-control",
        NoVote::Aggregate => "mute-aggregate",
        NoVote::NotSaidToBeSo => "mute-not-said",
        NoVote::NoPlace => "mute-no-place",
        NoVote::NoActor => "mute-no-actor",
        NoVote::NoDay => "mute-no-day",
        NoVote::Ahead => "mute-ahead",
    }
}
