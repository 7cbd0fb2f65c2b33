//! The [`Situation`]: control computed from a ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::PartyStyle;
use marchland_coder::Coder;
use marchland_control::{Control, ControlInterval, NoVote, Params, PlaceState, Query, Report, Source, settled};
use marchland_ledger::{ClaimEntry, ClaimFilter, Ledger, Logged, Result};
use marchland_place::PlaceId;

use crate::Area;

/// Control over the current claims of a ledger.
pub struct Situation {
    coder: Coder,
    control: Control,
    /// Claims without a vote, by article and reason.
    silent: HashMap<String, BTreeMap<NoVote, u64>>,
    /// Claims that count places instead of naming one, by article.
    totals: BTreeMap<String, Vec<ClaimEntry>>,
    /// The story of each article that is a copy of another.
    stories: HashMap<String, String>,
    latest_read: Timestamp,
    /// The last entry of the ledger's log that is in it.
    seq: i64,
}

impl Situation {
    /// Computes it from all current claims.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn load(ledger: &dyn Ledger, coder: &Coder) -> Result<Self> {
        let mut new = Self {
            coder: coder.clone(),
            control: Control::new(Vec::new(), Params::default()),
            silent: HashMap::new(),
            totals: BTreeMap::new(),
            stories: HashMap::new(),
            latest_read: Timestamp::UNIX_EPOCH,
            // Read first: what is added meanwhile is read twice, which changes nothing.
            seq: ledger.seq()?,
        };
        let mut reports = Vec::new();
        ledger.each_claim(&ClaimFilter::default(), &mut |entry| new.take(entry, &mut reports))?;
        new.control = Control::new(settled(reports), Params::default());
        Ok(new)
    }

    /// Takes in what was added to the ledger since, and tells for which places the answer may have changed. Only the
    /// articles that were added, coded again or judged are read, and those that tell the same story; the result is
    /// that of [`load`](Self::load).
    ///
    /// # Errors
    /// When the ledger cannot be read; the situation is then as it was, or has part of the new articles, and may be
    /// asked to follow again.
    pub fn follow(&mut self, ledger: &dyn Ledger) -> Result<BTreeSet<PlaceId>> {
        const PAGE: usize = 1000;
        let mut articles: BTreeSet<String> = BTreeSet::new();
        let mut seq = self.seq;
        loop {
            let page = ledger.log(seq, PAGE)?;
            let Some(last) = page.last() else { break };
            seq = last.seq;
            articles.extend(page.into_iter().map(|entry| match entry.what {
                Logged::Article { article, .. } | Logged::Coding { article, .. } => article,
                Logged::Judgement { judgement } => judgement.target.article().to_owned(),
            }));
        }
        // An article that joins a story may give it another name, and with it the votes of the others.
        for article in articles.clone() {
            let story = ledger.story(&article)?;
            let name = story.first().cloned().unwrap_or_default();
            let renamed = |a: &String| self.stories.get(a).unwrap_or(a) != &name;
            articles.extend(story.into_iter().filter(renamed));
        }
        let mut touched = BTreeSet::new();
        for article in articles {
            self.silent.remove(&article);
            self.totals.remove(&article);
            self.stories.remove(&article);
            let mut reports = Vec::new();
            let filter = ClaimFilter { article: Some(article.clone()), ..ClaimFilter::default() };
            ledger.each_claim(&filter, &mut |entry| self.take(entry, &mut reports))?;
            touched.extend(self.control.replace_article(&article, settled(reports)));
        }
        self.seq = seq;
        Ok(touched)
    }

    fn take(&mut self, entry: ClaimEntry, reports: &mut Vec<Report>) {
        self.latest_read = self.latest_read.max(entry.read_at);
        if entry.story != entry.article && !self.stories.contains_key(&entry.article) {
            self.stories.insert(entry.article.clone(), entry.story.clone());
        }
        match report(&entry) {
            Ok(report) => reports.push(report),
            Err(why) => {
                *self.silent.entry(entry.article.clone()).or_default().entry(why).or_default() += 1;
                if why == NoVote::Aggregate {
                    self.totals.entry(entry.article.clone()).or_default().push(entry);
                }
            }
        }
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

    /// The claims that count places instead of naming one, by article.
    pub(crate) fn totals_said(&self) -> impl Iterator<Item = &ClaimEntry> {
        self.totals.values().flatten()
    }

    /// How many claims have no vote on control, by reason.
    #[must_use]
    pub fn silent(&self) -> BTreeMap<NoVote, u64> {
        let mut all = BTreeMap::new();
        for (why, n) in self.silent.values().flatten() {
            *all.entry(*why).or_default() += n;
        }
        all
    }

    /// When the last of its articles was read: the ledger's own clock.
    #[must_use]
    pub fn latest_read(&self) -> Timestamp {
        self.latest_read
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
        let wanted: BTreeSet<PlaceId> = places.iter().copied().collect();
        let mut states: BTreeMap<PlaceId, PlaceState> =
            self.control.map(query, |p| wanted.contains(&p)).into_iter().map(|s| (s.place, s)).collect();
        places.into_iter().map(|p| states.remove(&p).unwrap_or_else(|| PlaceState::unknown(p, *query))).collect()
    }

    /// The control table of an area.
    #[must_use]
    pub fn table(&self, area: &Area, known_by: Option<Date>) -> Vec<ControlInterval> {
        let wanted: BTreeSet<PlaceId> = self.places(area).into_iter().collect();
        self.control.table(known_by, |p| wanted.contains(&p))
    }

    /// How the parties of an area are drawn, the same for every day: those named as holder most often first.
    #[must_use]
    pub fn parties(&self, area: &Area) -> Vec<PartyStyle> {
        let wanted: BTreeSet<PlaceId> = self.places(area).into_iter().collect();
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
            story: Some(&entry.story),
        },
    )
}
