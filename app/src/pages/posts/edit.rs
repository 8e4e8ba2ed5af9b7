//! Another wording for a post: by its author, or by staff who name the rule and the reason.

use axum::{Form, extract::Path, response::Response};
use forum::{
    Error,
    error::Denied,
    post::{self, BODY_MAX, Edit, Post, TITLE_MAX, TITLE_MIN},
    text,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    new::{body_field, split_tags, tags_field},
    post_id,
};
use crate::{
    parts::{
        Head, Place,
        form::{Errors, Field, select_field, text_field},
        post_row::{path_of, post_path},
        respond,
        text::TextArea,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    title: String,
    body: String,
    tags: String,
    rule: String,
    reason: String,
    /// `preview` for a look at the text.
    act: String,
}

/// The post, if the one who asks may change it; and whether they do so as staff.
async fn editable(visit: &Visit, id: &str) -> Result<(Post, bool), Error> {
    let account = visit.require_account()?;
    let post = post::by_id(&visit.view().await?, post_id(id)?).await?;
    let me = visit.actor.member()?;
    let as_staff = post.row.author.id != me.id;
    if as_staff && !account.role.is_staff() {
        return Err(Error::Forbidden(Denied::NotAuthor));
    }
    Ok((post, as_staff))
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> PageResult {
    let (post, as_staff) = editable(&visit, &id).await?;
    let typed = Typed {
        title: post.row.title.clone(),
        body: post.body.clone(),
        tags: post.tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", "),
        ..Typed::default()
    };
    Ok(page(&visit, &post, as_staff, &typed, None, &Errors::default()))
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let (post, as_staff) = editable(&visit, &id).await?;
    if typed.act == "preview" {
        let preview = Some(text::markdown(&typed.body.chars().take(BODY_MAX).collect::<String>()));
        return Ok(page(&visit, &post, as_staff, &typed, preview, &Errors::default()));
    }
    let edit = Edit {
        title: Some(typed.title.clone()),
        body: Some(typed.body.clone()),
        tags: Some(split_tags(&typed.tags)),
        rule: typed.rule.trim().parse().ok(),
        reason: Some(typed.reason.clone()),
    };
    match visit.forum().write(&visit.actor, async |tx| post::edit(tx, post.row.id, &edit).await).await {
        Ok(changed) => Ok(see_other(&format!("{}?done=edited", path_of(&changed)))),
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            Ok(page(&visit, &post, as_staff, &typed, None, &errors))
        }
    }
}

fn page(visit: &Visit, post: &Post, as_staff: bool, typed: &Typed, preview: Option<String>, errors: &Errors) -> Response {
    let words = visit.words;
    let head = Head::titled(t!(words, "edit-title", number = post.row.id.0)).at(Place::Posts).with_errors(errors);
    respond(visit, head, || {
        let title = Field {
            name: "title",
            label: t!(words, "new-line"),
            value: &typed.title,
            min: Some(TITLE_MIN),
            max: Some(TITLE_MAX),
            required: true,
            autocomplete: Some("off"),
            ..Field::default()
        };
        let why = as_staff.then(|| {
            let rules = std::iter::once((String::new(), t!(words, "edit-rule-choose")))
                .chain(visit.house_rules().into_iter().map(|(number, text)| (number.to_string(), format!("{number}. {text}"))))
                .collect();
            let reason = TextArea {
                id: "reason",
                value: &typed.reason,
                rows: 3,
                min: Some(10),
                max: Some(500),
                required: true,
                ..TextArea::default()
            };
            view! {
                {select_field(visit, "rule", t!(words, "edit-rule"), rules, &typed.rule, true, errors)}
                {text_field(visit, t!(words, "edit-reason"), Some(t!(words, "edit-reason-hint")), reason, errors)}
            }
        });
        let lede = if as_staff { t!(words, "edit-lede-staff") } else { t!(words, "edit-lede") };
        view! {
            <div class="wrap page">
                <form class="form measure" method="post" action=format!("/p/{}/edit", post.row.id)>
                    // Enter in a field presses the first button of a form: it has to be this one, not the preview
                    <button class="sr" tabindex="-1" aria-hidden="true"></button>
                    {errors.summary(visit)}
                    <header class="stack gap-2">
                        <h1 class="h-page">{t!(words, "edit-title", number = post.row.id.0)}</h1>
                        <p class="lede">{lede}</p>
                    </header>
                    {title.view(visit, errors)}
                    {body_field(visit, t!(words, "edit-body"), &typed.body, preview, errors)}
                    {tags_field(visit, &typed.tags, errors)}
                    {why}
                    <div class="cluster">
                        <button class="btn btn--primary btn--lg">{t!(words, "edit-save")}</button>
                        <a class="btn btn--lg" href=post_path(&post.row)>{t!(words, "edit-cancel")}</a>
                    </div>
                </form>
            </div>
        }
    })
}
