//! The suite on SQLite files.

mod common;
mod suite;

use marchland_ledger::{Ledger, Mode, open};

/// An empty ledger of its own for each test.
fn fresh(name: &str) -> Option<Box<dyn Ledger>> {
    Some(open(&format!("sqlite:{}", common::folder(name).join("a.ledger").display()), Mode::Write).unwrap())
}
