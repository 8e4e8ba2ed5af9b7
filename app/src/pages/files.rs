//! Pictures and documents: shown to whoever may read the text that they belong to, from addresses where nothing of them can do anything.

use axum::{
    Form, Router,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use forum::{
    Error,
    actor::Actor,
    attachment::{self, Attachment},
    error::Problem,
    id::AttachmentId,
};
use leptos::prelude::*;

use crate::{
    done,
    parts::form::{Typed, Uploads, gather, waiting},
    web::{PageResult, Visit, Web, see_other},
};

/// Nothing may be loaded, run or framed by a file, whatever is in it: a browser treats it as a page of nobody.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
/// What everybody may see, a browser keeps for a week without asking again. No cache between it and us does: what is hidden has to be gone.
const FOR_ALL: HeaderValue = HeaderValue::from_static("private, max-age=604800, immutable");
const FOR_SOME: HeaderValue = HeaderValue::from_static("no-store");

/// `/files`.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/files", post(take))
        .route("/files/{id}/{name}", get(show))
        .route("/files/{id}/small/{name}", get(show_small))
        .route("/files/{id}/remove", post(remove))
}

fn number(id: &str) -> Result<AttachmentId, Error> {
    id.parse().map(AttachmentId).map_err(|_| Error::NotFound)
}

async fn show(visit: Visit, headers: HeaderMap, Path((id, name)): Path<(String, String)>) -> PageResult {
    serve(&visit, &headers, &id, &name, false).await
}

async fn show_small(visit: Visit, headers: HeaderMap, Path((id, name)): Path<(String, String)>) -> PageResult {
    serve(&visit, &headers, &id, &name, true).await
}

async fn serve(visit: &Visit, headers: &HeaderMap, id: &str, name: &str, small: bool) -> PageResult {
    let view = visit.view().await?;
    let file = attachment::visible(&view, number(id)?).await?;
    // nobody gives it another name in a link
    if file.name != name {
        return Err(Error::NotFound.into());
    }
    let digest = if small { file.small_digest.as_ref().ok_or(Error::NotFound)? } else { &file.digest };
    let tag = format!("\"{digest}\"");
    let is_known =
        headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| known.contains(&tag));
    let content = if is_known { Vec::new() } else { attachment::content(view.db(), digest).await? };
    drop(view);
    let is_for_all = visit.account.is_none() || {
        let everybody = visit.forum().view(&Actor::Visitor).await?;
        attachment::visible(&everybody, file.id).await.is_ok()
    };
    let mut response = answer(&file, content, small)?;
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, if is_for_all { FOR_ALL } else { FOR_SOME });
    Ok(response)
}

/// What is in a file, with all that keeps it from being anything else.
///
/// # Errors
/// [`Error::Internal`] only.
pub fn answer(file: &Attachment, content: Vec<u8>, small: bool) -> Result<Response, Error> {
    // a small picture may be of the other kind than the whole one
    let kind = match (small, content.first()) {
        (true, Some(0xff)) => "image/jpeg",
        (true, Some(_)) => "image/png",
        _ => file.media.as_str(),
    };
    let how = if file.media.is_picture() { "inline" } else { "attachment" };
    let name = format!("{how}; filename=\"{}\"", file.name);
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}

/// Takes one file, for the island: it hears the number, and what to show of it.
async fn take(visit: Visit, uploads: Uploads, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    attachment::may_send(&visit.actor)?;
    let gathered = gather(&visit, typed, uploads).await?;
    if let Some(error) = gathered.error {
        return Err(error.into());
    }
    let chosen = gathered.typed.chosen();
    let last = chosen.last().ok_or(Error::invalid("file", Problem::Required))?;
    let id = last.id;
    let file = attachment::visible(&visit.view().await?, id).await?;
    let owner = Owner::new_root(None);
    let html = owner.with(|| waiting(&visit, &file, file.alt.clone()).to_html());
    owner.unset_with_forced_cleanup();
    let body = serde_json::json!({ "id": id, "html": html }).to_string();
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// Takes one's own file away from where it stands.
async fn remove(visit: Visit, Path(id): Path<String>) -> PageResult {
    let id = number(&id)?;
    visit.require_account()?;
    let file = attachment::own(&visit.view().await?, id).await?;
    visit.forum().write(&visit.actor, async |tx| attachment::remove(tx, id).await).await?;
    if visit.wants_json {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let place = file.comment_id.map(|comment| format!("#comment-{comment}")).unwrap_or_default();
    Ok(see_other(&match file.post_id {
        Some(post) => format!("/p/{post}?done={}{place}", done!("file-removed")),
        None => "/".to_owned(),
    }))
}
