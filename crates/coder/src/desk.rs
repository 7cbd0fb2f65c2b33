//! The [`Coder`].

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use marchland_actor::{ActorMention, Context, Registry, RegistryError};
use marchland_article::Article;
use marchland_claim::{Claim, Mentions, Note, Resources, RuleError, Rules};
use marchland_place::{Gazetteer, LoadError, Toponym};
use marchland_reading::{Model, ReadOptions, Reading};
use marchland_time::TimeExpression;

use crate::facts::Desk;
use crate::gate::Gate;

/// Everything that coding needs, loaded once and shared by all threads.
#[derive(Clone)]
pub struct Coder {
    model: &'static Model,
    gazetteer: Arc<Gazetteer>,
    registry: Arc<Registry>,
    rules: Arc<Rules>,
    gate: Arc<Gate>,
    own: bool,
    /// What the caller may choose.
    pub options: Options,
}

/// What the caller may choose.
#[derive(Debug, Clone)]
pub struct Options {
    /// Parse only sentences that hold a sign of a claim. The claims are the same, sooner.
    pub cascade: bool,
    /// Count demonyms as place names.
    pub demonyms: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { cascade: true, demonyms: false }
    }
}

/// What every room made of one article.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// Sentences, tokens, tags, arcs, names.
    pub reading: Reading,
    /// Place mentions.
    pub places: Vec<Toponym>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Actor mentions.
    pub actors: Vec<ActorMention>,
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What looked like a claim and is none, with the reason.
    pub notes: Vec<Note>,
    /// Set when a room broke down on this article; the article then has no claims, and the others are not touched.
    pub broken: Option<String>,
}
