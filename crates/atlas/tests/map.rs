//! The map as a person sees it: a golden picture of composed states. `BLESS=1` rewrites it;
//! `ATLAS_OUT=folder` also writes PNGs to look at.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use marchland_actor::ActorId;
use marchland_atlas::{
    Count, Frame, MapArea, MapPoint, MapRequest, Names, PartyStyle, PlaceInfo, draw, draw_grid, png,
};
use marchland_control::{PlaceState, Qualifier, Query, Status};
use marchland_place::PlaceId;

fn capitals() -> Vec<PlaceInfo> {
    let rows = include_str!("data/capitals.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.map(|row| {
        let c: Vec<&str> = row.split('\t').collect();
        PlaceInfo {
            id: PlaceId::parse(c[0]).unwrap(),
            name: c[1].to_owned(),
            local_name: Some(c[2].to_owned()).filter(|l| !l.is_empty()),
            country: Some("AF".to_owned()),
            country_name: Some("Afghanistan".to_owned()),
            admin1: None,
            lat: c[3].parse().ok(),
            lon: c[4].parse().ok(),
            feature: Some("PPLA".to_owned()),
            population: c[5].parse().unwrap(),
        }
    })
    .collect()
}

/// Composed, not told by anybody: every mark once or more.
fn state(place: &PlaceInfo, on: Date) -> PlaceState {
    let (status, holder, qualifier) = match place.name.as_str() {
        "Zaranj" | "Sheberghan" | "Aybak" => (Status::Controlled, Some("taliban"), Some(Qualifier::Confirmed)),
        "Taloqan" => (Status::Controlled, Some("taliban"), Some(Qualifier::Claimed)),
        "Sar-e Pul" => (Status::Controlled, Some("taliban"), Some(Qualifier::Disputed)),
        "Kunduz" => (Status::Contested, None, Some(Qualifier::Confirmed)),
        "Parun" | "Mahmud-i-Raqi" => (Status::Unknown, None, None),
        "Asadabad" => (Status::Controlled, Some("afghan-government"), Some(Qualifier::Stale)),
        _ => (Status::Controlled, Some("afghan-government"), Some(Qualifier::Confirmed)),
    };
    PlaceState {
        place: place.id,
        query: Query { on, known_by: Some(date(2021, 8, 10)) },
        status,
        holder: holder.map(ActorId::from),
        qualifier,
        probability: 0.95,
        beliefs: Vec::new(),
        besieged_by: (place.name == "Lashkar Gah").then(|| ActorId::from("taliban")),
        parts: Vec::new(),
        log_odds: 0.0,
        since: Some(date(2021, 8, 7)),
        last_confirmed: Some(on),
        reports: 2,
        independent: 1,
        reasons: Vec::new(),
    }
}

fn request(width: u32) -> MapRequest {
    let on = date(2021, 8, 9);
    let parties = [("taliban", "Taliban"), ("afghan-government", "Afghan government")];
    MapRequest {
        title: "Afghanistan: who holds the provincial capitals (composed states)".to_owned(),
        query: Query { on, known_by: Some(date(2021, 8, 10)) },
        unit: marchland_atlas::Unit::Capitals,
        parties: PartyStyle::assign(parties.map(|(id, name)| (ActorId::from(id), name.to_owned()))),
        points: capitals()
            .into_iter()
            .map(|place| MapPoint { chosen: place.name == "Kunduz", state: state(&place, on), place })
            .collect(),
        areas: vec![MapArea {
            place: PlaceId(1_123_230),
            holder: ActorId::from("taliban"),
            words: "Taliban, claimed only".to_owned(),
        }],
        width,
        source: "Composed for a test.".to_owned(),
        link: Some("/place/{id}?on=2021-08-09&x=<".to_owned()),
        ..MapRequest::default()
    }
}

/// Compares with the committed picture, or rewrites it when asked.
fn check(name: &str, svg: &str) {
    if let Some(folder) = std::env::var_os("ATLAS_OUT") {
        fs::write(Path::new(&folder).join(format!("{name}.svg")), svg).unwrap();
        fs::write(Path::new(&folder).join(format!("{name}.png")), png(svg, 1200).unwrap()).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.svg"));
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, svg).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let at = kept.bytes().zip(svg.bytes()).position(|(a, b)| a != b).unwrap_or(kept.len().min(svg.len()));
    let near = |s: &str| s.get(at.saturating_sub(60)..(at + 60).min(s.len())).unwrap_or("").to_owned();
    assert!(
        kept == svg,
        "{name} differs at byte {at}:\n kept  {}\n drawn {}\nLook at it, then BLESS=1",
        near(&kept),
        near(svg)
    );
}

#[test]
fn the_map_is_drawn_as_kept() {
    check("capitals", &draw(&MapRequest { width: 700, ..request(700) }));
}

#[test]
fn every_capital_is_named_and_counted() {
    let svg = draw(&request(1000));
    for place in capitals() {
        assert!(svg.contains(&format!(">{}</text>", place.name)), "{} has no name", place.name);
    }
    let request = request(1000);
    let count = Count::of(request.points.iter().map(|p| &p.state));
    assert_eq!(
        count.words(marchland_atlas::Tongue::ENGLISH, &request.parties, marchland_atlas::Unit::Capitals),
        "Taliban 5 of 34 provincial capitals, Afghan government 26, 1 contested, 2 unknown"
    );
    assert!(svg.contains("Taliban, claimed only (1)") && svg.contains("besieger&#39;s colour (1)"));
}

#[test]
fn without_a_title_the_map_begins_at_the_top() {
    let svg = draw(&MapRequest { title: String::new(), ..request(600) });
    assert!(!svg.contains("class=\"answer\"") && svg.contains(r#"class="sea" x="0" y="0""#));
}

#[test]
fn the_order_of_the_points_changes_nothing() {
    let mut turned = request(800);
    turned.points.reverse();
    assert_eq!(draw(&request(800)), draw(&turned));
}

#[test]
fn hostile_names_stay_text() {
    let mut request = request(500);
    request.points[0].place.name = "</text><script>alert(1)</script>\u{202E}".to_owned();
    request.title = "\"><img src=x onerror=alert(1)>".to_owned();
    request.id = "x\"><script>".to_owned();
    let svg = draw(&request);
    assert!(!svg.contains("<script") && !svg.contains("<img") && !svg.contains('\u{202E}'));
    assert!(png(&svg, 300).is_ok(), "still well-formed");
}

#[test]
fn maps_of_other_theatres_and_of_nothing_are_well_formed() {
    for frame in [
        Frame::Countries(vec!["UA".into()]),
        Frame::Countries(vec!["SD".into()]),
        Frame::Countries(vec!["FJ".into()]),
        Frame::Countries(vec!["??".into()]),
        Frame::Auto,
    ] {
        for width in [0, 360, 1000] {
            let empty =
                MapRequest { points: Vec::new(), frame: frame.clone(), width, names: Names::Latin, ..request(1000) };
            let svg = draw(&empty);
            assert!(png(&svg, 240).is_ok(), "{frame:?} {width}");
            if let (Some(folder), 1000) = (std::env::var_os("ATLAS_OUT"), width) {
                let name = format!("{frame:?}").replace(|c: char| !c.is_alphanumeric(), "");
                fs::write(Path::new(&folder).join(format!("{name}.png")), png(&svg, 800).unwrap()).unwrap();
            }
        }
    }
    assert!(
        draw(&MapRequest { points: Vec::new(), frame: Frame::Countries(vec!["UA".into()]), ..request(600) })
            .contains("Crimea")
    );
}

#[test]
fn a_grid_draws_the_land_once_and_each_date() {
    let dates: Vec<_> = (6..=11)
        .map(|day| {
            let on = date(2021, 8, day);
            (
                Query { on, known_by: None },
                capitals()
                    .into_iter()
                    .map(|place| MapPoint { state: state(&place, on), place, chosen: false })
                    .collect(),
            )
        })
        .collect();
    let base = MapRequest { points: Vec::new(), link: None, names: Names::None, ..request(1000) };
    let svg = draw_grid(&base, &dates, 3);
    assert_eq!((svg.matches("class=\"sea\"").count(), svg.matches("<use ").count()), (1, 6));
    assert!(svg.contains("11 August 2021"));
    if let Some(folder) = std::env::var_os("ATLAS_OUT") {
        fs::write(Path::new(&folder).join("grid.png"), png(&svg, 1200).unwrap()).unwrap();
    }
}
