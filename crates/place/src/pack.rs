//! Writes gazetteer files in the layout of [`crate::layer`]: whole ones in memory, and the head for those who write
//! section by section.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layer::{FST, Info, MAGIC, TAGS};
use crate::{PlaceId, fold};

/// One place to pack.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct RawPlace {
    /// Id as written: a GeoNames number or `ml:17`.
    pub id: String,
    /// Standard name.
    pub name: String,
    /// Two letters, or empty.
    #[serde(default)]
    pub country: String,
    /// GeoNames id of the smallest division that holds it; 0: none.
    #[serde(default)]
    pub parent: u32,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames feature code, at most eight letters.
    pub feature: String,
    /// People; 0: not known.
    #[serde(default)]
    pub population: u32,
    /// Name in the country's own script.
    #[serde(default)]
    pub local: Option<String>,
    /// Other names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words for its people and things.
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Countries touched, when more than one.
    #[serde(default)]
    pub touches: Vec<String>,
}

/// Why places cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// An id that is none.
    #[error("{0:?} is no place id: give a GeoNames number or ml:N")]
    Id(String),
    /// Two places with one id.
    #[error("place id {0} stands there twice")]
    Twice(PlaceId),
    /// Coordinates off the globe.
    #[error("place {0} lies off the globe")]
    OffGlobe(PlaceId),
    /// More countries or feature codes than a byte can number.
    #[error("more than 255 different {0}")]
    TooMany(&'static str),
}

/// A table of short texts numbered by a byte: countries, feature codes.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<String, u8>, Vec<String>);

impl Table {
    /// The number of a text, a new one when it has none.
    ///
    /// # Errors
    /// When there are more than 255 texts.
    pub fn number(&mut self, text: &str, what: &'static str) -> Result<u8, PackError> {
        if let Some(&n) = self.0.get(text) {
            return Ok(n);
        }
        let n = u8::try_from(self.1.len()).map_err(|_| PackError::TooMany(what))?;
        self.0.insert(text.to_owned(), n);
        self.1.push(text.to_owned());
        Ok(n)
    }

    /// The table as a section: eight bytes a text.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.1
            .iter()
            .flat_map(|t| {
                let mut cell = [0u8; 8];
                let n = t.len().min(8);
                cell[..n].copy_from_slice(&t.as_bytes()[..n]);
                cell
            })
            .collect()
    }
}

/// Packs places into the bytes of a gazetteer file. The order of the places does not matter.
///
/// # Errors
/// When an id is none or stands there twice, or a place lies off the globe.
pub fn pack(places: Vec<RawPlace>, sources: Vec<String>) -> Result<Vec<u8>, PackError> {
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let id = PlaceId::parse(&place.id).ok_or_else(|| PackError::Id(place.id.clone()))?;
        if !(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0) {
            return Err(PackError::OffGlobe(id));
        }
        rows.push((id, place));
    }
    rows.sort_by_key(|(id, _)| *id);
    if let Some(two) = rows.windows(2).find(|two| two[0].0 == two[1].0) {
        return Err(PackError::Twice(two[0].0));
    }

    let mut info = Info { sources, places: rows.len() as u32, ..Info::default() };
    let mut columns: [Vec<u8>; TAGS.len()] = std::array::from_fn(|_| Vec::new());
    let [_, geo, ids, lat, lon, population, parent, country, feature, ctab, ftab, noff, name, loci, loff, locn, post] =
        &mut columns;
    let (mut countries, mut features) = (Table::default(), Table::default());
    let mut keys: Vec<(String, u32)> = Vec::new();
    geo.extend((rows.iter().filter(|(id, _)| id.geonames().is_some()).count() as u32).to_le_bytes());
    for (row, (id, place)) in rows.iter().enumerate() {
        let row = row as u32;
        let number = id.geonames().unwrap_or_else(|| (id.0 - PlaceId::local(0).0) as u32);
        ids.extend(number.to_le_bytes());
        lat.extend(((place.lat * 1e5).round() as i32).to_le_bytes());
        lon.extend(((place.lon * 1e5).round() as i32).to_le_bytes());
        population.extend(place.population.to_le_bytes());
        parent.extend(place.parent.to_le_bytes());
        country.push(countries.number(&place.country, "countries")?);
        feature.push(features.number(&place.feature, "feature codes")?);
        noff.extend((name.len() as u32).to_le_bytes());
        name.extend(place.name.as_bytes());
        if let Some(local) = place.local.as_deref().filter(|l| !l.is_empty()) {
            loci.extend(row.to_le_bytes());
            loff.extend((locn.len() as u32).to_le_bytes());
            locn.extend(local.as_bytes());
        }
        for text in place.names.iter().chain(Some(&place.name)).chain(place.local.as_ref()) {
            let key = fold(text);
            // One letter names nothing that a text could mean.
            if key.chars().nth(1).is_some() {
                keys.push((key, row));
            }
        }
        info.demonyms.extend(place.demonyms.iter().map(|d| (fold(d), *id)));
        if !place.touches.is_empty() {
            info.touches.push((*id, place.touches.clone()));
        }
    }
    noff.extend((name.len() as u32).to_le_bytes());
    loff.extend((locn.len() as u32).to_le_bytes());
    *ctab = countries.bytes();
    *ftab = features.bytes();
    info.demonyms.sort();

    keys.sort_unstable();
    keys.dedup();
    let mut builder = fst::MapBuilder::memory();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        let value = if let [(_, row)] = group {
            u64::from(*row) << 1
        } else {
            let at = (post.len() / 4) as u64;
            post.extend((group.len() as u32).to_le_bytes());
            for (_, row) in group {
                post.extend(row.to_le_bytes());
            }
            at << 1 | 1
        };
        // Keys come sorted and each once, and memory does not fail.
        builder.insert(&group[0].0, value).expect("sorted keys");
        info.names += 1;
    }
    let map = builder.into_inner().expect("memory");
    columns[0] = serde_json::to_vec(&info).expect("plain data");
    Ok(assemble(&columns, &map))
}

/// Tags of all sections in the order in which they stand in a file.
#[must_use]
pub fn sections() -> Vec<[u8; 4]> {
    TAGS.iter().copied().chain([FST]).copied().collect()
}

/// The head of a file whose sections have these lengths in bytes, in the order of [`sections`].
#[must_use]
pub fn head(lengths: &[u64]) -> Vec<u8> {
    let tags = sections();
    let mut at = (12 + tags.len() * 20) as u64;
    let mut out = MAGIC.to_vec();
    out.extend((tags.len() as u32).to_le_bytes());
    for (i, tag) in tags.iter().enumerate() {
        let len = lengths.get(i).copied().unwrap_or(0);
        out.extend(tag);
        out.extend(at.to_le_bytes());
        out.extend(len.to_le_bytes());
        at += len;
    }
    out
}

/// Puts the head before the sections.
fn assemble(columns: &[Vec<u8>; TAGS.len()], map: &[u8]) -> Vec<u8> {
    let parts = || columns.iter().map(Vec::as_slice).chain([map]);
    let mut out = head(&parts().map(|p| p.len() as u64).collect::<Vec<_>>());
    parts().for_each(|p| out.extend(p));
    out
}
