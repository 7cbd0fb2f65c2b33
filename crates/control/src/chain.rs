//! How a place goes from one day to the next when nobody says anything.
//!
//! With `k` parties named at a place there are `2 (k + 1)` states: party 0 stands for "somebody of whom nobody
//! spoke", and each party holds the place calmly, or holds it while it is being fought over. Keeping the holder
//! during a fight lets a place that was "contested" for a week go back to whom it was.

use std::ops::{Deref, DerefMut};

use crate::params::Params;

/// Parties told apart at one place; those with fewer reports count as somebody else. Bounds the cost of a hostile input.
pub(crate) const MOST_PARTIES: usize = 12;

/// States of the largest chain: the untold party and the named ones, calm and in a fight.
const MOST_STATES: usize = 2 * (MOST_PARTIES + 1);

/// A number for each state of a chain. No heap: a map asks for some of them at each of its places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct States {
    len: usize,
    of: [f64; MOST_STATES],
}

impl States {
    pub(crate) fn all(len: usize, value: f64) -> Self {
        let mut of = [0.0; MOST_STATES];
        of[..len].fill(value);
        Self { len, of }
    }
}

impl From<&[f64]> for States {
    fn from(from: &[f64]) -> Self {
        let mut new = Self::all(from.len(), 0.0);
        new.copy_from_slice(from);
        new
    }
}

impl Deref for States {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.of[..self.len]
    }
}

impl DerefMut for States {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.of[..self.len]
    }
}

/// The days that one table of powers can bridge; longer gaps are cut to it (22 years).
const REACH: u32 = 13;

/// The chain for a number of parties.
#[derive(Debug)]
pub(crate) struct Chain {
    /// Parties, the untold one included.
    pub(crate) parties: usize,
    /// States: `party` is calm, `parties + party` is a fight.
    pub(crate) states: usize,
    /// `powers[j]` takes 2^j days; row: from.
    powers: Vec<Vec<f64>>,
    /// The same with rows and columns changed: row: to.
    turned: Vec<Vec<f64>>,
    /// Before the first report.
    pub(crate) prior: Vec<f64>,
}

impl Chain {
    pub(crate) fn new(named: usize, p: &Params) -> Self {
        let parties = named + 1;
        let states = 2 * parties;
        let c = &p.chain;
        // Share of each party among those to whom a place can go.
        let share = |to: usize| match (to, named) {
            (0, 0) => 1.0,
            (0, _) => c.untold,
            _ => (1.0 - c.untold) / named as f64,
        };
        let mut day = vec![0.0; states * states];
        for from in 0..parties {
            let others: f64 = (0..parties).filter(|&to| to != from).map(share).sum();
            let to_other = |to: usize| if others > 0.0 { share(to) / others } else { 0.0 };
            let (calm, fight) = (from * states, (parties + from) * states);
            let (change, lost) = if others > 0.0 { (c.hazard, c.settle * (1.0 - c.keeps)) } else { (0.0, 0.0) };
            day[calm + from] = 1.0 - change - c.fight;
            day[calm + parties + from] = c.fight;
            day[fight + parties + from] = 1.0 - c.settle;
            day[fight + from] = c.settle - lost;
            for to in (0..parties).filter(|&to| to != from) {
                day[calm + to] = change * to_other(to);
                day[fight + to] = lost * to_other(to);
            }
        }
        let mut powers = vec![day];
        for j in 1..REACH as usize {
            let half = &powers[j - 1];
            powers.push(product(half, half, states));
        }
        let held = |party: usize| match (party, named) {
            (0, 0) => 1.0,
            (0, _) => p.prior.untold,
            _ => (1.0 - p.prior.untold) / named as f64,
        };
        let calm = (0..parties).map(|x| held(x) * (1.0 - p.prior.fight));
        let fight = (0..parties).map(|x| held(x) * p.prior.fight);
        let prior = calm.chain(fight).collect();
        let turn = |m: &Vec<f64>| (0..states * states).map(|i| m[i % states * states + i / states]).collect();
        let turned = powers.iter().map(turn).collect();
        Self { parties, states, powers, turned, prior }
    }

    /// One day from state to state.
    pub(crate) fn step(&self, from: usize, to: usize) -> f64 {
        self.powers[0][from * self.states + to]
    }

    /// One day from a state to all.
    pub(crate) fn steps(&self, from: usize) -> &[f64] {
        &self.powers[0][from * self.states..][..self.states]
    }

    /// Lets `days` pass forward: probabilities of the states.
    pub(crate) fn forward(&self, v: &mut States, days: i32) {
        through(&self.powers, self.states, v, days);
    }

    /// Lets `days` pass backward: likelihoods of what came later.
    pub(crate) fn backward(&self, v: &mut States, days: i32) {
        through(&self.turned, self.states, v, days);
    }
}

/// Each power whose bit is in `days`, one after the other. Every sum is in the order of the states.
fn through(powers: &[Vec<f64>], n: usize, v: &mut States, days: i32) {
    let days = days.clamp(0, (1 << REACH) - 1);
    for (j, m) in powers.iter().enumerate() {
        if days >> j & 1 == 1 {
            // Two and three parties are nearly all there are: their sums are laid out when this is compiled.
            match n {
                4 => times::<4>(v, m),
                6 => times::<6>(v, m),
                _ => {
                    let mut out = States::all(n, 0.0);
                    for (x, row) in v.iter().zip(m.chunks_exact(n)) {
                        for (o, w) in out.iter_mut().zip(row) {
                            *o += x * w;
                        }
                    }
                    *v = out;
                }
            }
        }
    }
}

fn times<const N: usize>(v: &mut States, m: &[f64]) {
    let mut out = [0.0; N];
    for (x, row) in v.of[..N].iter().zip(m.as_chunks::<N>().0) {
        for (o, w) in out.iter_mut().zip(row) {
            *o += x * w;
        }
    }
    v.of[..N].copy_from_slice(&out);
}

fn product(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for i in 0..n {
        for k in 0..n {
            for j in 0..n {
                out[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
    out
}

/// Scales to a sum of one. False when there is nothing to scale.
pub(crate) fn normalise(v: &mut [f64]) -> bool {
    let sum: f64 = v.iter().sum();
    let fine = sum.is_finite() && sum > 0.0;
    if fine {
        v.iter_mut().for_each(|x| *x /= sum);
    }
    fine
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_stay_probabilities() {
        for named in 0..5 {
            let chain = Chain::new(named, &Params::default());
            assert!((chain.prior.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for days in [1, 2, 7, 1000, 100_000] {
                let mut v = States::from(&*chain.prior);
                chain.forward(&mut v, days);
                assert!((v.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{named} parties, {days} days: {v:?}");
                let mut ones = States::all(chain.states, 1.0);
                chain.backward(&mut ones, days);
                assert!(ones.iter().all(|x| (x - 1.0).abs() < 1e-9));
            }
        }
    }

    #[test]
    fn many_days_are_as_many_single_days() {
        let chain = Chain::new(2, &Params::default());
        let (mut one, mut all) = (States::all(chain.states, 0.0), States::all(chain.states, 0.0));
        (one[1], all[1]) = (1.0, 1.0);
        (0..77).for_each(|_| chain.forward(&mut one, 1));
        chain.forward(&mut all, 77);
        assert!(one.iter().zip(all.iter()).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn a_fight_goes_back_to_the_holder_more_often_than_not() {
        let params = Params::default();
        let chain = Chain::new(2, &params);
        let mut v = States::all(chain.states, 0.0);
        v[chain.parties + 1] = 1.0;
        chain.forward(&mut v, 60);
        // As often as the file says; a little is left to what happens after the fight.
        let lost = v[2] / (v[1] + v[2]);
        assert!(v[1] > 0.7 && lost > 0.0 && (lost - (1.0 - params.chain.keeps)).abs() < 0.03, "{lost} {v:?}");
    }
}
