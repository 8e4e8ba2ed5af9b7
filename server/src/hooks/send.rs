//! A message is sent: to an address that was looked at, and to no other. A name is resolved once, what it leads to is judged, and what was
//! judged is connected to; no proxy is asked, and nobody is followed elsewhere. Whoever may make a web-hook reaches with it nothing that
//! they could not reach from outside.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, LazyLock},
    time::Duration,
};

use forum::hook::{self, Trouble};
use http::{HeaderMap, Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use tokio_util::task::AbortOnDropHandle;
use url::{Host, Url};

/// How long all of it may take.
const TIME: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read.
const ANSWER: usize = 64 * 1024;
/// Addresses of one name that are tried.
const TRIED: usize = 3;

/// How names are resolved and addresses connected to: tests have a network of their own.
pub trait Net: Send + Sync + 'static {
    /// What a name leads to.
    fn resolve(&self, host: &str, port: u16) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send;
    /// A connection.
    fn connect(&self, to: SocketAddr) -> impl Future<Output = io::Result<TcpStream>> + Send;
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Internet;

impl Net for Internet {
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((host, port)).await?.collect())
    }

    async fn connect(&self, to: SocketAddr) -> io::Result<TcpStream> {
        TcpStream::connect(to).await
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The beginning of the body.
    pub(crate) body: Vec<u8>,
}

/// Sends a body to an address.
///
/// # Errors
/// Why it did not arrive; that an answer says no is not among it.
pub(crate) async fn post(
    net: &impl Net,
    url: &Url,
    hooks_to: &[String],
    headers: HeaderMap,
    body: Vec<u8>,
) -> Result<Answer, Trouble> {
    tokio::time::timeout(TIME, talk(net, url, hooks_to, headers, body)).await.unwrap_or(Err(Trouble::Timeout))
}

async fn talk(net: &impl Net, url: &Url, hooks_to: &[String], headers: HeaderMap, body: Vec<u8>) -> Result<Answer, Trouble> {
    let is_named = hook::is_named(url, hooks_to);
    if url.scheme() != "https" && !(is_named && url.scheme() == "http") {
        return Err(Trouble::Inner);
    }
    let stream = reach(net, url, is_named).await?;
    if url.scheme() == "https" {
        let name = match url.host() {
            Some(Host::Domain(name)) => ServerName::try_from(name.to_owned()).map_err(|_| Trouble::NoHost)?,
            Some(Host::Ipv4(ip)) => ServerName::from(std::net::IpAddr::from(ip)),
            Some(Host::Ipv6(ip)) => ServerName::from(std::net::IpAddr::from(ip)),
            None => return Err(Trouble::NoHost),
        };
        let config = TLS.clone().ok_or(Trouble::Tls)?;
        let stream = TlsConnector::from(config).connect(name, stream).await.map_err(|_| Trouble::Tls)?;
        ask(stream, url, headers, body).await
    } else {
        ask(stream, url, headers, body).await
    }
}

/// A connection to what the host of an address leads to: only where the operator named the host may that be anything else than the public
/// internet.
async fn reach(net: &impl Net, url: &Url, is_named: bool) -> Result<TcpStream, Trouble> {
    let port = url.port_or_known_default().ok_or(Trouble::NoHost)?;
    let found = match url.host() {
        Some(Host::Ipv4(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Domain(name)) => net.resolve(name, port).await.map_err(|_| Trouble::NoHost)?,
        None => Vec::new(),
    };
    if found.is_empty() {
        return Err(Trouble::NoHost);
    }
    // one that leads inside as well is not taken at its word for the rest
    if !is_named && found.iter().any(|to| !hook::is_public(to.ip())) {
        return Err(Trouble::Inner);
    }
    for to in found.into_iter().take(TRIED) {
        if let Ok(stream) = net.connect(to).await {
            return Ok(stream);
        }
    }
    Err(Trouble::Unreachable)
}

async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    url: &Url,
    headers: HeaderMap,
    body: Vec<u8>,
) -> Result<Answer, Trouble> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Trouble::Garbled)?;
    let _connection = AbortOnDropHandle::new(tokio::spawn(connection));
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut request = Request::post(path).header(header::HOST, authority).header(header::CONNECTION, "close");
    if let Some(all) = request.headers_mut() {
        all.extend(headers);
    }
    let request = request.body(Full::new(Bytes::from(body))).map_err(|_| Trouble::Garbled)?;
    let response = sender.send_request(request).await.map_err(|_| Trouble::Garbled)?;
    let (status, mut body, mut read) = (response.status().as_u16(), response.into_body(), Vec::new());
    // what the answer says beside its status is for those who look for a fault: a body that breaks off takes nothing back
    while read.len() < ANSWER
        && let Some(Ok(frame)) = body.frame().await
    {
        if let Some(data) = frame.data_ref() {
            read.extend_from_slice(&data[..data.len().min(ANSWER - read.len())]);
        }
    }
    Ok(Answer { status, body: read })
}

/// Who others have to show that they are; nothing only if this build could not speak TLS at all.
static TLS: LazyLock<Option<Arc<ClientConfig>>> = LazyLock::new(|| {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.inspect_err(|error| tracing::error!(%error, "no TLS for web-hooks")).ok()?;
    Some(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
});

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    };

    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    /// Somebody inside who must not hear anything; answers how often they did.
    async fn canary() -> (SocketAddr, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (local, heard) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let count = heard.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            }
        });
        (local, heard)
    }

    /// A network in which a name leads elsewhere each time, and no public address answers.
    #[derive(Default)]
    struct Rebinding {
        answers: Mutex<Vec<Vec<SocketAddr>>>,
        asked: AtomicUsize,
        connected: Mutex<Vec<SocketAddr>>,
    }

    impl Net for Rebinding {
        async fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let mut answers = self.answers.lock().unwrap();
            Ok(if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() })
        }

        async fn connect(&self, to: SocketAddr) -> io::Result<TcpStream> {
            self.connected.lock().unwrap().push(to);
            if hook::is_public(to.ip()) { Err(io::ErrorKind::ConnectionRefused.into()) } else { TcpStream::connect(to).await }
        }
    }

    async fn sent(net: &impl Net, address: &str, named: &[&str]) -> Result<Answer, Trouble> {
        let named: Vec<String> = named.iter().map(|host| (*host).to_owned()).collect();
        post(net, &Url::parse(address).unwrap(), &named, HeaderMap::new(), b"{}".to_vec()).await
    }

    #[tokio::test]
    async fn nobody_inside_is_reached_however_they_are_named() {
        let (canary, heard) = canary().await;
        let port = canary.port();
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "017700000001",
            "0x7f.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]",
            "localhost",
            "LOCALHOST.",
            "0.0.0.0",
            "0",
            "①②⑦.⓪.⓪.①",
        ] {
            for scheme in ["https", "http"] {
                let said = sent(&Internet, &format!("{scheme}://{host}:{port}/"), &[]).await;
                assert!(matches!(said, Err(Trouble::Inner | Trouble::NoHost)), "{scheme}://{host}: {said:?}");
            }
        }
        // another port than the one that was named
        let other = format!("127.0.0.1:{}", port ^ 1);
        assert_eq!(sent(&Internet, &format!("http://127.0.0.1:{port}/"), &[&other]).await.unwrap_err(), Trouble::Inner);
        assert_eq!(heard.load(Ordering::SeqCst), 0);
        // and the canary sings when it may
        assert_eq!(sent(&Internet, &format!("http://127.0.0.1:{port}/"), &["127.0.0.1"]).await.unwrap().status, 200);
        assert_eq!(heard.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_was_judged_is_what_is_connected_to() {
        let (canary, heard) = canary().await;
        let public = SocketAddr::from(([93, 184, 216, 34], 443));
        let net = Rebinding { answers: Mutex::new(vec![vec![public], vec![canary]]), ..Rebinding::default() };
        assert_eq!(sent(&net, "https://rebinding.example/", &[]).await.unwrap_err(), Trouble::Unreachable);
        assert_eq!((net.asked.load(Ordering::SeqCst), net.connected.lock().unwrap().clone()), (1, vec![public]));
        // the next time it leads inside
        assert_eq!(sent(&net, "https://rebinding.example/", &[]).await.unwrap_err(), Trouble::Inner);
        // and so it is when only one of several does
        let net = Rebinding { answers: Mutex::new(vec![vec![public, canary]]), ..Rebinding::default() };
        assert_eq!(sent(&net, "https://rebinding.example/", &[]).await.unwrap_err(), Trouble::Inner);
        assert_eq!(net.connected.lock().unwrap().len(), 0);
        assert_eq!(heard.load(Ordering::SeqCst), 0);
    }

    #[tokio::test]
    async fn nobody_is_followed_elsewhere_and_long_answers_are_cut() {
        let (canary, heard) = canary().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let head = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{canary}/\r\ncontent-length: 1000000\r\n\r\n");
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&vec![b'x'; 1_000_000]).await;
        });
        let answer = sent(&Internet, &format!("http://{to}/"), &["127.0.0.1"]).await.unwrap();
        assert_eq!((answer.status, answer.body.len()), (307, ANSWER));
        assert_eq!(heard.load(Ordering::SeqCst), 0);
    }
}
