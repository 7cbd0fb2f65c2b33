//! The pages, as somebody without JavaScript meets them.

mod common;

use axum::http::StatusCode;
use common::{get, links, plain, site};

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_comes_first_and_each_number_is_a_link() {
    let (_store, site) = site();
    let page = get(&site, "/?set=capitals&on=2021-08-09").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = plain(&page.text);
    assert!(text.contains("of 34 provincial capitals"), "{}", &text[..300]);
    assert!(text.contains("as reported by 9 August 2021"), "{}", &text[..300]);
    let list = links(&page.text)
        .into_iter()
        .find(|l| l.contains("party=taliban"))
        .expect("the number of the Taliban is a link");
    let listed = get(&site, list.split('#').next().unwrap()).await;
    let rows = listed.text.matches("<th scope=\"row\">").count();
    assert!(
        text.contains(&format!("Taliban {rows} of 34")),
        "the list has as many rows as the number says ({rows}): {}",
        &text[..200]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_follows_both_clocks() {
    let (_store, site) = site();
    let state = async |address: &str| {
        let json = get(&site, address).await.json();
        let holder = json["state"]["holder"].as_str().unwrap_or("-").to_owned();
        (json["state"]["status"].as_str().unwrap().to_owned(), holder)
    };
    assert_eq!(state("/api/place/1120985?on=2021-08-09").await.1, "taliban");
    assert_eq!(
        state("/api/place/1120985?on=2021-08-09&known_by=2021-08-05").await.0,
        "unknown",
        "nothing was known yet"
    );
    assert_eq!(state("/api/place/1135689?on=2021-08-08").await.0, "contested");
    assert_eq!(state("/api/place/1140026?on=2021-08-09").await.0, "unknown", "a claim without a day has no say");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slider_works_without_a_script() {
    let (_store, site) = site();
    let page = get(&site, "/?on=2021-08-09").await;
    assert!(
        page.text.contains("type=\"range\" name=\"day\"")
            && page.text.contains("<form class=\"slider\" method=\"get\"")
    );
    let sent = get(&site, "/?set=capitals&day=0").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let to = sent.headers["location"].to_str().unwrap();
    assert_eq!(to, "/?on=2021-08-06&set=capitals", "a day, not a number, stands in the address");
    assert_eq!(get(&site, to).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_place_to_claim_to_the_marked_sentence() {
    let (_store, site) = site();
    let page = get(&site, "/?on=2021-08-09&place=1120985").await;
    let text = plain(&page.text);
    for wanted in [
        "Zaranj",
        "Wire One",
        "Paper Two",
        "published 7 August 2021",
        "test/rule",
        "dB",
        "Together, for the answer",
        "2 reports",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let evidence = links(&page.text)
        .into_iter()
        .find(|l| l.contains("/article/") && l.contains("claim=c0"))
        .expect("a link to the evidence");
    let (address, anchor) = evidence.split_once('#').unwrap();
    let article = get(&site, address).await;
    assert!(article.text.contains(&format!("id=\"{anchor}\"")), "the sentence is a target");
    assert!(article.text.contains("<mark class=\"clause sentence trigger chosen\">entered</mark>"));
    assert!(article.text.contains("<h3>ZARANJ LOST</h3>"), "headings are kept");
    assert!(
        article.text.contains("<span class=\"reason\" lang=\"en\" dir=\"ltr\">cut: related link</span>"),
        "what was cut is greyed with its reason"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_publication_day_is_said() {
    let (_store, site) = site();
    let list = get(&site, "/articles?undated=1").await;
    let address = links(&list.text).into_iter().find(|l| l.starts_with("/article/")).unwrap();
    let article = plain(&get(&site, &address).await.text);
    assert!(article.contains("unknown: nobody said") && article.contains("--published"), "{article}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_browser_shows_words_apart() {
    let (_store, site) = site();
    let page = get(&site, "/?on=2021-08-09").await;
    for together in ["</text><text", "</text></a><a", "Map</a><a", "day</a><a"] {
        assert!(!page.text.contains(together), "{together}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_articles_are_text_only() {
    let (_store, site) = site();
    let list = get(&site, "/articles").await;
    let mut pages = vec![list.text.clone()];
    for address in links(&list.text).into_iter().filter(|l| l.starts_with("/article/")) {
        pages.push(get(&site, &address).await.text);
    }
    let all = pages.join("\n");
    assert!(all.contains("&lt;script&gt;alert("), "the text is there");
    for bad in ["<script>alert", "<img", "<style>", "onerror=alert(1)>", "<b>Evil", "\u{202E}", "href=\"javascript:"] {
        assert!(!all.contains(bad), "{bad}");
    }
    assert!(all.contains("U+202E"), "the override is shown by its number");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_forbids_everything_inline_and_the_pages_hold_nothing_inline() {
    let (_store, site) = site();
    for address in ["/", "/?place=1120985&compare=2021-08-06", "/articles", "/log", "/method", "/nowhere"] {
        let page = get(&site, address).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
        for bad in [" style=\"", "<style", " onclick=", " onload=", "<script>"] {
            assert!(!page.text.contains(bad), "{address} has {bad}");
        }
        for (n, _) in page.text.match_indices("<script") {
            assert!(page.text[n..].starts_with("<script type=\"module\" src=\"/asset/"), "{address}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_of_the_map_page_leads_somewhere() {
    let (_store, site) = site();
    let page = get(&site, "/?on=2021-08-09&place=1120985&compare=2021-08-06").await;
    let mut seen = std::collections::BTreeSet::new();
    for link in links(&page.text) {
        let address = link.split('#').next().unwrap().to_owned();
        if address.starts_with('/') && seen.insert(address.clone()) {
            let got = get(&site, &address).await;
            assert_eq!(got.status, StatusCode::OK, "{address}: {}", plain(&got.text));
        }
    }
    assert!(seen.len() > 40, "only {} links", seen.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_say_what_is_wrong() {
    let (_store, site) = site();
    for (address, status, words) in [
        ("/?on=yesterday", StatusCode::BAD_REQUEST, "2021-08-09"),
        ("/?mark=liberated", StatusCode::BAD_REQUEST, "contested"),
        ("/?place=9999999999999", StatusCode::BAD_REQUEST, "place id"),
        ("/article/none", StatusCode::NOT_FOUND, "no article"),
        ("/nowhere", StatusCode::NOT_FOUND, "no such page"),
        ("/export/shapefile", StatusCode::NOT_FOUND, "geojson"),
        ("/map.svg?width=99999", StatusCode::BAD_REQUEST, "4000"),
    ] {
        let got = get(&site, address).await;
        assert_eq!(got.status, status, "{address}");
        assert!(plain(&got.text).contains(words), "{address}: {}", plain(&got.text));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_ledger_says_what_to_do() {
    let (_store, ledger) = common::store();
    let world = marchland_server::World::new(ledger, common::Plain::new()).unwrap();
    let site = marchland_server::router(world);
    let page = get(&site, "/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(plain(&page.text).contains("Nothing is known yet"));
    for address in
        ["/map.svg", "/map.png", "/grid.svg", "/api/places", "/api/control", "/articles", "/log", "/export/geojson"]
    {
        assert_eq!(get(&site, address).await.status, StatusCode::OK, "{address}");
    }
}
