//! A report as votes: what it says of the state on which day, and how much that weighs.

use std::sync::Arc;

use marchland_claim::{Kind, Stance};

use crate::day::{Day, number};
use crate::params::{Params, VoiceParams, WeightParams};
use crate::report::{Exactness, Report};
use crate::speaker::Voice;

/// What a vote says of the state of a place on its day. `a` and `o` are the parties of the [`Vote`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum What {
    /// `a` took it on this very day.
    Took,
    /// `a` took it on this day or shortly before, and has it now.
    Taken,
    /// `a` holds it.
    Holds,
    /// `a` held it until the next day: implied by a report that somebody took it from `a`.
    Before,
    /// It is being fought over.
    Fight,
    /// `a` besieges it.
    Siege,
    /// `a` has left it, to `o` where known.
    Left,
    /// `a` does not hold it.
    NotHeld,
    /// `a` has not left it.
    NotLeft,
    /// It is not being fought over.
    NoFight,
}

impl What {
    /// What says the same for the purpose of "one origin, one vote".
    fn family(self) -> u8 {
        match self {
            Self::Took | Self::Taken | Self::Holds => 0,
            Self::Before => 1,
            Self::Fight => 2,
            Self::Siege => 3,
            Self::Left => 4,
            Self::NotHeld => 5,
            Self::NotLeft => 6,
            Self::NoFight => 7,
        }
    }
}

/// One vote. Party 0 is nobody named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vote {
    pub(crate) day: Day,
    pub(crate) what: What,
    pub(crate) a: u8,
    pub(crate) o: u8,
    pub(crate) voice: Voice,
    /// Per mille.
    pub(crate) weight: u16,
    /// True when it is about the place itself, not about a part of it or its province.
    pub(crate) whole: bool,
    /// Which report of the case.
    pub(crate) report: u32,
}

/// How a report reaches the place that it informs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It is about the place (or about the part that is asked about).
    Whole,
    /// It is about a part of the place.
    Part,
    /// It is about the province in which the place lies.
    Region,
}

impl Vote {
    /// Weight of evidence for a state and the one of the day before, in thousandths of a deciban; never above zero.
    /// Whole numbers: their sum does not depend on the order.
    pub(crate) fn millibans(&self, params: &Params, parties: usize, before: usize, state: usize) -> i64 {
        let v = params.of(self.voice);
        self.scaled(self.table(v, &params.weight, parties, before, state), params)
    }

    fn scaled(&self, raw: f64, params: &Params) -> i64 {
        (raw * params.weight.temper * f64::from(self.weight)).round() as i64
    }

    /// Adds the vote's [`millibans`](Self::millibans) to the sums of each state before (row) and of the day.
    pub(crate) fn add_to(&self, sums: &mut [i64], params: &Params, parties: usize) {
        let v = params.of(self.voice);
        // A table has few values: what was the last one is mostly the next one too.
        let (mut last, mut value) = (0.0, 0);
        for (before, row) in sums.chunks_exact_mut(2 * parties).enumerate() {
            for (state, sum) in row.iter_mut().enumerate() {
                let raw = self.table(v, &params.weight, parties, before, state);
                if raw != last {
                    (last, value) = (raw, self.scaled(raw, params));
                }
                *sum += value;
            }
        }
    }

    /// The largest weight that the vote can have, for choosing among copies.
    fn strength(&self, params: &Params) -> i64 {
        let v = params.of(self.voice);
        let most = match self.what {
            What::Took | What::Taken => v.change.other,
            What::Holds | What::Before => v.state.other,
            What::Fight | What::NoFight => v.fight,
            What::Siege => v.siege,
            What::Left => v.left,
            What::NotHeld | What::NotLeft => v.denial,
        };
        (-most * f64::from(self.weight)).round() as i64
    }

    fn table(&self, v: &VoiceParams, w: &WeightParams, parties: usize, before: usize, state: usize) -> f64 {
        let (party, fight) = (state % parties, state >= parties);
        let (a, o) = (self.a as usize, self.o as usize);
        let is = party == a;
        match self.what {
            What::Took if is && !fight && before % parties == a => v.change.kept,
            What::Took | What::Taken if is && !fight => 0.0,
            What::Took | What::Taken if fight => v.change.contested,
            What::Took | What::Taken => v.change.other,
            What::Holds | What::Before if is && !fight => 0.0,
            // "Still in government hands this morning", and taken in the afternoon.
            What::Holds if before == a && !fight => v.state.other * w.held_at_end,
            What::Holds | What::Before if fight => v.state.contested,
            What::Holds | What::Before => v.state.other,
            What::Fight if fight => 0.0,
            // A place that changes hands, or where the fighting ends, is calm at the end of a day that saw fighting.
            What::Fight if before >= parties || before % parties != party => v.fight * w.fight_at_end,
            What::Fight => v.fight,
            What::Siege if is && before % parties != a => v.siege * w.held_at_end,
            What::Siege if is => v.siege / if fight { 2.0 } else { 1.0 },
            What::Left if is => v.left,
            // The place left goes to the opponent rather than to anybody else.
            What::Left if o != 0 && party != o => v.left / 5.0,
            What::NotHeld if is => v.denial / if fight { 2.0 } else { 1.0 },
            What::NotLeft if !is => v.denial,
            What::NoFight if fight => v.fight,
            What::Siege | What::Left | What::NotHeld | What::NotLeft | What::NoFight => 0.0,
        }
    }

    /// True when the vote looks at the change from the day before, not at the day alone.
    pub(crate) fn is_of_change(&self) -> bool {
        matches!(self.what, What::Took | What::Fight | What::Holds | What::Siege)
    }

    /// True for what is only implied, or only about somewhere wider.
    pub(crate) fn is_spoken(&self) -> bool {
        self.what != What::Before
    }

    /// True when the vote speaks for `party` as the holder of the place itself.
    pub(crate) fn is_for(&self, party: u8) -> bool {
        self.whole
            && match self.what {
                What::Took | What::Taken | What::Holds | What::NotLeft => self.a == party,
                What::Left => self.o == party,
                _ => false,
            }
    }

    /// True when the vote speaks against `party` as the holder of the place itself.
    pub(crate) fn is_against(&self, party: u8) -> bool {
        self.whole
            && match self.what {
                What::Took | What::Taken | What::Holds => self.a != party,
                What::Fight => true,
                What::Left | What::NotHeld | What::Siege => self.a == party,
                _ => false,
            }
    }
}

/// The votes of one report. `party` gives the number of an actor at this place; `only_other` the opponent of a
/// party where the place knows just one.
pub(crate) fn votes_of(
    report: &Report,
    index: u32,
    reach: Reach,
    params: &Params,
    party: impl Fn(&marchland_actor::ActorId) -> u8,
    only_other: impl Fn(u8) -> u8,
    out: &mut Vec<Vote>,
) {
    let w = &params.weight;
    let precision = match report.exactness {
        Exactness::Exact => 1.0,
        Exactness::Near => w.near,
        Exactness::Within => w.area,
    };
    let scope = match reach {
        Reach::Whole => 1.0,
        Reach::Part => w.part,
        Reach::Region => w.region,
    };
    let weight = |share: f64| (f64::from(report.weight) * precision * scope * share).round() as u16;
    let a = report.holder.as_ref().map_or(0, &party);
    let said_other = report.other.as_ref().map_or(0, &party);
    let known = number(report.known);
    let (from, to) = (report.from.map(number), report.to.map(number));
    let mut push = |day: Day, what: What, o: u8, share: f64| {
        let weight = weight(share);
        if weight > 0 {
            out.push(Vote {
                day,
                what,
                a,
                o,
                voice: report.voice,
                weight,
                whole: reach == Reach::Whole,
                report: index,
            });
        }
    };
    // The last day of which it speaks: an open end means "still", but for history.
    let Some(first) = from.or(to) else { return };
    let last = to.unwrap_or(if report.background { first } else { known }).max(first);
    let denied = report.stance == Stance::Denied;
    match (report.kind, denied) {
        (Kind::Transfer, false) => {
            let end = to.unwrap_or(first);
            match (reach, end > first) {
                (Reach::Whole, false) => push(first, What::Took, 0, 1.0),
                (Reach::Whole, true) => {
                    push(end, What::Taken, 0, 1.0);
                    push(first - 1, What::NotHeld, 0, w.implied);
                }
                _ => push(end, What::Taken, 0, 1.0),
            }
            if said_other != 0 && reach == Reach::Whole {
                let share = weight(w.implied);
                out.push(Vote {
                    day: first - 1,
                    what: What::Before,
                    a: said_other,
                    o: 0,
                    voice: report.voice,
                    weight: share,
                    whole: true,
                    report: index,
                });
            }
        }
        (Kind::Holds | Kind::Repelled, false) => both_ends(first, last, |d, s| push(d, What::Holds, 0, s)),
        (Kind::Withdrawal, false) => {
            let o = if said_other != 0 { said_other } else { only_other(a) };
            push(to.unwrap_or(first), What::Left, o, 1.0);
        }
        // That a province is fought over says nothing of one of its towns.
        (Kind::Contested | Kind::Besieged, _) if reach == Reach::Region => {}
        (Kind::Contested, false) => both_ends(first, last, |d, s| push(d, What::Fight, 0, s)),
        (Kind::Besieged, false) => both_ends(first, last, |d, s| push(d, What::Siege, 0, s)),
        (Kind::Transfer | Kind::Holds, true) => push(to.unwrap_or(first), What::NotHeld, 0, 1.0),
        (Kind::Withdrawal, true) => push(to.unwrap_or(first), What::NotLeft, 0, 1.0),
        (Kind::Contested, true) => push(to.unwrap_or(first), What::NoFight, 0, 1.0),
        (Kind::Besieged | Kind::Repelled, true) => {}
    }
}

/// A state told of a stretch of days counts at both ends, by half each. What lies between follows, unless the stretch
/// is so long that drift would forget it: then it is said again every quarter.
fn both_ends(first: Day, last: Day, mut push: impl FnMut(Day, f64)) {
    const QUARTER: i32 = 90;
    // Longer than this nobody can be meant to have held anything without a word in between.
    const MOST: usize = 100;
    if first == last {
        push(first, 1.0);
        return;
    }
    for day in (first..last).step_by(QUARTER as usize).take(MOST) {
        push(day, 0.5);
    }
    push(last, 0.5);
}

/// The number of each report's name among all names, in order of names.
pub(crate) fn ranks(reports: &[Arc<Report>], name: impl Fn(&Report) -> &Arc<str>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..reports.len() as u32).collect();
    order.sort_unstable_by(|a, b| name(&reports[*a as usize]).cmp(name(&reports[*b as usize])));
    let mut ranks = vec![0; reports.len()];
    let mut rank = 0;
    for (i, &r) in order.iter().enumerate() {
        if i > 0 && name(&reports[order[i - 1] as usize]) != name(&reports[r as usize]) {
            rank += 1;
        }
        ranks[r as usize] = rank;
    }
    ranks
}

/// One origin, one vote; one story, one vote. Of votes that say the same of the same day, the heaviest stays.
/// The result does not depend on the order of the votes, nor on copies among them. `origins` are the [`ranks`] of the
/// reports' origins.
pub(crate) fn one_vote_each(votes: &mut Vec<Vote>, reports: &[Arc<Report>], origins: &[u32], params: &Params) {
    let same = |v: &Vote| (v.day, v.what.family(), v.a);
    let stories = ranks(reports, |r| &r.story);
    for by in [&*stories, origins] {
        let by = |v: &Vote| by[v.report as usize];
        votes.sort_by_cached_key(|v| (same(v), by(v), std::cmp::Reverse(v.strength(params)), v.what, v.o, v.report));
        votes.dedup_by(|b, a| same(a) == same(b) && by(a) == by(b));
    }
    // The same voice again, a few days later, is not news.
    let origin = |v: &Vote| origins[v.report as usize];
    votes.sort_by_key(|v| (v.what.family(), v.a, origin(v), v.day));
    for i in (1..votes.len()).rev() {
        let (x, y) = (&votes[i - 1], &votes[i]);
        let again = x.what.family() == y.what.family() && x.a == y.a && origin(x) == origin(y);
        // Two ends of one statement are not a repetition.
        if again && x.report != y.report && y.day - x.day <= params.weight.again_days {
            votes[i].weight = (f64::from(votes[i].weight) * params.weight.again).round() as u16;
        }
    }
    votes.sort_by_key(|v| (v.day, v.what, v.a, v.o, v.report));
}
