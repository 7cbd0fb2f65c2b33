//! What the words mean and how the answer is reached.

use marchland_atlas::{Mark, PartyStyle, symbol};
use maud::{Markup, PreEscaped, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::speech::mark;
use crate::view::View;
use crate::world::World;

/// The page.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn method(world: &World, ask: &Ask) -> Result<Markup, Problem> {
    let t = ask.tongue;
    let meaning = |mark| match mark {
        Mark::Held => "method-held",
        Mark::Claimed => "method-claimed",
        Mark::Disputed => "method-disputed",
        Mark::Stale => "method-stale",
        Mark::Contested => "method-contested",
        Mark::Unknown => "method-unknown",
    };
    let party = PartyStyle::assign([(marchland_actor::ActorId::from("party"), t.say("method-party"))]);
    let strong = |key: &str| html! { strong { (t.say(key)) } };
    let main = html! {
        h1 { (t.say("method")) }
        p { (t.say("method-intro")) }
        h2 { (t.say("method-symbols")) }
        table {
            tbody {
                @for mark in Mark::ALL {
                    tr { td { (PreEscaped(symbol(mark, party.first(), None, 26.0))) } th scope="row" { (mark.say(t)) } td { (t.say(meaning(mark))) } }
                }
                tr { td { (PreEscaped(symbol(Mark::Unknown, None, party.first(), 26.0))) } th scope="row" { (t.say("mark-besieged")) } td { (t.say("method-besieged")) } }
            }
        }
        p { (t.say("method-colour")) }
        h2 { (t.say("method-clocks")) }
        p { (mark!(t, "method-clocks-text", on = strong("exact-on"), known = strong("exact-known"))) }
        h2 { (t.say("method-weighs")) }
        ul { @for key in ["method-weighs-1", "method-weighs-2", "method-weighs-3", "method-weighs-4", "method-weighs-5"] { li { (t.say(key)) } } }
        h2 { (t.say("method-limits")) }
        ul { @for key in ["method-limits-1", "method-limits-2", "method-limits-3", "method-limits-4"] { li { (t.say(key)) } } }
    };
    Ok(page(world, (&View::default(), t), &t.say("method"), "/method", &main))
}
