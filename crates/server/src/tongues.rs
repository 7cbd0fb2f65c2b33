//! Which language a visitor is answered in: what the address says, else what was chosen before (kept in a cookie), else
//! what the browser asks for.

use axum::http::{HeaderMap, header};
use marchland_words::Tongue;

/// The parameter and the cookie.
const NAME: &str = "lang";

/// The language of an answer; and the cookie that keeps it, where the address chose another than before.
pub(crate) fn chosen(query: &[(String, String)], headers: &HeaderMap) -> (Tongue, Option<String>) {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
    let kept = text(header::COOKIE).split(';').filter_map(|c| c.trim().split_once('=')).find(|(k, _)| *k == NAME);
    let kept = kept.and_then(|(_, tag)| Tongue::find(tag));
    let asked = query.iter().rev().find(|(k, _)| k == NAME).and_then(|(_, tag)| Tongue::find(tag));
    let tongue = asked.or(kept).unwrap_or_else(|| Tongue::accepted(text(header::ACCEPT_LANGUAGE)));
    let keep = asked.filter(|t| kept != Some(*t));
    let cookie = |t: Tongue| format!("{NAME}={}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly", t.tag());
    (tongue, keep.map(cookie))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: Option<&str>, cookie: &str, accept: &str, tag: &str, kept: bool) {
        let query: Vec<_> = asked.into_iter().map(|t| ("lang".to_owned(), t.to_owned())).collect();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        let (tongue, keep) = chosen(&query, &headers);
        assert_eq!((tongue.tag(), keep.is_some()), (tag, kept), "{asked:?} {cookie} {accept}");
    }

    #[test]
    fn the_address_goes_before_the_cookie_and_that_before_the_browser() {
        check(None, "", "ar, en;q=0.5", "ar", false);
        check(None, "a=b; lang=en", "ar", "en", false);
        check(Some("ar"), "lang=en", "en", "ar", true);
        check(Some("ar"), "lang=ar", "en", "ar", false);
        check(Some("tlh"), "", "en", "en", false);
    }
}
