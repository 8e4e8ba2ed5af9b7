//! Another wording for a post: by its author, or by staff who name the rule and the reason.

use axum::{Form, extract::Path, response::Response};
use forum::{
    Error, attachment,
    post::{self, Edit, Post, TITLE_MAX, TITLE_MIN},
};
use leptos::prelude::*;

use super::{
    new::{body_field, preview_of, split_tags, tags_field},
    post_id,
};
use crate::{
    parts::{
        Head, Place,
        diff::difference,
        files::own_files,
        form::{Area, Choice, Gathered, Line, MULTIPART, Need, Sent, Sheet, Typed, Uploads, gather},
        post_row::{path_of, post_path},
        respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "edit";

/// The post, if the one who asks may change it; and whether they do so as staff.
async fn editable(visit: &Visit, id: &str) -> Result<(Post, bool), Error> {
    visit.require_account()?;
    let post = post::by_id(&visit.view().await?, post_id(id)?).await?;
    let (_, as_staff) = post::may_edit(&visit.actor, post.row.author.id)?;
    Ok((post, as_staff))
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> PageResult {
    let (post, as_staff) = editable(&visit, &id).await?;
    Ok(page(&visit, &post, as_staff, None, None))
}

/// `act` is `preview` for a look at the text.
pub(super) async fn save(visit: Visit, Path(id): Path<String>, uploads: Uploads, Form(typed): Form<Typed>) -> PageResult {
    let (post, as_staff) = editable(&visit, &id).await?;
    let Gathered { typed, error, is_for_files } = gather(&visit, typed, uploads).await?;
    if let Some(error) = error {
        let sent = Sent::refused(&visit, KEY, typed, error)?.with_files(&visit).await?;
        return Ok(page(&visit, &post, as_staff, None, Some(&sent)));
    }
    let wants_preview = typed.get("act") == "preview";
    if wants_preview || is_for_files {
        let preview = if wants_preview { Some(preview_of(&visit, &typed).await?) } else { None };
        let sent = Sent::unread(KEY, typed).with_files(&visit).await?;
        return Ok(page(&visit, &post, as_staff, preview, Some(&sent)));
    }
    let edit = Edit {
        title: Some(typed.text("title")),
        body: Some(typed.text("body")),
        tags: Some(split_tags(typed.get("tags"))),
        rule: typed.get("rule").trim().parse().ok(),
        reason: Some(typed.text("reason")),
        version: typed.get("version").parse().ok(),
        attachments: typed.chosen(),
    };
    let forum = visit.forum().with_markdown(typed.get("body")).await?;
    match forum.write(&visit.actor, async |tx| post::edit(tx, post.row.id, &edit).await).await {
        Ok(changed) => Ok(see_other(&format!("{}?done=edited", path_of(&changed)))),
        Err(error) => {
            let sent = Sent::refused(&visit, KEY, typed, error)?.with_files(&visit).await?;
            let (post, as_staff) = editable(&visit, &id).await?;
            Ok(page(&visit, &post, as_staff, None, Some(&sent)))
        }
    }
}

fn page(visit: &Visit, post: &Post, as_staff: bool, preview: Option<String>, sent: Option<&Sent>) -> Response {
    let words = visit.words;
    let head = Head::titled(t!(words, "edit-title", number = post.row.id.0)).at(Place::Posts).with_form(sent);
    let sheet = Sheet::plain(visit, KEY, sent);
    let with_files = !as_staff && attachment::may_send(&visit.actor).is_ok();
    respond(visit, head, || {
        let title = sheet.line(Line {
            name: "title",
            label: t!(words, "new-line"),
            value: &post.row.title,
            need: Need::Always,
            min: Some(TITLE_MIN),
            max: Some(TITLE_MAX),
            ..Line::default()
        });
        let tags = post.tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ");
        let why = as_staff.then(|| why(visit, &sheet));
        let lede = if as_staff { t!(words, "edit-lede-staff") } else { t!(words, "edit-lede") };
        view! {
            <div class="wrap page">
                <form class="form measure" method="post" novalidate=true action=format!("/p/{}/edit", post.row.id) enctype=with_files.then_some(MULTIPART)>
                    // Enter in a field presses the first button of a form: it has to be this one, not the preview
                    <button class="sr" tabindex="-1" aria-hidden="true"></button>
                    {sheet.summary()}
                    <header class="stack gap-2">
                        <h1 class="h-page">{t!(words, "edit-title", number = post.row.id.0)}</h1>
                        <p class="lede">{lede}</p>
                    </header>
                    <input type="hidden" name="version" value=post.version.to_string() />
                    {title}
                    {difference(visit, &sheet, &post.body, &post.row.language)}
                    {body_field(visit, &sheet, (t!(words, "edit-body"), t!(words, "new-body-hint")), &post.body, preview)}
                    {with_files.then(|| sheet.files())}
                    {tags_field(visit, &sheet, &tags)}
                    {why}
                    <div class="cluster">
                        <button class="btn btn--primary btn--lg">{t!(words, "edit-save")}</button>
                        <a class="btn btn--lg" href=post_path(&post.row)>{t!(words, "edit-cancel")}</a>
                    </div>
                </form>
                {own_files(visit, &post.files)}
            </div>
        }
    })
}

/// The rule and the reason that the staff name for another wording.
pub(super) fn why(visit: &Visit, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    let rules = std::iter::once((String::new(), t!(words, "edit-rule-choose")))
        .chain(visit.house_rules().into_iter().map(|(number, text)| (number.to_string(), format!("{number}. {text}"))))
        .collect();
    view! {
        {sheet.choice(Choice {
            name: "rule",
            label: t!(words, "edit-rule"),
            options: rules,
            need: Need::Always,
            ..Choice::default()
        })}
        {sheet.area(Area {
            name: "reason",
            label: t!(words, "edit-reason"),
            hint: Some(t!(words, "edit-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 3,
            ..Area::default()
        })}
    }
}
