//! Something to be told later, in the language of whoever reads it: a key of the catalogue and its values.

use std::borrow::Cow;

use marchland_words::{Tongue, Value};
use serde::{Deserialize, Serialize};

/// A key of the catalogue and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    key: Cow<'static, str>,
    #[serde(default)]
    values: Vec<(Cow<'static, str>, Given)>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// Chooses the plural form.
    Number(i64),
    /// Words.
    Text(String),
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => { $(impl From<$kind> for Given {
        fn from(n: $kind) -> Self {
            Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
        }
    })* };
}
numbers!(usize, u64, u32, u16, i64);

impl Said {
    pub(crate) fn new(key: &'static str, values: Vec<(Cow<'static, str>, Given)>) -> Self {
        Self { key: Cow::Borrowed(key), values }
    }

    /// In a language.
    #[must_use]
    pub fn words(&self, tongue: Tongue) -> String {
        let value = |given: &Given| match given {
            Given::Number(n) => Value::from(*n),
            Given::Text(text) => Value::from(text.clone()),
        };
        tongue.spoken(&self.key, self.values.iter().map(|(name, given)| (name.clone(), value(given))))
    }
}

/// `said!("key", name = value)`.
macro_rules! said {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::said::Said::new($key, vec![$((std::borrow::Cow::Borrowed(stringify!($name)), $crate::said::Given::from($value))),*])
    };
}
pub(crate) use said;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_a_language_and_comes_back_from_a_file() {
        let told = said!("feed-took", items = 12_000_u32, taken = 1_u32);
        let back: Said = serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
        assert_eq!(back, told);
        assert_eq!(back.words(Tongue::ENGLISH), "12,000 articles in it, 1 new");
    }
}
