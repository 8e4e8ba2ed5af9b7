//! Errors that the layers around the pages answer with (a form of another site, a body that is too large, a request that took too
//! long, a panic) come without words. Here they become pages in the reader's language, like every other error.

use app::{
    parts::errors::{has_page, of_status},
    web::{Visit, Web},
};
use axum::{
    extract::{FromRequestParts as _, Request, State},
    middleware::Next,
    response::Response,
};

use super::headers;

pub(super) async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    if has_page(&response) {
        return response;
    }
    let Ok(visit) = Visit::from_request_parts(&mut asked, &web).await;
    let mut response = of_status(&visit, response);
    headers::mark(response.headers_mut(), asked.uri.path());
    response
}
