//! Which places a question is about.

use marchland_atlas::Unit;
use marchland_coder::Coder;
use marchland_place::PlaceId;

/// Which places a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    /// All of which somebody spoke, without whole countries: "holds Libya" says nothing of a single town.
    All,
    /// Those in a country (ISO 3166, two letters) of which somebody spoke, without the country as a whole.
    Country(String),
    /// The countries of which somebody spoke as a whole.
    Countries,
    /// The seats of a country's first-order divisions, also those of which nobody spoke.
    Capitals(String),
    /// These.
    Places(Vec<PlaceId>),
}

/// Why no single place could be taken for the words.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Nothing of that name.
    #[error("no place is called {asked:?}{}\n  hint: try `marchland gazetteer find --fuzzy {asked}`", in_country(.country.as_deref()))]
    Unknown {
        /// The words.
        asked: String,
        /// The country asked for.
        country: Option<String>,
    },
}

fn in_country(country: Option<&str>) -> String {
    country.map_or_else(String::new, |c| format!(" in {c}"))
}

impl Area {
    /// The area in the plural, for headings: "provincial capitals", "places".
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Capitals(_) => "provincial capitals",
            Self::Countries => "countries",
            _ => "places",
        }
    }

    /// What is counted in it, for maps.
    #[must_use]
    pub fn counted(&self) -> Unit {
        match self {
            Self::Capitals(_) => Unit::Capitals,
            _ => Unit::Places,
        }
    }

    /// The country, where the area has one.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        match self {
            Self::Country(iso) | Self::Capitals(iso) => Some(iso),
            _ => None,
        }
    }
}

/// The place meant by an id or a name: of several of one name, the one of which somebody spoke, then the town with
/// the most inhabitants. `spoken` tells whether somebody spoke of a place.
pub(crate) fn find_place(
    coder: &Coder,
    words: &str,
    country: Option<&str>,
    spoken: impl Fn(PlaceId) -> bool,
) -> Result<PlaceId, PlaceError> {
    let gazetteer = coder.gazetteer();
    if let Some(id) = PlaceId::parse(words).filter(|id| gazetteer.place(*id).is_some()) {
        return Ok(id);
    }
    let mut found: Vec<_> = gazetteer.lookup(words).into_iter().filter_map(|id| gazetteer.place(id)).collect();
    found.retain(|p| country.is_none_or(|c| p.country == Some(c)));
    found
        .into_iter()
        .max_by_key(|p| (spoken(p.id), p.is_town(), p.population, std::cmp::Reverse(p.id)))
        .map(|p| p.id)
        .ok_or_else(|| PlaceError::Unknown { asked: words.to_owned(), country: country.map(str::to_owned) })
}

impl crate::Situation {
    /// The place meant by an id or a name.
    ///
    /// # Errors
    /// When the gazetteer knows nothing of that name.
    pub fn find_place(&self, words: &str, country: Option<&str>) -> Result<PlaceId, PlaceError> {
        let spoken: std::collections::BTreeSet<PlaceId> = self.control().places().collect();
        find_place(self.coder(), words, country, |p| spoken.contains(&p))
    }
}
