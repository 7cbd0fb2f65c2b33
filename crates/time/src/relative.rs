//! Expressions that point from another time: "today", "last night", "the following week", "the first half of 2011".

use crate::amount::{Amount, amount};
use crate::parse::View;
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, Reach};
use crate::scan::Shape;
use crate::words::{Lex, Part, Unit};

impl View<'_> {
    /// "today", "yesterday morning", "this afternoon", "last night", "that day", "the next morning".
    pub(crate) fn deictic(&self, i: usize) -> Option<Raw> {
        let day = |by, from| Meaning::Shift { unit: Unit::Day, by, from };
        let word = self.at(i)?.word();
        let simple = match word {
            "today" => Some((0, None)),
            "yesterday" => Some((-1, None)),
            "tomorrow" => Some((1, None)),
            "tonight" => Some((0, Some(Part::Night))),
            _ => None,
        };
        if let Some((by, part)) = simple {
            let mut raw = Raw::new(i, i + 1, day(by, Anchor::Speaker));
            raw.part = part;
            return Some(raw);
        }
        // "the day before", "the day after", with or without what it was.
        if word == "the" && self.is(i + 1, "day") && self.any(i + 2, &["before", "after"]) && self.word_free(i + 3) {
            let by = if self.is(i + 2, "before") { -1 } else { 1 };
            return Some(Raw::new(i, i + 3, day(by, Anchor::Text)));
        }
        if word == "overnight" {
            let mut raw = Raw::new(i, i + 1, day(-1, Anchor::Speaker));
            raw.part = Some(Part::Night);
            return Some(raw);
        }
        if word == "the"
            && self.is(i + 1, "day")
            && (self.is(i + 2, "before") || self.is(i + 2, "after"))
            && self.any(i + 3, &["yesterday", "tomorrow"])
        {
            let by = if self.is(i + 3, "yesterday") { -2 } else { 2 };
            return Some(Raw::new(i, i + 4, day(by, Anchor::Speaker)));
        }
        // Parts of a day with a pointing word before.
        let (at, by, from) = match word {
            "this" => (i + 1, 0, Anchor::Speaker),
            "last" => (i + 1, -1, Anchor::Speaker),
            "that" => (i + 1, 0, Anchor::Told),
            "the" if self.any(i + 1, &["same"]) => (i + 2, 0, Anchor::Told),
            "the" if self.any(i + 1, &["next", "following"]) => (i + 2, 1, Anchor::Text),
            "the" if self.any(i + 1, &["previous", "preceding"]) => (i + 2, -1, Anchor::Text),
            "the" if self.word_before(i, &["in", "during", "by"]) => (i + 1, 0, Anchor::Text),
            "next" | "following" | "previous" => return None,
            _ => return None,
        };
        let edge = match self.at(at)?.word() {
            "early" => Edge::Early,
            "late" => Edge::Late,
            _ => Edge::Whole,
        };
        let at = at + usize::from(edge != Edge::Whole);
        let Lex::Part(part, false) = self.lex(at) else { return None };
        if word == "the" && matches!(self.at(at)?.word(), "dawn" | "dusk" | "sunset" | "sunrise") {
            return None;
        }
        // "last night" is yesterday's; "last evening" too; "last afternoon" is not said.
        let mut raw = Raw::new(i, at + 1, day(by, from));
        raw.part = Some(part);
        raw.edge = edge;
        // "in the morning of August 6" is taken up where the date is read.
        Some(raw)
    }

    /// Nothing follows that "before" and "after" would need.
    fn word_free(&self, i: usize) -> bool {
        self.at(i).is_none_or(|p| {
            matches!(p.shape, Shape::Mark(_)) || p.any_of(&["in", "at", "and", "when", "that", "by", "on"])
        })
    }

    /// Units with a pointing word: "this week", "last year", "the following month", "the past three months",
    /// "the first nine months", "recent days", "the weekend".
    pub(crate) fn unit_phrase(&self, i: usize) -> Option<Raw> {
        let the = usize::from(self.any(i, &["the", "its", "their", "his", "our"]));
        let at = i + the;
        let point = self.at(at)?.word();
        let next = at + 1;
        // "the weekend"
        if the == 1 && self.lex(at) == Lex::Unit(Unit::Weekend) && self.is(i, "the") {
            return Some(shift(i, next, Unit::Weekend, 0, Anchor::Speaker));
        }
        if the == 1 && self.is(i, "the") && self.lex(at) == Lex::Unit(Unit::Quarter) && !self.is(next, "of") {
            return Some(shift(i, next, Unit::Quarter, 0, Anchor::Text));
        }
        let fiscal = usize::from(self.is(at, "fiscal"));
        if the == 1
            && self.is(i, "the")
            && self.lex(at + fiscal) == Lex::Unit(Unit::Year)
            && self.any(next + fiscal, &["ended", "ending"])
        {
            return Some(Raw::new(
                i,
                next + fiscal,
                Meaning::Length { amount: Amount::whole(1), unit: Unit::Year, reach: Reach::Nowhere },
            ));
        }
        // "this past week", "this coming year"
        if point == "this"
            && self.any(next, &["past", "last", "coming", "next"])
            && let Lex::Unit(unit) = self.lex(next + 1)
        {
            let by = if self.any(next, &["past", "last"]) { -1 } else { 1 };
            return Some(shift(i, next + 2, unit, by, Anchor::Speaker));
        }
        let (by, from, reach) = match point {
            "last"
                if self.lex(next) == Lex::Unit(Unit::Day)
                    || self.lex(next) == Lex::Unit(Unit::Week) && self.is(next + 1, "of") =>
            {
                return self.counted_part(i, at);
            }
            "last" | "past" => (-1, Anchor::Speaker, Reach::Back),
            "this" if the == 0 => (0, Anchor::Speaker, Reach::Nowhere),
            "current" => (0, Anchor::Speaker, Reach::Nowhere),
            "latest" => (0, Anchor::Speaker, Reach::Back),
            "next" if the == 0 => (1, Anchor::Speaker, Reach::Forward),
            "coming" | "upcoming" => (1, Anchor::Speaker, Reach::Forward),
            "next" | "following" | "ensuing" | "subsequent" => (1, Anchor::Text, Reach::Forward),
            "previous" | "preceding" | "prior" => (-1, Anchor::Text, Reach::Back),
            "same" if the == 1 => (0, Anchor::Told, Reach::Nowhere),
            "that" if the == 0 => (0, Anchor::Told, Reach::Nowhere),
            "recent" => (-1, Anchor::Speaker, Reach::Back),
            _ => return self.counted_part(i, at),
        };
        // "over the past year" is the year up to now.
        if point == "past"
            && the == 1
            && let Lex::Unit(unit) = self.lex(next)
        {
            return Some(Raw::new(i, next + 1, Meaning::Rolling(unit)));
        }
        // "the past few days", "the next 48 hours", "the last three months"
        if reach != Reach::Nowhere || from == Anchor::Text {
            let few = usize::from(self.is(next, "few") || self.is(next, "couple"));
            let plain = if few == 1 {
                Some((
                    next + 1 + usize::from(self.is(next + 1, "of")),
                    if self.is(next, "few") { Amount::Some } else { Amount::whole(2) },
                ))
            } else if self.any(next, &["a", "an"]) {
                None
            } else {
                amount(self.pieces, next)
            };
            if let Some((end, amount)) = plain
                && let Lex::Units(unit) | Lex::Unit(unit) = self.lex(end)
            {
                let reach = if from == Anchor::Speaker || point == "next" { reach } else { Reach::Nowhere };
                return Some(Raw::new(i, end + 1, Meaning::Length { amount, unit, reach }));
            }
        }
        if let Lex::Units(unit) = self.lex(next) {
            let sign = match point {
                "recent" | "past" | "last" => -1,
                "coming" | "next" | "following" | "upcoming" => 1,
                _ => return None,
            };
            return Some(Raw::new(i, next + 1, Meaning::Around { unit, sign }));
        }
        if point == "recent" {
            return None;
        }
        let adjective =
            usize::from(self.any(next, &["fiscal", "financial", "calendar", "business", "working", "school"]));
        match self.lex(next + adjective) {
            // "This Week" is a programme.
            Lex::Unit(_) if point == "this" && self.at(next).is_some_and(|p| p.capital) && self.at(at)?.capital => None,
            Lex::Unit(unit) => {
                // "that day" needs a day spoken of; "that week" likewise.
                let end = next + adjective + 1;
                // "the last day" of something is no day that could be told.
                if unit == Unit::Day && matches!(point, "last" | "past" | "latest" | "current") {
                    return None;
                }
                // "this year's third quarter"
                if unit == Unit::Year && from == Anchor::Speaker && self.mark(end, '\'') && self.is(end + 1, "s") {
                    let quarter = match self.lex(end + 2) {
                        Lex::Ordinal(n @ 1..=4) if self.lex(end + 3) == Lex::Unit(Unit::Quarter) => {
                            Some((end + 4, Some(n as i8)))
                        }
                        _ if self.lex(end + 2) == Lex::Unit(Unit::Quarter) => Some((end + 3, None)),
                        _ => None,
                    };
                    if let Some((last, Some(n))) = quarter {
                        let point = Point { quarter: Some(n), year_shift: Some(by as i16), ..Point::default() };
                        return Some(Raw::point(i, last, point));
                    }
                }
                Some(shift(i, end, unit, by, from))
            }
            _ => None,
        }
    }

    /// "the first nine months", "the first week of August", "the second half of 2011".
    fn counted_part(&self, i: usize, at: usize) -> Option<Raw> {
        let (next, n) = match self.lex(at) {
            Lex::Ordinal(n) => (at + 1, n),
            _ if self.any(at, &["final", "opening", "last"]) => (at + 1, if self.is(at, "opening") { 1 } else { -1 }),
            _ => return None,
        };
        if self.is(next, "half") && (n == 1 || n == 2) {
            let of = next + usize::from(self.is(next + 1, "of")) + 1;
            if self.is(next + 1, "of") && self.is(of, "the") && self.lex(of + 1) == Lex::Unit(Unit::Year) {
                let point = Point { half: Some(n as i8), year_shift: Some(0), ..Point::default() };
                return Some(Raw::point(i, of + 2, point));
            }
            let mut inner = self.inner(of).filter(|_| self.is(next + 1, "of"))?;
            match &mut inner.meaning {
                Meaning::Point(p) if p.year.is_some() && p.month.is_none() && p.quarter.is_none() => {
                    p.half = Some(n as i8)
                }
                Meaning::Shift { unit: Unit::Year, by, from: Anchor::Speaker } => {
                    let by = *by as i16;
                    inner.meaning =
                        Meaning::Point(Point { half: Some(n as i8), year_shift: Some(by), ..Point::default() });
                }
                Meaning::Point(p) if p.month.is_some() && p.day.is_none() => {
                    inner.edge = Edge::Nth(n as i8 - 1, Unit::Month)
                }
                _ => return None,
            }
            inner.first = i;
            return Some(inner);
        }
        if self.lex(next) == Lex::Unit(Unit::Day) && self.is(next + 1, "of") && (n == 1 || n == -1) {
            let mut inner = self.inner(next + 2).filter(|r| matches!(r.meaning, Meaning::Point(p) if p.day.is_none() && (p.month.is_some() || p.year.is_some())))?;
            inner.first = i;
            inner.edge = Edge::Nth(if n < 0 { -1 } else { 0 }, Unit::Day);
            return Some(inner);
        }
        if self.lex(next) == Lex::Unit(Unit::Week) && self.any(next + 1, &["of", "in"]) {
            let mut inner = self.inner(next + 2)?;
            let whole = matches!(inner.meaning, Meaning::Point(p) if p.month.is_some() && p.day.is_none())
                || matches!(inner.meaning, Meaning::Shift { unit: Unit::Month, .. });
            if !whole {
                return None;
            }
            inner.first = i;
            inner.edge = if n < 0 { Edge::Nth(-1, Unit::Week) } else { Edge::Nth(n as i8 - 1, Unit::Week) };
            return Some(inner);
        }
        let few = usize::from(self.is(next, "few"));
        let (end, amount) =
            if few == 1 { (next + 1, Amount::Some) } else { amount(self.pieces, next).unwrap_or((next, Amount::Some)) };
        match self.lex(end) {
            Lex::Units(unit) if unit != Unit::Quarter => {
                Some(Raw::new(i, end + 1, Meaning::Length { amount, unit, reach: Reach::Nowhere }))
            }
            _ => None,
        }
    }

    /// What may stand behind "the first half of": no phrase that could hold such a one again, so that no text can
    /// make the reading go deep.
    fn inner(&self, i: usize) -> Option<Raw> {
        if self.any(i, &["this", "last", "next"])
            && let Lex::Unit(unit) = self.lex(i + 1)
        {
            let by = if self.is(i, "this") {
                0
            } else if self.is(i, "last") {
                -1
            } else {
                1
            };
            return Some(shift(i, i + 2, unit, by, Anchor::Speaker));
        }
        self.named_date(i).or_else(|| self.year(i)).or_else(|| self.bare_unit(i))
    }

    /// "the day", "the month" where an outer phrase asks for it ("the end of the month", "earlier in the week").
    pub(crate) fn bare_unit(&self, i: usize) -> Option<Raw> {
        let the = usize::from(self.is(i, "the"));
        match self.lex(i + the) {
            // "the end of the day" is that of the day spoken of.
            Lex::Unit(Unit::Day) if the == 1 => Some(shift(i, i + 2, Unit::Day, 0, Anchor::Text)),
            Lex::Unit(unit) if the == 1 && unit > Unit::Day => Some(shift(i, i + 2, unit, 0, Anchor::Speaker)),
            _ => None,
        }
    }
}

pub(crate) fn shift(first: usize, last: usize, unit: Unit, by: i32, from: Anchor) -> Raw {
    Raw::new(first, last, Meaning::Shift { unit, by, from })
}
