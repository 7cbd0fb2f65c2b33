//! The text on which imported claims rest: what their quotes show of an article that we do not have, every quote at
//! its place, blanks between; and rows without a place in a text, one a line, below.

use std::collections::BTreeMap;

use marchland_article::Span;

/// Texts longer than this are not put together: a wrong number in a table must not fill the memory.
const MOST: u32 = 4 << 20;

/// A piece of the text, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    pub start: u32,
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

impl Quote {
    fn end(&self) -> Option<u32> {
        self.start.checked_add(u32::try_from(self.exact.chars().count()).ok()?)
    }
}

/// Where something stands: at a place in the original, or in a line below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Code points from the start of the original.
    Original(u32, u32),
    /// Bytes within an added line.
    Line(usize, usize, usize),
}

/// A text under construction.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    known: BTreeMap<u32, char>,
    lines: Vec<String>,
}

impl Excerpt {
    /// Takes quotes in, all or none.
    pub(super) fn quotes(&mut self, quotes: &[&Quote]) -> Result<(), String> {
        let mut new: BTreeMap<u32, char> = BTreeMap::new();
        for q in quotes {
            let end = q.end().filter(|e| *e <= MOST);
            end.ok_or_else(|| format!("a quote begins at character {}, too far for an article", q.start))?;
            let before = u32::try_from(q.prefix.chars().count()).unwrap_or(u32::MAX);
            let from = q.start.checked_sub(before);
            let from =
                from.ok_or_else(|| format!("the words before the quote at {} begin before the text", q.start))?;
            for (at, c) in (from..).zip(q.prefix.chars().chain(q.exact.chars()).chain(q.suffix.chars())) {
                if self.known.get(&at).is_some_and(|k| *k != c) || new.insert(at, c).is_some_and(|k| k != c) {
                    return Err(format!("its quotes contradict one another at character {at} of the article"));
                }
            }
        }
        self.known.append(&mut new);
        Ok(())
    }

    /// Adds a line and gives its number.
    pub(super) fn line(&mut self, text: String) -> usize {
        self.lines.push(text);
        self.lines.len() - 1
    }

    /// The text, and where in it things stand.
    pub(super) fn build(self) -> (String, impl Fn(At) -> Span) {
        let mut text = String::new();
        let mut starts = vec![0];
        let length = self.known.keys().next_back().map_or(0, |last| last + 1);
        for at in 0..length {
            text.push(self.known.get(&at).copied().unwrap_or(' '));
            starts.push(text.len());
        }
        let mut lines = Vec::new();
        for line in &self.lines {
            if !text.is_empty() {
                text.push('\n');
            }
            lines.push(text.len());
            text.push_str(line);
        }
        let span = move |at| match at {
            At::Original(start, end) => {
                let byte = |n: u32| starts.get(n as usize).or(starts.last()).copied().unwrap_or(0);
                Span::new(byte(start), byte(end.max(start)))
            }
            At::Line(n, start, end) => {
                let line = lines.get(n).copied().unwrap_or(0);
                Span::new(line + start, line + end)
            }
        };
        (text, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(start: u32, exact: &str, prefix: &str, suffix: &str) -> Quote {
        Quote { start, exact: exact.into(), prefix: prefix.into(), suffix: suffix.into() }
    }

    #[test]
    fn quotes_keep_their_places() {
        let mut e = Excerpt::default();
        e.quotes(&[&quote(3, "Ḥamā fell", "", "."), &quote(3, "Ḥamā", "", " fell")]).unwrap();
        let n = e.line("a line below".into());
        let (text, span) = e.build();
        assert_eq!(text, "   Ḥamā fell.\na line below");
        assert_eq!(span(At::Original(3, 7)).of(&text), "Ḥamā");
        assert_eq!(span(At::Line(n, 2, 6)).of(&text), "line");
        assert_eq!(span(At::Original(90, 99)).of(&text), "");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let mut e = Excerpt::default();
        e.quotes(&[&quote(0, "abc", "", "")]).unwrap();
        assert!(e.quotes(&[&quote(2, "x", "", "")]).unwrap_err().contains("contradict"));
        assert!(e.quotes(&[&quote(1, "x", "long before", "")]).unwrap_err().contains("before the text"));
        assert!(e.quotes(&[&quote(u32::MAX, "x", "", "")]).unwrap_err().contains("too far"));
        assert_eq!(e.build().0, "abc");
    }
}
