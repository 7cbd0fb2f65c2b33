//! The TOML files as they are written, and what is wrong with them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

use crate::ActorKind;

/// What is wrong with a registry file: which file, which key, what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// Not TOML, or a key that we do not know.
    #[error(
        "{file}: cannot be read as an actor file: {source}\nhint: see data/actors/afghanistan.toml for the keys of [[actor]] and [[conflict]]"
    )]
    Parse {
        /// The file.
        file: String,
        /// Line, column and reason.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A key with a value that makes no sense.
    #[error("{file}: {key}: {problem}\nhint: {hint}")]
    Value {
        /// The file.
        file: String,
        /// Which entry and key ("actor \"taliban\": part_of").
        key: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        hint: String,
    },
}

impl RegistryError {
    pub(crate) fn value(
        file: &str,
        key: impl Into<String>,
        problem: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Value { file: file.into(), key: key.into(), problem: problem.into(), hint: hint.into() }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    pub actor: Vec<ActorEntry>,
    #[serde(default)]
    pub conflict: Vec<ConflictEntry>,
    #[serde(default)]
    pub country: BTreeMap<String, CountryEntry>,
    #[serde(default)]
    pub class: BTreeMap<String, ClassEntry>,
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActorEntry {
    pub id: String,
    pub name: String,
    pub kind: ActorKind,
    #[serde(default)]
    pub role: Vec<RoleEntry>,
    pub country: Option<String>,
    #[serde(default)]
    pub state: bool,
    pub part_of: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub persons: Vec<String>,
    pub wikidata: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleEntry {
    pub kind: ActorKind,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConflictEntry {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub countries: Vec<String>,
    pub from: Date,
    pub to: Option<Date>,
    #[serde(default)]
    pub between_states: bool,
    #[serde(default)]
    pub sides: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountryEntry {
    pub name: String,
    pub adjective: String,
    #[serde(default)]
    pub capital: String,
    pub people: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub capitals: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassEntry {
    #[serde(default)]
    pub fallback: Vec<String>,
    pub generic: Option<String>,
    pub everywhere: Option<String>,
    pub kind: Option<ActorKind>,
    pub score: f32,
    pub nouns: Vec<String>,
    #[serde(default)]
    pub adjectives: Vec<String>,
}

pub(crate) fn parse(file: &str, text: &str) -> Result<File, RegistryError> {
    toml::from_str(text).map_err(|source| RegistryError::Parse { file: file.into(), source: Box::new(source) })
}
