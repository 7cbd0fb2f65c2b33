//! The ledger in a PostgreSQL database. The same tables as in the SQLite file, the same meaning of every method.
//!
//! Writers take turns by an advisory lock, so that entries are numbered in the order in which they become visible:
//! whoever has read up to an entry has read all before it.

mod entries;
mod read;
mod search;
mod write;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use postgres::{Client, NoTls};

use crate::{
    Added, ArticleEntry, ArticleFilter, ClaimEntry, ClaimFilter, Coded, Counts, Entry, Error, Judgement, Ledger,
    LogEntry, Mode, Result, Run, SearchHit, Sqlite, Target,
};

/// The schema version that this program writes.
const OURS: i64 = 1;
/// Key of the lock that writers hold ("MLED").
const LOCK: i64 = 0x4D4C_4544;

/// A ledger in a PostgreSQL database.
pub struct Postgres {
    client: RefCell<Client>,
    /// The address without its password, for messages.
    name: PathBuf,
    /// True while a reading method holds one state.
    still: Cell<bool>,
}

impl Postgres {
    /// Connects to `postgres://USER@HOST/DATABASE`. With `?schema=NAME` the ledger lies in that schema, which is made
    /// when it may be written.
    pub fn open(url: &str, mode: Mode) -> Result<Self> {
        let (url, schema) = schema_of(url);
        let name = PathBuf::from(without_password(&url));
        let err = |doing| sorted(&name, doing);
        let mut client = Client::connect(&url, NoTls).map_err(err("connecting"))?;
        client.batch_execute("SET client_min_messages TO warning").map_err(err("connecting"))?;
        let mut tx = client.transaction().map_err(err("preparing the ledger"))?;
        if mode == Mode::Write {
            tx.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(err("waiting for other writers"))?;
        }
        if let Some(schema) = &schema {
            if mode == Mode::Write {
                tx.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS {schema}")).map_err(err("making the schema"))?;
            }
            tx.batch_execute(&format!("SET search_path TO {schema}")).map_err(err("choosing the schema"))?;
        }
        let there = "SELECT to_regclass('version') IS NOT NULL";
        let made: bool = tx.query_one(there, &[]).map_err(err("reading the schema version"))?.get(0);
        if !made && mode == Mode::Read {
            return Err(Error::Missing { path: name });
        }
        if !made {
            tx.batch_execute(include_str!("../../migrations/postgres_0001.sql"))
                .map_err(err("preparing the ledger"))?;
        }
        let found: i64 =
            tx.query_one("SELECT schema FROM version", &[]).map_err(err("reading the schema version"))?.get(0);
        tx.commit().map_err(err("preparing the ledger"))?;
        if found > OURS {
            return Err(Error::Newer { path: name, found, ours: OURS });
        }
        Ok(Self { client: RefCell::new(client), name, still: Cell::new(false) })
    }

    fn err(&self, doing: &'static str) -> impl Fn(postgres::Error) -> Error + use<> {
        sorted(&self.name, doing)
    }

    /// Runs `read` on one state of the store, whatever others write meanwhile.
    fn still<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.still.get() {
            return read();
        }
        let run = |sql: &str| self.client.borrow_mut().batch_execute(sql);
        run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(self.err("beginning to read"))?;
        self.still.set(true);
        let out = read();
        self.still.set(false);
        run("ROLLBACK").map_err(self.err("reading"))?;
        out
    }

    fn damaged(&self, what: String, why: impl std::fmt::Display) -> Error {
        Error::Damaged { path: self.name.clone(), what, why: why.to_string() }
    }
}

/// Sorts an error of PostgreSQL into ours.
fn sorted(name: &Path, doing: &'static str) -> impl Fn(postgres::Error) -> Error + use<> {
    let path = name.to_owned();
    move |e| {
        use postgres::error::SqlState as S;
        let path = path.clone();
        // The driver's own words are only "db error"; what the server said is inside.
        let why = e.as_db_error().map_or_else(
            || std::error::Error::source(&e).map_or_else(|| e.to_string(), |s| format!("{e}: {s}")),
            |d| d.message().to_owned(),
        );
        match e.code() {
            Some(c) if *c == S::DISK_FULL => Error::Full { path },
            Some(c) if *c == S::INSUFFICIENT_PRIVILEGE || *c == S::READ_ONLY_SQL_TRANSACTION => {
                Error::ReadOnly { path }
            }
            _ if doing == "connecting" => Error::Unreachable { path, why },
            _ => Error::Server { path, doing, why },
        }
    }
}

/// The address without our own parameter, and the schema that it names: letters, digits and underscores only.
fn schema_of(url: &str) -> (String, Option<String>) {
    let Some((front, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let (ours, rest): (Vec<&str>, Vec<&str>) = query.split('&').partition(|p| p.starts_with("schema="));
    let schema = ours.first().and_then(|p| p.strip_prefix("schema=")).map(|s| {
        let clean: String = s.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        format!("\"{clean}\"")
    });
    let rest = rest.join("&");
    (if rest.is_empty() { front.to_owned() } else { format!("{front}?{rest}") }, schema)
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.split_once('@') {
        Some((who, host)) => format!("{scheme}://{}@{host}", who.split(':').next().unwrap_or("")),
        None => url.to_owned(),
    }
}

impl Ledger for Postgres {
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
        self.still(|| Ok(self.groups()?.listed()))
    }

    fn story(&self, article: &str) -> Result<Vec<String>> {
        self.still(|| Ok(self.group_of(article)?.listed().pop().unwrap_or_else(|| vec![article.to_owned()])))
    }

    fn seq(&self) -> Result<i64> {
        let row = self.client.borrow_mut().query_one("SELECT coalesce(max(id), 0) FROM entry", &[]);
        Ok(row.map_err(self.err("reading the log"))?.get(0))
    }

    fn counts(&self) -> Result<Counts> {
        self.still(|| self.read_counts())
    }

    /// Writes the backup as an SQLite ledger: everything is added to it again, in the order in which it was added here.
    fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::Open { path: to.to_owned(), what: "the file exists already".into() });
        }
        let mut copy = Sqlite::open(to, Mode::Write)?;
        self.copy_to(&mut copy)?;
        copy.compact()
    }

    fn check(&self) -> Result<Vec<String>> {
        self.still(|| self.look_over())
    }

    fn compact(&mut self) -> Result<()> {
        self.client.borrow_mut().batch_execute("VACUUM").map_err(self.err("compacting"))
    }
}
