//! Who calls: told by a bearer token, and by nothing else.

use app::web::{accepted_language, client_of};
use axum::{extract::FromRequestParts, http::header, http::request::Parts};
use forum::{
    Error, Forum, View,
    actor::Actor,
    id::PostId,
    post::{self, PostRow, Seen},
    proof::KnownBy,
    receipt,
    site::Language,
    token,
};

use super::Failure;

/// Who calls, and what else of the request the endpoints need to know.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who acts; a visitor when no token was sent.
    pub actor: Actor,
    /// The secret of the token.
    pub secret: Option<String>,
    /// The language that the caller reads, if it is known.
    pub language: Option<Language>,
    /// Where the request came from, for limits.
    pub client: String,
}

impl FromRequestParts<Forum> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, forum: &Forum) -> Result<Self, Failure> {
        let asked = accepted_language(&parts.headers, &forum.site());
        let client = client_of(parts);
        let Some(value) = parts.headers.get(header::AUTHORIZATION) else {
            return Ok(Self { actor: Actor::Visitor, secret: None, language: asked, client });
        };
        let secret = value.to_str().ok().and_then(bearer).ok_or(Error::Unauthenticated)?.to_owned();
        let (actor, stale) = match token::actor_of(forum.read(), &secret, forum.now()).await? {
            Some(found) => found,
            // no token: it may be the receipt of a guest
            None => match receipt::by_secret(forum.read(), &secret).await {
                Ok((_, guest)) => (guest, false),
                Err(Error::NotFound) => return Err(Error::Unauthenticated.into()),
                Err(error) => return Err(error.into()),
            },
        };
        if stale && let Err(error) = forum.write_aside(&Actor::System, async |tx| token::note_use(tx, &secret).await).await {
            tracing::warn!(%error, "could not note the use of a token");
        }
        let own = actor.person().ok().and_then(|me| me.language.as_deref()).and_then(Language::parse);
        Ok(Self { actor, secret: Some(secret), language: asked.or(own), client })
    }
}

/// The token of `Bearer <token>`; the name of the scheme is written in any case (RFC 9110).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl Caller {
    /// By what the caller is known, where a password is tried.
    pub fn known_by(&self) -> KnownBy<'_> {
        match (self.actor.id(), &self.secret) {
            (Some(me), Some(secret)) => KnownBy::Key(me, secret),
            _ => KnownBy::Nothing,
        }
    }

    /// The number in an address of something that is to be changed: nobody in particular changes nothing, and hears so before anything
    /// is said about what is there. What else the caller may not do is said by the room of it.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`], [`Error::NotFound`].
    pub fn target(&self, id: &str) -> Result<i64, Error> {
        self.actor.person()?;
        number(id)
    }

    /// The post in an address to which something is to be done, if the caller may know of it.
    ///
    /// # Errors
    /// As [`Caller::target`].
    pub async fn target_post(&self, forum: &Forum, id: &str) -> Result<PostId, Error> {
        let id = PostId(self.target(id)?);
        if forum.view(&self.actor).await?.sees(id).await? { Ok(id) } else { Err(Error::NotFound) }
    }

    /// The same with whose it is, for what only some may do to it.
    ///
    /// # Errors
    /// As [`Caller::target`].
    pub async fn target_row(&self, forum: &Forum, id: &str) -> Result<PostRow, Error> {
        post::row_by_id(forum.read(), &self.actor, PostId(self.target(id)?), forum.now()).await
    }

    /// The post in an address as the caller sees it, and the view to read more of it.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn see(&self, forum: &Forum, id: &str) -> Result<(View<'static>, Seen), Error> {
        let view = forum.view(&self.actor).await?;
        let post = view.post(PostId(number(id)?)).await?;
        Ok((view, post))
    }
}

/// The number in an address.
///
/// # Errors
/// [`Error::NotFound`] for anything that can't be the number of something.
pub fn number(text: &str) -> Result<i64, Error> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().map_err(|_| Error::NotFound) } else { Err(Error::NotFound) }
}
