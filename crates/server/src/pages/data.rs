//! The state of the data: how much there is, how fresh it is, and what in it could not be resolved.

use std::collections::BTreeMap;

use jiff::Timestamp;
use marchland_ledger::{ArticleFilter, ClaimEntry, ClaimFilter};
use marchland_words::{Tongue, say};
use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

/// Most examples shown of one gap.
const SHOWN: usize = 30;

/// What is missing, with examples.
#[derive(Default)]
struct Gaps {
    /// Names that the gazetteer does not know: how often, and a claim of each.
    names: BTreeMap<String, (u32, Example)>,
    dayless: Vec<Example>,
    dayless_count: u32,
    /// Places of the gazetteer without a position.
    nowhere: BTreeMap<String, u32>,
    last_read: Option<Timestamp>,
    outlets: BTreeMap<String, u32>,
}

/// As much of a claim as a link needs.
#[derive(Default, Clone)]
struct Example {
    address: String,
    words: String,
}

fn gaps(t: Tongue, world: &World) -> Result<Gaps, Problem> {
    let mut gaps = Gaps::default();
    let mut dayless = Vec::new();
    let short = |entry: &ClaimEntry| Example {
        address: format!("/article/{}?claim={}#claim-{}", entry.article, entry.claim.id.0, entry.claim.id.0),
        words: words::claim(t, world, &entry.claim),
    };
    // The ledger's lock is held meanwhile: words that need it are put together afterwards.
    let mut entries: Vec<ClaimEntry> = Vec::new();
    world.ledger().each_claim(&ClaimFilter { control_only: true, ..ClaimFilter::default() }, &mut |entry| {
        gaps.last_read = gaps.last_read.max(Some(entry.read_at));
        *gaps.outlets.entry(entry.outlet.clone().unwrap_or_else(|| t.say("data-unnamed"))).or_default() += 1;
        let place = &entry.claim.place;
        let time = &entry.claim.time;
        if place.id.is_none() && entry.claim.aggregate.is_none() {
            let known = gaps.names.entry(place.name.clone()).or_default();
            known.0 += 1;
            if known.0 == 1 {
                entries.push(entry);
            }
            return;
        }
        if place.id.is_some() && place.lat.is_none() {
            *gaps.nowhere.entry(place.name.clone()).or_default() += 1;
        }
        if time.valid_from.is_none() && time.valid_to.is_none() {
            gaps.dayless_count += 1;
            if dayless.len() < SHOWN {
                dayless.push(entry);
            }
        }
    })?;
    for entry in entries {
        let short = short(&entry);
        if let Some(known) = gaps.names.get_mut(&entry.claim.place.name) {
            known.1 = short;
        }
    }
    gaps.dayless = dayless.iter().map(short).collect();
    Ok(gaps)
}

/// `/data`.
pub(crate) fn data(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let now = world.now()?;
    let t = ask.tongue;
    let gaps = gaps(t, world)?;
    let undated = world.ledger().articles(&ArticleFilter { undated: true, ..ArticleFilter::default() })?;
    let counts = now.counts;
    let mut names: Vec<_> = gaps.names.iter().collect();
    names.sort_by_key(|(name, (n, _))| (std::cmp::Reverse(*n), (*name).clone()));
    let mut outlets: Vec<_> = gaps.outlets.iter().collect();
    outlets.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), (*name).clone()));
    let articles = html! { a href="/articles" { (say!(t, "count-articles", n = counts.articles)) } };
    let log = html! { a href="/log" { (t.say("the-log")) } };
    let said = |key: &str, n: usize| html! { (say!(t, key, n = n)) };
    let placeless = gaps.names.values().map(|(n, _)| *n).sum::<u32>();
    let placeless = say!(t, "data-names", claims = say!(t, "data-control-claims", n = placeless), n = gaps.names.len());
    let set = html! { a href="/articles?undated=1" { (t.say("data-set-it")) } };
    let main = html! {
        h1 { (t.say("data-title")) }
        dl.facts {
            dt { (t.say("data-articles")) } dd { @match (counts.first_day, counts.last_day) { (Some(a), Some(b)) => { (mark!(t, "data-span", articles = articles, from = t.day(a), to = t.day(b))) }, _ => { (articles) } } }
            dt { (t.say("data-last-read")) } dd { @match gaps.last_read { Some(at) => { (t.moment(at)) }, None => { (t.say("data-nothing")) } } }
            dt { (t.say("data-claims")) } dd { (mark!(t, "data-claims-on", claims = said("count-claims", counts.claims as usize), places = said("count-places", counts.places as usize), judgements = said("count-judgements", counts.judgements as usize), log = log)) }
            dt { (t.say("data-undated")) } dd { a href="/articles?undated=1" { (say!(t, "count-articles", n = undated.len())) } }
            dt { (t.say("data-dayless")) } dd { a href="#days" { (say!(t, "data-control-claims", n = gaps.dayless_count)) } }
            dt { (t.say("data-placeless")) } dd { a href="#names" { (placeless) } }
            dt { (t.say("data-nowhere")) } dd { (gaps.nowhere.len()) }
            dt { (t.say("data-read-by")) } dd { bdi { (world.desk().version()) } }
            dt { (t.say("data-entry")) } dd { (now.seq()) }
        }
        @if !now.mute.is_empty() {
            h2 { (t.say("data-mute")) }
            ul { @for (why, n) in &now.mute { li { (say!(t, "mute-row", n = *n, why = t.say(why))) } } }
        }
        h2 #names { (t.say("data-names-title")) }
        @if names.is_empty() { p.quiet { (t.say("none")) } } @else {
            p.quiet { (mark!(t, "data-names-note", review = html! { a href="/review" { (t.say("the-review")) } })) }
            ul { @for (name, (n, claim)) in names.iter().take(SHOWN) { li { (mark!(t, "data-name-row", name = html! { bdi { (name) } }, n = *n, claim = html! { a href=(claim.address) { (claim.words) } })) } } }
            @if names.len() > SHOWN { p.quiet { (say!(t, "and-more", n = names.len() - SHOWN)) } }
        }
        h2 #days { (t.say("data-dayless-title")) }
        @if gaps.dayless.is_empty() { p.quiet { (t.say("none")) } } @else {
            p.quiet { (mark!(t, "data-dayless-note", set = set)) }
            ul { @for claim in &gaps.dayless { li { a href=(claim.address) { (claim.words) } } } }
            @if gaps.dayless_count as usize > gaps.dayless.len() { p.quiet { (say!(t, "and-more", n = gaps.dayless_count as usize - gaps.dayless.len())) } }
        }
        @if !gaps.nowhere.is_empty() {
            h2 { (t.say("data-nowhere")) }
            p.quiet { (t.say("data-nowhere-note")) }
            ul { @for (name, n) in gaps.nowhere.iter().take(SHOWN) { li { (mark!(t, "data-nowhere-row", name = html! { bdi { (name) } }, n = *n)) } } }
        }
        h2 { (t.say("data-outlets")) }
        table {
            thead { tr { th scope="col" { (t.say("col-outlet")) } th.number scope="col" { (t.say("col-claims")) } } }
            tbody { @for (name, n) in outlets.iter().take(SHOWN) { tr { th scope="row" { bdi { (name) } } td.number { (n) } } } }
        }
    };
    Ok(page(world, (&View::default(), t), &t.say("data"), "/data", &main))
}
