//! Watched feeds: which are due, what is asked, and when to look again.

use jiff::{SignedDuration, Timestamp};
use marchland_article::{Article, Published, ReadOptions, read_bytes, read_feed};
use marchland_ledger::{Coded, Run};
use marchland_words::Tongue;

use crate::fetch::{self, Fetched};
use crate::problem::Problem;
use crate::said::{Said, said};
use crate::shelf::Feed;
use crate::world::World;

/// Most articles that one look takes; the others come with the next.
const MOST_ARTICLES: usize = 40;
/// Addresses remembered of one feed.
const MOST_SEEN: usize = 5000;
/// The longest wait, in minutes: a feed that fails is still looked at once a day.
const LONGEST: i64 = 24 * 60;

/// Minutes to the next look: the interval, doubled for each failure in a row, at most a day.
fn wait(minutes: u32, failures: u32) -> i64 {
    let minutes = i64::from(minutes.max(1));
    minutes.saturating_mul(1 << failures.min(20)).min(LONGEST.max(minutes))
}

/// Looks at every feed that is due; gives how many were. Never fails: what goes wrong is written beside the feed.
pub(crate) fn look(world: &World, now: Timestamp) -> usize {
    let due: Vec<Feed> = world.shelf.now().feeds.into_iter().filter(|f| f.next <= now).collect();
    for feed in &due {
        let seen = one(world, feed, now);
        // Somebody may have ended the watch meanwhile: then there is nothing to note.
        let noted = world.shelf.change(|kept| {
            if let Some(place) = kept.feeds.iter_mut().find(|f| f.url == seen.url) {
                *place = Feed { minutes: place.minutes, ..seen };
            }
            Ok(())
        });
        drop(noted);
    }
    due.len()
}

/// One look at one feed.
fn one(world: &World, feed: &Feed, now: Timestamp) -> Feed {
    let mut feed = feed.clone();
    feed.tried = Some(now);
    let answer = fetch::get(&feed.url, (feed.etag.as_deref(), feed.last_modified.as_deref()), world.reach);
    let mut asked_to_wait = 0;
    let outcome = answer.and_then(|answer| {
        asked_to_wait = answer.retry_after.unwrap_or(0).clamp(0, LONGEST * 60);
        match answer.status {
            304 => Ok(said!("feed-not-changed")),
            200..=299 => take(world, &mut feed, answer, now),
            status => Err(said!("feed-host-answers", status = status.to_string())),
        }
    });
    match outcome {
        Ok(state) => {
            feed.failures = 0;
            feed.answered = Some(now);
            feed.state = Some(state);
        }
        Err(why) => {
            feed.failures += 1;
            feed.state = Some(why);
        }
    }
    let seconds = (wait(feed.minutes, feed.failures) * 60).max(asked_to_wait);
    feed.next = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
    feed
}

/// Reads the articles that a feed names for the first time.
fn take(world: &World, feed: &mut Feed, answer: Fetched, now: Timestamp) -> Result<Said, Said> {
    let items = read_feed(&answer.body).ok_or_else(|| said!("feed-no-feed"))?;
    let fresh: Vec<_> = items.iter().filter(|i| !feed.seen.contains(&i.link)).collect();
    let reach = fetch::reach_from(&feed.url, world.reach);
    let (mut taken, mut failed, mut left) = (0_usize, 0_usize, 0_usize);
    for item in &fresh {
        if taken + failed >= MOST_ARTICLES {
            left += 1;
            continue;
        }
        match fetch::get(&item.link, (None, None), reach) {
            Ok(page) if (200..=299).contains(&page.status) => {
                let name = item.title.as_deref().unwrap_or(&item.link);
                match keep(world, name, &item.link, &page.body, item.published, now) {
                    Ok(n) => taken += n,
                    Err(_) => failed += 1,
                }
                feed.seen.insert(item.link.clone());
            }
            // Not there, or not for us: it will not be there the next time either.
            Ok(page) if matches!(page.status, 401 | 403 | 404 | 410 | 451) => {
                feed.seen.insert(item.link.clone());
                failed += 1;
            }
            _ => failed += 1,
        }
    }
    while feed.seen.len() > MOST_SEEN {
        let gone = feed.seen.iter().find(|s| items.iter().all(|i| i.link != **s)).cloned();
        let Some(gone) = gone else { break };
        feed.seen.remove(&gone);
    }
    feed.articles += taken as u64;
    // With some still to come, the next look must not be told "not changed".
    let complete = left == 0 && failed == 0;
    feed.etag = answer.etag.filter(|_| complete);
    feed.last_modified = answer.last_modified.filter(|_| complete);
    let items = items.len();
    Ok(match (failed, left) {
        (0, 0) => said!("feed-took", items = items, taken = taken),
        (_, 0) => said!("feed-took-failed", items = items, taken = taken, failed = failed),
        (0, _) => said!("feed-took-left", items = items, taken = taken, left = left),
        _ => said!("feed-took-failed-left", items = items, taken = taken, failed = failed, left = left),
    })
}

/// Reads a page, codes it and keeps it. A day that the feed gives counts where the page itself has none.
fn keep(
    world: &World,
    name: &str,
    url: &str,
    body: &[u8],
    published: Option<jiff::civil::Date>,
    now: Timestamp,
) -> Result<usize, String> {
    let mut kept = 0;
    for mut article in articles(name, url, body, published)? {
        if article.url.is_none() {
            article.url = Some(url.to_owned());
        }
        let claims = world.desk().claims(&article)?;
        let run = Run { coder: world.desk().version(), at: now };
        world
            .ledger()
            .add_article(Coded { article: &article, read_at: now, claims: &claims }, &run)
            .map_err(|e| e.to_string())?;
        kept += 1;
    }
    Ok(kept)
}

/// The articles of a page.
fn articles(name: &str, url: &str, body: &[u8], published: Option<jiff::civil::Date>) -> Result<Vec<Article>, String> {
    let read = |options: &ReadOptions| -> Result<Vec<Article>, String> {
        read_bytes(name, body, options).into_iter().map(|a| a.map_err(|e| format!("{url}: {e}"))).collect()
    };
    let found = read(&ReadOptions::default())?;
    if published.is_some() && found.iter().any(|a| a.published == Published::Unknown) {
        return read(&ReadOptions { published });
    }
    Ok(found)
}

/// An address as a person names it, for the reading form: the text that stands there.
pub(crate) fn page(world: &World, url: &str) -> Result<String, Problem> {
    if !fetch::is_address(url) {
        return Err(Problem::Bad(said!("problem-address", url = format!("{url:?}"))));
    }
    // The reason is told in English: a problem is put into the reader's language as a whole, without what is in it.
    let failed = |why: Said| Problem::Bad(said!("problem-fetch", url = url, why = why.words(Tongue::ENGLISH)));
    let answer = fetch::get(url, (None, None), world.reach).map_err(failed)?;
    if !(200..=299).contains(&answer.status) {
        return Err(failed(said!("feed-host-answers", status = answer.status.to_string())));
    }
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_fails_is_asked_ever_more_rarely_and_once_a_day_at_least() {
        let waits: Vec<i64> = (0..9).map(|failures| wait(15, failures)).collect();
        assert_eq!(waits, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
        assert_eq!(wait(3000, 5), 3000, "no sooner than its own interval");
    }
}
