//! The frame of every page.

use marchland_words::{Tongue, say};
use maud::{DOCTYPE, Markup, html};
use serde_json::{Map, Value};

use crate::assets::address;
use crate::problem::Problem;
use crate::speech::mark;
use crate::view::View;
use crate::world::World;

/// Words that the script of the page needs: keys of the catalogue.
const FOR_SCRIPT: [&str; 5] = ["play", "stop", "map-move", "map-drawn", "map-unmovable"];

/// The same as an object, for an attribute: the policy allows no script in the page.
fn for_script(t: Tongue) -> String {
    let words: Map<String, Value> = FOR_SCRIPT.iter().map(|key| ((*key).to_owned(), t.say(key).into())).collect();
    Value::Object(words).to_string()
}

const MENU: [(&str, &str); 9] = [
    ("/", "menu-map"),
    ("/review", "menu-review"),
    ("/read", "menu-read"),
    ("/feeds", "menu-feeds"),
    ("/articles", "menu-articles"),
    ("/data", "menu-data"),
    ("/views", "menu-views"),
    ("/log", "menu-log"),
    ("/method", "menu-method"),
];

/// A page: its title for the tab, which entry of the menu it is, and what is in it. `view`: what the menu's map shows.
pub(crate) fn page(world: &World, seen: (&View, Tongue), title: &str, here: &str, main: &Markup) -> Markup {
    framed(world, seen, (title, here), &html! {}, main)
}

/// A page that asks for itself again in a second, also without a script (`noscript`: with one, the script does it, and
/// whoever reads is not thrown back to the beginning).
pub(crate) fn page_again(world: &World, seen: (&View, Tongue), title: &str, here: &str, main: &Markup) -> Markup {
    framed(world, seen, (title, here), &html! { noscript { meta http-equiv="refresh" content="1"; } }, main)
}

fn framed(
    world: &World,
    (view, t): (&View, Tongue),
    (title, here): (&str, &str),
    head: &Markup,
    main: &Markup,
) -> Markup {
    let api = html! { a href="/api/openapi.json" { (t.say("foot-api")) } };
    html! {
        (DOCTYPE)
        html lang=(t.tag()) dir=(t.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (say!(t, "brand-title", title = title)) }
                link rel="icon" href=(address("icon.svg")) type="image/svg+xml";
                link rel="alternate" type="application/atom+xml" title=(t.say("feed-view")) href=(view.at("/export/atom"));
                link rel="alternate" type="application/atom+xml" title=(t.say("feed-corrections")) href="/corrections.atom";
                link rel="stylesheet" href=(address("marchland.css"));
                (head)
                script type="module" src=(address("marchland.mjs")) {}
            }
            body data-words=(for_script(t)) {
                a.skip href="#main" { (t.say("skip")) } " "
                header.top {
                    a.brand href="/" translate="no" { "Marchland" } " "
                    nav aria-label=(t.say("pages")) {
                        @for (path, key) in MENU {
                            a href=(if path == "/" { view.at("/") } else { path.to_owned() }) aria-current=[(path == here).then_some("page")] { (t.say(key)) } " "
                        }
                    }
                }
                @if let Some(notice) = &world.notice {
                    aside.notice aria-label=(t.say("note")) { @if t.knows(notice) { (t.say(notice)) } @else { bdi { (notice) } } }
                }
                main #main data-title=(title) { (main) }
                footer {
                    p { (mark!(t, "foot", how = html! { a href="/method" { (t.say("foot-how")) } }, api = api)) }
                    nav.tongues aria-label=(t.say("foot-language")) {
                        @for other in Tongue::all() {
                            a href=(View { lang: Some(other), ..view.clone() }.at("")) lang=(other.tag()) hreflang=(other.tag()) dir=(other.direction()) translate="no" data-tongue=(other.tag()) aria-current=[(other == t).then_some("true")] { (other.name()) } " "
                        }
                    }
                }
            }
        }
    }
}

/// The page that says what is wrong.
pub(crate) fn problem_page(world: &World, problem: &Problem, t: Tongue) -> Markup {
    let main = html! {
        h1 { (problem.title(t)) }
        p { (problem.words(t)) }
        p { a href="/" { (t.say("to-map")) } }
    };
    page(world, (&View::default(), t), &t.say("problem"), "", &main)
}
