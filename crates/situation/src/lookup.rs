//! Names, positions and articles for the atlas.

use std::sync::Arc;

use marchland_actor::{ActorId, ActorKind};
use marchland_article::Article;
use marchland_atlas::{Lookup, PlaceInfo};
use marchland_coder::Coder;
use marchland_ledger::Ledger;
use marchland_place::PlaceId;

/// Answers the atlas from the gazetteer, the registry and, where given, the ledger.
pub struct Names<'n> {
    /// Gazetteer and registry.
    pub coder: &'n Coder,
    /// Kept articles.
    pub ledger: Option<&'n dyn Ledger>,
}

impl Lookup for Names<'_> {
    fn place(&self, id: PlaceId) -> Option<PlaceInfo> {
        let gazetteer = self.coder.gazetteer();
        let place = gazetteer.place(id)?;
        Some(PlaceInfo {
            id,
            name: place.name.to_owned(),
            local_name: place.local_name.map(str::to_owned),
            country: place.country.map(str::to_owned),
            country_name: place.country.and_then(|c| gazetteer.country_place(c)).map(|c| c.name.to_owned()),
            admin1: place.admin1_name.map(str::to_owned),
            lat: Some(place.lat),
            lon: Some(place.lon),
            feature: Some(place.feature.to_owned()),
            population: u64::from(place.population),
        })
    }

    fn actor(&self, id: &ActorId) -> Option<String> {
        Some(self.coder.registry().name(id).into_owned())
    }

    fn actor_kind(&self, id: &ActorId) -> Option<String> {
        self.coder.registry().kind_on(id, None).map(|k| acled_kind(k).to_owned())
    }

    fn article(&self, digest: &str) -> Option<Arc<Article>> {
        self.ledger?.article(digest).ok().flatten().map(|entry| Arc::new(entry.article))
    }
}

/// ACLED's word for a kind of actor (its codebook of 2024, "inter" as text).
fn acled_kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::StateForces => "State Forces",
        ActorKind::RebelGroup => "Rebel Group",
        ActorKind::PoliticalMilitia => "Political Militia",
        ActorKind::IdentityMilitia => "Identity Militia",
        ActorKind::Civilians => "Civilians",
        ActorKind::ExternalForces => "External/Other Forces",
        ActorKind::Observer => "",
    }
}
