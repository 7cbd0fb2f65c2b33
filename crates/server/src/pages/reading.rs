//! Reading in the browser: paste a text, see what is found in it, then keep it; and setting a publication day.

use jiff::civil::Date;
use marchland_article::{Article, Published, ReadOptions, read_bytes};
use marchland_ledger::{Coded, Judgement, Run, Target, Verdict};
use maud::{Markup, html};
use serde_json::json;

use super::layout::page;
use super::place::percent;
use crate::article_text::{Marked, article_text};
use crate::ask::Ask;
use crate::feeds;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::view::View;
use crate::words;
use crate::world::World;

/// `/read`: the empty form.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn read_form(world: &World, _ask: &Ask) -> Result<Markup, Problem> {
    let main = html! {
        h1 { "Read an article" }
        p.second { "Paste a text or a page, drop files into the field, or give an address. What is found is shown first; nothing is kept until you say so." }
        (form(&Ask::default(), false))
    };
    Ok(page(world, &View::default(), "Read", "/read", &main))
}

const FIELDS: [(&str, &str, &str); 4] = [
    ("title", "Title", "text"),
    ("outlet", "Outlet", "text"),
    ("url", "Address", "url"),
    ("published", "Published", "date"),
];

fn form(sent: &Ask, again: bool) -> Markup {
    html! {
        form.read method="post" action="/read" {
            p { label for="text" { "Text, HTML or JSON Lines" } }
            textarea #text name="text" rows=(if again { "6" } else { "16" }) dir="auto" { (sent.field("text").unwrap_or("")) }
            p.filter { @for (name, label, kind) in FIELDS { label { (label) " " input type=(kind) name=(name) value=[sent.field(name)]; } } }
            @if !again { p.quiet { "Without a text, the page at the address is asked for, now and once. To be told of what comes, watch a " a href="/feeds" { "feed" } "." } }
            button type="submit" name="step" value="show" { "Show what is in it" } " "
            @if again { button.main type="submit" name="step" value="keep" { "Keep it" } }
        }
    }
}

/// The articles of a form, as any other input is read; fields of the form go before what the page says of itself.
fn articles(ask: &Ask) -> Result<Vec<Article>, Problem> {
    let text =
        ask.field("text").ok_or_else(|| Problem::Bad("the text is empty, and no address is given".to_owned()))?;
    let published = ask
        .field("published")
        .map(|d| d.parse::<Date>().map_err(|_| Problem::Bad(format!("{d:?} is not a day like 2021-08-09"))))
        .transpose()?;
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
    read.into_iter().map(|r| r.map_err(|e| Problem::Bad(format!("{e}; {}", e.problem.hint())))).collect()
}

/// `POST /read`: shows what is found, or keeps it.
pub(crate) fn read(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let mut ask = ask.clone();
    if ask.field("text").is_none()
        && let Some(url) = ask.field("url")
    {
        let text = feeds::page(url)?;
        ask.form.push(("text".to_owned(), text));
    }
    let ask = &ask;
    let articles = articles(ask)?;
    let desk = world.desk();
    if ask.field("step") == Some("keep") {
        let run = Run { coder: desk.version(), at: world.clock() };
        let mut last = String::new();
        for article in &articles {
            let claims = desk.claims(article).map_err(Problem::Internal)?;
            world.ledger().add_article(Coded { article, read_at: world.clock(), claims: &claims }, &run)?;
            last.clone_from(&article.digest);
        }
        world.reload()?;
        return Ok(Reply::see(if articles.len() == 1 { format!("/article/{last}") } else { "/articles".to_owned() }));
    }
    let main = html! {
        h1 { "Found, not yet kept" }
        @for article in &articles {
            @let coded = desk.claims(article);
            @let claims = coded.as_deref().unwrap_or_default();
            section.reading {
                h2 { (article.title.as_deref().unwrap_or(&article.id)) }
                p.quiet { "Published: " span.missing[article.published == Published::Unknown] { (words::published(&article.published)) } "." }
                @if let Err(broken) = &coded { p.note { "Reading it broke down: " (broken) } }
                ol.claims {
                    @for claim in claims {
                        li.claim { strong { (words::claim(world, claim)) } ", " (words::days(claim)) ", " (words::manner(claim)) "." @if claim.background { span.tag { "background" } } span.weight { (percent(f64::from(claim.confidence))) } }
                    }
                }
                @if claims.is_empty() { p { "Nothing in it says who holds a place." } }
                @let marks: Vec<Marked> = claims.iter().flat_map(|c| [("sentence", c.evidence.sentence), ("trigger", c.evidence.trigger)].map(|(class, span)| Marked { span, class, claim: c.id.0.clone(), chosen: false })).collect();
                details { summary { "The text" } (article_text(article, &marks)) }
            }
        }
        (form(ask, true))
    };
    Ok(Reply::html(page(world, &View::default(), "Found", "/read", &main)))
}

/// The form on the page of an article.
pub(crate) fn publish_form(article: &Article) -> Markup {
    html! {
        form.filter method="post" action="/publish" {
            input type="hidden" name="article" value=(article.digest);
            label { "Published on " input type="date" name="day" required value=[article.published.day()]; }
            label { "Your name " input type="text" name="author" required autocomplete="name"; }
            label { "Reason " input type="text" name="reason" required placeholder="how you know"; }
            button type="submit" { "Set the day" }
        }
    }
}

/// `POST /publish`: an analyst's publication day. The article is coded anew with it; the old coding stays in the log.
pub(crate) fn publish(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let need = |name: &str| {
        ask.field(name).map(str::to_owned).ok_or_else(|| {
            Problem::Bad(format!("{name} is missing: a publication day needs a day, a name and a reason"))
        })
    };
    let digest = need("article")?;
    let day: Date = need("day")?.parse().map_err(|_| Problem::Bad("the day is not one like 2021-08-09".to_owned()))?;
    let target = Target::Article { article: digest.clone() };
    let judgement = Judgement {
        target,
        verdict: Verdict::SetPublished { day },
        author: need("author")?,
        at: world.clock(),
        reason: need("reason")?,
    };
    let missing = || Problem::NotFound(format!("There is no article {digest:?} in the ledger"));
    world.ledger().article(&digest)?.ok_or_else(missing)?;
    world.ledger().judge(&judgement)?;
    let entry = world.ledger().article(&digest)?.ok_or_else(missing)?;
    let claims = world.desk().claims(&entry.article).map_err(Problem::Internal)?;
    let run = Run { coder: world.desk().version(), at: world.clock() };
    world.ledger().add_article(Coded { article: &entry.article, read_at: entry.read_at, claims: &claims }, &run)?;
    world.reload()?;
    Ok(Reply::see(format!("/article/{digest}")))
}
