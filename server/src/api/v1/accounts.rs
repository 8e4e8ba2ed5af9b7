//! Signing up.

use app::{i18n::Words, t};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse as _,
};
use forum::{Forum, Tx, actor::Actor, challenge, limit, link::Onward, person};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    caller::Caller,
    problem::{Answer, Refused, TooOften},
    sent::Sent,
};

/// A new account.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "email": "sanne@example.com", "password": "four unrelated words here", "name": "Sanne K." }))]
pub struct NewAccount {
    /// Where mail reaches them; it is verified by a link.
    #[schema(format = Email)]
    pub email: String,
    /// 8 to 200 characters, and not easy to guess.
    #[schema(format = Password, min_length = 8, max_length = 200)]
    pub password: String,
    /// What they are called in public.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// The solution of a challenge, for those who sign up more people from one network than may without.
    pub altcha: Option<String>,
}

/// What happens next; the same whether or not the address was known.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountMade {
    /// What to do.
    #[schema(example = "Almost there: follow the link in the mail that we sent to this address.")]
    pub message: String,
}

/// Sign up
///
/// A mail with a link goes to the address. Until the link is followed the account can sign in and read, but not write. When the
/// address has an account already, its owner gets a mail that says so, and the answer here is the same.
///
/// From one network come ten at once and one more every two minutes; with a proof of work, sixty and two a minute.
#[utoipa::path(
    post, path = "/api/v1/accounts", tag = "accounts", request_body = NewAccount,
    responses((status = 201, description = "A mail is on its way", body = AccountMade, headers(("Location" = String))), Refused, TooOften),
    extensions(("x-who" = json!("all"))), security(())
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    let mut fields = sent.fields()?;
    let draft = person::SignUp {
        email: fields.text("email"),
        password: fields.secret("password"),
        name: fields.text("name"),
        language: caller.language,
    };
    let proof = fields.secret(challenge::FIELD);
    fields.finish()?;
    // counted by itself, so that a try that fails counts too
    let count = async |tx: &mut Tx| challenge::count(tx, limit::SIGN_UP, limit::SIGN_UP_PROVEN, &caller.client, &proof).await;
    forum.write_aside(&Actor::Visitor, count).await?;
    let new = draft.prepare_for(&forum).await?;
    let onward = Onward { client: caller.client.clone(), ..Onward::default() };
    forum.write(&Actor::Visitor, async |tx| person::sign_up(tx, new, &onward).await).await?;
    let words = Words::of(caller.language.unwrap_or(forum.site().language));
    let made = AccountMade { message: t!(words, "api-account-made") };
    Ok((StatusCode::CREATED, [(header::LOCATION, "/api/v1/me")], Json(made)).into_response())
}
