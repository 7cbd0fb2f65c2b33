//! The tokenizer: spaCy's algorithm with the rules that came with the weights.
//!
//! Words are what stands between white space; prefixes and suffixes are taken off one by one, special cases
//! ("can't", "U.S.", ":-)") win over both, addresses of the web stay whole, and what is left is cut at infixes.

mod affix;
mod classes;
mod url;

use std::collections::HashMap;

pub(crate) use classes::{Class, is_space};

use crate::ModelError;
use crate::container::Container;
use affix::Pattern;
use url::UrlClasses;

/// A token as the tokenizer makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// First byte in the text.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// A space follows (the model looks at this).
    pub(crate) space: bool,
    /// White space itself; only when asked for.
    pub(crate) blank: bool,
    /// A norm of its own, given by a special case; 0 for none, see [`Tokenizer::norm`].
    pub(crate) norm: u16,
    /// Where the cache keeps this piece; `u32::MAX` when it does not.
    pub(crate) piece: u32,
}

/// One piece of a word, relative to the word's start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    start: u32,
    end: u32,
    norm: u16,
    /// The piece can begin a special case of several tokens.
    opens: bool,
    /// The lexicon's number of this piece; `u32::MAX` until it is looked up.
    pub(crate) word: u32,
}

/// What was cut before, so that a word met again costs one look-up.
#[derive(Debug, Default)]
pub(crate) struct TokenCache {
    words: HashMap<Box<str>, (u32, u32), crate::hash::Strings>,
    pub(crate) pieces: Vec<Piece>,
    fresh: Vec<Piece>,
    suffixes: Vec<Piece>,
}

impl TokenCache {
    /// Longer words are not kept: they hardly come twice.
    const LONGEST: usize = 48;
    /// Pieces kept at most, so that a crawl does not grow without end.
    const MOST: usize = 1 << 17;

    /// True when it is time to forget; only between texts, because tokens point in here.
    pub(crate) fn is_full(&self) -> bool {
        self.pieces.len() > Self::MOST
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.pieces.clear();
    }
}

/// A special case: the text and the pieces that it is cut into.
#[derive(Debug)]
struct Special {
    pieces: Vec<Piece>,
}

/// By first token: the tokens of a phrase and the special case that it stands for.
type Phrases = HashMap<Box<str>, Vec<(Vec<Box<str>>, Box<str>)>, crate::hash::Strings>;

/// The tokenizer's rules.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    classes: Vec<Class>,
    prefix: Pattern,
    suffix: Pattern,
    infix: Pattern,
    url: [u16; 3],
    /// Classes for word shapes: letters, capitals, digits.
    shape: [u16; 3],
    specials: HashMap<Box<str>, Special, crate::hash::Strings>,
    longest_special: usize,
    norms: Vec<Box<str>>,
    /// Special cases that hold prefix, suffix or infix characters are also found across tokens.
    phrases: Phrases,
}

impl Tokenizer {
    pub(crate) fn read(file: &Container<'_>) -> Result<Self, ModelError> {
        let classes = Class::read_all(&mut file.section("classes")?)?;
        let mut affixes = file.section("affixes")?;
        let prefix = Pattern::read(&mut affixes, &classes, false)?;
        let suffix = Pattern::read(&mut affixes, &classes, true)?;
        let infix = Pattern::read(&mut affixes, &classes, false)?;
        let mut named = [0u16; 6];
        for kind in &mut named {
            *kind = affixes.u16()?;
            if *kind as usize >= classes.len() {
                return Err(affixes.bad("a class does not exist"));
            }
        }
        let [level, word, digit, alpha, upper, decimal] = named;
        let mut tokenizer = Self {
            classes,
            prefix,
            suffix,
            infix,
            url: [level, word, digit],
            shape: [alpha, upper, decimal],
            specials: HashMap::default(),
            longest_special: 0,
            norms: vec!["".into()],
            phrases: HashMap::default(),
        };
        tokenizer.read_specials(file)?;
        Ok(tokenizer)
    }

    fn read_specials(&mut self, file: &Container<'_>) -> Result<(), ModelError> {
        let mut from = file.section("specials")?;
        let mut known: HashMap<&str, u16> = HashMap::new();
        let mut texts = Vec::new();
        for _ in 0..from.u16()? {
            let mut text = String::new();
            let mut pieces = Vec::new();
            for _ in 0..from.u8()? {
                let (part, norm) = (from.text()?, from.text()?);
                let norm = match (norm, known.get(norm)) {
                    ("", _) => 0,
                    (_, Some(number)) => *number,
                    _ => {
                        let number = self.norms.len() as u16;
                        self.norms.push(norm.into());
                        known.insert(norm, number);
                        number
                    }
                };
                let start = text.len() as u32;
                text.push_str(part);
                pieces.push(Piece { start, end: text.len() as u32, norm, opens: false, word: u32::MAX });
            }
            self.longest_special = self.longest_special.max(text.len());
            texts.push(text.clone());
            self.specials.insert(text.into(), Special { pieces });
        }
        let mut cache = TokenCache::default();
        let bare = Words { rules: self, specials: false };
        let mut phrases = Phrases::default();
        for text in texts {
            let mut infixes = false;
            self.infix.each(&self.classes, &text, |_, _| infixes = true);
            if infixes || self.prefix.prefix(&self.classes, &text) > 0 || self.suffix.suffix(&self.classes, &text) > 0 {
                bare.cut(&text, &mut cache);
                let parts: Vec<Box<str>> =
                    cache.fresh.iter().map(|p| text[p.start as usize..p.end as usize].into()).collect();
                if let Some(first) = parts.first() {
                    phrases.entry(first.clone()).or_default().push((parts, text.into()));
                }
            }
        }
        self.phrases = phrases;
        Ok(())
    }

    /// The norm that a special case gives.
    pub(crate) fn norm(&self, number: u16) -> &str {
        &self.norms[number as usize]
    }

    /// Letters, capitals and digits, for word shapes.
    pub(crate) fn shape_classes(&self) -> [&Class; 3] {
        self.shape.map(|kind| &self.classes[kind as usize])
    }

    /// Cuts `text` and appends its tokens, their offsets moved by `offset`.
    ///
    /// With `blanks`, white space beyond single spaces makes tokens, exactly as in spaCy. Without, any white space
    /// counts as one space.
    pub(crate) fn cut(&self, text: &str, offset: u32, blanks: bool, cache: &mut TokenCache, out: &mut Vec<RawToken>) {
        let first = out.len();
        let mut opens = false;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let blank = rest.starts_with(is_space);
            let length = if blank { rest.find(|c| !is_space(c)) } else { rest.find(is_space) }.unwrap_or(rest.len());
            let run = &rest[..length];
            if !blank {
                opens |= self.word(run, offset + at as u32, cache, out);
                at += length;
                continue;
            }
            let mut skip = 0;
            if blanks {
                // A space right after a word is the word's own; it does not begin a token.
                if at > 0 && run.starts_with(' ') {
                    if let Some(before) = out.last_mut() {
                        before.space = true;
                    }
                    skip = 1;
                }
                if skip < length {
                    let (start, end) = (offset + (at + skip) as u32, offset + (at + length) as u32);
                    out.push(RawToken { start, end, space: false, blank: true, norm: 0, piece: u32::MAX });
                }
            } else if let Some(before) = out[first..].last_mut() {
                before.space = true;
            }
            at += length;
        }
        if opens {
            self.join_phrases(text, offset, first, out);
        }
    }

    /// Cuts one word; true when one of its pieces can begin a phrase.
    fn word(&self, word: &str, offset: u32, cache: &mut TokenCache, out: &mut Vec<RawToken>) -> bool {
        let push = |out: &mut Vec<RawToken>, p: &Piece, number: u32| {
            out.push(RawToken {
                start: offset + p.start,
                end: offset + p.end,
                space: false,
                blank: false,
                norm: p.norm,
                piece: number,
            });
            p.opens
        };
        let mut opens = false;
        if word.len() <= TokenCache::LONGEST {
            let (first, last) = match cache.words.get(word) {
                Some(range) => *range,
                None => {
                    Words { rules: self, specials: true }.cut(word, cache);
                    let first = cache.pieces.len() as u32;
                    let fresh = std::mem::take(&mut cache.fresh);
                    cache.pieces.extend_from_slice(&fresh);
                    cache.fresh = fresh;
                    let range = (first, cache.pieces.len() as u32);
                    cache.words.insert(word.into(), range);
                    range
                }
            };
            for number in first..last {
                opens |= push(out, &cache.pieces[number as usize], number);
            }
        } else {
            Words { rules: self, specials: true }.cut(word, cache);
            for piece in &cache.fresh {
                opens |= push(out, piece, u32::MAX);
            }
        }
        opens
    }

    /// Puts special cases of several tokens together that no single word showed, such as ":)" within "(:))".
    fn join_phrases(&self, text: &str, offset: u32, first: usize, out: &mut Vec<RawToken>) {
        let of = |t: &RawToken| &text[(t.start - offset) as usize..(t.end - offset) as usize];
        let mut found: Vec<(usize, usize, Option<&Special>)> = Vec::new();
        for i in first..out.len() {
            for (parts, special) in self.phrases.get(of(&out[i])).into_iter().flatten() {
                let end = i + parts.len();
                if end <= out.len() && out[i..end].iter().zip(parts).all(|(t, part)| of(t) == &**part) {
                    // The tokens may stand apart (": )"); spaCy then lets them be, but they still keep others away.
                    let together = out[i..end].windows(2).all(|pair| pair[0].end == pair[1].start);
                    found.push((i, end, together.then(|| &self.specials[special])));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        // Longest first, then leftmost; a phrase is taken when neither of its ends is.
        found.sort_by_key(|(start, end, _)| (std::cmp::Reverse(end - start), *start));
        let mut seen = vec![false; out.len()];
        found.retain(|(start, end, _)| {
            let free = !seen[*start] && !seen[*end - 1];
            seen[*start..*end].fill(true);
            free
        });
        found.sort_by_key(|(start, _, _)| *start);
        let old: Vec<RawToken> = out.drain(first..).collect();
        let mut at = first;
        for (start, end, special) in found {
            out.extend_from_slice(&old[at.min(start) - first..start - first]);
            at = at.max(end);
            match special {
                None => out.extend_from_slice(&old[start - first..end - first]),
                Some(special) => {
                    let (begin, space) = (old[start - first].start, old[end - 1 - first].space);
                    for piece in &special.pieces {
                        out.push(RawToken {
                            start: begin + piece.start,
                            end: begin + piece.end,
                            space: false,
                            blank: false,
                            norm: piece.norm,
                            piece: u32::MAX,
                        });
                    }
                    if let Some(last) = out.last_mut() {
                        last.space = space;
                    }
                }
            }
        }
        out.extend_from_slice(&old[at - first..]);
    }
}

/// Cuts single words, with or without the special cases.
struct Words<'t> {
    rules: &'t Tokenizer,
    specials: bool,
}

impl Words<'_> {
    fn special(&self, text: &str) -> Option<&Special> {
        if !self.specials || text.len() > self.rules.longest_special {
            return None;
        }
        self.rules.specials.get(text)
    }

    /// Leaves the pieces of `word` in `cache.fresh`.
    fn cut(&self, word: &str, cache: &mut TokenCache) {
        let rules = self.rules;
        cache.fresh.clear();
        cache.suffixes.clear();
        let piece = |start: usize, end: usize| Piece {
            start: start as u32,
            end: end as u32,
            norm: 0,
            opens: self.specials && rules.phrases.contains_key(&word[start..end]),
            word: u32::MAX,
        };
        let (mut start, mut end) = (0, word.len());
        while start < end {
            let text = &word[start..end];
            if self.special(text).is_some() {
                break;
            }
            let before = rules.prefix.prefix(&rules.classes, text);
            if before > 0 && start + before < end && self.special(&text[before..]).is_some() {
                cache.fresh.push(piece(start, start + before));
                start += before;
                break;
            }
            let after = rules.suffix.suffix(&rules.classes, &text[before..]);
            if after > 0 && after < text.len() && self.special(&text[..text.len() - after]).is_some() {
                cache.suffixes.push(piece(end - after, end));
                end -= after;
                break;
            }
            if before == 0 && after == 0 {
                break;
            }
            if before > 0 {
                cache.fresh.push(piece(start, start + before));
                start += before;
            }
            if after > 0 {
                cache.suffixes.push(piece(end - after, end));
                end -= after;
            }
        }
        if start < end {
            self.middle(word, start, end, &piece, cache);
        }
        cache.fresh.extend(cache.suffixes.drain(..).rev());
    }

    /// What is left between prefixes and suffixes.
    fn middle(
        &self,
        word: &str,
        start: usize,
        end: usize,
        piece: &impl Fn(usize, usize) -> Piece,
        cache: &mut TokenCache,
    ) {
        let rules = self.rules;
        let text = &word[start..end];
        if let Some(special) = self.special(text) {
            for part in &special.pieces {
                let made = piece(start + part.start as usize, start + part.end as usize);
                cache.fresh.push(Piece { norm: part.norm, ..made });
            }
            return;
        }
        let [level, letters, digit] = rules.url.map(|kind| &rules.classes[kind as usize]);
        if (UrlClasses { level, word: letters, digit }).matches(text) {
            cache.fresh.push(piece(start, end));
            return;
        }
        let mut from = 0;
        rules.infix.each(&rules.classes, text, |first, last| {
            if first == 0 {
                return;
            }
            if first > from {
                cache.fresh.push(piece(start + from, start + first));
            }
            cache.fresh.push(piece(start + first, start + last));
            from = last;
        });
        if from < text.len() {
            cache.fresh.push(piece(start + from, end));
        }
    }
}
