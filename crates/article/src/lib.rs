//! Bytes to [`Article`]: clean text, what was cut and why, outlet, title and publication day.
//!
//! The text of an article is kept whole. What is no news (navigation, related links, comment
//! furniture) stays in the text and is marked as a [`Cut`]; what is left falls into [`Block`]s.
//! This room reads no file, no clock and no network: [`read`] takes whatever the caller opened.

mod article;
mod charset;
mod day;
mod error;
mod feed;
mod furniture;
mod html;
mod json;
mod language;
mod lines;
mod note;
mod plain;
mod read;
mod span;

pub use article::{Article, Block, BlockKind, Cut, CutQuote, CutReason, Head, Published};
pub use day::read_day;
pub use error::{Problem, ReadError};
pub use feed::{FeedItem, read_feed};
pub use note::Note;
pub use read::{Articles, MAX_DOCUMENT, ReadOptions, read, read_bytes};
pub use span::{CodePoints, Span};
