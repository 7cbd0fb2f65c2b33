//! All time expressions of an article.

use jiff::civil::Date;
use marchland_article::{Article, Span};
use marchland_reading::Reading;

use crate::calendar::plus;
use crate::expression::{Interval, TimeExpression};
use crate::extent;
use crate::history;
use crate::parse::{View, parse};
use crate::raw::{Anchor, Meaning, Point, Raw};
use crate::resolve::{Context, Resolved};
use crate::scan::{Piece, Shape, scan};
use crate::tense::{self, Tense};
use crate::words::Unit;

/// One block: its pieces, what was found, and which pieces stand in quotation marks.
pub(crate) struct Page {
    pub pieces: Vec<Piece>,
    pub raws: Vec<Raw>,
    pub quoted: Vec<bool>,
    /// A field that holds nothing but a date ("updated: 2023-06-22"): of the page, not of what it tells.
    pub stamp: bool,
}

/// Finds every time expression in the blocks of an article, in order, not overlapping.
///
/// Days are counted from the publication day; without one, what hangs on it keeps `days: None` and a value such as
/// "XXXX-WXX-5". Tags and arcs of the reading tell the tense where they are there; tokens alone are enough.
#[must_use]
pub fn find(article: &Article, reading: &Reading) -> Vec<TimeExpression> {
    let mut pages: Vec<Page> = article
        .blocks
        .iter()
        .map(|block| {
            let pieces = scan(block.span.of(&article.text), block.span.start);
            let mut raws = parse(&pieces);
            lend_years(View { pieces: &pieces }, &mut raws);
            let quoted = quotes(&pieces, &raws);
            let stamp = history::is_stamp(View { pieces: &pieces }, &raws);
            Page { pieces, raws, quoted, stamp }
        })
        .collect();
    let today = article.published.day();
    let mut context = Context { today, ..Context::default() };
    context.day_first = day_first(&pages);
    context.story = history::story(article, &pages, today);
    context.narrative = history::is_told(&pages, today, context.story.is_some());
    if context.narrative {
        context.anchor = history::begins(article, &pages, today, context.story);
    } else {
        context.story = None;
    }
    let mut all = Vec::new();
    for (block, page) in pages.iter_mut().enumerate() {
        context.block = block;
        let before = context.anchor;
        let view = View { pieces: &page.pieces };
        let mut found = Vec::with_capacity(page.raws.len());
        for n in 0..page.raws.len() {
            let raw = &page.raws[n];
            let (Some(first), Some(last)) = (view.at(raw.first), raw.last.checked_sub(1).and_then(|l| view.at(l)))
            else {
                continue;
            };
            let span = Span { start: first.start, end: last.end };
            let tense = tense_of(reading, view, raw, span);
            context.today = if page.quoted[n] { speech_day(view, page, n, &context, reading).or(today) } else { today };
            let told = context.narrative.then(|| overnight(raw)).flatten();
            let told_of = context.anchor;
            let Resolved { kind, value, days, precision } = match &told {
                Some(raw) => context.resolve(raw, tense),
                None => resolve_one(view, page, n, &mut context, tense, reading),
            };
            // "The fourth to fall since Friday": the story stays on its own day, and "by noon" is of that.
            if view.word_before(raw.first, &["since"]) && told_of.is_some() {
                context.anchor = told_of;
            }
            let days = night(raw, days);
            found.push(TimeExpression { span, kind, value, days, precision, extent: None, quoted: page.quoted[n] });
        }
        context.today = today;
        if page.stamp {
            context.anchor = before;
        }
        if found.len() == page.raws.len() {
            extent::fill(view, &page.raws, &mut found, today);
        }
        all.append(&mut found);
    }
    all
}

/// "overnight" in a chronicle is the night of the day spoken of.
pub(crate) fn overnight(raw: &Raw) -> Option<Raw> {
    let word =
        raw.last == raw.first + 1 && raw.meaning == Meaning::Shift { unit: Unit::Day, by: -1, from: Anchor::Speaker };
    (word && raw.part.is_some())
        .then(|| Raw { meaning: Meaning::Shift { unit: Unit::Day, by: 0, from: Anchor::Text }, ..raw.clone() })
}

/// "overnight" and "last night" reach into the day after.
fn night(raw: &Raw, days: Option<Interval>) -> Option<Interval> {
    match (&raw.meaning, raw.part) {
        (Meaning::Shift { unit: Unit::Day, by: -1, from: Anchor::Speaker }, Some(crate::words::Part::Night)) => {
            days.map(|d| Interval { from: d.from, to: d.to.and_then(|t| plus(t, 1)) })
        }
        _ => days,
    }
}

fn tense_of(reading: &Reading, view: View<'_>, raw: &Raw, span: Span) -> Tense {
    let open =
        matches!(raw.meaning, Meaning::Point(Point { year: None, .. }) | Meaning::Shift { unit: Unit::Weekend, .. });
    if !open {
        return Tense::Unknown;
    }
    if tense::until(view, raw) {
        return Tense::Future;
    }
    match tense::by_arcs(reading, span.start, span.end) {
        Some(tense) if tense != Tense::Unknown => tense,
        _ => tense::by_words(view, raw),
    }
}

/// Resolves the expression `n` of a page; "two days after the Aug. 7 bombing" counts from what follows.
fn resolve_one(
    view: View<'_>,
    page: &Page,
    n: usize,
    context: &mut Context,
    tense: Tense,
    reading: &Reading,
) -> Resolved {
    let raw = &page.raws[n];
    if let Meaning::Away { from: Anchor::Text, length: true, .. } = raw.meaning
        && view.any(raw.last, &["after", "before"])
        && let Some(next) = page.raws.get(n + 1)
        && next.first <= raw.last + 4
        && (raw.last..next.first).all(|i| view.at(i).is_some_and(|p| p.shape == Shape::Letters))
    {
        let mut ahead = context.clone();
        let (Some(a), Some(b)) = (view.at(next.first), view.at(next.last - 1)) else {
            return context.resolve(raw, tense);
        };
        let its = tense_of(reading, view, next, Span { start: a.start, end: b.end });
        let target = ahead.resolve(next, its);
        if target.days.is_some() {
            context.anchor = target.days;
        }
    } else if event_follows(view, raw) {
        // "two weeks after the attack": nobody can tell from when, unless the attack has its day.
        let mut blind = Context { anchor: None, narrative: true, ..context.clone() };
        return blind.resolve(raw, tense);
    }
    context.resolve(raw, tense)
}

/// "two days after" and what it was, not "two days after that".
fn event_follows(view: View<'_>, raw: &Raw) -> bool {
    matches!(raw.meaning, Meaning::Away { from: Anchor::Text, length: true, .. })
        && view.any(raw.last, &["after", "before"])
        && view.at(raw.last + 1).is_some_and(|p| p.shape == Shape::Letters && !p.any_of(&["that", "and"]))
}

/// In "between March and June 2022" the first month borrows the year of the second; in "March 2022 to June" the second
/// that of the first.
pub(crate) fn lend_years(view: View<'_>, raws: &mut [Raw]) {
    for n in (1..raws.len()).rev() {
        let (before, after) = raws.split_at_mut(n);
        let (a, b) = (&mut before[n - 1], &mut after[0]);
        let gap = a.last..b.first;
        let joined = gap.len() <= 2
            && gap.clone().all(|i| {
                view.any(i, &["and", "or", "to", "until", "till", "through", "the"])
                    || view.mark(i, '-')
                    || view.mark(i, ',')
            });
        if !joined || gap.is_empty() {
            continue;
        }
        if let (Meaning::Point(p), Meaning::Point(q)) = (&mut a.meaning, &mut b.meaning)
            && let (Some(m), Some(k)) = (p.month, q.month)
        {
            match (p.year, q.year) {
                (None, Some(y)) if p.which.is_none() => p.year = Some(if m > k { y - 1 } else { y }),
                (Some(y), None) if q.which.is_none() && !view.mark(a.last, ',') => {
                    q.year = Some(if k < m { y + 1 } else { y })
                }
                _ => {}
            }
        }
    }
}

/// For every expression, whether it stands between quotation marks.
fn quotes(pieces: &[Piece], raws: &[Raw]) -> Vec<bool> {
    let mut inside = false;
    let mut quoted = Vec::with_capacity(raws.len());
    let mut at = 0;
    for raw in raws {
        while at < raw.first {
            let double = |c| pieces.get(at).is_some_and(|p| p.shape == Shape::Mark(c));
            // Wire copy writes ``so''.
            let pair = |c| double(c) && pieces.get(at + 1).is_some_and(|p| p.shape == Shape::Mark(c) && !p.spaced);
            if double('"') {
                inside = !inside;
            } else if pair('`') {
                inside = true;
                at += 1;
            } else if pair('\'') {
                inside = false;
                at += 1;
            }
            at += 1;
        }
        quoted.push(inside);
    }
    quoted
}

const SPEECH: &[&str] = &[
    "said",
    "says",
    "told",
    "added",
    "declared",
    "announced",
    "wrote",
    "stated",
    "tweeted",
    "reported",
    "saying",
    "insisted",
];

/// The day on which a quotation was spoken, when the words around it say so ("..., he said on Saturday").
fn speech_day(view: View<'_>, page: &Page, n: usize, context: &Context, reading: &Reading) -> Option<Date> {
    let deictic = matches!(
        page.raws[n].meaning,
        Meaning::Shift { from: Anchor::Speaker, .. } | Meaning::Away { from: Anchor::Speaker, .. }
    );
    if !deictic {
        return None;
    }
    let near = n.saturating_sub(2)..(n + 3).min(page.raws.len());
    let other = near.filter(|&k| k != n && !page.quoted[k]).find(|&k| {
        let raw = &page.raws[k];
        let said = |range: std::ops::Range<usize>| range.into_iter().any(|i| view.any(i, SPEECH));
        let close = raw.first.abs_diff(page.raws[n].first) < 60;
        raw.is_day() && close && (said(raw.first.saturating_sub(4)..raw.first) || said(raw.last..raw.last + 4))
    })?;
    let raw = &page.raws[other];
    let (a, b) = (view.at(raw.first)?, view.at(raw.last.checked_sub(1)?)?);
    let tense = tense_of(reading, view, raw, Span { start: a.start, end: b.end });
    let tense = if tense == Tense::Unknown { Tense::Past } else { tense };
    context.clone().resolve(raw, tense).days.and_then(|d| d.from)
}

/// Whether numeric dates are written day first, if any of them can be read in only one way.
fn day_first(pages: &[Page]) -> Option<bool> {
    for page in pages {
        let view = View { pieces: &page.pieces };
        for raw in &page.raws {
            if let Meaning::Point(Point { month: Some(_), day: Some(_), swappable: false, .. }) = raw.meaning
                && raw.last == raw.first + 5
                && view.mark(raw.first + 1, '/')
                && let (Some(a), Some(b)) = (view.at(raw.first), view.at(raw.first + 2))
                && a.digits() <= 2
                && a.number != b.number
                && a.digits() > 0
                && b.digits() > 0
            {
                return Some(a.number > 12);
            }
        }
    }
    None
}
