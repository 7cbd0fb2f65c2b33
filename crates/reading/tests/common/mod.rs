//! What several tests need.
#![allow(dead_code)]

use marchland_article::{Article, Block, BlockKind, Head, Span};

/// An article of paragraphs, one block each.
pub fn article(blocks: &[&str]) -> Article {
    let mut text = String::new();
    let mut spans = Vec::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(block);
        spans.push(Block { span: Span::new(start, text.len()), kind: BlockKind::Paragraph });
    }
    Article::new(Head::named("test"), text, Vec::new(), spans, Vec::new())
}
