//! `read`: articles into the ledger.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::Timestamp;
use marchland_ledger::{Added, Batch, Mode, Run};
use serde::Serialize;

use crate::input::Report;
use crate::output::{json_line, paint, stdout, style, wants_json};
use crate::{App, args};

/// Articles that share one transaction. Small, so that little is read again after a crash.
const GROUP: usize = 64;

/// What a reading did, for people and programs.
#[derive(Debug, Default, Serialize)]
pub struct Done {
    /// The ledger.
    pub store: String,
    /// Articles read.
    pub articles: u64,
    /// Of these, not there before.
    pub new: u64,
    /// There before, coded anew with another result.
    pub recoded: u64,
    /// There before, nothing changed.
    pub unchanged: u64,
    /// Claims found.
    pub claims: u64,
    /// Inputs or lines that could not be read.
    pub failed: u64,
    /// Articles without a publication day.
    pub undated: u64,
    /// Seconds that it took.
    pub seconds: f64,
}

/// `marchland read`
pub fn read(app: &App, args: &args::Read) -> Result<Report> {
    let (report, done) = into_ledger(app, &args.files, args.published, &args.store.store)?;
    if wants_json(args.json) {
        let mut out = stdout();
        json_line(&mut out, &done)?;
        out.flush()?;
    } else if !app.cli.quiet {
        let mut out = stdout();
        writeln!(
            out,
            "{} {} articles into {}: {} new, {} coded anew, {} known; {} claims; {:.1} s ({:.0} articles a second)",
            paint(style::GOOD, "read"),
            done.articles,
            paint(style::NAME, &done.store),
            done.new,
            done.recoded,
            done.unchanged,
            done.claims,
            done.seconds,
            done.articles as f64 / done.seconds.max(1e-9),
        )?;
        if done.undated > 0 {
            writeln!(
                out,
                "{} {} without a publication day: their claims have no days. Give it with --published 2021-08-09, or set it on the page of the article.",
                paint(style::WARN, "note:"),
                done.undated
            )?;
        }
        if done.failed > 0 {
            writeln!(out, "{} {} could not be read; see above", paint(style::BAD, "note:"), done.failed)?;
        }
        out.flush()?;
    }
    Ok(report)
}

/// Reads files into a ledger; what is acknowledged is on disk.
pub fn into_ledger(
    app: &App,
    files: &[std::path::PathBuf],
    published: Option<jiff::civil::Date>,
    store: &str,
) -> Result<(Report, Done)> {
    let coder = app.coder()?;
    let mut ledger = marchland_ledger::open(store, Mode::Write)?;
    let started = Instant::now();
    let run = Run { coder: coder.version(), at: Timestamp::now() };
    let mut done = Done { store: store.to_owned(), ..Done::default() };
    let mut batch = Batch::new(ledger.as_mut(), run, GROUP);
    fn count(done: &mut Done, added: &[(marchland_article::Article, Added)]) {
        for (_, added) in added {
            match added {
                Added::New => done.new += 1,
                Added::Recoded => done.recoded += 1,
                Added::Confirmed | Added::Unchanged => done.unchanged += 1,
            }
        }
    }
    let report = app.inputs(files, published).each(
        |article| coder.code(article).claims,
        |articles| {
            for (article, claims) in articles {
                done.claims += claims.len() as u64;
                let added = batch.push(article, Timestamp::now(), claims).with_context(|| lost(store))?;
                count(&mut done, &added);
            }
            Ok(())
        },
    )?;
    let added = batch.flush().with_context(|| lost(store))?;
    count(&mut done, &added);
    done.articles = report.articles;
    done.failed = report.failed;
    done.undated = report.undated;
    done.seconds = started.elapsed().as_secs_f64();
    Ok((report, done))
}

fn lost(store: &str) -> String {
    format!(
        "{store}: writing stopped. What was stored before is whole; read the same input again and what is known is passed over"
    )
}
