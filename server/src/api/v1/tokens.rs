//! Tokens: what a program shows to act for a person.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum,
    actor::Scope,
    error::Problem,
    proof::{self, Attempt},
    token, trace,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    Failure,
    caller::Caller,
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Scope`].
    ScopeName: "What a token allows at most; each scope includes those before it.", Scope::ALL.map(Scope::as_str);
}

/// What a token is made from.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "email": "sanne@example.com", "password": "four unrelated words here", "scopes": ["read", "write"] }))]
pub struct NewToken {
    /// The address of the account.
    #[schema(format = Email)]
    pub email: String,
    /// Its password.
    #[schema(format = Password)]
    pub password: String,
    /// What the token is to allow; what the role can't use is left out, and `read` always belongs to it.
    #[schema(value_type = Vec<ScopeName>, required = false)]
    pub scopes: Vec<String>,
    /// What its person calls it.
    #[schema(max_length = 80, required = false, example = "Nightly report")]
    pub name: Option<String>,
    /// After how many days it ends: 7, 30, 90 or 365.
    #[schema(required = false, default = 90, example = 30)]
    pub expires_in_days: Option<i64>,
}

/// A token, as its person sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What its person calls it.
    pub name: String,
    /// What it allows.
    #[schema(value_type = Vec<ScopeName>)]
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the hour; null if never.
    pub used_at: Option<DateTime<Utc>>,
    /// When it ends by itself; a new password and signing out everywhere end it, too.
    pub expires_at: DateTime<Utc>,
}

/// A new token with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenMade {
    /// What to send as `Authorization: Bearer …`.
    pub token: String,
    /// All else about it.
    #[serde(flatten)]
    pub rest: Token,
}

impl From<token::Token> for Token {
    fn from(token: token::Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scopes: token.scopes,
            created_at: token.created_at,
            used_at: token.used_at,
            expires_at: token.expires_at,
        }
    }
}

/// Make a token
///
/// The answer is the same for an unknown address and a wrong password. An account whose address is not verified gets a token
/// too, and can read with it.
#[utoipa::path(
    post, path = "/api/v1/tokens", tag = "tokens", request_body = NewToken,
    responses(
        (status = 201, description = "The token", body = TokenMade, headers(("Location" = String))),
        Unauthenticated, Refused, TooOften,
    ),
    extensions(("x-who" = json!("all"))), security(())
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    let mut fields = sent.fields()?;
    let (email, password) = (fields.text("email"), fields.secret("password"));
    let (name, scopes) = (fields.text("name"), fields.texts("scopes").unwrap_or_default());
    let days = fields.number("expires_in_days").unwrap_or(token::LIFETIME);
    if email.trim().is_empty() {
        fields.refuse("email", Problem::Required);
    }
    if password.is_empty() {
        fields.refuse("password", Problem::Required);
    }
    if scopes.iter().any(|scope| Scope::parse(scope).is_err()) {
        fields.refuse("scopes", Problem::UnknownChoice);
    }
    if !token::LIFETIMES.contains(&days) {
        fields.refuse("expires_in_days", Problem::UnknownChoice);
    }
    fields.finish()?;
    let attempt = Attempt { email: &email, password: &password, client: &caller.client, known_by: caller.known_by() };
    let account = proof::by_password(&forum, &attempt).await?.ok_or(Failure::Password)?;
    let (token, secret) = forum
        .write_aside(&account.actor(None), async |tx| {
            trace::note(tx, account.id, &caller.client).await?;
            token::create(tx, &account, &name, &scopes, days).await
        })
        .await?;
    let location = format!("/api/v1/tokens/{}", token.id);
    let made = TokenMade { token: secret.reveal().to_owned(), rest: token.into() };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(made)).into_response())
}

/// List the caller's tokens
///
/// Oldest first, without their secrets.
#[utoipa::path(
    get, path = "/api/v1/tokens", tag = "tokens", params(Paging),
    responses((status = 200, description = "The tokens", body = List<Token>), Unauthenticated, Mistaken),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let tokens = token::own(forum.read(), &caller.actor).await?.into_iter().map(Token::from).collect();
    Ok(Json(List::cut(tokens, &asked, MOST, |token| token.id.to_string())?).into_response())
}

/// End the token that is sent
///
/// The next request with it is answered 401.
#[utoipa::path(
    delete, path = "/api/v1/tokens", tag = "tokens",
    responses((status = 204, description = "It has ended"), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn delete_used(State(forum): State<Forum>, caller: Caller) -> Answer {
    let secret = caller.secret.ok_or(Error::Unauthenticated)?;
    forum.write(&caller.actor, async |tx| token::delete_used(tx, &secret).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// End a token of the caller's
#[utoipa::path(
    delete, path = "/api/v1/tokens/{id}", tag = "tokens", params(("id" = i64, Path, description = "Its number")),
    responses((status = 204, description = "It has ended"), Unauthenticated, Denied, Missing),
    extensions(("x-who" = json!("token, scope write"))), security(("bearer" = []))
)]
pub async fn delete(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = caller.target(&id)?;
    forum.write(&caller.actor, async |tx| token::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
