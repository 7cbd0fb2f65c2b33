//! Expressions that count from another time: "today", "last week", "two days later", "the third quarter".

use crate::amount::{Amount, amount};
use crate::parse::View;
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, Reach, Vague};
use crate::scan::{Piece, Shape};
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

    /// "third-quarter", "the third quarter of 2021", "Q3 2021", "the 1988 quarter", "the latest quarter".
    pub(crate) fn quarter(&self, i: usize) -> Option<Raw> {
        let the = usize::from(self.is(i, "the"));
        let mut at = i + the;
        let mut point = Point::default();
        // "the year-ago quarter"
        if self.is(at, "year")
            && self.mark(at + 1, '-')
            && self.any(at + 2, &["earlier", "ago"])
            && (self.is(at + 3, "period") || self.lex(at + 3) == Lex::Unit(Unit::Quarter))
        {
            let meaning = Meaning::Away {
                amount: Amount::whole(1),
                unit: Unit::Year,
                sign: -1,
                from: Anchor::Speaker,
                length: false,
            };
            return Some(Raw::new(i, at + 4, meaning));
        }
        if self.is(at, "latest") && the == 1 && self.is(at + 1, "period") {
            return Some(shift(i, at + 2, Unit::Quarter, 0, Anchor::Text));
        }
        if self.is(at, "q") && self.glued(at + 1) && self.at(at + 1).is_some_and(|p| (1..=4).contains(&p.number)) {
            point.quarter = self.at(at + 1).map(|p| p.number as i8);
            at += 2;
        } else {
            at += usize::from(self.is(at, "fiscal"));
            at = self.past(at, '-');
            let year =
                self.at(at).filter(|p| p.digits() == 4 && (1900..2100).contains(&p.number)).map(|p| p.number as i16);
            at += usize::from(year.is_some());
            at += usize::from(self.is(at, "fiscal"));
            point.year = year;
            match self.lex(at) {
                Lex::Ordinal(n @ 1..=4) => {
                    // "the third-quarter loss": the article is the loss's.
                    if self.mark(at + 1, '-') && the == 1 {
                        return None;
                    }
                    at = self.past(at + 1, '-');
                    point.quarter = Some(n as i8);
                }
                _ if self.any(at, &["final", "last"]) && self.is(at + 2, "of") => {
                    at += 1;
                    point.quarter = Some(4);
                }
                _ => return None,
            }
            if !matches!(self.lex(at), Lex::Unit(Unit::Quarter)) {
                return None;
            }
            at += 1;
        }
        let of = at + usize::from(self.is(at, "of"));
        if point.year.is_none() {
            if let Some(piece) = self.at(of).filter(|p| p.digits() == 4 && (1900..2100).contains(&p.number)) {
                point.year = Some(piece.number as i16);
                at = of + 1;
            } else if self.any(of, &["last", "this", "next"]) && self.lex(of + 1) == Lex::Unit(Unit::Year) {
                point.year_shift = Some(if self.is(of, "last") { -1 } else { i16::from(self.is(of, "next")) });
                at = of + 2;
            }
        }
        Some(Raw::point(i, at, point))
    }

    /// "last spring", "the summer of 2014", "this winter", "in summer", "winter 2021".
    pub(crate) fn season(&self, i: usize) -> Option<Raw> {
        let (at, which) = self.which(i);
        let the = usize::from(which.is_none() && self.is(at, "the"));
        let Lex::Season(season, false) = self.lex(at + the) else { return None };
        let mut next = at + the + 1;
        let mut point = Point { season: Some(season), which, ..Point::default() };
        let of = next + usize::from(self.is(next, "of"));
        let of = self.past(of, ',');
        if let Some(year) = self.at(of).filter(|p| p.digits() == 4 && (1800..2100).contains(&p.number)) {
            point.year = Some(year.number as i16);
            next = of + 1;
        } else if which.is_none()
            && self.any(of, &["last", "this", "next"])
            && self.lex(of + 1) == Lex::Unit(Unit::Year)
        {
            point.year_shift = Some(if self.is(of, "last") { -1 } else { i16::from(self.is(of, "next")) });
            next = of + 2;
        } else if which.is_none() {
            // "fall" and "spring" alone are verbs and springs.
            let led =
                self.word_before(i, &["in", "during", "by", "before", "until", "since", "early", "late", "mid", "-"]);
            let free = self.phrase_ends(next) && !self.is(next, "of") && !self.is(next, "to");
            let plain = matches!(self.at(at + the)?.word(), "summer" | "winter" | "autumn");
            if !(led && free && (plain || the == 1)) {
                return None;
            }
        }
        Some(Raw::point(i, next, point))
    }

    /// "year-end", "year end", "year's end".
    pub(crate) fn year_end(&self, i: usize) -> Option<Raw> {
        if !self.is(i, "year") {
            return None;
        }
        let at = if self.mark(i + 1, '\'') && self.is(i + 2, "s") { i + 3 } else { self.past(i + 1, '-') };
        let mut raw = shift(i, at + 1, Unit::Year, 0, Anchor::Speaker);
        raw.edge = Edge::End;
        (self.is(at, "end") && !self.is(at + 1, "of")).then_some(raw)
    }

    /// Lengths and what is counted from them: "for three weeks", "two days ago", "a year earlier", "four-day", "weeks".
    pub(crate) fn length(&self, start: usize) -> Option<Raw> {
        // "the nine months", "the four days"
        let counted = self.is(start, "the") && matches!(self.lex(start + 1), Lex::Number(_))
            || self.is(start, "the") && self.at(start + 1).is_some_and(|p| p.digits() > 0);
        let i = start + usize::from(counted);
        let raw = self.length_from(i)?;
        // "the two-week siege": the article is the siege's.
        let joined = (i..raw.last).any(|j| self.mark(j, '-')) || !matches!(self.lex(raw.last - 1), Lex::Units(_));
        if counted && joined {
            return None;
        }
        Some(Raw { first: start, ..raw })
    }

    fn length_from(&self, i: usize) -> Option<Raw> {
        let first = self.at(i)?;
        let joined = first.shape == Shape::Letters && self.mark(i + 1, '-') && self.glued(i + 1);
        // "year-earlier", "year-ago"
        if first.is("year") && joined && self.any(i + 2, &["earlier", "ago"]) {
            let meaning = Meaning::Away {
                amount: Amount::whole(1),
                unit: Unit::Year,
                sign: -1,
                from: Anchor::Speaker,
                length: false,
            };
            return Some(Raw::new(i, i + 3, meaning));
        }
        // "decades-long", "day-long"
        if let Lex::Unit(unit) | Lex::Units(unit) = first.lex
            && joined
            && self.is(i + 2, "long")
        {
            let amount = if matches!(first.lex, Lex::Unit(_)) { Amount::whole(1) } else { Amount::Some };
            return Some(Raw::new(i, i + 3, Meaning::Length { amount, unit, reach: Reach::Nowhere }));
        }
        let ended = self.before(i).is_some_and(|p| {
            matches!(p.shape, Shape::Mark('$' | '#' | '£' | '€' | '.' | ',' | ':' | '/')) && !first.spaced
        });
        if ended || first.capital && first.is("second") {
            return None;
        }
        let (mut at, amount) = match amount(self.pieces, i) {
            Some(found) => found,
            // "for weeks", "months of fighting", "days after"
            None => match first.lex {
                Lex::Units(unit) if unit != Unit::Second && unit != Unit::Quarter && unit != Unit::Weekend => {
                    let led = self.word_before(
                        i,
                        &[
                            "for",
                            "in",
                            "within",
                            "after",
                            "over",
                            "follows",
                            "following",
                            "followed",
                            "last",
                            "take",
                            "took",
                            "lasted",
                            "of",
                            "just",
                            "than",
                            "only",
                            "through",
                        ],
                    );
                    let goes_on =
                        self.any(i + 1, &["of", "after", "before", "later", "ago", "earlier", "into", "long"]);
                    let last = self.any(i + 1, &["old"]) || self.word_before(i, &["these", "those"]);
                    if !(led || goes_on)
                        || last
                        || (self.word_before(i, &["of"]) && !goes_on && !self.phrase_ends(i + 1))
                    {
                        return None;
                    }
                    (i, Amount::Some)
                }
                _ => return None,
            },
        };
        let bare = first.any_of(&["a", "an"]);
        let dash = usize::from(self.mark(at, '-') && self.glued(at));
        at += dash;
        at += usize::from(self.any(
            at,
            &[
                "consecutive",
                "straight",
                "full",
                "whole",
                "long",
                "trading",
                "business",
                "working",
                "more",
                "additional",
                "successive",
                "calendar",
                "short",
                "solid",
                "grueling",
                "bloody",
            ],
        ));
        let unit = match self.lex(at) {
            Lex::Unit(unit) | Lex::Units(unit) if unit != Unit::Weekend => unit,
            Lex::Ordinal(2) if self.is(at, "second") && dash == 1 && !bare => Unit::Second,
            _ => return None,
        };
        let (amount, unit) = if self.any(at, &["fortnight"]) { (Amount::whole(2), unit) } else { (amount, unit) };
        if unit == Unit::Quarter && dash == 1 {
            return None;
        }
        // "one day" is mostly no length: "they will one day return".
        let told = self
            .word_before(i, &["for", "in", "only", "just", "after", "by", "than", "within", "lasted", "least", "most"])
            || self.any(at + 1, &["after", "before", "later", "earlier", "ago"]);
        if first.is("one") && unit == Unit::Day && dash == 0 && !told {
            return None;
        }
        if unit == Unit::Quarter && amount.exact().is_none_or(|n| n < 2) {
            return None;
        }
        at += 1;
        // "a year and a half", "a minute and a half"
        let amount = match amount.exact() {
            Some(n) if self.is(at, "and") && self.is(at + 1, "a") && self.is(at + 2, "half") => {
                at += 3;
                Amount::Halves(n * 2 + 1, n * 2 + 1)
            }
            _ => amount,
        };
        // Ages are no times: "48 years old", "a 45-year-old man". A siege of ten days is one.
        let old = at + usize::from(self.mark(at, '-'));
        if self.is(old, "old") || (self.is(at, "of") && self.is(at + 1, "age")) {
            if unit == Unit::Year || dash == 0 {
                return None;
            }
            return Some(Raw::new(i, old + 1, Meaning::Length { amount, unit, reach: Reach::Back }));
        }
        let away =
            |last, sign, from, length| Some(Raw::new(i, last, Meaning::Away { amount, unit, sign, from, length }));
        match self.at(at).map(Piece::word) {
            Some("ago") if self.any(at + 1, &["today"]) => return away(at + 2, -1, Anchor::Speaker, false),
            Some("ago") => return away(at + 1, -1, Anchor::Speaker, false),
            Some("earlier") => return away(at + 1, -1, Anchor::Text, false),
            Some("previously" | "prior") if !self.is(at + 1, "to") => return away(at, -1, Anchor::Text, true),
            Some("later" | "afterward" | "afterwards") => return away(at, 1, Anchor::Text, true),
            Some("after") => return away(at, 1, Anchor::Text, true),
            Some("before" | "prior") => return away(at, -1, Anchor::Text, true),
            Some("hence") => return away(at + 1, 1, Anchor::Speaker, false),
            Some("from") if self.is(at + 1, "now") => return away(at + 2, 1, Anchor::Speaker, false),
            _ => {}
        }
        if bare && dash == 0 && amount == Amount::whole(1) && unit != Unit::Hour && unit != Unit::Minute {
            return self.one_unit(i, at, unit);
        }
        if bare && dash == 1 {
            // "a three-day visit": the article is the noun's.
            return None;
        }
        Some(Raw::new(i, at, Meaning::Length { amount, unit, reach: Reach::Nowhere }))
    }

    /// "a year": a rate behind an amount ("$30 million a year"), a length behind "for" and the like, else nothing.
    fn one_unit(&self, i: usize, end: usize, unit: Unit) -> Option<Raw> {
        let length = Raw::new(i, end, Meaning::Length { amount: Amount::whole(1), unit, reach: Reach::Nowhere });
        if self.word_before(
            i,
            &[
                "for", "within", "in", "after", "about", "nearly", "almost", "than", "over", "least", "during", "only",
                "just", "as", "takes", "take", "took", "lasted", "once", "twice",
            ],
        ) {
            if self.word_before(i, &["once", "twice"]) {
                return Some(Raw::new(i, end, Meaning::Set(format!("P1{}", unit.code()))));
            }
            return Some(length);
        }
        let counted = self.before(i).is_some_and(|p| {
            p.digits() > 0
                || matches!(p.lex, Lex::Scale(_))
                || p.any_of(&[
                    "times", "million", "billion", "thousand", "percent", "barrels", "tons", "tonnes", "people",
                    "dollars",
                ])
        });
        if counted {
            return Some(Raw::new(i, end, Meaning::Set(format!("P1{}", unit.code()))));
        }
        (unit != Unit::Day && self.phrase_ends(end) && !self.is(end, "of") && !self.mark(end, '-')).then_some(length)
    }

    /// "every day", "each July", "daily", "Fridays".
    pub(crate) fn set(&self, i: usize) -> Option<Raw> {
        let word = self.at(i)?.word();
        let set = |last, value: String| Some(Raw::new(i, last, Meaning::Set(value)));
        if word == "every" || word == "each" {
            let other = usize::from(self.any(i + 1, &["other", "single"]));
            let n = if self.is(i + 1, "other") { 2 } else { 1 };
            let at = i + 1 + other;
            if let Some((_, month)) = self.month(at) {
                return set(at + 1, format!("XXXX-{month:02}"));
            }
            return match self.lex(at) {
                Lex::Unit(Unit::Weekend) => set(at + 1, "XXXX-WXX-WE".into()),
                Lex::Unit(unit) => set(at + 1, period(n, unit)),
                Lex::Weekday(d) => set(at + 1, format!("XXXX-WXX-{d}")),
                Lex::Season(s, _) => set(at + 1, format!("XXXX-{}", crate::calendar::season_code(s))),
                Lex::Part(p, _) => set(at + 1, format!("XXXX-XX-XXT{}", p.code())),
                _ => {
                    let (end, amount) = amount(self.pieces, at)?;
                    match (self.lex(end), amount.exact()) {
                        (Lex::Units(unit), Some(n)) => set(end + 1, period(n, unit)),
                        (Lex::Units(unit), None) => {
                            set(end + 1, format!("P{}X{}", t_of(unit), unit.code().trim_start_matches('T')))
                        }
                        _ => None,
                    }
                }
            };
        }
        if let Lex::Weekdays(d) = self.lex(i) {
            return set(i + 1, format!("XXXX-WXX-{d}"));
        }
        let value = match word {
            "daily" => "P1D",
            "nightly" => "XXXX-XX-XXTNI",
            "hourly" => "PT1H",
            "weekly" => "P1W",
            "monthly" => "P1M",
            "annually" | "yearly" => "P1Y",
            _ => return None,
        };
        set(i + 1, value.into())
    }

    /// "now", "currently", "recently", "the past", "the future".
    pub(crate) fn vague(&self, i: usize) -> Option<Raw> {
        let word = self.at(i)?.word();
        let make = |last, v| Some(Raw::new(i, last, Meaning::Vague(v)));
        match word {
            "now" if self.at(i)?.capital && (self.mark(i + 1, ',') || self.is(i + 1, "for")) => None,
            "now" if !self.word_before(i, &["from", "right", "just"]) || self.word_before(i, &["right", "just"]) => {
                make(i + 1, Vague::Present)
            }
            "currently" | "nowadays" | "presently" => make(i + 1, Vague::Present),
            "current" => make(i + 1, Vague::Present),
            "these" if self.is(i + 1, "days") => make(i + 2, Vague::Present),
            "at" if self.is(i + 1, "present") => make(i + 2, Vague::Present),
            "at" if self.any(i + 1, &["the", "this"])
                && self.is(i + 2, "moment")
                && self.phrase_ends(i + 3)
                && !self.is(i + 3, "of") =>
            {
                make(i + 3, Vague::Present)
            }
            "the" if self.is(i + 1, "past") && self.phrase_ends(i + 2) => make(i + 2, Vague::Past),
            "the" if self.is(i + 1, "future") => make(i + 2, Vague::Future),
            "the" if self.any(i + 1, &["near", "foreseeable", "distant", "immediate"]) && self.is(i + 2, "future") => {
                make(i + 3, Vague::Future)
            }
            "future" => make(i + 1, Vague::Future),
            "recently" | "lately" => make(i + 1, Vague::Past),
            "more" if self.is(i + 1, "recently") => make(i + 2, Vague::Past),
            _ => None,
        }
    }

    /// A feast from the table: "Christmas Day", "last Thanksgiving", "Eid al-Fitr".
    pub(crate) fn holiday(&self, i: usize) -> Option<Raw> {
        let (at, which) = self.which(i);
        let (mut next, holiday) = crate::holiday::find(self.pieces, at)?;
        let mut point = Point { holiday: Some(holiday), which, ..Point::default() };
        let of = self.past(next, ',');
        let of = of + usize::from(self.any(of, &["of", "in"]));
        if let Some(year) = self.at(of).filter(|p| p.digits() == 4 && (1800..2100).contains(&p.number)) {
            point.year = Some(year.number as i16);
            next = of + 1;
        }
        Some(Raw::point(i, next, point))
    }
}

fn shift(first: usize, last: usize, unit: Unit, by: i32, from: Anchor) -> Raw {
    Raw::new(first, last, Meaning::Shift { unit, by, from })
}

fn t_of(unit: Unit) -> &'static str {
    if unit < Unit::Day { "T" } else { "" }
}

/// "P3W", "PT2H", "P2DE".
pub(crate) fn period(n: i64, unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => format!("PT{n}{}", unit.code().trim_start_matches('T')),
        Unit::Decade => format!("P{}Y", n * 10),
        Unit::Century => format!("P{}Y", n * 100),
        Unit::Millennium => format!("P{}Y", n * 1000),
        _ => format!("P{n}{}", unit.code()),
    }
}
