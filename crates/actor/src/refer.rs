//! "they", "its forces", "the group": whom words mean that name nobody.
//!
//! Rules of discourse, no model: the subject of the sentence before is likeliest, then whoever stands in the same
//! sentence, then two sentences back; never across a heading. Each answer has a score that says so.

use crate::compose::Draft;
use crate::document::{Document, Part};
use crate::fold::Gap;
use crate::lexicon::List;
use crate::resolve::{Candidates, finish};
use crate::{ActorId, ActorKind, MentionKind, Registry};

/// How far back words may point, in sentences.
const REACH: u32 = 3;

/// How far back words may point, in mentions: bounds the work on a sentence without end.
const MEMORY: usize = 40;

/// What sort of antecedent a word wants.
#[derive(Clone, Copy, PartialEq)]
enum Wants {
    /// "they", "their": several people.
    Many,
    /// "it", "its", "the group": a body.
    Body,
    /// "he", "his": a person.
    One,
}

/// The end of the referring words that begin at `word`, whom they may mean, and whether that is a person.
pub(crate) fn resolve(
    registry: &Registry,
    part: &Part,
    n: usize,
    word: usize,
    hit: Option<usize>,
    drafts: &[Draft],
) -> Option<(usize, Candidates, bool)> {
    let text = part.folded.of(word);
    let sentence = part.sentence[word];
    if let Some(h) = hit
        && part.hits[h].is(List::Group)
    {
        let who = antecedent(registry, drafts, n, sentence, Wants::Body, true);
        return (!who.is_empty()).then_some((part.hits[h].last, who, false));
    }
    let force = force_behind(part, word);
    let (wants, last) = match text {
        "they" | "them" | "themselves" => (Wants::Many, word + 1),
        "their" => (Wants::Many, force.unwrap_or(word + 1)),
        "its" => (Wants::Body, force?),
        "his" => (Wants::One, force?),
        "it" => (Wants::Body, acts(part, word).then_some(word + 1)?),
        "he" | "she" => (Wants::One, word + 1),
        "we" | "our" | "us" if part.folded.words[word].quoted && !part.folded.words[word].capitals => {
            return Some((if text == "our" { force.unwrap_or(word + 1) } else { word + 1 }, Vec::new(), false));
        }
        _ => return None,
    };
    let who = antecedent(registry, drafts, n, sentence, wants, force.is_some());
    (!who.is_empty()).then_some((last, who, wants == Wants::One && force.is_none()))
}

/// "its forces", "their elite fighters": the end of the force word behind a possessive.
fn force_behind(part: &Part, word: usize) -> Option<usize> {
    let mut end = word + 1;
    for hit in part.hits.iter().skip(part.hits.partition_point(|h| h.first <= word)).take(3) {
        if hit.first != end || part.folded.words[hit.first].gap != Gap::Space {
            return None;
        }
        if hit.is(List::Force) {
            return Some(hit.last);
        }
        if !hit.is(List::Filler) {
            return None;
        }
        end = hit.last;
    }
    None
}

/// "it captured", "it had seized": within the next two words.
fn acts(part: &Part, word: usize) -> bool {
    let next = part.hits.partition_point(|h| h.first <= word);
    let verb = part.hits.get(next).filter(|h| h.is(List::Does) && h.first <= word + 2);
    verb.is_some_and(|h| {
        let auxiliary = h.first == word + 1
            || matches!(part.folded.of(word + 1), "had" | "has" | "have" | "also" | "later" | "then");
        auxiliary && part.folded.words[h.first].gap == Gap::Space && part.sentence[h.first] == part.sentence[word]
    })
}

/// Whom a word may mean, by what was said before.
fn antecedent(
    registry: &Registry,
    drafts: &[Draft],
    part: usize,
    sentence: u32,
    wants: Wants,
    force: bool,
) -> Candidates {
    let mut out = Candidates::new();
    let mut closest: Option<u32> = None;
    for draft in drafts.iter().rev().take(MEMORY) {
        let back = sentence.saturating_sub(draft.sentence);
        if back > REACH {
            break;
        }
        let Some((id, sure)) = draft.candidates.first() else { continue };
        // Doubt whether a country is a party or a place is settled once something is said of "its forces".
        let sure = &sure.max(0.5);
        let Some(kind) = registry.kind_on(id, None) else { continue };
        let civil = matches!(kind, ActorKind::Civilians | ActorKind::Observer);
        let fits = match wants {
            Wants::Many if force => !civil,
            Wants::Many => true,
            Wants::Body => !civil || id.as_str() != "civilians",
            Wants::One => true,
        };
        if !fits {
            continue;
        }
        let kind_weight = match (wants, draft.person) {
            (Wants::One, true) => 1.0,
            (Wants::One, false) => 0.25,
            (_, true) => 0.35,
            (_, false) => 1.0,
        };
        let distance = match back {
            0 => 0.9,
            1 if draft.part == part => 1.0,
            1 => 0.6,
            2 if draft.part == part => 0.45,
            _ => 0.2,
        };
        // Pronouns point on: "They ... They".
        let chain = if draft.kind == MentionKind::Reference { 0.9 } else { 1.0 };
        closest.get_or_insert(back);
        let weight = sure * kind_weight * distance * chain * draft.rank * draft.rank;
        for (id, score) in &draft.candidates {
            let weight = weight * score / draft.candidates[0].1.max(f32::EPSILON);
            match out.iter_mut().find(|c| c.0 == *id) {
                Some(have) => have.1 = have.1.max(weight) + 0.1 * weight.min(have.1),
                None => out.push((id.clone(), weight)),
            }
        }
    }
    let reach = match closest {
        Some(0 | 1) => 0.95,
        Some(2) => 0.75,
        Some(_) => 0.6,
        None => return Vec::new(),
    };
    finish(out, reach)
}

/// Who of the fitting was spoken of in this sentence or the one before.
pub(crate) fn spoken_of(
    drafts: &[Draft],
    part: usize,
    sentence: u32,
    fits: &dyn Fn(&ActorId) -> bool,
) -> Option<Candidates> {
    let mut out = Candidates::new();
    for draft in drafts.iter().rev().take(12).take_while(|d| d.part == part && sentence.saturating_sub(d.sentence) <= 1)
    {
        if let Some((id, score)) = draft.candidates.first()
            && fits(id)
            && !out.iter().any(|c| c.0 == *id)
        {
            out.push((id.clone(), score * draft.rank));
        }
    }
    (!out.is_empty()).then(|| finish(out, 0.65))
}

/// What was spoken of, with what the class says kept as alternatives.
pub(crate) fn blend(said: Candidates, class: Candidates) -> Candidates {
    let mut out = said;
    for (id, score) in class {
        match out.iter_mut().find(|c| c.0 == id) {
            Some(have) => have.1 = (have.1 + 0.5 * score).min(0.9),
            None => out.push((id, score * 0.5)),
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.truncate(5);
    out
}

/// "We", within quotation marks, is the party of whoever speaks: named outside the quote, in its sentence or the next or the one before.
pub(crate) fn speakers_of_quotes(doc: &Document, drafts: &mut Vec<Draft>) {
    let quoted = |d: &Draft| doc.parts[d.part].folded.words[d.first].quoted;
    for i in 0..drafts.len() {
        if !(drafts[i].kind == MentionKind::Reference && drafts[i].candidates.is_empty()) {
            continue;
        }
        let near = |d: &Draft| {
            d.part == drafts[i].part
                && d.sentence.abs_diff(drafts[i].sentence) <= 1
                && !quoted(d)
                && !d.candidates.is_empty()
        };
        let after = drafts[i + 1..].iter().take(20).find(|d| near(d));
        let before = drafts[..i].iter().rev().take(20).find(|d| near(d));
        let weight =
            |d: &Draft| f32::from(u8::from(d.sentence == drafts[i].sentence)) + f32::from(u8::from(d.person)) * 0.6;
        let speaker = match (before, after) {
            (Some(b), Some(a)) => Some(if weight(a) >= weight(b) { a } else { b }),
            (b, a) => b.or(a),
        };
        if let Some(speaker) = speaker {
            let who = crate::compose::scaled(speaker.candidates.clone(), 0.8);
            drafts[i].candidates = who;
        }
    }
    drafts.retain(|d| !d.candidates.is_empty() || d.kind == MentionKind::Role);
}
