//! A kept article as HTML: blocks and headings kept, what was cut greyed with its reason, evidence marked.
//!
//! The text is hostile. Every character of it goes out as text; controls of writing direction and other invisible
//! characters are shown by their number, so that what is read is what is there.

use marchland_article::{Article, BlockKind, CutReason, Span};
use marchland_words::{Tongue, say};
use maud::{Markup, PreEscaped, html};

use crate::words;

/// A stretch to mark.
#[derive(Debug, Clone)]
pub(crate) struct Marked {
    pub span: Span,
    /// Class of the mark: `sentence`, `clause`, `trigger`, `words`.
    pub class: &'static str,
    /// The claim's id; the first stretch of a sentence becomes the target of `#claim-ID`.
    pub claim: String,
    /// The claim that was asked for.
    pub chosen: bool,
}

/// Longer texts are shown in part: the beginning, and the surroundings of the chosen claim.
const MOST: usize = 300_000;

/// The article as HTML.
pub(crate) fn article_text(tongue: Tongue, article: &Article, marks: &[Marked]) -> Markup {
    let text = article.text.as_str();
    let chosen = marks.iter().find(|m| m.chosen).map_or(0, |m| m.span.start as usize);
    let window = (chosen.saturating_sub(MOST / 2), chosen.saturating_sub(MOST / 2) + MOST);
    let mut parts: Vec<(Span, Part)> = article.blocks.iter().map(|b| (b.span, Part::Block(b.kind))).collect();
    parts.extend(article.cuts.iter().map(|c| (c.span, Part::Cut(c.reason))));
    parts.sort_by_key(|(span, _)| *span);
    let shown: Vec<_> =
        parts.iter().filter(|(s, _)| (s.start as usize) < window.1 && s.end as usize > window.0).collect();
    let left_out = text.len() > MOST;
    html! {
        @if left_out {
            p.note { (say!(tongue, "article-long", size = text.len() / 1024)) }
        }
        div.article-text dir="auto" lang="en" {
            @for (span, part) in shown {
                @match part {
                    Part::Cut(reason) => p.cut { span.reason lang=(tongue.tag()) dir=(tongue.direction()) { (say!(tongue, "cut-reason", reason = words::cut(tongue, *reason))) } " " (piece(tongue, text, *span, &[])) },
                    Part::Block(BlockKind::Title) => h2 { (piece(tongue, text, *span, marks)) },
                    Part::Block(BlockKind::Heading) => h3 { (piece(tongue, text, *span, marks)) },
                    Part::Block(BlockKind::Item) => p.item { (piece(tongue, text, *span, marks)) },
                    Part::Block(BlockKind::Dateline) => p.dateline { (piece(tongue, text, *span, marks)) },
                    Part::Block(BlockKind::Paragraph) => p { (piece(tongue, text, *span, marks)) },
                }
            }
            @if parts.is_empty() {
                p { (piece(tongue, text, Span::new(0, text.len().min(MOST)), marks)) }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Block(BlockKind),
    Cut(CutReason),
}

/// One sentence with its marks, for lists of claims.
pub(crate) fn sentence(tongue: Tongue, text: &str, span: Span, marks: &[Marked]) -> Markup {
    piece(tongue, text, span, marks)
}

/// A stretch of text, cut where marks begin and end: marks may nest and overlap.
fn piece(tongue: Tongue, text: &str, span: Span, marks: &[Marked]) -> Markup {
    let end = (span.end as usize).min(text.len());
    let mut start = (span.start as usize).min(end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let near: Vec<&Marked> = marks.iter().filter(|m| m.span.overlaps(span)).collect();
    let mut edges: Vec<usize> = near
        .iter()
        .flat_map(|m| [m.span.start as usize, m.span.end as usize])
        .filter(|e| *e > start && *e < end && text.is_char_boundary(*e))
        .collect();
    edges.extend([start, end]);
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::new();
    for pair in edges.windows(2) {
        let Some(words) = text.get(pair[0]..pair[1]) else { continue };
        let here = Span::new(pair[0], pair[1]);
        let over: Vec<&&Marked> = near.iter().filter(|m| m.span.contains(here)).collect();
        if over.is_empty() {
            out.push_str(&visible(tongue, words));
            continue;
        }
        let mut classes: Vec<&str> = over.iter().map(|m| m.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let chosen = over.iter().any(|m| m.chosen);
        for m in over.iter().filter(|m| m.class == "sentence" && m.span.start as usize == pair[0]) {
            out.push_str(&html! { a.anchor id={ "claim-" (m.claim) } {} }.into_string());
        }
        let class = format!("{}{}", classes.join(" "), if chosen { " chosen" } else { "" });
        out.push_str(&html! { mark class=(class) { (PreEscaped(visible(tongue, words))) } }.into_string());
    }
    PreEscaped(out)
}

/// Escapes a text, and shows what cannot be seen or would turn the line round.
pub(crate) fn visible(tongue: Tongue, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => out.push('\n'),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{200B}' | '\u{2028}' | '\u{2029}' => {
                control(&mut out, &tongue.say("invisible-character"), c);
            }
            c if c.is_control() || matches!(c, '\u{E0000}'..='\u{E007F}') => {
                control(&mut out, &tongue.say("control-character"), c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A character that cannot be seen, by its number.
fn control(out: &mut String, what: &str, c: char) {
    let shown = html! { span.control title=(what) { (format!("U+{:04X}", c as u32)) } };
    out.push_str(&shown.into_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(start: usize, end: usize, class: &'static str) -> Marked {
        Marked { span: Span::new(start, end), class, claim: "c".to_owned(), chosen: false }
    }

    #[test]
    fn marks_nest_and_the_sentence_is_a_target() {
        let html = piece(
            Tongue::ENGLISH,
            "They took the town.",
            Span::new(0, 19),
            &[mark(0, 19, "sentence"), mark(5, 9, "trigger")],
        )
        .into_string();
        assert_eq!(
            html,
            "<a class=\"anchor\" id=\"claim-c\"></a><mark class=\"sentence\">They </mark><mark class=\"sentence trigger\">took</mark><mark class=\"sentence\"> the town.</mark>"
        );
    }

    #[test]
    fn direction_overrides_are_seen() {
        let html = visible(Tongue::ENGLISH, "safe\u{202E}<script>");
        assert!(html.contains("U+202E") && html.contains("&lt;script&gt;") && !html.contains('\u{202E}'));
    }

    proptest! {
        #[test]
        fn no_marks_break_the_text(text in "[a-z<>&\"é\u{202E}ا ]{0,40}", marks in prop::collection::vec((0..50_usize, 0..20_usize), 0..6)) {
            let marks: Vec<Marked> = marks.into_iter().map(|(s, n)| mark(s, s + n, "clause")).collect();
            let html = piece(Tongue::ENGLISH, &text, Span::new(0, text.len()), &marks).into_string();
            let plain = html.replace("<mark class=\"clause\">", "").replace("</mark>", "");
            prop_assert_eq!(plain, visible(Tongue::ENGLISH, &text));
        }
    }
}
