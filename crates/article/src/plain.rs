//! Plain text to an [`Article`]: paragraphs, then what each of them is.

use crate::day::{dateline, is_byline, publication_day};
use crate::furniture::{Verdict, judge};
use crate::lines::{is_blank, paragraphs, trim};
use crate::{Article, Block, BlockKind, Cut, CutReason, Head, Note, Published, Span, language};

/// A paragraph of known kind, before it is judged. The page reader makes these too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub span: Span,
    /// What the page says that it is; `None` in plain text.
    pub kind: Option<BlockKind>,
    /// What the page says that is no news at all.
    pub cut: Option<CutReason>,
}

/// Reads plain text.
pub(crate) fn article(head: Head, text: String, notes: Vec<Note>) -> Article {
    let text = without_nul(text);
    let mut notes = notes;
    notes.extend(text.1);
    let pieces: Vec<Piece> =
        paragraphs(&text.0).into_iter().map(|span| Piece { span, kind: None, cut: None }).collect();
    assemble(head, text.0, &pieces, notes)
}

/// NUL ends a string in half of the programs that we hand texts to.
fn without_nul(text: String) -> (String, Option<Note>) {
    let times = text.bytes().filter(|b| *b == 0).count();
    if times == 0 {
        return (text, None);
    }
    (text.replace('\0', " "), Some(Note::Replaced { what: "NUL".into(), times: times as u32 }))
}

/// Judges the pieces of a text: cut or block, and of which kind.
pub(crate) fn assemble(mut head: Head, text: String, pieces: &[Piece], mut notes: Vec<Note>) -> Article {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut blocks: Vec<Block> = Vec::with_capacity(pieces.len());
    let shouted = is_shouted(&text);
    let titles = titles(head.title.as_deref());
    // Set after "Related stories" while headlines follow.
    let mut list: Option<CutReason> = None;
    for (n, piece) in pieces.iter().enumerate() {
        let words = piece.span.of(&text);
        let cut = |reason| Cut { span: piece.span, reason };
        if let Some(reason) = piece.cut {
            cuts.push(cut(reason));
            continue;
        }
        if !words.contains(char::is_alphanumeric) {
            cuts.push(cut(CutReason::Separator));
            continue;
        }
        if blocks.len() < 4 && repeats(words, &titles) {
            cuts.push(cut(CutReason::RepeatedTitle));
            continue;
        }
        // Only at the top: further down a date in a dateline belongs to another story.
        if n < 6
            && let Some(found) = publication_day(words)
        {
            if head.published == Published::Unknown {
                head.published = Published::Read { day: found.day, from: found.from.to_owned() };
            }
            if let Some(agency) = found.agency {
                head.outlet.get_or_insert_with(|| agency.to_owned());
            }
            if found.whole {
                cuts.push(cut(CutReason::Notice));
                continue;
            }
        }
        if is_byline(words) {
            cuts.push(cut(CutReason::Notice));
            continue;
        }
        match judge(words) {
            Verdict::Cut { reason, list: opens } => {
                cuts.push(cut(reason));
                list = opens.then_some(reason);
                continue;
            }
            Verdict::CutFrom { at, reason } => {
                let from = piece.span.start as usize + at;
                cuts.push(Cut { span: Span::new(from, piece.span.end as usize), reason });
                if let Some(span) = trim(&text, piece.span.start as usize, from) {
                    blocks.push(Block { span, kind: piece.kind.unwrap_or(BlockKind::Paragraph) });
                }
                list = None;
                continue;
            }
            Verdict::Keep => {}
        }
        if let Some(reason) = list {
            if (shouted || !is_crosshead(words)) && is_headline(words) {
                cuts.push(cut(reason));
                continue;
            }
            list = None;
        }
        let kind = piece.kind.unwrap_or_else(|| {
            let next = pieces.get(n + 1).map(|next| next.span.of(&text));
            kind_of(words, blocks.is_empty() && head.title.is_none(), next, shouted)
        });
        let mut span = piece.span;
        // A dateline glued to the first sentence would read as part of it.
        if kind == BlockKind::Paragraph
            && blocks.len() < 4
            && let Some(end) = dateline(words)
        {
            let start = span.start as usize;
            if let Some(line) = trim(&text, start, start + end) {
                blocks.push(Block { span: line, kind: BlockKind::Dateline });
            }
            span.start += end as u32;
        }
        blocks.push(Block { span, kind });
    }
    if head.title.is_none()
        && let Some(block) = blocks.iter().find(|block| block.kind == BlockKind::Title)
    {
        head.title = Some(block.span.of(&text).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if language::is_not_english(&text) {
        notes.push(Note::NotEnglish);
    }
    Article::new(head, text, cuts, blocks, notes)
}

fn kind_of(words: &str, first: bool, next: Option<&str>, shouted: bool) -> BlockKind {
    if is_item(words) {
        return BlockKind::Item;
    }
    let single = !words.contains('\n');
    if first && single && next.is_some() && is_headline(words) && publication_day(words).is_none() {
        return BlockKind::Title;
    }
    let marked = words.starts_with('#') || (words.starts_with("==") && words.ends_with("=="));
    if single && (marked || (is_crosshead(words) && (!shouted || words.len() <= 40)) || is_small_heading(words, next)) {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

/// "NERVE AXIS": a short line in capitals that is no sentence.
pub(crate) fn is_crosshead(words: &str) -> bool {
    if words.len() > 160 || words.contains('\n') || words.ends_with(['.', ',', ';']) {
        return false;
    }
    let (mut upper, mut others) = (0, 0);
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        if c.is_lowercase() {
            return false;
        }
        if c.is_uppercase() {
            upper += 1;
        } else {
            others += 1;
        }
    }
    upper >= 3 && upper >= others && words.split_whitespace().count() <= 12
}

/// "The Long Road North": a short line in title case (or of at most four words) before a long paragraph.
fn is_small_heading(words: &str, next: Option<&str>) -> bool {
    let Some(next) = next else { return false };
    let count = words.split_whitespace().take(10).count();
    if count > 9
        || words.len() > 70
        || next.len() < 80
        || !unfinished(words)
        || !words.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    {
        return false;
    }
    if words.ends_with(['?', '!'])
        || words.split_whitespace().filter(|word| word.bytes().any(|b| b.is_ascii_digit())).count() > 1
    {
        return false;
    }
    let long_words = words.split_whitespace().filter(|word| word.chars().count() >= 4);
    count <= 4
        || long_words.clone().all(|word| {
            word.trim_start_matches(['"', '“', '‘', '\'', '('])
                .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        })
}

/// A line without the stop of a sentence and of a headline's length.
fn is_headline(words: &str) -> bool {
    words.len() <= 200 && words.split_whitespace().take(21).count() <= 20 && unfinished(words)
}

fn unfinished(words: &str) -> bool {
    !words.ends_with(['.', ':', ';', ',', '…', '-', '–', '—'])
        && !words.ends_with(".\"")
        && !words.ends_with(".”")
        && !words.ends_with(",\"")
        && !words.ends_with("?\"")
}

/// "- an entry", "* an entry", "3. an entry".
pub(crate) fn is_item(words: &str) -> bool {
    let after_bullet = words.strip_prefix(['-', '*', '•', '‣', '◦', '▪', '·', '–']);
    if let Some(rest) = after_bullet {
        return rest.starts_with(char::is_whitespace);
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && words[digits..].starts_with([')', '.']) && words[digits + 1..].starts_with(' ')
}

/// True when most letters are capitals, as in old telex: capitals then mean nothing.
fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars().take(4_000) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > lower
}

/// Small letters and digits only, words parted by one blank.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_blank(*c) || c.is_whitespace()) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// The title, and the title without the site's name behind it.
fn titles(title: Option<&str>) -> Vec<String> {
    let Some(title) = title else { return Vec::new() };
    let site = [" | ", " - ", " – ", " — ", " :: ", " » "].iter().filter_map(|mark| title.rfind(mark)).max();
    let bare = site.map(|at| folded(&title[..at])).filter(|bare| bare.split(' ').count() >= 3);
    std::iter::once(folded(title)).filter(|title| !title.is_empty()).chain(bare).collect()
}

/// True when the paragraph is the title again. A sentence with its stop is none.
fn repeats(words: &str, titles: &[String]) -> bool {
    let longest = titles.iter().map(String::len).max().unwrap_or(0);
    words.len() <= longest * 3 + 20 && !words.ends_with('.') && titles.contains(&folded(words))
}
