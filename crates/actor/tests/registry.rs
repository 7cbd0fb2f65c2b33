//! The registry: its files, its errors, its answers.

use jiff::civil::date;
use marchland_actor::{ActorId, ActorKind, Registry};
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/actors")
}

fn files() -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|x| x == "toml"))
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&p).unwrap()))
        .collect();
    out.sort();
    out
}

#[test]
fn every_file_is_sound() {
    let files = files();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    // Ids unique, aliases not shared within one conflict, days in order, every id known: all checked on loading.
    let registry = Registry::from_toml(&borrowed).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        registry.actors().len(),
        Registry::embedded().actors().len(),
        "a file of data/actors is not listed in embedded.rs"
    );
    assert_eq!(registry.conflicts().len(), Registry::embedded().conflicts().len());
    for conflict in registry.conflicts() {
        assert!(conflict.from.year() > 1940 && conflict.from.year() < 2100, "{}", conflict.id);
        assert!(conflict.sides.len() >= 2, "{}: a war needs two sides", conflict.id);
        for id in conflict.roles.values().chain(conflict.words.values()).flatten() {
            assert!(registry.side(id, conflict).is_some(), "{}: {id} plays a part but has no side", conflict.id);
        }
        for country in &conflict.countries {
            assert!(country.len() == 2, "{}: {country}", conflict.id);
        }
    }
    for actor in registry.actors() {
        for pair in actor.roles.windows(2) {
            assert!(pair[0].to < pair[1].from, "{}: roles overlap", actor.id);
        }
    }
}

fn with(extra: &str) -> Result<Registry, String> {
    let mut registry = Registry::embedded();
    registry.extend(&[("mine.toml", extra)]).map_err(|e| e.to_string())?;
    Ok(registry)
}

#[test]
fn a_users_file_adds_and_replaces() {
    let registry = with(
        r#"
        [[actor]]
        id = "blue-army"
        name = "Blue Army"
        kind = "rebel group"
        aliases = ["Blues"]
        [[actor]]
        id = "taliban"
        name = "Taliban movement"
        kind = "rebel group"
        [[conflict]]
        id = "blue-war"
        name = "Blue war"
        countries = ["HN"]
        from = "2020-01-01"
        [conflict.sides]
        blue = ["blue-army"]
        other = ["taliban"]
        [conflict.roles]
        rebel = ["blue-army"]
        "#,
    )
    .unwrap();
    assert_eq!(registry.name(&"blue-army".into()), "Blue Army");
    assert_eq!(registry.name(&"taliban".into()), "Taliban movement");
    assert!(registry.conflict("blue-war").is_some());
}

/// The message names the file, the key and what to do.
#[track_caller]
fn fails(extra: &str, parts: &[&str]) {
    let message = with(extra).expect_err("must fail");
    for part in parts.iter().chain(&["mine.toml", "hint:"]) {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}

#[test]
fn errors_say_which_file_which_key_and_what_to_do() {
    let actor =
        |id: &str, more: &str| format!("[[actor]]\nid = \"{id}\"\nname = \"X\"\nkind = \"rebel group\"\n{more}\n");
    fails("[[actor]]\nid = \"x\"\nname = \"X\"\nkind = \"rebels\"\n", &["cannot be read", "rebels", "rebel group"]);
    fails("[[actor]\n", &["cannot be read"]);
    fails("[[actor]]\nid = \"x\"\nnames = \"X\"\n", &["names"]);
    fails(&actor("Big Army", ""), &["Big Army", "kebab"]);
    fails(&(actor("x", "") + &actor("x", "")), &["\"x\"", "taken"]);
    fails(&actor("x", "part_of = \"nobody\""), &["part_of", "nobody"]);
    fails(&(actor("x", "part_of = \"y\"") + &actor("y", "part_of = \"x\"")), &["circle"]);
    fails(&actor("x", "wikidata = \"42\""), &["wikidata", "42"]);
    fails(
        &actor("x", "[[actor.role]]\nkind = \"civilians\"\nfrom = \"2020-02-01\"\nto = \"2020-01-01\""),
        &["role", "2020-01-01"],
    );
    fails(
        "[[conflict]]\nid = \"w\"\nname = \"W\"\ncountries = [\"HN\"]\nfrom = \"2020-01-01\"\n[conflict.sides]\na = [\"nobody\"]\n",
        &["sides.a", "nobody"],
    );
    fails(
        "[[conflict]]\nid = \"w\"\nname = \"W\"\ncountries = [\"HN\"]\nfrom = \"2020-01-01\"\nto = \"2019-01-01\"\n",
        &["before"],
    );
    fails("[[conflict]]\nid = \"w\"\nname = \"W\"\ncountries = [\"HN\"]\nfrom = \"2020-13-01\"\n", &["cannot be read"]);
    fails(
        "[[conflict]]\nid = \"w\"\nname = \"W\"\ncountries = [\"HN\"]\nfrom = \"2020-01-01\"\n[conflict.roles]\nheroes = [\"taliban\"]\n",
        &["roles.heroes", "words.toml"],
    );
    fails(
        "[country]\nHonduras = { name = \"Honduras\", adjective = \"Honduran\" }\n",
        &["Honduras", "HN".replace("HN", "TD").as_str()],
    );
    let shared = actor("x", "aliases = [\"Reds\"]")
        + &actor("y", "aliases = [\"Reds\"]")
        + "[[conflict]]\nid = \"w\"\nname = \"W\"\ncountries = [\"HN\"]\nfrom = \"2020-01-01\"\n[conflict.sides]\na = [\"x\"]\nb = [\"y\"]\n";
    fails(&shared, &["\"Reds\"", "\"w\""]);
}

#[test]
fn a_failed_file_changes_nothing() {
    let mut registry = Registry::embedded();
    let before = registry.actors().len();
    assert!(
        registry
            .extend(&[(
                "mine.toml",
                "[[actor]]\nid = \"n\"\nname = \"N\"\nkind = \"civilians\"\npart_of = \"nobody\"\n"
            )])
            .is_err()
    );
    assert_eq!(registry.actors().len(), before);
    assert!(registry.actor(&"n".into()).is_none());
}

#[test]
fn roles_hold_from_day_to_day() {
    let registry = Registry::embedded();
    let taliban = ActorId::from("taliban");
    let check = |day, kind| assert_eq!(registry.kind_on(&taliban, Some(day)), Some(kind), "{day}");
    check(date(2000, 1, 1), ActorKind::StateForces);
    check(date(2021, 8, 15), ActorKind::RebelGroup);
    check(date(2021, 8, 16), ActorKind::StateForces);
    assert_eq!(registry.kind_on(&"generic:td:rebels".into(), None), Some(ActorKind::RebelGroup));
    assert_eq!(registry.kind_on(&"nobody".into(), None), None);
}

#[test]
fn who_stands_with_whom() {
    let registry = Registry::embedded();
    let same = |a: &str, b: &str, day| registry.same_side(&a.into(), &b.into(), Some(day));
    assert!(same("ypg", "sdf", date(2016, 1, 1)));
    assert!(same("dpr", "russia", date(2022, 5, 1)));
    assert!(same("taliban", "taliban", date(2022, 5, 1)));
    assert!(!same("taliban", "afghan-government", date(2021, 5, 1)));
    assert!(!same("ukraine", "wagner", date(2023, 1, 1)));
    assert!(same("nato", "libyan-rebels", date(2011, 5, 1)));
    let libya = registry.conflict("libya-2011").unwrap();
    assert_eq!(registry.opponents(&"libyan-rebels".into(), libya).first().map(ActorId::as_str), Some("gaddafi-forces"));
    assert_eq!(registry.opponents(&"gaddafi-forces".into(), libya).first().map(ActorId::as_str), Some("libyan-rebels"));
    assert_eq!(registry.parent(&"ypg".into()).map(ActorId::as_str), Some("sdf"));
    assert!(registry.is_third_party(&"sohr".into()));
    assert!(!registry.is_third_party(&"sdf".into()));
}

#[test]
fn generic_ids_have_names() {
    let registry = Registry::embedded();
    assert_eq!(registry.name(&"generic:td:rebels".into()), "Chadian rebels");
    assert_eq!(registry.name(&"generic:hn:government".into()), "Honduran government");
    assert_eq!(registry.name(&"generic:zz:rebels".into()), "generic:zz:rebels");
}
