//! What was said last under a post, and a reply that is no answer.

use axum::{Router, routing::post};
use forum::{
    Tx,
    comment::{self, BODY_MAX},
    repeat,
};
use leptos::prelude::*;

use super::{Act, Pane, panel};
use crate::{
    done,
    parts::{
        files::files,
        form::{Area, Need},
        post_row::path_of,
        text::markdown,
        when,
        who::{Size, public_avatar, public_link},
    },
    t,
    web::{PageResult, Web},
};

/// Comments that are shown.
pub(super) const SHOWN: u64 = 3;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/triage/{id}/comments", post(reply))
}

async fn reply(act: Act) -> PageResult {
    let (id, body, language) = (act.post, act.typed.get("body"), act.visit.language());
    let form = act.typed.digest(&format!("/triage/{id}/comments"));
    let submit = async |tx: &mut Tx| {
        repeat::once(tx, &form, async |tx| Ok(comment::submit(tx, id, None, body, Some(language)).await?.0)).await
    };
    let forum = act.visit.forum().with_markdown(body).await?;
    let said = forum.write(&act.visit.actor, submit).await;
    act.finish("reply", said.map(|_| done!("replied"))).await
}

/// The last comments, and the form for one more.
pub(super) fn talk(pane: &Pane<'_>) -> impl IntoView + use<> {
    let Pane { visit, item, .. } = *pane;
    let words = visit.words;
    let row = &item.post.row;
    let comments = item
        .comments
        .iter()
        .map(|comment| {
            view! {
                <li class="comment">
                    {public_avatar(visit, &comment.author, Size::Sm)}
                    <div class="comment__body">
                        <p class="comment__head"><b>{public_link(visit, &comment.author)}</b><span>{when::moment(visit, comment.created_at)}</span></p>
                        {markdown(&comment.body_html, &comment.language)}
                        {files(visit, &comment.files)}
                    </div>
                </li>
            }
        })
        .collect_view();
    let heading = (!item.comments.is_empty()).then(|| {
        let all = i64::try_from(item.comments.len()).is_ok_and(|shown| shown < row.case_comments).then(|| {
            view! { <a class="sm" href=format!("{}#comments", path_of(&item.post))>{t!(words, "triage-talk-all", n = row.case_comments)}</a> }
        });
        view! {
            <div class="between"><h3 class="h-block">{t!(words, "triage-talk")}</h3>{all}</div>
            <ol class="comments">{comments}</ol>
        }
    });
    let sheet = pane.sheet("reply");
    let field = sheet.area(Area {
        name: "body",
        label: t!(words, "triage-reply-label"),
        hint: Some(t!(words, "triage-reply-hint")),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 3,
        ..Area::default()
    });
    let button = view! { <button class="btn">{t!(words, "triage-reply-go")}</button> }.into_any();
    let form = pane.form(&sheet, "comments", field, button);
    let reply = panel(visit, &sheet, "comment", t!(words, "triage-reply"), String::new(), false, form);
    view! { <section class="stack gap-3">{heading}{reply}</section> }
}
