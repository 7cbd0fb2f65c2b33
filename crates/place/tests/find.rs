//! Place names in sentences of our own, with a full reading and with tokens only.

use marchland_article::{Article, Block, BlockKind, Head, Span};
use marchland_place::{Gazetteer, Options, Precision, Toponym, ToponymKind, document_countries, explain, find};
use marchland_reading::{Model, ReadOptions, Reading};

fn article(text: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    Article::new(Head::named("test"), text.to_owned(), Vec::new(), blocks, Vec::new())
}

fn read(text: &str) -> (Article, Reading) {
    let article = article(text);
    let reading = Model::embedded().read(&article, &ReadOptions::default());
    (article, reading)
}

fn places(text: &str) -> (Article, Vec<Toponym>) {
    let (article, reading) = read(text);
    let found = find(&article, &reading, Gazetteer::embedded(), &Options::default());
    (article, found)
}

/// Each "words = id" must be found so, in this order among all that is found; `absent`: words that must not be.
fn check(text: &str, want: &[(&str, &str)], absent: &[&str]) {
    let (article, found) = places(text);
    let got: Vec<(&str, String)> =
        found.iter().map(|t| (t.span.of(&article.text), t.place.map_or("?".into(), |p| p.id.to_string()))).collect();
    let mut at = 0;
    for (words, id) in want {
        let next = got[at..].iter().position(|(w, i)| w == words && i == id);
        at += next.unwrap_or_else(|| panic!("{words} = {id} not found (in order) in {got:?}")) + 1;
    }
    for words in absent {
        assert!(got.iter().all(|(w, _)| w != words), "{words} is no place here: {got:?}");
    }
}

#[test]
fn town_and_province_are_told_apart() {
    check(
        "Insurgents captured Kunduz, a provincial capital in northern Afghanistan.",
        &[("Kunduz", "1135689"), ("Afghanistan", "1149361")],
        &[],
    );
    check("The army withdrew from Kunduz province in northern Afghanistan.", &[("Kunduz", "1135690")], &[]);
    check(
        "After Kunduz, Sar-e-Pul also fell to the insurgents in Afghanistan.",
        &[("Kunduz", "1135689"), ("Sar-e-Pul", "1127110")],
        &[],
    );
}

#[test]
fn a_wrong_statement_keeps_the_place() {
    check(
        "They hold the Shir Khan Bandar crossing in southern Tajikistan.",
        &[("Shir Khan Bandar", "ml:1"), ("Tajikistan", "1220409")],
        &[],
    );
}

#[test]
fn governments_persons_and_peoples_are_no_places() {
    check(
        "Afghan forces left Kunduz. Kabul denied the report, Commander Nicole Ferrara said.",
        &[("Kunduz", "1135689")],
        &["Afghan", "Kabul", "Ferrara", "Nicole"],
    );
    check("The Kabul-based analyst spoke of Afghanistan.", &[("Kabul", "1138958")], &[]);
}

#[test]
fn distances_make_a_place_near() {
    let (article, found) = places("Rebels in Libya stopped 40 km west of Sirte.");
    let sirte = found.iter().find(|t| t.span.of(&article.text) == "Sirte").expect("found");
    assert_eq!(sirte.precision, Precision::Near);
    let offset = sirte.offset.expect("said");
    assert_eq!((offset.km, offset.bearing), (Some(40.0), Some(270.0)));
    let (lat, lon) = sirte.point(Gazetteer::embedded()).expect("a point");
    assert!((lat - 31.2).abs() < 0.05 && (lon - 16.17).abs() < 0.05, "{lat} {lon}");
}

#[test]
fn parts_are_kept() {
    for (text, place, part) in [
        ("The rebels in Syria hold the eastern districts of Aleppo.", "Aleppo", "eastern districts"),
        ("Government troops in Afghanistan still hold Kunduz airport.", "Kunduz", "airport"),
        ("Fighting goes on at Kandahar's main prison in Afghanistan.", "Kandahar", "main prison"),
    ] {
        let (article, found) = places(text);
        let t = found.iter().find(|t| t.span.of(&article.text) == place).unwrap_or_else(|| panic!("{place} in {text}"));
        assert_eq!(t.part.as_ref().map(|p| p.name.as_str()), Some(part), "{text}");
    }
}

#[test]
fn words_stand_for_places_named_before() {
    let (article, found) = places(
        "The insurgents took Kunduz in northern Afghanistan. The city had been under siege, a resident there said.",
    );
    let references: Vec<_> = found.iter().filter(|t| t.kind == ToponymKind::Reference).collect();
    assert_eq!(references.iter().map(|t| t.span.of(&article.text)).collect::<Vec<_>>(), ["The city", "there"]);
    assert!(references.iter().all(|t| t.place.expect("known").id.to_string() == "1135689"));
}

#[test]
fn a_misspelling_is_found_in_the_documents_country() {
    let (article, found) = places(
        "The Taliban have conquered the sixth provincial capital, Albak in northern Afghanistan. Kunduz fell before, as did Taloqan.",
    );
    let aybak = found.iter().find(|t| t.span.of(&article.text) == "Albak").expect("found");
    assert_eq!(aybak.kind, ToponymKind::Fuzzy);
    assert_eq!(aybak.place.expect("known").id.to_string(), "1127768");
}

#[test]
fn tokens_alone_are_enough_for_plain_cases() {
    let article = article("Rebels entered Misrata in western Libya on Sunday.");
    let reading = Reading::shallow(&article);
    let found = find(&article, &reading, Gazetteer::embedded(), &Options::default());
    let names: Vec<_> = found.iter().map(|t| t.span.of(&article.text)).collect();
    assert_eq!(names, ["Misrata", "Libya"]);
}

#[test]
fn the_countries_of_a_document_are_ranked() {
    let (article, reading) =
        read("Ukrainian troops left Avdiivka. Russian forces entered the Ukrainian town near Donetsk.");
    let found = find(&article, &reading, Gazetteer::embedded(), &Options::default());
    let countries = document_countries(&article, &reading, Gazetteer::embedded(), &found);
    assert_eq!(countries[0].0, "UA", "{countries:?}");
    assert!((countries.iter().map(|c| c.1).sum::<f32>() - 1.0).abs() < 1e-3);
}

#[test]
fn every_place_can_be_explained() {
    let (article, reading) = read("The army withdrew from Kunduz province in northern Afghanistan.");
    let why = explain(&article, &reading, Gazetteer::embedded(), &Options::default());
    let kunduz = why.iter().find(|e| e.span.of(&article.text) == "Kunduz").expect("explained");
    assert_eq!(kunduz.candidates[0].id.to_string(), "1135690");
    assert!(
        kunduz.candidates[0].reasons.iter().any(|r| r.feature == "says_division_is_first" && r.adds > 0.0),
        "{kunduz:?}"
    );
    assert!(!kunduz.reasons.is_empty());
}

#[test]
fn hostile_texts_do_no_harm() {
    for text in [
        "",
        " ",
        "\u{0}\u{0}",
        "Al-",
        "al-al-al-Al",
        "U.S.U.S.U.S.",
        "The the THE",
        ", , ,",
        "’s",
        "Ａｌｅｐｐｏ حلب Київ",
        &"Kunduz ".repeat(3000),
        &"A-".repeat(4000),
        &"km of ".repeat(2000),
    ] {
        let article = article(text);
        let reading = Reading::shallow(&article);
        let found = find(
            &article,
            &reading,
            Gazetteer::embedded(),
            &Options { demonyms: true, governments: true, references: true, floor: 0.01 },
        );
        for t in &found {
            assert!(text.get(t.span.start as usize..t.span.end as usize).is_some_and(|s| !s.is_empty()));
        }
    }
}

#[test]
fn the_same_bytes_give_the_same_places() {
    let text =
        "Rebels entered Brega, Misrata and Zawiya in Libya; the city of Springfield was quiet, as was Alexandria, Va.";
    let first = places(text).1;
    for _ in 0..3 {
        assert_eq!(places(text).1, first);
    }
}

/// The last reference of a text stands for this place.
fn check_reference(text: &str, words: &str, id: &str) {
    let (article, found) = places(text);
    let last = found.iter().rfind(|t| t.kind == ToponymKind::Reference).expect("a reference");
    assert_eq!(
        (last.span.of(&article.text), last.place.map(|p| p.id.to_string())),
        (words, Some(id.to_owned())),
        "{text}"
    );
}

#[test]
fn the_end_of_a_way_is_not_where_the_story_is() {
    let text = "Ghazni in Afghanistan fell on Thursday, an officer said.\nThe officer said that the governor drove away under a deal. He was arrested on his way to Kabul.\nThe fighters hold the whole city except a base.";
    check_reference(text, "the whole city", "1141269");
}

#[test]
fn words_that_stand_for_a_town_begin_with_their_own_article() {
    check_reference(
        "The Taliban have taken Pul-e Alam, Afghanistan. By evening the fighters held the whole town.",
        "the whole town",
        "1130497",
    );
}
