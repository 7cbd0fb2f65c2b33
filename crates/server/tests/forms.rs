//! What can be sent: judgements, publication days, pasted articles.

mod common;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use common::{get, links, plain, site};
use tower::ServiceExt;

async fn send(site: &Router, address: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(address)
        .header("host", "localhost:8765")
        .header("origin", "http://localhost:8765")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let location = response.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let text = String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned();
    (status, location, text)
}

async fn article_of(site: &Router, claim: &str) -> String {
    get(site, &format!("/api/claim/{claim}")).await.json()["evidence"]["article"].as_str().unwrap().to_owned()
}

async fn status_of(site: &Router, place: &str) -> String {
    get(site, &format!("/api/place/{place}?on=2021-08-09")).await.json()["state"]["status"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_claim_loses_its_say_and_undo_gives_it_back() {
    let (_store, site) = site();
    let kunduz = "1135689";
    assert_eq!(status_of(&site, kunduz).await, "contested");
    let article = article_of(&site, "c4").await;
    let fields = |verdict| {
        [
            ("article", article.as_str()),
            ("claim", "c4"),
            ("verdict", verdict),
            ("author", "Ada <b>"),
            ("reason", "not in the text"),
        ]
    };
    let (status, location, _) = send(&site, "/judge", &fields("reject")).await;
    assert_eq!((status, location.starts_with("/review?author=Ada")), (StatusCode::SEE_OTHER, true));
    assert_eq!(status_of(&site, kunduz).await, "unknown");
    let log = plain(&get(&site, "/log").await.text);
    assert!(log.contains("Ada <b>: rejected “Kunduz was contested”: not in the text"), "{log}");
    send(&site, "/judge", &fields("undo")).await;
    assert_eq!(status_of(&site, kunduz).await, "contested");
    let claim = get(&site, "/api/claim/c4").await.json();
    assert_eq!((claim["verdict"].as_str(), claim["counts"].as_bool()), (None, Some(true)), "it waits again");
    let (status, _, text) = send(&site, "/judge", &fields("undo")).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("nothing to undo"), "{}", plain(&text));
    let log = plain(&get(&site, "/log").await.text);
    assert!(log.contains("Ada <b>: undone “Kunduz was contested”"), "the undo is an entry of its own: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_changes_the_map_and_is_undone() {
    let (_store, site) = site();
    let article = article_of(&site, "c4").await;
    let base = [("article", article.as_str()), ("claim", "c4"), ("author", "Ada")];
    let edit = [
        ("verdict", "edit"),
        ("kind", "transfer"),
        ("stance", "asserted"),
        ("holder", "taliban"),
        ("valid_from", "2021-08-08"),
        ("place", "1135689"),
    ];
    let (status, _, text) = send(&site, "/judge", &[&base[..], &edit[..]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}", plain(&text));
    let log = plain(&get(&site, "/log").await.text);
    assert!(log.contains("kind: contested → transfer"), "old and new value: {log}");
    let edited = get(&site, "/api/claim/c4").await.json();
    assert_eq!((edited["kind"].as_str(), edited["holder"]["actor"].as_str()), (Some("transfer"), Some("taliban")));
    let (status, _, text) =
        send(&site, "/judge", &[&base[..], &[("verdict", "edit"), ("holder", "nobody-at-all")]].concat()).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("no actor"), "{}", plain(&text));
    send(&site, "/judge", &[&base[..], &[("verdict", "undo")]].concat()).await;
    assert_eq!(get(&site, "/api/claim/c4").await.json()["kind"], "contested");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_at_one_claim_are_warned() {
    let (_store, site) = site();
    let article = article_of(&site, "c0").await;
    let fields = |author, verdict| {
        [("article", article.as_str()), ("claim", "c0"), ("verdict", verdict), ("author", author), ("judged", "0")]
    };
    assert_eq!(send(&site, "/judge", &fields("Ada", "accept")).await.0, StatusCode::SEE_OTHER);
    let (status, _, text) = send(&site, "/judge", &fields("Ben", "reject")).await;
    assert!(status == StatusCode::CONFLICT && plain(&text).contains("Ada: accepted"), "{}", plain(&text));
    // Nothing is lost: the page holds all fields of the form that was sent, to be sent again.
    for field in ["name=\"verdict\" value=\"reject\"", "name=\"author\" value=\"Ben\"", "name=\"judged\" value=\"1\""] {
        assert!(text.contains(field), "{field} in {text}");
    }
    let again =
        [("article", article.as_str()), ("claim", "c0"), ("verdict", "reject"), ("author", "Ben"), ("judged", "1")];
    assert_eq!(send(&site, "/judge", &again).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_claim_is_added_by_its_sentence() {
    let (_store, site) = site();
    let article = article_of(&site, "c4").await;
    let kunduz = "1135689";
    let base = [
        ("article", article.as_str()),
        ("author", "Ada"),
        ("kind", "transfer"),
        ("stance", "asserted"),
        ("holder", "Taliban"),
        ("valid_from", "2021-08-08"),
    ];
    let quote = ("quote", "Street fighting  continued in Kunduz\non Sunday.");
    let (status, _, text) =
        send(&site, "/claim", &[&base[..], &[("quote", "Nobody said this."), ("place", "Kunduz")]].concat()).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("do not stand"), "{}", plain(&text));
    let (status, _, text) = send(&site, "/claim", &[&base[..], &[quote, ("place", "Nowhere at all")]].concat()).await;
    assert!(status == StatusCode::BAD_REQUEST && plain(&text).contains("no place"), "{}", plain(&text));
    let (status, location, text) = send(&site, "/claim", &[&base[..], &[quote, ("place", "Kunduz")]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}", plain(&text));
    let id = location.split("claim=").nth(1).and_then(|r| r.split('#').next()).unwrap();
    let claim = get(&site, &format!("/api/claim/{id}")).await.json();
    assert_eq!(
        (claim["verdict"].as_str(), claim["evidence"]["rule"].as_str()),
        (Some("add"), Some("by hand")),
        "{claim}"
    );
    assert_eq!(claim["place"]["id"].to_string().trim_matches('"'), kunduz, "{claim}");
    let page = get(&site, location.split('#').next().unwrap()).await.text;
    assert!(page.contains(&format!("id=\"claim-{id}\"")), "the sentence is marked");
    assert_eq!(
        send(&site, "/claim", &[&base[..], &[quote, ("place", "Kunduz")]].concat()).await.0,
        StatusCode::CONFLICT
    );
    // The article is coded anew, as with a publication day: what was added stays.
    send(&site, "/publish", &[("article", &article), ("day", "2021-08-09"), ("author", "Ada"), ("reason", "r")]).await;
    assert_eq!(get(&site, &format!("/api/claim/{id}")).await.json()["counts"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_offers_each_claim_once() {
    let (_store, site) = site();
    let before = plain(&get(&site, "/review?set=all&on=2021-08-09").await.text);
    let article = article_of(&site, "c3").await;
    send(&site, "/judge", &[("article", &article), ("claim", "c3"), ("verdict", "accept"), ("author", "Ada")]).await;
    let after = plain(&get(&site, "/review?set=all&on=2021-08-09").await.text);
    let waiting = |text: &str| {
        text.split("Review: ").nth(1).and_then(|t| t.split(' ').next()).and_then(|n| n.parse::<u32>().ok()).unwrap()
    };
    assert_eq!(waiting(&after) + 1, waiting(&before), "{before}");
    send(&site, "/judge", &[("article", &article), ("claim", "c3"), ("verdict", "undo"), ("author", "Ada")]).await;
    let undone = plain(&get(&site, "/review?set=all&on=2021-08-09").await.text);
    assert_eq!(waiting(&undone), waiting(&before), "undone, it waits again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_needs_an_author_and_a_real_claim() {
    let (_store, site) = site();
    let article = article_of(&site, "c0").await;
    assert_eq!(
        send(&site, "/judge", &[("article", &article), ("claim", "c0"), ("verdict", "accept")]).await.0,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        send(&site, "/judge", &[("article", &article), ("claim", "none"), ("verdict", "accept"), ("author", "A")])
            .await
            .0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        send(&site, "/judge", &[("article", "x"), ("claim", "c0"), ("verdict", "accept"), ("author", "A")]).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_day_is_set_with_a_reason() {
    let (_store, site) = site();
    let list = get(&site, "/articles?undated=1").await;
    let address = links(&list.text).into_iter().find(|l| l.starts_with("/article/")).unwrap();
    let digest = address.trim_start_matches("/article/");
    let fields = [("article", digest), ("day", "2021-08-09"), ("author", "Ada"), ("reason", "the agency's archive")];
    assert_eq!(send(&site, "/publish", &fields[..3]).await.0, StatusCode::BAD_REQUEST, "no reason, no day");
    assert_eq!(send(&site, "/publish", &fields).await.0, StatusCode::SEE_OTHER);
    assert!(plain(&get(&site, &address).await.text).contains("9 August 2021 (given)"));
    assert!(plain(&get(&site, "/log").await.text).contains("the agency's archive"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_article_is_shown_before_it_is_kept() {
    let (_store, site) = site();
    let text = "The Taliban captured the city of Kunduz on Sunday after days of fighting, officials said. <script>alert(1)</script>";
    let fields = [("text", text), ("published", "2021-08-09"), ("outlet", "Pasted Wire"), ("title", "A pasted story")];
    let count = async || get(&site, "/api/counts").await.json()["counts"]["articles"].as_u64().unwrap();
    let before = count().await;
    let (status, _, shown) = send(&site, "/read", &[&fields[..], &[("step", "show")]].concat()).await;
    assert!(
        status == StatusCode::OK && plain(&shown).contains("Found, not yet kept") && !shown.contains("<script>alert"),
        "{shown}"
    );
    assert_eq!(count().await, before);
    let (status, location, _) = send(&site, "/read", &[&fields[..], &[("step", "keep")]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(count().await, before + 1);
    assert!(plain(&get(&site, &location).await.text).contains("Pasted Wire"));
    assert_eq!(send(&site, "/read", &[("text", "  ")]).await.0, StatusCode::BAD_REQUEST);
}
