//! One gazetteer file, read in place: columns of places and a finite-state map from folded names to rows.
//!
//! Layout, all numbers little-endian: the magic, the number of sections, then for each section a four-letter tag, its
//! offset and its length (u64 each), then the sections. Columns have one entry per place; rows 0 up to `GEON` are places
//! of GeoNames in the order of their ids, the rest are our own in the order of theirs. Nothing is decoded when a file is
//! loaded, so that loading takes microseconds whatever the size.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use fst::Map;
use serde::{Deserialize, Serialize};

use crate::PlaceId;

/// First bytes of every gazetteer file; the last one is the version of the layout.
pub const MAGIC: &[u8; 8] = b"MLGAZ\0\0\x01";

/// Tags of the sections, in the order in which they are written.
pub const TAGS: [&[u8; 4]; 17] = [
    b"INFO", b"GEON", b"IDS ", b"LAT ", b"LON ", b"POPU", b"PARE", b"CTRY", b"FEAT", b"CTAB", b"FTAB", b"NOFF",
    b"NAME", b"LOCI", b"LOFF", b"LOCN", b"POST",
];

/// Tag of the map from names; written last because it is the largest.
pub const FST: &[u8; 4] = b"FST ";

/// What a gazetteer file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// Where the places come from, one line each, with licence.
    pub sources: Vec<String>,
    /// Number of places.
    pub places: u32,
    /// Number of distinct folded names.
    pub names: u64,
    /// Words for people and things of a country or region ("Afghan"), folded, with the place they point to.
    pub demonyms: Vec<(String, PlaceId)>,
    /// Countries touched by places that lie in more than one ("Euphrates").
    pub touches: Vec<(PlaceId, Vec<String>)>,
}

/// Why a gazetteer cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The first bytes are not those of a gazetteer.
    #[error(
        "this is not a Marchland gazetteer (or one of another version): make it again with `marchland gazetteer import`"
    )]
    Magic,
    /// The file is shorter than it says.
    #[error("the gazetteer is cut short or damaged in section {0:?}: make it again with `marchland gazetteer import`")]
    Damaged(String),
}

/// Shared bytes of a file.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Owned(Arc<Vec<u8>>),
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A part of the file that the finite-state map reads.
#[derive(Clone)]
struct Part {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.bytes.all()[self.range.clone()]
    }
}

/// One loaded file.
pub(crate) struct Layer {
    bytes: Bytes,
    sections: [Range<usize>; TAGS.len()],
    names: Map<Part>,
    pub(crate) info: Info,
    len: u32,
    geo: u32,
}

/// Where a column stands in [`TAGS`].
#[derive(Clone, Copy)]
enum Col {
    Info,
    Geo,
    Ids,
    Lat,
    Lon,
    Population,
    Parent,
    Country,
    Feature,
    CountryTable,
    FeatureTable,
    NameOffsets,
    Names,
    LocalRows,
    LocalOffsets,
    LocalNames,
    Postings,
}

impl Layer {
    pub(crate) fn load(bytes: Cow<'static, [u8]>) -> Result<Self, LoadError> {
        let bytes = match bytes {
            Cow::Borrowed(b) => Bytes::Static(b),
            Cow::Owned(b) => Bytes::Owned(Arc::new(b)),
        };
        let all = bytes.all();
        if all.len() < 12 || &all[..8] != MAGIC {
            return Err(LoadError::Magic);
        }
        let count = u32_at(all, 8) as usize;
        let mut sections: [Range<usize>; TAGS.len()] = std::array::from_fn(|_| 0..0);
        let mut fst = None;
        for i in 0..count {
            let at = 12 + i * 20;
            let entry = all.get(at..at + 20).ok_or_else(|| LoadError::Damaged("head".into()))?;
            let damaged = || LoadError::Damaged(String::from_utf8_lossy(&entry[..4]).trim().to_owned());
            let (start, len) = (u64_at(entry, 4), u64_at(entry, 12));
            let end = start.checked_add(len).filter(|&e| e <= all.len() as u64).ok_or_else(damaged)?;
            let range = start as usize..end as usize;
            if &entry[..4] == FST {
                fst = Some(range);
            } else if let Some(t) = TAGS.iter().position(|t| t[..] == entry[..4]) {
                sections[t] = range;
            }
        }
        let range = fst.ok_or_else(|| LoadError::Damaged("FST".into()))?;
        let names = Map::new(Part { bytes: bytes.clone(), range }).map_err(|_| LoadError::Damaged("FST".into()))?;
        let info = serde_json::from_slice(&all[sections[Col::Info as usize].clone()])
            .map_err(|_| LoadError::Damaged("INFO".into()))?;
        let len = (sections[Col::Ids as usize].len() / 4) as u32;
        let n = len as usize;
        for (col, width) in
            [(Col::Lat, 4), (Col::Lon, 4), (Col::Population, 4), (Col::Parent, 4), (Col::Country, 1), (Col::Feature, 1)]
        {
            if sections[col as usize].len() != n * width {
                return Err(LoadError::Damaged(String::from_utf8_lossy(TAGS[col as usize]).trim().to_owned()));
            }
        }
        if sections[Col::NameOffsets as usize].len() != (n + 1) * 4 || sections[Col::Geo as usize].len() != 4 {
            return Err(LoadError::Damaged("NOFF".into()));
        }
        let geo = u32_at(&all[sections[Col::Geo as usize].clone()], 0).min(len);
        Ok(Self { bytes, sections, names, info, len, geo })
    }

    fn col(&self, col: Col) -> &[u8] {
        &self.bytes.all()[self.sections[col as usize].clone()]
    }

    fn u32(&self, col: Col, i: usize) -> u32 {
        let column = self.col(col);
        if column.len() >= i * 4 + 4 { u32_at(column, i * 4) } else { 0 }
    }

    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// Bytes of the whole file.
    pub(crate) fn size(&self) -> usize {
        self.bytes.all().len()
    }

    pub(crate) fn id(&self, row: u32) -> PlaceId {
        let id = self.u32(Col::Ids, row as usize);
        if row < self.geo { PlaceId(u64::from(id)) } else { PlaceId::local(id) }
    }

    /// The row of an id.
    pub(crate) fn row(&self, id: PlaceId) -> Option<u32> {
        let (mut low, mut high, want) = match id.geonames() {
            Some(n) => (0, self.geo, n),
            None => (self.geo, self.len, u32::try_from(id.0 - PlaceId::local(0).0).ok()?),
        };
        let end = high;
        while low < high {
            let mid = low + (high - low) / 2;
            if self.u32(Col::Ids, mid as usize) < want { low = mid + 1 } else { high = mid }
        }
        (low < end && self.u32(Col::Ids, low as usize) == want).then_some(low)
    }

    /// Degrees north and east.
    pub(crate) fn point(&self, row: u32) -> (f64, f64) {
        let degrees = |col| f64::from(self.u32(col, row as usize) as i32) / 1e5;
        (degrees(Col::Lat), degrees(Col::Lon))
    }

    pub(crate) fn population(&self, row: u32) -> u32 {
        self.u32(Col::Population, row as usize)
    }

    /// The smallest division that holds the place.
    pub(crate) fn parent(&self, row: u32) -> Option<PlaceId> {
        let id = self.u32(Col::Parent, row as usize);
        (id != 0).then_some(PlaceId(u64::from(id)))
    }

    /// Two letters; empty for seas, continents and what lies in more than one country.
    pub(crate) fn country(&self, row: u32) -> &str {
        entry(self.col(Col::CountryTable), self.col(Col::Country).get(row as usize).copied().unwrap_or(0))
    }

    pub(crate) fn feature(&self, row: u32) -> &str {
        entry(self.col(Col::FeatureTable), self.col(Col::Feature).get(row as usize).copied().unwrap_or(0))
    }

    pub(crate) fn name(&self, row: u32) -> &str {
        self.text(Col::NameOffsets, Col::Names, row as usize)
    }

    pub(crate) fn local_name(&self, row: u32) -> Option<&str> {
        let count = self.sections[Col::LocalRows as usize].len() / 4;
        let (mut low, mut high) = (0, count);
        while low < high {
            let mid = (low + high) / 2;
            if self.u32(Col::LocalRows, mid) < row { low = mid + 1 } else { high = mid }
        }
        (low < count && self.u32(Col::LocalRows, low) == row)
            .then(|| self.text(Col::LocalOffsets, Col::LocalNames, low))
    }

    fn text(&self, offsets: Col, pool: Col, i: usize) -> &str {
        let (from, to) = (self.u32(offsets, i) as usize, self.u32(offsets, i + 1) as usize);
        self.col(pool).get(from..to).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// Adds the rows under a folded name.
    pub(crate) fn find(&self, key: &str, out: &mut Vec<u32>) {
        if let Some(value) = self.names.get(key) {
            self.expand(value, out);
        }
    }

    /// Adds the rows that a value of the map stands for.
    pub(crate) fn expand(&self, value: u64, out: &mut Vec<u32>) {
        if value & 1 == 0 {
            out.push((value >> 1) as u32);
            return;
        }
        let at = (value >> 1) as usize;
        let count = self.u32(Col::Postings, at) as usize;
        for i in 0..count.min(self.len as usize) {
            out.push(self.u32(Col::Postings, at + 1 + i));
        }
    }

    pub(crate) fn names(&self) -> &Map<impl AsRef<[u8]>> {
        &self.names
    }

    /// Rows whose country is the given one.
    pub(crate) fn rows_of(&self, country: &str) -> impl Iterator<Item = u32> + '_ {
        let table = self.col(Col::CountryTable);
        let want = (0..=255u8).find(|&i| entry(table, i) == country && !country.is_empty());
        let column = self.col(Col::Country);
        (0..self.len).filter(move |&r| want.is_some_and(|w| column[r as usize] == w))
    }
}

/// Entry `i` of a table of short texts, eight bytes each, filled up with zeros.
fn entry(table: &[u8], i: u8) -> &str {
    // Tables are a few hundred bytes; the fixed width of eight makes this an index, not a search.
    let at = i as usize * 8;
    let cell = table.get(at..at + 8).unwrap_or(&[]);
    let end = cell.iter().position(|&b| b == 0).unwrap_or(cell.len());
    std::str::from_utf8(&cell[..end]).unwrap_or("")
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
