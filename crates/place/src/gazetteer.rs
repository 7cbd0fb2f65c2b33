//! The [`Gazetteer`]: every place we know, by name, by id and by country.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use fst::{IntoStreamer, Streamer};

use crate::fuzzy::Near;
use crate::layer::{Info, Layer, LoadError};
use crate::{PlaceId, fold, fold::variants};

/// The file that `make data` makes.
static WORLD: &[u8] = include_bytes!("../../../data/gazetteer/world.bin");

/// What is known of one place. Borrowed from the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'g> {
    /// Its id.
    pub id: PlaceId,
    /// Standard name in Latin letters.
    pub name: &'g str,
    /// Name in the country's own script, where one is known and differs.
    pub local_name: Option<&'g str>,
    /// ISO 3166 two letters; `None` for seas, continents and what lies in more than one country.
    pub country: Option<&'g str>,
    /// First-order division that holds it (itself, when it is one).
    pub admin1: Option<PlaceId>,
    /// Name of that division.
    pub admin1_name: Option<&'g str>,
    /// Second-order division that holds it, where known.
    pub admin2: Option<PlaceId>,
    /// Name of that division.
    pub admin2_name: Option<&'g str>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames feature code ("PPLA").
    pub feature: &'g str,
    /// People; 0: not known.
    pub population: u32,
}

impl Place<'_> {
    /// True for towns, villages and parts of them.
    #[must_use]
    pub fn is_town(&self) -> bool {
        self.feature.starts_with("PPL") || self.feature == "STLMT"
    }

    /// True for a country as a whole, also a former or a dependent one.
    #[must_use]
    pub fn is_country(&self) -> bool {
        self.feature.starts_with("PCL")
    }

    /// Kilometres along the great circle to another place.
    #[must_use]
    pub fn km_to(&self, other: &Place<'_>) -> f64 {
        kilometres((self.lat, self.lon), (other.lat, other.lon))
    }
}

/// Great-circle distance in kilometres between two points in degrees (haversine, mean radius 6371.0088 km).
#[must_use]
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(q - p) + p.cos() * q.cos() * half((b.1 - a.1).to_radians());
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

/// A place whose name is near the one asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FuzzyMatch {
    /// The place.
    pub id: PlaceId,
    /// Weighted edit distance between the folded names; 1 is one plain letter. Vowel for vowel, doubled letters and
    /// a stray h count half.
    pub distance: f32,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) layer: u8,
    pub(crate) row: u32,
}

/// Every place we know. Cheap to load and to share between threads.
pub struct Gazetteer {
    layers: Vec<Layer>,
    demonyms: BTreeMap<String, Vec<PlaceId>>,
    touches: BTreeMap<PlaceId, Vec<String>>,
    seats: OnceLock<Seats>,
    /// The row of each country, by its code: asked for often, found by a pass over all rows once.
    nations: OnceLock<BTreeMap<String, Slot>>,
}

/// Which town is the seat of which first-order division.
#[derive(Default)]
struct Seats {
    of: BTreeMap<PlaceId, PlaceId>,
    towns: BTreeSet<PlaceId>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("layers", &self.layers.len()).field("places", &self.len()).finish()
    }
}

/// Rows of GeoNames that are another row's town once more.
fn same() -> &'static BTreeMap<PlaceId, PlaceId> {
    static READ: OnceLock<BTreeMap<PlaceId, PlaceId>> = OnceLock::new();
    READ.get_or_init(|| {
        let rows = include_str!("../../../data/gazetteer/same.csv").lines().skip(1);
        rows.filter_map(|row| {
            let mut fields = row.splitn(3, ',');
            Some((PlaceId::parse(fields.next()?)?, PlaceId::parse(fields.next()?)?))
        })
        .collect()
    })
}

impl Gazetteer {
    /// The gazetteer that the program carries: the world's towns of 500 and more, divisions, countries, regions, waters,
    /// and our own supplement. Remade by `make data`.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Gazetteer> = OnceLock::new();
        ONCE.get_or_init(|| Self::load(WORLD).expect("the embedded gazetteer is checked by a test"))
    }

    /// Loads one gazetteer file; nothing is decoded, so this takes microseconds.
    ///
    /// # Errors
    /// When the bytes are no gazetteer of this version, or are cut short.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, LoadError> {
        let mut gazetteer = Self {
            layers: Vec::new(),
            demonyms: BTreeMap::new(),
            touches: BTreeMap::new(),
            seats: OnceLock::new(),
            nations: OnceLock::new(),
        };
        gazetteer.add(bytes)?;
        Ok(gazetteer)
    }

    /// The embedded gazetteer with a user's file over it: where both know an id, the user's row counts.
    ///
    /// # Errors
    /// When the bytes are no gazetteer of this version, or are cut short.
    pub fn embedded_with(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, LoadError> {
        let mut gazetteer = Self::load(WORLD)?;
        gazetteer.add(bytes)?;
        Ok(gazetteer)
    }

    /// Lays a further file over what is loaded.
    ///
    /// # Errors
    /// When the bytes are no gazetteer of this version, or are cut short.
    pub fn add(&mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Result<(), LoadError> {
        let layer = Layer::load(bytes.into())?;
        for (word, id) in &layer.info.demonyms {
            self.demonyms.entry(word.clone()).or_default().push(*id);
        }
        self.touches.extend(layer.info.touches.iter().cloned());
        self.layers.push(layer);
        self.seats = OnceLock::new();
        self.nations = OnceLock::new();
        Ok(())
    }

    /// Number of places over all files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(|l| l.len() as usize).sum()
    }

    /// True when no file holds a place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Size of the loaded files in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.layers.iter().map(Layer::size).sum()
    }

    /// What the loaded files say of themselves.
    pub fn infos(&self) -> impl Iterator<Item = &Info> {
        self.layers.iter().map(|l| &l.info)
    }

    /// What is known of a place.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Option<Place<'_>> {
        Some(self.at(self.slot(id)?))
    }

    /// Places of exactly this name (folded; articles, "saint", "mount" and "fort" in their other spellings), the most
    /// populous first.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Vec<PlaceId> {
        let slots = self.find(&fold(name));
        let mut ids: Vec<_> = slots.iter().map(|&s| (std::cmp::Reverse(self.population(s)), self.id(s))).collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// Places of the given countries (all, when none is given) whose name is near this one, the nearest first.
    /// The first letter must agree; short names allow less than long ones.
    #[must_use]
    pub fn fuzzy(&self, name: &str, countries: &[&str]) -> Vec<FuzzyMatch> {
        let key = fold(name);
        let Some(near) = Near::new(&key) else { return Vec::new() };
        let mut best: BTreeMap<PlaceId, f32> = BTreeMap::new();
        let mut rows = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            let mut stream = layer.names().search_with_state(&near).into_stream();
            while let Some((_, value, state)) = stream.next() {
                let Some(distance) = state.and_then(|s| near.distance(&s)) else { continue };
                rows.clear();
                layer.expand(value, &mut rows);
                for &row in &rows {
                    let slot = self.one(Slot { layer: l as u8, row });
                    if countries.is_empty() || countries.iter().any(|c| self.touches_country(slot, c)) {
                        let id = self.id(slot);
                        let entry = best.entry(id).or_insert(distance);
                        *entry = entry.min(distance);
                    }
                }
            }
        }
        let mut found: Vec<_> = best.into_iter().map(|(id, distance)| FuzzyMatch { id, distance }).collect();
        let people = |m: &FuzzyMatch| self.slot(m.id).map_or(0, |s| self.population(s));
        found.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(people(b).cmp(&people(a))).then(a.id.cmp(&b.id)));
        found
    }

    /// Seats of the first-order divisions of a country, by the id of the division.
    #[must_use]
    pub fn capitals(&self, country: &str) -> Vec<PlaceId> {
        let seats = self.seats();
        let mut out: Vec<_> = self
            .slots_of(country)
            .filter(|&s| self.feature(s) == "ADM1")
            .filter_map(|s| seats.of.get(&self.id(s)).copied())
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The capital of a country.
    #[must_use]
    pub fn capital(&self, country: &str) -> Option<PlaceId> {
        self.slots_of(country)
            .filter(|&s| self.feature(s) == "PPLC")
            .max_by_key(|&s| self.population(s))
            .map(|s| self.id(s))
    }

    /// The seat of a first-order division.
    #[must_use]
    pub fn seat(&self, admin1: PlaceId) -> Option<PlaceId> {
        self.seats().of.get(&admin1).copied()
    }

    /// True when the place is the seat of a first-order division or of a country.
    #[must_use]
    pub fn is_seat(&self, id: PlaceId) -> bool {
        self.seats().towns.contains(&id)
    }

    /// All places of a country, in the order of the file.
    pub fn places_in<'g>(&'g self, country: &'g str) -> impl Iterator<Item = Place<'g>> + 'g {
        self.slots_of(country).map(|s| self.at(s))
    }

    /// Places with a name that starts so, the most populous first, at most `limit`.
    #[must_use]
    pub fn search(&self, prefix: &str, limit: usize) -> Vec<PlaceId> {
        let key = fold(prefix);
        if key.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeMap::new();
        let mut rows = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            let mut stream = layer.names().range().ge(key.as_bytes()).into_stream();
            // A short prefix has very many names; the first ones in the order of letters are enough to choose from.
            let mut left = 20_000;
            while let Some((name, value)) = stream.next() {
                if !name.starts_with(key.as_bytes()) || left == 0 {
                    break;
                }
                left -= 1;
                rows.clear();
                layer.expand(value, &mut rows);
                for &row in &rows {
                    let slot = Slot { layer: l as u8, row };
                    let exact = name.len() == key.len();
                    let rank = found.entry(self.id(slot)).or_insert((exact, self.population(slot)));
                    rank.0 |= exact;
                }
            }
        }
        let mut out: Vec<_> = found.into_iter().collect();
        out.sort_by_key(|(id, (exact, people))| (std::cmp::Reverse(*people), !exact, *id));
        out.truncate(limit);
        out.into_iter().map(|(id, _)| id).collect()
    }

    /// Countries and regions that a word for people or things points to ("Afghan", "Kashmiri").
    #[must_use]
    pub fn demonym(&self, word: &str) -> &[PlaceId] {
        let key = fold(word);
        let found = self.demonyms.get(&key).or_else(|| key.strip_suffix('s').and_then(|k| self.demonyms.get(k)));
        found.map_or(&[], Vec::as_slice)
    }

    /// Countries that a place touches: its own, or those that a river or region crosses.
    #[must_use]
    pub fn countries_of(&self, id: PlaceId) -> Vec<&str> {
        if let Some(many) = self.touches.get(&id) {
            return many.iter().map(String::as_str).collect();
        }
        self.slot(id).map(|s| self.country(s)).filter(|c| !c.is_empty()).into_iter().collect()
    }

    /// The country itself as a place.
    #[must_use]
    pub fn country_place(&self, iso: &str) -> Option<Place<'_>> {
        self.nations().get(iso).map(|&s| self.at(s))
    }

    fn nations(&self) -> &BTreeMap<String, Slot> {
        self.nations.get_or_init(|| {
            let mut first = BTreeMap::new();
            for (l, layer) in self.layers.iter().enumerate() {
                for row in (0..layer.len()).filter(|&row| layer.feature(row) == "PCLI") {
                    let slot = Slot { layer: l as u8, row };
                    // Where a later file knows the id too, its row counts.
                    if self.slot(self.id(slot)) == Some(slot) {
                        first.entry(layer.country(row).to_owned()).or_insert(slot);
                    }
                }
            }
            first
        })
    }

    // ---- rows

    pub(crate) fn slot(&self, id: PlaceId) -> Option<Slot> {
        self.layers.iter().enumerate().rev().find_map(|(l, layer)| Some(Slot { layer: l as u8, row: layer.row(id)? }))
    }

    fn layer(&self, slot: Slot) -> &Layer {
        &self.layers[slot.layer as usize]
    }

    pub(crate) fn id(&self, slot: Slot) -> PlaceId {
        self.layer(slot).id(slot.row)
    }

    pub(crate) fn name(&self, slot: Slot) -> &str {
        self.layer(slot).name(slot.row)
    }

    pub(crate) fn population(&self, slot: Slot) -> u32 {
        self.layer(slot).population(slot.row)
    }

    pub(crate) fn feature(&self, slot: Slot) -> &str {
        self.layer(slot).feature(slot.row)
    }

    pub(crate) fn country(&self, slot: Slot) -> &str {
        self.layer(slot).country(slot.row)
    }

    pub(crate) fn point(&self, slot: Slot) -> (f64, f64) {
        self.layer(slot).point(slot.row)
    }

    fn touches_country(&self, slot: Slot, country: &str) -> bool {
        self.country(slot) == country
            || (self.country(slot).is_empty()
                && self.touches.get(&self.id(slot)).is_some_and(|t| t.iter().any(|c| c == country)))
    }

    /// The first- and second-order divisions that hold a place; a division holds itself.
    pub(crate) fn divisions(&self, slot: Slot) -> (Option<Slot>, Option<Slot>) {
        let (mut first, mut second) = (None, None);
        let mut at = Some(slot);
        // No chain is longer than place, second order, first order, country; the bound keeps a damaged file harmless.
        for _ in 0..6 {
            let Some(s) = at else { break };
            match self.feature(s) {
                "ADM1" => {
                    first = Some(s);
                    break;
                }
                "ADM2" => second = Some(s),
                _ => {}
            }
            at = self.layer(s).parent(s.row).and_then(|p| self.slot(p));
        }
        (first, second)
    }

    pub(crate) fn at(&self, slot: Slot) -> Place<'_> {
        let (first, second) = self.divisions(slot);
        let layer = self.layer(slot);
        let (lat, lon) = layer.point(slot.row);
        Place {
            id: layer.id(slot.row),
            name: layer.name(slot.row),
            local_name: layer.local_name(slot.row),
            country: Some(layer.country(slot.row)).filter(|c| !c.is_empty()),
            admin1: first.map(|s| self.id(s)),
            admin1_name: first.map(|s| self.name(s)),
            admin2: second.map(|s| self.id(s)),
            admin2_name: second.map(|s| self.name(s)),
            lat,
            lon,
            feature: layer.feature(slot.row),
            population: layer.population(slot.row),
        }
    }

    /// Rows under a folded name, other spellings of it when there is none; one row per id.
    pub(crate) fn find(&self, key: &str) -> Vec<Slot> {
        let mut out = self.find_exact(key);
        if out.is_empty() {
            for other in variants(key) {
                out = self.find_exact(&other);
                if !out.is_empty() {
                    break;
                }
            }
        }
        out
    }

    pub(crate) fn find_exact(&self, key: &str) -> Vec<Slot> {
        let mut out = Vec::new();
        if let [layer] = self.layers.as_slice() {
            let mut rows = Vec::new();
            layer.find(key, &mut rows);
            for slot in rows.into_iter().map(|row| self.one(Slot { layer: 0, row })) {
                if !out.contains(&slot) {
                    out.push(slot);
                }
            }
            return out;
        }
        let mut rows = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            rows.clear();
            layer.find(key, &mut rows);
            for &row in &rows {
                let slot = Slot { layer: l as u8, row };
                // A later file's row for the same id counts instead.
                let slot = if self.layers.len() > 1 { self.slot(layer.id(row)).unwrap_or(slot) } else { slot };
                let slot = self.one(slot);
                if !out.contains(&slot) {
                    out.push(slot);
                }
            }
        }
        out
    }

    /// The row that counts where GeoNames has two for one town (`data/gazetteer/same.csv`). The other keeps its id: old claims point to it.
    fn one(&self, slot: Slot) -> Slot {
        same().get(&self.id(slot)).and_then(|&id| self.slot(id)).unwrap_or(slot)
    }

    fn slots_of<'g>(&'g self, country: &'g str) -> impl Iterator<Item = Slot> + 'g {
        self.layers.iter().enumerate().flat_map(move |(l, layer)| {
            layer
                .rows_of(country)
                .map(move |row| Slot { layer: l as u8, row })
                .filter(move |&s| self.layers.len() == 1 || self.slot(self.id(s)) == Some(s))
        })
    }

    fn seats(&self) -> &Seats {
        self.seats.get_or_init(|| {
            let mut best: BTreeMap<PlaceId, (u32, PlaceId)> = BTreeMap::new();
            let mut towns = BTreeSet::new();
            for (l, layer) in self.layers.iter().enumerate() {
                for row in 0..layer.len() {
                    if !matches!(layer.feature(row), "PPLA" | "PPLC" | "PPLG") {
                        continue;
                    }
                    let slot = Slot { layer: l as u8, row };
                    let id = self.id(slot);
                    towns.insert(id);
                    if let Some(first) = self.divisions(slot).0.map(|s| self.id(s)) {
                        let rank = (self.population(slot), id);
                        let entry = best.entry(first).or_insert(rank);
                        if rank.0 > entry.0 {
                            *entry = rank;
                        }
                    }
                }
            }
            Seats { of: best.into_iter().map(|(division, (_, town))| (division, town)).collect(), towns }
        })
    }
}
