//! Features of a document for the fitting tools (tools/place-fit). No part of the product calls this.

use marchland_article::{Article, Span};
use marchland_reading::Reading;
use serde::Serialize;

use crate::doc::Doc;
use crate::resolve::{self, Named};
use crate::{Gazetteer, find, recognise, spans};

/// A named value: feature, word, value.
type Row = Vec<(&'static str, String, f32)>;

/// A span that was looked at.
#[derive(Debug, Serialize)]
pub struct SpanRow {
    /// Bytes of the text.
    pub span: Span,
    /// Was its sentence read fully?
    pub full: bool,
    /// Its features.
    pub features: Row,
}

/// A mention with its candidate places.
#[derive(Debug, Serialize)]
pub struct MentionRow {
    /// Bytes of the text.
    pub span: Span,
    /// Id, latitude and longitude of each candidate.
    pub places: Vec<(String, f64, f64)>,
    /// Features of each candidate.
    pub features: Vec<Row>,
}

/// Uses these weights instead of the embedded ones; before anything else is called.
///
/// # Errors
/// When they are no weights, or weights are in use already.
pub fn use_weights(json: &str) -> Result<(), String> {
    let models = crate::model::read(json).map_err(|e| e.to_string())?;
    if crate::model::set(models) { Ok(()) } else { Err("weights are in use already".into()) }
}

fn row(features: Vec<crate::model::Feature<'_>>) -> Row {
    features.into_iter().map(|(n, w, v)| (n, w.to_owned(), v)).collect()
}

/// Every span that recognition looks at; those that are words for people are left out.
#[must_use]
pub fn span_rows(article: &Article, reading: &Reading, gazetteer: &Gazetteer) -> (Vec<SpanRow>, Vec<Span>) {
    let doc = Doc::new(article, reading);
    let (spots, demonyms) = spans::collect(&doc, gazetteer);
    let features = recognise::all_features(&doc, gazetteer, &spots, &find::shares(gazetteer, &demonyms));
    let rows = spots
        .iter()
        .zip(features)
        .map(|(s, f)| SpanRow { span: s.span, full: doc.deep(s.first), features: row(f) })
        .collect();
    (rows, demonyms.iter().map(|d| d.span).collect())
}

/// Features of the candidates of given spans (gold spans, say): alone, or with the rest of the document as the present
/// weights see it.
#[must_use]
pub fn mention_rows(
    article: &Article,
    reading: &Reading,
    gazetteer: &Gazetteer,
    gold: &[Span],
    together: bool,
) -> Vec<MentionRow> {
    let doc = Doc::new(article, reading);
    let (spots, demonyms) = spans::collect(&doc, gazetteer);
    let shares = find::shares(gazetteer, &demonyms);
    let mut named: Vec<_> = spots
        .into_iter()
        .filter(|s| gold.contains(&s.span) && !s.slots.is_empty())
        .map(|s| {
            let slots = s.slots.clone();
            Named::new(gazetteer, s, 1.0, slots.into_iter().map(|x| (x, 0.0)))
        })
        .collect();
    resolve::resolve(&doc, gazetteer, &mut named, &shares);
    let features = resolve::all_features(&doc, gazetteer, &named, &shares, together);
    named
        .iter()
        .zip(features)
        .map(|(n, f)| MentionRow {
            span: n.spot.span,
            places: n
                .choices
                .iter()
                .map(|c| (c.id.to_string(), gazetteer.point(c.slot).0, gazetteer.point(c.slot).1))
                .collect(),
            features: f.into_iter().map(row).collect(),
        })
        .collect()
}
