//! `rules`: the rules and their own tests.

use std::io::Write;

use anyhow::Result;

use crate::App;
use crate::args::RulesAction;
use crate::input::Report;
use crate::output::{Table, complain, paint, stdout, style};

/// `marchland rules`
pub fn rules(app: &App, action: RulesAction) -> Result<Report> {
    let coder = app.coder()?;
    let mut out = stdout();
    let mut report = Report::default();
    match action {
        RulesAction::List => {
            let mut table = Table::new(&["rule", "means"]);
            for rule in coder.rules().all() {
                table.row(vec![paint(style::NAME, &rule.id), rule.meaning.clone()]);
            }
            write!(out, "{}", table.render())?;
        }
        RulesAction::Test => {
            let (passed, failures) = coder.test_rules();
            report.articles = passed as u64;
            report.failed = failures.len() as u64;
            for failure in &failures {
                complain(failure);
            }
            writeln!(out, "{passed} passed, {} failed", failures.len())?;
        }
    }
    out.flush()?;
    Ok(report)
}
