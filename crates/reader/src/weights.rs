//! The file of weights that tools/train/export.py writes.

use std::collections::BTreeMap;

/// What is wrong with a file of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsError(pub String);

impl std::fmt::Display for WeightsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "these are no weights of a reader: {}; make them with tools/train", self.0)
    }
}

impl std::error::Error for WeightsError {}

/// One matrix or vector, as stored.
#[derive(Debug, Clone)]
pub(crate) struct Tensor<'w> {
    pub rows: usize,
    pub columns: usize,
    /// A scale for each row; empty where the numbers stand as they are.
    scales: &'w [u8],
    data: &'w [u8],
}

impl<'w> Tensor<'w> {
    /// All numbers, row after row.
    pub fn floats(&self) -> Vec<f32> {
        let mut out = Vec::with_capacity(self.rows * self.columns);
        for row in 0..self.rows {
            self.row(row, &mut out);
        }
        out
    }

    /// Appends one row.
    pub fn row(&self, row: usize, out: &mut Vec<f32>) {
        if self.scales.is_empty() {
            out.extend(self.data[row * self.columns * 4..(row + 1) * self.columns * 4].chunks_exact(4).map(float));
        } else {
            let scale = float(&self.scales[row * 4..row * 4 + 4]);
            let bytes = &self.data[row * self.columns..(row + 1) * self.columns];
            out.extend(bytes.iter().map(|b| f32::from(i8::from_le_bytes([*b])) * scale));
        }
    }
}

fn float(bytes: &[u8]) -> f32 {
    f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// All tensors of a file by name.
pub(crate) struct Weights<'w>(BTreeMap<&'w str, Tensor<'w>>);

impl<'w> Weights<'w> {
    pub fn parse(bytes: &'w [u8]) -> Result<Self, WeightsError> {
        let mut from = Cursor(bytes);
        if from.take(8)? != b"MLREADER" || from.number()? != 1 {
            return Err(WeightsError("the file begins otherwise".into()));
        }
        let count = from.number()?;
        let mut all = BTreeMap::new();
        for _ in 0..count {
            let length = from.take(1)?[0];
            let name =
                std::str::from_utf8(from.take(length.into())?).map_err(|_| WeightsError("a name is no text".into()))?;
            let kind = from.take(1)?[0];
            let (rows, columns) = (from.number()?, from.number()?);
            let size = rows.checked_mul(columns).ok_or_else(|| WeightsError(format!("{name} is too large")))?;
            let (scales, data) = match kind {
                0 => (&[][..], from.take(size.saturating_mul(4))?),
                1 => (from.take(rows.saturating_mul(4))?, from.take(size)?),
                _ => return Err(WeightsError(format!("{name} has an unknown form"))),
            };
            all.insert(name, Tensor { rows, columns, scales, data });
        }
        Ok(Self(all))
    }

    /// A matrix of a size that must be right.
    pub fn matrix(&self, name: &str, rows: usize, columns: usize) -> Result<Tensor<'w>, WeightsError> {
        let found = self.0.get(name).ok_or_else(|| WeightsError(format!("{name} is missing")))?;
        if (found.rows, found.columns) != (rows, columns) {
            let (r, c) = (found.rows, found.columns);
            return Err(WeightsError(format!("{name} is {r} by {c}, not {rows} by {columns}")));
        }
        Ok(found.clone())
    }

    /// A column of numbers.
    pub fn vector_of_rows(&self, name: &str, length: usize) -> Result<Vec<f32>, WeightsError> {
        Ok(self.matrix(name, length, 1)?.floats())
    }

    /// A vector.
    pub fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, WeightsError> {
        Ok(self.matrix(name, 1, length)?.floats())
    }
}

struct Cursor<'w>(&'w [u8]);

impl<'w> Cursor<'w> {
    fn take(&mut self, count: usize) -> Result<&'w [u8], WeightsError> {
        let (head, tail) =
            self.0.split_at_checked(count).ok_or_else(|| WeightsError("the file ends too soon".into()))?;
        self.0 = tail;
        Ok(head)
    }

    fn number(&mut self) -> Result<usize, WeightsError> {
        let b = self.take(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_of_weights_is_said_to_be_none() {
        for bytes in [&b""[..], b"MLREADER", b"MLREADER\x02\0\0\0\0\0\0\0", b"MLREADER\x01\0\0\0\xff\0\0\0\x05ab"] {
            assert!(Weights::parse(bytes).is_err());
        }
    }

    #[test]
    fn rows_of_small_numbers_get_their_scale() {
        let mut file = b"MLREADER\x01\0\0\0\x01\0\0\0\x01m\x01\x02\0\0\0\x03\0\0\0".to_vec();
        for scale in [0.5f32, 2.0] {
            file.extend(scale.to_le_bytes());
        }
        file.extend([1, 0xFF, 2, 3, 0, 0x81]);
        let weights = Weights::parse(&file).unwrap();
        assert_eq!(weights.matrix("m", 2, 3).unwrap().floats(), [0.5, -0.5, 1.0, 6.0, 0.0, -254.0]);
        assert!(weights.matrix("m", 3, 2).is_err());
    }
}
