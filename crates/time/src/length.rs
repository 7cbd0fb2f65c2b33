//! Lengths, and what is counted from them: "for three weeks", "two days ago", "a year earlier", "decades-long".

use crate::amount::{Amount, amount};
use crate::parse::View;
use crate::raw::{Anchor, Meaning, Raw, Reach};
use crate::scan::{Piece, Shape};
use crate::words::{Lex, Unit};

impl View<'_> {
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
