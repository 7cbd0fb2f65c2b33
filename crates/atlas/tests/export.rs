//! Every format, on two places and three claims of our own.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use marchland_actor::ActorId;
use marchland_article::{Article, Span};
use marchland_atlas::{ClaimRow, ExportSet, FORMATS, Lookup, PlaceInfo, export};
use marchland_claim::{
    Claim, ClaimId, ClaimPlace, ClaimTime, EventType, Evidence, Interest, Kind, Party, Speaker, Stance,
};
use marchland_control::{ControlInterval, Qualifier, Status};
use marchland_place::{PlaceId, Precision};
use serde_json::Value;

const TEXT: &str = "Ḥamā, 7 August. Rebels \"took\" Kunduz, a spokesman said; 3 were killed.";

struct World(Arc<Article>);

impl Lookup for World {
    fn place(&self, id: PlaceId) -> Option<PlaceInfo> {
        let (name, lat, lon, feature) = match id.0 {
            1_135_689 => ("Kunduz", 36.72895, 68.857, "PPLA"),
            1_123_230 => ("Takhar", 36.7, 69.6, "ADM1"),
            _ => return None,
        };
        Some(PlaceInfo {
            id,
            name: name.to_owned(),
            local_name: None,
            country: Some("AF".to_owned()),
            country_name: Some("Afghanistan".to_owned()),
            admin1: Some("Kunduz, \"the\" province".to_owned()),
            lat: Some(lat),
            lon: Some(lon),
            feature: Some(feature.to_owned()),
            population: 0,
        })
    }

    fn actor(&self, id: &ActorId) -> Option<String> {
        Some(if id.as_str() == "taliban" { "Taliban" } else { "Afghan government" }.to_owned())
    }

    fn actor_kind(&self, id: &ActorId) -> Option<String> {
        Some(if id.as_str() == "taliban" { "Rebel group" } else { "State forces" }.to_owned())
    }

    fn article(&self, digest: &str) -> Option<Arc<Article>> {
        (digest == "d1").then(|| self.0.clone())
    }
}

fn article() -> Article {
    serde_json::from_value(serde_json::json!({
        "id": "one", "text": TEXT, "title": null, "url": "https://example.org/1", "outlet": "Example Wire",
        "published": { "how": "given", "day": "2021-08-08" }, "cuts": [], "blocks": [], "notes": [], "digest": "d1",
    }))
    .unwrap()
}

fn party(id: &str, words: &str) -> Party {
    let start = TEXT.find(words).unwrap_or(0);
    Party {
        actor: Some(ActorId::from(id)),
        name: id.to_owned(),
        span: Span::new(start, start + words.len()),
        score: 0.9,
        alternatives: vec![],
    }
}

fn claim(id: &str, stance: Stance, killed: Option<(u32, u32)>) -> ClaimRow {
    let start = TEXT.find("Rebels").unwrap();
    let claim = Claim {
        id: ClaimId(id.to_owned()),
        kind: Some(Kind::Transfer),
        event: Some(EventType {
            event_type: "Battles".to_owned(),
            sub_event_type: "Non-state actor overtakes territory".to_owned(),
            cameo: Some("192".to_owned()),
            plover: Some("ASSAULT".to_owned()),
        }),
        holder: Some(party("taliban", "Rebels")),
        other: Some(party("afghan-government", "")),
        place: ClaimPlace {
            id: Some(PlaceId(1_135_689)),
            span: Span::new(TEXT.find("Kunduz").unwrap(), TEXT.find("Kunduz").unwrap() + 6),
            name: "Kunduz".to_owned(),
            country: Some("AF".to_owned()),
            admin1: None,
            lat: Some(36.7),
            lon: Some(68.8),
            feature: Some("PPLA".to_owned()),
            precision: Precision::Exact,
            score: 0.9,
            alternatives: vec![],
            part: None,
        },
        time: ClaimTime {
            valid_from: Some(date(2021, 8, 7)),
            valid_to: None,
            span: None,
            precision: None,
            inferred: false,
        },
        stance,
        speaker: Some(Speaker {
            span: Span::new(0, 0),
            name: "a spokesman".to_owned(),
            role: None,
            party: Some(ActorId::from("taliban")),
            interest: Interest::SelfServing,
        }),
        background: false,
        aggregate: None,
        fatalities: killed,
        injured: None,
        displaced: None,
        evidence: Evidence {
            article: "d1".to_owned(),
            sentence: Span::new(start, TEXT.len()),
            clause: Span::new(start, TEXT.len()),
            trigger: Span::new(start + 8, start + 12),
            rule: "transfer/take".to_owned(),
        },
        proposer: marchland_claim::Proposer::Rules,
        confidence: 0.8,
    };
    ClaimRow {
        claim,
        outlet: Some("Example Wire".to_owned()),
        published: Some(date(2021, 8, 8)),
        read_at: Timestamp::UNIX_EPOCH,
    }
}

fn intervals() -> Vec<ControlInterval> {
    let row = |place, from, to, holder: Option<&str>, status, qualifier| ControlInterval {
        place: PlaceId(place),
        valid_from: from,
        valid_to: to,
        status,
        qualifier,
        holder: holder.map(ActorId::from),
        probability: 0.912_34,
        last_confirmed: Some(date(2021, 8, 8)),
        reports: 2,
        independent: 1,
        known_by: None,
        claims: vec![ClaimId("c1".to_owned()), ClaimId("c2".to_owned())],
    };
    vec![
        row(1_135_689, date(2021, 8, 5), Some(date(2021, 8, 7)), None, Status::Contested, None),
        row(1_135_689, date(2021, 8, 7), None, Some("taliban"), Status::Controlled, Some(Qualifier::Claimed)),
        row(1_123_230, date(2021, 8, 8), None, Some("taliban"), Status::Controlled, Some(Qualifier::Confirmed)),
        row(99, date(2021, 8, 8), None, None, Status::Unknown, None),
    ]
}

fn write(format: &str) -> String {
    String::from_utf8(bytes(format, &intervals())).unwrap()
}

fn bytes(format: &str, intervals: &[ControlInterval]) -> Vec<u8> {
    let claims = [
        claim("c1", Stance::Claimed, Some((3, 5))),
        claim("c2", Stance::Asserted, None),
        claim("c3", Stance::Denied, Some((9, 9))),
    ];
    of_claims(format, intervals, &claims)
}

fn of_claims(format: &str, intervals: &[ControlInterval], claims: &[ClaimRow]) -> Vec<u8> {
    let world = World(Arc::new(article()));
    let set = ExportSet {
        title: "Test <&>",
        attribution: "Composed; CC BY 4.0",
        query: "on=2021-08-08",
        made: Timestamp::UNIX_EPOCH,
        intervals,
        claims,
        lookup: &world,
    };
    export(format, &set).unwrap()
}

/// Rows of a CSV file by RFC 4180.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut field)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(c),
        }
    }
    assert!(row.is_empty() && field.is_empty(), "the last row has no end");
    rows
}

/// The cell of a column in a row.
fn cell<'r>(rows: &'r [Vec<String>], row: usize, column: &str) -> &'r str {
    let n = rows[0].iter().position(|c| c == column).unwrap_or_else(|| panic!("no column {column}"));
    &rows[row][n]
}

#[test]
fn control_has_the_agreed_columns() {
    let rows = rows(&write("control-csv"));
    let header = "place_id,name,admin1,country,latitude,longitude,level,valid_from,valid_to,status,qualifier,holder,probability,last_confirmed,n_reports,n_independent,known_by,claim_ids";
    assert_eq!(rows[0].join(","), header);
    assert_eq!((rows.len(), cell(&rows, 2, "valid_to"), cell(&rows, 2, "admin1")), (5, "", "Kunduz, \"the\" province"));
    assert_eq!(
        (cell(&rows, 1, "valid_to"), cell(&rows, 1, "holder"), cell(&rows, 1, "status")),
        ("2021-08-07", "", "contested")
    );
    assert_eq!(
        (cell(&rows, 3, "level"), cell(&rows, 2, "claim_ids"), cell(&rows, 4, "name")),
        ("province", "c1;c2", "")
    );
}

#[test]
fn wide_control_has_a_column_a_day() {
    let rows = rows(&write("control-wide"));
    assert_eq!(rows[0][7..], ["2021-08-05", "2021-08-06", "2021-08-07", "2021-08-08"]);
    let kunduz = rows.iter().find(|r| r[1] == "Kunduz").unwrap();
    assert_eq!(kunduz[7..], ["contested", "contested", "taliban?", "taliban?"]);
}

#[test]
fn geojson_is_rfc_7946() {
    let all: Value = serde_json::from_str(&write("geojson")).unwrap();
    let features = all["features"].as_array().unwrap();
    assert_eq!((all["type"].as_str(), features.len()), (Some("FeatureCollection"), 4));
    assert!(all.get("crs").is_none());
    for f in features {
        assert!(f["id"].is_string() && f["type"] == "Feature" && f.get("geometry").is_some());
    }
    assert_eq!(features[1]["geometry"]["coordinates"], serde_json::json!([68.857, 36.72895]), "longitude first");
    assert_eq!(features[1]["properties"]["valid_to"], Value::Null);
    assert_eq!(features[2]["geometry"]["type"], "MultiPolygon", "a province is an area");
    assert_eq!(features[3]["geometry"], Value::Null, "no position, no point");
}

#[test]
fn acled_has_31_columns_and_ours_after_them() {
    let rows = rows(&write("acled-csv"));
    assert_eq!((rows[0].len(), rows[0][30].as_str(), rows[0][31].as_str()), (39, "timestamp", "x_claim_ids"));
    assert_eq!(rows.len(), 2, "two reports of one event are a row, a denial is none");
    assert!(rows.iter().all(|r| r.len() == 39));
    for (column, value) in [
        ("event_date", "2021-08-07"),
        ("disorder_type", "Political violence"),
        ("actor1", "Taliban"),
        ("inter1", "Rebel group"),
        ("interaction", "Rebel group-State forces"),
        ("iso", "4"),
        ("region", "Caucasus and Central Asia"),
        ("country", "Afghanistan"),
        ("fatalities", "3"),
        ("geo_precision", "1"),
        ("source", "Example Wire"),
        ("timestamp", "0"),
        ("x_claim_ids", "c1; c2"),
    ] {
        assert_eq!(cell(&rows, 1, column), value, "{column}");
    }
    assert!(cell(&rows, 1, "event_id_cnty").starts_with("AFG"));
    assert!(!cell(&rows, 1, "notes").contains("\"took\""), "no text of the article is copied");
}

#[test]
fn the_dead_of_one_sentence_count_once() {
    let at = |id: &str, place: u64, article: &str, clause: u32, killed| {
        let mut row = claim(id, Stance::Asserted, Some(killed));
        row.claim.place.id = Some(PlaceId(place));
        row.claim.evidence.article = article.to_owned();
        row.claim.evidence.clause.start += clause;
        row
    };
    // One sentence names two places; another article tells of the second place alone.
    let both = [at("c1", 1_123_230, "d1", 9, (12, 12)), at("c2", 1_135_689, "d1", 0, (12, 12))];
    let check = |claims: &[ClaimRow], sum: u32| {
        let text = String::from_utf8(of_claims("acled-csv", &[], claims)).unwrap();
        let rows = rows(&text);
        let killed: Vec<u32> = (1..rows.len()).map(|i| cell(&rows, i, "fatalities").parse().unwrap()).collect();
        assert_eq!((killed.len(), killed.iter().sum::<u32>()), (2, sum), "{killed:?}");
    };
    check(&both, 12);
    check(&[&both[..], &[at("c3", 1_123_230, "d2", 0, (4, 4))]].concat(), 16);
    // Told twice by two papers of one event it is still one number.
    check(&[&both[..], &[at("c4", 1_135_689, "d3", 0, (13, 13))]].concat(), 12);
}

#[test]
fn hxl_tags_stand_under_the_header() {
    let rows = rows(&write("hxl"));
    assert!(rows[1].iter().all(|t| t.starts_with('#')));
    assert_eq!(
        (rows.len(), cell(&rows, 1, "latitude"), cell(&rows, 1, "fatalities")),
        (3, "#geo+lat", "#affected+killed")
    );
}

#[test]
fn ged_has_49_columns_and_only_events_with_deaths() {
    let rows = rows(&write("ged-csv"));
    assert_eq!((rows.len(), rows[0].len(), rows[1].len()), (2, 49, 49));
    for (column, value) in [
        ("best", "3"),
        ("high", "5"),
        ("low", "3"),
        ("type_of_violence", "1"),
        ("number_of_sources", "1"),
        ("geom_wkt", "POINT (68.857 36.72895)"),
    ] {
        assert_eq!(cell(&rows, 1, column), value, "{column}");
    }
}

#[test]
fn gdelt_has_58_columns_and_no_header() {
    let text = write("gdelt");
    let fields: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    assert_eq!((text.lines().count(), fields.len()), (1, 58));
    assert_eq!((fields[1], fields[2], fields[26], fields[28], fields[29]), ("20210807", "202108", "192", "19", "4"));
    assert_eq!((fields[53], fields[54], fields[57]), ("36.72895", "68.857", "https://example.org/1"));
}

#[test]
fn quotes_count_code_points() {
    let text = write("claims-jsonl");
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let sentence = &first["evidence"]["sentence"];
    let (start, end) = (sentence["start"].as_u64().unwrap() as usize, sentence["end"].as_u64().unwrap() as usize);
    let words: String = TEXT.chars().skip(start).take(end - start).collect();
    assert_eq!(sentence["exact"], words);
    assert!(
        words.starts_with("Rebels") && start < TEXT.find("Rebels").unwrap(),
        "the text has letters of several bytes"
    );
    assert_eq!(text.lines().count(), 3);

    let page: Value = serde_json::from_str(&write("annotations")).unwrap();
    let selector = &page["first"]["items"][0]["target"]["selector"];
    assert_eq!((&selector[0]["start"], &selector[1]["exact"]), (&sentence["start"], &sentence["exact"]));
}

#[test]
fn plover_tells_modes() {
    let text = write("plover");
    let lines: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(
        (lines.len(), &lines[0]["mode"], &lines[2]["mode"]),
        (3, &serde_json::json!([]), &serde_json::json!(["negation"]))
    );
}

#[test]
fn xml_formats_are_well_formed_and_escaped() {
    for format in ["kml", "atom"] {
        let text = write(format);
        let document = resvg::usvg::roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{format}: {e}"));
        assert!(text.contains("Test &lt;&amp;&gt;"), "{format}");
        let entries = document
            .descendants()
            .filter(|n| {
                n.has_tag_name("Placemark") || n.tag_name().name() == "Placemark" || n.tag_name().name() == "entry"
            })
            .count();
        assert_eq!(entries, if format == "kml" { 3 } else { 4 }, "{format}");
    }
}

/// SQLite itself reads the file and finds it sound; also with rows that overflow a page, and with many pages.
#[test]
fn geopackage_is_a_sound_sqlite_file() {
    let mut many = Vec::new();
    for n in 0..3000 {
        let mut row = intervals()[1].clone();
        row.probability = f64::from(n);
        if n % 500 == 7 {
            row.claims = (0..900).map(|c| ClaimId(format!("claim-{c}"))).collect();
        }
        many.push(row);
    }
    for rows in [intervals(), many, Vec::new()] {
        let path = std::env::temp_dir().join(format!("marchland-atlas-{}-{}.gpkg", std::process::id(), rows.len()));
        std::fs::write(&path, bytes("geopackage", &rows)).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        let one = |sql: &str| {
            db.query_row(sql, [], |r| r.get::<_, rusqlite::types::Value>(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
        };
        let int = |n: i64| rusqlite::types::Value::Integer(n);
        assert_eq!(one("PRAGMA integrity_check"), rusqlite::types::Value::Text("ok".to_owned()));
        assert_eq!(one("PRAGMA application_id"), int(0x4750_4B47));
        assert_eq!(one("SELECT count(*) FROM control"), int(rows.len() as i64));
        assert_eq!(one("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)"), int(3));
        assert_eq!(
            one(
                "SELECT count(*) FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) WHERE c.table_name = 'control'"
            ),
            int(1)
        );
        if rows.len() == 3000 {
            assert_eq!(one("SELECT sum(length(claim_ids) > 8000) FROM control"), int(6));
            assert_eq!(one("SELECT fid FROM control WHERE probability = 2718"), int(2719));
        }
        drop(db);
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn every_format_writes_and_an_unknown_one_names_them() {
    for format in FORMATS {
        assert!(!bytes(format.name, &intervals()).is_empty(), "{}", format.name);
    }
    let world = World(Arc::new(article()));
    let set = ExportSet {
        title: "",
        attribution: "",
        query: "",
        made: Timestamp::UNIX_EPOCH,
        intervals: &[],
        claims: &[],
        lookup: &world,
    };
    let error = export("shapefile", &set).unwrap_err().to_string();
    assert!(error.contains("shapefile") && error.contains("geojson"), "{error}");
    for format in FORMATS {
        assert!(export(format.name, &set).is_ok(), "{} of nothing", format.name);
    }
}
