//! Time expressions in a [`Reading`](marchland_reading::Reading) to intervals of days.
//!
//! Purpose: find what running English says of time (TIMEX3 type and value), and which days it means when the
//! publication day is known. Dependencies: `article` for the text and its day, `reading` for the tense.
//!
//! The way through: `scan` cuts a block into pieces, `parse` (with `clock`, `dates`, `relative`, `period`, `length`, `set`) finds expressions and
//! says what they mean without a day, `resolve` turns that into values and days, `extent` adds what prepositions say.

mod amount;
mod battle;
mod calendar;
mod clock;
mod dates;
mod expression;
mod extent;
mod find;
mod history;
mod holiday;
mod infer;
mod length;
mod link;
mod parse;
mod period;
mod raw;
mod relative;
mod resolve;
mod scan;
mod set;
mod tense;
mod words;

pub use expression::{Interval, Precision, TimeExpression, TimexType};
pub use find::find;
pub use infer::infer_day;
pub use link::date_of;
