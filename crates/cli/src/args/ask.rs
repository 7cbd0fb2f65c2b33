//! The commands that ask who holds what: control and its companions, maps and exports.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Store, country};

/// `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier day.
    #[arg(value_name = "DAY1")]
    pub before: Date,
    /// The later day.
    #[arg(value_name = "DAY2")]
    pub after: Date,
    /// Only what was published by the end of this day.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<Date>,
    /// For the later day: only what was published by the end of this day; left out: as for the earlier.
    #[arg(long, value_name = "DAY")]
    pub then_known_by: Option<Date>,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `timeline`.
#[derive(Debug, Args)]
pub struct Timeline {
    /// The place, by name or id.
    #[arg(value_name = "PLACE")]
    pub place: String,
    /// Only what happened by this day.
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// Only what was published by the end of this day.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<Date>,
    /// Only places of this country, where a name is ambiguous.
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `advance`.
#[derive(Debug, Args)]
pub struct Advance {
    /// When: the last day told.
    #[command(flatten)]
    pub when: When,
    /// So many days up to it.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
    pub days: u16,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `incidents`.
#[derive(Debug, Args)]
pub struct Incidents {
    /// Places, by name or id; left out: all of which somebody spoke.
    #[arg(value_name = "PLACE")]
    pub places: Vec<String>,
    /// When: the last day told.
    #[command(flatten)]
    pub when: When,
    /// So many days up to it; left out: all.
    #[arg(long)]
    pub days: Option<u16>,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// The day asked about, and what may be known.
#[derive(Debug, Args)]
pub struct When {
    /// The day asked about; left out: the last day of which the ledger knows.
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// Only what was published by the end of this day.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<Date>,
}

/// Which places.
#[derive(Debug, Args)]
pub struct Where {
    /// Only places of this country (ISO 3166, two letters).
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// The seats of this country's provinces, also those of which nobody spoke.
    #[arg(long, value_name = "CC", value_parser = country, conflicts_with = "country")]
    pub capitals: Option<String>,
    /// The countries that somebody is said to hold as a whole; other answers leave them out.
    #[arg(long, conflicts_with_all = ["country", "capitals"])]
    pub countries: bool,
}

/// `control`.
#[derive(Debug, Args)]
pub struct Control {
    /// Places, by name or id; left out: all of which somebody spoke.
    #[arg(value_name = "PLACE")]
    pub places: Vec<String>,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The place, by name or id.
    #[arg(value_name = "PLACE")]
    pub place: String,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Only places of this country, where a name is ambiguous.
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// `map`.
#[derive(Debug, Args)]
pub struct Map {
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// A grid of small maps, one for each of these days.
    #[arg(long, value_name = "DAY,DAY,...", value_delimiter = ',', conflicts_with = "on")]
    pub dates: Vec<Date>,
    /// Title; left out: country and day.
    #[arg(long)]
    pub title: Option<String>,
    /// Width in pixels.
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(u32).range(200..=8000))]
    pub width: u32,
    /// File to write: .svg or .png.
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Format; see --list.
    #[arg(value_name = "FORMAT", required_unless_present = "list")]
    pub format: Option<String>,
    /// The formats, and what each holds.
    #[arg(long)]
    pub list: bool,
    /// File to write; `-` or left out: standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
}
