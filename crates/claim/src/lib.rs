//! The [`Claim`]: who holds, took, lost or left which place, when, and who says so; the rules
//! (data) that find claims in a reading, and the engine that applies them.

mod aggregate;
mod brief;
mod claim;
mod code;
mod compose;
mod embedded;
mod engine;
mod event;
mod events;
mod facts;
mod happening;
mod infer;
mod known;
mod losses;
mod path;
mod phrase;
mod quote;
mod row;
mod rules;
mod scene;
mod speaker;
mod speech;
mod stance;
mod supply;
mod tree;
mod trial;
mod war;
mod when;
mod words;

pub use brief::{Brief, BriefSpeaker};
pub use claim::{
    Aggregate, Claim, ClaimId, ClaimPlace, ClaimTime, EventType, Evidence, Interest, Kind, Party, Proposer, Speaker,
    Stance,
};
pub use code::{Coded, Mentions, Note, Resources, code};
pub use compose::{Proposal, ProposedParty, compose};
pub use facts::{Facts, PlaceFacts};
pub use known::Known;
pub use row::{to_row, to_row_with};
pub use rules::{MustMatch, MustMiss, Rule, RuleError, Rules};
pub use scene::scene_of;
pub use speech::{Attribution, attributions};
pub use trial::RuleFailure;
pub use war::{NAMES, signs_needed};
