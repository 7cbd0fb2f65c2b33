//! The plain kernels: what every other version must give, bit for bit.

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

pub(super) fn maxout_norm(pieces: &[f32], norm: &Norm, add: bool, out: &mut [f32]) {
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
            let value = (best[i] * inverse).mul_add(norm.gain[i], norm.shift[i]);
            place[i] = if add { place[i] + value } else { value };
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
