//! What the author says to the refusal of their post, within seven days.

use axum::{Form, extract::Path};
use chrono::{DateTime, Utc};
use forum::{
    post::{self, PostRow},
    rebuttal::{self, BODY_MAX},
};
use leptos::prelude::*;

use super::{post_id, show};
use crate::{
    parts::{
        form::{Area, Need, Sent, Sheet, Typed},
        icon,
        post_row::post_path,
        when,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "rebuttal";

pub(super) async fn write(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = post_id(&id)?;
    visit.require_account()?;
    let language = visit.language();
    let forum = visit.forum().with_markdown(typed.get("body")).await?;
    match forum.write(&visit.actor, async |tx| rebuttal::write(tx, id, typed.get("body"), Some(language)).await).await {
        Ok(new) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            Ok(see_other(&format!("{}?done=rebuttal#rebuttal-{}", post_path(&row), new.answer_id)))
        }
        Err(error) => show::again(&visit, id, &Sent::invalid(&visit, KEY, typed, error)?).await,
    }
}

/// The form for the author of a refused post, as long as there is time.
pub(super) fn form(
    visit: &Visit,
    row: &PostRow,
    until: Option<DateTime<Utc>>,
    sent: Option<&Sent>,
) -> Option<impl IntoView + use<>> {
    let until = until?;
    let words = visit.words;
    let text = Sheet::plain(visit, KEY, sent).area(Area {
        name: "body",
        label: t!(words, "rebuttal-label"),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 5,
        aside: Some("rebuttal-body".to_owned()),
        ..Area::default()
    });
    Some(view! {
        <section class="banner" id="rebuttal" aria-labelledby="rebuttal-form-title">
            {icon(visit, "reply")}
            <div class="stack gap-3">
                <div>
                    <h2 class="banner__h" id="rebuttal-form-title">{t!(words, "rebuttal-heading")}</h2>
                    <p class="banner__t">{t!(words, "rebuttal-text")}" "{t!(words, "rebuttal-until")}" "{when::deadline(visit, until)}"."</p>
                </div>
                <form class="stack gap-3" method="post" novalidate=true action=format!("/p/{}/rebuttal", row.id)>
                    {text}
                    <div class="cluster"><button class="btn btn--primary">{t!(words, "rebuttal-send")}</button></div>
                </form>
            </div>
        </section>
    })
}
