//! Why a span is taken for a place, and why for that one: every feature with its weight.

use marchland_article::{Article, Span};
use marchland_reading::Reading;
use serde::Serialize;

use crate::doc::Doc;
use crate::model::{Feature, Weights, models};
use crate::{Gazetteer, Options, PlaceId, find, recognise, resolve, spans};

/// One feature in a sum of logits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// What is looked at ("prev", "people", "division_share").
    pub feature: String,
    /// The word that it is about; empty for most.
    pub word: String,
    /// Its value.
    pub value: f32,
    /// Value times weight: what it adds to the logit.
    pub adds: f32,
}

/// A candidate place and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateReason {
    /// The place.
    pub id: PlaceId,
    /// Probability among the candidates, 0 to 1.
    pub probability: f32,
    /// Features, the weightiest first.
    pub reasons: Vec<Contribution>,
}

/// A span and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The words.
    pub span: Span,
    /// Probability that they name a place, 0 to 1.
    pub probability: f32,
    /// Why they name one, the weightiest first.
    pub reasons: Vec<Contribution>,
    /// Candidate places, the likeliest first.
    pub candidates: Vec<CandidateReason>,
}

fn contributions(weights: &Weights, features: &[Feature<'_>]) -> Vec<Contribution> {
    let mut out: Vec<_> = features
        .iter()
        .map(|f| Contribution { feature: f.0.to_owned(), word: f.1.to_owned(), value: f.2, adds: weights.of(f) })
        .filter(|c| c.adds != 0.0)
        .collect();
    out.sort_by(|a, b| b.adds.abs().total_cmp(&a.adds.abs()).then_with(|| a.feature.cmp(&b.feature)));
    out
}

/// Explains every place name that [`find`](crate::find()) finds by name.
#[must_use]
pub fn explain(article: &Article, reading: &Reading, gazetteer: &Gazetteer, options: &Options) -> Vec<Explanation> {
    let doc = Doc::new(article, reading);
    let (named, demonyms) = find::named(&doc, gazetteer, options);
    let shares = find::shares(gazetteer, &demonyms);
    // All spans, so that what is said of the document is what recognition saw; then those that were taken.
    let (all, _) = spans::collect(&doc, gazetteer);
    let every = recognise::all_features(&doc, gazetteer, &all, &shares);
    let recognition = named
        .iter()
        .map(|n| all.iter().position(|s| s.span == n.spot.span).map_or_else(Vec::new, |i| every[i].clone()))
        .collect::<Vec<_>>();
    let resolution = resolve::all_features(&doc, gazetteer, &named, &shares, true);
    named
        .iter()
        .zip(recognition)
        .zip(resolution)
        .map(|((n, spot), places)| {
            let weights = if doc.deep(n.spot.first) { &models().recognise_full } else { &models().recognise_tokens };
            let mut candidates: Vec<_> = n
                .choices
                .iter()
                .zip(places)
                .map(|(c, f)| CandidateReason {
                    id: c.id,
                    probability: c.probability,
                    reasons: contributions(&models().resolve, &f),
                })
                .collect();
            candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
            Explanation {
                span: n.spot.span,
                probability: n.recognised,
                reasons: contributions(weights, &spot),
                candidates,
            }
        })
        .collect()
}
