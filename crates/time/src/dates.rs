//! Dates by name and by number: "Friday, August 6, 2021", "6th of August", "2021-08-06", "the 1990s".

use crate::amount::number;
use crate::parse::View;
use crate::raw::{Meaning, Point, Raw, Which};
use crate::scan::{Piece, Shape};
use crate::words::{Lex, Unit};

/// Nouns that are counted: "2000 people" is no year.
const COUNTED: &[&str] = &[
    "people",
    "troops",
    "soldiers",
    "fighters",
    "men",
    "women",
    "children",
    "civilians",
    "miles",
    "km",
    "kilometers",
    "kilometres",
    "meters",
    "metres",
    "feet",
    "points",
    "shares",
    "dollars",
    "tons",
    "tonnes",
    "pounds",
    "euros",
    "barrels",
    "homes",
    "houses",
    "families",
    "refugees",
    "prisoners",
    "militants",
    "rebels",
    "police",
    "officers",
    "members",
    "percent",
    "per",
    "million",
    "billion",
    "hours",
    "days",
    "years",
    "weeks",
    "months",
    "degrees",
    "square",
    "acres",
    "hectares",
    "rounds",
    "words",
    "persons",
    "villages",
    "others",
    "dead",
    "wounded",
    "kg",
    "mm",
    "square",
    "residents",
    "personnel",
    "killed",
    "injured",
    "rockets",
    "shells",
    "tanks",
    "seats",
    "votes",
];

impl View<'_> {
    /// A month by name; `None` for "may" and "march" as verbs.
    pub(crate) fn month(&self, i: usize) -> Option<(usize, i8)> {
        let piece = self.at(i)?;
        if !piece.capital {
            return None;
        }
        match piece.lex {
            Lex::Month(m) => {
                let verb_like = m == 5 || m == 3;
                let opens = self.before(i).is_none_or(|p| matches!(p.shape, Shape::Mark('.' | '"' | '?' | '!' | ':')));
                let dated = self.at(i + 1).is_some_and(|p| p.digits() > 0 || p.shape == Shape::Mark(','));
                // "May they rest" opens a sentence; so does "March on the capital".
                // "March for Life", "the March on Rome"; but "March of 2011".
                if m == 3
                    && self.any(i + 1, &["for", "of", "on"])
                    && self.at(i + 2).is_none_or(|p| p.digits() != 4)
                    && self.at(i + 2).is_some_and(|p| p.capital || p.is("the"))
                {
                    return None;
                }
                if verb_like
                    && opens
                    && !dated
                    && !self.any(i + 1, &["and", "to", "was", "is", "saw", "brought", "this", "last", "the"])
                {
                    return None;
                }
                Some((i + 1, m))
            }
            Lex::Mon(m) => {
                if self.mark(i + 1, '.') && self.glued(i + 1) {
                    return Some((i + 2, m));
                }
                let dated = self.at(i + 1).is_some_and(|p| p.digits() > 0)
                    || self.mark(i + 1, '-')
                    || self.before(i).is_some_and(|p| p.digits() > 0 && p.number <= 31);
                (dated || piece.is("sept") || piece.is("aug")).then_some((i + 1, m))
            }
            _ => None,
        }
    }

    /// A day of the month: "6", "6th", "sixth". Gives one past it.
    pub(crate) fn day(&self, i: usize) -> Option<(usize, i8)> {
        let piece = self.at(i)?;
        if (1..=2).contains(&piece.digits()) && (1..=31).contains(&piece.number) {
            if self.glued(i + 1) && self.any(i + 1, &["st", "nd", "rd", "th"]) {
                return Some((i + 2, piece.number as i8));
            }
            // "6,000", "6.5", "6:30", "6%", "6/7"
            let tail = self.glued(i + 1)
                && (self.mark(i + 1, ',') || self.mark(i + 1, '.') || self.mark(i + 1, ':') || self.mark(i + 1, '/'))
                && self.at(i + 2).is_some_and(|p| p.digits() > 0 && !p.spaced);
            if tail
                || self.mark(i + 1, '%')
                || (self.glued(i + 1) && self.at(i + 1).is_some_and(|p| p.shape == Shape::Letters))
            {
                return None;
            }
            return Some((i + 1, piece.number as i8));
        }
        match piece.lex {
            Lex::Ordinal(n @ 1..=31) => Some((i + 1, n as i8)),
            Lex::Number(tens @ (20 | 30)) if self.mark(i + 1, '-') => match self.lex(i + 2) {
                Lex::Ordinal(n @ 1..=9) if tens + n <= 31 => Some((i + 3, (tens + n) as i8)),
                _ => None,
            },
            _ => None,
        }
    }

    /// A year behind a date: ", 2021" or " 2021" or "of 2021".
    fn year_behind(&self, i: usize) -> Option<(usize, i16)> {
        let at = if self.mark(i, ',') || self.any(i, &["of", "in"]) { i + 1 } else { i };
        let piece = self.at(at)?;
        let ok = piece.digits() == 4
            && (1000..2200).contains(&piece.number)
            && !(self.glued(at + 1)
                && self.mark(at + 1, ',')
                && self.at(at + 2).is_some_and(|p| p.digits() == 3 && !p.spaced));
        if ok {
            return Some((at + 1, piece.number as i16));
        }
        if self.is(i, "of") {
            return self.spelled_year(at);
        }
        self.spelled_year(i)
    }

    /// "nineteen ninety-seven".
    fn spelled_year(&self, i: usize) -> Option<(usize, i16)> {
        let Lex::Number(high @ 10..=20) = self.lex(i) else { return None };
        let next = i + 1;
        let tens = match self.lex(next) {
            Lex::Number(n) if n >= 10 => n,
            _ => return None,
        };
        let (end, low) = number(self.pieces, next)?;
        (low < 100 && low >= tens && self.phrase_ends(end)).then_some((end, (high * 100 + low) as i16))
    }

    /// A weekday by name.
    pub(crate) fn weekday(&self, i: usize) -> Option<(usize, i8)> {
        match self.at(i)?.lex {
            Lex::Weekday(d) => Some((i + 1, d)),
            Lex::Wday(d) if self.at(i)?.capital => {
                let next = self.past(i + 1, '.');
                let after = self.past(next, ',');
                (self.month(after).is_some() || (after > i + 1 && self.day(after).is_some())).then_some((next, d))
            }
            _ => None,
        }
    }

    /// Dates by name, from "May" to "Friday, August 6, 2021", with "last", "this" or "next" before.
    pub(crate) fn named_date(&self, i: usize) -> Option<Raw> {
        let (at, which) = self.which(i);
        let mut point = Point { which, ..Point::default() };
        if let Some((next, weekday)) = self.weekday(at) {
            point.weekday = Some(weekday);
            let after = self.past(next, ',');
            let after = after + usize::from(self.is(after, "the"));
            if let Some(full) = self.month_and_day(after, &mut point) {
                return Some(Raw::point(i, full, point));
            }
            if which.is_none() {
                let of = next + usize::from(self.is(next, "of"));
                let step = match self.at(of).map(Piece::word) {
                    Some("last") => -1,
                    Some("this") => 0,
                    Some("next") => 1,
                    _ => return Some(Raw::point(i, next, point)),
                };
                if self.lex(of + 1) == Lex::Unit(Unit::Week) {
                    point.which = Some(Which::InWeek(step));
                    return Some(Raw::point(i, of + 2, point));
                }
            }
            return Some(Raw::point(i, next, point));
        }
        let the = usize::from(which.is_none() && self.is(at, "the"));
        // "the 6th of August", but in "the Aug. 6 raid" the article is the raid's.
        if let Some(next) =
            self.month_and_day(at + the, &mut point).filter(|_| the == 0 || self.month(at + 1).is_none())
        {
            return Some(Raw::point(i, next, point));
        }
        if the == 1 {
            // "on the 6th"
            let (next, day) = self.day(at + 1)?;
            let ordinal = next == at + 3;
            let named = self.at(next).is_some_and(|p| p.capital);
            if ordinal
                && !named
                && self.word_before(i, &["on", "by", "until", "since", "from", "to", "and", "before", "after"])
                && self.phrase_ends(next)
            {
                point.day = Some(day);
                return Some(Raw::point(i, next, point));
            }
            return None;
        }
        let (next, month) = self.month(at)?;
        point.month = Some(month);
        if let Some((end, year)) = self.year_behind(next)
            && !self.any(end, COUNTED)
        {
            point.year = Some(year);
            return Some(Raw::point(i, end, point));
        }
        // "May last year", "March this year"
        let of = next + usize::from(self.is(next, "of"));
        if self.any(of, &["last", "this", "next"]) && self.lex(of + 1) == Lex::Unit(Unit::Year) {
            point.year_shift = Some(match self.at(of)?.word() {
                "last" => -1,
                "this" => 0,
                _ => 1,
            });
            return Some(Raw::point(i, of + 2, point));
        }
        // The dot of "Sept." before a new sentence is not told apart; it belongs to the abbreviation.
        Some(Raw::point(i, next, point))
    }

    /// "August 6[, 2021]" or "6[th] [of] August [2021]": fills the point and gives one past it.
    fn month_and_day(&self, i: usize, point: &mut Point) -> Option<usize> {
        if let Some((next, month)) = self.month(i) {
            let the = usize::from(self.is(next, "the"));
            let (end, day) = self.day(next + the)?;
            if the == 1 && end != next + 3 {
                return None;
            }
            // "May 6 people": only a count when the word behind is a counted noun.
            if self.any(end, COUNTED) && !self.any(end, &["killed", "dead"]) {
                return None;
            }
            (point.month, point.day) = (Some(month), Some(day));
            if let Some((full, year)) = self.year_behind(end).filter(|_| !self.is(end, "in")) {
                point.year = Some(year);
                return Some(full);
            }
            return Some(end);
        }
        let (next, day) = self.day(i)?;
        let of = self.past(next + usize::from(self.is(next, "of")), '-');
        let (end, month) = self.month(of)?;
        (point.month, point.day) = (Some(month), Some(day));
        let after = self.past(end, '-');
        if let Some((full, year)) = self.year_behind(after).filter(|_| !self.is(after, "in")) {
            point.year = Some(year);
            return Some(full);
        }
        Some(end)
    }

    /// "last", "this", "next", "the previous", "the following" before a recurring name.
    pub(crate) fn which(&self, i: usize) -> (usize, Option<Which>) {
        let the = usize::from(self.is(i, "the"));
        let at = i + the;
        let which = match self.at(at).map(Piece::word) {
            Some("last") => Which::Last,
            Some("past") if the == 1 => Which::Last,
            Some("this") if self.any(at + 1, &["past", "last"]) => return (at + 2, Some(Which::Last)),
            Some("this") if self.any(at + 1, &["coming", "next"]) => return (at + 2, Some(Which::Next)),
            Some("this") => Which::This,
            Some("next" | "coming" | "upcoming") => Which::Next,
            Some("previous" | "preceding") => Which::Previous,
            Some("following") => Which::Following,
            _ => return (i, None),
        };
        let which = if the == 1 && which == Which::Next { Which::Following } else { which };
        (at + 1, Some(which))
    }

    /// "2021-08-06", "08/06/21", "6.8.2021".
    pub(crate) fn numeric_date(&self, i: usize) -> Option<Raw> {
        let (a, sep, b, c) = (self.at(i)?, self.at(i + 1)?, self.at(i + 2)?, self.at(i + 4)?);
        let Shape::Mark(mark @ ('-' | '/' | '.')) = sep.shape else { return None };
        if !self.mark(i + 3, mark)
            || (i + 1..=i + 4).any(|j| !self.glued(j))
            || a.digits() == 0
            || b.digits() == 0
            || c.digits() == 0
        {
            return None;
        }
        if self
            .before(i)
            .is_some_and(|p| !a.spaced && matches!(p.shape, Shape::Mark('-' | '/' | '.' | '$' | ':') | Shape::Letters))
        {
            return None;
        }
        if self.glued(i + 5) && (self.mark(i + 5, '-') || self.mark(i + 5, '/')) {
            return None;
        }
        let mut point = Point::default();
        if a.digits() == 4 && b.digits() <= 2 && c.digits() <= 2 {
            point.year = Some(a.number as i16);
            (point.month, point.day) = (month_number(b.number), day_number(c.number));
        } else if a.digits() <= 2 && b.digits() <= 2 && (c.digits() == 4 || (c.digits() == 2 && mark != '.')) {
            let year = if c.digits() == 4 { c.number } else { c.number + if c.number < 70 { 2000 } else { 1900 } };
            point.year = Some(year as i16);
            let (x, y) = (a.number, b.number);
            if mark == '.' || x > 12 {
                (point.month, point.day) = (month_number(y), day_number(x));
            } else {
                (point.month, point.day) = (month_number(x), day_number(y));
                point.swappable = y <= 12 && x != y;
            }
        }
        if !point.year.is_some_and(|y| (1000..2200).contains(&y)) || point.month.is_none() || point.day.is_none() {
            return None;
        }
        // "2021-08-06T14:30:00Z"
        let mut raw = Raw::point(i, i + 5, point);
        if self.glued(i + 5)
            && self.is(i + 5, "t")
            && let (Some(h), Some(m)) = (self.at(i + 6), self.at(i + 8))
            && h.digits() == 2
            && m.digits() == 2
            && h.number < 24
            && m.number < 60
            && self.mark(i + 7, ':')
        {
            raw.clock = Some((h.number as i8, m.number as i8));
            raw.last = i + 9;
        }
        Some(raw)
    }

    /// A year that stands alone: "in 2015", "the 1988 crash", "the year two thousand", "fiscal 1990".
    pub(crate) fn year(&self, i: usize) -> Option<Raw> {
        let mut at = i + usize::from(self.is(i, "the"));
        let named = self.is(at, "year") || self.is(at, "fiscal") || self.is(at, "fy");
        if named {
            at += 1 + usize::from(self.is(at, "fiscal") && self.is(at + 1, "year"));
            let point = |year: i64| Point { year: Some(year as i16), ..Point::default() };
            if let Some(piece) = self.at(at).filter(|p| p.digits() == 4 && (1000..2200).contains(&p.number)) {
                return Some(Raw::point(i, at + 1, point(piece.number)));
            }
            if let Some((end, year)) = number(self.pieces, at).filter(|&(e, n)| (1000..2200).contains(&n) && e > at + 1)
            {
                return Some(Raw::point(i, end, point(year)));
            }
            return None;
        }
        if at != i {
            return None;
        }
        if let Some((end, year)) = self.spelled_year(i).filter(|&(_, y)| (1700..2100).contains(&y)) {
            return Some(Raw::point(i, end, Point { year: Some(year), ..Point::default() }));
        }
        let piece = self.at(i)?;
        let leads = self.word_before(
            i,
            &[
                "in", "since", "until", "till", "by", "from", "before", "after", "during", "between", "early", "late",
                "mid", "of", "through",
            ],
        );
        if piece.digits() == 2 {
            // "2014-15", "1996/97"
            let first = i.checked_sub(2).and_then(|j| self.at(j))?;
            let joined = (self.mark(i - 1, '-') || self.mark(i - 1, '/'))
                && self.glued(i)
                && self.glued(i - 1)
                && !self.glued(i + 1);
            let century = first.number / 100 * 100;
            if joined
                && first.digits() == 4
                && (1800..2100).contains(&first.number)
                && piece.number > first.number % 100
                && !self.any(i + 1, COUNTED)
            {
                return Some(Raw::point(
                    i,
                    i + 1,
                    Point { year: Some((century + piece.number) as i16), ..Point::default() },
                ));
            }
            return None;
        }
        if piece.digits() != 4 || !(1000..2100).contains(&piece.number) {
            return None;
        }
        if let Some(before) = self.before(i)
            && !piece.spaced
            && !matches!(before.shape, Shape::Mark('-' | '(' | '"' | '\'' | '[' | '/'))
        {
            return None;
        }
        if self.before(i).is_some_and(|p| matches!(p.shape, Shape::Mark('$' | '#' | '£' | '€')))
            || self.word_before(
                i,
                &[
                    "about",
                    "some",
                    "nearly",
                    "than",
                    "least",
                    "over",
                    "around",
                    "almost",
                    "no",
                    "approximately",
                    "number",
                    "rs",
                    "approx",
                ],
            )
        {
            return None;
        }
        // "1,998", "1998.5", "1998%", "1990s", "1800 GMT"
        if self.glued(i + 1) {
            let figure = (self.mark(i + 1, ',') || self.mark(i + 1, '.') || self.mark(i + 1, ':'))
                && self.at(i + 2).is_some_and(|p| p.digits() > 0 && !p.spaced);
            if figure || self.mark(i + 1, '%') || self.at(i + 1).is_some_and(|p| p.shape == Shape::Letters) {
                return None;
            }
            // A phone number or a part number: "1998-4432", but "1996-2001" is a range.
            let joined = self.mark(i + 1, '-') && self.at(i + 2).is_some_and(|p| p.digits() > 0 && !p.spaced);
            if joined
                && !self
                    .at(i + 2)
                    .is_some_and(|p| (p.digits() == 4 && (1000..2100).contains(&p.number)) || p.digits() == 2)
            {
                return None;
            }
        }
        let modern = (1900..2100).contains(&piece.number);
        let dated = modern || (leads && self.phrase_ends(i + 1));
        if self.any(i + 1, COUNTED) || !dated {
            return None;
        }
        // "at 2000" is a clock; a year at the head of a noun phrase is a name's ("2000 Olympics").
        if self.word_before(i, &["at", "room", "flight", "route", "highway", "boeing", "page", "nos", "resolution"]) {
            return None;
        }
        Some(Raw::point(i, i + 1, Point { year: Some(piece.number as i16), ..Point::default() }))
    }

    /// "the 1990s", "the '90s", "the nineties", "the 20th century".
    pub(crate) fn decade(&self, i: usize) -> Option<Raw> {
        let the = usize::from(self.is(i, "the"));
        let mut at = i + the;
        let piece = self.at(at)?;
        if let Some(n) = self.century(at) {
            return Some(Raw::new(i, n.0, Meaning::Century(n.1)));
        }
        if piece.digits() == 4 && piece.number % 10 == 0 && (1000..2100).contains(&piece.number) {
            let quote = self.past(at + 1, '\'');
            if self.is(quote, "s") && self.glued(quote) && self.glued(at + 1) && (quote == at + 1 || the == 1) {
                return Some(Raw::new(i, quote + 1, Meaning::Decade(piece.number as i16)));
            }
            return None;
        }
        let quoted = self.mark(at, '\'');
        at += usize::from(quoted);
        let short = self.at(at)?;
        if (the == 1 || quoted || self.word_before(i, &["mid", "early", "late"]))
            && short.digits() == 2
            && short.number % 10 == 0
            && self.glued(at + 1)
            && self.is(at + 1, "s")
            && short.number >= 20
        {
            return Some(Raw::new(i, at + 2, Meaning::Decade(1900 + short.number as i16)));
        }
        let decade = match short.word() {
            "twenties" => 1920,
            "thirties" => 1930,
            "forties" => 1940,
            "fifties" => 1950,
            "sixties" => 1960,
            "seventies" => 1970,
            "eighties" => 1980,
            "nineties" => 1990,
            _ => return None,
        };
        (the == 1 || self.word_before(i, &["mid", "early", "late", "-"]))
            .then(|| Raw::new(i, at + 1, Meaning::Decade(decade)))
    }

    fn century(&self, i: usize) -> Option<(usize, i16)> {
        let piece = self.at(i)?;
        let (next, n) = if piece.digits() > 0 && self.any(i + 1, &["st", "nd", "rd", "th"]) && self.glued(i + 1) {
            (i + 2, piece.number)
        } else if let Lex::Ordinal(n) = piece.lex {
            (i + 1, n)
        } else if piece.is("twenty") && self.mark(i + 1, '-') && self.is(i + 2, "first") {
            (i + 3, 21)
        } else {
            return None;
        };
        let next = self.past(next, '-');
        (self.lex(next) == Lex::Unit(Unit::Century) && (1..=21).contains(&n)).then_some((next + 1, n as i16 - 1))
    }

    /// Several days of one month: "August 6 and 7", "6-8 August 2021".
    pub(crate) fn list(&self, i: usize) -> Option<Vec<Raw>> {
        if let Some((next, month)) = self.month(i) {
            let (at, day) = self.day(next)?;
            let (at, mut days) = self.more_days(at, (i, at, day))?;
            if self.month(at).is_some() || self.any(at, COUNTED) {
                return None;
            }
            let year = self.year_behind(at).filter(|_| !self.is(at, "in"));
            if let (Some((end, _)), Some(last)) = (year, days.last_mut()) {
                last.1 = end;
            }
            return Some(days_of(&days, month, year.map(|y| y.1)));
        }
        let (at, day) = self.day(i)?;
        if self.at(i)?.digits() == 0 {
            return None;
        }
        let (at, mut days) = self.more_days(at, (i, at, day))?;
        let (mut end, month) = self.month(at + usize::from(self.is(at, "of")))?;
        let year = self.year_behind(end).filter(|_| !self.is(end, "in"));
        if let Some((full, _)) = year {
            end = full;
        }
        if let Some(last) = days.last_mut() {
            last.1 = end;
        }
        Some(days_of(&days, month, year.map(|y| y.1)))
    }

    /// The further days of a list, each behind "-", "and", "to", or a comma that leads to such a one. At most eight:
    /// a longer row of small numbers is a table, and looking on would cost more than linear time.
    fn more_days(&self, mut at: usize, first: ListedDay) -> Option<(usize, Vec<ListedDay>)> {
        let mut days = vec![first];
        let mut closed = 1;
        let mut end = at;
        while days.len() < 8 {
            let comma = usize::from(self.mark(at, ','));
            let word = usize::from(
                self.any(at + comma, &["and", "or", "to", "through", "until"]) || self.mark(at + comma, '-'),
            );
            if comma + word == 0 {
                break;
            }
            let from = at + comma + word;
            let from = from + usize::from(self.is(from, "the"));
            let Some((to, day)) = self.day(from).filter(|_| self.at(from).is_some_and(|p| p.digits() > 0)) else {
                break;
            };
            days.push((from, to, day));
            at = to;
            if word == 1 {
                closed = days.len();
                end = at;
            }
        }
        days.truncate(closed);
        (days.len() > 1).then_some((end, days))
    }
}

/// A day of a list: its first piece, one past its last, the day of the month.
type ListedDay = (usize, usize, i8);

fn days_of(days: &[ListedDay], month: i8, year: Option<i16>) -> Vec<Raw> {
    days.iter()
        .map(|&(first, last, day)| {
            Raw::point(first, last, Point { year, month: Some(month), day: Some(day), ..Point::default() })
        })
        .collect()
}

fn month_number(n: i64) -> Option<i8> {
    (1..=12).contains(&n).then_some(n as i8)
}

fn day_number(n: i64) -> Option<i8> {
    (1..=31).contains(&n).then_some(n as i8)
}
