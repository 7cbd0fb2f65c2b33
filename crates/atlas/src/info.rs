//! What the atlas must be told of places, actors and articles.

use std::sync::Arc;

use marchland_actor::ActorId;
use marchland_article::Article;
use marchland_place::PlaceId;

/// A place as it is drawn and written.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceInfo {
    /// Which place.
    pub id: PlaceId,
    /// Standard Latin name.
    pub name: String,
    /// Name in the country's own script, where known.
    pub local_name: Option<String>,
    /// ISO 3166 two letters.
    pub country: Option<String>,
    /// English name of the country.
    pub country_name: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames feature code ("PPLA"; "ADM1" for a province).
    pub feature: Option<String>,
    /// Inhabitants; 0 where not known.
    pub population: u64,
}

impl PlaceInfo {
    /// Latitude and longitude, when both are known.
    #[must_use]
    pub fn position(&self) -> Option<(f64, f64)> {
        self.lat.zip(self.lon)
    }
}

/// Where the atlas looks things up: the gazetteer, the registry of actors, the kept articles.
pub trait Lookup {
    /// A place by its id.
    fn place(&self, id: PlaceId) -> Option<PlaceInfo>;

    /// The standard name of an actor.
    fn actor(&self, id: &ActorId) -> Option<String>;

    /// ACLED's word for the kind of an actor ("State Forces", "Rebel Group"), where known.
    fn actor_kind(&self, _id: &ActorId) -> Option<String> {
        None
    }

    /// A kept article by its digest.
    fn article(&self, digest: &str) -> Option<Arc<Article>>;

    /// The actor's name, or its id where it has none.
    fn actor_name(&self, id: &ActorId) -> String {
        self.actor(id).unwrap_or_else(|| id.to_string())
    }
}
