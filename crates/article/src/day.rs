//! Publication days as they are written: in fields, in labels on a page, in a dateline.

use jiff::civil::Date;

/// Reads the day of a stamp such as `2021-08-09`, `2021-08-09T23:10:00+04:30`, `20210809`,
/// `Mon, 09 Aug 2021 10:00:00 GMT` or `August 9, 2021`: the day as written, in its own time zone.
#[must_use]
pub fn read_day(stamp: &str) -> Option<Date> {
    let stamp = stamp.trim();
    let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        return date(stamp[..4].parse().ok()?, stamp[4..6].parse().ok()?, stamp[6..8].parse().ok()?);
    }
    // Longer texts are prose, not stamps.
    (stamp.len() <= 80).then(|| written(stamp)).flatten().map(|found| found.day)
}

/// The day of a number of seconds (or milliseconds) since 1970, UTC.
pub(crate) fn from_epoch(seconds: i64) -> Option<Date> {
    let seconds = if seconds.abs() > 100_000_000_000 { seconds / 1000 } else { seconds };
    let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    (1900..2100).contains(&day.year()).then_some(day)
}

/// A written day and the bytes that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub start: usize,
    pub end: usize,
    pub day: Date,
}

/// The first day with a year in the text: `9 August 2021`, `August 9, 2021`, `Aug. 9, 2021`, `09-Aug-2021`, `2021-08-09`, `2021/8/9`.
pub(crate) fn written(text: &str) -> Option<Written> {
    let tokens: Vec<Token> = tokens(text).take(64).collect();
    for at in 0..tokens.len() {
        let Some([a, b, c]) = tokens.get(at..at + 3) else { break };
        let day = match (a.kind, b.kind, c.kind) {
            (Kind::Number(d), Kind::Month(m), Kind::Number(y)) => date(y, m, d).or_else(|| date(d, m, y)),
            (Kind::Month(m), Kind::Number(d), Kind::Number(y)) => date(y, m, d),
            (Kind::Number(y), Kind::Number(m), Kind::Number(d))
                if y > 1000 && joined(text, a, b) && joined(text, b, c) =>
            {
                date(y, m, d)
            }
            _ => None,
        };
        if let Some(day) = day {
            return Some(Written { start: a.start, end: c.end, day });
        }
    }
    None
}

/// True when only one of `-/.` stands between the two.
fn joined(text: &str, a: &Token, b: &Token) -> bool {
    matches!(&text[a.end..b.start], "-" | "/" | ".")
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Number(i32),
    Month(i32),
    Word,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
}

/// Words and numbers; "9th" and "09T10" count as the number 9.
fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphanumeric)?;
        let rest = &text[start..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let kind = if digits > 0 {
            let tail = &rest[digits..word];
            let ordinal =
                matches!(tail.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th") || tail.starts_with('T');
            match rest[..digits].parse() {
                Ok(number) if ordinal && digits <= 4 => Kind::Number(number),
                _ => Kind::Word,
            }
        } else {
            written_month(&rest[..word]).map_or(Kind::Word, Kind::Month)
        };
        from = start + word.max(1);
        Some(Token { start, end: from, kind })
    })
}

fn written_month(word: &str) -> Option<i32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 || word.len() > 9 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    NAMES
        .iter()
        .position(|name| {
            *name == word || (word.len() == 3 && name.starts_with(&word)) || (word == "sept" && *name == "september")
        })
        .map(|n| n as i32 + 1)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1800..2100).contains(&year) {
        return None;
    }
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day that a paragraph of plain text gives as its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    pub day: Date,
    pub from: &'static str,
    /// True when the paragraph says nothing else.
    pub whole: bool,
    /// The agency that a dateline names in brackets.
    pub agency: Option<&'a str>,
}

/// The publication day in a dateline ("NORTHTOWN, May 3, 2019 (Example Wire) - ...") or on a line of its own
/// ("Published: 3 May 2019"). A day inside a sentence is none.
pub(crate) fn publication_day(paragraph: &str) -> Option<Found<'_>> {
    let mut cap = paragraph.len().min(200);
    while !paragraph.is_char_boundary(cap) {
        cap -= 1;
    }
    let head = &paragraph[..cap];
    let found = written(head)?;
    let (before, after) = (&head[..found.start], &paragraph[found.end..]);
    if before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_label) && small_after(after)
    {
        return Some(Found { day: found.day, from: "date line", whole: true, agency: None });
    }
    // After a dateline's date: an agency in brackets, then a dash or a colon.
    let mut near = after.len().min(60);
    while !after.is_char_boundary(near) {
        near -= 1;
    }
    let dash = after[..near].find(['-', '–', '—', ':'])?;
    let between = after[..dash].trim();
    let between_ok = between.trim_start_matches([',', '.']).trim().is_empty()
        || (between.contains('(') && between.ends_with([')', ',']));
    let agency = between.find('(').map(|open| between[open + 1..].trim_end_matches([',', ')']).trim());
    let agency = agency.filter(|agency| {
        agency.starts_with(|c: char| c.is_uppercase())
            && !agency.contains(|c: char| c.is_ascii_digit())
            && agency.split_whitespace().count() <= 5
    });
    let found = Found { day: found.day, from: "dateline", whole: false, agency };
    (between_ok && is_dateline_place(before)).then_some(found)
}

/// Where a dateline ends, in bytes after its dash: "KABUL, Aug. 12 (Example Wire) - " before the first sentence.
/// `None` when the paragraph begins with a sentence.
pub(crate) fn dateline(paragraph: &str) -> Option<usize> {
    let mut cap = paragraph.len().min(110);
    while !paragraph.is_char_boundary(cap) {
        cap -= 1;
    }
    let head = &paragraph[..cap];
    let dash = [" - ", " -- ", " – ", " — ", ") -", ")--", ") —", ") –", "— ", "-- ", " -\n", " --\n"]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| (at + usize::from(mark.starts_with(')')), *mark)))
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())))?;
    let (before, mark) = (head[..dash.0].trim_end(), dash.1.trim_start_matches(')'));
    let (place, agency) = match before.strip_suffix(')').and_then(|b| b.rfind('(').map(|open| (&b[..open], true))) {
        Some(found) => found,
        None => (before, false),
    };
    let mut dated = false;
    let parts: Vec<&str> = place
        .split(',')
        .map(str::trim)
        .filter(|part| {
            let date = part.contains(|c: char| c.is_ascii_digit()) || part.split_whitespace().all(is_label);
            dated |= date;
            !date && !part.is_empty()
        })
        .collect();
    let name = parts.join(", ");
    let shouted =
        name.chars().filter(|c| c.is_alphabetic()).take(4).all(char::is_uppercase) && name.chars().count() > 2;
    let begins = !name.is_empty() && name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 6;
    let one_place = parts.len() <= 3 && is_dateline_place(&format!("{name},"));
    // A dash within a sentence ("Kunduz - the capital - fell") has neither capitals, nor an agency, nor a date before it.
    let end = dash.0 + mark.len();
    let rest = paragraph[end..].trim_start();
    (begins && one_place && (shouted || agency || dated) && !rest.is_empty()).then(|| paragraph.len() - rest.len())
}

/// "KABUL, Afghanistan, Monday, " or "" or "Kabul (Example Wire) ".
fn is_dateline_place(before: &str) -> bool {
    let before = before.trim();
    if before.is_empty() {
        return true;
    }
    let words: Vec<&str> = before
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|word| !word.is_empty())
        .collect();
    let upper = |word: &&str| word.chars().all(|c| !c.is_lowercase());
    // Either the first word is in capitals, or the place is short and set off by a comma.
    let titled = words.iter().all(|word| {
        word.starts_with(|c: char| c.is_uppercase()) || matches!(*word, "e" | "i" | "el" | "al" | "of" | "the")
    });
    words.len() <= 8 && words.first().is_some_and(upper) && words[0].chars().count() > 1
        || (words.len() <= 5 && titled && before.ends_with(','))
}

/// Words that stand before a page's own date: labels, weekdays, a time of day.
fn is_label(word: &str) -> bool {
    const LABELS: [&str; 18] = [
        "published",
        "posted",
        "updated",
        "last",
        "first",
        "date",
        "dated",
        "issued",
        "on",
        "of",
        "publication",
        "created",
        "modified",
        "filed",
        "aired",
        "release",
        "released",
        "original",
    ];
    const DAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ];
    let small = word.to_ascii_lowercase();
    LABELS.contains(&small.as_str()) || DAYS.contains(&small.as_str()) || is_time_word(&small)
}

/// A number, or a word of a time of day.
fn is_time_word(small: &str) -> bool {
    const WORDS: [&str; 30] = [
        "am", "pm", "a", "p", "m", "at", "gmt", "utc", "et", "est", "edt", "cst", "cdt", "mst", "pst", "pdt", "hst",
        "bst", "cet", "cest", "eet", "msk", "ist", "aft", "local", "time", "h", "hrs", "hours", "updated",
    ];
    small.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&small)
}

/// "By A. Reporter and B. Reporter in Northtown": names only, and no sentence.
pub(crate) fn is_byline(paragraph: &str) -> bool {
    let Some(names) = paragraph.strip_prefix("By ").or_else(|| paragraph.strip_prefix("BY ")) else { return false };
    if paragraph.len() > 120 || paragraph.ends_with(['.', ':', ';', '"', '”']) {
        return false;
    }
    let mut words = names.split_whitespace();
    let small = |word: &str| {
        matches!(
            word,
            "and"
                | "in"
                | "for"
                | "of"
                | "at"
                | "our"
                | "the"
                | "de"
                | "van"
                | "von"
                | "al"
                | "|"
                | "-"
                | "–"
                | "—"
                | "/"
                | "reporter"
                | "correspondent"
                | "staff"
                | "special"
                | "to"
        )
    };
    names.split_whitespace().count() <= 14
        && words.all(|word| small(word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// After the date of a date line: a time, a zone, "by" somebody; no sentence.
fn small_after(after: &str) -> bool {
    let mut words = after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if after.len() > 80 {
        return false;
    }
    while let Some(word) = words.next() {
        let small = word.to_ascii_lowercase();
        if small == "by" {
            return words.count() <= 4;
        }
        if !is_label(&small) && written_month(&small).is_none() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, day: Option<&str>, whole: bool) {
        let found = publication_day(paragraph);
        assert_eq!(found.map(|found| found.day.to_string()).as_deref(), day, "{paragraph:?}");
        if let Some(found) = found {
            assert_eq!(found.whole, whole, "{paragraph:?}");
        }
    }

    #[test]
    fn stamps() {
        for stamp in [
            "2021-08-09",
            "2021-08-09T23:10:00+04:30",
            " 20210809 ",
            "20210809T101500Z",
            "Mon, 09 Aug 2021 10:00:00 GMT",
            "August 9, 2021",
            "9th August 2021",
            "2021/8/9",
            "Aug. 9, 2021 10:15 pm",
        ] {
            assert_eq!(read_day(stamp).map(|day| day.to_string()).as_deref(), Some("2021-08-09"), "{stamp}");
        }
        for stamp in
            ["", "yesterday", "2021-13-40", "August 2021", "9 August", "1628467200000000", "2021-02-30", "é2021"]
        {
            assert_eq!(read_day(stamp), None, "{stamp}");
        }
        assert_eq!(from_epoch(1_628_467_200).map(|day| day.to_string()).as_deref(), Some("2021-08-09"));
        assert_eq!(from_epoch(1_628_467_200_000), from_epoch(1_628_467_200));
        assert_eq!(from_epoch(i64::MAX), None);
    }

    #[test]
    fn a_dateline_with_a_year_gives_the_day() {
        check("NORTHTOWN, May 3, 2019 (Example Wire) - Rebels said they held the mill.", Some("2019-05-03"), false);
        check("NORTHTOWN, Upland, 3 May 2019 - Rebels said they held the mill.", Some("2019-05-03"), false);
        check("Northtown, Friday, 3 May 2019 — Rebels said they held the mill.", Some("2019-05-03"), false);
        check("Published: 3 May 2019", Some("2019-05-03"), true);
        check("Posted on Friday, May 3, 2019 at 10:15 AM by A. Reporter", Some("2019-05-03"), true);
        check("3 May 2019", Some("2019-05-03"), true);
    }

    #[test]
    fn a_dateline_ends_where_the_first_sentence_begins() {
        let check = |paragraph: &str, rest: Option<&str>| {
            assert_eq!(dateline(paragraph).map(|end| &paragraph[end..]), rest, "{paragraph}");
        };
        check("NORTHTOWN, May 3, 2019 (Example Wire) - The town fell.", Some("The town fell."));
        check("NORTHTOWN, Ruritania (EW) -- The town fell.", Some("The town fell."));
        check("NORTHTOWN, March 3 - The town fell.", Some("The town fell."));
        check("Northtown (Example Wire) — The town fell.", Some("The town fell."));
        check("NORTHTOWN - The town fell.", Some("The town fell."));
        check("Northtown - the capital - fell.", None);
        check("The army - what was left of it - fled.", None);
        check("Northtown fell on May 3 - a Friday.", None);
        check("Rebel-held Northtown fell.", None);
    }

    #[test]
    fn a_dateline_names_its_agency() {
        let agency = |text| publication_day(text).and_then(|found| found.agency);
        assert_eq!(agency("NORTHTOWN, May 3, 2019 (Example Wire) - Rebels hold the mill."), Some("Example Wire"));
        assert_eq!(agency("NORTHTOWN, May 3, 2019 - Rebels (of two kinds) hold the mill."), None);
        assert_eq!(agency("NORTHTOWN, May 3, 2019 (4 pm) - Rebels hold the mill."), None);
    }

    #[test]
    fn bylines() {
        for line in ["By A. Reporter", "By Ann Reporter and Bob Writer in Northtown", "By our correspondent"] {
            assert!(is_byline(line), "{line}");
        }
        for line in ["By noon the town had fallen", "By Friday, Northtown had fallen.", "Bygone Days", "By"] {
            assert!(!is_byline(line), "{line}");
        }
        check("Updated 5:27 am CST, Wednesday, November 20, 2019", Some("2019-11-20"), true);
        check("Updated Nov. 19, 2019 8:21 am ET / Original Nov. 19, 2019 8:02 am ET", Some("2019-11-19"), true);
    }

    #[test]
    fn a_day_inside_a_sentence_or_without_a_year_gives_none() {
        check("NORTHTOWN, May 3 (Example Wire) - Rebels said they held the mill.", None, false);
        check("On 3 May 2019 the rebels took the mill - and lost it again.", None, false);
        check("The rebels took the mill on May 3, 2019: they kept it.", None, false);
        check("3 May 2019 was the day on which the mill fell.", None, false);
        check("Since 3 May 2019, the mill has been theirs.", None, false);
        check("", None, false);
    }
}
