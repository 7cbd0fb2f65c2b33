//! Place names in a [`Reading`](marchland_reading::Reading) to places of the gazetteer.
//!
//! [`Gazetteer`] knows the world's towns, divisions, countries, regions and waters and our own supplement; it is embedded
//! and loads in place. This room reads no file, no clock and no network.

mod fold;
mod fuzzy;
mod gazetteer;
mod layer;
pub mod pack;
mod toponym;

pub use fold::fold;
pub use gazetteer::{FuzzyMatch, Gazetteer, Place, kilometres};
pub use layer::{Info, LoadError};
pub use toponym::{Candidate, Part, PlaceId, Precision, Toponym, ToponymKind};
