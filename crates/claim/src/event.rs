//! ACLED's name for what a control claim tells, with the crosswalk (data/rules/crosswalk.toml).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{EventType, Kind};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    event_type: String,
    cameo: Option<String>,
    plover: Option<String>,
}

/// ACLED's sub-event types with their codes elsewhere.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Crosswalk {
    #[serde(rename = "type")]
    types: BTreeMap<String, Row>,
}

impl Crosswalk {
    /// The full record of a sub-event type; `None` for a name that is not ACLED's.
    pub fn event(&self, sub_event_type: &str) -> Option<EventType> {
        let row = self.types.get(sub_event_type)?;
        Some(EventType {
            event_type: row.event_type.clone(),
            sub_event_type: sub_event_type.to_owned(),
            cameo: row.cameo.clone(),
            plover: row.plover.clone(),
        })
    }

    /// What a control claim is as an event. `gainer_is_state` and `loser_is_state`: what is known of the parties;
    /// `peaceful`: the text says that there was no fight.
    pub fn of_control(
        &self,
        kind: Kind,
        gainer_is_state: Option<bool>,
        loser_is_state: Option<bool>,
        peaceful: bool,
    ) -> Option<EventType> {
        let mut event = match kind {
            Kind::Holds => return None,
            Kind::Transfer if peaceful => self.event("Non-violent transfer of territory"),
            Kind::Withdrawal => self.event("Non-violent transfer of territory"),
            // State against state has no word of ACLED's: the kind says that it is a transfer.
            Kind::Transfer if gainer_is_state == Some(true) && loser_is_state == Some(true) => {
                self.event("Armed clash")
            }
            Kind::Transfer if gainer_is_state == Some(true) => self.event("Government regains territory"),
            // Nobody says who gained: an armed group loses to the state.
            Kind::Transfer if gainer_is_state.is_none() && loser_is_state == Some(false) => {
                self.event("Government regains territory")
            }
            Kind::Transfer => self.event("Non-state actor overtakes territory"),
            Kind::Contested | Kind::Repelled => self.event("Armed clash"),
            Kind::Besieged => self.event("Other"),
        }?;
        match kind {
            Kind::Transfer if !peaceful => event.cameo = Some("192".to_owned()),
            Kind::Besieged => event.cameo = Some("191".to_owned()),
            _ => {}
        }
        Some(event)
    }
}
