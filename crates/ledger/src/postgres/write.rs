//! Adding: one transaction, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use marchland_article::Article;
use marchland_claim::Claim;
use postgres::Transaction;
use sha2::{Digest, Sha256};

use super::search::folded;
use super::{LOCK, Postgres};
use crate::layout::{Layout, json, kind_word, stance_word};
use crate::story::{ALIKE, CANDIDATES, Signature};
use crate::{Added, Coded, Error, Judgement, Result, Run, Verdict};

type Sql<T> = std::result::Result<T, postgres::Error>;

impl Postgres {
    pub(super) fn write_articles(&mut self, coded: &[Coded<'_>], run: &Run) -> Result<Vec<Added>> {
        let err = self.err("storing articles");
        let mut client = self.client.borrow_mut();
        let mut tx = client.transaction().map_err(&err)?;
        tx.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(&err)?;
        let added = coded.iter().map(|one| add_one(&mut tx, one, run)).collect::<Sql<_>>().map_err(&err)?;
        tx.commit().map_err(&err)?;
        Ok(added)
    }

    pub(super) fn write_judgement(&mut self, j: &Judgement) -> Result<i64> {
        let digest = j.target.article();
        let kept = self.read_article(digest)?;
        let known = j.target.claim().map_or(Ok(false), |id| Ok(!self.read_versions(digest, id)?.is_empty()))?;
        let kept = j.fits(kept, known).map_err(|what| Error::NoSuch { path: self.name.clone(), what })?;
        let (err, path) = (self.err("storing a judgement"), self.name.clone());
        let mut client = self.client.borrow_mut();
        let mut tx = client.transaction().map_err(&err)?;
        tx.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(&err)?;
        let id = entry(&mut tx, &j.at.to_string(), "judgement").map_err(&err)?;
        tx.execute(
            "INSERT INTO judgement VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                &id,
                &digest,
                &j.target.claim().map(|c| &c.0),
                &j.verdict.kind().word(),
                &clean(&j.author),
                &j.at.to_string(),
                &clean(&j.reason),
                &json(&j.verdict),
            ],
        )
        .map_err(&err)?;
        if matches!(j.verdict, Verdict::Add { .. }) {
            // Coded again, with what the coding that stands has found: the added claim joins it.
            let claims = bodies(&mut tx, STANDING, digest).map_err(&err)?;
            let claims = claims.iter().map(|b| serde_json::from_str(b)).collect::<serde_json::Result<Vec<Claim>>>();
            let claims = claims.map_err(|e| Error::Damaged {
                path: path.clone(),
                what: format!("a claim of article {digest}"),
                why: e.to_string(),
            })?;
            let coded = Coded { article: &kept.article, read_at: kept.read_at, claims: &claims };
            add_one(&mut tx, &coded, &Run { coder: kept.coder.clone(), at: j.at }).map_err(&err)?;
        }
        tx.commit().map_err(&err)?;
        Ok(id)
    }
}

/// The claims of the coding that stands, as they were coded.
const STANDING: &str =
    "SELECT c.body FROM article a JOIN latest l ON l.article = a.id JOIN coding_claim k ON k.coding = l.source
     JOIN claim c ON c.id = k.claim WHERE a.digest = $1 ORDER BY k.ordinal";
/// What analysts have added to an article: it is part of each of its codings.
const ADDED: &str = "SELECT body FROM judgement WHERE article = $1 AND verdict = 'add' ORDER BY id";

fn bodies(tx: &mut Transaction<'_>, sql: &str, digest: &str) -> Sql<Vec<String>> {
    Ok(tx.query(sql, &[&digest])?.iter().map(|row| row.get(0)).collect())
}

/// PostgreSQL's text holds no NUL.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

fn add_one(tx: &mut Transaction<'_>, coded: &Coded<'_>, run: &Run) -> Sql<Added> {
    let a = coded.article;
    let layout = json(&Layout { cuts: a.cuts.clone(), blocks: a.blocks.clone(), notes: a.notes.clone() });
    let mut seen = BTreeSet::new();
    let by_hand: Vec<Claim> = bodies(tx, ADDED, &a.digest)?
        .iter()
        .filter_map(|body| match serde_json::from_str(body) {
            Ok(Verdict::Add { claim }) => Some(*claim),
            _ => None,
        })
        .collect();
    let claims: Vec<(&Claim, String)> =
        coded.claims.iter().chain(&by_hand).filter(|c| seen.insert(&c.id)).map(|c| (c, json(c))).collect();
    let mut hash = Sha256::new();
    for part in std::iter::once(&layout).chain(claims.iter().map(|(_, body)| body)) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hash: Vec<u8> = hash.finalize().to_vec();
    let known: Option<i64> = tx.query_opt("SELECT id FROM article WHERE digest = $1", &[&a.digest])?.map(|r| r.get(0));
    let article = match known {
        Some(id) => id,
        None => insert_article(tx, a, &coded.read_at.to_string())?,
    };
    // The coding that stands, and the last one of all (it may only confirm the former).
    let before: Option<(i64, Vec<u8>, String)> = tx
        .query_opt(
            "SELECT c.source, c.hash, r.coder FROM coding c JOIN run r ON r.id = c.run
             WHERE c.article = $1 ORDER BY c.id DESC LIMIT 1",
            &[&article],
        )?
        .map(|r| (r.get(0), r.get(1), r.get(2)));
    let same = before.as_ref().is_some_and(|(_, h, _)| *h == hash);
    if same && before.as_ref().is_some_and(|(.., coder)| *coder == run.coder) {
        return Ok(Added::Unchanged);
    }
    let coding = entry(tx, &run.at.to_string(), "coding")?;
    let source = if same { before.as_ref().map_or(coding, |b| b.0) } else { coding };
    let at = run.at.to_string();
    tx.execute("INSERT INTO run (coder, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", &[&run.coder, &at])?;
    let run: i64 = tx.query_one("SELECT id FROM run WHERE coder = $1 AND at = $2", &[&run.coder, &at])?.get(0);
    tx.execute(
        "INSERT INTO coding (id, article, run, source, hash, layout) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&coding, &article, &run, &source, &hash, &(!same).then_some(&layout)],
    )?;
    if same {
        return Ok(Added::Confirmed);
    }
    for (ordinal, (claim, body)) in claims.iter().enumerate() {
        let id = claim_id(tx, article, claim, body)?;
        tx.execute(
            "INSERT INTO coding_claim (coding, ordinal, claim) VALUES ($1, $2, $3)",
            &[&coding, &(ordinal as i64), &id],
        )?;
    }
    tx.execute(
        "INSERT INTO latest (article, source) VALUES ($1, $2) ON CONFLICT (article) DO UPDATE SET source = $2",
        &[&article, &coding],
    )?;
    Ok(if known.is_some() { Added::Recoded } else { Added::New })
}

fn insert_article(tx: &mut Transaction<'_>, a: &Article, read_at: &str) -> Sql<i64> {
    let id = entry(tx, read_at, "article")?;
    let day = a.published.day().map(|d| d.to_string());
    let text = |t: &Option<String>| t.as_deref().map(clean);
    let words = folded(&format!("{} {}", a.title.as_deref().unwrap_or(""), a.text));
    tx.execute(
        "INSERT INTO article (id, digest, name, text, title, url, outlet, published, day, read_at, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_tsvector('simple', $11))",
        &[
            &id,
            &a.digest,
            &clean(&a.id),
            &clean(&a.text),
            &text(&a.title),
            &text(&a.url),
            &text(&a.outlet),
            &json(&a.published),
            &day,
            &read_at,
            &words,
        ],
    )?;
    sign(tx, id, a)?;
    Ok(id)
}

/// Finds near-copies among what is there, as the SQLite ledger does.
fn sign(tx: &mut Transaction<'_>, id: i64, a: &Article) -> Sql<()> {
    let Some(signature) = Signature::of(a) else { return Ok(()) };
    let mut near: BTreeMap<i64, f64> = BTreeMap::new();
    for band in signature.bands() {
        let rows = tx.query(
            "SELECT b.article, s.minima FROM band b JOIN signature s ON s.article = b.article WHERE b.hash = $1
             ORDER BY b.article LIMIT $2",
            &[&band, &CANDIDATES],
        )?;
        for row in rows {
            if let Some(theirs) = Signature::from_bytes(row.get(1)) {
                near.entry(row.get(0)).or_insert_with(|| signature.likeness(&theirs));
            }
        }
    }
    tx.execute("INSERT INTO signature (article, minima) VALUES ($1, $2)", &[&id, &signature.to_bytes()])?;
    for band in signature.bands() {
        tx.execute("INSERT INTO band (hash, article) VALUES ($1, $2) ON CONFLICT DO NOTHING", &[&band, &id])?;
    }
    for (other, likeness) in near.into_iter().filter(|(_, l)| *l >= ALIKE) {
        tx.execute("INSERT INTO copy (later, earlier, likeness) VALUES ($1, $2, $3)", &[&id, &other, &likeness])?;
    }
    Ok(())
}

fn claim_id(tx: &mut Transaction<'_>, article: i64, c: &Claim, body: &str) -> Sql<i64> {
    let hash: Vec<u8> = Sha256::digest(body.as_bytes()).to_vec();
    let known = tx.query_opt(
        "SELECT id FROM claim WHERE claim = $1 AND article = $2 AND hash = $3",
        &[&c.id.0, &article, &hash],
    )?;
    if let Some(row) = known {
        return Ok(row.get(0));
    }
    let actor = |p: &Option<marchland_claim::Party>| p.as_ref()?.actor.as_ref().map(ToString::to_string);
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    let row = tx.query_one(
        "INSERT INTO claim (claim, article, hash, place, country, kind, stance, holder, other, valid_from, valid_to, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
        &[
            &c.id.0,
            &article,
            &hash,
            &c.place.id.map(|p| p.0 as i64),
            &c.place.country,
            &c.kind.map(kind_word),
            &stance_word(c.stance),
            &actor(&c.holder),
            &actor(&c.other),
            &day(c.time.valid_from),
            &day(c.time.valid_to),
            &body,
        ],
    )?;
    Ok(row.get(0))
}

fn entry(tx: &mut Transaction<'_>, at: &str, what: &str) -> Sql<i64> {
    Ok(tx.query_one("INSERT INTO entry (at, what) VALUES ($1, $2) RETURNING id", &[&at, &what])?.get(0))
}
