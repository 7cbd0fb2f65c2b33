//! The claims themselves: JSON Lines with everything, CSV with what a table can hold.

use marchland_article::CodePoints;
use serde_json::{Value, json};

use super::csv::Table;
use super::{ClaimRow, ExportSet, opt, word};
use crate::info::Lookup;

/// Characters of context on either side of a quote.
pub(super) const CONTEXT: usize = 32;

/// A span of the stored article as the world outside counts it, with its words.
pub(super) struct Quote {
    pub start: u32,
    pub end: u32,
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

/// Quotes a span of an article.
pub(super) fn quote(text: &str, points: &CodePoints, span: marchland_article::Span) -> Quote {
    let (start, end) = points.span(span);
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(n, _)| n);
    Quote {
        start,
        end,
        exact: span.of(text).to_owned(),
        prefix: before[from..].to_owned(),
        suffix: after.chars().take(CONTEXT).collect(),
    }
}

/// A claim with its quotes, as the API gives it too. Spans in it are code points.
#[must_use]
pub fn claim_json(row: &ClaimRow, lookup: &dyn Lookup) -> Value {
    let claim = &row.claim;
    let article = lookup.article(&claim.evidence.article);
    let text = article.as_ref().map_or("", |a| a.text.as_str());
    let points = CodePoints::new(text);
    let span = |s: marchland_article::Span| -> Value {
        if text.is_empty() {
            return Value::Null;
        }
        let q = quote(text, &points, s);
        json!({ "start": q.start, "end": q.end, "exact": q.exact, "prefix": q.prefix, "suffix": q.suffix })
    };
    let party = |p: &marchland_claim::Party| {
        json!({ "actor": p.actor, "name": p.name, "words": span(p.span), "score": p.score,
            "alternatives": p.alternatives.iter().map(|a| json!({ "actor": a.id, "score": a.score })).collect::<Vec<_>>() })
    };
    json!({
        "id": claim.id,
        "kind": claim.kind,
        "event_type": claim.event.as_ref().map(|e| &e.event_type),
        "sub_event_type": claim.event.as_ref().map(|e| &e.sub_event_type),
        "cameo": claim.event.as_ref().and_then(|e| e.cameo.as_ref()),
        "plover": claim.event.as_ref().and_then(|e| e.plover.as_ref()),
        "holder": claim.holder.as_ref().map(party),
        "other": claim.other.as_ref().map(party),
        "place": {
            "id": claim.place.id, "name": claim.place.name, "country": claim.place.country, "admin1": claim.place.admin1,
            "lat": claim.place.lat, "lon": claim.place.lon, "feature": claim.place.feature, "precision": claim.place.precision,
            "score": claim.place.score, "part": claim.place.part, "words": span(claim.place.span),
            "alternatives": claim.place.alternatives.iter().map(|a| json!({ "id": a.id, "score": a.score })).collect::<Vec<_>>(),
        },
        "valid_from": claim.time.valid_from,
        "valid_to": claim.time.valid_to,
        "time_precision": claim.time.precision,
        "time_inferred": claim.time.inferred,
        "time_words": claim.time.span.map(span),
        "stance": claim.stance,
        "speaker": claim.speaker.as_ref().map(|s| json!({
            "name": s.name, "role": s.role, "party": s.party, "interest": s.interest, "words": span(s.span) })),
        "background": claim.background,
        "aggregate": claim.aggregate,
        "fatalities": claim.fatalities,
        "injured": claim.injured,
        "displaced": claim.displaced,
        "confidence": claim.confidence,
        "evidence": {
            "article": claim.evidence.article, "rule": claim.evidence.rule,
            "sentence": span(claim.evidence.sentence), "clause": span(claim.evidence.clause), "trigger": span(claim.evidence.trigger),
        },
        "outlet": row.outlet,
        "published": row.published,
        "read_at": row.read_at,
    })
}

pub(super) fn jsonl(set: &ExportSet) -> Vec<u8> {
    let mut out = Vec::new();
    for row in set.claims {
        out.extend(claim_json(row, set.lookup).to_string().into_bytes());
        out.push(b'\n');
    }
    out
}

pub(super) fn csv(set: &ExportSet) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "id",
        "kind",
        "event_type",
        "sub_event_type",
        "holder",
        "holder_name",
        "other",
        "other_name",
        "place_id",
        "place",
        "admin1",
        "country",
        "latitude",
        "longitude",
        "place_precision",
        "part",
        "valid_from",
        "valid_to",
        "time_precision",
        "time_inferred",
        "stance",
        "speaker",
        "speaker_role",
        "speaker_party",
        "interest",
        "background",
        "fatalities_low",
        "fatalities_high",
        "confidence",
        "rule",
        "outlet",
        "published",
        "read_at",
        "article",
        "quote_start",
        "quote_end",
        "quote",
    ]);
    for row in set.claims {
        let c = &row.claim;
        let article = set.lookup.article(&c.evidence.article);
        let text = article.as_ref().map_or("", |a| a.text.as_str());
        let sentence = quote(text, &CodePoints::new(text), c.evidence.sentence);
        let actor = |p: &Option<marchland_claim::Party>| {
            p.as_ref().and_then(|p| p.actor.as_ref()).map(ToString::to_string).unwrap_or_default()
        };
        let name = |p: &Option<marchland_claim::Party>| p.as_ref().map(|p| p.name.clone()).unwrap_or_default();
        let speaker = c.speaker.as_ref();
        table.row([
            c.id.0.clone(),
            c.kind.map(|k| word(&k)).unwrap_or_default(),
            c.event.as_ref().map(|e| e.event_type.clone()).unwrap_or_default(),
            c.event.as_ref().map(|e| e.sub_event_type.clone()).unwrap_or_default(),
            actor(&c.holder),
            name(&c.holder),
            actor(&c.other),
            name(&c.other),
            opt(c.place.id),
            c.place.name.clone(),
            opt(c.place.admin1.as_ref()),
            opt(c.place.country.as_ref()),
            opt(c.place.lat),
            opt(c.place.lon),
            word(&c.place.precision),
            opt(c.place.part.as_ref()),
            opt(c.time.valid_from),
            opt(c.time.valid_to),
            c.time.precision.map(|p| word(&p)).unwrap_or_default(),
            c.time.inferred.to_string(),
            word(&c.stance),
            speaker.map(|s| s.name.clone()).unwrap_or_default(),
            speaker.and_then(|s| s.role.clone()).unwrap_or_default(),
            opt(speaker.and_then(|s| s.party.as_ref())),
            speaker.map(|s| word(&s.interest)).unwrap_or_default(),
            c.background.to_string(),
            opt(c.fatalities.map(|f| f.0)),
            opt(c.fatalities.map(|f| f.1)),
            format!("{:.3}", c.confidence),
            c.evidence.rule.clone(),
            opt(row.outlet.as_ref()),
            opt(row.published),
            row.read_at.to_string(),
            c.evidence.article.clone(),
            sentence.start.to_string(),
            sentence.end.to_string(),
            sentence.exact,
        ]);
    }
    table.bytes()
}
