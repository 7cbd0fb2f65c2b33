//! Every word list of the registry in one trie over folded words.
//!
//! A trie over words, and no automaton over bytes: word boundaries, hyphens and case come for free, and a step
//! costs one look-up. The longest phrase has few words, so a text costs time linear in its words.

use std::collections::HashMap;

use marchland_article::Span;

use crate::Registry;
use crate::fold::{Folded, Gap};

/// What a phrase may be. Numbers index the registry's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    Name(u32),
    Person(u32),
    Country(u16),
    Capital(u16),
    Adjective(u16),
    People(u16),
    ClassNoun(u8),
    ClassAdjective(u8),
    ConflictWord(u16, u16),
    War(u16),
    List(List),
}

macro_rules! lists {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// The plain word lists of `words.toml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List { $($variant),+ }
        impl List {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $text)),+];
        }
    };
}

lists!(
    Force = "force",
    Filler = "filler",
    Person = "person",
    Official = "official",
    Action = "action",
    Held = "held",
    Backed = "backed",
    PlaceBefore = "place_before",
    Owned = "owned",
    Group = "group",
    Say = "say",
    Does = "does",
    Loyal = "loyal",
    NotName = "not_names",
);

/// How the letters of a phrase must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Any way.
    Any,
    /// Its n-th word begins with a capital ("Taliban", "al-Nusra").
    Capital(u8),
    /// All capitals ("IS", "US"): the small word is another.
    Capitals,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    sense: Sense,
    letters: Letters,
}

/// The trie.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, u32>,
    edges: HashMap<(u32, u32), u32>,
    entries: Vec<Vec<Entry>>,
}

/// A phrase found: words `first..last` of a block, and what it may be.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub first: usize,
    pub last: usize,
    pub senses: Vec<Sense>,
}

impl Hit {
    pub fn is(&self, list: List) -> bool {
        self.senses.contains(&Sense::List(list))
    }
}

impl Lexicon {
    pub fn build(registry: &Registry) -> Self {
        let mut out = Self { entries: vec![Vec::new()], ..Self::default() };
        for (i, actor) in registry.actors.iter().enumerate() {
            // A state's name is the country's, and may be no more than a place.
            let own =
                (!actor.state || registry.countries.iter().all(|c| c.entry.name != actor.name)).then_some(&actor.name);
            for name in actor.aliases.iter().chain(own) {
                out.add(name, Sense::Name(i as u32));
            }
            for name in &actor.persons {
                out.add(name, Sense::Person(i as u32));
            }
        }
        for (i, country) in registry.countries.iter().enumerate() {
            let (i, e) = (i as u16, &country.entry);
            for name in e.also.iter().chain([&e.name]) {
                out.add(name, Sense::Country(i));
            }
            for name in e.capitals.iter().chain([&e.capital]) {
                out.add(name, Sense::Capital(i));
            }
            for name in e.adjectives.iter().chain([&e.adjective]) {
                out.add(name, Sense::Adjective(i));
                if e.people.is_none() && name.ends_with(['n', 'i']) {
                    out.add(&format!("{name}s"), Sense::People(i));
                }
            }
            if let Some(people) = &e.people {
                out.add(people, Sense::People(i));
            }
        }
        for (i, class) in registry.classes.iter().enumerate() {
            for noun in &class.entry.nouns {
                out.add(noun, Sense::ClassNoun(i as u8));
            }
            for adjective in &class.entry.adjectives {
                out.add(adjective, Sense::ClassAdjective(i as u8));
            }
        }
        for (i, conflict) in registry.conflicts.iter().enumerate() {
            for name in conflict.aliases.iter().chain([&conflict.name]) {
                out.add(name, Sense::War(i as u16));
            }
            for (j, word) in conflict.words.keys().enumerate() {
                out.add(word, Sense::ConflictWord(i as u16, j as u16));
            }
        }
        for (list, name) in List::ALL {
            for word in registry.list(name) {
                out.add(word, Sense::List(*list));
            }
        }
        out
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let folded = Folded::split(phrase, Span::new(0, phrase.len()));
        if folded.words.is_empty() {
            return;
        }
        let short = folded.words.len() == 1 && phrase.chars().filter(|c| c.is_alphabetic()).count() <= 6;
        let letters = match folded.words.iter().position(|w| w.capital) {
            _ if short && folded.words[0].capitals => Letters::Capitals,
            Some(n) => Letters::Capital(n.min(255) as u8),
            None => Letters::Any,
        };
        let mut node = 0;
        for i in 0..folded.words.len() {
            let fresh = self.words.len() as u32;
            let word = *self.words.entry(folded.of(i).into()).or_insert(fresh);
            let fresh = self.entries.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.entries.push(Vec::new());
            }
        }
        let entry = Entry { sense, letters };
        let entries = &mut self.entries[node as usize];
        if !entries.iter().any(|e| e.sense == sense && e.letters == letters) {
            entries.push(entry);
        }
    }

    /// The longest phrase that begins at a word and does not leave the sentence.
    pub fn longest(&self, folded: &Folded, first: usize, end: usize) -> Option<Hit> {
        let (mut node, mut best) = (0, None);
        for i in first..end {
            if i > first && !matches!(folded.words[i].gap, Gap::Space | Gap::Hyphen) {
                break;
            }
            let Some(word) = self.words.get(folded.of(i)) else { break };
            let Some(&next) = self.edges.get(&(node, *word)) else { break };
            node = next;
            let mut senses: Vec<Sense> = Vec::new();
            for entry in &self.entries[node as usize] {
                let fits = match entry.letters {
                    Letters::Any => true,
                    Letters::Capital(n) => folded.words.get(first + n as usize).is_some_and(|w| w.capital),
                    Letters::Capitals => folded.words[first].capitals,
                };
                if fits && !senses.contains(&entry.sense) {
                    senses.push(entry.sense);
                }
            }
            if !senses.is_empty() {
                best = Some(Hit { first, last: i + 1, senses });
            }
            // A possessive ends the phrase, but for "People's Protection Units" and its like.
            if folded.words[i].possessive && !folded.words.get(i + 1).is_some_and(|w| w.capital) {
                break;
            }
        }
        best
    }
}
