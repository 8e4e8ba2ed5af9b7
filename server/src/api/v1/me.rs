//! The caller's own account.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse as _};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    actor::Role,
    error::Problem,
    id::PersonId,
    link::Onward,
    mailbox::{Cause, Unreached},
    person::{self, Account},
    personal::{self, Export, Texts},
    proof::{self, Attempt},
    site::Language,
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    problem::{Answer, Conflicting, Denied, Outdated, Refused, TooOften, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Role`].
    RoleName: "What a person may do; each role may do what the one before may.", Role::ALL.map(Role::as_str);
    /// The schema of [`Cause`].
    UnreachedCause: "How it came out that mail does not reach an address: the mail server refused it, or letters came back.", Cause::ALL.map(Cause::as_str);
    /// The schema of [`Language`].
    LanguageName: "A language of the site (BCP 47).", Language::ALL.map(Language::tag);
}

/// The caller's own account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// What they may do.
    #[schema(value_type = RoleName)]
    pub role: Role,
    /// The language that they chose; null while they chose none.
    #[schema(value_type = Option<LanguageName>)]
    pub language: Option<String>,
    /// What they do for the company.
    pub title: Option<String>,
    /// Whether the address is shown to be theirs: without that they can only read.
    pub verified: bool,
    /// That mail does not reach that address; null while it does. Nothing is sent there until they verify it anew.
    pub unreached: Option<NotReached>,
    /// When they signed up.
    pub created_at: DateTime<Utc>,
}

/// That mail does not reach an address.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotReached {
    /// Since when.
    pub since: DateTime<Utc>,
    /// How that came out.
    #[schema(value_type = UnreachedCause)]
    pub cause: Cause,
    /// What the mail server said, in its own words.
    pub said: String,
}

impl From<Unreached> for NotReached {
    fn from(Unreached { since, cause, said }: Unreached) -> Self {
        Self { since, cause, said }
    }
}

impl From<Account> for Me {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            email: account.email,
            role: account.role,
            language: account.language,
            title: account.title,
            verified: account.verified,
            unreached: account.unreached.map(NotReached::from),
            created_at: account.created_at,
        }
    }
}

/// What can be changed; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "name": "Sanne Kuiper", "language": "nl" }))]
pub struct MeChange {
    /// A new name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// A new language; null forgets the one that was chosen.
    #[schema(value_type = Option<LanguageName>)]
    pub language: Option<String>,
}

/// Show the caller's account
#[utoipa::path(
    get, path = "/api/v1/me", tag = "me",
    responses((status = 200, description = "The account", body = Me), Unauthenticated),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller) -> Answer {
    let account = person::own(forum.read(), &caller.actor).await?;
    Ok(Json(Me::from(account)).into_response())
}

/// Change name or language
#[utoipa::path(
    patch, path = "/api/v1/me", tag = "me", request_body = MeChange,
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of the account that it was written from")),
    responses((status = 200, description = "The account as it is now", body = Me), Unauthenticated, Denied, Outdated, Refused),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    person::may_update(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (name, language) = (fields.changed_text("name"), fields.changed_text("language"));
    fields.finish()?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(Me::from(person::present(tx).await?))).await?;
        person::update(tx, name.as_deref(), language.as_deref()).await
    };
    let account = forum.write(&caller.actor, change).await?;
    Ok(Json(Me::from(account)).into_response())
}

/// Another address.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "email": "sanne@example.com", "password": "correct horse battery" }))]
pub struct OtherAddress {
    /// The address.
    #[schema(format = Email)]
    pub email: String,
    /// The password, so that nobody does it who only found the token.
    pub password: String,
}

/// Take another address
///
/// A mail goes to it. It takes the place of the one before when its link is opened in a browser in which the caller is signed in. The answer
/// is the same when the address is somebody else's.
#[utoipa::path(
    put, path = "/api/v1/me/email", tag = "me", request_body = OtherAddress,
    responses((status = 204, description = "A mail is on its way"), Unauthenticated, Denied, Refused, TooOften),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn ask_for_email(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    person::may_update(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (email, password) = (fields.text("email"), fields.secret("password"));
    if let Err(problem) = person::parse_email(&email) {
        fields.refuse("email", problem);
    }
    if password.is_empty() {
        fields.refuse("password", Problem::Required);
    }
    fields.finish()?;
    let account = person::own(forum.read(), &caller.actor).await?;
    let present = account.email.unwrap_or_default();
    let attempt = Attempt { email: &present, password: &password, client: &caller.client, known_by: caller.known_by() };
    if proof::by_password(&forum, &attempt).await?.is_none() {
        return Err(Error::invalid("password", Problem::WrongPassword).into());
    }
    let onward = Onward { client: caller.client.clone(), ..Onward::default() };
    forum.write(&caller.actor, async |tx| person::ask_for_email(tx, &email, &onward).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// All that is kept of a person: an object for the account, and a list for each part of what they did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({ "account": { "name": "Sanne Kuiper" }, "parts": { "comments": [{ "id": 4, "body": "Four, since May." }] } }))]
pub struct Everything {
    /// The account itself.
    #[schema(value_type = Object)]
    pub account: Value,
    /// Rows by the name of their part: posts, comments, votes, reports, devices, notices and more; those without any are left out.
    #[schema(value_type = Object)]
    pub parts: Map<String, Value>,
}

impl From<Export> for Everything {
    fn from(export: Export) -> Self {
        Self { account: export.account, parts: export.parts.into_iter().map(|(name, rows)| (name, rows.into())).collect() }
    }
}

/// Take along all that is kept of the caller
#[utoipa::path(
    get, path = "/api/v1/me/export", tag = "me",
    responses((status = 200, description = "All of it", body = Everything), Unauthenticated, TooOften),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn export(State(forum): State<Forum>, caller: Caller) -> Answer {
    Ok(Json(Everything::from(personal::of(&forum, &caller.actor).await?)).into_response())
}

/// What is asked for to be erased.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "password": "correct horse battery", "texts": "keep" }))]
pub struct Erasure {
    /// The password, so that nobody does it who only found the token.
    pub password: String,
    /// What becomes of what they wrote: `keep` leaves it under nobody's name, `erase` takes it back.
    pub texts: String,
}

/// Erase the caller's account, for good
///
/// Name, address, keys and notices go; votes keep counting. Of the staff somebody has to take the role away first: 409.
#[utoipa::path(
    delete, path = "/api/v1/me", tag = "me", request_body = Erasure,
    responses((status = 204, description = "It is erased"), Unauthenticated, Denied, Conflicting, Refused, TooOften),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn erase(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    personal::may_erase(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (password, texts) = (fields.secret("password"), fields.text("texts"));
    if password.is_empty() {
        fields.refuse("password", Problem::Required);
    }
    let texts = Texts::parse(&texts).map_err(|problem| fields.refuse("texts", problem)).ok();
    fields.finish()?;
    let account = person::own(forum.read(), &caller.actor).await?;
    let email = account.email.unwrap_or_default();
    let attempt = Attempt { email: &email, password: &password, client: &caller.client, known_by: caller.known_by() };
    let (Some(_), Some(texts)) = (proof::by_password(&forum, &attempt).await?, texts) else {
        return Err(Error::invalid("password", Problem::WrongPassword).into());
    };
    forum.write(&caller.actor, async |tx| personal::erase(tx, texts).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
