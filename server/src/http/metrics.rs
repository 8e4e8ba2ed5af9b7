//! What operators measure, in the text that Prometheus reads: on an address of its own, which is none of the public ones.
//!
//! What happens is counted as it happens; what stands somewhere is looked up when somebody asks. Names of routes are those of the
//! program, never what somebody typed, so that nobody can make up more of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
    routing::get,
};
use forum::{Forum, accountability, outbox};
use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Seconds that requests are sorted by: from what comes from the memory to what is given up.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// What the text is.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Looked {
    result: Found,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelValue)]
enum Found {
    /// It was kept.
    Hit,
    /// It had to be made.
    Miss,
}

/// What is counted. Cheap to clone; each running program has its own.
#[derive(Clone)]
pub struct Metrics {
    forum: Forum,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    cache: Family<Looked, Counter>,
    /// What stands somewhere, by what it is.
    stands: Stands,
    registry: Arc<Registry>,
}

#[derive(Clone, Default)]
struct Stands {
    writes_waiting: Gauge,
    writes: Counter,
    waited: Counter<f64, AtomicU64>,
    letters: Gauge,
    oldest_letter: Gauge<f64, AtomicU64>,
    overdue: Gauge,
}

impl Metrics {
    /// Nothing has happened yet.
    pub fn new(forum: &Forum) -> Self {
        let requests = Family::default();
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let (cache, stands) = (Family::default(), Stands::default());
        let mut registry = Registry::with_prefix("answerable");
        registry.register("http_requests", "Requests that were answered", requests.clone());
        registry.register_with_unit("http_request_duration", "How long it took to answer", Unit::Seconds, seconds.clone());
        registry.register("cache_lookups", "Answers for visitors that were kept, or had to be made", cache.clone());
        registry.register("writes", "Commands that got their turn to write", stands.writes.clone());
        registry.register("writes_waiting", "Commands that wait for their turn to write", stands.writes_waiting.clone());
        registry.register_with_unit(
            "writes_waited",
            "How long commands waited for their turn",
            Unit::Seconds,
            stands.waited.clone(),
        );
        registry.register("outbox_letters", "Letters that are not sent yet", stands.letters.clone());
        registry.register_with_unit("outbox_age", "How long the oldest of them waits", Unit::Seconds, stands.oldest_letter.clone());
        registry.register("overdue_posts", "Public posts with a deadline that has passed", stands.overdue.clone());
        Self { forum: forum.clone(), requests, seconds, cache, stands, registry: Arc::new(registry) }
    }

    /// An answer for visitors was kept, or had to be made.
    pub(super) fn looked_up(&self, is_hit: bool) {
        self.cache.get_or_create(&Looked { result: if is_hit { Found::Hit } else { Found::Miss } }).inc();
    }

    /// All of it, as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    async fn text(&self) -> forum::Result<String> {
        let (db, now, stands) = (self.forum.read(), self.forum.now(), &self.stands);
        let queue = self.forum.db().queue();
        stands.writes_waiting.set(i64::try_from(queue.waiting).unwrap_or(i64::MAX));
        // what was counted since somebody last asked
        stands.writes.inner().store(queue.begun, Ordering::Relaxed);
        stands.waited.inner().store(queue.waited.as_secs_f64().to_bits(), Ordering::Relaxed);
        stands.letters.set(outbox::unsent(db).await?);
        let waits = outbox::oldest_unsent(db).await?.map_or(0.0, |since| (now - since).as_seconds_f64().max(0.0));
        stands.oldest_letter.set(waits);
        stands.overdue.set(accountability::count_overdue(db, now).await?);
        let mut told = String::new();
        text::encode(&mut told, &self.registry).map_err(forum::Error::internal)?;
        Ok(told)
    }
}

/// Counts a request, and how long its answer took.
pub(super) async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    };
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let start = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    metrics.seconds.get_or_create(&Asked { method, route: route.clone() }).observe(start.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Answered { method, route, status }).inc();
    response
}

async fn tell(State(metrics): State<Metrics>) -> Response {
    match metrics.text().await {
        Ok(text) => ([(header::CONTENT_TYPE, OPENMETRICS)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "no metrics");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Answers on the internal address until it is told to stop.
///
/// # Errors
/// When the socket fails.
pub async fn serve(listener: TcpListener, metrics: Metrics, stop: CancellationToken) -> std::io::Result<()> {
    let router = Router::new().route("/metrics", get(tell)).with_state(metrics);
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashboard_and_alerts_ask_for_what_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("answerable.db").display());
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let told = runtime.block_on(async {
            let forum = Forum::open(forum::forum::Options::new(url, "https://forum.example")).await.unwrap();
            let metrics = Metrics::new(&forum);
            let (method, route) = ("GET", "/".to_owned());
            metrics.seconds.get_or_create(&Asked { method, route: route.clone() }).observe(0.1);
            metrics.requests.get_or_create(&Answered { method, route, status: 200 }).inc();
            metrics.looked_up(true);
            metrics.text().await.unwrap()
        });
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let named: std::collections::BTreeSet<&str> =
            [include_str!("../../deploy/grafana.json"), include_str!("../../deploy/alerts.yml")]
                .iter()
                .flat_map(|text| text.split(|c| !is_word(c)))
                .filter(|word| word.starts_with("answerable_"))
                .collect();
        assert!(named.len() > 8, "{named:?}");
        for name in named {
            let is_told = told.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
            assert!(is_told, "{name} is asked for, and told is:\n{told}");
        }
        assert!(told.ends_with("# EOF\n"), "{told}");
    }
}
