//! Words for people: every string of the screen, in one catalogue a language (`data/words/*.ftl`, in Fluent).
//!
//! **Purpose.** A key and its values in, a sentence out: plural forms by the rules of the language (Unicode CLDR, by way of
//! Fluent), numbers and days by its habit. **Dependencies:** `fluent-bundle`, `jiff`.
//!
//! Days are put together from the catalogue's own month names and patterns, not by a library: a handful of words for
//! each language against some megabytes of tables, of which nothing else would be used.

mod accept;
mod days;
mod number;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// A value of a message: a text or a number. A number chooses the plural form.
pub type Value<'v> = fluent_bundle::FluentValue<'v>;

/// A language that the screen speaks.
struct Language {
    /// BCP 47.
    tag: &'static str,
    /// What those call it who speak it.
    name: &'static str,
    /// "ltr" or "rtl".
    direction: &'static str,
    /// Its catalogue; the pseudo-language has none of its own.
    source: Option<&'static str>,
}

static LANGUAGES: [Language; 3] = [
    Language { tag: "en", name: "English", direction: "ltr", source: Some(include_str!("../../../data/words/en.ftl")) },
    Language {
        tag: "ar", name: "العربية", direction: "rtl", source: Some(include_str!("../../../data/words/ar.ftl"))
    },
    // English with every message between brackets: what stands outside them on a page is in no catalogue.
    Language { tag: PSEUDO, name: "[English]", direction: "ltr", source: None },
];

/// The tag of the pseudo-language for tests.
pub const PSEUDO: &str = "en-XA";

/// One language, ready to speak.
struct Ready {
    bundle: FluentBundle<FluentResource>,
    /// Messages without values, put together once.
    plain: HashMap<String, String>,
}

fn ready() -> &'static [Option<Ready>] {
    static READY: OnceLock<Vec<Option<Ready>>> = OnceLock::new();
    READY.get_or_init(|| LANGUAGES.iter().map(|l| l.source.map(|source| make(l.tag, source))).collect())
}

fn make(tag: &str, source: &str) -> Ready {
    // A broken entry costs that entry: the tests find it, a person reads the English one.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
    // Names of the data are isolated by elements of the page, not by invisible characters.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number::in_groups));
    let _ = bundle.add_resource(resource);
    let keys: Vec<String> = keys(source).map(str::to_owned).collect();
    let mut plain = HashMap::new();
    for key in keys {
        let Some(pattern) = bundle.get_message(&key).and_then(|m| m.value()) else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
        if errors.is_empty() {
            plain.insert(key, text);
        }
    }
    Ready { bundle, plain }
}

/// The keys of a catalogue, in order.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    source.lines().filter(starts).filter_map(|line| line.split_once(" =").map(|(key, _)| key))
}

/// A language that the screen speaks. Copied freely; English by default.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Tongue(u8);

impl fmt::Debug for Tongue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Tongue {
    /// English: the first language, and the one read where another lacks a key.
    pub const ENGLISH: Self = Self(0);

    /// The languages that a person may choose.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).zip(&LANGUAGES).filter(|(_, l)| l.source.is_some()).map(|(n, _)| Self(n))
    }

    /// The language of a tag ("ar", "ar-EG"); the pseudo-language too.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        let language = |tag: &str| LANGUAGES.iter().position(|l| l.tag.eq_ignore_ascii_case(tag));
        let n = language(tag).or_else(|| language(tag.split(['-', '_']).next()?))?;
        u8::try_from(n).ok().map(Self)
    }

    /// The best language for a browser's `Accept-Language`.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        accept::tags(header).into_iter().find_map(Self::find).unwrap_or_default()
    }

    fn language(self) -> &'static Language {
        LANGUAGES.get(usize::from(self.0)).unwrap_or(&LANGUAGES[0])
    }

    /// BCP 47.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.language().tag
    }

    /// What those call it who speak it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.language().name
    }

    /// "ltr" or "rtl".
    #[must_use]
    pub fn direction(self) -> &'static str {
        self.language().direction
    }

    /// True where lines run from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self.direction() == "rtl"
    }

    /// True where messages stand between brackets.
    fn is_pseudo(self) -> bool {
        self.language().source.is_none()
    }

    /// The catalogues to look at, the best first.
    fn ready(self) -> impl Iterator<Item = &'static Ready> {
        let all = ready();
        let own = all.get(usize::from(self.0)).and_then(Option::as_ref);
        own.into_iter().chain(all.first().and_then(Option::as_ref).filter(|_| self != Self::ENGLISH))
    }

    /// True when the catalogue of this language has the key itself.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        self.ready().next().is_some_and(|r| r.bundle.has_message(key))
    }

    /// A message without values. A key that no catalogue has comes back as it is.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        let found = self.ready().find_map(|r| r.plain.get(key));
        match found {
            Some(text) if self.is_pseudo() => bracketed(text),
            Some(text) => text.clone(),
            None => self.with(key, []),
        }
    }

    /// A message with values. What is written wrongly in a catalogue is read in English.
    #[must_use]
    pub fn with<const N: usize>(self, key: &str, values: [(&'static str, Value<'_>); N]) -> String {
        self.spoken(key, values)
    }

    /// A message with any number of values.
    #[must_use]
    pub fn spoken<'v, K>(self, key: &str, values: impl IntoIterator<Item = (K, Value<'v>)>) -> String
    where
        K: Into<Cow<'v, str>>,
    {
        let args: FluentArgs<'_> = values.into_iter().collect();
        for ready in self.ready() {
            let Some(pattern) = ready.bundle.get_message(key).and_then(|m| m.value()) else { continue };
            let mut errors = Vec::new();
            let text = ready.bundle.format_pattern(pattern, Some(&args), &mut errors);
            if errors.is_empty() {
                return if self.is_pseudo() { bracketed(&text) } else { text.into_owned() };
            }
        }
        key.to_owned()
    }
}

/// A message of the pseudo-language. Joints of punctuation alone stay as they are.
fn bracketed(text: &str) -> String {
    if text.chars().any(char::is_alphanumeric) { format!("⟦{text}⟧") } else { text.to_owned() }
}

/// `say!(tongue, "key", name = value)`: a message with values.
#[macro_export]
macro_rules! say {
    ($tongue:expr, $key:expr $(,)?) => { $tongue.say($key) };
    ($tongue:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $tongue.with($key, [$((stringify!($name), $crate::Value::from($value))),+])
    };
}

#[cfg(test)]
mod tests;
