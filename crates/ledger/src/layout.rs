//! What both stores write alike: the form of an article, and words in columns.

use marchland_article::{Block, Cut, Note};
use marchland_claim::{Kind, Stance};
use serde::{Deserialize, Serialize};

/// What a coding says of the article's own form. It may change when the article room learns.
#[derive(Serialize, Deserialize)]
pub(crate) struct Layout {
    pub(crate) cuts: Vec<Cut>,
    pub(crate) blocks: Vec<Block>,
    /// Absent in ledgers written before articles had notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<Note>,
}

/// The word in the `kind` column; the same as in JSON.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Transfer => "transfer",
        Kind::Holds => "holds",
        Kind::Contested => "contested",
        Kind::Besieged => "besieged",
        Kind::Withdrawal => "withdrawal",
        Kind::Repelled => "repelled",
    }
}

/// The word in the `stance` column; the same as in JSON.
pub(crate) fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserted => "asserted",
        Stance::Claimed => "claimed",
        Stance::Denied => "denied",
        Stance::Planned => "planned",
        Stance::Hypothetical => "hypothetical",
    }
}

/// Our own types always serialize.
#[cfg(feature = "postgres")]
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
