//! What in the ledger does not fit together: totals against the places that are named, and sequences that cannot be.
//!
//! Nothing is taken out for it. A report of a change that finds its own side there already counts for little by the
//! tables of control (`change.kept`); a total has no vote. This is the list to look through.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_control::{Query, Status};
use marchland_place::PlaceId;
use serde::Serialize;

use crate::{Area, Situation};

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Doubt {
    /// What kind of thing.
    pub kind: DoubtKind,
    /// The day of which the claim speaks.
    pub day: Date,
    /// The claim.
    pub claim: ClaimId,
    /// Digest of its article.
    pub article: String,
    /// Which place, where it is about one.
    pub place: Option<PlaceId>,
    /// What does not fit, in words.
    pub words: String,
}

/// Kinds of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// A total differs from the places that we count.
    Total,
    /// Somebody takes what he holds.
    TakesOwn,
    /// Somebody loses or leaves what another holds.
    LosesOthers,
}

/// News of a capture goes on for some days; only later it is a second capture.
const STILL_NEWS: i64 = 7;
/// A holder is sure enough from here on to speak of a contradiction.
const SURE: f64 = 0.9;
/// Totals differ by less: some papers count a city a day later than others.
const SLACK: u32 = 2;

impl Situation {
    /// What does not fit together, in a fixed order.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut out: Vec<Doubt> = self.totals(None).into_iter().map(|(_, _, doubt)| doubt).collect();
        out.extend(self.sequences());
        out.sort();
        out.dedup();
        out
    }

    /// Totals of the days up to a question's day that differ from the places named, the newest of each holder: what a
    /// reader of the table should know beside it. Totals about a country that the area does not hold are left out.
    #[must_use]
    pub fn totals_in_doubt(&self, area: &Area, query: &Query) -> Vec<Doubt> {
        let from = query.on.saturating_sub(STILL_NEWS.days());
        let within = |country: &str| match area {
            Area::All => true,
            Area::Country(iso) | Area::Capitals(iso) => iso == country,
            Area::Countries | Area::Places(_) => false,
        };
        let mut newest: BTreeMap<(String, ActorId), Doubt> = BTreeMap::new();
        for (country, holder, doubt) in self.totals(query.known_by) {
            if (from..=query.on).contains(&doubt.day) && within(&country) {
                let last = newest.entry((country, holder)).or_insert_with(|| doubt.clone());
                *last = doubt.max(last.clone());
            }
        }
        newest.into_values().collect()
    }

    /// Totals of provincial capitals against the capitals that we see held on that day, as known by then; with the
    /// country and the holder. Only what was known by a day, where one is given.
    fn totals(&self, known_by: Option<Date>) -> Vec<(String, ActorId, Doubt)> {
        let mut counted: BTreeMap<(String, ActorId, Date), u32> = BTreeMap::new();
        let mut out = Vec::new();
        for entry in self.totals_said() {
            let claim = &entry.claim;
            let (Some(total), Some(holder)) = (&claim.aggregate, claim.holder.as_ref()) else {
                continue;
            };
            let said = matches!(claim.stance, Stance::Asserted | Stance::Claimed);
            let gained = matches!(claim.kind, Some(Kind::Holds | Kind::Transfer));
            if !said || !gained || claim.background || total.unit != "provincial capitals" {
                continue;
            }
            let known = entry.known;
            if known_by.is_some_and(|by| known > by) {
                continue;
            }
            let day = claim.valid_to.or(claim.valid_from).unwrap_or(known).min(known);
            let Some(country) = self.country_meant(claim, holder) else { continue };
            let ours = *counted.entry((country.clone(), holder.clone(), day)).or_insert_with(|| {
                let capitals = self.coder().gazetteer().capitals(&country);
                let query = Query { on: day, known_by: Some(known) };
                let counters = self.control().counters(&capitals, &query);
                let held =
                    counters.iter().find(|c| c.status == Status::Controlled && c.holder.as_ref() == Some(holder));
                held.map_or(0, |c| c.places.len() as u32)
            });
            // "They took two capitals" is what was gained, not all that is held: it can only be too many.
            let gain = claim.kind == Some(Kind::Transfer) && !total.ordinal && total.of.is_none();
            let differs = if gain { total.count >= ours + SLACK } else { ours.abs_diff(total.count) >= SLACK };
            if differs {
                let who = self.actor_name(holder);
                let said = if gain { "taken" } else { "held" };
                let words = format!(
                    "{day}: {} provincial capitals of {country} are said to be {said} by {who}; by name we count {ours}",
                    total.count
                );
                let doubt = Doubt {
                    kind: DoubtKind::Total,
                    day,
                    claim: claim.id.clone(),
                    article: entry.article.to_string(),
                    place: None,
                    words,
                };
                out.push((country, holder.clone(), doubt));
            }
        }
        out
    }

    /// The country of a total: that of its place, else that of the party.
    fn country_meant(&self, claim: &marchland_claim::Brief, holder: &ActorId) -> Option<String> {
        let actor = || self.coder().registry().actor(holder).and_then(|a| a.country.clone());
        claim.country.as_deref().map(str::to_owned).or_else(actor)
    }

    /// Reports of a change that find the place in other hands than they must.
    fn sequences(&self) -> Vec<Doubt> {
        let mut out = Vec::new();
        for place in self.control().places() {
            let rows = self.control().intervals(place, None);
            for report in self.control().reports(place) {
                let taken = report.kind == Kind::Transfer;
                if !(taken || report.kind == Kind::Withdrawal) || report.stance == Stance::Denied || report.background {
                    continue;
                }
                let (Some(day), Some(who), None) = (report.from.or(report.to), &report.holder, &report.part) else {
                    continue;
                };
                let eve = day.saturating_sub(1.days());
                let on = |d: Date| rows.iter().find(|r| r.valid_from <= d && r.valid_to.is_none_or(|to| d < to));
                let Some(row) = on(eve).filter(|r| r.status == Status::Controlled && r.probability >= SURE) else {
                    continue;
                };
                let Some(holder) = &row.holder else { continue };
                let name = |a: &ActorId| self.actor_name(a);
                let old = row.valid_from <= day.saturating_sub(STILL_NEWS.days());
                let words = if taken && holder == who && old {
                    format!(
                        "{day}: {} is said to take {}, which it has held since {}",
                        name(who),
                        self.place_name(place),
                        row.valid_from
                    )
                } else if !taken && holder != who && old {
                    format!(
                        "{day}: {} is said to leave {}, which {} has held since {}",
                        name(who),
                        self.place_name(place),
                        name(holder),
                        row.valid_from
                    )
                } else {
                    continue;
                };
                out.push(Doubt {
                    kind: if taken { DoubtKind::TakesOwn } else { DoubtKind::LosesOthers },
                    day,
                    claim: report.claim.clone(),
                    article: report.article.to_string(),
                    place: Some(place),
                    words,
                });
            }
        }
        out
    }
}
