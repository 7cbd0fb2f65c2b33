//! The small model that decides between what the rules and the reader propose: a logistic regression over a few
//! features that a person can read (`data/reader/decide.json`), fitted on passages that the net had not seen.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::propose::{FEATURE_NAMES, FEATURES};
use crate::weights::WeightsError;

/// The deciding model.
#[derive(Debug, Clone, PartialEq)]
pub struct Decider {
    /// The weights with the rules' claims among the net's inputs, in the order of [`FEATURE_NAMES`].
    both: [f64; FEATURES],
    /// A candidate at least this likely is a claim.
    pub least: f64,
    /// The same for the reader alone: the least product of its own probabilities, and the scale that calibrates it.
    pub alone: f64,
    /// Slope and shift on the log odds of the reader alone.
    scale: [f64; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Of what the numbers were fitted; for people.
    #[allow(dead_code)]
    about: String,
    least: f64,
    weights: BTreeMap<String, f64>,
    reader_least: f64,
    reader_scale: [f64; 2],
}

impl Decider {
    /// Reads the model from JSON.
    ///
    /// # Errors
    /// When a weight is missing or too many.
    pub fn parse(json: &str) -> Result<Self, WeightsError> {
        let file: File = serde_json::from_str(json).map_err(|e| WeightsError(format!("the deciding model: {e}")))?;
        let mut both = [0.0; FEATURES];
        for (place, name) in both.iter_mut().zip(FEATURE_NAMES) {
            *place =
                *file.weights.get(name).ok_or_else(|| WeightsError(format!("no weight for the feature {name:?}")))?;
        }
        if file.weights.len() != FEATURES {
            return Err(WeightsError(format!("{} weights for {FEATURES} features", file.weights.len())));
        }
        Ok(Self { both, least: file.least, alone: file.reader_least, scale: file.reader_scale })
    }

    /// The probability that a candidate with these features is a claim.
    #[must_use]
    pub fn probability(&self, features: &[f64; FEATURES]) -> f64 {
        sigmoid(self.both.iter().zip(features).map(|(w, x)| w * x).sum())
    }

    /// The calibrated probability of a candidate of the reader alone, from its own.
    #[must_use]
    pub fn alone(&self, own: f64) -> f64 {
        let own = own.clamp(1e-4, 1.0 - 1e-4);
        sigmoid(self.scale[0] * libm::log(own / (1.0 - own)) + self.scale[1])
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(weights: impl Iterator<Item = (&'static str, f64)>) -> String {
        let weights: BTreeMap<&str, f64> = weights.collect();
        serde_json::json!({"about": "a test", "least": 0.5, "weights": weights, "reader_least": 0.3, "reader_scale": [1.0, 0.0]})
            .to_string()
    }

    #[test]
    fn probabilities_follow_the_weights() {
        let decider =
            Decider::parse(&file(FEATURE_NAMES.iter().map(|n| (*n, f64::from(u8::from(*n == "bias")))))).unwrap();
        let mut features = [0.0; FEATURES];
        assert!((decider.probability(&features) - 0.5).abs() < 1e-12);
        features[0] = 1.0;
        assert!((decider.probability(&features) - 0.731_058_578_630).abs() < 1e-9);
        assert!((decider.alone(0.3) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn a_missing_or_strange_weight_is_an_error() {
        assert!(Decider::parse(&file(FEATURE_NAMES.iter().skip(1).map(|n| (*n, 0.0)))).is_err());
        assert!(Decider::parse(&file(FEATURE_NAMES.iter().map(|n| (*n, 0.0)).chain([("other", 1.0)]))).is_err());
        assert!(Decider::parse("{}").is_err());
    }
}
