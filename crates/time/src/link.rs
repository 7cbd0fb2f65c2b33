//! Which expression dates which event.

use marchland_article::{Article, BlockKind};
use marchland_reading::{Dep, Depth, Reading, Tag};

use crate::calendar::between;
use crate::expression::{Interval, Precision, TimeExpression, TimexType};
use crate::tense::{self, Tense};

/// Dearest way through the tree between an event and an expression that still dates it.
const NEAR: u32 = 30;
/// How many sentences back, within a block, the story's last day still counts.
const BACK: usize = 3;
/// Verbs of saying: the day beside them is the day of the saying.
const SAYING: &[&str] = &[
    "say",
    "tell",
    "add",
    "report",
    "announce",
    "claim",
    "declare",
    "state",
    "write",
    "note",
    "confirm",
    "acknowledge",
    "deny",
    "insist",
    "warn",
    "quote",
    "accuse",
    "describe",
    "tweet",
    "broadcast",
    "admit",
    "vow",
    "explain",
    "argue",
    "allege",
];

/// The interval of an event, and the index of the expression that gives it.
///
/// `trigger` is the token that names the event (a verb or a noun), `expressions` what [`find`](crate::find) gave for the same
/// article. Looked at in turn: an expression of the same sentence that hangs on the trigger or on a verb that shares its
/// clause (by distance where nothing was parsed); a date at the head of the paragraph; the day last told in the same
/// paragraph, when the story goes on; the heading above ("26 February"). `None`: the text does not say, and nobody guesses.
#[must_use]
pub fn date_of(
    reading: &Reading,
    expressions: &[TimeExpression],
    trigger: usize,
    article: &Article,
) -> Option<(Interval, Option<usize>)> {
    let at = reading.sentence_of(trigger)?;
    let sentence = reading.sentences.get(at)?;
    let here = within(expressions, sentence.span.start, sentence.span.end);
    let own = if sentence.depth == Depth::Full {
        by_arcs(reading, expressions, here.clone(), trigger, article)
    } else {
        by_distance(reading, expressions, here.clone(), trigger, article)
    };
    if let Some(found) = own {
        return dated(expressions, found);
    }
    // A history goes from day to day: what a sentence tells is of its day, and of the last day told where it has none.
    if history(expressions, here.clone(), article) {
        let found = only_day(expressions, here, reading.tokens[trigger].span.start, article)
            .or_else(|| told_last(reading, expressions, trigger, at, article))
            .or_else(|| heading(article, expressions, sentence.block as usize));
        return found.and_then(|n| dated(expressions, n));
    }
    // A sentence with a day of its own, which is another event's, is not dated by those before it.
    let told = here.clone().any(|n| usable(&expressions[n], article) && expressions[n].precision == Precision::Day);
    if told && !then(reading, at, article) {
        return heading(article, expressions, sentence.block as usize).and_then(|n| dated(expressions, n));
    }
    if let Some(n) = told_before(reading, expressions, trigger, at, article) {
        return dated(expressions, n);
    }
    heading(article, expressions, sentence.block as usize).and_then(|n| dated(expressions, n))
}

fn dated(expressions: &[TimeExpression], n: usize) -> Option<(Interval, Option<usize>)> {
    expressions.get(n).and_then(TimeExpression::meant).map(|days| (days, Some(n)))
}

/// Indices of the expressions that begin between two offsets.
fn within(expressions: &[TimeExpression], start: u32, end: u32) -> std::ops::Range<usize> {
    let first = expressions.partition_point(|e| e.span.start < start);
    let last = expressions.partition_point(|e| e.span.start < end);
    first..last.max(first)
}

/// True for an expression that can date an event at all.
fn usable(expression: &TimeExpression, article: &Article) -> bool {
    if expression.kind == TimexType::Set || expression.meant().is_none() {
        return false;
    }
    match expression.value.as_str() {
        "PRESENT_REF" => matches!(expression.span.of(&article.text), "now" | "Now" | "currently"),
        _ => !dateline(expression, article),
    }
}

/// "BENGHAZI, March 15 (Agency)": the day of writing at the head of a wire story, no event's.
fn dateline(expression: &TimeExpression, article: &Article) -> bool {
    let text = &article.text;
    let (start, end) = (expression.span.start as usize, expression.span.end as usize);
    let line = text.get(..start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
    let (Some(before), Some(after)) = (text.get(line..start), text.get(end..)) else { return false };
    // "TRIPOLI | Sun Jul 10, 2011 7:13 pm EDT"
    if before.len() < 60
        && expression.kind == TimexType::Time
        && (before.trim_end().ends_with('|') || before.is_empty())
    {
        return true;
    }
    let place = before.trim_end().trim_end_matches(',');
    let capitals = place
        .split(|c: char| !c.is_alphabetic())
        .next()
        .is_some_and(|w| w.len() > 2 && w.chars().all(char::is_uppercase));
    let after = after.trim_start();
    before.len() < 60 && capitals && ["(", "--", "-", "\u{2013}", "\u{2014}", "_"].iter().any(|m| after.starts_with(m))
}

/// The cheapest expression of the sentence by the way through the tree.
fn by_arcs(
    reading: &Reading,
    expressions: &[TimeExpression],
    here: std::ops::Range<usize>,
    trigger: usize,
    article: &Article,
) -> Option<usize> {
    let up = climb(reading, trigger);
    let mut best: Option<(u32, u32, usize)> = None;
    for n in here {
        let expression = &expressions[n];
        if !usable(expression, article) {
            continue;
        }
        let Some(governor) = governor(reading, expression) else { continue };
        let opens = expression.span.start < reading.tokens[governor].span.start;
        let Some(cost) = way(reading, &up, governor, trigger, opens) else { continue };
        let gap = reading.tokens[trigger].span.start.abs_diff(expression.span.start);
        // What is more exact wins over what is nearer: "on Friday" over "this year".
        let cost = cost
            + u32::from(expression.precision > Precision::Month) * 2
            + u32::from(expression.kind == TimexType::Duration) * 3
            + u32::from(expression.value == "PRESENT_REF") * 12
            + u32::from(vague(expression, article)) * 3;
        if cost <= NEAR && best.is_none_or(|b| (cost, gap) < (b.0, b.1)) {
            best = Some((cost, gap, n));
        }
    }
    best.map(|b| b.2)
}

/// "hours earlier", "two days earlier": a day named beside it is better.
fn vague(expression: &TimeExpression, article: &Article) -> bool {
    expression.value == "PAST_REF" || expression.span.of(&article.text).ends_with("earlier")
}

/// The word outside the expression on which it hangs, read through its prepositions.
fn governor(reading: &Reading, expression: &TimeExpression) -> Option<usize> {
    let range = reading.tokens_in(expression.span);
    let mut at = range.clone().find(|&t| {
        let head = reading.tokens[t].head as usize;
        !range.contains(&head) || head == t
    })?;
    for _ in 0..8 {
        let head = reading.tokens.get(at)?.head as usize;
        if head == at {
            return Some(at);
        }
        at = head;
        if !matches!(reading.tokens.get(at)?.dep, Dep::Prep | Dep::Pcomp | Dep::Mark) || is_verb(reading, at) {
            return Some(at);
        }
    }
    Some(at)
}

fn is_verb(reading: &Reading, token: usize) -> bool {
    reading
        .tokens
        .get(token)
        .is_some_and(|t| matches!(t.tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz))
}

/// The token and everything above it, with the price of getting there.
fn climb(reading: &Reading, token: usize) -> Vec<(usize, u32)> {
    let mut way = vec![(token, 0)];
    let (mut at, mut cost) = (token, 0);
    for _ in 0..60 {
        let Some(t) = reading.tokens.get(at) else { break };
        let head = t.head as usize;
        if head == at {
            break;
        }
        cost += price(reading, at, true);
        way.push((head, cost));
        at = head;
    }
    way
}

/// The price of the way from the trigger (whose climb is known) to the governor of an expression.
fn way(reading: &Reading, up: &[(usize, u32)], governor: usize, trigger: usize, opens: bool) -> Option<u32> {
    let (mut at, mut cost) = (governor, 0);
    for _ in 0..60 {
        if let Some(&(_, above)) = up.iter().find(|(t, _)| *t == at) {
            // A verb of saying above the event, with the expression hanging on it: the day of the saying.
            // Before that verb it opens the sentence ("On 13 May the ministry said ...") and goes for both.
            let saying = at == governor && at != trigger && above > 0 && SAYING.contains(&reading.lemma(at));
            if saying {
                return opens.then_some(NEAR - 4);
            }
            return Some(above + cost);
        }
        let head = reading.tokens.get(at)?.head as usize;
        if head == at {
            return None;
        }
        cost += price(reading, at, false);
        at = head;
    }
    None
}

/// What an arc costs: little where both ends are one clause, much where another event begins.
fn price(reading: &Reading, child: usize, up: bool) -> u32 {
    match reading.tokens[child].dep {
        // "Regained the town, seized by rebels in May": May is the day of the seizing.
        Dep::Acl | Dep::Advcl if !up && done_to(reading, child) => 40,
        Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Prt | Dep::Agent => 0,
        // "rose up last month but is now quiet": two times in one sentence.
        Dep::Conj if present(reading, child) != present(reading, reading.tokens[child].head as usize) => 40,
        Dep::Conj => {
            if up {
                6
            } else {
                14
            }
        }
        Dep::Xcomp => 4,
        Dep::Prep | Dep::Pobj | Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Oprd | Dep::Dative => 4,
        Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod | Dep::Advmod | Dep::Nummod | Dep::Acomp => 4,
        Dep::Poss | Dep::Appos => 8,
        Dep::Pcomp => 10,
        Dep::Acl => {
            if up {
                14
            } else {
                12
            }
        }
        Dep::Advcl => {
            if up {
                14
            } else {
                18
            }
        }
        Dep::Ccomp => {
            if up {
                20
            } else {
                14
            }
        }
        // "the war of 1967, when they seized the heights".
        Dep::Relcl if up && reading.children(child).any(|c| reading.lemma(c) == "when") => 6,
        Dep::Relcl => 40,
        Dep::Parataxis | Dep::Dep | Dep::Meta => 16,
        _ => 8,
    }
}

/// A participle with its doer: an event of its own, told in passing.
fn done_to(reading: &Reading, token: usize) -> bool {
    reading.tokens[token].tag == Tag::Vbn
        && reading.children(token).any(|c| reading.tokens[c].dep == Dep::Agent)
        && !reading.children(token).any(|c| matches!(reading.tokens[c].dep, Dep::Aux | Dep::Auxpass))
}

fn present(reading: &Reading, token: usize) -> bool {
    matches!(reading.tokens[token].tag, Tag::Vbz | Tag::Vbp)
}

/// The nearest expression where nothing was parsed: tokens between, with a fine for every word that opens another clause.
fn by_distance(
    reading: &Reading,
    expressions: &[TimeExpression],
    here: std::ops::Range<usize>,
    trigger: usize,
    article: &Article,
) -> Option<usize> {
    const OPENS: &[&str] = &[
        "which", "who", "where", "when", "while", "but", "after", "before", "that", "because", "as", "and", ";", "said",
    ];
    const SAID: &[&str] = &["said", "told", "reported", "announced", "added"];
    let word = |t: usize| reading.tokens.get(t).map_or("", |t| t.span.of(&article.text));
    let first_of = reading.sentence_of(trigger).map_or(0, |s| reading.sentences[s].first as usize);
    let mut best: Option<(usize, usize)> = None;
    for n in here {
        if !usable(&expressions[n], article) {
            continue;
        }
        let range = reading.tokens_in(expressions[n].span);
        let said = (range.start.saturating_sub(2)..range.start).any(|t| SAID.contains(&word(t)));
        if said && !SAID.contains(&word(trigger)) {
            continue;
        }
        let (low, high) = if range.start > trigger { (trigger + 1, range.start) } else { (range.end, trigger) };
        let opens = (low..high).filter(|&t| OPENS.contains(&word(t))).count();
        // "On Friday, ..." at the head of a sentence goes for all of it.
        let opening = range.start <= first_of + 2;
        let fine = usize::from(vague(&expressions[n], article)) * 4;
        let cost = fine + if opening { high.saturating_sub(low).min(8) } else { high.saturating_sub(low) + opens * 6 };
        if cost <= 24 && best.is_none_or(|b| cost < b.0) {
            best = Some((cost, n));
        }
    }
    best.map(|b| b.1)
}

/// How many expressions before and behind a sentence tell whether history is told there.
const AROUND: usize = 24;
/// Days before publication from which on a day is history.
const LONG_AGO: i64 = 60;
/// How many sentences back a history still tells of the same day.
const GOES_ON: usize = 12;

/// True where a text tells of days long before its publication, one after the other; where nobody knows the day of
/// publication, where it dates them in full.
fn history(expressions: &[TimeExpression], here: std::ops::Range<usize>, article: &Article) -> bool {
    let published = article.published.day();
    let (mut dated, mut old) = (0, 0);
    for e in &expressions[here.start.saturating_sub(AROUND)..(here.end + AROUND).min(expressions.len())] {
        if !matches!(e.kind, TimexType::Date | TimexType::Time)
            || e.value.ends_with("_REF")
            || e.precision > Precision::Month
        {
            continue;
        }
        let Some(day) = e.days.and_then(|d| d.to.or(d.from)) else { continue };
        dated += 1;
        old += usize::from(published.is_none_or(|p| between(day, p) > LONG_AGO));
    }
    dated >= 2 && old * 10 >= dated * 9
}

/// The day that a sentence of a history tells of: the last one before the event, else the first behind it. Not one that only
/// bounds another ("since July", "until 4 May"), and no month where there is a day.
fn only_day(
    expressions: &[TimeExpression],
    here: std::ops::Range<usize>,
    trigger: u32,
    article: &Article,
) -> Option<usize> {
    let fits = |n: &usize, longest: Precision| {
        let e = &expressions[*n];
        let whole = e.extent.is_none_or(|x| x.from.is_some() && x.to.is_some());
        e.precision <= longest
            && whole
            && matches!(e.kind, TimexType::Date | TimexType::Time)
            && e.value != "PRESENT_REF"
            && usable(e, article)
    };
    [Precision::Week, Precision::Month].into_iter().find_map(|longest| {
        let before = here.clone().rev().find(|n| expressions[*n].span.start < trigger && fits(n, longest));
        before.or_else(|| here.clone().find(|n| fits(n, longest)))
    })
}

/// The day last told in a history, as far back as it can still go on: to the last heading, and at most a dozen sentences.
fn told_last(
    reading: &Reading,
    expressions: &[TimeExpression],
    trigger: usize,
    sentence: usize,
    article: &Article,
) -> Option<usize> {
    if tense::of_verb(reading, trigger) == Tense::Future {
        return None;
    }
    let block = reading.sentences.get(sentence)?.block;
    for back in 1..=GOES_ON {
        let s = reading.sentences.get(sentence.checked_sub(back)?)?;
        let headed = s.block != block
            && article
                .blocks
                .get(s.block as usize..block as usize)
                .is_none_or(|b| b.iter().any(|b| b.kind != BlockKind::Paragraph));
        if headed {
            return None;
        }
        let last = |longest: Precision| {
            within(expressions, s.span.start, s.span.end).rev().find(|&n| {
                let e = &expressions[n];
                matches!(e.kind, TimexType::Date | TimexType::Time)
                    && e.value != "PRESENT_REF"
                    && e.precision <= longest
                    && e.extent.is_none_or(|x| x.from.is_some() && x.to.is_some())
                    && usable(e, article)
            })
        };
        if let Some(n) = last(Precision::Week).or_else(|| last(Precision::Month)) {
            return Some(n);
        }
    }
    None
}

/// True when a sentence says that it goes on in time from the one before ("They then ...", "Hours later ...").
fn then(reading: &Reading, sentence: usize, article: &Article) -> bool {
    let s = &reading.sentences[sentence];
    let last = (s.first as usize + 8).min(s.last as usize);
    (s.first as usize..last).any(|t| {
        let word = reading.tokens[t].span.of(&article.text);
        ["then", "Then", "later", "afterwards", "afterward", "subsequently", "Subsequently", "Later"].contains(&word)
    })
}

/// The day last told in the paragraph, when the trigger's sentence has none: "On Friday they took the hill. The bridge
/// fell too." Only days and weeks go on so; a year told in passing does not.
fn told_before(
    reading: &Reading,
    expressions: &[TimeExpression],
    trigger: usize,
    sentence: usize,
    article: &Article,
) -> Option<usize> {
    // What is so now, or shall be, is not told on with the story.
    let parsed = reading.sentences[sentence].depth == Depth::Full;
    let perfect = reading
        .children(trigger)
        .any(|c| reading.tokens[c].dep == Dep::Aux && matches!(reading.tokens[c].tag, Tag::Vbz | Tag::Vbp));
    let past = !parsed
        || !perfect
            && !matches!(reading.tokens[trigger].tag, Tag::Vbp | Tag::Vbz | Tag::Vb)
            && tense::of_verb(reading, trigger) != Tense::Future;
    if !past {
        return None;
    }
    let told = tense::of_verb(reading, trigger) == Tense::Past || then(reading, sentence, article);
    let block = reading.sentences[sentence].block;
    for back in 1..=BACK {
        let s = reading.sentences.get(sentence.checked_sub(back)?)?;
        // News is often set with one sentence to a paragraph: the paragraph just before still counts, a heading ends it.
        let near = s.block == block
            || told
                && s.block + 1 == block
                && article.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Paragraph);
        if !near {
            return None;
        }
        let last = within(expressions, s.span.start, s.span.end).rev().find(|&n| {
            let e = &expressions[n];
            let dates = matches!(e.kind, TimexType::Date | TimexType::Time)
                && e.value != "PRESENT_REF"
                && e.precision <= Precision::Week
                // "Four towns have fallen since Friday": not the day of what is told next.
                && e.extent.is_none_or(|x| x.from.is_some() && x.to.is_some());
            dates && usable(e, article) && !said_then(reading, e, article)
        });
        if last.is_some() {
            return last;
        }
    }
    None
}

/// The expression is the day of a saying ("he said on Monday").
fn said_then(reading: &Reading, expression: &TimeExpression, article: &Article) -> bool {
    if let Some(governor) = governor(reading, expression)
        && !reading.lemma(governor).is_empty()
    {
        return SAYING.contains(&reading.lemma(governor));
    }
    let first = reading.token_at(expression.span.start);
    (first.saturating_sub(2)..first)
        .any(|t| ["said", "told", "reported", "announced"].contains(&reading.tokens[t].span.of(&article.text)))
}

/// A date that stands over the block: at the head of the block itself ("26 February: ..."), or as the last heading
/// before it.
fn heading(article: &Article, expressions: &[TimeExpression], block: usize) -> Option<usize> {
    let own = article.blocks.get(block)?;
    let first = within(expressions, own.span.start, own.span.end).next();
    if let Some(n) = first
        && usable(&expressions[n], article)
        && expressions[n].precision <= Precision::Month
    {
        let after = article.text.get(expressions[n].span.end as usize..).unwrap_or("").trim_start();
        if expressions[n].span.start == own.span.start
            && [":", "\u{2013}", "\u{2014}", "- ", "--"].iter().any(|m| after.starts_with(m))
        {
            return Some(n);
        }
    }
    let above = article.blocks[..block]
        .iter()
        .rev()
        .take(40)
        .find(|b| b.kind == BlockKind::Heading || b.kind == BlockKind::Title)?;
    let n = within(expressions, above.span.start, above.span.end).next()?;
    let words = &expressions[n];
    (usable(words, article) && words.span.len() * 10 >= above.span.len() * 6).then_some(n)
}
