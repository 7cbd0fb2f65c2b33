//! Rules against arcs: what is found before anybody asks who, when and whether.

use marchland_article::Span;
use marchland_place::Precision;
use marchland_reading::{Dep, Depth, Pos, Tag};

use crate::{
    Aggregate, Kind,
    aggregate::aggregate,
    phrase::{Phrases, PlaceHit},
    rules::{Pattern, Rules, TriggerPart, Voice},
};

/// Who stands in a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// Nobody.
    Missing,
    /// A mention of an actor, by index.
    Actor(usize),
    /// A country named as an actor ("Russia captured"): index of the place mention.
    Country(usize),
    /// Words that nobody knows as an actor, but that can be one.
    Words(usize),
}

/// One match of a pattern, for one place.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub rule: u32,
    pub pattern: u32,
    pub trigger: usize,
    pub kind: Option<Kind>,
    pub event: Option<String>,
    pub place: Option<PlaceHit>,
    pub aggregate: Option<Aggregate>,
    pub holder: Role,
    pub other: Role,
    pub infer: bool,
    /// Only what is told as done counts.
    pub done: bool,
    pub weight: f32,
}

/// Runs every rule over every sentence that was read in full.
pub(crate) fn run(rules: &Rules, phrases: &Phrases) -> Vec<Found> {
    let t = phrases.tree;
    let mut found = Vec::new();
    for sentence in &t.reading.sentences {
        if sentence.depth != Depth::Full {
            continue;
        }
        for i in sentence.first as usize..sentence.last as usize {
            let lemma = t.lemma(i);
            let word = t.word(i).to_lowercase();
            for key in [Some(&lemma), (word != lemma).then_some(&word)].into_iter().flatten() {
                if rules.by_word.get(key).is_some_and(|list| try_all(rules, phrases, list, i, &mut found)) {
                    break;
                }
            }
        }
    }
    found
}

/// The first pattern that finds a place gives the matches; a bare total ("three villages") only when none does.
fn try_all(rules: &Rules, phrases: &Phrases, list: &[(u32, u32)], i: usize, found: &mut Vec<Found>) -> bool {
    let mut spare = None;
    for &(r, p) in list {
        let pattern = &rules.rules[r as usize].patterns[p as usize];
        let matches = apply(phrases, pattern, i);
        if pattern.kind.is_some() && matches.iter().all(|m| m.place.is_none()) {
            if spare.is_none() && !matches.is_empty() {
                spare = Some((r, p, matches));
            }
            continue;
        }
        spare = Some((r, p, matches));
        break;
    }
    let Some((r, p, matches)) = spare else { return false };
    let pattern = &rules.rules[r as usize].patterns[p as usize];
    found.extend(matches.into_iter().map(|Match { place, aggregate, holder, other }| Found {
        rule: r,
        pattern: p,
        trigger: i,
        kind: pattern.kind,
        event: pattern.event.clone(),
        place,
        aggregate,
        holder,
        other,
        infer: pattern.infer,
        done: pattern.done,
        weight: pattern.weight,
    }));
    true
}

/// One match of a pattern. No place only for rules of other events and for totals.
struct Match {
    place: Option<PlaceHit>,
    aggregate: Option<Aggregate>,
    holder: Role,
    other: Role,
}

/// Matches a pattern at a trigger: one entry for each place.
fn apply(phrases: &Phrases, pattern: &Pattern, i: usize) -> Vec<Match> {
    let t = phrases.tree;
    let fits = match pattern.part {
        TriggerPart::Verb => t.is_verb(i) || matches!(t.tag(i), Tag::Vbn | Tag::Vbg | Tag::Vbd | Tag::Vb),
        TriggerPart::Noun => {
            matches!(t.pos(i), Pos::Noun | Pos::Propn)
                || t.tag(i) == Tag::Vbg && t.kids(i).any(|k| matches!(t.tag(k), Tag::Dt | Tag::PrpS | Tag::Pos))
                || t.word(i).eq_ignore_ascii_case("fighting") && matches!(t.dep(i), Dep::Nsubj | Dep::Pobj | Dep::Dobj)
        }
        TriggerPart::Word => true,
    };
    if !fits {
        return vec![];
    }
    if pattern.common && t.pos(i) == Pos::Propn {
        return vec![];
    }
    if pattern.part == TriggerPart::Verb {
        let passive = t.passive(i);
        if (pattern.voice == Voice::Active && passive) || (pattern.voice == Voice::Passive && !passive) {
            return vec![];
        }
    }
    if pattern.need.iter().any(|any| any.iter().all(|path| path.walk(t, i).is_empty()))
        || pattern.not.iter().any(|path| !path.walk(t, i).is_empty())
    {
        return vec![];
    }
    let Some((holder, other)) = roles(phrases, pattern, i) else { return vec![] };
    if pattern.place.is_empty() && !pattern.backward {
        return vec![Match { place: None, aggregate: None, holder, other }];
    }
    let mut total = None;
    for path in &pattern.place {
        let mut places = Vec::new();
        for token in path.walk(t, i) {
            let before = places.len();
            places.extend(phrases.places(token));
            // "the city of 300,000 inhabitants, which was taken twice": the clause hangs on the wrong noun.
            if places.len() == before
                && t.dep(token) == Dep::Pobj
                && t.kids(token).any(|k| t.dep(k) == Dep::Relcl && t.under(i, k))
            {
                places.extend(phrases.places(t.head(t.head(token))));
            }
            total = total.or_else(|| aggregate(phrases, token));
        }
        // A name that nobody knows stands where the place stands: another path would only find another place.
        let unknown =
            places.is_empty() && path.walk(t, i).iter().any(|&k| t.pos(k) == Pos::Propn && phrases.actor(k).is_none());
        if pattern.strict_place {
            places.retain(|h| h.sure);
        }
        places.retain(|h| !same_words(phrases, h.span, holder) && !same_words(phrases, h.span, other));
        if !places.is_empty() {
            return with_total(phrases, places, total, holder, other);
        }
        if unknown {
            break;
        }
    }
    if total.is_some() && matches!(holder, Role::Actor(_) | Role::Country(_)) {
        return vec![Match { place: None, aggregate: total, holder, other }];
    }
    // "recaptured another village", "handed over a swathe of land": ground that changes hands is an event, wherever it lies.
    if matches!(pattern.kind, Some(Kind::Transfer | Kind::Withdrawal))
        && pattern.part == TriggerPart::Verb
        && !pattern.backward
        && (matches!(holder, Role::Actor(_)) || matches!(other, Role::Actor(_)))
        && pattern.place.iter().flat_map(|p| p.walk(t, i)).any(|k| {
            let lemma = t.lemma(k);
            phrases.words.whole.contains(&lemma) || phrases.words.ground.contains(&lemma)
        })
    {
        return vec![Match { place: None, aggregate: None, holder, other }];
    }
    if pattern.backward {
        return place_before(phrases, i)
            .into_iter()
            .map(|p| Match { place: Some(p), aggregate: None, holder, other })
            .collect();
    }
    vec![]
}

/// A total belongs to the country or province that it counts in ("five of Afghanistan's 34 provincial capitals"), or to the
/// one place of which it is a share; beside named places ("three cities, including Kunduz") it stands by itself.
fn with_total(
    phrases: &Phrases,
    places: Vec<PlaceHit>,
    total: Option<Aggregate>,
    holder: Role,
    other: Role,
) -> Vec<Match> {
    let wide = |h: &PlaceHit| {
        h.mention.is_some_and(|m| matches!(phrases.index.places[m].precision, Precision::Country | Precision::Province))
    };
    let share = total.as_ref().is_some_and(|a| a.unit == "percent");
    let own = places.len() == 1 && (share || wide(&places[0]));
    let alone = total.clone().filter(|_| !own && matches!(holder, Role::Actor(_) | Role::Country(_)));
    let named =
        places.into_iter().map(|p| Match { place: Some(p), aggregate: total.clone().filter(|_| own), holder, other });
    let mut all: Vec<Match> = named.collect();
    all.extend(alone.map(|a| Match { place: None, aggregate: Some(a), holder, other }));
    all
}

/// The place named last before a token: in its sentence, else in the one before of the same block.
fn place_before(phrases: &Phrases, i: usize) -> Option<PlaceHit> {
    let t = phrases.tree;
    let at = t.reading.sentence_of(i)?;
    let here = &t.reading.sentences[at];
    let last = |from: usize, to: usize| {
        (from..to).rev().find_map(|k| {
            let mention = phrases.index.place(k)?;
            let toponym = &phrases.index.places[mention];
            let actor = phrases.index.actor(k).is_some();
            let wide = matches!(toponym.precision, Precision::Country | Precision::Province);
            (!actor && !wide).then(|| PlaceHit {
                mention: Some(mention),
                span: toponym.span,
                token: k,
                part: toponym.part.as_ref().map(|p| p.name.clone()),
                near: false,
                sure: true,
            })
        })
    };
    last(here.first as usize, i).or_else(|| phrases.supply.salient(t, phrases.index, i, false, 2))
}

/// True when a place and an actor are the same words ("Russian forces" is no place).
fn same_words(phrases: &Phrases, place: Span, role: Role) -> bool {
    match role {
        Role::Actor(a) => {
            phrases.index.actors[a].span.overlaps(place)
                && phrases.index.actors[a].span.len() >= place.len()
                && phrases.index.actors[a].span != place
        }
        Role::Country(p) => phrases.index.places[p].span == place,
        _ => false,
    }
}

fn roles(phrases: &Phrases, pattern: &Pattern, i: usize) -> Option<(Role, Role)> {
    let holder = role(phrases, &pattern.holder, i, pattern.soft)?;
    let other = role(phrases, &pattern.other, i, true)?;
    if pattern.armed {
        let who = if pattern.holder.is_empty() { other } else { holder };
        if matches!(who, Role::Missing | Role::Words(_)) {
            return None;
        }
    }
    if pattern.fought && matches!(other, Role::Missing | Role::Words(_)) {
        return None;
    }
    Some((holder, if other == holder { Role::Missing } else { other }))
}

/// For "they", "their", "it", "its" that the actor room leaves open: the actor named last in the sentence, else the first
/// of the sentence before.
fn pronoun(phrases: &Phrases, token: usize) -> Option<usize> {
    let t = phrases.tree;
    if !matches!(t.tag(token), Tag::Prp | Tag::PrpS)
        || !matches!(t.word(token).to_ascii_lowercase().as_str(), "they" | "them" | "their" | "it" | "its")
    {
        return None;
    }
    let at = t.reading.sentence_of(token)?;
    let here = &t.reading.sentences[at];
    let known = |k: usize| {
        phrases.index.actor(k).filter(|&a| {
            phrases.index.actors[a].actor.is_some()
                && phrases.index.actors[a].kind != marchland_actor::MentionKind::Person
        })
    };
    (here.first as usize..token).rev().find_map(known).or_else(|| {
        let before = t.reading.sentences.get(at.checked_sub(1)?)?;
        (before.block == here.block).then(|| (before.first as usize..before.last as usize).find_map(known)).flatten()
    })
}

/// Who stands at the end of the paths; `None` when it is somebody who can hold no place.
fn role(phrases: &Phrases, paths: &[crate::path::Path], i: usize, soft: bool) -> Option<Role> {
    let t = phrases.tree;
    let mut words = Role::Missing;
    let mut wrong = false;
    for path in paths {
        for token in path.walk(t, i) {
            if let Some(a) = phrases.actor(token) {
                return Some(Role::Actor(a));
            }
            if let Some(p) = phrases.index.place(token) {
                let place = &phrases.index.places[p];
                if place.precision == Precision::Country && place.kind != marchland_place::ToponymKind::Reference {
                    return Some(Role::Country(p));
                }
                continue;
            }
            if let Some(a) = pronoun(phrases, token) {
                return Some(Role::Actor(a));
            }
            let lemma = t.lemma(token);
            // A person of no known party holds no place.
            if t.pos(token) == Pos::Propn && phrases.index.person(token) {
                wrong = true;
                continue;
            }
            if phrases.words.force.contains(lemma.as_str())
                || (t.pos(token) == Pos::Propn && phrases.index.place(token).is_none())
            {
                if words == Role::Missing {
                    words = Role::Words(token);
                }
            } else if t.pos(token) == Pos::Noun
                && !phrases.words.action.contains(lemma.as_str())
                && !phrases.words.partitive.contains(lemma.as_str())
            {
                wrong = true;
            }
        }
    }
    if words == Role::Missing && wrong && !soft {
        return None;
    }
    Some(words)
}
