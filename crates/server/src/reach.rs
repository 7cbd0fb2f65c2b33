//! Which hosts may be asked: by default only those of the open net.
//!
//! What counts is the address that is connected to, not the name: it is looked at where the name is resolved for the
//! connection, so that a name which points elsewhere a moment later gains nothing. Where a proxy is set, the proxy
//! resolves names by itself; then the name is resolved here once more before, as far as this machine can.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Which hosts may be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// Those of the open net.
    #[default]
    Open,
    /// This machine and private networks too.
    Everywhere,
}

/// A host that is not asked, as it is this machine or of a private network.
#[derive(Debug)]
pub(crate) struct Private(pub String);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is a host of a private network", self.0)
    }
}

impl std::error::Error for Private {}

/// True for an address that anybody on the open net may have.
pub(crate) fn is_open(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_open_4(ip),
        IpAddr::V6(ip) => is_open_6(ip),
    }
}

fn is_open_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b); // RFC 6598, behind a provider's own translation
    let protocols = a == 192 && b == 0 && c == 0;
    let benchmarks = a == 198 && (18..20).contains(&b);
    !(a == 0
        || a >= 240
        || shared
        || protocols
        || benchmarks
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation())
}

fn is_open_6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let four = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match s {
        // An IPv4 address in other clothes: mapped, compatible, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => is_open_4(four(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_open_4(four(high, low)),
        [0x64, 0xff9b, 1, ..] => false,
        [0x2002, high, low, ..] => is_open_4(four(high, low)),
        [0x2001, 0xdb8, ..] | [0x3fff, ..] => false,
        [first, ..] => (first & 0xe000) == 0x2000, // 2000::/3 is all that is given out
    }
}

/// Lets only addresses through that may be asked.
pub(crate) struct Guarded<R> {
    pub inner: R,
    pub reach: Reach,
    /// The host of the proxy: the user has set it, and it may stand in the private network.
    pub proxy: Option<String>,
}

impl<R> fmt::Debug for Guarded<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl<R: Resolver> Resolver for Guarded<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let all = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.reach == Reach::Everywhere || self.proxy.as_deref() == Some(host) {
            return Ok(all);
        }
        let mut open = self.empty();
        all.iter().filter(|a| is_open(a.ip())).for_each(|a| open.push(*a));
        if open.is_empty() { Err(Error::Other(Box::new(Private(host.to_owned())))) } else { Ok(open) }
    }
}

/// The usual way to resolve names, guarded.
pub(crate) fn resolver(reach: Reach, proxy: Option<String>) -> Guarded<DefaultResolver> {
    Guarded { inner: DefaultResolver::default(), reach, proxy }
}

/// Before a proxy is asked for a host: is it, as far as can be seen from here, of the open net? A name that cannot be
/// resolved here is left to the proxy.
pub(crate) fn may_ask_proxy(host: &str, reach: Reach) -> bool {
    if reach == Reach::Everywhere {
        return true;
    }
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    if let Ok(ip) = name.parse::<IpAddr>() {
        return is_open(ip);
    }
    let inside = ["localhost", "local", "internal", "home.arpa"];
    let named = inside.iter().any(|end| name == *end || name.strip_suffix(end).is_some_and(|n| n.ends_with('.')));
    // A name that cannot be resolved here may be known to the proxy.
    !named && (name.as_str(), 80).to_socket_addrs().map_or(true, |mut all| all.all(|a| is_open(a.ip())))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpListener};

    use ureq::Agent;
    use ureq::unversioned::transport::DefaultConnector;

    use super::*;

    #[test]
    fn addresses_of_the_open_net_and_others() {
        let check = |ip: &str, open: bool| assert_eq!(is_open(ip.parse().unwrap()), open, "{ip}");
        for ip in ["1.1.1.1", "192.0.1.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1"] {
            check(ip, true);
        }
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.7",
            "100.64.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            check(ip, false);
        }
    }

    /// A name service that says of every name what it is told to say.
    #[derive(Debug)]
    struct Says(Vec<SocketAddr>);

    impl Resolver for Says {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            let mut out = self.empty();
            self.0.iter().for_each(|a| out.push(*a));
            Ok(out)
        }
    }

    fn ask(says: &[SocketAddr], reach: Reach) -> Result<u16, Error> {
        let config = Agent::config_builder().proxy(None).build();
        let guarded = Guarded { inner: Says(says.to_vec()), reach, proxy: None };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guarded);
        agent.get("http://wire.example/").call().map(|a| a.status().as_u16())
    }

    #[test]
    fn a_name_of_the_open_net_that_points_to_this_machine_is_refused_where_it_is_connected() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 204 x\r\nconnection: close\r\n\r\n");
            }
        });
        let refused = ask(&[here], Reach::Open).unwrap_err();
        assert!(matches!(&refused, Error::Other(e) if e.is::<Private>()), "{refused}");
        assert_eq!(ask(&[here], Reach::Everywhere).unwrap(), 204, "a flag allows it");
    }

    #[test]
    fn a_proxy_is_not_asked_for_a_private_host() {
        for host in ["127.0.0.1", "localhost", "LOCALHOST.", "router.local", "10.1.2.3", "db.internal"] {
            assert!(!may_ask_proxy(host, Reach::Open), "{host}");
            assert!(may_ask_proxy(host, Reach::Everywhere), "{host}");
        }
        assert!(may_ask_proxy("1.1.1.1", Reach::Open));
        assert!(may_ask_proxy("no-such-host.invalid", Reach::Open), "the proxy may know it");
    }
}
