//! Where the news stands on a page.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::walk::{Part, parts};
use crate::CutReason;

/// The main text's parts.
pub(super) fn find(document: &Document) -> Vec<Part> {
    let mut found = readable(document).unwrap_or_default();
    cut_links(&mut found);
    found
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
