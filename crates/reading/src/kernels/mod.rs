//! The numeric kernels: the same sums in the same order on every machine, faster where the machine allows.
//!
//! Each kernel has a plain version, which says what is computed, and may have a version for one family of processors.
//! All of them round at the same places (one fused multiply-add per product, sums kept in the same lanes), so the
//! result is the same to the last bit and a text reads the same everywhere. The choice is made at run time.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod narrow;
mod peak;
mod plain;
#[cfg(test)]
mod tests;
mod wide;

pub(crate) use narrow::{Narrow, narrow_product, round_rows};
pub(crate) use peak::{Work, spin};

/// Width of a token's vector.
pub(crate) const WIDTH: usize = 96;
/// Pieces of a maxout unit in the encoders.
pub(crate) const PIECES: usize = 3;
/// Columns of one panel of a packed matrix.
pub(crate) const PANEL: usize = 16;

/// Which version of the kernels to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Level {
    /// Any machine.
    #[default]
    Plain,
    /// x86-64 with AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// x86-64 with AVX-512 F, BW, DQ, VL and VNNI (Intel from Cascade Lake, AMD from Zen 4), and AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// Every version that is built for this family of processors, best first.
    pub(crate) const ALL: &'static [Self] = &[
        #[cfg(target_arch = "x86_64")]
        Self::Avx512,
        #[cfg(target_arch = "x86_64")]
        Self::Avx2,
        Self::Plain,
    ];

    /// The best version that this machine can run.
    pub(crate) fn detect() -> Self {
        Self::ALL.iter().copied().find(|level| level.runs()).unwrap_or(Self::Plain)
    }

    /// Whether this machine can run it.
    pub(crate) fn runs(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        use std::arch::is_x86_feature_detected as has;
        match self {
            Self::Plain => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => has!("avx2") && has!("fma"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.runs()
                    && has!("avx512f")
                    && has!("avx512bw")
                    && has!("avx512dq")
                    && has!("avx512vl")
                    && has!("avx512vnni")
            }
        }
    }

    /// Its name for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => "avx512",
        }
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
        // SAFETY: a level is made only where `Level::runs` said that the processor has what it needs (`Kernels`, `detect`);
        // the lengths were checked above.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { avx2::product(a, stride, rows, matrix, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx512 => unsafe { avx512::product(a, stride, rows, matrix, out) },
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
        // SAFETY: as above. The norm sums in eight lanes, so wider vectors would not help: AVX-512 takes the same version.
        #[allow(unsafe_code)]
        Level::Avx2 | Level::Avx512 => unsafe { avx2::maxout_norm(pieces, norm, out) },
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
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx512 => unsafe { avx512::step(features, bias, upper, scores) },
    }
}

/// Runs one of the bodies of [`wide`] in the version for a machine.
macro_rules! wide {
    ($level:expr, $name:ident($($argument:expr),*)) => {
        match $level {
            Level::Plain => wide::plain::$name($($argument),*),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a level is made only where the processor has what it needs; the bodies check their slices.
            #[allow(unsafe_code)]
            Level::Avx2 => unsafe { wide::avx2::$name($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            #[allow(unsafe_code)]
            Level::Avx512 => unsafe { wide::avx512::$name($($argument),*) },
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
