//! The kept articles, and the state of the data.

use marchland_ledger::ArticleFilter;
use marchland_words::say;
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
    let t = ask.tongue;
    let filter = ArticleFilter {
        from: ask.day("from")?,
        to: ask.day("to")?,
        outlet: ask.get("outlet").map(str::to_owned),
        undated: ask.get("undated").is_some(),
        after: ask.number("after")?.unwrap_or(0),
        limit: Some(PAGE),
        ..ArticleFilter::default()
    };
    let entries = world.ledger().articles(&filter)?;
    let counts = now.counts;
    let main = html! {
        h1 { (say!(t, "articles-title", articles = say!(t, "count-articles", n = counts.articles), claims = say!(t, "count-claims", n = counts.claims), places = say!(t, "count-places", n = counts.places))) }
        p.second {
            @if let (Some(a), Some(b)) = (counts.first_day, counts.last_day) { (say!(t, "articles-span", from = t.day(a), to = t.day(b))) " " }
            (say!(t, "articles-runs", judgements = say!(t, "count-judgements", n = counts.judgements), n = counts.runs))
        }
        @if !now.mute.is_empty() {
            details {
                summary { (say!(t, "articles-mute", n = now.mute.values().sum::<u64>())) }
                ul { @for (why, n) in &now.mute { li { (say!(t, "mute-row", n = *n, why = t.say(why))) } } }
            }
        }
        form.filter method="get" action="/articles" role="search" {
            label { (t.say("filter-from")) " " input type="date" name="from" value=[filter.from]; }
            label { (t.say("filter-to")) " " input type="date" name="to" value=[filter.to]; }
            label { (t.say("filter-outlet")) " " input type="text" name="outlet" value=[filter.outlet.as_ref()]; }
            label { input type="checkbox" name="undated" value="1" checked[filter.undated]; " " (t.say("filter-undated")) }
            button type="submit" { (t.say("find")) }
        }
        table.articles {
            thead { tr { @for key in ["col-published", "col-outlet", "col-article", "col-read"] { th scope="col" { (t.say(key)) } } } }
            tbody {
                @for entry in &entries {
                    tr {
                        td.day { @match entry.article.published.day() { Some(day) => (t.day_short(day)), None => span.missing { (t.say("unknown")) } } }
                        td { @match &entry.article.outlet { Some(outlet) => bdi { (outlet) }, None => { (t.say("unknown")) } } }
                        th scope="row" dir="auto" {
                            a href={ "/article/" (entry.article.digest) } { bdi { (entry.article.title.as_deref().unwrap_or(&entry.article.id)) } }
                            @if entry.withdrawn { span.tag { (t.say("withdrawn")) } }
                        }
                        td.day { (t.moment(entry.read_at)) }
                    }
                }
            }
        }
        @if entries.is_empty() { p { (t.say("articles-none")) } }
        @if entries.len() == PAGE {
            @if let Some(last) = entries.last() {
                @let pairs = ask.query.iter().filter(|(k, _)| k != "after").map(|(k, v)| (k.clone(), v.clone())).chain([("after".to_owned(), last.seq.to_string())]);
                @let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                p { a href={ "/articles?" (query) } { (t.say("more")) } }
            }
        }
        @if let (Some(a), Some(b)) = (counts.first_day, counts.last_day) { p.quiet { (say!(t, "articles-days", n = words::days_between(a, b))) } }
    };
    Ok(page(world, (&View::default(), t), &t.say("articles"), "/articles", &main))
}
