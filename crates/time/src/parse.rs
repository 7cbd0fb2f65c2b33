//! Finds time expressions among the pieces of a block: the longest reading at each place wins.

use crate::raw::{Edge, Meaning, Raw};
use crate::scan::{Piece, Shape};
use crate::words::{Lex, Part};

/// The pieces of one block, with small questions about them.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub pieces: &'a [Piece],
}

impl<'a> View<'a> {
    pub(crate) fn at(&self, i: usize) -> Option<&'a Piece> {
        self.pieces.get(i)
    }

    pub(crate) fn is(&self, i: usize, word: &str) -> bool {
        self.pieces.get(i).is_some_and(|p| p.is(word))
    }

    pub(crate) fn any(&self, i: usize, words: &[&str]) -> bool {
        self.pieces.get(i).is_some_and(|p| !p.word().is_empty() && words.contains(&p.word()))
    }

    pub(crate) fn mark(&self, i: usize, c: char) -> bool {
        self.pieces.get(i).is_some_and(|p| p.shape == Shape::Mark(c))
    }

    pub(crate) fn lex(&self, i: usize) -> Lex {
        self.pieces.get(i).map_or(Lex::Other, |p| p.lex)
    }

    /// The piece stands right behind the one before it.
    pub(crate) fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| !p.spaced)
    }

    /// One past an optional mark.
    pub(crate) fn past(&self, i: usize, c: char) -> usize {
        i + usize::from(self.mark(i, c))
    }

    /// The piece before `i`.
    pub(crate) fn before(&self, i: usize) -> Option<&'a Piece> {
        i.checked_sub(1).and_then(|j| self.pieces.get(j))
    }

    pub(crate) fn word_before(&self, i: usize, words: &[&str]) -> bool {
        i.checked_sub(1).is_some_and(|j| self.any(j, words))
    }

    /// True when a noun phrase ends before `i`: a mark, the end, or a small word of grammar, or a capital.
    pub(crate) fn phrase_ends(&self, i: usize) -> bool {
        const SMALL: &[&str] = &[
            "in",
            "at",
            "on",
            "by",
            "of",
            "and",
            "or",
            "as",
            "the",
            "when",
            "after",
            "before",
            "to",
            "for",
            "with",
            "from",
            "but",
            "while",
            "he",
            "she",
            "they",
            "it",
            "we",
            "i",
            "that",
            "which",
            "who",
            "was",
            "were",
            "is",
            "are",
            "had",
            "has",
            "have",
            "will",
            "would",
            "a",
            "an",
            "this",
            "until",
            "till",
            "through",
            "during",
            "under",
            "near",
            "following",
            "because",
            "its",
            "their",
            "his",
            "her",
            "also",
            "said",
            "into",
            "over",
            "then",
            "there",
            "against",
            "without",
            "amid",
            "if",
            "since",
            "last",
            "next",
            "not",
        ];
        self.at(i).is_none_or(|p| matches!(p.shape, Shape::Mark(_)) || p.capital || self.any(i, SMALL))
    }
}

/// Everything that says a time, in order, not overlapping.
pub(crate) fn parse(pieces: &[Piece]) -> Vec<Raw> {
    let view = View { pieces };
    let mut found = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        if let Some(list) = view.list(i) {
            i = list.last().map_or(i + 1, |r| r.last);
            found.extend(list);
        } else if let Some(raw) = view.expression(i) {
            i = raw.last.max(i + 1);
            found.push(raw);
        } else {
            i += 1;
        }
    }
    found
}

/// Words that blur a number: part of the expression when they stand before one.
const ABOUT: &[&[&str]] = &[
    &["about"],
    &["around"],
    &["nearly"],
    &["almost"],
    &["roughly"],
    &["approximately"],
    &["some"],
    &["at", "least"],
    &["at", "most"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["no", "more", "than"],
    &["no", "less", "than"],
    &["just", "over"],
    &["just", "under"],
    &["up", "to"],
];

impl View<'_> {
    /// The expression that begins at `i`, with the words before and behind that belong to it.
    fn expression(&self, i: usize) -> Option<Raw> {
        self.at(i)?;
        let mut raw = self.edged(i).or_else(|| self.blurred(i)).or_else(|| self.core(i))?;
        self.extend(&mut raw);
        Some(raw)
    }

    /// The longest reading at `i` without words that modify it.
    pub(crate) fn core(&self, i: usize) -> Option<Raw> {
        let readings = [
            self.clock(i),
            self.numeric_date(i),
            self.named_date(i),
            self.holiday(i),
            self.season(i),
            self.quarter(i),
            self.year(i),
            self.decade(i),
            self.year_end(i),
            self.deictic(i),
            self.unit_phrase(i),
            self.length(i),
            self.set(i),
            self.vague(i),
        ];
        let mut best: Option<Raw> = None;
        for raw in readings.into_iter().flatten() {
            if best.as_ref().is_none_or(|b| raw.last > b.last) {
                best = Some(raw);
            }
        }
        best
    }

    /// "late June", "the end of 1994", "mid-November", "the early hours of Sunday", "earlier this month".
    fn edged(&self, i: usize) -> Option<Raw> {
        let the = usize::from(self.is(i, "the"));
        let at = i + the;
        let (next, edge, part) = if self.any(at, &["early", "late", "mid", "earlier", "later"]) {
            let edge = match self.at(at)?.word() {
                "early" => Edge::Early,
                "late" => Edge::Late,
                "mid" => Edge::Mid,
                _ => Edge::Whole,
            };
            if (self.is(at, "early") || self.is(at, "late"))
                && self.any(at + 1, &["hours", "morning", "afternoon", "evening", "night"])
            {
                let part = match self.at(at + 1)?.word() {
                    "hours" | "morning" => Part::Morning,
                    "afternoon" => Part::Afternoon,
                    "evening" => Part::Evening,
                    _ => Part::Night,
                };
                let of = at + 2;
                if !(self.is(of, "of") || self.is(of, "on")) {
                    return None;
                }
                let mut raw = self.core(of + 1)?;
                if !raw.is_day() {
                    return None;
                }
                raw.first = i;
                raw.part = Some(raw.part.unwrap_or(part));
                return Some(raw);
            }
            let mut next = at + 1;
            if edge == Edge::Mid || self.mark(next, '-') {
                next = self.past(next, '-');
            }
            if edge == Edge::Whole {
                // "earlier in the week", "later on Friday"
                if self.is(next, "in") && self.is(next + 1, "the") {
                    next += 1;
                } else if the == 1 {
                    return None;
                }
            } else if self.is(next, "in") && !self.is(next + 1, "the") {
                // "late in 2010"
                next += 1;
            } else if self.is(next, "on") && the == 0 {
                // "late on Friday"
                next += 1;
            }
            (next, edge, None)
        } else if self.any(at, &["beginning", "start", "end", "middle", "close", "outset", "turn"])
            && self.is(at + 1, "of")
        {
            let edge = match self.at(at)?.word() {
                "end" | "close" => Edge::End,
                "middle" => Edge::Mid,
                _ => Edge::Start,
            };
            (at + 2, edge, None)
        } else if the == 1
            && self.any(at, &["night", "evening", "morning", "afternoon", "eve"])
            && self.is(at + 1, "of")
        {
            let part = match self.at(at)?.word() {
                "morning" => Part::Morning,
                "afternoon" => Part::Afternoon,
                "evening" => Part::Evening,
                _ => Part::Night,
            };
            (at + 2, Edge::Whole, Some(part))
        } else if the == 1 && self.is(at, "week") && self.any(at + 1, &["of", "beginning", "ending"]) {
            let mut raw = self.core(at + 2)?;
            if !raw.is_day() {
                return None;
            }
            raw.first = i;
            raw.edge = Edge::Nth(0, crate::words::Unit::Week);
            return Some(raw);
        } else {
            return None;
        };
        let mut raw = self.core(next).or_else(|| self.bare_unit(next))?;
        if part.is_some() && !raw.is_day() {
            return None;
        }
        match raw.meaning {
            Meaning::Point(_) | Meaning::Shift { .. } | Meaning::Decade(_) | Meaning::Century(_) => {}
            _ => return None,
        }
        raw.first = i;
        raw.edge = edge;
        if part.is_some() {
            raw.part = part;
        }
        Some(raw)
    }

    /// "nearly forty years", "at least 30 days", "around Nov. 1".
    fn blurred(&self, i: usize) -> Option<Raw> {
        for words in ABOUT {
            if !words.iter().enumerate().all(|(n, w)| self.is(i + n, w)) {
                continue;
            }
            let Some(mut raw) = self.core(i + words.len()) else { continue };
            let blurs = match raw.meaning {
                Meaning::Length { .. } | Meaning::Away { .. } => true,
                Meaning::Point(p) => p.day.is_some() && matches!(words[0], "around" | "about"),
                _ => false,
            };
            if blurs {
                raw.first = i;
                return Some(raw);
            }
        }
        None
    }

    /// Takes in what follows: "Friday night", "Tuesday at 9 a.m.", "5 p.m. EST Nov. 9".
    fn extend(&self, raw: &mut Raw) {
        if raw.is_day() && raw.clock.is_none() {
            if let Lex::Part(part, false) = self.lex(raw.last)
                && raw.part.is_none()
                && !self.any(raw.last, &["fall"])
            {
                raw.part = Some(part);
                raw.last += 1;
            } else {
                let at = raw.last + usize::from(self.mark(raw.last, ','));
                let at = at + usize::from(self.any(at, &["at", "by", "around", "about"]));
                let stamped = matches!(raw.meaning, Meaning::Point(p) if p.year.is_some());
                if (at > raw.last || stamped)
                    && let Some(clock) = self.clock(at)
                    && clock.clock.is_some()
                    && matches!(clock.meaning, Meaning::Shift { .. })
                {
                    raw.clock = clock.clock;
                    raw.last = clock.last;
                }
            }
        }
    }
}
