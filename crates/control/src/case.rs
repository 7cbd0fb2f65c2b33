//! All that is known of one place by some day, and the filter and the smoother that run over it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use marchland_actor::ActorId;

use crate::answer::Label;
use crate::chain::{Chain, normalise};
use crate::day::{Day, number};
use crate::params::Params;
use crate::report::Report;
use crate::vote::{Reach, Vote, one_vote_each, votes_of};

/// Parties told apart at one place; those with fewer reports count as somebody else. Bounds the cost of a hostile input.
const MOST_PARTIES: usize = 12;

/// The case of one place, with what it is judged by.
pub(crate) struct Case<'a> {
    pub(crate) params: &'a Params,
    pub(crate) chain: &'a Chain,
    body: Arc<Body>,
}

impl Deref for Case<'_> {
    type Target = Body;

    fn deref(&self) -> &Body {
        &self.body
    }
}

/// What is known of one place. Kept from one question to the next: it depends on the reports alone.
pub(crate) struct Body {
    pub(crate) reports: Vec<Arc<Report>>,
    /// Party `i + 1` of the chain.
    pub(crate) parties: Vec<ActorId>,
    /// In order of days.
    pub(crate) votes: Vec<Vote>,
    pub(crate) events: Vec<Event>,
    /// True when somebody known spoke of the place as a whole.
    pub(crate) whole: bool,
    run: OnceLock<Run>,
}

/// What the filter and the smoother make of a case.
pub(crate) struct Run {
    /// State probabilities at the end of each event's day, given all up to it.
    pub(crate) filter: Vec<Vec<f64>>,
    /// The likelihood of each event and all after it, given the state on its eve.
    pub(crate) eves: Vec<Vec<f64>>,
    /// The label of each event's day, given everything.
    pub(crate) labels: Vec<Label>,
    /// Independent origins of all votes.
    pub(crate) independent: u32,
}

/// The votes of one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub(crate) day: Day,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Body {
    /// Reports on the place and its parts, or on its province, as far as known by the day.
    pub(crate) fn new<'r>(
        reports: impl Iterator<Item = (&'r Arc<Report>, Reach)>,
        known_by: Option<Day>,
        params: &Params,
        chains: &[Chain],
        whole: bool,
    ) -> Self {
        let (reports, reaches): (Vec<Arc<Report>>, Vec<Reach>) = reports
            .filter(|(r, _)| known_by.is_none_or(|k| number(r.known) <= k))
            .map(|(r, reach)| (Arc::clone(r), reach))
            .unzip();
        let mut counts: BTreeMap<&ActorId, usize> = BTreeMap::new();
        for r in &reports {
            for actor in [&r.holder, &r.other].into_iter().flatten() {
                *counts.entry(actor).or_default() += 1;
            }
        }
        let mut parties: Vec<(&ActorId, usize)> = counts.into_iter().collect();
        parties.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        parties.truncate(MOST_PARTIES.min(chains.len() - 1));
        let mut parties: Vec<ActorId> = parties.into_iter().map(|(a, _)| a.clone()).collect();
        parties.sort();
        let party = |actor: &ActorId| parties.binary_search(actor).map_or(0, |i| i as u8 + 1);
        let only_other = |a: u8| if parties.len() == 2 && a != 0 { 3 - a } else { 0 };
        let mut votes = Vec::new();
        for (i, (report, reach)) in reports.iter().zip(&reaches).enumerate() {
            votes_of(report, i as u32, *reach, params, party, only_other, &mut votes);
        }
        one_vote_each(&mut votes, &reports, params);
        let mut events: Vec<Event> = Vec::new();
        for (i, v) in votes.iter().enumerate() {
            match events.last_mut() {
                Some(e) if e.day == v.day => e.to += 1,
                _ => events.push(Event { day: v.day, from: i as u32, to: i as u32 + 1 }),
            }
        }
        Self { reports, parties, votes, events, whole, run: OnceLock::new() }
    }
}

impl<'a> Case<'a> {
    /// A case as it is judged by parameters.
    pub(crate) fn of(body: Arc<Body>, params: &'a Params, chains: &'a [Chain]) -> Self {
        Self { params, chain: &chains[body.parties.len()], body }
    }

    /// The filter and the smoother, run once.
    pub(crate) fn run(&self) -> &Run {
        self.body.run.get_or_init(|| {
            let (filter, (outlook, eves)) = (self.filter(), self.outlook());
            let labels = filter.iter().zip(&outlook).map(|(f, o)| self.label(&smooth(f, o))).collect();
            let origins: BTreeSet<&String> =
                self.votes.iter().map(|v| &self.reports[v.report as usize].origin).collect();
            Run { independent: origins.len() as u32, filter, eves, labels }
        })
    }

    pub(crate) fn votes_of(&self, e: Event) -> &[Vote] {
        &self.votes[e.from as usize..e.to as usize]
    }

    /// The votes that somebody spoke, up to and with a day.
    pub(crate) fn spoken(&self) -> impl DoubleEndedIterator<Item = &Vote> {
        self.votes.iter().filter(|v| v.is_spoken())
    }

    /// The likelihood of an event's votes: for each state, or for each pair of states where one speaks of a change.
    fn likelihood(&self, e: Event) -> Likelihood {
        let n = self.chain.states;
        let votes = self.votes_of(e);
        let pairs = votes.iter().any(Vote::is_of_change);
        let befores = if pairs { n } else { 1 };
        let mut sums = vec![0_i64; befores * n];
        for v in votes {
            for before in 0..befores {
                for state in 0..n {
                    sums[before * n + state] += v.millibans(self.params, self.chain.parties, before, state);
                }
            }
        }
        let most = sums.iter().max().copied().unwrap_or(0);
        Likelihood { pairs, factors: sums.iter().map(|x| factor(x - most)).collect() }
    }

    /// From the day before an event (already in `v`) to the event.
    fn enter(&self, v: &mut Vec<f64>, l: &Likelihood) {
        let n = self.chain.states;
        let mut out: Vec<f64> =
            (0..n).map(|to| (0..n).map(|from| v[from] * self.chain.step(from, to) * l.at(n, from, to)).sum()).collect();
        if normalise(&mut out) {
            *v = out;
        }
    }

    /// The filter: state probabilities at the end of each event's day, given all up to it.
    fn filter(&self) -> Vec<Vec<f64>> {
        let mut v = self.chain.prior.clone();
        let mut last = None;
        self.events
            .iter()
            .map(|&e| {
                // The prior stands on the eve of the first event.
                self.chain.forward(&mut v, last.map_or(0, |d| e.day - 1 - d));
                self.enter(&mut v, &self.likelihood(e));
                last = Some(e.day);
                v.clone()
            })
            .collect()
    }

    /// The likelihood of all that comes after each event's day, given the state on it, and of the event too, given that
    /// on its eve.
    fn outlook(&self) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let mut out = vec![Vec::new(); self.events.len()];
        let mut eves = out.clone();
        let mut v = vec![1.0; self.chain.states];
        for (i, &e) in self.events.iter().enumerate().rev() {
            out[i] = v.clone();
            self.leave(&mut v, &self.likelihood(e));
            eves[i] = v.clone();
            if i > 0 {
                self.chain.backward(&mut v, e.day - 1 - self.events[i - 1].day);
            }
        }
        (out, eves)
    }

    /// From an event back to the day before.
    fn leave(&self, v: &mut Vec<f64>, l: &Likelihood) {
        let n = self.chain.states;
        let mut out: Vec<f64> =
            (0..n).map(|from| (0..n).map(|to| v[to] * self.chain.step(from, to) * l.at(n, from, to)).sum()).collect();
        if normalise(&mut out) {
            *v = out;
        }
    }

    /// From an event back to the day before it.
    pub(crate) fn back(&self, v: &mut Vec<f64>, e: Event) {
        self.leave(v, &self.likelihood(e));
    }

    /// How many events lie on or before the day.
    pub(crate) fn events_until(&self, day: Day) -> usize {
        self.events.partition_point(|e| e.day <= day)
    }

    /// The filter on any day.
    pub(crate) fn filter_at(&self, filter: &[Vec<f64>], day: Day) -> Vec<f64> {
        match self.events_until(day) {
            0 => self.chain.prior.clone(),
            n => {
                let mut v = filter[n - 1].clone();
                self.chain.forward(&mut v, day - self.events[n - 1].day);
                v
            }
        }
    }

    /// The outlook on any day.
    pub(crate) fn outlook_at(&self, eves: &[Vec<f64>], day: Day) -> Vec<f64> {
        let n = self.events_until(day);
        match self.events.get(n) {
            None => vec![1.0; self.chain.states],
            Some(&e) => {
                let mut v = eves[n].clone();
                self.chain.backward(&mut v, e.day - 1 - day);
                v
            }
        }
    }

    /// A day's votes one by one, for the reasons: the joint of the states of two days after each vote.
    pub(crate) fn replay(&self, eve: &[f64], e: Event, mut after: impl FnMut(Option<&Vote>, &[f64])) -> Vec<f64> {
        let n = self.chain.states;
        let mut joint: Vec<f64> = (0..n * n).map(|i| eve[i / n] * self.chain.step(i / n, i % n)).collect();
        let marginal =
            |joint: &[f64]| -> Vec<f64> { (0..n).map(|to| (0..n).map(|from| joint[from * n + to]).sum()).collect() };
        after(None, &marginal(&joint));
        for v in self.votes_of(e) {
            for (i, x) in joint.iter_mut().enumerate() {
                *x *= factor(v.millibans(self.params, self.chain.parties, i / n, i % n));
            }
            normalise(&mut joint);
            after(Some(v), &marginal(&joint));
        }
        marginal(&joint)
    }
}

struct Likelihood {
    pairs: bool,
    factors: Vec<f64>,
}

impl Likelihood {
    fn at(&self, n: usize, before: usize, state: usize) -> f64 {
        self.factors[if self.pairs { before * n + state } else { state }]
    }
}

/// Thousandths of a deciban to a ratio. libm, so that every platform gives the same bits.
fn factor(millibans: i64) -> f64 {
    libm::exp10(millibans as f64 / 10_000.0)
}

/// Both together: what is known of a day from all reports.
pub(crate) fn smooth(filter: &[f64], outlook: &[f64]) -> Vec<f64> {
    let mut v: Vec<f64> = filter.iter().zip(outlook).map(|(a, b)| a * b).collect();
    if !normalise(&mut v) {
        return filter.to_vec();
    }
    v
}
