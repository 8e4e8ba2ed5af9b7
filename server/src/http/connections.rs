//! Connections: how many there are, and how long each may take for what it does.
//!
//! A connection costs a descriptor and some memory, however little comes through it, and the other side decides how much that is. So
//! whoever sends nothing, sends slowly or does not read what they asked for is let go of, and nobody has all places.

use std::{
    collections::HashMap,
    convert::Infallible,
    future::poll_fn,
    io::{self, IoSlice},
    net::{IpAddr, SocketAddr},
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::ConnectInfo,
    http::{Request, Response},
};
use forum::limit::network_of;
use hyper::{
    body::{Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{AcquireError, Notify, OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::Proxies;

/// Bytes of the head of a request, and of what waits to be sent beside the answer itself.
const BUFFER: usize = 64 * 1024;
/// Descriptors that are left to the database, to mail and to files.
const OTHER_DESCRIPTORS: usize = 256;
/// How long to wait for a descriptor when there is none.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(500);

/// How often those who are silent are asked to leave when all places are taken.
const CROWDED: Duration = Duration::from_millis(500);

/// How long a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of its first request from when it was opened, and of each further one from its first byte.
    pub head: Duration,
    /// For the rest of a request.
    pub sending: Duration,
    /// To begin another request. Longer than a proxy keeps what it does not use, or it would send into a connection that closes.
    pub idle: Duration,
    /// Without taking a byte of what it asked for.
    pub stall: Duration,
    /// From a request to the end of its answer.
    pub exchange: Duration,
    /// For what is under way when the process is told to stop.
    pub drain: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            sending: Duration::from_secs(20),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(60),
            exchange: Duration::from_mins(10),
            drain: Duration::from_secs(10),
        }
    }
}

/// How many connections there may be.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// At once.
    pub all: usize,
    /// Of one address. Proxies have many readers behind them: those that are trusted may take all, and what may be one, because it
    /// is in the network of this machine, half.
    pub of_one: usize,
}

impl Default for Places {
    /// As many as the descriptors of this process allow.
    fn default() -> Self {
        let all = descriptors().map_or(4096, |most| (most - OTHER_DESCRIPTORS.min(most / 2)).min(4096));
        Self { all, of_one: 256.min(all / 2) }
    }
}

#[cfg(unix)]
fn descriptors() -> Option<usize> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current.and_then(|most| usize::try_from(most).ok())
}

#[cfg(not(unix))]
fn descriptors() -> Option<usize> {
    None
}

/// Serves until `stop`, then lets requests under way finish, as long as patience lasts.
///
/// # Errors
/// None that can happen: when a connection can't be accepted, the next one is waited for.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Patience,
    places: Places,
    proxies: Proxies,
) -> io::Result<()> {
    let free = Arc::new(Semaphore::new(places.all));
    let crowded = Arc::new(Notify::new());
    let guests = Guests::new(proxies);
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                wait_out(&error).await;
                continue;
            }
        };
        let Some(guest) = guests.let_in(peer.ip(), places) else {
            tracing::debug!(%peer, "too many connections of one address");
            continue;
        };
        let place = tokio::select! {
            () = stop.cancelled() => break,
            place = free_place(&free, &crowded) => place.map_err(io::Error::other)?,
        };
        // the last packet of a page would wait for an acknowledgement that the other side delays
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let connection = converse(stream, peer, router.clone(), patience, stop.clone(), crowded.clone());
        connections.spawn(async move {
            connection.await;
            drop((place, guest));
        });
    }
    drop(listener);
    let drained = timeout(patience.drain, async { while connections.join_next().await.is_some() {} });
    if drained.await.is_err() {
        tracing::warn!(connections = connections.len(), "did not finish in time");
        connections.shutdown().await;
    }
    Ok(())
}

/// Waits for a place. While there is none, those who have nothing to ask make room for those who came.
async fn free_place(free: &Arc<Semaphore>, crowded: &Notify) -> Result<OwnedSemaphorePermit, AcquireError> {
    loop {
        if free.available_permits() == 0 {
            crowded.notify_waiters();
        }
        if let Ok(place) = timeout(CROWDED, free.clone().acquire_owned()).await {
            return place;
        }
    }
}

/// What one visitor did wrong concerns nobody else. When the process has no descriptor left, it gets one when somebody leaves.
async fn wait_out(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "can't accept a connection");
        sleep(OUT_OF_DESCRIPTORS).await;
    }
}

/// How many connections each address has.
#[derive(Clone)]
struct Guests {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    proxies: Proxies,
}

/// One of them, until it is dropped.
struct Guest {
    guests: Guests,
    from: IpAddr,
}

impl Guests {
    fn new(proxies: Proxies) -> Self {
        Self { counts: Arc::default(), proxies }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn let_in(&self, ip: IpAddr, places: Places) -> Option<Guest> {
        let from = network_of(ip);
        let most = match from {
            _ if from.is_loopback() || self.proxies.trust(ip) => usize::MAX,
            IpAddr::V4(ip) if ip.is_private() || ip.is_link_local() => places.of_one.max(places.all / 2),
            IpAddr::V6(ip) if ip.is_unique_local() || ip.is_unicast_link_local() => places.of_one.max(places.all / 2),
            _ => places.of_one,
        };
        let mut guests = self.lock();
        let count = guests.entry(from).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Guest { guests: self.clone(), from })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut guests = self.guests.lock();
        if let Some(count) = guests.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                guests.remove(&self.from);
            }
        }
    }
}

/// One connection, until either side has enough.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    stop: CancellationToken,
    crowded: Arc<Notify>,
) {
    let pulse = Pulse::new();
    let io = TokioIo::new(Watched { stream, pulse: pulse.clone() });
    let service = service_fn({
        let pulse = pulse.clone();
        move |request: Request<Incoming>| {
            let exchange = pulse.begin();
            let router = router.clone();
            async move {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                let response: Result<_, Infallible> = router.oneshot(request).await;
                response.map(|response: Response<Body>| response.map(|body| Answer { body, _exchange: exchange }))
            }
        }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            // that one would hold for a head and for idling alike
            .header_read_timeout(None)
            .max_buf_size(BUFFER)
            .serve_connection(io, service)
    );
    let mut alarm = pin!(sleep_until(pulse.deadline(patience)));
    let mut stopping = false;
    loop {
        let too_slow = poll_fn(|context| {
            let deadline = pulse.deadline(patience);
            if deadline != alarm.deadline() {
                alarm.as_mut().reset(deadline);
            }
            alarm.as_mut().poll(context)
        });
        tokio::select! {
            biased;
            served = connection.as_mut() => {
                if let Err(error) = served {
                    tracing::debug!(%peer, %error, "a connection broke");
                }
                break;
            }
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
            () = crowded.notified() => {
                if pulse.is_idle() {
                    break;
                }
            }
            () = too_slow => {
                tracing::debug!(%peer, "a connection was too slow");
                break;
            }
        }
    }
}

/// What a connection does, and since when.
#[derive(Clone)]
struct Pulse(Arc<Mutex<Beat>>);

struct Beat {
    phase: Phase,
    since: Instant,
    /// Since when nothing of an answer was taken.
    stalled: Option<Instant>,
    /// Since when an answer was not taken at once.
    slow: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It sends the head of a request.
    Head,
    /// A request is worked on, or its answer is made.
    Exchange,
    /// It was answered, and is silent.
    Idle,
}

/// A request that is under way, until it is dropped.
struct Exchange(Pulse);

impl Pulse {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Beat { phase: Phase::Head, since: Instant::now(), stalled: None, slow: None })))
    }

    fn beat(&self) -> MutexGuard<'_, Beat> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Exchange {
        let mut beat = self.beat();
        (beat.phase, beat.since, beat.slow) = (Phase::Exchange, Instant::now(), None);
        Exchange(self.clone())
    }

    /// Notes that bytes came.
    fn heard(&self) {
        let mut beat = self.beat();
        if beat.phase == Phase::Idle {
            (beat.phase, beat.since) = (Phase::Head, Instant::now());
        }
    }

    /// Notes whether bytes could be sent.
    fn sent(&self, taken: bool) {
        let mut beat = self.beat();
        if taken {
            beat.stalled = None;
            if beat.phase == Phase::Idle {
                // the answer is made, and still on its way
                beat.since = Instant::now();
            }
        } else {
            let now = Instant::now();
            beat.stalled.get_or_insert(now);
            beat.slow.get_or_insert(now);
        }
    }

    fn is_idle(&self) -> bool {
        let beat = self.beat();
        beat.phase == Phase::Idle && beat.stalled.is_none()
    }

    /// When it has taken too long.
    fn deadline(&self, patience: Patience) -> Instant {
        let beat = self.beat();
        let in_phase = beat.since
            + match beat.phase {
                Phase::Head => patience.head,
                Phase::Exchange => patience.exchange,
                Phase::Idle => patience.idle,
            };
        let stalled = beat.stalled.map(|since| since + patience.stall);
        let slow = beat.slow.map(|since| since + patience.exchange);
        [stalled, slow].into_iter().flatten().fold(in_phase, Instant::min)
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let mut beat = self.0.beat();
        (beat.phase, beat.since) = (Phase::Idle, Instant::now());
    }
}

/// A stream whose pulse is felt.
struct Watched {
    stream: TcpStream,
    pulse: Pulse,
}

impl Watched {
    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.pulse.sent(written.is_ready());
        written
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.pulse.heard();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The body of an answer; the request is under way until it is dropped.
struct Answer {
    body: Body,
    _exchange: Exchange,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant as Clock;

    use axum::routing::{get, post};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        task::JoinHandle,
    };

    use super::*;

    const SHORT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(5);
    const PATIENCE: Patience = Patience { head: SHORT, sending: SHORT, idle: LONG, stall: SHORT, exchange: LONG, drain: SHORT };
    const PLACES: Places = Places { all: 8, of_one: 4 };
    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    const HALF: &[u8] = b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf";
    const LARGE: usize = 32 * 1024 * 1024;

    struct Served {
        address: SocketAddr,
        stop: CancellationToken,
        task: JoinHandle<io::Result<()>>,
    }

    async fn served(patience: Patience, places: Places) -> Served {
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { format!("hello {}", peer.ip()) }))
            .route("/large", get(|| async { "x".repeat(LARGE) }))
            .route("/slow", get(|| async { sleep(SHORT / 2).await }))
            .route("/echo", post(|body: Bytes| async { body }))
            .layer(axum::middleware::from_fn_with_state(patience.sending, crate::http::body::whole));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let task = tokio::spawn(serve(listener, router, stop.clone(), patience, places, Proxies::parse("").unwrap()));
        Served { address, stop, task }
    }

    impl Served {
        async fn connect(&self) -> TcpStream {
            TcpStream::connect(self.address).await.unwrap()
        }

        async fn say(&self, bytes: &[u8]) -> TcpStream {
            let mut stream = self.connect().await;
            stream.write_all(bytes).await.unwrap();
            stream
        }

        /// Stops it, and says how long that took.
        async fn stopped(self) -> Duration {
            let before = Clock::now();
            self.stop.cancel();
            timeout(LONG, self.task).await.expect("it stops").unwrap().unwrap();
            before.elapsed()
        }
    }

    /// What comes until the other side closes, and after how long that is.
    async fn rest(stream: &mut TcpStream) -> (String, Duration) {
        let (before, mut bytes) = (Clock::now(), Vec::new());
        // a connection that is reset is closed, too
        let _ = timeout(LONG, stream.read_to_end(&mut bytes)).await.expect("it is closed");
        (String::from_utf8_lossy(&bytes).into_owned(), before.elapsed())
    }

    /// One answer, on a connection that stays open.
    async fn answer(stream: &mut TcpStream) -> String {
        let mut bytes = vec![0; 4096];
        let length = timeout(LONG, stream.read(&mut bytes)).await.expect("an answer").unwrap();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    }

    #[tokio::test]
    async fn who_says_nothing_or_half_of_it_is_let_go_of() {
        let served = served(PATIENCE, PLACES).await;
        for said in [&b""[..], b"G", b"GET / HTTP/1.1\r\nhost: x\r\nx-half"] {
            let (heard, after) = rest(&mut served.say(said).await).await;
            assert_eq!(heard, "");
            assert!(after >= SHORT / 2 && after < LONG / 2, "{after:?}");
        }
        // one that trickles is no better
        let mut trickle = served.connect().await;
        let before = Clock::now();
        while trickle.write_all(b"g").await.is_ok() && before.elapsed() < LONG {
            sleep(SHORT / 10).await;
        }
        assert!(before.elapsed() < LONG / 2);
        let (heard, _) = rest(&mut served.say(HALF).await).await;
        assert!(heard.starts_with("HTTP/1.1 408 "), "{heard}");
        served.stopped().await;
    }

    #[tokio::test]
    async fn whoever_was_answered_may_be_silent_for_longer() {
        let served = served(Patience { idle: SHORT * 4, ..PATIENCE }, PLACES).await;
        let mut stream = served.connect().await;
        for _ in 0..3 {
            stream.write_all(ASK).await.unwrap();
            assert!(answer(&mut stream).await.ends_with("hello 127.0.0.1"));
            sleep(SHORT * 2).await;
        }
        // but not with half of a request, and not for ever
        stream.write_all(b"GET").await.unwrap();
        assert!(rest(&mut stream).await.1 < SHORT * 2);
        let mut stream = served.say(ASK).await;
        answer(&mut stream).await;
        let (_, after) = rest(&mut stream).await;
        assert!(after > SHORT * 2 && after < LONG, "{after:?}");
        served.stopped().await;
    }

    #[tokio::test]
    async fn who_does_not_read_is_let_go_of_and_who_reads_slowly_is_not() {
        let served = served(PATIENCE, PLACES).await;
        let ask = b"GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        let mut stream = served.say(ask).await;
        sleep(SHORT * 4).await;
        let (heard, _) = rest(&mut stream).await;
        assert!(heard.len() < LARGE, "{}", heard.len());
        let (mut stream, mut length, mut bytes) = (served.say(ask).await, 0, vec![0; 1024 * 1024]);
        loop {
            match stream.read(&mut bytes).await.unwrap() {
                0 => break,
                read => length += read,
            }
            if length < 4 * 1024 * 1024 {
                sleep(SHORT / 10).await;
            }
        }
        assert!(length > LARGE, "{length}");
        served.stopped().await;
    }

    #[tokio::test]
    async fn places_are_bounded_and_whoever_is_silent_makes_room() {
        let served = served(Patience { head: LONG, ..PATIENCE }, PLACES).await;
        let mut silent = Vec::new();
        for _ in 0..PLACES.all {
            let mut stream = served.say(ASK).await;
            answer(&mut stream).await;
            silent.push(stream);
        }
        let mut late = served.say(ASK).await;
        assert!(answer(&mut late).await.ends_with("hello 127.0.0.1"), "those who were answered went");
        for stream in &mut silent {
            rest(stream).await;
        }
        // those who have not asked yet stay, and who comes now waits for one of them
        drop(late);
        let mut asking = Vec::new();
        for _ in 0..PLACES.all {
            asking.push(served.say(b"GET").await);
        }
        sleep(SHORT).await;
        let mut late = served.say(ASK).await;
        let mut byte = [0; 1];
        assert!(timeout(SHORT, late.read(&mut byte)).await.is_err(), "there is no place");
        drop(asking.pop());
        assert!(answer(&mut late).await.ends_with("hello 127.0.0.1"));
        drop(asking);
        served.stopped().await;
    }

    #[test]
    fn no_address_has_all_places() {
        let guests = Guests::new(Proxies::parse("192.0.2.1").unwrap());
        let let_in = |ip: &str| guests.let_in(ip.parse().unwrap(), Places { all: 100, of_one: 10 });
        let many = |ips: &[&str]| {
            let guests: Vec<Guest> = (0..200).filter_map(|n| let_in(ips[n % ips.len()])).collect();
            guests.len()
        };
        assert_eq!(many(&["203.0.113.1"]), 10);
        assert_eq!(many(&["203.0.113.1", "203.0.113.2"]), 20);
        assert_eq!(many(&["2001:db8::1", "2001:db8::2", "2001:db8::ffff:1"]), 10, "one network");
        assert_eq!(many(&["10.0.0.1"]), 50, "it may be a proxy");
        assert_eq!(many(&["::ffff:127.0.0.1", "127.0.0.1"]), 200, "a proxy on this machine");
        assert_eq!(many(&["192.0.2.1"]), 200, "a proxy that is trusted");
        assert!(guests.lock().is_empty(), "who leaves is forgotten");
    }

    #[tokio::test]
    async fn what_is_under_way_is_finished_and_what_hangs_is_not_waited_for() {
        let quick = served(Patience { sending: LONG, ..PATIENCE }, PLACES).await;
        let (mut idle, mut busy) = (quick.say(ASK).await, quick.say(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await);
        answer(&mut idle).await;
        sleep(SHORT / 10).await;
        assert!(quick.stopped().await < SHORT, "an idle connection is closed at once");
        assert!(rest(&mut busy).await.0.starts_with("HTTP/1.1 200 "));

        let served = served(Patience { head: LONG, sending: LONG, ..PATIENCE }, PLACES).await;
        let (mut half, mut head) = (served.say(HALF).await, served.say(b"GET / HTTP").await);
        sleep(SHORT / 10).await;
        let took = served.stopped().await;
        assert!(took >= SHORT && took < LONG / 2, "{took:?}");
        for stream in [&mut half, &mut head] {
            assert_eq!(rest(stream).await.0, "");
        }
    }
}
