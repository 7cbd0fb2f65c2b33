//! What can go wrong, and how it is told.

use axum::http::StatusCode;

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
    NotFound(String),
    /// The question cannot be understood.
    Bad(String),
    /// Somebody else was quicker.
    Conflict(String),
    /// We failed.
    Internal(String),
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

    pub fn words(&self) -> &str {
        match self {
            Self::NotFound(w) | Self::Bad(w) | Self::Conflict(w) | Self::Internal(w) => w,
        }
    }
}

impl From<marchland_ledger::Error> for Problem {
    fn from(error: marchland_ledger::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
