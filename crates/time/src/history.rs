//! Does a text tell history, and of what time? An encyclopedia article and a chronicle count their days from each other, not from
//! the day of publication.

use jiff::civil::Date;
use marchland_article::{Article, BlockKind};

use crate::battle;
use crate::calendar::between;
use crate::expression::Interval;
use crate::find::{Page, lend_years, overnight};
use crate::parse::{View, parse};
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, Which};
use crate::scan::{Shape, scan};
use crate::words::Unit;

/// The time of which the title or the first lines say that the story tells.
pub(crate) fn story(article: &Article, pages: &[Page], today: Option<Date>) -> Option<Interval> {
    let titled = article.title.as_deref().and_then(|t| match title_years(t) {
        Some(years) if wide(years) => battle::named_within(t, today, Some(years)).or(Some(years)),
        None => title_battle(t, today),
        narrow => narrow,
    });
    titled.or_else(|| opening_battle(article, today)).or_else(|| opening_year(article, pages, today))
}

/// The time from which the first incomplete date of a history counts.
pub(crate) fn begins(
    article: &Article,
    pages: &[Page],
    today: Option<Date>,
    story: Option<Interval>,
) -> Option<Interval> {
    let any = Interval { from: None, to: None };
    match story {
        Some(years) if wide(years) => {
            battle_within(article, today, years).or_else(|| first_month_within(pages, years)).or(Some(years))
        }
        Some(narrow) => Some(narrow),
        None => first_month_within(pages, any).or_else(|| battle_within(article, today, any)),
    }
}

/// True for a block that is a field of the page and nothing but a date: "pubDate: 2023-06-22".
pub(crate) fn is_stamp(view: View<'_>, raws: &[Raw]) -> bool {
    let [raw] = raws else { return false };
    view.at(0).is_some_and(|p| p.shape == Shape::Letters)
        && view.mark(1, ':')
        && raw.first == 2
        && raw.last == view.pieces.len()
}

/// What fights are called.
const FIGHTS: &[&str] = &[
    "battle",
    "battles",
    "siege",
    "sieges",
    "offensive",
    "offensives",
    "campaign",
    "campaigns",
    "operation",
    "operations",
    "engagement",
    "engagements",
    "attack",
    "attacks",
    "strike",
    "strikes",
    "ambush",
    "massacre",
    "siege",
];

/// The year of the war in which the first lines put their battle: "Battle in the 2022 invasion of Northland". Only of years that are over.
fn opening_year(article: &Article, pages: &[Page], today: Option<Date>) -> Option<Interval> {
    let today = today?;
    article.blocks.iter().zip(pages).take(OPENING_BLOCKS).find_map(|(block, page)| {
        let view = View { pieces: &page.pieces };
        let near = block.span.start + OPENING as u32;
        page.raws.iter().find_map(|raw| {
            let Meaning::Point(Point { year: Some(year), month: None, day: None, .. }) = raw.meaning else {
                return None;
            };
            let fight = (raw.first.saturating_sub(4)..raw.first).any(|i| view.any(i, FIGHTS));
            let of_war = view.any(raw.first.checked_sub(1)?, &["the"]) && view.at(raw.last)?.shape == Shape::Letters;
            (fight && of_war && year < today.year() && view.at(raw.first)?.start < near)
                .then(|| crate::calendar::year(year))?
        })
    })
}

/// Blocks in which a history says what it is about.
const OPENING_BLOCKS: usize = 4;

/// True for a text that dates its story by the calendar and never speaks of today: an encyclopedia article, a chronicle.
/// In such a text a day without a year belongs to the year last spoken of, not to the one of publication.
pub(crate) fn is_told(pages: &[Page], today: Option<Date>, titled: bool) -> bool {
    let (mut dated, mut undated, mut pointing) = (0, 0, 0);
    // Dates with a year, and days without one, of the weeks before publication.
    let (mut recent, mut near) = (false, false);
    let mut last = None;
    for page in pages.iter().filter(|p| !p.stamp) {
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
    pages.iter().filter(|p| !p.stamp).flat_map(|p| &p.raws).find_map(|r| match r.meaning {
        Meaning::Point(Point { year: Some(y), month: Some(m), .. }) => crate::calendar::month(y, m).filter(|d| {
            d.from.zip(years.from).is_none_or(|(a, b)| a >= b) && d.to.zip(years.to).is_none_or(|(a, b)| a <= b)
        }),
        _ => None,
    })
}
