//! Is a span a place name? Features of each span, a logistic model over them, and the best set of spans that do not
//! overlap.

use std::collections::BTreeMap;

use marchland_reading::{Dep, NameLabel};

use crate::cues::{cues, word};
use crate::doc::Doc;
use crate::gazetteer::{Gazetteer, Slot};
use crate::hash::FastMap;
use crate::model::{Feature, logistic, models};
use crate::spans::{Source, Spot};

/// A span judged.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) spot: Spot,
    /// Probability that it names a place.
    pub(crate) probability: f32,
}

/// What the rest of the document says of a name.
#[derive(Debug, Default, Clone, Copy)]
struct Elsewhere {
    /// Times the word ends a person's name.
    person: u32,
    /// Times the name stands after "in", "near" and the like.
    placed: u32,
    /// Times the name is followed by a comma and the name of what holds it.
    contained: u32,
    /// Times at all.
    times: u32,
}

/// What the gazetteer says of a name, the same wherever it stands in a document.
#[derive(Debug, Default, Clone, Copy)]
struct Facts {
    people: u32,
    at_home: f32,
    large_at_home: f32,
    country: bool,
    first: bool,
    second: bool,
    region: bool,
    main: bool,
    seat: bool,
}

/// Judges every span.
pub(crate) fn judge(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer,
    spots: Vec<Spot>,
    demonyms: &BTreeMap<String, f32>,
) -> Vec<Judged> {
    let probabilities: Vec<f32> = {
        let mut view = View::of(doc, gazetteer, &spots, demonyms);
        let mut row = Vec::with_capacity(80);
        let judge = |spot: &Spot| {
            row.clear();
            view.features(spot, &mut row);
            let weights = if doc.deep(spot.first) { &models().recognise_full } else { &models().recognise_tokens };
            logistic(weights.score(&row))
        };
        spots.iter().map(judge).collect()
    };
    spots.into_iter().zip(probabilities).map(|(spot, probability)| Judged { spot, probability }).collect()
}

/// The features of every span, for fitting and for explanation.
pub(crate) fn all_features<'d>(
    doc: &'d Doc<'_>,
    gazetteer: &Gazetteer,
    spots: &[Spot],
    demonyms: &BTreeMap<String, f32>,
) -> Vec<Vec<Feature<'d>>> {
    let mut view = View::of(doc, gazetteer, spots, demonyms);
    spots
        .iter()
        .map(|s| {
            let mut row = Vec::new();
            view.features(s, &mut row);
            row
        })
        .collect()
}

/// The set of spans that do not overlap and together are the most probable; only spans at least as probable as `floor`.
pub(crate) fn choose(mut judged: Vec<Judged>, floor: f32) -> Vec<Judged> {
    judged.retain(|j| j.probability >= floor);
    judged.sort_by_key(|j| (j.spot.last, j.spot.first));
    // Weighted interval scheduling: best[i] is the best worth of the first i spans.
    let worth = |j: &Judged| (j.probability - floor) + 0.02 + 0.01 * (j.spot.last - j.spot.first) as f32;
    let mut best = vec![0.0f32; judged.len() + 1];
    let mut take = vec![false; judged.len()];
    let before = |i: usize| judged.partition_point(|j| j.spot.last <= judged[i].spot.first).min(i);
    for i in 0..judged.len() {
        let with = best[before(i)] + worth(&judged[i]);
        take[i] = with > best[i];
        best[i + 1] = with.max(best[i]);
    }
    let mut keep = vec![false; judged.len()];
    let mut i = judged.len();
    while i > 0 {
        if take[i - 1] {
            keep[i - 1] = true;
            i = before(i - 1);
        } else {
            i -= 1;
        }
    }
    let mut kept = keep.into_iter();
    judged.retain(|_| kept.next() == Some(true));
    judged
}

/// Countries that the document names, with their share (0 to 1): country names, first-order divisions, demonyms.
fn countries(gazetteer: &Gazetteer, spots: &[Spot], demonyms: &BTreeMap<String, f32>) -> BTreeMap<String, f32> {
    let mut out: BTreeMap<String, f32> = demonyms.iter().map(|(c, w)| (c.clone(), 2.0 * w)).collect();
    for s in spots {
        let country = s.slots.iter().find(|&&x| gazetteer.feature(x) == "PCLI");
        let division = s.slots.iter().find(|&&x| gazetteer.feature(x) == "ADM1" && s.slots.len() <= 12);
        if let Some(&x) = country.or(division) {
            *out.entry(gazetteer.country(x).to_owned()).or_default() += if country.is_some() { 1.0 } else { 0.5 };
        }
    }
    let total: f32 = out.values().sum();
    out.values_mut().for_each(|w| *w /= total);
    out
}

/// Words after which places stand.
fn placing(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "near"
            | "from"
            | "into"
            | "outside"
            | "around"
            | "across"
            | "throughout"
            | "towards"
            | "toward"
            | "inside"
            | "through"
    )
}

fn survey(doc: &Doc<'_>, gazetteer: &Gazetteer, spots: &[Spot]) -> BTreeMap<String, Elsewhere> {
    let mut out: BTreeMap<String, Elsewhere> = BTreeMap::new();
    for s in spots {
        let e = out.entry(s.key.clone()).or_default();
        e.times += 1;
        e.placed += u32::from(placing(doc.before(s.first, 1)));
        e.contained += u32::from(container_after(doc, gazetteer, s));
    }
    // Surnames: the last capital of a run that starts with a given name or a title.
    let mut token = 0;
    while token < doc.len() {
        if !doc.capital(token) {
            token += 1;
            continue;
        }
        let first = token;
        while token + 1 < doc.len() && doc.capital(token + 1) && doc.joined(token) && !doc.word(token).ends_with('.') {
            token += 1;
        }
        let last = token;
        token += 1;
        let titled = cues().title.contains(doc.before(first, 1)) || cues().title.contains(doc.lower(first));
        let person = doc.label(last) == NameLabel::Person;
        if last > first && (titled || person || word(doc.lower(first)).given_name()) {
            for t in first..=last {
                if let Some(e) = out.get_mut(doc.lower(t)) {
                    e.person += 1;
                }
            }
        }
    }
    out
}

/// True for "Athens, Ga." and "Misrata, Libya".
fn container_after(doc: &Doc<'_>, gazetteer: &Gazetteer, s: &Spot) -> bool {
    if doc.after(s.last, 0) != "," {
        return false;
    }
    holder_key(doc, gazetteer, s.last + 1).is_some()
}

/// The name of a country or first-order division that begins at a token, as a folded key.
fn holder_key(doc: &Doc<'_>, gazetteer: &Gazetteer, token: usize) -> Option<String> {
    if !doc.capital(token) {
        return None;
    }
    if !crate::cues::abbreviations(doc.word(token)).is_empty() {
        return Some(doc.lower(token).to_owned());
    }
    (1..=3).rev().find_map(|n| {
        let key = crate::fold(doc.span(token, (token + n).min(doc.len())).of(doc.text));
        gazetteer.find_exact(&key).iter().any(|&x| matches!(gazetteer.feature(x), "PCLI" | "ADM1")).then_some(key)
    })
}

/// What stands beside a span while its features are gathered.
struct View<'g, 'v, 'd> {
    doc: &'d Doc<'v>,
    gazetteer: &'g Gazetteer,
    elsewhere: BTreeMap<String, Elsewhere>,
    countries: BTreeMap<String, f32>,
    /// By name, with the rows for which they hold: an abbreviation may have the key of a name.
    facts: FastMap<String, (Vec<Slot>, Facts)>,
}

impl<'g, 'v, 'd> View<'g, 'v, 'd> {
    fn of(doc: &'d Doc<'v>, gazetteer: &'g Gazetteer, spots: &[Spot], demonyms: &BTreeMap<String, f32>) -> Self {
        Self {
            doc,
            gazetteer,
            elsewhere: survey(doc, gazetteer, spots),
            countries: countries(gazetteer, spots, demonyms),
            facts: FastMap::default(),
        }
    }

    fn facts(&mut self, s: &Spot) -> Facts {
        if let Some((_, facts)) = self.facts.get(&s.key).filter(|(slots, _)| *slots == s.slots) {
            return *facts;
        }
        let gazetteer = self.gazetteer;
        let mut f = Facts::default();
        for &slot in &s.slots {
            f.people = f.people.max(gazetteer.population(slot));
            let share = self.countries.get(gazetteer.country(slot)).copied().unwrap_or(0.0);
            if gazetteer.feature(slot) != "PCLI" {
                f.at_home = f.at_home.max(share);
                if gazetteer.population(slot) >= 10_000
                    || matches!(gazetteer.feature(slot), "PPLA" | "PPLC" | "PPLA2" | "ADM1")
                {
                    f.large_at_home = f.large_at_home.max(share);
                }
            }
            match gazetteer.feature(slot) {
                "PCLI" => f.country = true,
                "ADM1" => f.first = true,
                "ADM2" => f.second = true,
                "PPLA" | "PPLC" => f.seat = true,
                feature if !feature.starts_with("PPL") => f.region = true,
                _ => {}
            }
            f.main = f.main || (s.slots.len() < 40 && crate::fold(gazetteer.name(slot)) == s.key);
        }
        self.facts.insert(s.key.clone(), (s.slots.clone(), f));
        f
    }

    fn features(&mut self, s: &Spot, f: &mut Vec<Feature<'d>>) {
        let facts = self.facts(s);
        let elsewhere = self.elsewhere.get(&s.key).copied().unwrap_or_default();
        features(self.doc, self.gazetteer, self.countries.is_empty(), s, facts, elsewhere, f);
    }
}

#[allow(clippy::too_many_lines)]
fn features<'d>(
    doc: &'d Doc<'_>,
    gazetteer: &Gazetteer,
    no_countries: bool,
    s: &Spot,
    facts: Facts,
    elsewhere: Elsewhere,
    f: &mut Vec<Feature<'d>>,
) {
    let Facts { people, at_home, large_at_home, country, first, second, region, main, seat } = facts;
    f.push(("bias", "", 1.0));
    let mut on = |name: &'static str, yes: bool| {
        if yes {
            f.push((name, "", 1.0));
        }
    };
    let words = s.last - s.first;
    on("known", !s.slots.is_empty());
    on("country", country);
    on("first_order", first);
    on("second_order", second);
    on("region", region);
    on("seat", seat);
    on("alias_only", !main && !s.slots.is_empty());
    on("named_only", s.source == Source::Named);
    on("run_only", s.source == Source::Run);
    on("abbreviation", s.source == Source::Abbreviation);
    // What the words are like.
    let single = words == 1;
    let w = word(doc.lower(s.first));
    on("common_word", single && w.common());
    on("common_small_town", single && w.common() && !country && !first && people < 100_000);
    on("given_name", single && w.given_name());
    on("frequent_surname", single && w.frequent_surname());
    on("surname", single && w.surname() && !w.frequent_surname());
    on("many_words", words > 1);
    on("many_all_common", words > 1 && (s.first..s.last).all(|t| word(doc.lower(t)).common()));
    on("many_first_given", words > 1 && word(doc.lower(s.first)).given_name());
    let shouted = s.span.of(doc.text).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    on("all_capitals", shouted && !country && s.source != Source::Abbreviation && s.key.len() > 1);
    on("short", s.key.len() <= 3 && s.source != Source::Abbreviation);
    // Where it stands.
    let start = doc.reading.sentence_of(s.first).map_or(s.first, |i| doc.reading.sentences[i].first as usize);
    on("sentence_start", s.first == start);
    on("start_common", s.first == start && w.common());
    let (prev, next) = (doc.before(s.first, 1), doc.after(s.last, 0));
    let left = !prev.is_empty()
        && doc.capital(s.first - 1)
        && doc.joined(s.first - 1)
        && !doc.word(s.first - 1).ends_with('.');
    let left = left && s.first > start;
    let right =
        !next.is_empty() && doc.capital(s.last) && doc.joined(s.last - 1) && !doc.word(s.last - 1).ends_with('.');
    on("run_left", left);
    on("run_right", right);
    // A word that is neither English nor a person's name, that opens a sentence, and that is a seat or a larger town of
    // the country that the document is about ("Firozkoh fell on Friday"): the language model often sees no name there.
    let rare = single && !w.common() && !w.given_name() && !w.surname() && s.key.len() > 3;
    on("prior_opens_with_town", s.first == start && rare && large_at_home >= 0.25 && !right);
    on("left_given", left && word(prev).given_name());
    on("left_title", cues().title.contains(prev));
    on("left_initial", left && prev.len() <= 2);
    on("left_direction", cues().direction.contains(prev));
    on("left_common", left && word(prev).common());
    on("right_common", right && word(next).common());
    on("right_surname", right && word(next).surname() && !word(next).common());
    on("right_organisation", right && organisation_ahead(doc, s.last));
    on("division_after", cues().division.contains(next));
    on("settlement_after", cues().settlement.contains(next));
    on("part_after", cues().part.contains(next));
    on(
        "of_division",
        prev == "of"
            && (cues().division.contains(doc.before(s.first, 2)) || cues().settlement.contains(doc.before(s.first, 2))),
    );
    let holder = container_after(doc, gazetteer, s);
    on("holder_after", holder);
    on("holder_before", prev == "," && (country || first) && s.first >= 2 && doc.capital(s.first - 2));
    on("list_of_names", (prev == "," || prev == "and") && s.first >= 2 && doc.capital(s.first - 2));
    on("hyphen_before", prev == "-" && doc.glued(s.first - 1));
    on("hyphen_after", next == "-" && doc.glued(s.last - 1));
    on("based_after", next == "-" && matches!(doc.after(s.last, 1), "based" | "born" | "area"));
    on("possessive", matches!(next, "'s" | "’s"));
    on(
        "saying_after",
        cues().saying.contains(next) || (matches!(next, "has" | "had") && cues().saying.contains(doc.after(s.last, 1))),
    );
    on("number_before", prev.starts_with(|c: char| c.is_ascii_digit()) && s.first > start);
    on("quote_before", matches!(prev, "\"" | "“" | "``"));
    // The rest of the document.
    on("person_elsewhere", elsewhere.person > 0 && single);
    on("placed_elsewhere", elsewhere.placed > u32::from(placing(prev)));
    on("contained_elsewhere", elsewhere.contained > u32::from(holder));
    on("often", elsewhere.times > 2);
    // What the language model says.
    if doc.deep(s.first) {
        let name = doc.name(s.first);
        let whole = name.is_some_and(|n| {
            let mut from = n.first as usize;
            let mut to = n.last as usize;
            while from < to && matches!(doc.lower(from), "the" | "a") {
                from += 1;
            }
            while from < to && matches!(doc.lower(to - 1), "'s" | "’s") {
                to -= 1;
            }
            from == s.first && to <= s.last && to > s.first && (to == s.last || s.source == Source::Abbreviation)
        });
        let label = doc.label(s.first).as_str();
        f.push((
            if name.is_none() {
                "no_name"
            } else if whole {
                "name_is"
            } else {
                "name_has"
            },
            label,
            1.0,
        ));
        let head = s.last - 1;
        f.push(("tag", doc.reading.tokens[head].tag.as_str(), 1.0));
        let dep = doc.reading.tokens[head].dep;
        f.push(("arc", dep.as_str(), 1.0));
        if matches!(dep, Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Poss) {
            f.push(("head", doc.lower(doc.reading.tokens[head].head as usize), 1.0));
        }
    }
    f.push(("at_home", "", at_home));
    f.push(("large_at_home", "", large_at_home));
    if !s.slots.is_empty() && !country && at_home == 0.0 && !no_countries {
        f.push(("abroad", "", 1.0));
    }
    f.push(("people", "", ((people + 1) as f32).log10() / 7.0));
    f.push(("places", "", (s.slots.len() as f32 + 1.0).ln() / 5.0));
    f.push(("prev", prev, 1.0));
    f.push(("next", next, 1.0));
    f.push(("prev2", doc.before(s.first, 2), 1.0));
    f.push(("next2", doc.after(s.last, 1), 1.0));
    f.push(("last", doc.lower(s.last - 1), 1.0));
}

/// True when the capitals that follow end in a word for an organisation, a road, a newspaper.
fn organisation_ahead(doc: &Doc<'_>, from: usize) -> bool {
    let mut t = from;
    while t < doc.len()
        && t < from + 6
        && (doc.capital(t) || matches!(doc.lower(t), "of" | "and" | "&" | "for"))
        && !doc.after(t, 0).is_empty()
    {
        if cues().organisation.contains(doc.lower(t)) {
            return true;
        }
        t += 1;
    }
    false
}
