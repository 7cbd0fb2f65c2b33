//! How a place goes from one day to the next when nobody says anything.
//!
//! With `k` parties named at a place there are `2 (k + 1)` states: party 0 stands for "somebody of whom nobody
//! spoke", and each party holds the place calmly, or holds it while it is being fought over. Keeping the holder
//! during a fight lets a place that was "contested" for a week go back to whom it was.

use crate::params::Params;

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
        Self { parties, states, powers, prior }
    }

    /// One day from state to state.
    pub(crate) fn step(&self, from: usize, to: usize) -> f64 {
        self.powers[0][from * self.states + to]
    }

    /// Lets `days` pass forward: probabilities of the states.
    pub(crate) fn forward(&self, v: &mut Vec<f64>, days: i32) {
        self.each_power(days, |m| {
            let mut out = vec![0.0; self.states];
            for (from, x) in v.iter().enumerate() {
                for (to, o) in out.iter_mut().enumerate() {
                    *o += x * m[from * self.states + to];
                }
            }
            *v = out;
        });
    }

    /// Lets `days` pass backward: likelihoods of what came later.
    pub(crate) fn backward(&self, v: &mut Vec<f64>, days: i32) {
        self.each_power(days, |m| {
            *v = (0..self.states)
                .map(|from| v.iter().enumerate().map(|(to, x)| m[from * self.states + to] * x).sum())
                .collect();
        });
    }

    fn each_power(&self, days: i32, mut apply: impl FnMut(&[f64])) {
        let days = days.clamp(0, (1 << REACH) - 1);
        for (j, m) in self.powers.iter().enumerate() {
            if days >> j & 1 == 1 {
                apply(m);
            }
        }
    }
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
                let mut v = chain.prior.clone();
                chain.forward(&mut v, days);
                assert!((v.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{named} parties, {days} days: {v:?}");
                let mut ones = vec![1.0; chain.states];
                chain.backward(&mut ones, days);
                assert!(ones.iter().all(|x| (x - 1.0).abs() < 1e-9));
            }
        }
    }

    #[test]
    fn many_days_are_as_many_single_days() {
        let chain = Chain::new(2, &Params::default());
        let (mut one, mut all) = (vec![0.0; chain.states], vec![0.0; chain.states]);
        (one[1], all[1]) = (1.0, 1.0);
        (0..77).for_each(|_| chain.forward(&mut one, 1));
        chain.forward(&mut all, 77);
        assert!(one.iter().zip(&all).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn a_fight_goes_back_to_the_holder_more_often_than_not() {
        let chain = Chain::new(2, &Params::default());
        let mut v = vec![0.0; chain.states];
        v[chain.parties + 1] = 1.0;
        chain.forward(&mut v, 60);
        assert!(v[1] > 0.7 && v[2] > 0.1, "{v:?}");
    }
}
