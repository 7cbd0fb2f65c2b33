//! Conflict events other than claims of control, by ACLED's names (data/rules/events.toml).
//!
//! Who holds a place hangs on arcs: who does what to whom. What kind of event a sentence tells hangs on its words. So an event is
//! found by words that stand together in a sentence or in the one after it, and the surer type wins over those that it contains.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::tree::Tree;

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    event: Vec<EventText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventText {
    r#type: String,
    all: Vec<Vec<String>>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    over: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

/// Words and runs of words, in lower case, hyphens taken as spaces.
#[derive(Debug, Clone, Default)]
struct Group {
    words: BTreeSet<String>,
    runs: Vec<Vec<String>>,
}

/// How one type of event is told.
#[derive(Debug, Clone)]
pub(crate) struct EventRule {
    /// ACLED's sub-event type.
    pub name: String,
    groups: Vec<Group>,
    none: Group,
    over: Vec<String>,
    /// Sentences that tell such an event, and sentences that tell none.
    pub yes: Vec<String>,
    pub no: Vec<String>,
}

/// All of them, by the first word of what may trigger each.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventRules {
    pub rules: Vec<EventRule>,
    by_word: BTreeMap<String, Vec<u32>>,
}

/// One event in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Happening {
    pub rule: usize,
    pub sentence: usize,
    pub trigger: usize,
}

/// A word of a sentence as rules see it: its token, the word and the lemma in lower case.
struct Word {
    token: usize,
    word: String,
    lemma: String,
}

impl Word {
    fn is(&self, w: &str) -> bool {
        self.word == w || self.lemma == w
    }
}

impl Group {
    fn new(list: &[String]) -> Self {
        let mut group = Self::default();
        for entry in list {
            let parts: Vec<String> = entry.split([' ', '-']).filter(|p| !p.is_empty()).map(str::to_owned).collect();
            match parts.len() {
                0 => {}
                1 => {
                    group.words.extend(parts);
                }
                _ => group.runs.push(parts),
            }
        }
        group
    }

    /// The first place where one of the words stands.
    fn find(&self, words: &[Word]) -> Option<usize> {
        (0..words.len()).find(|&n| {
            let w = &words[n];
            self.words.contains(&w.word)
                || self.words.contains(&w.lemma)
                || self
                    .runs
                    .iter()
                    .any(|run| words.len() - n >= run.len() && run.iter().zip(&words[n..]).all(|(r, w)| w.is(r)))
        })
    }
}

impl EventRules {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: EventFile = toml::from_str(text)?;
        let mut all = Self::default();
        for (n, e) in file.event.into_iter().enumerate() {
            let groups: Vec<Group> = e.all.iter().map(|g| Group::new(g)).collect();
            if let Some(first) = groups.first() {
                for word in first.words.iter().chain(first.runs.iter().filter_map(|r| r.first())) {
                    let list = all.by_word.entry(word.clone()).or_default();
                    if list.last() != Some(&(n as u32)) {
                        list.push(n as u32);
                    }
                }
            }
            all.rules.push(EventRule {
                name: e.r#type,
                groups,
                none: Group::new(&e.none),
                over: e.over,
                yes: e.yes,
                no: e.no,
            });
        }
        Ok(all)
    }

    /// The events of a reading, in the order of the text, each type once a sentence.
    pub fn find(&self, tree: &Tree) -> Vec<Happening> {
        let sentences = &tree.reading.sentences;
        let mut found: Vec<Happening> = Vec::new();
        let mut next = sentences.first().map(|s| words_of(tree, s.first as usize, s.last as usize)).unwrap_or_default();
        for (n, sentence) in sentences.iter().enumerate() {
            let here = std::mem::take(&mut next);
            let after = sentences.get(n + 1);
            next = after.map(|s| words_of(tree, s.first as usize, s.last as usize)).unwrap_or_default();
            let near = after.is_some_and(|a| a.block == sentence.block);
            let mut tried = BTreeSet::new();
            for w in &here {
                for key in [&w.word, &w.lemma] {
                    tried.extend(self.by_word.get(key).into_iter().flatten().copied());
                }
            }
            for r in tried {
                let rule = &self.rules[r as usize];
                let Some(at) = rule.groups[0].find(&here) else { continue };
                let held =
                    rule.groups[1..].iter().all(|g| g.find(&here).is_some() || (near && g.find(&next).is_some()));
                if held && rule.none.find(&here).is_none() {
                    found.push(Happening { rule: r as usize, sentence: n, trigger: here[at].token });
                }
            }
        }
        self.surest(found)
    }

    /// Leaves out what a surer type contains in the same sentences, and a type's second rule on one sentence.
    fn surest(&self, found: Vec<Happening>) -> Vec<Happening> {
        let mut beaten: BTreeSet<(usize, &str)> = BTreeSet::new();
        for h in &found {
            for over in &self.rules[h.rule].over {
                beaten.extend((h.sentence.saturating_sub(1)..=h.sentence + 1).map(|n| (n, over.as_str())));
            }
        }
        let mut seen = BTreeSet::new();
        found
            .into_iter()
            .filter(|h| {
                let name = self.rules[h.rule].name.as_str();
                !beaten.contains(&(h.sentence, name)) && seen.insert((h.sentence, name.to_owned()))
            })
            .collect()
    }
}

fn words_of(tree: &Tree, first: usize, last: usize) -> Vec<Word> {
    let mut words = Vec::with_capacity(last.saturating_sub(first));
    for token in first..last {
        let word = tree.word(token).to_lowercase();
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        if word.contains('-') {
            let parts = word.split('-').filter(|p| !p.is_empty());
            words.extend(parts.map(|p| Word { token, word: p.to_owned(), lemma: p.to_owned() }));
        } else {
            words.push(Word { token, lemma: tree.lemma(token), word });
        }
    }
    words
}
