//! Everything that was ever added, in order.

use marchland_article::{Article, Published};
use marchland_claim::Claim;
use rusqlite::OptionalExtension;

use super::Sqlite;
use crate::layout::Layout;
use crate::{Entry, Result, Run};

impl Sqlite {
    pub(super) fn read_entries(&self, each: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        let err = self.err("reading every entry");
        let mut judgements = self.judgement_rows(None, 0, i64::MAX)?;
        let mut find = self.db.prepare("SELECT id, what FROM entry ORDER BY id").map_err(&err)?;
        let mut rows = find.query([]).map_err(&err)?;
        while let Some(row) = rows.next().map_err(&err)? {
            let (id, what): (i64, String) = (row.get(0).map_err(&err)?, row.get(1).map_err(&err)?);
            match what.as_str() {
                "judgement" => judgements.remove(&id).map_or(Ok(()), |j| each(Entry::Judgement(j)))?,
                "coding" => each(self.coding_entry(id)?)?,
                // An article comes with its first coding.
                _ => {}
            }
        }
        Ok(())
    }

    fn coding_entry(&self, id: i64) -> Result<Entry> {
        let err = self.err("reading a coding");
        let bad = |e: &dyn std::fmt::Display| self.damaged(format!("coding {id}"), e);
        let mut find = self
            .db
            .prepare_cached(
                "SELECT a.name, a.text, a.title, a.url, a.outlet, a.published, a.digest, a.read_at, s.layout, r.coder, r.at, k.source
                 FROM coding k JOIN article a ON a.id = k.article JOIN coding s ON s.id = k.source JOIN run r ON r.id = k.run
                 WHERE k.id = ?",
            )
            .map_err(&err)?;
        let row = find
            .query_row([id], |r| {
                let published: String = r.get(5)?;
                let article = Article {
                    id: r.get(0)?,
                    text: r.get(1)?,
                    title: r.get(2)?,
                    url: r.get(3)?,
                    outlet: r.get(4)?,
                    published: Published::Unknown,
                    digest: r.get(6)?,
                    cuts: vec![],
                    blocks: vec![],
                    notes: vec![],
                };
                let rest: [String; 4] = [r.get(7)?, r.get(8)?, r.get(9)?, r.get(10)?];
                Ok((article, published, rest, r.get::<_, i64>(11)?))
            })
            .optional()
            .map_err(&err)?;
        let (mut article, published, [read_at, layout, coder, at], source) =
            row.ok_or_else(|| bad(&"its article is not there"))?;
        let layout: Layout = serde_json::from_str(&layout).map_err(|e| bad(&e))?;
        article.published = serde_json::from_str(&published).map_err(|e| bad(&e))?;
        (article.cuts, article.blocks, article.notes) = (layout.cuts, layout.blocks, layout.notes);
        let claims = self
            .db
            .prepare_cached(
                "SELECT c.body FROM coding_claim k JOIN claim c ON c.id = k.claim WHERE k.coding = ? ORDER BY k.ordinal",
            )
            .and_then(|mut s| s.query_map([source], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>())
            .map_err(&err)?
            .iter()
            .map(|body| serde_json::from_str(body).map_err(|e| bad(&e)))
            .collect::<Result<Vec<Claim>>>()?;
        Ok(Entry::Coding {
            article: Box::new(article),
            read_at: read_at.parse().map_err(|e| bad(&e))?,
            run: Run { coder, at: at.parse().map_err(|e| bad(&e))? },
            claims,
        })
    }
}
