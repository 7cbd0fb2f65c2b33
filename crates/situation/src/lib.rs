//! From a ledger to the situation: control over its current claims, with the names, positions and articles
//! that maps, tables and pages need.
//!
//! The command line and the server ask the same questions of a ledger. This room is where a question is answered
//! once for both. It keeps nothing: all in it is computed from the ledger and can be computed again.

mod area;
mod doubt;
mod lookup;
mod picture;
mod reckoning;
mod situation;

pub use area::{Area, PlaceError};
pub use doubt::{Doubt, DoubtKind};
pub use lookup::Names;
pub use picture::{ATTRIBUTION, Picture};
pub use reckoning::Reckoning;
pub use situation::Situation;
