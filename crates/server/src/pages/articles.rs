//! The kept articles, and the state of the data.

use jiff::civil::Date;
use marchland_ledger::ArticleFilter;
use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::view::View;
use crate::words;
use crate::world::World;

const PAGE: usize = 100;

/// The page.
pub(crate) fn articles(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let now = world.now()?;
    let filter = ArticleFilter {
        from: ask.parse::<Date>("from", "a day like 2021-08-09")?,
        to: ask.parse::<Date>("to", "a day like 2021-08-09")?,
        outlet: ask.get("outlet").map(str::to_owned),
        undated: ask.get("undated").is_some(),
        after: ask.parse("after", "a number")?.unwrap_or(0),
        limit: Some(PAGE),
        ..ArticleFilter::default()
    };
    let entries = world.ledger().articles(&filter)?;
    let counts = now.counts;
    let main = html! {
        h1 { (counts.articles) " articles, " (counts.claims) " claims, " (counts.places) " places" }
        p.second {
            @if let (Some(a), Some(b)) = (counts.first_day, counts.last_day) { "Published from " (marchland_atlas::day_words(a)) " to " (marchland_atlas::day_words(b)) ". " }
            (counts.judgements) " judgements, " (counts.runs) " runs of the coder."
        }
        @if !now.mute.is_empty() {
            details {
                summary { (now.mute.values().sum::<u64>()) " control claims have no say in the map" }
                ul { @for (why, n) in &now.mute { li { (n) ": the claim " (why) } } }
            }
        }
        form.filter method="get" action="/articles" role="search" {
            label { "From " input type="date" name="from" value=[filter.from]; }
            label { "To " input type="date" name="to" value=[filter.to]; }
            label { "Outlet " input type="text" name="outlet" value=[filter.outlet.as_ref()]; }
            label { input type="checkbox" name="undated" value="1" checked[filter.undated]; " without a day" }
            button type="submit" { "Find" }
        }
        table.articles {
            thead { tr { th scope="col" { "Published" } th scope="col" { "Outlet" } th scope="col" { "Article" } th scope="col" { "Read" } } }
            tbody {
                @for entry in &entries {
                    tr {
                        td.day { @match entry.article.published.day() { Some(day) => (day), None => span.missing { "unknown" } } }
                        td { (entry.article.outlet.as_deref().unwrap_or("unknown")) }
                        th scope="row" dir="auto" {
                            a href={ "/article/" (entry.article.digest) } { (entry.article.title.as_deref().unwrap_or(&entry.article.id)) }
                            @if entry.withdrawn { span.tag { "withdrawn" } }
                        }
                        td.day { (entry.read_at.strftime("%Y-%m-%d %H:%M")) }
                    }
                }
            }
        }
        @if entries.is_empty() { p { "No article fits." } }
        @if entries.len() == PAGE {
            @if let Some(last) = entries.last() {
                @let pairs = ask.query.iter().filter(|(k, _)| k != "after").map(|(k, v)| (k.clone(), v.clone())).chain([("after".to_owned(), last.seq.to_string())]);
                @let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                p { a href={ "/articles?" (query) } { "More" } }
            }
        }
        p.quiet { (words::days_between(counts.first_day.unwrap_or(Date::ZERO), counts.last_day.unwrap_or(Date::ZERO))) " days between the first and the last." }
    };
    Ok(page(world, &View::default(), "Articles", "/articles", &main))
}
