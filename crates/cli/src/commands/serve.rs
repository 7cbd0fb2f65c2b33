//! `serve`: the page and the API.

use anyhow::Result;

use crate::input::Report;
use crate::{App, args};

/// `marchland serve`
pub fn serve(_app: &App, _args: &args::Serve) -> Result<Report> {
    Err(anyhow::anyhow!("not yet"))
}
