//! The time of a claim, and history told in passing.

use jiff::civil::Date;
use marchland_article::Article;
use marchland_reading::{Dep, Tag};
use marchland_time::{Interval, TimeExpression};

use crate::{Claim, ClaimTime, Kind, tree::Tree};

/// A claim that ended longer ago than this is history, not news.
const NEWS_DAYS: i32 = 31;

/// What is needed to date a claim.
pub(crate) struct Clock<'a> {
    pub article: &'a Article,
    pub tree: &'a Tree<'a>,
    pub times: &'a [TimeExpression],
}

/// News tells of days so close to its publication.
const FRESH_DAYS: i32 = 10;

const NO_TIME: ClaimTime = ClaimTime { valid_from: None, valid_to: None, span: None, precision: None, inferred: false };

impl Clock<'_> {
    /// The time of what a trigger says: the time room's answer; without one, a state told in the present holds on
    /// the day of publication, and news in the past stays without a day.
    pub fn time_of(&self, trigger: usize, sentence: usize, kind: Option<Kind>) -> ClaimTime {
        if let Some((days, source)) = marchland_time::date_of(self.tree.reading, self.times, trigger, self.article) {
            let x = source.and_then(|n| self.times.get(n));
            let span = self.tree.reading.sentences[sentence].span;
            let told_here = x.is_some_and(|x| span.contains(x.span));
            // "On Wednesday shells hit the rebel-held town": Wednesday is the day of the shells; the town is held now.
            if self.standing(trigger, kind) && self.fresh() && days.to.or(days.from).is_some_and(|d| self.recent(d)) {
                return self.until_now();
            }
            if told_here && kind != Some(Kind::Holds) && x.is_some_and(|x| self.since(x, trigger)) {
                return NO_TIME;
            }
            let (valid_from, valid_to) = self.shape(days, x, trigger, kind);
            return ClaimTime {
                valid_from,
                valid_to,
                span: x.map(|x| x.span),
                precision: x.map(|x| x.precision),
                inferred: !told_here,
            };
        }
        // A state that news tells of is that of the day, also in "the rebels said they were in control"; a fight only where
        // it is told in the present.
        let state = matches!(kind, Some(Kind::Holds | Kind::Besieged));
        let fight = kind == Some(Kind::Contested);
        if (state || fight) && !self.past(trigger) || state && self.fresh() {
            return self.until_now();
        }
        NO_TIME
    }

    /// Which end of the days is open for a kind of claim: "now in control" goes on; "by 3 May they held it" tells of that
    /// day, where "by 3 May they had taken it" tells of some day before; "the siege began on 3 May" lasts.
    fn shape(
        &self,
        days: Interval,
        x: Option<&TimeExpression>,
        trigger: usize,
        kind: Option<Kind>,
    ) -> (Option<Date>, Option<Date>) {
        let state = matches!(kind, Some(Kind::Holds | Kind::Besieged));
        let lasting = state || kind == Some(Kind::Contested);
        if state && x.is_some_and(|x| x.value == "PRESENT_REF") {
            return (days.from, None);
        }
        if lasting
            && days.from.is_none()
            && let Some(x) = x
            && self.by(x)
        {
            return x.days.map_or((days.to, days.to), |d| (d.from, d.to));
        }
        let day = days.from.is_some() && days.from == days.to;
        if kind == Some(Kind::Besieged) && day && self.begins(trigger) {
            return (days.from, None);
        }
        // "On 3 May, after the capture of the bridge, ...": it was taken by then.
        if matches!(kind, Some(Kind::Transfer | Kind::Withdrawal)) && day && x.is_some_and(|x| self.after(x, trigger)) {
            return (None, days.to);
        }
        (days.from, days.to)
    }

    /// "by" stands before the expression.
    fn by(&self, x: &TimeExpression) -> bool {
        let first = self.tree.reading.token_at(x.span.start);
        (first.saturating_sub(2)..first).any(|t| self.tree.word(t).eq_ignore_ascii_case("by"))
    }

    /// The event is what another came after, and the expression is that other's.
    fn after(&self, x: &TimeExpression, trigger: usize) -> bool {
        let t = self.tree;
        let under = |mut at: usize, end: usize| {
            for _ in 0..12 {
                if at == end {
                    return true;
                }
                if t.head(at) == at {
                    break;
                }
                at = t.head(at);
            }
            false
        };
        let first = t.reading.token_at(x.span.start);
        if under(first, trigger) {
            return false;
        }
        let word = |i: usize| matches!(t.word(i).to_lowercase().as_str(), "after" | "following");
        let marked = |i: usize| t.kids(i).any(|k| t.dep(k) == Dep::Mark && word(k));
        let mut at = trigger;
        for _ in 0..4 {
            if marked(at) {
                return true;
            }
            let up = t.head(at);
            if up == at {
                return false;
            }
            if word(up) && matches!(t.dep(at), Dep::Pobj | Dep::Pcomp) {
                return !under(first, up);
            }
            if t.is_verb(up) && !matches!(t.dep(at), Dep::Pcomp) {
                return false;
            }
            at = up;
        }
        false
    }

    /// The siege is what began.
    fn begins(&self, trigger: usize) -> bool {
        let t = self.tree;
        t.is_noun(trigger)
            && matches!(t.dep(trigger), Dep::Nsubj | Dep::Nsubjpass)
            && matches!(t.lemma(t.head(trigger)).as_str(), "begin" | "start" | "commence")
    }

    /// From the day of publication on, as far as that is known.
    fn until_now(&self) -> ClaimTime {
        self.article.published.day().map_or(NO_TIME, |published| ClaimTime {
            valid_from: Some(published),
            valid_to: None,
            span: None,
            precision: Some(marchland_time::Precision::Day),
            inferred: true,
        })
    }

    /// A state told in passing, by an adjective or a noun: "the rebel-held town", "their stronghold of X", "the besieged city".
    fn standing(&self, trigger: usize, kind: Option<Kind>) -> bool {
        let t = self.tree;
        // "Remained in control", "is under siege": the verb's tense and day are the state's.
        let of_verb = matches!(t.dep(trigger), Dep::Dobj | Dep::Attr)
            || t.dep(trigger) == Dep::Pobj && matches!(t.word(t.head(trigger)), "in" | "under" | "into" | "within");
        let with_verb = of_verb && !t.lemma(trigger).ends_with("hold");
        matches!(kind, Some(Kind::Holds | Kind::Besieged))
            && (t.is_noun(trigger) && !with_verb || matches!(t.dep(trigger), Dep::Amod | Dep::Compound | Dep::Nmod))
    }

    fn recent(&self, day: Date) -> bool {
        self.article.published.day().is_some_and(|published| days(day, published).abs() <= NEWS_DAYS)
    }

    /// The article tells of the days before its publication, or dates nothing: it is news, not a look back.
    fn fresh(&self) -> bool {
        let Some(published) = self.article.published.day() else { return false };
        let (mut dated, mut recent, mut old) = (0, 0, 0);
        for day in self.times.iter().filter_map(|x| x.meant()).filter_map(|d| d.to.or(d.from)) {
            dated += 1;
            recent += usize::from(days(day, published).abs() <= FRESH_DAYS);
            old += usize::from(days(day, published) > NEWS_DAYS);
        }
        // One "today" among many days of long ago was copied from the news of then.
        dated == 0 || recent > 0 && old * 10 < dated * 9
    }

    /// "the main success since the beginning, in May": the day of another thing.
    fn since(&self, x: &TimeExpression, trigger: usize) -> bool {
        let t = self.tree;
        let Some(mut at) = t.reading.tokens_in(x.span).next() else { return false };
        let mut nouns = 0;
        for _ in 0..8 {
            let up = t.head(at);
            if up == at || t.is_verb(up) || up == trigger {
                return false;
            }
            nouns += u32::from(t.is_noun(up) && !x.span.contains(t.reading.tokens[up].span));
            if nouns > 0 && t.word(up).eq_ignore_ascii_case("since") {
                return true;
            }
            at = up;
        }
        false
    }

    /// True unless the clause is told in the present.
    fn past(&self, trigger: usize) -> bool {
        let t = self.tree;
        let mut at = trigger;
        for _ in 0..8 {
            if matches!(t.tag(at), Tag::Vbd)
                || t.kids(at).any(|k| matches!(t.dep(k), Dep::Aux | Dep::Auxpass) && matches!(t.tag(k), Tag::Vbd))
            {
                return true;
            }
            // "continues", "has been besieged", "are fighting".
            let helped = t.is_verb(at)
                && t.kids(at)
                    .any(|k| matches!(t.dep(k), Dep::Aux | Dep::Auxpass) && matches!(t.tag(k), Tag::Vbz | Tag::Vbp));
            if helped || matches!(t.tag(at), Tag::Vbz | Tag::Vbp) && t.is_verb(at) {
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
    let dated: Vec<bool> = times
        .iter()
        .filter_map(|x| x.meant())
        .filter_map(|d| d.to.or(d.from))
        .map(|e| days(e, published) > NEWS_DAYS)
        .collect();
    let history = dated.len() >= 2 && dated.iter().filter(|o| **o).count() * 10 >= dated.len() * 9;
    for c in claims.iter_mut() {
        c.background = if history { true } else { old(c).unwrap_or(false) };
    }
}
