//! [`Article`](marchland_article::Article) to [`Reading`]: sentences, tokens, tags, arcs, lemmas and names.

mod labels;
mod reading;

pub use labels::{Dep, NameLabel, Pos, Tag};
pub use reading::{Depth, Name, Reading, Sentence, Token};
