//! What the parser and the namer share: features of a state in, scores of the actions out.

use crate::container::Cursor;
use crate::kernels::{HIDDEN, Level, Panels, WIDTH, step};
use crate::weights::{Linear, Rounded, layer, vector};
use crate::{ModelError, Precision};

/// The network of a transition system.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// Encoder's output to the width of the state.
    linear: Linear,
    /// A token's part in the state, for each feature that it may fill.
    lower: Linear,
    features: usize,
    bias: [f32; 2 * HIDDEN],
    /// What stands in for a feature that no token fills.
    pad: Vec<f32>,
    upper: Panels,
}

/// Values of one feature.
const FEATURE: usize = 2 * HIDDEN;

impl Scorer {
    /// Reads the network and the names of its actions.
    pub(crate) fn read(from: &mut Cursor<'_>, features: usize) -> Result<(Self, Vec<String>), ModelError> {
        let linear = Linear::read(from, WIDTH, 1, true)?;
        if from.u8()? as usize != features {
            return Err(from.bad("the transition system looks at other features"));
        }
        let lower = Linear::read(from, HIDDEN, 1, false)?;
        if linear.outputs() != HIDDEN || lower.outputs() != features * FEATURE {
            return Err(from.bad("the transition system has other widths"));
        }
        let mut bias = [0.0; FEATURE];
        bias.copy_from_slice(&vector(from, FEATURE)?);
        let pad = vector(from, features * FEATURE)?;
        let upper = layer(from, HIDDEN)?;
        let count = from.u16()? as usize;
        if count != upper.columns {
            return Err(from.bad("there are not as many actions as scores"));
        }
        let names = (0..count).map(|_| from.text().map(str::to_owned)).collect::<Result<_, _>>()?;
        Ok((Self { linear, lower, features, bias, pad, upper }, names))
    }

    /// Computes what each token gives to each feature: rows of `features` times two hidden widths.
    pub(crate) fn prepare(
        &self,
        level: Level,
        precision: Precision,
        encoded: &[f32],
        (work, rounded): (&mut Vec<f32>, &mut Rounded),
        out: &mut Vec<f32>,
    ) {
        let tokens = encoded.len() / WIDTH;
        work.resize(tokens * HIDDEN, 0.0);
        rounded.round(level, precision, encoded, WIDTH);
        self.linear.apply(level, precision, encoded, rounded, (0, tokens), work);
        rounded.round(level, precision, work, HIDDEN);
        out.resize(tokens * self.lower.outputs(), 0.0);
        self.lower.apply(level, precision, work, rounded, (0, tokens), out);
    }

    /// Scores all actions in a state that is described by one token for each feature (negative: none).
    pub(crate) fn score<const N: usize>(&self, level: Level, prepared: &[f32], tokens: &[i32; N], scores: &mut [f32]) {
        debug_assert_eq!(N, self.features);
        let row = self.lower.outputs();
        let features: [&[f32]; N] = std::array::from_fn(|f| {
            let at = f * FEATURE;
            match usize::try_from(tokens[f]) {
                Ok(token) => &prepared[token * row + at..token * row + at + FEATURE],
                Err(_) => &self.pad[at..at + FEATURE],
            }
        });
        step(level, &features, &self.bias, &self.upper, scores);
    }

    /// Room that `score` needs for its answer.
    pub(crate) fn room(&self) -> usize {
        self.upper.padded()
    }
}
