//! Claims without their words: written beside them, read by a rebuild of control.

use std::sync::Arc;

use marchland_claim::{Brief, Claim};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction, params};

use super::Sqlite;
use crate::Result;
use crate::brief::{BriefEntry, Texts, from_bytes, to_bytes};
use crate::judgement::Standing;

/// Articles that are read at a time, and those of them that one thread takes.
const CHUNK: usize = 8192;
const SHARE: usize = 256;

/// Writes the claims of a coding without their words. Part of the transaction that stores it.
pub(super) fn write<'c>(
    tx: &Transaction<'_>,
    coding: i64,
    article: i64,
    claims: impl Iterator<Item = &'c Claim>,
) -> rusqlite::Result<()> {
    let entry = entry(tx, article, claims.map(Brief::from).collect())?;
    tx.prepare_cached("INSERT INTO brief (coding, body) VALUES (?, ?)")?.execute(params![coding, to_bytes(&entry)])?;
    Ok(())
}

/// The article as it was first stored, whatever was coded or judged since.
fn entry(db: &rusqlite::Connection, article: i64, claims: Vec<Brief>) -> rusqlite::Result<BriefEntry> {
    db.prepare_cached("SELECT digest, outlet, day, read_at FROM article WHERE id = ?")?.query_row([article], |r| {
        let digest: Arc<str> = r.get::<_, String>(0)?.into();
        let text = |n| r.get::<_, Option<String>>(n);
        let bad =
            |n, e: jiff::Error| rusqlite::Error::FromSqlConversionFailure(n, rusqlite::types::Type::Text, Box::new(e));
        Ok(BriefEntry {
            story: Arc::clone(&digest),
            article: digest,
            outlet: text(1)?.map(Arc::from),
            published: text(2)?.map(|d| d.parse()).transpose().map_err(|e| bad(2, e))?,
            read_at: r.get::<_, String>(3)?.parse().map_err(|e| bad(3, e))?,
            claims,
        })
    })
}

/// The bytes as they should be for a coding, from its claims; `None` where a claim cannot be read.
fn made_anew(db: &rusqlite::Connection, coding: i64, article: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut find = db.prepare_cached(
        "SELECT c.body FROM coding_claim k JOIN claim c ON c.id = k.claim WHERE k.coding = ? ORDER BY k.ordinal",
    )?;
    let mut rows = find.query([coding])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_str().unwrap_or_default();
        let Ok(claim) = serde_json::from_str::<Claim>(body) else { return Ok(None) };
        claims.push(Brief::from(&claim));
    }
    Ok(Some(to_bytes(&entry(db, article, claims)?)))
}

/// Makes them for what an earlier version stored. Claims that cannot be read are for `check` to report, not for a
/// migration to fail on.
pub(super) fn fill_all(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut after = 0_i64;
    loop {
        let next = tx
            .prepare_cached("SELECT id, article FROM coding WHERE id > ? AND source = id ORDER BY id LIMIT 1")?
            .query_row([after], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let Some((coding, article)) = next else { return Ok(()) };
        after = coding;
        if let Some(body) = made_anew(tx, coding, article)? {
            tx.prepare_cached("INSERT INTO brief (coding, body) VALUES (?, ?)")?.execute(params![coding, body])?;
        }
    }
}

impl Sqlite {
    pub(super) fn read_briefs(&self, article: Option<&str>, each: &mut dyn FnMut(Vec<BriefEntry>)) -> Result<()> {
        let err = self.err("reading claims");
        let standing = self.standing(article)?;
        let groups = match article {
            Some(article) => self.group_of(article)?,
            None => self.groups()?,
        };
        let mut find = self
            .db
            .prepare_cached(match article {
                Some(_) => {
                    "SELECT a.digest, b.body FROM article a JOIN latest l ON l.article = a.id
                     LEFT JOIN brief b ON b.coding = l.source WHERE a.digest = ?1"
                }
                None => {
                    "SELECT l.article, b.body FROM latest l LEFT JOIN brief b ON b.coding = l.source
                     WHERE ?1 IS NULL ORDER BY l.article"
                }
            })
            .map_err(&err)?;
        let mut rows = find.query([article]).map_err(&err)?;
        let mut waiting: Vec<Vec<u8>> = Vec::new();
        let mut give = |waiting: &mut Vec<Vec<u8>>| -> Result<()> {
            let read = |rows: &[Vec<u8>]| -> std::result::Result<Vec<BriefEntry>, &'static str> {
                let mut texts = Texts::default();
                rows.iter().map(|body| from_bytes(body, &mut texts)).collect()
            };
            // To wake another thread takes longer than to read a few.
            let read: Vec<_> = match waiting.len() {
                0..=SHARE => vec![read(waiting)],
                _ => waiting.par_chunks(SHARE).map(read).collect(),
            };
            waiting.clear();
            let mut all = Vec::with_capacity(CHUNK);
            for part in read {
                all.extend(part.map_err(|e| self.damaged("the claims of an article in short".into(), e))?);
            }
            if !groups.is_empty() || !standing.is_empty() {
                for entry in &mut all {
                    finish(entry, &standing, groups.story(&entry.article).into());
                }
            }
            all.retain(|entry| !entry.claims.is_empty());
            each(all);
            Ok(())
        };
        while let Some(row) = rows.next().map_err(&err)? {
            let Some(body) = row.get_ref(1).map_err(&err)?.as_blob_or_null().unwrap_or(None) else {
                return Err(self.damaged("the claims of an article in short".into(), "they are not there"));
            };
            waiting.push(body.to_vec());
            if waiting.len() >= CHUNK {
                give(&mut waiting)?;
            }
        }
        give(&mut waiting)
    }

    /// Codings whose short form is not that of their claims.
    pub(super) fn check_briefs(&self) -> rusqlite::Result<Vec<String>> {
        let mut codings = self.db.prepare(
            "SELECT k.id, k.article, b.body FROM coding k LEFT JOIN brief b ON b.coding = k.id WHERE k.source = k.id ORDER BY k.id",
        )?;
        let mut rows = codings.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (coding, article): (i64, i64) = (row.get(0)?, row.get(1)?);
            let kept: Option<Vec<u8>> = row.get(2)?;
            // Claims that cannot be read are reported elsewhere.
            let Some(made) = made_anew(&self.db, coding, article)? else { continue };
            if kept.as_ref() != Some(&made) {
                found.push(format!("coding {coding}: its claims in short are not those in full"));
            }
        }
        Ok(found)
    }
}

fn finish(entry: &mut BriefEntry, standing: &Standing, story: Arc<str>) {
    entry.story = story;
    entry.published = standing.published(&entry.article).or(entry.published);
    let claims = std::mem::take(&mut entry.claims);
    entry.claims = claims.into_iter().filter_map(|c| standing.apply_brief(&entry.article, c)).collect();
}
