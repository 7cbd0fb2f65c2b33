//! A claim without its words: what must be known of it to reckon who holds a place. A ledger of a million claims keeps
//! these apart from the claims, so that a reckoning need not read every text, span and alternative.

use std::sync::Arc;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_place::{PlaceId, Precision};

use crate::{Aggregate, Claim, ClaimId, Interest, Kind, Stance};

/// What control needs of a claim. The fields are those of the [`Claim`] of the same names.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Brief {
    pub id: ClaimId,
    pub kind: Option<Kind>,
    pub holder: Option<ActorId>,
    pub other: Option<ActorId>,
    pub stance: Stance,
    pub speaker: Option<BriefSpeaker>,
    pub background: bool,
    pub aggregate: Option<Aggregate>,
    pub place: Option<PlaceId>,
    /// Probability that the place is the right one, 0 to 1.
    pub place_score: f32,
    /// Standard name of the place.
    pub place_name: Arc<str>,
    pub country: Option<Arc<str>>,
    pub admin1: Option<Arc<str>>,
    pub feature: Option<Arc<str>>,
    pub precision: Precision,
    pub part: Option<Arc<str>>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub inferred: bool,
    pub confidence: f32,
}

/// What control needs of a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct BriefSpeaker {
    pub name: Arc<str>,
    pub role: Option<Arc<str>>,
    pub party: Option<ActorId>,
    pub interest: Interest,
}

impl From<&Claim> for Brief {
    fn from(c: &Claim) -> Self {
        let actor = |p: &Option<crate::Party>| p.as_ref().and_then(|p| p.actor.clone());
        let text = |t: &Option<String>| t.as_deref().map(Arc::from);
        Self {
            id: c.id.clone(),
            kind: c.kind,
            holder: actor(&c.holder),
            other: actor(&c.other),
            stance: c.stance,
            speaker: c.speaker.as_ref().map(|s| BriefSpeaker {
                name: s.name.as_str().into(),
                role: text(&s.role),
                party: s.party.clone(),
                interest: s.interest,
            }),
            background: c.background,
            aggregate: c.aggregate.clone(),
            place: c.place.id,
            place_score: c.place.score,
            place_name: c.place.name.as_str().into(),
            country: text(&c.place.country),
            admin1: text(&c.place.admin1),
            feature: text(&c.place.feature),
            precision: c.place.precision,
            part: text(&c.place.part),
            valid_from: c.time.valid_from,
            valid_to: c.time.valid_to,
            inferred: c.time.inferred,
            confidence: c.confidence,
        }
    }
}
