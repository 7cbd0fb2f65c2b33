//! The answer in words: how many places each party holds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_control::{PlaceState, Query};
use marchland_words::{Tongue, say};

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
    /// left out, save the first when no party has any.
    #[must_use]
    pub fn words(&self, tongue: Tongue, parties: &[PartyStyle], unit: Unit) -> String {
        let mut parts = Vec::new();
        let nobody = parties.iter().all(|p| self.held_by(&p.id) == 0);
        for (n, party) in parties.iter().enumerate() {
            let held = self.held_by(&party.id);
            if held > 0 || (nobody && n == 0) {
                parts.push(say!(tongue, "answer-party", party = party.name.as_str(), held = held));
            }
        }
        for (mark, key) in [(Mark::Contested, "answer-contested"), (Mark::Unknown, "answer-unknown")] {
            let n = self.marked(mark);
            if n > 0 {
                parts.push(say!(tongue, key, n = n));
            }
        }
        let Some(first) = parts.first_mut() else { return tongue.say("answer-none") };
        let of = match unit {
            Unit::Capitals => "answer-of-capitals",
            Unit::Places => "answer-of-places",
        };
        *first = say!(tongue, of, part = first.as_str(), total = self.total, n = self.total);
        parts.join(&tongue.say("comma"))
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// Places of any kind.
    #[default]
    Places,
    /// Seats of the first-order divisions.
    Capitals,
}

impl Unit {
    /// In the plural, without a number: "provincial capitals".
    #[must_use]
    pub fn words(self, tongue: Tongue) -> String {
        tongue.say(match self {
            Self::Places => "unit-places",
            Self::Capitals => "unit-capitals",
        })
    }

    /// With a number: "34 provincial capitals".
    #[must_use]
    pub fn counted(self, tongue: Tongue, n: usize) -> String {
        let key = match self {
            Self::Places => "count-places",
            Self::Capitals => "count-capitals",
        };
        say!(tongue, key, n = n)
    }
}

/// "9 August 2021".
#[must_use]
pub fn day_words(day: Date) -> String {
    Tongue::ENGLISH.day(day)
}

/// "on 9 August 2021, as known by 10 August 2021".
#[must_use]
pub fn query_words(query: Query) -> String {
    query_words_in(Tongue::ENGLISH, query)
}

/// The same in a language.
#[must_use]
pub fn query_words_in(tongue: Tongue, query: Query) -> String {
    match query.known_by {
        Some(known) => say!(tongue, "map-on-known", on = tongue.day(query.on), known = tongue.day(known)),
        None => say!(tongue, "map-on", on = tongue.day(query.on)),
    }
}
