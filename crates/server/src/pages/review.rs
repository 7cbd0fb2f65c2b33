//! Review: one claim at a time, that first which would change the map most; one key for each judgement.

use std::collections::BTreeMap;

use marchland_atlas::Lookup;
use marchland_claim::ClaimId;
use marchland_control::Query;
use marchland_ledger::{ClaimEntry, ClaimFilter, Judgement, Target, Verdict};
use marchland_place::PlaceId;
use marchland_words::{Tongue, say};
use maud::{Markup, html};

use super::edit::{edit_fields, edited, merge_fields};
use super::layout::page;
use super::place::{marks, outlet};
use crate::article_text::{Marked, sentence};
use crate::ask::Ask;
use crate::problem::Problem;
use crate::resolve::Resolved;
use crate::routes::Reply;
use crate::said::said;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

/// A claim that waits for a judgement.
struct Waiting {
    entry: ClaimEntry,
    /// Chance that judging it changes the state of its place, as far as the numbers can tell, 0 to 1.
    change: f64,
    decibans: f64,
}

/// Most places whose argument is looked at; more would make the page slow.
const MOST_PLACES: usize = 400;
/// Most claims in the queue.
const MOST: usize = 300;

/// What would change the map most: the chance that the coder is wrong, times how much of the margin the claim carries.
fn queue(world: &World, seen: &Resolved) -> Result<Vec<Waiting>, Problem> {
    let mut carried: BTreeMap<ClaimId, (f64, f64)> = BTreeMap::new();
    let query = Query { on: seen.query.on, known_by: seen.query.known_by };
    for (place, _) in seen.rows.iter().filter(|(_, s)| s.reports > 0).take(MOST_PLACES) {
        let state = seen.now.control().state(place.id, &query);
        let margin = state.log_odds.max(1.0);
        for reason in &state.reasons {
            if let Some(claim) = &reason.claim {
                carried.insert(claim.clone(), ((reason.decibans.abs() / margin).min(1.0), reason.decibans));
            }
        }
    }
    let places: Vec<PlaceId> = seen.rows.iter().filter(|(_, s)| s.reports > 0).map(|(p, _)| p.id).collect();
    let filter = ClaimFilter {
        places,
        control_only: true,
        with_rejected: true,
        known_by: seen.query.known_by,
        ..ClaimFilter::default()
    };
    let mut waiting = Vec::new();
    world.ledger().each_claim(&filter, &mut |entry| {
        // An added claim that was undone has no verdict either, and is no claim.
        if entry.verdict.is_none() && entry.counts {
            let (share, decibans) = carried.get(&entry.claim.id).copied().unwrap_or((0.0, 0.0));
            let wrong = 1.0
                - f64::from(entry.claim.confidence.clamp(0.0, 1.0))
                    * f64::from(entry.claim.place.score.clamp(0.0, 1.0));
            waiting.push(Waiting { change: wrong * share, decibans, entry });
        }
    })?;
    waiting.sort_by(|a, b| b.change.total_cmp(&a.change).then(a.entry.claim.id.cmp(&b.entry.claim.id)));
    waiting.truncate(MOST);
    Ok(waiting)
}

const KEYS: [(&str, &str); 9] = [
    ("J", "key-j"),
    ("K", "key-k"),
    ("A", "key-a"),
    ("R", "key-r"),
    ("E", "key-e"),
    ("M", "key-m"),
    ("U", "key-u"),
    ("Z", "key-z"),
    ("?", "key-help"),
];

/// `/review`.
pub(crate) fn review(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let view = ask.view()?;
    let t = ask.tongue;
    let seen = Resolved::new(world, &view, t)?;
    let waiting = queue(world, &seen)?;
    let at = view.claim.as_ref().and_then(|c| waiting.iter().position(|w| w.entry.claim.id == *c));
    let n: usize = at.unwrap_or(ask.number::<usize>("n")?.unwrap_or(0)).min(waiting.len().saturating_sub(1));
    let step = |n: usize| format!("/review?n={n}&country={}", seen.country);
    let author = ask.get("author").unwrap_or("");
    let last = last_judgement(world)?;
    let main = html! {
        h1 { (say!(t, if waiting.len() == MOST { "review-title-cut" } else { "review-title" }, n = waiting.len())) }
        p.second { (mark!(t, "review-order", day = html! { (t.day(seen.query.on)) }, log = html! { a href="/log" { (t.say("the-log")) } })) }
        @if let Some(last) = &last {
            form.undo method="post" action="/judge" {
                input type="hidden" name="article" value=(last.target.article());
                input type="hidden" name="claim" value=[last.target.claim().map(|c| &c.0)];
                input type="hidden" name="verdict" value="undo";
                input type="hidden" name="author" value=(if author.is_empty() { &last.author } else { author });
                input type="hidden" name="back" value=[last.target.claim().map(|c| format!("/review?claim={}&country={}", c.0, seen.country))];
                @let button = html! { button type="submit" data-key="z" { (t.say("undo-key")) } };
                (mark!(t, "review-last", author = html! { strong { bdi { (last.author) } } }, verdict = html! { (words::verdict(t, last.verdict.kind())) }, button = button))
            }
        }
        @if let Some(w) = waiting.get(n) {
            div.board {
                section.place-panel #claim-card data-claim=(w.entry.claim.id.0) {
                    (card(t, world, w))
                    (judge_form(t, world, w, author, &step(n))?)
                    nav.steps {
                        @if n > 0 { a.step href=(step(n - 1)) data-key="k" { (t.say("review-previous")) } }
                        @if n + 1 < waiting.len() { a.step href=(step(n + 1)) data-key="j" { (t.say("review-next")) } }
                    }
                    details #help { summary data-key="?" { (t.say("review-keys")) } dl.facts { @for (key, what) in KEYS { dt { kbd translate="no" { (key) } } dd { (t.say(what)) } } } }
                }
                section.places aria-label=(t.say("queue")) {
                    h2 { (t.say("queue")) }
                    ol start=(n + 1) {
                        @for (m, w) in waiting.iter().enumerate().skip(n).take(25) {
                            li { a href=(step(m)) { (words::claim(t, world, &w.entry.claim)) } span.weight title=(t.say("queue-chance")) { (t.percent(w.change)) } }
                        }
                    }
                }
            }
        } @else { p { (mark!(t, "review-nothing", map = html! { a href="/" { (t.say("to-map")) } })) } }
    };
    Ok(page(world, (&view, t), &t.say("review"), "/review", &main))
}

/// The last judgement of a claim that has not been taken back.
fn last_judgement(world: &World) -> Result<Option<Judgement>, Problem> {
    let mut standing: Vec<Judgement> = Vec::new();
    for judgement in world.ledger().judgements(None)?.into_iter().filter(|j| j.target.claim().is_some()) {
        if judgement.verdict != Verdict::Undo {
            standing.push(judgement);
        } else if let Some(n) = standing.iter().rposition(|j| j.target == judgement.target) {
            standing.remove(n);
        }
    }
    Ok(standing.pop())
}

fn card(t: Tongue, world: &World, w: &Waiting) -> Markup {
    let claim = &w.entry.claim;
    let article = world.article(&w.entry.article);
    let mut marked =
        vec![Marked { span: claim.evidence.sentence, class: "sentence", claim: claim.id.0.clone(), chosen: true }];
    marked.extend(marks(&w.entry, true));
    html! {
        h2 { (words::claim(t, world, claim)) }
        p.says { (mark!(t, "review-says", days = html! { (words::days(t, claim)) }, manner = words::manner(t, claim))) @if claim.background { span.tag { (t.say("background")) } } span.weight { (t.decibans(w.decibans)) } }
        @if let Some(article) = &article {
            blockquote dir="auto" { (sentence(t, &article.text, claim.evidence.sentence, &marked)) }
        }
        p.source {
            @let outlet = html! { a href={ "/article/" (w.entry.article) "?claim=" (claim.id.0) "#claim-" (claim.id.0) } { (outlet(t, w.entry.outlet.as_deref())) } };
            (mark!(t, "review-source", outlet = outlet, clocks = html! { (words::clocks(t, &w.entry)) }, rule = html! { code { (claim.evidence.rule) } }, p = t.percent(f64::from(claim.confidence)), q = t.percent(f64::from(claim.place.score))))
        }
    }
}

fn judge_form(t: Tongue, world: &World, w: &Waiting, author: &str, back: &str) -> Result<Markup, Problem> {
    let claim = &w.entry.claim;
    let target = Target::Claim { article: w.entry.article.clone(), claim: claim.id.clone() };
    let judged = world.ledger().judgements(Some(&target))?.len();
    Ok(html! {
        form.judge method="post" action="/judge" {
            input type="hidden" name="article" value=(w.entry.article);
            input type="hidden" name="claim" value=(claim.id.0);
            input type="hidden" name="judged" value=(judged);
            input type="hidden" name="back" value=(back);
            p { label { (t.say("your-name")) " " input #author type="text" name="author" required value=(author) autocomplete="name"; } " "
                label { (t.say("reason")) " " input type="text" name="reason" placeholder=(t.say("reason-empty")); } }
            p.buttons {
                button type="submit" name="verdict" value="accept" data-key="a" { (t.say("accept-key")) } " "
                button type="submit" name="verdict" value="reject" data-key="r" { (t.say("reject-key")) } " "
                button type="submit" name="verdict" value="unsure" data-key="u" { (t.say("unsure-key")) }
            }
            details #edit {
                summary data-key="e" { (t.say("edit-key")) }
                (edit_fields(t, world, claim))
                button type="submit" name="verdict" value="edit" { (t.say("edit-save")) }
            }
            details #merge {
                summary data-key="m" { (t.say("merge-key")) }
                p { (merge_fields(t, world, &w.entry)?) }
            }
        }
    })
}

/// Somebody judged the claim meanwhile: what they said, and what is about to be said, to be sent again or let be.
fn conflict(world: &World, ask: &Ask, entry: &ClaimEntry, others: &[Judgement], judged: usize) -> Reply {
    let t = ask.tongue;
    let main = html! {
        h1 { (t.say("conflict-title")) }
        p { (mark!(t, "claim-says", claim = html! { strong { (words::claim(t, world, &entry.claim)) } }, days = words::days(t, &entry.claim))) }
        ul {
            @for j in others {
                @let (author, verdict) = (html! { strong { bdi { (j.author) } } }, html! { (words::verdict(t, j.verdict.kind())) });
                li { @if j.reason.is_empty() { (mark!(t, "said", author = author, verdict = verdict)) } @else { (mark!(t, "said-because", author = author, verdict = verdict, reason = html! { q { bdi { (j.reason) } } })) } }
            }
        }
        @let mine = html! { strong { (t.say(&format!("verdict-{}", ask.field("verdict").unwrap_or("")))) } };
        p { @match ask.field("reason") { Some(reason) => { (mark!(t, "conflict-yours-because", verdict = mine, reason = html! { q { bdi { (reason) } } })) }, None => { (mark!(t, "conflict-yours", verdict = mine)) } } }
        form method="post" action="/judge" {
            @for (name, value) in ask.form.iter().filter(|(name, _)| name != "judged") { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="judged" value=(judged);
            button type="submit" { (t.say("conflict-store")) }
        }
        p { a href={ "/review?claim=" (entry.claim.id.0) } { (t.say("conflict-leave")) } }
    };
    let problem = Problem::Conflict(said!("conflict-tab"));
    Reply::html(page(world, (&View::default(), t), &t.say("conflict-tab"), "/review", &main)).of(&problem)
}

/// `POST /judge`.
pub(crate) fn judge(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let (article, id) = (ask.need("article")?.to_owned(), ClaimId(ask.need("claim")?.to_owned()));
    let author = ask.need("author").map_err(|_| Problem::Bad(said!("problem-missing-name")))?.to_owned();
    let target = Target::Claim { article, claim: id.clone() };
    let (entry, before) = {
        let ledger = world.ledger();
        (ledger.claim(&id)?, ledger.judgements(Some(&target))?)
    };
    let entry = entry
        .filter(|e| e.article == target.article())
        .ok_or_else(|| Problem::NotFound(said!("problem-no-claim-there", id = format!("{:?}", id.0))))?;
    // Two people at one claim: the second is told what the first said, and may store theirs with one more click.
    if let Some(judged) = ask.field("judged").and_then(|n| n.parse::<usize>().ok())
        && before.len() > judged
    {
        return Ok(conflict(world, ask, &entry, &before[judged..], before.len()));
    }
    let verdict = match ask.need("verdict")? {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "unsure" => Verdict::Unsure,
        "merge" => {
            let into = ClaimId(ask.need("into")?.to_owned());
            if into == id || world.ledger().claim(&into)?.is_none() {
                return Err(Problem::Bad(said!("problem-merge", id = format!("{:?}", into.0))));
            }
            Verdict::Merge { into }
        }
        "edit" => Verdict::Edit { claim: Box::new(edited(world, &entry.claim, ask)?) },
        "undo" if entry.verdict.is_none() => {
            return Err(Problem::Bad(said!("problem-undo")));
        }
        "undo" => Verdict::Undo,
        other => {
            let known = "accept, reject, unsure, edit, merge, undo";
            return Err(Problem::Bad(said!(
                "problem-word",
                name = "verdict",
                value = format!("{other:?}"),
                known = known
            )));
        }
    };
    let undone = ask.field("verdict") == Some("undo");
    let reason = ask
        .field("reason")
        .map(str::to_owned)
        .unwrap_or_else(|| if undone { "undone".to_owned() } else { String::new() });
    let judgement = Judgement { target, verdict, author: author.clone(), at: world.clock(), reason };
    world.ledger().judge(&judgement)?;
    world.reload()?;
    let back =
        ask.field("back").filter(|b| b.starts_with("/review") || b.starts_with("/article/")).unwrap_or("/review");
    let name: String = form_urlencoded::byte_serialize(author.as_bytes()).collect();
    let joint = if back.contains('?') { '&' } else { '?' };
    Ok(Reply::see(format!("{back}{joint}author={name}")))
}
