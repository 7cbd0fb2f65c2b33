//! Polygons of provinces, as GeoJSON wants them.

use crate::boundaries::{Boundaries, Division};

type Ring = Vec<[f64; 2]>;

impl Boundaries {
    /// The polygons of a division: for each an outer ring (counterclockwise) and its holes (clockwise), closed,
    /// as longitude and latitude in degrees (RFC 7946, section 3.1.6).
    #[must_use]
    pub fn polygons(&self, division: &Division) -> Vec<Vec<Ring>> {
        let mut rings: Vec<Ring> = division
            .rings
            .iter()
            .map(|arcs| {
                let mut ring: Ring =
                    self.ring(arcs).map(|p| p.map(|v| (f64::from(v) * 1000.0).round() / 1000.0)).collect();
                ring.extend(ring.first().copied());
                ring
            })
            .filter(|ring| ring.len() >= 4)
            .collect();
        // Largest first: a hole comes after the ring that holds it.
        rings.sort_by(|a, b| area(b).abs().total_cmp(&area(a).abs()));
        let mut polygons: Vec<Vec<Ring>> = Vec::new();
        for mut ring in rings {
            let home = polygons.iter_mut().rev().find(|p| inside(ring[0], &p[0]));
            let outer = home.is_none();
            if (area(&ring) > 0.0) != outer {
                ring.reverse();
            }
            match home {
                Some(polygon) => polygon.push(ring),
                None => polygons.push(vec![ring]),
            }
        }
        polygons
    }
}

/// Signed area in square degrees; positive when counterclockwise.
fn area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum::<f64>() / 2.0
}

fn inside([x, y]: [f64; 2], ring: &[[f64; 2]]) -> bool {
    let crossings = ring.windows(2).filter(|w| {
        let ([ax, ay], [bx, by]) = (w[0], w[1]);
        (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_rings_run_counterclockwise_and_close() {
        let world = Boundaries::world();
        for division in world.divisions().iter().step_by(97) {
            for polygon in world.polygons(division) {
                for (n, ring) in polygon.iter().enumerate() {
                    assert_eq!(ring.first(), ring.last());
                    assert_eq!(area(ring) > 0.0, n == 0, "{}", division.name);
                }
            }
        }
    }
}
