//! GDELT 1.0: 58 tab-separated columns without a header. Codes are strings. Tone and Goldstein's scale are not ours to
//! give: the tone is 0, the scale that of the CAMEO root code where the table knows it.

use marchland_claim::Party;

use super::ExportSet;
use super::control::degrees;
use super::csv::Table;
use super::event::{Event, events};

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::tabs();
    for event in events(set) {
        if let Some(row) = row(set, &event) {
            table.row(row);
        }
    }
    table.bytes()
}

fn row(set: &ExportSet, event: &Event) -> Option<Vec<String>> {
    let first = event.first();
    let c = &first.claim;
    let code = c.event.as_ref()?.cameo.clone()?;
    let root = code.get(..2)?.to_owned();
    let base = code.get(..3).unwrap_or(&code).to_owned();
    let quad = match root.parse::<u32>().ok()? {
        1..=5 => "1",
        6..=9 => "2",
        10..=14 => "3",
        _ => "4",
    };
    let day = event.day;
    let date = day.strftime("%Y%m%d").to_string();
    let articles: std::collections::BTreeSet<&str> =
        event.rows.iter().map(|r| r.claim.evidence.article.as_str()).collect();
    let outlets: std::collections::BTreeSet<&str> = event.rows.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let mut fields = vec![
        event.number().to_string(),
        date,
        day.strftime("%Y%m").to_string(),
        day.year().to_string(),
        format!("{:.4}", f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())),
    ];
    fields.extend(actor(set, c.holder.as_ref()));
    fields.extend(actor(set, c.other.as_ref()));
    fields.extend([
        "1".to_owned(),
        code,
        base,
        root.clone(),
        quad.to_owned(),
        goldstein(&root).to_owned(),
        event.rows.len().to_string(),
        outlets.len().max(1).to_string(),
        articles.len().to_string(),
        "0".to_owned(),
    ]);
    let geo = geography(event);
    fields.extend(vec![String::new(); 14]);
    fields.extend(geo);
    fields.push(event.rows.iter().map(|r| r.read_at.strftime("%Y%m%d").to_string()).min().unwrap_or_default());
    fields.push(set.lookup.article(&c.evidence.article).and_then(|a| a.url.clone()).unwrap_or_default());
    Some(fields)
}

/// Code, name, country, known group, ethnic, two religions, three types.
fn actor(set: &ExportSet, party: Option<&Party>) -> Vec<String> {
    let mut fields = vec![String::new(); 10];
    if let Some(party) = party {
        let kind = party.actor.as_ref().and_then(|a| set.lookup.actor_kind(a)).unwrap_or_default();
        let code = match kind.to_lowercase().as_str() {
            "state forces" => "MIL",
            "rebel group" => "REB",
            "political militia" | "identity militia" => "UAF",
            "civilians" => "CVL",
            _ => "",
        };
        fields[0] = code.to_owned();
        fields[1] =
            party.actor.as_ref().map_or_else(|| party.name.clone(), |a| set.lookup.actor_name(a)).to_uppercase();
        fields[7] = code.to_owned();
    }
    fields
}

/// Type (4: a town outside the US, 5: its province, 1: a country), full name, country, ADM1, latitude, longitude, feature id.
fn geography(event: &Event) -> Vec<String> {
    let Some(place) = &event.place else { return vec![String::new(); 7] };
    let kind = match super::level(place.feature.as_deref()) {
        "country" => "1",
        "province" => "5",
        _ => "4",
    };
    let name = [Some(&place.name), place.admin1.as_ref(), place.country_name.as_ref()];
    vec![
        kind.to_owned(),
        name.into_iter().flatten().cloned().collect::<Vec<_>>().join(", "),
        place.country.clone().unwrap_or_default(),
        String::new(),
        place.lat.map(degrees).unwrap_or_default(),
        place.lon.map(degrees).unwrap_or_default(),
        place.id.to_string(),
    ]
}

/// Goldstein's weight of a CAMEO root code (the code book's value for the root itself).
fn goldstein(root: &str) -> &'static str {
    match root {
        "08" => "5.0",
        "13" => "-6.0",
        "14" => "-6.5",
        "15" => "-7.2",
        "17" => "-7.0",
        "18" => "-9.0",
        "19" | "20" => "-10.0",
        _ => "",
    }
}
