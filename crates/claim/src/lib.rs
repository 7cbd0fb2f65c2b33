//! The [`Claim`]: who holds, took, lost or left which place, when, and who says so; the rules
//! (data) that find claims in a reading, and the engine that applies them.

mod claim;

pub use claim::{
    Aggregate, Claim, ClaimId, ClaimPlace, ClaimTime, EventType, Evidence, Interest, Kind, Party, Speaker, Stance,
};
