//! Where sentences end when nothing is parsed: by the marks and what follows them.
//!
//! The tokenizer keeps abbreviations whole ("Gen.", "U.S.", "a.m."), so a lone full stop nearly always ends a
//! sentence; what is left to decide is what a closing quote belongs to and whether an abbreviation ends one too.

use crate::tokenizer::RawToken;

/// Words that begin a sentence after an abbreviation; none of them goes on a name ("U.S. The", not "U.S. Army").
const OPENERS: &[&str] = &[
    "A",
    "After",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Before",
    "But",
    "By",
    "During",
    "For",
    "Four",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Meanwhile",
    "More",
    "On",
    "One",
    "Our",
    "She",
    "Since",
    "Some",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Three",
    "Two",
    "We",
    "What",
    "When",
    "While",
    "With",
    "You",
];

/// Tokens that a bracket may hold before we take it for one that was left open.
const LONGEST_BRACKET: usize = 40;

/// Calls `found` with first and last token (exclusive) of each sentence of one block.
pub(crate) fn split(text: &str, tokens: &[RawToken], mut found: impl FnMut(usize, usize)) {
    let of = |i: usize| tokens.get(i).and_then(|t| text.get(t.start as usize..t.end as usize)).unwrap_or("");
    let mut first = 0;
    let mut i = 0;
    let mut bracket = None;
    while i < tokens.len() {
        let token = of(i);
        match token {
            "(" => bracket = bracket.or(Some(i)),
            ")" => bracket = None,
            _ => {}
        }
        let mut next = i + 1;
        let stop = matches!(token, "." | "!" | "?" | "…" | "。" | "؟" | "।") || is_run(token);
        if stop {
            // More marks, quotes and brackets that close, as long as no space comes between.
            while next < tokens.len() && tokens[next - 1].end == tokens[next].start && closes(of(next)) {
                if of(next) == ")" {
                    bracket = None;
                }
                next += 1;
            }
        }
        // "(pop. 50,000)": a bracket holds its sentence together, unless it never closes.
        let held = bracket.is_some_and(|open| i - open < LONGEST_BRACKET);
        if next < tokens.len() && !held && ends(text, tokens, i, next, stop, &of) {
            found(first, next);
            first = next;
            bracket = None;
        }
        i = next;
    }
    if first < tokens.len() {
        found(first, tokens.len());
    }
}

/// Several marks in one token: "...", "?!" cannot come, but "!!" and ".." do.
fn is_run(token: &str) -> bool {
    token.len() > 1 && token.bytes().all(|b| b == b'.')
}

fn closes(token: &str) -> bool {
    matches!(token, "\"" | "'" | "''" | "”" | "’" | "»" | ")" | "]" | "." | "!" | "?" | "…") || is_run(token)
}

fn ends<'t>(
    text: &'t str,
    tokens: &[RawToken],
    i: usize,
    next: usize,
    stop: bool,
    of: &impl Fn(usize) -> &'t str,
) -> bool {
    let following = of(next);
    let gap = tokens[next - 1].end < tokens[next].start;
    if stop {
        // "Yahoo! said", "(sic!) and", "... he said": a small letter goes on.
        let begin = of(next + usize::from(matches!(following, "\"" | "'" | "“" | "‘" | "``" | "(" | "[")));
        return gap
            && !begin.starts_with(char::is_lowercase)
            && !matches!(following, "," | ";" | ":" | ")" | "-" | "–");
    }
    let token = of(i);
    // A line of its own ends a sentence even where the article did not see a block.
    if gap
        && text
            .get(tokens[next - 1].end as usize..tokens[next].start as usize)
            .is_some_and(|w| w.matches('\n').count() > 1)
    {
        return true;
    }
    gap && token.len() > 2 && token.ends_with('.') && !is_title(token) && OPENERS.binary_search(&following).is_ok()
}

/// Abbreviations that a name follows.
fn is_title(token: &str) -> bool {
    matches!(
        token,
        "Adm."
            | "Brig."
            | "Capt."
            | "Cmdr."
            | "Col."
            | "Cpl."
            | "Dr."
            | "Gen."
            | "Gov."
            | "Hon."
            | "Lt."
            | "Maj."
            | "Messrs."
            | "Mr."
            | "Mrs."
            | "Ms."
            | "Mt."
            | "Pfc."
            | "Prof."
            | "Rep."
            | "Rev."
            | "Sen."
            | "Sgt."
            | "Spc."
            | "St."
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn openers_are_sorted() {
        assert!(super::OPENERS.is_sorted());
    }
}
