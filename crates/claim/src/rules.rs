//! The rules: what they mean, how they are read from TOML, and the sentences that test them.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::{Kind, Stance, embedded::FILES, event::Crosswalk, happening::EventRules, path::Path, words::Words};

/// Why a rule file could not be used.
#[derive(Debug, Error)]
pub enum RuleError {
    /// The file is no TOML of the right form.
    #[error("rule file {file}: {source}. See docs of the rule format in CONTRIBUTING.md.")]
    Form {
        /// Which file.
        file: String,
        /// What the reader of TOML said.
        source: Box<toml::de::Error>,
    },
    /// A path cannot be read.
    #[error(
        "rule file {file}, rule {rule}: {what}. A path is steps such as \"subject\", \"object/of\", \"into:hand,hands/of\"."
    )]
    Path {
        /// Which file.
        file: String,
        /// Which rule.
        rule: String,
        /// What is wrong.
        what: String,
    },
    /// Two rules have the same id.
    #[error("rule file {file}: the id {rule:?} is taken by another rule; choose another")]
    Twice {
        /// Which file.
        file: String,
        /// Which rule.
        rule: String,
    },
}

/// All rules, ready to run.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) rules: Vec<Rule>,
    pub(crate) words: Words,
    pub(crate) crosswalk: Crosswalk,
    pub(crate) events: EventRules,
    /// Lemma or word of a trigger to the patterns that it may start, the most demanding first.
    pub(crate) by_word: BTreeMap<String, Vec<(u32, u32)>>,
}

/// One rule: a meaning, and the patterns that express it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id, as evidence names it ("capture").
    pub id: String,
    /// What it means, for people.
    pub meaning: String,
    /// The kind of control claim; `None` for rules of other events.
    pub kind: Option<Kind>,
    /// ACLED's sub-event type, for rules of other events.
    pub event: Option<String>,
    /// What it tells happens without a fight.
    pub peaceful: bool,
    /// Sentences that it must find.
    pub matches: Vec<MustMatch>,
    /// Sentences in which it must find nothing.
    pub misses: Vec<MustMiss>,
    pub(crate) patterns: Vec<Pattern>,
}

/// A sentence with the claim that a rule must find in it. Names of parties and places are those of the text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustMatch {
    /// The sentence.
    pub text: String,
    /// The words of the place.
    pub place: String,
    /// Words in the name or the words of the holder, when there must be one.
    pub holder: Option<String>,
    /// Words in the name or the words of the other side, when there must be one.
    pub other: Option<String>,
    /// Kind, when another than the rule's.
    pub kind: Option<Kind>,
    /// Stance; asserted when not said.
    #[serde(default = "asserted")]
    pub stance: Stance,
}

fn asserted() -> Stance {
    Stance::Asserted
}

/// A sentence in which the rule must find nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustMiss {
    /// The sentence.
    pub text: String,
    /// Why not.
    #[serde(default)]
    pub why: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub words: Vec<String>,
    pub part: TriggerPart,
    pub voice: Voice,
    pub need: Vec<Vec<Path>>,
    pub not: Vec<Path>,
    pub place: Vec<Path>,
    pub holder: Vec<Path>,
    pub other: Vec<Path>,
    pub kind: Option<Kind>,
    pub event: Option<String>,
    pub armed: bool,
    pub soft: bool,
    pub infer: bool,
    pub strict_place: bool,
    pub fought: bool,
    pub common: bool,
    pub presupposed: bool,
    pub backward: bool,
    pub done: bool,
    pub stance: Option<Stance>,
    pub weight: f32,
}

/// What the trigger must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TriggerPart {
    Verb,
    Noun,
    Word,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Voice {
    Any,
    Active,
    Passive,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    meaning: String,
    kind: Option<Kind>,
    event: Option<String>,
    #[serde(default)]
    peaceful: bool,
    #[serde(default)]
    pattern: Vec<PatternText>,
    #[serde(default, rename = "match")]
    matches: Vec<MustMatch>,
    #[serde(default, rename = "miss")]
    misses: Vec<MustMiss>,
}

/// One pattern as the file writes it. Every path list is tried in order; the first path that leads to something counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternText {
    /// Trigger lemmas: verbs, nouns, or words of any class.
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    word: Vec<String>,
    #[serde(default = "any_voice")]
    voice: Voice,
    /// Each must lead somewhere; alternatives within one are parted by " or ".
    #[serde(default)]
    need: Vec<String>,
    /// None may lead anywhere.
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    place: Vec<String>,
    #[serde(default)]
    holder: Vec<String>,
    #[serde(default)]
    other: Vec<String>,
    kind: Option<Kind>,
    event: Option<String>,
    /// The holder (or, without holder paths, the other) must be a known actor.
    #[serde(default)]
    armed: bool,
    /// The subject may be anything (rules whose holder is not the subject).
    #[serde(default)]
    soft: bool,
    /// A missing holder may be told from the rest of the article.
    #[serde(default = "yes")]
    infer: bool,
    /// Only a place that the place room knows.
    #[serde(default)]
    strict_place: bool,
    /// The other side must be a known actor.
    #[serde(default)]
    fought: bool,
    /// The trigger must be a common noun: "the battle for X", not the name "Battle of X".
    #[serde(default)]
    common: bool,
    /// What stands above cannot undo it: "they tried to lift the siege".
    #[serde(default)]
    presupposed: bool,
    /// The place may stand earlier in the sentence, or in the one before.
    #[serde(default)]
    backward: bool,
    /// Only what is told as done counts: "tried to enter" says nothing.
    #[serde(default)]
    done: bool,
    stance: Option<Stance>,
    /// Confidence of the pattern, 0 to 1.
    #[serde(default = "sure")]
    weight: f32,
}

fn any_voice() -> Voice {
    Voice::Any
}

fn yes() -> bool {
    true
}

fn sure() -> f32 {
    0.8
}

impl Rules {
    /// The rules that the program carries.
    ///
    /// # Panics
    /// Never in a released build: a test reads every embedded file.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn embedded() -> Self {
        Self::with(&[]).expect("the embedded rules are well formed: a test reads them")
    }

    /// The embedded rules and a user's own (file name and text each). A user's rule is tried before ours.
    ///
    /// # Errors
    /// When a file is not well formed; the error names it.
    pub fn with(own: &[(String, String)]) -> Result<Self, RuleError> {
        let all: Vec<(&str, &str)> =
            own.iter().map(|(f, t)| (f.as_str(), t.as_str())).chain(FILES.iter().copied()).collect();
        Self::read(&all, own.len())
    }

    /// Only these rules (file name and text each).
    ///
    /// # Errors
    /// When a file is not well formed; the error names it.
    pub fn from_toml(files: &[(String, String)]) -> Result<Self, RuleError> {
        let all: Vec<(&str, &str)> = files.iter().map(|(f, t)| (f.as_str(), t.as_str())).collect();
        Self::read(&all, 0)
    }

    fn read(files: &[(&str, &str)], own: usize) -> Result<Self, RuleError> {
        let form = |file: &str, source| RuleError::Form { file: file.to_owned(), source: Box::new(source) };
        let words =
            toml::from_str(include_str!("../../../data/rules/words.toml")).map_err(|e| form("words.toml", e))?;
        let crosswalk = toml::from_str(include_str!("../../../data/rules/crosswalk.toml"))
            .map_err(|e| form("crosswalk.toml", e))?;
        let events =
            EventRules::parse(include_str!("../../../data/rules/events.toml")).map_err(|e| form("events.toml", e))?;
        let mut rules: Vec<Rule> = Vec::new();
        for (file, text) in files {
            let rule: RuleText = toml::from_str(text).map_err(|e| form(file, e))?;
            if rules.iter().any(|r| r.id == rule.id) {
                return Err(RuleError::Twice { file: (*file).to_owned(), rule: rule.id });
            }
            rules.push(rule.compile(file)?);
        }
        let mut by_word: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                for word in &pattern.words {
                    by_word.entry(word.clone()).or_default().push((r as u32, p as u32));
                }
            }
        }
        for list in by_word.values_mut() {
            list.sort_by_key(|&(r, p)| {
                (
                    r as usize >= own,
                    rules[r as usize].patterns[p as usize].backward,
                    std::cmp::Reverse(rules[r as usize].patterns[p as usize].need.len()),
                    r,
                    p,
                )
            });
        }
        Ok(Self { rules, words, crosswalk, events, by_word })
    }

    /// Every rule.
    #[must_use]
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// Words and lemmas that can start a rule, sorted: a sentence with none of them makes no claim of control.
    #[must_use]
    pub fn triggers(&self) -> Vec<&str> {
        self.by_word.keys().map(String::as_str).collect()
    }

    /// The words of war and unrest, sorted. An article needs [`crate::signs_needed`] of them, or names of those who fight.
    #[must_use]
    pub fn signs(&self) -> Vec<&str> {
        let all: std::collections::BTreeSet<&str> =
            self.words.war.iter().chain(&self.words.unrest).map(String::as_str).collect();
        all.into_iter().collect()
    }
}

impl RuleText {
    fn compile(self, file: &str) -> Result<Rule, RuleError> {
        let bad = |what: String| RuleError::Path { file: file.to_owned(), rule: self.id.clone(), what };
        let list = |paths: &[String]| paths.iter().map(|p| Path::parse(p)).collect::<Result<Vec<_>, _>>();
        let mut patterns = Vec::new();
        for p in &self.pattern {
            let part = match (p.verb.is_empty(), p.noun.is_empty(), p.word.is_empty()) {
                (false, true, true) => TriggerPart::Verb,
                (true, false, true) => TriggerPart::Noun,
                (true, true, false) => TriggerPart::Word,
                _ => return Err(bad("a pattern has exactly one of verb, noun, word".to_owned())),
            };
            let need = p
                .need
                .iter()
                .map(|n| n.split(" or ").map(Path::parse).collect())
                .collect::<Result<Vec<_>, _>>()
                .map_err(bad)?;
            patterns.push(Pattern {
                words: p.verb.iter().chain(&p.noun).chain(&p.word).cloned().collect(),
                part,
                voice: p.voice,
                need,
                not: list(&p.not).map_err(bad)?,
                place: list(&p.place).map_err(bad)?,
                holder: list(&p.holder).map_err(bad)?,
                other: list(&p.other).map_err(bad)?,
                kind: p.kind.or(self.kind),
                event: p.event.clone().or_else(|| self.event.clone()),
                armed: p.armed,
                soft: p.soft,
                infer: p.infer,
                strict_place: p.strict_place,
                fought: p.fought,
                common: p.common,
                presupposed: p.presupposed,
                backward: p.backward,
                done: p.done,
                stance: p.stance,
                weight: p.weight,
            });
        }
        Ok(Rule {
            id: self.id,
            meaning: self.meaning,
            kind: self.kind,
            event: self.event,
            peaceful: self.peaceful,
            matches: self.matches,
            misses: self.misses,
            patterns,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_file_is_carried_and_well_formed() {
        let rules = Rules::embedded();
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/rules");
        let mut files: Vec<String> = std::fs::read_dir(dir)
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .filter(|f| f.ends_with(".toml"))
            .collect();
        files.retain(|f| !["words.toml", "crosswalk.toml", "events.toml"].contains(&f.as_str()));
        for event in &rules.events.rules {
            assert!(rules.crosswalk.event(&event.name).is_some(), "{} is no type of ACLED's", event.name);
        }
        files.sort();
        let mut carried: Vec<String> = FILES.iter().map(|(f, _)| (*f).to_owned()).collect();
        carried.sort();
        assert_eq!(files, carried);
        for rule in rules.all() {
            assert!(
                !rule.matches.is_empty() && !rule.misses.is_empty(),
                "rule {} needs sentences of both kinds",
                rule.id
            );
            assert!(
                rule.event.as_ref().is_none_or(|e| rules.crosswalk.event(e).is_some()),
                "rule {} names no event of ACLED's",
                rule.id
            );
            let own = rule.patterns.iter().filter_map(|p| p.event.as_ref());
            for event in own.filter(|e| *e != crate::events::CHANGE_OF_HANDS) {
                assert!(rules.crosswalk.event(event).is_some(), "rule {}: {event} is no type of ACLED's", rule.id);
            }
        }
    }

    #[test]
    fn a_bad_rule_says_which_file_and_what() {
        let bad =
            "id = \"x\"\nmeaning = \"m\"\nkind = \"holds\"\n[[pattern]]\nverb = [\"hold\"]\nplace = [\"Object\"]\n";
        let error = Rules::with(&[("mine.toml".into(), bad.into())]).unwrap_err().to_string();
        assert!(error.contains("mine.toml") && error.contains("Object"), "{error}");
    }

    #[test]
    fn a_user_rule_is_tried_first() {
        let own = "id = \"mine\"\nmeaning = \"m\"\nkind = \"transfer\"\n[[pattern]]\nverb = [\"capture\"]\nplace = [\"object\"]\nholder = [\"subject\"]\n";
        let rules = Rules::with(&[("mine.toml".into(), own.into())]).unwrap();
        let first = rules.by_word["capture"][0];
        assert_eq!(rules.rules[first.0 as usize].id, "mine");
    }

    #[test]
    fn triggers_are_sorted_words() {
        let rules = Rules::embedded();
        let triggers = rules.triggers();
        assert!(
            triggers.windows(2).all(|w| w[0] < w[1]) && triggers.contains(&"capture") && triggers.contains(&"held")
        );
    }
}
