//! Proof of work.

use axum::{Json, extract::State, http::header, response::IntoResponse as _};
use forum::{Forum, challenge};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{caller::Caller, problem::Answer};

/// Something to be solved, as ALTCHA spells it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Challenge {
    /// The digest.
    #[schema(example = "SHA-256")]
    pub algorithm: &'static str,
    /// The digest that is wanted, in hexadecimal digits.
    pub challenge: String,
    /// The number is not larger.
    #[schema(example = 100_000)]
    pub maxnumber: u64,
    /// What stands before the number.
    #[schema(example = "5f1c0d7a9be2436f8a01c2d3?expires=1795800000&")]
    pub salt: String,
    /// By which we know it again.
    pub signature: String,
}

/// Ask for proof of work
///
/// Find the number that, written in decimal digits after the salt, has this digest. Send it as base64 of `{"algorithm", "challenge",
/// "number", "salt", "signature"}` in the field `altcha`. A solution counts once, and for an hour.
#[utoipa::path(
    get, path = "/api/v1/challenge", tag = "accounts",
    responses((status = 200, description = "Something to be solved", body = Challenge)),
    extensions(("x-who" = json!("all"))), security(())
)]
pub async fn show(State(forum): State<Forum>, _: Caller) -> Answer {
    let challenge::Challenge { challenge, salt, signature } = challenge::issue(&forum).await?;
    let given = Challenge { algorithm: challenge::ALGORITHM, challenge, maxnumber: challenge::MOST, salt, signature };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(given)).into_response())
}
