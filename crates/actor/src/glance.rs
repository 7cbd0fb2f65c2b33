//! A look at bare text, before any reading: may a party of a war be spoken of at all?

use marchland_article::Span;

use crate::fold::Folded;
use crate::lexicon::Sense;
use crate::{Actor, ActorId, ActorKind, Registry};

/// No phrase of the lexicon has more words.
const LONGEST: usize = 12;

impl Registry {
    /// True for a party of a war that is neither a state ("the United States", whichever its forces are called) nor the
    /// forces of one.
    #[must_use]
    pub fn is_armed_group(&self, id: &ActorId) -> bool {
        let kind = self.kind_on(id, None);
        self.actor(id).is_none_or(fights_and_is_no_state)
            && !matches!(kind, None | Some(ActorKind::StateForces | ActorKind::Observer | ActorKind::Civilians))
    }

    /// True when a text holds a name, a person or a class word ("the insurgents", "troops") of somebody who fights and is
    /// no state. States do not count: their names stand in news of every sort. [`crate::find`] finds no such mention in a
    /// text for which this is false. Linear in the length of the text; costs a small share of a reading.
    #[must_use]
    pub fn may_name_a_fighter(&self, text: &str) -> bool {
        let folded = Folded::split(text, Span::new(0, text.len()));
        let fights = |actor: u32| self.actors.get(actor as usize).is_some_and(fights_and_is_no_state);
        let armed = |class: u8| {
            self.classes.get(class as usize).is_some_and(|c| {
                c.name != "government" && !matches!(c.entry.kind, Some(ActorKind::Observer | ActorKind::Civilians))
            })
        };
        (0..folded.words.len()).any(|i| {
            let hit = self.lexicon.longest(&folded, i, folded.words.len().min(i + LONGEST));
            hit.is_some_and(|hit| {
                hit.senses.iter().any(|sense| match *sense {
                    Sense::Name(a) | Sense::Person(a) => fights(a),
                    Sense::ClassNoun(c) | Sense::ClassAdjective(c) => armed(c),
                    Sense::ConflictWord(..) | Sense::War(_) => true,
                    _ => false,
                })
            })
        })
    }
}

fn fights_and_is_no_state(actor: &Actor) -> bool {
    !actor.state && !matches!(actor.kind, ActorKind::Observer | ActorKind::Civilians)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: bool) {
        assert_eq!(Registry::shared().may_name_a_fighter(text), expect, "{text}");
    }

    #[test]
    fn fighters_are_seen_and_states_are_not() {
        check("The Taliban entered Kunduz.", true);
        check("Insurgents seized control of the town.", true);
        check("Troops left.", true);
        check("The bank seized control of the insurer in France.", false);
        check("The United States and Japan signed a treaty.", false);
        check("", false);
    }

    #[test]
    fn a_state_is_no_armed_group() {
        let registry = Registry::shared();
        let armed = |id: &str| registry.is_armed_group(&ActorId(id.into()));
        assert!(armed("taliban") && armed("is-khorasan"));
        assert!(!armed("united-states") && !armed("press") && !armed("afghan-government"));
    }
}
