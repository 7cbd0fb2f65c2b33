//! Spans of the stored text, and the bridge between byte offsets (inside) and code points (outside).

use serde::{Deserialize, Serialize};

/// A stretch of an article's text: byte offsets, end exclusive, always on character boundaries.
///
/// Nothing in Marchland copies text: a token, a mention, a piece of evidence is a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Texts longer than 4 GiB are refused long before this point.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The words that the span stands for; empty when the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for a span without any byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Translates byte offsets of one text into Unicode code points, as every export counts.
///
/// Keeps one count for each 64 bytes, so a look-up costs at most 64 byte tests and the table
/// a sixteenth of the text.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    every: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut every = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STEP) {
            every.push(count);
            count += leads(chunk);
        }
        if every.is_empty() {
            every.push(0);
        }
        Self { text: bytes, every }
    }

    /// The code point offset of a byte offset (clamped to the text's end).
    #[must_use]
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let cell = (byte / STEP).min(self.every.len() - 1);
        self.every[cell] + leads(&self.text[cell * STEP..byte])
    }

    /// Start and end of a span in code points.
    #[must_use]
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

/// How many characters begin in these bytes.
fn leads(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "Ḥamā ".repeat(40) + "fell";
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), n as u32);
        }
        assert_eq!(points.at(u32::MAX), text.chars().count() as u32);
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty_not_a_panic() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(0, 99).of("abc"), "");
    }
}
