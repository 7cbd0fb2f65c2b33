//! Totals: "five of 34 provincial capitals", "the sixth provincial capital", "90 percent of the city".

use marchland_reading::{Dep, Pos};

use crate::{Aggregate, phrase::Phrases};

const UNITS: &[&str] = &[
    "capital",
    "district",
    "city",
    "town",
    "village",
    "province",
    "settlement",
    "neighbourhood",
    "neighborhood",
    "base",
    "checkpoint",
    "outpost",
    "community",
    "governorate",
];

const NUMBERS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

pub(crate) const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The total that the phrase of a noun states.
pub(crate) fn aggregate(phrases: &Phrases, noun: usize) -> Option<Aggregate> {
    let t = phrases.tree;
    if t.pos(noun) == Pos::Num || NUMBERS.contains(&t.word(noun).to_lowercase().as_str()) {
        // "five of the 34 provincial capitals".
        let count = number(t.word(noun))?;
        let whole = t.prep(noun, &["of"]).next()?;
        let unit = unit(phrases, whole)?;
        let of = counted(phrases, whole).filter(|&n| n >= count);
        return Some(Aggregate { count, of, unit, ordinal: false });
    }
    if matches!(t.lemma(noun).as_str(), "percent" | "%" | "cent") {
        let count = t.kids(noun).filter(|&k| t.dep(k) == Dep::Nummod).find_map(|k| number(t.word(k)))?;
        return (count <= 100).then(|| Aggregate { count, of: Some(100), unit: "percent".to_owned(), ordinal: false });
    }
    let unit = unit(phrases, noun)?;
    if let Some(count) = counted(phrases, noun) {
        return Some(Aggregate { count, of: None, unit, ordinal: false });
    }
    let ordinal = t
        .kids(noun)
        .filter(|&k| t.dep(k) == Dep::Amod)
        .find_map(|k| ORDINALS.iter().position(|o| t.word(k).eq_ignore_ascii_case(o)))?;
    Some(Aggregate { count: ordinal as u32, of: None, unit, ordinal: true })
}

fn counted(phrases: &Phrases, noun: usize) -> Option<u32> {
    let t = phrases.tree;
    t.kids(noun).filter(|&k| t.dep(k) == Dep::Nummod).find_map(|k| number(t.word(k)))
}

/// "provincial capitals", "districts": the noun with what kind of it is meant, when it is a unit of places.
fn unit(phrases: &Phrases, noun: usize) -> Option<String> {
    let t = phrases.tree;
    let lemma = t.lemma(noun);
    if !UNITS.contains(&lemma.as_str()) || phrases.index.place(noun).is_some() {
        return None;
    }
    let kind = t
        .kids(noun)
        .filter(|&k| matches!(t.dep(k), Dep::Amod | Dep::Compound))
        .map(|k| t.word(k).to_lowercase())
        .find(|w| matches!(w.as_str(), "provincial" | "district" | "regional" | "state"));
    let plural = match lemma.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{lemma}s"),
    };
    Some(kind.map_or(plural.clone(), |k| format!("{k} {plural}")))
}

/// A number in digits or in words up to twenty.
pub(crate) fn number(word: &str) -> Option<u32> {
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().or_else(|| NUMBERS.iter().position(|n| word.eq_ignore_ascii_case(n)).map(|n| n as u32))
}
