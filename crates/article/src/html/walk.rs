//! A tree of elements to parts: stretches of words, each with its kind.

use dom_query::NodeRef;

use crate::{BlockKind, CutReason};

/// A paragraph, heading or list entry of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub words: String,
    pub kind: BlockKind,
    pub cut: Option<CutReason>,
    /// Bytes of the words that stand inside links.
    pub linked: usize,
}

/// Elements of which nothing is shown, or nothing that is text.
const HIDDEN: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "button", "select", "option", "textarea", "input",
    "iframe", "object", "audio", "video", "canvas", "head", "nav", "dialog", "menu", "label", "form",
];
/// Elements that do not break a line.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// The parts of a tree, in order. `skip` leaves out elements that the caller knows to be no text.
pub(super) fn parts(root: &NodeRef, skip: impl Fn(&NodeRef, &str) -> bool) -> Vec<Part> {
    enum Step<'a> {
        Enter(NodeRef<'a>),
        Leave { before: Option<BlockKind>, uncut: bool },
        LeaveLink,
    }
    let mut made = Maker::default();
    let mut kind = BlockKind::Paragraph;
    // What everything inside the element that we are in is cut for.
    let mut cut: Option<CutReason> = None;
    let mut stack = vec![Step::Enter(*root)];
    while let Some(step) = stack.pop() {
        let node = match step {
            Step::Leave { before, uncut } => {
                made.finish(kind, cut);
                kind = before.unwrap_or(kind);
                if uncut {
                    cut = None;
                }
                continue;
            }
            Step::LeaveLink => {
                made.link = false;
                continue;
            }
            Step::Enter(node) => node,
        };
        if node.is_text() {
            made.push(&node.text());
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        if node.is_element() {
            if HIDDEN.contains(&name) || skip(&node, name) {
                continue;
            }
            if name == "br" {
                made.line_break(kind, cut);
                continue;
            }
            if name == "a" {
                made.link = true;
                stack.push(Step::LeaveLink);
            } else if !INLINE.contains(&name) {
                made.finish(kind, cut);
                let own = match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
                    "li" | "td" | "th" | "dt" | "dd" => Some(BlockKind::Item),
                    "p" if kind == BlockKind::Heading => Some(BlockKind::Paragraph),
                    _ => None,
                };
                let own_cut = if cut.is_none() { no_news(&node, name) } else { None };
                stack.push(Step::Leave { before: own.map(|_| kind), uncut: own_cut.is_some() });
                kind = own.unwrap_or(kind);
                cut = cut.or(own_cut);
            }
        }
        stack.extend(node.children_it(true).map(Step::Enter));
    }
    made.finish(kind, cut);
    made.parts
}

/// What a block element is cut for, by its name and by the words of its class.
fn no_news(node: &NodeRef, name: &str) -> Option<CutReason> {
    if name == "figcaption" || name == "caption" {
        return Some(CutReason::Caption);
    }
    let class = node.class()?;
    let words = |c: char| !c.is_ascii_alphanumeric();
    let mut found = None;
    for word in class.split(words).take(24) {
        found = found.or(match word.to_ascii_lowercase().as_str() {
            "caption" | "imagecaption" | "captiontext" | "wp-caption-text" => Some(CutReason::Caption),
            "credit" | "credits" | "photocredit" => Some(CutReason::Credit),
            "related" | "recirc" | "recommended" | "recommendations" | "readmore" | "seealso" | "trending" => {
                Some(CutReason::RelatedLink)
            }
            "newsletter" | "subscribe" | "promo" | "advert" | "advertisement" | "sponsored" => Some(CutReason::Promo),
            "share" | "sharing" | "social" | "breadcrumb" | "breadcrumbs" => Some(CutReason::Navigation),
            "byline" | "dateline" | "timestamp" | "copyright" => Some(CutReason::Notice),
            "comment" | "comments" | "disqus" => Some(CutReason::Comments),
            _ => None,
        });
    }
    // Wrappers of the whole story carry such words too ("article with-related"): only small elements count.
    found.filter(|_| node.normalized_char_count() < 600)
}

#[derive(Default)]
struct Maker {
    parts: Vec<Part>,
    words: String,
    linked: usize,
    link: bool,
    /// A blank is due before the next word.
    blank: bool,
    /// A line was broken just before.
    broken: bool,
}

impl Maker {
    fn push(&mut self, text: &str) {
        for (n, word) in text.split(char::is_whitespace).enumerate() {
            if n > 0 {
                self.blank = !self.words.is_empty();
            }
            if word.is_empty() {
                continue;
            }
            if self.blank {
                self.words.push(' ');
                self.blank = false;
            }
            self.words.push_str(word);
            self.broken = false;
            if self.link {
                self.linked += word.len() + 1;
            }
        }
    }

    /// One `<br>` after a sentence, or two anywhere, end the paragraph; one in the middle of a sentence is a blank.
    fn line_break(&mut self, kind: BlockKind, cut: Option<CutReason>) {
        if self.broken || self.words.ends_with(['.', '!', '?', '"', '”', ':']) {
            self.finish(kind, cut);
        } else {
            self.blank = !self.words.is_empty();
            self.broken = true;
        }
    }

    fn finish(&mut self, kind: BlockKind, cut: Option<CutReason>) {
        self.blank = false;
        self.broken = false;
        let linked = std::mem::take(&mut self.linked);
        if self.words.contains(|c| !crate::lines::is_blank(c)) {
            let words = std::mem::take(&mut self.words);
            let words = words.trim_matches(crate::lines::is_blank).to_owned();
            self.parts.push(Part { linked: linked.min(words.len()), words, kind, cut });
        }
        self.words.clear();
    }
}
