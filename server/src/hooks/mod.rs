//! Messages to web-hooks: `forum` says what is to be told to whom, here it is worded, signed and sent.

mod message;
pub(crate) mod send;
mod sign;

use std::time::{Duration, Instant};

use forum::{
    Forum,
    actor::Actor,
    hook::{self, Leased, Outcome, Trouble},
};
use futures_util::future::join_all;
use http::{HeaderMap, HeaderName, HeaderValue, header};
pub use message::{HookData, TEST};
pub use send::{Internet, Net};
pub use sign::signatures;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Messages that are under way at once.
const AT_ONCE: u64 = 20;
/// How often it is looked whether one is due.
const PAUSE: Duration = Duration::from_secs(2);

/// What sends messages.
#[derive(Debug, Clone, Default)]
pub struct Courier<N = Internet> {
    net: N,
}

/// Sends what is due until it is told to stop: at once when something happened that a hook wants to know, else every two seconds.
pub async fn work(forum: Forum, courier: Courier, stop: CancellationToken) {
    let mut news = forum.listen();
    let mut is_heard = true;
    loop {
        let more = match deliver(&forum, &courier).await {
            Ok(more) => more,
            Err(error) => {
                tracing::error!(%error, "what web-hooks wait for can't be read");
                false
            }
        };
        if stop.is_cancelled() {
            return;
        }
        if more {
            continue;
        }
        let pause = tokio::time::sleep(PAUSE);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = &mut pause => break,
                event = news.recv(), if is_heard => match event {
                    Ok(event) if forum.site().hooked.contains(event.kind.name()) => break,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => is_heard = false,
                },
            }
        }
    }
}

/// Sends the messages that are due, at most a batch of them. Answers whether there may be more.
///
/// # Errors
/// When the database does not answer; a message that did not arrive is no error.
pub async fn deliver<N: Net>(forum: &Forum, courier: &Courier<N>) -> forum::Result<bool> {
    // looked at before anything is leased: where nothing waits it costs no write
    if hook::next_due(forum.read()).await?.is_none_or(|due| due > forum.now()) {
        return Ok(false);
    }
    let leased = forum.write_aside(&Actor::System, async |tx| hook::lease(tx, AT_ONCE).await).await?;
    let count = leased.len();
    // side by side: who is slow keeps nobody else waiting
    for told in join_all(leased.iter().map(|leased| courier.tell(forum, leased))).await {
        told?;
    }
    Ok(count == usize::try_from(AT_ONCE).unwrap_or(usize::MAX))
}

impl<N: Net> Courier<N> {
    async fn tell(&self, forum: &Forum, leased: &Leased) -> forum::Result<()> {
        let happening = match leased.event_id {
            None => Some(None),
            Some(event) => hook::open(forum, leased, event).await?.map(Some),
        };
        let outcome = match happening {
            Some(happening) => {
                let body = message::body(forum, leased, happening).to_string().into_bytes();
                self.send(forum, leased, body).await
            }
            None => Outcome { status: None, trouble: Some(Trouble::Untold), answer: None, took_ms: 0 },
        };
        if let Some(trouble) = outcome.trouble {
            let (hook, attempts) = (leased.hook_id.0, leased.attempts);
            tracing::info!(hook, delivery = leased.id.0, attempts, trouble = trouble.as_str(), "a web-hook did not take a message");
        }
        let before = forum.site().hooked.clone();
        forum.write_aside(&Actor::System, async |tx| hook::note(tx, leased, &outcome).await).await?;
        if matches!(outcome.trouble, Some(trouble) if trouble != Trouble::Untold) && !before.is_empty() {
            // it may have been the last that wanted to know something
            forum.refresh_site().await?;
        }
        Ok(())
    }

    async fn send(&self, forum: &Forum, leased: &Leased, body: Vec<u8>) -> Outcome {
        let start = Instant::now();
        let sent = async {
            let url = Url::parse(&leased.url).map_err(|_| Trouble::NoHost)?;
            let headers = headers(forum, leased, &body).ok_or(Trouble::Garbled)?;
            send::post(&self.net, &url, forum.hooks_to(), headers, body).await
        };
        let sent = sent.await;
        let took_ms = i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX);
        match sent {
            Ok(answer) => {
                let trouble = match answer.status {
                    200..300 => None,
                    410 => Some(Trouble::Gone),
                    _ => Some(Trouble::Refused),
                };
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                Outcome { status: Some(answer.status), trouble, answer: Some(text), took_ms }
            }
            Err(trouble) => Outcome { status: None, trouble: Some(trouble), answer: None, took_ms },
        }
    }
}

/// What goes before the body: the number of the message, which stays the same at every try, the time of this one, and the signatures.
fn headers(forum: &Forum, leased: &Leased, body: &[u8]) -> Option<HeaderMap> {
    let (id, now) = (format!("msg_{}", leased.id), forum.now());
    let seconds = now.timestamp();
    let signed = sign::signatures(&leased.secrets(now), &id, seconds, body);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::USER_AGENT, HeaderValue::from_static(concat!("Answerable/", env!("CARGO_PKG_VERSION"))));
    for (name, value) in [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signed)] {
        headers.insert(HeaderName::from_static(name), HeaderValue::try_from(value).ok()?);
    }
    Some(headers)
}
