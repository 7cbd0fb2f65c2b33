//! Lines to paragraphs: text with one paragraph a line, and text that a wire or a mail program wrapped.

use crate::Span;
use crate::furniture::begins_furniture;
use crate::plain::is_item;

/// White space, control characters and marks without width: nothing that a reader sees.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
}

/// The span without blanks at either end; `None` when nothing is left.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = &text[start..end];
    let head = part.trim_start_matches(is_blank);
    let start = end - head.len();
    let tail = head.trim_end_matches(is_blank);
    (!tail.is_empty()).then(|| Span::new(start, start + tail.len()))
}

/// One line that is not empty.
struct Line<'t> {
    span: Span,
    words: &'t str,
    /// Blanks before the first word, a tab counted as four.
    indent: usize,
    /// Characters from the first word to the last.
    width: usize,
    /// True when an empty line, or the start, stands before it.
    gap: bool,
}

impl Line<'_> {
    fn ended(&self) -> bool {
        let words = self.words.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
        words.ends_with(['.', '!', '?', ':', '…'])
    }

    fn first_word_width(&self) -> usize {
        self.words.split_whitespace().next().map_or(0, |word| word.chars().count())
    }

    fn starts_small(&self) -> bool {
        self.words.starts_with(char::is_lowercase)
    }
}

/// The paragraphs of a text, without blanks at either end.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let front = front_matter(&lines);
    let wrap = Wrap::of(&lines[front..]);
    let mut found: Vec<Span> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let joins = match (&wrap, n.checked_sub(1).map(|before| &lines[before])) {
            (_, None) => false,
            (_, Some(_)) if n < front => line.words != "---" && !is_field(line.words) && !is_item(line.words),
            (Some(wrap), Some(before)) => wrap.joins(before, line),
            (None, Some(before)) => breaks_off(before, line),
        };
        match found.last_mut() {
            Some(last) if joins => *last = last.cover(line.span),
            _ => found.push(line.span),
        }
    }
    found
}

/// How many lines at the top are front matter: fields between two lines of dashes, as static sites have them.
/// What is no field and no list entry there goes on with the field above it.
fn front_matter(lines: &[Line<'_>]) -> usize {
    if lines.first().is_none_or(|line| line.words != "---") {
        return 0;
    }
    let end = lines.iter().skip(1).take(400).position(|line| line.words == "---" && line.indent == 0);
    end.map_or(0, |end| end + 2)
}

/// "description: The mill of Northtown".
fn is_field(words: &str) -> bool {
    let name = words.find(':').map_or("", |at| &words[..at]);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// A line broken off in the middle of a sentence where each line is a paragraph: no stop, and a small letter follows.
fn breaks_off(line: &Line<'_>, next: &Line<'_>) -> bool {
    !line.ended()
        && !line.words.ends_with(';')
        && !next.gap
        && next.starts_small()
        && !alone(line.words)
        && !alone(next.words)
        && !begins_furniture(line.words)
        && !begins_furniture(next.words)
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut gap = true;
    let mut start = 0;
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // "\r\n" must not look like an empty line between two lines.
    let mut after_return = false;
    for (at, c) in text.char_indices().filter(|(_, c)| breaks(*c)).chain([(text.len(), '\n')]) {
        let second_half = c == '\n' && after_return && at == start;
        after_return = c == '\r';
        if second_half {
            start = at + 1;
            continue;
        }
        match trim(text, start, at) {
            Some(span) => {
                let words = span.of(text);
                let lead = &text[start..span.start as usize];
                let indent = lead.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
                lines.push(Line { span, words, indent, width: words.chars().count(), gap });
                gap = false;
            }
            None => gap = true,
        }
        start = at + if at < text.len() { c.len_utf8() } else { 0 };
    }
    lines
}

/// The widest line that a wrapped text may have, in characters: mail and wires wrap at 60 to 80.
const WIDEST: usize = 100;

/// How a text is wrapped.
struct Wrap {
    /// The width that it was wrapped to.
    width: usize,
    /// The indent of a line in the middle of a paragraph.
    base: usize,
    /// True when an indent begins a paragraph.
    indents: bool,
}

impl Wrap {
    /// `None` when each line is a paragraph of its own.
    ///
    /// A text is wrapped when its lines are narrow and many of them break in the middle of a sentence because the
    /// next word would not have fitted.
    fn of(lines: &[Line<'_>]) -> Option<Self> {
        // A notice or a link in one long line does not make the rest less wrapped.
        let wide = lines.iter().filter(|line| line.width > WIDEST).count();
        if lines.len() < 2 || wide * 5 > lines.len() {
            return None;
        }
        let mut widths: Vec<usize> = lines.iter().map(|line| line.width).filter(|width| *width <= WIDEST).collect();
        widths.sort_unstable();
        // Not the widest: one line of a table must not make all others look short.
        let width = *widths.get(widths.len().checked_sub(1)? * 9 / 10)?;
        let base = lines.iter().map(|line| line.indent).min()?;
        let wrap = Self { width, base, indents: lines.iter().skip(1).any(|line| line.indent >= base + 2) };
        let mut flows = 0;
        let mut broken = 0;
        let mut small = 0;
        for pair in lines.windows(2) {
            if pair[1].gap || wrap.indented(&pair[1]) || pair.iter().any(|line| line.width > WIDEST) {
                continue;
            }
            flows += 1;
            if !pair[0].ended() && (pair[1].starts_small() || wrap.full(&pair[0], &pair[1])) {
                broken += 1;
                small += usize::from(pair[1].starts_small());
            }
        }
        (width >= 40 && broken > 0 && (small > 0 || wrap.indents) && broken * 5 >= flows * 2).then_some(wrap)
    }

    fn indented(&self, line: &Line<'_>) -> bool {
        line.indent >= self.base + 2
    }

    /// True when the next line's first word would not have fitted any more.
    fn full(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        (line.width + 1 + next.first_word_width()) * 10 > self.width * 9
    }

    fn joins(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        if next.gap
            || self.indented(next)
            || line.width.max(next.width) > WIDEST
            || alone(line.words)
            || alone(next.words)
        {
            return false;
        }
        // "He had no\ncomment." ends a sentence; only a line that could have been broken off here begins furniture.
        let runs_on = !line.ended() && (next.starts_small() || self.full(line, next));
        if !runs_on && begins_furniture(next.words) {
            return false;
        }
        if begins_furniture(line.words) {
            return self.full(line, next) && !line.ended();
        }
        self.indents || self.full(line, next) || (!line.ended() && next.starts_small())
    }
}

/// Lines that never run on: upper-case crossheads, rulers; and list entries, which begin anew.
fn alone(words: &str) -> bool {
    crate::plain::is_crosshead(words) || !words.contains(char::is_alphanumeric) || is_item(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let flat = |span: &Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(paragraphs(text).iter().map(flat).collect::<Vec<_>>(), expect, "{text:?}");
    }

    #[test]
    fn one_paragraph_a_line() {
        check(
            "First it rained. Then it did not.\nThe army left.\r\n\r\nA third one\n",
            &["First it rained. Then it did not.", "The army left.", "A third one"],
        );
    }

    #[test]
    fn wire_text_wrapped_with_indents() {
        check(
            "Rebels in the northern hills said\nthey held both banks of the river on Monday and that the old\nmill had been given up without a fight.\n    A ministry clerk said nothing of the kind had been heard in\nNorthtown. He asked for patience.\n    He did not say for how long.\n REUTER\n\u{3}",
            &[
                "Rebels in the northern hills said they held both banks of the river on Monday and that the old mill had been given up without a fight.",
                "A ministry clerk said nothing of the kind had been heard in Northtown. He asked for patience.",
                "He did not say for how long.",
                "REUTER",
            ],
        );
    }

    #[test]
    fn mail_text_wrapped_with_empty_lines() {
        check(
            "Mill changes hands\nNORTHTOWN, 3 May 2019 (Example Wire) - Rebels in the northern\nhills said they held both banks of the river, and that the mill\nhad been given up.\n\nA clerk said nothing of the kind had been heard by anybody.\nHe asked for patience, and for the road to be opened again to\ntrucks.\n\nROAD OPEN\n- first item goes here\n- second item goes here",
            &[
                "Mill changes hands",
                "NORTHTOWN, 3 May 2019 (Example Wire) - Rebels in the northern hills said they held both banks of the river, and that the mill had been given up.",
                "A clerk said nothing of the kind had been heard by anybody. He asked for patience, and for the road to be opened again to trucks.",
                "ROAD OPEN",
                "- first item goes here",
                "- second item goes here",
            ],
        );
    }

    #[test]
    fn the_last_word_of_a_sentence_is_no_furniture() {
        check(
            "The mill's owner, who left the town with the last lorry, had no\ncomment.\n    A clerk said that each family had been offered the same small\nshare.\n    It was given to nobody.",
            &[
                "The mill's owner, who left the town with the last lorry, had no comment.",
                "A clerk said that each family had been offered the same small share.",
                "It was given to nobody.",
            ],
        );
    }

    #[test]
    fn front_matter_and_broken_off_lines() {
        check(
            "---\nsubject: The mill\ndescription: The mill of Northtown\n  fell\non Friday\n- an entry\n---\nThe rebels were in the mill -\nonce they had crossed the river, said somebody who is said to have been there at that time, and nobody said no.\nIt was quiet.",
            &[
                "---",
                "subject: The mill",
                "description: The mill of Northtown fell on Friday",
                "- an entry",
                "---",
                "The rebels were in the mill - once they had crossed the river, said somebody who is said to have been there at that time, and nobody said no.",
                "It was quiet.",
            ],
        );
    }

    #[test]
    fn short_sentences_a_line_each_are_not_glued() {
        check(
            "The mill fell on Friday.\nThe army denied it.\nNobody could go there.",
            &["The mill fell on Friday.", "The army denied it.", "Nobody could go there."],
        );
    }
}
