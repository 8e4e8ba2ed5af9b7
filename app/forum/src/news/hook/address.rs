//! Where messages may go: to addresses of the public internet, and to hosts that the operator named. Whoever may make a web-hook must not
//! reach with it what only this machine reaches.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::error::Problem;

/// Characters of an address, at most.
pub const URL_MAX: usize = 2000;

/// An address that messages may be sent to, as far as it says by itself: what a name leads to is looked at when something is sent.
///
/// # Errors
/// [`Problem::Required`], [`Problem::TooLong`], [`Problem::NotAHookAddress`].
pub(crate) fn parse(text: &str, hooks_to: &[String]) -> Result<Url, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    if text.chars().count() > URL_MAX {
        return Err(Problem::TooLong { max: URL_MAX });
    }
    let mut url = Url::parse(text).map_err(|_| Problem::NotAHookAddress)?;
    url.set_fragment(None);
    let is_bare = url.username().is_empty() && url.password().is_none();
    let may = is_named(&url, hooks_to) && url.scheme() == "http" || url.scheme() == "https" && may_be_public(&url, hooks_to);
    if is_bare && may && url.as_str().len() <= URL_MAX { Ok(url) } else { Err(Problem::NotAHookAddress) }
}

fn may_be_public(url: &Url, hooks_to: &[String]) -> bool {
    is_named(url, hooks_to)
        || match url.host() {
            Some(Host::Ipv4(ip)) => is_public(ip.into()),
            Some(Host::Ipv6(ip)) => is_public(ip.into()),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name.contains('.') && !name.ends_with(".localhost")
            }
            None => false,
        }
}

/// Whether the operator named the host of an address, with its port or without.
pub fn is_named(url: &Url, hooks_to: &[String]) -> bool {
    let Some(host) = url.host_str() else { return false };
    let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
    hooks_to.iter().any(|named| named.eq_ignore_ascii_case(host) || Some(named.to_ascii_lowercase()) == with_port)
}

/// Whether an address is one of the public internet. What is none by any of the ways to write an IPv4 address in an IPv6 one is none
/// either (IANA's registries of special-purpose addresses).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

#[expect(clippy::unnested_or_patterns, reason = "a network is read as one")]
fn is_public_v4(ip: Ipv4Addr) -> bool {
    !matches!(
        ip.octets(),
        // this network, private, this machine, shared with others behind one address, link, private
        [0 | 10 | 127, ..] | [100, 64..=127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..]
        // protocols, documentation, the former 6to4 relays, benchmarks
        | [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _]
        // multicast, reserved, broadcast
        | [224..=255, ..]
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        // mapped, and by NAT64: what stands in them counts
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(embedded(high, low)),
        // protocols among them Teredo, documentation, 6to4, documentation
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x2002, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // all else that is given out
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

fn embedded(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_public_internet_is_public() {
        for public in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for inner in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inner.parse().unwrap()), "{inner}");
        }
    }

    #[test]
    fn an_address_says_whether_it_may_be_one() {
        let named = ["intranet".to_owned(), "127.0.0.1:8080".to_owned()];
        for taken in [
            "https://hooks.example.com/a?b=c",
            "https://1.1.1.1/",
            "http://intranet/x",
            "https://intranet",
            "http://127.0.0.1:8080/",
        ] {
            assert!(parse(taken, &named).is_ok(), "{taken}");
        }
        for refused in [
            "http://hooks.example.com/",
            "ftp://hooks.example.com/",
            "hooks.example.com",
            "https://user:word@hooks.example.com/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://nas/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[fd00::1]/",
            "https://①②⑦.⓪.⓪.①/",
            "http://127.0.0.1:8081/",
            "https://169.254.169.254/latest/meta-data/",
        ] {
            assert_eq!(parse(refused, &named), Err(Problem::NotAHookAddress), "{refused}");
        }
        assert_eq!(parse(" ", &named), Err(Problem::Required));
    }
}
