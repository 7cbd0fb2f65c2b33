//! Watched feeds: their state, and the forms to begin and end a watch.

use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::fetch;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::shelf::Feed;
use crate::view::View;
use crate::world::World;

/// Most feeds that are watched.
const MOST: usize = 200;
/// Shortest and longest interval, in minutes.
const INTERVAL: (u32, u32) = (5, 7 * 24 * 60);

/// `/feeds`.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn feeds(world: &World, _ask: &Ask) -> Result<Markup, Problem> {
    let feeds = world.shelf.now().feeds;
    let failing = feeds.iter().filter(|f| f.failures > 0).count();
    let time = |t: Option<jiff::Timestamp>| {
        t.map_or_else(|| "not yet".to_owned(), |t| t.strftime("%Y-%m-%d %H:%M UTC").to_string())
    };
    let main = html! {
        h1 { (feeds.len()) " watched feeds" @if failing > 0 { ", " span.missing { (failing) " failing" } } }
        p.second { "No address is asked but those named here and the articles that they name. A host is asked whether anything has changed since the last time; one that fails is asked ever more rarely, and once a day at least." }
        @if !feeds.is_empty() {
            table.feeds {
                thead { tr { th scope="col" { "Feed" } th scope="col" { "Every" } th scope="col" { "State" } th scope="col" { "Last answer" } th scope="col" { "Next look" } th.number scope="col" { "Articles" } th scope="col" { "" } } }
                tbody {
                    @for feed in &feeds {
                        tr {
                            th scope="row" { bdi { (feed.url) } p.quiet { "added by " bdi { (feed.author) } @if feed.etag.is_some() || feed.last_modified.is_some() { ", asked conditionally" } } }
                            td { (feed.minutes) " min" }
                            td.missing[feed.failures > 0] { @if feed.tried.is_none() { "waits for its first look" } @else { bdi { (feed.state) } } @if feed.failures > 0 { " (" (feed.failures) " times in a row)" } }
                            td.day { (time(feed.answered)) }
                            td.day { (time(Some(feed.next))) }
                            td.number { (feed.articles) }
                            td {
                                form.filter method="post" action="/feeds" {
                                    input type="hidden" name="url" value=(feed.url);
                                    button type="submit" name="step" value="now" aria-label={ "Look now at " (feed.url) } { "Look now" }
                                    button type="submit" name="step" value="remove" aria-label={ "Stop watching " (feed.url) } { "Stop" }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { "Watch a feed" }
        form.filter method="post" action="/feeds" {
            label { "Address (RSS or Atom) " input type="url" name="url" required size="36" placeholder="https://"; }
            label { "Every " input type="number" name="minutes" value="30" min=(INTERVAL.0) max=(INTERVAL.1); " minutes" }
            label { "Your name " input type="text" name="author" required autocomplete="name"; }
            button type="submit" name="step" value="add" { "Watch" }
        }
        p.quiet { "What is found goes into the ledger at once, and from there into the " a href="/review" { "review" } ". A page or a feed that you want to look at first: " a href="/read" { "read it" } "." }
    };
    Ok(page(world, &View::default(), "Feeds", "/feeds", &main))
}

/// `POST /feeds`: begins a watch, ends one, or makes a feed due now.
pub(crate) fn change(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let need = |name: &str| ask.field(name).ok_or_else(|| Problem::Bad(format!("{name} is missing")));
    let url = need("url")?.to_owned();
    let now = world.clock();
    let unknown = || Problem::NotFound(format!("The feed {url:?} is not watched"));
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
                return Err(Problem::Bad(format!("{url:?} is not an address that begins with http:// or https://")));
            }
            let minutes = ask.field("minutes").unwrap_or("30");
            let minutes =
                minutes.parse::<u32>().ok().filter(|m| (INTERVAL.0..=INTERVAL.1).contains(m)).ok_or_else(|| {
                    Problem::Bad(format!("minutes={minutes:?} is not a number from {} to {}", INTERVAL.0, INTERVAL.1))
                })?;
            let feed = Feed {
                minutes,
                author: need("author")?.to_owned(),
                added: now,
                next: now,
                url: url.clone(),
                tried: None,
                answered: None,
                state: String::new(),
                failures: 0,
                etag: None,
                last_modified: None,
                articles: 0,
                seen: std::collections::BTreeSet::new(),
            };
            world.shelf.change(|kept| {
                if kept.feeds.iter().any(|f| f.url == feed.url) {
                    return Err(Problem::Conflict("This feed is watched already".to_owned()));
                }
                if kept.feeds.len() >= MOST {
                    return Err(Problem::Bad(format!("{MOST} feeds are watched already: stop one first")));
                }
                kept.feeds.push(feed);
                Ok(())
            })?;
        }
        other => return Err(Problem::Bad(format!("step={other:?} is none of add, now, remove"))),
    }
    Ok(Reply::see("/feeds".to_owned()))
}
