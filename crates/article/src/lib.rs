//! Bytes to [`Article`]: clean text, what was cut and why, outlet, title and publication day.
//!
//! The text of an article is kept whole. What is no news (navigation, related links, comment
//! furniture) stays in the text and is marked as a [`Cut`]; what is left falls into [`Block`]s.
//! This room reads no file, no clock and no network.

mod article;
mod span;

pub use article::{Article, Block, BlockKind, Cut, CutReason, Published};
pub use span::{CodePoints, Span};
