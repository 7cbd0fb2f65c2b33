//! Place names in a [`Reading`](marchland_reading::Reading) to places of the gazetteer.

mod toponym;

pub use toponym::{Candidate, Part, PlaceId, Precision, Toponym, ToponymKind};
