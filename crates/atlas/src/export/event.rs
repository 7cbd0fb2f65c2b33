//! Claims gathered into events: what several sources say of one thing on one day at one place is one event.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_article::Span;
use marchland_claim::{Interest, Kind, Party, Stance};
use marchland_place::{PlaceId, Precision};

use super::{ClaimRow, ExportSet};
use crate::boundaries::Boundaries;
use crate::count::day_words;
use crate::info::PlaceInfo;

/// One event.
pub(super) struct Event<'a> {
    pub rows: Vec<&'a ClaimRow>,
    pub day: Date,
    pub place: Option<PlaceInfo>,
    killed: Option<(u32, u32)>,
}

/// What makes two claims one event.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    day: Date,
    place: Option<PlaceId>,
    name: &'a str,
    part: Option<&'a str>,
    sub_event: &'a str,
    holder: Option<&'a ActorId>,
    other: Option<&'a ActorId>,
}

/// Events with a day, told or claimed to have happened: no denials, plans, totals, and no history in passing.
pub(super) fn events<'a>(set: &'a ExportSet) -> Vec<Event<'a>> {
    let mut groups: BTreeMap<Key, Vec<&ClaimRow>> = BTreeMap::new();
    for row in set.claims {
        let c = &row.claim;
        let told = matches!(c.stance, Stance::Asserted | Stance::Claimed) && !c.background && c.aggregate.is_none();
        let (Some(event), Some(day), true) = (&c.event, c.time.valid_from, told) else { continue };
        let actor = |p: &'a Option<Party>| p.as_ref().and_then(|p| p.actor.as_ref());
        let key = Key {
            day,
            place: c.place.id,
            name: if c.place.id.is_some() { "" } else { &c.place.name },
            part: c.place.part.as_deref(),
            sub_event: &event.sub_event_type,
            holder: actor(&c.holder),
            other: actor(&c.other),
        };
        groups.entry(key).or_default().push(row);
    }
    let make = |(key, mut rows): (Key, Vec<&'a ClaimRow>)| {
        rows.sort_by(|a, b| (a.published, &a.claim.id).cmp(&(b.published, &b.claim.id)));
        let place = key.place.and_then(|id| set.lookup.place(id)).or_else(|| from_claim(rows[0]));
        Event { day: key.day, place, rows, killed: None }
    };
    let mut all: Vec<Event<'a>> = groups.into_iter().map(make).collect();
    count_losses(&mut all);
    all
}

/// The dead of a sentence count once. "Twelve died when the rebels took A and B" is a number on each of its claims; it
/// is given to the event of the clause that comes first, so that a sum over events is a sum of what was said.
fn count_losses(events: &mut [Event<'_>]) {
    fn sentence(row: &ClaimRow) -> (&str, Span) {
        (&row.claim.evidence.article, row.claim.evidence.sentence)
    }
    let mut owners: BTreeMap<(&str, u32), (u32, usize)> = BTreeMap::new();
    for (n, event) in events.iter().enumerate() {
        for row in event.rows.iter().filter(|r| r.claim.fatalities.is_some()) {
            let (article, span) = sentence(row);
            let first = (row.claim.evidence.clause.start, n);
            let owner = owners.entry((article, span.start)).or_insert(first);
            *owner = first.min(*owner);
        }
    }
    let killed: Vec<Option<(u32, u32)>> = events
        .iter()
        .enumerate()
        .map(|(n, event)| {
            let own = |r: &&&ClaimRow| {
                let (article, span) = sentence(r);
                owners.get(&(article, span.start)).is_some_and(|(_, owner)| *owner == n)
            };
            event.rows.iter().filter(own).find_map(|r| r.claim.fatalities)
        })
        .collect();
    for (event, killed) in events.iter_mut().zip(killed) {
        event.killed = killed;
    }
}

/// The place as the claim itself carries it, for places that the gazetteer at hand does not know.
fn from_claim(row: &ClaimRow) -> Option<PlaceInfo> {
    let place = &row.claim.place;
    let country = place.country.clone();
    Some(PlaceInfo {
        id: place.id.unwrap_or(PlaceId(0)),
        name: place.name.clone(),
        local_name: None,
        country_name: country.as_deref().and_then(|iso| Boundaries::world().country(iso)).map(|c| c.name.clone()),
        country,
        admin1: place.admin1.clone(),
        lat: place.lat,
        lon: place.lon,
        feature: place.feature.clone(),
        population: 0,
    })
}

impl Event<'_> {
    /// The first report.
    pub fn first(&self) -> &ClaimRow {
        self.rows[0]
    }

    /// Killed, low and high: those of the first report that gives a number which no other event has.
    pub fn killed(&self) -> Option<(u32, u32)> {
        self.killed
    }

    /// A stable number made of the ids of the claims' event, 31 bits.
    pub fn number(&self) -> u32 {
        // FNV-1a over what makes the event, not over its reports: a further report keeps the id.
        let c = &self.first().claim;
        let actor =
            |p: &Option<Party>| p.as_ref().and_then(|p| p.actor.as_ref()).map(ToString::to_string).unwrap_or_default();
        let sub = c.event.as_ref().map_or("", |e| e.sub_event_type.as_str());
        let name = c.place.id.map_or_else(|| c.place.name.clone(), |id| id.to_string());
        let part = c.place.part.as_deref().unwrap_or("");
        let key = format!("{}|{name}|{part}|{sub}|{}|{}", self.day, actor(&c.holder), actor(&c.other));
        key.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193)) >> 1
    }

    /// 1 the town, 2 near it or part of a region, 3 a larger region.
    pub fn geo_precision(&self) -> u8 {
        match self.first().claim.place.precision {
            Precision::Exact => 1,
            Precision::Near | Precision::District => 2,
            Precision::Province | Precision::Country => 3,
        }
    }

    /// 1 the day, 2 the week, 3 the month (or longer).
    pub fn time_precision(&self) -> u8 {
        match self.first().claim.time.precision {
            Some(marchland_time::Precision::Day) | None => 1,
            Some(marchland_time::Precision::Week) => 2,
            Some(_) => 3,
        }
    }

    /// Outlets, each once, in order of printing.
    pub fn outlets(&self) -> String {
        let mut seen: Vec<&str> = Vec::new();
        for outlet in self.rows.iter().filter_map(|r| r.outlet.as_deref()) {
            if !seen.contains(&outlet) {
                seen.push(outlet);
            }
        }
        seen.join("; ")
    }

    /// A note in our own words: what, where, when, who says so. No text of the article is copied.
    pub fn note(&self, set: &ExportSet) -> String {
        let row = self.first();
        let c = &row.claim;
        let name = |p: &Option<Party>| {
            let party = p.as_ref()?;
            Some(party.actor.as_ref().map_or_else(|| party.name.clone(), |id| set.lookup.actor_name(id)))
        };
        let (holder, other) = (name(&c.holder), name(&c.other));
        let who = holder.unwrap_or_else(|| "an unknown party".to_owned());
        let place = self.place.as_ref().map_or(c.place.name.as_str(), |p| p.name.as_str());
        let place = c.place.part.as_ref().map_or_else(|| place.to_owned(), |part| format!("{place} ({part})"));
        let from = other.map(|o| format!(" ({o} on the other side)")).unwrap_or_default();
        let what = match c.kind {
            Some(Kind::Transfer) => format!("{who} took {place}{from}"),
            Some(Kind::Holds) => format!("{who} held {place}{from}"),
            Some(Kind::Contested) => format!("{place} was contested{from}"),
            Some(Kind::Besieged) => format!("{who} besieged {place}{from}"),
            Some(Kind::Withdrawal) => format!("{who} withdrew from {place}{from}"),
            Some(Kind::Repelled) => format!("{who} kept {place} against an attack{from}"),
            None => {
                let sub = c.event.as_ref().map_or("Event", |e| e.sub_event_type.as_str());
                format!("{sub} at {place}")
            }
        };
        let mut note = format!("On {}, {what}", day_words(self.day));
        if let Some(speaker) = &c.speaker {
            let interest = match speaker.interest {
                Interest::SelfServing => " (in its own interest)",
                Interest::AgainstInterest => " (against its own interest)",
                Interest::ThirdParty => "",
            };
            note.push_str(&format!(", according to {}{interest}", speaker.name));
        }
        let reports = self.rows.len();
        note.push_str(&if reports == 1 { ". 1 report.".to_owned() } else { format!(". {reports} reports.") });
        note
    }

    /// Country's numeric and three-letter codes, name.
    pub fn country(&self) -> Option<&'static crate::boundaries::Country> {
        self.place.as_ref()?.country.as_deref().and_then(|iso| Boundaries::world().country(iso))
    }
}
