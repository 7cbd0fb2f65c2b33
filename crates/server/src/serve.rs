//! The router, and the process that listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::middleware::from_fn;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use marchland_words::Tongue;
use serde_json::json;

use crate::ask::Ask;
use crate::guard::{guard, ready, send, unpacks};
use crate::pages::problem_page;
use crate::problem::{Problem, ServeError};
use crate::routes::{FORMS, ROUTES, Reply, asset};
use crate::said::said;
use crate::tongues;
use crate::world::World;

/// How to listen.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The port; 0: any free one.
    pub port: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 8765 }
    }
}

/// Every page and the API, ready to be served. Needs a tokio runtime with several threads.
#[must_use]
pub fn router(world: World) -> Router {
    shared_router(Arc::new(world))
}

/// The same, over a world that is used elsewhere too.
#[must_use]
pub fn shared_router(world: Arc<World>) -> Router {
    world.me.get_or_init(|| Arc::downgrade(&world));
    let mut router = Router::new();
    for route in ROUTES {
        let answer = route.answer;
        let handler = move |State(world): State<Arc<World>>,
                            id: Option<Path<String>>,
                            headers: HeaderMap,
                            RawQuery(query): RawQuery| async move {
            let query = pairs(query.as_deref().unwrap_or(""));
            let (tongue, cookie) = tongues::chosen(&query, &headers);
            let ask = Ask { id: id.map(|Path(id)| id).unwrap_or_default(), query, form: Vec::new(), tongue };
            let json = route.path.starts_with("/api/");
            let mut response = match FLEETING.contains(&route.path) {
                true => run(world, json, ask, answer).await,
                false => kept(world, route.path, (ask, answer), unpacks(&headers)).await,
            };
            if let Some(cookie) = cookie.and_then(|c| c.parse().ok()) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        };
        router = router.route(route.path, get(handler));
    }
    for form in FORMS {
        let answer = form.answer;
        let handler = move |State(world): State<Arc<World>>, headers: HeaderMap, body: String| async move {
            let (tongue, _) = tongues::chosen(&[], &headers);
            run(world, false, Ask { form: pairs(&body), tongue, ..Ask::default() }, answer).await
        };
        router = router.route(form.path, post(handler));
    }
    router = router.route("/events", get(events));
    let file = |Path((_, name)): Path<(String, String)>| async move {
        asset(&name)
            .unwrap_or_else(|p| Reply::new("text/plain; charset=utf-8", p.words(Tongue::ENGLISH)).of(&p))
            .into_response()
    };
    let missing = |State(world): State<Arc<World>>, headers: HeaderMap, RawQuery(query): RawQuery| async move {
        let problem = Problem::NotFound(said!("problem-page"));
        let (tongue, _) = tongues::chosen(&pairs(query.as_deref().unwrap_or("")), &headers);
        Reply::html(problem_page(&world, &problem, tongue)).of(&problem).into_response()
    };
    router
        .route("/asset/{digest}/{name}", get(file))
        .fallback(missing)
        .with_state(world)
        .layer(DefaultBodyLimit::max(MOST_SENT))
        .layer(from_fn(guard))
}

/// What answers a question.
type Answer = fn(&World, &Ask) -> Result<Reply, Problem>;

/// Largest form, in bytes.
const MOST_SENT: usize = 48 << 20;

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Answers on a thread where blocking is allowed. A handler that breaks down costs this answer only.
async fn run(world: Arc<World>, json: bool, ask: Ask, answer: Answer) -> Response {
    let (shared, tongue) = (world.clone(), ask.tongue);
    let result = tokio::task::spawn_blocking(move || answer(&shared, &ask)).await;
    let result = result.unwrap_or_else(|_| Err(Problem::Internal(said!("problem-broke"))));
    result.unwrap_or_else(|problem| told(&world, json, &problem, tongue)).into_response()
}

/// Pages whose answer depends on more than the ledger: on the clock, on what is remembered beside it.
const FLEETING: [&str; 4] = ["/feeds", "/views", "/reading/{id}", "/export/{id}"];

/// The same; an answer that was given since the ledger last changed is given again.
async fn kept(world: Arc<World>, path: &'static str, (ask, answer): (Ask, Answer), unpacks: bool) -> Response {
    let (shared, tongue) = (world.clone(), ask.tongue);
    let result = tokio::task::spawn_blocking(move || {
        let seq = shared.now()?.seq();
        let question = format!("{tongue:?} {path} {:?} {}", ask.query, ask.id);
        if let Some(kept) = shared.answers.get(seq, &question) {
            return Ok(send(&kept, unpacks));
        }
        let _at_work = shared.answers.work_on(&question);
        if let Some(kept) = shared.answers.get(seq, &question) {
            return Ok(send(&kept, unpacks));
        }
        let reply = answer(&shared, &ask)?;
        let Some((media, body)) = reply.bare() else { return Ok(reply.into_response()) };
        let kept = Arc::new(ready(media, body));
        // Only if the ledger has not moved on meanwhile: then it is not known which state was asked.
        if shared.now()?.seq() == seq {
            shared.answers.put(seq, question, Arc::clone(&kept));
        }
        Ok(send(&kept, unpacks))
    });
    let result = result.await.unwrap_or_else(|_| Err(Problem::Internal(said!("problem-broke"))));
    result.unwrap_or_else(|problem| told(&world, path.starts_with("/api/"), &problem, tongue).into_response())
}

/// `/events`: an event for each change of the ledger, with the log's number as id, so that a browser that comes back
/// learns of what it missed.
async fn events(State(world): State<Arc<World>>, headers: HeaderMap) -> impl IntoResponse {
    let seen = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let stream = futures_util::stream::unfold((world, seen), |(world, seen): (Arc<World>, Option<i64>)| async move {
        loop {
            let shared = world.clone();
            let now = tokio::task::spawn_blocking(move || shared.now().map(|n| n.seq()).ok()).await.ok().flatten();
            match (now, seen) {
                (Some(now), Some(seen)) if now <= seen => tokio::time::sleep(LOOK).await,
                (Some(now), _) => {
                    // The first event only says where the ledger stands.
                    let name = if seen.is_some() { "change" } else { "hello" };
                    let event = Event::default().id(now.to_string()).event(name).data(now.to_string());
                    return Some((Ok::<_, std::convert::Infallible>(event), (world, Some(now))));
                }
                (None, _) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// How often it is looked whether a feed is due.
const DUE: std::time::Duration = std::time::Duration::from_secs(3);

/// Watches the feeds on a thread of its own, until the world is gone.
fn watch(world: std::sync::Weak<World>) {
    std::thread::spawn(move || {
        while let Some(world) = world.upgrade() {
            world.look_at_feeds(world.clock());
            drop(world);
            std::thread::sleep(DUE);
        }
    });
}

/// Draws the first view before anybody asks: boundaries and fonts are read, every place is reckoned. Whoever comes
/// meanwhile waits for the rest of it only.
fn warm(world: Arc<World>) {
    std::thread::spawn(move || {
        // What is wrong with it is told to whoever asks.
        let _ = crate::pages::map(&world, &Ask::default());
    });
}

/// How often a stream of events looks.
const LOOK: std::time::Duration = std::time::Duration::from_millis(1000);

fn told(world: &World, json: bool, problem: &Problem, tongue: Tongue) -> Reply {
    let status = problem.status();
    if json {
        let value = json!({ "status": status.as_u16(), "title": status.canonical_reason(), "detail": problem.words(Tongue::ENGLISH) });
        return Reply::new("application/problem+json", value.to_string()).of(problem);
    }
    Reply::html(problem_page(world, problem, tongue)).of(problem)
}

/// Serves until the process is told to stop (Ctrl-C), on this machine only. `ready` is called with the address once
/// it listens.
///
/// # Errors
/// When the port is taken, or the system gives up.
pub fn serve(world: World, options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let world = Arc::new(world);
    watch(Arc::downgrade(&world));
    warm(Arc::clone(&world));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port);
        let listener =
            tokio::net::TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
        ready(listener.local_addr()?);
        let stop = async {
            // Without a way to be told, it serves until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        // Streams of events never end by themselves: stopping does not wait for them. Writes are transactions.
        tokio::select! {
            ended = axum::serve(listener, shared_router(world)) => ended?,
            () = stop => {}
        }
        Ok(())
    })
}
