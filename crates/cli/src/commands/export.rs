//! `export`: what the ledger holds, in the formats of the field.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use marchland_atlas::{ClaimRow, Content, ExportSet, FORMATS, export as write_format, format as find_format};
use marchland_ledger::{ClaimFilter, Ledger, Mode};
use marchland_situation::{ATTRIBUTION, Names, Situation};

use crate::commands::control::{area, situation};
use crate::commands::training::training;
use crate::input::Report;
use crate::output::{Table, note, paint, stdout, style};
use crate::{App, Usage, args};

/// The export that is no format of the field.
const TRAINING: &str = "training";
const TRAINING_WHAT: &str = "what analysts judged, as rows from which the reader learns (docs/training.md)";

/// `marchland export`
pub fn export(app: &App, args: &args::Export) -> Result<Report> {
    let Some(name) = args.format.as_deref().filter(|_| !args.list) else {
        let mut table = Table::new(&["format", "file", "holds"]);
        for format in FORMATS {
            table.row(vec![paint(style::NAME, format.name), format!(".{}", format.extension), format.what.to_owned()]);
        }
        table.row(vec![paint(style::NAME, TRAINING), ".jsonl".to_owned(), TRAINING_WHAT.to_owned()]);
        let mut out = stdout();
        write!(out, "{}", table.render())?;
        out.flush()?;
        return Ok(Report::default());
    };
    if name == TRAINING {
        let ledger = marchland_ledger::open(&args.store.store, Mode::Read)?;
        let (bytes, articles, claims) = training(ledger.as_ref())?;
        write(app, args, &bytes, &format!("{articles} reviewed articles, {claims} judged claims"))?;
        return Ok(Report::default());
    }
    let format = find_format(name).map_err(|e| Usage(e.to_string()))?;
    let (ledger, situation) = situation(app, &args.store.store)?;
    let bytes = bytes(&situation, ledger.as_ref(), format.name, &args.when, &area(&situation, &[], &args.area)?)?;
    write(app, args, &bytes, format.what)?;
    Ok(Report::default())
}

/// Writes an export to its file, or to standard output.
fn write(app: &App, args: &args::Export, bytes: &[u8], what: &str) -> Result<()> {
    match args.output.as_deref().filter(|o| *o != Path::new("-")) {
        Some(file) => {
            std::fs::write(file, bytes).with_context(|| format!("{}: cannot write the export", file.display()))?;
            if !app.cli.quiet {
                let size = bytes.len();
                note(format_args!("{} {} ({what}, {size} bytes)", paint(style::GOOD, "wrote"), file.display()));
            }
        }
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
        }
    }
    Ok(())
}

/// One export as bytes.
pub fn bytes(
    situation: &Situation,
    ledger: &dyn Ledger,
    format: &str,
    when: &args::When,
    area: &marchland_situation::Area,
) -> Result<Vec<u8>> {
    let holds = find_format(format)?.content;
    let (mut intervals, mut claims) = (Vec::new(), Vec::new());
    match holds {
        Content::Control => {
            intervals = situation.table(area, when.known_by);
            if let Some(day) = when.on {
                intervals.retain(|i| i.valid_from <= day && i.valid_to.is_none_or(|to| day < to));
            }
        }
        Content::Claims => {
            let filter = ClaimFilter {
                country: area.country().map(str::to_owned),
                known_by: when.known_by,
                from: when.on,
                to: when.on,
                ..ClaimFilter::default()
            };
            ledger.each_claim(&filter, &mut |entry| {
                claims.push(ClaimRow {
                    claim: entry.claim,
                    outlet: entry.outlet,
                    published: entry.published,
                    read_at: entry.read_at,
                });
            })?;
        }
    }
    let names = Names { coder: situation.coder(), ledger: Some(ledger) };
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "all".to_owned(), |d| d.to_string());
    let query = format!("on={} known_by={}", day(when.on), day(when.known_by));
    let set = ExportSet {
        title: "Who holds what, according to whom",
        attribution: ATTRIBUTION,
        query: &query,
        // The ledger's own clock, so that the same ledger gives the same bytes.
        made: situation.latest_read(),
        intervals: &intervals,
        claims: &claims,
        lookup: &names,
    };
    Ok(write_format(format, &set)?)
}
