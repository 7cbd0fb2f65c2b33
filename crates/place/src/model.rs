//! Weighted features with names: the scored models of recognition and resolution, and their weights
//! (data/gazetteer/weights.json, fitted by tools/place-fit).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::hash::FastMap;

/// A feature: its name, the word that it is about (empty for most), its value.
pub(crate) type Feature<'d> = (&'static str, &'d str, f32);

/// Weights of one model: by feature name, then by word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "BTreeMap<String, BTreeMap<String, f32>>")]
pub(crate) struct Weights(FastMap<Box<str>, Words>);

/// The weights of one feature.
#[derive(Debug, Clone, Default)]
struct Words {
    /// Without a word.
    plain: f32,
    of: FastMap<Box<str>, f32>,
}

impl From<BTreeMap<String, BTreeMap<String, f32>>> for Weights {
    fn from(written: BTreeMap<String, BTreeMap<String, f32>>) -> Self {
        let words = |words: BTreeMap<String, f32>| Words {
            plain: words.get("").copied().unwrap_or(0.0),
            of: words.into_iter().map(|(w, x)| (w.into(), x)).collect(),
        };
        Self(written.into_iter().map(|(name, w)| (name.into(), words(w))).collect())
    }
}

impl Weights {
    pub(crate) fn of(&self, feature: &Feature<'_>) -> f32 {
        let Some(words) = self.0.get(feature.0) else { return 0.0 };
        if feature.1.is_empty() {
            return words.plain * feature.2;
        }
        words.of.get(feature.1).map_or(0.0, |w| w * feature.2)
    }

    pub(crate) fn score(&self, features: &[Feature<'_>]) -> f32 {
        self.add(0.0, features)
    }

    /// A score with further features added, in their order: floating point sums depend on it.
    pub(crate) fn add(&self, score: f32, features: &[Feature<'_>]) -> f32 {
        features.iter().fold(score, |sum, f| sum + self.of(f))
    }
}

/// All weights.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Models {
    /// Is this span a place name? For sentences that were read fully.
    pub(crate) recognise_full: Weights,
    /// The same for sentences of which only the tokens are known.
    pub(crate) recognise_tokens: Weights,
    /// Which place is it? Without the rest of the document.
    pub(crate) resolve_alone: Weights,
    /// Which place is it? With the rest of the document.
    pub(crate) resolve: Weights,
}

static MODELS: OnceLock<Models> = OnceLock::new();

pub(crate) fn models() -> &'static Models {
    MODELS.get_or_init(|| {
        read(include_str!("../../../data/gazetteer/weights.json")).expect("weights.json is checked by a test")
    })
}

/// Reads weights.
pub(crate) fn read(json: &str) -> serde_json::Result<Models> {
    serde_json::from_str(json)
}

/// Sets other weights than the embedded ones, for the fitting tools; false when weights are in use already.
pub(crate) fn set(models: Models) -> bool {
    MODELS.set(models).is_ok()
}

pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::models;

    #[test]
    fn the_weights_load() {
        let score = |f| models().recognise_full.of(&f);
        assert!(
            score(("prev", "in", 1.0)) > score(("prev", "mr.", 1.0)),
            "a place stands after \"in\" rather than after \"Mr.\""
        );
    }
}
