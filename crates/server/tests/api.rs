//! The JSON API and its description.

mod common;

use axum::http::StatusCode;
use common::{get, send, site};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn the_description_and_the_routes_agree() {
    let (_store, site) = site();
    let document = get(&site, "/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let article = get(&site, "/api/articles").await.json()["articles"][0]["digest"].as_str().unwrap().to_owned();
    let two = "{\"id\":\"one\",\"text\":\"Composed.\"}\n{\"id\":\"two\",\"text\":\"Composed too.\"}";
    assert_eq!(send(&site, "/read", &[("text", two), ("step", "show")]).await.0, StatusCode::SEE_OTHER);
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 20);
    for (path, item) in paths {
        if item["post"].is_object() {
            assert!(
                item["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["required"]
                    .as_array()
                    .is_some_and(|r| !r.is_empty())
            );
            assert_eq!(send_nothing(&site, path).await, StatusCode::BAD_REQUEST, "{path} says what is missing");
        }
        let operation = &item["get"];
        if operation.is_null() {
            continue;
        }
        for p in operation["parameters"].as_array().unwrap() {
            assert!(p["name"].is_string() && p["schema"]["type"].is_string() && p["in"].is_string(), "{path}");
        }
        let id = match path.as_str() {
            "/article/{id}" | "/api/article/{id}" => article.as_str(),
            "/api/place/{id}" => "1120985",
            "/api/claim/{id}" => "c0",
            "/export/{id}" => "geojson",
            "/reading/{id}" => "1",
            _ => "",
        };
        let required: Vec<String> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["required"] == true && p["in"] == "query")
            .map(|p| {
                format!("{}={}", p["name"].as_str().unwrap(), if p["name"] == "country" { "AF" } else { "2021-08-07" })
            })
            .collect();
        let address = format!("{}?{}", path.replace("{id}", id), required.join("&"));
        let got = get(&site, &address).await;
        assert_eq!(got.status, StatusCode::OK, "{address}: {}", got.text);
        let media = operation["responses"]["200"]["content"].as_object().unwrap().keys().next().unwrap();
        let told = got.headers["content-type"].to_str().unwrap();
        assert!(
            told.starts_with(media.as_str()) || media == "application/octet-stream",
            "{path}: {told} is not {media}"
        );
        // Without what is required it says so.
        if !required.is_empty() {
            assert_eq!(get(&site, path).await.status, StatusCode::BAD_REQUEST, "{path}");
        }
    }
}

async fn send_nothing(site: &axum::Router, path: &str) -> StatusCode {
    use tower::ServiceExt;
    let request = axum::http::Request::post(path).header("host", "localhost").body(axum::body::Body::empty()).unwrap();
    site.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_told_as_json() {
    let (_store, site) = site();
    for (address, status) in [
        ("/api/place/x", 400),
        ("/api/place/4294967295", 404),
        ("/api/claims?kind=liberated", 400),
        ("/api/article/none", 404),
    ] {
        let got = get(&site, address).await;
        assert_eq!(
            (got.status.as_u16(), got.json()["status"].as_u64()),
            (status, Some(u64::from(status))),
            "{address}"
        );
        assert!(got.json()["detail"].as_str().is_some_and(|d| d.len() > 10), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn quotes_are_code_points_of_the_text() {
    let (_store, site) = site();
    let claims = get(&site, "/api/claims?place=1120985").await.json();
    let claims = claims["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 2);
    for claim in claims {
        let article =
            get(&site, &format!("/api/article/{}", claim["evidence"]["article"].as_str().unwrap())).await.json();
        let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        let quote = &claim["evidence"]["sentence"];
        let (start, end) = (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
        assert_eq!(quote["exact"].as_str().unwrap(), text[start..end].iter().collect::<String>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_add_up_and_name_their_claims() {
    let (_store, site) = site();
    let place = get(&site, "/api/place/1120985?on=2021-08-09").await.json();
    let reasons = place["state"]["reasons"].as_array().unwrap();
    let reports: Vec<&Value> = reasons.iter().filter(|r| r["kind"] == "report").collect();
    assert_eq!(reports.len(), 2);
    for report in reports {
        let id = report["claim"].as_str().unwrap();
        assert_eq!(get(&site, &format!("/api/claim/{id}")).await.json()["id"], id);
    }
    let sum: f64 = reasons.iter().map(|r| r["decibans"].as_f64().unwrap()).sum();
    let told = place["state"]["log_odds_decibans"].as_f64().unwrap();
    assert!((sum - told).abs() < 0.01, "{sum} is not {told}");
    assert!(sum > 0.0, "the reasons together speak for the answer: {sum}");
}

#[tokio::test(flavor = "multi_thread")]
async fn additions_by_another_process_are_seen() {
    let (store, site) = site();
    let before = get(&site, "/api/counts").await.json()["counts"]["articles"].as_u64().unwrap();
    let mut other = marchland_ledger::open(&store.0.display().to_string(), marchland_ledger::Mode::Write).unwrap();
    let head = marchland_article::Head::named("late").on(jiff::civil::date(2021, 8, 10));
    let article = marchland_article::Article::plain(head, "Composed later.".to_owned());
    let run = marchland_ledger::Run { coder: "test".to_owned(), at: jiff::Timestamp::UNIX_EPOCH };
    other
        .add(&[marchland_ledger::Coded { article: &article, read_at: jiff::Timestamp::UNIX_EPOCH, claims: &[] }], &run)
        .unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(get(&site, "/api/counts").await.json()["counts"]["articles"].as_u64(), Some(before + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_refused_and_text_is_packed() {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;
    let (_store, site) = site();
    let ask = |host: &str, accept: &str| {
        Request::get("/").header("host", host).header("accept-encoding", accept).body(Body::empty()).unwrap()
    };
    let refused = site.clone().oneshot(ask("evil.example", "")).await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let packed = site.clone().oneshot(ask("127.0.0.1:1", "gzip, br")).await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let bytes = axum::body::to_bytes(packed.into_body(), usize::MAX).await.unwrap();
    assert!(bytes.starts_with(&[0x1f, 0x8b]) && bytes.len() < 200_000, "{}", bytes.len());
}
