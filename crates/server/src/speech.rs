//! Sentences of the catalogue with links and symbols in them.
//!
//! `mark!(tongue, "key", articles = html! { a … })` puts mark-up where the message names it, wherever its language wants
//! it. The words of the message and every text are escaped; a text stands in an element of its own where lines run from
//! right to left, so that a Latin name turns nothing round.

use marchland_words::{Tongue, Value};
use maud::{Markup, PreEscaped, html};

/// What a message is given for one of its names.
pub(crate) enum Part<'p> {
    /// Chooses the plural form, or is written as a number.
    Number(Value<'p>),
    /// A name or words of the data.
    Text(String),
    Html(Markup),
}

impl From<Markup> for Part<'_> {
    fn from(html: Markup) -> Self {
        Self::Html(html)
    }
}

impl From<String> for Part<'_> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Part<'_> {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => { $(impl From<$kind> for Part<'_> {
        fn from(n: $kind) -> Self {
            Self::Number(Value::from(n))
        }
    })* };
}
numbers!(usize, u64, u32, i32, i64);

/// Marks of our own about the number of a part: characters for private use, which no catalogue has.
const OPEN: char = '\u{F8F0}';
const SHUT: char = '\u{F8F1}';

/// A message with parts, as mark-up.
pub(crate) fn marked<const N: usize>(tongue: Tongue, key: &str, parts: [(&'static str, Part<'_>); N]) -> Markup {
    let mut pieces: Vec<Markup> = Vec::with_capacity(N);
    let mut hold = |piece: Markup| {
        pieces.push(piece);
        Value::from(format!("{OPEN}{}{SHUT}", pieces.len() - 1))
    };
    let values: Vec<(&'static str, Value<'_>)> = parts
        .into_iter()
        .map(|(name, part)| {
            let value = match part {
                Part::Number(value) => value,
                Part::Html(html) => hold(html),
                Part::Text(text) if tongue.is_rtl() => hold(html! { bdi { (text) } }),
                Part::Text(text) => hold(html! { (text) }),
            };
            (name, value)
        })
        .collect();
    let said = tongue.spoken(key, values);
    let mut out = String::with_capacity(said.len() + 32);
    let mut rest = said.as_str();
    while let Some((words, tail)) = rest.split_once(OPEN) {
        out.push_str(&html! { (words) }.into_string());
        let Some((number, tail)) = tail.split_once(SHUT) else { break };
        let piece = number.parse::<usize>().ok().and_then(|n| pieces.get(n));
        out.push_str(piece.map_or("", |p| p.0.as_str()));
        rest = tail;
    }
    out.push_str(&html! { (rest) }.into_string());
    PreEscaped(out)
}

/// `mark!(tongue, "key", name = part)`: a message with links or symbols in it.
macro_rules! mark {
    ($tongue:expr, $key:expr $(, $name:ident = $part:expr)* $(,)?) => {
        $crate::speech::marked($tongue, $key, [$((stringify!($name), $crate::speech::Part::from($part))),*])
    };
}
pub(crate) use mark;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, html: &str) {
        let tongue = Tongue::find(tag).unwrap();
        let link = html! { a href="/" { "<x>" } };
        assert_eq!(mark!(tongue, "answer-party", party = link, held = "A & B").into_string(), html);
    }

    #[test]
    fn words_are_escaped_and_parts_stand_where_the_language_wants_them() {
        check("en", "<a href=\"/\">&lt;x&gt;</a> A &amp; B");
        check("ar", "<a href=\"/\">&lt;x&gt;</a> <bdi>A &amp; B</bdi>");
        check("en-XA", "⟦<a href=\"/\">&lt;x&gt;</a> A &amp; B⟧");
    }
}
