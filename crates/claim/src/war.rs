//! Does an article tell of a war at all? "Seized control of the insurer" and "captured the title" stand in articles that do not.

use std::collections::BTreeSet;

use crate::{Facts, phrase::Index, tree::Tree, words::Words};

/// Each stretch of this many tokens asks for one sign of war, up to [`MOST`]; a few lines need none, they have no room for it.
const STRETCH: usize = 60;
/// No article needs more signs than this.
const MOST: usize = 3;

/// How many signs an article of so many tokens must hold to be one on a conflict: distinct words of war and unrest, and
/// the names of those who fight, of which at most [`NAMES`] count.
#[must_use]
pub fn signs_needed(tokens: usize) -> usize {
    (tokens / STRETCH).min(MOST)
}

/// So many names of those who fight count as signs of war, each mention for one.
pub const NAMES: usize = 2;

/// How an article speaks of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signs {
    /// It tells of a war: control of places is at stake.
    pub war: bool,
    /// It tells of war, of protest or of crime against persons.
    pub conflict: bool,
    /// It says so in words, not by the name of a party alone: other conflict events may stand in it.
    pub told: bool,
}

/// Counts the distinct words of war and the armed groups that an article names.
pub(crate) fn signs(tree: &Tree, index: &Index, words: &Words, facts: &dyn Facts) -> Signs {
    let tokens = tree.reading.tokens.len();
    let enough = signs_needed(tokens);
    let mut war = BTreeSet::new();
    let mut unrest = BTreeSet::new();
    let mut groups = 0;
    for mention in index.actors {
        groups += usize::from(mention.actor.as_ref().is_some_and(|a| facts.armed_group(&a.id)));
    }
    let groups = groups.min(NAMES);
    for i in 0..tokens {
        let lemma = tree.lemma(i);
        if words.war.contains(&lemma) {
            war.insert(lemma);
        } else if words.unrest.contains(&lemma) {
            unrest.insert(lemma);
        }
        if war.len() + groups >= MOST && !war.is_empty() {
            return Signs { war: true, conflict: true, told: true };
        }
    }
    let n = war.len() + groups;
    // Without any such word the cheap look before the reading leaves the article out: so does this one.
    let told = !war.is_empty() || !unrest.is_empty();
    Signs { war: n >= enough, conflict: n + unrest.len() >= enough, told }
}
