//! The time of a claim, and history told in passing.

use jiff::civil::Date;
use marchland_article::{Article, Span};
use marchland_reading::{Dep, Tag};
use marchland_time::{TimeExpression, TimexType};

use crate::{Claim, ClaimTime, Kind, tree::Tree, words::Words};

/// A claim that ended longer ago than this is history, not news.
const NEWS_DAYS: i32 = 31;

/// What is needed to date a claim.
pub(crate) struct Clock<'a> {
    pub article: &'a Article,
    pub tree: &'a Tree<'a>,
    pub times: &'a [TimeExpression],
    pub words: &'a Words,
}

const NO_TIME: ClaimTime = ClaimTime { valid_from: None, valid_to: None, span: None, precision: None, inferred: false };

impl Clock<'_> {
    /// The time of what a trigger says.
    pub fn time_of(&self, trigger: usize, sentence: usize, kind: Option<Kind>) -> ClaimTime {
        let t = self.tree;
        let span = t.reading.sentences[sentence].span;
        let first = self.times.partition_point(|x| x.span.end <= span.start);
        let best = self.times[first..]
            .iter()
            .take_while(|x| x.span.start < span.end)
            .filter(|x| x.meant().is_some() && x.kind != TimexType::Set)
            .filter_map(|x| Some((self.distance(x, trigger)?, x)))
            .min_by_key(|(d, x)| (*d, x.span.start.abs_diff(t.reading.tokens[trigger].span.start)));
        if let Some((_, x)) = best {
            return told(x, false);
        }
        self.carried(span, kind, trigger)
    }

    /// How far a time expression stands from the trigger in the tree; `None` when it dates something else.
    fn distance(&self, x: &TimeExpression, trigger: usize) -> Option<u32> {
        let t = self.tree;
        let token = t.reading.tokens_in(x.span).next()?;
        let clause = self.clause_of(token);
        if clause == token && t.head(token) != token {
            return None;
        }
        let mut at = trigger;
        for step in 0..16 {
            if at == clause {
                // "said on Monday that": dates the saying.
                if step > 0 && at != trigger && self.words.say.contains(&t.lemma(at)) && self.below_saying(trigger, at) {
                    return Some(40);
                }
                return Some(step);
            }
            if t.head(at) == at {
                break;
            }
            at = t.head(at);
        }
        // In a part of the sentence that does not govern the trigger: only when nothing better is there.
        if t.under(clause, trigger) { Some(20) } else { None }
    }

    fn below_saying(&self, trigger: usize, say: usize) -> bool {
        let t = self.tree;
        let mut at = trigger;
        for _ in 0..16 {
            if t.head(at) == say {
                return matches!(t.dep(at), Dep::Ccomp | Dep::Xcomp | Dep::Parataxis);
            }
            if t.head(at) == at {
                return false;
            }
            at = t.head(at);
        }
        false
    }

    /// The verb (or root) of the clause in which a token stands.
    fn clause_of(&self, token: usize) -> usize {
        let t = self.tree;
        let mut at = token;
        for _ in 0..16 {
            if at != token && t.is_verb(at) && !matches!(t.dep(at), Dep::Aux | Dep::Auxpass) {
                return at;
            }
            if t.head(at) == at {
                return at;
            }
            // A date inside a noun that is itself a trigger ("the capture on Friday of").
            at = t.head(at);
        }
        at
    }

    /// No time in the sentence. A history goes on from the day it named last; a state told in the present
    /// holds on the day of publication; news in the past stays without a day.
    fn carried(&self, sentence: Span, kind: Option<Kind>, trigger: usize) -> ClaimTime {
        let Some(published) = self.article.published.day() else { return NO_TIME };
        let upto = self.times.partition_point(|x| x.span.end <= sentence.start);
        let last = self.times[..upto].iter().rev().take(4).find(|x| x.kind != TimexType::Set && x.meant().is_some_and(|d| d.to.or(d.from).is_some()));
        if let Some(x) = last {
            let end = x.meant().and_then(|d| d.to.or(d.from));
            if end.is_some_and(|e| days(e, published) > NEWS_DAYS) && matches!(x.precision, marchland_time::Precision::Day | marchland_time::Precision::Week | marchland_time::Precision::Month) && self.past(trigger) {
                return told(x, true);
            }
        }
        if matches!(kind, Some(Kind::Holds | Kind::Besieged)) && last.is_none_or(|x| x.meant().and_then(|d| d.to.or(d.from)).is_none_or(|e| days(e, published) <= NEWS_DAYS)) {
            return ClaimTime { valid_from: Some(published), valid_to: None, span: None, precision: Some(marchland_time::Precision::Day), inferred: true };
        }
        NO_TIME
    }

    /// True unless the clause is told in the present.
    fn past(&self, trigger: usize) -> bool {
        let t = self.tree;
        let mut at = trigger;
        for _ in 0..8 {
            if matches!(t.tag(at), Tag::Vbd) || t.kids(at).any(|k| matches!(t.dep(k), Dep::Aux | Dep::Auxpass) && matches!(t.tag(k), Tag::Vbd)) {
                return true;
            }
            if matches!(t.tag(at), Tag::Vbz | Tag::Vbp) && t.is_verb(at) {
                return false;
            }
            if t.head(at) == at {
                break;
            }
            at = t.head(at);
        }
        true
    }
}

fn told(x: &TimeExpression, inferred: bool) -> ClaimTime {
    let days = x.meant();
    ClaimTime { valid_from: days.and_then(|d| d.from), valid_to: days.and_then(|d| d.to), span: Some(x.span), precision: Some(x.precision), inferred }
}

fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |s| s.get_days())
}

/// Marks history: what ended more than a month before publication; and, in an article that tells of nothing newer,
/// what has no time of its own.
pub(crate) fn background(claims: &mut [Claim], times: &[TimeExpression], published: Option<Date>) {
    let Some(published) = published else { return };
    let old = |c: &Claim| {
        let end = match (c.time.valid_to, c.time.valid_from) {
            (Some(to), _) => to,
            // Open towards now: still so.
            (None, Some(_)) if c.time.inferred => return Some(false),
            (None, Some(from)) => from,
            (None, None) => return None,
        };
        Some(days(end, published) > NEWS_DAYS)
    };
    let dated: Vec<bool> = times.iter().filter_map(|x| x.meant()).filter_map(|d| d.to.or(d.from)).map(|e| days(e, published) > NEWS_DAYS).collect();
    let history = dated.len() >= 2 && dated.iter().filter(|o| **o).count() * 10 >= dated.len() * 9;
    for c in claims.iter_mut() {
        c.background = if history { true } else { old(c).unwrap_or(false) };
    }
}
