//! Very many points: one path for each look, not a group of elements for each place. A page with 5,000 places would
//! otherwise be megabytes of the same words, and a browser would lay out 20,000 elements at each step in time.
//!
//! What is lost is a link and a tool tip on each point; where points are to be clicked, their positions are written
//! once, and the page finds the nearest. The table beside the map has a link for every place.

use std::collections::BTreeMap;
use std::fmt::Write;

use marchland_actor::ActorId;

use crate::map::{MapPoint, MapRequest, party, weight};
use crate::mark::{Mark, Symbol};
use crate::svg::Num;

/// More points than this are drawn by look, where they are too small for a letter.
pub(crate) const MANY: usize = 600;

/// What decides how a point looks; in the order of drawing.
type Look = (u8, Mark, Option<ActorId>, Option<ActorId>);

/// Draws the points, those of one look together.
pub(crate) fn dense(out: &mut String, request: &MapRequest, shown: &[(&MapPoint, [f64; 2])], r: f64) {
    let mut looks: BTreeMap<Look, Vec<[f64; 2]>> = BTreeMap::new();
    for (point, at) in shown {
        let state = &point.state;
        let mark = Mark::of(state);
        let holder = state.holder.clone().filter(|_| mark.has_holder());
        looks.entry((weight(state), mark, holder, state.besieged_by.clone())).or_default().push(*at);
    }
    out.push_str(r#"<g class="many""#);
    if request.link.is_some() {
        out.push_str(r#" data-spots=""#);
        for (n, (point, [x, y])) in shown.iter().enumerate() {
            let _ = write!(out, "{}{},{},{}", if n > 0 { ";" } else { "" }, point.place.id, Num(*x), Num(*y));
        }
        out.push('"');
    }
    out.push('>');
    for ((_, mark, holder, besieger), spots) in looks {
        let symbol =
            Symbol { mark, party: party(request, holder.as_ref()), besieger: party(request, besieger.as_ref()) };
        symbol.draw_many(out, &spots, r);
    }
    out.push_str("</g>");
}
