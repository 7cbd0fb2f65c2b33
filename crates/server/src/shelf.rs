//! What the server remembers beside the ledger: saved views and watched feeds. One JSON file next to the ledger; no
//! claim and no judgement is in it, and it may be deleted at any time.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::said::{Said, said};

/// What is remembered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub views: Vec<SavedView>,
    pub feeds: Vec<Feed>,
}

/// A view under a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SavedView {
    pub name: String,
    /// The view's own address, from the path on.
    pub address: String,
    pub author: String,
    pub at: Timestamp,
}

/// A feed that is watched, and how that goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Feed {
    pub url: String,
    /// Minutes from one look to the next, when all goes well.
    pub minutes: u32,
    pub author: String,
    pub added: Timestamp,
    /// When it is looked at next.
    pub next: Timestamp,
    #[serde(default)]
    pub tried: Option<Timestamp>,
    /// When an answer of use last came.
    #[serde(default)]
    pub answered: Option<Timestamp>,
    /// What came of the last look.
    #[serde(default, deserialize_with = "told")]
    pub state: Option<Said>,
    /// Looks in a row that failed.
    #[serde(default)]
    pub failures: u32,
    #[serde(default)]
    pub etag: Option<String>,
    #[serde(default)]
    pub last_modified: Option<String>,
    /// Articles taken from it.
    #[serde(default)]
    pub articles: u64,
    /// Addresses already read, or given up.
    #[serde(default)]
    pub seen: BTreeSet<String>,
}

/// What was told of a look; a file of an older version has words there, which the next look replaces.
fn told<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Said>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}

/// The file, and what is in it.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    path: Option<PathBuf>,
    kept: Mutex<Kept>,
}

impl Shelf {
    /// Reads the file; one that is not there is empty, one that cannot be read is put aside under another name.
    pub fn open(path: PathBuf) -> Self {
        let kept = match std::fs::read(&path) {
            Err(_) => Kept::default(),
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|_| {
                // What somebody wrote is not lost; nor does it keep the server from starting.
                let _ = std::fs::rename(&path, path.with_extension("broken"));
                Kept::default()
            }),
        };
        Self { path: Some(path), kept: Mutex::new(kept) }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered now.
    pub fn now(&self) -> Kept {
        self.lock().clone()
    }

    /// Changes it, and writes the file: whole, or not at all.
    pub fn change<T>(&self, change: impl FnOnce(&mut Kept) -> Result<T, Problem>) -> Result<T, Problem> {
        let mut kept = self.lock();
        let mut new = kept.clone();
        let out = change(&mut new)?;
        if let Some(path) = &self.path {
            let broken = |e: std::io::Error| {
                Problem::Internal(said!("problem-shelf", what = format!("{}: {e}", path.display())))
            };
            let text = serde_json::to_vec_pretty(&new)
                .map_err(|e| Problem::Internal(said!("problem-shelf", what = e.to_string())))?;
            let beside = path.with_extension("new");
            std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)).map_err(broken)?;
        }
        *kept = new;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_from_its_file_and_a_broken_one_is_put_aside() {
        let folder = std::env::temp_dir().join(format!("marchland-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.shelf.json");
        let view = SavedView {
            name: "North".into(),
            address: "/?q=k".into(),
            author: "Ada".into(),
            at: Timestamp::UNIX_EPOCH,
        };
        Shelf::open(path.clone())
            .change(|k| {
                k.views.push(view);
                Ok(())
            })
            .map_err(|p| p.words(marchland_words::Tongue::ENGLISH))
            .unwrap();
        assert_eq!(Shelf::open(path.clone()).now().views[0].name, "North");
        std::fs::write(&path, "{").unwrap();
        assert!(Shelf::open(path.clone()).now().views.is_empty());
        assert_eq!(std::fs::read_to_string(path.with_extension("broken")).unwrap(), "{");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
