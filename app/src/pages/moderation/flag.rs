//! The form by which members point out that a house rule does not allow a text.

use axum::{Form, extract::Path};
use forum::{
    flag::{self, NOTE_MAX},
    moderation::Target,
};
use leptos::prelude::*;

use super::{Thing, comment_target, post_target, rules};
use crate::{
    done,
    parts::{
        Head, Place,
        form::{Area, Choice, Need, Sent, Sheet, Typed},
        respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "flag";

pub(super) async fn post_form(visit: Visit, Path(id): Path<String>) -> PageResult {
    page(&visit, post_target(&id)?, None).await
}

pub(super) async fn post_raise(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    raise(&visit, post_target(&id)?, typed).await
}

pub(super) async fn comment_form(visit: Visit, Path(id): Path<String>) -> PageResult {
    page(&visit, comment_target(&id)?, None).await
}

pub(super) async fn comment_raise(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    raise(&visit, comment_target(&id)?, typed).await
}

async fn raise(visit: &Visit, target: Target, typed: Typed) -> PageResult {
    visit.require_account()?;
    let rule = typed.get("rule").trim().parse().ok();
    let raised = visit.forum().write_aside(&visit.actor, async |tx| flag::raise(tx, target, rule, typed.get("note")).await).await;
    match raised {
        Ok(_) => {
            let path = Thing::load(visit, target).await?.path();
            let (path, place) =
                path.split_once('#').map_or((path.as_str(), String::new()), |(path, place)| (path, format!("#{place}")));
            Ok(see_other(&format!("{path}?done={}{place}", done!("flagged"))))
        }
        Err(error) => page(visit, target, Some(&Sent::refused(visit, KEY, typed, error)?)).await,
    }
}

async fn page(visit: &Visit, target: Target, sent: Option<&Sent>) -> PageResult {
    visit.require_account()?;
    let words = visit.words;
    let thing = Thing::load(visit, target).await?;
    let title = t!(words, "flag-title", thing = thing.name(visit));
    let head = Head::titled(title.clone()).at(Place::Posts).with_form(sent);
    Ok(respond(visit, head, || {
        let sheet = Sheet::plain(visit, KEY, sent);
        let rule = sheet.choice(Choice {
            name: "rule",
            label: t!(words, "edit-rule"),
            options: rules(visit),
            need: Need::Always,
            ..Choice::default()
        });
        let note =
            sheet.area(Area { name: "note", label: t!(words, "flag-note"), max: Some(NOTE_MAX), rows: 3, ..Area::default() });
        view! {
            <div class="wrap page">
                <form class="form measure" method="post" novalidate=true action=thing.form("flag")>
                    {sheet.summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{t!(words, "flag-lede")}</p>
                    </header>
                    {rule}
                    {note}
                    <div class="cluster">
                        <button class="btn btn--primary">{t!(words, "flag-go")}</button>
                        <a class="btn" href=thing.path()>{t!(words, "edit-cancel")}</a>
                    </div>
                </form>
            </div>
        }
    }))
}
