//! All time expressions of an article.

use jiff::civil::Date;
use marchland_article::{Article, BlockKind, Span};
use marchland_reading::Reading;

use crate::battle;
use crate::calendar::{between, plus};
use crate::expression::{Interval, TimeExpression};
use crate::extent;
use crate::parse::{View, parse};
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, Which};
use crate::resolve::{Context, Resolved};
use crate::scan::{Piece, Shape, scan};
use crate::tense::{self, Tense};
use crate::words::Unit;

/// One block: its pieces, what was found, and which pieces stand in quotation marks.
struct Page {
    pieces: Vec<Piece>,
    raws: Vec<Raw>,
    quoted: Vec<bool>,
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
            Page { pieces, raws, quoted }
        })
        .collect();
    let today = article.published.day();
    let mut context = Context { today, ..Context::default() };
    context.day_first = day_first(&pages);
    let titled = article.title.as_deref().and_then(|t| match title_years(t) {
        Some(years) if wide(years) => battle::named_within(t, today, Some(years)).or(Some(years)),
        None => title_battle(t, today),
        narrow => narrow,
    });
    let opens = if titled.is_none() { opening_battle(article, today) } else { None };
    context.narrative = tells_history(&pages, today, titled.or(opens).is_some());
    if context.narrative {
        context.anchor = match titled.or(opens) {
            Some(years) if wide(years) => {
                battle_within(article, today, years).or_else(|| first_month_within(&pages, years)).or(Some(years))
            }
            Some(narrow) => Some(narrow),
            None => first_month_within(&pages, Interval { from: None, to: None })
                .or_else(|| battle_within(article, today, Interval { from: None, to: None })),
        };
    }
    let mut all = Vec::new();
    for page in &mut pages {
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
            let Resolved { kind, value, days, precision } = match &told {
                Some(raw) => context.resolve(raw, tense),
                None => resolve_one(view, page, n, &mut context, tense, reading),
            };
            let days = night(raw, days);
            found.push(TimeExpression { span, kind, value, days, precision, extent: None, quoted: page.quoted[n] });
        }
        context.today = today;
        if found.len() == page.raws.len() {
            extent::fill(view, &page.raws, &mut found, today);
        }
        all.append(&mut found);
    }
    all
}

/// "overnight" in a chronicle is the night of the day spoken of.
fn overnight(raw: &Raw) -> Option<Raw> {
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
fn lend_years(view: View<'_>, raws: &mut [Raw]) {
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

/// True for a text that dates its story by the calendar and never speaks of today: an encyclopedia article, a chronicle.
/// In such a text a day without a year belongs to the year last spoken of, not to the one of publication.
fn tells_history(pages: &[Page], today: Option<Date>, titled: bool) -> bool {
    let (mut dated, mut undated, mut pointing) = (0, 0, 0);
    // Dates with a year, and days without one, of the weeks before publication.
    let (mut recent, mut near) = (false, false);
    let mut last = None;
    for page in pages {
        for (raw, quoted) in page.raws.iter().zip(&page.quoted) {
            match &raw.meaning {
                Meaning::Shift { from: Anchor::Speaker, unit, .. }
                    if !quoted && *unit != Unit::Quarter && raw.edge == Edge::Whole =>
                {
                    pointing += usize::from(overnight(raw).is_none());
                }
                Meaning::Point(Point {
                    weekday: Some(_),
                    month: None,
                    which: None | Some(Which::Last | Which::Next | Which::This),
                    ..
                }) if !quoted => {
                    pointing += 1;
                }
                Meaning::Away { from: Anchor::Speaker, unit, .. } if !quoted && *unit <= Unit::Month => pointing += 1,
                Meaning::Point(Point { year: Some(y), month: Some(m), .. }) => {
                    dated += 1;
                    last = Some(*m);
                    recent |=
                        today.is_some_and(|t| (0..=1).contains(&((t.year() - y) * 12 + i16::from(t.month() - m))));
                }
                Meaning::Point(Point { year: None, month: Some(m), day, .. }) => {
                    undated += usize::from(day.is_some());
                    // The month of publication and the three before.
                    // A month that follows the last full date belongs to its story, not to the weeks before publication.
                    let follows = last.is_some_and(|l: i8| (m - l).rem_euclid(12) <= 6);
                    near |= !follows && today.is_some_and(|t| (t.month() - m).rem_euclid(12) <= 3);
                }
                _ => {}
            }
        }
    }
    // One "Wednesday" among many dates was copied from the source; more of them where the title says that it is long over.
    let most = if titled { 2 } else { 5 };
    if pointing * most > dated + undated {
        return false;
    }
    if titled {
        return dated + undated > 0;
    }
    !recent && !near && (dated > 0 || undated > 1 && today.is_some())
}

/// The year or years that a title names ("Siege of the base (2012-2013)").
fn title_years(title: &str) -> Option<Interval> {
    // Addresses write titles small: "offensive (october 2017-february 2018)".
    let mut before = ' ';
    let capitals: String = title
        .chars()
        .map(|c| {
            let begins = !before.is_alphabetic();
            before = c;
            if begins { c.to_ascii_uppercase() } else { c }
        })
        .collect();
    let pieces = scan(&capitals, 0);
    let mut raws = parse(&pieces);
    lend_years(View { pieces: &pieces }, &mut raws);
    let points: Vec<(i16, Option<i8>)> = raws
        .iter()
        .filter_map(|r| match r.meaning {
            Meaning::Point(Point { year: Some(y), month, .. }) => Some((y, month)),
            _ => None,
        })
        .collect();
    let (first, last) = (points.first()?, points.last()?);
    crate::calendar::months(first.0, first.1.unwrap_or(1), last.0, last.1.unwrap_or(12))
}

/// The battle that a title names, if it is over, or if the title is nothing but its name: a headline of the day says more.
fn title_battle(title: &str, today: Option<Date>) -> Option<Interval> {
    let days = battle::named(title, today)?;
    (over(days, today) || battle::is_name(title)).then_some(days)
}

/// The battle of long ago that the first lines name: "The Battle of the Bulge was ..." opens a history.
fn opening_battle(article: &Article, today: Option<Date>) -> Option<Interval> {
    let first = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph)?.span.of(&article.text);
    let end = first.char_indices().nth(OPENING).map_or(first.len(), |c| c.0);
    battle::named(&first[..end], today).filter(|days| over(*days, today))
}

/// Characters of a first paragraph in which a history says what it is about.
const OPENING: usize = 120;

/// A battle is history when it ended so many days before publication.
const OVER_DAYS: i64 = 90;

fn over(days: Interval, today: Option<Date>) -> bool {
    today.zip(days.to).is_none_or(|(t, to)| between(to, t) > OVER_DAYS)
}

/// So long a time (in days) holds a day of every name more than once.
const WIDE_DAYS: i64 = 400;

fn wide(days: Interval) -> bool {
    days.from.zip(days.to).is_none_or(|(f, t)| between(f, t) > WIDE_DAYS)
}

/// The first battle that the text names, of those within the years of its title, if it was short.
fn battle_within(article: &Article, today: Option<Date>, years: Interval) -> Option<Interval> {
    article
        .blocks
        .iter()
        .take(BLOCKS)
        .find_map(|b| battle::named_within(b.span.of(&article.text), today, Some(years)))
        .filter(|d| !wide(*d))
}

/// Blocks in which the battle that a history is about is looked for.
const BLOCKS: usize = 12;

/// The first month that the text names with its year, of those within some years.
fn first_month_within(pages: &[Page], years: Interval) -> Option<Interval> {
    pages.iter().flat_map(|p| &p.raws).find_map(|r| match r.meaning {
        Meaning::Point(Point { year: Some(y), month: Some(m), .. }) => crate::calendar::month(y, m).filter(|d| {
            d.from.zip(years.from).is_none_or(|(a, b)| a >= b) && d.to.zip(years.to).is_none_or(|(a, b)| a <= b)
        }),
        _ => None,
    })
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
