//! GeoNames files of any size to one gazetteer file that the rest of the house reads in place.
//!
//! A user's own gazetteer can be forty times the one that the program carries (allCountries.txt has thirteen million
//! rows). So nothing is held in memory but a buffer: rows are sorted outside of memory by id, joined with
//! their other names, and written as columns; names are sorted outside of memory once more and go into the
//! finite-state map. A run that was killed goes on where it stood when the same command is given again.
//!
//! This room reads and writes files; the room `place` never does.

mod columns;
mod import;
mod input;
mod kept;
mod line;
mod names;
mod sort;
mod state;

pub use import::{Event, ImportError, Options, Stage, Summary, import};
