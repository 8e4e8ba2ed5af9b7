//! The pages: one file a screen, its view and its form handlers.

pub mod accountability;
pub mod admin;
pub mod changelog;
pub mod confirm;
pub mod draft;
pub mod embed;
pub mod feeds;
pub mod files;
pub mod info;
pub mod me;
pub mod moderation;
pub mod people;
pub mod posts;
pub mod promises;
pub mod record;
pub mod roadmap;
pub mod share;
pub mod staff;

use axum::{Router, middleware};

use crate::{
    parts::{errors, form},
    web::Web,
};

/// Every page, with failures dressed in the reader's language. `more` are pages that the process adds.
pub fn routes(web: Web, more: Router<Web>) -> Router {
    let pages = Router::new()
        .merge(accountability::routes())
        .merge(admin::routes())
        .merge(changelog::routes())
        .merge(confirm::routes())
        .merge(embed::routes())
        .merge(feeds::routes())
        .merge(files::routes())
        .merge(info::routes())
        .merge(me::routes())
        .merge(moderation::routes())
        .merge(people::routes())
        .merge(posts::routes())
        .merge(promises::routes())
        .merge(record::routes())
        .merge(roadmap::routes())
        .merge(share::routes())
        .merge(staff::routes())
        .merge(more)
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(web.clone(), errors::dress));
    let resume = draft::routes(pages.clone().with_state(web.clone()));
    let all = pages.merge(resume.layer(middleware::from_fn_with_state(web.clone(), errors::dress)));
    // further in, a form with files is a form
    all.layer(middleware::from_fn(form::unpack)).with_state(web)
}

async fn not_found() -> crate::web::Failure {
    forum::Error::NotFound.into()
}
