//! The kernels for x86-64 with AVX2 and FMA.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256, __m256i, _mm_add_ps, _mm_add_ss, _mm_cvtss_f32, _mm_max_ps, _mm_max_ss, _mm_movehl_ps, _mm_shuffle_ps,
    _mm_storeu_si128, _mm256_add_epi32, _mm256_add_ps, _mm256_andnot_ps, _mm256_castps256_ps128,
    _mm256_castsi256_si128, _mm256_cvtepi32_ps, _mm256_cvtps_epi32, _mm256_extractf128_ps, _mm256_fmadd_ps,
    _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_max_ps, _mm256_mul_ps, _mm256_packs_epi32,
    _mm256_permute4x64_epi64, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
    _mm256_storeu_ps, _mm256_sub_ps,
};

use super::narrow::{LIMIT, Narrow};
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
pub(super) unsafe fn maxout_norm(pieces: &[f32], norm: &Norm, out: &mut [f32]) {
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
                let done = _mm256_fmadd_ps(_mm256_mul_ps(*value, inverse), gain, shift);
                let to = place.as_mut_ptr().add(i * 8);
                _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(to), done));
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

/// # Safety
/// The processor must have AVX2; the lengths must be those that the parent module checks, `width` a multiple of 8.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn round_rows(values: &[f32], width: usize, rounded: &mut [i16], scales: &mut [f32]) {
    let sign = _mm256_set1_ps(-0.0);
    for ((row, to), scale) in values.chunks_exact(width).zip(rounded.chunks_exact_mut(width)).zip(scales) {
        // SAFETY: `row` and `to` hold `width` values each.
        unsafe {
            let mut most = _mm256_setzero_ps();
            for i in (0..width).step_by(8) {
                most = _mm256_max_ps(_mm256_andnot_ps(sign, _mm256_loadu_ps(row.as_ptr().add(i))), most);
            }
            let half = _mm_max_ps(_mm256_castps256_ps128(most), _mm256_extractf128_ps::<1>(most));
            let pair = _mm_max_ps(half, _mm_movehl_ps(half, half));
            let most = _mm_cvtss_f32(_mm_max_ss(pair, _mm_shuffle_ps::<1>(pair, pair)));
            *scale = most / LIMIT;
            let inverse = _mm256_set1_ps(if most > 0.0 { LIMIT / most } else { 0.0 });
            for i in (0..width).step_by(8) {
                let whole = _mm256_cvtps_epi32(_mm256_mul_ps(_mm256_loadu_ps(row.as_ptr().add(i)), inverse));
                let packed = _mm256_permute4x64_epi64::<0b1000>(_mm256_packs_epi32(whole, whole));
                _mm_storeu_si128(to.as_mut_ptr().add(i).cast(), _mm256_castsi256_si128(packed));
            }
        }
    }
}

/// # Safety
/// The processor must have AVX2 and FMA; the lengths must be those that the parent module checks.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn narrow_product(rounded: &[i16], scales: &[f32], rows: usize, matrix: &Narrow, out: &mut [f32]) {
    let width = matrix.padded();
    for panel in 0..width / PANEL {
        let mut r = 0;
        // SAFETY: rows `r` to `r + R + parts - 1` lie within `rounded` and `scales`, rows `r` to `r + R` within `out`.
        unsafe {
            while r + TILE <= rows {
                narrow_tile::<TILE>(rounded, scales, r, matrix, panel, out);
                r += TILE;
            }
            match rows - r {
                1 => narrow_tile::<1>(rounded, scales, r, matrix, panel, out),
                2 => narrow_tile::<2>(rounded, scales, r, matrix, panel, out),
                3 => narrow_tile::<3>(rounded, scales, r, matrix, panel, out),
                4 => narrow_tile::<4>(rounded, scales, r, matrix, panel, out),
                5 => narrow_tile::<5>(rounded, scales, r, matrix, panel, out),
                _ => {}
            }
        }
    }
}

/// `R` rows by one panel, all parts.
///
/// # Safety
/// As above; `panel` is a panel of the matrix.
#[target_feature(enable = "avx2,fma")]
#[inline]
unsafe fn narrow_tile<const R: usize>(
    rounded: &[i16],
    scales: &[f32],
    first: usize,
    matrix: &Narrow,
    panel: usize,
    out: &mut [f32],
) {
    let (depth, width) = (matrix.depth, matrix.padded());
    let last = matrix.parts - 1;
    // SAFETY: the caller's promise, and `Narrow` holds `parts * depth * PANEL` weights, a scale and a bias for each column.
    unsafe {
        let out = out.as_mut_ptr().add(first * width + panel * PANEL);
        let (scale, bias) = (matrix.scale.as_ptr().add(panel * PANEL), matrix.bias.as_ptr().add(panel * PANEL));
        for part in 0..matrix.parts {
            let weights: *const __m256i =
                matrix.data.as_ptr().add((panel * matrix.parts + part) * depth * PANEL).cast();
            let input = rounded.as_ptr().add((first + part) * depth);
            let mut sums = [[_mm256_setzero_si256(); 2]; R];
            for pair in 0..depth / 2 {
                let left = _mm256_loadu_si256(weights.add(pair * 2));
                let right = _mm256_loadu_si256(weights.add(pair * 2 + 1));
                for (r, sum) in sums.iter_mut().enumerate() {
                    let both = input.add(r * depth + pair * 2).cast::<i32>().read_unaligned();
                    let x = _mm256_set1_epi32(both);
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(x, left));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(x, right));
                }
            }
            for (r, sum) in sums.iter().enumerate() {
                let of_row = _mm256_set1_ps(*scales.as_ptr().add(first + r + part));
                for (half, sum) in sum.iter().enumerate() {
                    let to = out.add(r * width + half * 8);
                    let before = if part == 0 { _mm256_setzero_ps() } else { _mm256_loadu_ps(to) };
                    let mut total = _mm256_fmadd_ps(_mm256_cvtepi32_ps(*sum), of_row, before);
                    if part == last {
                        let (scale, bias) = (_mm256_loadu_ps(scale.add(half * 8)), _mm256_loadu_ps(bias.add(half * 8)));
                        total = _mm256_fmadd_ps(total, scale, bias);
                    }
                    _mm256_storeu_ps(to, total);
                }
            }
        }
    }
}
