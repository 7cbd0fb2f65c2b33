//! Every word on every page comes from the catalogue: asked for in the pseudo-language, each stands between brackets,
//! apart from what is data. Data stands in elements that say so: `bdi`, `code`, `translate="no"`, the article's text.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use common::{get, links, plain, send, site};
use regex::Regex;

/// Elements without an end.
const VOID: [&str; 8] = ["meta", "link", "input", "br", "img", "hr", "source", "wbr"];
/// Elements and classes whose text is data, or is not read.
const DATA: [&str; 6] = ["bdi", "code", "script", "style", "textarea", "blockquote"];
const DATA_CLASSES: [&str; 8] = ["article-text", "data", "name", "local", "country", "letter", "symbol", "digest"];

/// Words of a page that stand in no bracket and in no data.
fn strays(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut depth = 0_i32;
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut rest = page;
    while let Some((text, tail)) = rest.split_once('<') {
        look(text, &mut depth, open.iter().any(|(_, data)| *data), &mut out);
        let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            while let Some((other, _)) = open.pop() {
                if other == name {
                    break;
                }
            }
        } else if !tag.starts_with(['!', '?']) {
            let name = tag.split([' ', '/']).next().unwrap_or(tag).to_owned();
            let inside = open.iter().any(|(_, data)| *data);
            for attribute in ["title", "aria-label", "placeholder", "alt"] {
                let value = value(tag, attribute).unwrap_or_default();
                // The start of an address is no word.
                if !inside && !value.ends_with("://") && value.chars().any(char::is_alphabetic) && !value.contains('⟦')
                {
                    out.push(format!("{attribute}={value}"));
                }
            }
            let classes = value(tag, "class").unwrap_or_default();
            let data = DATA.contains(&name.as_str())
                || classes.split(' ').any(|c| DATA_CLASSES.contains(&c))
                || value(tag, "translate") == Some("no");
            if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
                open.push((name, data));
            }
        }
    }
    out
}

fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

fn look(text: &str, depth: &mut i32, data: bool, out: &mut Vec<String>) {
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '⟦' => *depth += 1,
            '⟧' => *depth -= 1,
            c if *depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let words = outside.replace("&quot;", "").replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
    if !data && words.chars().any(char::is_alphabetic) {
        out.push(words.trim().to_owned());
    }
}

#[test]
fn the_test_itself_finds_a_stray_word() {
    let page = r#"<p>⟦one <a>two</a>⟧ three <bdi>four</bdi></p><svg><text class="name">five</text><path d="M0"/></svg><input title="six">"#;
    assert_eq!(strays(page), ["three", "title=six"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_of_every_page_is_in_the_catalogue() {
    let (_store, site) = site();
    let article = get(&site, "/api/claim/c4").await.json()["evidence"]["article"].as_str().unwrap().to_owned();
    let judge = |verdict: &'static str| {
        [
            ("article", article.clone()),
            ("claim", "c4".to_owned()),
            ("author", "Ada".to_owned()),
            ("verdict", verdict.to_owned()),
        ]
    };
    let fields = |pairs: &[(&'static str, String)]| pairs.to_vec();
    for more in [
        vec![("verdict", "accept".to_owned())],
        vec![
            ("verdict", "edit".to_owned()),
            ("place", "1140026".to_owned()),
            ("reason", "why".to_owned()),
            ("kind", "holds".to_owned()),
            ("holder", "taliban".to_owned()),
        ],
        vec![("verdict", "undo".to_owned())],
    ] {
        let all = [fields(&judge("unsure")), more].concat();
        let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(send(&site, "/judge", &all).await.0, StatusCode::SEE_OTHER);
    }
    let day = [("article", article.as_str()), ("day", "2021-08-09"), ("author", "Ada"), ("reason", "said")];
    assert_eq!(send(&site, "/publish", &day).await.0, StatusCode::SEE_OTHER);
    send(&site, "/feeds", &[("url", "https://wire.example/feed"), ("author", "Ada"), ("step", "add")]).await;
    send(&site, "/views", &[("name", "North"), ("author", "Ada"), ("address", "/?mark=held")]).await;
    let lines = "{\"id\":\"one\",\"text\":\"Composed.\"}\n{\"id\":\"two\",\"text\":\"Composed too.\"}";
    send(&site, "/read", &[("text", lines), ("step", "show")]).await;

    let (_empty, ledger) = common::store();
    let empty = marchland_server::router(marchland_server::World::new(ledger, common::Plain::new()).unwrap());
    let list = get(&site, "/articles").await;
    let mut addresses: Vec<String> = links(&list.text).into_iter().filter(|l| l.starts_with("/article/")).collect();
    addresses.push(format!("/article/{article}?claim=c4"));
    addresses.extend(
        [
            "/",
            "/?set=capitals&on=2021-08-09",
            "/?on=2021-08-09&place=1120985&compare=2021-08-06&known_by=2021-08-09",
            "/?on=2021-08-09&lanes=actors&from=2021-08-01&to=2021-08-10&mark=claimed&q=a",
            "/?party=taliban&on=2021-08-09",
            "/?on=2021-08-08&place=1135689",
            "/places",
            "/articles",
            "/articles?undated=1",
            "/articles?outlet=none",
            "/review",
            "/review?n=1",
            "/read",
            "/reading/1",
            "/log",
            "/feeds",
            "/views",
            "/data",
            "/method",
            "/nowhere",
            "/?on=never",
            "/?mark=liberated",
            "/article/none",
            "/map.svg",
            "/grid.svg",
        ]
        .map(str::to_owned),
    );
    let mut wrong = Vec::new();
    for address in &addresses {
        let joint = if address.contains('?') { '&' } else { '?' };
        let there = format!("{address}{joint}lang=en-XA");
        let (page, bare) = (get(&site, &there).await.text, get(&empty, &there).await.text);
        for text in [page, bare] {
            wrong.extend(strays(&text).into_iter().map(|s| format!("{address}: {s}")));
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "in no catalogue:\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_speaks_the_language_that_is_asked_for() {
    let (_store, site) = site();
    let page = get(&site, "/?set=capitals&on=2021-08-09&lang=ar").await;
    assert!(page.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.headers["set-cookie"].to_str().unwrap().starts_with("lang=ar;"));
    let text = plain(&page.text);
    assert!(text.contains("من 34 عاصمة إقليمية") && text.contains("9 أغسطس 2021"), "{}", &text[..400]);
    assert!(links(&page.text).iter().any(|l| l.contains("party=taliban") && l.contains("lang=ar")), "links keep it");
    let english = get(&site, "/?on=2021-08-09").await.text;
    assert!(english.contains("<html lang=\"en\" dir=\"ltr\">"));
}

/// The keys of the English catalogue.
fn keys() -> BTreeSet<String> {
    let source = fs::read_to_string(root().join("data/words/en.ftl")).unwrap();
    let starts = |l: &&str| l.starts_with(|c: char| c.is_ascii_lowercase());
    source.lines().filter(starts).filter_map(|l| l.split_once(" =")).map(|(k, _)| k.to_owned()).collect()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The text of every file below a folder.
fn sources(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("vendor") && !path.ends_with("fonts") {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "mjs") {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_key_is_used_and_every_key_that_is_used_is_there() {
    let mut all = String::new();
    for folder in ["crates/server/src", "crates/atlas/src", "crates/words/src", "crates/cli/src/commands", "web"] {
        sources(&root().join(folder), &mut all);
    }
    let keys = keys();
    // A family of keys is put together from a word and what follows a hyphen.
    let family = |prefix: &str| {
        all.contains(&format!("\"{prefix}-{{"))
            || all.contains(&format!("\"{prefix}-\""))
            || all.contains(&format!("of(t, \"{prefix}\""))
            || all.contains(&format!("choice(t, \"{prefix}\""))
    };
    let used = |key: &str| {
        all.contains(&format!("\"{key}\""))
            || key.match_indices('-').any(|(at, _)| family(&key[..at]))
            || all.contains(&format!("say.{key}"))
    };
    let idle: Vec<&String> = keys.iter().filter(|k| !used(k)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
    let said = Regex::new(r#"(?:say!\(\s*[\w.]+,|mark!\(\s*[\w.]+,|said!\(|\.say\()\s*"([a-z][\w-]*)""#).unwrap();
    let missing: BTreeSet<&str> = said
        .captures_iter(&all)
        .map(|c| c.get(1).unwrap().as_str())
        .filter(|k| !keys.contains(*k) && !["key", "no-such-key"].contains(k))
        .collect();
    assert!(missing.is_empty(), "in no catalogue: {missing:?}");
}
