//! Battles and wars by name, from `data/time/battles.tsv`: the time in which a text about one of them moves.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::calendar::{date, month};
use crate::expression::Interval;

const TABLE: &str = include_str!("../../../data/time/battles.tsv");

/// A fight that was still going on when the table was written ends on no day that could be told.
const OPEN: Option<Date> = None;

struct Battle {
    words: Vec<String>,
    days: Interval,
}

/// The battles by the first word of their names.
fn table() -> &'static HashMap<String, Vec<Battle>> {
    static READ: OnceLock<HashMap<String, Vec<Battle>>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut by_first: HashMap<String, Vec<Battle>> = HashMap::new();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(from), Some(to), Some(names)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let Some(days) = stretch(from, to) else { continue };
            for name in names.split(';') {
                let words = words(name);
                if let Some(first) = words.first() {
                    by_first.entry(first.clone()).or_default().push(Battle { words, days });
                }
            }
        }
        // The longest name first: "second battle of lyman" before a shorter one that begins alike.
        for battles in by_first.values_mut() {
            battles.sort_by_key(|b| std::cmp::Reverse(b.words.len()));
        }
        by_first
    })
}

fn stretch(from: &str, to: &str) -> Option<Interval> {
    let of = |text: &str| {
        let (y, m) = text.split_once('-')?;
        Some((y.parse::<i16>().ok()?, m.parse::<i8>().ok()?))
    };
    let (y, m) = of(from)?;
    let to = match of(to) {
        Some((y, m)) => month(y, m)?.to,
        None => OPEN,
    };
    Some(Interval { from: date(y, m, 1), to })
}

/// The first battle or war that a text names, of those that had begun by `today`. One that still went on is cut off there.
pub(crate) fn named(text: &str, today: Option<Date>) -> Option<Interval> {
    named_within(text, today, None)
}

/// The same, but only of those fought within some time.
pub(crate) fn named_within(text: &str, today: Option<Date>, within: Option<Interval>) -> Option<Interval> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        table().get(&words[at])?.iter().filter(|b| words[at..].starts_with(&b.words)).find_map(|b| {
            let from = b.days.from?;
            let to = b.days.to.or(today)?;
            let begun = today.is_none_or(|t| from <= t) && from <= to;
            let fits = within.is_none_or(|w| w.from.is_none_or(|f| f <= from) && w.to.is_none_or(|t| from <= t));
            (begun && fits).then_some(Interval { from: Some(from), to: Some(today.map_or(to, |t| to.min(t))) })
        })
    })
}

/// True when the whole text is a battle's name, but for what stands in brackets behind it.
pub(crate) fn is_name(text: &str) -> bool {
    let words = words(text.split('(').next().unwrap_or(text));
    words.first().and_then(|w| table().get(w)).is_some_and(|all| all.iter().any(|b| b.words == words))
}

/// Words in small letters without accents and without "the"; marks part them.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty() && !w.eq_ignore_ascii_case("the"))
        .map(|w| w.chars().map(plain).flat_map(char::to_lowercase).collect())
        .collect()
}

/// The letter without its accent, as far as names of places need it.
fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'À'..='Å' => 'a',
        'è'..='ë' | 'ē' | 'ě' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'ī' | 'ı' | 'Ì'..='Ï' | 'İ' => 'i',
        'ò'..='ö' | 'ō' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'ū' | 'Ù'..='Ü' => 'u',
        'ç' | 'ć' | 'č' | 'Ç' => 'c',
        'ş' | 'š' | 'Ş' | 'Š' => 's',
        'ž' | 'ź' | 'Ž' => 'z',
        'ñ' | 'Ñ' => 'n',
        'ğ' | 'Ğ' => 'g',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, today: &str, expect: &str) {
        let show = |d: Option<Date>| d.map_or(String::from("-"), |d| d.to_string());
        let got =
            named(text, today.parse().ok()).map_or("none".to_owned(), |i| format!("{} {}", show(i.from), show(i.to)));
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn battles_by_name() {
        check("battle of the siverskyi donets", "2023-06-01", "2022-05-01 2022-05-31");
        check("Siege of Kobanî", "2023-06-01", "2014-09-01 2015-03-31");
        check(
            "He spoke of the Syrian Liberation Front–Tahrir al-Sham conflict.",
            "2023-06-01",
            "2018-02-01 2018-04-30",
        );
        check("The Russian invasion of Ukraine", "2023-06-01", "2022-02-01 2023-06-01");
        check("The Russian invasion of Ukraine", "2010-06-01", "none");
        check("A battle of wits", "2023-06-01", "none");
    }

    #[test]
    fn every_row_can_be_read() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            let days = stretch(fields[0], fields[1]);
            assert!(days.is_some_and(|d| d.to.is_none_or(|t| d.from.is_some_and(|f| f <= t))), "{line}");
            assert!(fields[1].is_empty() || days.is_some_and(|d| d.to.is_some()), "{line}");
        }
    }
}
