//! All that is known of one place by some day, and the filter and the smoother that run over it.

use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_place::PlaceId;

use crate::answer::Label;
use crate::chain::{Chain, MOST_PARTIES, States, normalise};
use crate::day::{Day, number};
use crate::params::Params;
use crate::report::Report;
use crate::state::ControlInterval;
use crate::vote::{Reach, Vote, one_vote_each, ranks, votes_of};

/// The case of one place, with what it is judged by.
pub(crate) struct Case<'a> {
    pub(crate) params: &'a Params,
    pub(crate) chain: &'a Chain,
    body: Held<'a>,
}

/// A body that is kept, or one that was made for this question.
pub(crate) enum Held<'a> {
    Kept(&'a Body),
    Own(Arc<Body>),
}

impl Deref for Case<'_> {
    type Target = Body;

    fn deref(&self) -> &Body {
        match &self.body {
            Held::Kept(body) => body,
            Held::Own(body) => body,
        }
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
    /// True when somebody known spoke of a part of it.
    pub(crate) parts: bool,
    /// For each report the number of its origin.
    origins: Vec<u32>,
    run: OnceLock<Run>,
    /// Its rows of the control table, up to which day they were last asked for.
    rows: Mutex<Option<(Option<Date>, Day, Arc<[ControlInterval]>)>>,
}

/// What the filter and the smoother make of a case.
pub(crate) struct Run {
    /// State probabilities at the end of each event's day, given all up to it.
    pub(crate) filter: Rows,
    /// The likelihood of each event and all after it, given the state on its eve.
    pub(crate) eves: Rows,
    /// The label of each event's day, given everything.
    pub(crate) labels: Vec<Label>,
    /// Independent origins of all votes.
    pub(crate) independent: u32,
}

/// Numbers for each state, event after event.
pub(crate) struct Rows {
    states: usize,
    of: Vec<f64>,
}

impl Rows {
    fn new(states: usize, events: usize) -> Self {
        Self { states, of: vec![0.0; states * events] }
    }

    pub(crate) fn at(&self, event: usize) -> &[f64] {
        &self.of[event * self.states..][..self.states]
    }

    fn set(&mut self, event: usize, row: &[f64]) {
        self.of[event * self.states..][..self.states].copy_from_slice(row);
    }
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
        let mut named: Vec<&ActorId> = reports.iter().flat_map(|r| [&r.holder, &r.other]).flatten().collect();
        named.sort_unstable();
        let mut parties: Vec<(&ActorId, usize)> = Vec::new();
        for actor in named {
            match parties.last_mut() {
                Some((last, n)) if *last == actor => *n += 1,
                _ => parties.push((actor, 1)),
            }
        }
        parties.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        parties.truncate(MOST_PARTIES.min(chains.len() - 1));
        let mut parties: Vec<ActorId> = parties.into_iter().map(|(a, _)| a.clone()).collect();
        parties.sort();
        let party = |actor: &ActorId| parties.binary_search(actor).map_or(0, |i| i as u8 + 1);
        let only_other = |a: u8| if parties.len() == 2 && a != 0 { 3 - a } else { 0 };
        let mut votes = Vec::with_capacity(2 * reports.len());
        for (i, (report, reach)) in reports.iter().zip(&reaches).enumerate() {
            votes_of(report, i as u32, *reach, params, party, only_other, &mut votes);
        }
        let origins = ranks(&reports, |r| &r.origin);
        one_vote_each(&mut votes, &reports, &origins, params);
        votes.shrink_to_fit();
        let mut events: Vec<Event> = Vec::new();
        for (i, v) in votes.iter().enumerate() {
            match events.last_mut() {
                Some(e) if e.day == v.day => e.to += 1,
                _ => events.push(Event { day: v.day, from: i as u32, to: i as u32 + 1 }),
            }
        }
        let parts = reaches.contains(&Reach::Part);
        Self { reports, parties, votes, events, whole, parts, origins, run: OnceLock::new(), rows: Mutex::default() }
    }

    /// How many independent origins the votes have.
    pub(crate) fn independent<'v>(&self, votes: impl Iterator<Item = &'v Vote>) -> u32 {
        let mut origins: Vec<u32> = votes.map(|v| self.origins[v.report as usize]).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len() as u32
    }
}

impl<'a> Case<'a> {
    /// A case as it is judged by parameters.
    pub(crate) fn of(body: Held<'a>, params: &'a Params, chains: &'a [Chain]) -> Self {
        let parties = match &body {
            Held::Kept(body) => body.parties.len(),
            Held::Own(body) => body.parties.len(),
        };
        Self { params, chain: &chains[parties], body }
    }

    /// The rows of the control table, as [`intervals`](Self::intervals) makes them; the same question again is not
    /// reckoned again.
    pub(crate) fn kept_intervals(&self, place: PlaceId, known_by: Option<Date>, until: Day) -> Arc<[ControlInterval]> {
        let kept = || self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, rows)) = kept().as_ref().filter(|(k, u, _)| (*k, *u) == (known_by, until)) {
            return Arc::clone(rows);
        }
        let rows: Arc<[ControlInterval]> = self.intervals(place, known_by, until, self.whole).into();
        *kept() = Some((known_by, until, Arc::clone(&rows)));
        rows
    }

    /// The filter and the smoother, run once.
    pub(crate) fn run(&self) -> &Run {
        self.run.get_or_init(|| {
            let likelihoods = Likelihoods::of(self);
            let filter = self.filter(&likelihoods);
            let (eves, labels) = self.outlook(&likelihoods, &filter);
            Run { independent: self.independent(self.votes.iter()), filter, eves, labels }
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
    /// Gives true where it is of pairs.
    fn likelihood(&self, e: Event, factors: &mut Vec<f64>) -> bool {
        let n = self.chain.states;
        let votes = self.votes_of(e);
        let pairs = votes.iter().any(Vote::is_of_change);
        let mut room = [0_i64; 256];
        let mut more = Vec::new();
        let len = if pairs { n * n } else { n };
        let sums = if len <= room.len() {
            &mut room[..len]
        } else {
            more.resize(len, 0);
            &mut more
        };
        for v in votes {
            v.add_to(sums, self.params, self.chain.parties);
        }
        let most = sums.iter().max().copied().unwrap_or(0);
        // Most of the sums are alike, and a power of ten costs more than looking for it.
        let mut seen: [(i64, f64); 4] = [(0, 1.0); 4];
        let mut next = 1;
        factors.clear();
        factors.extend(sums.iter().map(|x| {
            let x = x - most;
            match seen.iter().find(|(s, _)| *s == x) {
                Some((_, f)) => *f,
                None => {
                    let f = factor(x);
                    seen[next] = (x, f);
                    next = next % 3 + 1;
                    f
                }
            }
        }));
        pairs
    }

    /// From the day before an event (already in `v`) to the event.
    fn enter(&self, v: &mut States, l: Likelihood<'_>) {
        let n = self.chain.states;
        let mut out = States::all(n, 0.0);
        for (from, x) in v.iter().enumerate() {
            for ((o, step), f) in out.iter_mut().zip(self.chain.steps(from)).zip(l.row(n, from)) {
                *o += x * step * f;
            }
        }
        if normalise(&mut out) {
            *v = out;
        }
    }

    /// The filter: state probabilities at the end of each event's day, given all up to it.
    fn filter(&self, likelihoods: &Likelihoods) -> Rows {
        let mut out = Rows::new(self.chain.states, self.events.len());
        let mut v = States::from(&*self.chain.prior);
        let mut last = None;
        let mut room = Vec::new();
        for (i, &e) in self.events.iter().enumerate() {
            // The prior stands on the eve of the first event.
            self.chain.forward(&mut v, last.map_or(0, |d| e.day - 1 - d));
            self.enter(&mut v, likelihoods.at(self, i, &mut room));
            last = Some(e.day);
            out.set(i, &v);
        }
        out
    }

    /// The likelihood of each event and all that comes after it, given the state on its eve; and the label of each
    /// event's day, which takes what comes after it.
    fn outlook(&self, likelihoods: &Likelihoods, filter: &Rows) -> (Rows, Vec<Label>) {
        let mut eves = Rows::new(self.chain.states, self.events.len());
        let mut labels = Vec::with_capacity(self.events.len());
        let mut v = States::all(self.chain.states, 1.0);
        let mut room = Vec::new();
        for (i, &e) in self.events.iter().enumerate().rev() {
            labels.push(self.label(&smooth(filter.at(i), &v)));
            self.leave(&mut v, likelihoods.at(self, i, &mut room));
            eves.set(i, &v);
            if i > 0 {
                self.chain.backward(&mut v, e.day - 1 - self.events[i - 1].day);
            }
        }
        labels.reverse();
        (eves, labels)
    }

    /// From an event back to the day before.
    fn leave(&self, v: &mut States, l: Likelihood<'_>) {
        let n = self.chain.states;
        let mut out = States::all(n, 0.0);
        for (from, o) in out.iter_mut().enumerate() {
            for ((x, step), f) in v.iter().zip(self.chain.steps(from)).zip(l.row(n, from)) {
                *o += x * step * f;
            }
        }
        if normalise(&mut out) {
            *v = out;
        }
    }

    /// From an event back to the day before it.
    pub(crate) fn back(&self, v: &mut States, e: Event) {
        let mut factors = Vec::new();
        let pairs = self.likelihood(e, &mut factors);
        self.leave(v, Likelihood { pairs, factors: &factors });
    }

    /// How many events lie on or before the day.
    pub(crate) fn events_until(&self, day: Day) -> usize {
        self.events.partition_point(|e| e.day <= day)
    }

    /// The filter on any day.
    pub(crate) fn filter_at(&self, filter: &Rows, day: Day) -> States {
        match self.events_until(day) {
            0 => States::from(&*self.chain.prior),
            n => {
                let mut v = States::from(filter.at(n - 1));
                self.chain.forward(&mut v, day - self.events[n - 1].day);
                v
            }
        }
    }

    /// The outlook on any day.
    pub(crate) fn outlook_at(&self, eves: &Rows, day: Day) -> States {
        let n = self.events_until(day);
        match self.events.get(n) {
            None => States::all(self.chain.states, 1.0),
            Some(&e) => {
                let mut v = States::from(eves.at(n));
                self.chain.backward(&mut v, e.day - 1 - day);
                v
            }
        }
    }

    /// A day's votes one by one, for the reasons: the joint of the states of two days after each vote.
    pub(crate) fn replay(&self, eve: &[f64], e: Event, mut after: impl FnMut(Option<&Vote>, &[f64])) -> States {
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
        States::from(&*marginal(&joint))
    }
}

/// How likely the votes of a day are: for each state, or for each pair of it with the state of the day before.
#[derive(Clone, Copy)]
struct Likelihood<'l> {
    pairs: bool,
    factors: &'l [f64],
}

impl<'l> Likelihood<'l> {
    fn row(self, n: usize, before: usize) -> &'l [f64] {
        if self.pairs { &self.factors[before * n..][..n] } else { self.factors }
    }
}

/// Numbers for the likelihoods of all events together that are kept from the filter to the smoother; of larger cases
/// they are made twice.
const MOST_KEPT: usize = 1 << 16;

/// The likelihoods of all events.
struct Likelihoods {
    factors: Vec<f64>,
    /// Where each begins, and whether it is of pairs; empty where none are kept.
    at: Vec<(u32, bool)>,
}

impl Likelihoods {
    fn of(case: &Case<'_>) -> Self {
        let mut all = Self { factors: Vec::new(), at: Vec::new() };
        if case.events.len() * case.chain.states * case.chain.states <= MOST_KEPT {
            let mut one = Vec::new();
            for &e in &case.events {
                let pairs = case.likelihood(e, &mut one);
                all.at.push((all.factors.len() as u32, pairs));
                all.factors.extend_from_slice(&one);
            }
        }
        all
    }

    fn at<'l>(&'l self, case: &Case<'_>, event: usize, room: &'l mut Vec<f64>) -> Likelihood<'l> {
        let Some(&(from, pairs)) = self.at.get(event) else {
            let pairs = case.likelihood(case.events[event], room);
            return Likelihood { pairs, factors: room };
        };
        let n = case.chain.states;
        Likelihood { pairs, factors: &self.factors[from as usize..][..if pairs { n * n } else { n }] }
    }
}

/// Thousandths of a deciban to a ratio. libm, so that every platform gives the same bits.
fn factor(millibans: i64) -> f64 {
    libm::exp10(millibans as f64 / 10_000.0)
}

/// Both together: what is known of a day from all reports.
pub(crate) fn smooth(filter: &[f64], outlook: &[f64]) -> States {
    let mut v = States::from(filter);
    v.iter_mut().zip(outlook).for_each(|(a, b)| *a *= b);
    if normalise(&mut v) { v } else { States::from(filter) }
}
