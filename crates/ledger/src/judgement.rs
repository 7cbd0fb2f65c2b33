//! What analysts say of claims and articles. Judgements are added, never overwritten.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use marchland_claim::{Brief, Claim, ClaimId};
use serde::{Deserialize, Serialize};

use crate::ArticleEntry;

/// One judgement of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// What is judged.
    pub target: Target,
    /// How.
    pub verdict: Verdict,
    /// Who judges.
    pub author: String,
    /// When, by the clock of the caller.
    pub at: Timestamp,
    /// Why; may be empty.
    pub reason: String,
}

impl Judgement {
    /// Whether it can be said of its target: the article, when there is one, and whether the claim is known in it. Gives the
    /// article back, else what is missing, in words.
    pub(crate) fn fits(&self, article: Option<ArticleEntry>, known: bool) -> Result<ArticleEntry, String> {
        let (digest, kind) = (self.target.article(), self.verdict.kind());
        let article = article.ok_or_else(|| format!("article {digest}"))?;
        match (self.target.claim(), &self.verdict) {
            (Some(_), verdict) if verdict.is_of_article() => {
                Err(format!("claim that can be judged {kind:?}: that is said of articles"))
            }
            (Some(id), Verdict::Add { claim })
                if known || claim.id != *id || !stands_in(claim, digest, &article.article.text) =>
            {
                Err(format!(
                    "claim {} that could be added: the id must be new, and its evidence a sentence of article {digest}",
                    id.0
                ))
            }
            (Some(_), Verdict::Add { .. }) => Ok(article),
            (Some(id), _) if !known => Err(format!("claim {} of article {digest}", id.0)),
            (None, verdict) if !verdict.is_of_article() => {
                Err(format!("article that can be judged {kind:?}: that is said of claims"))
            }
            _ => Ok(article),
        }
    }
}

/// True when the evidence of a claim is a sentence of that article.
fn stands_in(claim: &Claim, digest: &str, text: &str) -> bool {
    let e = &claim.evidence;
    let inside = |s: marchland_article::Span| text.get(s.start as usize..s.end as usize).is_some_and(|t| !t.is_empty());
    e.article == digest && inside(e.sentence) && [e.clause, e.trigger].into_iter().all(|s| e.sentence.contains(s))
}

/// What a judgement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A claim, in every version of its coding.
    Claim {
        /// Digest of the article that makes it.
        article: String,
        /// Which claim.
        claim: ClaimId,
    },
    /// A whole article.
    Article {
        /// Its digest.
        article: String,
    },
}

impl Target {
    /// Digest of the article that is judged, or whose claim is.
    #[must_use]
    pub fn article(&self) -> &str {
        match self {
            Self::Claim { article, .. } | Self::Article { article } => article,
        }
    }

    /// The claim that is judged.
    #[must_use]
    pub fn claim(&self) -> Option<&ClaimId> {
        match self {
            Self::Claim { claim, .. } => Some(claim),
            Self::Article { .. } => None,
        }
    }
}

/// What is said of it. Where several judgements of one target differ, they are taken in order:
/// `Reject` and `Merge` take the claim out, `Accept`, `Edit` and `Unsure` bring it back in, an edit
/// stays until the next edit. `Undo` takes back the last judgement of the claim that still stands: the
/// claim is then as it was before that one, and without a verdict when none is left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The claim is in the text and coded rightly.
    Accept,
    /// The claim is not in the text, or is no claim.
    Reject,
    /// The claim is this instead. It keeps its id.
    Edit {
        /// The whole claim as it should be.
        claim: Box<Claim>,
    },
    /// The claim says the same as another one and is given out no more.
    Merge {
        /// The one that stays.
        into: ClaimId,
    },
    /// Looked at; nobody can say.
    Unsure,
    /// The last judgement of this claim that stands was a slip.
    Undo,
    /// The claim is in the text, and the coder did not find it. It is given out as if it had been coded, by every
    /// later coding too, until this is undone or the claim is rejected.
    Add {
        /// The whole claim; its id is that of the target and new in the article.
        claim: Box<Claim>,
    },
    /// The article was published on this day. Whoever codes again uses the day.
    SetPublished {
        /// The day.
        day: Date,
    },
    /// The article was withdrawn by its publisher, or should not be here: its claims are given out no more.
    Withdraw,
    /// The withdrawal was a mistake.
    Restore,
}

/// A verdict without what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum VerdictKind {
    Accept,
    Reject,
    Edit,
    Merge,
    Unsure,
    Undo,
    Add,
    SetPublished,
    Withdraw,
    Restore,
}

impl Verdict {
    /// The verdict without what it carries.
    #[must_use]
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Accept => VerdictKind::Accept,
            Self::Reject => VerdictKind::Reject,
            Self::Edit { .. } => VerdictKind::Edit,
            Self::Merge { .. } => VerdictKind::Merge,
            Self::Unsure => VerdictKind::Unsure,
            Self::Undo => VerdictKind::Undo,
            Self::Add { .. } => VerdictKind::Add,
            Self::SetPublished { .. } => VerdictKind::SetPublished,
            Self::Withdraw => VerdictKind::Withdraw,
            Self::Restore => VerdictKind::Restore,
        }
    }

    /// True for what can be said of an article only.
    #[must_use]
    pub fn is_of_article(&self) -> bool {
        matches!(self, Self::SetPublished { .. } | Self::Withdraw | Self::Restore)
    }
}

impl VerdictKind {
    /// The word used in files and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Edit => "edit",
            Self::Merge => "merge",
            Self::Unsure => "unsure",
            Self::Undo => "undo",
            Self::Add => "add",
            Self::SetPublished => "set_published",
            Self::Withdraw => "withdraw",
            Self::Restore => "restore",
        }
    }
}

/// What all judgements together make of each target.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    claims: BTreeMap<(String, ClaimId), Held>,
    withdrawn: BTreeMap<String, bool>,
    published: BTreeMap<String, Date>,
}

/// The judgements of one claim that stand, the last one last.
#[derive(Debug, Default)]
struct Held {
    stack: Vec<(VerdictKind, Option<Box<Claim>>)>,
    /// An analyst added it: without a judgement that stands it is no claim at all.
    added: bool,
}

impl Held {
    fn take(&mut self, verdict: Verdict) {
        let kind = verdict.kind();
        match verdict {
            Verdict::Undo => {
                self.stack.pop();
            }
            Verdict::Edit { claim } => self.stack.push((kind, Some(claim))),
            Verdict::Add { .. } => {
                self.added = true;
                self.stack.push((kind, None));
            }
            _ => self.stack.push((kind, None)),
        }
    }

    fn last(&self) -> Option<VerdictKind> {
        self.stack.last().map(|(kind, _)| *kind)
    }

    fn counts(&self) -> bool {
        match self.last() {
            Some(kind) => !matches!(kind, VerdictKind::Reject | VerdictKind::Merge),
            None => !self.added,
        }
    }

    fn edit(&self) -> Option<&Claim> {
        self.stack.iter().rev().find_map(|(_, edit)| edit.as_deref())
    }
}

impl Standing {
    /// Judgements in the order in which they were added.
    pub(crate) fn fold(judgements: impl IntoIterator<Item = Judgement>) -> Self {
        let mut all = Self::default();
        for j in judgements {
            match (j.target, j.verdict) {
                (Target::Claim { article, claim }, verdict) => {
                    all.claims.entry((article, claim)).or_default().take(verdict);
                }
                (Target::Article { article }, Verdict::SetPublished { day }) => {
                    all.published.insert(article, day);
                }
                (Target::Article { article }, Verdict::Withdraw) => {
                    all.withdrawn.insert(article, true);
                }
                (Target::Article { article }, Verdict::Restore) => {
                    all.withdrawn.insert(article, false);
                }
                (Target::Article { .. }, _) => {}
            }
        }
        all
    }

    /// True when nothing was judged.
    pub(crate) fn is_empty(&self) -> bool {
        self.claims.is_empty() && self.withdrawn.is_empty() && self.published.is_empty()
    }

    /// The claim as it stands, where it counts.
    pub(crate) fn apply_brief(&self, article: &str, claim: Brief) -> Option<Brief> {
        if self.withdrawn(article) {
            return None;
        }
        let Some(held) = self.claims.get(&(article.to_owned(), claim.id.clone())) else { return Some(claim) };
        let claim = match held.edit() {
            Some(edit) => Brief { id: claim.id, ..Brief::from(edit) },
            None => claim,
        };
        held.counts().then_some(claim)
    }

    pub(crate) fn published(&self, article: &str) -> Option<Date> {
        self.published.get(article).copied()
    }

    pub(crate) fn withdrawn(&self, article: &str) -> bool {
        self.withdrawn.get(article).copied().unwrap_or(false)
    }

    /// The claim as it stands, whether it counts, and the last verdict on it.
    pub(crate) fn apply(&self, article: &str, claim: Claim) -> (Claim, bool, Option<VerdictKind>) {
        if self.claims.is_empty() && self.withdrawn.is_empty() {
            return (claim, true, None);
        }
        let withdrawn = self.withdrawn(article);
        let Some(held) = self.claims.get(&(article.to_owned(), claim.id.clone())) else {
            return (claim, !withdrawn, None);
        };
        let claim = match held.edit() {
            // The edit keeps the id, so that later codings and judgements still find it.
            Some(edit) => Claim { id: claim.id, ..edit.clone() },
            None => claim,
        };
        (claim, !withdrawn && held.counts(), held.last())
    }
}
