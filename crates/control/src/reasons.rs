//! The argument: how much each report moved the odds. With prior and drift the numbers add up to the log odds shown.

use std::collections::BTreeMap;

use crate::answer::{Group, log_odds};
use crate::case::{Case, Rows, smooth};
use crate::chain::States;
use crate::day::{Day, date};
use crate::state::{Reason, ReasonKind};
use crate::vote::{Vote, What};

/// Events before the day that are told one by one; what came earlier is told as the prior on that day.
const EVENTS_BEFORE: usize = 24;
/// Events after the day that are told one by one; the rest is part of the drift.
const EVENTS_AFTER: usize = 8;

/// The reasons for `best` against `second` on the day, strongest first.
///
/// The weight of a report is by how much it moves the log odds when it is added to what was there before it. So the
/// numbers are those of an argument told in the order of days, reports on later days last.
pub(crate) fn reasons(case: &Case<'_>, filter: &Rows, eves: &Rows, on: Day, best: Group, second: Group) -> Vec<Reason> {
    let odds = |v: &[f64]| log_odds(v, best, second);
    let until = case.events_until(on);
    let start = until.saturating_sub(EVENTS_BEFORE);
    let mut v = States::from(if start == 0 { &*case.chain.prior } else { filter.at(start - 1) });
    let prior = odds(&v);
    let prior_day = if start == 0 { case.events.first().map(|e| e.day - 1) } else { Some(case.events[start - 1].day) };
    let mut weights: BTreeMap<u32, (f64, f64, Vote)> = BTreeMap::new();
    let mut note = |vote: &Vote, gain: f64| {
        // A report may have two votes, at both ends of its days: its weight is their sum, its day that of the heavier.
        let w = weights.entry(vote.report).or_insert((0.0, -1.0, *vote));
        w.0 += gain;
        if gain.abs() > w.1 {
            (w.1, w.2) = (gain.abs(), *vote);
        }
    };
    for i in start..until {
        let e = case.events[i];
        if i > 0 {
            case.chain.forward(&mut v, e.day - 1 - case.events[i - 1].day);
        }
        let mut before = 0.0;
        v = case.replay(&v, e, |vote, now| {
            if let Some(vote) = vote {
                note(vote, odds(now) - before);
            }
            before = odds(now);
        });
    }
    let here = case.filter_at(filter, on);
    // Reports on later days, from the nearest on: each time the outlook with one more vote.
    let mut before = odds(&here);
    for i in until..case.events.len().min(until + EVENTS_AFTER) {
        let votes = case.votes_of(case.events[i]);
        for told in 1..=votes.len() {
            let now = odds(&smooth(&here, &case.outlook_of(on, i, told)));
            note(&votes[told - 1], now - before);
            before = now;
        }
    }
    let total = odds(&smooth(&here, &case.outlook_at(eves, on)));
    let mut out: Vec<Reason> = weights
        .into_iter()
        .map(|(report, (decibans, _, vote))| {
            let r = &case.reports[report as usize];
            let speaks_for = match vote.what {
                What::Left => case.parties.get((vote.o as usize).wrapping_sub(1)).cloned(),
                What::NotHeld => r.party.clone(),
                What::Fight | What::Siege | What::NoFight => None,
                _ => case.parties.get((vote.a as usize).wrapping_sub(1)).cloned(),
            };
            Reason {
                kind: ReasonKind::Report,
                claim: Some(r.claim.clone()),
                speaks_for,
                decibans,
                stance: Some(r.stance),
                day: Some(date(vote.day)),
            }
        })
        .collect();
    let told: f64 = out.iter().map(|r| r.decibans).sum();
    let bare = |kind, decibans, day: Option<Day>| Reason {
        kind,
        claim: None,
        speaks_for: None,
        decibans,
        stance: None,
        day: day.map(date),
    };
    out.push(bare(ReasonKind::Prior, prior, prior_day));
    out.push(bare(ReasonKind::Drift, total - prior - told, None));
    out.sort_by(|a, b| b.decibans.abs().total_cmp(&a.decibans.abs()).then_with(|| a.claim.cmp(&b.claim)));
    out
}

impl Case<'_> {
    /// The outlook on a day when of the events after it only those up to `last` are known, and of that one
    /// only the first votes.
    fn outlook_of(&self, on: Day, last: usize, votes: usize) -> States {
        let mut v = States::all(self.chain.states, 1.0);
        for i in (self.events_until(on)..=last).rev() {
            let e = self.events[i];
            let to = if i == last { e.from + votes as u32 } else { e.to };
            let eve = if i > self.events_until(on) { self.events[i - 1].day } else { on };
            self.back(&mut v, crate::case::Event { to, ..e });
            self.chain.backward(&mut v, e.day - 1 - eve);
        }
        v
    }
}
