//! Does the clause around an expression look back or ahead? Weekdays and months hang on it.

use marchland_reading::{Dep, Depth, Reading, Tag};

use crate::parse::View;
use crate::raw::Raw;
use crate::scan::Shape;
use crate::words::Lex;

/// Verbs that fix a day: what stands behind them lies ahead of the fixing.
const FIXED: &[&str] = &["schedule", "plan", "postpone", "set", "slate", "delay", "reschedule"];

/// Adjectives that stand before the day from which something counts.
const DATED_AHEAD: &[&str] = &["effective", "payable"];

/// Nouns of what is held by appointment.
const APPOINTED: &[&str] = &[
    "summit",
    "meeting",
    "election",
    "conference",
    "deadline",
    "hearing",
    "visit",
    "trip",
    "referendum",
    "vote",
    "session",
    "ceremony",
];

/// True behind "until": the day lies ahead of what is told, whatever the tense of that.
pub(crate) fn until(view: View<'_>, raw: &Raw) -> bool {
    view.word_before(raw.first, &["until", "till"])
        && !(raw.first.saturating_sub(8)..raw.first).any(|i| view.any(i, &["had", "was", "were"]))
}

/// Where the clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Unknown,
}

/// Words that look ahead.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "ll",
    "would",
    "upcoming",
    "deadline",
    "payable",
    "expire",
    "expires",
    "expiring",
    "effective",
    "tomorrow",
    "forthcoming",
    "planned",
    "scheduled",
    "due",
    "slated",
    "expected",
    "plans",
    "hopes",
    "intends",
    "aims",
    "plan",
    "intend",
    "expects",
    "vowed",
    "pledged",
    "begins",
    "starts",
    "opens",
    "meets",
    "resumes",
    "takes",
    "may",
    "might",
    "should",
    "must",
];

/// Words of a plan: with "to" and a verb behind them they look ahead, whatever their own tense.
const PLANS: &[&str] = &[
    "due",
    "set",
    "scheduled",
    "expected",
    "planned",
    "planning",
    "plans",
    "plan",
    "slated",
    "hopes",
    "hope",
    "intends",
    "intended",
    "vowed",
    "agreed",
    "ready",
    "likely",
    "supposed",
    "wants",
    "want",
    "preparing",
    "prepared",
    "promised",
    "pledged",
    "going",
    "aims",
    "about",
    "expects",
    "has",
    "have",
];

const BACK: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "said",
    "told",
    "took",
    "fell",
    "began",
    "came",
    "went",
    "left",
    "made",
    "lost",
    "won",
    "met",
    "held",
    "gave",
    "fled",
    "fought",
    "shot",
    "broke",
    "saw",
    "found",
    "sent",
    "spoke",
    "hit",
    "became",
    "got",
    "stood",
    "rose",
    "led",
    "drove",
    "struck",
    "since",
    "ago",
    "been",
    "blew",
    "ran",
    "wrote",
    "grew",
    "closed",
    "heard",
    "withdrew",
    "overran",
    "overthrew",
    "brought",
    "kept",
    "felt",
    "sold",
];

/// The tense by the words around, within the sentence and at most a dozen pieces away: the nearest to the left, else
/// the first to the right.
pub(crate) fn by_words(view: View<'_>, raw: &Raw) -> Tense {
    if view.word_before(raw.first, &["until", "till"])
        || (view.word_before(raw.first, &["as"]) && raw.first >= 2 && view.any(raw.first - 2, &["soon", "early"]))
    {
        // "until Friday" may be history too; only a clear past perfect speaks against it.
        return if (raw.first.saturating_sub(8)..raw.first).any(|i| view.is(i, "had")) {
            Tense::Past
        } else {
            Tense::Future
        };
    }
    // "around Wednesday's ruling" had its ruling, whatever is to be done about it.
    if view.mark(raw.last, '\'')
        && view.is(raw.last + 1, "s")
        && !(raw.last + 2..raw.last + 8).any(|i| view.any(i, &["will", "would"]))
    {
        return Tense::Past;
    }
    let stops = |i: usize| {
        view.at(i).is_some_and(|p| match p.shape {
            Shape::Mark('.') => {
                view.at(i + 1).is_none_or(|n| n.spaced && n.capital)
                    && !matches!(view.lex(i.wrapping_sub(1)), Lex::Mon(_))
            }
            Shape::Mark('!' | '?' | ';') => true,
            _ => false,
        })
    };
    let mut i = raw.first;
    for _ in 0..16 {
        let Some(j) = i.checked_sub(1) else { break };
        if stops(j) {
            break;
        }
        i = j;
        if let Some(tense) = cue(view, j) {
            return tense;
        }
    }
    for j in raw.last..raw.last + 14 {
        if j >= view.pieces.len() || stops(j) {
            break;
        }
        // "Monday he pledged reforms": a promise looks ahead only to what stands behind it.
        if view.any(j, &["pledged", "vowed", "planned", "scheduled", "expected", "slated"]) {
            return Tense::Past;
        }
        if let Some(tense) = cue(view, j) {
            return tense;
        }
    }
    Tense::Unknown
}

fn cue(view: View<'_>, i: usize) -> Option<Tense> {
    let piece = view.at(i)?;
    if piece.is("to") && i > 0 {
        let plan = (i.saturating_sub(3)..i).any(|k| view.any(k, PLANS));
        let was = (i.saturating_sub(5)..i).any(|k| view.is(k, "had"));
        return plan.then_some(if was { Tense::Past } else { Tense::Future });
    }
    if piece.any_of(AHEAD) {
        // "was expected", "had planned": what was due; the day may lie ahead all the same.
        if piece.any_of(&["may", "might", "could"]) && piece.capital {
            return None;
        }
        return Some(Tense::Future);
    }
    if piece.any_of(BACK) {
        return Some(Tense::Past);
    }
    if i > 0 && view.any(i - 1, &["be", "being"]) {
        // "should be completed": the helper before it tells.
        return None;
    }
    let word = piece.word();
    (word.len() > 4
        && word.ends_with("ed")
        && !piece.any_of(&["united", "armed", "hundred", "indeed", "exceed", "proceed", "succeed"])
        && !piece.capital)
        .then_some(Tense::Past)
}

/// The tense by the arcs: the verb that the expression hangs on, and its helpers. `None` where nothing was parsed.
pub(crate) fn by_arcs(reading: &Reading, start: u32, end: u32) -> Option<Tense> {
    let first = reading.token_at(start);
    let sentence = reading.sentences.get(reading.sentence_of(first)?)?;
    if sentence.depth != Depth::Full {
        return None;
    }
    // The token of the expression whose head lies outside.
    let inside = |t: usize| reading.tokens.get(t).is_some_and(|t| t.span.start < end && t.span.end > start);
    let mut at = first;
    let mut steps = 0;
    loop {
        let token = reading.tokens.get(at)?;
        let verb = matches!(token.tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz | Tag::Md);
        if verb && !inside(at) {
            // "scheduled a hearing for Thursday", "set for April": the day of what was planned, not of the planning.
            // "was set up on Sunday" fixes nothing.
            let particle = reading.children(at).any(|c| reading.tokens[c].dep == Dep::Prt);
            let ahead = at < first && FIXED.contains(&reading.lemma(at)) && steps > 0 && !particle;
            return Some(if ahead { Tense::Future } else { of_verb(reading, at) });
        }
        // "payable Jan. 2", "effective Feb. 1": the word itself looks ahead, whatever its sentence does.
        if !inside(at) && at < first && DATED_AHEAD.contains(&reading.lemma(at)) {
            return Some(Tense::Future);
        }
        // "a summit in April", "the vote on Sunday": what is held by appointment may lie on either side.
        if !inside(at) && APPOINTED.contains(&reading.lemma(at)) {
            return Some(Tense::Unknown);
        }
        let head = token.head as usize;
        steps += 1;
        if head == at || steps > 40 {
            return None;
        }
        at = head;
    }
}

/// The tense of a verb with its helpers.
pub(crate) fn of_verb(reading: &Reading, verb: usize) -> Tense {
    let Some(token) = reading.tokens.get(verb) else { return Tense::Unknown };
    let mut to = false;
    let mut has = false;
    // "is heard", "to be heard".
    let mut present = false;
    let mut passive = false;
    for child in reading.children(verb) {
        let lemma = reading.lemma(child);
        match reading.tokens[child].dep {
            Dep::Aux | Dep::Auxpass => match (reading.tokens[child].tag, lemma) {
                (Tag::Md, "can" | "could") => {}
                (Tag::Md, _) => return Tense::Future,
                (Tag::Vbd, _) => return Tense::Past,
                (Tag::To, _) => to = true,
                (_, "have") => has = true,
                (tag, "be") => {
                    passive = true;
                    present |= matches!(tag, Tag::Vbz | Tag::Vbp);
                }
                _ => {}
            },
            _ => {}
        }
    }
    if has || token.tag == Tag::Vbd {
        return Tense::Past;
    }
    let head = token.head as usize;
    if to {
        // "expected to resume", "plans to leave"; but "forced to leave", "managed to cross".
        let lemma = reading.lemma(head);
        let plan = [
            "expect", "plan", "schedule", "set", "due", "slate", "hope", "intend", "vow", "agree", "ready", "likely",
            "suppose", "want", "prepare", "promise", "pledge", "go", "aim",
        ];
        if plan.contains(&lemma) {
            return Tense::Future;
        }
    }
    // "rules to be published in May" is a plan; "was said to be held by" hangs on a verb.
    if to && passive && token.tag == Tag::Vbn && matches!(token.dep, Dep::Acl | Dep::Relcl | Dep::Advcl) {
        return Tense::Future;
    }
    if matches!(token.tag, Tag::Vbg | Tag::Vbn | Tag::Vb)
        && head != verb
        && matches!(token.dep, Dep::Xcomp | Dep::Conj | Dep::Advcl | Dep::Ccomp | Dep::Acl)
        && reading.tokens.get(head).is_some_and(|t| matches!(t.tag, Tag::Vbd))
    {
        return Tense::Past;
    }
    match token.tag {
        // "when the case is heard in May": a day to come, or a habit.
        Tag::Vbn if present => Tense::Unknown,
        Tag::Vbd | Tag::Vbn => Tense::Past,
        _ => Tense::Unknown,
    }
}
