//! A page to an [`Article`]: what the page says of itself, its main text as paragraphs, headings and list entries.

mod flat;
mod main_text;
mod meta;
mod walk;

use dom_query::Document;

use crate::plain::{self, Piece};
use crate::{Article, Head, Note, Published, Span};

/// Deeper pages are read flat. Real pages stay under 100; recursion in the page reader is only safe for shallow ones.
const DEEPEST: usize = 400;
/// More unclosed inline tags than this make parsing quadratic (each is opened again in each paragraph).
const MOST_OPEN_INLINE: usize = 400;
/// Larger pages are read flat, in bytes.
const LARGEST: usize = 16 << 20;
/// More attributes in one tag make parsing quadratic (each is compared with all before it).
const MOST_ATTRIBUTES: usize = 2_000;
/// Pages with more tags are read flat.
const MOST_TAGS: usize = 300_000;

/// Reads a page. Whatever the head already knows goes before what the page says.
pub(crate) fn article(mut head: Head, page: &str, mut notes: Vec<Note>) -> Article {
    let measure = flat::measure(page);
    let why = if measure.depth > DEEPEST {
        Some(format!("{} elements deep", measure.depth))
    } else if measure.open_inline > MOST_OPEN_INLINE {
        Some(format!("broken ({} inline tags are never closed)", measure.open_inline))
    } else if measure.attributes > MOST_ATTRIBUTES {
        Some(format!("broken (a tag of {} attributes)", measure.attributes))
    } else if page.len() > LARGEST {
        Some(format!("larger than {} MiB", LARGEST >> 20))
    } else if measure.tags > MOST_TAGS {
        Some(format!("made of {} tags", measure.tags))
    } else {
        None
    };
    if let Some(why) = why {
        notes.push(Note::FlatHtml { why });
        return plain::article(head, flat::text(page), notes);
    }
    // NUL is a parse error in HTML and has no place in a stored text.
    let document = if page.contains('\0') { Document::from(page.replace('\0', " ")) } else { Document::from(page) };
    let meta = meta::read(&document);
    head.title = head.title.or(meta.title);
    head.outlet = head.outlet.or(meta.outlet);
    head.url = head.url.or(meta.url);
    if head.published == Published::Unknown
        && let Some((day, from)) = meta.published
    {
        head.published = Published::Read { day, from: from.to_owned() };
    }
    let parts = main_text::find(&document);
    let mut text = String::with_capacity(parts.iter().map(|part| part.words.len() + 2).sum());
    let mut pieces = Vec::with_capacity(parts.len());
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part.words);
        pieces.push(Piece { span: Span::new(start, text.len()), kind: Some(part.kind), cut: part.cut });
    }
    plain::assemble(head, text, &pieces, notes)
}
