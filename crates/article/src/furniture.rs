//! What stands on a news page beside the news: reads `data/furniture.toml` and judges paragraphs by it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::CutReason;

/// What to do with one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// News, or nothing that we know to be none.
    Keep,
    /// All of it goes. `list`: the headlines on the lines after it go too.
    Cut { reason: CutReason, list: bool },
    /// News up to this byte; from there on furniture.
    CutFrom { at: usize, reason: CutReason },
}

/// Judges one paragraph. Linear in its length.
pub(crate) fn judge(paragraph: &str) -> Verdict {
    let book = book();
    if let Some(rule) = book.cue_rule(paragraph) {
        return Verdict::Cut { reason: rule.reason, list: rule.list };
    }
    // Small print stands anywhere in a line; a long line is never only small print.
    if paragraph.len() <= 1_000 {
        for hit in book.holds.find_iter(paragraph) {
            let rule = &book.rules[book.holds_rule[hit.pattern().as_usize()]];
            if rule.after.allows(paragraph) {
                return Verdict::Cut { reason: rule.reason, list: false };
            }
        }
    }
    if is_breadcrumb(paragraph) {
        return Verdict::Cut { reason: CutReason::Navigation, list: false };
    }
    if let Some(reason) = captioned(book, paragraph) {
        return Verdict::Cut { reason, list: false };
    }
    glued(book, paragraph)
}

/// "Home > Asia > War": at least three short steps, each beginning with a capital.
fn is_breadcrumb(paragraph: &str) -> bool {
    if paragraph.len() > 160 || paragraph.ends_with('.') {
        return false;
    }
    [" > ", " » ", " › ", " | "].iter().any(|mark| {
        let step = |step: &str| {
            let step = step.trim();
            step.starts_with(char::is_uppercase) && words(step, 4) <= 4 && !step.contains(|c: char| c.is_ascii_digit())
        };
        paragraph.matches(mark).count() >= 2 && paragraph.split(mark).all(step)
    })
}

/// A line that ends with a picture's credit in brackets is the words beneath the picture.
fn captioned(book: &Book, paragraph: &str) -> Option<CutReason> {
    if paragraph.len() > 400 || !paragraph.ends_with([')', ']']) {
        return None;
    }
    let small = paragraph.to_lowercase();
    let open = small.rfind(['(', '['])?;
    let rules = book.rules.iter().filter(|rule| rule.tails.iter().any(|tail| small[open..].starts_with(tail.as_str())));
    rules.map(|rule| rule.reason).next()
}

/// True when the line begins like furniture, so that a wrapped paragraph before it has ended.
pub(crate) fn begins_furniture(line: &str) -> bool {
    book().cue_rule(line).is_some()
}

/// A cue in the middle of a paragraph, after the end of a sentence.
fn glued(book: &Book, paragraph: &str) -> Verdict {
    for hit in book.glued.find_iter(paragraph) {
        let at = hit.start();
        if at == 0 || !paragraph.is_char_boundary(at) {
            continue;
        }
        let rule = &book.rules[book.glued_rule[hit.pattern().as_usize()]];
        let rest = &paragraph[hit.end()..];
        let (before, tail) = (paragraph[..at].trim_end(), &paragraph[at..]);
        let first = tail.chars().next().unwrap_or(' ');
        let touching = before.len() == at;
        let ended = before.ends_with(['.', '!', '?', '"', '”', '’', '…', ')', ']']);
        // "…left the cityRead more: …": a small letter runs straight into a capital.
        let collided = touching && first.is_uppercase() && before.ends_with(char::is_lowercase);
        if !(ended || collided) || !(first.is_uppercase() || first == '(') {
            continue;
        }
        let fits = if rule.after == After::Bracket {
            After::Bracket.allows(rest)
        } else {
            marked(rest).is_some_and(|rest| rule.after.allows(rest))
        };
        if fits {
            return Verdict::CutFrom { at, reason: rule.reason };
        }
    }
    Verdict::Keep
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    reason: CutReason,
    #[serde(default)]
    cues: Vec<String>,
    #[serde(default)]
    holds: Vec<String>,
    #[serde(default)]
    tails: Vec<String>,
    #[serde(default)]
    mark: bool,
    after: After,
    #[serde(default)]
    glued: bool,
    #[serde(default)]
    list: bool,
    /// Lines that the rule must cut; read by the tests.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code))]
    cut: Vec<String>,
    /// Lines that no rule may touch; read by the tests.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code))]
    keep: Vec<String>,
}

impl Rule {
    fn matches(&self, cue: &str, bare: &str) -> bool {
        let Some(rest) = after_cue(bare, cue) else { return false };
        if !has_word(rest) {
            return !self.mark && (self.after != After::Year || cue.contains('©'));
        }
        let rest = if self.mark {
            let Some(rest) = marked(rest) else { return false };
            rest
        } else {
            rest
        };
        self.after.allows(rest)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum After {
    Nothing,
    Title,
    Few,
    Label,
    Notice,
    Year,
    Bracket,
}

impl After {
    /// Whether these words may follow the cue.
    fn allows(self, rest: &str) -> bool {
        match self {
            Self::Nothing => !has_word(rest),
            // Headlines begin with a capital and have no stop.
            Self::Title => {
                let capital = !rest.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase);
                capital && words(rest, 30) <= 30 && !two_sentences(rest) && !full_sentence(rest, 2)
            }
            Self::Label => words(rest, 14) <= 14 && !two_sentences(rest) && !full_sentence(rest, 4),
            Self::Few => words(rest, 14) <= 14 && !two_sentences(rest),
            Self::Notice => words(rest, 60) <= 60,
            Self::Year => begins_with_year(rest) && words(rest, 60) <= 60,
            Self::Bracket => {
                let rest = rest.trim_end();
                words(rest, 40) <= 40
                    && rest.find([')', ']']).is_some_and(|at| at + 1 == rest.trim_end_matches('.').len())
            }
        }
    }
}

struct Book {
    rules: Vec<Rule>,
    /// Rules and their cues by the cue's first character.
    cues: BTreeMap<char, Vec<(usize, usize)>>,
    glued: AhoCorasick,
    glued_rule: Vec<usize>,
    holds: AhoCorasick,
    holds_rule: Vec<usize>,
}

impl Book {
    /// The first rule with a cue that the paragraph begins with.
    fn cue_rule(&self, paragraph: &str) -> Option<&Rule> {
        let bare = undecorated(paragraph);
        let first = bare.chars().next()?.to_lowercase().next()?;
        let (rule, _) = self.cues.get(&first)?.iter().find(|(rule, cue)| {
            let rule = &self.rules[*rule];
            rule.matches(&rule.cues[*cue], bare)
        })?;
        Some(&self.rules[*rule])
    }
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let text = include_str!("../../../data/furniture.toml");
        let Rules { rule: rules } = toml::from_str(text).expect("data/furniture.toml is checked by the tests");
        let mut cues: BTreeMap<char, Vec<(usize, usize)>> = BTreeMap::new();
        let mut glued = Vec::new();
        let mut glued_rule = Vec::new();
        let mut holds = Vec::new();
        let mut holds_rule = Vec::new();
        for (n, rule) in rules.iter().enumerate() {
            for (c, cue) in rule.cues.iter().enumerate() {
                if let Some(first) = cue.chars().next() {
                    cues.entry(first).or_default().push((n, c));
                }
            }
            if rule.glued {
                // One-word cues ("Related", "Watch") are too common inside a sentence.
                for cue in rule.cues.iter().filter(|cue| cue.contains(' ')) {
                    glued.push(cue.clone());
                    glued_rule.push(n);
                }
            }
            for part in &rule.holds {
                holds.push(part.clone());
                holds_rule.push(n);
            }
        }
        let machine = |cues: &[String]| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(aho_corasick::MatchKind::LeftmostLongest)
                .build(cues)
                .expect("a few short cues fit into memory")
        };
        Book { glued: machine(&glued), holds: machine(&holds), cues, rules, glued_rule, holds_rule }
    })
}

/// Without the bullets, arrows, brackets and blanks that furniture likes to begin with.
/// An opening bracket stays when it is part of a cue, so only one pass over symbols is made.
fn undecorated(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '[' | '©' | '"' | '“' | '\'' | '‘'))
}

/// What follows the cue, if the text begins with it: case, blanks and curly quotes do not matter.
fn after_cue<'t>(text: &'t str, cue: &str) -> Option<&'t str> {
    let mut chars = text.char_indices().peekable();
    for want in cue.chars() {
        let (_, got) = chars.next()?;
        let same = match want {
            ' ' => got.is_whitespace(),
            '\'' => matches!(got, '\'' | '’' | '‘'),
            _ => got == want || (got.is_uppercase() && got.to_lowercase().eq([want])),
        };
        if !same {
            return None;
        }
        if want == ' ' {
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        }
    }
    let rest = chars.peek().map_or("", |(at, _)| &text[*at..]);
    let open = cue.ends_with(char::is_alphanumeric)
        && rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’');
    (!open).then_some(rest)
}

/// What follows the mark (":", a dash, "|", "»"), if there is one.
fn marked(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let after = rest.trim_start_matches([':', '|', '»', '>', '›', '–', '—', '-', '…', '→', ']']);
    // "See-saw" is no mark: a bare hyphen needs a blank on one side.
    let hyphen_only = rest.len() - after.len() == 1 && rest.starts_with('-') && !after.starts_with(char::is_whitespace);
    (after.len() < rest.len() && !hyphen_only).then_some(after)
}

fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn begins_with_year(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// How many words, counted no further than one past `most`.
fn words(text: &str, most: usize) -> usize {
    text.split_whitespace().take(most + 1).count()
}

/// True when a sentence ends inside the text and another begins.
fn two_sentences(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(next) = words.peek() else { return false };
        let closed = word.trim_end_matches(['"', '”', '’', ')', '\'']);
        // "Gen.", "U.S.", "Col." end with a stop but no sentence: short with a capital, or with another stop inside.
        let stem = closed.trim_end_matches(['.', '!', '?']);
        let short = stem.chars().count() <= 3 && stem.starts_with(char::is_uppercase);
        let stopped = stem.len() < closed.len() && !closed.ends_with('?') && !short && !stem.contains('.');
        if stopped && next.trim_start_matches(['"', '“', '‘', '\'', '(']).starts_with(char::is_uppercase) {
            return true;
        }
    }
    false
}

/// True for a whole sentence with its full stop and more than `most` words: headlines have none.
fn full_sentence(text: &str, most: usize) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', ')']);
    text.ends_with('.') && !text.ends_with("..") && words(text, most) > most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_cuts_and_keeps_as_it_says() {
        for rule in &book().rules {
            assert!(!rule.cut.is_empty(), "a rule without an example");
            for line in &rule.cut {
                let verdict = judge(line);
                assert!(
                    matches!(verdict, Verdict::Cut { reason, .. } if reason == rule.reason),
                    "{line:?} must be cut as {:?}, got {verdict:?}",
                    rule.reason
                );
            }
            for line in &rule.keep {
                assert_eq!(judge(line), Verdict::Keep, "{line:?} must be kept");
            }
            for cue in rule.cues.iter().chain(&rule.holds).chain(&rule.tails) {
                assert_eq!(*cue, cue.to_lowercase(), "cues are written in small letters");
            }
        }
    }

    fn check_glued(text: &str, news: &str) {
        match judge(text) {
            Verdict::CutFrom { at, reason } => {
                assert_eq!(text[..at].trim_end(), news);
                assert!(matches!(reason, CutReason::RelatedLink | CutReason::Notice));
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn a_cue_glued_to_a_sentence_is_cut_from_there_on() {
        check_glued(
            "The bridge is ours, he said.Read more: Old Bridge Reopens After Flood",
            "The bridge is ours, he said.",
        );
        check_glued("The bridge is ours, he said. READ ALSO: Old Bridge Reopens", "The bridge is ours, he said.");
        check_glued("They left \"at dawn\"Also read: Who Holds The Dam?", "They left \"at dawn\"");
        check_glued("Nobody was left in the townRead more: Old Bridge Reopens", "Nobody was left in the town");
        check_glued("It was quiet at noon. (Reporting by A. Reporter; Editing by B. Editor)", "It was quiet at noon.");
    }

    #[test]
    fn running_news_after_a_glued_cue_is_never_cut() {
        let text = "He said so.Read more: The army left the town on Sunday. Its people came back the next day.";
        assert_eq!(judge(text), Verdict::Keep);
        assert_eq!(judge("They want to read more: books, papers and leaflets."), Verdict::Keep);
    }

    #[test]
    fn long_hostile_lines_are_judged_in_linear_time() {
        let text = ". Read more: a".repeat(200_000);
        let _ = judge(&text);
        let text = "all rights reserved ".repeat(100_000);
        assert_eq!(judge(&text), Verdict::Keep);
    }
}
