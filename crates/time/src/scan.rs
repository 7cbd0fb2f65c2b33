//! A light scan of a block of text: runs of letters, runs of digits, and single marks.
//!
//! The matcher works on this and not on the tokens of the reading: "mid-November", "1990s", "6th" and "10am"
//! fall apart as it needs them to, and it works the same whether or not the text was parsed.

use crate::words::{Lex, lex};

/// What a scanned piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters only.
    Letters,
    /// ASCII digits only.
    Digits,
    /// One character that is neither.
    Mark(char),
}

/// Longest word of the lexicon ("september", "thanksgiving") and some room.
const WORD: usize = 16;

/// One piece of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// First byte in the article.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub shape: Shape,
    /// White space stands before it (or it is the first of its block).
    pub spaced: bool,
    /// Begins with a capital.
    pub capital: bool,
    /// The lexicon's word for it.
    pub lex: Lex,
    /// The number that the digits spell; -1 when they are not digits or too many.
    pub number: i64,
    lower: [u8; WORD],
    len: u8,
}

impl Piece {
    /// The word in lower case; empty for what cannot be in the lexicon.
    pub(crate) fn word(&self) -> &str {
        std::str::from_utf8(&self.lower[..self.len as usize]).unwrap_or("")
    }

    /// True when it is this word (given in lower case).
    pub(crate) fn is(&self, word: &str) -> bool {
        self.word() == word
    }

    /// True when it is one of these words.
    pub(crate) fn any_of(&self, words: &[&str]) -> bool {
        self.len > 0 && words.contains(&self.word())
    }

    /// Number of digits; 0 when it is no number.
    pub(crate) fn digits(&self) -> usize {
        if self.shape == Shape::Digits { (self.end - self.start) as usize } else { 0 }
    }
}

/// Cuts `text` into pieces. Offsets are counted from `base`.
pub(crate) fn scan(text: &str, base: u32) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len() / 5 + 4);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let class = class_of(first);
        let mut end = start + first.len_utf8();
        if class != Class::Mark {
            while let Some(&(at, next)) = chars.peek() {
                if class_of(next) != class {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        pieces.push(piece(&text[start..end], base + start as u32, class, spaced));
        spaced = false;
    }
    pieces
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
}

fn class_of(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() {
        Class::Letter
    } else {
        Class::Mark
    }
}

fn piece(text: &str, start: u32, class: Class, spaced: bool) -> Piece {
    let first = text.chars().next().unwrap_or(' ');
    let mut piece = Piece {
        start,
        end: start + text.len() as u32,
        shape: match class {
            Class::Letter => Shape::Letters,
            Class::Digit => Shape::Digits,
            Class::Mark => Shape::Mark(plain(first)),
        },
        spaced,
        capital: first.is_uppercase(),
        lex: Lex::Other,
        number: -1,
        lower: [0; WORD],
        len: 0,
    };
    match class {
        Class::Digit if text.len() <= 9 => piece.number = text.parse().unwrap_or(-1),
        Class::Letter if text.len() <= WORD && text.is_ascii() => {
            for (to, from) in piece.lower.iter_mut().zip(text.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            piece.len = text.len() as u8;
            piece.lex = lex(piece.word());
        }
        _ => {}
    }
    piece
}

/// Typographic dashes and quotes as their plain forms.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' | '\u{201e}' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_letters_fall_apart() {
        let text = "the 1990s, mid-November 6th";
        let words: Vec<&str> = scan(text, 0).iter().map(|p| &text[p.start as usize..p.end as usize]).collect();
        assert_eq!(words, ["the", "1990", "s", ",", "mid", "-", "November", "6", "th"]);
    }
}
