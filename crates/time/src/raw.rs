//! What the words of a time expression say, before anybody knows from which day to count.

use crate::amount::Amount;
use crate::words::{Part, Season, Unit};

/// From where a relative expression counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// From the day of the one who speaks or writes ("last week", "two days ago").
    Speaker,
    /// From the time last spoken of ("the following week", "two days later").
    Text,
    /// The day last spoken of, and no other ("the same day", "that evening").
    Told,
}

/// Which of the recurring ones ("Friday", "May", "summer") is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Nothing said: tense and nearness decide.
    Bare,
    Last,
    This,
    Next,
    /// The one before the time last spoken of.
    Previous,
    /// The one after it.
    Following,
    /// In the week that is so many weeks from the speaker's ("Friday last week").
    InWeek(i32),
}

/// The part of a period that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Whole,
    Early,
    Mid,
    Late,
    /// "the beginning of"
    Start,
    /// "the end of"
    End,
    /// "first week of": so many units into the period; the unit is a week (7 days), a ten-day third or a half.
    Nth(i8, Unit),
}

/// In place of a number: the quarter last reported on, in another year ("the 1988 quarter").
pub(crate) const SAME_QUARTER: i8 = 0;

/// A point on the calendar, complete or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Point {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    pub season: Option<Season>,
    /// 1 to 4, or [`SAME_QUARTER`].
    pub quarter: Option<i8>,
    /// First (1) or second (2) half of a year.
    pub half: Option<i8>,
    /// Index into the table of holidays.
    pub holiday: Option<usize>,
    /// `month` and `day` may be the other way round ("08/06/21").
    pub swappable: bool,
    pub which: Option<Which>,
    /// The year is counted from the speaker's ("this year's third quarter").
    pub year_shift: Option<i16>,
}

impl Point {
    /// Which one, [`Which::Bare`] when nothing was said.
    pub(crate) fn which(&self) -> Which {
        self.which.unwrap_or(Which::Bare)
    }
}

/// Whether a length of time is said to reach back or forward from the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Nowhere,
    Back,
    Forward,
}

/// A reference without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vague {
    Past,
    Present,
    Future,
}

/// The meaning of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Point(Point),
    /// A whole unit so many steps away: "today", "last week", "the following month".
    Shift {
        unit: Unit,
        by: i32,
        from: Anchor,
    },
    /// The unit that ends now: "over the past year".
    Rolling(Unit),
    /// An amount away: "two days ago", "a year earlier". `length`: TIMEX3 gives the length, as for "two days later".
    Away {
        amount: Amount,
        unit: Unit,
        sign: i64,
        from: Anchor,
        length: bool,
    },
    /// A decade, by its first year.
    Decade(i16),
    /// A century, by its hundreds ("20th century" is 19).
    Century(i16),
    Length {
        amount: Amount,
        unit: Unit,
        reach: Reach,
    },
    /// Something that repeats, with its value.
    Set(String),
    Vague(Vague),
    /// "in recent days" (-1), "in the coming weeks" (1).
    Around {
        unit: Unit,
        sign: i64,
    },
}

/// An expression found, not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raw {
    /// First piece.
    pub first: usize,
    /// One past the last piece.
    pub last: usize,
    pub meaning: Meaning,
    pub edge: Edge,
    pub part: Option<Part>,
    /// Hour and minute.
    pub clock: Option<(i8, i8)>,
}

impl Raw {
    pub(crate) fn new(first: usize, last: usize, meaning: Meaning) -> Self {
        Self { first, last, meaning, edge: Edge::Whole, part: None, clock: None }
    }

    pub(crate) fn point(first: usize, last: usize, point: Point) -> Self {
        Self::new(first, last, Meaning::Point(point))
    }

    /// True for what names a day, month or year that a clock time or a part of the day can be tied to.
    pub(crate) fn is_day(&self) -> bool {
        match &self.meaning {
            Meaning::Point(p) => p.day.is_some() || p.weekday.is_some() || p.holiday.is_some(),
            Meaning::Shift { unit, .. } => *unit == Unit::Day,
            _ => false,
        }
    }
}
