//! Measures what one core can do at best, for every version of the kernels: multiply-adds a second in registers alone,
//! and through the product of an encoder's layer (48 rows, 288 inputs, 288 outputs: all in the first two caches).
//! The best of many short rounds counts, because neighbours only take away. One JSON object a line.
use std::io::Write;
use std::time::Instant;

use marchland_reading::numeric::{Kernels, Matrix};

/// Rounds of a few milliseconds.
const ROUNDS: usize = 60;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (rows, depth, outputs) = (48, 288, 288);
    let weights: Vec<f32> = (0..depth * outputs).map(|i| (i % 17) as f32 / 17.0 - 0.5).collect();
    let matrix = Matrix::pack(outputs, depth, &weights, &[]);
    let input: Vec<f32> = (0..rows * depth).map(|i| (i % 13) as f32 / 13.0 - 0.5).collect();
    let mut out = vec![0.0; rows * matrix.padded()];
    for kernels in Kernels::all() {
        let floats = best(|| kernels.spin(false, 200_000));
        let integers = best(|| kernels.spin(true, 200_000));
        let product = best(|| {
            for _ in 0..10 {
                kernels.product(&input, depth, rows, &matrix, &mut out);
            }
            10 * (rows * depth * outputs) as u64
        });
        let line = serde_json::json!({
            "kernels": kernels.name(), "floats_per_s": floats, "integers_per_s": integers, "product_per_s": product,
        });
        writeln!(std::io::stdout(), "{line}")?;
    }
    Ok(())
}

/// Multiply-adds a second in the best round.
fn best(mut work: impl FnMut() -> u64) -> f64 {
    let round = |work: &mut dyn FnMut() -> u64| {
        let begun = Instant::now();
        let done = work() as f64;
        done / begun.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(|_| round(&mut work)).fold(0.0, f64::max)
}
