//! Adding: one transaction, all or nothing.

use std::collections::BTreeSet;

use marchland_article::Article;
use marchland_claim::Claim;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Sqlite;
use crate::layout::{Layout, kind_word, stance_word};
use crate::{Added, Coded, Error, Judgement, Result, Run, Verdict};

impl Sqlite {
    pub(super) fn write_articles(&mut self, coded: &[Coded<'_>], run: &Run) -> Result<Vec<Added>> {
        let err = self.err("storing articles");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&err)?;
        let added = coded.iter().map(|one| add_one(&tx, one, run)).collect::<rusqlite::Result<_>>().map_err(&err)?;
        tx.commit().map_err(&err)?;
        Ok(added)
    }

    pub(super) fn write_judgement(&mut self, j: &Judgement) -> Result<i64> {
        let digest = j.target.article();
        let kept = self.read_article(digest)?;
        let known = j.target.claim().map_or(Ok(false), |id| Ok(!self.read_versions(digest, id)?.is_empty()))?;
        let kept = j.fits(kept, known).map_err(|what| Error::NoSuch { path: self.path.clone(), what })?;
        let err = self.err("storing a judgement");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&err)?;
        let write = || -> rusqlite::Result<i64> {
            let id = entry(&tx, &j.at.to_string(), "judgement")?;
            tx.execute(
                "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id,
                    digest,
                    j.target.claim().map(|c| &c.0),
                    j.verdict.kind().word(),
                    j.author,
                    j.at.to_string(),
                    j.reason,
                    json(&j.verdict)?
                ],
            )?;
            if matches!(j.verdict, Verdict::Add { .. }) {
                // Coded again, with what the coding that stands has found: the added claim joins it.
                let claims = standing_claims(&tx, digest)?;
                let coded = Coded { article: &kept.article, read_at: kept.read_at, claims: &claims };
                add_one(&tx, &coded, &Run { coder: kept.coder.clone(), at: j.at })?;
            }
            Ok(id)
        };
        let id = write().map_err(&err)?;
        tx.commit().map_err(&err)?;
        Ok(id)
    }
}

/// The claims of the coding that stands, as they were coded.
fn standing_claims(tx: &Transaction<'_>, digest: &str) -> rusqlite::Result<Vec<Claim>> {
    tx.prepare_cached(
        "SELECT c.body FROM article a JOIN latest l ON l.article = a.id JOIN coding_claim k ON k.coding = l.source
         JOIN claim c ON c.id = k.claim WHERE a.digest = ? ORDER BY k.ordinal",
    )?
    .query_map([digest], |r| from_json(&r.get::<_, String>(0)?))?
    .collect()
}

/// The claims that analysts have added to an article: they are part of each of its codings.
fn added_claims(tx: &Transaction<'_>, digest: &str) -> rusqlite::Result<Vec<Claim>> {
    let verdicts: Vec<Verdict> = tx
        .prepare_cached("SELECT body FROM judgement WHERE article = ? AND verdict = 'add' ORDER BY id")?
        .query_map([digest], |r| from_json(&r.get::<_, String>(0)?))?
        .collect::<rusqlite::Result<_>>()?;
    let claim = |v| if let Verdict::Add { claim } = v { Some(*claim) } else { None };
    Ok(verdicts.into_iter().filter_map(claim).collect())
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

fn add_one(tx: &Transaction<'_>, coded: &Coded<'_>, run: &Run) -> rusqlite::Result<Added> {
    let a = coded.article;
    let layout = json(&Layout { cuts: a.cuts.clone(), blocks: a.blocks.clone(), notes: a.notes.clone() })?;
    let mut seen = BTreeSet::new();
    let by_hand = added_claims(tx, &a.digest)?;
    let claims = coded
        .claims
        .iter()
        .chain(&by_hand)
        .filter(|c| seen.insert(&c.id))
        .map(|c| Ok((c, json(c)?)))
        .collect::<rusqlite::Result<Vec<(&Claim, String)>>>()?;
    let mut hash = Sha256::new();
    for part in std::iter::once(&layout).chain(claims.iter().map(|(_, body)| body)) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();

    let known: Option<i64> = tx
        .prepare_cached("SELECT id FROM article WHERE digest = ?")?
        .query_row([&a.digest], |r| r.get(0))
        .optional()?;
    let article = match known {
        Some(id) => id,
        None => {
            let id = insert_article(tx, a, &coded.read_at.to_string())?;
            super::search::index(tx, id, a)?;
            id
        }
    };
    // The coding that stands, and the last one of all (it may only confirm the former).
    let before: Option<(i64, Vec<u8>, String)> = tx
        .prepare_cached(
            "SELECT c.source, c.hash, r.coder FROM coding c JOIN run r ON r.id = c.run
             WHERE c.article = ? ORDER BY c.id DESC LIMIT 1",
        )?
        .query_row([article], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    let same = before.as_ref().is_some_and(|(_, h, _)| *h == hash);
    if same && before.as_ref().is_some_and(|(.., coder)| *coder == run.coder) {
        return Ok(Added::Unchanged);
    }
    let coding = entry(tx, &run.at.to_string(), "coding")?;
    let source = if same { before.as_ref().map_or(coding, |b| b.0) } else { coding };
    let run = run_id(tx, run)?;
    tx.prepare_cached("INSERT INTO coding (id, article, run, source, hash, layout) VALUES (?, ?, ?, ?, ?, ?)")?
        .execute(params![coding, article, run, source, hash, (!same).then_some(&layout)])?;
    if same {
        return Ok(Added::Confirmed);
    }
    for (ordinal, (claim, body)) in claims.iter().enumerate() {
        let id = claim_id(tx, article, claim, body)?;
        tx.prepare_cached("INSERT INTO coding_claim (coding, ordinal, claim) VALUES (?, ?, ?)")?.execute(params![
            coding,
            ordinal as i64,
            id
        ])?;
    }
    super::brief::write(tx, coding, article, claims.iter().map(|(claim, _)| *claim))?;
    tx.prepare_cached(
        "INSERT INTO latest (article, source) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET source = ?2",
    )?
    .execute([article, coding])?;
    Ok(if known.is_some() { Added::Recoded } else { Added::New })
}

fn insert_article(tx: &Transaction<'_>, a: &Article, read_at: &str) -> rusqlite::Result<i64> {
    let id = entry(tx, read_at, "article")?;
    let day = a.published.day().map(|d| d.to_string());
    tx.prepare_cached(
        "INSERT INTO article (id, digest, name, text, title, url, outlet, published, day, read_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![id, a.digest, a.id, a.text, a.title, a.url, a.outlet, json(&a.published)?, day, read_at])?;
    Ok(id)
}

fn claim_id(tx: &Transaction<'_>, article: i64, c: &Claim, body: &str) -> rusqlite::Result<i64> {
    let hash: [u8; 32] = Sha256::digest(body.as_bytes()).into();
    let known = tx
        .prepare_cached("SELECT id FROM claim WHERE claim = ? AND article = ? AND hash = ?")?
        .query_row(params![c.id.0, article, hash], |r| r.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let actor = |p: &Option<marchland_claim::Party>| p.as_ref()?.actor.as_ref().map(ToString::to_string);
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    tx.prepare_cached(
        "INSERT INTO claim (claim, article, hash, place, country, kind, stance, holder, other, valid_from, valid_to, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        c.id.0,
        article,
        hash,
        c.place.id.map(|p| p.0 as i64),
        c.place.country,
        c.kind.map(kind_word),
        stance_word(c.stance),
        actor(&c.holder),
        actor(&c.other),
        day(c.time.valid_from),
        day(c.time.valid_to),
        body
    ])?;
    Ok(tx.last_insert_rowid())
}

fn entry(tx: &Transaction<'_>, at: &str, what: &str) -> rusqlite::Result<i64> {
    tx.prepare_cached("INSERT INTO entry (at, what) VALUES (?, ?)")?.execute([at, what])?;
    Ok(tx.last_insert_rowid())
}

fn run_id(tx: &Transaction<'_>, run: &Run) -> rusqlite::Result<i64> {
    let at = run.at.to_string();
    tx.prepare_cached("INSERT OR IGNORE INTO run (coder, at) VALUES (?, ?)")?.execute([&run.coder, &at])?;
    tx.prepare_cached("SELECT id FROM run WHERE coder = ? AND at = ?")?.query_row([&run.coder, &at], |r| r.get(0))
}

/// Our own types always serialize; should one ever not, the transaction fails as a whole.
fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
