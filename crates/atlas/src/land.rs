//! Land and borders as GeoJSON, for a map that is drawn in the browser.

use serde_json::{Value, json};

use crate::boundaries::{ArcKind, Boundaries};
use crate::bounds::GeoBox;

impl Boundaries {
    /// The box of a country without its far small islands; `None` when there is no such country.
    #[must_use]
    pub fn box_of(&self, iso: &str) -> Option<GeoBox> {
        let n = self.countries().iter().position(|c| c.iso == iso)?;
        Some(crate::frame::main_box(self, n)).filter(|b| !b.is_nothing())
    }

    /// What lies in a box of degrees: a feature with kind `land` for each country (`focus` true for the one named),
    /// and lines of kind `division`, `otherwise` (drawn by law, not by the source), `border`, `coast`, `river`; lakes are areas of kind `lake`.
    #[must_use]
    pub fn land(&self, bounds: GeoBox, focus: &str) -> Value {
        let mut features = Vec::new();
        for country in self.countries() {
            let near = country.divisions.iter().any(|d| self.divisions()[usize::from(*d)].bounds.meets(bounds));
            if !near {
                continue;
            }
            let rings: Vec<Value> = self
                .outline(country)
                .iter()
                .map(|ring| self.ring(ring).map(point).collect::<Vec<_>>())
                .filter(|r| r.len() > 3)
                .map(|mut ring| {
                    ring.extend(ring.first().cloned());
                    json!([ring])
                })
                .collect();
            features.push(json!({
                "type": "Feature",
                "properties": { "kind": "land", "iso": country.iso, "name": country.name, "focus": country.iso == focus },
                "geometry": { "type": "MultiPolygon", "coordinates": rings },
            }));
        }
        for (kind, word) in [
            (ArcKind::Division, "division"),
            (ArcKind::DrawnOtherwise, "otherwise"),
            (ArcKind::Border, "border"),
            (ArcKind::Coast, "coast"),
        ] {
            let near = self.lines().filter(|(_, b, k)| *k == kind && b.meets(bounds));
            features.push(lines(word, near.map(|(n, ..)| self.arc(n))));
        }
        features
            .push(lines("river", self.rivers.iter().filter(|r| r.bounds.meets(bounds)).map(|r| r.points.as_slice())));
        let lakes = self.lakes.iter().filter(|r| r.bounds.meets(bounds) && r.points.len() > 3);
        let rings: Vec<Value> =
            lakes.map(|l| json!([l.points.iter().copied().map(point).collect::<Vec<_>>()])).collect();
        features.push(json!({ "type": "Feature", "properties": { "kind": "lake" }, "geometry": { "type": "MultiPolygon", "coordinates": rings } }));
        json!({ "type": "FeatureCollection", "attribution": "Natural Earth (public domain), borders de jure", "features": features })
    }
}

/// Three decimals: what the embedded file holds.
fn point([lon, lat]: [f32; 2]) -> Value {
    let round = |v: f32| (f64::from(v) * 1000.0).round() / 1000.0;
    json!([round(lon), round(lat)])
}

fn lines<'a>(kind: &str, all: impl Iterator<Item = &'a [[f32; 2]]>) -> Value {
    let coordinates: Vec<Value> = all.map(|line| line.iter().copied().map(point).collect()).collect();
    json!({ "type": "Feature", "properties": { "kind": kind }, "geometry": { "type": "MultiLineString", "coordinates": coordinates } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_land_about_a_country_holds_it_and_its_neighbours() {
        let world = Boundaries::world();
        let land = world.land(world.box_of("AF").unwrap(), "AF");
        let features = land["features"].as_array().unwrap();
        let isos: Vec<&str> = features.iter().filter_map(|f| f["properties"]["iso"].as_str()).collect();
        for iso in ["AF", "IR", "PK", "TJ", "TM", "UZ"] {
            assert!(isos.contains(&iso), "{iso}");
        }
        assert_eq!(features.iter().filter(|f| f["properties"]["focus"] == true).count(), 1);
        assert!(!isos.contains(&"FR"));
    }
}
