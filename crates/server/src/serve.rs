//! The router, and the process that listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::middleware::from_fn;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

use crate::ask::Ask;
use crate::guard::guard;
use crate::pages::problem_page;
use crate::problem::{Problem, ServeError};
use crate::routes::{FORMS, ROUTES, Reply, asset};
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
    let mut router = Router::new();
    for route in ROUTES {
        let answer = route.answer;
        let handler = move |State(world): State<Arc<World>>, id: Option<Path<String>>, RawQuery(query): RawQuery| async move {
            let ask = Ask {
                id: id.map(|Path(id)| id).unwrap_or_default(),
                query: pairs(query.as_deref().unwrap_or("")),
                form: Vec::new(),
            };
            run(world, route.path.starts_with("/api/"), ask, answer).await
        };
        router = router.route(route.path, get(handler));
    }
    for form in FORMS {
        let answer = form.answer;
        let handler = move |State(world): State<Arc<World>>, body: String| async move {
            run(world, false, Ask { form: pairs(&body), ..Ask::default() }, answer).await
        };
        router = router.route(form.path, post(handler));
    }
    router = router.route("/events", get(events));
    let file = |Path((_, name)): Path<(String, String)>| async move {
        asset(&name).unwrap_or_else(|p| Reply::new("text/plain; charset=utf-8", p.words()).of(&p)).into_response()
    };
    let missing = |State(world): State<Arc<World>>| async move {
        let problem = Problem::NotFound("There is no such page.".to_owned());
        Reply::html(problem_page(&world, &problem)).of(&problem).into_response()
    };
    router
        .route("/asset/{digest}/{name}", get(file))
        .fallback(missing)
        .with_state(world)
        .layer(DefaultBodyLimit::max(MOST_SENT))
        .layer(from_fn(guard))
}

/// Largest form, in bytes.
const MOST_SENT: usize = 48 << 20;

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Answers on a thread where blocking is allowed. A handler that breaks down costs this answer only.
async fn run(world: Arc<World>, json: bool, ask: Ask, answer: fn(&World, &Ask) -> Result<Reply, Problem>) -> Response {
    let shared = world.clone();
    let result = tokio::task::spawn_blocking(move || answer(&shared, &ask)).await;
    let result = result
        .unwrap_or_else(|_| Err(Problem::Internal("This page broke down; the others are not touched.".to_owned())));
    result.unwrap_or_else(|problem| told(&world, json, &problem)).into_response()
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

/// How often a stream of events looks.
const LOOK: std::time::Duration = std::time::Duration::from_millis(1000);

fn told(world: &World, json: bool, problem: &Problem) -> Reply {
    let status = problem.status();
    if json {
        let value = json!({ "status": status.as_u16(), "title": status.canonical_reason(), "detail": problem.words() });
        return Reply::new("application/problem+json", value.to_string()).of(problem);
    }
    Reply::html(problem_page(world, problem)).of(problem)
}

/// Serves until the process is told to stop (Ctrl-C), on this machine only. `ready` is called with the address once
/// it listens.
///
/// # Errors
/// When the port is taken, or the system gives up.
pub fn serve(world: World, options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let world = Arc::new(world);
    watch(Arc::downgrade(&world));
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
