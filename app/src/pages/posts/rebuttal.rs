//! What the author says to the refusal of their post, within seven days.

use axum::{Form, extract::Path};
use chrono::{DateTime, Utc};
use forum::{
    post::{self, PostRow},
    rebuttal::{self, BODY_MAX},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{again::Typed, post_id, show};
use crate::{
    parts::{
        form::{Errors, text_field},
        icon,
        post_row::post_path,
        text::TextArea,
        when,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Rebut {
    /// What the author says.
    body: String,
}

pub(super) async fn write(visit: Visit, Path(id): Path<String>, Form(form): Form<Rebut>) -> PageResult {
    let id = post_id(&id)?;
    if visit.account.is_none() {
        return Ok(show::sign_in(id));
    }
    let language = visit.language();
    match visit.forum().write(&visit.actor, async |tx| rebuttal::write(tx, id, &form.body, Some(language)).await).await {
        Ok(new) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            Ok(see_other(&format!("{}?done=rebuttal#rebuttal-{}", post_path(&row), new.answer_id)))
        }
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            show::again(&visit, id, show::Refused { rebuttal: Typed { body: form.body, errors }, ..show::Refused::default() }).await
        }
    }
}

/// The form for the author of a refused post, as long as there is time.
pub(super) fn form(visit: &Visit, row: &PostRow, until: Option<DateTime<Utc>>, typed: &Typed) -> Option<impl IntoView + use<>> {
    let until = until?;
    let words = visit.words;
    let refused = !typed.errors.is_empty();
    let area = TextArea {
        id: if refused { "body" } else { "rebuttal-body" },
        name: Some("body"),
        value: &typed.body,
        rows: 5,
        max: Some(BODY_MAX),
        required: true,
        ..TextArea::default()
    };
    Some(view! {
        <section class="banner" id="rebuttal" aria-labelledby="rebuttal-form-title">
            {icon(visit, "reply")}
            <div class="stack gap-3">
                <div>
                    <h2 class="banner__h" id="rebuttal-form-title">{t!(words, "rebuttal-heading")}</h2>
                    <p class="banner__t">{t!(words, "rebuttal-text")}" "{t!(words, "rebuttal-until")}" "{when::deadline(visit, until)}"."</p>
                </div>
                <form class="stack gap-3" method="post" action=format!("/p/{}/rebuttal", row.id)>
                    {text_field(visit, t!(words, "rebuttal-label"), None, area, &typed.errors)}
                    <div class="cluster"><button class="btn btn--primary">{t!(words, "rebuttal-send")}</button></div>
                </form>
            </div>
        </section>
    })
}
