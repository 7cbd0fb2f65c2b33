//! The trained reader: a small encoder that says of each place mention what is claimed of it, by whom and how; and the
//! model that decides between it and the rules.
//!
//! Purpose: claims that no rule foresees. Dependencies: `reading` for the kernels, all mention rooms for its input,
//! `claim` for what comes out. The way through: `frame` cuts the article into windows of word pieces with typed mentions,
//! `net` says what is claimed of each place, `propose` brings that together with the claims of the rules, `decide` gives
//! each candidate a probability, `reader` writes out what is likely enough. Trained by tools/train.

mod decide;
mod frame;
mod gate;
mod net;
mod propose;
mod reader;
mod weights;
mod wordpiece;

pub use decide::Decider;
pub use frame::{Mark, PartySlot, PartySource, PlaceSlot, PlaceSource, TYPES, TimeSlot, Type, Window, frame};
pub use gate::{Gate, Holds};
pub use net::{Net, OfKind, Said};
pub use propose::{Candidate, FEATURE_NAMES, FEATURES, propose};
pub use reader::{Decided, Opinion, Reader};
pub use weights::WeightsError;
pub use wordpiece::{Piece, Vocabulary};
