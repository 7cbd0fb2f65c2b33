//! Claims to control: who holds a place on a day, how sure, and why. A pure function of the set of claims.
//!
//! Each place has a hidden state for each day: held by one of the parties that reports name, or by somebody of whom
//! nobody spoke; calm, or being fought over. A report moves the odds on the day for which it is valid, by how much
//! depends on whose interest it serves ([`Params`]). The answer for a day uses every report known by the day asked
//! about, those of later valid days too.
//!
//! Nothing here depends on the order in which reports arrive, nor on one arriving twice: reports are a set, their
//! weights are whole numbers, and sums of whole numbers have no order. Places do not depend on each other, but for
//! reports on a province, which inform its towns.
//!
//! ```
//! use jiff::civil::date;
//! use marchland_control::{Control, Params, Query};
//! let control = Control::new(Vec::new(), Params::default());
//! let query = Query { on: date(2021, 8, 9), known_by: Some(date(2021, 8, 10)) };
//! // Of a place of which nobody spoke, nothing is known.
//! assert_eq!(control.state(marchland_place::PlaceId(1_135_689), &query).holder, None);
//! ```

mod answer;
mod case;
mod chain;
mod change;
mod control;
mod day;
mod incident;
mod params;
mod reasons;
mod report;
mod speaker;
mod state;
mod vote;
mod whatif;

pub use change::{Change, ChangeKind, Counter, Pace};
pub use control::Control;
pub use incident::Incident;
pub use params::{Params, ParamsError};
pub use report::{Exactness, NoVote, Report, Source, settled};
pub use speaker::Voice;
pub use state::{ControlInterval, PlaceState, Qualifier, Query, Reason, ReasonKind, Status};
pub use whatif::Turn;
