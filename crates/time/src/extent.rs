//! What prepositions make of an expression: "since", "until", "between ... and ...", "from ... to ...", "for three days".

use jiff::civil::Date;

use crate::calendar::{plus, units_on};
use crate::expression::{Interval, TimeExpression, TimexType};
use crate::parse::View;
use crate::raw::{Meaning, Raw, Reach};
use crate::words::Unit;

/// Fills the extents of one block's expressions (`raws` and `found` go together).
pub(crate) fn fill(view: View<'_>, raws: &[Raw], found: &mut [TimeExpression], today: Option<Date>) {
    for n in 0..found.len() {
        if found[n].kind == TimexType::Set {
            continue;
        }
        if found[n].extent.is_none()
            && let Some(next) = raws.get(n + 1)
            && let Some(joined) = range(view, &raws[n], next, found[n].days, found[n + 1].days)
        {
            found[n].extent = Some(joined);
            found[n + 1].extent = Some(joined);
        }
        if found[n].extent.is_none() {
            found[n].extent = match &raws[n].meaning {
                Meaning::Length { amount, unit, reach: Reach::Nowhere } => {
                    lasting(view, &raws[n], amount.exact(), *unit, today)
                }
                // "two days after the Aug. 2 raid": the "after" is the length's.
                _ if n > 0
                    && raws[n - 1].last + 1 == raws[n].first
                    && view.any(raws[n - 1].last, &["after", "before"]) =>
                {
                    None
                }
                _ if n > 0
                    && raws[n - 1].last + 2 == raws[n].first
                    && view.any(raws[n - 1].last, &["after", "before"]) =>
                {
                    None
                }
                _ => one_sided(view, &raws[n], found[n].days),
            };
        }
    }
}

/// "between A and B", "from A to B", "A-B", "A through B".
fn range(view: View<'_>, a: &Raw, b: &Raw, from: Option<Interval>, to: Option<Interval>) -> Option<Interval> {
    let gap = a.last..b.first;
    let word = if gap.len() == 1 || (gap.len() == 2 && view.is(gap.start + 1, "the")) {
        view.at(gap.start)?
    } else {
        return None;
    };
    let dash = view.mark(gap.start, '-') || view.mark(gap.start, '/');
    // "on Tuesday and Wednesday": two days in a row are one stretch; two years are not ("taken in 2015 and 2016").
    if word.is("and")
        && matches!((&a.meaning, &b.meaning), (Meaning::Point(_), Meaning::Point(_)))
        && a.is_day()
        && b.is_day()
        && let (Some(x), Some(y)) = (from, to)
        && x.to.is_some()
        && x.to.and_then(|d| plus(d, 1)) == y.from
    {
        return Some(Interval { from: x.from, to: y.to });
    }
    let joins = match word.word() {
        "and" => view.word_before(a.first, &["between"]),
        "to" | "until" | "till" | "through" | "thru" => true,
        _ => dash,
    };
    let (start, end) = (from?.from?, to?.to?);
    (joins && start <= end).then_some(Interval { from: Some(start), to: Some(end) })
}

/// "since 2014", "until Friday", "by August 31", "before May", "after Monday".
fn one_sided(view: View<'_>, raw: &Raw, days: Option<Interval>) -> Option<Interval> {
    let days = days?;
    let mut at = raw.first.checked_sub(1)?;
    // "since about 2014", "until at least Friday", "since the early morning of"
    for _ in 0..2 {
        if view.any(at, &["the", "about", "around", "least", "at", "early", "late", "mid", "only", "just"]) {
            at = at.checked_sub(1)?;
        }
    }
    // "before noon", "by the evening" are still of that day.
    let clock = raw.clock.is_some() || raw.part.is_some();
    match view.at(at)?.word() {
        "before" | "after" | "by" if clock => None,
        "since" => Some(Interval { from: days.from, to: None }),
        "from" => {
            let onwards = view.any(raw.last, &["on", "onward", "onwards"]);
            onwards.then_some(Interval { from: days.from, to: None })
        }
        "until" | "till" | "til" | "through" => Some(Interval { from: None, to: days.to }),
        "by" => Some(Interval { from: None, to: days.to }),
        "before" => Some(Interval { from: None, to: plus(days.from?, -1) }),
        "after" => Some(Interval { from: days.from, to: None }),
        _ => None,
    }
}

/// "has been under siege for three weeks": from three weeks ago on. Only where the present perfect says that it still goes
/// on (or the past perfect in what somebody said); "had been besieging for weeks" has no end that could be told.
fn lasting(view: View<'_>, raw: &Raw, exact: Option<i64>, unit: Unit, today: Option<Date>) -> Option<Interval> {
    let today = today?;
    if !view.word_before(raw.first, &["for"]) {
        return None;
    }
    let near = raw.first.saturating_sub(12)..raw.first;
    let perfect = near.clone().rev().find(|&i| view.any(i, &["has", "have", "had", "was", "were", "will"]));
    let goes_on = perfect.is_some_and(|i| {
        view.any(i, &["has", "have"])
            || view.is(i, "had") && (i.saturating_sub(12)..i).any(|k| view.any(k, &["said", "told", "says"]))
    });
    if !goes_on {
        return None;
    }
    let from = match exact {
        Some(n) if unit >= Unit::Day => Some(units_on(today, unit, -n)?),
        Some(_) => Some(today),
        None => None,
    };
    // Without a count only that it began before today is known.
    Some(Interval { from, to: from.is_none().then_some(today) })
}
