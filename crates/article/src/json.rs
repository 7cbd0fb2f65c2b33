//! One JSON object to an [`Article`].

use serde_json::{Map, Value};

use crate::error::Problem;
use crate::read::{ReadOptions, html_article};
use crate::{Article, Head, Note, Published, charset, day, plain};

/// Reads one JSON object. `spare_id` names it when it has no `id`.
pub(crate) fn article(bytes: &[u8], spare_id: &str, options: &ReadOptions) -> Result<Article, Problem> {
    let (text, note) = charset::decode(bytes, None);
    let mut notes: Vec<Note> = note.into_iter().collect();
    let object = parse(text.trim(), &mut notes)?;
    from_object(object, spare_id, options, notes)
}

pub(crate) fn from_object(
    mut object: Map<String, Value>,
    spare_id: &str,
    options: &ReadOptions,
    mut notes: Vec<Note>,
) -> Result<Article, Problem> {
    let mut field = |names: &[&str]| names.iter().find_map(|name| object.remove(*name).and_then(words));
    let id = field(&["id"]).unwrap_or_else(|| spare_id.to_owned());
    let title = field(&["title", "headline"]);
    let url = field(&["url", "link"]);
    let outlet = field(&["outlet", "source", "publisher", "site"]);
    let stamp = field(&["published", "date", "publication_date", "date_published"]);
    let body = field(&["text", "body", "content"]);
    let html = if body.is_none() { field(&["html"]) } else { None };
    let given = match stamp {
        Some(stamp) => {
            let day = day::read_day(&stamp).or_else(|| stamp.parse().ok().and_then(day::from_epoch));
            if day.is_none() {
                notes.push(Note::BadDay { written: stamp.chars().take(80).collect() });
            }
            day
        }
        None => None,
    };
    let published = given.or(options.published).map_or(Published::Unknown, |day| Published::Given { day });
    let head = Head { id, title, url, outlet, published };
    match (body, html) {
        (Some(text), _) => Ok(plain::article(head, text, notes)),
        (None, Some(html)) => html_article(head, &html, notes),
        (None, None) => {
            let found = object.keys().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
            Err(Problem::NoText { found: if found.is_empty() { "none".into() } else { found } })
        }
    }
}

/// A field's words: a string, a number, or the `name` of an object; nothing when it is empty.
fn words(value: Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains(|c| !crate::lines::is_blank(c)).then_some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(mut object) => object.remove("name").and_then(words),
        _ => None,
    }
}

fn parse(text: &str, notes: &mut Vec<Note>) -> Result<Map<String, Value>, Problem> {
    let wrong = |error: serde_json::Error| Problem::Json {
        message: error.to_string(),
        begins: text.chars().take(40).collect(),
    };
    match serde_json::from_str(text) {
        Ok(object) => Ok(object),
        Err(error) => {
            // Half of a surrogate pair: Python writes them, JSON readers refuse them. One lost character is
            // better than a lost article.
            let (mended, times) = without_lone_surrogates(text);
            if times == 0 {
                return Err(wrong(error));
            }
            let object = serde_json::from_str(&mended).map_err(wrong)?;
            notes.push(Note::Replaced { what: "lone surrogate".into(), times });
            Ok(object)
        }
    }
}

/// Replaces `\uD8xx` without its other half by `\uFFFD`.
fn without_lone_surrogates(text: &str) -> (String, u32) {
    let half = |at: usize| -> Option<u32> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok().filter(|code| (0xD800..0xE000).contains(code))
    };
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at, mut times) = (0, 0, 0);
    let bytes = text.as_bytes();
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        at += found;
        match half(at) {
            None => at += 2,
            Some(code) if code < 0xDC00 && half(at + 6).is_some_and(|low| low >= 0xDC00) => at += 12,
            Some(_) => {
                out.push_str(&text[from..at]);
                out.push_str("\\uFFFD");
                times += 1;
                at += 6;
                from = at;
            }
        }
        if at >= bytes.len() {
            break;
        }
    }
    out.push_str(&text[from.min(text.len())..]);
    (out, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_become_one_replacement_each() {
        let (mended, times) = without_lone_surrogates(r#"{"text":"a\ud83d\ude00b\ud83dc\ude00\\ud83d \u00e9 \ud83d"#);
        assert_eq!(times, 3);
        assert_eq!(mended, r#"{"text":"a\ud83d\ude00b\uFFFDc\uFFFD\\ud83d \u00e9 \uFFFD"#);
        assert_eq!(without_lone_surrogates("no escapes é").1, 0);
        assert_eq!(without_lone_surrogates("\\").1, 0);
    }
}
