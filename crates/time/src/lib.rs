//! Time expressions in a [`Reading`](marchland_reading::Reading) to intervals of days.

mod expression;

pub use expression::{Interval, Precision, TimeExpression, TimexType};
