//! A mention of a place, and the places that it may mean.

use std::fmt;

use marchland_article::Span;
use serde::{Deserialize, Serialize};

use crate::Gazetteer;

/// A place of the gazetteer: a GeoNames id (below 2^32) or an id of our own supplement.
///
/// Written as the bare number for GeoNames and `ml:17` for ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub u64);

/// Ids of our own supplement start here.
const LOCAL: u64 = 1 << 32;

impl PlaceId {
    /// The id of row `n` of our own supplement.
    #[must_use]
    pub fn local(n: u32) -> Self {
        Self(LOCAL + u64::from(n))
    }

    /// The GeoNames id, if it is one.
    #[must_use]
    pub fn geonames(self) -> Option<u32> {
        u32::try_from(self.0).ok()
    }

    /// Reads both written forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("ml:") {
            Some(n) => n.parse().ok().map(Self::local),
            None => text.parse::<u32>().ok().map(|n| Self(u64::from(n))),
        }
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < LOCAL { write!(f, "{}", self.0) } else { write!(f, "ml:{}", self.0 - LOCAL) }
    }
}

impl Serialize for PlaceId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PlaceId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no place id: {text:?}")))
    }
}

/// One mention of a place in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Toponym {
    /// The words of the name, as short as still name it ("Kunduz", not "Kunduz province").
    pub span: Span,
    /// A name, or words that stand for one.
    pub kind: ToponymKind,
    /// The place meant, with a probability from 0 to 1; `None` when nobody can say.
    pub place: Option<Candidate>,
    /// Other places it may mean, best first, each with its probability.
    pub alternatives: Vec<Candidate>,
    /// Only a part is meant ("Kunduz's airport", "eastern districts of Aleppo").
    pub part: Option<Part>,
    /// How exactly the words say where.
    pub precision: Precision,
    /// "40 km west of Sirte": how far from the place, and in which direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<Offset>,
}

impl Toponym {
    /// Where on the globe, in degrees north and east: the place, moved by the offset when one is said with a direction.
    #[must_use]
    pub fn point(&self, gazetteer: &Gazetteer) -> Option<(f64, f64)> {
        let place = gazetteer.place(self.place?.id)?;
        let start = (place.lat, place.lon);
        Some(match self.offset {
            Some(Offset { km: Some(km), bearing: Some(bearing) }) => travel(start, f64::from(km), f64::from(bearing)),
            _ => start,
        })
    }
}

/// The point reached from another by so many kilometres in a direction (degrees clockwise from north), on a sphere.
fn travel((lat, lon): (f64, f64), km: f64, bearing: f64) -> (f64, f64) {
    let (p, l, b, d) = (lat.to_radians(), lon.to_radians(), bearing.to_radians(), km / 6371.0088);
    let q = (p.sin() * d.cos() + p.cos() * d.sin() * b.cos()).clamp(-1.0, 1.0).asin();
    let m = l + (b.sin() * d.sin() * p.cos()).atan2(d.cos() - p.sin() * q.sin());
    (q.to_degrees(), (m.to_degrees() + 540.0).rem_euclid(360.0) - 180.0)
}

/// A distance and a direction from a place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Offset {
    /// Kilometres, where said.
    pub km: Option<f32>,
    /// Degrees clockwise from north, where said.
    pub bearing: Option<f32>,
}

/// How a mention points to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToponymKind {
    /// By name, spelled as the gazetteer knows it.
    Name,
    /// By a name spelled otherwise ("Albak" for Aybak).
    Fuzzy,
    /// By words that stand for a place named before ("the city", "there").
    Reference,
}

/// A place that a mention may mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Which place.
    pub id: PlaceId,
    /// Calibrated probability, 0 to 1.
    pub score: f32,
}

/// The part of a place that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The words.
    pub span: Span,
    /// Short name: "airport", "eastern districts".
    pub name: String,
}

/// How exactly a mention says where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The place itself.
    Exact,
    /// Near it, or at a distance and bearing from it.
    Near,
    /// The district (second-order division).
    District,
    /// The province (first-order division) or a region.
    Province,
    /// The country.
    Country,
}
