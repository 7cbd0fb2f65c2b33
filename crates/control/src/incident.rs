//! Incidents: reports of many articles about one happening.

use std::collections::BTreeSet;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_place::PlaceId;
use serde::{Deserialize, Serialize};

use crate::control::Control;
use crate::day::{date, number};
use crate::report::Report;

/// Reports on one happening, of whatever articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Where.
    pub place: PlaceId,
    /// Only this part of it.
    pub part: Option<String>,
    /// What.
    pub kind: Kind,
    /// Who gained, holds, left or besieges it.
    pub holder: Option<ActorId>,
    /// The first day told.
    pub first: Date,
    /// The last day told.
    pub last: Date,
    /// The claims, in order of ids.
    pub claims: Vec<ClaimId>,
    /// How many articles tell of it.
    pub articles: u32,
    /// How many independent origins they have.
    pub origins: u32,
    /// How many of the claims deny it.
    pub denials: u32,
}

/// Two reports of the same at one place belong together when their days are no further apart. A day is often told
/// one off, and the news of a night has two dates.
const APART: i32 = 2;

impl Control {
    /// The reports at the places that pass the filter, as far as known by the day, grouped by happening: the same kind
    /// of thing by the same party at the same place, on days that follow one another with no gap over two days.
    /// In order of places and days; a function of the set of reports.
    #[must_use]
    pub fn incidents(&self, known_by: Option<Date>, filter: impl Fn(PlaceId) -> bool) -> Vec<Incident> {
        let mut out = Vec::new();
        for place in self.places().filter(|p| filter(*p)) {
            let mut reports: Vec<(&Report, i32)> = self
                .reports(place)
                .filter(|r| known_by.is_none_or(|k| r.known <= k))
                .filter_map(|r| Some((r, number(r.from.or(r.to)?))))
                .collect();
            reports.sort_by_key(|(r, day)| (&r.part, r.kind, &r.holder, *day, &r.claim, &r.article));
            let mut group: Vec<(&Report, i32)> = Vec::new();
            for (r, day) in reports {
                let same = group.last().is_some_and(|(o, last)| {
                    (&o.part, o.kind, &o.holder) == (&r.part, r.kind, &r.holder) && day - last <= APART
                });
                if !same {
                    out.extend(incident(&group));
                    group.clear();
                }
                group.push((r, day));
            }
            out.extend(incident(&group));
        }
        out
    }
}

fn incident(group: &[(&Report, i32)]) -> Option<Incident> {
    let ((r, first), (_, last)) = (group.first()?, group.last()?);
    let count = |of: fn(&Report) -> &std::sync::Arc<str>| {
        group.iter().map(|(r, _)| of(r)).collect::<BTreeSet<_>>().len() as u32
    };
    let claims: BTreeSet<&ClaimId> = group.iter().map(|(r, _)| &r.claim).collect();
    Some(Incident {
        place: r.place,
        part: r.part.as_deref().map(str::to_owned),
        kind: r.kind,
        holder: r.holder.clone(),
        first: date(*first),
        last: date(*last),
        claims: claims.into_iter().cloned().collect(),
        articles: count(|r| &r.article),
        origins: count(|r| &r.origin),
        denials: group.iter().filter(|(r, _)| r.stance == Stance::Denied).count() as u32,
    })
}
