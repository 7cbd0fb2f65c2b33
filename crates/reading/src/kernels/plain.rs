//! The plain kernels: what every other version must give, bit for bit.

use super::narrow::{LIMIT, Narrow};
use super::{HIDDEN, Norm, PANEL, PIECES, Panels, WIDTH};

pub(super) fn product(a: &[f32], stride: usize, rows: usize, matrix: &Panels, out: &mut [f32]) {
    let width = matrix.padded();
    for r in 0..rows {
        let input = &a[r * stride..r * stride + matrix.depth];
        let output = &mut out[r * width..(r + 1) * width];
        output.copy_from_slice(&matrix.bias);
        for (panel, part) in output.chunks_exact_mut(PANEL).enumerate() {
            let weights = &matrix.data[panel * matrix.depth * PANEL..(panel + 1) * matrix.depth * PANEL];
            for (x, row) in input.iter().zip(weights.chunks_exact(PANEL)) {
                for (sum, w) in part.iter_mut().zip(row) {
                    *sum = x.mul_add(*w, *sum);
                }
            }
        }
    }
}

/// The sum of eight lanes as the vector versions add them up.
fn across(lanes: [f32; 8]) -> f32 {
    let half = [lanes[0] + lanes[4], lanes[1] + lanes[5], lanes[2] + lanes[6], lanes[3] + lanes[7]];
    (half[0] + half[2]) + (half[1] + half[3])
}

pub(super) fn maxout_norm(pieces: &[f32], norm: &Norm, out: &mut [f32]) {
    for (row, place) in pieces.chunks_exact(WIDTH * PIECES).zip(out.chunks_exact_mut(WIDTH)) {
        let mut best = [0.0f32; WIDTH];
        let mut lanes = [0.0f32; 8];
        for i in 0..WIDTH {
            let first = if row[i] > row[WIDTH + i] { row[i] } else { row[WIDTH + i] };
            best[i] = if first > row[2 * WIDTH + i] { first } else { row[2 * WIDTH + i] };
            lanes[i % 8] += best[i];
        }
        let mean = across(lanes) / WIDTH as f32;
        let mut lanes = [0.0f32; 8];
        for i in 0..WIDTH {
            best[i] -= mean;
            lanes[i % 8] = best[i].mul_add(best[i], lanes[i % 8]);
        }
        let inverse = 1.0 / (across(lanes) / WIDTH as f32 + 1e-8).sqrt();
        for i in 0..WIDTH {
            place[i] += (best[i] * inverse).mul_add(norm.gain[i], norm.shift[i]);
        }
    }
}

pub(super) fn step(features: &[&[f32]], bias: &[f32; 2 * HIDDEN], upper: &Panels, scores: &mut [f32]) {
    let mut sums = *bias;
    for feature in features {
        for (sum, x) in sums.iter_mut().zip(*feature) {
            *sum += x;
        }
    }
    let mut hidden = [0.0f32; HIDDEN];
    for i in 0..HIDDEN {
        hidden[i] = if sums[i] > sums[HIDDEN + i] { sums[i] } else { sums[HIDDEN + i] };
    }
    product(&hidden, HIDDEN, 1, upper, scores);
}

pub(super) fn round_rows(values: &[f32], width: usize, rounded: &mut [i16], scales: &mut [f32]) {
    for ((row, to), scale) in values.chunks_exact(width).zip(rounded.chunks_exact_mut(width)).zip(scales) {
        let most = row.iter().fold(0.0f32, |most, x| if x.abs() > most { x.abs() } else { most });
        *scale = most / LIMIT;
        let inverse = if most > 0.0 { LIMIT / most } else { 0.0 };
        for (x, place) in row.iter().zip(to) {
            *place = (x * inverse).round_ties_even() as i16;
        }
    }
}

pub(super) fn narrow_product(rounded: &[i16], scales: &[f32], rows: usize, matrix: &Narrow, out: &mut [f32]) {
    let (depth, width) = (matrix.depth, matrix.padded());
    for r in 0..rows {
        for (column, place) in out[r * width..(r + 1) * width].iter_mut().enumerate() {
            let (panel, lane) = (column / PANEL, column % PANEL);
            let mut total = 0.0f32;
            for part in 0..matrix.parts {
                let input = &rounded[(r + part) * depth..(r + part + 1) * depth];
                let weights = &matrix.data[(panel * matrix.parts + part) * depth * PANEL..][..depth * PANEL];
                let mut sum = 0i32;
                for (pair, x) in input.chunks_exact(2).enumerate() {
                    let w = &weights[(pair * PANEL + lane) * 2..][..2];
                    let both = i32::from(x[0]) * i32::from(w[0]) + i32::from(x[1]) * i32::from(w[1]);
                    sum = sum.wrapping_add(both);
                }
                total = (sum as f32).mul_add(scales[r + part], total);
            }
            *place = total.mul_add(matrix.scale[column], matrix.bias[column]);
        }
    }
}
