//! The attribute ruler: patterns over word, tag and arc that give the coarse tag, and for a few words the lemma.

use std::collections::HashMap;

use crate::container::{Container, Cursor};
use crate::{Dep, ModelError, Pos, Tag};

/// What the lemmatizer asks of a word's morphology, as bits.
pub(crate) mod feature {
    pub(crate) const SINGULAR: u8 = 1;
    pub(crate) const NUMBER: u8 = 2;
    pub(crate) const INFINITIVE: u8 = 4;
    pub(crate) const FINITE: u8 = 8;
    pub(crate) const PRESENT: u8 = 16;
    pub(crate) const POSITIVE: u8 = 32;
    pub(crate) const NO_VERB_FORM: u8 = 64;
}

/// What a pattern asks of one token.
#[derive(Debug)]
enum Test {
    Tag(Vec<Tag>),
    Lower(Vec<Box<str>>),
    Dep(Vec<Dep>),
    Blank,
    /// Names only tags or arcs that the model never gives.
    Never,
}

#[derive(Debug)]
struct Condition {
    test: Test,
    negative: bool,
}

/// One rule.
#[derive(Debug)]
struct Rule {
    tokens: Vec<Vec<Condition>>,
    /// Which of its tokens is changed.
    index: usize,
    tag: Option<Tag>,
    pos: Option<Pos>,
    dep: Option<Dep>,
    lemma: Option<Box<str>>,
    features: Option<u8>,
}

/// The rules, in order: a later one overrules an earlier one.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Rules of one token that do not name a word, by tag.
    by_tag: Vec<Vec<u16>>,
    /// Rules that name the word of the token they change or begin with; index 0 is the empty set.
    by_word: Vec<Vec<u16>>,
    words: HashMap<Box<str>, u32>,
    /// Rules of several tokens whose first names no word.
    open: Vec<u16>,
}

/// A token as the ruler sees and changes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruled<'r> {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) pos: Pos,
    pub(crate) lemma: Option<&'r str>,
    pub(crate) features: u8,
}

/// A token as the patterns look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'w> {
    pub(crate) lower: &'w str,
    pub(crate) blank: bool,
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    /// The set of rules for this word, from [`Ruler::of_word`].
    pub(crate) rules: u32,
}

impl Ruler {
    pub(crate) fn read(file: &Container<'_>) -> Result<Self, ModelError> {
        let mut from = file.section("ruler")?;
        let from = &mut from;
        let mut rules = Vec::new();
        for _ in 0..from.u16()? {
            let mut tokens = Vec::new();
            for _ in 0..from.u8()? {
                let mut conditions = Vec::new();
                for _ in 0..from.u8()? {
                    conditions.push(condition(from)?);
                }
                tokens.push(conditions);
            }
            let index = from.u8()? as usize;
            if index >= tokens.len() {
                return Err(from.bad("a rule changes a token that it does not look at"));
            }
            let optional = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
            let (tag, pos) = (optional(from.text()?), optional(from.text()?));
            let (dep, lemma) = (optional(from.text()?), optional(from.text()?));
            let (has, features) = (from.u8()? == 1, from.u8()?);
            rules.push(Rule {
                tokens,
                index,
                tag: tag.and_then(|t| Tag::parse(&t)),
                pos: pos.and_then(|t| Pos::parse(&t)),
                dep: dep.and_then(|t| Dep::parse(&t)),
                lemma: lemma.map(Into::into),
                features: has.then_some(features),
            });
        }
        Ok(Self::index(rules))
    }

    fn index(rules: Vec<Rule>) -> Self {
        let mut by_tag = vec![Vec::new(); Tag::ALL.len() + 1];
        let mut by_word = vec![Vec::new()];
        let mut words: HashMap<Box<str>, u32> = HashMap::new();
        let mut open = Vec::new();
        for (i, rule) in rules.iter().enumerate() {
            let i = i as u16;
            let named = rule.tokens[0].iter().find_map(|c| match &c.test {
                Test::Lower(all) if !c.negative => Some(all),
                _ => None,
            });
            if let Some(named) = named {
                for word in named {
                    let set = *words.entry(word.clone()).or_insert_with(|| {
                        by_word.push(Vec::new());
                        by_word.len() as u32 - 1
                    });
                    if by_word[set as usize].last() != Some(&i) {
                        by_word[set as usize].push(i);
                    }
                }
            } else if rule.tokens.len() > 1 {
                open.push(i);
            } else {
                for (tag, set) in by_tag.iter_mut().enumerate() {
                    let fits = rule.tokens[0].iter().all(|c| match &c.test {
                        Test::Tag(all) => all.iter().any(|t| *t as usize == tag) != c.negative,
                        Test::Never => c.negative,
                        _ => true,
                    });
                    if fits {
                        set.push(i);
                    }
                }
            }
        }
        Self { rules, by_tag, by_word, words, open }
    }

    /// The set of rules that ask for a word (in small letters).
    pub(crate) fn of_word(&self, lower: &str) -> u32 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    /// Applies all rules to a sequence. `seen` says what the patterns look at.
    pub(crate) fn apply<'r, 'w>(&'r self, count: usize, seen: impl Fn(usize) -> Seen<'w>, out: &mut Vec<Ruled<'r>>) {
        out.clear();
        out.extend((0..count).map(|i| {
            let token = seen(i);
            Ruled { tag: token.tag, dep: token.dep, pos: Pos::None, lemma: None, features: 0 }
        }));
        // Rules of several tokens change a neighbour, so each field remembers the last rule that set it.
        let mut set = vec![[0u16; 5]; count];
        for i in 0..count {
            let token = seen(i);
            let sets = [&self.by_tag[token.tag as usize], &self.by_word[token.rules as usize], &self.open];
            for number in sets.into_iter().flatten() {
                let rule = &self.rules[*number as usize];
                if i + rule.tokens.len() > count {
                    continue;
                }
                let fits = rule.tokens.iter().enumerate().all(|(k, conditions)| {
                    let token = if k == 0 { token } else { seen(i + k) };
                    conditions.iter().all(|c| c.fits(&token))
                });
                if fits {
                    let target = i + rule.index;
                    rule.put(*number + 1, &mut set[target], &mut out[target]);
                }
            }
        }
    }
}

fn condition(from: &mut Cursor<'_>) -> Result<Condition, ModelError> {
    let kind = from.u8()?;
    let negative = from.u8()? == 1;
    let mut values = Vec::new();
    for _ in 0..from.u16()? {
        values.push(from.text()?);
    }
    // Values that the model never gives ("NIL") match nothing; the empty one stands for "not set", which never is.
    let test = match kind {
        0 => Test::Tag(values.iter().filter_map(|v| Tag::parse(v)).collect()),
        1 => Test::Lower(values.iter().map(|v| (*v).into()).collect()),
        2 => Test::Dep(values.iter().filter_map(|v| Dep::parse(v)).collect()),
        3 => Test::Blank,
        _ => return Err(from.bad("a pattern asks for something that is not known")),
    };
    let test = match test {
        Test::Tag(all) if all.is_empty() => Test::Never,
        Test::Dep(all) if all.is_empty() => Test::Never,
        other => other,
    };
    let negative = if kind == 3 { values == [""] } else { negative };
    Ok(Condition { test, negative })
}

impl Condition {
    fn fits(&self, token: &Seen<'_>) -> bool {
        let yes = match &self.test {
            Test::Tag(all) => all.contains(&token.tag),
            Test::Lower(all) => all.iter().any(|w| **w == *token.lower),
            Test::Dep(all) => all.contains(&token.dep),
            Test::Blank => token.blank,
            Test::Never => false,
        };
        yes != self.negative
    }
}

impl Rule {
    fn put<'r>(&'r self, number: u16, set: &mut [u16; 5], token: &mut Ruled<'r>) {
        let mut field = |at: usize, has: bool| {
            let wins = has && set[at] <= number;
            if wins {
                set[at] = number;
            }
            wins
        };
        if field(0, self.tag.is_some()) {
            token.tag = self.tag.unwrap_or_default();
        }
        if field(1, self.pos.is_some()) {
            token.pos = self.pos.unwrap_or_default();
        }
        if field(2, self.dep.is_some()) {
            token.dep = self.dep.unwrap_or_default();
        }
        if field(3, self.lemma.is_some()) {
            token.lemma = self.lemma.as_deref();
        }
        if field(4, self.features.is_some()) {
            token.features = self.features.unwrap_or_default();
        }
    }
}
