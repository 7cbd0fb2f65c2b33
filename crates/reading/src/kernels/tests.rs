//! Every version of a kernel must give the plain version's bits.

use proptest::prelude::*;

use super::narrow::LIMIT;
use super::*;

fn values(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<f32>> {
    proptest::collection::vec(prop_oneof![8 => -4.0f32..4.0, 1 => Just(0.0), 1 => -1e4f32..1e4], count)
}

/// Compares every version that this machine can run with the plain one.
fn check(name: &str, run: impl Fn(Level) -> Vec<f32>) {
    let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let plain = bits(&run(Level::Plain));
    for level in Level::ALL.iter().filter(|level| level.runs()) {
        assert_eq!(plain, bits(&run(*level)), "{name}: {} differs from plain", level.name());
    }
}

#[test]
fn the_best_version_comes_first() {
    // Each version asks for more than the ones behind it, and the last one for nothing.
    let runs: Vec<bool> = Level::ALL.iter().map(|level| level.runs()).collect();
    assert!(runs.is_sorted() && runs.last() == Some(&true), "{runs:?}");
    assert_eq!(Level::ALL.last(), Some(&Level::Plain));
    let best = Level::ALL.iter().find(|level| level.runs());
    assert_eq!(best, Some(&Level::detect()));
}

#[cfg(target_arch = "x86_64")]
#[test]
fn a_level_asks_for_all_that_its_kernels_use() {
    assert_eq!(Level::ALL, [Level::Avx512, Level::Avx2, Level::Plain]);
    if Level::Avx512.runs() {
        assert!(Level::Avx2.runs(), "the AVX-512 level uses the AVX2 norm");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn products_agree(rows in 0usize..30, outputs in 1usize..150, depth in 1usize..27, seed in values(4050)) {
        let matrix = Panels::pack(outputs, depth, &seed[..outputs * depth], &seed[..outputs]);
        // Rows may lie closer together than they are long, as the windows of the encoders do.
        let stride = depth.div_ceil(3);
        let input: Vec<f32> = seed.iter().rev().copied().cycle().take(rows * stride + depth).collect();
        check("product", |level| {
            let mut out = vec![0.0; rows * matrix.padded()];
            product(level, &input, stride, rows, &matrix, &mut out);
            out
        });
    }

    #[test]
    fn wide_kernels_agree(rows in 1usize..5, eighths in 1usize..9, share in 0.0f32..1.0, seed in values(200)) {
        let width = eighths * 8;
        let count = 1 + (share * (width - 1) as f32) as usize;
        let input: Vec<f32> = seed.iter().copied().cycle().take(rows * width).collect();
        for n in 0..3 {
            check("wide", |level| {
                let mut values = input.clone();
                match n {
                    0 => gelu(level, &mut values),
                    1 => layer_norm(level, &mut values, &seed[..width], &seed[width..2 * width]),
                    _ => softmax(level, &mut values, width, count, 0.3),
                }
                values
            });
        }
    }

    #[test]
    fn narrow_products_agree_and_stay_close(rows in 0usize..30, outputs in 1usize..40, eighth in 1usize..5, parts in 1usize..4, seed in values(4000)) {
        let depth = eighth * 8;
        let matrix = Narrow::pack(outputs, depth, parts, &seed[..outputs * depth * parts], &seed[..outputs]);
        let input: Vec<f32> = seed.iter().rev().copied().cycle().take((rows + 2) * depth).collect();
        let run = |level| {
            let (mut rounded, mut scales) = (vec![0; input.len()], vec![0.0; rows + 2]);
            round_rows(level, &input, depth, &mut rounded, &mut scales);
            let mut out = vec![0.0; rows * matrix.padded()];
            narrow_product(level, &rounded, &scales, rows, &matrix, &mut out);
            out
        };
        check("narrow product", run);
        let exact = Panels::pack(outputs, depth * parts, &seed[..outputs * depth * parts], &seed[..outputs]);
        let mut wide = vec![0.0; rows * exact.padded()];
        product(Level::Plain, &input, depth, rows, &exact, &mut wide);
        // The error grows with the sizes, not with the (possibly small) result.
        for (r, (narrow, wide)) in run(Level::Plain).chunks(matrix.padded()).zip(wide.chunks(matrix.padded())).enumerate() {
            for (a, b) in narrow.iter().zip(wide) {
                let largest = |v: &[f32]| v.iter().fold(0.0f32, |m, x| m.max(x.abs()));
                let bound = largest(&input) * largest(&seed) * (depth * parts) as f32 * 4e-4 + 1e-3;
                prop_assert!((a - b).abs() <= bound, "row {r}: {a} and {b} are more than {bound} apart");
            }
        }
    }

    #[test]
    fn maxout_and_norm_agree(rows in 0usize..9, seed in values(9 * WIDTH * PIECES)) {
        let mut norm = Norm { gain: [0.0; WIDTH], shift: [0.0; WIDTH] };
        norm.gain.copy_from_slice(&seed[..WIDTH]);
        norm.shift.copy_from_slice(&seed[WIDTH..2 * WIDTH]);
        check("maxout", |level| {
            let mut out = seed[..rows * WIDTH].to_vec();
            maxout_norm(level, &seed, &norm, &mut out);
            out
        });
    }

    #[test]
    fn steps_agree(outputs in 1usize..150, seed in values(12 * 2 * HIDDEN)) {
        let weights: Vec<f32> = seed.iter().copied().cycle().take(outputs * HIDDEN).collect();
        let upper = Panels::pack(outputs, HIDDEN, &weights, &seed[..outputs]);
        let mut bias = [0.0; 2 * HIDDEN];
        bias.copy_from_slice(&seed[..2 * HIDDEN]);
        let features: Vec<&[f32]> = seed.chunks(2 * HIDDEN).collect();
        check("step", |level| {
            let mut scores = vec![0.0; upper.padded()];
            step(level, &features, &bias, &upper, &mut scores);
            scores
        });
    }

    #[test]
    fn no_sum_passes_31_bits(row in values(96)) {
        // The worst input: the largest value with each weight's sign.
        let matrix = Narrow::pack(1, 96, 1, &row, &[]);
        let weights: Vec<i64> = (0..96).map(|k| i64::from(matrix.data[(k / 2) * PANEL * 2 + k % 2])).collect();
        let worst: i64 = weights.iter().map(|w| w.abs() * LIMIT as i64).sum();
        prop_assert!(worst <= i64::from(i32::MAX));
    }
}
