//! The language and the colours that the reader chose.

use axum::{
    Form, Router,
    response::{IntoResponse as _, Response},
    routing::post,
};
use axum_extra::extract::CookieJar;
use forum::{person, site::Language};
use serde::Deserialize;

use crate::web::{Theme, Visit, Web, local_path, see_other};

/// `POST /preferences`.
pub(super) fn routes() -> Router<Web> {
    Router::new().route("/preferences", post(choose))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    language: String,
    theme: String,
    back: String,
}

async fn choose(visit: Visit, Form(typed): Form<Typed>) -> Response {
    let mut jar = CookieJar::new();
    if let Some(language) = Language::parse(&typed.language) {
        jar = jar.add(visit.cookie("language", language.tag()));
        if visit.account.is_some() {
            let kept = visit.forum().write(&visit.actor, async |tx| person::update(tx, None, Some(language.tag())).await).await;
            if let Err(error) = kept {
                // the cookie has it all the same
                tracing::warn!(%error, "could not keep the language of an account");
            }
        }
    }
    if !typed.theme.is_empty() {
        jar = jar.add(visit.cookie("theme", Theme::parse(&typed.theme).as_str()));
    }
    (jar, see_other(local_path(&typed.back))).into_response()
}
