//! A mention of an actor and whom it may mean.

use std::sync::Arc;

use marchland_article::Span;
use serde::{Deserialize, Serialize};

/// The id of an actor, as the registry's TOML files spell it ("taliban", "afghan-government").
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorId(pub Arc<str>);

impl ActorId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ActorId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for ActorId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One mention of an actor in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActorMention {
    /// The words ("the insurgents", "government troops", "they").
    pub span: Span,
    /// How it is said.
    pub kind: MentionKind,
    /// The actor meant; `None` when nobody can say (the words still stand).
    pub actor: Option<ActorRef>,
    /// Others it may mean, best first.
    pub alternatives: Vec<ActorRef>,
}

/// How a mention points to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// By name or alias.
    Name,
    /// By words that mean this actor in this war ("the insurgents", "regime forces").
    Role,
    /// By a pronoun or "the group".
    Reference,
    /// By a person who speaks or acts for it ("Zabihullah Mujahid").
    Person,
}

/// An actor that a mention may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActorRef {
    /// Which actor.
    pub id: ActorId,
    /// 0 to 1.
    pub score: f32,
}
