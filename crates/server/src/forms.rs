//! What is sent to us: words of the vocabulary back into values.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;
use crate::said::said;

/// A value as the vocabulary spells it.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A word of the vocabulary as a value.
pub(crate) fn value<T: DeserializeOwned>(name: &str, word: &str) -> Result<T, Problem> {
    serde_json::from_value(Value::String(word.to_owned()))
        .map_err(|_| Problem::Bad(said!("problem-vocabulary", name = name, value = format!("{word:?}"))))
}
