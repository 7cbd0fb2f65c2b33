//! What a reader should know of how an article was read: never an error, never silent.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something odd about an article that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// The text does not look like English; the rules are for English.
    NotEnglish,
    /// The bytes did not fit the charset that they were labelled with, or had no label and were guessed.
    Charset {
        /// The label, if there was one.
        labelled: Option<String>,
        /// What was used.
        used: String,
        /// True when some bytes could not be read and stand as U+FFFD.
        damaged: bool,
    },
    /// NUL or lone surrogates were replaced.
    Replaced {
        /// What was replaced ("NUL", "lone surrogate").
        what: String,
        /// How many times.
        times: u32,
    },
    /// The publication day could not be understood.
    BadDay {
        /// As written.
        written: String,
    },
    /// The page was too deep or too large for the page reader and was read as plain text.
    FlatHtml {
        /// Why ("800 elements deep").
        why: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEnglish => {
                write!(f, "the text does not look like English; expect few claims or none")
            }
            Self::Charset { labelled, used, damaged } => {
                match labelled {
                    Some(label) => write!(f, "the bytes are not {label} as labelled; read as {used}")?,
                    None => write!(f, "the bytes are not UTF-8; read as {used}")?,
                }
                if *damaged {
                    write!(f, ", and some could not be read (shown as \u{FFFD})")?;
                }
                Ok(())
            }
            Self::Replaced { what, times } => write!(f, "{what} replaced {times} times"),
            Self::BadDay { written } => {
                write!(f, "publication day \"{written}\" not understood; write it as 2021-08-09")
            }
            Self::FlatHtml { why } => {
                write!(f, "the page is {why}; read as plain text without its menus marked")
            }
        }
    }
}
