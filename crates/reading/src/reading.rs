//! The [`Reading`]: what the language model says of an article.

use marchland_article::Span;

use crate::{Dep, NameLabel, Pos, Tag};

/// A reading of one article. Tokens own no text; they are spans of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// All tokens, in the order of the text. White space is no token here.
    pub tokens: Vec<Token>,
    /// Sentences, in order; a sentence never crosses a block of the article.
    pub sentences: Vec<Sentence>,
    /// Names found by the language model, in order, not overlapping.
    pub names: Vec<Name>,
    /// Pool of lemmas; see [`Reading::lemma`].
    pub lemmas: Vec<Box<str>>,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Fine tag.
    pub tag: Tag,
    /// Coarse tag.
    pub pos: Pos,
    /// Arc to the head.
    pub dep: Dep,
    /// Index of the head in [`Reading::tokens`]; its own index at a root and where nothing was parsed.
    pub head: u32,
    /// Index into [`Reading::lemmas`].
    pub lemma: u32,
}

/// How deeply a sentence was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Depth {
    /// Sentence and tokens only.
    #[default]
    Tokens,
    /// Tags, lemmas, arcs and names as well.
    Full,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its first token.
    pub first: u32,
    /// One past its last token.
    pub last: u32,
    /// Index of the article's block that it is part of.
    pub block: u32,
    /// How deeply it was read.
    pub depth: Depth,
}

/// A name found by the language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// What kind of name.
    pub label: NameLabel,
}

impl Reading {
    /// The lemma of a token; empty where nothing was read.
    #[must_use]
    pub fn lemma(&self, token: usize) -> &str {
        self.tokens.get(token).and_then(|t| self.lemmas.get(t.lemma as usize)).map_or("", |l| l)
    }

    /// The sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| (s.last as usize) <= token);
        (at < self.sentences.len()).then_some(at)
    }

    /// The first token that ends after a byte offset: where a span begins among the tokens.
    #[must_use]
    pub fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= byte)
    }

    /// The tokens that a span touches, as a range of indices.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.token_at(span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        first..last.max(first)
    }

    /// The children of a token in the tree of its sentence, in order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.sentence_of(token).map_or(0..0, |s| {
            let s = &self.sentences[s];
            s.first as usize..s.last as usize
        });
        range.filter(move |&i| i != token && self.tokens[i].head as usize == token)
    }
}
