//! The control table: who held what, from when to when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use marchland_place::PlaceId;

use super::csv::Table;
use super::{ExportSet, level, opt, word};
use crate::info::PlaceInfo;
use crate::mark::Mark;

const LONG: [&str; 18] = [
    "place_id",
    "name",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "level",
    "valid_from",
    "valid_to",
    "status",
    "qualifier",
    "holder",
    "probability",
    "last_confirmed",
    "n_reports",
    "n_independent",
    "known_by",
    "claim_ids",
];

/// One interval a row. `valid_to` is the first day on which it is no longer so; empty: still so.
pub(super) fn long(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::new();
    table.row(LONG);
    for row in set.intervals {
        let place = set.lookup.place(row.place);
        let claims: Vec<&str> = row.claims.iter().map(|c| c.0.as_str()).collect();
        let mut fields = place_fields(row.place, place.as_ref());
        fields.extend([
            row.valid_from.to_string(),
            opt(row.valid_to),
            word(&row.status),
            row.qualifier.map(|q| word(&q)).unwrap_or_default(),
            opt(row.holder.as_ref()),
            format!("{:.4}", row.probability),
            opt(row.last_confirmed),
            row.reports.to_string(),
            row.independent.to_string(),
            opt(row.known_by),
            claims.join(";"),
        ]);
        table.row(fields);
    }
    table.bytes()
}

fn place_fields(id: PlaceId, place: Option<&PlaceInfo>) -> Vec<String> {
    let text = |get: fn(&PlaceInfo) -> Option<&String>| place.and_then(get).cloned().unwrap_or_default();
    vec![
        id.to_string(),
        place.map(|p| p.name.clone()).unwrap_or_default(),
        text(|p| p.admin1.as_ref()),
        text(|p| p.country.as_ref()),
        place.and_then(|p| p.lat).map(degrees).unwrap_or_default(),
        place.and_then(|p| p.lon).map(degrees).unwrap_or_default(),
        level(place.and_then(|p| p.feature.as_deref())).to_owned(),
    ]
}

/// Five decimals: about a metre, as GeoNames gives them.
pub(super) fn degrees(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Columns are days; no file gets more than this many (eleven years).
const MOST_DAYS: usize = 4018;

/// One row a place, one column a day, from the first day to the last change (or last word) of any place.
/// A cell is the holder's id, `contested`, or empty for unknown; what only the winner says is marked `?`.
pub(super) fn wide(set: &ExportSet) -> Vec<u8> {
    let first = set.intervals.iter().map(|r| r.valid_from).min();
    let ends =
        |r: &marchland_control::ControlInterval| r.valid_to.into_iter().chain(r.last_confirmed).chain([r.valid_from]);
    let last = set.intervals.iter().flat_map(ends).max();
    let days: Vec<Date> = match (first, last) {
        (Some(first), Some(last)) => {
            first.series(jiff::Span::new().days(1)).take_while(|d| *d <= last).take(MOST_DAYS).collect()
        }
        _ => Vec::new(),
    };
    let mut table = Table::new();
    table.row(LONG[..7].iter().map(|s| (*s).to_owned()).chain(days.iter().map(ToString::to_string)));
    let places: BTreeSet<PlaceId> = set.intervals.iter().map(|r| r.place).collect();
    let mut rows: BTreeMap<PlaceId, Vec<String>> =
        places.iter().map(|p| (*p, vec![String::new(); days.len()])).collect();
    for interval in set.intervals {
        let Some((row, first)) = rows.get_mut(&interval.place).zip(first) else { continue };
        let from = first.until(interval.valid_from).map_or(0, |s| s.get_days().max(0)) as usize;
        let to =
            interval.valid_to.and_then(|d| first.until(d).ok()).map_or(days.len(), |s| s.get_days().max(0) as usize);
        let mark = Mark::new(interval.status, interval.qualifier, interval.holder.is_some());
        let cell = match (&interval.holder, mark) {
            (_, Mark::Contested) => "contested".to_owned(),
            (Some(holder), Mark::Claimed) => format!("{holder}?"),
            (Some(holder), mark) if mark.has_holder() => holder.to_string(),
            _ => String::new(),
        };
        for slot in row.iter_mut().take(to).skip(from) {
            slot.clone_from(&cell);
        }
    }
    for (id, cells) in rows {
        table.row(place_fields(id, set.lookup.place(id).as_ref()).into_iter().chain(cells));
    }
    table.bytes()
}
