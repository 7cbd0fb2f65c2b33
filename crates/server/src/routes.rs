//! Everything that can be asked, in one table. The router and the OpenAPI document are made from it.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use serde_json::Value;

use crate::ask::Ask;
use crate::problem::Problem;
use crate::said::said;
use crate::view::View;
use crate::world::World;
use crate::{api, assets, corrections, openapi, pages, pictures};

/// An answer.
pub(crate) struct Reply {
    status: StatusCode,
    media: &'static str,
    body: Bytes,
    location: Option<String>,
    name: Option<String>,
    keep: bool,
}

impl Reply {
    pub fn new(media: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, media, body: body.into(), location: None, name: None, keep: false }
    }

    /// A page. Controls of writing direction, wherever they come from (a title, a speaker's name), are shown by their
    /// number, so that no line can be turned round.
    pub fn html(page: Markup) -> Self {
        let page = page.into_string();
        let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if !page.contains(turns) {
            return Self::new("text/html; charset=utf-8", page);
        }
        let mut out = String::with_capacity(page.len() + 64);
        for c in page.chars() {
            if turns(c) {
                out.push_str(&format!("[U+{:04X}]", c as u32));
            } else {
                out.push(c);
            }
        }
        Self::new("text/html; charset=utf-8", out)
    }

    pub fn json(value: &Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    /// Sends the asker elsewhere.
    pub fn see(location: String) -> Self {
        Self {
            status: StatusCode::SEE_OTHER,
            location: Some(location),
            ..Self::new("text/plain; charset=utf-8", Bytes::new())
        }
    }

    /// To be saved under a name of letters, digits, dots and hyphens.
    pub fn named(self, name: &str) -> Self {
        let name =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' }).collect();
        Self { name: Some(name), ..self }
    }

    /// Media type and body of an answer that is nothing else: no error, no address to go to, no name of a file.
    pub fn bare(&self) -> Option<(&'static str, Bytes)> {
        let bare = self.status == StatusCode::OK && self.location.is_none() && self.name.is_none();
        bare.then(|| (self.media, self.body.clone()))
    }

    pub fn of(self, problem: &Problem) -> Self {
        Self { status: problem.status(), ..self }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        if self.keep {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        }
        let named = self.name.map(|n| format!("attachment; filename=\"{n}\""));
        for (name, text) in [(header::LOCATION, self.location), (header::CONTENT_DISPOSITION, named)] {
            if let Some(value) = text.and_then(|t| HeaderValue::from_str(&t).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// One parameter of the address.
pub(crate) struct Param {
    pub name: &'static str,
    pub what: &'static str,
    /// "date", "integer" or "" for any text.
    pub format: &'static str,
    pub required: bool,
}

const fn param(name: &'static str, format: &'static str, what: &'static str) -> Param {
    Param { name, what, format, required: false }
}

const ON: Param =
    param("on", "date", "The day asked about (valid time). Left out: the last day of which anything is known.");
const KNOWN_BY: Param =
    param("known_by", "date", "Only what was published by the end of this day counts (known time). Left out: all.");
const COUNTRY: Param = param("country", "", "ISO 3166 two letters. Left out: the country of which most is said.");
const SET: Param = param("set", "", "Which places: capitals, all, or auto.");
const PARTY: Param = param("party", "", "Only places that this actor holds.");
const MARK: Param =
    param("mark", "", "Only places with this mark: held, claimed, disputed, stale, contested, unknown.");
const Q: Param = param("q", "", "Only places whose name or province holds these letters.");
const PLACE: Param = param("place", "", "A place id: a GeoNames id, or ml:N for our own.");
const CLAIM: Param = param("claim", "", "A claim id.");
const COMPARE: Param = param("compare", "date", "The day to compare with.");
const FROM_WINDOW: Param = param("from", "date", "First day of the window of the timeline.");
const TO_WINDOW: Param = param("to", "date", "Last day of the window of the timeline.");
const LANES: Param = param("lanes", "", "Lanes of the timeline: places or actors.");
const AT: Param = param("at", "", "Where the map that can be moved stands: longitude, latitude, zoom, with commas.");
const LANG: Param = param("lang", "", "Language of the page: en, ar. Left out: the browser's.");
const NAMES: Param = param("names", "", "Names on the map: both, latin, local, none.");
const WIDTH: Param = param("width", "integer", "Width in pixels, 240 to 4000.");
const FROM: Param = param("from", "date", "On this day or later.");
const TO: Param = param("to", "date", "On this day or earlier.");
const OUTLET: Param = param("outlet", "", "Only of this outlet.");
const LIMIT: Param = param("limit", "integer", "At most so many.");
const AFTER: Param = param("after", "integer", "Only entries added after this one (seq, next_after).");
const FROM_NEEDED: Param = Param { required: true, ..FROM };
const TO_NEEDED: Param = Param { required: true, ..TO };
const COMPARE_NEEDED: Param = Param { required: true, ..COMPARE };

/// One thing that can be asked.
pub(crate) struct Route {
    /// The path; `{id}` is the part that varies.
    pub path: &'static str,
    pub what: &'static str,
    pub params: &'static [Param],
    pub media: &'static str,
    pub answer: fn(&World, &Ask) -> Result<Reply, Problem>,
}

/// The parameters of a view.
macro_rules! view {
    ($($more:expr),*) => { &[ON, KNOWN_BY, COUNTRY, SET, PARTY, MARK, Q, PLACE, NAMES, LANG $(, $more)*] };
}

/// Everything that can be asked.
pub(crate) const ROUTES: &[Route] = &[
    Route {
        path: "/",
        what: "The map page",
        params: view![CLAIM, COMPARE, FROM_WINDOW, TO_WINDOW, LANES, AT],
        media: "text/html",
        answer: map_or_day,
    },
    Route {
        path: "/places",
        what: "The places of a view as a table, without the map",
        params: view![param("skip", "integer", "So many places by name are left out before.")],
        media: "text/html",
        answer: |w, a| pages::places_page(w, a).map(Reply::html),
    },
    Route {
        path: "/article/{id}",
        what: "A kept article, its evidence marked",
        params: view![CLAIM],
        media: "text/html",
        answer: |w, a| pages::article(w, a).map(Reply::html),
    },
    Route {
        path: "/articles",
        what: "The kept articles",
        params: &[FROM, TO, OUTLET, param("undated", "", "Only those without a publication day."), AFTER],
        media: "text/html",
        answer: |w, a| pages::articles(w, a).map(Reply::html),
    },
    Route {
        path: "/review",
        what: "The queue of claims, that first which would change the map most",
        params: view![CLAIM, param("n", "integer", "Place in the queue, from 0.")],
        media: "text/html",
        answer: |w, a| pages::review(w, a).map(Reply::html),
    },
    Route {
        path: "/read",
        what: "A form for articles",
        params: &[],
        media: "text/html",
        answer: |w, a| pages::read_form(w, a).map(Reply::html),
    },
    Route {
        path: "/reading/{id}",
        what: "How far the articles of an order to read are, and what was found in them",
        params: &[LANG],
        media: "text/html",
        answer: |w, a| pages::progress(w, a).map(Reply::html),
    },
    Route {
        path: "/log",
        what: "What was added and judged",
        params: &[AFTER],
        media: "text/html",
        answer: |w, a| pages::log(w, a).map(Reply::html),
    },
    Route {
        path: "/feeds",
        what: "The watched feeds and their state",
        params: &[],
        media: "text/html",
        answer: |w, a| pages::feeds(w, a).map(Reply::html),
    },
    Route {
        path: "/views",
        what: "The saved views",
        params: &[],
        media: "text/html",
        answer: |w, a| pages::views(w, a).map(Reply::html),
    },
    Route {
        path: "/data",
        what: "The state of the data: how much, how fresh, what could not be resolved",
        params: &[],
        media: "text/html",
        answer: |w, a| pages::data(w, a).map(Reply::html),
    },
    Route {
        path: "/corrections.atom",
        what: "The latest corrections as an Atom feed",
        params: &[],
        media: "application/atom+xml",
        answer: corrections::corrections,
    },
    Route {
        path: "/method",
        what: "What the words mean",
        params: &[],
        media: "text/html",
        answer: |w, a| pages::method(w, a).map(Reply::html),
    },
    Route {
        path: "/map.svg",
        what: "The map as SVG",
        params: view![WIDTH],
        media: "image/svg+xml",
        answer: pictures::map_svg,
    },
    Route {
        path: "/map.png",
        what: "The map as PNG",
        params: view![WIDTH],
        media: "image/png",
        answer: pictures::map_png,
    },
    Route {
        path: "/grid.svg",
        what: "Small maps, one a date",
        params: view![
            WIDTH,
            param("dates", "", "Days, with commas between; left out: spread over the time of which anything is known."),
            param("columns", "integer", "Maps beside each other.")
        ],
        media: "image/svg+xml",
        answer: pictures::grid_svg,
    },
    Route {
        path: "/export/{id}",
        what: "The view in a format (see the list on the map page)",
        params: view![],
        media: "application/octet-stream",
        answer: pictures::file,
    },
    Route {
        path: "/differences.csv",
        what: "What differs between two days",
        params: view![COMPARE_NEEDED],
        media: "text/csv",
        answer: pictures::differences,
    },
    Route {
        path: "/api/places",
        what: "The places of a view with their states, and the answer in words",
        params: view![],
        media: "application/json",
        answer: api::places,
    },
    Route {
        path: "/api/place/{id}",
        what: "A place with its state, the reasons and its intervals",
        params: &[ON, KNOWN_BY],
        media: "application/json",
        answer: api::place,
    },
    Route {
        path: "/api/claims",
        what: "Claims",
        params: &[
            PLACE,
            param("article", "", "Digest of an article."),
            param("actor", "", "Holder or other side."),
            COUNTRY,
            param("kind", "", "transfer, holds, contested, besieged, withdrawal, repelled."),
            param("stance", "", "asserted, claimed, denied, planned, hypothetical."),
            FROM,
            TO,
            KNOWN_BY,
            OUTLET,
            LIMIT,
        ],
        media: "application/json",
        answer: api::claims,
    },
    Route { path: "/api/claim/{id}", what: "A claim", params: &[], media: "application/json", answer: api::claim },
    Route {
        path: "/api/articles",
        what: "The kept articles",
        params: &[FROM, TO, OUTLET, param("undated", "", "Only those without a publication day."), AFTER, LIMIT],
        media: "application/json",
        answer: api::articles,
    },
    Route {
        path: "/api/article/{id}",
        what: "An article with its text, blocks, cuts and claims",
        params: &[],
        media: "application/json",
        answer: api::article,
    },
    Route {
        path: "/api/control",
        what: "The state of every place on a day, without reasons",
        params: &[ON, KNOWN_BY, COUNTRY],
        media: "application/json",
        answer: api::control,
    },
    Route {
        path: "/api/changes",
        what: "What differs between two days",
        params: &[FROM_NEEDED, TO_NEEDED, KNOWN_BY, COUNTRY],
        media: "application/json",
        answer: api::changes,
    },
    Route {
        path: "/api/land",
        what: "Land, borders, rivers and lakes about a country, as GeoJSON",
        params: &[Param { required: true, ..COUNTRY }],
        media: "application/json",
        answer: api::land,
    },
    Route {
        path: "/api/log",
        what: "What was added, in order",
        params: &[AFTER, LIMIT],
        media: "application/json",
        answer: api::log,
    },
    Route {
        path: "/api/counts",
        what: "How much there is",
        params: &[],
        media: "application/json",
        answer: api::counts,
    },
    Route {
        path: "/api/openapi.json",
        what: "This description",
        params: &[],
        media: "application/json",
        answer: |_, _| Ok(Reply::json(&openapi::document())),
    },
];

/// One form that can be sent.
pub(crate) struct Form {
    pub path: &'static str,
    pub what: &'static str,
    /// Name, what it is, and whether it must be there.
    pub fields: &'static [(&'static str, &'static str, bool)],
    pub answer: fn(&World, &Ask) -> Result<Reply, Problem>,
}

/// Everything that can be sent. Answered by 303 (see other) where something was stored.
pub(crate) const FORMS: &[Form] = &[
    Form {
        path: "/judge",
        what: "Judges a claim",
        answer: pages::judge,
        fields: &[
            ("article", "Digest of the article.", true),
            ("claim", "Which claim.", true),
            ("verdict", "accept, reject, unsure, edit, merge, undo.", true),
            ("author", "Who judges.", true),
            ("reason", "Why.", false),
            (
                "judged",
                "How many judgements of the claim the author has seen; more in the ledger is a conflict.",
                false,
            ),
            ("into", "For merge: the claim that stays.", false),
            ("place", "For edit: place id, or a name.", false),
            ("place_other", "For edit: place id or name, before the other field.", false),
            ("holder", "For edit: actor id.", false),
            ("other", "For edit: actor id.", false),
            ("valid_from", "For edit: a day.", false),
            ("valid_to", "For edit: a day.", false),
            ("kind", "For edit.", false),
            ("stance", "For edit.", false),
        ],
    },
    Form {
        path: "/feeds",
        what: "Begins or ends the watch of a feed, or makes it due now",
        answer: pages::change_feed,
        fields: &[
            ("url", "Address of the feed.", true),
            ("step", "add, now or remove.", false),
            ("minutes", "Minutes from look to look, for add.", false),
            ("author", "Who adds it.", false),
        ],
    },
    Form {
        path: "/views",
        what: "Saves a view under a name, or removes it (step=remove)",
        answer: pages::save_view,
        fields: &[
            ("name", "The name.", true),
            ("address", "The view's address, from the path on.", false),
            ("author", "Who saves it.", false),
            ("step", "remove, or nothing.", false),
        ],
    },
    Form {
        path: "/claim",
        what: "Adds a claim that the coder did not find",
        answer: pages::add,
        fields: &[
            ("article", "Digest of the article.", true),
            ("quote", "The sentence, as it stands in the text.", true),
            ("before", "What stands before it, where it stands more than once.", false),
            ("place", "Place id or name.", true),
            ("kind", "transfer, holds, contested, besieged, withdrawal, repelled.", true),
            ("holder", "Actor id or name.", false),
            ("other", "Actor id or name.", false),
            ("valid_from", "A day.", false),
            ("valid_to", "A day.", false),
            ("stance", "asserted, claimed, denied, planned, hypothetical.", true),
            ("speaker", "Who says it, where not the writer.", false),
            ("interest", "self_serving, against_interest, third_party.", false),
            ("author", "Who adds it.", true),
            ("reason", "Why.", false),
        ],
    },
    Form {
        path: "/publish",
        what: "Sets the publication day of an article and codes it anew",
        answer: pages::publish,
        fields: &[
            ("article", "Digest of the article.", true),
            ("day", "The day.", true),
            ("author", "Who says so.", true),
            ("reason", "How it is known.", true),
        ],
    },
    Form {
        path: "/read",
        what: "Reads articles: step=show shows what is found, step=keep keeps it",
        answer: pages::read,
        fields: &[
            ("text", "Text, HTML or JSON Lines; left out: the page at the address.", false),
            ("step", "show or keep.", true),
            ("title", "Title.", false),
            ("outlet", "Outlet.", false),
            ("url", "Address.", false),
            ("published", "Publication day.", false),
            ("reading", "Number of an order whose articles were read and shown: keeps them.", false),
        ],
    },
];

/// The sliders of a browser without scripts send a day as a number from the first: it is sent on to the address that
/// stays right when earlier days are added. The known-by slider at its end means all that is known.
fn map_or_day(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let (day, known) = (ask.number::<i32>("day")?, ask.number::<i32>("known")?);
    if day.is_none() && known.is_none() {
        return pages::map(world, ask).map(Reply::html);
    }
    let view = ask.view()?;
    let seen = crate::resolve::Resolved::new(world, &view, ask.tongue)?;
    let after = |first: jiff::civil::Date, n: i32| first.saturating_add(jiff::Span::new().days(n.clamp(0, 40_000)));
    let view = day.map_or(view.clone(), |n| view.on(after(seen.window.0, n)));
    let view = known.map_or(view.clone(), |n| {
        let known_by = Some(after(seen.span.0, n)).filter(|d| *d < seen.span.1);
        View { known_by, ..view }
    });
    Ok(Reply::see(view.at("/")))
}

/// `/asset/{digest}/{name}`.
pub(crate) fn asset(name: &str) -> Result<Reply, Problem> {
    let asset =
        assets::asset(name).ok_or_else(|| Problem::NotFound(said!("problem-file", name = format!("{name:?}"))))?;
    Ok(Reply { keep: true, ..Reply::new(asset.media, asset.bytes) })
}
