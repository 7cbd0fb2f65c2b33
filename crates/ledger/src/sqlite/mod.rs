//! The ledger in one SQLite file.

mod brief;
mod entries;
mod migrate;
mod read;
mod search;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::{
    Added, ArticleEntry, ArticleFilter, BriefEntry, ClaimEntry, ClaimFilter, Coded, Counts, Entry, Error, Judgement,
    Ledger, LogEntry, Mode, Result, Run, SearchHit, Target,
};

/// A ledger in one SQLite file (WAL mode; every commit is on disk before it is acknowledged).
pub struct Sqlite {
    db: Connection,
    path: PathBuf,
}

/// Statements that stay prepared.
const STATEMENTS: usize = 128;

impl Sqlite {
    /// Opens or makes the file, and brings an earlier schema up to date when it may be written.
    pub fn open(path: &Path, mode: Mode) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
            | match mode {
                Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
                Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            };
        if mode == Mode::Read && !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        if path.is_dir() {
            return Err(Error::NotALedger { path: path.to_owned(), what: "a folder".into() });
        }
        let err = |e| Error::sql(path, "opening the ledger", e);
        let mut db = Connection::open_with_flags(path, flags).map_err(err)?;
        db.busy_timeout(Duration::from_secs(10)).map_err(err)?;
        let readable = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0));
        if let Err(e) = readable {
            // In a folder that may not be written, SQLite cannot make the index of a WAL file. Without a
            // WAL file there is none to make: the file is then read as it lies.
            let wal = PathBuf::from(format!("{}-wal", path.display()));
            let quiet = !wal.exists() && e.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen);
            if !(mode == Mode::Read && quiet) {
                return Err(err(e));
            }
            let uri = format!("file:{}?immutable=1", escaped(path));
            db = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(err)?;
        }
        // There are more of them than the sixteen that are kept unless told so.
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        if migrate::bring_up(&mut db, path, mode)? == migrate::Found::Nothing {
            // Nothing was ever acknowledged in this file: it reads as a ledger without entries.
            db = Connection::open_in_memory().map_err(err)?;
            migrate::bring_up(&mut db, path, Mode::Write)?;
        }
        Ok(Self { db, path: path.to_owned() })
    }

    fn err(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let path = self.path.clone();
        move |e| Error::sql(&path, doing, e)
    }

    /// Runs `read` on one state of the store, whatever others write meanwhile.
    fn still<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.db.is_autocommit() {
            return read();
        }
        let tx = self.db.unchecked_transaction().map_err(self.err("beginning to read"))?;
        let out = read();
        drop(tx);
        out
    }

    fn damaged(&self, what: String, why: impl std::fmt::Display) -> Error {
        Error::Damaged { path: self.path.clone(), what, why: why.to_string() }
    }

    /// The connection, for tests of what the trait does not show.
    #[doc(hidden)]
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.db
    }
}

/// A path as part of an SQLite URI.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for b in path.to_string_lossy().bytes() {
        match b {
            b'?' | b'#' | b'%' => out.push_str(&format!("%{b:02X}")),
            _ => out.push(b as char),
        }
    }
    out
}

impl Ledger for Sqlite {
    fn add(&mut self, coded: &[Coded<'_>], run: &Run) -> Result<Vec<Added>> {
        self.write_articles(coded, run)
    }

    fn judge(&mut self, judgement: &Judgement) -> Result<i64> {
        self.write_judgement(judgement)
    }

    fn article(&self, digest: &str) -> Result<Option<ArticleEntry>> {
        self.still(|| self.read_article(digest))
    }

    fn articles(&self, filter: &ArticleFilter) -> Result<Vec<ArticleEntry>> {
        self.still(|| self.read_articles(filter))
    }

    fn each_claim(&self, filter: &ClaimFilter, each: &mut dyn FnMut(ClaimEntry)) -> Result<()> {
        self.still(|| self.read_claims(filter, each))
    }

    fn each_brief(&self, article: Option<&str>, each: &mut dyn FnMut(Vec<BriefEntry>)) -> Result<()> {
        self.still(|| self.read_briefs(article, each))
    }

    fn versions(&self, article: &str, claim: &marchland_claim::ClaimId) -> Result<Vec<(Run, marchland_claim::Claim)>> {
        self.still(|| self.read_versions(article, claim))
    }

    fn judgements(&self, of: Option<&Target>) -> Result<Vec<Judgement>> {
        self.still(|| self.read_judgements(of))
    }

    fn each_entry(&self, each: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        self.still(|| self.read_entries(each))
    }

    fn log(&self, after: i64, limit: usize) -> Result<Vec<LogEntry>> {
        self.still(|| self.read_log(after, limit))
    }

    fn search(&self, words: &str, filter: &ClaimFilter) -> Result<Vec<SearchHit>> {
        self.still(|| self.find(words, filter))
    }

    fn stories(&self) -> Result<Vec<Vec<String>>> {
        self.still(|| self.read_stories())
    }

    fn story(&self, article: &str) -> Result<Vec<String>> {
        self.still(|| Ok(self.group_of(article)?.listed().pop().unwrap_or_else(|| vec![article.to_owned()])))
    }

    fn seq(&self) -> Result<i64> {
        self.read_seq()
    }

    fn counts(&self) -> Result<Counts> {
        self.still(|| self.read_counts())
    }

    fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::Open { path: to.to_owned(), what: "the file exists already".into() });
        }
        let err = |e| Error::sql(to, "writing the backup", e);
        let mut copy = Connection::open(to).map_err(err)?;
        Backup::new(&self.db, &mut copy).and_then(|b| b.run_to_completion(1024, Duration::ZERO, None)).map_err(err)?;
        // A backup is one file to be carried about: no WAL beside it.
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(err)
    }

    fn check(&self) -> Result<Vec<String>> {
        self.still(|| self.look_over())
    }

    fn compact(&mut self) -> Result<()> {
        self.db
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(self.err("compacting"))
    }
}
