//! Parties to a conflict: who they are, how they are called, and which mention in a
//! [`Reading`](marchland_reading::Reading) means which of them.

mod mention;

pub use mention::{ActorId, ActorMention, ActorRef, MentionKind};
