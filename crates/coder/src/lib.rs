//! The reading desk: holds the model, the gazetteer, the actors and the rules, and takes an
//! [`Article`] through every room up to its claims.
//!
//! The command line and the server both need "article in, claims out", with the same resources and the
//! same guard against a document that goes wrong. This is that one place.

mod advice;
mod desk;
mod import;

pub use marchland_reader::Opinion;

pub use advice::{Advised, Outcome, Suggestion};
pub use desk::{Coded, Coder, Options, Which};
pub use import::{ColumnError, Columns, Imported, Rejected, TableOptions, import};
