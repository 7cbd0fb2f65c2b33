//! Clock times: "10:35 a.m.", "5pm", "1530 GMT", "noon", "9 a.m. EST Tuesday".

use crate::parse::View;
use crate::raw::{Anchor, Meaning, Raw};
use crate::words::{Lex, Part, Unit};

impl View<'_> {
    /// A clock time, with the day behind it where one follows. Zones are read over: the day is what counts.
    pub(crate) fn clock(&self, i: usize) -> Option<Raw> {
        let (mut next, clock, part) = self.time_of_day(i)?;
        next = self.zone(next);
        let today = Meaning::Shift { unit: Unit::Day, by: 0, from: Anchor::Text };
        let mut raw = Raw::new(i, next, today);
        raw.clock = clock;
        raw.part = part;
        let mut at = self.past(next, ',');
        at += usize::from(self.any(at, &["on", "this"]) && !self.is(at, "this"));
        let day = self.numeric_date(at).or_else(|| self.named_date(at)).or_else(|| self.deictic(at));
        if let Some(day) = day.filter(Raw::is_day) {
            raw.meaning = day.meaning;
            raw.last = day.last;
            if raw.clock.is_some_and(|(h, _)| h < 12)
                && day.part.is_some_and(|p| p != Part::Morning)
                && !self.has_half(i, next)
            {
                raw.clock = raw.clock.map(|(h, m)| (h + 12, m));
            }
        } else if self.is(next, "in")
            && self.is(next + 1, "the")
            && let Lex::Part(part, _) = self.lex(next + 2)
        {
            raw.last = next + 3;
            if part != Part::Morning && raw.clock.is_some_and(|(h, _)| h < 12) {
                raw.clock = raw.clock.map(|(h, m)| (h + 12, m));
            }
        }
        Some(raw)
    }

    /// True when "a.m." or "p.m." stands between.
    fn has_half(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.any(i, &["a", "p", "am", "pm"]))
    }

    /// Hour and minute (or the part of the day), and one past them.
    #[allow(clippy::type_complexity)]
    fn time_of_day(&self, i: usize) -> Option<(usize, Option<(i8, i8)>, Option<Part>)> {
        let first = self.at(i)?;
        if first.is("midnight") {
            return Some((i + 1, Some((0, 0)), None));
        }
        if first.is("noon") || first.is("midday") {
            return Some((i + 1, Some((12, 0)), None));
        }
        if self.word_before(i, &["$"]) || first.digits() == 0 || (!first.spaced && i > 0 && !self.mark(i - 1, '(')) {
            // "five o'clock"
            if let Lex::Number(hour @ 1..=12) = first.lex
                && self.is(i + 1, "o")
                && self.mark(i + 2, '\'')
                && self.is(i + 3, "clock")
            {
                return Some((i + 4, Some((hour as i8, 0)), None));
            }
            if let Lex::Number(hour @ 1..=12) = first.lex
                && let Some((next, pm)) = self.half_day(i + 1)
            {
                return Some((next, Some((to_24(hour as i8, pm), 0)), None));
            }
            return None;
        }
        // "1530 GMT"
        if self.mark(i.wrapping_sub(1), '(') {
            // "(0735 GMT)" says the same time again.
            return None;
        }
        if first.digits() == 4 && self.zone(i + 1) > i + 1 && first.number % 100 < 60 && first.number < 2400 {
            return Some((i + 1, Some(((first.number / 100) as i8, (first.number % 100) as i8)), None));
        }
        if first.digits() > 2 {
            return None;
        }
        let hour = first.number as i8;
        let (next, minute, colon) = match self.at(i + 2) {
            Some(m)
                if (self.mark(i + 1, ':') || self.mark(i + 1, '.'))
                    && m.digits() == 2
                    && !m.spaced
                    && self.glued(i + 1)
                    && m.number < 60 =>
            {
                (i + 3, m.number as i8, self.mark(i + 1, ':'))
            }
            _ => (i + 1, 0, false),
        };
        if let Some((next, pm)) = self.half_day(next) {
            return (1..=12).contains(&hour).then(|| (next, Some((to_24(hour, pm), minute)), None));
        }
        if self.is(next, "o") && self.mark(next + 1, '\'') && self.is(next + 2, "clock") {
            return (hour <= 12).then_some((next + 3, Some((hour, minute)), None));
        }
        let fraction = self.mark(next, '.') && self.at(next + 1).is_some_and(|p| p.digits() > 0 && !p.spaced);
        if colon && hour < 24 && !fraction {
            // "2:30" may also be a result or a verse: ask for a zone, a two-digit hour or a word that leads to it.
            let led = self.word_before(
                i,
                &["at", "by", "around", "about", "until", "till", "from", "to", "after", "before", "since"],
            );
            let mut end = next;
            if self.mark(end, ':') && self.at(end + 1).is_some_and(|p| p.digits() == 2) {
                end += 2;
            }
            if led || first.digits() == 2 || self.zone(end) > end {
                return Some((end, Some((hour, minute)), None));
            }
        }
        None
    }

    /// "a.m.", "am", "p.m.", "pm": one past it, and whether it is after noon.
    fn half_day(&self, i: usize) -> Option<(usize, bool)> {
        if self.any(i, &["am", "pm"]) {
            return Some((i + 1, self.is(i, "pm")));
        }
        if self.any(i, &["a", "p"]) && self.mark(i + 1, '.') && self.is(i + 2, "m") && self.glued(i + 2) {
            // The last dot may also be the end of the sentence: TIMEX3 counts it in.
            return Some((self.past(i + 3, '.'), self.is(i, "p")));
        }
        None
    }

    /// One past a time zone, or `i`.
    fn zone(&self, i: usize) -> usize {
        let open = usize::from(self.mark(i, '('));
        if self.any(
            i + open,
            &["gmt", "utc", "est", "edt", "et", "pst", "pdt", "cet", "cest", "bst", "msk", "eet", "eest"],
        ) && self.at(i + open).is_some_and(|p| p.capital)
            && open == 0
        {
            return i + 1;
        }
        if self.is(i, "local") && self.is(i + 1, "time") {
            return i + 2;
        }
        i
    }
}

fn to_24(hour: i8, pm: bool) -> i8 {
    hour % 12 + if pm { 12 } else { 0 }
}
