//! Feasts by name, from `data/time/holidays.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::calendar::{date, plus};
use crate::expression::Interval;
use crate::scan::{Piece, Shape, scan};

const TABLE: &str = include_str!("../../../data/time/holidays.tsv");

#[derive(Debug, Clone, Copy)]
enum Rule {
    Fixed(i8, i8),
    Nth { month: i8, weekday: i8, n: i8 },
    Easter(i64),
    Orthodox(i64),
    Islamic { month: i64, day: i64, length: i64 },
}

struct Holiday {
    /// The name's words and marks.
    words: Vec<String>,
    rule: Rule,
}

struct Table {
    all: Vec<Holiday>,
    by_first: HashMap<String, Vec<usize>>,
}

fn table() -> &'static Table {
    static TABLE_READ: OnceLock<Table> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        let all: Vec<Holiday> = TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(read).collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, holiday) in all.iter().enumerate() {
            if let Some(first) = holiday.words.first() {
                by_first.entry(first.clone()).or_default().push(n);
            }
        }
        Table { all, by_first }
    })
}

fn read(line: &str) -> Option<Holiday> {
    let (name, rule) = line.split_once('\t')?;
    let words = scan(name, 0).iter().map(|p| name[p.start as usize..p.end as usize].to_owned()).collect();
    let mut fields = rule.split_whitespace();
    let kind = fields.next()?;
    let rule = if kind == "fixed" {
        let (month, day) = fields.next()?.split_once('-')?;
        Rule::Fixed(month.parse().ok()?, day.parse().ok()?)
    } else {
        let numbers: Vec<i64> = fields.filter_map(|f| f.parse().ok()).collect();
        match (kind, numbers.as_slice()) {
            ("nth", &[month, weekday, n]) => Rule::Nth { month: month as i8, weekday: weekday as i8, n: n as i8 },
            ("easter", &[offset]) => Rule::Easter(offset),
            ("orthodox", &[offset]) => Rule::Orthodox(offset),
            ("islamic", &[month, day, length]) => Rule::Islamic { month, day, length },
            _ => return None,
        }
    };
    Some(Holiday { words, rule })
}

/// The feast whose name begins at `i`, the longest: one past it, and its index.
pub(crate) fn find(pieces: &[Piece], i: usize) -> Option<(usize, usize)> {
    let piece = pieces.get(i).filter(|p| p.capital)?;
    let table = table();
    let mut best: Option<(usize, usize)> = None;
    for &n in table.by_first.get(piece.word())? {
        let words = &table.all[n].words;
        let same = words.iter().enumerate().all(|(k, word)| {
            pieces.get(i + k).is_some_and(|p| match p.shape {
                Shape::Mark(c) => word.len() == 1 && word.starts_with(c),
                _ => p.is(word),
            })
        });
        if same && best.is_none_or(|(end, _)| i + words.len() > end) {
            best = Some((i + words.len(), n));
        }
    }
    best
}

/// The days of a feast in a year, and whether they are exact. The Islamic year is the one whose feast begins in it.
pub(crate) fn days(index: usize, year: i16) -> Option<(Interval, bool)> {
    let exact = |d: Option<Date>| d.map(|d| (Interval::day(d), true));
    match table().all.get(index)?.rule {
        Rule::Fixed(month, day) => exact(date(year, month, day)),
        Rule::Nth { month, weekday, n } => {
            let first = date(year, month, 1)?;
            if n < 0 {
                let last = first.last_of_month();
                let back = (last.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
                return exact(plus(last, -i64::from(back)));
            }
            let ahead = (weekday - first.weekday().to_monday_one_offset()).rem_euclid(7);
            exact(plus(first, i64::from(ahead) + 7 * i64::from(n - 1)))
        }
        Rule::Easter(offset) => exact(plus(easter(year)?, offset)),
        Rule::Orthodox(offset) => exact(plus(orthodox_easter(year)?, offset)),
        Rule::Islamic { month, day, length } => {
            let start = islamic(year, month, day)?;
            // The moon may be seen a day sooner or later than the table has it.
            Some((Interval { from: plus(start, -1), to: plus(start, length) }, false))
        }
    }
}

/// Western Easter, by the anonymous Gregorian computus (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

/// Orthodox Easter, by Meeus's Julian computus, carried over to the Gregorian calendar (13 days, 1900 to 2099).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    plus(date(year, (n / 31) as i8, (n % 31 + 1) as i8)?, 13)
}

/// A day of the tabular Islamic calendar (civil epoch, 30-year cycle) that falls into a Gregorian year.
fn islamic(year: i16, month: i64, day: i64) -> Option<Date> {
    // 1 Muharram of year 1 is 16 July 622 (Julian), 19 July 622 in the proleptic Gregorian calendar.
    let epoch = date(622, 7, 19)?;
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess - 1..=guess + 2)
        .filter_map(|y| {
            let days = (y - 1) * 354 + (3 + 11 * y).div_euclid(30) + 29 * (month - 1) + month / 2 + day - 1;
            plus(epoch, days)
        })
        .find(|d| d.year() == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, year: i16, from: &str, to: &str) {
        let text = name.to_owned();
        let (_, index) = find(&scan(&text, 0), 0).unwrap_or_else(|| panic!("{name} is not in the table"));
        let (days, _) = days(index, year).expect("a day");
        let shown = (days.from.map(|d| d.to_string()), days.to.map(|d| d.to_string()));
        assert_eq!(shown, (Some(from.to_owned()), Some(to.to_owned())), "{name} {year}");
    }

    #[test]
    fn feasts() {
        check("Christmas Eve", 2021, "2021-12-24", "2021-12-24");
        check("Easter Monday", 2022, "2022-04-18", "2022-04-18");
        check("Orthodox Easter", 2022, "2022-04-24", "2022-04-24");
        check("Thanksgiving", 1999, "1999-11-25", "1999-11-25");
        check("Memorial Day", 2021, "2021-05-31", "2021-05-31");
        // 13 May 2021 in most countries, 30 or 31 August 2011: inside.
        check("Eid al-Fitr", 2021, "2021-05-12", "2021-05-16");
        check("Eid al-Fitr", 2011, "2011-08-30", "2011-09-03");
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(table().all.len(), lines);
        for index in 0..lines {
            assert!(days(index, 2021).is_some(), "{:?}", table().all[index].words);
        }
    }
}
