//! A report: what control needs of a claim.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_claim::{Brief, Claim, ClaimId, Kind, Stance};
use marchland_place::{PlaceId, Precision};
use serde::{Deserialize, Serialize};

use crate::speaker::Voice;

/// One statement about who holds a place. Reports form a set: the same one twice is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Report {
    /// The place.
    pub place: PlaceId,
    /// Digest of the article.
    pub article: Arc<str>,
    /// The claim.
    pub claim: ClaimId,
    /// What is said.
    pub kind: Kind,
    /// Who holds, gained, left, besieges or kept the place; `None` only for contested.
    pub holder: Option<ActorId>,
    /// The other side.
    pub other: Option<ActorId>,
    /// Asserted, claimed or denied.
    pub stance: Stance,
    /// Whose voice it is.
    pub voice: Voice,
    /// The party spoken for, when the voice is a party's.
    pub party: Option<ActorId>,
    /// The independent source: one origin has one vote.
    pub origin: Arc<str>,
    /// The story of which the article is a copy; the article's own digest where it is no copy.
    pub story: Arc<str>,
    /// First valid day.
    pub from: Option<Date>,
    /// Last valid day; `None`: still so when it was said.
    pub to: Option<Date>,
    /// True when the days rest on the publication day alone.
    pub inferred: bool,
    /// History told in passing: counts at its own days only.
    pub background: bool,
    /// When it was said.
    pub known: Date,
    /// Only this part of the place.
    pub part: Option<Arc<str>>,
    /// Country and first-order division in which the place lies, or which it is.
    pub region: Option<(Arc<str>, Arc<str>)>,
    /// How exactly the place is meant.
    pub exactness: Exactness,
    /// True when the place is itself a division, not a point.
    pub area: bool,
    /// Probability that the coder has read it rightly and has the right place, per mille.
    pub weight: u16,
}

/// How exactly a report means the place at which it is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// The place itself.
    Exact,
    /// Somewhere near it.
    Near,
    /// A district or province that could only be put at a town in it.
    Within,
}

/// Where a claim was printed.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Digest of the article.
    pub article: &'a Arc<str>,
    /// Who printed it.
    pub outlet: Option<&'a str>,
    /// The day from which it can have been known: published, or read where no publication day is known.
    pub known: Date,
    /// True when that is the publication day: then news without a day of its own counts as news of that day.
    pub dated: bool,
    /// The smallest digest among the near-copies of the article, where stories are known.
    pub story: Option<&'a Arc<str>>,
}

/// Why a claim says nothing about who holds a place on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoVote {
    /// It is about something else than control.
    NotControl,
    /// It counts places instead of naming one.
    Aggregate,
    /// Planned or hypothetical.
    NotSaidToBeSo,
    /// Its place is not in the gazetteer.
    NoPlace,
    /// Nobody can say who is meant.
    NoActor,
    /// No day can be told.
    NoDay,
    /// It speaks of a day after the one on which it was said.
    Ahead,
}

impl Report {
    /// What control needs of the claim, or why it has no vote.
    pub fn from_claim(claim: &Claim, source: &Source<'_>) -> Result<Self, NoVote> {
        Self::from_brief(&Brief::from(claim), source)
    }

    /// What control needs of the claim, or why it has no vote.
    pub fn from_brief(claim: &Brief, source: &Source<'_>) -> Result<Self, NoVote> {
        let kind = claim.kind.ok_or(NoVote::NotControl)?;
        if claim.aggregate.is_some() {
            return Err(NoVote::Aggregate);
        }
        if matches!(claim.stance, Stance::Planned | Stance::Hypothetical) {
            return Err(NoVote::NotSaidToBeSo);
        }
        let place = claim.place.ok_or(NoVote::NoPlace)?;
        let holder = claim.holder.clone();
        if holder.is_none() && kind != Kind::Contested {
            return Err(NoVote::NoActor);
        }
        let (from, to) = (claim.valid_from, claim.valid_to);
        // "The rebels have taken the town": news in the perfect, without a word of time, is news of the day.
        let inferred = claim.inferred || (from.is_none() && to.is_none());
        let news = source.dated && !claim.background;
        let from = from.or((to.is_none() && news).then_some(source.known));
        let first = from.or(to).ok_or(NoVote::NoDay)?;
        if first > source.known {
            return Err(NoVote::Ahead);
        }
        let voice = Voice::of(claim.speaker.as_ref(), claim.stance, source.outlet);
        let area = claim.feature.as_deref().is_some_and(|f| f.starts_with("ADM") || f.starts_with("PCL") || f == "RGN");
        let division = claim.admin1.clone().or_else(|| area.then(|| claim.place_name.clone()));
        // It ranks claims well but is too low on the whole, so half of it is taken on trust.
        let sure = (0.5 + 0.5 * f64::from(claim.confidence.clamp(0.0, 1.0))) * place_trust(claim.place_score);
        Ok(Self {
            place,
            article: Arc::clone(source.article),
            claim: claim.id.clone(),
            kind,
            other: claim.other.clone().filter(|o| Some(o) != holder.as_ref()),
            holder,
            stance: claim.stance,
            voice,
            party: claim.speaker.as_ref().and_then(|s| s.party.clone()),
            origin: origin(claim, voice, source).into(),
            story: Arc::clone(source.story.unwrap_or(source.article)),
            from,
            to: to.map(|d| d.min(source.known)),
            inferred,
            background: claim.background,
            known: source.known,
            part: claim.part.clone(),
            region: claim.country.clone().zip(division),
            exactness: match claim.precision {
                Precision::Exact => Exactness::Exact,
                Precision::Near => Exactness::Near,
                _ if area => Exactness::Exact,
                _ => Exactness::Within,
            },
            area,
            // Rounded once, here: from now on weights are whole numbers.
            weight: (sure * 1000.0).round() as u16,
        })
    }
}

/// What a report about a place that may be a namesake counts (g_place of the design): in full from [`SURE_PLACE`] on.
fn place_trust(score: f32) -> f64 {
    (f64::from(score) / SURE_PLACE).clamp(0.0, 1.0)
}

/// A place that is likelier right than wrong counts in full; a village that is one of many namesakes does not.
const SURE_PLACE: f64 = 0.5;

/// Leaves out what an article itself has overtaken: where one voice says of a place both that it is fought over and
/// that somebody took or holds it, on that day or later, the outcome counts and not the fight.
#[must_use]
pub fn settled(reports: Vec<Report>) -> Vec<Report> {
    type Key<'r> = (&'r str, PlaceId, Option<&'r str>, &'r str);
    fn key(r: &Report) -> Key<'_> {
        (&r.article, r.place, r.part.as_deref(), &r.origin)
    }
    let day = |r: &Report| r.from.or(r.to).unwrap_or(r.known);
    // Only the fights ask, and most articles tell of none.
    let fought: HashSet<&str> = reports.iter().filter(|r| r.kind == Kind::Contested).map(|r| &*r.article).collect();
    let mut outcome: HashMap<Key<'_>, Date> = HashMap::new();
    for r in reports.iter().filter(|r| fought.contains(&*r.article)) {
        if matches!(r.kind, Kind::Transfer | Kind::Holds) && r.stance != Stance::Denied && !r.background {
            let last = outcome.entry(key(r)).or_insert(day(r));
            *last = day(r).max(*last);
        }
    }
    let stays: Vec<bool> = reports
        .iter()
        .map(|r| r.kind != Kind::Contested || outcome.get(&key(r)).is_none_or(|last| *last < day(r)))
        .collect();
    reports.into_iter().zip(stays).filter_map(|(r, stays)| stays.then_some(r)).collect()
}

/// The independent source behind a claim: the quoted speaker, not the outlets that print him.
fn origin(claim: &Brief, voice: Voice, source: &Source<'_>) -> String {
    let outlet = source.outlet.unwrap_or(source.article);
    let Some(speaker) = &claim.speaker else { return format!("outlet:{outlet}") };
    if voice == Voice::Winner
        && let Some(party) = &speaker.party
    {
        // All spokesmen of a party are one voice when they speak for it.
        return format!("party:{party}");
    }
    let name = speaker.name.trim();
    let named = name.split_whitespace().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count() >= 2;
    if named {
        format!("speaker:{}", name.to_lowercase())
    } else {
        // "A security official" of one paper need not be that of another; copies of a story are told apart by the story.
        format!("speaker:{}@{outlet}", name.to_lowercase())
    }
}
