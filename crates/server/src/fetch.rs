//! Asking other hosts, only when a person has named them: conditional, bounded in time and size, and never led into
//! the private network by a stranger's page.

use std::net::IpAddr;
use std::time::Duration;

use ureq::Agent;

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

/// True for this machine and for addresses of private networks.
fn is_private(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || (ip.segments()[0] & 0xfe00) == 0xfc00
                || (ip.segments()[0] & 0xffc0) == 0xfe80
        }
        Err(_) => {
            name == "localhost"
                || name.ends_with(".localhost")
                || name.ends_with(".local")
                || name.ends_with(".internal")
        }
    }
}

/// May an address be asked because `from` named it? A page of the open net must not lead us to a private host.
pub(crate) fn may_follow(from: &str, to: &str) -> bool {
    match (host(from), host(to)) {
        (Some(a), Some(b)) => a == b || !is_private(b),
        _ => false,
    }
}

/// An address that a person may name.
pub(crate) fn is_address(url: &str) -> bool {
    host(url).is_some() && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Asks for an address; with what is known of it, so that the host may say "not changed" (304).
pub(crate) fn get(url: &str, etag: Option<&str>, last_modified: Option<&str>) -> Result<Fetched, String> {
    let mut here = url.to_owned();
    for _ in 0..=REDIRECTS {
        let mut builder = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("Marchland/", env!("CARGO_PKG_VERSION")));
        if host(&here).is_some_and(is_private) {
            builder = builder.proxy(None);
        }
        let agent: Agent = builder.build().into();
        let mut request = agent.get(&here);
        for (name, value) in [("if-none-match", etag), ("if-modified-since", last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut answer = request.call().map_err(|e| e.to_string())?;
        let status = answer.status().as_u16();
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if let (301 | 302 | 303 | 307 | 308, Some(to)) = (status, header("location")) {
            let to = absolute(&here, &to).ok_or_else(|| format!("sent on to {to:?}, which is no address"))?;
            if !may_follow(&here, &to) {
                return Err(format!("sent on to {to}, a host of a private network: not followed"));
            }
            here = to;
            continue;
        }
        let (etag, last_modified) = (header("etag"), header("last-modified"));
        let retry_after = header("retry-after").and_then(|v| v.trim().parse().ok());
        let body = answer.body_mut().with_config().limit(MOST).read_to_vec().map_err(|e| e.to_string())?;
        return Ok(Fetched { status, body, etag, last_modified, retry_after });
    }
    Err(format!("sent on more than {REDIRECTS} times"))
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
    use super::*;

    #[test]
    fn a_stranger_does_not_lead_into_the_private_network() {
        let outside = "https://wire.example/feed";
        for to in [
            "http://127.0.0.1:8765/",
            "http://localhost/",
            "http://10.0.0.7/",
            "http://user@192.168.1.1/x",
            "http://[::1]/",
            "http://router.local/",
            "file:///etc/passwd",
            "http:///",
        ] {
            assert!(!may_follow(outside, to), "{to}");
        }
        assert!(may_follow(outside, "https://other.example/a"));
        assert!(may_follow("http://127.0.0.1:99/feed", "http://127.0.0.1:99/a"));
    }

    #[test]
    fn addresses_are_put_together() {
        let base = "https://wire.example/a/b?c";
        assert_eq!(absolute(base, "/d").as_deref(), Some("https://wire.example/d"));
        assert_eq!(absolute(base, "//x.example/d").as_deref(), Some("https://x.example/d"));
        assert_eq!(absolute(base, "javascript:1"), None);
    }
}
