//! The time of a claim, and history told in passing.

use jiff::civil::Date;
use marchland_article::{Article, Span};
use marchland_reading::Reading;
use marchland_time::TimeExpression;

use crate::{Claim, ClaimTime};

/// A claim that ended longer ago than this is history, not news.
const NEWS_DAYS: i32 = 31;

/// The time of what a trigger says.
pub(crate) fn time_of(_article: &Article, _reading: &Reading, times: &[TimeExpression], trigger: Span, sentence: Span) -> ClaimTime {
    let near = times.iter().filter(|t| sentence.contains(t.span) && t.days.is_some()).min_by_key(|t| t.span.start.abs_diff(trigger.start));
    match near {
        Some(t) => ClaimTime { valid_from: t.days.and_then(|d| d.from), valid_to: t.days.and_then(|d| d.to), span: Some(t.span), precision: Some(t.precision), inferred: false },
        None => ClaimTime { valid_from: None, valid_to: None, span: None, precision: None, inferred: false },
    }
}

/// Marks history: what ended more than a month before publication; and, in an article that tells of nothing newer,
/// what has no time of its own.
pub(crate) fn background(claims: &mut [Claim], published: Option<Date>) {
    let Some(published) = published else { return };
    let old = |c: &Claim| {
        let end = c.time.valid_to.or(c.time.valid_from)?;
        Some(published.since(end).ok()?.get_days() > NEWS_DAYS)
    };
    let dated: Vec<bool> = claims.iter().filter_map(old).collect();
    let history = dated.len() >= 2 && dated.iter().all(|o| *o);
    for c in claims.iter_mut() {
        c.background = old(c).unwrap_or(history);
    }
}
