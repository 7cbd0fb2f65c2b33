//! Asking other hosts, only when a person has named them: conditional, bounded in time and size, and no host of a
//! private network unless that was allowed.

use std::time::Duration;

use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Proxy};

use crate::reach::{Private, Reach, may_ask_proxy, resolver};
use crate::said::{Said, said};

/// Largest body that is read, in bytes.
const MOST: u64 = 10 << 20;
/// Most steps from one address to another.
const REDIRECTS: usize = 5;
/// Longest time for one address.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub status: u16,
    pub body: Vec<u8>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Seconds that the host asks to wait.
    pub retry_after: Option<i64>,
}

/// The host of an address, without user and port.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next()?,
        None => host.split(':').next()?,
    };
    Some(host).filter(|h| !h.is_empty())
}

/// An address that a person may name.
pub(crate) fn is_address(url: &str) -> bool {
    host(url).is_some() && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Asks for an address; with what is known of it, so that the host may say "not changed" (304).
pub(crate) fn get(url: &str, known: (Option<&str>, Option<&str>), reach: Reach) -> Result<Fetched, Said> {
    let failed = |e: &dyn std::fmt::Display| said!("fetch-failed", what = e.to_string());
    let mut here = url.to_owned();
    let later = reach_from(url, reach);
    for step in 0..=REDIRECTS {
        let reach = if step == 0 { reach } else { later };
        let refused = |host: &str| match step {
            0 => said!("fetch-private", host = host),
            _ => said!("fetch-sent-private", to = here.as_str()),
        };
        let agent = agent(host(&here).unwrap_or_default(), reach).map_err(|Private(host)| refused(&host))?;
        let mut request = agent.get(&here);
        for (name, value) in [("if-none-match", known.0), ("if-modified-since", known.1)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut answer = request.call().map_err(|e| match e {
            ureq::Error::Other(e) if e.is::<Private>() => refused(host(&here).unwrap_or_default()),
            e => failed(&e),
        })?;
        let status = answer.status().as_u16();
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if let (301 | 302 | 303 | 307 | 308, Some(to)) = (status, header("location")) {
            here = absolute(&here, &to).ok_or_else(|| said!("fetch-sent-nowhere", to = format!("{to:?}")))?;
            continue;
        }
        let (etag, last_modified) = (header("etag"), header("last-modified"));
        let retry_after = header("retry-after").and_then(|v| v.trim().parse().ok());
        let body = answer.body_mut().with_config().limit(MOST).read_to_vec().map_err(|e| failed(&e))?;
        return Ok(Fetched { status, body, etag, last_modified, retry_after });
    }
    Err(said!("fetch-sent-often", n = REDIRECTS))
}

/// Which hosts an address may lead to: a stranger of the open net never into a private network, whatever is allowed to
/// those who name an address themselves.
pub(crate) fn reach_from(url: &str, reach: Reach) -> Reach {
    let inside = reach == Reach::Everywhere && host(url).is_some_and(|h| !may_ask_proxy(h, Reach::Open));
    if inside { Reach::Everywhere } else { Reach::Open }
}

/// What asks one host.
fn agent(host: &str, reach: Reach) -> Result<Agent, Private> {
    let mut builder = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("Marchland/", env!("CARGO_PKG_VERSION")));
    let proxy = Proxy::try_from_env();
    if proxy.is_some() {
        if !may_ask_proxy(host, reach) {
            return Err(Private(host.to_owned()));
        }
        // No proxy leads to this machine itself.
        if !may_ask_proxy(host, Reach::Open) {
            builder = builder.proxy(None);
        }
    }
    let proxy = proxy.map(|p| p.host().to_owned());
    Ok(Agent::with_parts(builder.build(), DefaultConnector::default(), resolver(reach, proxy)))
}

/// An address as a page at `base` names it.
fn absolute(base: &str, to: &str) -> Option<String> {
    if to.starts_with("http://") || to.starts_with("https://") {
        return Some(to.to_owned());
    }
    let scheme = base.split("//").next()?;
    let authority = base.split("//").nth(1)?.split(['/', '?', '#']).next()?;
    match to.strip_prefix("//") {
        Some(rest) => Some(format!("{scheme}//{rest}")),
        None => to.strip_prefix('/').map(|path| format!("{scheme}//{authority}/{path}")),
    }
}

#[cfg(test)]
mod tests {
    use marchland_words::Tongue;

    use super::*;

    #[test]
    fn this_machine_is_not_asked_unless_a_flag_says_so() {
        for url in ["http://127.0.0.1:9/", "http://localhost:9/x", "http://user@[::1]:9/"] {
            let told = get(url, (None, None), Reach::Open).unwrap_err().words(Tongue::ENGLISH);
            assert!(told.contains("private network"), "{url}: {told}");
        }
    }

    #[test]
    fn a_stranger_does_not_lead_into_the_private_network() {
        assert_eq!(reach_from("https://1.1.1.1/feed", Reach::Everywhere), Reach::Open);
        assert_eq!(reach_from("http://127.0.0.1:99/feed", Reach::Everywhere), Reach::Everywhere);
        assert_eq!(reach_from("http://127.0.0.1:99/feed", Reach::Open), Reach::Open);
    }

    #[test]
    fn addresses_are_put_together() {
        let base = "https://wire.example/a/b?c";
        assert_eq!(absolute(base, "/d").as_deref(), Some("https://wire.example/d"));
        assert_eq!(absolute(base, "//x.example/d").as_deref(), Some("https://x.example/d"));
        assert_eq!(absolute(base, "javascript:1"), None);
    }
}
