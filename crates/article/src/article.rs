//! The [`Article`]: the one thing that every later room looks at.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Span;

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
    /// Copyright and wire sign-offs.
    Notice,
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
            Self::Notice => "notice",
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
    /// Running text.
    Paragraph,
    /// An entry of a list or a cell of a table.
    Item,
}
