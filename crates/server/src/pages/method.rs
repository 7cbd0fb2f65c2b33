//! What the words mean and how the answer is reached.

use marchland_atlas::{Mark, PartyStyle, symbol};
use maud::{Markup, PreEscaped, html};

use super::layout::page;
use crate::ask::Ask;
use crate::problem::Problem;
use crate::view::View;
use crate::world::World;

/// The page.
#[allow(clippy::unnecessary_wraps, reason = "all pages have one signature")]
pub(crate) fn method(world: &World, _ask: &Ask) -> Result<Markup, Problem> {
    let party = PartyStyle::assign([(marchland_actor::ActorId::from("party"), "Party".to_owned())]);
    let meaning = |mark| match mark {
        Mark::Held => "One party holds it, told by somebody who gains nothing by it or loses by it.",
        Mark::Claimed => "Only the party that gains says so.",
        Mark::Disputed => "One party most likely holds it, but an opposing statement stands.",
        Mark::Stale => "Held when last heard of; nobody has spoken of it for a long time.",
        Mark::Contested => "Being fought over, or the evidence is balanced.",
        Mark::Unknown => "Nobody spoke of it, or not enough. Unknown is an answer; no colour is guessed.",
    };
    let main = html! {
        h1 { "Method" }
        p { "Marchland reads news and keeps what each article says about who holds which place, since when and according to whom. "
            "It stores claims, never states: who controls what is computed anew from the claims for any day, and as anybody could have known it by any day." }
        h2 { "What the symbols say" }
        table {
            tbody {
                @for mark in Mark::ALL {
                    tr { td { (PreEscaped(symbol(mark, party.first(), None, 26.0))) } th scope="row" { (mark.words()) } td { (meaning(mark)) } }
                }
                tr { td { (PreEscaped(symbol(Mark::Unknown, None, party.first(), 26.0))) } th scope="row" { "besieged" } td { "Surrounded; the ring has the besieger's colour. The holder inside keeps the place." } }
            }
        }
        p { "Colour and shape say who, the filling says how sure, the letter says it in print and to those who see colours otherwise." }
        h2 { "Two clocks" }
        p { strong { "On" } " is when it was so in the world. " strong { "Known by" } " is when it was printed: with both, the map shows what could have been known of a day at any later day." }
        h2 { "How a claim weighs" }
        ul {
            li { "By interest, not by brand. “We withdrew” is the strongest evidence there is; a party's own claim of success, or its denial of a loss, the weakest." }
            li { "What is planned, ordered, attempted or supposed is no evidence of who holds a place." }
            li { "News are copies: what is printed ten times has one vote." }
            li { "A town changes hands rarely (about once in a thousand place-days), so a single report on a quiet town must be good to be believed." }
            li { "Each reason is shown with its weight in decibans: ten times the decimal logarithm of the odds. 10 means ten to one. They add up to the answer." }
        }
        h2 { "What it does not know" }
        ul {
            li { "A city is drawn as a point. Where a claim speaks of a part (“the airport”), the part is named beside it." }
            li { "A province is not held because its capital is: provinces are tinted only where a claim speaks of the province." }
            li { "An article without a publication day yields claims without a day. The day is never invented." }
            li { "Borders are drawn de jure, with Crimea and Sevastopol in Ukraine (UN General Assembly resolution 68/262); who holds a place in fact is what the colours say." }
        }
    };
    Ok(page(world, &View::default(), "Method", "/method", &main))
}
