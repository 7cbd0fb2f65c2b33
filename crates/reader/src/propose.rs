//! What the net and the rules propose, brought together: one candidate for each place mention, kind, party and stance class.
//!
//! tools/train/decide.py does the same for the trainer.

use std::collections::BTreeMap;

use marchland_claim::Claim;
use marchland_place::Toponym;

use crate::frame::{PlaceSource, Type, Window, kind_number, stance_number};
use crate::net::{KINDS, Said};

/// A kind less likely than this is not looked at further.
const LEAST_KIND: f32 = 0.04;
/// Nor a party and stance that make a candidate less likely than this.
const LEAST: f32 = 0.02;

/// The classes of stance that the decision tells apart: told as so, denied, not come true.
fn class_of(stance: u8) -> usize {
    [0, 0, 1, 2, 2][stance as usize]
}

/// A claim that may be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Index of the window.
    pub window: usize,
    /// Index of the place in it; `None` where only a rule saw a place.
    pub place: Option<usize>,
    /// Number of the kind.
    pub kind: usize,
    /// Who holds: index of a party of the window.
    pub party: Option<usize>,
    /// Number of the stance.
    pub stance: u8,
    /// The net's probabilities for the kind, for the party and for the class of the stance; `None` where it read nothing.
    pub net: Option<[f32; 3]>,
    /// Index of the rules' claim that says the same.
    pub rule: Option<usize>,
    /// A rule says this kind of the place, whatever else.
    rule_kind: bool,
    /// A rule says another kind of the place.
    rule_other: bool,
    /// How likely another mention of the place in the document says the same; 0 unless this one is the likeliest to.
    elsewhere: f32,
    /// How likely the likeliest other holder is, over all mentions of the place.
    otherwise: f32,
    /// What the place is.
    typed: u8,
}

/// One party of a window under all its mentions.
fn key(window: &Window, party: usize, text: &str) -> String {
    let slot = &window.parties[party];
    slot.actor.as_ref().map_or_else(|| slot.span.of(text).to_lowercase(), ToString::to_string)
}

/// All candidates of a document, in the order of the windows and places, those of rules alone after them.
#[must_use]
pub fn propose(
    windows: &[Window],
    said: &[Vec<Said>],
    claims: &[Claim],
    places: &[Toponym],
    text: &str,
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for (w, (window, said)) in windows.iter().zip(said).enumerate() {
        for slot in said {
            of_slot(w, window, slot, text, &mut all);
        }
    }
    for (n, claim) in claims.iter().enumerate() {
        of_rule(n, claim, windows, said, claims, text, &mut all);
    }
    for candidate in &mut all {
        let span = match (candidate.place, candidate.rule) {
            (Some(p), _) => windows[candidate.window].places[p].span,
            (None, Some(r)) => claims[r].place.span,
            (None, None) => continue,
        };
        let here = || claims.iter().filter(|c| c.place.span.overlaps(span)).filter_map(|c| c.kind);
        candidate.rule_kind = here().any(|k| kind_number(k) as usize == candidate.kind);
        candidate.rule_other = here().any(|k| kind_number(k) as usize != candidate.kind);
    }
    compare(&mut all, windows, claims, places, text);
    all
}

/// What the rest of the document says of the place of each candidate: the same, or another holder.
fn compare(all: &mut [Candidate], windows: &[Window], claims: &[Claim], places: &[Toponym], text: &str) {
    let mut groups: BTreeMap<(String, usize, usize), Vec<(usize, String)>> = BTreeMap::new();
    for (n, c) in all.iter().enumerate() {
        let rule = c.rule.map(|r| &claims[r]);
        let place = match (c.place, rule) {
            (Some(p), _) => {
                let slot = &windows[c.window].places[p];
                let known = match slot.source {
                    PlaceSource::Mention(m) => places.get(m).and_then(|t| t.place),
                    PlaceSource::Words => None,
                };
                known.map_or_else(|| slot.span.of(text).to_lowercase(), |k| k.id.to_string())
            }
            (None, Some(rule)) => {
                rule.place.id.map_or_else(|| rule.place.span.of(text).to_lowercase(), |id| id.to_string())
            }
            (None, None) => continue,
        };
        let who = match (c.party, rule) {
            _ if c.kind == CONTESTED => String::new(),
            (Some(p), _) => key(&windows[c.window], p, text),
            (None, Some(rule)) => holder_of(rule),
            (None, None) => String::new(),
        };
        groups.entry((place, c.kind, class_of(c.stance))).or_default().push((n, who));
    }
    for group in groups.values() {
        // For each holder, that no mention says so, and the likeliest mention.
        let mut by: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for (n, who) in group {
            let p = all[*n].reader();
            let of = by.entry(who).or_insert((1.0, 0.0));
            *of = (of.0 * (1.0 - p), of.1.max(p));
        }
        let told: Vec<(usize, f32, f32)> = group
            .iter()
            .map(|(n, who)| {
                let same = || group.iter().filter(|(_, w)| w == who).map(|(m, _)| (*m, all[*m].reader()));
                let nowhere: f32 = same().filter(|(m, _)| m != n).map(|(_, p)| 1.0 - p).product();
                // Other mentions speak for the likeliest of those that say the same, not for its repeats.
                let first = same().fold((usize::MAX, -1.0f32), |best, x| if x.1 > best.1 { x } else { best });
                let nowhere = if first.0 == *n { nowhere } else { 1.0 };
                let otherwise = by.iter().filter(|(w, _)| *w != who).map(|(_, of)| of.1).fold(0.0, f32::max);
                (*n, 1.0 - nowhere, otherwise)
            })
            .collect();
        for (n, elsewhere, otherwise) in told {
            all[n].elsewhere = elsewhere;
            all[n].otherwise = otherwise;
        }
    }
}

/// The holder of a rule's claim as [`key`] spells it.
fn holder_of(claim: &Claim) -> String {
    let named =
        |h: &marchland_claim::Party| h.actor.as_ref().map_or_else(|| h.name.to_lowercase(), ToString::to_string);
    claim.holder.as_ref().map(named).unwrap_or_default()
}

fn of_slot(w: usize, window: &Window, slot: &Said, text: &str, all: &mut Vec<Candidate>) {
    for (kind, of) in slot.kinds.iter().enumerate() {
        if of.claimed < LEAST_KIND {
            continue;
        }
        // The probability of each party and the likeliest of its mentions, in the order of the text.
        let mut parties: Vec<(Option<usize>, f32)> = Vec::new();
        if kind == CONTESTED {
            parties.push((None, 1.0));
        } else {
            let mut at: BTreeMap<String, usize> = BTreeMap::new();
            let mut best: Vec<f32> = Vec::new();
            for (p, &share) in of.holder.iter().enumerate() {
                let n = *at.entry(key(window, p, text)).or_insert_with(|| {
                    parties.push((Some(p), 0.0));
                    best.push(0.0);
                    parties.len() - 1
                });
                parties[n].1 += share;
                if share > best[n] {
                    best[n] = share;
                    parties[n].0 = Some(p);
                }
            }
        }
        let mut classes = [0.0f32; 3];
        for (n, share) in (0u8..).zip(of.stance) {
            classes[class_of(n)] += share;
        }
        for (party, share) in parties {
            for (class, &likely) in classes.iter().enumerate() {
                if of.claimed * share * likely < LEAST {
                    continue;
                }
                let stance = (0..5u8)
                    .filter(|&s| class_of(s) == class)
                    .fold(None, |best: Option<u8>, s| match best {
                        Some(b) if of.stance[b as usize] >= of.stance[s as usize] => Some(b),
                        _ => Some(s),
                    })
                    .unwrap_or(0);
                all.push(Candidate {
                    window: w,
                    place: Some(slot.place),
                    kind,
                    party,
                    stance,
                    net: Some([of.claimed, share, likely]),
                    rule: None,
                    rule_kind: false,
                    rule_other: false,
                    elsewhere: 0.0,
                    otherwise: 0.0,
                    typed: window.types[window.places[slot.place].first],
                });
            }
        }
    }
}

const CONTESTED: usize = 2;

/// True for claims that only rules make: events that are no claims of control, and totals that name no place.
#[must_use]
pub(crate) fn stands_alone(claim: &Claim) -> bool {
    claim.kind.is_none() || (claim.aggregate.is_some() && claim.place.name.is_empty())
}

/// Joins what a rule says to the candidate that says the same, or lets it stand beside.
fn of_rule(
    n: usize,
    claim: &Claim,
    windows: &[Window],
    said: &[Vec<Said>],
    claims: &[Claim],
    text: &str,
    all: &mut Vec<Candidate>,
) {
    let Some(kind) = claim.kind.filter(|_| !stands_alone(claim)) else { return };
    let kind = kind_number(kind) as usize;
    let stance = stance_number(claim.stance);
    let class = class_of(stance);
    let who = holder_of(claim);
    let slot = windows.iter().zip(said).enumerate().find_map(|(w, (window, said))| {
        said.iter().find(|s| window.places[s.place].span.overlaps(claim.place.span)).map(|s| (w, window, s))
    });
    let found = slot.and_then(|(w, window, slot)| {
        all.iter().position(|c| {
            c.window == w
                && c.place == Some(slot.place)
                && c.kind == kind
                && class_of(c.stance) == class
                && (kind == CONTESTED || c.party.is_some_and(|p| key(window, p, text) == who))
        })
    });
    let at = found.unwrap_or_else(|| {
        let net = slot.map(|(_, window, slot)| {
            let of = &slot.kinds[kind];
            let party = if kind == CONTESTED {
                1.0
            } else {
                of.holder.iter().enumerate().filter(|(p, _)| key(window, *p, text) == who).map(|(_, s)| s).sum()
            };
            let likely = (0u8..).zip(of.stance).filter(|(s, _)| class_of(*s) == class).map(|(_, p)| p).sum();
            [of.claimed, party, likely]
        });
        all.push(Candidate {
            window: slot.map_or(0, |s| s.0),
            place: slot.map(|s| s.2.place),
            kind,
            party: None,
            stance,
            net,
            rule: None,
            rule_kind: false,
            rule_other: false,
            elsewhere: 0.0,
            otherwise: 0.0,
            typed: slot.map_or(Type::Place as u8, |(_, w, s)| w.types[w.places[s.place].first]),
        });
        all.len() - 1
    });
    let old = all[at].rule;
    if old.is_none_or(|o| claim.confidence > claims[o].confidence) {
        all[at].rule = Some(n);
    }
}

/// The number of [`Candidate::features`].
pub const FEATURES: usize = 24;

/// The names of the features, as the file of the deciding model spells them.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "bias",
    "reader",
    "reader kind",
    "reader read it",
    "rule agrees",
    "rule confidence",
    "rule has this kind otherwise",
    "rule has another kind",
    "denied",
    "unrealised",
    "transfer",
    "holds",
    "contested",
    "besieged",
    "withdrawal",
    "repelled",
    "name",
    "person",
    "site",
    "reference",
    "country",
    "rule agrees x reader",
    "said elsewhere",
    "another holder",
];

impl Candidate {
    /// What the deciding model looks at.
    #[must_use]
    pub fn features(&self, claims: &[Claim]) -> [f64; FEATURES] {
        let yes = |b: bool| f64::from(u8::from(b));
        let logit = |p: f32| {
            let p = f64::from(p).clamp(1e-4, 1.0 - 1e-4);
            libm::log(p / (1.0 - p))
        };
        let mut f = [0.0; FEATURES];
        f[0] = 1.0;
        if let Some([kind, ..]) = self.net {
            f[1] = logit(self.reader());
            f[2] = logit(kind);
            f[3] = 1.0;
        }
        if let Some(rule) = self.rule {
            f[4] = 1.0;
            f[5] = f64::from(claims[rule].confidence);
            f[21] = f[1];
        }
        f[6] = yes(self.rule_kind && self.rule.is_none());
        f[7] = yes(self.rule_other);
        f[8] = yes(class_of(self.stance) == 1);
        f[9] = yes(class_of(self.stance) == 2);
        f[10 + self.kind.min(KINDS - 1)] = 1.0;
        for (n, kind) in [Type::Name, Type::Person, Type::Site, Type::Reference, Type::Country].into_iter().enumerate()
        {
            f[16 + n] = yes(self.typed == kind as u8);
        }
        f[22] = f64::from(self.elsewhere);
        f[23] = f64::from(self.otherwise);
        f
    }

    /// The net's own probability of the whole candidate; 0 where it read nothing.
    #[must_use]
    pub fn reader(&self) -> f32 {
        self.net.map_or(0.0, |n| n[0] * n[1] * n[2])
    }
}
