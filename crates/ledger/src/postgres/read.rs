//! Asking.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use marchland_article::{Article, Published};
use marchland_claim::{Claim, ClaimId};
use postgres::Row;
use postgres::types::ToSql;
use rayon::prelude::*;

use super::Postgres;
use crate::judgement::Standing;
use crate::layout::{Layout, kind_word, stance_word};
use crate::{
    ArticleEntry, ArticleFilter, ClaimEntry, ClaimFilter, Counts, Judgement, Ledger, LogEntry, Logged, Result, Run,
    Target,
};

const ARTICLE: &str =
    "SELECT a.id, a.digest, a.name, a.text, a.title, a.url, a.outlet, a.published, a.read_at, s.layout,
     (SELECT r.coder FROM coding k JOIN run r ON r.id = k.run WHERE k.article = a.id ORDER BY k.id DESC LIMIT 1) AS coder
     FROM article a JOIN latest l ON l.article = a.id JOIN coding s ON s.id = l.source";

/// Rows that are fetched at a time.
const CHUNK: i64 = 4096;

impl Postgres {
    pub(super) fn rows(&self, doing: &'static str, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        self.client.borrow_mut().query(sql, values).map_err(self.err(doing))
    }

    pub(super) fn read_article(&self, digest: &str) -> Result<Option<ArticleEntry>> {
        let rows = self.rows("reading an article", &format!("{ARTICLE} WHERE a.digest = $1"), &[&digest])?;
        rows.first().map(|row| self.article_entry(row, &self.standing(Some(digest))?)).transpose()
    }

    pub(super) fn read_articles(&self, f: &ArticleFilter) -> Result<Vec<ArticleEntry>> {
        let standing = self.standing(None)?;
        let sql = format!("{ARTICLE} WHERE a.id > $1 AND ($2::text IS NULL OR a.outlet = $2) ORDER BY a.id LIMIT 256");
        let (mut out, mut after) = (Vec::new(), f.after);
        loop {
            let rows = self.rows("reading articles", &sql, &[&after, &f.outlet])?;
            let Some(last) = rows.last() else { return Ok(out) };
            after = last.get(0);
            for row in &rows {
                if out.len() >= f.limit.unwrap_or(usize::MAX) {
                    return Ok(out);
                }
                let entry = self.article_entry(row, &standing)?;
                if f.matches(&entry) {
                    out.push(entry);
                }
            }
        }
    }

    fn article_entry(&self, row: &Row, standing: &Standing) -> Result<ArticleEntry> {
        let digest: String = row.get("digest");
        let bad = |e: &dyn std::fmt::Display| self.damaged(format!("article {digest}"), e);
        let layout: Layout = serde_json::from_str(row.get("layout")).map_err(|e| bad(&e))?;
        let published: Published = serde_json::from_str(row.get("published")).map_err(|e| bad(&e))?;
        let published = standing.published(&digest).map_or(published, |day| Published::Given { day });
        let read_at = row.get::<_, &str>("read_at").parse::<Timestamp>().map_err(|e| bad(&e))?;
        Ok(ArticleEntry {
            withdrawn: standing.withdrawn(&digest),
            article: Article {
                id: row.get("name"),
                text: row.get("text"),
                title: row.get("title"),
                url: row.get("url"),
                outlet: row.get("outlet"),
                published,
                cuts: layout.cuts,
                blocks: layout.blocks,
                digest: digest.clone(),
                notes: layout.notes,
            },
            read_at,
            coder: row.get("coder"),
            seq: row.get(0),
        })
    }

    pub(super) fn read_claims(&self, f: &ClaimFilter, each: &mut dyn FnMut(ClaimEntry)) -> Result<()> {
        let standing = self.standing(f.article.as_deref())?;
        let groups = match &f.article {
            Some(article) => self.group_of(article)?,
            None => self.groups()?,
        };
        let (narrow, values) = narrow(f);
        let n = values.len();
        let sql = format!(
            "SELECT a.digest, a.outlet, a.day, a.read_at, c.body, a.id, k.ordinal
             FROM claim c JOIN coding_claim k ON k.claim = c.id JOIN latest l ON l.source = k.coding
             JOIN article a ON a.id = l.article WHERE {narrow} AND (a.id, k.ordinal) > (${}, ${})
             ORDER BY a.id, k.ordinal LIMIT ${}",
            n + 1,
            n + 2,
            n + 3
        );
        let (mut after, mut left) = ((0_i64, -1_i64), f.limit.unwrap_or(usize::MAX));
        loop {
            let mut all: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| &**v as &(dyn ToSql + Sync)).collect();
            all.extend([&after.0 as &(dyn ToSql + Sync), &after.1, &CHUNK]);
            let rows = self.rows("reading claims", &sql, &all)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = (last.get(5), last.get(6));
            let bodies: Vec<&str> = rows.iter().map(|r| r.get(4)).collect();
            let read: Vec<serde_json::Result<Claim>> = bodies.par_iter().map(|b| serde_json::from_str(b)).collect();
            for (row, claim) in rows.iter().zip(read) {
                if left == 0 {
                    return Ok(());
                }
                let article: String = row.get(0);
                let bad = |e: &dyn std::fmt::Display| self.damaged(format!("article {article}"), e);
                let claim = claim.map_err(|e| self.damaged(format!("a claim of article {article}"), e))?;
                let day: Option<&str> = row.get(2);
                let day = day.map(str::parse::<Date>).transpose().map_err(|e| bad(&e))?;
                let (claim, counts, verdict) = standing.apply(&article, claim);
                let entry = ClaimEntry {
                    claim,
                    outlet: row.get(1),
                    published: standing.published(&article).or(day),
                    read_at: row.get::<_, &str>(3).parse().map_err(|e| bad(&e))?,
                    story: groups.story(&article).to_owned(),
                    verdict,
                    counts,
                    article,
                };
                if f.matches(&entry) {
                    each(entry);
                    left -= 1;
                }
            }
        }
    }

    pub(super) fn read_versions(&self, article: &str, claim: &ClaimId) -> Result<Vec<(Run, Claim)>> {
        let rows = self.rows(
            "reading the versions of a claim",
            "SELECT r.coder, r.at, c.body FROM claim c JOIN article a ON a.id = c.article
             JOIN coding_claim k ON k.claim = c.id JOIN coding d ON d.id = k.coding JOIN run r ON r.id = d.run
             WHERE a.digest = $1 AND c.claim = $2 ORDER BY d.id",
            &[&article, &claim.0],
        )?;
        let bad = |e: &dyn std::fmt::Display| self.damaged(format!("claim {}", claim.0), e);
        rows.iter()
            .map(|row| {
                let run = Run { coder: row.get(0), at: row.get::<_, &str>(1).parse().map_err(|e| bad(&e))? };
                Ok((run, serde_json::from_str(row.get(2)).map_err(|e| bad(&e))?))
            })
            .collect()
    }

    pub(super) fn read_judgements(&self, of: Option<&Target>) -> Result<Vec<Judgement>> {
        let all = self.judgement_rows(of.map(Target::article), 0, i64::MAX)?;
        Ok(all.into_values().filter(|j| of.is_none_or(|t| *t == j.target)).collect())
    }

    fn standing(&self, article: Option<&str>) -> Result<Standing> {
        Ok(Standing::fold(self.judgement_rows(article, 0, i64::MAX)?.into_values()))
    }

    /// Judgements with ids in a range, end exclusive.
    pub(super) fn judgement_rows(&self, article: Option<&str>, from: i64, to: i64) -> Result<BTreeMap<i64, Judgement>> {
        let rows = self.rows(
            "reading judgements",
            "SELECT id, article, claim, author, at, reason, body FROM judgement
             WHERE id >= $1 AND id < $2 AND ($3::text IS NULL OR article = $3) ORDER BY id",
            &[&from, &to, &article],
        )?;
        let mut out = BTreeMap::new();
        for row in &rows {
            let id: i64 = row.get(0);
            let bad = |e: &dyn std::fmt::Display| self.damaged(format!("judgement {id}"), e);
            let article: String = row.get(1);
            let target = match row.get::<_, Option<String>>(2) {
                Some(claim) => Target::Claim { article, claim: ClaimId(claim) },
                None => Target::Article { article },
            };
            let judgement = Judgement {
                target,
                verdict: serde_json::from_str(row.get(6)).map_err(|e| bad(&e))?,
                author: row.get(3),
                at: row.get::<_, &str>(4).parse().map_err(|e| bad(&e))?,
                reason: row.get(5),
            };
            out.insert(id, judgement);
        }
        Ok(out)
    }

    pub(super) fn read_log(&self, after: i64, limit: usize) -> Result<Vec<LogEntry>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = "SELECT id, at, what FROM entry WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = self.rows("reading the log", sql, &[&after, &limit])?;
        let Some(last) = rows.last().map(|r| r.get::<_, i64>(0)) else { return Ok(Vec::new()) };
        let mut judgements = self.judgement_rows(None, after + 1, last + 1)?;
        let mut out = Vec::with_capacity(rows.len());
        for row in &rows {
            let (seq, at, what): (i64, &str, &str) = (row.get(0), row.get(1), row.get(2));
            let bad = |e: &dyn std::fmt::Display| self.damaged(format!("log entry {seq}"), e);
            let what = match what {
                "article" => {
                    let sql = "SELECT digest, name FROM article WHERE id = $1";
                    let rows = self.rows("reading the log", sql, &[&seq])?;
                    let row = rows.first().ok_or_else(|| bad(&"the article is not there"))?;
                    Logged::Article { article: row.get(0), name: row.get(1) }
                }
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
        let doing = "reading the log";
        let rows = self.rows(
            doing,
            "SELECT a.digest, a.id, r.coder, k.source FROM coding k
             JOIN article a ON a.id = k.article JOIN run r ON r.id = k.run WHERE k.id = $1",
            &[&coding],
        )?;
        let row = rows.first().ok_or_else(|| self.damaged(format!("log entry {coding}"), "the coding is not there"))?;
        let (article, source): (i64, i64) = (row.get(1), row.get(3));
        let sql = "SELECT source FROM coding WHERE article = $1 AND id < $2 ORDER BY id DESC LIMIT 1";
        let before = self.rows(doing, sql, &[&article, &coding])?.first().map(|r| r.get::<_, i64>(0));
        let claims = |source: Option<i64>| -> Result<BTreeMap<String, i64>> {
            let sql = "SELECT c.claim, c.id FROM coding_claim k JOIN claim c ON c.id = k.claim WHERE k.coding = $1";
            Ok(self.rows(doing, sql, &[&source])?.into_iter().map(|r| (r.get(0), r.get(1))).collect())
        };
        let (old, new) = (claims(before)?, claims(Some(source))?);
        Ok(Logged::Coding {
            article: row.get(0),
            coder: row.get(2),
            claims: new.len() as u32,
            gained: new.iter().filter(|(c, v)| old.get(*c) != Some(v)).map(|(c, _)| ClaimId(c.clone())).collect(),
            lost: old.keys().filter(|c| !new.contains_key(*c)).map(|c| ClaimId(c.clone())).collect(),
        })
    }

    pub(super) fn read_counts(&self) -> Result<Counts> {
        let rows = self.rows(
            "counting",
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM latest l JOIN coding_claim k ON k.coding = l.source),
             (SELECT count(*) FROM claim),
             (SELECT count(DISTINCT c.place) FROM latest l JOIN coding_claim k ON k.coding = l.source JOIN claim c ON c.id = k.claim),
             (SELECT count(*) FROM judgement), (SELECT count(*) FROM run), (SELECT min(day) FROM article),
             (SELECT max(day) FROM article),
             (SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
              WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace)",
            &[],
        )?;
        let row = &rows[0];
        let number = |n: usize| row.get::<_, i64>(n) as u64;
        let day = |n: usize| row.get::<_, Option<&str>>(n).and_then(|d| d.parse().ok());
        Ok(Counts {
            articles: number(0),
            claims: number(1),
            claim_versions: number(2),
            places: number(3),
            judgements: number(4),
            runs: number(5),
            first_day: day(6),
            last_day: day(7),
            bytes: number(8),
        })
    }

    pub(super) fn look_over(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for (sql, words) in [
            ("SELECT digest FROM article WHERE id NOT IN (SELECT article FROM latest)", "has no coding"),
            (
                "SELECT a.digest FROM latest l JOIN article a ON a.id = l.article WHERE l.source <>
                 (SELECT source FROM coding k WHERE k.article = l.article ORDER BY k.id DESC LIMIT 1)",
                "the standing coding is not the latest",
            ),
        ] {
            let rows = self.rows("checking", sql, &[])?;
            found.extend(rows.iter().map(|r| format!("article {}: {words}", r.get::<_, String>(0))));
        }
        // Reads every article and every claim back.
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
        if let Err(e) = read {
            found.push(e.to_string());
        }
        Ok(found)
    }
}

/// The conditions that narrow by columns; [`ClaimFilter::matches`] decides. A claim that was edited is always
/// fetched, because its columns are those before the edit.
fn narrow(f: &ClaimFilter) -> (String, Vec<Box<dyn ToSql + Sync>>) {
    let mut values: Vec<Box<dyn ToSql + Sync>> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    let mut and = |sql: &str, value: Option<Box<dyn ToSql + Sync>>| {
        if let Some(value) = value {
            values.push(value);
            parts.push(sql.replace('?', &format!("${}", values.len())));
        }
    };
    fn text(s: impl ToString) -> Option<Box<dyn ToSql + Sync>> {
        Some(Box::new(s.to_string()))
    }
    if !f.places.is_empty() {
        let ids: Vec<i64> = f.places.iter().map(|p| p.0 as i64).collect();
        and("c.place = ANY(?)", Some(Box::new(ids)));
    }
    and("c.country = ?", f.country.as_ref().and_then(text));
    and("c.kind = ?", f.kind.map(kind_word).and_then(text));
    and("c.stance = ?", f.stance.map(stance_word).and_then(text));
    and("(c.holder = ? OR c.other = ?)", f.actor.as_ref().and_then(text));
    and("(c.valid_to IS NULL OR c.valid_to >= ?)", f.from.and_then(text));
    and("(c.valid_from IS NULL OR c.valid_from <= ?)", f.to.and_then(text));
    and("c.claim = ?", f.id.as_ref().map(|id| &id.0).and_then(text));
    and("a.outlet = ?", f.outlet.as_ref().and_then(text));
    let mut sql = "TRUE".to_owned();
    if f.control_only {
        parts.push("c.kind IS NOT NULL".to_owned());
    }
    if !parts.is_empty() {
        sql = format!(
            "(({}) OR EXISTS (SELECT 1 FROM judgement j WHERE j.claim = c.claim AND j.verdict = 'edit'))",
            parts.join(" AND ")
        );
    }
    if let Some(article) = &f.article {
        values.push(Box::new(article.clone()));
        sql += &format!(" AND a.digest = ${}", values.len());
    }
    (sql, values)
}
