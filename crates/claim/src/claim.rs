//! The record that everything downstream lives on. Terms are those of docs/vocabulary.md.

use jiff::civil::Date;
use marchland_actor::{ActorId, ActorRef};
use marchland_article::Span;
use marchland_place::{Candidate, PlaceId, Precision as PlacePrecision};
use marchland_time::Precision as TimePrecision;
use serde::{Deserialize, Serialize};

/// Stable id of a claim: a digest of article, span, kind, actors, place and stance, in hex.
/// Coding the same text again gives the same id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(pub String);

/// One coded statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// See [`ClaimId`].
    pub id: ClaimId,
    /// What is said of control; `None` for other events.
    pub kind: Option<Kind>,
    /// ACLED's event type, for every claim that is an event.
    pub event: Option<EventType>,
    /// Who holds, gained, left, besieges or kept the place (see [`Kind`]).
    pub holder: Option<Party>,
    /// The other side, where the text says or plainly implies it.
    pub other: Option<Party>,
    /// Where.
    pub place: ClaimPlace,
    /// When.
    pub time: ClaimTime,
    /// How it is said.
    pub stance: Stance,
    /// Who says it; `None` when the writer does.
    pub speaker: Option<Speaker>,
    /// History told in passing, not news of the day.
    pub background: bool,
    /// "five of 34 provincial capitals": a total instead of a single place.
    pub aggregate: Option<Aggregate>,
    /// Killed, where said: low and high.
    pub fatalities: Option<(u32, u32)>,
    /// Injured, where said: low and high.
    pub injured: Option<(u32, u32)>,
    /// Displaced, where said: low and high.
    pub displaced: Option<(u32, u32)>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Who found it.
    #[serde(default)]
    pub proposer: Proposer,
    /// The coder's confidence that the claim is in the text, 0 to 1.
    pub confidence: f32,
}

/// Who found a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposer {
    /// A rule alone.
    #[default]
    Rules,
    /// The trained reader alone.
    Reader,
    /// A rule and the reader.
    Both,
    /// A person, who marked the sentence.
    Analyst,
    /// A language model that a user asked; the evidence's rule names it.
    Model,
}

/// The kinds of control claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The place changed hands; holder: who got it.
    Transfer,
    /// A state; holder: who holds.
    Holds,
    /// Being fought over inside or for the place; no holder.
    Contested,
    /// Surrounded; holder: the besieger.
    Besieged,
    /// A force left; holder: who left.
    Withdrawal,
    /// An attack failed; holder: who kept the place.
    Repelled,
}

/// How a claim is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// The writer states it.
    Asserted,
    /// Attributed to somebody.
    Claimed,
    /// Said not to be so.
    Denied,
    /// Intended, ordered, attempted, under way.
    Planned,
    /// If, could, may, would.
    Hypothetical,
}

/// A party as the text names it and as we know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// The actor meant; `None` when nobody can say.
    pub actor: Option<ActorId>,
    /// Its standard name; the words of the text where the actor is not known.
    pub name: String,
    /// The words of the text.
    pub span: Span,
    /// 0 to 1.
    pub score: f32,
    /// Others it may mean.
    pub alternatives: Vec<ActorRef>,
}

/// The place of a claim. Standing data (name, position) is copied in, so that a claim can be read
/// without the gazetteer that coded it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimPlace {
    /// The gazetteer's id; `None` when the place is not known to it.
    pub id: Option<PlaceId>,
    /// The words of the text.
    pub span: Span,
    /// Standard name; the words of the text where the place is not known.
    pub name: String,
    /// ISO 3166 two letters.
    pub country: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames feature code ("PPLA").
    pub feature: Option<String>,
    /// How exactly the text says where.
    pub precision: PlacePrecision,
    /// Probability that the place is the right one, 0 to 1.
    pub score: f32,
    /// Other places it may be.
    pub alternatives: Vec<Candidate>,
    /// Only this part is meant.
    pub part: Option<String>,
}

/// The time of a claim: when it was so in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimTime {
    /// First day; `None`: not known, or open.
    pub valid_from: Option<Date>,
    /// Last day; `None`: not known, or still so.
    pub valid_to: Option<Date>,
    /// The words that say it, when there are any.
    pub span: Option<Span>,
    /// How exact.
    pub precision: Option<TimePrecision>,
    /// True when the days rest on the publication day alone ("news in the simple past").
    pub inferred: bool,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words of the text.
    pub span: Span,
    /// Name, as the text gives it ("Zabihullah Mujahid", "a security official").
    pub name: String,
    /// Role, as the text gives it ("spokesman for the Taliban").
    pub role: Option<String>,
    /// The party spoken for.
    pub party: Option<ActorId>,
    /// Whose interest the statement serves.
    pub interest: Interest,
}

/// Whose interest a statement serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// The speaker's own side gains by it.
    SelfServing,
    /// The speaker's own side loses by it.
    AgainstInterest,
    /// The speaker is of no side, as far as known.
    ThirdParty,
}

/// A total instead of a single place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// How many.
    pub count: u32,
    /// Of how many, where said.
    pub of: Option<u32>,
    /// Of what ("provincial capitals", "districts").
    pub unit: String,
    /// True for "the sixth provincial capital": an order, not a total.
    pub ordinal: bool,
}

/// ACLED's words for an event, with the crosswalk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventType {
    /// "Battles", "Strategic developments" ...
    pub event_type: String,
    /// "Non-state actor overtakes territory" ...
    pub sub_event_type: String,
    /// CAMEO code, a string.
    pub cameo: Option<String>,
    /// PLOVER code, a string.
    pub plover: Option<String>,
}

/// What a claim rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Digest of the article.
    pub article: String,
    /// The sentence.
    pub sentence: Span,
    /// The clause that makes the claim, within the sentence.
    pub clause: Span,
    /// The words that triggered the rule.
    pub trigger: Span,
    /// The id of the rule that matched.
    pub rule: String,
}
