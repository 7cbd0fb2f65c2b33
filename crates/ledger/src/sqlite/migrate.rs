//! The schema, version by version. A step that has been released is never changed; a new one is added.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Error, Mode, Result};

/// Marks the file as ours ("MLED").
const APPLICATION: i64 = 0x4D4C_4544;

/// SQL, and what SQL cannot do.
type Step = (&'static str, fn(&Transaction<'_>) -> rusqlite::Result<()>);

const STEPS: &[Step] = &[
    (include_str!("../../migrations/0001_first.sql"), |_| Ok(())),
    (include_str!("../../migrations/0002_search_and_stories.sql"), super::search::sign_all),
    (include_str!("../../migrations/0003_copies_both_ways.sql"), |_| Ok(())),
    (include_str!("../../migrations/0004_briefs.sql"), super::brief::fill_all),
];

/// The schema version that this program writes.
const OURS: i64 = STEPS.len() as i64;

/// What [`bring_up`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The file is a ledger of this schema.
    Ledger,
    /// The file holds nothing, and may only be read: a writer was stopped before its first commit.
    Nothing,
}

/// Checks that the file is a ledger that we can use, and makes or migrates it where we may.
pub(super) fn bring_up(db: &mut Connection, path: &Path, mode: Mode) -> Result<Found> {
    let err = |e| Error::sql(path, "reading the schema version", e);
    let pragma = |db: &Connection, name: &str| db.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
    let application = pragma(db, "application_id").map_err(err)?;
    let found = pragma(db, "user_version").map_err(err)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).map_err(err)?;
    let fresh = tables == 0 && application == 0 && found == 0;
    if !fresh && application != APPLICATION {
        let what = "an SQLite database of another program".to_owned();
        return Err(Error::NotALedger { path: path.to_owned(), what });
    }
    if found > OURS {
        return Err(Error::Newer { path: path.to_owned(), found, ours: OURS });
    }
    if mode == Mode::Read {
        return match found {
            _ if fresh => Ok(Found::Nothing),
            OURS => Ok(Found::Ledger),
            _ => Err(Error::Older { path: path.to_owned(), found, ours: OURS }),
        };
    }
    let err = |e| Error::sql(path, "preparing the ledger", e);
    // WAL: readers go on while one writes. FULL: what is acknowledged has reached the disk.
    db.pragma_update(None, "journal_mode", "WAL").map_err(err)?;
    db.pragma_update(None, "synchronous", "FULL").map_err(err)?;
    db.pragma_update(None, "foreign_keys", true).map_err(err)?;
    if found < OURS {
        let tx = db.transaction_with_behavior(TransactionBehavior::Exclusive).map_err(err)?;
        // Another process may have done it while we waited for the lock.
        let found = pragma(&tx, "user_version").map_err(err)?;
        for (sql, then) in &STEPS[found as usize..] {
            tx.execute_batch(sql).and_then(|()| then(&tx)).map_err(err)?;
        }
        tx.pragma_update(None, "application_id", APPLICATION).map_err(err)?;
        tx.pragma_update(None, "user_version", OURS).map_err(err)?;
        tx.commit().map_err(err)?;
    } else {
        // Says at once, not at the first article, that the file may not be written.
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(err)?;
        tx.rollback().map_err(err)?;
    }
    Ok(Found::Ledger)
}
