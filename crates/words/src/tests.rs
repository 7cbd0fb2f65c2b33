use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;

/// Key to the names of its values.
fn catalogue(language: &Language) -> BTreeMap<String, BTreeSet<String>> {
    let source = language.source.unwrap();
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, e)| panic!("{}: {e:?}", language.tag));
    let mut out = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut names = BTreeSet::new();
        values(message.value.as_ref().unwrap(), &mut names);
        let before = out.insert(message.id.name.to_owned(), names);
        assert!(before.is_none(), "{}: {} stands twice", language.tag, message.id.name);
    }
    out
}

fn values(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => value(inline, names),
            Expression::Select { selector, variants } => {
                value(selector, names);
                variants.iter().for_each(|v| values(&v.value, names));
            }
        }
    }
}

fn value(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        names.insert(id.name.to_owned());
    }
}

#[test]
fn every_language_has_every_key_with_the_same_values() {
    let english = catalogue(&LANGUAGES[0]);
    for language in LANGUAGES.iter().filter(|l| l.source.is_some()) {
        let own = catalogue(language);
        let missing: Vec<_> = english.keys().filter(|k| !own.contains_key(*k)).collect();
        let strange: Vec<_> = own.keys().filter(|k| !english.contains_key(*k)).collect();
        assert!(
            missing.is_empty() && strange.is_empty(),
            "{}: missing {missing:?}; in no other {strange:?}",
            language.tag
        );
        for (key, names) in own {
            assert_eq!(names, english[&key], "{}: {key}", language.tag);
        }
        assert_eq!(keys(language.source.unwrap()).count(), english.len(), "{}", language.tag);
    }
}

#[test]
fn plural_forms_are_those_of_the_language() {
    let check = |tag, n: i32, words: &str| assert_eq!(say!(Tongue::find(tag).unwrap(), "count-articles", n = n), words);
    check("en", 1, "1 article");
    check("en", 12_345, "12,345 articles");
    for (n, words) in
        [(0, "لا مقالات"), (1, "مقالة واحدة"), (2, "مقالتان"), (3, "3 مقالات"), (11, "11 مقالة"), (100, "100 مقالة")]
    {
        check("ar", n, words);
    }
}

#[test]
fn a_language_is_found_by_its_tag_and_by_what_a_browser_says() {
    assert_eq!(Tongue::find("AR-eg").map(Tongue::tag), Some("ar"));
    assert_eq!(Tongue::find("tlh"), None);
    assert_eq!(Tongue::accepted("tlh, ar;q=0.5, en;q=0.4").direction(), "rtl");
    assert_eq!(Tongue::accepted(""), Tongue::ENGLISH);
    assert!(Tongue::all().all(|t| t.tag() != PSEUDO), "nobody is offered the pseudo-language");
}

#[test]
fn the_pseudo_language_brackets_what_is_in_the_catalogue() {
    let pseudo = Tongue::find(PSEUDO).unwrap();
    assert_eq!(say!(pseudo, "count-claims", n = 2), "⟦2 claims⟧");
    assert_eq!(pseudo.say("comma"), ", ");
    assert_eq!(pseudo.say("no-such-key"), "no-such-key");
}
