//! Watched feeds, saved views, the state of the data and the feed of corrections; feeds on this machine only.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use common::{Plain, get, plain, send, site, store};
use jiff::{SignedDuration, Timestamp};
use marchland_server::{Reach, World, shared_router};

/// A host on this machine: notes what is asked, and answers with what the test has put there.
#[derive(Clone, Default)]
struct Host {
    asked: Arc<Mutex<Vec<String>>>,
    /// Answers nothing but this status, where set.
    broken: Arc<Mutex<Option<u16>>>,
}

const TAG: &str = "\"first\"";

impl Host {
    fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let host = Self::default();
        let (shared, address) = (host.clone(), base.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                let headers: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
                let path = first.split(' ').nth(1).unwrap_or("").to_owned();
                let tag = headers.iter().any(|h| h.to_ascii_lowercase() == format!("if-none-match: {TAG}"));
                shared.asked.lock().unwrap().push(format!("{path}{}", if tag { " if changed" } else { "" }));
                let broken = *shared.broken.lock().unwrap();
                let (status, extra, body) = match (broken, path.as_str(), tag) {
                    (Some(status), ..) => (status, String::new(), String::new()),
                    (None, "/feed", true) => (304, String::new(), String::new()),
                    (None, "/feed", false) => (200, format!("etag: {TAG}\r\n"), feed(&address)),
                    (None, "/one", _) => (200, String::new(), "<html><head><title>One</title></head><body><article><p>Composed for a test: the town of Kunduz fell on Sunday, residents said.</p></article></body></html>".to_owned()),
                    _ => (404, String::new(), String::new()),
                };
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-type: text/html\r\nconnection: close\r\n{extra}content-length: {}\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        (host, base)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn feed(base: &str) -> String {
    let item = |path: &str| {
        format!(
            "<item><title>{path}</title><link>{base}{path}</link><pubDate>Mon, 09 Aug 2021 10:00:00 GMT</pubDate></item>"
        )
    };
    format!("<rss version='2.0'><channel>{}{}</channel></rss>", item("/one"), item("/gone"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_watched_conditionally_and_a_broken_one_ever_more_rarely() {
    let (_store, ledger) = store();
    let world = Arc::new(World::new(ledger, Plain::new()).unwrap().with_reach(Reach::Everywhere));
    let site = shared_router(world.clone());
    let (host, base) = Host::start();
    let url = format!("{base}/feed");
    let (status, text) = send(&site, "/feeds", &[("url", "ftp://x"), ("author", "Ada"), ("step", "add")]).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("http://"), "{}", plain(&text));
    let add = [("url", url.as_str()), ("author", "Ada"), ("step", "add"), ("minutes", "30")];
    assert_eq!(send(&site, "/feeds", &add).await.0, StatusCode::SEE_OTHER);
    assert_eq!(send(&site, "/feeds", &add).await.0, StatusCode::CONFLICT, "once is enough");
    assert!(plain(&get(&site, "/feeds").await.text).contains("waits for its first look"));

    // The first look: the feed, and both articles that it names; one is not there.
    let mut now = Timestamp::now();
    let look = async |now| {
        let world = world.clone();
        tokio::task::spawn_blocking(move || world.look_at_feeds(now)).await.unwrap()
    };
    assert_eq!(look(now).await, 1);
    assert_eq!(host.asked(), ["/feed", "/one", "/gone"]);
    let page = plain(&get(&site, "/feeds").await.text);
    assert!(page.contains("2 articles in it, 1 new, 1 could not be read"), "{page}");
    let kept = get(&site, "/api/articles").await.json();
    assert_eq!(kept["articles"][0]["url"], format!("{base}/one"));
    assert_eq!(kept["articles"][0]["published"]["day"], "2021-08-09", "the feed's day, as the page has none: {kept}");

    // Not due yet; then due: one article was missing, so the whole is asked for once more, and after that only for changes.
    let minutes = |n| SignedDuration::from_mins(n);
    assert_eq!(look(now + minutes(29)).await, 0);
    for expected in ["/feed", "/feed if changed"] {
        now += minutes(30);
        assert_eq!(look(now).await, 1);
        assert_eq!(host.asked(), [expected]);
    }
    assert!(plain(&get(&site, "/feeds").await.text).contains("not changed"));

    // Broken: twice the wait for each failure in a row, then back to normal.
    *host.broken.lock().unwrap() = Some(503);
    now += minutes(30);
    assert_eq!(look(now).await, 1);
    assert!(plain(&get(&site, "/feeds").await.text).contains("the host answers 503 (1 time in a row)"));
    assert_eq!(look(now + minutes(59)).await, 0);
    now += minutes(60);
    assert_eq!(look(now).await, 1);
    assert_eq!(look(now + minutes(119)).await, 0);
    *host.broken.lock().unwrap() = None;
    now += minutes(120);
    assert_eq!(look(now).await, 1);
    assert!(!plain(&get(&site, "/feeds").await.text).contains("in a row"));
    assert_eq!(look(now + minutes(30)).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_of_private_networks_are_not_asked_unless_that_is_allowed() {
    let (_store, ledger) = store();
    let world = Arc::new(World::new(ledger, Plain::new()).unwrap());
    let site = shared_router(world.clone());
    let (host, base) = Host::start();
    let feed = format!("{base}/feed");
    send(&site, "/feeds", &[("url", feed.as_str()), ("author", "Ada"), ("step", "add")]).await;
    tokio::task::spawn_blocking(move || world.look_at_feeds(Timestamp::now())).await.unwrap();
    let page = plain(&get(&site, "/feeds").await.text);
    assert!(page.contains("127.0.0.1 is a host of a private network: not asked"), "{page}");
    let (status, text) = send(&site, "/read", &[("url", &format!("{base}/one")), ("step", "show")]).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("private network"), "{}", plain(&text));
    assert!(host.asked().is_empty(), "nobody was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_read_by_its_address() {
    let (_store, ledger) = store();
    let site = shared_router(Arc::new(World::new(ledger, Plain::new()).unwrap().with_reach(Reach::Everywhere)));
    let (host, base) = Host::start();
    let (status, text) = send(&site, "/read", &[("url", &format!("{base}/one")), ("step", "show")]).await;
    assert!(status == StatusCode::OK && plain(&text).contains("the town of Kunduz fell"), "{}", plain(&text));
    assert_eq!(host.asked(), ["/one"]);
    let (status, text) = send(&site, "/read", &[("url", &format!("{base}/gone")), ("step", "show")]).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("answers 404"), "{}", plain(&text));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_saved_and_removed() {
    let (_store, site) = site();
    let save = |address| [("name", "North <b>"), ("author", "Ada"), ("address", address)];
    assert_eq!(send(&site, "/views", &save("https://elsewhere.example/")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(send(&site, "/views", &save("/?on=2021-08-09&mark=held&lanes=actors")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(send(&site, "/views", &save("/")).await.0, StatusCode::CONFLICT);
    let page = get(&site, "/views").await.text;
    assert!(
        plain(&page).contains("North <b>") && page.contains("/?on=2021-08-09&amp;mark=held&amp;lanes=actors"),
        "{page}"
    );
    let feed = get(&site, "/export/atom?on=2021-08-09&mark=held&lanes=actors").await;
    assert_eq!(feed.status, StatusCode::OK);
    assert_eq!(send(&site, "/views", &[("name", "North <b>"), ("step", "remove")]).await.0, StatusCode::SEE_OTHER);
    assert!(plain(&get(&site, "/views").await.text).contains("0 saved views"));
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_are_a_feed() {
    let (_store, site) = site();
    let article = get(&site, "/api/claim/c4").await.json()["evidence"]["article"].as_str().unwrap().to_owned();
    let base = [("article", article.as_str()), ("claim", "c4"), ("author", "Ada & Ben \u{1}")];
    send(&site, "/judge", &[&base[..], &[("verdict", "accept")]].concat()).await;
    send(&site, "/judge", &[&base[..], &[("verdict", "reject"), ("reason", "not <so>")]].concat()).await;
    let feed = get(&site, "/corrections.atom").await;
    assert!(feed.headers["content-type"].to_str().unwrap().starts_with("application/atom+xml"));
    assert_eq!(feed.text.matches("<entry>").count(), 1, "what was accepted corrects nothing: {}", feed.text);
    assert!(
        feed.text.contains("<title>rejected: Kunduz was contested</title>") && feed.text.contains("not &lt;so&gt;")
    );
    assert!(feed.text.contains("<name>Ada &amp; Ben </name>"), "no character that XML does not know: {}", feed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_the_data_names_what_is_missing() {
    let (_store, site) = site();
    let page = get(&site, "/data").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = plain(&page.text);
    for words in [
        "1 Jan 1970, 00:00 UTC",
        "Without publication day",
        "Claims whose day cannot be told",
        "Claims on control by outlet",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
