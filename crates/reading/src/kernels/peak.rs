//! Multiply-adds without memory: what a core can do at best. The floor in `eval/reading.md` is measured with these.

use super::Level;

/// Which multiply-adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// 32-bit floats, fused.
    Floats,
    /// 16-bit integers into 32-bit sums.
    Integers,
}

/// Does `rounds` rounds of independent multiply-adds in registers and says how many that were.
pub(crate) fn spin(level: Level, work: Work, rounds: u64) -> u64 {
    match level {
        Level::Plain => plain(work, rounds),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a level is made only where the processor has what it needs.
        #[allow(unsafe_code)]
        Level::Avx2 => unsafe { x86::avx2(work, rounds) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        #[allow(unsafe_code)]
        Level::Avx512 => unsafe { x86::avx512(work, rounds) },
    }
}

fn plain(work: Work, rounds: u64) -> u64 {
    use std::hint::black_box;
    const SUMS: usize = 16;
    match work {
        Work::Floats => {
            let (x, y) = (black_box(0.5f32), black_box(0.25f32));
            let mut sums = [0.0f32; SUMS];
            for _ in 0..rounds {
                for sum in &mut sums {
                    *sum = x.mul_add(y, *sum);
                }
            }
            black_box(sums);
        }
        Work::Integers => {
            let x = black_box(3i16);
            let mut sums = [1i32; SUMS];
            for _ in 0..rounds {
                for sum in &mut sums {
                    *sum = sum.wrapping_add(i32::from(*sum as i16) * i32::from(x));
                }
            }
            black_box(sums);
        }
    }
    rounds * SUMS as u64
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_fmadd_ps, _mm256_madd_epi16, _mm256_set1_epi16, _mm256_set1_ps, _mm512_dpwssd_epi32,
        _mm512_fmadd_ps, _mm512_set1_epi16, _mm512_set1_ps,
    };
    use std::hint::black_box;

    use super::Work;

    /// Sums side by side: more than a processor's latency asks for, fewer than it has registers.
    const AVX2: usize = 12;
    const AVX512: usize = 24;

    #[target_feature(enable = "avx2,fma")]
    pub(super) fn avx2(work: Work, rounds: u64) -> u64 {
        match work {
            Work::Floats => {
                let (x, y) = (_mm256_set1_ps(black_box(0.5)), _mm256_set1_ps(black_box(0.25)));
                let mut sums = [x; AVX2];
                for _ in 0..rounds {
                    for sum in &mut sums {
                        *sum = _mm256_fmadd_ps(x, y, *sum);
                    }
                }
                black_box(sums);
                rounds * AVX2 as u64 * 8
            }
            Work::Integers => {
                let x = _mm256_set1_epi16(black_box(3));
                let mut sums = [x; AVX2];
                for _ in 0..rounds {
                    for sum in &mut sums {
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(*sum, x));
                    }
                }
                black_box(sums);
                rounds * AVX2 as u64 * 16
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn avx512(work: Work, rounds: u64) -> u64 {
        match work {
            Work::Floats => {
                let (x, y) = (_mm512_set1_ps(black_box(0.5)), _mm512_set1_ps(black_box(0.25)));
                let mut sums = [x; AVX512];
                for _ in 0..rounds {
                    for sum in &mut sums {
                        *sum = _mm512_fmadd_ps(x, y, *sum);
                    }
                }
                black_box(sums);
                rounds * AVX512 as u64 * 16
            }
            Work::Integers => {
                let x = _mm512_set1_epi16(black_box(3));
                let mut sums = [x; AVX512];
                for _ in 0..rounds {
                    for sum in &mut sums {
                        *sum = _mm512_dpwssd_epi32(*sum, x, x);
                    }
                }
                black_box(sums);
                rounds * AVX512 as u64 * 32
            }
        }
    }
}
