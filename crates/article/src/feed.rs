//! Feeds (RSS 2.0, RSS 1.0, Atom 1.0): which articles they name. No more is read of them than addresses, titles and
//! days; what cannot be understood is passed over. Time and memory are linear in the input.

use jiff::civil::Date;

/// An article that a feed names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// Address of the article, absolute (`http` or `https`).
    pub link: String,
    /// Title, where given.
    pub title: Option<String>,
    /// Day of publication in the feed's own time zone, where given.
    pub published: Option<Date>,
}

/// Most items that are read of one feed.
const MOST: usize = 1000;

/// The articles that a feed names, in its order; `None` when the bytes are no feed.
#[must_use]
pub fn read_feed(bytes: &[u8]) -> Option<Vec<FeedItem>> {
    let text = String::from_utf8_lossy(bytes);
    let head = text.get(..text.floor_char_boundary(4096)).unwrap_or(&text);
    let is_feed = ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| head.contains(tag));
    if !is_feed {
        return None;
    }
    let mut items = Vec::new();
    let mut rest: &str = &text;
    while items.len() < MOST {
        let Some((name, inside, after)) = next_item(rest) else { break };
        rest = after;
        let link = if name == "entry" { atom_link(inside) } else { field(inside, "link") };
        let link = link.filter(|l| l.starts_with("http://") || l.starts_with("https://"));
        let Some(link) = link else { continue };
        let published = ["pubDate", "dc:date", "published", "updated"].iter().find_map(|f| day(&field(inside, f)?));
        items.push(FeedItem { link, title: field(inside, "title").filter(|t| !t.is_empty()), published });
    }
    Some(items)
}

/// The next item: the name of its element, what is inside, and what comes after.
fn next_item(text: &str) -> Option<(&'static str, &str, &str)> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = &text[at..];
        let name = ["item", "entry"].into_iter().find(|n| opens(rest, n));
        if let Some(name) = name {
            let begin = rest.find('>')? + 1;
            let close = if name == "item" { "</item" } else { "</entry" };
            let end = begin + rest[begin..].find(close)?;
            return Some((name, &rest[begin..end], &rest[end..]));
        }
        at += 1;
    }
}

/// True when the text begins with the start tag of that name.
fn opens(text: &str, name: &str) -> bool {
    let after = text.strip_prefix('<').and_then(|t| t.strip_prefix(name));
    after.is_some_and(|t| t.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()))
}

/// The text of the first element of that name.
fn field(text: &str, name: &str) -> Option<String> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = &text[at..];
        if opens(rest, name) {
            let begin = rest.find('>')? + 1;
            if rest[..begin].ends_with("/>") {
                at += begin;
                continue;
            }
            let end = rest[begin..].find("</").map_or(rest.len(), |n| begin + n);
            // CDATA may hold tags, and with them "</".
            let inside = rest[begin..].trim_start();
            if let Some(data) = inside.strip_prefix("<![CDATA[") {
                return Some(data[..data.find("]]>").unwrap_or(data.len())].trim().to_owned());
            }
            return Some(unescape(rest[begin..end].trim()));
        }
        at += 1;
    }
}

/// The address of an Atom entry: the first link that is no other relation than "alternate".
fn atom_link(text: &str) -> Option<String> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = &text[at..];
        if opens(rest, "link") {
            let tag = &rest[..rest.find('>')?];
            if attribute(tag, "rel").is_none_or(|rel| rel == "alternate") {
                return attribute(tag, "href");
            }
            at += tag.len();
        } else {
            at += 1;
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let quote = tag[at..].chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let value = &tag[at + 1..];
    Some(unescape(&value[..value.find(quote)?]))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No reference is longer than this: without the limit a text of "&" would be searched again and again.
        let near = rest.get(..rest.floor_char_boundary(12)).unwrap_or(rest);
        let decoded = near.find(';').and_then(|end| {
            let name = &near[1..end];
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, end + 1))
        });
        match decoded {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A day as RSS ("Mon, 09 Aug 2021 10:00:00 +0430", RFC 2822) or Atom ("2021-08-09T10:00:00Z", RFC 3339) gives it.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(date) = text.get(..10).and_then(|t| t.parse::<Date>().ok()) {
        return Some(date);
    }
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn rss_and_atom_are_read() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title><link>http://wire.example/</link>\
            <item><title><![CDATA[Town <b>falls</b>]]></title><link> http://wire.example/a?x=1&amp;y=2 </link><pubDate>Mon, 09 Aug 2021 10:00:00 +0430</pubDate></item>\
            <item><title>No address</title></item><item><link>javascript:broken=1</link></item>\
            <item><link>https://wire.example/b</link></item></channel></rss>";
        let items = read_feed(rss.as_bytes()).unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].link, "http://wire.example/a?x=1&y=2");
        assert_eq!(items[0].title.as_deref(), Some("Town <b>falls</b>"));
        assert_eq!(items[0].published, Some(date(2021, 8, 9)));
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://wire.example/'/><entry><title>One &#233;</title>\
            <link rel='enclosure' href='http://wire.example/pic'/><link rel=\"alternate\" href=\"http://wire.example/1\"/><updated>2021-08-10T01:00:00Z</updated></entry></feed>";
        let items = read_feed(atom.as_bytes()).unwrap();
        assert_eq!((items.len(), items[0].link.as_str()), (1, "http://wire.example/1"));
        assert_eq!((items[0].title.as_deref(), items[0].published), (Some("One é"), Some(date(2021, 8, 10))));
        assert_eq!(read_feed(b"<html><body>No feed</body></html>"), None);
    }

    #[test]
    fn a_feed_without_an_end_costs_no_more_than_its_length() {
        let begin = std::time::Instant::now();
        for part in ["<item>", "<item><link>", "<item><title>&", "<entry><link ", "<link rel='x' ", "<link "] {
            let text = format!("<rss><entry>{}/></entry>", part.repeat((4 << 20) / part.len()));
            assert!(read_feed(text.as_bytes()).is_some());
        }
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "(<rss|<feed|<item|<entry|<link|>|/>|</item|</entry|&|&#x|;|é|[a-z \"'=]){0,40}") {
            let _ = read_feed(format!("<rss>{text}").as_bytes());
        }
    }
}
