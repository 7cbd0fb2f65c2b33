//! Claims that another room proposes, written out by the same hand as those of the rules.

use marchland_article::{Article, Span};
use marchland_reading::Reading;

use crate::{
    Claim, ClaimTime, Kind, Mentions, Proposer, Resources, Stance,
    code::{Coder, Item},
    engine::{Found, Role},
    phrase::{Index, PlaceHit},
    quote::Quotes,
    stance::{Attitude, Judge},
    tree::Tree,
};

/// The party of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposedParty {
    /// Index into the mentions of actors.
    Actor(usize),
    /// Index into the mentions of places: a country that acts.
    Country(usize),
}

/// A claim as somebody else sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What is said of control.
    pub kind: Kind,
    /// How it is said.
    pub stance: Stance,
    /// Index into the mentions of places; `None` for a name that the place room does not know.
    pub place: Option<usize>,
    /// The words of the place.
    pub words: Span,
    /// See [`Claim::holder`].
    pub holder: Option<ProposedParty>,
    /// See [`Claim::other`].
    pub other: Option<ProposedParty>,
    /// Token that says it.
    pub trigger: usize,
    /// Token that names who says it, where the grammar does not tell.
    pub speaker: Option<usize>,
    /// Index into the mentions of times, where the grammar does not tell.
    pub time: Option<usize>,
    /// History told in passing.
    pub background: bool,
    /// See [`Claim::confidence`].
    pub confidence: f32,
}

/// Writes out proposals as claims, in their order. What is no claim by the lights of [`crate::code`] (civilians hold no
/// place) is `None`.
#[must_use]
pub fn compose(
    article: &Article,
    reading: &Reading,
    mentions: &Mentions,
    resources: &Resources,
    proposals: &[Proposal],
) -> Vec<Option<Claim>> {
    let tree = Tree::new(reading, &article.text);
    let index = Index::new(reading, mentions.places, mentions.actors);
    let quotes = Quotes::new(article);
    let judge = Judge { tree: &tree, words: &resources.rules.words, quotes: &quotes };
    let coder = Coder { article, tree: &tree, index: &index, mentions, facts: resources.facts, rules: resources.rules };
    proposals.iter().map(|p| one(p, &coder, &judge)).collect()
}

fn one(p: &Proposal, coder: &Coder, judge: &Judge) -> Option<Claim> {
    let reading = coder.tree.reading;
    let sentence = reading.sentence_of(p.trigger)?;
    if coder.rules.rules.is_empty() || reading.tokens.is_empty() {
        return None;
    }
    let role = |party: Option<ProposedParty>| match party {
        None => Role::Missing,
        Some(ProposedParty::Actor(n)) => Role::Actor(n),
        Some(ProposedParty::Country(n)) => Role::Country(n),
    };
    let toponym = p.place.and_then(|m| coder.mentions.places.get(m));
    let hit = PlaceHit {
        mention: p.place,
        span: p.words,
        token: reading.token_at(p.words.start),
        part: toponym.and_then(|t| t.part.as_ref()).map(|part| part.name.clone()),
        near: false,
        sure: p.place.is_some(),
    };
    let found = Found {
        rule: 0,
        pattern: 0,
        trigger: p.trigger,
        kind: Some(p.kind),
        event: None,
        place: Some(hit),
        aggregate: None,
        holder: role(p.holder),
        other: role(p.other),
        infer: false,
        done: false,
        weight: p.confidence,
    };
    if coder.unfit(&found).is_some() {
        return None;
    }
    let grammar = judge.attitude(p.trigger, false);
    let told = matches!(p.stance, Stance::Claimed) || grammar.claimed;
    let attitude = Attitude {
        denied: p.stance == Stance::Denied,
        planned: p.stance == Stance::Planned,
        hypothetical: p.stance == Stance::Hypothetical,
        claimed: p.stance == Stance::Claimed,
        speaker: grammar.speaker.or(p.speaker).filter(|_| told || p.stance != Stance::Asserted),
        ..Attitude::default()
    };
    let (holder, other) = (coder.party(found.holder), coder.party(found.other));
    let item = Item { kind: Some(p.kind), weight: p.confidence, sentence, holder, other, attitude, found };
    if coder.useless(&item).is_some() {
        return None;
    }
    let mut claim = coder.claim(&item);
    claim.evidence.rule = READER.to_owned();
    claim.proposer = Proposer::Reader;
    claim.confidence = p.confidence;
    claim.background = p.background;
    if let Some(time) = p.time.filter(|_| claim.time.span.is_none()).and_then(|t| coder.mentions.times.get(t))
        && let Some(days) = time.meant()
    {
        claim.time = ClaimTime {
            valid_from: days.from,
            valid_to: days.to,
            span: Some(time.span),
            precision: Some(time.precision),
            inferred: false,
        };
    }
    Some(claim)
}

/// What [`crate::Evidence::rule`] says of a claim of the reader.
const READER: &str = "reader";
