//! Every format that leaves the house.
//!
//! One table of formats, one function. A format writes either the control table (who held what, from when to
//! when) or the claims. Offsets are Unicode code points, end exclusive.

mod acled;
mod annotation;
mod atom;
mod claims;
mod control;
mod csv;
mod event;
mod gdelt;
mod ged;
mod geojson;
mod geometry;
mod geopackage;
mod kml;
mod plover;
mod sqlite_file;

use jiff::Timestamp;
use jiff::civil::Date;
use marchland_claim::Claim;
use marchland_control::ControlInterval;

use crate::info::Lookup;

pub use claims::claim_json;
pub use csv::Table;

/// What an export may use.
pub struct ExportSet<'a> {
    /// Title of the file.
    pub title: &'a str,
    /// Where the facts come from, and under which terms; written into every format that has a place for it.
    pub attribution: &'a str,
    /// The question, in words or as an address.
    pub query: &'a str,
    /// When the file was made; given by the caller, so that the same question gives the same bytes.
    pub made: Timestamp,
    /// The control table.
    pub intervals: &'a [ControlInterval],
    /// The claims.
    pub claims: &'a [ClaimRow],
    /// Names, positions, articles.
    pub lookup: &'a dyn Lookup,
}

/// A claim with where it was printed and when it was read.
#[derive(Debug, Clone)]
pub struct ClaimRow {
    /// The claim.
    pub claim: Claim,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When it was printed.
    pub published: Option<Date>,
    /// When we read it.
    pub read_at: Timestamp,
}

/// What a format holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Who held what, from when to when.
    Control,
    /// What was said.
    Claims,
}

/// One format.
pub struct Format {
    /// Its name on the command line and in an address.
    pub name: &'static str,
    /// Ending of its files, without a dot.
    pub extension: &'static str,
    /// Media type.
    pub media: &'static str,
    /// What it holds.
    pub content: Content,
    /// What it is, for people.
    pub what: &'static str,
    write: fn(&ExportSet) -> Vec<u8>,
}

/// Every format, in the order of use.
pub const FORMATS: &[Format] = &[
    Format {
        name: "control-csv",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Control,
        what: "control, one interval a row",
        write: control::long,
    },
    Format {
        name: "control-wide",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Control,
        what: "control, one column a day (every day from the first to the last change)",
        write: control::wide,
    },
    Format {
        name: "geojson",
        extension: "geojson",
        media: "application/geo+json",
        content: Content::Control,
        what: "GeoJSON (RFC 7946), a feature per interval",
        write: geojson::write,
    },
    Format {
        name: "claims-jsonl",
        extension: "jsonl",
        media: "application/jsonl",
        content: Content::Claims,
        what: "claims, one JSON object a line, with quotes and code-point offsets",
        write: claims::jsonl,
    },
    Format {
        name: "claims-csv",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Claims,
        what: "claims, one a row",
        write: claims::csv,
    },
    Format {
        name: "acled-csv",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Claims,
        what: "events in ACLED's 31 columns, ours after them (x_)",
        write: acled::csv,
    },
    Format {
        name: "hxl",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Claims,
        what: "events with HXL tags (OCHA's mapping of ACLED)",
        write: acled::hxl,
    },
    Format {
        name: "kml",
        extension: "kml",
        media: "application/vnd.google-earth.kml+xml",
        content: Content::Control,
        what: "KML with time spans",
        write: kml::write,
    },
    Format {
        name: "geopackage",
        extension: "gpkg",
        media: "application/geopackage+sqlite3",
        content: Content::Control,
        what: "GeoPackage, points with their intervals",
        write: geopackage::write,
    },
    Format {
        name: "plover",
        extension: "jsonl",
        media: "application/jsonl",
        content: Content::Claims,
        what: "PLOVER events, JSON Lines",
        write: plover::write,
    },
    Format {
        name: "ged-csv",
        extension: "csv",
        media: "text/csv; charset=utf-8",
        content: Content::Claims,
        what: "UCDP GED's 49 columns; events with at least one death",
        write: ged::write,
    },
    Format {
        name: "gdelt",
        extension: "tsv",
        media: "text/tab-separated-values; charset=utf-8",
        content: Content::Claims,
        what: "GDELT 1.0, 58 columns without a header",
        write: gdelt::write,
    },
    Format {
        name: "atom",
        extension: "atom",
        media: "application/atom+xml; charset=utf-8",
        content: Content::Control,
        what: "Atom feed of changes, with georss:point",
        write: atom::write,
    },
    Format {
        name: "annotations",
        extension: "jsonld",
        media: "application/ld+json",
        content: Content::Claims,
        what: "W3C Web Annotations of the evidence, with PROV",
        write: annotation::write,
    },
];

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No such format.
    #[error("no format is called {asked:?}; there are: {known}")]
    Unknown {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
}

/// The format with this name; the ending may be left out ("control" for "control-csv", "claims" for "claims-jsonl").
///
/// # Errors
/// When there is none; the error names all of them.
pub fn format(name: &str) -> Result<&'static Format, ExportError> {
    let short = |f: &&Format| f.name.strip_suffix("-csv").or(f.name.strip_suffix("-jsonl")) == Some(name);
    FORMATS.iter().find(|f| f.name == name).or_else(|| FORMATS.iter().find(short)).ok_or_else(|| ExportError::Unknown {
        asked: name.to_owned(),
        known: FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join(", "),
    })
}

/// Writes one format.
///
/// # Errors
/// When there is no such format.
pub fn export(name: &str, set: &ExportSet) -> Result<Vec<u8>, ExportError> {
    format(name).map(|f| (f.write)(set))
}

/// "town", "district", "province" or "country", by the feature code.
pub(crate) fn level(feature: Option<&str>) -> &'static str {
    match feature.unwrap_or("") {
        f if f.starts_with("ADM1") => "province",
        f if f.starts_with("ADM") => "district",
        f if f.starts_with("PCL") => "country",
        _ => "town",
    }
}

/// A value as serde names it ("self_serving").
pub(crate) fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Text of an optional value; empty for none.
pub(crate) fn opt<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
