//! The kernels for x86-64 with AVX2 and FMA.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256, _mm_add_ps, _mm_add_ss, _mm_cvtss_f32, _mm_movehl_ps, _mm_shuffle_ps, _mm256_add_ps,
    _mm256_castps256_ps128, _mm256_extractf128_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_mul_ps,
    _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps, _mm256_sub_ps,
};

use super::{HIDDEN, Norm, PANEL, PIECES, Panels, WIDTH};

/// Rows of one tile: 6 rows by two vectors fill 12 of the 16 registers.
const TILE: usize = 6;

/// # Safety
/// The processor must have AVX2 and FMA; `a` and `out` must be as long as `product` in the parent module checks.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn product(a: &[f32], stride: usize, rows: usize, matrix: &Panels, out: &mut [f32]) {
    let (depth, width) = (matrix.depth, matrix.padded());
    for panel in 0..width / PANEL {
        // SAFETY: `data` holds `depth * PANEL` values for each panel and `bias` has `PANEL`; rows lie within `a` and `out`.
        unsafe {
            let weights = matrix.data.as_ptr().add(panel * depth * PANEL);
            let bias = matrix.bias.as_ptr().add(panel * PANEL);
            let mut r = 0;
            while r + TILE <= rows {
                let (from, to) = (a.as_ptr().add(r * stride), out.as_mut_ptr().add(r * width + panel * PANEL));
                tile::<TILE>(from, stride, depth, weights, bias, to, width);
                r += TILE;
            }
            let (from, to) = (a.as_ptr().add(r * stride), out.as_mut_ptr().add(r * width + panel * PANEL));
            match rows - r {
                1 => tile::<1>(from, stride, depth, weights, bias, to, width),
                2 => tile::<2>(from, stride, depth, weights, bias, to, width),
                3 => tile::<3>(from, stride, depth, weights, bias, to, width),
                4 => tile::<4>(from, stride, depth, weights, bias, to, width),
                5 => tile::<5>(from, stride, depth, weights, bias, to, width),
                _ => {}
            }
        }
    }
}

/// `R` rows by one panel.
///
/// # Safety
/// Each of the `R` rows of `a` (`stride` apart) holds `depth` values, `weights` holds `depth * PANEL`, `bias` `PANEL`,
/// and each of the `R` rows of `out` (`width` apart) has room for `PANEL`.
#[target_feature(enable = "avx2,fma")]
#[inline]
unsafe fn tile<const R: usize>(
    a: *const f32,
    stride: usize,
    depth: usize,
    weights: *const f32,
    bias: *const f32,
    out: *mut f32,
    width: usize,
) {
    // SAFETY: the caller's promise covers every address below.
    unsafe {
        let mut sums = [[_mm256_loadu_ps(bias), _mm256_loadu_ps(bias.add(8))]; R];
        for k in 0..depth {
            let left = _mm256_loadu_ps(weights.add(k * PANEL));
            let right = _mm256_loadu_ps(weights.add(k * PANEL + 8));
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = _mm256_set1_ps(*a.add(r * stride + k));
                sum[0] = _mm256_fmadd_ps(x, left, sum[0]);
                sum[1] = _mm256_fmadd_ps(x, right, sum[1]);
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            _mm256_storeu_ps(out.add(r * width), sum[0]);
            _mm256_storeu_ps(out.add(r * width + 8), sum[1]);
        }
    }
}

/// The sum of eight lanes, in the order that the plain version keeps.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn across(lanes: __m256) -> f32 {
    let half = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps::<1>(lanes));
    let pair = _mm_add_ps(half, _mm_movehl_ps(half, half));
    _mm_cvtss_f32(_mm_add_ss(pair, _mm_shuffle_ps::<1>(pair, pair)))
}

/// # Safety
/// The processor must have AVX2 and FMA; `pieces` holds three times as many values as `out`.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn maxout_norm(pieces: &[f32], norm: &Norm, add: bool, out: &mut [f32]) {
    const VECTORS: usize = WIDTH / 8;
    for (row, place) in pieces.chunks_exact(WIDTH * PIECES).zip(out.chunks_exact_mut(WIDTH)) {
        let mut best = [_mm256_setzero_ps(); VECTORS];
        let mut sum = _mm256_setzero_ps();
        // SAFETY: a row holds three times WIDTH values, `place`, `gain` and `shift` hold WIDTH.
        unsafe {
            for (i, value) in best.iter_mut().enumerate() {
                let at = row.as_ptr().add(i * 8);
                let first = _mm256_max_ps(_mm256_loadu_ps(at), _mm256_loadu_ps(at.add(WIDTH)));
                *value = _mm256_max_ps(first, _mm256_loadu_ps(at.add(2 * WIDTH)));
                sum = _mm256_add_ps(sum, *value);
            }
            let mean = _mm256_set1_ps(across(sum) / WIDTH as f32);
            let mut squares = _mm256_setzero_ps();
            for value in &mut best {
                *value = _mm256_sub_ps(*value, mean);
                squares = _mm256_fmadd_ps(*value, *value, squares);
            }
            let inverse = _mm256_set1_ps(1.0 / (across(squares) / WIDTH as f32 + 1e-8).sqrt());
            for (i, value) in best.iter().enumerate() {
                let gain = _mm256_loadu_ps(norm.gain.as_ptr().add(i * 8));
                let shift = _mm256_loadu_ps(norm.shift.as_ptr().add(i * 8));
                let mut done = _mm256_fmadd_ps(_mm256_mul_ps(*value, inverse), gain, shift);
                let to = place.as_mut_ptr().add(i * 8);
                if add {
                    done = _mm256_add_ps(_mm256_loadu_ps(to), done);
                }
                _mm256_storeu_ps(to, done);
            }
        }
    }
}

/// # Safety
/// The processor must have AVX2 and FMA; every feature holds `2 * HIDDEN` values and `scores` has room for all columns.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn step(features: &[&[f32]], bias: &[f32; 2 * HIDDEN], upper: &Panels, scores: &mut [f32]) {
    const HALF: usize = HIDDEN / 8;
    // SAFETY: all loads and stores stay within the lengths promised above.
    unsafe {
        let mut sums = [_mm256_setzero_ps(); 2 * HALF];
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = _mm256_loadu_ps(bias.as_ptr().add(i * 8));
        }
        for feature in features {
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum = _mm256_add_ps(*sum, _mm256_loadu_ps(feature.as_ptr().add(i * 8)));
            }
        }
        let mut hidden = [0.0f32; HIDDEN];
        for i in 0..HALF {
            _mm256_storeu_ps(hidden.as_mut_ptr().add(i * 8), _mm256_max_ps(sums[i], sums[HALF + i]));
        }
        product(&hidden, HIDDEN, 1, upper, scores);
    }
}
