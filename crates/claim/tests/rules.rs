//! Every sentence of every rule file, through the whole way from text to claims.

use marchland_actor::{Context, Registry};
use marchland_article::{Article, Head};
use marchland_claim::{Coded, Known, Mentions, Resources, Rules, code};
use marchland_place::Gazetteer;
use marchland_reading::Model;

fn analyse(rules: &Rules, registry: &Registry, text: &str) -> (Article, Coded) {
    let gazetteer = Gazetteer::embedded();
    let article = Article::plain(Head::named("rule"), text.to_owned());
    let reading = Model::embedded().read(&article, &Default::default());
    let places = marchland_place::find(&article, &reading, gazetteer, &Default::default());
    let times = marchland_time::find(&article, &reading);
    let countries = marchland_place::document_countries(&article, &reading, gazetteer, &places);
    let actors = marchland_actor::find(
        &article,
        &reading,
        registry,
        &Context { countries: &countries, day: article.published.day() },
    );
    let facts = Known { gazetteer, registry };
    let coded = code(
        &article,
        &reading,
        &Mentions { places: &places, times: &times, actors: &actors },
        &Resources { rules, facts: &facts },
    );
    (article, coded)
}

#[test]
fn every_rule_does_what_its_file_says() {
    let rules = Rules::embedded();
    let registry = Registry::embedded();
    let (tried, failures) = rules.test(|text| analyse(&rules, &registry, text));
    assert!(tried > 40, "only {tried} sentences");
    let list: Vec<String> = failures.iter().map(|f| format!("rule {}: {:?}\n    {}", f.rule, f.text, f.why)).collect();
    assert!(failures.is_empty(), "{} of {tried} sentences:\n{}", failures.len(), list.join("\n"));
}

#[test]
fn the_same_text_gives_the_same_claims() {
    let rules = Rules::embedded();
    let registry = Registry::embedded();
    let text = "The Taliban captured Kunduz and Zaranj on Friday, officials said. The army denied the claim.";
    let first = analyse(&rules, &registry, text).1;
    assert!(first.claims.len() >= 2);
    assert_eq!(first, analyse(&rules, &registry, text).1);
}

/// ACLED's words for the changes of hands that a text tells, in the order of the text.
fn check_types(text: &str, want: &[&str]) {
    let coded = analyse(&Rules::embedded(), &Registry::embedded(), text).1;
    let got: Vec<&str> = coded.claims.iter().filter_map(|c| Some(c.event.as_ref()?.sub_event_type.as_str())).collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn a_militia_beside_its_government_regains_for_it() {
    check_types("The Hashd al-Shaabi captured Tal Afar in Iraq.", &["Government regains territory"]);
    check_types("Islamic State fighters captured Tal Afar in Iraq.", &["Non-state actor overtakes territory"]);
    check_types("Militants backed by Ankara took control of Korni.", &["Non-state actor overtakes territory"]);
    check_types("Syrian rebels backed by Turkey captured Jarabulus.", &["Non-state actor overtakes territory"]);
}
