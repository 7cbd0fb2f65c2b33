//! Outlines of countries, made of the arcs that their divisions do not share.

use std::collections::{BTreeMap, BTreeSet};

use crate::boundaries::{Boundaries, Country};

impl Boundaries {
    /// The rings of a country as signed arcs: the arcs that two of its divisions share cancel,
    /// the others are followed from end to start.
    pub(crate) fn outline(&self, country: &Country) -> Vec<Vec<i32>> {
        let mut open = BTreeSet::new();
        for division in &country.divisions {
            for signed in self.divisions()[usize::from(*division)].rings.iter().flatten() {
                if !open.remove(&!*signed) {
                    open.insert(*signed);
                }
            }
        }
        let mut starts: BTreeMap<[u32; 2], Vec<i32>> = BTreeMap::new();
        for signed in &open {
            starts.entry(self.end_of(*signed, true)).or_default().push(*signed);
        }
        let mut rings = Vec::new();
        while let Some(first) = open.pop_first() {
            let mut ring = vec![first];
            let home = self.end_of(first, true);
            let mut at = self.end_of(first, false);
            while at != home {
                // At a point where outlines touch any way on will do: the even-odd rule fills the same.
                let Some(next) = starts.get_mut(&at).and_then(|ways| take_open(ways, &mut open)) else { break };
                ring.push(next);
                at = self.end_of(next, false);
            }
            rings.push(ring);
        }
        rings
    }

    /// The first or last point of a signed arc, as bits: shared ends are the same to the last bit.
    fn end_of(&self, signed: i32, start: bool) -> [u32; 2] {
        let mut points = self.signed_arc(signed);
        let point = if start { points.next() } else { points.last() };
        point.unwrap_or_default().map(f32::to_bits)
    }
}

fn take_open(ways: &mut Vec<i32>, open: &mut BTreeSet<i32>) -> Option<i32> {
    while let Some(way) = ways.pop() {
        if open.remove(&way) {
            return Some(way);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundaries::index;

    #[test]
    fn an_outline_closes_and_holds_no_inner_border() {
        let world = Boundaries::world();
        for iso in ["AF", "UA", "SY", "SD", "LY", "IQ"] {
            let country = world.country(iso).unwrap();
            let rings = world.outline(country);
            let longest = rings.iter().max_by_key(|r| r.len()).unwrap();
            assert_eq!(world.end_of(longest[0], true), world.end_of(*longest.last().unwrap(), false), "{iso} is open");
            let mut seen = BTreeSet::new();
            assert!(rings.iter().flatten().all(|arc| seen.insert(index(*arc))), "{iso}: an arc twice");
        }
    }

    #[test]
    fn the_outline_of_ukraine_runs_round_crimea() {
        let world = Boundaries::world();
        let country = world.country("UA").unwrap();
        let south = world
            .outline(country)
            .iter()
            .flat_map(|r| world.ring(r).map(|p| p[1]).collect::<Vec<_>>())
            .fold(90_f32, f32::min);
        assert!((44.3..44.5).contains(&south), "{south}");
    }
}
