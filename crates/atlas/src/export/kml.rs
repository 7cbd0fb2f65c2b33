//! KML 2.2: a placemark per interval, with its time span.

use std::fmt::Write;

use super::ExportSet;
use crate::mark::Mark;
use crate::svg::Esc;

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n",
    );
    let _ = writeln!(
        out,
        "<name>{}</name><description>{}. {}</description>",
        Esc(set.title),
        Esc(set.query),
        Esc(set.attribution)
    );
    for row in set.intervals {
        let Some(place) = set.lookup.place(row.place) else { continue };
        let Some((lat, lon)) = place.position() else { continue };
        let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
        let holder = row.holder.as_ref().filter(|_| mark.has_holder()).map(|h| set.lookup.actor_name(h));
        let words = holder.map_or_else(|| mark.words().to_owned(), |h| format!("{h}, {}", mark.words()));
        let _ = write!(out, "<Placemark id=\"p{}-{}\"><name>{}</name>", row.place.0, row.valid_from, Esc(&place.name));
        let _ = write!(
            out,
            "<description>{} ({} reports, {} independent)</description>",
            Esc(&words),
            row.reports,
            row.independent
        );
        let _ = write!(out, "<TimeSpan><begin>{}</begin>", row.valid_from);
        // The end of a KML span is its last moment: the day before the first day of the next state.
        if let Some(last) = row.valid_to.and_then(|d| d.yesterday().ok()) {
            let _ = write!(out, "<end>{last}</end>");
        }
        let _ = writeln!(out, "</TimeSpan><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>");
    }
    out.push_str("</Document></kml>\n");
    out.into_bytes()
}
