//! What goes in and what comes out.

use jiff::{Timestamp, civil::Date};
use marchland_actor::ActorId;
use marchland_article::{Article, Span};
use marchland_claim::{Claim, ClaimId, Kind, Stance};
use marchland_place::PlaceId;
use serde::{Deserialize, Serialize};

use crate::{Judgement, VerdictKind};

/// One run of one version of the coder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Program, version and what else decides the result ("marchland 0.1.0 rules 3f2b9bb").
    pub coder: String,
    /// When it began, by the clock of the caller.
    pub at: Timestamp,
}

/// An article with what one run found in it. Stored whole or not at all.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    /// The article.
    pub article: &'a Article,
    /// When it was read, by the clock of the caller.
    pub read_at: Timestamp,
    /// Its claims, in the order of the text. Of two with one id the first counts.
    pub claims: &'a [Claim],
}

/// What adding an article did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// The article was not there before.
    New,
    /// It was there; the claims or the cuts changed, and both versions are kept.
    Recoded,
    /// It was there; another version of the coder found just the same.
    Confirmed,
    /// It was there, coded by the same coder with the same result: nothing was written.
    Unchanged,
}

/// An article as the ledger gives it out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// The article; its publication day is the analyst's where one was set, its cuts and blocks
    /// those of the latest coding.
    pub article: Article,
    /// When it was first read.
    pub read_at: Timestamp,
    /// True when an analyst has withdrawn it: its claims do not count.
    pub withdrawn: bool,
    /// The coder whose result stands; the latest.
    pub coder: String,
    /// Place in the order of adding; give it to `after` for the next page.
    pub seq: i64,
}

/// A current claim as the ledger gives it out, with what control needs beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimEntry {
    /// The claim, edited where an analyst has edited it.
    pub claim: Claim,
    /// Digest of its article.
    pub article: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Publication day, the analyst's where one was set; `None`: not known.
    pub published: Option<Date>,
    /// When the article was first read.
    pub read_at: Timestamp,
    /// The story that the article tells: the smallest digest among it and its near-copies.
    pub story: String,
    /// The last verdict on the claim, where there is one.
    pub verdict: Option<VerdictKind>,
    /// False when a judgement takes it out. Only given out where the filter asks for those too.
    pub counts: bool,
}

impl ClaimEntry {
    /// The day from which it can have been known: the publication day, else the day on which it was read (UTC).
    #[must_use]
    pub fn known(&self) -> Date {
        self.published.unwrap_or_else(|| self.read_at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

/// Which claims; an empty filter means all that count. All conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimFilter {
    /// Digest of the article.
    pub article: Option<String>,
    /// Which claim.
    pub id: Option<ClaimId>,
    /// At any of these places; empty: anywhere.
    pub places: Vec<PlaceId>,
    /// ISO country code of the place.
    pub country: Option<String>,
    /// Holder or other side.
    pub actor: Option<ActorId>,
    /// Kind of control claim.
    pub kind: Option<Kind>,
    /// Only control claims.
    pub control_only: bool,
    /// How it is said.
    pub stance: Option<Stance>,
    /// Valid on this day or later (an unknown or open end counts).
    pub from: Option<Date>,
    /// Valid on this day or earlier (an unknown or open start counts).
    pub to: Option<Date>,
    /// Known by the end of this day (see [`ClaimEntry::known`]).
    pub known_by: Option<Date>,
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// Also those that a judgement took out.
    pub with_rejected: bool,
    /// At most so many; `None`: all.
    pub limit: Option<usize>,
}

impl ClaimFilter {
    /// True when the entry meets every condition.
    #[must_use]
    pub fn matches(&self, e: &ClaimEntry) -> bool {
        let c = &e.claim;
        let is = |actor: &ActorId, party: &Option<marchland_claim::Party>| {
            party.as_ref().and_then(|p| p.actor.as_ref()) == Some(actor)
        };
        (self.with_rejected || e.counts)
            && self.article.as_ref().is_none_or(|a| *a == e.article)
            && self.id.as_ref().is_none_or(|id| *id == c.id)
            && (self.places.is_empty() || c.place.id.is_some_and(|p| self.places.contains(&p)))
            && self.country.as_ref().is_none_or(|x| c.place.country.as_ref() == Some(x))
            && self.actor.as_ref().is_none_or(|a| is(a, &c.holder) || is(a, &c.other))
            && self.kind.is_none_or(|k| c.kind == Some(k))
            && (!self.control_only || c.kind.is_some())
            && self.stance.is_none_or(|s| c.stance == s)
            && self.from.is_none_or(|d| c.time.valid_to.is_none_or(|to| to >= d))
            && self.to.is_none_or(|d| c.time.valid_from.is_none_or(|from| from <= d))
            && self.known_by.is_none_or(|d| e.known() <= d)
            && self.outlet.as_ref().is_none_or(|o| e.outlet.as_ref() == Some(o))
    }
}

/// Which articles; an empty filter means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleFilter {
    /// Published on this day or later.
    pub from: Option<Date>,
    /// Published on this day or earlier.
    pub to: Option<Date>,
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// Only those whose standing result is not by this coder (what a re-coding run has to do).
    pub not_coded_by: Option<String>,
    /// Only those without a publication day.
    pub undated: bool,
    /// Only those added after this one ([`ArticleEntry::seq`]).
    pub after: i64,
    /// At most so many; `None`: all.
    pub limit: Option<usize>,
}

impl ArticleFilter {
    /// True when the entry meets every condition but those on the order of adding.
    #[must_use]
    pub fn matches(&self, e: &ArticleEntry) -> bool {
        let day = e.article.published.day();
        self.from.is_none_or(|d| day.is_some_and(|x| x >= d))
            && self.to.is_none_or(|d| day.is_some_and(|x| x <= d))
            && self.outlet.as_ref().is_none_or(|o| e.article.outlet.as_ref() == Some(o))
            && self.not_coded_by.as_ref().is_none_or(|c| *c != e.coder)
            && !(self.undated && day.is_some())
    }
}

/// An article that a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The article.
    pub article: ArticleEntry,
    /// Where in its text the words stand, in order.
    pub spans: Vec<Span>,
    /// Those of its claims that the filter lets through.
    pub claims: Vec<ClaimEntry>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Counts {
    pub articles: u64,
    /// Claims of the latest codings, rejected ones included.
    pub claims: u64,
    /// Versions of claims ever stored.
    pub claim_versions: u64,
    /// Places with a current claim.
    pub places: u64,
    pub judgements: u64,
    pub runs: u64,
    /// First and last publication day.
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    /// Size of the store in bytes.
    pub bytes: u64,
}

/// One thing that was added, whole. See [`crate::Ledger::each_entry`].
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A coding of an article; the article comes with each of its codings.
    Coding {
        /// The article.
        article: Box<Article>,
        /// When it was read.
        read_at: Timestamp,
        /// The run that coded it.
        run: Run,
        /// Its claims.
        claims: Vec<Claim>,
    },
    /// A judgement.
    Judgement(Judgement),
}

/// One thing that was added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Place in the order of adding.
    pub seq: i64,
    /// When, by the clock of whoever added it.
    pub at: Timestamp,
    /// What.
    pub what: Logged,
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Logged {
    /// An article.
    Article {
        /// Its digest.
        article: String,
        /// The reader's own id for it.
        name: String,
    },
    /// A coding of an article.
    Coding {
        /// Digest of the article.
        article: String,
        /// By which coder.
        coder: String,
        /// Claims found.
        claims: u32,
        /// Ids that the coding before did not have, or had with another content.
        gained: Vec<ClaimId>,
        /// Ids that only the coding before had.
        lost: Vec<ClaimId>,
    },
    /// A judgement.
    Judgement {
        /// The whole of it.
        judgement: Box<Judgement>,
    },
}
