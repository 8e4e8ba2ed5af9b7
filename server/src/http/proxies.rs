//! For whom a request comes: the other end of its connection, or whom a proxy names that the operator trusts.
//!
//! `X-Forwarded-For` is a list to which every proxy adds, at the right end, the address that it heard from. What an untrusted hand
//! wrote may be anything, so it is read from the right, and only as far as those who wrote it are trusted.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::web::Client;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

/// Who is trusted when nothing is said: this machine.
const HERE: &str = "127.0.0.0/8, ::1";

/// The proxies that are trusted to say for whom they ask.
#[derive(Debug, Clone)]
pub struct Proxies(Arc<[IpNet]>);

impl Proxies {
    /// Those of a setting: addresses and networks with commas between them; those on this machine when it is empty.
    ///
    /// # Errors
    /// What of it is neither.
    pub fn parse(setting: &str) -> Result<Self, String> {
        let setting = if setting.trim().is_empty() { HERE } else { setting };
        setting.split(',').map(str::trim).map(network).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is one of theirs.
    pub fn trust(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|network| network.contains(&ip))
    }

    /// Whether any address there is would be trusted.
    pub fn trust_everybody(&self) -> bool {
        self.0.iter().any(|network| network.prefix_len() == 0)
    }

    /// For whom a request comes.
    fn client_of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines: Vec<&[u8]> = headers.get_all("x-forwarded-for").iter().map(HeaderValue::as_bytes).collect();
        for named in lines.iter().rev().flat_map(|line| line.rsplit(|byte| *byte == b',')) {
            // whoever wrote what can't be read may have written all before it
            let Some(ip) = std::str::from_utf8(named).ok().and_then(address).filter(|_| self.trust(client)) else { break };
            client = ip;
        }
        client
    }
}

/// A network, or an address as the network of one. Bits beyond its length would be a mistake about how many it holds.
fn network(text: &str) -> Result<IpNet, String> {
    let unknown = || format!("“{text}” is neither an address nor a network, such as 10.0.0.7 or 10.0.0.0/8");
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Ok(IpNet::from(ip.to_canonical()));
    }
    let network: IpNet = text.parse().map_err(|_| unknown())?;
    if network.addr() == network.network() {
        Ok(network)
    } else {
        Err(format!("“{text}” is an address inside of a network: say {} or {}", network.addr(), network.trunc()))
    }
}

/// An address as proxies write it: some add the port, and then brackets around IPv6.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let ip = bare.parse().or_else(|_| text.parse().map(|address: SocketAddr| address.ip())).ok();
    ip.map(|ip: IpAddr| ip.to_canonical())
}

/// Notes for whom a request comes.
pub(super) async fn tell(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = proxies.client_of(peer.ip(), request.headers());
        request.extensions_mut().insert(Client(client));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_header_is_believed_as_far_as_those_who_wrote_it_are_trusted() {
        let here = Proxies::parse("").unwrap();
        let net = Proxies::parse("127.0.0.1,::1, 10.0.0.0/8 ,2001:db8:1::/48").unwrap();
        for (proxies, peer, lines, client) in [
            // who is not trusted is not believed
            (&here, "203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            (&here, "10.0.0.1", &["198.51.100.1"], "10.0.0.1"),
            (&here, "127.0.0.1", &[], "127.0.0.1"),
            (&here, "127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            (&here, "::1", &["198.51.100.1"], "198.51.100.1"),
            (&here, "::ffff:127.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            // what the client wrote itself stands left of what the proxy wrote
            (&here, "127.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            (&net, "10.0.0.1", &["192.0.2.66, 198.51.100.1, 10.1.2.3"], "198.51.100.1"),
            (&net, "2001:db8:1::5", &["192.0.2.66", "198.51.100.1,10.1.2.3"], "198.51.100.1"),
            // all the way through
            (&net, "10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            // some write ports
            (&here, "127.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            (&here, "127.0.0.1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            (&here, "127.0.0.1", &["[2001:db8::7]"], "2001:db8::7"),
            // what can't be read ends it
            (&here, "127.0.0.1", &["198.51.100.1, unknown"], "127.0.0.1"),
            (&net, "10.0.0.1", &["198.51.100.1, , 10.0.0.2"], "10.0.0.2"),
            (&here, "127.0.0.1", &[""], "127.0.0.1"),
            (&here, "127.0.0.1", &["198.51.100.1,"], "127.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            assert_eq!(proxies.client_of(ip(peer), &headers), ip(client), "{peer} {lines:?}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for fine in ["", " ", "10.0.0.1", "10.0.0.0/8", "::1,fd00::/8", "0.0.0.0/0"] {
            assert!(Proxies::parse(fine).is_ok(), "{fine:?}");
        }
        for wrong in ["proxy.example", "10.0.0.0/33", "10.0.0.1,,10.0.0.2", "10.0.0.1/8", "10.0.0", "10.0.0.1;10.0.0.2", "*"] {
            assert!(Proxies::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(Proxies::parse("10.0.0.1/8").unwrap_err().contains("10.0.0.0/8"));
    }
}
