//! What is looked at: the whole of it stands in the address, and comes back from it.

use std::fmt;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::{Mark, Names};
use marchland_claim::ClaimId;
use marchland_place::PlaceId;
use marchland_words::Tongue;

use crate::said::{Said, said};

/// What is looked at. Every field is a parameter of the address; what is not set is chosen from the data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Valid time: the day asked about (`on`).
    pub on: Option<Date>,
    /// Known time: only what was published by the end of this day counts (`known_by`).
    pub known_by: Option<Date>,
    /// ISO letters of the country (`country`).
    pub country: Option<String>,
    /// Which places are counted (`set`).
    pub set: SetChoice,
    /// The chosen place (`place`).
    pub place: Option<PlaceId>,
    /// The chosen claim (`claim`).
    pub claim: Option<ClaimId>,
    /// Only places that this party holds (`party`).
    pub party: Option<ActorId>,
    /// Only places with this mark (`mark`).
    pub mark: Option<Mark>,
    /// Only places whose name holds these letters (`q`).
    pub q: Option<String>,
    /// Which names the map writes (`names`).
    pub names: Names,
    /// The day compared with (`compare`).
    pub compare: Option<Date>,
    /// First day of the window of the timeline and the sliders (`from`).
    pub from: Option<Date>,
    /// Last day of the window (`to`).
    pub to: Option<Date>,
    /// What the lanes of the timeline stand for (`lanes`).
    pub lanes: Lanes,
    /// Where the map that can be moved stands (`at`).
    pub at: Option<Position>,
    /// The language, where the address says one (`lang`).
    pub lang: Option<Tongue>,
}

/// What the lanes of the timeline stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lanes {
    /// A lane for each place: who held it.
    #[default]
    Places,
    /// A lane for each party: how many places it held.
    Actors,
}

/// Where the map that can be moved stands: longitude, latitude and zoom, in thousandths, so that an address compares
/// equal to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position([i32; 3]);

impl Position {
    /// From "68.857,36.729,6.5": longitude -180 to 180, latitude -90 to 90, zoom 0 to 24.
    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<f64> = text.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [lon, lat, zoom] = parts[..] else { return None };
        let inside = lon.abs() <= 180.0 && lat.abs() <= 90.0 && (0.0..=24.0).contains(&zoom);
        inside.then(|| Self([lon, lat, zoom].map(|x| (x * 1000.0).round() as i32)))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [lon, lat, zoom] = self.0.map(|x| f64::from(x) / 1000.0);
        write!(f, "{lon},{lat},{zoom}")
    }
}

/// Which places are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SetChoice {
    /// Provincial capitals where enough is told of them, else all.
    #[default]
    Auto,
    /// The seats of the first-order divisions, told of or not.
    Capitals,
    /// Every place of which somebody spoke.
    All,
}

const MARKS: [(&str, Mark); 6] = [
    ("held", Mark::Held),
    ("claimed", Mark::Claimed),
    ("disputed", Mark::Disputed),
    ("stale", Mark::Stale),
    ("contested", Mark::Contested),
    ("unknown", Mark::Unknown),
];
const NAMES: [(&str, Names); 4] =
    [("both", Names::Both), ("latin", Names::Latin), ("local", Names::Local), ("none", Names::None)];
const SETS: [(&str, SetChoice); 3] =
    [("auto", SetChoice::Auto), ("capitals", SetChoice::Capitals), ("all", SetChoice::All)];

const LANES: [(&str, Lanes); 2] = [("places", Lanes::Places), ("actors", Lanes::Actors)];

fn word_of<T: PartialEq>(table: &'static [(&'static str, T)], value: &T) -> &'static str {
    table.iter().find(|(_, v)| v == value).map_or("", |(w, _)| w)
}

fn by_word<T: Copy>(table: &[(&str, T)], name: &str, word: &str) -> Result<T, Said> {
    let known = || table.iter().map(|(w, _)| *w).collect::<Vec<_>>().join(", ");
    table
        .iter()
        .find(|(w, _)| *w == word)
        .map(|(_, v)| *v)
        .ok_or_else(|| said!("problem-word", name = name, value = format!("{word:?}"), known = known()))
}

/// The word of a mark in an address.
pub(crate) fn mark_word(mark: Mark) -> &'static str {
    word_of(&MARKS, &mark)
}

impl View {
    /// Reads a view from the parameters of an address; parameters of others are let be.
    ///
    /// # Errors
    /// Says which parameter cannot be understood, and what it should be.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Said> {
        let mut view = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let wrong = |key| said!(key, name = name, value = format!("{value:?}"));
            let day = || value.parse::<Date>().map_err(|_| wrong("problem-day"));
            match name {
                "on" => view.on = Some(day()?),
                "known_by" => view.known_by = Some(day()?),
                "compare" => view.compare = Some(day()?),
                "country" => view.country = Some(value.to_ascii_uppercase()),
                "set" => view.set = by_word(&SETS, name, value)?,
                "place" => {
                    view.place = Some(PlaceId::parse(value).ok_or_else(|| wrong("problem-place-id"))?);
                }
                "claim" => view.claim = Some(ClaimId(value.to_owned())),
                "party" => view.party = Some(ActorId::from(value)),
                "mark" => view.mark = Some(by_word(&MARKS, name, value)?),
                "q" => view.q = Some(value.to_owned()),
                "names" => view.names = by_word(&NAMES, name, value)?,
                "from" => view.from = Some(day()?),
                "to" => view.to = Some(day()?),
                "lanes" => view.lanes = by_word(&LANES, name, value)?,
                "at" => {
                    let wrong = || said!("problem-at", value = format!("{value:?}"));
                    view.at = Some(Position::parse(value).ok_or_else(wrong)?);
                }
                // A language that is not spoken here is no mistake: the browser says which one is next best.
                "lang" => view.lang = Tongue::find(value),
                _ => {}
            }
        }
        Ok(view)
    }

    /// The parameters that stand for the view, in a fixed order, without what is not set.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let mut add = |name, value: Option<String>| out.extend(value.map(|v| (name, v)));
        add("on", self.on.map(|d| d.to_string()));
        add("known_by", self.known_by.map(|d| d.to_string()));
        add("country", self.country.clone());
        add("set", Some(self.set).filter(|s| *s != SetChoice::Auto).map(|s| word_of(&SETS, &s).to_owned()));
        add("place", self.place.map(|p| p.to_string()));
        add("claim", self.claim.as_ref().map(|c| c.0.clone()));
        add("party", self.party.as_ref().map(ToString::to_string));
        add("mark", self.mark.map(|m| mark_word(m).to_owned()));
        add("q", self.q.clone());
        add("names", Some(self.names).filter(|n| *n != Names::Both).map(|n| word_of(&NAMES, &n).to_owned()));
        add("compare", self.compare.map(|d| d.to_string()));
        add("from", self.from.map(|d| d.to_string()));
        add("to", self.to.map(|d| d.to_string()));
        add("lanes", Some(self.lanes).filter(|l| *l != Lanes::Places).map(|l| word_of(&LANES, &l).to_owned()));
        add("at", self.at.map(|at| at.to_string()));
        add("lang", self.lang.map(|t| t.tag().to_owned()));
        out
    }

    /// An address with this view: a path and its parameters.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same view of another day.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        Self { on: Some(day), ..self.clone() }
    }

    /// The same view with a place chosen.
    #[must_use]
    pub fn place(&self, place: PlaceId) -> Self {
        Self { place: Some(place), claim: None, ..self.clone() }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.at("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::option::of;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        "[ -~а-яا-ي&=+%#?]{0,6}[a-zé&=+%]"
    }

    fn day() -> impl Strategy<Value = Date> {
        (1900..2100_i16, 1..13_i8, 1..29_i8).prop_map(|(y, m, d)| date(y, m, d))
    }

    proptest! {
        #[test]
        fn every_view_comes_back_from_its_address(
            (on, known_by, compare) in (of(day()), of(day()), of(day())),
            (country, q, claim, party) in (of("[A-Z]{2}"), of(text()), of("[0-9a-f]{8}"), of("[a-z-]{1,9}")),
            (set, mark, names, place) in (0..3_usize, of(0..6_usize), 0..4_usize, of(0..1_u64 << 33)),
            (from, to, lanes, at) in (of(day()), of(day()), 0..2_usize, of((-180_000..=180_000, -90_000..=90_000, 0..=24_000))),
            lang in of(0..2_usize),
        ) {
            let view = View {
                lang: lang.and_then(|n| Tongue::all().nth(n)),
                from, to, lanes: LANES[lanes].1, at: at.map(|(lon, lat, zoom)| Position([lon, lat, zoom])),
                on, known_by, compare, country, q: q.map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()),
                claim: claim.map(ClaimId), party: party.map(|p| ActorId::from(p.as_str())),
                set: SETS[set].1, mark: mark.map(|m| MARKS[m].1), names: NAMES[names].1, place: place.map(PlaceId),
            };
            let address = view.at("/");
            let query = address.split_once('?').map_or("", |(_, q)| q);
            let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let back = View::from_pairs(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())));
            prop_assert_eq!(back, Ok(view));
        }
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        let error = |name, value| View::from_pairs([(name, value)]).unwrap_err().words(Tongue::ENGLISH);
        assert!(error("on", "9 August").contains("2021-08-09"));
        assert!(error("at", "200,0,3").contains("longitude"));
        assert!(error("mark", "liberated").contains("contested"));
    }
}
