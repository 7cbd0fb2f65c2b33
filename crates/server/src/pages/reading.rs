//! Reading in the browser: paste a text, see what is found in it, then keep it; and setting a publication day.

use std::sync::Arc;

use jiff::civil::Date;
use marchland_article::{Article, Published, ReadOptions, read_bytes};
use marchland_claim::Claim;
use marchland_ledger::{Coded, Judgement, Run, Target, Verdict};
use marchland_words::{Tongue, say};
use maud::{Markup, html};
use serde_json::json;

use super::layout::{page, page_again};
use crate::article_text::{Marked, article_text};
use crate::ask::Ask;
use crate::feeds;
use crate::problem::Problem;
use crate::readings::{Reading, State};
use crate::routes::Reply;
use crate::said::said;
use crate::speech::mark;
use crate::view::View;
use crate::words;
use crate::world::World;

/// `/read`: the empty form.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn read_form(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let t = ask.tongue;
    let main = html! {
        h1 { (t.say("read-title")) }
        p.second { (t.say("read-how")) }
        (form(t, &Ask::default(), false))
    };
    Ok(page(world, (&View::default(), t), &t.say("read"), "/read", &main))
}

const FIELDS: [(&str, &str); 4] = [("title", "text"), ("outlet", "text"), ("url", "url"), ("published", "date")];

fn form(t: Tongue, sent: &Ask, again: bool) -> Markup {
    html! {
        form.read method="post" action="/read" {
            p { label for="text" { (t.say("read-text")) } }
            textarea #text name="text" rows=(if again { "6" } else { "16" }) dir="auto" { (sent.field("text").unwrap_or("")) }
            p.filter { @for (name, kind) in FIELDS { label { (t.say(&format!("read-field-{name}"))) " " input type=(kind) name=(name) value=[sent.field(name)]; } } }
            @if !again { p.quiet { (mark!(t, "read-address-note", feed = html! { a href="/feeds" { (t.say("a-feed")) } })) } }
            button type="submit" name="step" value="show" { (t.say("read-show")) } " "
            button.main[again] type="submit" name="step" value="keep" { (t.say("read-keep")) }
        }
    }
}

/// The articles of a form, as any other input is read; fields of the form go before what the page says of itself.
fn articles(ask: &Ask) -> Result<Vec<Article>, Problem> {
    let text = ask.field("text").ok_or_else(|| Problem::Bad(said!("problem-text-empty")))?;
    let published =
        ask.field("published").map(|d| d.parse::<Date>().map_err(|_| Problem::no_day("published", d))).transpose()?;
    let plain = !text.trim_start().starts_with(['<', '{', '[']);
    let fields = |name| ask.field(name).map(str::to_owned);
    let body = if plain {
        // A line of JSON carries the fields beside the text, and is read by the same code as a file.
        let mut line = json!({ "id": fields("title").unwrap_or_else(|| "pasted".to_owned()), "text": text });
        for name in ["title", "outlet", "url"] {
            if let Some(value) = fields(name) {
                line[name] = json!(value);
            }
        }
        line.to_string()
    } else {
        text.to_owned()
    };
    let read = read_bytes("pasted", body.as_bytes(), &ReadOptions { published });
    read.into_iter()
        .map(|r| r.map_err(|e| Problem::Bad(said!("problem-read", what = format!("{e}; {}", e.problem.hint())))))
        .collect()
}

/// `POST /read`: shows what is found, or keeps it. Several articles are read one after another on a page of their own,
/// which says how far they are.
pub(crate) fn read(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    if let Some(id) = ask.field("reading") {
        order(world, id)?.keep(world)?;
        return Ok(Reply::see(format!("/reading/{id}")));
    }
    let mut ask = ask.clone();
    if ask.field("text").is_none()
        && let Some(url) = ask.field("url")
    {
        let text = feeds::page(world, url)?;
        ask.form.push(("text".to_owned(), text));
    }
    let articles = articles(&ask)?;
    let keep = ask.field("step") == Some("keep");
    let [article] = articles.as_slice() else {
        return Ok(Reply::see(format!("/reading/{}", world.readings.start(world, articles, keep))));
    };
    let desk = world.desk();
    if keep {
        let run = Run { coder: desk.version(), at: world.clock() };
        let claims = desk.claims(article).map_err(broke)?;
        world.ledger().add_article(Coded { article, read_at: world.clock(), claims: &claims }, &run)?;
        world.reload()?;
        return Ok(Reply::see(format!("/article/{}", article.digest)));
    }
    let t = ask.tongue;
    let coded = desk.claims(article);
    let main = html! {
        h1 { (t.say("found-title")) }
        (found(t, world, article, coded.as_deref().map_err(String::as_str)))
        (form(t, &ask, true))
    };
    Ok(Reply::html(page(world, (&View::default(), t), &t.say("found-tab"), "/read", &main)))
}

fn broke(why: String) -> Problem {
    Problem::Internal(said!("problem-desk", what = why))
}

fn order(world: &World, id: &str) -> Result<Arc<Reading>, Problem> {
    let missing = || Problem::NotFound(said!("problem-no-reading", id = format!("{id:?}")));
    id.parse().ok().and_then(|id| world.readings.get(id)).ok_or_else(missing)
}

/// `/reading/{id}`: how far the articles of one order are; when all are read, what was found.
pub(crate) fn progress(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let t = ask.tongue;
    let reading = order(world, &ask.id)?;
    let states = reading.states();
    let all = states.len();
    let done = states.iter().filter(|s| !matches!(s, State::Waits | State::Reads)).count();
    let found_some = states.iter().any(|s| matches!(s, State::Read(_)));
    let rows = || reading.articles.iter().zip(&states);
    let title = |article: &Article| article.title.clone().unwrap_or_else(|| article.id.clone());
    let main = html! {
        h1 { (say!(t, if done == all { "progress-done-title" } else { "progress-title" }, n = all)) }
        div data-again[done < all] {
            p.second {
                progress max=(all) value=(done) aria-label=(t.say("progress-tab")) {} " " (say!(t, "progress-count", done = done, n = all))
                @if done < all { " " (t.say("progress-wait")) }
            }
        }
        table {
            thead { tr { @for key in ["progress-article", "progress-state", "progress-found"] { th scope="col" { (t.say(key)) } } } }
            tbody {
                @for (article, state) in rows() {
                    tr {
                        th scope="row" dir="auto" {
                            @match state {
                                State::Kept(_) => a href={ "/article/" (article.digest) } { bdi { (title(article)) } },
                                State::Read(_) => a href={ "#article-" (article.digest) } { bdi { (title(article)) } },
                                _ => bdi { (title(article)) },
                            }
                        }
                        td.missing[matches!(state, State::Failed(_))] {
                            @match state {
                                State::Waits => (t.say("progress-waits")),
                                State::Reads => (t.say("progress-reads")),
                                State::Read(_) => (t.say("progress-read")),
                                State::Kept(_) => (t.say("progress-kept")),
                                State::Failed(why) => (mark!(t, "progress-failed", why = why.as_str())),
                            }
                        }
                        td {
                            @match state {
                                State::Read(claims) => (say!(t, "count-claims", n = claims.len())),
                                State::Kept(n) => (say!(t, "count-claims", n = *n)),
                                _ => "",
                            }
                        }
                    }
                }
            }
        }
        @if done == all && found_some {
            form.filter method="post" action="/read" {
                input type="hidden" name="reading" value=(ask.id);
                button.main type="submit" name="step" value="keep" { (t.say("progress-keep-all")) }
            }
            h2 { (t.say("found-title")) }
            @for (article, state) in rows() {
                @if let State::Read(claims) = state { (found(t, world, article, Ok(claims.as_slice()))) }
            }
        }
    };
    let page = if done < all { page_again } else { page };
    Ok(page(world, (&View::default(), t), &t.say("progress-tab"), "/read", &main))
}

/// What is found in an article that is not kept yet.
fn found(t: Tongue, world: &World, article: &Article, coded: Result<&[Claim], &str>) -> Markup {
    let claims = coded.unwrap_or_default();
    let mark = |c: &Claim, span, class| Marked { span, class, claim: c.id.0.clone(), chosen: false };
    let marks: Vec<Marked> = claims
        .iter()
        .flat_map(|c| [mark(c, c.evidence.sentence, "sentence"), mark(c, c.evidence.trigger, "trigger")])
        .collect();
    let published = words::published(t, &article.published);
    html! {
        section.reading id={ "article-" (article.digest) } {
            h2 dir="auto" { bdi { (article.title.as_deref().unwrap_or(&article.id)) } }
            p.quiet { (mark!(t, "found-published", published = html! { span.missing[article.published == Published::Unknown] { (published) } })) }
            @if let Err(broken) = coded { p.note { (mark!(t, "found-broke", why = broken)) } }
            ol.claims {
                @for claim in claims {
                    li.claim {
                        (mark!(t, "found-claim", claim = html! { strong { (words::claim(t, world, claim)) } }, days = html! { (words::days(t, claim)) }, manner = words::manner(t, claim)))
                        @if claim.background { span.tag { (t.say("background")) } }
                        span.weight { (t.percent(f64::from(claim.confidence))) }
                    }
                }
            }
            @if claims.is_empty() && coded.is_ok() { p { (t.say("article-nothing")) } }
            details { summary { (t.say("found-text")) } (article_text(t, article, &marks)) }
        }
    }
}

/// The form on the page of an article.
pub(crate) fn publish_form(t: Tongue, article: &Article) -> Markup {
    html! {
        form.filter method="post" action="/publish" {
            input type="hidden" name="article" value=(article.digest);
            label { (t.say("published-on")) " " input type="date" name="day" required value=[article.published.day()]; }
            label { (t.say("your-name")) " " input type="text" name="author" required autocomplete="name"; }
            label { (t.say("reason")) " " input type="text" name="reason" required placeholder=(t.say("reason-how")); }
            button type="submit" { (t.say("set-day-button")) }
        }
    }
}

/// `POST /publish`: an analyst's publication day. The article is coded anew with it; the old coding stays in the log.
pub(crate) fn publish(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let need = |name: &str| {
        let missing = || Problem::Bad(said!("problem-missing-publish", name = name));
        ask.field(name).map(str::to_owned).ok_or_else(missing)
    };
    let digest = need("article")?;
    let said_day = need("day")?;
    let day: Date = said_day.parse().map_err(|_| Problem::no_day("day", &said_day))?;
    let target = Target::Article { article: digest.clone() };
    let judgement = Judgement {
        target,
        verdict: Verdict::SetPublished { day },
        author: need("author")?,
        at: world.clock(),
        reason: need("reason")?,
    };
    let missing = || Problem::no_article(&digest);
    world.ledger().article(&digest)?.ok_or_else(missing)?;
    world.ledger().judge(&judgement)?;
    let entry = world.ledger().article(&digest)?.ok_or_else(missing)?;
    let claims = world.desk().claims(&entry.article).map_err(broke)?;
    let run = Run { coder: world.desk().version(), at: world.clock() };
    world.ledger().add_article(Coded { article: &entry.article, read_at: entry.read_at, claims: &claims }, &run)?;
    world.reload()?;
    Ok(Reply::see(format!("/article/{digest}")))
}
