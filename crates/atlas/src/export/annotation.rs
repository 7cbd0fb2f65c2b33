//! W3C Web Annotations of the evidence (JSON-LD), with PROV terms for where a claim comes from.

use marchland_article::CodePoints;
use serde_json::{Value, json};

use super::claims::quote;
use super::{ExportSet, word};

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let items: Vec<Value> = set
        .claims
        .iter()
        .map(|row| {
            let c = &row.claim;
            let article = set.lookup.article(&c.evidence.article);
            let text = article.as_ref().map_or("", |a| a.text.as_str());
            let q = quote(text, &CodePoints::new(text), c.evidence.sentence);
            let source = format!("urn:sha256:{}", c.evidence.article);
            json!({
                "id": format!("urn:marchland:claim:{}", c.id.0),
                "type": "Annotation",
                "motivation": "classifying",
                "created": row.read_at,
                "body": {
                    "type": "TextualBody", "format": "text/plain", "language": "en",
                    "value": format!("{}: {} at {} ({})", c.kind.map_or_else(|| c.event.as_ref().map_or_else(String::new, |e| e.sub_event_type.clone()), |k| word(&k)),
                        c.holder.as_ref().map_or("an unknown party", |h| h.name.as_str()), c.place.name, word(&c.stance)),
                },
                "target": {
                    "source": source,
                    "selector": [
                        { "type": "TextPositionSelector", "start": q.start, "end": q.end },
                        { "type": "TextQuoteSelector", "exact": q.exact, "prefix": q.prefix, "suffix": q.suffix },
                    ],
                },
                "prov:wasDerivedFrom": { "id": source, "dcterms:publisher": row.outlet, "dcterms:issued": row.published,
                    "schema:url": article.as_ref().and_then(|a| a.url.clone()) },
                "prov:wasAttributedTo": c.speaker.as_ref().map(|s| json!({ "schema:name": s.name, "schema:roleName": s.role })),
                "prov:wasGeneratedBy": { "type": "prov:Activity", "rdfs:label": format!("rule {}", c.evidence.rule) },
            })
        })
        .collect();
    let all = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {
            "prov": "http://www.w3.org/ns/prov#", "dcterms": "http://purl.org/dc/terms/", "schema": "https://schema.org/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#" }],
        "type": "AnnotationCollection",
        "label": set.title,
        "total": items.len(),
        "first": { "type": "AnnotationPage", "items": items },
    });
    serde_json::to_vec_pretty(&all).unwrap_or_default()
}
