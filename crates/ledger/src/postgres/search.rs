//! Full text, and stories. PostgreSQL finds the articles; where in them the words stand is told here, so that both
//! stores answer alike.

use marchland_article::Span;

use super::Postgres;
use crate::story::Groups;
use crate::{ClaimFilter, Result, SearchHit};

/// What is looked for: a word, the beginning of one, or words in a row; folded.
#[derive(Debug, PartialEq, Eq)]
enum Term {
    Words(Vec<String>),
    Beginning(String),
}

impl Postgres {
    pub(super) fn find(&self, words: &str, filter: &ClaimFilter) -> Result<Vec<SearchHit>> {
        let terms = terms(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let query = tsquery(&terms);
        let bare = ClaimFilter { limit: None, with_rejected: false, article: None, ..filter.clone() }
            == ClaimFilter::default();
        let rows = self
            .client
            .borrow_mut()
            .query(
                "SELECT digest FROM article WHERE words @@ $1::text::tsquery ORDER BY ts_rank(words, $1::text::tsquery) DESC, id",
                &[&query],
            )
            .map_err(self.err("searching"))?;
        let mut out: Vec<SearchHit> = Vec::new();
        for row in rows {
            if out.len() >= filter.limit.unwrap_or(usize::MAX) {
                break;
            }
            let digest: String = row.get(0);
            let Some(article) = self.read_article(&digest)? else { continue };
            let mut claims = Vec::new();
            let of = ClaimFilter { article: Some(digest), limit: None, ..filter.clone() };
            self.read_claims(&of, &mut |c| claims.push(c))?;
            if !bare && claims.is_empty() {
                continue;
            }
            out.push(SearchHit { spans: places(&article.article.text, &terms), article, claims });
        }
        Ok(out)
    }

    pub(super) fn groups(&self) -> Result<Groups> {
        let rows = self.client.borrow_mut().query(
            "SELECT a.digest, b.digest FROM copy c JOIN article a ON a.id = c.later JOIN article b ON b.id = c.earlier",
            &[],
        );
        let rows = rows.map_err(self.err("reading stories"))?;
        Ok(Groups::of(rows.into_iter().map(|r| (r.get(0), r.get(1)))))
    }

    pub(super) fn group_of(&self, digest: &str) -> Result<Groups> {
        // PostgreSQL wants the recursive part in one piece.
        let rows = self.client.borrow_mut().query(
            "WITH RECURSIVE story (id) AS (
               SELECT id FROM article WHERE digest = $1
               UNION SELECT CASE WHEN c.later = s.id THEN c.earlier ELSE c.later END
               FROM story s JOIN copy c ON s.id IN (c.later, c.earlier))
             SELECT a.digest FROM story s JOIN article a ON a.id = s.id",
            &[&digest],
        );
        let rows = rows.map_err(self.err("reading a story"))?;
        let members = rows.into_iter().map(|r| r.get::<_, String>(0)).filter(|m| m != digest);
        Ok(Groups::of(members.map(|m| (digest.to_owned(), m))))
    }
}

/// Lower case, without marks on letters: what `unicode61 remove_diacritics` of SQLite does for search. Every stretch
/// that is no word becomes one blank, so that the server sees words alone.
pub(super) fn folded(text: &str) -> String {
    // The server takes no more than a megabyte of words for one text.
    const MOST: usize = 400_000;
    let mut out = String::with_capacity(text.len());
    for (word, _) in words_of(text) {
        if out.len() + word.len() > MOST {
            break;
        }
        out.push_str(&word);
        out.push(' ');
    }
    out
}

/// The words of a text, folded, with where they stand.
fn words_of(text: &str) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((marchland_place::fold(&text[from..at]), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn terms(words: &str) -> Vec<Term> {
    let list =
        |part: &str| -> Vec<String> { words_of(part).into_iter().map(|(w, _)| w).filter(|w| !w.is_empty()).collect() };
    let mut out = Vec::new();
    for (i, part) in words.split('"').enumerate() {
        if i % 2 == 1 {
            out.extend(Some(list(part)).filter(|w| !w.is_empty()).map(Term::Words));
            continue;
        }
        for word in part.split_whitespace() {
            let mut folded = list(word);
            match folded.len() {
                0 => {}
                1 if word.ends_with('*') => out.extend(folded.pop().map(Term::Beginning)),
                _ => out.push(Term::Words(folded)),
            }
        }
    }
    out
}

/// Words are letters and digits alone by now: nothing in them means anything to the server.
fn tsquery(terms: &[Term]) -> String {
    let quoted = |w: &String| format!("'{w}'");
    let one = |t: &Term| match t {
        Term::Words(words) => format!("({})", words.iter().map(quoted).collect::<Vec<_>>().join(" <-> ")),
        Term::Beginning(word) => format!("'{word}':*"),
    };
    terms.iter().map(one).collect::<Vec<_>>().join(" & ")
}

/// Where in the text the terms stand, in order, without overlap.
fn places(text: &str, terms: &[Term]) -> Vec<Span> {
    let words = words_of(text);
    let mut out: Vec<Span> = Vec::new();
    for (i, (word, span)) in words.iter().enumerate() {
        let found = terms.iter().find_map(|t| match t {
            Term::Beginning(b) => word.starts_with(b.as_str()).then_some(*span),
            Term::Words(ws) => {
                let row = words.get(i..i + ws.len())?;
                row.iter().map(|(w, _)| w).eq(ws).then(|| span.cover(row[ws.len() - 1].1))
            }
        });
        if let Some(found) = found
            && out.last().is_none_or(|last| last.end <= found.start)
        {
            out.push(found);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_is_a_syntax_error() {
        let check = |words: &str, expect: &str| assert_eq!(tsquery(&terms(words)), expect, "{words}");
        check("Kunduz fell", "('kunduz') & ('fell')");
        check("\"fell to\" Kund*", "('fell' <-> 'to') & 'kund':*");
        check("NEAR( AND -x '; DROP", "('near') & ('and') & ('x') & ('drop')");
        check("* \" ( :", "");
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Rebels took Ḥamā on Sunday; rebels left.";
        let spans = places(text, &terms("rebels \"hama on\""));
        assert_eq!(spans.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["Rebels", "Ḥamā on", "rebels"]);
    }
}
