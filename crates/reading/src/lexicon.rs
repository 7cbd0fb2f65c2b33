//! What the model knows of a word by its letters alone, kept for each distinct word.

use std::collections::HashMap;

use crate::ModelError;
use crate::container::Container;
use crate::hash::{ById, Strings, string_id};
use crate::tokenizer::{Class, Tokenizer, is_space};

/// Norms and symbols: the fixed part.
#[derive(Debug)]
pub(crate) struct Lexicon {
    norms: ById<Box<str>>,
    symbols: HashMap<Box<str>, u64, Strings>,
}

/// Keys of the embeddings: norm, prefix, suffix, shape.
pub(crate) type Keys = [u64; 4];

impl Lexicon {
    pub(crate) fn read(file: &Container<'_>) -> Result<Self, ModelError> {
        let mut from = file.section("norms")?;
        let mut norms = ById::default();
        for _ in 0..from.u32()? {
            let key = from.u64()?;
            norms.insert(key, from.text()?.into());
        }
        let mut from = file.section("symbols")?;
        let mut symbols = HashMap::default();
        for _ in 0..from.u16()? {
            let name = from.text()?;
            symbols.insert(name.into(), from.u64()?);
        }
        Ok(Self { norms, symbols })
    }

    /// The number of a string: a symbol's own, else its hash.
    fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        self.symbols.get(text).copied().unwrap_or_else(|| string_id(text))
    }

    /// The keys of a word; `given` is the norm of a special case, if it has one.
    pub(crate) fn keys(&self, text: &str, given: &str, tokenizer: &Tokenizer) -> Keys {
        let norm = if !given.is_empty() {
            self.id(given)
        } else if let Some(norm) = self.norms.get(&string_id(text)) {
            self.id(norm)
        } else {
            self.id(&text.to_lowercase())
        };
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let shape = shape(text, &tokenizer.shape_classes());
        [norm, self.id(&text[..first]), self.id(&text[last..]), self.id(&shape)]
    }
}

/// "Sar" gives "Xxx", "A-10s" gives "X-ddx"; runs of the same sign end at four.
fn shape(text: &str, [alpha, upper, digit]: &[&Class; 3]) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".into();
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let sign = if alpha.has(c) {
            if upper.has(c) { 'X' } else { 'x' }
        } else if digit.has(c) {
            'd'
        } else {
            c
        };
        if last == Some(sign) {
            run += 1;
        } else {
            (last, run) = (Some(sign), 0);
        }
        if run < 4 {
            shape.push(sign);
        }
    }
    shape
}

/// One distinct word with what was computed for it.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: Box<str>,
    pub(crate) lower: Box<str>,
    pub(crate) keys: Keys,
    pub(crate) blank: bool,
    /// Rules of the attribute ruler that ask for this word; see [`crate::ruler::Ruler::of_word`].
    pub(crate) rules: u32,
    /// Rows of the first layer: shared encoder without and with a space after the word, names; `u32::MAX` when not computed.
    pub(crate) rows: [u32; 3],
}

/// The words met so far, of one desk.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) all: Vec<Word>,
    numbers: HashMap<Box<str>, u32, Strings>,
    /// Those with a norm of their own, which few have.
    special: HashMap<(Box<str>, u16), u32>,
    /// First-layer rows, [`crate::kernels::WIDTH`] values each.
    pub(crate) rows: Vec<f32>,
}

impl Words {
    /// Words kept at most before the desk forgets them all: 30,000 take about 40 MB.
    const MOST: usize = 30_000;

    pub(crate) fn is_full(&self) -> bool {
        self.all.len() > Self::MOST
    }

    pub(crate) fn clear(&mut self) {
        self.all.clear();
        self.numbers.clear();
        self.special.clear();
        self.rows.clear();
    }

    /// The number of a word, computing what its letters say when it is new.
    pub(crate) fn number(&mut self, text: &str, norm: u16, make: impl FnOnce(&str) -> (Keys, u32)) -> u32 {
        let known =
            if norm == 0 { self.numbers.get(text).copied() } else { self.special.get(&(text.into(), norm)).copied() };
        if let Some(number) = known {
            return number;
        }
        let number = self.all.len() as u32;
        let lower = text.to_lowercase();
        let (keys, rules) = make(&lower);
        self.all.push(Word {
            text: text.into(),
            lower: lower.into(),
            keys,
            blank: !text.is_empty() && text.chars().all(is_space),
            rules,
            rows: [u32::MAX; 3],
        });
        if norm == 0 {
            self.numbers.insert(text.into(), number);
        } else {
            self.special.insert((text.into(), norm), number);
        }
        number
    }
}
