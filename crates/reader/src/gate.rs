//! The cheap look: which sentences are worth the net's time. A sum of weights of small-written words (names are left out)
//! and of what the rooms before found in the sentence; `data/reader/gate.tsv`, fitted by tools/train/gate.py so that it
//! lets through about 19 in 20 of the sentences with claims.

use std::collections::HashMap;

/// What a sentence holds beside its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holds {
    /// The name of a place smaller than a country, or words that stand for one.
    pub place: bool,
    /// A country, or a name or site that no room before knows.
    pub name: bool,
    /// Somebody who may hold a place.
    pub force: bool,
    /// A claim of the rules.
    pub rule: bool,
}

/// The weights.
#[derive(Debug, Clone)]
pub struct Gate {
    words: HashMap<Box<str>, f32>,
}

impl Gate {
    /// The built-in gate.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../../data/reader/gate.tsv"))
    }

    /// One word and its weight a line; lines that are none are left out.
    #[must_use]
    pub fn parse(lines: &str) -> Self {
        let pair = |line: &str| {
            let (word, weight) = line.split_once('\t')?;
            Some((word.into(), weight.parse().ok()?))
        };
        Self { words: lines.lines().filter_map(pair).collect() }
    }

    /// True when a sentence is worth reading. A claim needs something that may be a place.
    #[must_use]
    pub fn passes(&self, sentence: &str, holds: Holds) -> bool {
        if !holds.place && !holds.name {
            return false;
        }
        let weight = |word: &str| self.words.get(word).copied().unwrap_or(0.0);
        let mut words: Vec<&str> = sentence
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        words.sort_unstable();
        words.dedup();
        let said: f32 = words.into_iter().map(weight).sum();
        let held: f32 = [
            ("#place", holds.place),
            ("#name", holds.name),
            ("#force", holds.force),
            ("#no force", !holds.force),
            ("#rule", holds.rule),
        ]
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| weight(name))
        .sum();
        weight("*") + said + held >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_mentions_add_up() {
        let gate = Gate::parse("# a remark\n*\t-2.5\nseized\t2.0\nthe\t0.1\n#place\t0.5\n#force\t0.2\n");
        let place = Holds { place: true, ..Holds::default() };
        assert!(gate.passes("They seized the Old Town.", place));
        assert!(gate.passes("They seized seized the town", Holds { force: true, ..place }));
        assert!(!gate.passes("They Seized the town.", place));
        assert!(!gate.passes("They seized the town.", Holds::default()));
        assert!(!gate.passes("", place));
    }

    #[test]
    fn the_built_in_gate_lets_war_through_and_business_not() {
        let gate = Gate::embedded();
        let holds = Holds { place: true, force: true, ..Holds::default() };
        assert!(gate.passes("Rebels captured the town of Exville after heavy clashes with the army.", holds));
        assert!(!gate.passes("The company said profits rose to 3 million dollars in London.", holds));
    }
}
