//! Countries, first-order divisions, coast, rivers and lakes of the world: one embedded file.
//!
//! The file is made by `tools/atlas/make.sh` from Natural Earth (public domain). All numbers are varints
//! (signed ones zigzag), texts are length-prefixed UTF-8:
//!
//! ```text
//! "MLB1"  steps-a-degree
//! countries:  count { iso2 iso3 numeric name }
//! arcs:       count { points }                    points: count { dx dy } from 0, 0
//! divisions:  count { geonames drawn country iso name local rings }
//!             rings: count { count { signed arc } }   a negative arc n means arc !n backwards
//! rivers:     count { points }
//! lakes:      count { points }
//! ```
//!
//! Borders are shared: each arc is stored once, whoever lies on either side of it. So a country's outline
//! is what is left of its divisions' arcs when the shared ones cancel, and moving a division to another
//! country (see `data/atlas/de_jure.toml`) moves the border with it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use marchland_place::PlaceId;

use crate::bounds::GeoBox;

static EMBEDDED: &[u8] = include_bytes!("../../../data/atlas/boundaries.bin");

/// Index of no division, for an arc with only one side.
pub(crate) const NOBODY: u16 = u16::MAX;

/// The world's boundaries.
#[derive(Debug)]
pub struct Boundaries {
    /// Longitude, latitude in degrees.
    points: Vec<[f32; 2]>,
    arcs: Vec<(u32, u32)>,
    arc_boxes: Vec<GeoBox>,
    sides: Vec<[u16; 2]>,
    countries: Vec<Country>,
    divisions: Vec<Division>,
    by_geonames: BTreeMap<u32, u16>,
    pub(crate) rivers: Vec<Line>,
    pub(crate) lakes: Vec<Line>,
}

/// A country, as the map draws it.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166 two letters; empty for what the source gives to nobody.
    pub iso: String,
    /// ISO 3166 three letters.
    pub alpha3: String,
    /// ISO 3166 number; 0 where there is none.
    pub numeric: u16,
    /// English name.
    pub name: String,
    /// Its divisions, by index.
    pub(crate) divisions: Vec<u16>,
}

/// A first-order division (province, oblast, governorate, state).
#[derive(Debug, Clone)]
pub struct Division {
    /// GeoNames id; `None` where the source has none.
    pub place: Option<PlaceId>,
    /// ISO 3166-2 code.
    pub iso: String,
    /// Latin name.
    pub name: String,
    /// Name in the country's language, where known; may be empty.
    pub local: String,
    /// Country in law (ours, from `data/atlas/de_jure.toml` over the source).
    pub(crate) country: u16,
    /// Country in which the source draws it.
    pub(crate) drawn: u16,
    pub(crate) rings: Vec<Vec<i32>>,
    pub(crate) bounds: GeoBox,
}

/// A river or the shore of a lake.
#[derive(Debug)]
pub(crate) struct Line {
    pub points: Vec<[f32; 2]>,
    pub bounds: GeoBox,
}

impl Boundaries {
    /// The embedded world, read once (some 10 ms).
    pub fn world() -> &'static Self {
        static WORLD: OnceLock<Boundaries> = OnceLock::new();
        WORLD.get_or_init(|| Self::read(EMBEDDED).unwrap_or_else(Self::empty))
    }

    fn empty() -> Self {
        Self {
            points: Vec::new(),
            arcs: Vec::new(),
            arc_boxes: Vec::new(),
            sides: Vec::new(),
            countries: Vec::new(),
            divisions: Vec::new(),
            by_geonames: BTreeMap::new(),
            rivers: Vec::new(),
            lakes: Vec::new(),
        }
    }

    /// Reads the packed form; `None` when it is cut short or inconsistent.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut input = Input { rest: bytes.strip_prefix(b"MLB1")? };
        let mut world = Self::empty();
        let scale = 1.0 / input.uint()? as f64;
        for _ in 0..input.count()? {
            world.countries.push(Country {
                iso: input.text()?,
                alpha3: input.text()?,
                numeric: input.uint()? as u16,
                name: input.text()?,
                divisions: Vec::new(),
            });
        }
        for _ in 0..input.count()? {
            let from = world.points.len() as u32;
            let bounds = input.points(scale, &mut world.points)?;
            world.arcs.push((from, world.points.len() as u32));
            world.arc_boxes.push(bounds);
        }
        world.sides = vec![[NOBODY; 2]; world.arcs.len()];
        for n in 0..input.count()? as u16 {
            let division = world.read_division(&mut input, n)?;
            world.countries.get_mut(usize::from(division.country))?.divisions.push(n);
            if let Some(id) = division.place.and_then(PlaceId::geonames) {
                world.by_geonames.insert(id, n);
            }
            world.divisions.push(division);
        }
        for lines in [&mut world.rivers, &mut world.lakes] {
            for _ in 0..input.count()? {
                let mut points = Vec::new();
                let bounds = input.points(scale, &mut points)?;
                lines.push(Line { points, bounds });
            }
        }
        Some(world)
    }

    fn read_division(&mut self, input: &mut Input, n: u16) -> Option<Division> {
        let place = Some(input.uint()?).filter(|id| *id > 0).map(PlaceId);
        let (drawn, country) = (input.uint()? as u16, input.uint()? as u16);
        self.countries.get(usize::from(drawn))?;
        let (iso, name, local) = (input.text()?, input.text()?, input.text()?);
        let mut rings = Vec::new();
        let mut bounds = GeoBox::NOTHING;
        for _ in 0..input.count()? {
            let mut ring = Vec::new();
            for _ in 0..input.count()? {
                let signed = i32::try_from(input.int()?).ok()?;
                let arc = index(signed);
                let side = self.sides.get_mut(arc)?;
                side[usize::from(side[0] != NOBODY)] = n;
                bounds = bounds.cover(*self.arc_boxes.get(arc)?);
                ring.push(signed);
            }
            rings.push(ring);
        }
        Some(Division { place, iso, name, local, country, drawn, rings, bounds })
    }

    /// Every country, in the order of its ISO letters.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// Every first-order division.
    #[must_use]
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }

    /// The division with this GeoNames id.
    #[must_use]
    pub fn division(&self, place: PlaceId) -> Option<&Division> {
        self.by_geonames.get(&place.geonames()?).map(|n| &self.divisions[usize::from(*n)])
    }

    /// The country (in law) of a division.
    #[must_use]
    pub fn country_of(&self, division: &Division) -> &Country {
        &self.countries[usize::from(division.country)]
    }

    /// The country in which the source draws a division; differs from [`country_of`](Self::country_of) for Crimea.
    #[must_use]
    pub fn drawn_in(&self, division: &Division) -> &Country {
        &self.countries[usize::from(division.drawn)]
    }

    /// The country with these two letters.
    #[must_use]
    pub fn country(&self, iso: &str) -> Option<&Country> {
        self.countries.binary_search_by(|c| c.iso.as_str().cmp(iso)).ok().map(|n| &self.countries[n])
    }

    /// The division in which a point lies, if any.
    #[must_use]
    pub fn division_at(&self, lat: f64, lon: f64) -> Option<&Division> {
        self.divisions.iter().find(|d| d.bounds.contains(lat, lon) && self.inside(d, lat, lon))
    }

    /// Even-odd rule over all the rings.
    fn inside(&self, division: &Division, lat: f64, lon: f64) -> bool {
        let mut odd = false;
        for ring in &division.rings {
            let points: Vec<[f32; 2]> = self.ring(ring).collect();
            for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
                let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
                if (ay > lat) != (by > lat) && lon < (bx - ax) * (lat - ay) / (by - ay) + ax {
                    odd = !odd;
                }
            }
        }
        odd
    }

    /// The points of a ring, arc by arc.
    pub(crate) fn ring<'a>(&'a self, arcs: &'a [i32]) -> impl Iterator<Item = [f32; 2]> + 'a {
        arcs.iter().flat_map(|signed| self.signed_arc(*signed).skip(1))
    }

    /// The points of one arc, backwards when the number is negative.
    pub(crate) fn signed_arc(&self, signed: i32) -> Box<dyn Iterator<Item = [f32; 2]> + '_> {
        let points = self.arc(index(signed));
        if signed < 0 { Box::new(points.iter().rev().copied()) } else { Box::new(points.iter().copied()) }
    }

    pub(crate) fn arc(&self, n: usize) -> &[[f32; 2]] {
        let (from, to) = self.arcs[n];
        &self.points[from as usize..to as usize]
    }

    /// Every arc with its bounds and what lies on either side.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, GeoBox, ArcKind)> + '_ {
        self.sides.iter().enumerate().map(|(n, [a, b])| (n, self.arc_boxes[n], self.kind(*a, *b)))
    }

    fn kind(&self, a: u16, b: u16) -> ArcKind {
        let (Some(a), Some(b)) = (self.divisions.get(usize::from(a)), self.divisions.get(usize::from(b))) else {
            return ArcKind::Coast;
        };
        match (a.country == b.country, a.drawn == b.drawn) {
            (true, true) => ArcKind::Division,
            (true, false) => ArcKind::DrawnOtherwise,
            _ => ArcKind::Border,
        }
    }
}

/// What an arc parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ArcKind {
    /// Two divisions of a country.
    Division,
    /// Two divisions of a country in law, which the source draws in two.
    DrawnOtherwise,
    /// Land and water.
    Coast,
    /// Two countries.
    Border,
}

/// The number of an arc without its direction.
pub(crate) fn index(signed: i32) -> usize {
    (if signed < 0 { !signed } else { signed }) as usize
}

/// Reads varints; every step may find the end.
struct Input<'b> {
    rest: &'b [u8],
}

impl Input<'_> {
    fn uint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 127) << shift;
            if *byte < 128 {
                return Some(value);
            }
        }
        None
    }

    fn int(&mut self) -> Option<i64> {
        self.uint().map(|n| (n >> 1) as i64 ^ -((n & 1) as i64))
    }

    /// A count is never larger than what is left to read.
    fn count(&mut self) -> Option<usize> {
        self.uint().map(|n| n as usize).filter(|n| *n <= self.rest.len())
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn points(&mut self, scale: f64, out: &mut Vec<[f32; 2]>) -> Option<GeoBox> {
        let mut bounds = GeoBox::NOTHING;
        let (mut x, mut y) = (0_i64, 0_i64);
        for _ in 0..self.count()? {
            x += self.int()?;
            y += self.int()?;
            let (lon, lat) = (x as f64 * scale, y as f64 * scale);
            bounds = bounds.with(lat, lon);
            out.push([lon as f32, lat as f32]);
        }
        Some(bounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lat: f64, lon: f64, division: &str, country: &str) {
        let world = Boundaries::world();
        let found = world.division_at(lat, lon).map(|d| (d.name.as_str(), world.country_of(d).iso.as_str()));
        assert_eq!(found, Some((division, country)), "at {lat} {lon}");
    }

    #[test]
    fn points_fall_into_their_divisions() {
        check(36.73, 68.86, "Kunduz", "AF");
        check(34.53, 69.17, "Kabul", "AF");
        check(48.59, 38.0, "Donetsk", "UA");
        check(35.93, 36.63, "Idlib", "SY");
        assert!(Boundaries::world().division_at(0.0, -30.0).is_none(), "the open Atlantic");
    }

    #[test]
    fn the_names_that_the_source_gets_wrong_are_right() {
        check(35.31, 69.52, "Panjshir", "AF");
        check(33.72, 66.13, "Daykundi", "AF");
    }

    #[test]
    fn crimea_is_ukraine_in_law_and_the_source_drew_it_otherwise() {
        check(45.04, 34.1, "Autonomous Republic of Crimea", "UA");
        check(44.6, 33.53, "Sevastopol", "UA");
        let world = Boundaries::world();
        let crimea = world.division(PlaceId(703_883)).unwrap();
        assert_eq!(world.drawn_in(crimea).iso, "RU");
    }

    #[test]
    fn all_34_provinces_of_afghanistan_join_by_geonames_id() {
        let world = Boundaries::world();
        let ids: Vec<_> =
            world.country("AF").unwrap().divisions.iter().map(|n| &world.divisions[usize::from(*n)]).collect();
        assert_eq!(ids.len(), 34);
        assert!(ids.iter().all(|d| d.place.is_some() && d.iso.starts_with("AF-")));
    }

    #[test]
    fn countries_have_their_names_and_codes() {
        let world = Boundaries::world();
        for (iso, alpha3, numeric, name) in [
            ("AF", "AFG", 4, "Afghanistan"),
            ("SK", "SVK", 703, "Slovakia"),
            ("SY", "SYR", 760, "Syria"),
            ("UA", "UKR", 804, "Ukraine"),
            ("GL", "GRL", 304, "Greenland"),
        ] {
            let country = world.country(iso).unwrap();
            assert_eq!((country.alpha3.as_str(), country.numeric, country.name.as_str()), (alpha3, numeric, name));
        }
    }

    #[test]
    fn a_cut_file_is_refused_not_a_panic() {
        for length in (0..EMBEDDED.len()).step_by(40_009) {
            assert!(Boundaries::read(&EMBEDDED[..length]).is_none());
        }
    }
}
