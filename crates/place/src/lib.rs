//! Place names in a [`Reading`](marchland_reading::Reading) to places of the gazetteer.
//!
//! [`Gazetteer`] knows the world's towns, divisions, countries, regions and waters and our own supplement; it is embedded
//! and loads in place. [`find`] gives the place names of an article, each with the place that it means, its probability
//! and what else it may mean; [`explain()`] shows the features behind. This room reads no file, no clock and no
//! network.

mod cues;
mod doc;
mod explain;
mod find;
#[doc(hidden)]
pub mod fit;
mod fold;
mod fuzzy;
mod gazetteer;
mod hash;
mod layer;
mod model;
pub mod pack;
mod recognise;
mod reference;
mod resolve;
mod spans;
mod surround;
mod toponym;

pub use explain::{CandidateReason, Contribution, Explanation, explain};
pub use find::{Options, document_countries, find};
pub use fold::fold;
pub use gazetteer::{FuzzyMatch, Gazetteer, Place, kilometres};
pub use layer::{Info, LoadError};
pub use toponym::{Candidate, Offset, Part, PlaceId, Precision, Toponym, ToponymKind};
