//! Which heading stands for which field, and which word for which value: data/import/columns.toml.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// A mapping that names a field that there is not, or a heading that the table lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// Not FIELD=HEADING.
    #[error("{0:?} is no mapping; write FIELD=HEADING, as in --map published=report_day")]
    Form(String),
    /// No such field.
    #[error("no field is called {asked:?}; there are: {known}")]
    Field {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// No such heading.
    #[error("the table has no column {heading:?} for {field}; it has: {there}")]
    Heading {
        /// The field.
        field: String,
        /// What was asked for.
        heading: String,
        /// What there is.
        there: String,
    },
}

/// Pairs of field and heading that the user gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    given: BTreeMap<String, String>,
}

impl Columns {
    /// From words such as `published=report_day`.
    ///
    /// # Errors
    /// When one is no pair or names no field.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, ColumnError> {
        let mut given = BTreeMap::new();
        for pair in pairs {
            let pair = pair.as_ref();
            let (field, heading) = pair.split_once('=').ok_or_else(|| ColumnError::Form(pair.to_owned()))?;
            let field = folded(field);
            if !DATA.columns.contains_key(&field) {
                let known = DATA.columns.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(ColumnError::Field { asked: field, known });
            }
            given.insert(field, heading.trim().to_owned());
        }
        Ok(Self { given })
    }

    /// For each column of a table the field that it holds.
    ///
    /// # Errors
    /// When a heading that the user names is not there.
    pub(super) fn of(&self, headings: &[String]) -> Result<Vec<Option<&'static str>>, ColumnError> {
        let mut out: Vec<Option<&'static str>> = headings.iter().map(|h| field_of(h)).collect();
        for (field, heading) in &self.given {
            let name = DATA.columns.get_key_value(field).map(|(name, _)| name.as_str());
            let at = headings.iter().position(|h| folded(h) == folded(heading)).ok_or_else(|| {
                ColumnError::Heading { field: field.clone(), heading: heading.clone(), there: headings.join(", ") }
            })?;
            for cell in &mut out {
                if *cell == name {
                    *cell = None;
                }
            }
            out[at] = name;
        }
        // The first of two columns for one field counts.
        let mut seen = std::collections::BTreeSet::new();
        for cell in &mut out {
            *cell = cell.filter(|f| seen.insert(*f));
        }
        Ok(out)
    }

    /// The field of one key of a JSON object.
    pub(super) fn of_key(&self, key: &str) -> Option<&'static str> {
        let key = folded(key);
        let given = self.given.iter().find(|(_, heading)| folded(heading) == key).map(|(field, _)| field);
        match given {
            Some(field) => DATA.columns.get_key_value(field).map(|(name, _)| name.as_str()),
            None => field_of(&key).filter(|f| !self.given.contains_key(*f)),
        }
    }
}

fn field_of(heading: &str) -> Option<&'static str> {
    HEADINGS.get(&folded(heading)).copied()
}

/// Lower case, blanks and hyphens as underscores.
pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// data/import/columns.toml
#[derive(Deserialize)]
pub(super) struct Data {
    columns: BTreeMap<String, Vec<String>>,
    pub status: BTreeMap<String, Vec<String>>,
    pub stance: BTreeMap<String, Vec<String>>,
    pub speaker: BTreeMap<String, Vec<String>>,
}

impl Data {
    /// Under which name a list holds the word.
    pub(super) fn word<'d>(list: &'d BTreeMap<String, Vec<String>>, word: &str) -> Option<&'d str> {
        let word = word.trim().to_lowercase();
        list.iter().find(|(_, words)| words.contains(&word)).map(|(name, _)| name.as_str())
    }
}

pub(super) static DATA: LazyLock<Data> = LazyLock::new(|| {
    // The file is part of the program; every test here reads it.
    toml::from_str(include_str!("../../../../data/import/columns.toml")).expect("data/import/columns.toml")
});

static HEADINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for (field, headings) in &DATA.columns {
        for heading in headings {
            out.insert(heading.clone(), field.as_str());
        }
    }
    // A field's own name comes before any other meaning of the word.
    for field in DATA.columns.keys() {
        out.insert(field.clone(), field.as_str());
    }
    out
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_find_their_field() {
        let heads: Vec<String> = ["Publisher", "report day", "x", "place", "city"].map(str::to_owned).to_vec();
        let plain = Columns::default().of(&heads).unwrap();
        assert_eq!(plain, [Some("outlet"), Some("published"), None, Some("place"), None]);
        let mapped = Columns::parse(&["place=city", "holder=X"]).unwrap().of(&heads).unwrap();
        assert_eq!(mapped, [Some("outlet"), Some("published"), Some("holder"), None, Some("place")]);
        assert!(Columns::parse(&["nothing"]).unwrap_err().to_string().contains("FIELD=HEADING"));
        assert!(Columns::parse(&["colour=x"]).unwrap_err().to_string().contains("valid_from"));
        let gone = Columns::parse(&["place=village"]).unwrap().of(&heads).unwrap_err().to_string();
        assert!(gone.contains("village") && gone.contains("Publisher"), "{gone}");
    }

    #[test]
    fn no_heading_stands_for_two_fields() {
        let mut seen = BTreeMap::new();
        for (field, headings) in &DATA.columns {
            for heading in headings {
                assert_eq!(folded(heading), *heading);
                assert_eq!(seen.insert(heading, field), None, "{heading}");
            }
        }
    }
}
