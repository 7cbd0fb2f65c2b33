//! The numeric kernels: the same sums in the same order on every machine, faster where the machine allows.
//!
//! Each kernel has a plain version, which says what is computed, and may have a version for one family of processors.
//! All of them round at the same places (one fused multiply-add per product, sums kept in the same lanes), so the
//! result is the same to the last bit and a text reads the same everywhere. The choice is made at run time.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod narrow;
mod plain;
#[cfg(test)]
mod tests;
mod wide;

pub(crate) use narrow::{Narrow, narrow_product, round_rows};

/// Width of a token's vector.
pub(crate) const WIDTH: usize = 96;
/// Pieces of a maxout unit in the encoders.
pub(crate) const PIECES: usize = 3;
/// Columns of one panel of a packed matrix.
pub(crate) const PANEL: usize = 16;

/// Which version of the kernels to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Any machine.
    Plain,
    /// x86-64 with AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Level {
    /// The best version that this machine can run.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
            return Self::Avx2;
        }
        Self::Plain
    }
}

/// A matrix for products from the left, packed in panels of [`PANEL`] columns, with the bias that each column starts from.
#[derive(Debug, Clone)]
pub(crate) struct Panels {
    /// Rows: the length of an input.
    pub(crate) depth: usize,
    /// Columns: the length of an output (without padding).
    pub(crate) columns: usize,
    /// Panel after panel; within a panel row after row.
    data: Vec<f32>,
    /// One for each column, padded to whole panels.
    bias: Vec<f32>,
}

impl Panels {
    /// Packs a matrix given as one row for each output, as the weights come.
    pub(crate) fn pack(outputs: usize, depth: usize, weights: &[f32], bias: &[f32]) -> Self {
        debug_assert_eq!(weights.len(), outputs * depth);
        let panels = outputs.div_ceil(PANEL);
        let mut data = vec![0.0; panels * PANEL * depth];
        for output in 0..outputs {
            let (panel, column) = (output / PANEL, output % PANEL);
            for k in 0..depth {
                data[(panel * depth + k) * PANEL + column] = weights[output * depth + k];
            }
        }
        let mut padded = vec![0.0; panels * PANEL];
        padded[..bias.len()].copy_from_slice(bias);
        Self { depth, columns: outputs, data, bias: padded }
    }

    /// Length of an output row: the columns, padded to whole panels.
    pub(crate) fn padded(&self) -> usize {
        self.bias.len()
    }
}

/// `out[r] = bias + a[r] * matrix` for each of `rows` rows. Row `r` of `a` begins at `r * stride`, so rows may overlap
/// (that is how a window of three tokens is read without copying); row `r` of `out` begins at `r * matrix.padded()`.
///
/// # Panics
/// When a slice is too short.
pub(crate) fn product(level: Level, a: &[f32], stride: usize, rows: usize, matrix: &Panels, out: &mut [f32]) {
    if rows == 0 {
        return;
    }
    assert!(a.len() >= (rows - 1) * stride + matrix.depth, "the input of a product is too short");
    assert!(out.len() >= rows * matrix.padded(), "the output of a product is too short");
    match level {
        Level::Plain => plain::product(a, stride, rows, matrix, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Level::Avx2` is made only where the processor has AVX2 and FMA; the lengths were checked above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { avx2::product(a, stride, rows, matrix, out) },
    }
}

/// The scale and shift of a layer norm.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    pub(crate) gain: [f32; WIDTH],
    pub(crate) shift: [f32; WIDTH],
}

/// For each row of `out`: the largest of three pieces, normalised, added to what stands there.
///
/// `pieces` holds rows of three times [`WIDTH`] values, piece by piece.
///
/// # Panics
/// When a slice is too short.
pub(crate) fn maxout_norm(level: Level, pieces: &[f32], norm: &Norm, out: &mut [f32]) {
    let rows = out.len() / WIDTH;
    assert!(pieces.len() >= rows * WIDTH * PIECES, "the pieces of a maxout layer are too short");
    match level {
        Level::Plain => plain::maxout_norm(pieces, norm, out),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { avx2::maxout_norm(pieces, norm, out) },
    }
}

/// Width of a parser's hidden layer.
pub(crate) const HIDDEN: usize = 64;

/// One step of a transition system: adds up the features of a state, takes the larger of two pieces and scores the
/// actions. `features` are rows of `2 * HIDDEN`; `scores` has `upper.padded()` places.
///
/// # Panics
/// When a slice has the wrong length.
pub(crate) fn step(level: Level, features: &[&[f32]], bias: &[f32; 2 * HIDDEN], upper: &Panels, scores: &mut [f32]) {
    assert!(features.iter().all(|f| f.len() == 2 * HIDDEN), "a feature has the wrong length");
    assert!(upper.depth == HIDDEN && scores.len() >= upper.padded(), "the scores of a step are too short");
    match level {
        Level::Plain => plain::step(features, bias, upper, scores),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { avx2::step(features, bias, upper, scores) },
    }
}

/// Runs one of the bodies of [`wide`] in the version for a machine.
macro_rules! wide {
    ($level:expr, $name:ident($($argument:expr),*)) => {
        match $level {
            Level::Plain => wide::$name($($argument),*),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Level::Avx2` is made only where the processor has AVX2 and FMA; the bodies check their slices.
            #[allow(unsafe_code)]
            Level::Avx2 => unsafe { wide::avx2::$name($($argument),*) },
        }
    };
}

/// GELU in place. The length is a multiple of eight; a rest stays as it is.
pub(crate) fn gelu(level: Level, values: &mut [f32]) {
    wide!(level, gelu(values));
}

/// Layer norm in place, row by row of `gain.len()` (a multiple of eight).
///
/// # Panics
/// When `shift` is shorter than `gain`.
pub(crate) fn layer_norm(level: Level, values: &mut [f32], gain: &[f32], shift: &[f32]) {
    assert!(
        gain.len().is_multiple_of(8) && gain.len() == shift.len(),
        "the width of a layer norm is no multiple of eight"
    );
    wide!(level, layer_norm(values, gain, shift));
}

/// Softmax in place of `scale` times each row of `width` (a multiple of eight) over its first `count` values.
///
/// # Panics
/// When `count` is more than `width`.
pub(crate) fn softmax(level: Level, values: &mut [f32], width: usize, count: usize, scale: f32) {
    assert!(width.is_multiple_of(8) && count <= width, "the width of a softmax is no multiple of eight");
    wide!(level, softmax(values, width, count, scale));
}
