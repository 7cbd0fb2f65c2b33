//! Numbers in words and digits, and amounts of units ("two to three", "a couple of", "2 1/2").

use crate::scan::{Piece, Shape};
use crate::words::Lex;

/// How many of a unit. Counted in halves so that "a year and a half" stays a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// From so many halves to so many.
    Halves(i64, i64),
    /// "several", "a few", "some", or no number at all ("for weeks").
    Some,
}

impl Amount {
    /// A whole number.
    pub(crate) fn whole(n: i64) -> Self {
        Self::Halves(n * 2, n * 2)
    }

    /// The whole number, when it is one.
    pub(crate) fn exact(self) -> Option<i64> {
        match self {
            Self::Halves(a, b) if a == b && a % 2 == 0 => Some(a / 2),
            _ => None,
        }
    }

    /// Smallest and largest count, in whole units (rounded outwards).
    pub(crate) fn bounds(self) -> (i64, i64) {
        match self {
            Self::Halves(a, b) => (a / 2, (b + 1) / 2),
            Self::Some => (2, 7),
        }
    }
}

fn mark(pieces: &[Piece], at: usize, c: char) -> bool {
    pieces.get(at).is_some_and(|p| p.shape == Shape::Mark(c))
}

/// A plain number at `at`: digits with thousands commas, or words up to the thousands. Gives one past its end.
pub(crate) fn number(pieces: &[Piece], at: usize) -> Option<(usize, i64)> {
    let first = pieces.get(at)?;
    if first.shape == Shape::Digits {
        let mut value = first.number;
        if value < 0 {
            return None;
        }
        let mut next = at + 1;
        while mark(pieces, next, ',')
            && pieces.get(next + 1).is_some_and(|p| p.digits() == 3 && !p.spaced)
            && !pieces[next].spaced
            && next < at + 6
        {
            value = value.checked_mul(1000)?.checked_add(pieces[next + 1].number)?;
            next += 2;
        }
        return (value < 1_000_000_000).then_some((next, value));
    }
    let (mut next, mut value) = match first.lex {
        Lex::Number(n) => {
            let mut next = at + 1;
            let mut value = n;
            if n >= 20 {
                let dash = usize::from(mark(pieces, next, '-'));
                if let Some(Lex::Number(unit @ 1..=9)) = pieces.get(next + dash).map(|p| p.lex) {
                    value += unit;
                    next += 1 + dash;
                }
            }
            (next, value)
        }
        // "a hundred", "a dozen"
        _ if first.is("a") && matches!(pieces.get(at + 1)?.lex, Lex::Scale(_)) => (at + 1, 1),
        _ => return None,
    };
    let mut steps = 0;
    while let Some(Lex::Scale(scale)) = pieces.get(next).map(|p| p.lex) {
        value = value.checked_mul(scale)?;
        next += 1;
        steps += 1;
        if steps > 2 {
            return None;
        }
    }
    (value < 1_000_000_000).then_some((next, value))
}

/// An amount that may stand before a unit. Gives one past its end. "a" and "an" count as one.
pub(crate) fn amount(pieces: &[Piece], at: usize) -> Option<(usize, Amount)> {
    let is = |i: usize, w: &str| pieces.get(i).is_some_and(|p| p.is(w));
    if is(at, "a") || is(at, "an") {
        if is(at + 1, "couple") {
            return Some((at + 2 + usize::from(is(at + 2, "of")), Amount::whole(2)));
        }
        if is(at + 1, "few") {
            return Some((at + 2 + usize::from(is(at + 2, "more")), Amount::Some));
        }
        if is(at + 1, "number") && is(at + 2, "of") {
            return Some((at + 3, Amount::Some));
        }
        if is(at + 1, "half") {
            return Some((at + 2, Amount::Halves(1, 1)));
        }
        if let Some((next, n)) = number(pieces, at) {
            return Some((next, Amount::whole(n)));
        }
        let next = at + 1 + usize::from(["full", "single", "whole", "further"].iter().any(|w| is(at + 1, w)));
        return Some((next, Amount::whole(1)));
    }
    if is(at, "half") && (is(at + 1, "a") || is(at + 1, "an")) {
        return Some((at + 2, Amount::Halves(1, 1)));
    }
    if ["several", "some", "many", "few", "countless", "various", "numerous"].iter().any(|w| is(at, w)) {
        return Some((at + 1 + usize::from(is(at + 1, "more")), Amount::Some));
    }
    let (mut next, low) = number(pieces, at)?;
    let (mut low, mut high) = (low * 2, low * 2);
    // "2 1/2"
    if pieces.get(next).is_some_and(|p| p.number == 1)
        && mark(pieces, next + 1, '/')
        && pieces.get(next + 2).is_some_and(|p| p.number == 2)
    {
        low += 1;
        high += 1;
        next += 3;
    } else if mark(pieces, next, '.')
        && !pieces[next].spaced
        && pieces.get(next + 1).is_some_and(|p| p.digits() == 1 && !p.spaced)
    {
        let tenths = pieces[next + 1].number;
        low += i64::from(tenths >= 3);
        high += i64::from(tenths >= 3);
        next += 2;
    } else if is(next, "and") && (is(next + 1, "a") || is(next + 1, "one")) && is(next + 2, "half") {
        low += 1;
        high += 1;
        next += 3;
    }
    // "two to three", "two or three", "12-18"
    let joins = is(next, "to")
        || is(next, "or")
        || (mark(pieces, next, '-') && pieces.get(next + 1).is_some_and(|p| p.shape == Shape::Digits));
    if joins
        && let Some((end, n)) = number(pieces, next + 1)
        && n * 2 > low
        && n < 10_000
    {
        high = n * 2;
        next = end;
    }
    next += usize::from(is(next, "more"));
    Some((next, Amount::Halves(low, high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::scan;

    fn check(text: &str, expect: Amount) {
        assert_eq!(amount(&scan(text, 0), 0).map(|a| a.1), Some(expect), "{text}");
    }

    #[test]
    fn amounts() {
        check("three weeks", Amount::whole(3));
        check("twenty-four hours", Amount::whole(24));
        check("a hundred years", Amount::whole(100));
        check("two thousand years", Amount::whole(2000));
        check("2 1/2 years", Amount::Halves(5, 5));
        check("two to three weeks", Amount::Halves(4, 6));
        check("a couple of days", Amount::whole(2));
        check("several days", Amount::Some);
        check("an hour", Amount::whole(1));
        check("1,000 days", Amount::whole(1000));
    }
}
