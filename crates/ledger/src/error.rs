//! What can go wrong with a store: which file, what, and what to do next.

use std::path::{Path, PathBuf};

/// An error of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the store is not one that we know.
    #[error(
        "the store address {url:?} is not understood. Write sqlite:FILE, for example sqlite:war.ledger, or postgres://USER@HOST/DATABASE"
    )]
    Address {
        /// As given.
        url: String,
    },
    /// The file is not there, and was to be read only.
    #[error(
        "{path}: no such ledger. Read articles into it first (`marchland read --store {path} ...`), or check the name"
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be opened or created.
    #[error(
        "{path}: the ledger cannot be opened ({what}). Check that its folder exists and may be written, or choose another file with --store"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// The file or its folder may be read, not written.
    #[error(
        "{path}: the ledger may be read but not written. Give write permission on the file and on its folder, or copy it elsewhere"
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error(
        "{path}: this file is not a Marchland ledger ({what}). Nothing was changed in it; choose another file with --store"
    )]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        what: String,
    },
    /// The file was written by a later version.
    #[error(
        "{path}: the ledger has schema version {found}, this program knows up to {ours}. Use a newer marchland; nothing was changed"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The last that we know.
        ours: i64,
    },
    /// The file was written by an earlier version and is open for reading only.
    #[error(
        "{path}: the ledger has schema version {found} and must be brought to {ours}. Open it once for writing (any `marchland read` does)"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The one needed.
        ours: i64,
    },
    /// No room left.
    #[error(
        "{path}: the disk is full; the articles of the last group were not stored, all earlier ones are whole. Make room and run the same command again: what is there is skipped"
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program writes.
    #[error(
        "{path}: another program is writing to the ledger and did not finish in time. Wait for it, then run the same command again"
    )]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A stored row cannot be read back.
    #[error(
        "{path}: {what} cannot be read back ({why}). Run `marchland doctor --store sqlite:{path}`, or restore a backup"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which row.
        what: String,
        /// Why.
        why: String,
    },
    /// The judged article or claim is not in the ledger.
    #[error("{path}: no {what} in the ledger. List what there is with `marchland log --store sqlite:{path}`")]
    NoSuch {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        what: String,
    },
    /// The database server does not answer or lets nobody in.
    #[error(
        "{path}: no connection to the database ({why}). Check the address, that the server runs, and that it lets you in"
    )]
    Unreachable {
        /// The address, without its password.
        path: PathBuf,
        /// What the driver said.
        why: String,
    },
    /// Anything else that a database server says.
    #[error("{path}: while {doing}: {why}")]
    Server {
        /// The address, without its password.
        path: PathBuf,
        /// What we were doing.
        doing: &'static str,
        /// What the server said.
        why: String,
    },
    /// The program was built without the store asked for.
    #[error(
        "{url}: this program was built without PostgreSQL. Build it with `--features postgres`, or use sqlite:FILE"
    )]
    NotBuiltIn {
        /// As given.
        url: String,
    },
    /// Anything else that SQLite says.
    #[error("{path}: while {doing}: {source}")]
    Sql {
        /// The file.
        path: PathBuf,
        /// What we were doing.
        doing: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Sorts an error of SQLite into ours.
    pub(crate) fn sql(path: &Path, doing: &'static str, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as C;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(C::DiskFull) => Self::Full { path },
            Some(C::DatabaseBusy | C::DatabaseLocked) => Self::Busy { path },
            Some(C::ReadOnly) => Self::ReadOnly { path },
            Some(C::NotADatabase) => Self::NotALedger { path, what: "not an SQLite database".into() },
            Some(C::DatabaseCorrupt) => Self::Damaged { path, what: "a page".into(), why: source.to_string() },
            Some(C::CannotOpen | C::PermissionDenied) => Self::Open { path, what: source.to_string() },
            _ => Self::Sql { path, doing, source },
        }
    }
}
