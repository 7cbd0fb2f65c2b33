//! A small world of our own: seven reports on four capitals of Afghanistan, one hostile page.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use marchland_actor::ActorId;
use marchland_actor::Registry;
use marchland_article::{Article, Head, Published, Span};
use marchland_claim::{Claim, ClaimId, ClaimPlace, ClaimTime, Evidence, Interest, Kind, Party, Speaker, Stance};
use marchland_ledger::{Coded, Ledger, Mode, Run, open};
use marchland_place::{Gazetteer, PlaceId, Precision};
use marchland_server::{Desk, World, router};
use tower::ServiceExt;

pub const TALIBAN: &str = "taliban";
pub const GOVERNMENT: &str = "afghan-government";

/// A desk with the real places and parties that finds no claims: the claims here are composed.
pub struct Plain(Registry);

impl Plain {
    pub fn new() -> Self {
        Self(Registry::embedded())
    }
}

impl Desk for Plain {
    fn gazetteer(&self) -> &Gazetteer {
        Gazetteer::embedded()
    }

    fn registry(&self) -> &Registry {
        &self.0
    }

    fn claims(&self, _article: &Article) -> Result<Vec<Claim>, String> {
        Ok(Vec::new())
    }

    fn version(&self) -> String {
        "test".to_owned()
    }
}

/// One composed report: what it says and how.
pub struct Told {
    pub text: &'static str,
    pub outlet: &'static str,
    pub published: Option<Date>,
    /// Trigger words, place words, place id.
    pub what: Option<(Kind, &'static str, &'static str, u64)>,
    pub holder: &'static str,
    pub on: Option<Date>,
    pub stance: Stance,
    pub speaker: Option<(&'static str, Interest)>,
}

pub fn told() -> Vec<Told> {
    let plain = |text, outlet, day, what, on| Told {
        text,
        outlet,
        published: Some(date(2021, 8, day)),
        what: Some(what),
        holder: TALIBAN,
        on: Some(date(2021, 8, on)),
        stance: Stance::Asserted,
        speaker: None,
    };
    vec![
        plain(
            "Composed for a test.\n\nZARANJ LOST\n\nThe insurgents entered Zaranj on Friday and hold it.\n\nRead more: ten other stories",
            "Wire One",
            7,
            (Kind::Transfer, "entered", "Zaranj", 1_120_985),
            6,
        ),
        plain(
            "Composed. Fighters captured Zaranj, residents said.",
            "Paper Two",
            7,
            (Kind::Transfer, "captured", "Zaranj", 1_120_985),
            6,
        ),
        plain(
            "Composed. Sheberghan was overrun on Saturday.",
            "Wire One",
            8,
            (Kind::Transfer, "overrun", "Sheberghan", 1_125_444),
            7,
        ),
        plain(
            "Composed. Sheberghan fell, its governor said after leaving.",
            "Radio Three",
            8,
            (Kind::Transfer, "fell", "Sheberghan", 1_125_444),
            7,
        ),
        plain(
            "Composed. Street fighting continued in Kunduz on Sunday.",
            "Wire One",
            9,
            (Kind::Contested, "fighting", "Kunduz", 1_135_689),
            8,
        ),
        Told {
            speaker: Some(("a spokesman", Interest::SelfServing)),
            stance: Stance::Claimed,
            ..plain(
                "Composed. A spokesman claimed that Taloqan was taken on Sunday.",
                "Paper Two",
                9,
                (Kind::Transfer, "taken", "Taloqan", 1_123_004),
                8,
            )
        },
        Told {
            published: None,
            on: None,
            ..plain(
                "Composed, without a day. Herat was attacked.",
                "Wire One",
                9,
                (Kind::Contested, "attacked", "Herat", 1_140_026),
                9,
            )
        },
        Told {
            what: None,
            ..plain(
                "<script>alert('text')</script> <img src=x onerror=alert(1)> \u{202E}desrever\u{202C} <style>*{display:none}</style>",
                "<b>Evil</b> \"Outlet\"",
                9,
                (Kind::Holds, "x", "x", 0),
                9,
            )
        },
    ]
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn coded(n: usize, t: &Told) -> (Article, Vec<Claim>) {
    let head = Head {
        id: format!("story-{n}"),
        title: Some(if t.what.is_none() {
            "<script>alert('title')</script>\u{202E}".to_owned()
        } else {
            format!("Story {n}")
        }),
        url: Some(if t.what.is_none() { "javascript:alert(1)" } else { "https://example.org/story" }.to_owned()),
        outlet: Some(t.outlet.to_owned()),
        published: t.published.map_or(Published::Unknown, |day| Published::Given { day }),
    };
    let article = Article::plain(head, t.text.to_owned());
    let Some((kind, trigger, place, id)) = t.what else { return (article, Vec::new()) };
    let trigger = span(t.text, trigger);
    let line = t.text[..trigger.start as usize].rfind('\n').map_or(0, |n| n + 1);
    let end = t.text[trigger.start as usize..].find('\n').map_or(t.text.len(), |n| trigger.start as usize + n);
    let known = Gazetteer::embedded().place(PlaceId(id)).unwrap();
    let claim = Claim {
        id: ClaimId(format!("c{n}")),
        kind: Some(kind),
        event: None,
        holder: (kind != Kind::Contested).then(|| Party {
            actor: Some(ActorId::from(t.holder)),
            name: "Taliban".to_owned(),
            span: Span::new(line, line + 3),
            score: 0.95,
            alternatives: vec![],
        }),
        other: Some(Party {
            actor: Some(ActorId::from(GOVERNMENT)),
            name: "government".to_owned(),
            span: Span::new(line, line),
            score: 0.9,
            alternatives: vec![],
        }),
        place: ClaimPlace {
            id: Some(PlaceId(id)),
            span: span(t.text, place),
            name: place.to_owned(),
            country: Some("AF".to_owned()),
            admin1: known.admin1_name.map(str::to_owned),
            lat: Some(known.lat),
            lon: Some(known.lon),
            feature: Some(known.feature.to_owned()),
            precision: Precision::Exact,
            score: 0.97,
            alternatives: vec![],
            part: None,
        },
        time: ClaimTime {
            valid_from: t.on,
            valid_to: if kind == Kind::Contested { t.on } else { None },
            span: None,
            precision: None,
            inferred: false,
        },
        stance: t.stance,
        speaker: t.speaker.map(|(name, interest)| Speaker {
            span: Span::new(line, line),
            name: name.to_owned(),
            role: None,
            party: Some(ActorId::from(TALIBAN)),
            interest,
        }),
        background: false,
        aggregate: None,
        fatalities: None,
        injured: None,
        displaced: None,
        evidence: Evidence {
            article: article.digest.clone(),
            sentence: Span::new(line, end),
            clause: Span::new(line, end),
            trigger,
            rule: "test/rule".to_owned(),
        },
        proposer: marchland_claim::Proposer::Rules,
        confidence: 0.9,
    };
    (article, vec![claim])
}

/// A fresh ledger file that goes when the test ends.
pub struct Store(pub std::path::PathBuf);

impl Drop for Store {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", self.0.display()));
        }
    }
}

pub fn store() -> (Store, Box<dyn Ledger>) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("marchland-server-{}-{}.db", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    let ledger = open(&path.display().to_string(), Mode::Write).unwrap();
    (Store(path), ledger)
}

/// A server over the reports.
pub fn site() -> (Store, Router) {
    let (store, mut ledger) = store();
    let run = Run { coder: "test".to_owned(), at: Timestamp::UNIX_EPOCH };
    for (n, t) in told().iter().enumerate() {
        let (article, claims) = coded(n, t);
        ledger.add(&[Coded { article: &article, read_at: Timestamp::UNIX_EPOCH, claims: &claims }], &run).unwrap();
    }
    let world = World::new(ledger, Plain::new()).unwrap().with_notice("Composed for a test");
    (store, router(world))
}

/// An answer: status, headers, text.
pub struct Got {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Got {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
}

/// Asks as a browser on this machine would.
pub async fn get(site: &Router, address: &str) -> Got {
    let request = Request::get(address).header("host", "localhost:8765").body(Body::empty()).unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Got { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Sends a form as a browser on this machine would.
pub async fn send(site: &Router, address: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(address).header("host", "localhost:8765").body(Body::from(body)).unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned())
}

/// The text of a page without its tags, entities resolved, white space as one space.
pub fn plain(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, b)| b);
    let mut out = String::new();
    let mut rest = body;
    while let Some((text, tail)) = rest.split_once('<') {
        out.push_str(text);
        rest = tail.split_once('>').map_or("", |(_, t)| t);
    }
    out.push_str(rest);
    let out = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Addresses of the links of a page.
pub fn links(html: &str) -> Vec<String> {
    html.split("href=\"").skip(1).filter_map(|t| t.split_once('"')).map(|(a, _)| a.replace("&amp;", "&")).collect()
}
