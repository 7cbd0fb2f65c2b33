//! Matrices and vectors of the model file.

use crate::ModelError;
use crate::container::Cursor;
use crate::kernels::{Norm, Panels, WIDTH};

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
        let size = rows.checked_mul(columns).and_then(|n| n.checked_mul(2)).ok_or_else(|| from.bad("a matrix is too large"))?;
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
