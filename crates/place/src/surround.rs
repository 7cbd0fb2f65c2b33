//! The words around a place name that change what it means: a part of the place, near it, at a distance from it, or the
//! government that sits there.

use marchland_reading::Dep;

use crate::cues::cues;
use crate::doc::Doc;
use crate::{Offset, Part};

/// What the surrounding words add.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Surround {
    pub(crate) part: Option<Part>,
    pub(crate) near: bool,
    pub(crate) offset: Option<Offset>,
}

/// Looks around the name in the tokens `first..last`.
pub(crate) fn surround(doc: &Doc<'_>, first: usize, last: usize) -> Surround {
    let part = part_after(doc, last).or_else(|| part_before(doc, first));
    let (near, offset) = near(doc, first);
    let outskirts = part
        .as_ref()
        .is_some_and(|p| p.name.ends_with("outskirts") || p.name.ends_with("edge") || p.name.ends_with("gates"));
    Surround { part, near: near || outskirts, offset }
}

/// "Kunduz airport", "Kunduz's main prison", "Aleppo's eastern districts".
fn part_after(doc: &Doc<'_>, last: usize) -> Option<Part> {
    let possessive = matches!(doc.after(last, 0), "'s" | "’s" | "'" | "’");
    let from = last + usize::from(possessive);
    for len in 1..=3 {
        let word = doc.after(from, len - 1);
        if word.is_empty() || !word.chars().all(|c| c.is_alphabetic() || c == '-') {
            return None;
        }
        if cues().part.contains(word) {
            // "Kunduz district" is a division, "Aleppo's eastern districts" are parts.
            let division = matches!(
                word,
                "district"
                    | "districts"
                    | "side"
                    | "half"
                    | "part"
                    | "parts"
                    | "bank"
                    | "camp"
                    | "suburb"
                    | "crossing"
                    | "edge"
                    | "base"
                    | "port"
                    | "station"
                    | "market"
                    | "plant"
            ) && !possessive
                && len == 1;
            if division && word != "suburbs" {
                return None;
            }
            // "Damascus, the airport" or a new clause is not reached: only plain words stand between.
            let span = doc.span(from, from + len);
            return Some(Part { span, name: span.of(doc.text).to_lowercase() });
        }
        // Words that may stand between: adjectives and directions, not verbs or prepositions.
        let between = cues().direction.contains(word)
            || matches!(
                word,
                "international"
                    | "main"
                    | "central"
                    | "military"
                    | "civilian"
                    | "old"
                    | "city"
                    | "oil"
                    | "steel"
                    | "power"
                    | "nuclear"
                    | "air"
                    | "strategic"
                    | "thermal"
                    | "state"
                    | "industrial"
                    | "historic"
                    | "walled"
                    | "provincial"
                    | "southernmost"
                    | "diplomatic"
                    | "green"
                    | "inner"
                    | "outer"
            );
        if !between {
            return None;
        }
    }
    None
}

/// "the airport of Kunduz", "eastern districts of Aleppo", "the outskirts of Tripoli", "eastern Aleppo".
fn part_before(doc: &Doc<'_>, first: usize) -> Option<Part> {
    let prev = doc.before(first, 1);
    if cues().direction.contains(prev) && prev != "upper" && prev != "lower" {
        // "central and northern Syria", "the north of Syria" below.
        let span = doc.span(first - 1, first);
        return Some(Part { span, name: prev.to_owned() });
    }
    if prev == "-" && first >= 3 {
        let word = doc.span(first - 3, first);
        let joined = word.of(doc.text).to_lowercase();
        if cues().direction.contains(joined.as_str()) {
            return Some(Part { span: word, name: joined });
        }
    }
    let of = match prev {
        "of" => first - 1,
        "the" if doc.before(first, 2) == "of" => first - 2,
        "city" | "town" if doc.before(first, 2) == "the" && doc.before(first, 3) == "of" => first - 3,
        _ => return None,
    };
    // "the city of X" went through "of" too: the word before must be a part.
    let word = doc.before(of, 1);
    let compass =
        matches!(word, "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest");
    if compass
        && doc.before(of, 2) == "the"
        && !cues().units.contains_key(doc.before(of, 4))
        && doc.before(of, 3) != "to"
    {
        let span = doc.span(of - 1, of);
        return Some(Part { span, name: word.to_owned() });
    }
    if !cues().part.contains(word) || matches!(word, "district" | "port" | "side" | "camp") {
        return None;
    }
    let mut from = of - 1;
    while of - from < 4 {
        let w = doc.before(from, 1);
        let adjective = cues().direction.contains(w)
            || matches!(
                w,
                "main"
                    | "international"
                    | "central"
                    | "old"
                    | "large"
                    | "some"
                    | "most"
                    | "several"
                    | "key"
                    | "military"
                    | "other"
                    | "few"
                    | "many"
                    | "civilian"
                    | "city"
                    | "immediate"
                    | "key-"
            );
        if w.is_empty() || !adjective {
            break;
        }
        from -= 1;
    }
    let span = doc.span(from, of);
    Some(Part { span, name: span.of(doc.text).to_lowercase() })
}

/// "near Sirte", "40 km (25 miles) to the west of Sirte", "just outside Homs".
fn near(doc: &Doc<'_>, first: usize) -> (bool, Option<Offset>) {
    let mut back = 1;
    let word = |back: usize| doc.before(first, back);
    // "the city of Sirte", "the town of": step over.
    if word(1) == "of" && cues().settlement.contains(word(2)) {
        back = 3;
        if word(back) == "the" {
            back += 1;
        }
    } else if word(1) == "the" {
        back = 2;
    }
    let direct = cues().near.contains(word(back));
    if word(back) == "to" && word(back + 1) == "close" {
        return (true, distance(doc, first, back + 2));
    }
    if direct {
        let offset = distance(doc, first, back + 1);
        return (true, offset);
    }
    if !matches!(word(back), "of" | "from") {
        return (false, None);
    }
    back += 1;
    let mut bearing = None;
    for len in [3usize, 1] {
        let joined: String = (0..len).rev().map(|i| word(back + i)).collect();
        if let Some(&b) = cues().bearings.get(joined.as_str()) {
            bearing = Some(b);
            back += len;
            break;
        }
    }
    if bearing.is_some() {
        let the = word(back) == "the";
        if the && word(back + 1) == "to" {
            back += 2;
        } else if the {
            // "the north of Syria" is a part of it.
            return (false, None);
        }
        if matches!(word(back), "due" | "just") {
            back += 1;
        }
    } else if word(back) == "away" {
        back += 1;
    }
    let km = distance(doc, first, back).and_then(|o| o.km);
    if bearing.is_none() && km.is_none() {
        return (false, None);
    }
    (true, Some(Offset { km, bearing }))
}

/// A number with a unit that ends so many tokens before the name.
fn distance(doc: &Doc<'_>, first: usize, mut back: usize) -> Option<Offset> {
    let word = |back: usize| doc.before(first, back);
    // Skip "(25 miles)".
    if word(back) == ")" {
        while back < 12 && word(back) != "(" && !word(back).is_empty() {
            back += 1;
        }
        back += 1;
    }
    let scale = cues().units.get(word(back))?;
    let mut number = word(back + 1);
    if number == "-" {
        number = word(back + 2);
    }
    let value: f32 = match number.replace(',', "").parse() {
        Ok(v) => v,
        Err(_) => f32::from(spelled(number)?),
    };
    (value.is_finite() && value > 0.0 && value < 3_000.0).then_some(Offset { km: Some(value * scale), bearing: None })
}

fn spelled(word: &str) -> Option<u8> {
    Some(match word {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "twelve" => 12,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        _ => return None,
    })
}

/// True when a capital stands for its government: "Kabul said", "Damascus has denied".
pub(crate) fn speaks(doc: &Doc<'_>, first: usize, last: usize) -> bool {
    let next = doc.after(last, 0);
    let told = cues().saying.contains(next)
        || (matches!(next, "has" | "had" | "also" | "later" | "immediately" | "repeatedly" | "officially" | "never")
            && cues().saying.contains(doc.after(last, 1)));
    // "a resident of Kabul said", "officials in Kabul said": the city.
    told && !matches!(
        doc.before(first, 1),
        "in" | "of"
            | "from"
            | "near"
            | "at"
            | "for"
            | "outside"
            | "around"
            | "to"
            | "-"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "and"
    )
}

/// True when the name before a token stands for people and things of a country: "US forces", "UK-led".
pub(crate) fn modifies(doc: &Doc<'_>, last: usize) -> bool {
    let next = doc.after(last, 0);
    if next == "-" && doc.glued(last - 1) {
        return true;
    }
    let word = next.chars().next().is_some_and(char::is_alphabetic) && doc.joined(last - 1);
    if doc.deep(last - 1) {
        return word
            && matches!(doc.reading.tokens[last - 1].dep, Dep::Compound | Dep::Amod | Dep::Nmod)
            && doc.reading.tokens[last - 1].head as usize >= last;
    }
    word && !matches!(
        next,
        "and"
            | "or"
            | "but"
            | "in"
            | "on"
            | "at"
            | "to"
            | "from"
            | "for"
            | "of"
            | "by"
            | "with"
            | "as"
            | "is"
            | "was"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "who"
            | "that"
            | "which"
            | "after"
            | "before"
            | "when"
            | "while"
            | "because"
            | "since"
            | "during"
            | "said"
            | "says"
            | "also"
            | "could"
            | "can"
            | "may"
            | "should"
            | "must"
            | "does"
            | "did"
            | "do"
            | "not"
            | "where"
            | "than"
            | "if"
    )
}
