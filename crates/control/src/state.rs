//! The answer: the state of a place on a day, as known by a day, with its reasons.

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_claim::{ClaimId, Stance};
use marchland_place::PlaceId;
use serde::{Deserialize, Serialize};

/// Which day is asked about, and what may be known of it. Every question takes both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Valid time: the day asked about.
    pub on: Date,
    /// Known time: only what was published by the end of this day counts; `None`: all that is known.
    pub known_by: Option<Date>,
}

/// Status of a place on a day. Computed, never stored as truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// One party holds it.
    Controlled,
    /// It is being fought over, or the evidence is balanced.
    Contested,
    /// Nobody spoke of it, or not enough.
    Unknown,
}

/// What to make of the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// Told by a third party or against interest.
    Confirmed,
    /// Only the winner says so.
    Claimed,
    /// A live denial or opposing statement exists.
    Disputed,
    /// Nobody has spoken of it for a long time.
    Stale,
}

/// The state of one place on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceState {
    /// Which place.
    pub place: PlaceId,
    /// The question that this answers.
    pub query: Query,
    /// The status.
    pub status: Status,
    /// Who holds it, when controlled; who leads, when contested and somebody does.
    pub holder: Option<ActorId>,
    /// What to make of it; `None` when unknown.
    pub qualifier: Option<Qualifier>,
    /// Probability of the holder (controlled) or of the contested state, 0 to 1.
    pub probability: f64,
    /// Probability of each party, best first, and of contested (`None`).
    pub beliefs: Vec<(Option<ActorId>, f64)>,
    /// Somebody besieges it.
    pub besieged_by: Option<ActorId>,
    /// Parts of it with a state of their own ("airport": held by whom).
    pub parts: Vec<(String, ActorId)>,
    /// First day of the present state, as far as told.
    pub since: Option<Date>,
    /// The last day on which somebody spoke of it.
    pub last_confirmed: Option<Date>,
    /// Reports that count.
    pub reports: u32,
    /// Independent origins among them.
    pub independent: u32,
    /// Log odds of the likeliest state against the next likely one, in decibans; the sum over `reasons`.
    pub log_odds: f64,
    /// The argument, strongest first. Only [`Control::state`](crate::Control::state) gives it; on a map it is empty.
    pub reasons: Vec<Reason>,
}

impl PlaceState {
    /// True when the place is called controlled, but with less than the probability that makes it sure.
    #[must_use]
    pub fn is_likely_only(&self) -> bool {
        self.status == Status::Controlled && self.probability < 0.9
    }

    /// The answer for a place of which nobody has spoken.
    #[must_use]
    pub fn unknown(place: PlaceId, query: Query) -> Self {
        Self {
            place,
            query,
            status: Status::Unknown,
            holder: None,
            qualifier: None,
            probability: 0.0,
            beliefs: Vec::new(),
            besieged_by: None,
            parts: Vec::new(),
            since: None,
            last_confirmed: None,
            reports: 0,
            independent: 0,
            log_odds: 0.0,
            reasons: Vec::new(),
        }
    }
}

/// One reason for or against the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What kind of reason.
    pub kind: ReasonKind,
    /// The claim, when the reason is a report.
    pub claim: Option<ClaimId>,
    /// For whom it speaks; `None`: for contested.
    pub speaks_for: Option<ActorId>,
    /// Weight of evidence in decibans for the answer given (negative: against it).
    pub decibans: f64,
    /// Stance of the report.
    pub stance: Option<Stance>,
    /// The valid day at which it counts.
    pub day: Option<Date>,
}

/// Kinds of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Where the calculation starts.
    Prior,
    /// What the passing of days did.
    Drift,
    /// A report.
    Report,
}

/// A stretch of days with one state: a row of the control table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ControlInterval {
    /// Which place.
    pub place: PlaceId,
    /// First day.
    pub valid_from: Date,
    /// First day on which it is no longer so; `None`: still so.
    pub valid_to: Option<Date>,
    /// The status.
    pub status: Status,
    /// What to make of it.
    pub qualifier: Option<Qualifier>,
    /// Who holds it.
    pub holder: Option<ActorId>,
    /// Mean probability over the stretch, 0 to 1.
    pub probability: f64,
    /// The last day on which somebody spoke of it, as known.
    pub last_confirmed: Option<Date>,
    /// Reports that count.
    pub reports: u32,
    /// Independent origins among them.
    pub independent: u32,
    /// What may be known.
    pub known_by: Option<Date>,
    /// The claims that it rests on.
    pub claims: Vec<ClaimId>,
}
