//! Matrices and vectors of the model file.

use std::sync::OnceLock;

use crate::container::Cursor;
use crate::kernels::{Level, Narrow, Norm, Panels, WIDTH, narrow_product, product, round_rows};
use crate::{ModelError, Precision};

/// A matrix as it is stored: 16-bit integers with one scale a row.
#[derive(Debug)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    scales: Vec<f32>,
    data: Vec<i16>,
}

impl Matrix {
    pub(crate) fn read(from: &mut Cursor<'_>) -> Result<Self, ModelError> {
        let (rows, columns) = (from.u32()? as usize, from.u32()? as usize);
        let scales = floats(from, rows)?;
        let size = rows
            .checked_mul(columns)
            .and_then(|n| n.checked_mul(2))
            .ok_or_else(|| from.bad("a matrix is too large"))?;
        let data = from.take(size)?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        Ok(Self { rows, columns, scales, data })
    }

    /// Adds a row to `out`.
    pub(crate) fn add_row(&self, row: usize, out: &mut [f32]) {
        let scale = self.scales[row];
        let values = &self.data[row * self.columns..(row + 1) * self.columns];
        for (place, value) in out.iter_mut().zip(values) {
            *place += scale * f32::from(*value);
        }
    }

    /// All values as floats.
    pub(crate) fn floats(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.data.len()];
        for row in 0..self.rows {
            self.add_row(row, &mut out[row * self.columns..(row + 1) * self.columns]);
        }
        out
    }

    /// Packs it for products, one column for each row.
    pub(crate) fn panels(&self, bias: &[f32]) -> Panels {
        Panels::pack(self.rows, self.columns, &self.floats(), bias)
    }
}

fn floats(from: &mut Cursor<'_>, count: usize) -> Result<Vec<f32>, ModelError> {
    let size = count.checked_mul(4).ok_or_else(|| from.bad("a vector is too long"))?;
    let values: Vec<f32> =
        from.take(size)?.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    if values.iter().all(|v| v.is_finite()) { Ok(values) } else { Err(from.bad("a weight is not a number")) }
}

/// A vector with its length before it.
pub(crate) fn vector(from: &mut Cursor<'_>, expect: usize) -> Result<Vec<f32>, ModelError> {
    let count = from.u32()? as usize;
    if count != expect {
        return Err(from.bad("a vector has another length than its matrix"));
    }
    floats(from, count)
}

/// A matrix of that shape and its bias, packed.
pub(crate) fn layer(from: &mut Cursor<'_>, inputs: usize) -> Result<Panels, ModelError> {
    let matrix = Matrix::read(from)?;
    if matrix.columns != inputs {
        return Err(from.bad("a layer has an input of another width"));
    }
    let bias = vector(from, matrix.rows)?;
    Ok(matrix.panels(&bias))
}

pub(crate) fn norm(from: &mut Cursor<'_>) -> Result<Norm, ModelError> {
    let mut norm = Norm { gain: [0.0; WIDTH], shift: [0.0; WIDTH] };
    norm.gain.copy_from_slice(&vector(from, WIDTH)?);
    norm.shift.copy_from_slice(&vector(from, WIDTH)?);
    Ok(norm)
}

/// A layer that can be computed exactly or narrowly. Each form is packed when it is first asked for.
#[derive(Debug)]
pub(crate) struct Linear {
    weights: Matrix,
    bias: Vec<f32>,
    parts: usize,
    exact: OnceLock<Panels>,
    narrow: OnceLock<Narrow>,
}

/// Rows of an input rounded for narrow products.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    values: Vec<i16>,
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `width`; does nothing where nothing narrow follows.
    pub(crate) fn round(&mut self, level: Level, precision: Precision, values: &[f32], width: usize) {
        if precision == Precision::Fast {
            self.values.resize(values.len(), 0);
            self.scales.resize(values.len() / width, 0.0);
            round_rows(level, values, width, &mut self.values, &mut self.scales);
        }
    }
}

impl Linear {
    /// Reads a layer whose input is `parts` rows of `width` values, one after the other.
    pub(crate) fn read(from: &mut Cursor<'_>, width: usize, parts: usize, biased: bool) -> Result<Self, ModelError> {
        let weights = Matrix::read(from)?;
        if weights.columns != width * parts {
            return Err(from.bad("a layer has an input of another width"));
        }
        let bias = if biased { vector(from, weights.rows)? } else { Vec::new() };
        Ok(Self { weights, bias, parts, exact: OnceLock::new(), narrow: OnceLock::new() })
    }

    /// Values of an output row.
    pub(crate) fn outputs(&self) -> usize {
        self.weights.rows
    }

    fn width(&self) -> usize {
        self.weights.columns / self.parts
    }

    /// Output rows `from` to `from + rows`; output row `r` sees input rows `r` to `r + parts - 1`. The outputs must be a
    /// multiple of a panel. For [`Precision::Fast`] the input must have been rounded before.
    pub(crate) fn apply(
        &self,
        level: Level,
        precision: Precision,
        input: &[f32],
        rounded: &Rounded,
        (from, rows): (usize, usize),
        out: &mut [f32],
    ) {
        let width = self.width();
        match precision {
            Precision::Exact => {
                let matrix = self.exact.get_or_init(|| self.weights.panels(&self.bias));
                product(level, &input[from * width..], width, rows, matrix, out);
            }
            Precision::Fast => {
                let pack = || Narrow::pack(self.weights.rows, width, self.parts, &self.weights.floats(), &self.bias);
                let matrix = self.narrow.get_or_init(pack);
                narrow_product(level, &rounded.values[from * width..], &rounded.scales[from..], rows, matrix, out);
            }
        }
    }
}
