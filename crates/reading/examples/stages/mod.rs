//! A stop-watch for the stages of a reading.
use std::sync::Mutex;
use std::time::{Duration, Instant};

use marchland_reading::Stage;

/// Time of day spent in each stage.
#[derive(Default)]
pub struct Stages(Mutex<Told>);

#[derive(Default)]
struct Told {
    now: Option<(Stage, Instant)>,
    spent: Vec<(Stage, Duration)>,
}

impl Stages {
    /// A stage begins (or none), and the one before it ends.
    pub fn begins(&self, stage: Option<Stage>) {
        let Ok(mut told) = self.0.lock() else { return };
        if let Some((before, since)) = told.now.take() {
            let spent = since.elapsed();
            match told.spent.iter_mut().find(|(stage, _)| *stage == before) {
                Some((_, sum)) => *sum += spent,
                None => told.spent.push((before, spent)),
            }
        }
        told.now = stage.map(|stage| (stage, Instant::now()));
    }

    /// Seconds by stage, and begins anew.
    pub fn take(&self) -> serde_json::Map<String, serde_json::Value> {
        let spent = self.0.lock().map(|mut told| std::mem::take(&mut told.spent)).unwrap_or_default();
        spent.into_iter().map(|(stage, time)| (format!("{stage:?}"), time.as_secs_f64().into())).collect()
    }
}
