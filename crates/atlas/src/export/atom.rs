//! Atom 1.0 (RFC 4287): an entry for each change, the latest first.

use std::fmt::Write;

use super::ExportSet;
use crate::count::day_words;
use crate::mark::Mark;
use crate::svg::Esc;

/// A feed of more than this many entries is cut: readers ask again.
const MOST: usize = 500;

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\">\n",
    );
    let updated = set.claims.iter().map(|c| c.read_at).max().unwrap_or(set.made);
    let _ = writeln!(
        out,
        "<title>{}</title><id>urn:marchland:control:{}</id><updated>{updated}</updated><rights>{}</rights><author><name>Marchland</name></author>",
        Esc(set.title),
        Esc(&urn(set.query)),
        Esc(set.attribution),
    );
    let mut rows: Vec<_> = set.intervals.iter().collect();
    rows.sort_by_key(|r| (std::cmp::Reverse(r.valid_from), r.place));
    for row in rows.into_iter().take(MOST) {
        let place = set.lookup.place(row.place);
        let name = place.as_ref().map_or_else(|| row.place.to_string(), |p| p.name.clone());
        let mark = Mark::new(row.status, row.qualifier, row.holder.is_some());
        let holder = row.holder.as_ref().filter(|_| mark.has_holder()).map(|h| set.lookup.actor_name(h));
        let words = holder.map_or_else(|| mark.words().to_owned(), |h| format!("{h}, {}", mark.words()));
        let moved = row.last_confirmed.unwrap_or(row.valid_from).max(row.valid_from);
        let _ = write!(
            out,
            "<entry><title>{}: {}</title><id>urn:marchland:control:{}:{}</id><updated>{moved}T00:00:00Z</updated><summary>{} from {}, {} reports, {} independent.</summary>",
            Esc(&name),
            Esc(&words),
            row.place,
            row.valid_from,
            Esc(&words),
            day_words(row.valid_from),
            row.reports,
            row.independent,
        );
        if let Some((lat, lon)) = place.as_ref().and_then(crate::info::PlaceInfo::position) {
            let _ = write!(out, "<georss:point>{lat} {lon}</georss:point>");
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// Letters and digits of a text, the rest as hyphens: fit for a URN.
fn urn(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
