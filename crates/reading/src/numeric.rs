//! The numeric kernels for a later room: products, layer norm, GELU, softmax. The same bits on every machine.

use crate::kernels::{self, Level, PANEL, Panels, Work};

/// The kernels in the version that was chosen. There is none that this machine cannot run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernels(Level);

/// A matrix for products from the left, with the bias that each output starts from.
#[derive(Debug, Clone)]
pub struct Matrix(Panels);

impl Matrix {
    /// Packs a matrix given as one row of `depth` weights for each output; `bias` may be shorter than the outputs (0).
    ///
    /// # Panics
    /// When there are not `outputs * depth` weights.
    #[must_use]
    pub fn pack(outputs: usize, depth: usize, weights: &[f32], bias: &[f32]) -> Self {
        assert!(weights.len() == outputs * depth && bias.len() <= outputs, "a matrix has another size");
        Self(Panels::pack(outputs, depth, weights, bias))
    }

    /// Outputs, padded to whole panels: the length of a row that [`Kernels::product`] writes.
    #[must_use]
    pub fn padded(&self) -> usize {
        self.0.padded()
    }

    /// Outputs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.0.columns
    }

    /// Inputs.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.depth
    }
}

/// How many outputs are padded together.
pub const PADDING: usize = PANEL;

impl Default for Kernels {
    fn default() -> Self {
        Self::best()
    }
}

impl Kernels {
    /// The best version that this machine can run.
    #[must_use]
    pub fn best() -> Self {
        Self(Level::detect())
    }

    /// The version that runs everywhere.
    #[must_use]
    pub fn plain() -> Self {
        Self(Level::Plain)
    }

    /// Every version that this machine can run, best first.
    pub fn all() -> impl Iterator<Item = Self> {
        Level::ALL.iter().copied().filter(|level| level.runs()).map(Self)
    }

    /// The version of that name ("plain", "avx2", "avx512"), when this machine can run it.
    ///
    /// ```
    /// use marchland_reading::numeric::Kernels;
    /// assert_eq!(Kernels::named("plain"), Some(Kernels::plain()));
    /// assert_eq!(Kernels::named("abacus"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|kernels| kernels.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Does `rounds` rounds of multiply-adds in registers alone (of 16-bit integers, or of 32-bit floats) and says how
    /// many that were: with a clock around it, what a core can do at best.
    #[must_use]
    pub fn spin(self, integers: bool, rounds: u64) -> u64 {
        kernels::spin(self.0, if integers { Work::Integers } else { Work::Floats }, rounds)
    }

    pub(crate) fn level(self) -> Level {
        self.0
    }

    /// `out[r] = bias + a[r] * matrix` for each of `rows` rows, `stride` apart in `a` and `matrix.padded()` apart in `out`.
    ///
    /// # Panics
    /// When a slice is too short.
    pub fn product(self, a: &[f32], stride: usize, rows: usize, matrix: &Matrix, out: &mut [f32]) {
        kernels::product(self.0, a, stride, rows, &matrix.0, out);
    }

    /// GELU (with the error function) in place; the length is a multiple of eight.
    pub fn gelu(self, values: &mut [f32]) {
        kernels::gelu(self.0, values);
    }

    /// Layer norm in place of rows of `gain.len()` values, with 1e-12 under the root.
    ///
    /// # Panics
    /// When the width is no multiple of eight.
    pub fn layer_norm(self, values: &mut [f32], gain: &[f32], shift: &[f32]) {
        kernels::layer_norm(self.0, values, gain, shift);
    }

    /// Softmax in place of `scale` times the first `count` values of each row of `width`; the rest becomes 0.
    ///
    /// # Panics
    /// When the width is no multiple of eight or smaller than the count.
    pub fn softmax(self, values: &mut [f32], width: usize, count: usize, scale: f32) {
        kernels::softmax(self.0, values, width, count, scale);
    }
}
