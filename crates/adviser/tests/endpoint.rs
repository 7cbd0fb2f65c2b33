//! The adviser against a small server on loopback that speaks the protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use marchland_adviser::{Adviser, AskError};
use marchland_article::{Article, Head};
use marchland_claim::{Kind, Proposer};
use marchland_coder::{Coder, Outcome};
use serde_json::{Value, json};

/// Answers one request with a status and a body; gives back the head and the body of what was asked.
fn serve(status: &'static str, body: String) -> (String, JoinHandle<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
                length = n.trim().parse().unwrap();
            }
            head.push_str(&line);
        }
        let mut asked = vec![0; length];
        reader.read_exact(&mut asked).unwrap();
        let mut stream = stream;
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
            .unwrap();
        (head, serde_json::from_slice(&asked).unwrap())
    });
    (url, thread)
}

fn chat(rows: &Value) -> String {
    json!({"id": "x", "choices": [{"index": 0, "message": {"role": "assistant", "content": rows.to_string()}}]})
        .to_string()
}

fn adviser(url: &str, key: Option<&str>) -> Adviser {
    Adviser::new(url, "small-model", key.map(str::to_owned), Duration::from_secs(20))
}

fn article() -> Article {
    let text =
        "The Taliban captured Zaranj on Friday. Government troops, so people say, keep the upper hand in Kunduz.";
    Article::plain(Head::named("test").on("2021-08-07".parse().unwrap()), text.to_owned())
}

#[test]
fn proposals_are_checked_marked_and_kept_beside_the_rules_claims() {
    let rows = json!([
        // The rules say so as well.
        {"quote": "The Taliban captured Zaranj on Friday", "kind": "transfer", "holder": "The Taliban", "place": "Zaranj", "stance": "asserted"},
        // No rule says so.
        {"quote": "Government troops, so people say, keep the upper hand in Kunduz", "kind": "holds", "holder": "Government troops", "place": "Kunduz", "stance": "claimed"},
        // Otherwise than the rules: both stay.
        {"quote": "The Taliban captured Zaranj on Friday", "kind": "contested", "place": "Zaranj", "stance": "asserted"},
        // Not in the text; no such place in the quotation; no such party.
        {"quote": "The Taliban captured Herat", "kind": "transfer", "holder": "The Taliban", "place": "Herat", "stance": "asserted"},
        {"quote": "The Taliban captured Zaranj on Friday", "kind": "transfer", "holder": "The Taliban", "place": "Kunduz", "stance": "asserted"},
        {"quote": "The Taliban captured Zaranj on Friday", "kind": "transfer", "holder": "Martians", "place": "Zaranj", "stance": "asserted"},
    ]);
    let (url, server) = serve("200 OK", chat(&rows));
    let (article, coder) = (article(), Coder::embedded());
    let before = coder.code(&article).claims;
    let mut coded = coder.code(&article);
    let adviser = adviser(&url, Some("secret"));
    coder.advise(&article, &mut coded, adviser.ask(&article).unwrap(), adviser.model());

    let outcomes: Vec<&Outcome> = coded.advice.iter().map(|a| &a.outcome).collect();
    assert!(matches!(outcomes[0], Outcome::Agrees(_)), "{outcomes:?}");
    assert!(matches!(outcomes[1], Outcome::Added(_)), "{outcomes:?}");
    assert!(matches!(outcomes[2], Outcome::Added(_)) && coded.advice[2].against.len() == 1, "{outcomes:?}");
    assert_eq!(outcomes[3], &Outcome::Refused("the text does not say this"));
    assert_eq!(outcomes[4], &Outcome::Refused("the quotation does not name the place"));
    assert_eq!(outcomes[5], &Outcome::Refused("the text names no such party"));
    assert!(before.iter().all(|c| coded.claims.contains(c)), "no claim of the rules is replaced");
    let own: Vec<_> = coded.claims.iter().filter(|c| c.proposer == Proposer::Model).collect();
    assert_eq!(own.len(), 2);
    assert!(own.iter().all(|c| c.evidence.rule == "model small-model"));
    assert!(own.iter().any(|c| c.kind == Some(Kind::Holds) && c.place.name == "Kunduz"));

    let (head, asked) = server.join().unwrap();
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1"), "{head}");
    assert!(head.to_lowercase().contains("authorization: bearer secret"), "{head}");
    assert_eq!(asked["model"], "small-model");
    assert!(asked["messages"][1]["content"].as_str().unwrap().contains("Zaranj"));
}

#[test]
fn an_error_of_the_endpoint_is_told() {
    let (url, server) = serve("401 Unauthorized", "no key".to_owned());
    let error = adviser(&url, None).ask(&article()).unwrap_err();
    assert!(matches!(&error, AskError::Status { status: 401, .. }), "{error}");
    let (head, _) = server.join().unwrap();
    assert!(!head.to_lowercase().contains("authorization"), "{head}");

    let (url, server) = serve("200 OK", "{\"choices\": []}".to_owned());
    assert!(matches!(adviser(&url, None).ask(&article()), Err(AskError::Form { .. })));
    server.join().unwrap();

    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = adviser(&format!("http://{free}"), None);
    assert!(matches!(nobody.ask(&article()), Err(AskError::Unreachable { .. })));
}
