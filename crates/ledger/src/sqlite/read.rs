//! Asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use marchland_article::{Article, Published};
use marchland_claim::{Claim, ClaimId};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Row, types::Value};

use super::Sqlite;
use crate::judgement::Standing;
use crate::layout::{Layout, kind_word, stance_word};
use crate::{
    ArticleEntry, ArticleFilter, ClaimEntry, ClaimFilter, Counts, Judgement, LogEntry, Logged, Result, Run, Target,
};

const ARTICLE: &str =
    "SELECT a.id, a.digest, a.name, a.text, a.title, a.url, a.outlet, a.published, a.read_at, s.layout,
     (SELECT r.coder FROM coding k JOIN run r ON r.id = k.run WHERE k.article = a.id ORDER BY k.id DESC LIMIT 1)
     FROM article a JOIN latest l ON l.article = a.id JOIN coding s ON s.id = l.source";

impl Sqlite {
    pub(super) fn read_article(&self, digest: &str) -> Result<Option<ArticleEntry>> {
        let err = self.err("reading an article");
        let mut found = self.db.prepare_cached(&format!("{ARTICLE} WHERE a.digest = ?")).map_err(&err)?;
        let row = found.query_row([digest], article_row).optional().map_err(&err)?;
        row.map(|row| self.article_entry(row, &self.standing(Some(digest))?)).transpose()
    }

    pub(super) fn read_articles(&self, f: &ArticleFilter) -> Result<Vec<ArticleEntry>> {
        let err = self.err("reading articles");
        let standing = self.standing(None)?;
        let mut out = Vec::new();
        let mut find = self
            .db
            .prepare_cached(&format!("{ARTICLE} WHERE a.id > ? AND (?2 IS NULL OR a.outlet = ?2) ORDER BY a.id"))
            .map_err(&err)?;
        let mut rows = find.query((f.after, &f.outlet)).map_err(&err)?;
        while out.len() < f.limit.unwrap_or(usize::MAX) {
            let Some(row) = rows.next().map_err(&err)? else { break };
            let entry = self.article_entry(article_row(row).map_err(&err)?, &standing)?;
            if f.matches(&entry) {
                out.push(entry);
            }
        }
        Ok(out)
    }

    fn article_entry(&self, row: ArticleRow, standing: &Standing) -> Result<ArticleEntry> {
        let bad = |e: &dyn std::fmt::Display| self.damaged(format!("article {}", row.digest), e);
        let layout: Layout = serde_json::from_str(&row.layout).map_err(|e| bad(&e))?;
        let published: Published = serde_json::from_str(&row.published).map_err(|e| bad(&e))?;
        let published = standing.published(&row.digest).map_or(published, |day| Published::Given { day });
        let read_at = row.read_at.parse::<Timestamp>().map_err(|e| bad(&e))?;
        Ok(ArticleEntry {
            withdrawn: standing.withdrawn(&row.digest),
            article: Article {
                id: row.name,
                text: row.text,
                title: row.title,
                url: row.url,
                outlet: row.outlet,
                published,
                cuts: layout.cuts,
                blocks: layout.blocks,
                digest: row.digest,
                notes: layout.notes,
            },
            read_at,
            coder: row.coder,
            seq: row.seq,
        })
    }

    pub(super) fn read_claims(&self, f: &ClaimFilter, each: &mut dyn FnMut(ClaimEntry)) -> Result<()> {
        let err = self.err("reading claims");
        // Judgements and copies of one article alone, where the claims are of one.
        let of_one = match (&f.article, &f.id) {
            (Some(article), _) => Some(article.clone()),
            (None, Some(id)) => self.article_of(id)?,
            (None, None) => None,
        };
        let standing = self.standing(of_one.as_deref())?;
        let groups = match &of_one {
            Some(article) => self.group_of(article)?,
            None => self.groups()?,
        };
        let (sql, values) = claims_query(f);
        let mut find = self.db.prepare_cached(&sql).map_err(&err)?;
        let mut rows = find.query(rusqlite::params_from_iter(values)).map_err(&err)?;
        let mut left = f.limit.unwrap_or(usize::MAX);
        // The rows of an article come one after another: what is of the article is read once.
        let mut of: Option<Arc<Of>> = None;
        let mut waiting: Vec<(Arc<Of>, String)> = Vec::new();
        // Reading JSON costs more than finding the rows: it is done for many rows at a time, on all cores.
        let mut give = |waiting: &mut Vec<(Arc<Of>, String)>, left: &mut usize| -> Result<()> {
            let parse = |(_, body): &(Arc<Of>, String)| serde_json::from_str(body);
            // To wake another thread takes longer than to read a few.
            let read: Vec<serde_json::Result<Claim>> = if waiting.len() < FEW {
                waiting.iter().map(parse).collect()
            } else {
                waiting.par_iter().map(parse).collect()
            };
            for ((of, _), claim) in waiting.drain(..).zip(read) {
                if *left == 0 {
                    break;
                }
                let claim = claim.map_err(|e| self.damaged(format!("a claim of article {}", of.digest), e))?;
                let (claim, counts, verdict) = standing.apply(&of.digest, claim);
                let entry = ClaimEntry {
                    claim,
                    article: of.digest.clone(),
                    outlet: of.outlet.clone(),
                    published: of.published,
                    read_at: of.read_at,
                    story: groups.story(&of.digest).to_owned(),
                    verdict,
                    counts,
                };
                if f.matches(&entry) {
                    each(entry);
                    *left -= 1;
                }
            }
            Ok(())
        };
        while let Some(row) = rows.next().map_err(&err)? {
            let digest = row.get_ref(0).map_err(&err)?.as_str().unwrap_or_default();
            if of.as_ref().is_none_or(|o| o.digest != digest) {
                let bad = |e: &dyn std::fmt::Display| self.damaged(format!("article {digest}"), e);
                let day = row.get::<_, Option<String>>(2).map_err(&err)?;
                let day = day.map(|d| d.parse::<Date>()).transpose().map_err(|e| bad(&e))?;
                let read_at: String = row.get(3).map_err(&err)?;
                of = Some(Arc::new(Of {
                    digest: digest.to_owned(),
                    outlet: row.get(1).map_err(&err)?,
                    published: standing.published(digest).or(day),
                    read_at: read_at.parse().map_err(|e| bad(&e))?,
                }));
            }
            let Some(of) = &of else { continue };
            waiting.push((Arc::clone(of), row.get(4).map_err(&err)?));
            if waiting.len() >= CHUNK.min(left) {
                give(&mut waiting, &mut left)?;
            }
            if left == 0 {
                break;
            }
        }
        give(&mut waiting, &mut left)
    }

    /// The digest of the one article that makes a claim; `None` where none or several do.
    fn article_of(&self, claim: &ClaimId) -> Result<Option<String>> {
        let found = self
            .db
            .prepare_cached(
                "SELECT DISTINCT a.digest FROM claim c CROSS JOIN article a ON a.id = c.article WHERE c.claim = ? LIMIT 2",
            )
            .and_then(|mut s| s.query_map([&claim.0], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>())
            .map_err(self.err("looking for a claim"))?;
        Ok(if found.len() == 1 { found.into_iter().next() } else { None })
    }

    pub(super) fn read_versions(&self, article: &str, claim: &ClaimId) -> Result<Vec<(Run, Claim)>> {
        let err = self.err("reading the versions of a claim");
        let mut find = self
            .db
            .prepare_cached(
                "SELECT r.coder, r.at, c.body FROM claim c JOIN article a ON a.id = c.article
                 JOIN coding_claim k ON k.claim = c.id JOIN coding d ON d.id = k.coding JOIN run r ON r.id = d.run
                 WHERE a.digest = ? AND c.claim = ? ORDER BY d.id",
            )
            .map_err(&err)?;
        let mut rows = find.query([article, &claim.0]).map_err(&err)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(&err)? {
            let get = |n| row.get::<_, String>(n).map_err(&err);
            let bad = |e: &dyn std::fmt::Display| self.damaged(format!("claim {}", claim.0), e);
            let run = Run { coder: get(0)?, at: get(1)?.parse().map_err(|e| bad(&e))? };
            out.push((run, serde_json::from_str(&get(2)?).map_err(|e| bad(&e))?));
        }
        Ok(out)
    }

    pub(super) fn read_judgements(&self, of: Option<&Target>) -> Result<Vec<Judgement>> {
        let all = self.judgement_rows(of.map(Target::article), 0, i64::MAX)?;
        Ok(all.into_values().filter(|j| of.is_none_or(|t| *t == j.target)).collect())
    }

    pub(super) fn standing(&self, article: Option<&str>) -> Result<Standing> {
        Ok(Standing::fold(self.judgement_rows(article, 0, i64::MAX)?.into_values()))
    }

    /// Judgements with ids in a range, end exclusive.
    pub(super) fn judgement_rows(&self, article: Option<&str>, from: i64, to: i64) -> Result<BTreeMap<i64, Judgement>> {
        let err = self.err("reading judgements");
        let mut find = self
            .db
            .prepare_cached(
                "SELECT id, article, claim, author, at, reason, body FROM judgement
                 WHERE id >= ? AND id < ? AND (?3 IS NULL OR article = ?3) ORDER BY id",
            )
            .map_err(&err)?;
        let mut rows = find.query((from, to, article)).map_err(&err)?;
        let mut out = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&err)? {
            let get = |n| row.get::<_, String>(n).map_err(&err);
            let id: i64 = row.get(0).map_err(&err)?;
            let bad = |e: &dyn std::fmt::Display| self.damaged(format!("judgement {id}"), e);
            let article = get(1)?;
            let target = match row.get::<_, Option<String>>(2).map_err(&err)? {
                Some(claim) => Target::Claim { article, claim: ClaimId(claim) },
                None => Target::Article { article },
            };
            let judgement = Judgement {
                target,
                verdict: serde_json::from_str(&get(6)?).map_err(|e| bad(&e))?,
                author: get(3)?,
                at: get(4)?.parse().map_err(|e| bad(&e))?,
                reason: get(5)?,
            };
            out.insert(id, judgement);
        }
        Ok(out)
    }

    pub(super) fn read_log(&self, after: i64, limit: usize) -> Result<Vec<LogEntry>> {
        let err = self.err("reading the log");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut find =
            self.db.prepare_cached("SELECT id, at, what FROM entry WHERE id > ? ORDER BY id LIMIT ?").map_err(&err)?;
        let rows = find
            .query_map((after, limit), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<(i64, String, String)>>>)
            .map_err(&err)?;
        let Some(last) = rows.last().map(|r| r.0) else { return Ok(Vec::new()) };
        let mut judgements = self.judgement_rows(None, after + 1, last + 1)?;
        let mut out = Vec::with_capacity(rows.len());
        for (seq, at, what) in rows {
            let bad = |e: &dyn std::fmt::Display| self.damaged(format!("log entry {seq}"), e);
            let what = match what.as_str() {
                "article" => self
                    .db
                    .prepare_cached("SELECT digest, name FROM article WHERE id = ?")
                    .and_then(|mut s| {
                        s.query_row([seq], |r| Ok(Logged::Article { article: r.get(0)?, name: r.get(1)? }))
                    })
                    .map_err(&err)?,
                "coding" => self.logged_coding(seq)?,
                "judgement" => match judgements.remove(&seq) {
                    Some(j) => Logged::Judgement { judgement: Box::new(j) },
                    None => return Err(bad(&"the judgement is not there")),
                },
                other => return Err(bad(&format!("unknown word {other:?}"))),
            };
            out.push(LogEntry { seq, at: at.parse().map_err(|e| bad(&e))?, what });
        }
        Ok(out)
    }

    fn logged_coding(&self, coding: i64) -> Result<Logged> {
        let err = self.err("reading the log");
        let read = || -> rusqlite::Result<Logged> {
            let (digest, article, coder, source): (String, i64, String, i64) = self
                .db
                .prepare_cached(
                    "SELECT a.digest, a.id, r.coder, k.source FROM coding k
                     JOIN article a ON a.id = k.article JOIN run r ON r.id = k.run WHERE k.id = ?",
                )?
                .query_row([coding], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
            let before: Option<i64> = self
                .db
                .prepare_cached("SELECT source FROM coding WHERE article = ? AND id < ? ORDER BY id DESC LIMIT 1")?
                .query_row([article, coding], |r| r.get(0))
                .optional()?;
            let claims = |source: Option<i64>| -> rusqlite::Result<BTreeMap<String, i64>> {
                self.db
                    .prepare_cached(
                        "SELECT c.claim, c.id FROM coding_claim k JOIN claim c ON c.id = k.claim WHERE k.coding = ?",
                    )?
                    .query_map([source], |r| Ok((r.get(0)?, r.get(1)?)))?
                    .collect()
            };
            let (old, new) = (claims(before)?, claims(Some(source))?);
            Ok(Logged::Coding {
                article: digest,
                coder,
                claims: new.len() as u32,
                gained: new.iter().filter(|(c, v)| old.get(*c) != Some(v)).map(|(c, _)| ClaimId(c.clone())).collect(),
                lost: old.keys().filter(|c| !new.contains_key(*c)).map(|c| ClaimId(c.clone())).collect(),
            })
        };
        read().map_err(err)
    }

    pub(super) fn read_seq(&self) -> Result<i64> {
        let last = self.db.query_row("SELECT coalesce(max(id), 0) FROM entry", [], |r| r.get(0));
        last.map_err(self.err("reading the log"))
    }

    pub(super) fn read_counts(&self) -> Result<Counts> {
        let err = self.err("counting");
        let one = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).map(|n| n as u64);
        let day = |sql: &str| {
            self.db.query_row(sql, [], |r| r.get::<_, Option<String>>(0)).map(|d| d.and_then(|d| d.parse().ok()))
        };
        let count = || -> rusqlite::Result<Counts> {
            Ok(Counts {
                articles: one("SELECT count(*) FROM article")?,
                claims: one("SELECT count(*) FROM latest l JOIN coding_claim k ON k.coding = l.source")?,
                claim_versions: one("SELECT count(*) FROM claim")?,
                places: one("SELECT count(DISTINCT c.place) FROM latest l JOIN coding_claim k ON k.coding = l.source
                     JOIN claim c ON c.id = k.claim")?,
                judgements: one("SELECT count(*) FROM judgement")?,
                runs: one("SELECT count(*) FROM run")?,
                first_day: day("SELECT min(day) FROM article")?,
                last_day: day("SELECT max(day) FROM article")?,
                bytes: one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            })
        };
        count().map_err(err)
    }

    pub(super) fn look_over(&self) -> Result<Vec<String>> {
        let err = self.err("checking");
        let mut found = Vec::new();
        let mut say = |sql: &str, words: fn(String) -> String| -> rusqlite::Result<()> {
            let mut s = self.db.prepare(sql)?;
            let mut rows = s.query([])?;
            while let Some(row) = rows.next()? {
                found.push(words(match row.get::<_, Value>(0)? {
                    Value::Text(t) => t,
                    Value::Integer(n) => n.to_string(),
                    other => format!("{other:?}"),
                }));
            }
            Ok(())
        };
        say("SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'", |m| format!("SQLite: {m}"))
            .map_err(&err)?;
        say("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check", |t| {
            format!("table {t}: a row points to nothing")
        })
        .map_err(&err)?;
        say("SELECT digest FROM article WHERE id NOT IN (SELECT article FROM latest)", |d| {
            format!("article {d}: has no coding")
        })
        .map_err(&err)?;
        say(
            "SELECT a.digest FROM latest l JOIN article a ON a.id = l.article WHERE l.source <>
             (SELECT source FROM coding k WHERE k.article = l.article ORDER BY k.id DESC LIMIT 1)",
            |d| format!("article {d}: the standing coding is not the latest"),
        )
        .map_err(&err)?;
        // Reads every article and every claim back.
        use crate::Ledger as _;
        if let Err(e) = self.each_article(&ArticleFilter::default(), &mut |_| {}) {
            found.push(e.to_string());
        }
        let all = ClaimFilter { with_rejected: true, ..ClaimFilter::default() };
        let mut astray = Vec::new();
        let read = self.read_claims(&all, &mut |e| {
            if e.claim.evidence.article != e.article {
                astray.push(format!("claim {}: its evidence names another article", e.claim.id.0));
            }
        });
        found.extend(astray);
        found.extend(self.check_briefs().map_err(&err)?);
        if let Err(e) = read {
            found.push(e.to_string());
        }
        Ok(found)
    }
}

/// Claims that are read back at a time.
const CHUNK: usize = 4096;
/// So many are read back by one thread.
const FEW: usize = 64;

/// What the claims of one article have in common.
struct Of {
    digest: String,
    outlet: Option<String>,
    published: Option<Date>,
    read_at: Timestamp,
}

struct ArticleRow {
    seq: i64,
    digest: String,
    name: String,
    text: String,
    title: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    published: String,
    read_at: String,
    layout: String,
    coder: String,
}

fn article_row(r: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        seq: r.get(0)?,
        digest: r.get(1)?,
        name: r.get(2)?,
        text: r.get(3)?,
        title: r.get(4)?,
        url: r.get(5)?,
        outlet: r.get(6)?,
        published: r.get(7)?,
        read_at: r.get(8)?,
        layout: r.get(9)?,
        coder: r.get(10)?,
    })
}

/// The query narrows by columns; [`ClaimFilter::matches`] decides. A claim that was edited is always
/// fetched, because its columns are those before the edit.
fn claims_query(f: &ClaimFilter) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut narrow: Vec<String> = Vec::new();
    let mut and = |sql: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            narrow.push(sql.replace('?', &format!("?{}", values.len())));
        }
    };
    let text = |s: &str| Some(Value::Text(s.to_owned()));
    if !f.places.is_empty() {
        // One parameter for any number of places.
        let list = f.places.iter().map(|p| p.0.to_string()).collect::<Vec<_>>().join(",");
        and("c.place IN (SELECT value FROM json_each(?))", text(&format!("[{list}]")));
    }
    and("c.country = ?", f.country.as_deref().and_then(text));
    and("c.kind = ?", f.kind.and_then(|k| text(kind_word(k))));
    and("c.stance = ?", f.stance.and_then(|s| text(stance_word(s))));
    and("(c.holder = ? OR c.other = ?)", f.actor.as_ref().and_then(|a| text(a.as_str())));
    and("(c.valid_to IS NULL OR c.valid_to >= ?)", f.from.and_then(|d| text(&d.to_string())));
    and("(c.valid_from IS NULL OR c.valid_from <= ?)", f.to.and_then(|d| text(&d.to_string())));
    and("a.outlet = ?", f.outlet.as_deref().and_then(text));
    if f.control_only {
        narrow.push("c.kind IS NOT NULL".to_owned());
    }
    let mut sql = "SELECT a.digest, a.outlet, a.day, a.read_at, c.body
         FROM claim c JOIN coding_claim k ON k.claim = c.id JOIN latest l ON l.source = k.coding
         JOIN article a ON a.id = l.article WHERE 1"
        .to_owned();
    if !narrow.is_empty() {
        sql += &format!(
            " AND c.id IN (SELECT c.id FROM claim c JOIN article a ON a.id = c.article WHERE {}
               UNION SELECT c.id FROM judgement j JOIN claim c ON c.claim = j.claim WHERE j.verdict = 'edit')",
            narrow.join(" AND ")
        );
    }
    // An edit changes neither the article nor the id: these two narrow by themselves.
    for (column, value) in [("a.digest", f.article.as_ref()), ("c.claim", f.id.as_ref().map(|id| &id.0))] {
        if let Some(value) = value {
            values.push(Value::Text(value.clone()));
            sql += &format!(" AND {column} = ?{}", values.len());
        }
    }
    // The plus keeps SQLite from walking through all articles for the sake of the order when few rows are wanted.
    let few = f.article.is_some() || f.id.is_some() || !f.places.is_empty();
    sql += if few { " ORDER BY +a.id, +k.ordinal" } else { " ORDER BY a.id, k.ordinal" };
    (sql, values)
}
