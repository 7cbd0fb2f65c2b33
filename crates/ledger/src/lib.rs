//! The store: articles, claims and judgements; append only. The only room that knows SQL.
//!
//! The ledger holds what was said, by whom, when, and what analysts judged. It never holds who
//! controls what: that is computed from the claims, and can be computed again.
//! It reads no clock: every time in it was given by the caller.
//!
//! ```no_run
//! use marchland_ledger::{open, ClaimFilter, Mode};
//! let ledger = open("sqlite:war.ledger", Mode::Write)?;
//! for entry in ledger.claims(&ClaimFilter { country: Some("AF".into()), ..ClaimFilter::default() })? {
//!     let known = (entry.published, entry.outlet.as_deref());
//!     assert_eq!(entry.claim.evidence.article, entry.article, "{known:?}");
//! }
//! # Ok::<(), marchland_ledger::Error>(())
//! ```

mod batch;
mod brief;
mod error;
mod judgement;
mod layout;
mod ledger;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod sqlite;
mod story;

pub use batch::Batch;
pub use brief::BriefEntry;
pub use error::Error;
pub use judgement::{Judgement, Target, Verdict, VerdictKind};
pub use ledger::{Ledger, Mode, open};
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use record::{
    Added, ArticleEntry, ArticleFilter, ClaimEntry, ClaimFilter, Coded, Counts, Entry, LogEntry, Logged, Run, SearchHit,
};
pub use sqlite::Sqlite;

/// What every call of the ledger gives back.
pub type Result<T> = std::result::Result<T, Error>;
