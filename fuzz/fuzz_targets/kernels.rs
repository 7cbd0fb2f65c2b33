#![no_main]
//! Any sizes and numbers through the kernels that other rooms may call: every version must give the plain one's bits,
//! and the address sanitizer sees whether one reads or writes beside its slices.

use libfuzzer_sys::fuzz_target;
use marchland_reading::numeric::{Kernels, Matrix};

fuzz_target!(|bytes: &[u8]| {
    let Some((sizes, bytes)) = bytes.split_first_chunk::<5>() else { return };
    let [rows, outputs, depth, stride, count] = sizes.map(usize::from);
    let (rows, outputs, depth) = (rows % 40, 1 + outputs % 150, 1 + depth % 70);
    let stride = 1 + stride % (2 * depth);
    // Finite numbers: what becomes of others is not promised.
    let mut values = bytes.iter().map(|b| f32::from(b.cast_signed()) / 16.0).cycle();
    let mut take = |n: usize| -> Vec<f32> { (0..n).map(|_| values.next().unwrap_or(1.5)).collect() };
    let matrix = Matrix::pack(outputs, depth, &take(outputs * depth), &take(outputs));
    let input = take(rows.saturating_sub(1) * stride + depth);
    let width = matrix.padded();
    let (gain, shift) = (take(width), take(width));
    let run = |kernels: Kernels| {
        let mut out = vec![0.0; rows * width];
        kernels.product(&input, stride, rows, &matrix, &mut out);
        let mut all = out.clone();
        kernels.gelu(&mut out);
        all.extend(&out);
        kernels.layer_norm(&mut out, &gain, &shift);
        all.extend(&out);
        kernels.softmax(&mut out, width, 1 + count % width, 0.3);
        all.extend(&out);
        all.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    let plain = run(Kernels::plain());
    for kernels in Kernels::all() {
        assert_eq!(run(kernels), plain, "{}", kernels.name());
    }
});
