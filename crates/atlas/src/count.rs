//! The answer in words: how many places each party holds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_control::{PlaceState, Query};

use crate::mark::{Mark, PartyStyle};

/// How many places are in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// Places by mark and, where the mark has one, holder.
    pub by_mark: BTreeMap<(Option<ActorId>, Mark), usize>,
    /// Places under siege, whatever their mark.
    pub besieged: usize,
    /// All of them.
    pub total: usize,
}

impl Count {
    /// Counts states.
    pub fn of<'s>(states: impl IntoIterator<Item = &'s PlaceState>) -> Self {
        let mut count = Self::default();
        for state in states {
            let mark = Mark::of(state);
            let holder = state.holder.clone().filter(|_| mark.has_holder());
            *count.by_mark.entry((holder, mark)).or_default() += 1;
            count.besieged += usize::from(state.besieged_by.is_some());
            count.total += 1;
        }
        count
    }

    /// Places that a party holds, however sure.
    #[must_use]
    pub fn held_by(&self, party: &ActorId) -> usize {
        self.by_mark.iter().filter(|((holder, _), _)| holder.as_ref() == Some(party)).map(|(_, n)| n).sum()
    }

    /// Places with a mark, whoever holds them.
    #[must_use]
    pub fn marked(&self, mark: Mark) -> usize {
        self.by_mark.iter().filter(|((_, m), _)| *m == mark).map(|(_, n)| n).sum()
    }

    /// "Taliban 6 of 34 provincial capitals, Afghan government 27, 1 contested". Parties without a place are
    /// left out, save the first when no party has any; `unit` is a plural ("provincial capitals").
    #[must_use]
    pub fn words(&self, parties: &[PartyStyle], unit: &str) -> String {
        let mut parts = Vec::new();
        let mut of = format!(" of {} {unit}", self.total);
        let nobody = parties.iter().all(|p| self.held_by(&p.id) == 0);
        for (n, party) in parties.iter().enumerate() {
            let held = self.held_by(&party.id);
            if held > 0 || (nobody && n == 0) {
                parts.push(format!("{} {held}{}", party.name, std::mem::take(&mut of)));
            }
        }
        for mark in [Mark::Contested, Mark::Unknown] {
            let n = self.marked(mark);
            if n > 0 {
                parts.push(format!("{n}{} {}", std::mem::take(&mut of), mark.words()));
            }
        }
        if parts.is_empty() {
            return format!("No {unit} to show");
        }
        parts.join(", ")
    }
}

/// "9 August 2021".
#[must_use]
pub fn day_words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {} {}", day.day(), MONTHS[(day.month() - 1) as usize], day.year())
}

/// "on 9 August 2021, as known by 10 August 2021".
#[must_use]
pub fn query_words(query: Query) -> String {
    match query.known_by {
        Some(known) => format!("on {}, as known by {}", day_words(query.on), day_words(known)),
        None => format!("on {}, by all that is known", day_words(query.on)),
    }
}
