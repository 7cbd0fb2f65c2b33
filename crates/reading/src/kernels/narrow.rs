//! Products of 16-bit integers: twice the work of floats in a register, with rounding errors too small to matter.
//!
//! Inputs are rounded row by row to 14 bits, weights column by column so that no sum of products can pass 31 bits.
//! Integer sums do not depend on their order, so every version gives the same bits.

use super::{Level, PANEL, plain};

/// The largest rounded input.
pub(crate) const LIMIT: f32 = 8191.0;

/// A matrix of rounded weights whose input comes in `parts` of `depth` values, each with a scale of its own.
#[derive(Debug, Clone)]
pub(crate) struct Narrow {
    /// Length of a part; even.
    pub(crate) depth: usize,
    /// Parts: row `r` of an output sees rows `r` to `r + parts - 1` of the input.
    pub(crate) parts: usize,
    /// Panel after panel, part after part, pair of rows after pair; each column's two weights side by side.
    pub(crate) data: Vec<i16>,
    /// What one unit of a column's weights is worth.
    pub(crate) scale: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Narrow {
    /// Rounds and packs a matrix given as one row for each output.
    pub(crate) fn pack(outputs: usize, depth: usize, parts: usize, weights: &[f32], bias: &[f32]) -> Self {
        debug_assert!(depth.is_multiple_of(2) && weights.len() == outputs * depth * parts);
        let panels = outputs.div_ceil(PANEL);
        let mut data = vec![0; panels * PANEL * depth * parts];
        let mut scale = vec![0.0; panels * PANEL];
        for output in 0..outputs {
            let row = &weights[output * depth * parts..(output + 1) * depth * parts];
            // No sum of inputs times weights may pass 31 bits, and no weight 15; rounding can add half a unit to each.
            let room = (i32::MAX as f32 / LIMIT) - depth as f32;
            let unit = row.chunks_exact(depth).fold(0.0f32, |unit, part| {
                let sum: f32 = part.iter().map(|w| w.abs()).sum();
                part.iter().fold(unit.max(sum / room), |unit, w| unit.max(w.abs() / 32767.0))
            });
            if unit == 0.0 {
                continue;
            }
            scale[output] = unit;
            let (panel, lane) = (output / PANEL, output % PANEL);
            for (k, weight) in row.iter().enumerate() {
                let (part, k) = (k / depth, k % depth);
                let at = ((panel * parts + part) * depth / 2 + k / 2) * PANEL * 2 + lane * 2 + k % 2;
                data[at] = (weight / unit).round_ties_even() as i16;
            }
        }
        let mut padded = vec![0.0; panels * PANEL];
        padded[..bias.len()].copy_from_slice(bias);
        Self { depth, parts, data, scale, bias: padded }
    }

    /// Length of an output row.
    pub(crate) fn padded(&self) -> usize {
        self.bias.len()
    }
}

/// Rounds rows of `width` values to at most [`LIMIT`]; `scales` gets what one unit is worth in each row.
///
/// # Panics
/// When a slice is too short or `width` is no multiple of 8.
pub(crate) fn round_rows(level: Level, values: &[f32], width: usize, rounded: &mut [i16], scales: &mut [f32]) {
    assert!(width > 0 && width.is_multiple_of(8), "rows are rounded eight values at a time");
    assert!(rounded.len() >= values.len() && scales.len() >= values.len() / width, "the rounded rows are too short");
    match level {
        Level::Plain => plain::round_rows(values, width, rounded, scales),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a level is made only where the processor has what it needs; the lengths were checked above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { super::avx2::round_rows(values, width, rounded, scales) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx512 => unsafe { super::avx512::round_rows(values, width, rounded, scales) },
    }
}

/// `out[r] = bias + input rows r to r + parts - 1, times the matrix`, for each of `rows` rows.
///
/// # Panics
/// When a slice is too short.
pub(crate) fn narrow_product(
    level: Level,
    rounded: &[i16],
    scales: &[f32],
    rows: usize,
    matrix: &Narrow,
    out: &mut [f32],
) {
    if rows == 0 {
        return;
    }
    let inputs = rows + matrix.parts - 1;
    assert!(rounded.len() >= inputs * matrix.depth && scales.len() >= inputs, "the input of a product is too short");
    assert!(out.len() >= rows * matrix.padded(), "the output of a product is too short");
    match level {
        Level::Plain => plain::narrow_product(rounded, scales, rows, matrix, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { super::avx2::narrow_product(rounded, scales, rows, matrix, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx512 => unsafe { super::avx512::narrow_product(rounded, scales, rows, matrix, out) },
    }
}
