//! The map drawn in Rust, boundaries, and every export format.

mod base;
mod boundaries;
mod bounds;
mod clip;
mod count;
mod dense;
mod export;
mod fonts;
mod frame;
mod grid;
mod info;
mod label;
mod land;
mod legend;
mod map;
mod mark;
mod outline;
mod png;
mod projection;
mod svg;

pub use boundaries::{Boundaries, Country, Division};
pub use bounds::GeoBox;
pub use count::{Count, Unit, day_words, query_words, query_words_in};
pub use export::{ClaimRow, Content, ExportError, ExportSet, FORMATS, Format, Table, claim_json, export, format};
pub use frame::Frame;
pub use grid::draw_grid;
pub use info::{Lookup, PlaceInfo};
pub use map::{MapArea, MapPoint, MapRequest, Names, draw, state_words};
pub use marchland_words::Tongue;
pub use mark::{Mark, PartyStyle, Shape, symbol};
pub use png::{PngError, png};
