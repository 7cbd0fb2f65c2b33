//! Views that somebody saved under a name.

use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::shelf::SavedView;
use crate::view::View;
use crate::world::World;

/// Most views that are kept.
const MOST: usize = 500;
/// Longest name, in characters.
const LONGEST: usize = 120;

/// `/views`.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn views(world: &World, _ask: &Ask) -> Result<Markup, Problem> {
    let views = world.shelf.now().views;
    let main = html! {
        h1 { (views.len()) " saved views" }
        p.second { "Day, filters, chosen place, compared day: the whole of a view is in its address, and an address is what is saved. Save one at the foot of the map page." }
        @if !views.is_empty() {
            table {
                thead { tr { th scope="col" { "View" } th scope="col" { "Saved by" } th scope="col" { "On" } th scope="col" { "As a feed" } th scope="col" { "" } } }
                tbody {
                    @for view in &views {
                        tr {
                            th scope="row" { a href=(view.address) { bdi { (view.name) } } }
                            td { bdi { (view.author) } }
                            td.day { (view.at.strftime("%Y-%m-%d")) }
                            td { a href=(feed_of(&view.address)) { "Atom" } }
                            td {
                                form method="post" action="/views" {
                                    input type="hidden" name="name" value=(view.name);
                                    button type="submit" name="step" value="remove" aria-label={ "Remove " (view.name) } { "Remove" }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(page(world, &View::default(), "Views", "/views", &main))
}

/// The changes of a view as a feed.
fn feed_of(address: &str) -> String {
    format!("/export/atom{}", address.strip_prefix('/').unwrap_or(""))
}

/// The form at the foot of the map page.
pub(super) fn save_form(view: &View) -> Markup {
    html! {
        form.filter method="post" action="/views" {
            input type="hidden" name="address" value=(view.at("/"));
            label { "Save this view as " input type="text" name="name" required maxlength=(LONGEST); }
            label { "Your name " input type="text" name="author" required autocomplete="name"; }
            button type="submit" { "Save" }
            a href="/views" { "Saved views" }
        }
    }
}

/// `POST /views`: saves a view, or removes one.
pub(crate) fn save(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let need = |name: &str| ask.field(name).ok_or_else(|| Problem::Bad(format!("{name} is missing")));
    let name = need("name")?.to_owned();
    if ask.field("step") == Some("remove") {
        world.shelf.change(|kept| {
            kept.views.retain(|v| v.name != name);
            Ok(())
        })?;
        return Ok(Reply::see("/views".to_owned()));
    }
    if name.chars().count() > LONGEST {
        return Err(Problem::Bad(format!("the name is longer than {LONGEST} characters")));
    }
    // Read and written again: what is kept is an address of ours and nothing else.
    let address = need("address")?;
    let query = address.strip_prefix("/?").or(if address == "/" { Some("") } else { None });
    let query = query.ok_or_else(|| Problem::Bad(format!("{address:?} is not the address of a view")))?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let view = View::from_pairs(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))).map_err(Problem::Bad)?;
    let saved = SavedView { name, address: view.at("/"), author: need("author")?.to_owned(), at: world.clock() };
    world.shelf.change(|kept| {
        if kept.views.iter().any(|v| v.name == saved.name) {
            return Err(Problem::Conflict(format!(
                "There is a view named {:?} already: choose another name",
                saved.name
            )));
        }
        if kept.views.len() >= MOST {
            return Err(Problem::Bad(format!("{MOST} views are saved already: remove one first")));
        }
        kept.views.push(saved);
        Ok(())
    })?;
    Ok(Reply::see("/views".to_owned()))
}
