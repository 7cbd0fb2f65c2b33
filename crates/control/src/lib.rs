//! Claims to control: who holds a place on a day, how sure, and why. A pure function of the set of claims.

mod state;

pub use state::{ControlInterval, PlaceState, Qualifier, Query, Reason, ReasonKind, Status};
