//! The store by meaning: what the other rooms may ask of it.

use std::path::Path;

use jiff::Timestamp;
use marchland_article::Article;
use marchland_claim::{Claim, ClaimId};

use crate::{
    Added, ArticleEntry, ArticleFilter, BriefEntry, ClaimEntry, ClaimFilter, Coded, Counts, Entry, Error, Judgement,
    LogEntry, Result, Run, SearchHit, Sqlite, Target,
};

/// A store of articles, claims and judgements. Append only: no method changes or removes what is there.
///
/// Reading methods see one consistent state each. What a writing method has returned is on disk.
pub trait Ledger: Send {
    /// Adds articles, each with the claims that `run` found. All of them are stored or none; each is whole.
    fn add(&mut self, coded: &[Coded<'_>], run: &Run) -> Result<Vec<Added>>;

    /// Adds a judgement and gives its place in the order of adding.
    fn judge(&mut self, judgement: &Judgement) -> Result<i64>;

    /// The article with this digest.
    fn article(&self, digest: &str) -> Result<Option<ArticleEntry>>;

    /// Articles in the order of adding. For many, ask page by page with `limit` and `after`, or use [`each_article`].
    fn articles(&self, filter: &ArticleFilter) -> Result<Vec<ArticleEntry>>;

    /// Hands out the current claims one by one: those of each article's latest coding, judgements applied,
    /// in the order of adding and, within an article, of the text.
    fn each_claim(&self, filter: &ClaimFilter, each: &mut dyn FnMut(ClaimEntry)) -> Result<()>;

    /// Hands out the current claims that count without their words, article by article in the order of adding, many
    /// articles at a time: all, or those of one article. What a reckoning of control reads; a store that keeps no such
    /// short form makes it from the claims.
    fn each_brief(&self, article: Option<&str>, each: &mut dyn FnMut(Vec<BriefEntry>)) -> Result<()> {
        const MANY: usize = 1024;
        let mut all: Vec<BriefEntry> = Vec::new();
        let filter = ClaimFilter { article: article.map(str::to_owned), ..ClaimFilter::default() };
        self.each_claim(&filter, &mut |entry| {
            let brief = marchland_claim::Brief::from(&entry.claim);
            match all.last_mut() {
                Some(last) if *last.article == *entry.article => last.claims.push(brief),
                _ => {
                    if all.len() >= MANY {
                        each(std::mem::take(&mut all));
                    }
                    all.push(BriefEntry {
                        article: entry.article.into(),
                        outlet: entry.outlet.map(Into::into),
                        published: entry.published,
                        read_at: entry.read_at,
                        story: entry.story.into(),
                        claims: vec![brief],
                    });
                }
            }
        })?;
        each(all);
        Ok(())
    }

    /// Every version of a claim that was ever coded, oldest first, with its coder; unedited.
    fn versions(&self, article: &str, claim: &ClaimId) -> Result<Vec<(Run, Claim)>>;

    /// Judgements in the order of adding; of one target, or all.
    fn judgements(&self, of: Option<&Target>) -> Result<Vec<Judgement>>;

    /// Hands out everything that was ever added, in the order of adding, whole enough to be added again elsewhere. Stops at
    /// the first error of `each`.
    fn each_entry(&self, each: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()>;

    /// What was added after `seq` (0: from the start), at most `limit` entries: what changed, and why.
    fn log(&self, after: i64, limit: usize) -> Result<Vec<LogEntry>>;

    /// Articles that hold every word of `words` (words in double quotes in that order, `word*` for its beginnings),
    /// best first, with their claims that meet the filter. A filter that asks for anything of a claim keeps only
    /// articles with such claims; `limit` counts articles.
    fn search(&self, words: &str, filter: &ClaimFilter) -> Result<Vec<SearchHit>>;

    /// Stories of more than one article: digests of near-copies, the story's own name first.
    fn stories(&self) -> Result<Vec<Vec<String>>>;

    /// The articles of the story that an article tells, itself among them, in order of digests.
    fn story(&self, article: &str) -> Result<Vec<String>>;

    /// The last place in the order of adding; 0 where nothing was added yet.
    fn seq(&self) -> Result<i64>;

    /// How much there is.
    fn counts(&self) -> Result<Counts>;

    /// Writes a whole copy to a new file while the ledger stays in use.
    fn backup(&self, to: &Path) -> Result<()>;

    /// Looks the whole store over; the problems found, in words. Empty: sound.
    fn check(&self) -> Result<Vec<String>>;

    /// Gives unused room back to the disk.
    fn compact(&mut self) -> Result<()>;

    /// Adds everything that this ledger holds to another one, of whatever kind. From an empty one it makes a copy: the same
    /// articles, codings, claims and judgements in the same order.
    fn copy_to(&self, to: &mut dyn Ledger) -> Result<()> {
        // Neighbours of one run share a transaction.
        const GROUP: usize = 128;
        let mut waiting: Vec<(Article, Timestamp, Vec<Claim>)> = Vec::new();
        let mut of: Option<Run> = None;
        let mut give =
            |waiting: &mut Vec<(Article, Timestamp, Vec<Claim>)>, run: &Option<Run>, j: Option<&Judgement>| {
                if let Some(run) = run.as_ref().filter(|_| !waiting.is_empty()) {
                    let coded: Vec<Coded<'_>> = waiting
                        .iter()
                        .map(|(article, read_at, claims)| Coded { article, read_at: *read_at, claims })
                        .collect();
                    to.add(&coded, run)?;
                    waiting.clear();
                }
                j.map_or(Ok(()), |j| to.judge(j).map(|_| ()))
            };
        self.each_entry(&mut |entry| match entry {
            Entry::Judgement(j) => give(&mut waiting, &of, Some(&j)),
            Entry::Coding { article, read_at, run, claims } => {
                if waiting.len() >= GROUP || of.as_ref() != Some(&run) {
                    give(&mut waiting, &of, None)?;
                    of = Some(run);
                }
                waiting.push((*article, read_at, claims));
                Ok(())
            }
        })?;
        give(&mut waiting, &of, None)
    }

    /// Adds one article. See [`add`](Self::add); for many, [`Batch`](crate::Batch) is faster.
    fn add_article(&mut self, coded: Coded<'_>, run: &Run) -> Result<Added> {
        Ok(self.add(&[coded], run)?[0])
    }

    /// The current claims that meet the filter. See [`each_claim`](Self::each_claim).
    fn claims(&self, filter: &ClaimFilter) -> Result<Vec<ClaimEntry>> {
        let mut all = Vec::new();
        self.each_claim(filter, &mut |entry| all.push(entry))?;
        Ok(all)
    }

    /// The current claims of one article.
    fn claims_of(&self, digest: &str) -> Result<Vec<ClaimEntry>> {
        self.claims(&ClaimFilter { article: Some(digest.to_owned()), ..ClaimFilter::default() })
    }

    /// The current claim with this id, also when a judgement took it out.
    fn claim(&self, id: &ClaimId) -> Result<Option<ClaimEntry>> {
        let filter = ClaimFilter { id: Some(id.clone()), with_rejected: true, ..ClaimFilter::default() };
        Ok(self.claims(&filter)?.pop())
    }

    /// Hands out articles one by one, without holding them all.
    fn each_article(&self, filter: &ArticleFilter, each: &mut dyn FnMut(ArticleEntry)) -> Result<()> {
        const PAGE: usize = 256;
        let (mut after, mut left) = (filter.after, filter.limit.unwrap_or(usize::MAX));
        while left > 0 {
            let page = self.articles(&ArticleFilter { after, limit: Some(left.min(PAGE)), ..filter.clone() })?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            left -= page.len();
            page.into_iter().for_each(&mut *each);
        }
        Ok(())
    }
}

/// What one means to do with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Read; it must be there.
    Read,
    /// Read and write; made when it is not there.
    Write,
}

/// Opens a store by its address: `sqlite:FILE`, a bare file name, or `postgres://USER@HOST/DATABASE` (with
/// `?schema=NAME`) where the program was built with the feature `postgres`.
pub fn open(url: &str, mode: Mode) -> Result<Box<dyn Ledger>> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        #[cfg(feature = "postgres")]
        return Ok(Box::new(crate::Postgres::open(url, mode)?));
        #[cfg(not(feature = "postgres"))]
        return Err(Error::NotBuiltIn { url: url.to_owned() });
    }
    let file = match url.split_once(':') {
        Some(("sqlite", file)) => file.strip_prefix("//").unwrap_or(file),
        // A drive letter or a colon in a file name, but no other scheme.
        Some((scheme, rest)) if scheme.len() > 1 && rest.starts_with("//") => {
            return Err(Error::Address { url: url.to_owned() });
        }
        _ => url,
    };
    if file.is_empty() {
        return Err(Error::Address { url: url.to_owned() });
    }
    Ok(Box::new(Sqlite::open(Path::new(file), mode)?))
}
