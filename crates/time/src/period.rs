//! Parts of a year with names or numbers: "the third quarter", "Q3 2021", "next summer", feasts, the year's end.

use crate::amount::Amount;
use crate::parse::View;
use crate::raw::{Anchor, Edge, Meaning, Point, Raw, SAME_QUARTER};
use crate::relative::shift;
use crate::words::{Lex, Unit};

impl View<'_> {
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
                // "the 1988 quarter": the number is that of the quarter reported on.
                Lex::Unit(Unit::Quarter) if year.is_some() && the == 1 => {
                    point.quarter = Some(SAME_QUARTER);
                    return Some(Raw::point(i, at + 1, point));
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
