//! Word lists of the engine, as data (data/rules/words.toml).

use std::collections::BTreeSet;

use serde::Deserialize;

/// The lists. Every word is a lemma in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Words {
    /// Nouns for a kind of place or a part of one: "town", "airport", "outskirts".
    pub locative: BTreeSet<String>,
    /// Of these, the ones that mean the whole place: "city of Kunduz" is Kunduz.
    pub whole: BTreeSet<String>,
    /// "part", "most", "half", "control" in "control of X".
    pub partitive: BTreeSet<String>,
    /// Nouns for ground that can change hands without a name.
    pub ground: BTreeSet<String>,
    /// Nouns for armed people: "forces", "fighters".
    pub force: BTreeSet<String>,
    /// Nouns for what they do: "offensive", "attack".
    pub action: BTreeSet<String>,
    /// Verbs of saying.
    pub say: BTreeSet<String>,
    /// Verbs of belief and report whose content is not the writer's own.
    pub think: BTreeSet<String>,
    /// Verbs of denial.
    pub deny: BTreeSet<String>,
    /// Verbs of intent, order, attempt, threat.
    pub plan: BTreeSet<String>,
    /// Verbs and adjectives of failure.
    pub fail: BTreeSet<String>,
    /// Verbs that prevent.
    pub prevent: BTreeSet<String>,
    /// Verbs that let the lower verb come true: "manage", "begin", "help".
    pub true_to: BTreeSet<String>,
    /// Nouns of intent: "attempt", "plan", "offensive".
    pub plan_noun: BTreeSet<String>,
    /// Nouns of report: "claim", "report", "statement".
    pub say_noun: BTreeSet<String>,
    /// Adverbs of report: "reportedly".
    pub reportedly: BTreeSet<String>,
    /// Words that make a clause hypothetical: "if", "unless", "whether".
    pub if_words: BTreeSet<String>,
    /// Modal verbs of possibility.
    pub may: BTreeSet<String>,
    /// Modal verbs of will and duty.
    pub will: BTreeSet<String>,
    /// Words of war: an article with none of them tells of none.
    pub war: BTreeSet<String>,
    /// Words of protest and of crime against persons: what else an article of conflict events speaks of.
    pub unrest: BTreeSet<String>,
    /// Words of a sentence that say that a place changed hands without a fight.
    pub peaceful: Vec<String>,
    /// Words of a party that nobody knows which say that it is no state's ...
    pub of_no_state: Vec<String>,
    /// ... and those that say that it is.
    pub of_a_state: Vec<String>,
    /// ACLED's types of events that a change of hands contains: no events of their own beside it.
    pub within_change: Vec<String>,
}
