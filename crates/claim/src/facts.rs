//! What coding needs to know of places and actors beyond the mentions.

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_place::PlaceId;

/// Standing data of a place, copied into a claim.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceFacts {
    /// Standard name.
    pub name: String,
    /// ISO 3166 two letters.
    pub country: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames feature code.
    pub feature: Option<String>,
}

/// Looks up places and actors. The program answers from its gazetteer and registry; a test answers from a few lines.
pub trait Facts {
    /// Standing data of a place.
    fn place(&self, id: PlaceId) -> Option<PlaceFacts>;
    /// Standard name of an actor.
    fn actor_name(&self, id: &ActorId) -> Option<String>;
    /// The government of a country as an actor ("Russia captured ..."), by ISO code.
    fn government(&self, country: &str) -> Option<ActorId>;
    /// True when two actors fight on one side, as far as known.
    fn allied(&self, a: &ActorId, b: &ActorId, day: Option<Date>) -> bool;
    /// False for civilians and observers: who can hold no place.
    fn fights(&self, id: &ActorId) -> bool;
    /// True for a party of a war that is neither a state nor the forces of one: who names it speaks of a war.
    fn armed_group(&self, id: &ActorId) -> bool;
    /// Whom an actor fights in the wars of that day, likeliest first.
    fn opponents(&self, id: &ActorId, day: Option<Date>) -> Vec<ActorId>;
    /// True for state forces on that day ("Government regains territory").
    fn is_state(&self, id: &ActorId, day: Option<Date>) -> Option<bool>;
    /// True for an armed group that fights beside the government of its own country: ACLED counts it with the state ("government forces
    /// or their affiliates", codebook, Government regains territory).
    fn serves_state(&self, id: &ActorId, day: Option<Date>) -> bool;
    /// True for the forces of another state than this country's (ISO code).
    fn foreign(&self, id: &ActorId, country: &str) -> bool;
}
