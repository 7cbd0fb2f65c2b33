//! Small questions to the calendar.

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday};

use crate::expression::Interval;
use crate::raw::Edge;
use crate::words::{Season, Unit};

/// A date, if there is one.
pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// So many days on (or back).
pub(crate) fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(SignedDuration::from_hours(days.checked_mul(24)?)).ok()
}

/// Days from `a` to `b`.
pub(crate) fn between(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours() / 24
}

/// Monday to Sunday of the ISO week so many weeks away.
pub(crate) fn week(day: Date, by: i64) -> Option<Interval> {
    let monday = plus(day, 7 * by - i64::from(day.weekday().to_monday_zero_offset()))?;
    Some(Interval { from: Some(monday), to: plus(monday, 6) })
}

/// "2021-W31"
pub(crate) fn week_value(day: Date) -> String {
    let iso = day.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

/// The weekday (1 to 7) of the ISO week so many weeks away.
pub(crate) fn weekday_in(day: Date, by: i64, weekday: i8) -> Option<Date> {
    plus(week(day, by)?.from?, i64::from(weekday - 1))
}

/// The latest such weekday on or before a day.
pub(crate) fn weekday_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    plus(day, -i64::from(back))
}

/// The earliest such weekday on or after a day.
pub(crate) fn weekday_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    plus(day, i64::from(ahead))
}

/// The month so many months away, as its first day.
pub(crate) fn month_on(day: Date, by: i64) -> Option<Date> {
    let n = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + by;
    date(i16::try_from(n.div_euclid(12)).ok()?, (n.rem_euclid(12) + 1) as i8, 1)
}

/// A whole month.
pub(crate) fn month(year: i16, month: i8) -> Option<Interval> {
    let first = date(year, month, 1)?;
    Some(Interval { from: Some(first), to: Some(first.last_of_month()) })
}

/// From the first day of one month to the last day of another.
pub(crate) fn months(year: i16, from: i8, to_year: i16, to: i8) -> Option<Interval> {
    Some(Interval { from: Some(date(year, from, 1)?), to: Some(date(to_year, to, 1)?.last_of_month()) })
}

/// A whole year.
pub(crate) fn year(year: i16) -> Option<Interval> {
    months(year, 1, year, 12)
}

/// A quarter, 1 to 4.
pub(crate) fn quarter(year: i16, n: i8) -> Option<Interval> {
    months(year, n * 3 - 2, year, n * 3)
}

/// A season by months (northern half of the earth): spring from March, winter from December into the next year.
pub(crate) fn season(year: i16, season: Season) -> Option<Interval> {
    match season {
        Season::Spring => months(year, 3, year, 5),
        Season::Summer => months(year, 6, year, 8),
        Season::Autumn => months(year, 9, year, 11),
        Season::Winter => months(year, 12, year.checked_add(1)?, 2),
    }
}

/// The season as TIMEX3 writes it.
pub(crate) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// A day so many units away; months and years keep the day of the month where they can.
pub(crate) fn units_on(day: Date, unit: Unit, n: i64) -> Option<Date> {
    if n.abs() > 100_000 {
        return None;
    }
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => plus(day, 0),
        Unit::Day => plus(day, n),
        Unit::Week | Unit::Weekend => plus(day, n * 7),
        Unit::Month => on_month(day, n),
        Unit::Quarter => on_month(day, n * 3),
        Unit::Year => on_month(day, n * 12),
        Unit::Decade => on_month(day, n * 120),
        Unit::Century => on_month(day, n * 1200),
        Unit::Millennium => on_month(day, n * 12_000),
    }
}

fn on_month(day: Date, n: i64) -> Option<Date> {
    let first = month_on(day, n)?;
    date(first.year(), first.month(), day.day().min(first.days_in_month()))
}

/// The part of an interval that "early", "mid" and "late" leave. A month falls into thirds of ten days; a longer
/// stretch into its first quarter, its middle third and its last quarter ("late 2017" is October to December).
pub(crate) fn edge(days: Interval, edge: Edge) -> Option<Interval> {
    let (from, to) = (days.from?, days.to?);
    let length = between(from, to) + 1;
    let part = |a: i64, b: i64| Some(Interval { from: plus(from, a), to: plus(from, b) });
    match edge {
        Edge::Whole => Some(days),
        _ if length <= 1 => Some(days),
        Edge::Nth(n, Unit::Day) if n < 0 => part(length - 1, length - 1),
        Edge::Nth(_, Unit::Day) => part(0, 0),
        Edge::Early | Edge::Start if length <= 8 => part(0, 2),
        Edge::Mid if length <= 8 => part(1, 3),
        Edge::Late | Edge::End if length <= 8 => part(length - 3, length - 1),
        Edge::Early | Edge::Start if length <= 31 => part(0, 9),
        Edge::Mid if length <= 31 => part(10, 19),
        Edge::Late | Edge::End if length <= 31 => part(20, length - 1),
        // Whole months, as people count them.
        Edge::Early | Edge::Start if is_year(from, to) => months(from.year(), 1, from.year(), 3),
        Edge::Mid if is_year(from, to) => months(from.year(), 5, from.year(), 8),
        Edge::Late | Edge::End if is_year(from, to) => months(from.year(), 10, from.year(), 12),
        // A decade: its first four, middle three and last four years.
        Edge::Early | Edge::Start if is_decade(from, to) => months(from.year(), 1, from.year() + 3, 12),
        Edge::Mid if is_decade(from, to) => months(from.year() + 3, 1, from.year() + 6, 12),
        Edge::Late | Edge::End if is_decade(from, to) => months(from.year() + 6, 1, from.year() + 9, 12),
        Edge::Early | Edge::Start => part(0, length * 2 / 5 - 1),
        Edge::Mid => part(length * 3 / 10, length * 7 / 10 - 1),
        Edge::Late | Edge::End => part(length * 3 / 5, length - 1),
        Edge::Nth(n, Unit::Week) if n < 0 => part(length - 7, length - 1),
        Edge::Nth(n, Unit::Week) => part(i64::from(n) * 7, (i64::from(n) * 7 + 6).min(length - 1)),
        Edge::Nth(0, _) => part(0, length / 2 - 1),
        Edge::Nth(..) => part(length / 2, length - 1),
    }
}

fn is_decade(from: Date, to: Date) -> bool {
    to.year() - from.year() == 9
}

fn is_year(from: Date, to: Date) -> bool {
    from.year() == to.year() && from.month() == 1 && to.month() == 12
}

/// True on Saturday and Sunday.
pub(crate) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
