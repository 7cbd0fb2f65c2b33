//! A sentence with its arcs drawn beneath, for people who want to see a reading.

use std::fmt::Write as _;

use marchland_article::Article;
use marchland_reading::{Depth, Reading};

use crate::output::{paint, safe, style};

/// The tree of one sentence: one token a line, in the order of the text, indented under its head.
///
/// ```text
///     ┌─ The                 DT   det
///   ┌─ rebels                NNS  nsubj
/// ─ took                     VBD  ROOT    take
///   └─ Brega                 NNP  dobj
/// ```
pub fn draw(article: &Article, reading: &Reading, sentence: usize) -> String {
    let s = &reading.sentences[sentence];
    let range = s.first as usize..s.last as usize;
    let mut text = String::new();
    if s.depth == Depth::Tokens {
        let words: Vec<String> = range.map(|i| safe(reading.tokens[i].span.of(&article.text))).collect();
        let _ = writeln!(text, "{}", words.join(" │ "));
        return text;
    }
    let depths: Vec<usize> = range.clone().map(|i| depth(reading, i)).collect();
    let lefts: Vec<String> = range
        .clone()
        .zip(&depths)
        .map(|(i, depth)| {
            let token = &reading.tokens[i];
            let head = token.head as usize;
            let mark = match i.cmp(&head) {
                std::cmp::Ordering::Less => "┌─ ",
                std::cmp::Ordering::Equal => "─ ",
                std::cmp::Ordering::Greater => "└─ ",
            };
            format!("{}{mark}{}", "  ".repeat((*depth).min(20)), safe(token.span.of(&article.text)))
        })
        .collect();
    let width = lefts.iter().map(|l| unicode_width::UnicodeWidthStr::width(l.as_str())).max().unwrap_or(0);
    for (i, left) in range.zip(&lefts) {
        let token = &reading.tokens[i];
        let gap = " ".repeat(width + 2 - unicode_width::UnicodeWidthStr::width(left.as_str()));
        let word = token.span.of(&article.text);
        let lemma = reading.lemma(i);
        let lemma = if lemma == word { "" } else { lemma };
        let line = format!(
            "{left}{gap}{:<5} {} {}",
            token.tag.as_str(),
            paint(style::NAME, format_args!("{:<10}", token.dep.as_str())),
            paint(style::FAINT, safe(lemma)),
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// How many arcs lie between a token and the root of its sentence. Bounded, so that a broken tree cannot hang it.
fn depth(reading: &Reading, token: usize) -> usize {
    let (mut at, mut steps) = (token, 0);
    while reading.tokens[at].head as usize != at && steps < 64 {
        at = reading.tokens[at].head as usize;
        steps += 1;
    }
    steps
}
