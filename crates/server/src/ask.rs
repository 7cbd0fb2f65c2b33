//! One question: the part of the path that varies, the parameters, and for a form its fields.

use jiff::civil::Date;
use marchland_words::Tongue;

use crate::problem::Problem;
use crate::said::said;
use crate::view::View;

/// One question.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ask {
    /// The varying part of the path (`/place/{id}`), decoded; empty where there is none.
    pub id: String,
    /// Parameters of the address, in order.
    pub query: Vec<(String, String)>,
    /// Fields of a form that was sent.
    pub form: Vec<(String, String)>,
    /// The language of the answer.
    pub tongue: Tongue,
}

impl Ask {
    /// The last value of a parameter; an empty one counts as none, as forms send empty fields.
    pub fn get(&self, name: &str) -> Option<&str> {
        pick(&self.query, name)
    }

    /// The last value of a field of the form.
    pub fn field(&self, name: &str) -> Option<&str> {
        pick(&self.form, name)
    }

    /// A field of the form that must be there.
    pub fn need(&self, name: &str) -> Result<&str, Problem> {
        self.field(name).ok_or_else(|| Problem::missing(name))
    }

    /// A parameter as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        let wrong = |text: &str| Problem::Bad(said!("problem-number", name = name, value = format!("{text:?}")));
        self.get(name).map(|text| text.parse().map_err(|_| wrong(text))).transpose()
    }

    /// A parameter as a day.
    pub fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        self.get(name).map(|text| text.parse().map_err(|_| Problem::no_day(name, text))).transpose()
    }

    /// A parameter as a day that must be there.
    pub fn day_needed(&self, name: &str, example: &str) -> Result<Date, Problem> {
        let missing = || Problem::Bad(said!("problem-missing-example", name = name, example = example));
        self.day(name)?.ok_or_else(missing)
    }

    /// The view that the parameters describe.
    pub fn view(&self) -> Result<View, Problem> {
        View::from_pairs(self.query.iter().map(|(k, v)| (k.as_str(), v.as_str()))).map_err(Problem::Bad)
    }
}

fn pick<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(k, _)| k == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
}
