//! The token encoders: hashed embeddings, a mixing layer, and four layers that look one token to either side.

use crate::container::Cursor;
use crate::hash::embedding_rows;
use crate::kernels::{Level, Norm, PIECES, Panels, WIDTH, maxout_norm, product};
use crate::weights::{Linear, Matrix, Rounded, layer, norm};
use crate::{ModelError, Precision};

/// Rows of zeros between two sequences: as far as four layers can look.
pub(crate) const PAD: usize = 4;

/// One table of hashed embeddings.
#[derive(Debug)]
struct Table {
    seed: u32,
    rows: Matrix,
}

/// A window layer: maxout and the norm after it.
#[derive(Debug)]
struct Layer {
    mix: Linear,
    norm: Norm,
}

/// An encoder.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Table>,
    first: Panels,
    first_norm: Norm,
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
        let first = layer(from, WIDTH * count)?;
        let first_norm = norm(from)?;
        let mut layers = Vec::with_capacity(4);
        for _ in 0..4 {
            layers.push(Layer { mix: Linear::read(from, WIDTH, 3, true)?, norm: norm(from)? });
        }
        if first.columns != WIDTH * PIECES || layers.iter().any(|l| l.mix.outputs() != WIDTH * PIECES) {
            return Err(from.bad("an encoder's layer has another width"));
        }
        Ok(Self { tables, first, first_norm, layers })
    }

    /// The first layer for one word type after another; `keys` yields as many keys a word as there are features.
    /// Appends [`WIDTH`] values a word to `out`.
    pub(crate) fn embed(&self, level: Level, keys: &[u64], work: &mut Vec<f32>, out: &mut Vec<f32>) {
        let features = self.tables.len();
        let words = keys.len() / features;
        let inputs = WIDTH * features;
        let outputs = self.first.padded();
        work.resize(words * (inputs + outputs), 0.0);
        let (input, output) = work.split_at_mut(words * inputs);
        input.fill(0.0);
        for (word, row) in keys.chunks_exact(features).zip(input.chunks_exact_mut(inputs)) {
            for ((table, key), part) in self.tables.iter().zip(word).zip(row.chunks_exact_mut(WIDTH)) {
                for hash in embedding_rows(*key, table.seed) {
                    table.rows.add_row(hash as usize % table.rows.rows, part);
                }
            }
        }
        product(level, input, inputs, words, &self.first, output);
        let start = out.len();
        out.resize(start + words * WIDTH, 0.0);
        maxout_norm(level, output, &self.first_norm, &mut out[start..]);
    }

    /// The window layers over rows of [`WIDTH`]: sequences parted, begun and ended by [`PAD`] rows of zeros.
    pub(crate) fn encode(&self, level: Level, precision: Precision, rows: &mut [f32], room: &mut Room) {
        let count = rows.len() / WIDTH;
        // A row of zeros before the first and after the last, so that every row has a window.
        room.now.clear();
        room.now.resize(WIDTH, 0.0);
        room.now.extend_from_slice(rows);
        room.now.resize((count + 2) * WIDTH, 0.0);
        room.pieces.resize(CHUNK * WIDTH * PIECES, 0.0);
        for layer in &self.layers {
            room.rounded.round(level, precision, &room.now, WIDTH);
            for from in (0..count).step_by(CHUNK) {
                let chunk = CHUNK.min(count - from);
                layer.mix.apply(level, precision, &room.now, &room.rounded, (from, chunk), &mut room.pieces);
                // `rows` holds what `room.now` holds, so that the layer's own output can be added to it.
                maxout_norm(level, &room.pieces, &layer.norm, &mut rows[from * WIDTH..(from + chunk) * WIDTH]);
            }
            room.now[WIDTH..(count + 1) * WIDTH].copy_from_slice(rows);
        }
    }
}

/// Rows that go through a layer together: their pieces stay in the second cache.
const CHUNK: usize = 48;

/// Room for intermediate rows.
#[derive(Debug, Default)]
pub(crate) struct Room {
    now: Vec<f32>,
    pieces: Vec<f32>,
    pub(crate) rounded: Rounded,
}
