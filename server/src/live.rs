//! Open pages that move: a stream of server-sent events for each page that somebody looks at. What happens is read from the history, at most once
//! a second however much happens and however many look, and read once for all who look at the same post. So a vote wakes nobody but those on
//! its page, and those once a second; and it does not matter which instance wrote it.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    convert::Infallible,
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use app::web::{PageResult, Visit, Web};
use axum::{
    Extension, Router,
    extract::Query,
    http::{HeaderValue, header},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use forum::{
    Error, Forum,
    id::{EventId, PersonId, PostId},
    live::{self, Standing},
};
use futures_util::{Stream, StreamExt as _, stream};
use serde::Deserialize;
use serde_json::json;
use tokio::{
    sync::{Notify, broadcast::error::RecvError, watch},
    time::{Instant, sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;

/// How often the history is read at most, and at least while somebody looks.
const BEAT: Duration = Duration::from_secs(1);
/// How often a stream on which nothing happens says that it is there: proxies close what is silent for a minute.
const PULSE: Duration = Duration::from_secs(25);
/// How long a stream lives. Its browser asks again then, and is asked who it is.
const LIFETIME: Duration = Duration::from_secs(600);
/// How soon a browser asks again when a stream ended.
const RETRY: Duration = Duration::from_secs(3);
/// The same when there was no place for it.
const RETRY_WHEN_FULL: Duration = Duration::from_secs(60);
/// Streams that are open at once, at most: pages work without.
const MOST: usize = 20_000;
/// Events that are remembered, so that none is told twice: more than [`live::since`] gives again.
const REMEMBERED: usize = 10_000;

/// Who looks at what.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    forum: Forum,
    posts: Mutex<HashMap<PostId, watch::Sender<Standing>>>,
    bells: Mutex<HashMap<PersonId, watch::Sender<i64>>>,
    /// What somebody has begun to look at since the history was read: what happened in between is not read of it.
    fresh: Mutex<(HashSet<PostId>, HashSet<PersonId>)>,
    open: AtomicUsize,
    opened: Notify,
    closed: CancellationToken,
}

/// A stream that is open, until it is dropped.
struct Place(Hub);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// Nobody looks yet.
    pub fn new(forum: &Forum) -> Self {
        Self(Arc::new(Inner {
            forum: forum.clone(),
            posts: Mutex::default(),
            bells: Mutex::default(),
            fresh: Mutex::default(),
            open: AtomicUsize::new(0),
            opened: Notify::new(),
            closed: CancellationToken::new(),
        }))
    }

    /// How many streams are open.
    pub fn open(&self) -> usize {
        self.0.open.load(Ordering::Relaxed)
    }

    fn enter(&self) -> Option<Place> {
        if self.0.closed.is_cancelled() || self.0.open.fetch_add(1, Ordering::Relaxed) >= MOST {
            self.0.open.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Place(self.clone()))
    }

    /// Begins to look at a post.
    async fn look_at(&self, post: PostId) -> Result<watch::Receiver<Standing>, Error> {
        let now = live::standing(&self.0.forum, post).await?;
        let watched = {
            let mut posts = lock(&self.0.posts);
            let page = posts.entry(post).or_insert_with(|| watch::channel(now).0);
            // their page may have come after what was told last
            page.send_if_modified(|known| std::mem::replace(known, now) != now);
            page.subscribe()
        };
        lock(&self.0.fresh).0.insert(post);
        self.0.opened.notify_one();
        Ok(watched)
    }

    /// Begins to hear what somebody is told.
    async fn listen_for(&self, person: PersonId) -> Result<watch::Receiver<i64>, Error> {
        let now = live::unread(self.0.forum.read(), person).await?;
        let bell = {
            let mut bells = lock(&self.0.bells);
            let bell = bells.entry(person).or_insert_with(|| watch::channel(now).0);
            // they may have read something on another page
            bell.send_if_modified(|known| std::mem::replace(known, now) != now);
            bell.subscribe()
        };
        lock(&self.0.fresh).1.insert(person);
        self.0.opened.notify_one();
        Ok(bell)
    }

    /// Tells all who look what is new.
    async fn tell(&self, history: &mut History) -> Result<(), Error> {
        let inner = &*self.0;
        let happened = history.read(&inner.forum).await?;
        let (mut posts, mut people) = std::mem::take(&mut *lock(&inner.fresh));
        posts.extend(happened.iter().flat_map(|event| [event.post, event.head]).flatten());
        prune(&inner.posts);
        prune(&inner.bells);
        posts.retain(|post| lock(&inner.posts).contains_key(post));
        for post in posts {
            let now = match live::standing(&inner.forum, post).await {
                Ok(now) => now,
                // erased: whoever looks at it keeps what they see
                Err(Error::NotFound) => continue,
                Err(error) => return Err(error),
            };
            if let Some(page) = lock(&inner.posts).get(&post) {
                page.send_if_modified(|known| std::mem::replace(known, now) != now);
            }
        }
        if lock(&inner.bells).is_empty() {
            return Ok(());
        }
        let events: Vec<EventId> = happened.iter().map(|event| event.event).collect();
        people.extend(live::told(inner.forum.read(), &events).await?);
        people.retain(|person| lock(&inner.bells).contains_key(person));
        for person in people {
            let now = live::unread(inner.forum.read(), person).await?;
            if let Some(bell) = lock(&inner.bells).get(&person) {
                bell.send_if_modified(|known| std::mem::replace(known, now) != now);
            }
        }
        Ok(())
    }
}

/// Forgets what nobody looks at any more.
fn prune<K: Eq + Hash, T>(watched: &Mutex<HashMap<K, watch::Sender<T>>>) {
    lock(watched).retain(|_, sender| sender.receiver_count() > 0);
}

/// What was told of the history.
#[derive(Default)]
struct History {
    last: Option<EventId>,
    known: HashSet<EventId>,
    order: VecDeque<EventId>,
}

impl History {
    /// What happened since it was read the last time; the first time nothing, since whoever begins to look sees what there is.
    async fn read(&mut self, forum: &Forum) -> Result<Vec<live::Happened>, Error> {
        let is_first = self.last.is_none();
        let last = match self.last {
            Some(last) => last,
            None => live::latest(forum.read()).await?,
        };
        let mut happened = live::since(forum.read(), last).await?;
        self.last = Some(happened.last().map_or(last, |event| event.event.max(last)));
        happened.retain(|event| self.known.insert(event.event));
        self.order.extend(happened.iter().map(|event| event.event));
        while self.order.len() > REMEMBERED {
            self.order.pop_front().map(|oldest| self.known.remove(&oldest));
        }
        Ok(if is_first { Vec::new() } else { happened })
    }
}

/// Tells open pages what happens until it is told to stop; ends all streams then.
pub async fn work(hub: Hub, stop: CancellationToken) {
    let mut news = hub.0.forum.listen();
    let mut is_heard = true;
    let mut history = History::default();
    let mut next = Instant::now();
    loop {
        let quiet = sleep(BEAT);
        tokio::pin!(quiet);
        loop {
            tokio::select! {
                () = stop.cancelled() => return hub.0.closed.cancel(),
                () = &mut quiet, if hub.open() > 0 => break,
                () = hub.0.opened.notified() => break,
                event = news.recv(), if is_heard => match event {
                    Ok(_) | Err(RecvError::Lagged(_)) if hub.open() > 0 => break,
                    Err(RecvError::Closed) => is_heard = false,
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                },
            }
        }
        tokio::select! {
            () = stop.cancelled() => return hub.0.closed.cancel(),
            () = sleep_until(next) => {}
        }
        next = Instant::now() + BEAT;
        if let Err(error) = hub.tell(&mut history).await {
            tracing::warn!(%error, "open pages could not be told what happened; they are with the next look");
        }
    }
}

#[derive(Debug, Deserialize)]
struct Asked {
    post: Option<i64>,
}

/// `/live`: what is new for whoever is signed in, and with `?post=7` on a post.
pub(crate) fn routes(web: Web, hub: Hub) -> Router {
    Router::new().route("/live", get(open)).layer(Extension(hub)).with_state(web)
}

async fn open(visit: Visit, Extension(hub): Extension<Hub>, Query(asked): Query<Asked>) -> PageResult {
    let Some(place) = hub.enter() else {
        let later = if hub.0.closed.is_cancelled() { RETRY } else { RETRY_WHEN_FULL };
        return Ok(later_on(later));
    };
    let post = match asked.post.map(PostId) {
        Some(post) => {
            visit.view().await?.post(post).await?;
            Some((post, hub.look_at(post).await?))
        }
        None => None,
    };
    let bell = match &visit.account {
        Some(account) => Some(hub.listen_for(account.id).await?),
        None => None,
    };
    if post.is_none() && bell.is_none() {
        return Err(Error::NotFound.into());
    }
    let closed = hub.0.closed.clone();
    let open = Open { visit, post, bell, is_new: (true, true), until: Instant::now() + LIFETIME, closed, _place: place };
    Ok(events(stream::unfold(open, async |mut open| open.next().await.map(|event| (event, open)))))
}

/// A stream that only says when to ask again: a browser never again asks what was answered with an error, so whoever came while the program
/// starts anew would hear nothing until they load the page again.
fn later_on(later: Duration) -> Response {
    events(stream::iter([Event::default().retry(later)]))
}

fn events(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let mut response = Sse::new(events.map(Ok::<_, Infallible>)).keep_alive(KeepAlive::new().interval(PULSE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would keep it back until it is long enough
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// A stream.
struct Open {
    visit: Visit,
    post: Option<(PostId, watch::Receiver<Standing>)>,
    bell: Option<watch::Receiver<i64>>,
    /// Whether nothing was said yet: of the post, of the bell.
    is_new: (bool, bool),
    until: Instant,
    closed: CancellationToken,
    _place: Place,
}

/// The next value that is watched; never when nothing is, or nobody tells it any more.
async fn changed<T: Copy>(watched: Option<&mut watch::Receiver<T>>, is_new: bool) -> T {
    let Some(watched) = watched else { return std::future::pending().await };
    if !is_new && watched.changed().await.is_err() {
        return std::future::pending().await;
    }
    *watched.borrow_and_update()
}

impl Open {
    /// The next event; nothing when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        let post = self.post.as_ref().map(|(post, _)| *post);
        tokio::select! {
            () = self.closed.cancelled() => None,
            () = sleep_until(self.until) => None,
            now = changed(self.post.as_mut().map(|(_, watched)| watched), self.is_new.0) => {
                self.is_new.0 = false;
                let post = post?;
                if now.guarded && !self.may_still_see(post).await {
                    return None;
                }
                let data = json!({
                    "post": post.0, "support": now.support, "oppose": now.oppose, "comments": now.comments, "answer": now.answer,
                });
                Some(Event::default().event("post").retry(RETRY).data(data.to_string()))
            }
            unread = changed(self.bell.as_mut(), self.is_new.1) => {
                self.is_new.1 = false;
                Some(Event::default().event("bell").retry(RETRY).data(unread.to_string()))
            }
        }
    }

    /// Whoever was let in may have lost sight of the post since.
    async fn may_still_see(&self, post: PostId) -> bool {
        match self.visit.view().await {
            Ok(view) => view.post(post).await.is_ok(),
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use http_body_util::BodyExt as _;

    use super::*;

    /// What the browser would do: ask again, since the answer is a stream; and the log holds no failure.
    #[tokio::test]
    async fn who_finds_no_place_is_told_when_to_ask_again() {
        let answer = later_on(RETRY_WHEN_FULL);
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        let said = answer.into_body().collect().await.expect("a stream that ends").to_bytes();
        assert_eq!(&*said, b"retry: 60000\n\n");
    }
}
