//! PLOVER events, JSON Lines. PLOVER has no word for territory (its COERCE/seize means the seizing of property):
//! the claim's own code stands where the coder gave one, and our kind is told in `context`.

use marchland_article::CodePoints;
use marchland_claim::{Party, Stance};
use serde_json::{Value, json};

use super::claims::quote;
use super::{ExportSet, word};

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut out = Vec::new();
    for row in set.claims {
        let c = &row.claim;
        let Some(event) = &c.event else { continue };
        // PLOVER requires an actor.
        let Some(holder) = c.holder.as_ref().or(c.other.as_ref()) else { continue };
        let party = |p: &Party| json!({ "actor_text": p.name, "code": p.actor, "type": p.actor.as_ref().and_then(|a| set.lookup.actor_kind(a)) });
        let mut mode = Vec::new();
        if c.background {
            mode.push("historical");
        }
        match c.stance {
            Stance::Planned => mode.push("future"),
            Stance::Hypothetical => mode.push("hypothetical"),
            Stance::Denied => mode.push("negation"),
            Stance::Asserted | Stance::Claimed => {}
        }
        let article = set.lookup.article(&c.evidence.article);
        let text = article.as_ref().map_or("", |a| a.text.as_str());
        let sentence = quote(text, &CodePoints::new(text), c.evidence.sentence);
        let recipient: Vec<Value> = c.holder.as_ref().and(c.other.as_ref()).map(party).into_iter().collect();
        let line = json!({
            "id": c.id,
            "date": c.time.valid_from.or(row.published),
            "actor": [party(holder)],
            "recipient": recipient,
            "event": [event.plover.as_deref().unwrap_or("")],
            "event_loc": { "name": c.place.name, "country": c.place.country, "lat": c.place.lat, "lon": c.place.lon, "geonames_id": c.place.id },
            "mode": mode,
            "context": c.kind.map(|k| word(&k)).into_iter().collect::<Vec<_>>(),
            "link": article.as_ref().and_then(|a| a.url.clone()),
            "text": sentence.exact,
            "text_info": { "sequence": 0, "start": sentence.start, "end": sentence.end },
            "cite_info": { "outlet": row.outlet, "published": row.published, "article": c.evidence.article },
        });
        out.extend(line.to_string().into_bytes());
        out.push(b'\n');
    }
    out
}
