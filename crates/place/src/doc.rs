//! The view that the rules for place names have of one article: its tokens with their words and neighbours.

use marchland_article::{Article, Span};
use marchland_reading::{Depth, Name, NameLabel, Reading};

/// One article under examination.
pub(crate) struct Doc<'a> {
    pub(crate) text: &'a str,
    pub(crate) reading: &'a Reading,
    lower: Vec<String>,
    /// For each token, one more than the index of the name that holds it; 0: none.
    names: Vec<u32>,
}

impl<'a> Doc<'a> {
    pub(crate) fn new(article: &'a Article, reading: &'a Reading) -> Self {
        let text = article.text.as_str();
        let lower = reading.tokens.iter().map(|t| t.span.of(text).to_lowercase()).collect();
        let mut names = vec![0; reading.tokens.len()];
        for (n, name) in reading.names.iter().enumerate() {
            for t in name.first..name.last {
                if let Some(slot) = names.get_mut(t as usize) {
                    *slot = n as u32 + 1;
                }
            }
        }
        Self { text, reading, lower, names }
    }

    pub(crate) fn len(&self) -> usize {
        self.reading.tokens.len()
    }

    /// The token as written; empty beyond the ends.
    pub(crate) fn word(&self, token: usize) -> &'a str {
        self.reading.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// The token in lower case; empty beyond the ends.
    pub(crate) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// The token before, within the same sentence; empty at its start.
    pub(crate) fn before(&self, token: usize, back: usize) -> &str {
        let Some(at) = token.checked_sub(back) else { return "" };
        if self.sentence(at) == self.sentence(token.min(self.len().saturating_sub(1))) { self.lower(at) } else { "" }
    }

    /// The token `on` places on, within the sentence of `token - 1`; empty at its end.
    pub(crate) fn after(&self, token: usize, on: usize) -> &str {
        let at = token + on;
        if at < self.len() && token > 0 && self.sentence(at) == self.sentence(token - 1) { self.lower(at) } else { "" }
    }

    pub(crate) fn sentence(&self, token: usize) -> usize {
        self.reading.sentence_of(token).unwrap_or(usize::MAX)
    }

    pub(crate) fn deep(&self, token: usize) -> bool {
        self.reading.sentence_of(token).is_some_and(|s| self.reading.sentences[s].depth == Depth::Full)
    }

    pub(crate) fn capital(&self, token: usize) -> bool {
        self.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let tokens = &self.reading.tokens;
        match (tokens.get(first), last.checked_sub(1).and_then(|l| tokens.get(l))) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// The name of the language model that holds a token.
    pub(crate) fn name(&self, token: usize) -> Option<&'a Name> {
        self.names.get(token).and_then(|&n| n.checked_sub(1)).and_then(|n| self.reading.names.get(n as usize))
    }

    pub(crate) fn label(&self, token: usize) -> NameLabel {
        self.name(token).map_or(NameLabel::None, |n| n.label)
    }

    /// True when nothing or one blank stands between a token and the next.
    pub(crate) fn joined(&self, token: usize) -> bool {
        let (Some(a), Some(b)) = (self.reading.tokens.get(token), self.reading.tokens.get(token + 1)) else {
            return false;
        };
        matches!(self.text.get(a.span.end as usize..b.span.start as usize), Some("" | " " | "\u{a0}"))
    }

    /// True when the two tokens touch.
    pub(crate) fn glued(&self, token: usize) -> bool {
        let (Some(a), Some(b)) = (self.reading.tokens.get(token), self.reading.tokens.get(token + 1)) else {
            return false;
        };
        a.span.end == b.span.start
    }
}
