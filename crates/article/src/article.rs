//! The [`Article`]: the one thing that every later room looks at.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{CodePoints, Note, Span};

/// One news text, kept whole, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The reader's own name for it: the `id` of a JSON line, a file name; never empty.
    pub id: String,
    /// The whole text as stored. Every span of every room counts its bytes.
    pub text: String,
    /// The title, when given beside the text or read from the page. It is not part of `text`
    /// unless the page repeats it there.
    pub title: Option<String>,
    /// Where it was printed, when known.
    pub url: Option<String>,
    /// Who printed it ("Example Wire"), when known.
    pub outlet: Option<String>,
    /// The publication day.
    pub published: Published,
    /// What is no news, in order, not overlapping.
    pub cuts: Vec<Cut>,
    /// What is left, in order, not overlapping, never touching a cut. Each paragraph is one block of running text:
    /// a reading never joins words across blocks.
    pub blocks: Vec<Block>,
    /// SHA-256 over text, title, url, outlet and published day, in hex: the article's identity in the ledger.
    pub digest: String,
    /// What a reader should know of how it was read ("not English", "wrong charset label"). Not part of the digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What is known of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// See [`Article::id`].
    pub id: String,
    /// See [`Article::title`].
    pub title: Option<String>,
    /// See [`Article::url`].
    pub url: Option<String>,
    /// See [`Article::outlet`].
    pub outlet: Option<String>,
    /// See [`Article::published`].
    pub published: Published,
}

impl Head {
    /// A head of which only the name is known.
    #[must_use]
    pub fn named(id: impl Into<String>) -> Self {
        Self { id: id.into(), title: None, url: None, outlet: None, published: Published::Unknown }
    }

    /// The same head, with a publication day that somebody gave.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.published = Published::Given { day };
        self
    }
}

/// One cut as it is shown outside: Unicode code points, end exclusive, and the exact words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutQuote<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Why.
    pub reason: CutReason,
    /// The words.
    pub quote: &'a str,
}

impl Article {
    /// The one place where an article is put together: it counts the digest.
    ///
    /// Cuts and blocks must be in order, disjoint and on character boundaries.
    #[must_use]
    pub fn new(head: Head, text: String, cuts: Vec<Cut>, blocks: Vec<Block>, notes: Vec<Note>) -> Self {
        let digest = digest(&head, &text);
        let Head { id, title, url, outlet, published } = head;
        Self { id, text, title, url, outlet, published, cuts, blocks, digest, notes }
    }

    /// An article from plain text: finds the cuts, the blocks, the headline and a dateline's day.
    ///
    /// ```
    /// use marchland_article::{Article, Head};
    /// let article = Article::plain(Head::named("a"), "The town fell on Friday.\nRead more: Other news".into());
    /// assert_eq!(article.clean_text(), "The town fell on Friday.");
    /// ```
    #[must_use]
    pub fn plain(head: Head, text: String) -> Self {
        crate::plain::article(head, text, Vec::new())
    }

    /// What is left when the cuts are taken away: the blocks' text, joined by blank lines.
    /// Line breaks inside a wrapped paragraph become spaces.
    #[must_use]
    pub fn clean_text(&self) -> String {
        let mut clean = String::with_capacity(self.text.len());
        for block in &self.blocks {
            if !clean.is_empty() {
                clean.push_str("\n\n");
            }
            let mut lines = block.span.of(&self.text).lines().map(str::trim).filter(|line| !line.is_empty());
            if let Some(first) = lines.next() {
                clean.push_str(first);
            }
            for line in lines {
                clean.push(' ');
                clean.push_str(line);
            }
        }
        clean
    }

    /// The cuts as they are shown outside.
    #[must_use]
    pub fn cut_quotes(&self) -> Vec<CutQuote<'_>> {
        if self.cuts.is_empty() {
            return Vec::new();
        }
        let points = CodePoints::new(&self.text);
        let shown = |cut: &Cut| {
            let (start, end) = points.span(cut.span);
            CutQuote { start, end, reason: cut.reason, quote: cut.span.of(&self.text) }
        };
        self.cuts.iter().map(shown).collect()
    }
}

/// Every field with its length before it, so that no two heads share a digest by moving a letter.
fn digest(head: &Head, text: &str) -> String {
    let mut sha = Sha256::new();
    let day = head.published.day().map(|day| day.to_string());
    let fields = [Some(text), head.title.as_deref(), head.url.as_deref(), head.outlet.as_deref(), day.as_deref()];
    for field in fields {
        match field {
            Some(field) => {
                sha.update((field.len() as u64 + 1).to_le_bytes());
                sha.update(field.as_bytes());
            }
            None => sha.update(0u64.to_le_bytes()),
        }
    }
    sha.finalize().iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}

/// When the article was published. Never invented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Published {
    /// Said by whoever gave us the article (a JSON field, `--published`, an analyst).
    Given {
        /// The day.
        day: Date,
    },
    /// Read from the page itself.
    Read {
        /// The day.
        day: Date,
        /// Where it stood: "json-ld", "meta article:published_time", "time element", "dateline" ...
        from: String,
    },
    /// Nobody said.
    Unknown,
}

impl Published {
    /// The day, if there is one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Given { day } | Self::Read { day, .. } => Some(*day),
            Self::Unknown => None,
        }
    }
}

/// A stretch of text that is no news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: CutReason,
}

/// Why a stretch of text is no news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutReason {
    /// Menus, breadcrumbs, share buttons.
    Navigation,
    /// "Read more: ...", "Read also: ...", "Related: ...".
    RelatedLink,
    /// "No comments:", "Post a Comment".
    Comments,
    /// Subscriptions, newsletters, "Do You Know What we Have Posted on".
    Promo,
    /// The title said again.
    RepeatedTitle,
    /// A credit line of a picture.
    Credit,
    /// The words beneath a picture on a page: often an old picture, told of an old day.
    Caption,
    /// Copyright, wire sign-offs, bylines' small print, a note on where the text comes from.
    Notice,
    /// A line of dots, dashes or stars between parts.
    Separator,
}

impl CutReason {
    /// The reason in words, for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::RelatedLink => "related link",
            Self::Comments => "comment furniture",
            Self::Promo => "promotion",
            Self::RepeatedTitle => "title repeated",
            Self::Credit => "picture credit",
            Self::Caption => "picture caption",
            Self::Notice => "notice",
            Self::Separator => "separator",
        }
    }
}

/// One block of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where, without white space at either end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A crosshead or section heading ("NERVE AXIS"): structure, never part of a sentence.
    Heading,
    /// Where and when it was written, before the first sentence ("KABUL, Aug. 12 (Example Wire) -"): structure.
    Dateline,
    /// Running text.
    Paragraph,
    /// An entry of a list or a cell of a table.
    Item,
}
