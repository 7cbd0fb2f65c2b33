//! A claim as people and other programs read it: one JSON object, offsets in code points.

use jiff::civil::Date;
use marchland_article::{Article, CodePoints, Span};
use serde_json::{Value, json};

use crate::{Claim, Interest};

/// The row of a claim in the form of the gold guide, with the fields of the vocabulary beside.
/// Offsets are Unicode code points, end exclusive.
#[must_use]
pub fn to_row(claim: &Claim, article: &Article) -> Value {
    to_row_with(claim, article, &CodePoints::new(&article.text))
}

/// [`to_row`] with the counting of the text done once for many claims.
#[must_use]
pub fn to_row_with(claim: &Claim, article: &Article, points: &CodePoints) -> Value {
    let text = &article.text;
    let at = |span: Span| {
        let (start, end) = points.span(span);
        json!({"start": start, "end": end, "exact": span.of(text), "prefix": before(text, span), "suffix": after(text, span)})
    };
    let time = match (claim.time.valid_from, claim.time.valid_to) {
        (None, None) => Value::Null,
        (from, to) => json!([from.map(|d: Date| d.to_string()), to.map(|d: Date| d.to_string())]),
    };
    let speaker_side = claim.speaker.as_ref().map(|s| s.party.as_ref().map_or("unknown", |p| p.as_str()));
    // A total that names no place has none.
    let placed = claim.aggregate.is_none() || !claim.place.name.is_empty();
    let interest = claim.speaker.as_ref().map(|s| match s.interest {
        Interest::SelfServing => "self_serving",
        Interest::AgainstInterest => "against_interest",
        Interest::ThirdParty => "third_party",
    });
    json!({
        "id": claim.id.0,
        "quote": claim.evidence.clause.of(text),
        "kind": claim.kind,
        "holder": claim.holder.as_ref().map(|p| p.name.as_str()),
        "holder_id": claim.holder.as_ref().and_then(|p| p.actor.as_ref()).map(|a| a.as_str()),
        "other": claim.other.as_ref().map(|p| p.name.as_str()),
        "other_id": claim.other.as_ref().and_then(|p| p.actor.as_ref()).map(|a| a.as_str()),
        "place": placed.then(|| claim.place.span.of(text)),
        "place_name": placed.then_some(claim.place.name.as_str()),
        "place_id": claim.place.id,
        "place_score": claim.place.score,
        "country": claim.place.country,
        "admin1": claim.place.admin1,
        "lat": claim.place.lat,
        "lon": claim.place.lon,
        "precision": claim.place.precision,
        "part": claim.place.part,
        "stance": claim.stance,
        "speaker": claim.speaker.as_ref().map(|s| s.name.as_str()),
        "speaker_role": claim.speaker.as_ref().and_then(|s| s.role.as_deref()),
        "speaker_side": speaker_side,
        "interest": interest,
        "time": time,
        "time_words": claim.time.span.map(|s| s.of(text)),
        "background": claim.background,
        "aggregate": claim.aggregate,
        "event_type": claim.event.as_ref().map(|e| e.event_type.as_str()),
        "sub_event_type": claim.event.as_ref().map(|e| e.sub_event_type.as_str()),
        "cameo": claim.event.as_ref().and_then(|e| e.cameo.as_deref()),
        "plover": claim.event.as_ref().and_then(|e| e.plover.as_deref()),
        "evidence": {"clause": at(claim.evidence.clause), "sentence": at(claim.evidence.sentence), "trigger": at(claim.evidence.trigger), "place": at(claim.place.span)},
        "rule": claim.evidence.rule,
        "proposer": claim.proposer,
        "confidence": (f64::from(claim.confidence) * 1000.0).round() / 1000.0,
    })
}

/// Up to 32 characters before a span.
fn before(text: &str, span: Span) -> &str {
    let head = text.get(..span.start as usize).unwrap_or("");
    let start = head.char_indices().rev().nth(31).map_or(0, |(at, _)| at);
    &head[start..]
}

/// Up to 32 characters after a span.
fn after(text: &str, span: Span) -> &str {
    let tail = text.get(span.end as usize..).unwrap_or("");
    let end = tail.char_indices().nth(32).map_or(tail.len(), |(at, _)| at);
    &tail[..end]
}
