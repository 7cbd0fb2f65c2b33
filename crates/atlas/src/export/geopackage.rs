//! GeoPackage 1.3 (OGC 12-128r17): a table of control intervals with points, readable by QGIS and every GIS.

use super::sqlite_file::{Table, Value, write as write_file};
use super::{ExportSet, level, opt, word};
use crate::bounds::GeoBox;

/// "GPKG".
const APPLICATION: u32 = 0x4750_4B47;
const VERSION: u32 = 10300;
const WGS84: &str = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]";

pub(super) fn write(set: &ExportSet) -> Vec<u8> {
    let mut bounds = GeoBox::NOTHING;
    let mut rows = Vec::new();
    for row in set.intervals {
        let place = set.lookup.place(row.place);
        let position = place.as_ref().and_then(crate::info::PlaceInfo::position);
        if let Some((lat, lon)) = position {
            bounds = bounds.with(lat, lon);
        }
        let text = |t: Option<String>| t.filter(|t| !t.is_empty()).map_or(Value::Null, Value::Text);
        let claims: Vec<&str> = row.claims.iter().map(|c| c.0.as_str()).collect();
        let values = vec![
            // The id is the row's own number.
            Value::Null,
            position.map_or(Value::Null, |(lat, lon)| Value::Blob(point(lat, lon))),
            Value::Text(row.place.to_string()),
            text(place.as_ref().map(|p| p.name.clone())),
            text(place.as_ref().and_then(|p| p.admin1.clone())),
            text(place.as_ref().and_then(|p| p.country.clone())),
            level(place.as_ref().and_then(|p| p.feature.as_deref())).into(),
            Value::Text(row.valid_from.to_string()),
            text(row.valid_to.map(|d| d.to_string())),
            Value::Text(word(&row.status)),
            text(row.qualifier.map(|q| word(&q))),
            text(row.holder.as_ref().map(ToString::to_string)),
            Value::Real(row.probability),
            text(Some(opt(row.last_confirmed))),
            Value::Int(i64::from(row.reports)),
            Value::Int(i64::from(row.independent)),
            text(Some(opt(row.known_by))),
            Value::Text(claims.join(";")),
        ];
        rows.push((rows.len() as i64 + 1, values));
    }
    write_file(&[systems(), contents(set, bounds), geometry_columns(), control(rows)], APPLICATION, VERSION)
}

/// "GP", version 0, little endian with an envelope of the point itself, EPSG 4326, then the point as WKB.
fn point(lat: f64, lon: f64) -> Vec<u8> {
    let mut out = vec![b'G', b'P', 0, 0b0000_0011];
    out.extend(4326_i32.to_le_bytes());
    for v in [lon, lon, lat, lat] {
        out.extend(v.to_le_bytes());
    }
    out.push(1);
    out.extend(1_u32.to_le_bytes());
    out.extend(lon.to_le_bytes());
    out.extend(lat.to_le_bytes());
    out
}

fn systems() -> Table {
    let row = |id: i64, name: &str, organization: &str, code: i64, definition: &str| {
        (id, vec![name.into(), Value::Null, organization.into(), Value::Int(code), definition.into(), Value::Null])
    };
    Table {
        name: "gpkg_spatial_ref_sys",
        sql: "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)".to_owned(),
        rows: vec![
            row(-1, "Undefined Cartesian SRS", "NONE", -1, "undefined"),
            row(0, "Undefined geographic SRS", "NONE", 0, "undefined"),
            row(4326, "WGS 84 geodetic", "EPSG", 4326, WGS84),
        ],
        unique: Vec::new(),
    }
}

fn contents(set: &ExportSet, bounds: GeoBox) -> Table {
    let edge = |v: f64| if bounds.is_nothing() { Value::Null } else { Value::Real(v) };
    let stamp = set.made.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let description = format!("{} {} {}", set.title, set.query, set.attribution);
    Table {
        name: "gpkg_contents",
        sql: "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER)".to_owned(),
        rows: vec![(1, vec![
            "control".into(), "features".into(), "control".into(), Value::Text(description), Value::Text(stamp),
            edge(bounds.west), edge(bounds.south), edge(bounds.east), edge(bounds.north), Value::Int(4326),
        ])],
        unique: vec![vec![0], vec![2]],
    }
}

fn geometry_columns() -> Table {
    Table {
        name: "gpkg_geometry_columns",
        sql: "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name))".to_owned(),
        rows: vec![(1, vec!["control".into(), "geom".into(), "POINT".into(), Value::Int(4326), Value::Int(0), Value::Int(0)])],
        unique: vec![vec![0, 1], vec![0]],
    }
}

fn control(rows: Vec<(i64, Vec<Value>)>) -> Table {
    Table {
        name: "control",
        sql: "CREATE TABLE control (fid INTEGER PRIMARY KEY NOT NULL, geom POINT, place_id TEXT, name TEXT, admin1 TEXT, country TEXT, level TEXT, valid_from DATE, valid_to DATE, status TEXT, qualifier TEXT, holder TEXT, probability DOUBLE, last_confirmed DATE, n_reports INTEGER, n_independent INTEGER, known_by DATE, claim_ids TEXT)".to_owned(),
        rows,
        unique: Vec::new(),
    }
}
