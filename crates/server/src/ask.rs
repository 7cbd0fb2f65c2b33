//! One question: the part of the path that varies, the parameters, and for a form its fields.

use std::str::FromStr;

use crate::problem::Problem;
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

    /// A parameter as a value, or a message that says what is wrong with it.
    pub fn parse<T: FromStr>(&self, name: &str, form: &str) -> Result<Option<T>, Problem> {
        self.get(name)
            .map(|text| text.parse().map_err(|_| Problem::Bad(format!("{name}={text:?} is not {form}"))))
            .transpose()
    }

    /// The view that the parameters describe.
    pub fn view(&self) -> Result<View, Problem> {
        View::from_pairs(self.query.iter().map(|(k, v)| (k.as_str(), v.as_str()))).map_err(Problem::Bad)
    }
}

fn pick<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(k, _)| k == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
}
