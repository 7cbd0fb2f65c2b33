//! Where the news stands on a page.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::walk::{Part, parts};

/// The main text's parts.
pub(super) fn find(document: &Document) -> Vec<Part> {
    readable(document).unwrap_or_default()
}

fn readable(document: &Document) -> Option<Vec<Part>> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let tree = Document::fragment(article.content);
    let found = parts(&tree.root(), |_, _| false);
    (!found.is_empty()).then_some(found)
}
