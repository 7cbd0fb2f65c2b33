//! Place names in an article: from its reading to [`Toponym`]s.

use std::collections::{BTreeMap, BTreeSet};

use marchland_article::{Article, Span};
use marchland_reading::Reading;

use crate::cues::cues;
use crate::doc::Doc;
use crate::gazetteer::{Gazetteer, Slot};
use crate::hash::FastMap;
use crate::recognise::{self, Judged};
use crate::reference::{Antecedent, references};
use crate::resolve::{self, Named};
use crate::spans::{self, Demonym, Source, Spot};
use crate::surround::{modifies, speaks, surround};
use crate::{Candidate, PlaceId, Precision, Toponym, ToponymKind};

/// What counts as a place name, and how sure to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Words for people and things of a country ("Afghan forces") count as well. Default: no.
    pub demonyms: bool,
    /// A capital that stands for its government ("Kabul said") counts as well. Default: no.
    pub governments: bool,
    /// Words that stand for a place named before ("the city", "there") count as well. Default: yes.
    pub references: bool,
    /// Least probability at which a span is taken for a place name.
    pub floor: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { demonyms: false, governments: false, references: true, floor: 0.5 }
    }
}

/// Finds the place names of an article and the places that they mean. Works on a shallow reading, better on a full one.
#[must_use]
pub fn find(article: &Article, reading: &Reading, gazetteer: &Gazetteer, options: &Options) -> Vec<Toponym> {
    let doc = Doc::new(article, reading);
    let (named, demonyms) = named(&doc, gazetteer, options);
    let mut out: Vec<Toponym> = Vec::new();
    let mut antecedents = Vec::new();
    for n in &named {
        let Some(mut t) = toponym(gazetteer, n) else { continue };
        let around = surround(&doc, n.spot.first, n.spot.last);
        if let Some(place) = t.place {
            // "the road from Kabul to the south": the story is elsewhere.
            let way = matches!(doc.before(n.spot.first, 1), "from" | "to" | "between")
                && cues().way.contains(doc.before(n.spot.first, 2));
            let aside = around.near || around.offset.is_some() || way;
            antecedents.push(Antecedent {
                first: n.spot.first,
                last: n.spot.last,
                id: place.id,
                score: place.score,
                aside,
                way,
            });
            // "US forces": a word for a country's people and things, as "Afghan" is.
            if !options.demonyms
                && !gazetteer.demonym(n.spot.span.of(&article.text)).is_empty()
                && modifies(&doc, n.spot.last)
            {
                antecedents.pop();
                continue;
            }
            let capital = gazetteer.slot(place.id).is_some_and(|s| gazetteer.feature(s) == "PPLC");
            if capital && !options.governments && speaks(&doc, n.spot.first, n.spot.last) {
                continue;
            }
        }
        t.part = around.part;
        t.offset = around.offset;
        if around.near {
            t.precision = Precision::Near;
        }
        out.push(t);
    }
    if options.references {
        let countries = countries_of(gazetteer, &out, &demonyms);
        let mut found = references(&doc, gazetteer, &antecedents, &countries);
        found.retain(|r| !overlapped(&out, r.span));
        out.append(&mut found);
        out.sort_by_key(|t| t.span);
    }
    if options.demonyms {
        let mut peoples = Vec::new();
        for d in demonyms.iter().filter(|d| !overlapped(&out, d.span)) {
            peoples.push(Toponym {
                span: d.span,
                kind: ToponymKind::Name,
                place: d.places.first().map(|&id| Candidate { id, score: 0.9 }),
                alternatives: d.places.iter().skip(1).map(|&id| Candidate { id, score: 0.1 }).collect(),
                part: None,
                precision: Precision::Country,
                offset: None,
            });
        }
        out.append(&mut peoples);
        out.sort_by_key(|t| t.span);
    }
    out
}

/// True when one of the mentions, which stand in the order of the text and do not overlap, overlaps the span.
fn overlapped(sorted: &[Toponym], span: Span) -> bool {
    let after = sorted.partition_point(|t| t.span.start < span.end);
    after > 0 && sorted[after - 1].span.overlaps(span)
}

/// Countries that a document is about, the most spoken of first, with their share (0 to 1): from its places and from
/// words for people and things ("Afghan forces").
#[must_use]
pub fn document_countries(
    article: &Article,
    reading: &Reading,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
) -> Vec<(String, f32)> {
    let doc = Doc::new(article, reading);
    countries_of(gazetteer, toponyms, &spans::collect(&doc, gazetteer).1)
}

fn countries_of(gazetteer: &Gazetteer, toponyms: &[Toponym], demonyms: &[Demonym<'_>]) -> Vec<(String, f32)> {
    let mut share: BTreeMap<String, f32> = BTreeMap::new();
    let mut add = |id: PlaceId, weight: f32| {
        let countries = gazetteer.countries_of(id);
        for c in &countries {
            *share.entry((*c).to_owned()).or_default() += weight / countries.len() as f32;
        }
    };
    for t in toponyms {
        if let Some(place) = &t.place {
            add(place.id, place.score);
        }
    }
    for d in demonyms {
        if !overlapped(toponyms, d.span) {
            for &id in d.places {
                add(id, 0.7 / d.places.len() as f32);
            }
        }
    }
    let total: f32 = share.values().sum();
    let mut out: Vec<_> = share.into_iter().map(|(c, w)| (c, w / total)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Share of the floor down to which an unknown name is tried for likeness.
const DOUBTFUL: f32 = 0.3;

/// True for a likeness near enough, to a place large enough, that a doubtful name may be taken for it.
fn worthwhile(gazetteer: &Gazetteer, choice: &resolve::Choice<'_>) -> bool {
    choice.distance > 0.0
        && choice.distance <= 1.0
        && (gazetteer.population(choice.slot) >= 15_000 || gazetteer.is_seat(choice.id))
        && gazetteer.feature(choice.slot).starts_with("PPL")
}

/// Recognition and resolution.
pub(crate) fn named<'g>(
    doc: &Doc<'_>,
    gazetteer: &'g Gazetteer,
    options: &Options,
) -> (Vec<Named<'g>>, Vec<Demonym<'g>>) {
    let (spots, demonyms) = spans::collect(doc, gazetteer);
    let shares = shares(gazetteer, &demonyms);
    let mut judged = recognise::judge(doc, gazetteer, spots, &shares);
    // What the gazetteer does not know may still prove to be a misspelling: a lower floor until likeness has been tried.
    let doubtful = |s: &Spot| {
        s.slots.is_empty()
            || s.slots.iter().all(|&x| gazetteer.feature(x) != "PCLI" && gazetteer.population(x) < 100_000)
    };
    for j in judged.iter_mut().filter(|j| doubtful(&j.spot) && j.probability >= options.floor * DOUBTFUL) {
        j.probability = j.probability.max(options.floor);
    }
    let judged = recognise::choose(judged, options.floor);
    let mut named = resolved(doc, gazetteer, judged, &shares, options.floor);
    named.retain(|n| n.recognised > options.floor || n.best().is_some_and(|b| worthwhile(gazetteer, b)));
    (named, demonyms)
}

pub(crate) fn shares(gazetteer: &Gazetteer, demonyms: &[Demonym<'_>]) -> BTreeMap<String, f32> {
    let mut out: BTreeMap<String, f32> = BTreeMap::new();
    for d in demonyms {
        for &id in d.places {
            for c in gazetteer.countries_of(id) {
                *out.entry(c.to_owned()).or_default() += 1.0 / (demonyms.len() * d.places.len()) as f32;
            }
        }
    }
    out
}

fn resolved<'g>(
    doc: &Doc<'_>,
    gazetteer: &'g Gazetteer,
    judged: Vec<Judged>,
    shares: &BTreeMap<String, f32>,
    floor: f32,
) -> Vec<Named<'g>> {
    let mut out: Vec<Named<'g>> = Vec::with_capacity(judged.len());
    // A name said again has the same candidates.
    let mut first: FastMap<String, usize> = FastMap::default();
    for Judged { spot, probability } in judged {
        let said = first.get(&spot.key).map(|&i| &out[i]).filter(|n| n.spot.slots == spot.slots);
        if let Some(n) = said {
            let choices = n.choices.clone();
            out.push(Named { spot, recognised: probability, choices });
            continue;
        }
        first.insert(spot.key.clone(), out.len());
        let slots = spot.slots.clone();
        out.push(Named::new(gazetteer, spot, probability, slots.into_iter().map(|s| (s, 0.0))));
    }
    resolve::resolve(doc, gazetteer, &mut out, shares);
    if liken(doc, gazetteer, &mut out, shares, floor) {
        resolve::resolve(doc, gazetteer, &mut out, shares);
    }
    out
}

/// Gives candidates by likeness to names that the gazetteer does not know, within the countries of the document.
fn liken<'g>(
    doc: &Doc<'_>,
    gazetteer: &'g Gazetteer,
    named: &mut [Named<'g>],
    demonyms: &BTreeMap<String, f32>,
    floor: f32,
) -> bool {
    let mut share: BTreeMap<&str, f32> = BTreeMap::new();
    // The doubtful names themselves have no say in where the document is.
    for n in named.iter().filter(|n| n.recognised > floor) {
        if let Some(best) = n.best() {
            let place = gazetteer.country(best.slot);
            if !place.is_empty() {
                *share.entry(place).or_default() += best.probability * n.recognised;
            }
        }
    }
    for (country, weight) in demonyms {
        *share.entry(country).or_default() += 2.0 * weight;
    }
    let total: f32 = share.values().sum();
    // A country of which the document speaks in passing is no place to look for a misspelling.
    let countries: Vec<&str> = share.iter().filter(|(_, w)| **w >= 0.12 * total).map(|(c, _)| *c).collect();
    if countries.is_empty() {
        return false;
    }
    // Towns take no article. What an article stands before, once, is no misspelled town anywhere ("the Taliban").
    let articled: BTreeSet<String> = named
        .iter()
        .filter(|n| matches!(doc.before(n.spot.first, 1), "the" | "a" | "an" | "these" | "those" | "some"))
        .map(|n| n.spot.key.clone())
        .collect();
    let mut cache: BTreeMap<String, Vec<(Slot, f32)>> = BTreeMap::new();
    let mut any = false;
    for n in named.iter_mut() {
        if articled.contains(&n.spot.key) {
            continue;
        }
        // A name that only places elsewhere bear, none of them well known, may be a misspelling too.
        let foreign = !n.choices.is_empty()
            && n.spot.source == Source::Gazetteer
            && n.choices.iter().all(|c| {
                c.distance == 0.0
                    && gazetteer.population(c.slot) < 100_000
                    && !countries.contains(&gazetteer.country(c.slot))
                    && gazetteer.feature(c.slot).starts_with("PPL")
            });
        if !n.choices.is_empty() && !foreign {
            continue;
        }
        let found = cache.entry(n.spot.key.clone()).or_insert_with(|| {
            let matches = gazetteer.fuzzy(&n.spot.key, &countries);
            let nearest = matches.first().map_or(0.0, |m| m.distance);
            matches
                .iter()
                .filter(|m| m.distance <= nearest + 0.5)
                .take(12)
                .filter_map(|m| Some((gazetteer.slot(m.id)?, m.distance)))
                .collect()
        });
        if !found.is_empty() {
            let known: Vec<_> = n.choices.iter().map(|c| (c.slot, 0.0)).collect();
            let found = if foreign {
                found.iter().copied().filter(|f| f.1 <= 1.0).chain(known).collect::<Vec<_>>()
            } else {
                found.clone()
            };
            *n = Named::new(gazetteer, n.spot.clone(), n.recognised, found.iter().copied());
            any = true;
        }
    }
    any
}

fn toponym(gazetteer: &Gazetteer, n: &Named<'_>) -> Option<Toponym> {
    let Spot { span, source, .. } = &n.spot;
    let mut ranked: Vec<_> = n.choices.iter().collect();
    ranked.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
    let candidate = |c: &&resolve::Choice<'_>| Candidate { id: c.id, score: c.probability * n.recognised };
    let best = ranked.first();
    let fuzzy = best.is_some_and(|b| b.distance > 0.0);
    // What the gazetteer has nothing like is a place only when the language model is sure of it.
    if best.is_none() && *source == Source::Run {
        return None;
    }
    Some(Toponym {
        span: *span,
        kind: if fuzzy { ToponymKind::Fuzzy } else { ToponymKind::Name },
        place: best.map(candidate),
        alternatives: ranked.iter().skip(1).take(5).filter(|c| c.probability >= 0.01).map(candidate).collect(),
        part: None,
        precision: best.map_or(Precision::Exact, |b| precision(gazetteer.feature(b.slot))),
        offset: None,
    })
}

/// How exactly a place of a kind says where.
pub(crate) fn precision(feature: &str) -> Precision {
    match feature {
        "PCLI" | "CONT" => Precision::Country,
        "ADM1" | "RGN" | "SEA" | "OCN" | "GULF" | "STM" | "MTS" => Precision::Province,
        "ADM2" | "ADM3" | "ADMD" | "VAL" | "LK" | "BAY" | "STRT" | "CNL" => Precision::District,
        _ => Precision::Exact,
    }
}
