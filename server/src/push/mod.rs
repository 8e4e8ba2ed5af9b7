//! News that browsers show while no page is open: `forum` says what is pushed to which device, here it is worded, encrypted for that device
//! alone, signed and handed to the service of its browser.

mod encrypt;
mod vapid;

use app::{i18n::Words, parts::notice as said};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use forum::{
    Forum,
    actor::Actor,
    event::Kind,
    notice::Notice,
    push::{self, Leased, Outcome, SiteKey},
    site::Language,
};
use futures_util::future::join_all;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use url::Url;

use self::vapid::Signer;
use crate::hooks::{Internet, Net, send};

/// Pushes that are under way at once.
const AT_ONCE: u64 = 20;
/// How often it is looked whether one is due.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(2);
/// Characters of a line, at most: what is encrypted fits into 4,096 bytes (RFC 8291), whatever the script.
const LINE: usize = 200;

/// What sends pushes.
#[derive(Debug)]
pub struct Courier<N = Internet> {
    net: N,
    signer: Signer,
}

/// What sends pushes for this site. Its key is made when it is asked for the first time.
///
/// # Errors
/// When the database does not answer, or the key that is kept is none.
pub async fn courier(forum: &Forum) -> forum::Result<Courier> {
    let kept = match push::site_key(forum.read()).await? {
        Some(kept) => kept,
        None => {
            let fresh = vapid::fresh().map_err(forum::Error::internal)?;
            forum.write_aside(&Actor::System, async |tx| push::keep_site_key(tx, &fresh).await).await?
        }
    };
    Courier::with(Internet, &kept, forum.address())
}

impl<N: Net> Courier<N> {
    fn with(net: N, key: &SiteKey, address: &str) -> forum::Result<Self> {
        Ok(Self { net, signer: Signer::new(key, address).map_err(forum::Error::internal)? })
    }
}

/// Sends what is due until it is told to stop: at once when something happened that somebody is told of, else every two seconds.
pub async fn work(forum: Forum, courier: Courier, stop: CancellationToken) {
    let mut news = forum.listen();
    let mut is_heard = true;
    loop {
        match deliver(&forum, &courier).await {
            Ok(true) if !stop.is_cancelled() => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "what is to be pushed can't be read"),
        }
        let pause = tokio::time::sleep(PAUSE);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = &mut pause => break,
                event = news.recv(), if is_heard => match event {
                    Ok(event) if event.kind.about().told.is_empty() => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => is_heard = false,
                },
            }
        }
    }
}

/// Sends the pushes that are due, at most a batch of them. Answers whether there may be more.
///
/// # Errors
/// When the database does not answer; a push that did not arrive is no error.
pub async fn deliver<N: Net>(forum: &Forum, courier: &Courier<N>) -> forum::Result<bool> {
    // looked at before anything is leased: where nothing waits it costs no write
    if push::next_due(forum.read()).await?.is_none_or(|due| due > forum.now()) {
        return Ok(false);
    }
    let leased = forum.write_aside(&Actor::System, async |tx| push::lease(tx, AT_ONCE).await).await?;
    // side by side: a service that is slow keeps no other waiting
    let outcomes = join_all(leased.iter().map(|push| courier.tell(forum, push))).await;
    let mut told = Vec::with_capacity(outcomes.len());
    for (push, outcome) in leased.iter().zip(outcomes) {
        told.push((push, outcome?));
    }
    let note = async |tx: &mut forum::Tx| {
        for (push, outcome) in &told {
            push::note(tx, push, *outcome).await?;
        }
        Ok(())
    };
    if !told.is_empty() {
        forum.write_aside(&Actor::System, note).await?;
    }
    Ok(told.len() == usize::try_from(AT_ONCE).unwrap_or(usize::MAX))
}

impl<N: Net> Courier<N> {
    async fn tell(&self, forum: &Forum, push: &Leased) -> forum::Result<Outcome> {
        let Some(notice) = push::open(forum, push).await? else { return Ok(Outcome::Untold) };
        let site = forum.site();
        let language = push.language().filter(|language| site.offers(*language)).unwrap_or(site.language);
        let message = message(language, &notice, forum);
        let (Some(body), Ok(url)) = (encrypted(push, &message), Url::parse(&push.endpoint)) else {
            // a key that is no point of the curve: nobody can read what was meant for it
            return Ok(Outcome::Gone);
        };
        let Some(headers) = self.headers(forum, &url, &notice) else { return Ok(Outcome::Refused) };
        let sent = send::post(&self.net, &url, forum.hooks_to(), headers, body).await;
        let outcome = match &sent {
            Ok(answer) => match answer.status {
                200..300 => Outcome::Taken,
                404 | 410 => Outcome::Gone,
                429 | 500.. => Outcome::Failed,
                _ => Outcome::Refused,
            },
            Err(_) => Outcome::Failed,
        };
        if matches!(outcome, Outcome::Failed | Outcome::Refused) {
            let (push, attempts) = (push.id.0, push.attempts);
            let service = url.host_str().unwrap_or_default();
            tracing::info!(push, attempts, service, status = sent.ok().map(|answer| answer.status), "a push was not taken");
        }
        Ok(outcome)
    }

    fn headers(&self, forum: &Forum, url: &Url, notice: &Notice) -> Option<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
        headers.insert(HeaderName::from_static("ttl"), HeaderValue::from(push::LIFETIME.num_seconds()));
        if let Kind::CommentPosted { .. } = notice.event.kind {
            // one that the browser has not fetched yet is replaced by the next (RFC 8030, section 5.4)
            headers.insert(HeaderName::from_static("topic"), HeaderValue::try_from(tag(notice)).ok()?);
        }
        headers.insert(header::AUTHORIZATION, self.signer.authorization(url, forum.now())?);
        Some(headers)
    }
}

/// What replaces what on the screen: of the comments on one post there is the latest, all else stands by itself.
fn tag(notice: &Notice) -> String {
    match notice.event.kind {
        Kind::CommentPosted { .. } => format!("comments-{}", notice.post.id),
        _ => format!("notice-{}", notice.id),
    }
}

/// What the browser is told.
fn message(language: Language, notice: &Notice, forum: &Forum) -> Vec<u8> {
    let message = json!({
        "title": cut(&said::headline(Words::of(language), notice, &forum.site().name)),
        "body": said::excerpt(notice).as_deref().map(cut).unwrap_or_default(),
        "url": format!("{}{}", forum.address(), said::path(notice)),
        "tag": tag(notice),
        "lang": language.tag(),
    });
    message.to_string().into_bytes()
}

fn cut(text: &str) -> String {
    forum::text::cut_at_word(text, LINE)
}

fn encrypted(push: &Leased, message: &[u8]) -> Option<Vec<u8>> {
    let (key, auth) = (URL_SAFE_NO_PAD.decode(&push.p256dh).ok()?, URL_SAFE_NO_PAD.decode(&push.auth).ok()?);
    encrypt::message(&key, &auth, message)
}
