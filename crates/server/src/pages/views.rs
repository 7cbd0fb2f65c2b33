//! Views that somebody saved under a name.

use marchland_words::{Tongue, say};
use maud::{Markup, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::routes::Reply;
use crate::said::said;
use crate::shelf::SavedView;
use crate::view::View;
use crate::world::World;

/// Most views that are kept.
const MOST: usize = 500;
/// Longest name, in characters.
const LONGEST: usize = 120;

/// `/views`.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn views(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let views = world.shelf.now().views;
    let t = ask.tongue;
    let main = html! {
        h1 { (say!(t, "views-title", n = views.len())) }
        p.second { (t.say("views-note")) }
        @if !views.is_empty() {
            table {
                thead { tr { @for key in ["col-view", "col-saved-by", "col-on", "col-as-feed", "col-do"] { th scope="col" { (t.say(key)) } } } }
                tbody {
                    @for view in &views {
                        tr {
                            th scope="row" { a href=(view.address) { bdi { (view.name) } } }
                            td { bdi { (view.author) } }
                            td.day { (t.moment(view.at)) }
                            td { a href=(feed_of(&view.address)) { span translate="no" { "Atom" } } }
                            td {
                                form method="post" action="/views" {
                                    input type="hidden" name="name" value=(view.name);
                                    button type="submit" name="step" value="remove" aria-label=(say!(t, "view-remove-named", name = view.name.as_str())) { (t.say("view-remove")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(page(world, (&View::default(), t), &t.say("views"), "/views", &main))
}

/// The changes of a view as a feed.
fn feed_of(address: &str) -> String {
    format!("/export/atom{}", address.strip_prefix('/').unwrap_or(""))
}

/// The form at the foot of the map page.
pub(super) fn save_form(view: &View, t: Tongue) -> Markup {
    html! {
        form.filter method="post" action="/views" {
            input type="hidden" name="address" value=(view.at("/"));
            label { (t.say("save-as")) " " input type="text" name="name" required maxlength=(LONGEST); }
            label { (t.say("your-name")) " " input type="text" name="author" required autocomplete="name"; }
            button type="submit" { (t.say("save")) }
            a href="/views" { (t.say("saved-views")) }
        }
    }
}

/// `POST /views`: saves a view, or removes one.
pub(crate) fn save(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let name = ask.need("name")?.to_owned();
    if ask.field("step") == Some("remove") {
        world.shelf.change(|kept| {
            kept.views.retain(|v| v.name != name);
            Ok(())
        })?;
        return Ok(Reply::see("/views".to_owned()));
    }
    if name.chars().count() > LONGEST {
        return Err(Problem::Bad(said!("problem-view-long", n = LONGEST)));
    }
    // Read and written again: what is kept is an address of ours and nothing else.
    let address = ask.need("address")?;
    let query = address.strip_prefix("/?").or(if address == "/" { Some("") } else { None });
    let query = query.ok_or_else(|| Problem::Bad(said!("problem-view-address", address = format!("{address:?}"))))?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let view = View::from_pairs(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))).map_err(Problem::Bad)?;
    let saved = SavedView {
        name,
        address: View { lang: None, ..view }.at("/"),
        author: ask.need("author")?.to_owned(),
        at: world.clock(),
    };
    world.shelf.change(|kept| {
        if kept.views.iter().any(|v| v.name == saved.name) {
            return Err(Problem::Conflict(said!("problem-view-twice", name = format!("{:?}", saved.name))));
        }
        if kept.views.len() >= MOST {
            return Err(Problem::Bad(said!("problem-views-many", n = MOST)));
        }
        kept.views.push(saved);
        Ok(())
    })?;
    Ok(Reply::see("/views".to_owned()))
}
