//! A member says that two posts are one matter; the staff decide.

use axum::{Form, extract::Path, response::Response};
use forum::{
    Error, Tx,
    case::{self, WORDS_MAX},
    error::Check,
    post::{self, PostRow},
    repeat,
};
use leptos::prelude::*;

use super::post_id;
use crate::{
    parts::{
        Head, Place,
        case::number,
        form::{Area, Line, Need, Sent, Sheet, Typed},
        post_row::post_path,
        respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "same";

async fn row(visit: &Visit, id: &str) -> Result<PostRow, Error> {
    post::row_by_id(visit.forum().read(), &visit.actor, post_id(id)?, visit.now).await
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> PageResult {
    visit.require_account()?;
    let row = row(&visit, &id).await?;
    Ok(page(&visit, &row, None))
}

pub(super) async fn propose(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let row = row(&visit, &id).await?;
    let form = typed.digest(&format!("/p/{}/same", row.id));
    let mut check = Check::new();
    let other = check.field("other", case::parse_post(typed.get("other")));
    let proposed = match check.finish(other) {
        Ok(other) => {
            let words = typed.some("words");
            let propose = async |tx: &mut Tx| Ok(case::propose(tx, row.id, Some(other), words.as_deref()).await?.0);
            visit.forum().write(&visit.actor, async |tx| repeat::once(tx, &form, propose).await).await
        }
        Err(error) => Err(error),
    };
    match proposed {
        Ok(_) => Ok(see_other(&format!("{}?done=proposed", post_path(&row)))),
        Err(error) => Ok(page(&visit, &row, Some(&Sent::refused(&visit, KEY, typed, error)?))),
    }
}

fn page(visit: &Visit, row: &PostRow, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let title = t!(words, "same-title", number = number(visit, row.id));
    let head = Head::titled(title.clone()).at(Place::Posts).with_form(sent);
    let sheet = Sheet::plain(visit, KEY, sent);
    respond(visit, head, || {
        let other = sheet.line(Line {
            name: "other",
            label: t!(words, "same-other"),
            hint: Some(t!(words, "same-other-hint")),
            need: Need::Always,
            max: Some(300),
            ..Line::default()
        });
        let why =
            sheet.area(Area { name: "words", label: t!(words, "same-words"), max: Some(WORDS_MAX), rows: 3, ..Area::default() });
        view! {
            <div class="wrap page">
                <form class="form measure" method="post" novalidate=true action=format!("/p/{}/same", row.id)>
                    {sheet.summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede" dir="auto" lang=row.language.clone()><a href=post_path(row)>{row.title.clone()}</a></p>
                        <p>{t!(words, "same-lede")}</p>
                    </header>
                    {other}
                    {why}
                    <div class="cluster">
                        <button class="btn btn--primary">{t!(words, "same-go")}</button>
                        <a class="btn" href=post_path(row)>{t!(words, "same-cancel")}</a>
                    </div>
                </form>
            </div>
        }
    })
}
