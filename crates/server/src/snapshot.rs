//! What the ledger says at one moment, made ready for questions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::PartyStyle;
use marchland_control::{Control, NoVote, Params, Query, Report, Source, settled};
use marchland_ledger::{ClaimFilter, Counts, Ledger};
use marchland_place::{Gazetteer, PlaceId};

/// What the ledger says at one moment.
pub(crate) struct Snapshot {
    pub control: Control,
    /// The last entry of the ledger's log that is in it.
    pub seq: i64,
    pub counts: Counts,
    /// Places by country, most places first.
    pub countries: Vec<(String, Vec<PlaceId>)>,
    /// Reports by the day on which they were made known.
    pub reports: BTreeMap<Date, u32>,
    /// Control claims that have no vote, by reason.
    pub mute: BTreeMap<&'static str, u32>,
}

impl Snapshot {
    /// Reads the whole ledger.
    pub fn load(ledger: &dyn Ledger, gazetteer: &Gazetteer) -> marchland_ledger::Result<Self> {
        let seq = ledger.seq()?;
        let mut reports = Vec::new();
        let mut mute: BTreeMap<&'static str, u32> = BTreeMap::new();
        ledger.each_claim(&ClaimFilter { control_only: true, ..ClaimFilter::default() }, &mut |entry| {
            let source = Source {
                article: &entry.article,
                outlet: entry.outlet.as_deref(),
                known: entry.known(),
                dated: entry.published.is_some(),
                story: Some(&entry.story),
            };
            match Report::from_claim(&entry.claim, &source) {
                Ok(report) => reports.push(report),
                Err(why) => *mute.entry(no_vote(why)).or_default() += 1,
            }
        })?;
        let reports = settled(reports);
        let mut days: BTreeMap<Date, u32> = BTreeMap::new();
        for report in &reports {
            *days.entry(report.known).or_default() += 1;
        }
        let control = Control::new(reports, Params::default());
        let mut countries: BTreeMap<String, Vec<PlaceId>> = BTreeMap::new();
        for id in control.places() {
            if let Some(country) = gazetteer.place(id).and_then(|p| p.country) {
                countries.entry(country.to_owned()).or_default().push(id);
            }
        }
        let mut countries: Vec<_> = countries.into_iter().collect();
        let weight = |places: &[PlaceId]| places.iter().map(|p| control.reports(*p).count()).sum::<usize>();
        countries.sort_by_cached_key(|(iso, places)| (std::cmp::Reverse(weight(places)), iso.clone()));
        Ok(Self { control, seq, counts: ledger.counts()?, countries, reports: days, mute })
    }

    /// The parties that are ever said to hold one of the places, by number of reports: colours, shapes and letters.
    pub fn parties(&self, places: &[PlaceId], name: impl Fn(&ActorId) -> String) -> Vec<PartyStyle> {
        let mut weight: BTreeMap<ActorId, usize> = BTreeMap::new();
        for report in places.iter().flat_map(|p| self.control.reports(*p)) {
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
        Query { on: self.control.latest().unwrap_or(Date::ZERO), known_by: None }
    }
}

/// Why a claim has no vote, for people.
pub(crate) fn no_vote(why: NoVote) -> &'static str {
    match why {
        NoVote::NotControl => "is about something else than control",
        NoVote::Aggregate => "counts places instead of naming one",
        NoVote::NotSaidToBeSo => "is planned or hypothetical",
        NoVote::NoPlace => "names a place that the gazetteer does not know",
        NoVote::NoActor => "does not say whom it means",
        NoVote::NoDay => "has no day",
        NoVote::Ahead => "speaks of a day after the one on which it was said",
    }
}
