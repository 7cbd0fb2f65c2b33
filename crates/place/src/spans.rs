//! Spans of an article that may name a place: names of the gazetteer, abbreviations, names of the language model, and
//! capitalised words that stand where places stand.

use marchland_article::Span;
use marchland_reading::NameLabel;

use crate::cues::{Where, abbreviations, cues};
use crate::doc::Doc;
use crate::gazetteer::{Gazetteer, Slot};
use crate::{PlaceId, fold};

/// Why a span is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The gazetteer has its name.
    Gazetteer,
    /// A known abbreviation.
    Abbreviation,
    /// The language model calls it a place; the gazetteer does not know it.
    Named,
    /// It stands where a place stands; the gazetteer does not know it.
    Run,
}

/// A span that may name a place.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) span: Span,
    pub(crate) key: String,
    pub(crate) source: Source,
    pub(crate) slots: Vec<Slot>,
}

/// A word for people or things of a country, where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Demonym<'g> {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) span: Span,
    pub(crate) places: &'g [PlaceId],
}

/// Longest name of the gazetteer that is looked for, in tokens; a hyphen is a token.
const LONGEST: usize = 8;

/// All spans that may name a place, and all demonyms, in the order of the text.
pub(crate) fn collect<'g>(doc: &Doc<'_>, gazetteer: &'g Gazetteer) -> (Vec<Spot>, Vec<Demonym<'g>>) {
    let mut spots = Vec::new();
    let mut demonyms = Vec::new();
    for sentence in &doc.reading.sentences {
        let end = sentence.last as usize;
        // Only what stands in this sentence can overlap with what is found in it: a long document stays linear.
        let (said, peoples) = (spots.len(), demonyms.len());
        for first in sentence.first as usize..end {
            if let Some(d) = demonym_at(doc, gazetteer, first, end) {
                demonyms.push(d);
            }
            if starts(doc, first) {
                names_at(doc, gazetteer, first, end, &mut spots);
            }
            abbreviation_at(doc, gazetteer, first, &mut spots);
        }
        let mut here = spots.split_off(said);
        let peoples = &demonyms[peoples..];
        runs(doc, sentence.first as usize, end, &mut here, peoples);
        // A word for people is not the village of the same name ("Germans", "Karen").
        here.retain(|s| {
            !peoples.iter().any(|d| d.first <= s.first && s.last <= d.last && !is_country_name(gazetteer, s))
        });
        spots.append(&mut here);
    }
    spots.sort_by_key(|s| (s.first, s.last));
    spots.dedup_by(|b, a| a.first == b.first && a.last == b.last && a.span == b.span);
    (spots, demonyms)
}

fn is_country_name(gazetteer: &Gazetteer, spot: &Spot) -> bool {
    spot.slots.iter().any(|&s| gazetteer.feature(s) == "PCLI")
}

/// True for a token that a name can begin with: a capital, or a small Arabic article before one.
fn starts(doc: &Doc<'_>, token: usize) -> bool {
    if doc.capital(token) {
        return true;
    }
    matches!(doc.word(token), "al" | "el" | "ar" | "as" | "ash" | "an" | "at" | "az" | "ad")
        && doc.glued(token)
        && doc.word(token + 1) == "-"
        && doc.capital(token + 2)
}

/// True for a token that may stand inside a name.
fn inside(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '\'' | '’' | '‘' | '`' | '.' | '&' | '/' | 'ʻ' | 'ʼ'))
        && !matches!(word, "." | "'s" | "’s" | "'" | "’")
}

fn names_at(doc: &Doc<'_>, gazetteer: &Gazetteer, first: usize, end: usize, out: &mut Vec<Spot>) {
    let mut found = false;
    let mut longest = first;
    for last in first + 1..=end.min(first + LONGEST) {
        let tail = last - 1;
        if !inside(doc.word(tail)) || (tail > first && !doc.joined(tail - 1)) {
            break;
        }
        // A name ends in a capital or a number, or in a small word tied on by a hyphen ("Sar-e-pul").
        let tied = tail > first && matches!(doc.word(tail - 1), "-" | "–") && doc.glued(tail - 1);
        let closed = doc.word(tail).chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            || (tied && !doc.word(tail).is_empty());
        if !closed
            || (last < end
                && matches!(doc.word(last), "-")
                && doc.glued(tail)
                && last + 1 < end
                && tied
                && !doc.capital(tail))
        {
            continue;
        }
        longest = last;
        found |= push_known(doc, gazetteer, first, last, out);
    }
    if !found && longest > first && doc.lower(first) != "the" {
        // Other spellings of the article, of "saint" and the like, for the longest run only.
        let span = doc.span(first, longest);
        let key = fold(span.of(doc.text));
        let slots = if cues().never.contains(&key) { Vec::new() } else { gazetteer.find(&key) };
        if !slots.is_empty() {
            out.push(Spot { first, last: longest, span, key, source: Source::Gazetteer, slots });
        }
    }
}

fn push_known(doc: &Doc<'_>, gazetteer: &Gazetteer, first: usize, last: usize, out: &mut Vec<Spot>) -> bool {
    let span = doc.span(first, last);
    let key = fold(span.of(doc.text));
    if key.len() < 2 || cues().never.contains(&key) {
        return false;
    }
    let slots = gazetteer.find_exact(&key);
    if slots.is_empty() {
        return false;
    }
    // "Kunduz Airport" is a part of Kunduz, as "Kunduz airport" is; "Camp Bastion Airport" is itself.
    if last - first >= 2 && matches!(doc.word(last - 1), "Airport" | "Airfield" | "Airbase") {
        let end = if doc.word(last - 2) == "International" { last - 2 } else { last - 1 };
        let town = end > first
            && gazetteer
                .find_exact(&fold(doc.span(first, end).of(doc.text)))
                .iter()
                .any(|&s| gazetteer.feature(s).starts_with("PPL"));
        if town {
            return false;
        }
    }
    // "The Gambia": the name is "Gambia", but "The Hague" keeps its article.
    if last - first >= 2 && doc.lower(first) == "the" {
        let rest = gazetteer.find_exact(&fold(doc.span(first + 1, last).of(doc.text)));
        if rest.iter().any(|s| slots.contains(s)) {
            return false;
        }
    }
    // "Kunduz Province": the name is "Kunduz", when that is one.
    let trim = last - first >= 2 && cues().trimmed.contains(doc.word(last - 1)) && doc.word(last - 1) != "City";
    if trim {
        let shorter = fold(doc.span(first, last - 1).of(doc.text));
        let divisions: Vec<_> = gazetteer.find_exact(&shorter).into_iter().filter(|s| slots.contains(s)).collect();
        if !divisions.is_empty() && !cues().direction.contains(&shorter) {
            return false;
        }
    }
    out.push(Spot { first, last, span, key, source: Source::Gazetteer, slots });
    true
}

fn abbreviation_at(doc: &Doc<'_>, gazetteer: &Gazetteer, first: usize, out: &mut Vec<Spot>) {
    if !doc.capital(first) {
        return;
    }
    let start = doc.span(first, first + 1).start as usize;
    for a in abbreviations(doc.word(first)) {
        let whole = doc.text.get(start..).is_some_and(|t| t.starts_with(a.text))
            && !doc.text[start + a.text.len()..].starts_with(|c: char| c.is_alphanumeric());
        let comma = first >= 2 && doc.word(first - 1) == "," && doc.capital(first - 2);
        if !whole || (a.place == Where::AfterComma && !comma) {
            continue;
        }
        if let Some(slot) = gazetteer.slot(a.id) {
            let span = Span::new(start, start + a.text.len());
            let last = doc.reading.tokens_in(span).end.max(first + 1);
            out.push(Spot { first, last, span, key: fold(a.text), source: Source::Abbreviation, slots: vec![slot] });
            return;
        }
    }
}

/// A demonym that begins at a token: one or two words.
fn demonym_at<'g>(doc: &Doc<'_>, gazetteer: &'g Gazetteer, first: usize, end: usize) -> Option<Demonym<'g>> {
    if !doc.capital(first) {
        return None;
    }
    for last in [first + 2, first + 1] {
        if last > end
            || (last == first + 2
                && !(doc.joined(first) && doc.word(first + 1).chars().next().is_some_and(char::is_alphabetic)))
        {
            continue;
        }
        let span = doc.span(first, last);
        let places = gazetteer.demonym(span.of(doc.text));
        if !places.is_empty() {
            return Some(Demonym { first, last, span, places });
        }
    }
    None
}

/// Capitalised runs that no gazetteer name covers: names of the language model that are places, and words after "in".
fn runs(doc: &Doc<'_>, from: usize, end: usize, out: &mut Vec<Spot>, demonyms: &[Demonym<'_>]) {
    let mut at = from;
    while at < end {
        if let Some(name) = doc.name(at) {
            let (mut first, mut last) = (name.first as usize, (name.last as usize).min(end));
            at = last.max(at + 1);
            let called = matches!(name.label, NameLabel::Gpe | NameLabel::Loc | NameLabel::Fac);
            // A name that the model takes for another kind of thing, where only places stand: "the capital, Albak in ...".
            let placed = matches!(
                name.label,
                NameLabel::Person
                    | NameLabel::Org
                    | NameLabel::Product
                    | NameLabel::Norp
                    | NameLabel::WorkOfArt
                    | NameLabel::Event
            ) && last - first <= 3
                && (stands_as_place(doc, first) || doc.after(last, 0) == "in");
            if !called && !placed {
                continue;
            }
            while first < last && matches!(doc.lower(first), "the" | "a" | "an") {
                first += 1;
            }
            while first < last
                && matches!(
                    doc.lower(last - 1),
                    "'s" | "’s" | "." | "," | "the" | "province" | "district" | "city" | "region" | "county"
                )
            {
                last -= 1;
            }
            if first < last
                && !out.iter().any(|s| s.first == first && s.last == last)
                && !demonyms.iter().any(|d| d.first == first && d.last == last)
            {
                let span = doc.span(first, last);
                let key = fold(span.of(doc.text));
                if !cues().never.contains(&key)
                    && (called || (key.len() >= 4 && !out.iter().any(|s| s.first < last && first < s.last)))
                {
                    out.push(Spot {
                        first,
                        last,
                        span,
                        key,
                        source: if called { Source::Named } else { Source::Run },
                        slots: Vec::new(),
                    });
                }
            }
            continue;
        }
        if !starts(doc, at) {
            at += 1;
            continue;
        }
        let first = at;
        while at < end
            && (doc.capital(at) || (inside(doc.word(at)) && at > first && (doc.glued(at - 1) || starts(doc, at))))
            && doc.name(at).is_none()
        {
            at += 1;
            if !doc.joined(at - 1) {
                break;
            }
        }
        at = at.max(first + 1);
        let placed = stands_as_place(doc, first);
        if placed
            && at - first <= 6
            && !out.iter().any(|s| s.first < at && first < s.last)
            && !demonyms.iter().any(|d| d.first < at && first < d.last)
        {
            let span = doc.span(first, at);
            let key = fold(span.of(doc.text));
            if key.len() >= 4 && !cues().never.contains(&key) {
                out.push(Spot { first, last: at, span, key, source: Source::Run, slots: Vec::new() });
            }
        }
    }
}

/// True when the words before a token are such as stand before places: prepositions, "the town of", verbs of taking, lists.
fn stands_as_place(doc: &Doc<'_>, first: usize) -> bool {
    let before = doc.before(first, 1);
    let settlement = |word: &str| cues().settlement.contains(word) || cues().division.contains(word);
    matches!(
        before,
        "in" | "at" | "near" | "from" | "to" | "into" | "outside" | "around" | "towards" | "toward" | "and" | "between"
    ) || matches!(
        before,
        "capture"
            | "captured"
            | "seized"
            | "seize"
            | "took"
            | "take"
            | "taken"
            | "taking"
            | "retook"
            | "retaken"
            | "retake"
            | "entered"
            | "recaptured"
            | "recapture"
            | "conquered"
            | "overran"
            | "stormed"
            | "besieged"
            | "shelled"
            | "fell"
            | "lost"
            | "hold"
            | "held"
            | "holds"
            | "abandoned"
            | "left"
            | "reached"
            | "bombed"
            | "attacked"
    ) || settlement(before)
        || (matches!(before, "of" | ",")
            && (settlement(doc.before(first, 2)) || (before == "," && first >= 2 && doc.capital(first - 2))))
}
