//! Working memory: what one thread needs to read, kept from article to article.

use std::collections::HashMap;

use crate::encode::Room;
use crate::kernels::Level;
use crate::lexicon::Words;
use crate::parse::{Arc, State};
use crate::ruler::Ruled;
use crate::tokenizer::{RawToken, TokenCache};
use crate::{Pos, Tag};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// The kernels that the current reading uses.
    pub(crate) level: Level,
    pub(crate) cache: TokenCache,
    pub(crate) words: Words,
    pub(crate) lemmas: Lemmas,
    /// The article's tokens.
    pub(crate) raw: Vec<RawToken>,
    /// One batch: its tokens, and the number of each token's word.
    pub(crate) batch: Vec<RawToken>,
    pub(crate) numbers: Vec<u32>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) keys: Vec<u64>,
    /// Encoder rows with padding, then without.
    pub(crate) rows: Vec<f32>,
    pub(crate) encoded: Vec<f32>,
    pub(crate) prepared: Vec<f32>,
    pub(crate) work: Vec<f32>,
    pub(crate) room: Room,
    pub(crate) scores: Vec<f32>,
    pub(crate) state: State,
    pub(crate) arcs: Vec<Arc>,
}

impl Desk {
    /// Forgets what was learned when it has grown too large; between articles only.
    pub(crate) fn tidy(&mut self) {
        if self.cache.is_full() || self.words.is_full() || self.lemmas.is_full() {
            self.cache.clear();
            self.words.clear();
            self.lemmas.clear();
        }
    }

    /// The same within an article of very many words, between batches: tokens keep their places in the cache.
    pub(crate) fn tidy_words(&mut self) {
        if self.words.is_full() {
            self.words.clear();
            self.lemmas.by_word.clear();
            for piece in &mut self.cache.pieces {
                piece.word = u32::MAX;
            }
        }
    }
}

/// Lemmas found so far, and which of them the current reading holds already.
#[derive(Debug, Default)]
pub(crate) struct Lemmas {
    texts: Vec<Box<str>>,
    by_text: HashMap<Box<str>, u32, crate::hash::Strings>,
    by_word: HashMap<(u32, Pos, u8), u32>,
    /// For each lemma: the reading that asked last and its number there.
    local: Vec<(u64, u32)>,
    reading: u64,
}

impl Lemmas {
    fn is_full(&self) -> bool {
        self.by_word.len() > 100_000
    }

    fn clear(&mut self) {
        self.texts.clear();
        self.by_text.clear();
        self.by_word.clear();
        self.local.clear();
    }

    /// A new reading begins; its pool is empty.
    pub(crate) fn begin(&mut self) {
        self.reading += 1;
    }

    /// The number in `pool` of the lemma of a word.
    pub(crate) fn of_word(
        &mut self,
        word: u32,
        ruled: &Ruled<'_>,
        pool: &mut Vec<Box<str>>,
        make: impl FnOnce() -> String,
    ) -> u32 {
        let number = match ruled.lemma {
            Some(text) => self.intern(text),
            None => match self.by_word.get(&(word, ruled.pos, ruled.features)) {
                Some(number) => *number,
                None => {
                    let number = self.intern(&make());
                    self.by_word.insert((word, ruled.pos, ruled.features), number);
                    number
                }
            },
        };
        let local = &mut self.local[number as usize];
        if local.0 != self.reading {
            *local = (self.reading, pool.len() as u32);
            pool.push(self.texts[number as usize].clone());
        }
        local.1
    }

    fn intern(&mut self, text: &str) -> u32 {
        if let Some(number) = self.by_text.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        self.by_text.insert(text.into(), number);
        self.local.push((0, 0));
        number
    }
}
