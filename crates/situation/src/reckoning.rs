//! The [`Reckoning`]: control over the current claims of a ledger, and what it takes to follow the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use marchland_claim::Brief;
use marchland_control::{Control, NoVote, Params, Report, Source, settled};
use marchland_ledger::{BriefEntry, Ledger, Logged, Result};
use marchland_place::PlaceId;
use rayon::prelude::*;

/// Control over the current claims of a ledger.
///
/// A clone is cheap: it shares the reports, and what was reckoned from them, with the original.
#[derive(Clone)]
pub struct Reckoning {
    control: Control,
    /// Claims without a vote, by article and reason.
    silent: Arc<HashMap<Arc<str>, BTreeMap<NoVote, u64>>>,
    /// Claims that count places instead of naming one, by article.
    totals: Arc<BTreeMap<Arc<str>, Vec<Total>>>,
    /// The story of each article that is a copy of another.
    stories: Arc<HashMap<Arc<str>, Arc<str>>>,
    latest_read: Timestamp,
    /// The last entry of the ledger's log that is in it.
    seq: i64,
}

/// A claim that counts places instead of naming one.
#[derive(Debug, Clone)]
pub(crate) struct Total {
    pub(crate) claim: Brief,
    pub(crate) article: Arc<str>,
    pub(crate) known: Date,
}

/// What one article says.
struct Said {
    article: Arc<str>,
    story: Arc<str>,
    read_at: Timestamp,
    reports: Vec<Report>,
    silent: BTreeMap<NoVote, u64>,
    totals: Vec<Total>,
}

/// Articles that one thread takes.
const SHARE: usize = 256;

impl Reckoning {
    /// Computes it from all current claims.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn load(ledger: &dyn Ledger) -> Result<Self> {
        let mut new = Self {
            control: Control::new(Vec::new(), Params::default()),
            silent: Arc::default(),
            totals: Arc::default(),
            stories: Arc::default(),
            latest_read: Timestamp::UNIX_EPOCH,
            // Read first: what is added meanwhile is read twice, which changes nothing.
            seq: ledger.seq()?,
        };
        let mut reports = Vec::new();
        ledger.each_brief(None, &mut |articles| {
            let said: Vec<Vec<Said>> = articles.par_chunks(SHARE).map(said).collect();
            for one in said.into_iter().flatten() {
                reports.extend(new.take(one));
            }
        })?;
        new.control = Control::new(reports, Params::default());
        Ok(new)
    }

    /// Takes in what was added to the ledger since, and tells for which places the answer may have changed. Only the
    /// articles that were added, coded again or judged are read, and those that tell the same story; the result is
    /// that of [`load`](Self::load).
    ///
    /// # Errors
    /// When the ledger cannot be read; the situation is then as it was, or has part of the new articles, and may be
    /// asked to follow again.
    pub fn follow(&mut self, ledger: &dyn Ledger) -> Result<BTreeSet<PlaceId>> {
        const PAGE: usize = 1000;
        let mut articles: BTreeSet<String> = BTreeSet::new();
        let mut seq = self.seq;
        loop {
            let page = ledger.log(seq, PAGE)?;
            let Some(last) = page.last() else { break };
            seq = last.seq;
            articles.extend(page.into_iter().map(|entry| match entry.what {
                Logged::Article { article, .. } | Logged::Coding { article, .. } => article,
                Logged::Judgement { judgement } => judgement.target.article().to_owned(),
            }));
        }
        // An article that joins a story may give it another name, and with it the votes of the others.
        for article in articles.clone() {
            let story = ledger.story(&article)?;
            let name = story.first().cloned().unwrap_or_default();
            let renamed = |a: &String| self.stories.get(a.as_str()).map_or(a.as_str(), |s| s) != name;
            articles.extend(story.into_iter().filter(renamed));
        }
        let mut touched = BTreeSet::new();
        for article in articles {
            let article = article.as_str();
            if self.silent.contains_key(article) {
                Arc::make_mut(&mut self.silent).remove(article);
            }
            if self.totals.contains_key(article) {
                Arc::make_mut(&mut self.totals).remove(article);
            }
            if self.stories.contains_key(article) {
                Arc::make_mut(&mut self.stories).remove(article);
            }
            let mut reports = Vec::new();
            ledger.each_brief(Some(article), &mut |articles| {
                for one in said(&articles) {
                    reports.extend(self.take(one));
                }
            })?;
            touched.extend(self.control.replace_article(article, reports));
        }
        self.seq = seq;
        Ok(touched)
    }

    fn take(&mut self, said: Said) -> Vec<Report> {
        self.latest_read = self.latest_read.max(said.read_at);
        if said.story != said.article {
            Arc::make_mut(&mut self.stories).insert(Arc::clone(&said.article), said.story);
        }
        if !said.silent.is_empty() {
            Arc::make_mut(&mut self.silent).insert(Arc::clone(&said.article), said.silent);
        }
        if !said.totals.is_empty() {
            Arc::make_mut(&mut self.totals).insert(said.article, said.totals);
        }
        said.reports
    }

    /// Who holds what.
    #[must_use]
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// The claims that count places instead of naming one, by article.
    pub(crate) fn totals_said(&self) -> impl Iterator<Item = &Total> {
        self.totals.values().flatten()
    }

    /// How many claims have no vote on control, by reason.
    #[must_use]
    pub fn silent(&self) -> BTreeMap<NoVote, u64> {
        let mut all = BTreeMap::new();
        for (why, n) in self.silent.values().flatten() {
            *all.entry(*why).or_default() += n;
        }
        all
    }

    /// When the last of its articles was read: the ledger's own clock.
    #[must_use]
    pub fn latest_read(&self) -> Timestamp {
        self.latest_read
    }

    /// The last entry of the ledger's log that is in it.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }
}

/// What articles say, each without the fights that it has itself overtaken.
fn said(articles: &[BriefEntry]) -> Vec<Said> {
    let mut origins: HashSet<Arc<str>> = HashSet::new();
    articles
        .iter()
        .map(|entry| {
            let source = Source {
                article: &entry.article,
                outlet: entry.outlet.as_deref(),
                known: entry.known(),
                dated: entry.published.is_some(),
                story: Some(&entry.story),
            };
            let mut said = Said {
                article: Arc::clone(&entry.article),
                story: Arc::clone(&entry.story),
                read_at: entry.read_at,
                reports: Vec::with_capacity(entry.claims.len()),
                silent: BTreeMap::new(),
                totals: Vec::new(),
            };
            for claim in &entry.claims {
                match Report::from_brief(claim, &source) {
                    Ok(mut report) => {
                        match origins.get(&report.origin) {
                            Some(known) => report.origin = Arc::clone(known),
                            None => drop(origins.insert(Arc::clone(&report.origin))),
                        }
                        said.reports.push(report);
                    }
                    Err(why) => {
                        *said.silent.entry(why).or_default() += 1;
                        if why == NoVote::Aggregate {
                            let article = Arc::clone(&entry.article);
                            said.totals.push(Total { claim: claim.clone(), article, known: source.known });
                        }
                    }
                }
            }
            said.reports = settled(said.reports);
            said
        })
        .collect()
}
