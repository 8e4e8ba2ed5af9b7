//! Pages about who one is: sign in, sign up, verify, a new password, a public profile, the first set-up, language and colours.

mod invite;
mod preferences;
mod profile;
mod reset;
mod set_up;
mod sign_in;
mod sign_up;
mod unsubscribe;
mod verify;

use axum::{
    Router,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::CookieJar;
use forum::{
    Error, Tx, device,
    id::PersonId,
    session::{self, Key},
    trace,
};

use crate::{
    pages::draft,
    web::{Visit, Web, see_other},
};

/// The pages of this folder.
pub fn routes() -> Router<Web> {
    Router::new()
        .merge(invite::routes())
        .merge(preferences::routes())
        .merge(profile::routes())
        .merge(reset::routes())
        .merge(set_up::routes())
        .merge(sign_in::routes())
        .merge(sign_up::routes())
        .merge(unsubscribe::routes())
        .merge(verify::routes())
}

/// What a browser is given when somebody signs in.
struct Begun {
    /// What keeps it signed in.
    session: Key,
    /// What it is known by afterwards.
    device: Key,
}

/// Signs this browser in as somebody who has just proved who they are; the session that it had before ends. It `stays` signed in
/// if they asked for that.
async fn begin_session(tx: &mut Tx, visit: &Visit, person: PersonId, stays: bool) -> Result<Begun, Error> {
    if let Some(before) = &visit.session {
        session::end(tx, before).await?;
    }
    trace::note(tx, person, &visit.client).await?;
    let device = device::remember(tx, person, visit.known_by.as_deref()).await?;
    Ok(Begun { session: session::create(tx, person, &visit.device, stays).await?, device })
}

/// An address that knows where to go on afterwards.
fn with_next(path: &str, next: &str) -> String {
    if next == "/" || next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

/// Hands the browser its session, and sends it on.
fn signed_in(visit: &Visit, begun: &Begun, path: &str) -> Response {
    let Begun { session, device } = begun;
    let jar = CookieJar::new()
        .add(visit.session_cookie(session.secret.reveal(), session.ends_at))
        .add(visit.device_cookie(device.secret.reveal(), device.ends_at));
    (jar, see_other(&draft::onward(visit, path))).into_response()
}

/// Takes everything from a browser whose session has ended but what it is known by, and sends it on.
pub(super) async fn signed_out(visit: &Visit, path: &str) -> Result<Response, Error> {
    if let Some(secret) = &visit.draft {
        visit.forum().write_aside(&visit.actor, async |tx| forum::draft::forget(tx, secret, None).await).await?;
    }
    let jar = CookieJar::new().add(visit.no_session_cookie()).add(visit.no_draft_cookie());
    // pages that everybody sees say who was signed in
    let forget = [("clear-site-data", "\"cache\"")];
    Ok((jar, forget, see_other(path)).into_response())
}
