//! Days and moments by the patterns and month names of the catalogue.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Tongue, say};

impl Tongue {
    /// "9 August 2021".
    #[must_use]
    pub fn day(self, day: Date) -> String {
        self.date("day-long", "month-", day)
    }

    /// "9 Aug 2021", for tables.
    #[must_use]
    pub fn day_short(self, day: Date) -> String {
        self.date("day-short", "month-short-", day)
    }

    fn date(self, pattern: &str, months: &str, day: Date) -> String {
        let month = self.say(&format!("{months}{}", day.month()));
        say!(self, pattern, day = i64::from(day.day()), month = month, year = day.year().to_string())
    }

    /// "9 Aug 2021, 14:05 UTC".
    #[must_use]
    pub fn moment(self, at: Timestamp) -> String {
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        say!(self, "moment", day = self.day_short(at.date()), time = at.strftime("%H:%M").to_string())
    }

    /// "on that day", "3 days before", "2 days later"; months and years where days say nothing. `days` from the one day
    /// to the other.
    #[must_use]
    pub fn ago(self, days: i32) -> String {
        let (n, unit) = match days.abs() {
            0 => return self.say("ago-none"),
            n @ 1..=90 => (n, "days"),
            n @ 91..=730 => (n / 30, "months"),
            n => (n / 365, "years"),
        };
        let way = if days > 0 { "before" } else { "later" };
        say!(self, &format!("ago-{unit}-{way}"), n = n)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_written_by_the_language() {
        let check = |tag, long, short| {
            let tongue = Tongue::find(tag).unwrap();
            assert_eq!(
                (tongue.day(date(2021, 8, 9)).as_str(), tongue.day_short(date(2021, 8, 9)).as_str()),
                (long, short)
            );
        };
        check("en", "9 August 2021", "9 Aug 2021");
        check("ar", "9 أغسطس 2021", "9 أغسطس 2021");
    }

    #[test]
    fn long_times_are_told_in_long_units() {
        let check = |days, words: &str| assert_eq!(Tongue::ENGLISH.ago(days), words);
        check(0, "on that day");
        check(1, "1 day before");
        check(-2, "2 days later");
        check(136, "4 months before");
        check(7163, "19 years before");
    }

    #[test]
    fn moments_are_told_in_utc() {
        assert_eq!(Tongue::ENGLISH.moment(Timestamp::UNIX_EPOCH), "1 Jan 1970, 00:00 UTC");
    }
}
