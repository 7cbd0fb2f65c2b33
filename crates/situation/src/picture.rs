//! A map of an area on a day, ready to draw.

use marchland_atlas::{Frame, Lookup, MapPoint, MapRequest, PartyStyle, Tongue, day_words};
use marchland_control::{PlaceState, Query};
use marchland_place::PlaceId;

use crate::{Area, Names, Situation};

/// Where the facts on a map or in a file come from.
pub const ATTRIBUTION: &str = "Computed by Marchland from the news in the ledger. Places: GeoNames (CC BY 4.0).";

/// What a map shows.
pub struct Picture<'s> {
    /// The situation.
    pub situation: &'s Situation,
    /// Which places.
    pub area: Area,
    /// Headline; left out: country and unit.
    pub title: Option<String>,
    /// Width in pixels.
    pub width: u32,
    /// The place to stand out.
    pub chosen: Option<PlaceId>,
    /// Where a point leads, with `{id}` for the place.
    pub link: Option<String>,
}

impl Picture<'_> {
    /// The request for one day.
    #[must_use]
    pub fn on(&self, query: Query) -> MapRequest {
        let parties = self.situation.parties(&self.area);
        MapRequest {
            title: self.heading(),
            query,
            unit: self.area.counted(),
            points: self.points(query),
            frame: self.frame(),
            width: self.width,
            source: "Computed by Marchland from the news in the ledger.".to_owned(),
            link: self.link.clone(),
            parties: Self::only_drawn(parties),
            ..MapRequest::default()
        }
    }

    /// The points of one day.
    #[must_use]
    pub fn points(&self, query: Query) -> Vec<MapPoint> {
        let names = Names { coder: self.situation.coder(), ledger: None };
        let states: Vec<PlaceState> = self.situation.states(&self.area, &query);
        states
            .into_iter()
            .filter_map(|state| {
                let place = names.place(state.place)?;
                // Areas are no points: a province is drawn only where a claim speaks of it, and never as a town.
                let is_area = place.feature.as_deref().is_some_and(|f| f.starts_with("ADM") || f.starts_with("PCL"));
                (!is_area).then(|| MapPoint { chosen: self.chosen == Some(state.place), place, state })
            })
            .collect()
    }

    fn frame(&self) -> Frame {
        self.area.country().map_or(Frame::Auto, |iso| Frame::Countries(vec![iso.to_owned()]))
    }

    fn only_drawn(mut parties: Vec<PartyStyle>) -> Vec<PartyStyle> {
        // More parties than colours would only look alike.
        parties.truncate(8);
        parties
    }

    /// The headline.
    #[must_use]
    pub fn heading(&self) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let gazetteer = self.situation.coder().gazetteer();
        let country = self.area.country().and_then(|iso| gazetteer.country_place(iso)).map(|c| c.name.to_owned());
        match (country, &self.area) {
            (Some(name), Area::Capitals(_)) => format!("{name}: who holds the provincial capitals"),
            (Some(name), _) => format!("{name}: who holds what"),
            (None, _) => "Who holds what".to_owned(),
        }
    }

    /// "Taliban 6 of 34 provincial capitals, 1 contested, as reported by 9 August 2021".
    #[must_use]
    pub fn answer(&self, query: Query) -> String {
        let states = self.situation.states(&self.area, &query);
        let count = marchland_atlas::Count::of(&states);
        let words = count.words(Tongue::ENGLISH, &self.situation.parties(&self.area), self.area.counted());
        format!("{words}, as reported by {}", day_words(query.known_by.unwrap_or(query.on)))
    }
}
