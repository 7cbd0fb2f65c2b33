//! Who it was when the clause does not say: told from the rest of the article.
//!
//! War news speaks of two sides. "The town fell", "the fall of X", "was besieged" leave out the doer that
//! another sentence names. What is inferred costs confidence.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use marchland_actor::ActorId;

use crate::{Facts, Kind};

/// What inference knows beside the article.
pub(crate) struct Sense<'a> {
    pub facts: &'a dyn Facts,
    pub day: Option<Date>,
}

impl Sense<'_> {
    fn fights(&self, a: &ActorId) -> bool {
        self.facts.fights(a)
    }

    fn allied(&self, a: &ActorId, b: &ActorId) -> bool {
        a == b || self.facts.allied(a, b, self.day)
    }

    fn opponents(&self, a: &ActorId) -> Vec<ActorId> {
        self.facts.opponents(a, self.day)
    }
}

/// What is known of one match, for inference.
#[derive(Debug, Clone)]
pub(crate) struct Sides {
    pub kind: Option<Kind>,
    pub sentence: usize,
    pub place: Option<String>,
    pub holder: Option<ActorId>,
    pub other: Option<ActorId>,
    /// Who tells of a success in the passive ("some parts have been cleared"): his own.
    pub teller: Option<ActorId>,
    /// The fighting party that tells it, whatever the voice.
    pub says: Option<ActorId>,
    /// Neither denied nor only thought of.
    pub real: bool,
}

type Count = BTreeMap<ActorId, u32>;

/// The parties of an article and who fights whom, where.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    /// How often each actor is named.
    named: Count,
    /// How often two stand against each other.
    against: BTreeMap<ActorId, Count>,
    /// How often each gained a place.
    gains: Count,
    /// Who is told to hold, to have gained, to besiege a place.
    holds_at: BTreeMap<String, Count>,
    gains_at: BTreeMap<String, Count>,
    besieges_at: BTreeMap<String, Count>,
}

fn most(count: Option<&Count>) -> Option<ActorId> {
    count?.iter().max_by_key(|(a, n)| (**n, Reverse((*a).clone()))).map(|(a, _)| a.clone())
}

impl Parties {
    pub fn new(mentioned: impl Iterator<Item = ActorId>, sides: &[Sides]) -> Self {
        let mut p = Self::default();
        for actor in mentioned {
            *p.named.entry(actor).or_default() += 1;
        }
        for s in sides {
            if let (Some(a), Some(b)) = (&s.holder, &s.other)
                && a != b
            {
                *p.against.entry(a.clone()).or_default().entry(b.clone()).or_default() += 1;
                *p.against.entry(b.clone()).or_default().entry(a.clone()).or_default() += 1;
            }
            let (Some(holder), Some(place), true) = (&s.holder, &s.place, s.real) else { continue };
            let at = match s.kind {
                Some(Kind::Transfer) => {
                    *p.gains.entry(holder.clone()).or_default() += 1;
                    &mut p.gains_at
                }
                Some(Kind::Besieged) => &mut p.besieges_at,
                Some(Kind::Holds | Kind::Repelled | Kind::Withdrawal) => &mut p.holds_at,
                _ => continue,
            };
            *at.entry(place.clone()).or_default().entry(holder.clone()).or_default() += 1;
        }
        p
    }

    /// How much an article speaks of a party in its war: the forces of another state than the place's count half.
    fn weight(&self, a: &ActorId, country: Option<&str>, sense: &Sense) -> u32 {
        let named = self.named.get(a).copied().unwrap_or(0);
        if country.is_some_and(|c| sense.facts.foreign(a, c)) { named } else { 2 * named }
    }

    /// Whom an actor fights in this article: as stated, else the enemy that is named most, else anybody armed.
    fn opponent(&self, of: &ActorId, country: Option<&str>, sense: &Sense) -> Option<ActorId> {
        let named = |a: &ActorId| self.named.get(a).copied().unwrap_or(0);
        let fit = |b: &ActorId| b != of && sense.fights(b) && !sense.allied(of, b);
        let stated = self
            .against
            .get(of)
            .and_then(|c| c.iter().filter(|(b, _)| fit(b)).max_by_key(|(b, n)| (**n, named(b), Reverse((*b).clone()))));
        if let Some((b, _)) = stated {
            return Some(b.clone());
        }
        // The list is in the order of likelihood: of two that are named as often the first.
        let known = sense.opponents(of);
        let best = known
            .iter()
            .enumerate()
            .filter(|(_, b)| named(b) > 0)
            .max_by_key(|(n, b)| (self.weight(b, country, sense), Reverse(*n)));
        if let Some((_, b)) = best {
            return Some(b.clone());
        }
        self.named
            .keys()
            .filter(|a| fit(a))
            .max_by_key(|a| (self.weight(a, country, sense), Reverse((*a).clone())))
            .cloned()
    }

    /// Who is likely to besiege a place of a country: the foreign army where one is the government's main enemy, else in a civil
    /// war the government; its capital is besieged by its enemies.
    fn besieger(&self, country: Option<&str>, capital: bool, sense: &Sense) -> Option<ActorId> {
        let country = country?;
        let government = sense.facts.government(country)?;
        let enemies = sense.opponents(&government);
        let enemy = enemies
            .iter()
            .enumerate()
            .filter(|(_, e)| self.named.contains_key(*e))
            .max_by_key(|(n, e)| (self.weight(e, Some(country), sense), Reverse(*n)))
            .map(|(_, e)| e.clone());
        match enemy {
            Some(enemy) if capital || sense.facts.foreign(&enemy, country) => Some(enemy),
            _ => Some(government).filter(|g| self.named.contains_key(g)),
        }
    }

    /// Who gained by what a party tells: an armed group tells of its gains, officials of what the state has lost.
    fn gainer_told_by(&self, says: &ActorId, country: Option<&str>, sense: &Sense) -> Option<ActorId> {
        match sense.facts.is_state(says, sense.day) {
            Some(true) => self.opponent(says, country, sense),
            _ => Some(says.clone()),
        }
    }

    /// The armed group that the article names most often, when it names no other: towns fall to it, not to the state.
    fn insurgent(&self, sense: &Sense) -> Option<ActorId> {
        let mut groups =
            self.named.keys().filter(|a| sense.fights(a) && sense.facts.is_state(a, sense.day) == Some(false));
        groups.next().filter(|_| groups.next().is_none()).cloned()
    }

    /// Who the holder of a match without one is, and how sure that is.
    /// `whereabouts`: the country of the place (ISO code), and whether it is its capital.
    pub fn guess(
        &self,
        n: usize,
        sides: &[Sides],
        whereabouts: (Option<&str>, bool),
        sense: &Sense,
    ) -> Option<(ActorId, f32)> {
        let (country, capital) = whereabouts;
        let here = &sides[n];
        let kind = here.kind?;
        let place = here.place.as_ref()?;
        if let (Some(other), true) = (&here.other, kind != Kind::Contested) {
            return self.opponent(other, country, sense).map(|a| (a, 0.7));
        }
        if let (Some(teller), Kind::Transfer) = (&here.teller, kind) {
            return Some((teller.clone(), 0.7));
        }
        let holds = most(self.holds_at.get(place));
        match kind {
            Kind::Transfer => most(self.gains_at.get(place))
                .map(|a| (a, 0.8))
                .or_else(|| most(self.besieges_at.get(place)).map(|a| (a, 0.6)))
                .or_else(|| recent_gainer(sides, n).map(|a| (a, 0.6)))
                .or_else(|| holds.and_then(|h| self.opponent(&h, country, sense)).map(|a| (a, 0.5)))
                .or_else(|| most(Some(&self.gains)).map(|a| (a, 0.4)))
                .or_else(|| {
                    here.says.as_ref().and_then(|says| self.gainer_told_by(says, country, sense)).map(|a| (a, 0.5))
                })
                .or_else(|| self.insurgent(sense).map(|a| (a, 0.4))),
            Kind::Besieged => most(self.besieges_at.get(place))
                .map(|a| (a, 0.8))
                .or_else(|| holds.and_then(|h| self.opponent(&h, country, sense)).map(|a| (a, 0.7)))
                .or_else(|| self.besieger(country, capital, sense).map(|a| (a, 0.4)))
                .or_else(|| most(Some(&self.gains)).map(|a| (a, 0.3))),
            Kind::Repelled => recent_attacker(sides, n)
                .and_then(|a| self.opponent(&a, country, sense))
                .map(|a| (a, 0.6))
                .or_else(|| holds.map(|a| (a, 0.5))),
            Kind::Withdrawal => holds.map(|a| (a, 0.5)),
            Kind::Holds | Kind::Contested => None,
        }
    }
}

/// Who attacked last, within three sentences: the other side of a fight, or who gained or tried to.
fn recent_attacker(sides: &[Sides], at: usize) -> Option<ActorId> {
    let here = &sides[at];
    sides[..at].iter().rev().take_while(|s| s.sentence + 3 >= here.sentence).find_map(|s| match s.kind {
        Some(Kind::Contested) => s.other.clone(),
        Some(Kind::Transfer | Kind::Besieged) => s.holder.clone(),
        _ => None,
    })
}

/// The nearest earlier gainer within three sentences.
fn recent_gainer(sides: &[Sides], at: usize) -> Option<ActorId> {
    let here = &sides[at];
    sides[..at]
        .iter()
        .rev()
        .take_while(|s| s.sentence + 3 >= here.sentence)
        .find(|s| matches!(s.kind, Some(Kind::Transfer | Kind::Besieged)) && s.holder.is_some())
        .and_then(|s| s.holder.clone())
}
