//! The token encoders: hashed embeddings, a mixing layer, and four layers that look one token to either side.

use crate::ModelError;
use crate::container::Cursor;
use crate::hash::embedding_rows;
use crate::kernels::{Level, Norm, PIECES, Panels, WIDTH, maxout_norm, product};
use crate::weights::{Matrix, layer, norm};

/// Rows of zeros between two sequences: as far as four layers can look.
pub(crate) const PAD: usize = 4;

/// One table of hashed embeddings.
#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Matrix,
}

/// A maxout layer and the norm after it.
#[derive(Debug)]
struct Layer {
    mix: Panels,
    norm: Norm,
}

/// An encoder.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Table>,
    first: Layer,
    layers: Vec<Layer>,
}

impl Encoder {
    /// Reads an encoder that looks at `features` features of each token.
    pub(crate) fn read(mut from: Cursor<'_>, features: usize) -> Result<Self, ModelError> {
        let from = &mut from;
        let count = from.u8()? as usize;
        if count != features {
            return Err(from.bad("the encoder looks at other features"));
        }
        let mut tables = Vec::with_capacity(count);
        for _ in 0..count {
            let table = Table { seed: from.u32()?, rows: Matrix::read(from)? };
            if table.rows.columns != WIDTH || table.rows.rows == 0 {
                return Err(from.bad("an embedding has another width"));
            }
            tables.push(table);
        }
        let read = |from: &mut Cursor<'_>, inputs: usize| -> Result<Layer, ModelError> {
            let mix = layer(from, inputs)?;
            if mix.columns != WIDTH * PIECES {
                return Err(from.bad("an encoder's layer has another width"));
            }
            Ok(Layer { mix, norm: norm(from)? })
        };
        let first = read(from, WIDTH * count)?;
        let layers = (0..4).map(|_| read(from, WIDTH * 3)).collect::<Result<_, _>>()?;
        Ok(Self { tables, first, layers })
    }

    /// The first layer for one word type after another; `keys` yields as many keys a word as there are features.
    /// Appends [`WIDTH`] values a word to `out`.
    pub(crate) fn embed(&self, level: Level, keys: &[u64], work: &mut Vec<f32>, out: &mut Vec<f32>) {
        let features = self.tables.len();
        let words = keys.len() / features;
        let inputs = WIDTH * features;
        let outputs = self.first.mix.padded();
        work.clear();
        work.resize(words * (inputs + outputs), 0.0);
        let (input, output) = work.split_at_mut(words * inputs);
        for (word, row) in keys.chunks_exact(features).zip(input.chunks_exact_mut(inputs)) {
            for ((table, key), part) in self.tables.iter().zip(word).zip(row.chunks_exact_mut(WIDTH)) {
                for hash in embedding_rows(*key, table.seed) {
                    table.rows.add_row(hash as usize % table.rows.rows, part);
                }
            }
        }
        product(level, input, inputs, words, &self.first.mix, output);
        let start = out.len();
        out.resize(start + words * WIDTH, 0.0);
        maxout_norm(level, output, &self.first.norm, false, &mut out[start..]);
    }

    /// The window layers over rows of [`WIDTH`]: sequences parted, begun and ended by [`PAD`] rows of zeros.
    pub(crate) fn encode(&self, level: Level, rows: &mut Vec<f32>, work: &mut Vec<f32>) {
        // A row of zeros before the first and after the last, so that every row has a window.
        let count = rows.len() / WIDTH;
        work.clear();
        work.resize((count + 2) * WIDTH + count * WIDTH * PIECES, 0.0);
        let (input, pieces) = work.split_at_mut((count + 2) * WIDTH);
        input[WIDTH..(count + 1) * WIDTH].copy_from_slice(rows);
        for layer in &self.layers {
            product(level, input, WIDTH, count, &layer.mix, pieces);
            maxout_norm(level, pieces, &layer.norm, true, &mut input[WIDTH..(count + 1) * WIDTH]);
        }
        rows.copy_from_slice(&input[WIDTH..(count + 1) * WIDTH]);
    }
}
