//! UCDP GED's 49 columns. Only events with at least one death qualify. Ids of UCDP's own (dyads, conflicts, states)
//! are left empty: we do not know them, and inventing numbers would be worse.

use super::csv::Table;
use super::event::events;
use super::{ExportSet, control::degrees, opt};

const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Cell of the PRIO grid: half degrees, numbered from the south-west, 720 a row, from 1.
fn priogrid(lat: f64, lon: f64) -> u32 {
    let row = ((lat + 90.0) * 2.0).floor().clamp(0.0, 359.0) as u32;
    let column = ((lon + 180.0) * 2.0).floor().clamp(0.0, 719.0) as u32;
    row * 720 + column + 1
}

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::new();
    table.row(COLUMNS);
    for event in events(set) {
        let Some((low, high)) = event.killed().filter(|(low, _)| *low > 0) else { continue };
        let row = event.first();
        let c = &row.claim;
        let article = set.lookup.article(&c.evidence.article);
        let name = |p: &Option<marchland_claim::Party>| {
            p.as_ref()
                .map(|p| p.actor.as_ref().map_or_else(|| p.name.clone(), |a| set.lookup.actor_name(a)))
                .unwrap_or_default()
        };
        let kind = |p: &Option<marchland_claim::Party>| {
            p.as_ref().and_then(|p| p.actor.as_ref()).and_then(|a| set.lookup.actor_kind(a)).unwrap_or_default()
        };
        let state = |k: &str| k.eq_ignore_ascii_case("state forces");
        let civilians = c.event.as_ref().is_some_and(|e| e.event_type == "Violence against civilians");
        // 1 state-based, 2 non-state, 3 one-sided.
        let violence = if civilians {
            "3"
        } else if state(&kind(&c.holder)) || state(&kind(&c.other)) {
            "1"
        } else {
            "2"
        };
        let (a, b) = (name(&c.holder), if civilians { "Civilians".to_owned() } else { name(&c.other) });
        let place = event.place.as_ref();
        let position = place.and_then(crate::info::PlaceInfo::position);
        let sources: std::collections::BTreeSet<&str> =
            event.rows.iter().map(|r| r.claim.evidence.article.as_str()).collect();
        table.row([
            event.number().to_string(),
            String::new(),
            event.day.year().to_string(),
            String::new(),
            String::new(),
            violence.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            format!("{a} - {b}"),
            String::new(),
            String::new(),
            a,
            String::new(),
            String::new(),
            b,
            sources.len().to_string(),
            c.evidence.article.clone(),
            opt(row.outlet.as_ref()),
            opt(row.published),
            article.and_then(|a| a.title.clone()).unwrap_or_default(),
            c.speaker.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
            event.geo_precision().to_string(),
            place.map_or(&c.place.name, |p| &p.name).clone(),
            String::new(),
            place.and_then(|p| p.admin1.clone()).unwrap_or_default(),
            String::new(),
            position.map(|p| degrees(p.0)).unwrap_or_default(),
            position.map(|p| degrees(p.1)).unwrap_or_default(),
            position.map(|(lat, lon)| format!("POINT ({} {})", degrees(lon), degrees(lat))).unwrap_or_default(),
            position.map(|(lat, lon)| priogrid(lat, lon).to_string()).unwrap_or_default(),
            event.country().map(|c| c.name.clone()).unwrap_or_default(),
            String::new(),
            String::new(),
            "1".to_owned(),
            event.time_precision().to_string(),
            event.day.to_string(),
            c.time.valid_to.unwrap_or(event.day).to_string(),
            "0".to_owned(),
            "0".to_owned(),
            if civilians { low.to_string() } else { "0".to_owned() },
            if civilians { "0".to_owned() } else { low.to_string() },
            low.to_string(),
            high.max(low).to_string(),
            low.to_string(),
            String::new(),
            String::new(),
        ]);
    }
    table.bytes()
}

#[cfg(test)]
mod tests {
    use super::priogrid;

    #[test]
    fn grid_cells_count_from_the_south_west() {
        assert_eq!((priogrid(-90.0, -180.0), priogrid(-89.75, -179.25), priogrid(90.0, 180.0)), (1, 2, 259_200));
    }
}
