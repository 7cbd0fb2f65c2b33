//! [`Article`](marchland_article::Article) to [`Reading`]: sentences, tokens, tags, arcs, lemmas and names.

mod cascade;
mod container;
mod desk;
mod encode;
mod error;
mod hash;
mod kernels;
mod labels;
mod lemma;
mod lexicon;
mod model;
mod name;
pub mod numeric;
mod parse;
mod read;
mod reading;
mod ruler;
mod sentence;
mod tagger;
mod tokenizer;
mod transition;
mod weights;

pub use cascade::Cascade;
pub use error::ModelError;
pub use labels::{Dep, NameLabel, Pos, Tag};
pub use model::{Gate, Model, Precision, Probe, ReadOptions, Stage};
pub use reading::{Depth, Name, Reading, Sentence, Token};
