//! GeoJSON (RFC 7946): a feature per interval.

use serde_json::{Value, json};

use super::{ExportSet, level};
use crate::boundaries::Boundaries;
use crate::info::PlaceInfo;

/// Towns are points, provinces areas (where we have their shape); a place without a position has a null geometry.
pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let features: Vec<Value> = set
        .intervals
        .iter()
        .map(|row| {
            let place = set.lookup.place(row.place);
            let claims: Vec<&str> = row.claims.iter().map(|c| c.0.as_str()).collect();
            json!({
                "type": "Feature",
                "id": format!("{}@{}", row.place, row.valid_from),
                "geometry": place.as_ref().map_or(Value::Null, geometry),
                "properties": {
                    "place_id": row.place,
                    "name": place.as_ref().map(|p| &p.name),
                    "local_name": place.as_ref().and_then(|p| p.local_name.as_ref()),
                    "admin1": place.as_ref().and_then(|p| p.admin1.as_ref()),
                    "country": place.as_ref().and_then(|p| p.country.as_ref()),
                    "level": level(place.as_ref().and_then(|p| p.feature.as_deref())),
                    "valid_from": row.valid_from,
                    "valid_to": row.valid_to,
                    "status": row.status,
                    "qualifier": row.qualifier,
                    "holder": row.holder,
                    "holder_name": row.holder.as_ref().map(|h| set.lookup.actor_name(h)),
                    "probability": (row.probability * 1e4).round() / 1e4,
                    "last_confirmed": row.last_confirmed,
                    "n_reports": row.reports,
                    "n_independent": row.independent,
                    "known_by": row.known_by,
                    "claim_ids": claims,
                },
            })
        })
        .collect();
    let all = json!({
        "type": "FeatureCollection",
        "title": set.title,
        "attribution": set.attribution,
        "query": set.query,
        "generated": set.made,
        "features": features,
    });
    let mut bytes = serde_json::to_vec(&all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn geometry(place: &PlaceInfo) -> Value {
    let world = Boundaries::world();
    if let ("province", Some(division)) = (level(place.feature.as_deref()), world.division(place.id)) {
        return json!({ "type": "MultiPolygon", "coordinates": world.polygons(division) });
    }
    match place.position() {
        Some((lat, lon)) => json!({ "type": "Point", "coordinates": [lon, lat] }),
        None => Value::Null,
    }
}
