//! What would change an answer: the answer once more, with one report more.

use std::sync::Arc;

use marchland_actor::ActorId;
use marchland_claim::{ClaimId, Kind, Stance};
use marchland_place::PlaceId;
use serde::{Deserialize, Serialize};

use crate::case::{Body, Case, Held};
use crate::control::Control;
use crate::day::number;
use crate::report::{Exactness, Report};
use crate::speaker::Voice;
use crate::state::{Query, Status};
use crate::vote::Reach;

/// What the answer would be if one more voice said that a party took the place on the day asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Who would be said to have taken it.
    pub party: ActorId,
    /// Whose voice it would be.
    pub voice: Voice,
    /// The status then.
    pub status: Status,
    /// Who would hold it then.
    pub holder: Option<ActorId>,
    /// Probability of that, 0 to 1.
    pub probability: f64,
}

impl Control {
    /// For each party named at the place that does not hold it: the answer if a newsroom, the loser or only the winner
    /// said that the party took it on the day asked about. Empty where nobody spoke of the place.
    #[must_use]
    pub fn what_if(&self, place: PlaceId, query: &Query) -> Vec<Turn> {
        let Some(case) = self.case(place, query.known_by) else { return Vec::new() };
        let now = case.answer(place, *query, case.whole, false);
        let mut out = Vec::new();
        for party in case.parties.iter().filter(|p| now.status != Status::Controlled || now.holder.as_ref() != Some(p))
        {
            for voice in [Voice::Newsroom, Voice::Loser, Voice::Winner] {
                let loser = now.holder.clone().filter(|h| h != party);
                let report = Arc::new(Report {
                    place,
                    article: "".into(),
                    claim: ClaimId(String::new()),
                    kind: Kind::Transfer,
                    holder: Some(party.clone()),
                    other: loser.clone(),
                    stance: Stance::Asserted,
                    voice,
                    party: match voice {
                        Voice::Winner => Some(party.clone()),
                        Voice::Loser => loser,
                        _ => None,
                    },
                    // An origin that no report has.
                    origin: "".into(),
                    story: "".into(),
                    from: Some(query.on),
                    to: Some(query.on),
                    inferred: false,
                    background: false,
                    known: query.on,
                    part: None,
                    region: None,
                    exactness: Exactness::Exact,
                    area: false,
                    weight: 1000,
                });
                let reports = self.informing(place).chain(std::iter::once((&report, Reach::Whole)));
                let until = query.known_by.map(|k| number(k).max(number(query.on)));
                let body = Body::new(reports, until, self.params(), self.chains(), true);
                let then = Case::of(Held::Own(Arc::new(body)), self.params(), self.chains())
                    .answer(place, *query, true, false);
                out.push(Turn {
                    party: party.clone(),
                    voice,
                    status: then.status,
                    holder: then.holder,
                    probability: then.probability,
                });
            }
        }
        out
    }
}
