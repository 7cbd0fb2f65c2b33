//! Parties to a conflict: who they are, how they are called, and which mention in a
//! [`Reading`](marchland_reading::Reading) means which of them.
//!
//! The [`Registry`] is data: TOML files, embedded from `data/actors` and extended from a user's folder.
//! [`find`] reads an article against it.

mod actor;
mod compose;
mod document;
mod embedded;
mod evidence;
mod find;
mod fold;
mod glance;
mod lexicon;
mod mention;
mod persons;
mod refer;
mod registry;
mod resolve;
mod schema;
mod tail;

pub use actor::{Actor, ActorKind, Conflict, Role};
pub use evidence::Context;
pub use find::{Actors, find, read};
pub use mention::{ActorId, ActorMention, ActorRef, MentionKind};
pub use registry::Registry;
pub use schema::RegistryError;
