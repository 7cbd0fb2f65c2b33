//! Quotations of an article.

use marchland_article::{Article, Span};

/// Stretches of text between quotation marks, longer than a few words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Quotes(Vec<Span>);

/// Shorter ones are words held at a distance, not speech: the "final assault".
const WORDS: usize = 4;

impl Quotes {
    /// Finds quotations block by block; a mark left open ends with its block.
    pub fn new(article: &Article) -> Self {
        let mut found = Vec::new();
        for block in &article.blocks {
            let text = block.span.of(&article.text);
            let base = block.span.start as usize;
            let mut open: Option<usize> = None;
            for (at, c) in text.char_indices() {
                match c {
                    '“' | '«' | '„' => open = Some(at),
                    '”' | '»' => close(&mut found, &mut open, base, at + c.len_utf8(), text),
                    '"' => {
                        if open.is_some() {
                            close(&mut found, &mut open, base, at + 1, text);
                        } else {
                            open = Some(at);
                        }
                    }
                    _ => {}
                }
            }
            if open.is_some() {
                close(&mut found, &mut open, base, text.len(), text);
            }
        }
        Self(found)
    }

    /// True when a quotation shares text with a span.
    pub fn touches(&self, span: Span) -> bool {
        let at = self.0.partition_point(|q| q.end <= span.start);
        self.0.get(at).is_some_and(|q| q.start < span.end)
    }

    /// The quotation that holds a span.
    pub fn around(&self, span: Span) -> Option<Span> {
        let at = self.0.partition_point(|q| q.end <= span.start);
        self.0.get(at).copied().filter(|q| q.contains(span))
    }
}

fn close(found: &mut Vec<Span>, open: &mut Option<usize>, base: usize, end: usize, text: &str) {
    if let Some(start) = open.take()
        && text[start..end].split_whitespace().count() >= WORDS
    {
        found.push(Span::new(base + start, base + end));
    }
}
