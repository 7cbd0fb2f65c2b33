//! Watched feeds: their state, and the forms to begin and end a watch.

use marchland_words::say;
use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::fetch;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::said::said;
use crate::shelf::Feed;
use crate::speech::mark;
use crate::view::View;
use crate::world::World;

/// Most feeds that are watched.
const MOST: usize = 200;
/// Shortest and longest interval, in minutes.
const INTERVAL: (u32, u32) = (5, 7 * 24 * 60);

/// `/feeds`.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn feeds(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let feeds = world.shelf.now().feeds;
    let failing = feeds.iter().filter(|f| f.failures > 0).count();
    let t = ask.tongue;
    let time = |at: Option<jiff::Timestamp>| at.map_or_else(|| t.say("not-yet"), |at| t.moment(at));
    let title = html! { (say!(t, "feeds-title", n = feeds.len())) };
    let main = html! {
        h1 { @if failing > 0 { (mark!(t, "feeds-title-failing", feeds = title, n = failing)) } @else { (title) } }
        p.second { (t.say("feeds-note")) }
        @if !feeds.is_empty() {
            table.feeds {
                thead { tr { @for key in ["col-feed", "col-every", "col-feed-state", "col-last-answer", "col-next-look"] { th scope="col" { (t.say(key)) } } th.number scope="col" { (t.say("col-articles")) } th scope="col" { (t.say("col-do")) } } }
                tbody {
                    @for feed in &feeds {
                        tr {
                            th scope="row" { bdi { (feed.url) } p.quiet { (mark!(t, if feed.etag.is_some() || feed.last_modified.is_some() { "feed-added-conditional" } else { "feed-added" }, author = html! { bdi { (feed.author) } })) } }
                            td { (say!(t, "minutes-short", n = feed.minutes)) }
                            td.missing[feed.failures > 0] { @let state = feed.state.as_ref().map_or_else(|| t.say("feed-first"), |s| s.words(t));
                                @if feed.failures > 0 { (mark!(t, "feed-in-a-row", state = html! { (state) }, n = feed.failures)) } @else { (state) } }
                            td.day { (time(feed.answered)) }
                            td.day { (time(Some(feed.next))) }
                            td.number { (feed.articles) }
                            td {
                                form.filter method="post" action="/feeds" {
                                    input type="hidden" name="url" value=(feed.url);
                                    button type="submit" name="step" value="now" aria-label=(say!(t, "feed-look-now-at", url = feed.url.as_str())) { (t.say("feed-look-now")) }
                                    button type="submit" name="step" value="remove" aria-label=(say!(t, "feed-stop-watching", url = feed.url.as_str())) { (t.say("feed-stop")) }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { (t.say("watch-title")) }
        form.filter method="post" action="/feeds" {
            label { (t.say("watch-address")) " " input type="url" name="url" required size="36" placeholder="https://"; }
            label { (mark!(t, "watch-every", field = html! { input type="number" name="minutes" value="30" min=(INTERVAL.0) max=(INTERVAL.1); })) }
            label { (t.say("your-name")) " " input type="text" name="author" required autocomplete="name"; }
            button type="submit" name="step" value="add" { (t.say("watch-button")) }
        }
        p.quiet { (mark!(t, "watch-note", review = html! { a href="/review" { (t.say("the-review")) } }, read = html! { a href="/read" { (t.say("read-it")) } })) }
    };
    Ok(page(world, (&View::default(), t), &t.say("feeds"), "/feeds", &main))
}

/// `POST /feeds`: begins a watch, ends one, or makes a feed due now.
pub(crate) fn change(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let url = ask.need("url")?.to_owned();
    let now = world.clock();
    let unknown = || Problem::NotFound(said!("problem-feed-unknown", url = format!("{url:?}")));
    match ask.field("step").unwrap_or("add") {
        "remove" => world.shelf.change(|kept| {
            let before = kept.feeds.len();
            kept.feeds.retain(|f| f.url != url);
            if kept.feeds.len() == before { Err(unknown()) } else { Ok(()) }
        })?,
        "now" => world.shelf.change(|kept| {
            kept.feeds.iter_mut().find(|f| f.url == url).ok_or_else(unknown)?.next = now;
            Ok(())
        })?,
        "add" => {
            if !fetch::is_address(&url) {
                return Err(Problem::Bad(said!("problem-address", url = format!("{url:?}"))));
            }
            let minutes = ask.field("minutes").unwrap_or("30");
            let minutes =
                minutes.parse::<u32>().ok().filter(|m| (INTERVAL.0..=INTERVAL.1).contains(m)).ok_or_else(|| {
                    Problem::Bad(said!(
                        "problem-minutes",
                        value = format!("{minutes:?}"),
                        least = INTERVAL.0,
                        most = INTERVAL.1
                    ))
                })?;
            let feed = Feed {
                minutes,
                author: ask.need("author")?.to_owned(),
                added: now,
                next: now,
                url: url.clone(),
                tried: None,
                answered: None,
                state: None,
                failures: 0,
                etag: None,
                last_modified: None,
                articles: 0,
                seen: std::collections::BTreeSet::new(),
            };
            world.shelf.change(|kept| {
                if kept.feeds.iter().any(|f| f.url == feed.url) {
                    return Err(Problem::Conflict(said!("problem-feed-twice")));
                }
                if kept.feeds.len() >= MOST {
                    return Err(Problem::Bad(said!("problem-feeds-many", n = MOST)));
                }
                kept.feeds.push(feed);
                Ok(())
            })?;
        }
        other => {
            return Err(Problem::Bad(said!(
                "problem-word",
                name = "step",
                value = format!("{other:?}"),
                known = "add, now, remove"
            )));
        }
    }
    Ok(Reply::see("/feeds".to_owned()))
}
