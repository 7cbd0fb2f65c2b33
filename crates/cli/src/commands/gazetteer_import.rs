//! `gazetteer import`: GeoNames files to a gazetteer file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use marchland_gazetteer::{Event, Options, Stage, import as make};
use marchland_place::Gazetteer;
use serde_json::json;

use crate::App;
use crate::input::Report;
use crate::output::{complain, json_line, note, paint, stdout, style, wants_json};

/// Bad lines that are shown; the rest are counted.
const SHOWN: u64 = 20;

/// `marchland gazetteer import`
pub fn import(app: &App, files: &[PathBuf], output: &Path, options: &Options, json: bool) -> Result<Report> {
    let start = Instant::now();
    // Beside the result, so that putting it in place is one step on the same disk.
    let mut work = output.as_os_str().to_owned();
    work.push(".import");
    let bar = bar(app);
    let mut bad = 0;
    let summary = make(files, output, Path::new(&work), Gazetteer::embedded(), options, |event| match event {
        Event::Progress(stage, done, total) => {
            let (what, unit) = match stage {
                Stage::Read => ("reading", "bytes"),
                Stage::Join => ("joining", "places"),
                Stage::Names => ("indexing", "names"),
            };
            let of = total.map_or_else(String::new, |t| format!(" of {t}"));
            bar.set_message(format!("{what}: {done}{of} {unit}"));
            bar.tick();
        }
        Event::Resumed(lines) => {
            bar.suspend(|| note(format_args!("going on after {lines} lines that an earlier import has read")))
        }
        Event::Bad(file, line, why) => {
            bad += 1;
            if bad <= SHOWN {
                bar.suspend(|| complain(format_args!("{}:{line}: {why}; left out", file.display())));
            }
        }
    });
    bar.finish_and_clear();
    let summary = summary?;
    if bad > SHOWN {
        note(format_args!("{} more lines could not be read", bad - SHOWN));
    }
    let seconds = start.elapsed().as_secs_f64();
    let mut out = stdout();
    if wants_json(json) {
        let done = json!({
            "file": output.display().to_string(), "places": summary.rows, "names": summary.keys, "bytes": summary.bytes,
            "place_lines": summary.places, "name_lines": summary.names, "left_out": summary.left_out, "bad": summary.bad,
            "seconds": seconds,
        });
        json_line(&mut out, &done)?;
    } else if !app.cli.quiet {
        writeln!(
            out,
            "{} {}: {} places, {} names, {:.1} MB; {} places of other kinds or countries left out, {} bad lines; {seconds:.1} s",
            paint(style::GOOD, "made"),
            paint(style::NAME, output.display()),
            summary.rows,
            summary.keys,
            summary.bytes as f64 / 1e6,
            summary.left_out,
            summary.bad,
        )?;
        writeln!(out, "use it with: marchland --gazetteer {} ...", output.display())?;
    }
    out.flush()?;
    Ok(Report { failed: summary.bad, ..Report::default() })
}

fn bar(app: &App) -> ProgressBar {
    if app.cli.quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}
