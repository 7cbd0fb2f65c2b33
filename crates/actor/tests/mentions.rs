//! What words mean, sentence by sentence. All sentences are our own.

use jiff::civil::Date;
use marchland_actor::{ActorMention, Context, MentionKind, Registry, find, read};
use marchland_article::{Article, Block, BlockKind, Published, Span};
use marchland_reading::Reading;
use std::sync::LazyLock;

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::embedded);

/// One paragraph a line.
fn article(text: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + line.find(trimmed).unwrap_or(0);
            blocks.push(Block { span: Span::new(start, start + trimmed.len()), kind: BlockKind::Paragraph });
        }
        at += line.len();
    }
    Article {
        id: "t".into(),
        text: text.into(),
        title: None,
        url: None,
        outlet: None,
        published: Published::Unknown,
        cuts: vec![],
        blocks,
        digest: String::new(),
        notes: vec![],
    }
}

fn mentions(text: &str, country: &str, day: &str) -> Vec<ActorMention> {
    let countries: Vec<(String, f32)> = if country.is_empty() { vec![] } else { vec![(country.into(), 1.0)] };
    let day: Option<Date> = day.parse().ok();
    find(&article(text), &Reading::default(), &REGISTRY, &Context { countries: &countries, day })
}

/// `expect`: the words of each mention with the name of the actor meant, "?" when nobody can say.
#[track_caller]
fn check(country: &str, day: &str, text: &str, expect: &[(&str, &str)]) {
    let found = mentions(text, country, day);
    let got: Vec<(&str, String)> = found
        .iter()
        .map(|m| (m.span.of(text), m.actor.as_ref().map_or("?".into(), |a| REGISTRY.name(&a.id).into_owned())))
        .collect();
    let got: Vec<(&str, &str)> = got.iter().map(|(a, b)| (*a, b.as_str())).collect();
    assert_eq!(got, expect, "\nin: {text}");
}

#[test]
fn names_in_any_spelling() {
    check(
        "AF",
        "2021-08-09",
        "The Taleban fought the ANDSF.",
        &[("Taleban", "Taliban"), ("ANDSF", "Afghan government")],
    );
    check(
        "SY",
        "2016-08-09",
        "Da’esh lost the village to the People's Protection Units.",
        &[("Da’esh", "Islamic State"), ("People's Protection Units", "YPG")],
    );
    check("LY", "2011-04-09", "Kadhafi's troops shelled the port.", &[("Kadhafi's troops", "Gaddafi forces")]);
    check(
        "SY",
        "2016-08-09",
        "Hayʼat Tahrir al-Sham and Jaish al-Fatah agreed.",
        &[("Hayʼat Tahrir al-Sham", "Hayat Tahrir al-Sham"), ("Jaish al-Fatah", "Army of Conquest")],
    );
}

#[test]
fn short_names_need_their_capitals() {
    check(
        "SY",
        "2016-08-09",
        "It is quiet; IS is gone and us too. US troops left.",
        &[("IS", "Islamic State"), ("US troops", "United States")],
    );
}

#[test]
fn one_word_means_another_party_in_another_war() {
    let text = "The insurgents took the bridge and the army withdrew.";
    check("AF", "2021-08-09", text, &[("The insurgents", "Taliban"), ("the army", "Afghan government")]);
    check("LY", "2011-04-09", text, &[("The insurgents", "Libyan rebels"), ("the army", "Gaddafi forces")]);
    check("IQ", "2015-04-09", text, &[("The insurgents", "Islamic State"), ("the army", "Iraqi government")]);
    check("SY", "2013-04-09", text, &[("The insurgents", "Syrian rebels"), ("the army", "Syrian government")]);
}

#[test]
fn the_same_country_on_another_day_is_another_war() {
    let text = "Government forces shelled the insurgents.";
    check("AF", "2021-07-01", text, &[("Government forces", "Afghan government"), ("the insurgents", "Taliban")]);
    check(
        "AF",
        "2022-07-01",
        text,
        &[("Government forces", "Taliban"), ("the insurgents", "National Resistance Front")],
    );
    check("LY", "2011-07-01", "Libyan government troops fled.", &[("Libyan government troops", "Gaddafi forces")]);
    check("LY", "2016-07-01", "Libyan government troops fled.", &[("Libyan government troops", "GNA")]);
}

#[test]
fn a_country_without_a_file_still_has_parties() {
    check(
        "TG",
        "1990-11-20",
        "Togolese rebels surrounded the market. Government troops fled.",
        &[("Togolese rebels", "Togolese rebels"), ("Government troops", "Togolese government")],
    );
    check("", "", "Honduran troops crossed a river.", &[("Honduran troops", "Honduran government")]);
    check("", "", "Guinean separatist fighters took Bata.", &[("Guinean separatist fighters", "Guinean separatists")]);
    let found = mentions("Honduran troops crossed a river.", "", "");
    assert_eq!(found[0].actor.as_ref().map(|a| a.id.as_str().to_owned()), Some("generic:hn:government".into()));
}

#[test]
fn without_any_country_a_role_stays_unknown() {
    check("", "", "The insurgents took the bridge.", &[("The insurgents", "?")]);
}

#[test]
fn compounds_hold_the_party_before_the_hyphen() {
    check("AF", "2021-08-09", "a Taliban-held town", &[("Taliban", "Taliban")]);
    check(
        "SY",
        "2013-08-09",
        "in rebel-held Homs and government-controlled Hama",
        &[("rebel", "Syrian rebels"), ("government", "Syrian government")],
    );
    check("UA", "2022-08-09", "in Russian-occupied Melitopol", &[("Russian", "Russia")]);
    check(
        "SY",
        "2019-10-12",
        "Turkish-backed rebels entered the US-built base.",
        &[("Turkish-backed rebels", "Syrian National Army")],
    );
}

#[test]
fn a_country_is_a_party_when_it_acts_and_a_place_when_it_lies() {
    check("UA", "2022-08-09", "Russia captured a village in Ukraine.", &[("Russia", "Russia")]);
    check("UA", "2022-08-09", "It happened in eastern Ukraine, near Poland.", &[]);
    check(
        "UA",
        "2022-08-09",
        "Moscow said its troops had left; a train from Moscow arrived.",
        &[("Moscow", "Russia"), ("its troops", "Russia")],
    );
    check(
        "UA",
        "2022-08-09",
        "The town is in Russian hands after a Ukrainian counterattack.",
        &[("Russian", "Russia"), ("Ukrainian", "Ukraine")],
    );
    check("UA", "2022-08-09", "He sang a Russian song about a Ukrainian village.", &[]);
}

#[test]
fn forces_that_follow_a_leader() {
    check(
        "LY",
        "2011-05-09",
        "Troops loyal to Muammar Gaddafi fired on them.",
        &[("Troops loyal to Muammar Gaddafi", "Gaddafi forces"), ("them", "Gaddafi forces")],
    );
    check(
        "SY",
        "2014-05-09",
        "Fighters from the Islamic State came.",
        &[("Fighters from the Islamic State", "Islamic State")],
    );
    check("LY", "2011-05-09", "Anti-Gaddafi fighters cheered.", &[("Anti-Gaddafi fighters", "Libyan rebels")]);
}

#[test]
fn persons_speak_for_their_party() {
    let found = mentions("Rebel spokesman Salem Fathi denied it. Fathi said the town was safe.", "LY", "2011-05-09");
    assert_eq!(found.iter().map(|m| m.kind).collect::<Vec<_>>(), [MentionKind::Person, MentionKind::Person]);
    check(
        "LY",
        "2011-05-09",
        "Rebel spokesman Salem Fathi denied it. Fathi said the town was safe.",
        &[("Rebel spokesman Salem Fathi", "Libyan rebels"), ("Fathi", "Libyan rebels")],
    );
    check(
        "AF",
        "2021-08-09",
        "An interior ministry spokesman denied it.",
        &[("interior ministry spokesman", "Afghan government")],
    );
    check(
        "AF",
        "2021-08-09",
        "Zabihullah Mujahid confirmed it; so did a spokesman for the Taliban.",
        &[("Zabihullah Mujahid", "Taliban"), ("spokesman for the Taliban", "Taliban")],
    );
}

#[test]
fn a_force_word_may_serve_two_parties() {
    check(
        "SY",
        "2019-10-12",
        "Turkish and SNA forces came; later Turkish/SDF forces left.",
        &[("Turkish", "Turkey"), ("SNA forces", "Syrian National Army"), ("Turkish", "Turkey"), ("SDF forces", "SDF")],
    );
    check("SY", "2018-02-12", "Turkish-led forces came.", &[("Turkish-led forces", "Turkey")]);
}

#[test]
fn one_side_named_gives_the_other() {
    let text = "The rebels attacked the airport. The attack of the rebels failed.";
    let article = article(text);
    let countries = [("LY".to_owned(), 1.0)];
    let actors = read(
        &article,
        &Reading::default(),
        &REGISTRY,
        &Context { countries: &countries, day: "2011-05-09".parse().ok() },
    );
    let foe = actors.opponent(&REGISTRY, &"libyan-rebels".into(), 40).expect("Libya of 2011 has two sides");
    assert_eq!(foe.id.as_str(), "gaddafi-forces");
    assert_eq!(actors.wars[0].0.id, "libya-2011");
    assert!(actors.is_third_party(&REGISTRY, &"turkey".into()) && !actors.is_third_party(&REGISTRY, &"nato".into()));
}

#[test]
fn a_role_follows_the_country_of_the_place() {
    let text = "Syrian rebels hold Homs. Libya is another matter: rebel-held Benghazi.";
    let article = article(text);
    let actors =
        read(&article, &Reading::default(), &REGISTRY, &Context { countries: &[], day: "2011-07-09".parse().ok() });
    let rebel = actors.mentions.last().expect("two mentions");
    let at = |country: &str| actors.at_place(&REGISTRY, rebel, country, None).map(|a| a.id.as_str().to_owned());
    assert_eq!(at("LY").as_deref(), Some("libyan-rebels"));
    assert_eq!(at("SY").as_deref(), Some("syrian-rebels"));
}

#[test]
fn onlookers_are_third_parties() {
    let found = mentions("Residents fled, the Syrian Observatory for Human Rights said.", "SY", "2013-08-09");
    assert!(found.iter().filter_map(|m| m.actor.as_ref()).all(|a| REGISTRY.is_third_party(&a.id)));
    assert_eq!(found.len(), 2);
}

#[test]
fn pronouns_and_the_group_mean_the_subject_before() {
    check(
        "AF",
        "2021-08-09",
        "The Taliban attacked the police. They took the market.",
        &[("Taliban", "Taliban"), ("the police", "Afghan government"), ("They", "Taliban")],
    );
    check(
        "SY",
        "2014-08-09",
        "Islamic State said it had seized the dam. The group lost its fighters.",
        &[
            ("Islamic State", "Islamic State"),
            ("it", "Islamic State"),
            ("The group", "Islamic State"),
            ("its fighters", "Islamic State"),
        ],
    );
    check(
        "LY",
        "2011-05-09",
        "\"We hold the port,\" a rebel commander said.",
        &[("We", "Libyan rebels"), ("rebel commander", "Libyan rebels")],
    );
}

#[test]
fn ambiguous_words_keep_the_others() {
    let found = mentions("Jihadists stormed the base.", "SY", "2015-05-09");
    assert!(found[0].actor.is_some());
    assert!(found[0].alternatives.len() >= 2, "{found:?}");
}

#[test]
fn one_name_may_be_another_party_across_the_border() {
    check("AF", "2009-05-09", "Taliban militants attacked.", &[("Taliban militants", "Taliban")]);
    check("PK", "2009-05-09", "Taliban militants attacked.", &[("Taliban militants", "Pakistani Taliban")]);
}

#[test]
fn kurdish_forces_are_others_elsewhere() {
    check("SY", "2016-05-09", "Kurdish forces advanced.", &[("Kurdish forces", "SDF")]);
    check("IQ", "2016-05-09", "Kurdish forces advanced.", &[("Kurdish forces", "Peshmerga")]);
}

#[test]
fn an_old_war_told_later_is_known_by_its_years() {
    check(
        "",
        "2023-06-01",
        "In April 2011 Libyan troops besieged Misrata. In May 2011 the rebels broke out.",
        &[("Libyan troops", "Gaddafi forces"), ("the rebels", "Libyan rebels")],
    );
}

#[test]
fn the_order_of_mentions_is_that_of_the_text_and_none_overlap() {
    let found = mentions("Rebels and Syrian government forces fought; the SDF watched. They left.", "SY", "2016-01-01");
    assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{found:?}");
    assert!(found.len() >= 4);
}

/// Twice the text, about twice the time; a quadratic step would show as minutes.
#[test]
fn hostile_texts_take_linear_time() {
    for unit in [
        "forces of ",
        "officer ",
        "they said the rebels ",
        "\"we\" ",
        "Syria ",
        "commander Salem Fathi, ",
        "the ",
        "Taliban official ",
        "a-",
        "U.S.",
        "'s ",
        "rebel and Syrian ",
    ] {
        let text = unit.repeat(300_000 / unit.len());
        let start = std::time::Instant::now();
        let _ = mentions(&text, "SY", "2016-01-01");
        assert!(start.elapsed().as_secs() < 60, "{unit:?} took {:?}", start.elapsed());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    #[test]
    fn no_text_panics(text in "\\PC{0,120}") {
        let _ = mentions(&text, "SY", "2016-01-01");
    }

    #[test]
    fn no_order_of_words_panics(words in proptest::collection::vec(proptest::sample::select(vec![
        "the", "rebels", "Syrian", "forces", "-", "held", "Gaddafi", "'s", "troops", "loyal to", "they", "its", "it", "captured", "\"", "we", "our", "said", ",", ".", "\n",
        "spokesman", "for", "Taliban", "anti", "Moscow", "Russia", "in", "a", "rebel", "commander", "Salem", "Fathi", "government", "-backed", "U.S.", "IS", "of", "from", "é",
    ]), 0..60), glue in proptest::sample::select(vec![" ", ""])) {
        let text = words.join(glue);
        let found = mentions(&text, "LY", "2011-05-01");
        for pair in found.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "{text}: {pair:?}");
        }
        for m in &found {
            assert!(!m.span.of(&text).is_empty());
            assert!(m.actor.iter().chain(&m.alternatives).all(|a| (0.0..=1.0).contains(&a.score)));
        }
        assert_eq!(found, mentions(&text, "LY", "2011-05-01"));
    }
}

#[test]
fn a_party_of_a_parliament_is_no_rebel() {
    check("LY", "2011-05-09", "The opposition Labour Party wants a vote on the cost.", &[]);
    check("LY", "2011-05-09", "The opposition Labour party wants a vote on the cost.", &[]);
    check("LY", "2011-05-09", "Opposition parties want a vote on the cost.", &[]);
    check("LY", "2011-05-09", "The opposition took the bridge.", &[("The opposition", "Libyan rebels")]);
    check("LY", "2011-05-09", "Opposition fighters took the bridge.", &[("Opposition fighters", "Libyan rebels")]);
}
