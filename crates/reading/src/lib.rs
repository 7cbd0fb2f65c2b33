//! [`Article`](marchland_article::Article) to [`Reading`]: sentences, tokens, tags, arcs, lemmas and names.

mod container;
mod error;
mod hash;
mod labels;
mod model;
mod reading;
mod sentence;
mod tokenizer;

pub use error::ModelError;
pub use labels::{Dep, NameLabel, Pos, Tag};
pub use model::Model;
pub use reading::{Depth, Name, Reading, Sentence, Token};
