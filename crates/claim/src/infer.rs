//! Who it was when the clause does not say: told from the rest of the article.
//!
//! War news speaks of two sides. "The town fell", "the fall of X", "was besieged" leave out the doer that
//! the sentence before has named. What is inferred costs confidence.

use std::collections::BTreeMap;

use marchland_actor::ActorId;

use crate::Kind;

/// What is known of one match, for inference.
#[derive(Debug, Clone)]
pub(crate) struct Sides {
    pub kind: Option<Kind>,
    pub sentence: usize,
    pub holder: Option<ActorId>,
    pub other: Option<ActorId>,
}

/// The parties of an article and who fights whom.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    /// How often each actor is named.
    named: BTreeMap<ActorId, u32>,
    /// How often two stand against each other.
    against: BTreeMap<(ActorId, ActorId), u32>,
    /// How often each gained a place.
    gains: BTreeMap<ActorId, u32>,
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
                *p.against.entry((a.clone(), b.clone())).or_default() += 1;
                *p.against.entry((b.clone(), a.clone())).or_default() += 1;
            }
            if let (Some(Kind::Transfer | Kind::Besieged), Some(a)) = (s.kind, &s.holder) {
                *p.gains.entry(a.clone()).or_default() += 1;
            }
        }
        p
    }

    /// Whom an actor fights in this article.
    pub fn opponent(&self, of: &ActorId, allied: impl Fn(&ActorId, &ActorId) -> bool) -> Option<ActorId> {
        let stated = self.against.iter().filter(|((a, b), _)| a == of && !allied(a, b)).max_by_key(|((_, b), n)| (**n, self.named.get(b).copied().unwrap_or(0), std::cmp::Reverse(b.clone())));
        if let Some(((_, b), _)) = stated {
            return Some(b.clone());
        }
        self.named.iter().filter(|(a, _)| *a != of && !allied(a, of)).max_by_key(|(a, n)| (**n, std::cmp::Reverse((*a).clone()))).map(|(a, _)| a.clone())
    }

    /// Who gains places in this article, most often.
    pub fn gainer(&self) -> Option<ActorId> {
        self.gains.iter().max_by_key(|(a, n)| (**n, std::cmp::Reverse((*a).clone()))).map(|(a, _)| a.clone())
    }
}

/// The nearest earlier gainer within three sentences.
pub(crate) fn recent_gainer(sides: &[Sides], at: usize) -> Option<ActorId> {
    let here = &sides[at];
    sides[..at].iter().rev().take_while(|s| s.sentence + 3 >= here.sentence).find(|s| matches!(s.kind, Some(Kind::Transfer | Kind::Besieged)) && s.holder.is_some()).and_then(|s| s.holder.clone())
}
