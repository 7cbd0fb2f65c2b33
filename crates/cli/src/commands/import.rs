//! `import`: claims that somebody else coded, from a table or JSON Lines.

use std::io::{Read as _, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use marchland_claim::Known;
use marchland_coder::{Columns, Rejected, TableOptions, import as read_table};
use marchland_ledger::{Added, Batch, Mode, Run};
use serde::Serialize;

use crate::input::Report;
use crate::output::{json_line, note, paint, safe, stdout, style, wants_json};
use crate::{App, Usage, args};

/// Rows that share one transaction.
const GROUP: usize = 512;

/// What an import did, for people and programs.
#[derive(Debug, Default, Serialize)]
struct Done {
    store: String,
    rows: usize,
    claims: usize,
    articles: usize,
    new: usize,
    changed: usize,
    known: usize,
    rejected: Vec<Refused>,
}

#[derive(Debug, Serialize)]
struct Refused {
    file: String,
    #[serde(flatten)]
    row: Rejected,
}

/// `marchland import`
pub fn import(app: &App, args: &args::Import) -> Result<Report> {
    let coder = app.coder()?;
    let known = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let columns = Columns::parse(&args.map).map_err(|e| Usage(e.to_string()))?;
    let mut done = Done { store: args.store.store.clone(), ..Done::default() };
    let now = Timestamp::now();
    let mut tables = Vec::new();
    for file in &args.files {
        let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
        let text = text_of(file).with_context(|| format!("{name}: cannot read the table"))?;
        let short = file.file_name().map_or_else(|| name.clone(), |n| n.to_string_lossy().into_owned());
        let options = TableOptions { columns: columns.clone(), country: args.country.clone(), name: short };
        let table = read_table(&text, &options, &known).map_err(|e| Usage(format!("{name}: {e}")))?;
        done.rows += table.rows;
        for row in &table.rejected {
            note(format_args!("{} {name}, line {}: {}", paint(style::WARN, "rejected:"), row.line, safe(&row.why)));
        }
        done.rejected.extend(table.rejected.iter().map(|row| Refused { file: name.clone(), row: row.clone() }));
        tables.push(table);
    }
    if !args.check {
        let mut ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
        // One name for all imports: the same table again is known, and no coder takes its articles for his own.
        let run = Run { coder: crate::commands::judge::IMPORTED.to_owned(), at: now };
        let mut batch = Batch::new(ledger.as_mut(), run, GROUP);
        let mut added = Vec::new();
        for (article, read_at, claims) in tables.iter_mut().flat_map(|t| t.articles.drain(..)) {
            done.claims += claims.len();
            added.extend(batch.push(article, read_at.unwrap_or(now), claims)?);
        }
        added.extend(batch.flush()?);
        done.articles = added.len();
        for (_, added) in added {
            match added {
                Added::New => done.new += 1,
                Added::Recoded => done.changed += 1,
                Added::Confirmed | Added::Unchanged => done.known += 1,
            }
        }
    } else {
        done.claims = tables.iter().flat_map(|t| &t.articles).map(|(_, _, c)| c.len()).sum();
    }
    let mut out = stdout();
    if wants_json(args.json) {
        json_line(&mut out, &done)?;
    } else if !app.cli.quiet {
        let verb = if args.check { "checked" } else { "imported" };
        writeln!(
            out,
            "{} {} rows: {} claims, {} new sources, {} known, {} rejected",
            paint(style::GOOD, verb),
            done.rows,
            done.claims,
            done.new,
            done.known,
            done.rejected.len()
        )?;
    }
    out.flush()?;
    let undated = 0;
    Ok(Report { articles: done.articles as u64, failed: done.rejected.len() as u64, undated })
}

fn text_of(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain)?;
        bytes = plain;
    }
    // Spreadsheets of old write Windows-1252; a wrong letter costs its row, not the table.
    Ok(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
}
