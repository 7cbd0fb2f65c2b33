//! An [`Actor`] and a [`Conflict`], as the registry keeps them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ActorId;

/// What sort of party an actor is: ACLED's kinds, and the observer who is no party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActorKind {
    /// The forces of the government in power.
    #[serde(rename = "state forces")]
    StateForces,
    /// An armed group that wants to overthrow or leave the state.
    #[serde(rename = "rebel group")]
    RebelGroup,
    /// An armed group that serves a party or a person.
    #[serde(rename = "political militia")]
    PoliticalMilitia,
    /// An armed group of one people, faith or place.
    #[serde(rename = "identity militia")]
    IdentityMilitia,
    /// Unarmed people.
    #[serde(rename = "civilians")]
    Civilians,
    /// Forces of another state or of an alliance of states.
    #[serde(rename = "external forces")]
    ExternalForces,
    /// Who only reports or mediates: a monitor, an agency, the ICRC.
    #[serde(rename = "observer")]
    Observer,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Standard English name ("Libyan rebels").
    pub name: String,
    /// What it is, on days of which `roles` say nothing.
    pub kind: ActorKind,
    /// What it is on other days.
    pub roles: Vec<Role>,
    /// ISO 3166 code of the country that it belongs to.
    pub country: Option<String>,
    /// It speaks and fights for this state wherever it appears ("Russia", "Turkey").
    pub state: bool,
    /// The larger party that it is a part of.
    pub part_of: Option<ActorId>,
    /// Other names, in the spellings of the press.
    pub aliases: Vec<String>,
    /// Leaders and spokesmen.
    pub persons: Vec<String>,
    /// Wikidata id ("Q42418").
    pub wikidata: Option<String>,
}

/// What an actor is from day to day, both days included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// What it is.
    pub kind: ActorKind,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Role {
    /// True when the role holds on that day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|d| d <= day) && self.to.is_none_or(|d| day <= d)
    }
}

/// One war, or one phase of a war in which the words keep their meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its id ("libya-2011").
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Other names; an article that says one of them is about this war.
    pub aliases: Vec<String>,
    /// Where it is fought (ISO 3166); the first is the home: whose "government" and "army" are meant.
    pub countries: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
    /// A war between states: there "the Ukrainians" are a party; in a civil war "the Libyans" are on every side.
    pub between_states: bool,
    /// Who stands together.
    pub sides: BTreeMap<String, Vec<ActorId>>,
    /// Who plays which part (a class of `words.toml`: "rebel", "government"), likeliest first.
    pub roles: BTreeMap<String, Vec<ActorId>>,
    /// Words that mean somebody in this war alone ("Kurdish"), likeliest first.
    pub words: BTreeMap<String, Vec<ActorId>>,
}

impl Conflict {
    /// The side that an actor stands on.
    #[must_use]
    pub fn side_of(&self, id: &ActorId) -> Option<&str> {
        self.sides.iter().find(|(_, actors)| actors.contains(id)).map(|(side, _)| side.as_str())
    }

    /// True when the war was on, that day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|d| day <= d)
    }

    /// True when it is fought in that country.
    #[must_use]
    pub fn touches(&self, country: &str) -> bool {
        self.countries.iter().any(|c| c == country)
    }
}
