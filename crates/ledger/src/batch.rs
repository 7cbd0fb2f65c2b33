//! Storing many articles: a few at a time share one transaction.

use jiff::Timestamp;
use marchland_article::Article;
use marchland_claim::Claim;

use crate::{Added, Coded, Ledger, Result, Run};

/// Gathers articles and stores them in small groups. A group is on disk when [`push`](Self::push) or
/// [`flush`](Self::flush) has returned what it did to each; until then it counts as not acknowledged.
///
/// One `fsync` a group instead of one an article is the whole gain.
pub struct Batch<'l> {
    ledger: &'l mut dyn Ledger,
    run: Run,
    size: usize,
    waiting: Vec<(Article, Timestamp, Vec<Claim>)>,
    bytes: usize,
}

/// A group is stored early when its texts reach this many bytes, so that memory stays bounded.
const BYTES: usize = 4 << 20;

impl<'l> Batch<'l> {
    /// Groups of `size` articles (at least one).
    pub fn new(ledger: &'l mut dyn Ledger, run: Run, size: usize) -> Self {
        Self { ledger, run, size: size.max(1), waiting: Vec::new(), bytes: 0 }
    }

    /// Takes an article. When that fills the group, stores the group and tells what became of each of it, in order;
    /// else nothing yet. After an error the group is still waiting: `flush` tries again.
    pub fn push(&mut self, article: Article, read_at: Timestamp, claims: Vec<Claim>) -> Result<Vec<(Article, Added)>> {
        self.bytes += article.text.len();
        self.waiting.push((article, read_at, claims));
        if self.waiting.len() >= self.size || self.bytes >= BYTES { self.flush() } else { Ok(Vec::new()) }
    }

    /// Stores what is waiting. Call it at the end.
    pub fn flush(&mut self) -> Result<Vec<(Article, Added)>> {
        if self.waiting.is_empty() {
            return Ok(Vec::new());
        }
        let coded: Vec<Coded<'_>> = self
            .waiting
            .iter()
            .map(|(article, read_at, claims)| Coded { article, read_at: *read_at, claims })
            .collect();
        let added = self.ledger.add(&coded, &self.run)?;
        self.bytes = 0;
        Ok(self.waiting.drain(..).map(|(article, ..)| article).zip(added).collect())
    }
}
