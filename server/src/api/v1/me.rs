//! The caller's own account.

use axum::{Json, extract::State, response::IntoResponse as _};
use chrono::{DateTime, Utc};
use forum::{
    Forum, Tx,
    actor::Role,
    id::PersonId,
    person::{self, Account},
    site::Language,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::choices;
use crate::api::{
    caller::Caller,
    problem::{Answer, Denied, Outdated, Refused, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Role`].
    RoleName: "What a person may do; each role may do what the one before may.", Role::ALL.map(Role::as_str);
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
    /// When they signed up.
    pub created_at: DateTime<Utc>,
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
