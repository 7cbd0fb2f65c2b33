//! The trained reader: a small encoder that says of each place mention what is claimed of it, by whom and how.
//!
//! Purpose: claims that no rule foresees. Dependencies: `reading` for the kernels, all mention rooms for its input,
//! `claim` for what comes out.

mod frame;
mod wordpiece;

pub use frame::{PartySlot, PartySource, PlaceSlot, PlaceSource, TYPES, TimeSlot, Type, Window, frame};
pub use wordpiece::{Piece, Vocabulary};
