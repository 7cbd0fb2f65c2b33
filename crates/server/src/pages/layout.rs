//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

use crate::assets::address;
use crate::problem::Problem;
use crate::view::View;
use crate::world::World;

/// A page: its title for the tab, which entry of the menu it is, and what is in it.
pub(crate) fn page(world: &World, view: &View, title: &str, here: &str, main: &Markup) -> Markup {
    let menu = [
        ("/", "Map"),
        ("/review", "Review"),
        ("/read", "Read"),
        ("/feeds", "Feeds"),
        ("/articles", "Articles"),
        ("/data", "Data"),
        ("/views", "Views"),
        ("/log", "Log"),
        ("/method", "Method"),
    ];
    html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " - Marchland" }
                link rel="icon" href=(address("icon.svg")) type="image/svg+xml";
                link rel="alternate" type="application/atom+xml" title="Changes of this view" href=(view.at("/export/atom"));
                link rel="alternate" type="application/atom+xml" title="Corrections" href="/corrections.atom";
                link rel="stylesheet" href=(address("marchland.css"));
                script type="module" src=(address("marchland.mjs")) {}
            }
            body {
                a.skip href="#main" { "Skip to the content" } " "
                header.top {
                    a.brand href="/" { "Marchland" } " "
                    nav aria-label="Pages" {
                        @for (path, name) in menu {
                            a href=(if path == "/" { view.at("/") } else { path.to_owned() }) aria-current=[(path == here).then_some("page")] { (name) } " "
                        }
                    }
                }
                @if let Some(notice) = &world.notice {
                    aside.notice aria-label="Note" { (notice) }
                }
                main #main data-title=(title) { (main) }
                footer {
                    p {
                        "Who controls what is computed from what was said, and by whom; it is never typed in. "
                        a href="/method" { "How" } ". Boundaries: Natural Earth, drawn de jure. Towns: GeoNames (CC BY 4.0). "
                        a href="/api/openapi.json" { "API" } "."
                    }
                }
            }
        }
    }
}

/// The page that says what is wrong.
pub(crate) fn problem_page(world: &World, problem: &Problem) -> Markup {
    let main = html! {
        h1 { (problem.status().canonical_reason().unwrap_or("Problem")) }
        p { (problem.words()) }
        p { a href="/" { "To the map" } }
    };
    page(world, &View::default(), "Problem", "", &main)
}
