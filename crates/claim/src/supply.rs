//! Places that the place room leaves open but that a claim may need: villages that no gazetteer knows, told by the words
//! around them in the article, and words that stand for a place named before.
//!
//! A name counts as a place when the article treats it as one ("the village of X", "X district", "fighting in X")
//! more than as a person. Only rules of arms use it, so a wrong guess costs little.

use std::collections::BTreeMap;

use marchland_article::Span;
use marchland_place::Precision;
use marchland_reading::{Dep, NameLabel, Pos, Tag};

use crate::{
    phrase::{Index, PlaceHit},
    tree::Tree,
    words::Words,
};

/// How much an article must treat a name as a place.
const ENOUGH: f32 = 1.5;
/// How many sentences back a reference may reach.
const REACH: usize = 8;

/// Nouns that stand for a whole place named before.
const WHOLE: &[&str] = &[
    "city",
    "town",
    "village",
    "settlement",
    "suburb",
    "district",
    "neighbourhood",
    "neighborhood",
    "quarter",
    "province",
    "governorate",
    "region",
    "capital",
    "enclave",
    "hamlet",
    "stronghold",
    "bastion",
    "area",
];
/// Nouns for a part of a place named before.
const PARTS: &[&str] = &[
    "airport",
    "airbase",
    "base",
    "port",
    "dam",
    "hospital",
    "centre",
    "center",
    "outskirts",
    "outskirt",
    "bridge",
    "square",
    "refinery",
    "camp",
    "airfield",
    "university",
    "suburbs",
    "downtown",
    "harbour",
    "harbor",
];

/// A run of words that may be a name.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    last: usize,
    span: Span,
    key: usize,
}

/// Names by token, and how far the article treats each as a place.
pub(crate) struct Supply {
    run_at: Vec<u32>,
    runs: Vec<Run>,
    score: Vec<f32>,
    /// Names of what lies inside a town.
    district: Vec<bool>,
}

impl Supply {
    pub fn new(tree: &Tree, index: &Index, words: &Words, text: &str) -> Self {
        let tokens = &tree.reading.tokens;
        let mut runs = Vec::new();
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in &tree.reading.sentences {
            let mut i = sentence.first as usize;
            while i < sentence.last as usize {
                if !name_word(tree, index, i)
                    || !tree.word(i).starts_with(char::is_uppercase)
                        && !matches!(tree.word(i), "al" | "el" | "as" | "ash" | "ar" | "an" | "at")
                {
                    i += 1;
                    continue;
                }
                let first = i;
                let mut last = i + 1;
                while last < sentence.last as usize
                    && last - first < 8
                    && (name_word(tree, index, last) || glue(tree, index, last, sentence.last as usize))
                {
                    last += 1;
                }
                let span = tokens[first].span.cover(tokens[last - 1].span);
                if span.of(text).chars().filter(|c| c.is_alphabetic()).count() >= 3
                    && tokens[first..last].iter().any(|t| t.span.of(text).starts_with(char::is_uppercase))
                {
                    let next = keys.len();
                    let key = *keys.entry(span.of(text).to_lowercase()).or_insert(next);
                    runs.push(Run { first, last, span, key });
                }
                i = last;
            }
        }
        let mut score = vec![0.0f32; keys.len()];
        let mut district = vec![false; keys.len()];
        let mut run_at = vec![u32::MAX; tokens.len()];
        for (n, run) in runs.iter().enumerate() {
            score[run.key] += evidence(tree, words, run);
            district[run.key] |= inside(tree, run);
            run_at[run.first..run.last].fill(n as u32);
        }
        for name in &tree.reading.names {
            let against = match name.label {
                // The model calls foreign places persons: a hint, no more.
                NameLabel::Person => 0.1,
                NameLabel::Org => 0.1,
                NameLabel::Gpe | NameLabel::Loc | NameLabel::Fac => -1.0,
                NameLabel::Norp => 1.5,
                NameLabel::Date
                | NameLabel::Time
                | NameLabel::Percent
                | NameLabel::Money
                | NameLabel::Ordinal
                | NameLabel::Event
                | NameLabel::Law
                | NameLabel::WorkOfArt => 20.0,
                _ => 0.0,
            };
            let mut seen = None;
            for i in name.first as usize..(name.last as usize).min(tokens.len()) {
                let n = run_at[i];
                if n != u32::MAX && seen != Some(n) {
                    seen = Some(n);
                    score[runs[n as usize].key] -= against;
                }
            }
        }
        let mut supply = Self { run_at, runs, score, district };
        supply.lists(tree, index);
        supply
    }

    /// Members of a list with a place are places.
    fn lists(&mut self, tree: &Tree, index: &Index) {
        for _ in 0..3 {
            for n in 0..self.runs.len() {
                let run = self.runs[n];
                if self.score[run.key] >= ENOUGH || self.score[run.key] < -2.0 {
                    continue;
                }
                let joined = (run.first..run.last).any(|i| {
                    let up = tree.head(i);
                    let beside =
                        (matches!(tree.dep(i), Dep::Conj | Dep::Appos) && up != i && self.place_like(index, up))
                            || tree
                                .kids(i)
                                .any(|k| matches!(tree.dep(k), Dep::Conj | Dep::Appos) && self.place_like(index, k));
                    beside && !tree.is_verb(up)
                });
                if joined {
                    self.score[run.key] += ENOUGH;
                }
            }
        }
    }

    fn place_like(&self, index: &Index, token: usize) -> bool {
        (index.place(token).is_some() && index.actor(token).is_none())
            || self.run(token).is_some_and(|r| self.score[r.key] >= ENOUGH)
    }

    fn run(&self, token: usize) -> Option<&Run> {
        self.run_at.get(token).filter(|&&n| n != u32::MAX).map(|&n| &self.runs[n as usize])
    }

    /// The name at a token, and whether the article treats it as a place; `None` when it clearly does not.
    pub fn name(&self, token: usize) -> Option<(Span, bool)> {
        let run = self.run(token)?;
        let score = self.score[run.key];
        (score >= -2.0).then_some((run.span, score >= ENOUGH))
    }

    /// The place that "the city", "the airport", "it" stand for.
    pub fn reference(&self, tree: &Tree, index: &Index, token: usize) -> Option<PlaceHit> {
        let lemma = tree.lemma(token);
        let pronoun = tree.tag(token) == Tag::Prp
            && matches!(lemma.as_str(), "it" | "they" | "them")
            && tree.word(token).eq_ignore_ascii_case("it");
        let whole = WHOLE.contains(&lemma.as_str());
        let part = PARTS.contains(&lemma.as_str());
        if !pronoun {
            let definite = tree.kids(token).any(|k| {
                tree.dep(k) == Dep::Det && matches!(tree.word(k).to_ascii_lowercase().as_str(), "the" | "this" | "that")
            });
            let own = tree.kids(token).any(|k| {
                matches!(tree.dep(k), Dep::Poss | Dep::Appos | Dep::Nummod)
                    || (matches!(tree.dep(k), Dep::Compound | Dep::Nmod) && tree.pos(k) == Pos::Propn)
                    || (tree.dep(k) == Dep::Prep
                        && matches!(
                            tree.word(k).to_ascii_lowercase().as_str(),
                            "of" | "in" | "near" | "called" | "at" | "around"
                        ))
                    || (tree.dep(k) == Dep::Amod
                        && matches!(
                            tree.word(k).to_ascii_lowercase().as_str(),
                            "nearby"
                                | "neighboring"
                                | "neighbouring"
                                | "other"
                                | "same"
                                | "entire"
                                | "next"
                                | "last"
                                | "latest"
                                | "whole"
                        ))
                    // "the tenth provincial capital to fall" counts places; it names none.
                    || (tree.dep(k) == Dep::Amod
                        && crate::aggregate::ORDINALS.iter().any(|o| tree.word(k).eq_ignore_ascii_case(o)))
            });
            if !definite || own || !(whole || part) || matches!(tree.tag(token), Tag::Nns | Tag::Nnps) {
                return None;
            }
        }
        let wide = matches!(lemma.as_str(), "province" | "governorate" | "region");
        let det = tree.kids(token).filter(|&k| k < token && !tree.is_verb(k)).min().unwrap_or(token);
        let tokens = &tree.reading.tokens;
        let span = tokens[det].span.cover(tokens[token].span);
        let part = part.then(|| lemma.clone());
        let mut hit = self.salient(tree, index, token, wide, if pronoun { 1 } else { REACH })?;
        if !pronoun && hit.mention.is_some() {
            hit.span = span;
        }
        hit.token = token;
        hit.part = part.or(hit.part);
        Some(hit)
    }

    /// The place that is spoken of before a token: near beats far, often beats seldom.
    pub fn salient(&self, tree: &Tree, index: &Index, token: usize, wide: bool, reach: usize) -> Option<PlaceHit> {
        let at = tree.reading.sentence_of(token)?;
        let first = at.saturating_sub(reach);
        let mut best: Option<(f32, PlaceHit)> = None;
        let mut seen = u32::MAX;
        for n in (first..=at).rev() {
            let sentence = &tree.reading.sentences[n];
            for i in (sentence.first as usize..(sentence.last as usize).min(token)).rev() {
                let (hit, often) = if let Some(m) = index.place(i) {
                    let p = &index.places[m];
                    let Some(place) = p.place else { continue };
                    let fits = match p.precision {
                        Precision::Country => false,
                        Precision::Province | Precision::District => wide,
                        _ => !wide,
                    };
                    // "KABUL, Afghanistan": where it was written is not what it is about.
                    let dateline = tree.word(i).len() > 3 && tree.word(i).chars().all(char::is_uppercase);
                    if !fits || dateline || index.actor(i).is_some() || seen == m as u32 {
                        continue;
                    }
                    seen = m as u32;
                    let often = index.places.iter().filter(|q| q.place.is_some_and(|c| c.id == place.id)).count();
                    (
                        PlaceHit {
                            mention: Some(m),
                            span: p.span,
                            token: i,
                            part: p.part.as_ref().map(|x| x.name.clone()),
                            near: false,
                            sure: true,
                        },
                        often,
                    )
                } else {
                    let Some(run) =
                        self.run(i).filter(|r| r.last == i + 1 && self.score[r.key] >= ENOUGH && !self.district[r.key])
                    else {
                        continue;
                    };
                    if wide || matches!(tree.word(i), "Governorate" | "Province" | "Oblast" | "Valley" | "River") {
                        continue;
                    }
                    let often = self.runs.iter().filter(|r| r.key == run.key).count();
                    (PlaceHit { mention: None, span: run.span, token: i, part: None, near: false, sure: true }, often)
                };
                let weight = 1.0 / (1.0 + (at - n) as f32) + 0.12 * (often.min(8) as f32);
                if best.as_ref().is_none_or(|(w, _)| weight > *w) {
                    best = Some((weight, hit));
                }
            }
        }
        best.map(|(_, hit)| hit)
    }

    /// For the name of a quarter or a street: the town that the article speaks of, with the name as its part.
    pub fn within(&self, tree: &Tree, index: &Index, token: usize, text: &str) -> Option<PlaceHit> {
        let run = self.run(token).filter(|r| self.district[r.key])?;
        let mut hit = self.salient(tree, index, token, false, REACH)?;
        hit.mention?;
        hit.span = run.span;
        hit.token = token;
        hit.part = Some(run.span.of(text).to_owned());
        Some(hit)
    }
}

/// Nouns for what lies inside a town.
const INSIDE: &[&str] = &[
    "district",
    "neighbourhood",
    "neighborhood",
    "quarter",
    "street",
    "square",
    "hospital",
    "school",
    "market",
    "mosque",
    "roundabout",
    "university",
    "housing",
    "college",
    "crossroad",
    "crossroads",
];

fn name_word(tree: &Tree, index: &Index, i: usize) -> bool {
    index.place(i).is_none()
        && index.actor(i).is_none()
        && matches!(tree.tag(i), Tag::Nnp | Tag::Nnps)
        && tree.word(i).chars().any(char::is_alphanumeric)
}

/// A hyphen, an apostrophe or an article inside a name.
fn glue(tree: &Tree, index: &Index, i: usize, end: usize) -> bool {
    let tokens = &tree.reading.tokens;
    let tight = tokens[i - 1].span.end == tokens[i].span.start;
    i + 1 < end
        && name_word(tree, index, i + 1)
        && ((matches!(tree.word(i), "-" | "–" | "'" | "’") && tight)
            || matches!(tree.word(i), "al" | "el" | "e" | "i" | "ad" | "az"))
}

/// True for "the Salam district", "districts of Saha and Adel".
fn inside(tree: &Tree, run: &Run) -> bool {
    let last = run.last - 1;
    if run.last - run.first > 1 && INSIDE.contains(&tree.word(last).to_lowercase().as_str()) {
        return true;
    }
    (run.first..run.last).any(|i| {
        let up = tree.head(i);
        if up == i {
            return false;
        }
        let lemma = tree.lemma(up);
        (matches!(tree.dep(i), Dep::Compound | Dep::Nmod) && up >= run.last && INSIDE.contains(&lemma.as_str()))
            || (tree.dep(i) == Dep::Pobj
                && tree.word(up).eq_ignore_ascii_case("of")
                && matches!(
                    tree.lemma(tree.head(up)).as_str(),
                    "district" | "neighbourhood" | "neighborhood" | "quarter"
                ))
    })
}

/// True for a common noun.
fn index_free(tree: &Tree, i: usize) -> bool {
    tree.pos(i) == Pos::Noun
}

/// What one occurrence says: above nought a place, below a person or a thing.
fn evidence(tree: &Tree, words: &Words, run: &Run) -> f32 {
    let mut score = 0.0;
    let head = (run.first..run.last)
        .find(|&i| tree.head(i) < run.first || tree.head(i) >= run.last || tree.head(i) == i)
        .unwrap_or(run.last - 1);
    let up = tree.head(head);
    if up != head && matches!(tree.dep(head), Dep::Pobj) {
        let prep = tree.word(up).to_ascii_lowercase();
        let above = tree.head(up);
        score += match prep.as_str() {
            "in" | "near" | "outside" | "around" | "into" => 1.0,
            "at" | "towards" | "toward" | "from" | "to" => 0.5,
            "of" if words.locative.contains(&tree.lemma(above)) => 2.5,
            "by" | "with" | "for" => -0.5,
            _ => 0.0,
        };
    }
    if up != head
        && matches!(tree.dep(head), Dep::Compound | Dep::Nmod)
        && up >= run.last
        && words.locative.contains(&tree.lemma(up))
    {
        score += 2.0;
    }
    // "the Hasakah Governorate": the kind of place is part of the name.
    if run.last - run.first > 1 && words.locative.contains(&tree.word(run.last - 1).to_lowercase()) {
        score += 2.5;
    }
    if matches!(tree.dep(head), Dep::Nsubj) && up != head && words.say.contains(&tree.lemma(up)) {
        score -= 3.0;
    }
    // "the sixth provincial capital, X".
    if tree.dep(head) == Dep::Appos && up != head && WHOLE.contains(&tree.lemma(up).as_str()) && index_free(tree, up) {
        score += 2.5;
    }
    // "Mr X", "General X".
    if run.first > 0 {
        let before = tree.word(run.first - 1).to_lowercase();
        if matches!(
            before.trim_end_matches('.'),
            "mr" | "mrs"
                | "ms"
                | "dr"
                | "gen"
                | "general"
                | "col"
                | "colonel"
                | "president"
                | "minister"
                | "commander"
                | "spokesman"
                | "mayor"
                | "leader"
                | "brigadier"
                | "major"
                | "captain"
                | "sheikh"
        ) {
            score -= 3.0;
        }
    }
    score
}
