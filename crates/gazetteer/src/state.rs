//! How far an import has come, kept on disk beside what it has made so far.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// What was asked for: an import goes on only where the same is asked for again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    version: String,
    /// Path, length in bytes, and the second of the last change.
    inputs: Vec<(String, u64, u64)>,
    options: String,
}

impl Task {
    pub(crate) fn new(inputs: &[impl AsRef<Path>], options: String) -> io::Result<Self> {
        let mut task = Self { version: env!("CARGO_PKG_VERSION").to_owned(), inputs: Vec::new(), options };
        for path in inputs {
            let path = path.as_ref();
            let meta = std::fs::metadata(path)?;
            let changed =
                meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_secs());
            task.inputs.push((path.display().to_string(), meta.len(), changed));
        }
        Ok(task)
    }
}

/// How far it has come. All runs counted here are complete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) task: Task,
    /// The input being read, and how much of it is in the runs.
    pub(crate) input: usize,
    pub(crate) offset: u64,
    pub(crate) line: u64,
    pub(crate) place_runs: u32,
    pub(crate) name_runs: u32,
    pub(crate) division_runs: u32,
    pub(crate) places: u64,
    pub(crate) names: u64,
    /// Places of kinds or countries that were not asked for.
    pub(crate) left_out: u64,
    /// Lines that could not be read.
    pub(crate) bad: u64,
    /// Rows after the merge; set when the columns are complete.
    pub(crate) columns: Option<Columns>,
}

/// The columns, when they are complete.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Columns {
    pub(crate) rows: u32,
    pub(crate) key_runs: u32,
}

const FILE: &str = "state.json";

impl State {
    /// The state left by an earlier attempt at the same task.
    pub(crate) fn load(folder: &Path, task: &Task) -> Option<Self> {
        let bytes = std::fs::read(folder.join(FILE)).ok()?;
        serde_json::from_slice::<Self>(&bytes).ok().filter(|s| s.task == *task)
    }

    /// Puts the state on disk, whole or not at all.
    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        let fresh = folder.join("state.new");
        let mut file = File::create(&fresh)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_data()?;
        std::fs::rename(fresh, folder.join(FILE))
    }
}
