//! Days as whole numbers, so that they can be counted. After Howard Hinnant, "chrono-compatible low-level date
//! algorithms" (days_from_civil, civil_from_days).

use jiff::civil::Date;

/// Days since 1970-01-01.
pub(crate) type Day = i32;

pub(crate) fn number(date: Date) -> Day {
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

pub(crate) fn date(day: Day) -> Date {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    let y = yoe + era * 400 + i32::from(m <= 2);
    // Every day that comes in was made from a date, give or take a year: out of range only at year 9999.
    Date::new(y as i16, m as i8, (doy - (153 * mp + 2) / 5 + 1) as i8).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_up_one_by_one_through_every_kind_of_year() {
        let mut expect = Date::constant(1899, 12, 30);
        for n in number(expect)..number(Date::constant(2105, 1, 2)) {
            assert_eq!((date(n), number(expect)), (expect, n));
            expect = expect.tomorrow().unwrap();
        }
        assert_eq!(number(Date::constant(1970, 1, 1)), 0);
    }
}
