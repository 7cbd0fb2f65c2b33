//! What stands between the world and the handlers: who may ask, which headers every answer bears, compression.

use std::io::{Read, Write};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::answers::Kept;

/// Nothing from elsewhere, nothing inline, no plug-in, no frame, forms only to ourselves.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self'; img-src 'self' data: blob:; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Answers below this many bytes are not worth packing.
const WORTH_PACKING: usize = 900;

/// Checks the question, and puts the headers on the answer.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if let Err(why) = may_ask(request.method(), request.headers(), request.uri()) {
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let packed = unpacks(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html")) {
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if packed { pack(response).await } else { response }
}

/// The server answers this machine only: a page elsewhere that points a name of its own at 127.0.0.1 is refused, and
/// so is a form that another page sends.
fn may_ask(method: &Method, headers: &HeaderMap, uri: &Uri) -> Result<(), &'static str> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let host = text(header::HOST).or_else(|| uri.host()).unwrap_or("");
    if !is_local(host) {
        return Err("This server answers only at localhost, 127.0.0.1 or [::1].\n");
    }
    if method != Method::GET && method != Method::HEAD {
        let from = text(header::ORIGIN).map(|o| o.strip_prefix("http://").unwrap_or(o));
        let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
        // Browsers of today say where a form comes from; the origin, which a privacy setting can turn into "null", is
        // asked only where they do not.
        let ours = match site {
            Some(site) => site == "same-origin" || site == "none",
            None => from.is_none_or(|f| f == host),
        };
        if !ours {
            return Err("Changes are taken only from pages of this server.\n");
        }
    }
    Ok(())
}

fn is_local(host: &str) -> bool {
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

async fn pack(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !is_worth_packing(kind) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    match packed(&bytes) {
        Some(packed) => {
            is_packed(&mut parts.headers);
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        None => Response::from_parts(parts, Body::from(bytes)),
    }
}

fn is_worth_packing(kind: &str) -> bool {
    ["text/", "json", "xml", "javascript"].iter().any(|k| kind.contains(k)) && !kind.contains("event-stream")
}

/// A body with gzip, where that is worth it.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < WORTH_PACKING {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(5));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).ok()
}

/// Says of an answer that its body is packed.
fn is_packed(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
}

/// True for a client that unpacks gzip.
pub(crate) fn unpacks(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"))
}

/// An answer made ready to be given often.
pub(crate) fn ready(media: &'static str, plain: Bytes) -> Kept {
    match packed(&plain).filter(|_| is_worth_packing(media)) {
        Some(packed) => Kept { media, body: packed.into(), packed: true },
        None => Kept { media, body: plain, packed: false },
    }
}

/// A kept answer as it is sent. Few clients cannot unpack: for them it is unpacked here each time.
pub(crate) fn send(kept: &Kept, unpacks: bool) -> Response {
    let as_kept = unpacks || !kept.packed;
    let mut response =
        Response::new(if as_kept { Body::from(kept.body.clone()) } else { Body::from(plain(&kept.body)) });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kept.media));
    if kept.packed && as_kept {
        is_packed(headers);
    }
    response
}

/// What [`packed`] packed.
fn plain(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // We packed it ourselves, in memory: it can be unpacked.
    let _ = GzDecoder::new(packed).read_to_end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, pairs: &[(&'static str, &'static str)], allowed: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        assert_eq!(may_ask(&method, &headers, &Uri::from_static("/")).is_ok(), allowed, "{method} {pairs:?}");
    }

    #[test]
    fn a_kept_answer_is_the_same_packed_and_not() {
        let text = "Brega, Ras Lanuf. ".repeat(1000);
        let kept = ready("text/html", Bytes::from(text.clone()));
        assert!(kept.packed && kept.body.len() < text.len() / 10);
        assert_eq!(plain(&kept.body), text.as_bytes());
        assert!(send(&kept, true).headers().contains_key(header::CONTENT_ENCODING));
        assert!(!send(&kept, false).headers().contains_key(header::CONTENT_ENCODING));
        assert!(!ready("image/png", Bytes::from(text)).packed);
    }

    #[test]
    fn only_this_machine_and_only_our_own_pages() {
        check(Method::GET, &[("host", "localhost:8765")], true);
        check(Method::GET, &[("host", "[::1]:8765")], true);
        check(Method::GET, &[("host", "evil.example:8765")], false);
        check(Method::GET, &[("host", "localhost.evil.example")], false);
        check(
            Method::POST,
            &[("host", "localhost:8765"), ("origin", "http://localhost:8765"), ("sec-fetch-site", "same-origin")],
            true,
        );
        check(Method::POST, &[("host", "localhost:8765"), ("origin", "null"), ("sec-fetch-site", "same-origin")], true);
        check(Method::POST, &[("host", "localhost:8765"), ("origin", "null"), ("sec-fetch-site", "cross-site")], false);
        check(Method::POST, &[("host", "localhost:8765"), ("origin", "null")], false);
        check(Method::POST, &[("host", "localhost:8765"), ("origin", "http://evil.example")], false);
        check(Method::POST, &[("host", "localhost:8765"), ("sec-fetch-site", "cross-site")], false);
    }
}
