//! From what the words say to a TIMEX3 value and days: the one place where the publication day enters.

use jiff::civil::Date;

use crate::amount::Amount;
use crate::calendar::{self, between, date, edge, plus, units_on};
use crate::expression::{Interval, Precision, TimexType};
use crate::length::period;
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, Reach, SAME_QUARTER, Vague, Which};
use crate::tense::Tense;
use crate::words::Unit;

/// What is known while reading through an article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// The day from which the speaker counts: the publication day, or the day of the speech inside a quotation.
    pub today: Option<Date>,
    /// The text tells history by dates ("On 4 August ..."), not news by weekdays: an incomplete date counts from the last.
    pub narrative: bool,
    /// "08/06/21" is the 8th of June here: some date of the article can be read in no other way.
    pub day_first: Option<bool>,
    /// The time last spoken of.
    pub anchor: Option<Interval>,
    /// The time of which the title or the first lines say that the story tells.
    pub story: Option<Interval>,
    /// Which block is read, and in which the anchor stood.
    pub block: usize,
    pub anchored: usize,
    /// The quarter last reported on (one that has ended), and how many expressions ago.
    pub quarter: Option<(i16, i8, u32)>,
}

/// An expression resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub kind: TimexType,
    pub value: String,
    pub days: Option<Interval>,
    pub precision: Precision,
}

/// Value, days and precision before a part of the day or a clock time is added.
type Found = (String, Option<Interval>, Precision);

impl Context {
    /// Resolves one expression and remembers it.
    pub(crate) fn resolve(&mut self, raw: &Raw, tense: Tense) -> Resolved {
        if let Some(q) = &mut self.quarter {
            q.2 += 1;
        }
        let mut kind = TimexType::Date;
        let mut anchors = true;
        let (mut value, mut days, mut precision) = match &raw.meaning {
            Meaning::Point(point) => self.point(point, tense),
            Meaning::Shift { unit, by, from } => self.shift(*unit, i64::from(*by), *from, tense),
            Meaning::Rolling(unit) => {
                let (value, _, precision) = self.shift(*unit, -1, Anchor::Speaker, tense);
                let base = self.base();
                let from = base.and_then(|d| units_on(d, *unit, -1));
                (value, from.map(|f| Interval { from: Some(f), to: base }), precision)
            }
            Meaning::Away { amount, unit, sign, from, length } => {
                let (value, days, precision) = self.away(*amount, *unit, *sign, *from);
                if *length {
                    kind = TimexType::Duration;
                    (length_value(*amount, *unit), days, precision)
                } else {
                    (value, days, precision)
                }
            }
            Meaning::Decade(start) => {
                (format!("{:03}", start / 10), calendar::months(*start, 1, start + 9, 12), Precision::Vague)
            }
            Meaning::Century(n) => {
                (format!("{n:02}"), calendar::months(n * 100, 1, n * 100 + 99, 12), Precision::Vague)
            }
            Meaning::Length { amount, unit, reach } => {
                kind = TimexType::Duration;
                anchors = false;
                if *unit == Unit::Month && matches!(amount.exact(), Some(6 | 9)) {
                    // A report on nine months: "a year earlier" is no quarter's any more.
                    self.quarter = None;
                }
                (length_value(*amount, *unit), self.reach(*amount, *unit, *reach), precision_of(*unit))
            }
            Meaning::Set(value) => {
                kind = TimexType::Set;
                anchors = false;
                (value.clone(), None, Precision::Vague)
            }
            Meaning::Vague(vague) => {
                anchors = false;
                match vague {
                    Vague::Past => ("PAST_REF".into(), None, Precision::Vague),
                    Vague::Present => ("PRESENT_REF".into(), self.today.map(Interval::day), Precision::Day),
                    Vague::Future => ("FUTURE_REF".into(), None, Precision::Vague),
                }
            }
            Meaning::Around { unit, sign } => {
                anchors = false;
                let far = match unit {
                    Unit::Day => 7,
                    Unit::Week => 4,
                    Unit::Month => 6,
                    _ => 0,
                };
                // "over the next days" in a chronicle counts from the day spoken of.
                let base = self.base();
                let other = base.and_then(|d| units_on(d, *unit, sign * far)).filter(|_| far > 0);
                let days = match (other, base) {
                    (Some(o), Some(t)) => Some(Interval { from: Some(o.min(t)), to: Some(o.max(t)) }),
                    _ => None,
                };
                let value = if *sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
                (value.into(), days, precision_of(next_unit(*unit)))
            }
        };
        match raw.edge {
            Edge::Whole => {}
            Edge::Nth(_, Unit::Week) if precision == Precision::Day => {
                if let Some(day) = days.and_then(|d| d.from) {
                    value = calendar::week_value(day);
                    days = calendar::week(day, 0);
                    precision = Precision::Week;
                }
            }
            Edge::Nth(_, Unit::Day) => {
                days = days.and_then(|d| edge(d, raw.edge));
                value = day_value(days.and_then(|d| d.from));
                precision = Precision::Day;
            }
            other => {
                days = days.and_then(|d| edge(d, other));
                if matches!(other, Edge::Nth(_, Unit::Week)) {
                    precision = Precision::Week;
                }
            }
        }
        if let Some((hour, minute)) = raw.clock {
            kind = TimexType::Time;
            value = format!("{}T{hour:02}:{minute:02}", day_of(&value));
        } else if let Some(part) = raw.part {
            kind = TimexType::Time;
            value = format!("{}T{}", day_of(&value), part.code());
        }
        // In a chronicle a year named in passing ("the war of 2011") does not move the story out of its month.
        let passing = self.narrative && precision > Precision::Season && raw.first > 1 && self.anchor.is_some();
        let vague = matches!(raw.meaning, Meaning::Away { amount: Amount::Some, .. });
        // "Compared with a year earlier": a look back, from which the next one does not count.
        let back = matches!(raw.meaning, Meaning::Away { unit: Unit::Year, sign: -1, from: Anchor::Text, .. });
        if anchors && days.is_some() && !passing && !vague && !back {
            self.anchor = days;
            self.anchored = self.block;
        }
        Resolved { kind, value, days, precision }
    }

    /// The day from which an incomplete date counts.
    fn base(&self) -> Option<Date> {
        if self.narrative { self.spoken() } else { self.today }
    }

    /// The last day spoken of, else today.
    fn spoken(&self) -> Option<Date> {
        self.anchor.and_then(|a| a.from)
    }

    fn point(&mut self, point: &Point, tense: Tense) -> Found {
        let year = point.year.or_else(|| point.year_shift.and_then(|s| self.today.map(|d| d.year() + s)));
        if let Some(holiday) = point.holiday {
            return self.holiday(holiday, year, point.which(), tense);
        }
        if let Some(season) = point.season {
            let code = calendar::season_code(season);
            let year = year.or_else(|| {
                let d = self.base()?;
                let of = |y: i16| calendar::season(y, season);
                let begun = |y: i16| of(y).and_then(|s| s.from).is_some_and(|f| f <= d);
                let ended = |y: i16| of(y).and_then(|s| s.to).is_some_and(|t| t < d);
                let y = d.year();
                Some(match point.which() {
                    Which::Last | Which::Previous => {
                        if ended(y) {
                            y
                        } else {
                            y - 1
                        }
                    }
                    Which::Next | Which::Following => {
                        if begun(y) {
                            y + 1
                        } else {
                            y
                        }
                    }
                    // Winter belongs to the year in which it began, also in January.
                    Which::This if !ended(y - 1) => y - 1,
                    Which::This => y,
                    _ if tense == Tense::Future => {
                        if ended(y) {
                            y + 1
                        } else {
                            y
                        }
                    }
                    _ => {
                        if begun(y) {
                            y
                        } else {
                            y - 1
                        }
                    }
                })
            });
            let value = year.map_or_else(|| format!("XXXX-{code}"), |y| format!("{y:04}-{code}"));
            return (value, year.and_then(|y| calendar::season(y, season)), Precision::Season);
        }
        let quarter = match point.quarter {
            Some(SAME_QUARTER) => self.quarter.map(|(_, n, _)| n),
            other => other,
        };
        if let Some(n) = quarter {
            let year = year.or_else(|| {
                let d = self.today?;
                let start = calendar::quarter(d.year(), n)?.from?;
                Some(if between(d, start) > 92 { d.year() - 1 } else { d.year() })
            });
            if let Some(y) = year {
                let ended =
                    calendar::quarter(y, n).and_then(|q| q.to).zip(self.today).is_none_or(|(to, today)| to <= today);
                if ended || self.quarter.is_none() {
                    self.quarter = Some((y, n, 0));
                }
            }
            let value = year.map_or_else(|| format!("XXXX-Q{n}"), |y| format!("{y:04}-Q{n}"));
            return (value, year.and_then(|y| calendar::quarter(y, n)), Precision::Season);
        }
        if let Some(half) = point.half {
            let value = year.map_or_else(|| format!("XXXX-H{half}"), |y| format!("{y:04}-H{half}"));
            let days = year.and_then(|y| calendar::months(y, half * 6 - 5, y, half * 6));
            return (value, days, Precision::Season);
        }
        match (point.month, point.day) {
            (Some(_), Some(_)) if point.swappable => self.swappable(point),
            (Some(month), Some(day)) => self.month_day(year, month, day, point.weekday, tense),
            (Some(month), None) => self.month(year, month, point.which(), tense),
            (None, Some(day)) => self.day_of_month(day, tense),
            (None, None) => match (point.weekday, year) {
                (Some(weekday), _) => self.weekday(weekday, point.which(), tense),
                (None, Some(y)) => (format!("{y:04}"), calendar::year(y), Precision::Year),
                (None, None) => ("XXXX".into(), None, Precision::Vague),
            },
        }
    }

    fn holiday(&self, index: usize, year: Option<i16>, which: Which, tense: Tense) -> Found {
        let found = year.map(|y| (y, crate::holiday::days(index, y))).or_else(|| {
            let d = self.base()?;
            let (mut best, mut best_far) = (None, i64::MAX);
            for y in d.year() - 1..=d.year() + 1 {
                let Some((days, exact)) = crate::holiday::days(index, y) else { continue };
                let Some(from) = days.from else { continue };
                let far = between(d, from);
                let allowed = match which {
                    Which::Last | Which::Previous => far < 0,
                    Which::Next | Which::Following => far > 0,
                    Which::This => from.year() == d.year(),
                    _ => match tense {
                        Tense::Past => far <= 0,
                        Tense::Future => far >= 0,
                        Tense::Unknown => true,
                    },
                };
                if allowed && far.abs() < best_far {
                    best_far = far.abs();
                    best = Some((y, Some((days, exact))));
                }
            }
            best
        });
        match found {
            Some((_, Some((days, true)))) => (day_value(days.from), Some(days), Precision::Day),
            Some((y, Some((days, false)))) => (format!("{y:04}-XX-XX"), Some(days), Precision::Week),
            _ => ("XXXX-XX-XX".into(), None, Precision::Day),
        }
    }

    /// "08/06/21": by the article's other dates, else the reading that lies in the month before publication
    /// when only one does; else nobody can tell, and the days stay unknown.
    fn swappable(&self, point: &Point) -> Found {
        let (Some(year), Some(a), Some(b)) = (point.year, point.month, point.day) else {
            return ("XXXX-XX-XX".into(), None, Precision::Day);
        };
        let month_first = date(year, a, b);
        let day_first = date(year, b, a);
        let near = |d: Option<Date>| d.zip(self.today).is_some_and(|(d, t)| (0..32).contains(&between(d, t)));
        let pick = match self.day_first {
            Some(true) => day_first,
            Some(false) => month_first,
            None => match (near(month_first), near(day_first)) {
                (true, false) => month_first,
                (false, true) => day_first,
                _ => None,
            },
        };
        match pick {
            Some(d) => (d.to_string(), Some(Interval::day(d)), Precision::Day),
            None => (format!("{year:04}-XX-XX"), None, Precision::Day),
        }
    }

    fn month_day(&self, year: Option<i16>, month: i8, day: i8, weekday: Option<i8>, tense: Tense) -> Found {
        let make = |y: i16| date(y, month, day);
        let chosen = year.map(make).unwrap_or_else(|| {
            // In a chronicle without a day so far, only what is ahead counts from its publication.
            let base = self.base().or(self.today.filter(|_| tense == Tense::Future))?;
            let candidates = (base.year() - 1..=base.year() + 1).filter_map(make);
            // A weekday beside the date settles the year, if one of them fits.
            if let Some(w) = weekday {
                let fits = candidates
                    .clone()
                    .filter(|d| d.weekday().to_monday_one_offset() == w)
                    .min_by_key(|d| between(base, *d).abs());
                if fits.is_some() {
                    return fits;
                }
            }
            if let (true, Some(anchor)) = (self.narrative, self.anchor) {
                let last = anchor.to.unwrap_or(base);
                let years = base.year() - 1..=last.year() + 1;
                // Inside the time spoken of if it can be (a year, the years of a title), else the nearest to it.
                let far = |d: &Date| {
                    if (base..=last).contains(d) { 0 } else { between(base, *d).abs().min(between(last, *d).abs()) }
                };
                let nearest = years.filter_map(make).min_by_key(far);
                return self.in_story(nearest, make);
            }
            match tense {
                // Nobody leaves out the year of a day so long gone, when the same day is soon to come.
                Tense::Past => {
                    let back = candidates.clone().filter(|d| *d <= base).max();
                    let ahead = candidates.filter(|d| between(base, *d) <= 90).max();
                    if back.is_some_and(|d| between(d, base) > 275) && ahead.is_some_and(|d| d > base) {
                        ahead
                    } else {
                        back
                    }
                }
                // A week's grace: "which was due on 4 August" may look back a little.
                Tense::Future => candidates.filter(|d| between(base, *d) >= -60).min(),
                Tense::Unknown => {
                    candidates.filter(|d| between(base, *d) <= 100).max_by_key(|d| -between(base, *d).abs())
                }
            }
        });
        match chosen {
            Some(d) => (d.to_string(), Some(Interval::day(d)), Precision::Day),
            None => (format!("{}-{month:02}-{day:02}", year_value(year)), None, Precision::Day),
        }
    }

    /// A day without a year belongs to the time of the story, if it can: "24 February" in the history of a siege of 2022 is no day
    /// of 2015, though the paragraph before told of 2014. Within a paragraph that looks back it stays with that.
    fn in_story(&self, nearest: Option<Date>, make: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let Some((story, first, last)) = self.story.and_then(|s| Some((s, s.from?, s.to?))) else { return nearest };
        let holds = |d: Date| story.from.is_none_or(|f| f <= d) && story.to.is_none_or(|t| d <= t);
        let aside = self.anchored == self.block && self.spoken().is_some_and(|d| !holds(d));
        if aside || nearest.is_some_and(holds) {
            return nearest;
        }
        let of = nearest.or(self.spoken()).unwrap_or(first);
        let inside = (first.year()..=last.year()).filter_map(make).filter(|d| holds(*d));
        inside.min_by_key(|d| between(of, *d).abs()).or(nearest)
    }

    fn month(&self, year: Option<i16>, month: i8, which: Which, tense: Tense) -> Found {
        let given = year.is_some();
        let year =
            year.or_else(|| {
                let base = match which {
                    Which::Previous | Which::Following => self.spoken().or(self.today)?,
                    _ => self.base()?,
                };
                let (y, m) = (base.year(), base.month());
                Some(match which {
                    Which::Last | Which::Previous => {
                        if month < m {
                            y
                        } else {
                            y - 1
                        }
                    }
                    Which::Next | Which::Following => {
                        if month > m {
                            y
                        } else {
                            y + 1
                        }
                    }
                    Which::This => y,
                    // A year, or the time of a title: the first such month in it.
                    _ if self.narrative
                        && self.anchor.is_some_and(|a| a.from.zip(a.to).is_some_and(|(f, t)| between(f, t) > 32)) =>
                    {
                        if month < m {
                            y + 1
                        } else {
                            y
                        }
                    }
                    _ if self.narrative && self.anchor.is_some() => {
                        // The nearest month, forwards when in doubt.
                        match i32::from(month) - i32::from(m) {
                            d if d > 6 => y - 1,
                            d if d < -5 => y + 1,
                            _ => y,
                        }
                    }
                    _ => {
                        match tense {
                            Tense::Future => {
                                if month >= m {
                                    y
                                } else {
                                    y + 1
                                }
                            }
                            // A month soon to come; so long back it would be called "last".
                            _ if (1..=3).contains(&(month - m).rem_euclid(12)) && tense == Tense::Unknown => {
                                if month < m { y + 1 } else { y }
                            }
                            _ => {
                                if month <= m {
                                    y
                                } else {
                                    y - 1
                                }
                            }
                        }
                    }
                })
            });
        let year = if given || !self.narrative || which != Which::Bare {
            year
        } else {
            // By its middle, which lies in the story if the story began or ended in that month.
            let middle = |y: i16| date(y, month, 15);
            let widened = Self { story: self.story.and_then(whole_months), ..self.clone() };
            widened.in_story(year.and_then(middle), middle).map(|d| d.year()).or(year)
        };
        let value = format!("{}-{month:02}", year_value(year));
        (value, year.and_then(|y| calendar::month(y, month)), Precision::Month)
    }

    fn day_of_month(&self, day: i8, tense: Tense) -> Found {
        let base = self.spoken().filter(|_| self.narrative).or(self.today);
        let chosen = base.and_then(|base| {
            let around =
                (-1..=1).filter_map(|k| calendar::month_on(base, k)).filter_map(|m| date(m.year(), m.month(), day));
            match tense {
                Tense::Future => around.filter(|d| *d >= base).min(),
                _ if self.narrative => around.filter(|d| *d >= base).min(),
                _ => around.filter(|d| *d <= base).max(),
            }
        });
        match chosen {
            Some(d) => (d.to_string(), Some(Interval::day(d)), Precision::Day),
            None => (format!("XXXX-XX-{day:02}"), None, Precision::Day),
        }
    }

    fn weekday(&self, weekday: i8, which: Which, tense: Tense) -> Found {
        let spoken = self.spoken().or(self.today);
        let day = match which {
            Which::Previous => spoken.and_then(|d| calendar::weekday_before(plus(d, -1)?, weekday)),
            Which::Following => spoken.and_then(|d| calendar::weekday_after(plus(d, 1)?, weekday)),
            _ if self.narrative && self.anchor.is_some() => {
                self.spoken().and_then(|d| calendar::weekday_after(d, weekday))
            }
            // Nobody calls yesterday "last Thursday".
            Which::Last => self.today.and_then(|d| calendar::weekday_before(plus(d, -2)?, weekday)),
            Which::Next => self.today.and_then(|d| calendar::weekday_in(d, 1, weekday)),
            Which::InWeek(by) => self.today.and_then(|d| calendar::weekday_in(d, i64::from(by), weekday)),
            Which::This => self.today.and_then(|d| match tense {
                Tense::Past => calendar::weekday_before(d, weekday),
                _ => calendar::weekday_in(d, 0, weekday),
            }),
            Which::Bare => self.today.and_then(|d| match tense {
                Tense::Future => calendar::weekday_after(d, weekday),
                _ => calendar::weekday_before(d, weekday),
            }),
        };
        match day {
            Some(d) => (d.to_string(), Some(Interval::day(d)), Precision::Day),
            None => (format!("XXXX-WXX-{weekday}"), None, Precision::Day),
        }
    }

    /// A whole unit so many steps from the anchor.
    fn shift(&mut self, unit: Unit, by: i64, from: Anchor, tense: Tense) -> Found {
        let exact = self.anchor.is_some_and(|a| a.from == a.to);
        let anchor = match from {
            Anchor::Speaker => self.today,
            // A day is counted from a day only: "in May ... the next day" says nothing.
            Anchor::Text if self.anchor.is_some() && (exact || unit != Unit::Day) => {
                // Counting on starts from the end of what was spoken of, counting back from its start.
                self.anchor.and_then(|a| if by > 0 { a.to.or(a.from) } else { a.from })
            }
            Anchor::Told => self.anchor.filter(|_| exact || unit != Unit::Day).and_then(|a| a.from),
            // "the previous day" at the head of a news item counts from the day of writing; "the next day" cannot.
            Anchor::Text if by <= 0 && !self.narrative => self.today,
            Anchor::Text => None,
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => ("PRESENT_REF".into(), None, Precision::Day),
            Unit::Day => match anchor.and_then(|d| plus(d, by)) {
                Some(d) => (d.to_string(), Some(Interval::day(d)), Precision::Day),
                None => ("XXXX-XX-XX".into(), None, Precision::Day),
            },
            // On a Sunday "last week" is the week that ends that day.
            Unit::Week
                if by == -1
                    && from == Anchor::Speaker
                    && anchor.is_some_and(|d| d.weekday().to_monday_one_offset() == 7) =>
            {
                return self.shift(unit, 0, from, tense);
            }
            Unit::Week => match anchor.and_then(|d| calendar::week(d, by)) {
                Some(days) => (days.from.map(calendar::week_value).unwrap_or_default(), Some(days), Precision::Week),
                None => ("XXXX-WXX".into(), None, Precision::Week),
            },
            Unit::Weekend => {
                // "over the weekend" on a Monday is the one just past; "this weekend" on a Thursday lies ahead.
                let back = by == 0 && tense != Tense::Future && anchor.is_some_and(|d| !calendar::is_weekend(d));
                let by = if back { -1 } else { by };
                match anchor.and_then(|d| calendar::week(d, by)).and_then(|w| w.to) {
                    Some(sunday) => {
                        let value = format!("{}-WE", calendar::week_value(sunday));
                        (value, Some(Interval { from: plus(sunday, -1), to: Some(sunday) }), Precision::Day)
                    }
                    None => ("XXXX-WXX-WE".into(), None, Precision::Day),
                }
            }
            Unit::Month => match anchor.and_then(|d| calendar::month_on(d, by)) {
                Some(d) => (
                    format!("{:04}-{:02}", d.year(), d.month()),
                    calendar::month(d.year(), d.month()),
                    Precision::Month,
                ),
                None => ("XXXX-XX".into(), None, Precision::Month),
            },
            Unit::Quarter => {
                let recent = self.quarter.filter(|q| q.2 < 24);
                let found = match (by, recent) {
                    (0, Some((y, q, _))) => Some((y, q)),
                    _ => {
                        anchor.and_then(|d| calendar::month_on(d, by * 3)).map(|d| (d.year(), (d.month() - 1) / 3 + 1))
                    }
                };
                match found {
                    Some((y, q)) => (format!("{y:04}-Q{q}"), calendar::quarter(y, q), Precision::Season),
                    None => ("XXXX-QX".into(), None, Precision::Season),
                }
            }
            Unit::Year => match anchor.and_then(|d| i16::try_from(i64::from(d.year()) + by).ok()) {
                Some(y) => (format!("{y:04}"), calendar::year(y), Precision::Year),
                None => ("XXXX".into(), None, Precision::Year),
            },
            Unit::Decade => match anchor.and_then(|d| i16::try_from((i64::from(d.year()) / 10 + by) * 10).ok()) {
                Some(y) => (format!("{:03}", y / 10), calendar::months(y, 1, y + 9, 12), Precision::Vague),
                None => ("XXX".into(), None, Precision::Vague),
            },
            Unit::Century | Unit::Millennium => {
                match anchor.and_then(|d| i16::try_from(i64::from(d.year()) / 100 + by).ok()) {
                    Some(n) => (format!("{n:02}"), calendar::months(n * 100, 1, n * 100 + 99, 12), Precision::Vague),
                    None => ("XX".into(), None, Precision::Vague),
                }
            }
        }
    }

    /// An amount away from the anchor.
    fn away(&self, amount: Amount, unit: Unit, sign: i64, from: Anchor) -> Found {
        let anchor = match from {
            Anchor::Speaker => self.today.map(Interval::day),
            Anchor::Text | Anchor::Told => {
                self.anchor.or_else(|| self.today.map(Interval::day).filter(|_| sign < 0 && !self.narrative))
            }
        };
        let precision = if unit < Unit::Day { Precision::Day } else { precision_of(unit) };
        // A year before a quarter is the quarter of the year before.
        if unit == Unit::Year
            && let (Some(n), Some((y, q, age))) = (amount.exact(), self.quarter)
            && age < 16
        {
            let y = y.saturating_add(i16::try_from(sign * n.min(5000)).unwrap_or(0));
            return (format!("{y:04}-Q{q}"), calendar::quarter(y, q), Precision::Season);
        }
        // Days and weeks are counted from a day or a week: "in May ... two days later" says nothing.
        let short = |a: &Interval| {
            unit > Unit::Week || from == Anchor::Speaker || a.from.zip(a.to).is_some_and(|(f, t)| between(f, t) < 8)
        };
        let Some((low, high)) = anchor.filter(short).and_then(|a| Some((a.from?, a.to.or(a.from)?))) else {
            return (if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.into(), None, precision);
        };
        let Some(exact) = amount.exact() else {
            let (few, many) = amount.bounds();
            if unit >= Unit::Decade {
                return (if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.into(), None, Precision::Vague);
            }
            let (near, far) = (units_on(low, unit, sign * few), units_on(low, unit, sign * many));
            let days = near.zip(far).map(|(n, f)| Interval { from: Some(n.min(f)), to: Some(n.max(f)) });
            let value = if amount == Amount::Some {
                String::from(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" })
            } else {
                cut(days.and_then(|d| d.to), unit)
            };
            return (value, days, precision_of(next_unit(unit)));
        };
        let (a, b) = (units_on(low, unit, sign * exact), units_on(high, unit, sign * exact));
        let Some((a, b)) = a.zip(b) else {
            return (if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.into(), None, precision);
        };
        let days = match unit {
            Unit::Week if exact > 1 || low != high => Interval { from: plus(a, -3), to: plus(b, 3) },
            Unit::Week => Interval { from: plus(a, -1), to: plus(b, 1) },
            Unit::Month | Unit::Quarter => Interval { from: Some(a.first_of_month()), to: Some(b.last_of_month()) },
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
                Interval { from: date(a.year(), 1, 1), to: date(b.year(), 12, 31) }
            }
            _ => Interval { from: Some(a), to: Some(b) },
        };
        let value =
            if low == high || unit == Unit::Day { cut(Some(a), unit) } else { cut(Some(a), unit.max(Unit::Month)) };
        (value, Some(days), precision)
    }

    fn reach(&self, amount: Amount, unit: Unit, reach: Reach) -> Option<Interval> {
        // "the two-week-old siege" in a chronicle counts from the day spoken of.
        let today = self.base()?;
        let n = amount.bounds().1;
        // Hours and minutes reach into the day before at most once for every 24.
        let (unit, n) = match unit {
            Unit::Second | Unit::Minute => (Unit::Day, 0),
            Unit::Hour => (Unit::Day, (n + 23) / 24),
            other => (other, n),
        };
        match reach {
            Reach::Nowhere => None,
            Reach::Back => Some(Interval { from: Some(units_on(today, unit, -n)?), to: Some(today) }),
            Reach::Forward => Some(Interval { from: Some(today), to: Some(units_on(today, unit, n)?) }),
        }
    }
}

/// The time widened to whole months.
fn whole_months(days: Interval) -> Option<Interval> {
    let (from, to) = (days.from?, days.to?);
    Some(Interval { from: Some(from.first_of_month()), to: Some(to.last_of_month()) })
}

/// The value as exact as the unit: a day, a month, a year.
fn cut(day: Option<Date>, unit: Unit) -> String {
    let Some(d) = day else { return "XXXX-XX-XX".into() };
    match unit {
        Unit::Month | Unit::Quarter => format!("{:04}-{:02}", d.year(), d.month()),
        Unit::Year => format!("{:04}", d.year()),
        Unit::Decade | Unit::Century | Unit::Millennium => format!("{:04}", d.year()),
        Unit::Week => calendar::week_value(d),
        _ => d.to_string(),
    }
}

/// "P3W"; "PXW" when nobody counted.
fn length_value(amount: Amount, unit: Unit) -> String {
    match amount {
        Amount::Some => {
            let t = if unit < Unit::Day { "T" } else { "" };
            format!("P{t}X{}", unit.code().trim_start_matches('T'))
        }
        Amount::Halves(low, _) if low % 2 == 0 => period(low / 2, unit),
        // "a year and a half" in the next smaller unit that makes it whole.
        Amount::Halves(low, _) => {
            let (whole, code) = (low / 2, unit.code().trim_start_matches('T'));
            let rest = match unit {
                Unit::Minute => "30S",
                Unit::Hour => "30M",
                Unit::Year => "6M",
                _ => return if unit < Unit::Day { format!("PT{whole}.5{code}") } else { format!("P{whole}.5{code}") },
            };
            let t = if unit < Unit::Day { "T" } else { "" };
            if whole == 0 { format!("P{t}{rest}") } else { format!("P{t}{whole}{code}{rest}") }
        }
    }
}

fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Weekend => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Season,
        Unit::Year => Precision::Year,
        Unit::Decade | Unit::Century | Unit::Millennium => Precision::Vague,
    }
}

fn next_unit(unit: Unit) -> Unit {
    match unit {
        Unit::Second | Unit::Minute => Unit::Hour,
        Unit::Hour => Unit::Day,
        Unit::Day | Unit::Weekend => Unit::Week,
        Unit::Week => Unit::Month,
        Unit::Month | Unit::Quarter => Unit::Year,
        _ => Unit::Decade,
    }
}

fn day_value(day: Option<Date>) -> String {
    day.map_or_else(|| "XXXX-XX-XX".into(), |d| d.to_string())
}

fn year_value(year: Option<i16>) -> String {
    year.map_or_else(|| "XXXX".into(), |y| format!("{y:04}"))
}

/// The day part of a value, for a time behind it.
fn day_of(value: &str) -> &str {
    if value.contains("_REF") { "XXXX-XX-XX" } else { value.split('T').next().unwrap_or(value) }
}
