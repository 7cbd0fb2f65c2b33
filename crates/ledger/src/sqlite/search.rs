//! Full text, and near-copies.

use std::collections::BTreeMap;

use marchland_article::{Article, Span};
use rusqlite::{OptionalExtension, Transaction, params};

use super::Sqlite;
use crate::layout::Layout;
use crate::story::{ALIKE, CANDIDATES, Groups, Signature};
use crate::{ClaimFilter, Result, SearchHit};

/// Characters that mark a found word: private use, so that they are in no text of consequence.
const OPEN: char = '\u{F8FD}';
const CLOSE: char = '\u{F8FE}';

/// Makes a new article findable, by words and by likeness. Part of the transaction that stores it.
pub(super) fn index(tx: &Transaction<'_>, id: i64, a: &Article) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT INTO article_text (rowid, title, text) VALUES (?, ?, ?)")?
        .execute(params![id, a.title, a.text])?;
    sign(tx, id, a)
}

fn sign(tx: &Transaction<'_>, id: i64, a: &Article) -> rusqlite::Result<()> {
    let Some(signature) = Signature::of(a) else { return Ok(()) };
    let mut near: BTreeMap<i64, f64> = BTreeMap::new();
    let mut look = tx.prepare_cached(
        "SELECT b.article, s.minima FROM band b JOIN signature s ON s.article = b.article WHERE b.hash = ? ORDER BY b.article LIMIT ?",
    )?;
    for band in signature.bands() {
        let mut rows = look.query((band, CANDIDATES))?;
        while let Some(row) = rows.next()? {
            let other: i64 = row.get(0)?;
            if let Some(theirs) = Signature::from_bytes(&row.get::<_, Vec<u8>>(1)?) {
                near.entry(other).or_insert_with(|| signature.likeness(&theirs));
            }
        }
    }
    tx.prepare_cached("INSERT INTO signature (article, minima) VALUES (?, ?)")?
        .execute(params![id, signature.to_bytes()])?;
    for band in signature.bands() {
        tx.prepare_cached("INSERT OR IGNORE INTO band (hash, article) VALUES (?, ?)")?.execute([band, id])?;
    }
    for (other, likeness) in near.into_iter().filter(|(_, l)| *l >= ALIKE) {
        tx.prepare_cached("INSERT INTO copy (later, earlier, likeness) VALUES (?, ?, ?)")?
            .execute(params![id, other, likeness])?;
    }
    Ok(())
}

/// Signs what an earlier version stored unsigned.
pub(super) fn sign_all(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut after = 0_i64;
    loop {
        let next = tx
            .prepare_cached(
                "SELECT a.id, a.text, s.layout FROM article a JOIN latest l ON l.article = a.id
                 JOIN coding s ON s.id = l.source WHERE a.id > ? ORDER BY a.id LIMIT 1",
            )?
            .query_row([after], |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)))
            .optional()?;
        let Some((id, text, layout)) = next else { return Ok(()) };
        after = id;
        // A layout that cannot be read is for `check` to report, not for a migration to fail on.
        let Ok(layout) = serde_json::from_str::<Layout>(&layout) else { continue };
        let bare = Article {
            id: String::new(),
            text,
            title: None,
            url: None,
            outlet: None,
            published: marchland_article::Published::Unknown,
            cuts: Vec::new(),
            blocks: layout.blocks,
            digest: String::new(),
            notes: Vec::new(),
        };
        sign(tx, id, &bare)?;
    }
}

impl Sqlite {
    pub(super) fn find(&self, words: &str, filter: &ClaimFilter) -> Result<Vec<SearchHit>> {
        let err = self.err("searching");
        let query = match_query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let bare = ClaimFilter { limit: None, with_rejected: false, article: None, ..filter.clone() }
            == ClaimFilter::default();
        let mut find = self
            .db
            .prepare_cached(
                "SELECT a.digest, highlight(article_text, 1, ?2, ?3) FROM article_text JOIN article a ON a.id = article_text.rowid
                 WHERE article_text MATCH ?1 ORDER BY rank, a.id",
            )
            .map_err(&err)?;
        let mut rows = find.query(params![query, OPEN.to_string(), CLOSE.to_string()]).map_err(&err)?;
        let mut out: Vec<SearchHit> = Vec::new();
        while out.len() < filter.limit.unwrap_or(usize::MAX) {
            let Some(row) = rows.next().map_err(&err)? else { break };
            let digest: String = row.get(0).map_err(&err)?;
            let Some(article) = self.read_article(&digest)? else { continue };
            let mut claims = Vec::new();
            let of = ClaimFilter { article: Some(digest), limit: None, ..filter.clone() };
            self.read_claims(&of, &mut |c| claims.push(c))?;
            if !bare && claims.is_empty() {
                continue;
            }
            let marked: String = row.get(1).map_err(&err)?;
            out.push(SearchHit { spans: marks(&marked, &article.article.text), article, claims });
        }
        Ok(out)
    }

    pub(super) fn groups(&self) -> Result<Groups> {
        let err = self.err("reading stories");
        let pairs = self
            .db
            .prepare_cached(
                "SELECT a.digest, b.digest FROM copy c JOIN article a ON a.id = c.later JOIN article b ON b.id = c.earlier",
            )
            .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<Vec<_>>>())
            .map_err(&err)?;
        Ok(Groups::of(pairs))
    }

    /// The story of one article alone, without reading all of them.
    pub(super) fn group_of(&self, digest: &str) -> Result<Groups> {
        let err = self.err("reading a story");
        let members = self
            .db
            .prepare_cached(
                "WITH RECURSIVE story (id) AS (
                   SELECT id FROM article WHERE digest = ?
                   UNION SELECT c.earlier FROM story s CROSS JOIN copy c ON c.later = s.id
                   UNION SELECT c.later FROM story s CROSS JOIN copy c ON c.earlier = s.id)
                 SELECT a.digest FROM story s CROSS JOIN article a ON a.id = s.id",
            )
            .and_then(|mut s| s.query_map([digest], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>())
            .map_err(&err)?;
        Ok(Groups::of(members.into_iter().filter(|m| m != digest).map(|m| (digest.to_owned(), m))))
    }

    pub(super) fn read_stories(&self) -> Result<Vec<Vec<String>>> {
        Ok(self.groups()?.listed())
    }
}

/// What FTS5 understands: every word and phrase quoted, so that no input is a syntax error.
fn match_query(words: &str) -> String {
    let mut out = Vec::new();
    for (i, part) in words.split('"').enumerate() {
        let clean = |w: &str| {
            w.chars().filter(|c| c.is_alphanumeric() || *c == '\'' || *c == '-' || *c == ' ').collect::<String>()
        };
        let has = |w: &str| w.chars().any(char::is_alphanumeric);
        if i % 2 == 1 {
            out.extend(Some(clean(part)).filter(|p| has(p)).map(|p| format!("\"{p}\"")));
        } else {
            out.extend(
                part.split_whitespace()
                    .filter(|w| has(w))
                    .map(|w| format!("\"{}\"{}", clean(w), if w.ends_with('*') { "*" } else { "" })),
            );
        }
    }
    out.join(" ")
}

/// Spans of the marked words in the bare text; none where the text holds the marks itself.
fn marks(marked: &str, text: &str) -> Vec<Span> {
    if text.contains([OPEN, CLOSE]) {
        return Vec::new();
    }
    let (mut at, mut open, mut out) = (0, None, Vec::new());
    for c in marked.chars() {
        match c {
            OPEN => open = Some(at),
            CLOSE => out.extend(open.take().map(|start| Span::new(start, at))),
            _ => at += c.len_utf8(),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_input_is_a_syntax_error() {
        let check = |words: &str, expect: &str| assert_eq!(match_query(words), expect, "{words}");
        check("Kunduz fell", r#""Kunduz" "fell""#);
        check(r#""fell to" Kund*"#, r#""fell to" "Kund"*"#);
        check(r#"NEAR( AND OR -x "unclosed ( quote"#, r#""NEAR" "AND" "OR" "-x" "unclosed  quote""#);
        check("* \" ( :", "");
    }
}
