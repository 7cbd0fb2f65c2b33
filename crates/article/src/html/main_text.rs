//! Where the news stands on a page.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::walk::{Part, parts};
use crate::CutReason;

/// Less main text than this, in bytes, is doubted.
const LITTLE: usize = 400;

/// The main text's parts.
pub(super) fn find(document: &Document) -> Vec<Part> {
    let mut found = readable(document).unwrap_or_default();
    let size = |parts: &[Part]| parts.iter().map(|part| part.words.len()).sum::<usize>();
    if size(&found) < LITTLE {
        // Either the page is short, or its story was not found: then the paragraphs of the whole page say more.
        let whole = whole_page(document);
        let news = |parts: &[Part]| size(&parts.iter().filter(|part| is_running(part)).cloned().collect::<Vec<_>>());
        let purer = news(&whole) >= news(&found) && size(&whole) <= size(&found);
        if found.is_empty() || purer || news(&whole) > 2 * news(&found) {
            found = whole;
        }
    }
    cut_links(&mut found);
    found
}

/// A paragraph of a sentence or more that is not a link.
fn is_running(part: &Part) -> bool {
    part.linked * 2 < part.words.len() && part.words.split_whitespace().nth(7).is_some()
}

/// Everything on the page but its frame.
fn whole_page(document: &Document) -> Vec<Part> {
    let frame = |node: &NodeRef, name: &str| {
        let role = node.attr("role");
        let role = role.as_deref().unwrap_or_default();
        matches!(name, "header" | "footer" | "aside")
            || matches!(role, "navigation" | "banner" | "contentinfo" | "search")
    };
    match document.body() {
        Some(body) => parts(&body, frame),
        None => parts(&document.root(), frame),
    }
}

fn readable(document: &Document) -> Option<Vec<Part>> {
    // The classes are kept: they tell captions and related links from paragraphs.
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let tree = Document::fragment(article.content);
    let found = parts(&tree.root(), |_, _| false);
    (!found.is_empty()).then_some(found)
}

/// A paragraph, heading or list entry that is one link and no sentence leads to another story.
fn cut_links(parts: &mut [Part]) {
    for part in parts.iter_mut().filter(|part| part.cut.is_none()) {
        let count = part.words.split_whitespace().take(40).count();
        let link = part.linked * 10 >= part.words.len() * 9;
        let sentence =
            part.words.ends_with(['.', ':', ',']) || part.words.ends_with(".”") || part.words.ends_with(".\"");
        if link && !sentence && (3..=25).contains(&count) {
            part.cut = Some(CutReason::RelatedLink);
        }
    }
}
