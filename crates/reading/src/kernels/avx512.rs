//! The kernels for x86-64 with AVX-512: vectors of sixteen, 32 registers, and VNNI for the products of 16-bit integers.
//!
//! A column of a product has a lane of its own and its products come in the plain version's order, so wider vectors
//! change no bit. What sums across lanes (the norm) keeps the eight lanes of the other versions.
#![allow(unsafe_code)]
// Loops over registers count; nested iterators are not always inlined here, and then the sums would lie in memory.
#![allow(clippy::needless_range_loop)]

use std::arch::x86_64::{
    __m512, __m512i, _mm256_storeu_si256, _mm512_abs_ps, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_cvtps_epi32,
    _mm512_cvtsepi32_epi16, _mm512_dpwssd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_loadu_si512,
    _mm512_mask_cvtsepi32_storeu_epi16, _mm512_maskz_loadu_ps, _mm512_max_ps, _mm512_mul_ps, _mm512_reduce_max_ps,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps, _mm512_setzero_si512, _mm512_storeu_ps,
};

use super::narrow::{LIMIT, Narrow};
use super::{HIDDEN, PANEL, Panels};

/// Rows of one tile: 12 rows by two panels fill 24 of the 32 registers.
const TILE: usize = 12;
/// Panels that one row alone is worked on at once, so that eight sums run side by side.
const ABREAST: usize = 8;

/// Calls `$tile::<rows, panels>` for a number of rows that is known only now.
macro_rules! rows {
    ($rows:expr, $panels:literal, $tile:ident($($argument:expr),*)) => {
        match $rows {
            1 => $tile::<1, $panels>($($argument),*),
            2 => $tile::<2, $panels>($($argument),*),
            3 => $tile::<3, $panels>($($argument),*),
            4 => $tile::<4, $panels>($($argument),*),
            5 => $tile::<5, $panels>($($argument),*),
            6 => $tile::<6, $panels>($($argument),*),
            7 => $tile::<7, $panels>($($argument),*),
            8 => $tile::<8, $panels>($($argument),*),
            9 => $tile::<9, $panels>($($argument),*),
            10 => $tile::<10, $panels>($($argument),*),
            11 => $tile::<11, $panels>($($argument),*),
            12 => $tile::<12, $panels>($($argument),*),
            _ => {}
        }
    };
}

/// # Safety
/// The processor must have AVX-512 F; `a` and `out` must be as long as `product` in the parent module checks.
#[target_feature(enable = "avx512f")]
pub(super) unsafe fn product(a: &[f32], stride: usize, rows: usize, matrix: &Panels, out: &mut [f32]) {
    let (depth, width) = (matrix.depth, matrix.padded());
    let panels = width / PANEL;
    // SAFETY: `data` holds `depth * PANEL` values for each panel and `bias` has `PANEL`; rows lie within `a` and `out`.
    unsafe {
        let (a, weights, bias, out) = (a.as_ptr(), matrix.data.as_ptr(), matrix.bias.as_ptr(), out.as_mut_ptr());
        if rows == 1 {
            for panel in (0..panels).step_by(ABREAST) {
                let (weights, bias) = (weights.add(panel * depth * PANEL), bias.add(panel * PANEL));
                let to = out.add(panel * PANEL);
                match panels - panel {
                    1 => tile::<1, 1>(a, stride, depth, weights, bias, to, width),
                    2 => tile::<1, 2>(a, stride, depth, weights, bias, to, width),
                    3 => tile::<1, 3>(a, stride, depth, weights, bias, to, width),
                    4 => tile::<1, 4>(a, stride, depth, weights, bias, to, width),
                    5 => tile::<1, 5>(a, stride, depth, weights, bias, to, width),
                    6 => tile::<1, 6>(a, stride, depth, weights, bias, to, width),
                    7 => tile::<1, 7>(a, stride, depth, weights, bias, to, width),
                    _ => tile::<1, ABREAST>(a, stride, depth, weights, bias, to, width),
                }
            }
            return;
        }
        for panel in (0..panels).step_by(2) {
            let (weights, bias) = (weights.add(panel * depth * PANEL), bias.add(panel * PANEL));
            for r in (0..rows).step_by(TILE) {
                let (from, to) = (a.add(r * stride), out.add(r * width + panel * PANEL));
                if panel + 1 < panels {
                    rows!((rows - r).min(TILE), 2, tile(from, stride, depth, weights, bias, to, width));
                } else {
                    rows!((rows - r).min(TILE), 1, tile(from, stride, depth, weights, bias, to, width));
                }
            }
        }
    }
}

/// `R` rows by `P` panels.
///
/// # Safety
/// Each of the `R` rows of `a` (`stride` apart) holds `depth` values, `weights` holds `P * depth * PANEL`, `bias`
/// `P * PANEL`, and each of the `R` rows of `out` (`width` apart) has room for `P * PANEL`.
#[target_feature(enable = "avx512f")]
#[inline]
unsafe fn tile<const R: usize, const P: usize>(
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
        let mut start = [_mm512_setzero_ps(); P];
        for p in 0..P {
            start[p] = _mm512_loadu_ps(bias.add(p * PANEL));
        }
        let mut sums = [start; R];
        for k in 0..depth {
            let mut columns: [__m512; P] = start;
            for p in 0..P {
                columns[p] = _mm512_loadu_ps(weights.add((p * depth + k) * PANEL));
            }
            for r in 0..R {
                let x = _mm512_set1_ps(*a.add(r * stride + k));
                for p in 0..P {
                    sums[r][p] = _mm512_fmadd_ps(x, columns[p], sums[r][p]);
                }
            }
        }
        for r in 0..R {
            for p in 0..P {
                _mm512_storeu_ps(out.add(r * width + p * PANEL), sums[r][p]);
            }
        }
    }
}

/// # Safety
/// The processor must have AVX-512 F; every feature holds `2 * HIDDEN` values and `scores` has room for all columns.
#[target_feature(enable = "avx512f")]
pub(super) unsafe fn step(features: &[&[f32]], bias: &[f32; 2 * HIDDEN], upper: &Panels, scores: &mut [f32]) {
    const HALF: usize = HIDDEN / 16;
    // SAFETY: all loads and stores stay within the lengths promised above.
    unsafe {
        let mut sums = [_mm512_setzero_ps(); 2 * HALF];
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = _mm512_loadu_ps(bias.as_ptr().add(i * 16));
        }
        for feature in features {
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum = _mm512_add_ps(*sum, _mm512_loadu_ps(feature.as_ptr().add(i * 16)));
            }
        }
        let mut hidden = [0.0f32; HIDDEN];
        for i in 0..HALF {
            _mm512_storeu_ps(hidden.as_mut_ptr().add(i * 16), _mm512_max_ps(sums[i], sums[HALF + i]));
        }
        product(&hidden, HIDDEN, 1, upper, scores);
    }
}

/// # Safety
/// The processor must have AVX-512 F; the lengths must be those that the parent module checks, `width` a multiple of 8.
#[target_feature(enable = "avx512f")]
pub(super) unsafe fn round_rows(values: &[f32], width: usize, rounded: &mut [i16], scales: &mut [f32]) {
    /// The first eight lanes: what is left of a row whose width is no multiple of 16.
    const EIGHT: u16 = 0xFF;
    let whole = width / 16 * 16;
    for ((row, to), scale) in values.chunks_exact(width).zip(rounded.chunks_exact_mut(width)).zip(scales) {
        // SAFETY: `row` and `to` hold `width` values each: `whole` and, where that is less, eight more.
        unsafe {
            let (row, to) = (row.as_ptr(), to.as_mut_ptr());
            let mut most = _mm512_setzero_ps();
            for i in (0..whole).step_by(16) {
                most = _mm512_max_ps(_mm512_abs_ps(_mm512_loadu_ps(row.add(i))), most);
            }
            let rest = if whole < width { _mm512_maskz_loadu_ps(EIGHT, row.add(whole)) } else { _mm512_setzero_ps() };
            let most = _mm512_reduce_max_ps(_mm512_max_ps(_mm512_abs_ps(rest), most));
            *scale = most / LIMIT;
            let inverse = _mm512_set1_ps(if most > 0.0 { LIMIT / most } else { 0.0 });
            for i in (0..whole).step_by(16) {
                let integers = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(row.add(i)), inverse));
                _mm256_storeu_si256(to.add(i).cast(), _mm512_cvtsepi32_epi16(integers));
            }
            if whole < width {
                let integers = _mm512_cvtps_epi32(_mm512_mul_ps(rest, inverse));
                _mm512_mask_cvtsepi32_storeu_epi16(to.add(whole).cast(), EIGHT, integers);
            }
        }
    }
}

/// # Safety
/// The processor must have AVX-512 F and VNNI; the lengths must be those that the parent module checks.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) unsafe fn narrow_product(rounded: &[i16], scales: &[f32], rows: usize, matrix: &Narrow, out: &mut [f32]) {
    let panels = matrix.padded() / PANEL;
    for panel in (0..panels).step_by(2) {
        for r in (0..rows).step_by(TILE) {
            // SAFETY: rows `r` to `r + R + parts - 1` lie within `rounded` and `scales`, rows `r` to `r + R` within `out`.
            unsafe {
                if panel + 1 < panels {
                    rows!((rows - r).min(TILE), 2, narrow_tile(rounded, scales, r, matrix, panel, out));
                } else {
                    rows!((rows - r).min(TILE), 1, narrow_tile(rounded, scales, r, matrix, panel, out));
                }
            }
        }
    }
}

/// `R` rows by `P` panels, all parts.
///
/// # Safety
/// As above; `panel` to `panel + P` are panels of the matrix.
#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
unsafe fn narrow_tile<const R: usize, const P: usize>(
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
            let weights = matrix.data.as_ptr().add((panel * matrix.parts + part) * depth * PANEL);
            let input = rounded.as_ptr().add((first + part) * depth);
            let mut sums = [[_mm512_setzero_si512(); P]; R];
            for pair in 0..depth / 2 {
                let mut columns: [__m512i; P] = [_mm512_setzero_si512(); P];
                for p in 0..P {
                    columns[p] = _mm512_loadu_si512(weights.add((p * matrix.parts * depth + pair * 2) * PANEL).cast());
                }
                for r in 0..R {
                    let both = input.add(r * depth + pair * 2).cast::<i32>().read_unaligned();
                    let both = _mm512_set1_epi32(both);
                    for p in 0..P {
                        sums[r][p] = _mm512_dpwssd_epi32(sums[r][p], both, columns[p]);
                    }
                }
            }
            for r in 0..R {
                let of_row = _mm512_set1_ps(*scales.as_ptr().add(first + r + part));
                for p in 0..P {
                    let to = out.add(r * width + p * PANEL);
                    let before = if part == 0 { _mm512_setzero_ps() } else { _mm512_loadu_ps(to) };
                    let mut total = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][p]), of_row, before);
                    if part == last {
                        let scale = _mm512_loadu_ps(scale.add(p * PANEL));
                        total = _mm512_fmadd_ps(total, scale, _mm512_loadu_ps(bias.add(p * PANEL)));
                    }
                    _mm512_storeu_ps(to, total);
                }
            }
        }
    }
}
