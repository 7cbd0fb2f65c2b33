//! Claims that somebody else coded: an analyst's table (CSV) or JSON Lines, such as our own export writes.
//!
//! Every row becomes a claim or comes back with the reason why not. A claim rests on a text as any other does: on the
//! quotes of the row, at their places, or on the row itself. Rows that name one article share it; any other row is an
//! article of its own, so that a table imported again with more rows adds just these.
//!
//! A column of states ("who holds it", with the day since when) is read so: the government of the place's country holds
//! it on that day, anybody else took it on that day. Whoever means something else has a column of kinds.

mod columns;
mod csv;
mod excerpt;
mod row;

use std::collections::BTreeMap;

use jiff::Timestamp;
use marchland_article::{Article, Head, Published};
use marchland_claim::{Claim, Known};

pub use columns::{ColumnError, Columns};

use excerpt::Excerpt;
use row::{Fields, Read};

/// What the caller knows of a table as a whole.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// Which columns hold what.
    pub columns: Columns,
    /// ISO country code for rows that name none.
    pub country: Option<String>,
    /// Name of the table, for articles that have no name of their own.
    pub name: String,
}

/// A row that gave no claim.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Rejected {
    /// The line on which it begins, counted from one.
    pub line: usize,
    /// Why, in words.
    pub why: String,
}

/// What a table gave.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Articles in the order of their first row, with when they were first read (where the table says so) and their
    /// claims.
    pub articles: Vec<(Article, Option<Timestamp>, Vec<Claim>)>,
    /// Rows that gave no claim.
    pub rejected: Vec<Rejected>,
    /// Rows, good and bad.
    pub rows: usize,
}

/// Reads a table: JSON Lines where the first line is an object, else CSV with a head.
///
/// # Errors
/// When the options name a column that is not there. Bad rows are no error; they come back with their reasons.
pub fn import(text: &str, options: &TableOptions, known: &Known<'_>) -> Result<Imported, ColumnError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let json = text.trim_start().starts_with('{');
    let mut out = Imported::default();
    let mut groups = Groups::default();
    if json {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            out.rows += 1;
            let row = Fields::from_json(line, &options.columns);
            out.take(&mut groups, n + 1, row, options, known);
        }
    } else {
        let mut records = csv::records(text).into_iter();
        let Some(head) = records.next() else { return Ok(out) };
        let fields = options.columns.of(&head.cells)?;
        for record in records {
            out.rows += 1;
            let row = Fields::from_cells(&head.cells, &fields, record.cells);
            out.take(&mut groups, record.line, row, options, known);
        }
    }
    out.articles = groups.articles(options);
    Ok(out)
}

impl Imported {
    fn take(
        &mut self,
        groups: &mut Groups,
        line: usize,
        row: Result<Fields, String>,
        options: &TableOptions,
        known: &Known<'_>,
    ) {
        let taken = row.and_then(|fields| {
            let read = row::read(&fields, options, known)?;
            groups.add(read)
        });
        if let Err(why) = taken {
            self.rejected.push(Rejected { line, why });
        }
    }
}

/// Rows by the article that they name.
#[derive(Default)]
struct Groups {
    order: Vec<Group>,
    by: BTreeMap<row::Source, usize>,
}

struct Group {
    source: row::Source,
    read_at: Option<Timestamp>,
    excerpt: Excerpt,
    rows: Vec<Read>,
}

impl Groups {
    fn add(&mut self, mut read: Read) -> Result<(), String> {
        let at = match &read.source.article {
            Some(_) => self.by.get(&read.source).copied(),
            None => None,
        };
        let at = at.unwrap_or_else(|| {
            self.order.push(Group {
                source: read.source.clone(),
                read_at: read.read_at,
                excerpt: Excerpt::default(),
                rows: vec![],
            });
            self.by.insert(read.source.clone(), self.order.len() - 1);
            self.order.len() - 1
        });
        let group = &mut self.order[at];
        group.read_at = match (group.read_at, read.read_at) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        group.excerpt.quotes(&read.quotes().collect::<Vec<_>>())?;
        if let Some(text) = read.line.take() {
            read.number = group.excerpt.line(text);
        }
        group.rows.push(read);
        Ok(())
    }

    fn articles(self, options: &TableOptions) -> Vec<(Article, Option<Timestamp>, Vec<Claim>)> {
        let one = |group: Group| {
            let Group { source, read_at, excerpt, rows } = group;
            if rows.is_empty() {
                return None;
            }
            let (text, span) = excerpt.build();
            let name = source.article.or_else(|| source.url.clone()).unwrap_or_else(|| options.name.clone());
            let name = if name.is_empty() { "table".to_owned() } else { name };
            let published = source.published.map_or(Published::Unknown, |day| Published::Given { day });
            let head = Head { id: name, title: None, url: source.url, outlet: source.outlet, published };
            // No blocks: a table is no running text, and two rows that look alike are no copies of a story.
            let article = Article::new(head, text, Vec::new(), Vec::new(), Vec::new());
            let claims = rows.into_iter().map(|r| r.claim(&article, &span)).collect();
            Some((article, read_at, claims))
        };
        self.order.into_iter().filter_map(one).collect()
    }
}

#[cfg(test)]
mod tests;
