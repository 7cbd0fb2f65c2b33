//! From probabilities and evidence to the words of an answer. Labels are functions; none is stored.

use std::collections::BTreeSet;

use marchland_actor::ActorId;
use marchland_place::PlaceId;

use crate::case::{Case, smooth};
use crate::chain::MOST_PARTIES;
use crate::day::{Day, date, number};
use crate::reasons::reasons;
use crate::speaker::Voice;
use crate::state::{ControlInterval, PlaceState, Qualifier, Query, Status};
use crate::vote::{Vote, What};

/// What the probabilities of the states say, parties by their number in the case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Label {
    pub(crate) status: Status,
    /// 0: nobody.
    pub(crate) holder: u8,
    pub(crate) probability: f64,
}

impl Label {
    fn same(self, other: Self) -> bool {
        self.status == other.status && (self.status != Status::Controlled || self.holder == other.holder)
    }
}

/// A set of states that an answer may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Calmly held by the party; 0: by somebody of whom nobody spoke.
    Held(u8),
    /// Fought over, whoever holds it.
    Contested,
}

impl Group {
    /// Its probability.
    pub(crate) fn mass(self, v: &[f64]) -> f64 {
        let parties = v.len() / 2;
        match self {
            Self::Held(p) => v[p as usize],
            Self::Contested => v[parties..].iter().sum(),
        }
    }

    /// All groups, likeliest first; of equals the parties in order of their ids.
    fn ranked(v: &[f64]) -> Ranked {
        let mut all = [(Self::Contested, 0.0); MOST_PARTIES + 2];
        let len = v.len() / 2 + 1;
        let groups = (1..v.len() / 2).map(|p| Self::Held(p as u8)).chain([Self::Contested, Self::Held(0)]);
        for (slot, g) in all.iter_mut().zip(groups) {
            *slot = (g, g.mass(v));
        }
        // Stable, as all but the smallest sorts are not without room of their own.
        for i in 1..len {
            let mut at = i;
            while at > 0 && all[at - 1].1.total_cmp(&all[at].1).is_lt() {
                all.swap(at - 1, at);
                at -= 1;
            }
        }
        Ranked { len, all }
    }
}

/// Groups, likeliest first.
struct Ranked {
    len: usize,
    all: [(Group, f64); MOST_PARTIES + 2],
}

impl std::ops::Deref for Ranked {
    type Target = [(Group, f64)];

    fn deref(&self) -> &Self::Target {
        &self.all[..self.len]
    }
}

impl Case<'_> {
    pub(crate) fn label(&self, v: &[f64]) -> Label {
        let p = &self.params.label;
        let parties = self.chain.parties;
        let contested = Group::Contested.mass(v);
        let unknown = Label { status: Status::Unknown, holder: 0, probability: v[0] };
        if v[0] > p.unknown {
            return unknown;
        }
        let best = (1..parties).max_by(|&a, &b| v[a].total_cmp(&v[b]).then(b.cmp(&a)));
        match best {
            Some(x) if v[x] >= p.likely => Label { status: Status::Controlled, holder: x as u8, probability: v[x] },
            _ => {
                // Whoever is likelier than not to hold it, with or without fighting, leads.
                let lead = (1..parties).find(|&x| v[x] + v[parties + x] > 0.5);
                Label { status: Status::Contested, holder: lead.unwrap_or(0) as u8, probability: contested }
            }
        }
    }

    fn actor(&self, party: u8) -> Option<ActorId> {
        self.parties.get((party as usize).checked_sub(1)?).cloned()
    }

    /// The first day of which somebody spoke.
    fn first(&self) -> Option<Day> {
        self.spoken().next().map(|v| v.day)
    }

    /// The answer for a day. `whole` is false when all reports are about parts of the place or about its province.
    pub(crate) fn answer(&self, place: PlaceId, query: Query, whole: bool, with_reasons: bool) -> PlaceState {
        let on = number(query.on);
        let mut out = PlaceState::unknown(place, query);
        let run = self.run();
        out.reports = self.reports.len() as u32;
        out.independent = run.independent;
        out.besieged_by = self.besieger(on);
        if self.first().is_none_or(|first| on < first) {
            return out;
        }
        out.last_confirmed = self.spoken().rev().find(|v| v.day <= on).map(|v| date(v.day));
        let (filter, eves) = (&run.filter, &run.eves);
        let v = smooth(&self.filter_at(filter, on), &self.outlook_at(eves, on));
        let mut label = self.label(&v);
        if !whole && label.status == Status::Controlled {
            // A part informs, it never decides the whole.
            label = Label { status: Status::Unknown, ..label };
        }
        // The present state began at the earliest event after which it has been the same.
        let known = self.events_until(on);
        let mut since = None;
        for i in (0..known).rev() {
            if !run.labels[i].same(label) {
                break;
            }
            since = Some(self.events[i].day);
        }
        let since = since.unwrap_or(on).max(self.first().unwrap_or(on));
        let ranked = Group::ranked(&v);
        // All but the untold party.
        out.beliefs.reserve_exact(ranked.len() - 1);
        out.beliefs.extend(ranked.iter().filter_map(|(g, m)| match g {
            Group::Held(0) => None,
            Group::Held(p) => Some((self.actor(*p), *m)),
            Group::Contested => Some((None, *m)),
        }));
        out.status = label.status;
        out.holder = if label.status == Status::Unknown { None } else { self.actor(label.holder) };
        out.probability = label.probability;
        out.qualifier = self.qualifier(label, since, on);
        out.since = (label.status != Status::Unknown).then(|| date(since));
        if out.besieged_by == out.holder {
            out.besieged_by = None;
        }
        let (best, second) = (ranked[0].0, ranked[1].0);
        out.log_odds = log_odds(&v, best, second);
        if with_reasons {
            out.reasons = reasons(self, filter, eves, on, best, second);
        }
        out
    }

    fn qualifier(&self, label: Label, since: Day, on: Day) -> Option<Qualifier> {
        let p = &self.params.label;
        let last = self.spoken().rev().find(|v| v.day <= on).map(|v| v.day)?;
        let next = self.spoken().find(|v| v.day > on).map(|v| v.day);
        if label.status == Status::Unknown {
            return None;
        }
        if on - last > p.stale_days && next.is_none_or(|n| n - on > p.stale_days) {
            return Some(Qualifier::Stale);
        }
        if label.status == Status::Contested {
            let all_winners = self.spoken().filter(|v| v.day >= since && v.day <= on).all(|v| v.voice == Voice::Winner);
            return Some(if all_winners { Qualifier::Claimed } else { Qualifier::Confirmed });
        }
        let holder = label.holder;
        let party = |v: &Vote| self.reports[v.report as usize].party.as_ref();
        let known = |v: &Vote| self.reports[v.report as usize].known;
        let yields = |against: &Vote| {
            // Whoever denied has since owned up, or somebody of his side has.
            self.spoken().any(|v| {
                v.is_for(holder)
                    && v.voice == Voice::Loser
                    && party(v).is_some()
                    && party(v) == party(against)
                    && known(v) >= known(against)
            })
        };
        let disputed = self.spoken().any(|v| {
            v.is_against(holder)
                && v.what != What::Siege
                && v.day <= on
                && on - v.day < p.dispute_days
                // What was said of the day itself before the place changed hands is no dispute.
                && (v.day > since || v.day == since && v.what == What::NotHeld)
                && !yields(v)
        });
        if disputed {
            return Some(Qualifier::Disputed);
        }
        let confirmed =
            self.spoken().any(|v| v.is_for(holder) && v.day >= since && v.day <= on && v.voice != Voice::Winner);
        Some(if confirmed { Qualifier::Confirmed } else { Qualifier::Claimed })
    }

    /// Who besieges it: the last who was said to, unless the place has since changed hands or the besieger has gone.
    fn besieger(&self, on: Day) -> Option<ActorId> {
        let siege = self
            .votes
            .iter()
            .rev()
            .find(|v| v.what == What::Siege && v.day <= on && on - v.day <= self.params.label.siege_days)?;
        let over = self.votes.iter().any(|v| {
            v.day > siege.day
                && v.day <= on
                && (matches!(v.what, What::Took | What::Taken) || v.what == What::Left && v.a == siege.a)
        });
        if over { None } else { self.actor(siege.a) }
    }

    /// The rows of the control table up to and with the day `until`. Stretches of which nothing is known have no row.
    pub(crate) fn intervals(
        &self,
        place: PlaceId,
        known_by: Option<jiff::civil::Date>,
        until: Day,
        whole: bool,
    ) -> Vec<ControlInterval> {
        let Some(first) = self.first() else { return Vec::new() };
        let (filter, eves) = (&self.run().filter, &self.run().eves);
        let mut rows = Vec::new();
        let mut run: Option<(Label, Day, f64)> = None;
        for day in first..=until + 1 {
            let label =
                (day <= until)
                    .then(|| self.label(&smooth(&self.filter_at(filter, day), &self.outlook_at(eves, day))))
                    .map(|l| {
                        if whole || l.status != Status::Controlled { l } else { Label { status: Status::Unknown, ..l } }
                    });
            match (&mut run, label) {
                (Some((old, _, sum)), Some(new)) if old.same(new) => {
                    *sum += new.probability;
                    old.holder = new.holder;
                }
                _ => {
                    if let Some((old, from, sum)) = run.take()
                        && old.status != Status::Unknown
                    {
                        let open = day > until;
                        rows.push(self.row(place, known_by, old, from, day, open, sum / f64::from(day - from)));
                    }
                    run = label.map(|l| (l, day, l.probability));
                }
            }
        }
        rows
    }

    #[allow(clippy::too_many_arguments)]
    fn row(
        &self,
        place: PlaceId,
        known_by: Option<jiff::civil::Date>,
        label: Label,
        from: Day,
        end: Day,
        open: bool,
        probability: f64,
    ) -> ControlInterval {
        let inside: Vec<&Vote> = self.spoken().filter(|v| v.day >= from && v.day < end).collect();
        let reports: BTreeSet<u32> = inside.iter().map(|v| v.report).collect();
        ControlInterval {
            place,
            valid_from: date(from),
            valid_to: (!open).then(|| date(end)),
            status: label.status,
            qualifier: self.qualifier(label, from, end - 1),
            holder: self.actor(label.holder),
            probability,
            last_confirmed: inside.last().map(|v| date(v.day)),
            reports: reports.len() as u32,
            independent: self.independent(inside.iter().copied()),
            known_by,
            claims: reports.iter().map(|&r| self.reports[r as usize].claim.clone()).collect(),
        }
    }
}

/// Log odds of one group of states against another, in decibans.
pub(crate) fn log_odds(v: &[f64], best: Group, second: Group) -> f64 {
    // Far below anything that can be told apart, and finite.
    let mass = |g: Group| g.mass(v).max(1e-300);
    10.0 * libm::log10(mass(best) / mass(second))
}
