//! The state of the data: how much there is, how fresh it is, and what in it could not be resolved.

use std::collections::BTreeMap;

use jiff::Timestamp;
use marchland_atlas::day_words;
use marchland_ledger::{ArticleFilter, ClaimEntry, ClaimFilter};
use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
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

fn gaps(world: &World) -> Result<Gaps, Problem> {
    let mut gaps = Gaps::default();
    let mut dayless = Vec::new();
    let short = |entry: &ClaimEntry| Example {
        address: format!("/article/{}?claim={}#claim-{}", entry.article, entry.claim.id.0, entry.claim.id.0),
        words: words::claim(world, &entry.claim),
    };
    // The ledger's lock is held meanwhile: words that need it are put together afterwards.
    let mut entries: Vec<ClaimEntry> = Vec::new();
    world.ledger().each_claim(&ClaimFilter { control_only: true, ..ClaimFilter::default() }, &mut |entry| {
        gaps.last_read = gaps.last_read.max(Some(entry.read_at));
        *gaps.outlets.entry(entry.outlet.clone().unwrap_or_else(|| "unnamed".to_owned())).or_default() += 1;
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
pub(crate) fn data(world: &World, _ask: &Ask) -> Result<Markup, Problem> {
    let now = world.now()?;
    let gaps = gaps(world)?;
    let undated = world.ledger().articles(&ArticleFilter { undated: true, ..ArticleFilter::default() })?;
    let counts = now.counts;
    let mut names: Vec<_> = gaps.names.iter().collect();
    names.sort_by_key(|(name, (n, _))| (std::cmp::Reverse(*n), (*name).clone()));
    let mut outlets: Vec<_> = gaps.outlets.iter().collect();
    outlets.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), (*name).clone()));
    let main = html! {
        h1 { "State of the data" }
        dl.facts {
            dt { "Articles" } dd { a href="/articles" { (counts.articles) } @if let (Some(a), Some(b)) = (counts.first_day, counts.last_day) { ", published from " (day_words(a)) " to " (day_words(b)) } }
            dt { "Last read" } dd { @match gaps.last_read { Some(t) => { (t.strftime("%Y-%m-%d %H:%M UTC")) }, None => { "nothing yet" } } }
            dt { "Claims" } dd { (counts.claims) " on " (counts.places) " places; " (counts.judgements) " judgements in the " a href="/log" { "log" } }
            dt { "Without publication day" } dd { a href="/articles?undated=1" { (undated.len()) " articles" } }
            dt { "Without a day" } dd { a href="#days" { (gaps.dayless_count) " claims on control" } }
            dt { "Without a known place" } dd { a href="#names" { (gaps.names.values().map(|(n, _)| n).sum::<u32>()) " claims on control, " (gaps.names.len()) " names" } }
            dt { "Places without a position" } dd { (gaps.nowhere.len()) }
            dt { "Read by" } dd { (world.desk().version()) }
            dt { "Entry of the log" } dd { (now.seq()) }
        }
        @if !now.mute.is_empty() {
            h2 { "Claims on control that have no say in the map" }
            ul { @for (why, n) in &now.mute { li { (n) ": the claim " (why) } } }
        }
        h2 #names { "Names that no place was found for" }
        @if names.is_empty() { p.quiet { "None." } } @else {
            p.quiet { "Their claims are kept and count for nothing until somebody says in the " a href="/review" { "review" } " which place is meant, or the gazetteer learns the name." }
            ul { @for (name, (n, claim)) in names.iter().take(SHOWN) { li { bdi { (name) } " (" (n) "): " a href=(claim.address) { (claim.words) } } } }
            @if names.len() > SHOWN { p.quiet { "and " (names.len() - SHOWN) " more" } }
        }
        h2 #days { "Claims whose day cannot be told" }
        @if gaps.dayless.is_empty() { p.quiet { "None." } } @else {
            p.quiet { "Most of these are in articles without a publication day: " a href="/articles?undated=1" { "set it" } "." }
            ul { @for claim in &gaps.dayless { li { a href=(claim.address) { (claim.words) } } } }
            @if gaps.dayless_count as usize > gaps.dayless.len() { p.quiet { "and " (gaps.dayless_count as usize - gaps.dayless.len()) " more" } }
        }
        @if !gaps.nowhere.is_empty() {
            h2 { "Places without a position" }
            p.quiet { "They are counted and listed, and are on no map." }
            ul { @for (name, n) in gaps.nowhere.iter().take(SHOWN) { li { bdi { (name) } " (" (n) " claims)" } } }
        }
        h2 { "Claims on control by outlet" }
        table {
            thead { tr { th scope="col" { "Outlet" } th.number scope="col" { "Claims" } } }
            tbody { @for (name, n) in outlets.iter().take(SHOWN) { tr { th scope="row" { bdi { (name) } } td.number { (n) } } } }
        }
    };
    Ok(page(world, &View::default(), "Data", "/data", &main))
}
