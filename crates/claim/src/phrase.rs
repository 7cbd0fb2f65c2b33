//! From a noun to the places or actors that its phrase means.

use marchland_actor::ActorMention;
use marchland_article::Span;
use marchland_place::{Precision, Toponym, ToponymKind};
use marchland_reading::{Dep, NameLabel, Pos, Reading, Tag};

use crate::{supply::Supply, tree::Tree, words::Words};

/// A place that a phrase means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceHit {
    /// Index of the mention; `None`: a name that the place room does not know.
    pub mention: Option<usize>,
    /// The words, when there is no mention.
    pub span: Span,
    /// The token by which it was found.
    pub token: usize,
    /// Only this part is meant.
    pub part: Option<String>,
    /// Near it, not in it.
    pub near: bool,
    /// Known to the place room, or treated as a place by the article.
    pub sure: bool,
}

const NONE: u32 = u32::MAX;

/// Mentions by token.
pub(crate) struct Index<'m> {
    pub places: &'m [Toponym],
    pub actors: &'m [ActorMention],
    place_at: Vec<u32>,
    actor_at: Vec<u32>,
    person: Vec<bool>,
}

impl<'m> Index<'m> {
    pub fn new(reading: &Reading, places: &'m [Toponym], actors: &'m [ActorMention]) -> Self {
        let mut place_at = vec![NONE; reading.tokens.len()];
        for (n, place) in places.iter().enumerate() {
            for i in reading.tokens_in(place.span) {
                place_at[i] = n as u32;
            }
        }
        let mut actor_at = vec![NONE; reading.tokens.len()];
        for (n, actor) in actors.iter().enumerate() {
            for i in reading.tokens_in(actor.span) {
                // A longer mention wins over one inside it.
                let old = actor_at[i];
                if old == NONE || actors[old as usize].span.len() < actor.span.len() {
                    actor_at[i] = n as u32;
                }
            }
        }
        let mut person = vec![false; reading.tokens.len()];
        for name in reading.names.iter().filter(|n| n.label == NameLabel::Person) {
            for i in name.first as usize..(name.last as usize).min(person.len()) {
                person[i] = true;
            }
        }
        Self { places, actors, place_at, actor_at, person }
    }

    /// True for a word of what the language model calls a person's name.
    pub fn person(&self, token: usize) -> bool {
        self.person.get(token).copied().unwrap_or(false)
    }

    pub fn place(&self, token: usize) -> Option<usize> {
        self.place_at.get(token).filter(|&&n| n != NONE).map(|&n| n as usize)
    }

    pub fn actor(&self, token: usize) -> Option<usize> {
        self.actor_at.get(token).filter(|&&n| n != NONE).map(|&n| n as usize)
    }
}

/// What the resolver needs at hand.
pub(crate) struct Phrases<'a> {
    pub tree: &'a Tree<'a>,
    pub index: &'a Index<'a>,
    pub words: &'a Words,
    pub supply: &'a Supply,
}

impl Phrases<'_> {
    /// All places that the phrase of a noun means, each member of a list by itself.
    pub fn places(&self, noun: usize) -> Vec<PlaceHit> {
        let mut hits = Vec::new();
        self.place_list(noun, 0, &mut hits);
        let mut seen = Vec::new();
        hits.retain(|h| {
            let key = (h.mention, h.span);
            !seen.contains(&key) && {
                seen.push(key);
                true
            }
        });
        hits.truncate(40);
        hits
    }

    fn place_list(&self, noun: usize, depth: usize, hits: &mut Vec<PlaceHit>) {
        if depth > 6 {
            return;
        }
        let t = self.tree;
        let before = hits.len();
        self.place_one(noun, depth, hits);
        let found = hits.len() > before;
        // "Kunduz, Sar-e Pol and Taloqan": the parser calls members of a list conj or appos.
        let mention = self.index.place(noun);
        // The parser may hang the rest of a list on any word of a name.
        let words = mention.map_or(noun..noun + 1, |m| t.reading.tokens_in(self.index.places[m].span));
        for k in words.flat_map(|w| t.kids(w)) {
            let own = mention.is_some() && self.index.place(k) == mention;
            let listed = match t.dep(k) {
                Dep::Conj => !t.is_verb(k),
                // "the city of A, the towns of B and C" may come as an apposition too.
                Dep::Appos => {
                    found
                        && (self.named(k)
                            || mention.is_none()
                            || (self.words.locative.contains(&t.lemma(k)) && t.prep(k, &["of"]).next().is_some()))
                }
                _ => false,
            };
            if listed && !own {
                self.place_list(k, depth + 1, hits);
            }
        }
        // "several towns, including A and B", "such as A".
        for k in t.kids(noun) {
            let word = t.word(k).to_ascii_lowercase();
            if t.dep(k) == Dep::Prep && (word == "including" || word == "like" || word == "as") {
                for p in t.kids(k).filter(|&p| t.dep(p) == Dep::Pobj) {
                    self.place_list(p, depth + 1, hits);
                }
            }
        }
    }

    /// True for a token in a mention that is a name of its own, not words that stand for one.
    fn named(&self, token: usize) -> bool {
        self.index.place(token).is_some_and(|n| self.index.places[n].kind != ToponymKind::Reference)
    }

    /// For a noun that only describes a name: the name. "X, a town", "X is a town", "left X as the last town".
    fn named_thing(&self, noun: usize) -> Option<usize> {
        let t = self.tree;
        let up = t.head(noun);
        if up == noun || t.kids(noun).any(|k| t.dep(k) == Dep::Prep && t.word(k).eq_ignore_ascii_case("of")) {
            return None;
        }
        let name = match t.dep(noun) {
            Dep::Appos => Some(up),
            Dep::Attr if matches!(t.lemma(up).as_str(), "be" | "remain" | "become") => t.surface_subject(up),
            Dep::Pobj if t.word(up).eq_ignore_ascii_case("as") && t.is_verb(t.head(up)) => {
                t.objects(t.head(up)).first().copied()
            }
            _ => None,
        }?;
        self.named(name).then_some(name)
    }

    fn place_one(&self, noun: usize, depth: usize, hits: &mut Vec<PlaceHit>) {
        let t = self.tree;
        if depth > 8 {
            return;
        }
        if let Some(n) = self.index.place(noun) {
            // "Syrian army", "Kunduz police": the name inside a longer actor is no place.
            let place = &self.index.places[n];
            let covered = self.index.actor(noun).is_some_and(|a| {
                let actor = &self.index.actors[a];
                actor.span.contains(place.span) && actor.span.len() > place.span.len()
            });
            if !covered {
                let part = place.part.as_ref().map(|p| p.name.clone());
                hits.push(PlaceHit {
                    mention: Some(n),
                    span: place.span,
                    token: noun,
                    part,
                    near: place.precision == Precision::Near,
                    sure: true,
                });
                return;
            }
            return;
        }
        let lemma = t.lemma(noun);
        // "the Mosul-Kirkuk road" is neither Mosul nor Kirkuk.
        if matches!(lemma.as_str(), "road" | "highway" | "motorway" | "route" | "railway") {
            return;
        }
        let fraction = matches!(t.pos(noun), Pos::Num)
            || matches!(t.tag(noun), Tag::Dt | Tag::Cd | Tag::Jjs | Tag::Jjr)
            || self.words.partitive.contains(lemma.as_str());
        let locative = self.words.locative.contains(lemma.as_str());
        if locative && let Some(what) = self.named_thing(noun) {
            // "X, a rebel-held town", "X is a city under siege": the noun says what the place is.
            let before = hits.len();
            self.place_one(what, depth + 1, hits);
            if hits.len() > before {
                return;
            }
        }
        if let Some(hit) = self.supply.reference(t, self.index, noun) {
            hits.push(hit);
            return;
        }
        if !fraction && !locative {
            if t.pos(noun) == Pos::Propn && self.index.actor(noun).is_none() {
                self.unknown_name(noun, hits);
            }
            return;
        }
        let whole = self.words.whole.contains(lemma.as_str());
        let before = hits.len();
        let wrap = |hits: &mut Vec<PlaceHit>, near: bool| {
            for h in &mut hits[before..] {
                if !whole && h.part.is_none() && !fraction_of_state(&lemma) {
                    h.part = Some(self.part_words(noun));
                }
                h.near |= near;
            }
        };
        // "the town of X", "parts of X", "control of X".
        for p in t.prep(noun, &["of", "called", "named"]).collect::<Vec<_>>() {
            self.place_list(p, depth + 1, hits);
        }
        if hits.len() > before {
            wrap(hits, false);
            return;
        }
        // "X district", "X's airport", "the X airport".
        for k in t
            .kids(noun)
            .filter(|&k| matches!(t.dep(k), Dep::Compound | Dep::Poss | Dep::Nmod | Dep::Amod))
            .collect::<Vec<_>>()
        {
            if self.index.place(k).is_some() {
                self.place_list(k, depth + 1, hits);
            }
        }
        if hits.len() > before {
            wrap(hits, false);
            return;
        }
        for k in t.kids(noun).filter(|&k| t.dep(k) == Dep::Appos).collect::<Vec<_>>() {
            self.place_list(k, depth + 1, hits);
        }
        if hits.len() > before {
            wrap(hits, false);
            return;
        }
        for p in t.prep(noun, &["in", "inside", "within", "at", "on", "throughout", "across"]).collect::<Vec<_>>() {
            self.place_list(p, depth + 1, hits);
        }
        if hits.len() > before {
            wrap(hits, false);
            return;
        }
        for p in t.prep(noun, &["near", "around", "outside", "surrounding"]).collect::<Vec<_>>() {
            self.place_list(p, depth + 1, hits);
        }
        if hits.len() > before {
            wrap(hits, true);
            return;
        }
        // "village of" unknown names inside the phrase: "the Tahrir district".
        if locative {
            for k in t
                .kids(noun)
                .filter(|&k| {
                    matches!(t.dep(k), Dep::Compound) && t.pos(k) == Pos::Propn && self.index.actor(k).is_none()
                })
                .collect::<Vec<_>>()
            {
                if hits.len() == before {
                    self.unknown_name(k, hits);
                }
            }
        }
    }

    /// A name in a place's role that the place room does not know: kept by its words.
    fn unknown_name(&self, noun: usize, hits: &mut Vec<PlaceHit>) {
        if let Some(hit) = self.supply.within(self.tree, self.index, noun, self.tree.text) {
            hits.push(hit);
        } else if let Some((span, sure)) = self.supply.name(noun) {
            hits.push(PlaceHit { mention: None, span, token: noun, part: None, near: false, sure });
        }
    }

    fn part_words(&self, noun: usize) -> String {
        let t = self.tree;
        let mut words: Vec<String> = t
            .kids(noun)
            .filter(|&k| {
                k < noun
                    && matches!(t.dep(k), Dep::Amod | Dep::Compound | Dep::Nummod | Dep::Quantmod)
                    && self.index.place(k).is_none()
                    && self.index.actor(k).is_none()
            })
            .map(|k| t.word(k).to_lowercase())
            .collect();
        words.push(t.word(noun).to_lowercase());
        words.join(" ")
    }

    /// The first actor that the phrase of a noun means.
    pub fn actor(&self, noun: usize) -> Option<usize> {
        self.actor_at(noun, 0)
    }

    fn actor_at(&self, noun: usize, depth: usize) -> Option<usize> {
        if depth > 4 {
            return None;
        }
        let t = self.tree;
        let lemma = t.lemma(noun);
        // "its defenders", "its garrison": those of the place, whatever party "its" may mean elsewhere.
        if matches!(lemma.as_str(), "defender" | "garrison") && t.kids(noun).any(|k| t.tag(k) == Tag::PrpS) {
            return None;
        }
        if let Some(a) = self.index.actor(noun) {
            return Some(a);
        }
        let force = self.words.force.contains(lemma.as_str()) || self.words.action.contains(lemma.as_str());
        if force
            || self.words.partitive.contains(lemma.as_str())
            || matches!(t.pos(noun), Pos::Num | Pos::Pron | Pos::Det)
        {
            let modifiers = t
                .kids(noun)
                .filter(|&k| {
                    matches!(t.dep(k), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod | Dep::Appos)
                })
                .find_map(|k| self.index.actor(k));
            if modifiers.is_some() {
                return modifiers;
            }
            for p in t.prep(noun, &["of", "from", "by", "with", "to"]).collect::<Vec<_>>() {
                if let Some(a) = self.actor_at(p, depth + 1) {
                    return Some(a);
                }
            }
            // "forces loyal to X", "fighters opposed to X" (the latter is not X).
            for k in t
                .kids(noun)
                .filter(|&k| matches!(t.lemma(k).as_str(), "loyal" | "allied" | "belong"))
                .collect::<Vec<_>>()
            {
                if let Some(a) = t.prep(k, &["to", "with"]).find_map(|p| self.actor_at(p, depth + 1)) {
                    return Some(a);
                }
            }
        }
        for k in t.kids(noun).filter(|&k| t.dep(k) == Dep::Conj).collect::<Vec<_>>() {
            if let Some(a) = self.actor_at(k, depth + 1) {
                return Some(a);
            }
        }
        None
    }
}

fn fraction_of_state(lemma: &str) -> bool {
    matches!(lemma, "control" | "rest" | "all" | "possession" | "hold")
}
