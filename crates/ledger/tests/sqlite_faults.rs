//! Faults of disk and process: the file opens again and holds whole articles only.

mod common;

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::*;
use marchland_ledger::*;

fn write(path: &Path) -> Result<Sqlite> {
    Sqlite::open(path, Mode::Write)
}

fn said(path: &Path, mode: Mode, words: &[&str]) {
    let Err(error) = Sqlite::open(path, mode) else { panic!("{} opened", path.display()) };
    let text = error.to_string();
    assert!(text.starts_with(&path.display().to_string()), "names the file first: {text}");
    for w in words {
        assert!(text.contains(w), "{w:?} in: {text}");
    }
}

/// Every article in the ledger has all its claims, and nothing is damaged.
fn whole(ledger: &Sqlite, claims_each: usize) -> u64 {
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    let counts = ledger.counts().unwrap();
    assert_eq!(counts.claims, counts.articles * claims_each as u64);
    counts.articles
}

/// Run as a child by the test below: adds articles for ever, and tells of each that is acknowledged.
#[test]
#[ignore = "the child process of killed_at_any_moment"]
#[allow(clippy::print_stdout)]
fn child_that_writes() {
    let Ok(path) = std::env::var("MARCHLAND_LEDGER_CHILD") else { return };
    let mut ledger = write(Path::new(&path)).unwrap();
    let start = ledger.counts().unwrap().articles as usize;
    let mut batch = Batch::new(&mut ledger, run("v1"), 3);
    for n in start..start + 100_000 {
        let a = article(n);
        let c = claims(&a, 20);
        for (done, _) in batch.push(a, at(0), c).unwrap() {
            println!("acknowledged {}", done.digest);
        }
    }
}

#[test]
fn killed_at_any_moment() {
    let path = folder("kill").join("a.ledger");
    // MARCHLAND_KILLS=200 for the long run.
    let kills: u64 = std::env::var("MARCHLAND_KILLS").ok().and_then(|k| k.parse().ok()).unwrap_or(12);
    let mut acknowledged = Vec::new();
    for n in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_writes", "--ignored", "--nocapture"])
            .env("MARCHLAND_LEDGER_CHILD", &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let reader = std::thread::spawn(move || {
            let lines = out.lines().map_while(std::result::Result::ok);
            lines.filter_map(|l| l.split_once("acknowledged ").map(|(_, d)| d.to_owned())).collect::<Vec<_>>()
        });
        // Moments spread over opening, writing and checkpoints, the same in each run of the test.
        std::thread::sleep(Duration::from_millis(5 + (n * 37) % 180));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(reader.join().unwrap());
        if path.exists() {
            let ledger = write(&path).unwrap();
            let there = whole(&ledger, 20);
            assert!(there >= acknowledged.len() as u64);
            for digest in &acknowledged[acknowledged.len().saturating_sub(30)..] {
                assert!(ledger.article(digest).unwrap().is_some(), "{digest} was acknowledged and is lost");
            }
        }
    }
    assert!(!acknowledged.is_empty(), "the children were killed before they wrote anything");
}

#[test]
fn a_full_disk_leaves_whole_articles() {
    let path = folder("full").join("a.ledger");
    let mut ledger = write(&path).unwrap();
    ledger.connection().pragma_update(None, "max_page_count", 120).unwrap();
    let mut stored = 0;
    let error = loop {
        let a = article(stored);
        match ledger.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 5) }, &run("v1")) {
            Ok(_) => stored += 1,
            Err(e) => break e,
        }
        assert!(stored < 1000, "the limit does not hold");
    };
    assert!(stored > 0);
    assert!(matches!(error, Error::Full { .. }), "{error}");
    assert!(error.to_string().contains("disk is full"), "{error}");
    assert_eq!(whole(&ledger, 5), stored as u64);
    drop(ledger);
    // With room again, the same command goes on where it stopped.
    let mut ledger = write(&path).unwrap();
    for n in 0..stored + 3 {
        let a = article(n);
        let added = ledger.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 5) }, &run("v1"));
        assert_eq!(added.unwrap(), if n < stored { Added::Unchanged } else { Added::New });
    }
    assert_eq!(whole(&ledger, 5), stored as u64 + 3);
}

#[test]
fn files_that_are_no_ledger() {
    let dir = folder("not");
    said(&dir.join("none.ledger"), Mode::Read, &["no such ledger", "marchland read"]);
    said(&dir, Mode::Write, &["not a Marchland ledger", "a folder"]);
    said(&dir.join("no/such/folder/a.ledger"), Mode::Write, &["cannot be opened", "folder exists"]);

    let text = dir.join("text.ledger");
    std::fs::write(&text, "This is a letter to my aunt, and longer than one header of a database. ".repeat(20))
        .unwrap();
    said(&text, Mode::Write, &["not a Marchland ledger", "not an SQLite database"]);

    let other = dir.join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let before = std::fs::read(&other).unwrap();
    said(&other, Mode::Write, &["another program", "Nothing was changed"]);
    assert_eq!(std::fs::read(&other).unwrap(), before);

    for url in ["mysql://localhost/war", "", "sqlite:"] {
        let Err(error) = open(url, Mode::Write) else { panic!("{url} opened") };
        assert!(error.to_string().contains("sqlite:FILE"), "{error}");
    }
}

/// What a writer leaves that was stopped before its first commit: nothing was acknowledged, nothing is lost.
#[test]
fn a_file_without_a_first_commit_is_a_ledger_without_entries() {
    let dir = folder("unborn");
    let empty = dir.join("empty.ledger");
    std::fs::write(&empty, "").unwrap();
    // The switch to WAL writes the header of the file before the first commit writes the schema.
    let header = dir.join("header.ledger");
    rusqlite::Connection::open(&header).unwrap().pragma_update(None, "journal_mode", "WAL").unwrap();
    assert!(std::fs::metadata(&header).unwrap().len() > 0);
    for path in [empty, header] {
        let before = std::fs::read(&path).unwrap();
        let ledger = Sqlite::open(&path, Mode::Read).unwrap();
        assert_eq!(ledger.counts().unwrap().articles, 0);
        assert!(ledger.log(0, 10).unwrap().is_empty());
        drop(ledger);
        assert_eq!(std::fs::read(&path).unwrap(), before, "reading changes nothing");
        write(&path).unwrap();
    }
}

#[test]
fn a_ledger_of_a_later_version_is_left_alone() {
    let path = folder("newer").join("a.ledger");
    let ledger = write(&path).unwrap();
    ledger.connection().pragma_update(None, "user_version", 99).unwrap();
    drop(ledger);
    said(&path, Mode::Write, &["schema version 99", "newer marchland"]);
    said(&path, Mode::Read, &["schema version 99"]);
}

#[test]
fn a_folder_without_permission() {
    let dir = folder("readonly");
    let path = dir.join("a.ledger");
    let mut ledger = write(&path).unwrap();
    let a = article(0);
    ledger.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 2) }, &run("v1")).unwrap();
    drop(ledger);
    let allow = |mode: u32, path: &Path| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o444, &path);
    allow(0o555, &dir);
    if std::fs::write(dir.join("probe"), "").is_ok() {
        allow(0o755, &dir);
        #[allow(clippy::print_stderr)]
        {
            eprintln!("skipped: a_folder_without_permission (this user may write anywhere)");
        }
        return;
    }
    let reading = Sqlite::open(&path, Mode::Read).map(|l| l.claims(&ClaimFilter::default()).unwrap().len());
    let Err(writing) = Sqlite::open(&path, Mode::Write) else { panic!("opened for writing") };
    allow(0o755, &dir);
    allow(0o644, &path);
    assert_eq!(reading.unwrap(), 2);
    assert!(writing.to_string().contains("may be read but not written"), "{writing}");
}

#[test]
fn nothing_can_be_changed_or_removed() {
    let path = folder("append").join("a.ledger");
    let mut ledger = write(&path).unwrap();
    let a = article(0);
    ledger.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 2) }, &run("v1")).unwrap();
    let target = Target::Article { article: a.digest.clone() };
    let verdict = Verdict::Withdraw;
    ledger.judge(&Judgement { target, verdict, author: "ann".into(), at: at(1), reason: String::new() }).unwrap();
    for table in ["signature", "entry", "article", "run", "coding", "claim", "coding_claim", "judgement"] {
        let column: String = ledger
            .connection()
            .query_row(&format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"), [], |r| r.get(0))
            .unwrap();
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {column} = {column}")] {
            let said = ledger.connection().execute_batch(&sql).unwrap_err().to_string();
            assert!(said.contains("append only"), "{sql}: {said}");
        }
    }
}

#[test]
fn a_reader_goes_on_while_another_writes() {
    let path = folder("readers").join("a.ledger");
    let mut writer = write(&path).unwrap();
    let reader = Sqlite::open(&path, Mode::Read).unwrap();
    for n in 0..5 {
        let a = article(n);
        writer.add_article(Coded { article: &a, read_at: at(0), claims: &claims(&a, 1) }, &run("v1")).unwrap();
        assert_eq!(reader.counts().unwrap().articles, n as u64 + 1);
    }
}

#[test]
fn a_ledger_of_the_first_schema_is_brought_up_to_date() {
    let path = folder("migrate").join("a.ledger");
    // As the first version made it: one article, no index.
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../migrations/0001_first.sql")).unwrap();
    old.pragma_update(None, "application_id", 0x4D4C_4544).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let a = article(0);
    let layout = serde_json::json!({ "cuts": a.cuts, "blocks": a.blocks }).to_string();
    let published = serde_json::to_string(&a.published).unwrap();
    let when = at(0).to_string();
    old.execute_batch("INSERT INTO entry (id, at, what) VALUES (1, '2021-08-09T00:00:00Z', 'article'), (2, '2021-08-09T00:00:00Z', 'coding')").unwrap();
    old.execute(
        "INSERT INTO article VALUES (1, ?, ?, ?, NULL, NULL, NULL, ?, '2021-08-09', ?)",
        (&a.digest, &a.id, &a.text, &published, &when),
    )
    .unwrap();
    old.execute("INSERT INTO run VALUES (1, 'v1', ?)", [&when]).unwrap();
    old.execute("INSERT INTO coding VALUES (2, 1, 1, 2, x'00', ?)", [&layout]).unwrap();
    old.execute_batch("INSERT INTO latest VALUES (1, 2)").unwrap();
    drop(old);

    said(&path, Mode::Read, &["schema version 1", "for writing"]);
    let ledger = write(&path).unwrap();
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    assert_eq!(ledger.search("Kunduz", &ClaimFilter::default()).unwrap().len(), 1);
    drop(ledger);
    // And a copy that is read now is known for one.
    let mut ledger = write(&path).unwrap();
    let copy = marchland_article::Article { digest: "f".repeat(64), ..a.clone() };
    ledger.add_article(Coded { article: &copy, read_at: at(0), claims: &[] }, &run("v1")).unwrap();
    assert_eq!(ledger.stories().unwrap(), [vec![a.digest, copy.digest]]);
}
