//! The program `marchland`: the only room that prints.

mod arcs;
mod args;
mod commands;
mod input;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use marchland_coder::Coder;

use crate::args::{Cli, Command};
use crate::input::{Inputs, Report};

/// What every command has at hand.
pub struct App {
    /// The command line.
    pub cli: Cli,
}

impl App {
    /// The desk with the built-in resources, and with what `--data` and `--gazetteer` add.
    pub fn coder(&self) -> Result<Coder> {
        let mut coder = Coder::embedded();
        if let Some(folder) = &self.cli.data {
            let actors = toml_files(&folder.join("actors"))?;
            let rules = toml_files(&folder.join("rules"))?;
            if actors.is_empty() && rules.is_empty() {
                return Err(anyhow!(
                    "{}: no actors/*.toml and no rules/*.toml in it; see CONTRIBUTING.md for their form",
                    folder.display()
                ));
            }
            coder = coder.with_actors(&actors)?.with_rules(&rules)?;
        }
        if let Some(file) = &self.cli.gazetteer {
            let bytes =
                std::fs::read(file).with_context(|| format!("{}: cannot read the gazetteer", file.display()))?;
            coder = coder.with_gazetteer(bytes).with_context(|| {
                format!(
                    "{}: not a gazetteer of this version; make it with `marchland gazetteer import`",
                    file.display()
                )
            })?;
        }
        Ok(coder)
    }

    /// The inputs of a text command.
    pub fn inputs(&self, files: &[PathBuf], published: Option<jiff::civil::Date>) -> Inputs {
        Inputs { files: files.to_vec(), published, progress: !self.cli.quiet }
    }
}

/// Name and text of every TOML file in a folder, by name; empty where there is no such folder.
fn toml_files(folder: &std::path::Path) -> Result<Vec<(String, String)>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
        .iter()
        .map(|f| Ok((f.display().to_string(), std::fs::read_to_string(f).with_context(|| format!("{}", f.display()))?)))
        .collect()
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.threads > 0 {
        // Fails only when a pool exists already, and none does yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(cli.threads).build_global();
    }
    let app = App { cli };
    match run(&app) {
        Ok(report) if report.failed == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(format_args!("{error:#}"));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Wrong use that the argument parser cannot see.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The reader of our output has gone away (`| head`): no error of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|e| e.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}

fn run(app: &App) -> Result<Report> {
    use commands::{
        change, code, control, demo, export, gazetteer, import, judge, map, read, rules, serve, store, text,
    };
    match &app.cli.command {
        Command::Clean(args) => text::clean(app, args),
        Command::Parse(args) => text::parse(app, args),
        Command::Times(args) => text::times(app, args),
        Command::Places(args) => text::places(app, args),
        Command::Code(args) => code::code(app, args),
        Command::Read(args) => read::read(app, args),
        Command::Control(args) => control::control(app, args),
        Command::Explain(args) => control::explain(app, args),
        Command::ExplainPlace(args) => gazetteer::explain(app, args),
        Command::Map(args) => map::map(app, args),
        Command::Export(args) => export::export(app, args),
        Command::Serve(args) => serve::serve(app, args),
        Command::Gazetteer { action } => gazetteer::gazetteer(app, action),
        Command::Rules { action } => rules::rules(app, *action),
        Command::Demo(args) => demo::demo(app, args),
        Command::Log(args) => control::log(app, args),
        Command::Import(args) => import::import(app, args),
        Command::Diff(args) => change::diff(app, args),
        Command::Timeline(args) => change::timeline(app, args),
        Command::Counters(args) => change::counters(app, args),
        Command::Advance(args) => change::advance(app, args),
        Command::Incidents(args) => change::incidents(app, args),
        Command::Search(args) => store::search(app, args),
        Command::Judge(args) => judge::judge(app, args),
        Command::Recode(args) => judge::recode(app, args),
        Command::Doctor(args) => store::doctor(app, args),
        Command::Backup(args) => store::backup(app, args),
        Command::Restore(args) => store::restore(app, args),
        Command::Compact(args) => store::compact(app, args),
    }
}
