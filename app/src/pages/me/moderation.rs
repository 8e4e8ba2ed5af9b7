//! What moderators did to what I wrote, and to me.

use axum::{Router, routing::get};
use forum::moderation::{self, APPEAL_DAYS};
use leptos::prelude::*;

use super::page;
use crate::{
    parts::{icon, marker::act_line},
    t,
    web::{PageResult, Visit, Web},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/moderation", get(show))
}

async fn show(visit: Visit) -> PageResult {
    let account = visit.require_account()?;
    let acts = moderation::of_own(visit.forum().read(), &visit.actor).await?;
    let words = visit.words;
    Ok(page(&visit, account, "/me/moderation", None, || {
        let list = if acts.is_empty() {
            view! { <div class="empty">{icon(&visit, "shield")}<h3>{t!(words, "me-moderation-none")}</h3></div> }.into_any()
        } else {
            let lines = acts.iter().map(|act| act_line(&visit, act, None)).collect_view();
            view! { <ol class="stack gap-3">{lines}</ol> }.into_any()
        };
        view! {
            <section class="section">
                <h2 class="h-section">{t!(words, "me-moderation")}</h2>
                <p class="ink-2 measure">{t!(words, "me-moderation-text", days = APPEAL_DAYS)}</p>
                {list}
            </section>
        }
    }))
}
