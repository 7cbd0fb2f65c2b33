//! Everything that was ever added, in order.

use marchland_article::Article;
use marchland_claim::Claim;

use super::Postgres;
use crate::layout::Layout;
use crate::{Entry, Result, Run};

impl Postgres {
    pub(super) fn read_entries(&self, each: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        let doing = "reading every entry";
        let mut judgements = self.judgement_rows(None, 0, i64::MAX)?;
        let entries = self.rows(doing, "SELECT id, what FROM entry ORDER BY id", &[])?;
        for entry in &entries {
            match (entry.get::<_, i64>(0), entry.get::<_, &str>(1)) {
                (id, "judgement") => judgements.remove(&id).map_or(Ok(()), |j| each(Entry::Judgement(j)))?,
                (id, "coding") => each(self.coding_entry(id)?)?,
                // An article comes with its first coding.
                _ => {}
            }
        }
        Ok(())
    }

    fn coding_entry(&self, id: i64) -> Result<Entry> {
        let doing = "reading a coding";
        let bad = |e: &dyn std::fmt::Display| self.damaged(format!("coding {id}"), e);
        let rows = self.rows(
            doing,
            "SELECT a.name, a.text, a.title, a.url, a.outlet, a.published, a.digest, a.read_at, s.layout, r.coder, r.at, k.source
             FROM coding k JOIN article a ON a.id = k.article JOIN coding s ON s.id = k.source JOIN run r ON r.id = k.run
             WHERE k.id = $1",
            &[&id],
        )?;
        let row = rows.first().ok_or_else(|| bad(&"its article is not there"))?;
        let layout: Layout = serde_json::from_str(row.get(8)).map_err(|e| bad(&e))?;
        let source: i64 = row.get(11);
        let sql =
            "SELECT c.body FROM coding_claim k JOIN claim c ON c.id = k.claim WHERE k.coding = $1 ORDER BY k.ordinal";
        let claims: Vec<Claim> = self
            .rows(doing, sql, &[&source])?
            .iter()
            .map(|r| serde_json::from_str(r.get(0)).map_err(|e| bad(&e)))
            .collect::<Result<_>>()?;
        Ok(Entry::Coding {
            article: Box::new(Article {
                id: row.get(0),
                text: row.get(1),
                title: row.get(2),
                url: row.get(3),
                outlet: row.get(4),
                published: serde_json::from_str(row.get(5)).map_err(|e| bad(&e))?,
                digest: row.get(6),
                cuts: layout.cuts,
                blocks: layout.blocks,
                notes: layout.notes,
            }),
            read_at: row.get::<_, &str>(7).parse().map_err(|e| bad(&e))?,
            run: Run { coder: row.get(9), at: row.get::<_, &str>(10).parse().map_err(|e| bad(&e))? },
            claims,
        })
    }
}
