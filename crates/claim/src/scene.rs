//! At which place an event was: the mention to which the words of the event lead through the tree.

use marchland_place::{Precision, Toponym, ToponymKind};
use marchland_reading::{Dep, Reading, Tag};

/// Dearest way between an event and a mention that is still its place. Measured on half of a set of marked verbs
/// (`tools/eval/where.sh`); a lower bound leaves more events without a place.
const FAR: u32 = 26;
/// A smaller place that costs no more than this above a larger one is meant ("in Sinai, in the town of El-Arish").
const NESTED: u32 = 8;

/// The mentions of a place at which an event was, best first: indices into `places`. Several only where they are joined ("in Gaza
/// and Israel"). Empty when the sentence does not say, which is often: "police captured two men from Istanbul".
///
/// `trigger` is the token that names the event, `places` what the place room found in the same article.
#[must_use]
pub fn scene_of(reading: &Reading, places: &[Toponym], trigger: usize) -> Vec<usize> {
    let Some(sentence) = reading.sentence_of(trigger).and_then(|s| reading.sentences.get(s)) else { return Vec::new() };
    let from = places.partition_point(|p| p.span.start < sentence.span.start);
    let up = climb(reading, trigger);
    let mut found: Vec<(u32, u32, usize, usize)> = Vec::new();
    for (n, place) in places.iter().enumerate().skip(from).take_while(|(_, p)| p.span.start < sentence.span.end) {
        if place.kind == ToponymKind::Reference {
            continue;
        }
        let Some(token) = top(reading, place) else { continue };
        let Some(cost) = way(reading, &up, token, trigger) else { continue };
        let gap = reading.tokens[trigger].span.start.abs_diff(place.span.start);
        found.push((cost, gap, n, token));
    }
    let Some(&cheapest) = found.iter().min() else { return Vec::new() };
    if cheapest.0 > FAR {
        return Vec::new();
    }
    let best = found
        .iter()
        .filter(|f| f.0 <= cheapest.0 + NESTED)
        .min_by_key(|f| (size(places[f.2].precision), f.0, f.1))
        .copied()
        .unwrap_or(cheapest);
    let mut all = vec![best.2];
    all.extend(found.iter().filter(|f| f.2 != best.2 && joined(reading, best.3, f.3)).map(|f| f.2));
    all
}

fn size(precision: Precision) -> u8 {
    match precision {
        Precision::Exact | Precision::Near => 0,
        Precision::District => 1,
        Precision::Province => 2,
        Precision::Country => 3,
    }
}

/// The token of a mention whose head lies outside of it.
fn top(reading: &Reading, place: &Toponym) -> Option<usize> {
    let range = reading.tokens_in(place.span);
    range.clone().find(|&t| {
        let head = reading.tokens[t].head as usize;
        head == t || !range.contains(&head)
    })
}

/// Two mentions in one list: a chain of conjunctions leads from the one to the other.
fn joined(reading: &Reading, a: usize, b: usize) -> bool {
    let first = |mut t: usize| {
        for _ in 0..20 {
            if reading.tokens[t].dep != Dep::Conj {
                break;
            }
            t = reading.tokens[t].head as usize;
        }
        t
    };
    first(a) == first(b)
}

/// The token and everything above it, with the price of getting there.
fn climb(reading: &Reading, token: usize) -> Vec<(usize, u32)> {
    let mut way = vec![(token, 0)];
    let (mut at, mut cost) = (token, 0);
    for _ in 0..40 {
        let head = reading.tokens[at].head as usize;
        if head == at {
            break;
        }
        cost += above(reading, at);
        way.push((head, cost));
        at = head;
    }
    way
}

/// The price of the way from the event, whose climb is known, to a mention.
fn way(reading: &Reading, up: &[(usize, u32)], token: usize, trigger: usize) -> Option<u32> {
    let (mut at, mut cost) = (token, 0);
    for _ in 0..40 {
        if let Some(&(_, climbed)) = up.iter().find(|(t, _)| *t == at) {
            return Some(cost + climbed);
        }
        let head = reading.tokens.get(at)?.head as usize;
        if head == at {
            return None;
        }
        cost += below(reading, at, trigger);
        at = head;
    }
    None
}

/// What it costs to go up from the event: to the verb that shares its clause little, out of its clause much.
fn above(reading: &Reading, child: usize) -> u32 {
    match reading.tokens[child].dep {
        Dep::Aux | Dep::Auxpass => 0,
        Dep::Conj => 6,
        Dep::Xcomp => 3,
        Dep::Acl | Dep::Relcl => 6,
        Dep::Advcl => 8,
        Dep::Ccomp => 18,
        Dep::Pcomp => 6,
        Dep::Parataxis | Dep::Dep | Dep::Meta => 16,
        _ => 4,
    }
}

/// What it costs to go up from the mention. A place that is a place's name by its preposition is cheap; one that says whose or
/// which is dear ("the Lebanese capital's mayor", "two men from Istanbul"); another clause is dearer still.
fn below(reading: &Reading, child: usize, trigger: usize) -> u32 {
    let token = &reading.tokens[child];
    let head = token.head as usize;
    match token.dep {
        Dep::Pobj => match reading.lemma(head) {
            "in" | "at" | "near" | "on" | "outside" | "inside" | "around" | "across" | "throughout" => 0,
            "from" | "to" | "toward" | "towards" | "into" => 4,
            "of" => 2,
            "between" | "along" | "through" | "over" | "off" | "beside" | "against" => 3,
            _ => 8,
        },
        Dep::Prep if head == trigger => 0,
        Dep::Prep => match reading.tokens[head].dep {
            Dep::Dobj | Dep::Pobj | Dep::Nsubjpass => 5,
            Dep::Nsubj => 8,
            _ => 4,
        },
        Dep::Dobj if head == trigger => 3,
        Dep::Nsubj | Dep::Nsubjpass => 9,
        Dep::Compound | Dep::Nmod | Dep::Amod => 4,
        Dep::Npadvmod | Dep::Advmod => 2,
        Dep::Poss => 7,
        Dep::Appos => 2,
        Dep::Conj if matches!(reading.tokens[head].tag, Tag::Nnp | Tag::Nnps) => 1,
        Dep::Conj => 12,
        Dep::Acl => 12,
        Dep::Advcl | Dep::Pcomp => 14,
        Dep::Xcomp => 6,
        Dep::Ccomp => 20,
        Dep::Relcl => 24,
        Dep::Parataxis | Dep::Dep | Dep::Meta => 14,
        _ => 5,
    }
}
