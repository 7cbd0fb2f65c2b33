//! What can go wrong, and how it is told.

use axum::http::StatusCode;
use marchland_words::Tongue;

use crate::said::{Said, said};

/// Why the server did not start or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}. Choose another port with --port, or stop what uses this one")]
    Listen {
        /// What was asked for.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] marchland_ledger::Error),
    /// The system gave up.
    #[error("the server stopped: {0}")]
    Io(#[from] std::io::Error),
}

/// Why a question has no answer.
#[derive(Debug)]
pub(crate) enum Problem {
    /// There is no such thing.
    NotFound(Said),
    /// The question cannot be understood.
    Bad(Said),
    /// Somebody else was quicker.
    Conflict(Said),
    /// We failed.
    Internal(Said),
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind of problem, as a heading.
    pub fn title(&self, tongue: Tongue) -> String {
        tongue.say(match self {
            Self::NotFound(_) => "problem-title-404",
            Self::Bad(_) => "problem-title-400",
            Self::Conflict(_) => "problem-title-409",
            Self::Internal(_) => "problem-title-500",
        })
    }

    pub fn words(&self, tongue: Tongue) -> String {
        match self {
            Self::NotFound(w) | Self::Bad(w) | Self::Conflict(w) | Self::Internal(w) => w.words(tongue),
        }
    }

    /// A field that must be there and is not.
    pub fn missing(name: &str) -> Self {
        Self::Bad(said!("problem-missing", name = name))
    }

    /// A field that is no day.
    pub fn no_day(name: &str, value: &str) -> Self {
        Self::Bad(said!("problem-day", name = name, value = format!("{value:?}")))
    }

    /// An article that is not there.
    pub fn no_article(id: &str) -> Self {
        Self::NotFound(said!("problem-no-article", id = format!("{id:?}")))
    }
}

impl From<marchland_ledger::Error> for Problem {
    fn from(error: marchland_ledger::Error) -> Self {
        Self::Internal(said!("problem-ledger", what = error.to_string()))
    }
}
