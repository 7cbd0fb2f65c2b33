//! The map: what is asked for, and the drawing.

use std::fmt::Write;

use marchland_control::{PlaceState, Query};
use marchland_place::PlaceId;
use marchland_words::{Tongue, say};

use crate::base::base;
use crate::boundaries::Boundaries;
use crate::clip::Rect;
use crate::count::{Count, Unit, query_words_in};
use crate::dense::{MANY, dense};
use crate::fonts::ems;
use crate::frame::{Frame, View, view};
use crate::info::PlaceInfo;
use crate::label::{LEADING, LOCAL, Wanted, place};
use crate::legend::{direction, legend, legend_height, scale_bar};
use crate::mark::{LETTERS, Mark, PartyStyle, Symbol};
use crate::svg::{Esc, Num};

/// A map to draw.
#[derive(Debug, Clone)]
pub struct MapRequest {
    /// The headline ("Afghanistan: who holds the provincial capitals"). Empty: the map has no heading, as on a page that
    /// says the same above it.
    pub title: String,
    /// The question that the states answer; written below the title.
    pub query: Query,
    /// What the points are.
    pub unit: Unit,
    /// The language of everything that the map writes but names.
    pub tongue: Tongue,
    /// Colour, shape and letter of each party, in the order of the legend.
    pub parties: Vec<PartyStyle>,
    /// The towns.
    pub points: Vec<MapPoint>,
    /// Provinces of which a claim speaks.
    pub areas: Vec<MapArea>,
    /// Which part of the world.
    pub frame: Frame,
    /// Which names to write.
    pub names: Names,
    /// Width in pixels, 240 to 4000.
    pub width: u32,
    /// Where the facts come from, a sentence written at the foot; the boundaries' source is added.
    pub source: String,
    /// Where a point leads: an address in which `{id}` stands for the place; `None`: points are no links.
    pub link: Option<String>,
    /// Put before every id in the SVG, so that several maps can stand on one page.
    pub id: String,
}

impl Default for MapRequest {
    fn default() -> Self {
        Self {
            title: String::new(),
            query: Query { on: jiff::civil::Date::ZERO, known_by: None },
            unit: Unit::Places,
            tongue: Tongue::ENGLISH,
            parties: Vec::new(),
            points: Vec::new(),
            areas: Vec::new(),
            frame: Frame::Auto,
            names: Names::Both,
            width: 1000,
            source: String::new(),
            link: None,
            id: "map-".to_owned(),
        }
    }
}

/// A town with its state.
#[derive(Debug, Clone)]
pub struct MapPoint {
    /// Where, and how it is called.
    pub place: PlaceInfo,
    /// Its state on the day.
    pub state: PlaceState,
    /// Chosen by the viewer: drawn with a frame and named first.
    pub chosen: bool,
}

/// A province with a state of its own (never that of its capital).
#[derive(Debug, Clone)]
pub struct MapArea {
    /// The division's GeoNames id.
    pub place: PlaceId,
    /// Who it is tinted for.
    pub holder: marchland_actor::ActorId,
    /// The state in words, for the tool tip.
    pub words: String,
}

/// Which names a map shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Names {
    /// Latin, with the local name below where there is room.
    #[default]
    Both,
    /// Latin only.
    Latin,
    /// Local where known, else Latin.
    Local,
    /// None.
    None,
}

/// Draws a map as SVG: a pure function of the request.
#[must_use]
pub fn draw(request: &MapRequest) -> String {
    let width = f64::from(request.width.clamp(240, 4000));
    let k = size_of_things(width);
    let head = Heading::new(request, width, k);
    let world = Boundaries::world();
    let view = view(world, &request.frame, &request.points, width, head.height);
    let count = Count::of(request.points.iter().map(|p| &p.state));
    let foot = view.frame.y1;
    let source = source_lines(request, world, &view, width, k);
    let legend_height = legend_height(request.tongue, &count, &request.parties, width, k);
    let height = foot + legend_height + source.len() as f64 * 13.0 * k + 10.0 * k;

    let mut out = String::with_capacity(64 * 1024);
    open(&mut out, request, width, height);
    head.draw(&mut out, width, k);
    let clip = format!("{}frame", request.id);
    clip_path(&mut out, &clip, view.frame);
    let _ = write!(out, r##"<g clip-path="url(#{})">"##, Esc(&clip));
    base(&mut out, world, &view, &tinted(request), request.tongue, k, &request.id);
    points(&mut out, request, &view, k);
    scale_bar(&mut out, request.tongue, &view, k);
    out.push_str("</g>");
    let f = view.frame;
    let _ = write!(
        out,
        r##"<rect class="neatline" x="0.5" y="{}" width="{}" height="{}" fill="none" stroke="#b9b3a5"/>"##,
        Num(f.y0),
        Num(f.x1 - 1.0),
        Num(f.y1 - f.y0),
    );
    legend(&mut out, request.tongue, &count, &request.parties, [0.0, foot], width, k);
    for (n, line) in source.iter().enumerate() {
        let y = foot + legend_height + (n as f64 + 0.6) * 13.0 * k;
        let _ = write!(
            out,
            r##"<text class="source" x="{}" y="{}" font-size="{}"{} fill="#6b665c">{}</text>"##,
            Num(begin(request.tongue, width, k)),
            Num(y),
            Num(10.0 * k),
            direction(request.tongue),
            Esc(line)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// Things are drawn smaller on a small map, but stay readable; 1 at 1000 pixels.
pub(crate) fn size_of_things(width: f64) -> f64 {
    (width / 1000.0).sqrt().clamp(0.82, 1.8)
}

/// Opens the picture: background, title and description for those who cannot see it.
pub(crate) fn open(out: &mut String, request: &MapRequest, width: f64, height: f64) {
    let count =
        Count::of(request.points.iter().map(|p| &p.state)).words(request.tongue, &request.parties, request.unit);
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="marchland-map" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="Noto Sans, Noto Sans Arabic, sans-serif" role="group"{dir} aria-labelledby="{id}title {id}desc"><title id="{id}title">{title}</title><desc id="{id}desc">{count} {query}.</desc>"#,
        // A name stands right or left of its point: where a line begins must not depend on the page about the map.
        dir = if request.tongue.is_rtl() { r#" direction="ltr""# } else { "" },
        w = Num(width),
        h = Num(height),
        id = Esc(&request.id),
        title = Esc(&request.title),
        count = Esc(&count),
        query = Esc(&query_words_in(request.tongue, request.query)),
    );
    let _ = write!(out, r##"<rect class="paper" width="{}" height="{}" fill="#ffffff"/>"##, Num(width), Num(height));
}

pub(crate) fn clip_path(out: &mut String, id: &str, f: Rect) {
    let _ = write!(
        out,
        r#"<clipPath id="{}"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>"#,
        Esc(id),
        Num(f.x0),
        Num(f.y0),
        Num(f.x1 - f.x0),
        Num(f.y1 - f.y0),
    );
}

/// Each area with the colour of its holder; areas of parties that the request does not know stay undrawn.
pub(crate) fn tinted(request: &MapRequest) -> Vec<(MapArea, String)> {
    let colour = |a: &MapArea| request.parties.iter().find(|p| p.id == a.holder).map(|p| p.colour.clone());
    request.areas.iter().filter_map(|a| Some((a.clone(), colour(a)?))).collect()
}

/// Title, the day and the count in words.
struct Heading {
    lines: Vec<(&'static str, String, f64)>,
    height: f64,
    tongue: Tongue,
}

impl Heading {
    fn new(request: &MapRequest, width: f64, k: f64) -> Self {
        let count =
            Count::of(request.points.iter().map(|p| &p.state)).words(request.tongue, &request.parties, request.unit);
        let mut lines = Vec::new();
        if request.title.is_empty() {
            return Self { lines, height: 0.0, tongue: request.tongue };
        }
        for (class, text, size, bold) in [
            ("title", request.title.clone(), 20.0 * k, true),
            (
                "answer",
                format!("{count}{}{}", request.tongue.say("comma"), query_words_in(request.tongue, request.query)),
                13.5 * k,
                false,
            ),
        ] {
            lines.extend(wrap(&text, width - 8.0 * k, size, bold).into_iter().map(|line| (class, line, size)));
        }
        let height = lines.iter().map(|(_, _, size)| size * 1.3).sum::<f64>() + 10.0 * k;
        Self { lines, height: height.round(), tongue: request.tongue }
    }

    fn draw(&self, out: &mut String, width: f64, k: f64) {
        let mut y = 2.0 * k;
        for (class, line, size) in &self.lines {
            y += size * 1.3;
            let (weight, fill) = if *class == "title" { ("700", "#1b1b1b") } else { ("400", "#3d3a34") };
            let _ = write!(
                out,
                r#"<text class="{class}" x="{}" y="{}" font-size="{}" font-weight="{weight}"{} fill="{fill}">{}</text>"#,
                Num(begin(self.tongue, width, k)),
                Num(y - size * 0.2),
                Num(*size),
                direction(self.tongue),
                Esc(line),
            );
        }
    }
}

/// Where a line of words begins: at the left, or for a language that runs the other way at the right.
pub(crate) fn begin(tongue: Tongue, width: f64, k: f64) -> f64 {
    if tongue.is_rtl() { width - 4.0 * k } else { 4.0 * k }
}

/// Breaks a text into lines no wider than `width` pixels; a single word may stick out.
pub(crate) fn wrap(text: &str, width: f64, size: f64, bold: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if (ems(line, bold) + 0.3 + ems(word, bold)) * size <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Radius of a point: smaller where there are many or where they crowd, so that a town hides none of its neighbours.
pub(crate) fn radius(points: &[[f64; 2]], frame: Rect, k: f64) -> f64 {
    let area = (frame.x1 - frame.x0) * (frame.y1 - frame.y0);
    let by_number = (area / points.len().max(1) as f64).sqrt() * 0.09;
    // Nearest neighbours are worth the square of the number only on maps where a symbol has a letter.
    let crowd = if (2..=200).contains(&points.len()) { crowding(points) } else { f64::MAX };
    by_number.min((crowd * 0.55).max(6.3)).clamp(2.0, 8.0) * k
}

/// The distance to the nearest neighbour that one in twenty points falls short of.
fn crowding(points: &[[f64; 2]]) -> f64 {
    let nearest = |p: &[f64; 2]| {
        let others = points.iter().filter(|q| *q != p);
        others.map(|q| (p[0] - q[0]).hypot(p[1] - q[1])).fold(f64::MAX, f64::min)
    };
    let mut all: Vec<f64> = points.iter().map(nearest).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 20]
}

/// The points with their names; what is drawn last lies on top: unknown first, contested and chosen last.
pub(crate) fn points(out: &mut String, request: &MapRequest, view: &View, k: f64) {
    let mut shown: Vec<(&MapPoint, [f64; 2])> = request
        .points
        .iter()
        .filter_map(|p| {
            let (lat, lon) = p.place.position()?;
            Some((p, view.projection.pixels(lat, lon))).filter(|(_, at)| view.frame.has(*at))
        })
        .collect();
    let r = radius(&shown.iter().map(|(_, at)| *at).collect::<Vec<_>>(), view.frame, k);
    shown.sort_by_key(|(p, _)| (p.chosen, weight(&p.state), p.place.population, p.place.id));
    if shown.len() > MANY && r < LETTERS {
        let (chosen, rest): (Vec<_>, Vec<_>) = shown.iter().partition(|(p, _)| p.chosen);
        dense(out, request, &rest, r);
        chosen.into_iter().for_each(|(point, at)| draw_point(out, request, point, at, r));
    } else {
        shown.iter().for_each(|(point, at)| draw_point(out, request, point, *at, r));
    }
    if request.names != Names::None {
        draw_labels(out, request, view, &shown, r, k);
    }
}

pub(crate) fn weight(state: &PlaceState) -> u8 {
    match Mark::of(state) {
        Mark::Unknown => 0,
        Mark::Stale => 1,
        Mark::Held => 2,
        Mark::Claimed => 3,
        Mark::Disputed => 4,
        Mark::Contested => 5,
    }
}

pub(crate) fn party<'r>(request: &'r MapRequest, id: Option<&marchland_actor::ActorId>) -> Option<&'r PartyStyle> {
    id.and_then(|id| request.parties.iter().find(|p| p.id == *id))
}

fn draw_point(out: &mut String, request: &MapRequest, point: &MapPoint, at: [f64; 2], r: f64) {
    let id = point.place.id;
    let link = request.link.as_ref().map(|l| l.replace("{id}", &id.to_string()));
    if let Some(link) = &link {
        let _ = write!(out, r#"<a href="{}">"#, Esc(link));
    }
    let _ = write!(
        out,
        r#"<g class="place" id="{}place-{id}" data-place="{id}"><title>{}</title>"#,
        Esc(&request.id),
        Esc(&say!(
            request.tongue,
            "place-state",
            place = point.place.name.as_str(),
            state = state_words(request.tongue, &point.state, &request.parties)
        )),
    );
    if point.chosen {
        let _ = write!(
            out,
            r##"<circle class="chosen" cx="{}" cy="{}" r="{}" fill="none" stroke="#1b1b1b" stroke-width="{}"/>"##,
            Num(at[0]),
            Num(at[1]),
            Num(r * 2.1),
            Num(r * 0.25),
        );
    }
    let state = &point.state;
    Symbol {
        mark: Mark::of(state),
        party: party(request, state.holder.as_ref()),
        besieger: party(request, state.besieged_by.as_ref()),
    }
    .draw(out, at, r);
    out.push_str("</g>");
    if link.is_some() {
        out.push_str("</a>");
    }
}

/// A state in words: "Taliban, claimed only, since 8 August 2021; besieged by ...".
#[must_use]
pub fn state_words(tongue: Tongue, state: &PlaceState, parties: &[PartyStyle]) -> String {
    let name = |id: &marchland_actor::ActorId| {
        parties.iter().find(|p| p.id == *id).map_or_else(|| id.to_string(), |p| p.name.clone())
    };
    let mark = Mark::of(state);
    let mut words = match state.holder.as_ref().filter(|_| mark.has_holder()) {
        Some(holder) => say!(tongue, "state-holder", party = name(holder), mark = mark.say(tongue)),
        None => mark.say(tongue),
    };
    if let Some(since) = state.since.filter(|_| mark != Mark::Unknown) {
        words = say!(tongue, "state-since", state = words, day = tongue.day(since));
    }
    if let Some(besieger) = &state.besieged_by {
        words = say!(tongue, "state-besieged", state = words, party = name(besieger));
    }
    for (part, holder) in &state.parts {
        words = say!(tongue, "state-part", state = words, part = part.as_str(), party = name(holder));
    }
    words
}

fn draw_labels(out: &mut String, request: &MapRequest, view: &View, shown: &[(&MapPoint, [f64; 2])], r: f64, k: f64) {
    let size = 11.5 * k;
    let wanted: Vec<Wanted> = shown
        .iter()
        .map(|(p, at)| {
            let latin = p.place.name.as_str();
            let own = p.place.local_name.as_deref().filter(|l| !l.is_empty() && *l != latin);
            let (name, local) = match request.names {
                Names::Both => (latin, own),
                Names::Local => (own.unwrap_or(latin), None),
                Names::Latin | Names::None => (latin, None),
            };
            let grown = if p.chosen {
                2.2
            } else if p.state.besieged_by.is_some() {
                1.8
            } else {
                1.15
            };
            let priority =
                i64::from(p.chosen) << 40 | i64::from(weight(&p.state)) << 34 | p.place.population.min(1 << 33) as i64;
            Wanted { at: *at, radius: r * grown, name, local, priority }
        })
        .collect();
    let bar =
        Rect { x0: view.frame.x0, y0: view.frame.y1 - 30.0 * k, x1: view.frame.x0 + 190.0 * k, y1: view.frame.y1 };
    let line = |out: &mut String, class: &str, x: f64, y: f64, anchor: &str, size: f64, fill: &str, text: &str| {
        let _ = write!(
            out,
            r##"<text class="{class}" x="{}" y="{}" font-size="{}" text-anchor="{anchor}" fill="{fill}" stroke="#ffffff" stroke-width="{}" stroke-linejoin="round" paint-order="stroke">{}</text>"##,
            Num(x),
            Num(y),
            Num(size),
            Num(size * 0.24),
            Esc(text),
        );
    };
    for spot in place(&wanted, view.frame.grown(-2.0), size, &[bar]) {
        let w = &wanted[spot.n];
        if let Some(end) = spot.leader {
            let _ = write!(
                out,
                r##"<path class="leader" d="M{} {}L{} {}" stroke="#57534a" stroke-width="{}"/>"##,
                Num(w.at[0]),
                Num(w.at[1]),
                Num(end[0]),
                Num(end[1]),
                Num(0.7 * k)
            );
        }
        line(out, "name", spot.x, spot.y, spot.anchor, size, "#1b1b1b", w.name);
        if let Some(local) = w.local.filter(|_| spot.local) {
            line(out, "local", spot.x, spot.y + size * LEADING, spot.anchor, size * LOCAL, "#57534a", local);
        }
    }
}

/// Source of facts and boundaries; where the law differs from the source, that is said.
pub(crate) fn source_lines(request: &MapRequest, world: &Boundaries, view: &View, width: f64, k: f64) -> Vec<String> {
    let mut text = request.source.clone();
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&request.tongue.say("map-boundaries"));
    let moved: Vec<&str> = world
        .divisions()
        .iter()
        .filter(|d| d.country != d.drawn && d.bounds.meets(view.reach))
        .map(|d| d.name.as_str())
        .collect();
    if !moved.is_empty() {
        text.push(' ');
        text.push_str(&say!(request.tongue, "map-by-law", names = moved.join(&request.tongue.say("comma"))));
    }
    wrap(&text, width - 8.0 * k, 10.0 * k, false)
}
