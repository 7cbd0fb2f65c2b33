//! Prefix, suffix and infix patterns: tables of alternatives, matched without a regular-expression engine.
//!
//! Each alternative looks at a bounded number of characters, or at one run of the same class, so a text costs
//! time in proportion to its length however it is made.

use super::classes::Class;
use crate::ModelError;
use crate::container::Cursor;

/// One alternative of a pattern; the numbers are classes.
#[derive(Debug)]
struct Alternative {
    /// Characters that must stand before, nearest last.
    behind: Vec<u16>,
    body: Vec<u16>,
    /// When not zero, the body is one class that repeats at least this often.
    least: usize,
    /// A character that must (true) or must not (false) follow.
    ahead: Option<(u16, bool)>,
}

/// The alternatives of one pattern in order, with an index by the character that anchors them.
#[derive(Debug)]
pub(crate) struct Pattern {
    alternatives: Vec<Alternative>,
    ascii: Vec<Vec<u16>>,
    other: Vec<u16>,
}

impl Pattern {
    /// Reads a pattern; `by_last` anchors it at its last character, as suffixes need.
    pub(crate) fn read(from: &mut Cursor<'_>, classes: &[Class], by_last: bool) -> Result<Self, ModelError> {
        let class = |from: &mut Cursor<'_>| -> Result<u16, ModelError> {
            let kind = from.u16()?;
            if (kind as usize) < classes.len() { Ok(kind) } else { Err(from.bad("a class does not exist")) }
        };
        let count = from.u16()?;
        let mut alternatives = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let mut alternative = Alternative { behind: Vec::new(), body: Vec::new(), least: 0, ahead: None };
            for _ in 0..from.u8()? {
                alternative.behind.push(class(from)?);
            }
            for _ in 0..from.u8()? {
                alternative.body.push(class(from)?);
                let least = from.u8()?;
                if from.u8()? == 1 {
                    alternative.least = least as usize;
                }
            }
            alternative.ahead = match from.u8()? {
                0 => None,
                how => Some((class(from)?, how == 1)),
            };
            if alternative.body.is_empty() || (alternative.least > 0 && alternative.body.len() > 1) {
                return Err(from.bad("an alternative has a form that is not known"));
            }
            alternatives.push(alternative);
        }
        let mut pattern = Self { alternatives, ascii: vec![Vec::new(); 128], other: Vec::new() };
        for (i, alternative) in pattern.alternatives.iter().enumerate() {
            let anchor = if by_last { alternative.body.last() } else { alternative.body.first() };
            let class = &classes[*anchor.expect("checked above") as usize];
            for (point, row) in pattern.ascii.iter_mut().enumerate() {
                if class.has(point as u8 as char) {
                    row.push(i as u16);
                }
            }
            if class.has_beyond_ascii() {
                pattern.other.push(i as u16);
            }
        }
        Ok(pattern)
    }

    fn candidates(&self, c: char) -> &[u16] {
        self.ascii.get(c as usize).unwrap_or(&self.other)
    }

    /// Length in bytes of the first alternative that matches at the start; zero when none does.
    pub(crate) fn prefix(&self, classes: &[Class], text: &str) -> usize {
        let Some(first) = text.chars().next() else { return 0 };
        self.candidates(first).iter().find_map(|i| self.alternatives[*i as usize].at(classes, text, 0)).unwrap_or(0)
    }

    /// Length in bytes of the longest alternative that matches at the end; zero when none does.
    pub(crate) fn suffix(&self, classes: &[Class], text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        self.candidates(last)
            .iter()
            .filter_map(|i| self.alternatives[*i as usize].ending(classes, text))
            .max()
            .unwrap_or(0)
    }

    /// Calls `found` with start and end of each match, from left to right, not overlapping.
    pub(crate) fn each(&self, classes: &[Class], text: &str, mut found: impl FnMut(usize, usize)) {
        let mut free = 0;
        for (at, c) in text.char_indices() {
            if at < free {
                continue;
            }
            let hit = self.candidates(c).iter().find_map(|i| self.alternatives[*i as usize].at(classes, text, at));
            if let Some(length) = hit {
                found(at, at + length);
                free = at + length;
            }
        }
    }
}

impl Alternative {
    /// Length of the match that begins at `at`.
    fn at(&self, classes: &[Class], text: &str, at: usize) -> Option<usize> {
        let rest = &text[at..];
        let mut length = 0;
        let mut chars = rest.chars();
        if self.least > 0 {
            let class = &classes[self.body[0] as usize];
            let mut count = 0;
            for c in chars.by_ref() {
                if !class.has(c) {
                    break;
                }
                count += 1;
                length += c.len_utf8();
            }
            if count < self.least {
                return None;
            }
        } else {
            for kind in &self.body {
                let c = chars.next().filter(|c| classes[*kind as usize].has(*c))?;
                length += c.len_utf8();
            }
        }
        self.behind_fits(classes, &text[..at]).then_some(())?;
        if let Some((kind, must)) = self.ahead {
            let next = rest[length..].chars().next();
            if next.is_some_and(|c| classes[kind as usize].has(c)) != must {
                return None;
            }
        }
        Some(length)
    }

    /// Length of the match that ends with the text.
    fn ending(&self, classes: &[Class], text: &str) -> Option<usize> {
        let mut chars = text.chars().rev();
        let mut length = 0;
        if self.least > 0 {
            let class = &classes[self.body[0] as usize];
            let mut count = 0;
            for c in chars {
                if !class.has(c) {
                    break;
                }
                count += 1;
                length += c.len_utf8();
            }
            if count < self.least {
                return None;
            }
        } else {
            for kind in self.body.iter().rev() {
                let c = chars.next().filter(|c| classes[*kind as usize].has(*c))?;
                length += c.len_utf8();
            }
        }
        self.behind_fits(classes, &text[..text.len() - length]).then_some(length)
    }

    fn behind_fits(&self, classes: &[Class], before: &str) -> bool {
        let mut chars = before.chars().rev();
        self.behind.iter().rev().all(|kind| chars.next().is_some_and(|c| classes[*kind as usize].has(c)))
    }
}
