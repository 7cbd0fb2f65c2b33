//! ACLED's 31 columns, ours after them; and the same with HXL tags.

use marchland_claim::Party;

use super::csv::Table;
use super::event::{Event, events};
use super::{ExportSet, control::degrees, opt, word};

const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];
const OURS: [&str; 8] =
    ["x_claim_ids", "x_kind", "x_stance", "x_speaker", "x_initiator", "x_confidence", "x_first_reported", "x_place_id"];

/// OCHA's mapping of ACLED's columns; the others have no tag.
const HXL: [(&str, &str); 16] = [
    ("event_id_cnty", "#event+code"),
    ("event_date", "#date+occurred"),
    ("year", "#date+year"),
    ("event_type", "#event+type"),
    ("actor1", "#group+name+first"),
    ("actor2", "#group+name+second"),
    ("region", "#region+name"),
    ("country", "#country+name"),
    ("admin1", "#adm1+name"),
    ("admin2", "#adm2+name"),
    ("location", "#loc+name"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("source", "#meta+source"),
    ("notes", "#description"),
    ("fatalities", "#affected+killed"),
];

/// ACLED's regions by country (ISO letters), one a line in `data/atlas/acled_regions.tsv`.
fn region(iso: &str) -> &'static str {
    let rows = include_str!("../../../../data/atlas/acled_regions.tsv").lines().filter_map(|l| l.split_once('\t'));
    rows.filter(|(_, isos)| isos.split(' ').any(|i| i == iso)).map(|(name, _)| name).next().unwrap_or("")
}

pub(super) fn csv(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::new();
    table.row(COLUMNS.iter().chain(&OURS));
    for event in events(set) {
        table.row(row(set, &event));
    }
    table.bytes()
}

/// Only the columns that have a tag: HXL tools take a whole row of tags.
pub(super) fn hxl(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::new();
    table.row(HXL.iter().map(|(name, _)| *name));
    table.row(HXL.iter().map(|(_, tag)| *tag));
    for event in events(set) {
        let row = row(set, &event);
        let picked = HXL.iter().filter_map(|(name, _)| COLUMNS.iter().position(|c| c == name).map(|n| row[n].clone()));
        table.row(picked);
    }
    table.bytes()
}

fn row(set: &ExportSet, event: &Event) -> Vec<String> {
    let first = event.first();
    let c = &first.claim;
    let place = event.place.as_ref();
    let kind = |p: &Option<Party>| {
        p.as_ref().and_then(|p| p.actor.as_ref()).and_then(|a| set.lookup.actor_kind(a)).unwrap_or_default()
    };
    let name = |p: &Option<Party>| {
        p.as_ref()
            .map(|p| p.actor.as_ref().map_or_else(|| p.name.clone(), |a| set.lookup.actor_name(a)))
            .unwrap_or_default()
    };
    let (inter1, inter2) = (kind(&c.holder), kind(&c.other));
    let interaction = match (inter1.as_str(), inter2.as_str()) {
        ("", "") => String::new(),
        (one, "") | ("", one) => format!("{one} only"),
        (a, b) => format!("{a}-{b}"),
    };
    let event_type = c.event.as_ref().map(|e| e.event_type.clone()).unwrap_or_default();
    let disorder = match event_type.as_str() {
        "Battles" | "Explosions/Remote violence" | "Violence against civilians" => "Political violence",
        "Protests" | "Riots" => "Demonstrations",
        "Strategic developments" => "Strategic developments",
        _ => "",
    };
    let country = event.country();
    let mut ids: Vec<&str> = event.rows.iter().map(|r| r.claim.id.0.as_str()).collect();
    ids.dedup();
    let text = |get: fn(&crate::info::PlaceInfo) -> Option<&String>| place.and_then(get).cloned().unwrap_or_default();
    let reported = event.rows.iter().filter_map(|r| r.published).min();
    let changed = event.rows.iter().map(|r| r.read_at.as_second()).max().unwrap_or(0);
    vec![
        format!("{}{}", country.map_or("XXX", |c| c.alpha3.as_str()), event.number()),
        event.day.to_string(),
        event.day.year().to_string(),
        event.time_precision().to_string(),
        disorder.to_owned(),
        event_type.clone(),
        c.event.as_ref().map(|e| e.sub_event_type.clone()).unwrap_or_default(),
        name(&c.holder),
        String::new(),
        inter1,
        name(&c.other),
        String::new(),
        inter2,
        interaction,
        if event_type == "Violence against civilians" { "Civilian targeting".to_owned() } else { String::new() },
        country.map(|c| c.numeric.to_string()).unwrap_or_default(),
        place.and_then(|p| p.country.as_deref()).map(region).unwrap_or_default().to_owned(),
        country.map(|c| c.name.clone()).unwrap_or_default(),
        text(|p| p.admin1.as_ref()),
        String::new(),
        String::new(),
        place.map_or(&c.place.name, |p| &p.name).clone(),
        place.and_then(|p| p.lat).map(degrees).unwrap_or_default(),
        place.and_then(|p| p.lon).map(degrees).unwrap_or_default(),
        event.geo_precision().to_string(),
        event.outlets(),
        String::new(),
        event.note(set),
        event.killed().map_or(0, |f| f.0).to_string(),
        String::new(),
        changed.to_string(),
        ids.join("; "),
        c.kind.map(|k| word(&k)).unwrap_or_default(),
        word(&c.stance),
        c.speaker.as_ref().map(|s| s.name.clone()).unwrap_or_default(),
        opt(c.holder.as_ref().and_then(|p| p.actor.as_ref())),
        format!("{:.3}", c.confidence),
        opt(reported),
        opt(c.place.id),
    ]
}
