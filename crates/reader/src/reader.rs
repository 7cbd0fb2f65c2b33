//! The [`Reader`]: vocabulary, net and deciding model together, from an article with its mentions to claims.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use marchland_article::{Article, Span};
use marchland_claim::{Claim, ClaimId, Kind, Mentions, Proposal, ProposedParty, Proposer, Resources, Stance, compose};
use marchland_reading::Reading;
use marchland_reading::numeric::Kernels;

use crate::decide::Decider;
use crate::frame::{PartySource, PlaceSource, Window, frame};
use crate::gate::Gate;
use crate::net::{Net, OfKind, Said};
use crate::propose::{Candidate, propose, stands_alone};
use crate::weights::WeightsError;
use crate::wordpiece::Vocabulary;

/// Candidates less likely than this are not told of.
const WORTH_TELLING: f64 = 0.15;
/// A claim of which no rule says anything must be likelier than not: of these it is the doubtful ones that put a wrong town on a map.
const LIKELIER_THAN_NOT: f64 = 0.5;
/// Of a rule's claim that is at least this likely the event stays where the claim does not: that ground changed hands may be right
/// where its name or its new holder is not.
const EVENT_STAYS: f64 = 0.2;
/// The reader proposes a candidate of its own accord when it finds it at least this likely.
const PROPOSES: f32 = 0.2;

/// Vocabulary, net and deciding model.
pub struct Reader {
    vocabulary: Vocabulary,
    gate: Gate,
    net: Net,
    decider: Decider,
}

/// What both sides said of one candidate, for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// The claim that was made of it; `None` when none was.
    pub claim: Option<ClaimId>,
    /// The words of the place.
    pub place: Span,
    /// What would be said of it.
    pub kind: Kind,
    /// Its holder, in words.
    pub holder: Option<String>,
    /// How it would be said.
    pub stance: Stance,
    /// The rule that says so, with its confidence.
    pub rule: Option<(String, f32)>,
    /// The reader's probabilities: that there is such a claim, that it is this party, that it is said so.
    pub reader: Option<[f32; 3]>,
    /// The decision.
    pub probability: f64,
}

/// What came of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decided {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What both sides said, most likely first within a place.
    pub opinions: Vec<Opinion>,
}

const KINDS: [Kind; 6] =
    [Kind::Transfer, Kind::Holds, Kind::Contested, Kind::Besieged, Kind::Withdrawal, Kind::Repelled];
const STANCES: [Stance; 5] = [Stance::Asserted, Stance::Claimed, Stance::Denied, Stance::Planned, Stance::Hypothetical];

static WEIGHTS: &[u8] = include_bytes!("../../../data/reader/reader.bin");
static DECIDER: &str = include_str!("../../../data/reader/decide.json");

impl Reader {
    /// The built-in reader. The first call unpacks the weights (some tens of milliseconds).
    ///
    /// # Panics
    /// Never: a test reads the built-in files.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static READER: OnceLock<Reader> = OnceLock::new();
        READER.get_or_init(|| Self::new(WEIGHTS, DECIDER, Kernels::best()).expect("the built-in reader is whole"))
    }

    /// The files that decide what the built-in reader says: a ledger notes their digest.
    #[must_use]
    pub fn files() -> [&'static [u8]; 2] {
        [WEIGHTS, DECIDER.as_bytes()]
    }

    /// From a file of weights (tools/train/export.py) and the deciding model (JSON).
    ///
    /// # Errors
    /// When one of them is none.
    pub fn new(weights: &'static [u8], decider: &str, kernels: Kernels) -> Result<Self, WeightsError> {
        Ok(Self {
            vocabulary: Vocabulary::embedded(),
            gate: Gate::embedded(),
            net: Net::read(weights, kernels)?,
            decider: Decider::parse(decider)?,
        })
    }

    /// Decides between the claims of the rules and what the net reads. `wanted` says which sentences are worth reading.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // The claims of the rules end here: what is kept of them is returned.
    pub fn decide(
        &self,
        article: &Article,
        reading: &Reading,
        mentions: &Mentions,
        resources: &Resources,
        rules: Vec<Claim>,
        wanted: &dyn Fn(usize) -> bool,
    ) -> Decided {
        let windows =
            frame(article, reading, mentions, &rules, resources.facts, &self.vocabulary, Some(&self.gate), wanted);
        let said: Vec<Vec<Said>> = windows.iter().map(|w| self.net.say(w)).collect();
        let candidates = propose(&windows, &said, &rules, mentions.places, &article.text);
        let likely = |c: &Candidate| self.decider.probability(&c.features(&rules));
        let (judged, rest) = self.judge(candidates, &likely, self.decider.least);
        let desk = Desk { article, reading, mentions, resources, windows: &windows, said: &said };
        // Totals and events that are no claims of control are the rules' alone.
        let mut kept: Vec<Claim> = Vec::new();
        for (n, claim) in rules.iter().enumerate() {
            let made = judged.iter().find(|(c, _)| c.rule == Some(n));
            match made.or_else(|| rest.iter().find(|(c, _)| c.rule == Some(n))) {
                Some((candidate, p)) if made.is_some() => {
                    let mut claim = claim.clone();
                    claim.confidence = *p as f32;
                    if candidate.reader() >= PROPOSES {
                        claim.proposer = Proposer::Both;
                    }
                    kept.push(claim);
                }
                Some((_, p)) => kept.extend(event_of(claim, *p)),
                // Another rule says the same and is surer, or the claim is none of control.
                None if stands_alone(claim) => kept.push(claim.clone()),
                None => {}
            }
        }
        let own: Judged = judged.iter().filter(|(c, p)| c.rule.is_none() && *p >= LIKELIER_THAN_NOT).cloned().collect();
        kept.extend(desk.claims(&own));
        sort(&mut kept);
        Decided { opinions: Vec::new(), claims: kept }.told(&desk, &rules, &judged, &rest, &likely)
    }

    /// The claims of the reader alone, without a look at the rules'.
    #[must_use]
    pub fn alone(
        &self,
        article: &Article,
        reading: &Reading,
        mentions: &Mentions,
        resources: &Resources,
        wanted: &dyn Fn(usize) -> bool,
    ) -> Decided {
        let windows =
            frame(article, reading, mentions, &[], resources.facts, &self.vocabulary, Some(&self.gate), wanted);
        let said: Vec<Vec<Said>> = windows.iter().map(|w| self.net.say(w)).collect();
        let candidates = propose(&windows, &said, &[], mentions.places, &article.text);
        let likely = |c: &Candidate| self.decider.alone(f64::from(c.reader()));
        let (judged, rest) = self.judge(candidates, &likely, self.decider.alone(self.decider.alone));
        let desk = Desk { article, reading, mentions, resources, windows: &windows, said: &said };
        let mut claims = desk.claims(&judged);
        sort(&mut claims);
        Decided { opinions: Vec::new(), claims }.told(&desk, &[], &judged, &rest, &likely)
    }

    /// The candidates that are claims, with their probabilities, and those that are none. Of one place, kind and party
    /// the likeliest stance stays.
    fn judge(&self, candidates: Vec<Candidate>, likely: &dyn Fn(&Candidate) -> f64, least: f64) -> (Judged, Judged) {
        let all: Judged = candidates.into_iter().map(|c| (likely(&c), c)).map(|(p, c)| (c, p)).collect();
        let mut best: BTreeMap<Subject, (f64, usize)> = BTreeMap::new();
        let subject = |c: &Candidate| -> Subject { (c.window, c.place, c.kind, c.party) };
        for (n, (c, p)) in all.iter().enumerate() {
            let of = best.entry(subject(c)).or_insert((*p, n));
            if *p > of.0 {
                *of = (*p, n);
            }
        }
        let mut n = 0;
        all.into_iter().partition(|(c, p)| {
            n += 1;
            *p >= least && (c.place.is_none() || best[&subject(c)].1 == n - 1)
        })
    }
}

/// The conflict event of a claim of control that is not made, as a claim of its own.
fn event_of(claim: &Claim, probability: f64) -> Option<Claim> {
    let told = claim.event.is_some() && probability >= EVENT_STAYS;
    told.then(|| Claim { kind: None, confidence: probability as f32, ..claim.clone() })
}

/// What a claim is about: window, place, kind, party.
type Subject = (usize, Option<usize>, usize, Option<usize>);

type Judged = Vec<(Candidate, f64)>;

fn sort(claims: &mut [Claim]) {
    claims.sort_by(|a, b| {
        (a.evidence.trigger.start, a.place.span.start, &a.id).cmp(&(
            b.evidence.trigger.start,
            b.place.span.start,
            &b.id,
        ))
    });
}

/// What is at hand to write out the reader's claims.
struct Desk<'a> {
    article: &'a Article,
    reading: &'a Reading,
    mentions: &'a Mentions<'a>,
    resources: &'a Resources<'a>,
    windows: &'a [Window],
    said: &'a [Vec<Said>],
}

impl Desk<'_> {
    fn of(&self, c: &Candidate) -> Option<(&Window, usize, &OfKind)> {
        let place = c.place?;
        let said = self.said[c.window].iter().find(|s| s.place == place)?;
        Some((&self.windows[c.window], place, &said.kinds[c.kind]))
    }

    fn claims(&self, judged: &Judged) -> Vec<Claim> {
        let proposals: Vec<Proposal> = judged.iter().filter_map(|(c, p)| self.proposal(c, *p)).collect();
        let mut claims: Vec<Claim> = compose(self.article, self.reading, self.mentions, self.resources, &proposals)
            .into_iter()
            .flatten()
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        claims.retain(|c| seen.insert(c.id.clone()));
        claims
    }

    fn proposal(&self, c: &Candidate, probability: f64) -> Option<Proposal> {
        let (window, place, of) = self.of(c)?;
        let slot = &window.places[place];
        let party = |p: usize| match window.parties[p].source {
            PartySource::Actor(n) => ProposedParty::Actor(n),
            PartySource::Country(n) => ProposedParty::Country(n),
        };
        let token = |piece: usize| self.reading.token_at(window.pieces[piece].span.start);
        let most = |of: &[f32]| {
            of.iter().enumerate().fold((0, f32::NEG_INFINITY), |b, (n, &p)| if p > b.1 { (n, p) } else { b }).0
        };
        let other = most(&of.other);
        let speaker = most(&of.speaker);
        let time = most(&of.time);
        Some(Proposal {
            kind: KINDS[c.kind],
            stance: STANCES[c.stance as usize],
            place: match slot.source {
                PlaceSource::Mention(n) => Some(n),
                PlaceSource::Words => None,
            },
            words: slot.span,
            holder: c.party.map(party),
            other: (other < window.parties.len() && c.kind != 2).then(|| party(other)),
            trigger: token(most(&of.trigger)),
            speaker: (speaker < window.pieces.len()).then(|| token(speaker)),
            time: window.times.get(time).map(|t| t.mention),
            background: of.background >= 0.5,
            confidence: probability as f32,
        })
    }

    fn opinion(&self, c: &Candidate, probability: f64, rules: &[Claim], claims: &[Claim]) -> Option<Opinion> {
        let rule = c.rule.map(|r| &rules[r]);
        let place = match c.place {
            Some(p) => self.windows[c.window].places[p].span,
            None => rule?.place.span,
        };
        let holder = match (rule, c.party) {
            (Some(rule), _) => rule.holder.as_ref().map(|h| h.name.clone()),
            (None, Some(p)) => {
                let slot = &self.windows[c.window].parties[p];
                let known = slot.actor.as_ref().and_then(|a| self.resources.facts.actor_name(a));
                Some(known.unwrap_or_else(|| slot.span.of(&self.article.text).to_owned()))
            }
            (None, None) => None,
        };
        let kind = KINDS[c.kind];
        let stance = STANCES[c.stance as usize];
        let made = claims.iter().find(|k| {
            k.kind == Some(kind)
                && k.stance == rule.map_or(stance, |r| r.stance)
                && k.place.span.overlaps(place)
                && k.holder.as_ref().map(|h| h.name.as_str()) == holder.as_deref()
        });
        Some(Opinion {
            claim: made.map(|k| k.id.clone()),
            place,
            kind,
            holder,
            stance,
            rule: rule.map(|r| (r.evidence.rule.clone(), r.confidence)),
            reader: c.net,
            probability,
        })
    }
}

impl Decided {
    /// Adds what was said of each candidate that is worth a word.
    fn told(
        mut self,
        desk: &Desk,
        rules: &[Claim],
        judged: &Judged,
        rest: &Judged,
        likely: &dyn Fn(&Candidate) -> f64,
    ) -> Self {
        let worth = |c: &Candidate| c.rule.is_some() || likely(c) >= WORTH_TELLING;
        let claims = &self.claims;
        let mut opinions: Vec<Opinion> = judged
            .iter()
            .chain(rest)
            .filter(|(c, _)| worth(c))
            .filter_map(|(c, p)| desk.opinion(c, *p, rules, claims))
            .collect();
        opinions.sort_by(|a, b| {
            (a.place.start, a.place.end)
                .cmp(&(b.place.start, b.place.end))
                .then(b.probability.total_cmp(&a.probability))
                .then(a.kind.cmp(&b.kind))
                .then(a.stance.cmp(&b.stance))
                .then(a.holder.cmp(&b.holder))
        });
        self.opinions = opinions;
        self
    }
}
