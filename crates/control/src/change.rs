//! What changed: between two days, at one place, along a front.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_place::PlaceId;
use serde::{Deserialize, Serialize};

use crate::control::Control;
use crate::day::{date, number};
use crate::state::{PlaceState, Query, Status};

/// A place that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which place.
    pub place: PlaceId,
    /// First day of the new state.
    pub day: Date,
    /// What happened.
    pub kind: ChangeKind,
    /// Who held it before, where known.
    pub from: Option<ActorId>,
    /// Who holds it now, where known.
    pub to: Option<ActorId>,
    /// Probability of the new state, 0 to 1.
    pub probability: f64,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// One party held it, now another does.
    ChangedHands,
    /// Somebody holds it of which it was not known who did, or who does after a fight.
    Settled,
    /// It is now fought over.
    NewlyContested,
    /// It is no longer known who holds it.
    Lapsed,
}

impl ChangeKind {
    fn of(before: &Side, after: &Side) -> Option<Self> {
        match (before, after) {
            (a, b) if a == b => None,
            ((Status::Controlled, a), (Status::Controlled, b)) => (a != b).then_some(Self::ChangedHands),
            ((Status::Contested, _), (Status::Contested, _)) => None,
            (_, (Status::Controlled, _)) => Some(Self::Settled),
            (_, (Status::Contested, _)) => Some(Self::NewlyContested),
            (_, (Status::Unknown, _)) => Some(Self::Lapsed),
        }
    }
}

type Side = (Status, Option<ActorId>);

/// How many of a set of places are in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Controlled, contested or unknown.
    pub status: Status,
    /// By whom, when controlled.
    pub holder: Option<ActorId>,
    /// Which places, in order of ids; their number is the count.
    pub places: Vec<PlaceId>,
}

/// How fast a party gains and loses places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Which day.
    pub day: Date,
    /// Which party.
    pub party: ActorId,
    /// Places that it came to hold on this day.
    pub gained: u32,
    /// Places that went from it to another on this day.
    pub lost: u32,
    /// Gained less lost over the seven days up to this one.
    pub week: i32,
}

impl Control {
    /// Places whose state differs between two questions: two days, or one day as known at two times.
    #[must_use]
    pub fn diff(&self, before: &Query, after: &Query, filter: impl Fn(PlaceId) -> bool + Sync) -> Vec<Change> {
        let side = |s: &PlaceState| (s.status, s.holder.clone());
        let (old, new) = (self.map(before, &filter), self.map(after, &filter));
        old.iter()
            .zip(&new)
            .filter_map(|(a, b)| {
                let kind = ChangeKind::of(&side(a), &side(b))?;
                Some(Change {
                    place: b.place,
                    day: b.since.unwrap_or(after.on),
                    kind,
                    from: a.holder.clone(),
                    to: b.holder.clone(),
                    probability: b.probability,
                })
            })
            .collect()
    }

    /// What happened at one place, in order of days.
    #[must_use]
    pub fn timeline(&self, place: PlaceId, known_by: Option<Date>) -> Vec<Change> {
        let mut before: Side = (Status::Unknown, None);
        let mut ended: Option<Date> = None;
        let mut out = Vec::new();
        let rows = self.intervals(place, known_by);
        for row in &rows {
            if let Some(end) = ended.filter(|e| *e < row.valid_from) {
                out.push(lapse(place, end, &before));
                before = (Status::Unknown, None);
            }
            let now = (row.status, row.holder.clone());
            if let Some(kind) = ChangeKind::of(&before, &now) {
                let (from, to) = (before.1.clone(), now.1.clone());
                out.push(Change { place, day: row.valid_from, kind, from, to, probability: row.probability });
            }
            (before, ended) = (now, row.valid_to);
        }
        if let Some(end) = ended {
            out.push(lapse(place, end, &before));
        }
        out
    }

    /// How the places of a set are held: parties in order of ids, then contested, then unknown. Places of which
    /// nobody spoke count as unknown; states that no place is in are left out.
    #[must_use]
    pub fn counters(&self, places: &[PlaceId], query: &Query) -> Vec<Counter> {
        let set: BTreeSet<PlaceId> = places.iter().copied().collect();
        let mut by: BTreeMap<Side, Vec<PlaceId>> = BTreeMap::new();
        let mut told = BTreeSet::new();
        for s in self.map(query, |p| set.contains(&p)) {
            told.insert(s.place);
            let holder = s.holder.filter(|_| s.status == Status::Controlled);
            by.entry((s.status, holder)).or_default().push(s.place);
        }
        let silent: Vec<PlaceId> = set.difference(&told).copied().collect();
        if !silent.is_empty() {
            let unknown = by.entry((Status::Unknown, None)).or_default();
            unknown.extend(silent);
            unknown.sort();
        }
        by.into_iter().map(|((status, holder), places)| Counter { status, holder, places }).collect()
    }

    /// For each day from one to another, how many places each party gained and lost. Days without a change within
    /// a week before are left out.
    #[must_use]
    pub fn advance(
        &self,
        from: Date,
        to: Date,
        known_by: Option<Date>,
        filter: impl Fn(PlaceId) -> bool + Sync,
    ) -> Vec<Pace> {
        let (first, last) = (number(from), number(to));
        let mut days: BTreeMap<(ActorId, i32), (u32, u32)> = BTreeMap::new();
        let mut held: Option<(PlaceId, ActorId)> = None;
        for row in self.table(known_by, filter).iter().filter(|r| r.status == Status::Controlled) {
            let Some(holder) = &row.holder else { continue };
            let before = held.replace((row.place, holder.clone())).filter(|(p, _)| *p == row.place).map(|(_, h)| h);
            if before.as_ref() == Some(holder) {
                continue;
            }
            let day = number(row.valid_from);
            days.entry((holder.clone(), day)).or_default().0 += 1;
            if let Some(loser) = before {
                days.entry((loser, day)).or_default().1 += 1;
            }
        }
        let parties: BTreeSet<&ActorId> = days.keys().map(|(p, _)| p).collect();
        let mut out = Vec::new();
        for day in first..=last {
            for party in &parties {
                let key = |d: i32| ((*party).clone(), d);
                let week: Vec<_> = days.range(key(day - 6)..=key(day)).map(|(_, n)| *n).collect();
                if week.is_empty() {
                    continue;
                }
                let (gained, lost) = days.get(&key(day)).copied().unwrap_or_default();
                let week = week.iter().map(|(g, l)| *g as i32 - *l as i32).sum();
                out.push(Pace { day: date(day), party: (*party).clone(), gained, lost, week });
            }
        }
        out
    }
}

fn lapse(place: PlaceId, day: Date, before: &Side) -> Change {
    Change { place, day, kind: ChangeKind::Lapsed, from: before.1.clone(), to: None, probability: 0.0 }
}
