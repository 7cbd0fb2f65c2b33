//! The embedded gazetteer through its public face.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use marchland_place::pack::{RawPlace, pack};
use marchland_place::{Gazetteer, LoadError, PlaceId};

fn g() -> &'static Gazetteer {
    Gazetteer::embedded()
}

/// The first place of a name within a country.
fn check(name: &str, country: &str, id: &str) {
    let want = PlaceId::parse(id).expect("id");
    let found = g().lookup(name);
    let here: Vec<_> = found.iter().filter(|&&p| g().countries_of(p).contains(&country)).collect();
    assert!(here.contains(&&want), "{name} in {country}: {id} not among {here:?} of {found:?}");
}

#[test]
fn loads_at_once_and_holds_the_world() {
    let start = Instant::now();
    let fresh = Gazetteer::embedded_with(pack(Vec::new(), Vec::new()).expect("packs")).expect("loads");
    let took = start.elapsed();
    assert!(took.as_millis() < 150, "loading took {took:?}");
    assert!(fresh.len() > 270_000);
    assert!(g().bytes() < 20_000_000, "{} bytes", g().bytes());
    assert!(g().infos().all(|i| !i.sources.is_empty()));
}

#[test]
fn names_are_found_in_many_spellings() {
    check("Kunduz", "AF", "1135689");
    check("Kunduz", "AF", "1135690");
    check("KONDUZ", "AF", "1135689");
    check("Taloqan", "AF", "1123004");
    check("Sar-e-Pul", "AF", "1127110");
    check("Sar-i-Pul", "AF", "1127110");
    check("Aybak", "AF", "1127768");
    check("Donetsk", "UA", "709717");
    check("Донецьк", "UA", "709717");
    check("Artemivsk", "UA", "713174");
    check("Bakhmut", "UA", "713174");
    check("Al-Bab", "SY", "174018");
    check("Kiev", "UA", "703448");
    check("قندوز", "AF", "1135689");
    check("Shir Khan Bandar", "AF", "ml:1");
    check("Robotyne", "UA", "ml:3");
    check("Zamzam", "SD", "ml:4");
    check("Euphrates", "SY", "ml:100300");
    check("Euphrates", "IQ", "ml:100300");
    check("Donbas", "UA", "ml:100030");
    check("DRC", "CD", "203312");
    check("Helmand", "AF", "1140043");
}

#[test]
fn a_place_is_told_in_full() {
    let kunduz = g().place(PlaceId(1_135_689)).expect("known");
    assert_eq!(
        (kunduz.name, kunduz.country, kunduz.admin1_name, kunduz.feature),
        ("Kunduz", Some("AF"), Some("Kunduz"), "PPLA")
    );
    assert_eq!(kunduz.local_name, Some("كندز"));
    assert!((kunduz.lat - 36.72895).abs() < 1e-4 && (kunduz.lon - 68.857).abs() < 1e-4);
    assert_eq!(kunduz.admin1, Some(PlaceId(1_135_690)));
    assert_eq!(g().seat(PlaceId(1_135_690)), Some(PlaceId(1_135_689)));
    assert!(g().is_seat(PlaceId(1_135_689)) && !g().is_seat(PlaceId(1_135_690)));
    let france = g().country_place("FR").expect("known");
    assert_eq!((france.name, france.lat, france.lon), ("France", 46.0, 2.0));
    assert_eq!(g().place(PlaceId(1)), None);
}

#[test]
fn near_names_stay_in_their_country() {
    let found = g().fuzzy("Albak", &["AF"]);
    assert!(found.iter().any(|m| m.id == PlaceId(1_127_768) && m.distance <= 1.0), "{found:?}");
    assert!(found.iter().all(|m| g().countries_of(m.id).contains(&"AF")));
    assert!(g().fuzzy("Misurata", &["LY"]).iter().any(|m| m.id == g().lookup("Misrata")[0]));
}

#[test]
fn demonyms_point_to_countries() {
    for (word, country) in [
        ("Afghan", "AF"),
        ("Afghans", "AF"),
        ("Ukrainian", "UA"),
        ("Libyans", "LY"),
        ("Congolese", "CD"),
        ("Karabakhi", "AZ"),
    ] {
        let found = g().demonym(word);
        assert!(found.iter().any(|&id| g().countries_of(id).contains(&country)), "{word}: {found:?}");
    }
    assert!(g().demonym("table").is_empty());
}

#[test]
fn search_puts_the_large_places_first() {
    let found = g().search("kand", 5);
    assert_eq!(found.len(), 5);
    assert!(found.contains(&PlaceId(1_138_336)), "Kandahar: {found:?}");
    assert!(g().search("", 5).is_empty());
}

#[test]
fn the_34_capitals_of_afghanistan() {
    let capitals = g().capitals("AF");
    assert_eq!(capitals.len(), 34, "{capitals:?}");
    let provinces: BTreeSet<_> = capitals.iter().map(|&c| g().place(c).expect("known").admin1).collect();
    assert_eq!(provinces.len(), 34);
}

#[test]
fn capitals_agree_with_the_truth_table() {
    let shared = std::env::var_os("MARCHLAND_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let Ok(table) = std::fs::read_to_string(shared.join("truth/afg_capitals_2021.csv")) else {
        use std::io::Write;
        writeln!(
            std::io::stderr(),
            "skipped: capitals_agree_with_the_truth_table (no ../shared; set MARCHLAND_SHARED)"
        )
        .expect("stderr");
        return;
    };
    let capitals: BTreeSet<_> = g().capitals("AF").into_iter().collect();
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<_> = line.split(',').collect();
        // One row has no GeoNames id: the town is known under an old name there.
        let id = if cells[2].is_empty() { PlaceId(1_126_606) } else { PlaceId::parse(cells[2]).expect("id") };
        assert!(capitals.contains(&id), "{} is no capital here", cells[0]);
        assert!(g().lookup(cells[0].split(" (").next().expect("name")).contains(&id), "{} not found by name", cells[0]);
        seen += 1;
    }
    assert_eq!(seen, 34);
}

fn raw(id: &str, name: &str, names: &[&str]) -> RawPlace {
    RawPlace {
        id: id.into(),
        name: name.into(),
        country: "AF".into(),
        lat: 1.0,
        lon: 2.0,
        feature: "PPL".into(),
        names: names.iter().map(|&n| n.into()).collect(),
        ..RawPlace::default()
    }
}

#[test]
fn a_users_file_lies_over_ours() {
    let file = pack(
        vec![raw("1135689", "Kunduz City", &[]), raw("999999999", "Nowhere Castle", &["Castle of Nowhere"])],
        vec!["test".into()],
    );
    let both = Gazetteer::embedded_with(file.expect("packs")).expect("loads");
    assert_eq!(both.place(PlaceId(1_135_689)).expect("known").name, "Kunduz City");
    assert_eq!(both.lookup("castle of nowhere"), vec![PlaceId(999_999_999)]);
    assert!(both.lookup("Kunduz").contains(&PlaceId(1_135_689)));
    assert_eq!(both.place(PlaceId(1_123_004)).expect("known").name, g().place(PlaceId(1_123_004)).expect("known").name);
}

#[test]
fn damaged_files_are_refused() {
    let file = pack(vec![raw("5", "Some Town", &[])], Vec::new()).expect("packs");
    assert_eq!(Gazetteer::load(Vec::new()).err(), Some(LoadError::Magic));
    assert_eq!(Gazetteer::load(b"not a gazetteer at all".to_vec()).err(), Some(LoadError::Magic));
    for cut in [13, 100, file.len() / 2, file.len() - 1] {
        assert!(matches!(Gazetteer::load(file[..cut].to_vec()), Err(LoadError::Damaged(_))), "cut at {cut}");
    }
    assert!(Gazetteer::load(file).is_ok());
}

#[test]
fn wrong_places_are_not_packed() {
    assert!(pack(vec![raw("x", "A b", &[])], Vec::new()).is_err());
    assert!(pack(vec![raw("5", "A b", &[]), raw("5", "C d", &[])], Vec::new()).is_err());
    let off = RawPlace { lat: 91.0, ..raw("5", "A b", &[]) };
    assert!(pack(vec![off], Vec::new()).is_err());
}

/// GeoNames has two rows for some towns; every name of theirs leads to one of them.
#[test]
fn a_town_has_one_row() {
    for name in ["Zawiya", "Zawiyah", "Az Zawiyah", "Az-Zawiya"] {
        let here: Vec<_> = g()
            .lookup(name)
            .into_iter()
            .filter(|&p| g().countries_of(p).contains(&"LY") && g().place(p).is_some_and(|p| p.is_town()))
            .collect();
        assert_eq!(here, [PlaceId(2_218_970)], "{name}");
    }
    let rows = include_str!("../../../data/gazetteer/same.csv").lines().skip(1);
    for row in rows {
        let ids: Vec<PlaceId> = row.split(',').take(2).filter_map(PlaceId::parse).collect();
        let [a, b] = ids[..] else { panic!("two ids wanted: {row}") };
        let (Some(a), Some(b)) = (g().place(a), g().place(b)) else { panic!("no such place: {row}") };
        assert!(a.is_town() && b.is_town() && a.km_to(&b) < 5.0, "{row}: {} and {}", a.name, b.name);
    }
}
