//! A time expression and the days that it means.

use jiff::civil::Date;
use marchland_article::Span;
use serde::{Deserialize, Serialize};

/// One time expression of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// The words, as TIMEX3 counts them ("late June", not "in late June").
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexType,
    /// TIMEX3 value ("2021-08-06", "2021-06", "P3W", "PRESENT_REF", "XXXX-WXX-6" where the day is not known).
    pub value: String,
    /// The days meant; `None` where they cannot be told (no publication day, "for weeks" without an anchor).
    pub days: Option<Interval>,
    /// How exact the words are.
    pub precision: Precision,
    /// What the words around make of it: "since 2014" is open towards the future, "until Friday" towards the past,
    /// and both years of "between 1996 and 2001" stand for the six years together. `None` when they add nothing.
    pub extent: Option<Interval>,
    /// Where it stands in quoted speech.
    pub quoted: bool,
}

impl TimeExpression {
    /// The days that the words and those around them mean: the extent if there is one, else the days.
    #[must_use]
    pub fn meant(&self) -> Option<Interval> {
        self.extent.or(self.days)
    }
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum TimexType {
    Date,
    Time,
    Duration,
    Set,
}

/// Days from and to, both inclusive; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interval {
    /// First day; `None`: open towards the past.
    pub from: Option<Date>,
    /// Last day; `None`: open towards the future.
    pub to: Option<Date>,
}

impl Interval {
    /// A single day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { from: Some(day), to: Some(day) }
    }
}

/// How exact a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Precision {
    Day,
    Week,
    Month,
    Season,
    Year,
    /// Longer than a year, or not to be told.
    Vague,
}
