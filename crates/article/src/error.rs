//! What can go wrong when bytes are read: each says what was read, where, and what to do.

/// One document (or one line of a file of documents) that could not be read. The others go on.
#[derive(Debug, thiserror::Error)]
#[error("{name}{at}: {problem}\n  hint: {hint}", at = line.map(|line| format!(", line {line}")).unwrap_or_default(), hint = problem.hint())]
pub struct ReadError {
    /// The input as the caller named it.
    pub name: String,
    /// The line, counted from 1, for line-based input.
    pub line: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a document.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing but white space.
    #[error("nothing to read: it is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("not a text: it looks like {looks}")]
    Binary {
        /// What it looks like ("a PDF file", "binary data").
        looks: &'static str,
    },
    /// More bytes than one document may have.
    #[error("too large: more than {limit} MiB in one {what}")]
    TooLarge {
        /// The limit in MiB.
        limit: usize,
        /// "document" or "line".
        what: &'static str,
    },
    /// Not JSON.
    #[error("invalid JSON: {message}; it begins {begins:?}")]
    Json {
        /// What the parser says, with its column.
        message: String,
        /// The first characters.
        begins: String,
    },
    /// JSON, but not an article.
    #[error("the JSON object has no text: it needs \"text\" or \"html\" with words in it (found {found})")]
    NoText {
        /// The fields that were found.
        found: String,
    },
    /// The source broke off.
    #[error("reading broke off: {0}")]
    Io(#[from] std::io::Error),
}

impl Problem {
    /// What to do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "check that the download is complete, or leave the file out",
            Self::Binary { .. } => "give the article as plain text, HTML or JSON Lines (convert or unpack it first)",
            Self::TooLarge { .. } => "give one article per file, or JSON Lines with one article per line",
            Self::Json { .. } => "mend this line; one complete JSON object per line, in UTF-8",
            Self::NoText { .. } => {
                "write {\"id\": ..., \"text\": ...} with optional \"title\", \"url\", \"published\", \"outlet\""
            }
            Self::Io(_) => "read it again; what was read before this point is whole",
        }
    }

    pub(crate) fn at(self, name: &str, line: Option<u64>) -> ReadError {
        ReadError { name: name.to_owned(), line, problem: self }
    }
}
