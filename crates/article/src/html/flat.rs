//! Pages that no tree should be built from: measured and stripped of tags in one pass, without recursion.

/// Elements of pictures, which do close themselves with "/>".
const SHAPES: [&str; 12] =
    ["path", "rect", "circle", "line", "polygon", "polyline", "ellipse", "use", "stop", "g", "image", "animate"];

/// What one pass over the tags tells.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// The deepest nesting of elements that must be closed.
    pub depth: usize,
    /// Inline formatting tags that are never closed.
    pub open_inline: usize,
    /// All tags.
    pub tags: usize,
    /// The most attributes of one tag.
    pub attributes: usize,
}

/// Inline tags that a parser opens again in each block until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements without content, and elements whose end is implied by what follows: they do not nest by being left open.
const FLAT: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "tr", "th", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "html", "head",
    "body", "rp", "rt",
];

/// Measures a page. An upper bound: a parser never nests deeper, because it closes more than the page does.
pub(super) fn measure(page: &str) -> Measure {
    let mut measure = Measure::default();
    let mut depth = 0usize;
    let mut inline = 0usize;
    tags(page, |tag| {
        measure.tags += 1;
        measure.attributes = measure.attributes.max(tag.attributes);
        let name = tag.name.as_str();
        if FORMATTING.contains(&name) {
            if tag.closes {
                inline = inline.saturating_sub(1);
            } else {
                inline += 1;
            }
            measure.open_inline = measure.open_inline.max(inline);
        } else if FLAT.contains(&name) {
            // Lists and tables nest through these only with their parents, which are counted.
        } else if tag.closes {
            depth = depth.saturating_sub(1);
        } else if !(tag.self_closing && (tag.name == "!" || SHAPES.contains(&name))) {
            // "<div/>" opens a div in HTML, whatever it looks like.
            depth += 1;
            measure.depth = measure.depth.max(depth);
        }
    });
    measure
}

/// The words of a page with its block tags as line breaks; scripts, styles and comments are left out.
pub(super) fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut from = 0;
    tags(page, |tag| {
        push_words(&mut out, &page[from..tag.start]);
        from = tag.end;
        if !FORMATTING.contains(&tag.name.as_str())
            && !matches!(tag.name.as_str(), "span" | "img" | "wbr" | "sup" | "sub")
        {
            while out.ends_with(' ') {
                out.pop();
            }
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push_str("\n\n");
            }
        }
    });
    push_words(&mut out, &page[from..]);
    out
}

/// Adds text with its white space made single blanks and its commonest character references resolved.
fn push_words(out: &mut String, raw: &str) {
    let mut rest = raw;
    while !rest.is_empty() {
        let at = rest.find(|c: char| c == '&' || c.is_whitespace()).unwrap_or(rest.len());
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            match reference(rest) {
                Some((c, len)) => {
                    out.push(c);
                    rest = &rest[len..];
                }
                None => {
                    out.push('&');
                    rest = &rest[1..];
                }
            }
        } else if let Some(c) = rest.chars().next() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
            rest = &rest[c.len_utf8()..];
        }
    }
}

fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" => ' ',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    };
    Some((c, end + 1))
}

struct Tag {
    start: usize,
    end: usize,
    name: String,
    closes: bool,
    self_closing: bool,
    /// An upper bound.
    attributes: usize,
}

/// Calls back for each tag, and once for each comment, script or style with all that is in it (named "!").
fn tags(page: &str, mut found: impl FnMut(Tag)) {
    let bytes = page.as_bytes();
    let mut at = 0;
    // A missing end is looked for once only, so that thousands of openings do not each search to the end of the page.
    let mut comments_end = true;
    let mut endless: Vec<String> = Vec::new();
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        let rest = &bytes[open + 1..];
        let hidden = |end: usize, attributes: usize| Tag {
            start: open,
            end,
            name: "!".into(),
            closes: false,
            self_closing: true,
            attributes,
        };
        if rest.starts_with(b"!--") {
            let end = if comments_end {
                memchr::memmem::find(&rest[3..], b"-->").map(|end| open + 4 + end + 3)
            } else {
                None
            };
            comments_end = end.is_some();
            let end = end.or_else(|| tag_end(bytes, open).map(|(end, _)| end)).unwrap_or(bytes.len());
            found(hidden(end, 0));
            at = end;
            continue;
        }
        let closes = rest.first() == Some(&b'/');
        let name_at = open + 1 + usize::from(closes);
        let length = bytes[name_at..].iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let named = length > 0 && bytes[name_at].is_ascii_alphabetic();
        if !named && !matches!(rest.first(), Some(b'!' | b'?' | b'/')) {
            at = open + 1; // "a < b"
            continue;
        }
        let Some((end, attributes)) = tag_end(bytes, open) else {
            // An opening without its end: the rest is no markup.
            return;
        };
        let name = page[name_at..name_at + length].to_ascii_lowercase();
        let hides =
            matches!(name.as_str(), "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "textarea");
        if hides && !closes && !endless.contains(&name) {
            let close = find_close(bytes, end, &name);
            if close.is_none() {
                endless.push(name.clone());
            }
            if let Some(close) = close {
                found(hidden(close, attributes));
                at = close;
                continue;
            }
        }
        let self_closing = end >= 2 && bytes[end - 2] == b'/';
        let name = if named { name } else { "!".into() };
        found(Tag { start: open, end, name, closes, self_closing: self_closing || !named, attributes });
        at = end;
    }
}

/// One past the ">" of the tag, quoted ">" skipped, looking 64 KiB far; and how many attributes it may have.
fn tag_end(bytes: &[u8], open: usize) -> Option<(usize, usize)> {
    let reach = &bytes[open..bytes.len().min(open + (64 << 10))];
    let mut quote = None;
    let mut blanks = 0;
    for (n, b) in reach.iter().enumerate() {
        match (quote, *b) {
            (None, b'>') => return Some((open + n + 1, blanks)),
            (None, b'"' | b'\'') if n > 0 && reach[n - 1] == b'=' => quote = Some(*b),
            (None, b' ' | b'\t' | b'\n' | b'/' | b'\r' | b'\x0c') => blanks += 1,
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    memchr::memchr(b'>', &bytes[open..]).map(|end| (open + end + 1, blanks))
}

/// One past the closing tag of a hidden element.
fn find_close(bytes: &[u8], from: usize, name: &str) -> Option<usize> {
    let reach = &bytes[from..];
    for at in memchr::memmem::find_iter(reach, b"</") {
        let tag = &reach[at + 2..];
        if tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return memchr::memchr(b'>', tag).map(|end| from + at + 2 + end + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_what_must_be_closed() {
        assert_eq!(measure("<html><body><div><p>a<p>b<p>c</div></body></html>").depth, 1);
        assert_eq!(measure(&"<div>".repeat(1000)).depth, 1000);
        assert_eq!(measure(&"<div></div>".repeat(1000)).depth, 1);
        assert_eq!(measure(&"<ul><li>".repeat(500)).depth, 500);
        assert_eq!(measure(&"<b>".repeat(700)).open_inline, 700);
        assert_eq!(measure("a < b && c > d").tags, 0);
    }

    #[test]
    fn flat_text_keeps_the_words_and_drops_the_scripts() {
        assert_eq!(
            text(
                "<title>T</title><script>var a = '<p>no</p>';</script><div>The <b>mill</b>\n fell&nbsp;on <i>Friday</i>.<p>It&#39;s &quot;theirs&quot; &amp; ours<!-- no --></div>"
            ),
            "T\n\nThe mill fell on Friday.\n\nIt's \"theirs\" & ours\n\n"
        );
        assert_eq!(text("a < b <c"), "a < b <c");
        assert_eq!(text("&#xD800; &bogus; &"), "&#xD800; &bogus; &");
    }

    #[test]
    fn hostile_pages_take_linear_time() {
        for page in ["<", "<!--", "<a href=\"", "<script>", "</", "&", "<p title='>", "<svg><"] {
            let page = page.repeat(300_000);
            let _ = measure(&page);
            let _ = text(&page);
        }
    }
}
