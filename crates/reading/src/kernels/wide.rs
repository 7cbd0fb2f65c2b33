//! What a transformer needs beside products: layer norm of any width, GELU, softmax.
//!
//! One body serves every machine: compiled once as it stands, once for AVX2 and FMA, once for AVX-512. What is done to
//! each value alone is done in `N` lanes (8, or 16 for AVX-512); sums always run in eight lanes. The same operations in
//! the same lanes give the same bits.

/// Lanes of a sum.
const LANES: usize = 8;

/// The sum of eight lanes, in the order of the other kernels.
#[inline(always)]
fn across(lanes: [f32; LANES]) -> f32 {
    let half = [lanes[0] + lanes[4], lanes[1] + lanes[5], lanes[2] + lanes[6], lanes[3] + lanes[7]];
    (half[0] + half[2]) + (half[1] + half[3])
}

/// e to each power, to about two units in the last place; powers are cut to -87 to 88 (Cephes' expf).
#[inline(always)]
fn exp<const N: usize>(x: [f32; N]) -> [f32; N] {
    // Adding and taking away one and a half times 2^23 rounds to a whole number.
    const ROUND: f32 = 12_582_912.0;
    let mut out = [0.0; N];
    for i in 0..N {
        let x = x[i].clamp(-87.0, 88.0);
        let whole = x.mul_add(std::f32::consts::LOG2_E, ROUND);
        let n = whole - ROUND;
        let r = n.mul_add(-0.693_359_4, x);
        let r = n.mul_add(2.121_944_4e-4, r);
        let mut p = 1.987_569_1e-4_f32;
        for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
            p = p.mul_add(r, c);
        }
        let e = p.mul_add(r * r, r) + 1.0;
        // The whole number stands in the low bits of its rounded form.
        let shift = whole.to_bits().wrapping_sub(ROUND.to_bits()) << 23;
        out[i] = f32::from_bits(e.to_bits().wrapping_add(shift));
    }
    out
}

/// x * Phi(x) with the error function of Abramowitz and Stegun 7.1.26 (off by at most 1.5e-7).
#[inline(always)]
pub(super) fn gelu<const N: usize>(values: &mut [f32]) {
    let (chunks, rest) = values.as_chunks_mut::<N>();
    for chunk in chunks {
        gelu_of(chunk);
    }
    for chunk in rest.as_chunks_mut::<LANES>().0 {
        gelu_of(chunk);
    }
}

#[inline(always)]
fn gelu_of<const N: usize>(chunk: &mut [f32; N]) {
    let mut z = [0.0; N];
    let mut square = [0.0; N];
    for i in 0..N {
        z[i] = chunk[i].abs() * std::f32::consts::FRAC_1_SQRT_2;
        square[i] = -z[i] * z[i];
    }
    let e = exp(square);
    for i in 0..N {
        let t = 1.0 / 0.327_591_1_f32.mul_add(z[i], 1.0);
        let mut p = 1.061_405_4_f32;
        for c in [-1.453_152, 1.421_413_8, -0.284_496_72, 0.254_829_6] {
            p = p.mul_add(t, c);
        }
        let tail = 0.5 * p * t * e[i];
        let above = if chunk[i] < 0.0 { tail } else { 1.0 - tail };
        chunk[i] *= above;
    }
}

/// Normalises each row of `gain.len()` values to mean 0 and deviation 1, then scales and shifts it.
#[inline(always)]
pub(super) fn layer_norm(values: &mut [f32], gain: &[f32], shift: &[f32]) {
    let width = gain.len();
    for row in values.chunks_exact_mut(width) {
        let mut sums = [0.0; LANES];
        for chunk in row.chunks_exact(LANES) {
            for i in 0..LANES {
                sums[i] += chunk[i];
            }
        }
        let mean = across(sums) / width as f32;
        let mut sums = [0.0f32; LANES];
        for chunk in row.chunks_exact_mut(LANES) {
            for i in 0..LANES {
                chunk[i] -= mean;
                sums[i] = chunk[i].mul_add(chunk[i], sums[i]);
            }
        }
        let inverse = 1.0 / (across(sums) / width as f32 + 1e-12).sqrt();
        for ((chunk, gain), shift) in
            row.chunks_exact_mut(LANES).zip(gain.chunks_exact(LANES)).zip(shift.chunks_exact(LANES))
        {
            for i in 0..LANES {
                chunk[i] = (chunk[i] * inverse).mul_add(gain[i], shift[i]);
            }
        }
    }
}

/// Turns each row of `width` scores (times `scale`) into probabilities over its first `count`; the rest becomes 0.
#[inline(always)]
pub(super) fn softmax<const N: usize>(values: &mut [f32], width: usize, count: usize, scale: f32) {
    for row in values.chunks_exact_mut(width) {
        row[count..].fill(f32::NEG_INFINITY);
        let mut most = [f32::NEG_INFINITY; LANES];
        for chunk in row.chunks_exact_mut(LANES) {
            for i in 0..LANES {
                chunk[i] *= scale;
                most[i] = if chunk[i] > most[i] { chunk[i] } else { most[i] };
            }
        }
        let most = most.into_iter().fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
        let mut sums = [0.0; LANES];
        let (chunks, rest) = row.as_chunks_mut::<N>();
        let whole = chunks.len() * N;
        for (n, chunk) in chunks.iter_mut().enumerate() {
            powers(chunk, most, count.saturating_sub(n * N), &mut sums);
        }
        for (n, chunk) in rest.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            powers(chunk, most, count.saturating_sub(whole + n * LANES), &mut sums);
        }
        let inverse = 1.0 / across(sums);
        for x in row {
            *x *= inverse;
        }
    }
}

/// e to the power of what each of the first `count` values has over `most`; adds them up lane by lane.
#[inline(always)]
fn powers<const N: usize>(chunk: &mut [f32; N], most: f32, count: usize, sums: &mut [f32; LANES]) {
    let mut x = [0.0; N];
    for i in 0..N {
        x[i] = chunk[i] - most;
    }
    let e = exp(x);
    for i in 0..N {
        // What lies past the count is no score.
        chunk[i] = if i < count { e[i] } else { 0.0 };
    }
    for eight in chunk.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            sums[i] += eight[i];
        }
    }
}

pub(super) mod plain {
    //! The bodies as they stand.
    pub(in crate::kernels) use super::layer_norm;

    pub(in crate::kernels) fn gelu(values: &mut [f32]) {
        super::gelu::<{ super::LANES }>(values);
    }

    pub(in crate::kernels) fn softmax(values: &mut [f32], width: usize, count: usize, scale: f32) {
        super::softmax::<{ super::LANES }>(values, width, count, scale);
    }
}

/// The same bodies for one family of processors.
#[cfg(target_arch = "x86_64")]
macro_rules! version {
    ($name:ident, $features:literal, $lanes:literal) => {
        #[allow(unsafe_code)]
        pub(super) mod $name {
            /// # Safety
            /// The processor must have the features.
            #[target_feature(enable = $features)]
            pub(in crate::kernels) unsafe fn gelu(values: &mut [f32]) {
                super::gelu::<$lanes>(values);
            }

            /// # Safety
            /// The processor must have the features.
            #[target_feature(enable = $features)]
            pub(in crate::kernels) unsafe fn layer_norm(values: &mut [f32], gain: &[f32], shift: &[f32]) {
                super::layer_norm(values, gain, shift);
            }

            /// # Safety
            /// The processor must have the features.
            #[target_feature(enable = $features)]
            pub(in crate::kernels) unsafe fn softmax(values: &mut [f32], width: usize, count: usize, scale: f32) {
                super::softmax::<$lanes>(values, width, count, scale);
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
version!(avx2, "avx2,fma", 8);
#[cfg(target_arch = "x86_64")]
version!(avx512, "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl", 16);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e() {
        for x in [-87.0f32, -20.5, -1.0, -0.3, 0.0, 0.2, 1.0, 10.0, 80.0] {
            let e = exp([x; LANES])[3];
            assert!((e / x.exp() - 1.0).abs() < 1e-6, "{x}: {e} {}", x.exp());
        }
    }

    #[test]
    fn gelu_is_x_times_the_normal_distribution() {
        // Reference values: x * (1 + erf(x / sqrt 2)) / 2 in double precision.
        for (x, expect) in
            [(-3.0f32, -0.004_049_694), (-1.0, -0.158_655_25), (0.0, 0.0), (0.5, 0.345_731_23), (2.0, 1.954_499_7)]
        {
            let mut row = [x; LANES];
            gelu::<LANES>(&mut row);
            assert!((row[5] - expect).abs() < 1e-6, "{x}: {} {expect}", row[5]);
        }
    }

    #[test]
    fn softmax_looks_at_the_count_alone() {
        let mut row = [0.0f32; 16];
        row[1] = 2.0f32.ln();
        row[15] = 50.0;
        softmax::<LANES>(&mut row, 16, 3, 1.0);
        let expect = [0.25, 0.5, 0.25];
        assert!(row.iter().zip(expect.iter().chain(&[0.0; 13])).all(|(a, b)| (a - b).abs() < 1e-6), "{row:?}");
    }

    #[test]
    fn a_normed_row_has_mean_0_and_deviation_1() {
        let mut row: Vec<f32> = (0..16).map(|i| i as f32 * 3.0 + 7.0).collect();
        layer_norm(&mut row, &[2.0; 16], &[1.0; 16]);
        let mean = row.iter().sum::<f32>() / 16.0;
        let spread = (row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 16.0).sqrt();
        assert!((mean - 1.0).abs() < 1e-5 && (spread - 2.0).abs() < 1e-5, "{mean} {spread}");
    }
}
