//! `gazetteer import`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::App;
use crate::input::Report;

/// `marchland gazetteer import`
pub fn import(_app: &App, _files: &[PathBuf], _output: &Path) -> Result<Report> {
    Err(anyhow::anyhow!("not yet"))
}
