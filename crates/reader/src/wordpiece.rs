//! The tokenizer of the encoder: BERT's uncased word pieces, each with the bytes of the text that it covers.
//!
//! After Devlin et al. 2019 (the vocabulary is that of all-MiniLM-L6-v2): accents stripped, lower case, split at white
//! space and punctuation, then the longest known piece from the left.

use std::collections::HashMap;

use marchland_article::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words longer than this many letters are one unknown piece, as in the original.
const LONGEST: usize = 100;

/// One piece of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary.
    pub id: u32,
    /// The bytes that it stands for.
    pub span: Span,
}

/// The vocabulary.
#[derive(Debug)]
pub struct Vocabulary {
    pieces: HashMap<Box<str>, u32>,
    /// Number of the piece for what is not known.
    pub unknown: u32,
    /// Number of the piece that begins a window.
    pub begin: u32,
    /// Number of the piece that ends a window.
    pub end: u32,
}

impl Vocabulary {
    /// The built-in vocabulary.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../../data/reader/vocab.txt"))
    }

    /// One piece a line; its number is the number of the line.
    #[must_use]
    pub fn parse(lines: &str) -> Self {
        let pieces: HashMap<Box<str>, u32> = lines.lines().zip(0..).map(|(line, n)| (line.into(), n)).collect();
        let number = |name: &str| pieces.get(name).copied().unwrap_or(0);
        let (unknown, begin, end) = (number("[UNK]"), number("[CLS]"), number("[SEP]"));
        Self { pieces, unknown, begin, end }
    }

    /// Appends the pieces of `text`, a stretch of a longer text that begins at byte `start` of it.
    pub fn split(&self, text: &str, start: u32, out: &mut Vec<Piece>) {
        // The letters of the word so far, each with the bytes of the character that it comes from.
        let mut word: Vec<(char, Span)> = Vec::new();
        for (at, c) in text.char_indices() {
            let span = Span::new(start as usize + at, start as usize + at + c.len_utf8());
            if c == '\0' || c == '\u{FFFD}' {
                continue;
            }
            if c.is_whitespace() {
                self.word(&mut word, out);
                continue;
            }
            if c.is_control() {
                continue;
            }
            for d in std::iter::once(c).nfd().filter(|d| !is_combining_mark(*d)) {
                for l in d.to_lowercase() {
                    if stands_alone(l) {
                        self.word(&mut word, out);
                        word.push((l, span));
                        self.word(&mut word, out);
                    } else {
                        word.push((l, span));
                    }
                }
            }
        }
        self.word(&mut word, out);
    }

    /// The pieces of one word, which is emptied. Cost: the length of the word times the longest piece.
    fn word(&self, word: &mut Vec<(char, Span)>, out: &mut Vec<Piece>) {
        if word.is_empty() {
            return;
        }
        let before = out.len();
        let whole = word[0].1.cover(word[word.len() - 1].1);
        let mut at = 0;
        let mut known = word.len() <= LONGEST;
        let mut key = String::new();
        while known && at < word.len() {
            key.clear();
            if at > 0 {
                key.push_str("##");
            }
            let mut best = None;
            for (n, (c, _)) in word[at..].iter().enumerate() {
                key.push(*c);
                if let Some(&id) = self.pieces.get(key.as_str()) {
                    best = Some((id, at + n));
                }
            }
            match best {
                Some((id, last)) => {
                    out.push(Piece { id, span: word[at].1.cover(word[last].1) });
                    at = last + 1;
                }
                None => known = false,
            }
        }
        if !known {
            out.truncate(before);
            out.push(Piece { id: self.unknown, span: whole });
        }
        word.clear();
    }
}

/// Punctuation and Chinese characters are words of their own.
fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{A1}' | '\u{A7}' | '\u{AB}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}' | '\u{60C}' | '\u{61B}' | '\u{61F}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let lines: Vec<&str> = include_str!("../../../data/reader/vocab.txt").lines().collect();
        let mut out = Vec::new();
        Vocabulary::embedded().split(text, 0, &mut out);
        let got: Vec<&str> = out.iter().map(|p| lines[p.id as usize]).collect();
        assert_eq!(got, expect, "{text}");
        for piece in out {
            assert!(text.get(piece.span.start as usize..piece.span.end as usize).is_some(), "{piece:?} cuts {text}");
        }
    }

    #[test]
    fn words_are_cut_into_the_longest_known_pieces() {
        check("The army took Kunduz.", &["the", "army", "took", "kun", "##du", "##z", "."]);
        check("  Désolé,\nmy friend's", &["des", "##ole", ",", "my", "friend", "'", "s"]);
        check("", &[]);
        check("\u{1F600}", &["[UNK]"]);
    }

    #[test]
    fn spans_are_those_of_the_text() {
        let mut out = Vec::new();
        Vocabulary::embedded().split("É x", 10, &mut out);
        assert_eq!(out.iter().map(|p| p.span).collect::<Vec<_>>(), [Span::new(10, 12), Span::new(13, 14)]);
    }

    #[test]
    fn a_word_without_end_is_one_piece() {
        let mut out = Vec::new();
        Vocabulary::embedded().split(&"a".repeat(100_000), 0, &mut out);
        assert_eq!(out.len(), 1);
    }
}
