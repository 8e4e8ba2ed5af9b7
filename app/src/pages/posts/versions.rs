//! Every wording that stood in public, with what changed from one to the next.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forum::{
    Error,
    attachment::{self, Attachment},
    comment,
    id::CommentId,
    moderation::Act,
    post,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{post_id, show};
use crate::{
    i18n::names,
    parts::{
        Head, Place, diff::diff, files::files, pager::pager, post_row::post_path, respond, text::tag_of, when, who::public_link,
    },
    t,
    web::{PageResult, Visit},
};

/// Wordings of one page.
const SIZE: usize = 20;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Only wordings up to this number.
    upto: String,
}

/// One wording, of a post or of a comment.
struct Wording {
    number: i32,
    title: Option<String>,
    body: String,
    head: AnyView,
    why: Option<AnyView>,
    /// The files that came with it, as far as they are still there.
    files: Vec<Attachment>,
    /// Whether one was taken away with it.
    lost_file: bool,
}

/// The files that came with that wording.
fn files_of(files: &[Attachment], number: i32) -> Vec<Attachment> {
    files.iter().filter(|file| file.since == number).cloned().collect()
}

pub(super) async fn of_post(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = post_id(&id)?;
    let view = visit.view().await?;
    let row = post::row_by_id(view.db(), &visit.actor, id, visit.now).await?;
    let seen = view.post(id).await?;
    let versions = post::versions(&view, &seen).await?;
    let files = attachment::of_post(&view, &seen).await?;
    let wordings = versions
        .into_iter()
        .map(|version| {
            let why = version.rule.map(|rule| why(&visit, rule, version.reason.as_deref()));
            Wording {
                files: files_of(&files, version.number),
                lost_file: version.files_gone > 0,
                number: version.number,
                title: Some(version.title),
                body: version.body,
                head: view! { <span>{public_link(&visit, &version.editor)}</span>{when::moment(&visit, version.created_at)} }
                    .into_any(),
                why,
            }
        })
        .collect();
    let title = t!(visit.words, "versions-title", number = row.id.0);
    let path = post_path(&row);
    page(&visit, wordings, &asked, Subject { title, path, post_title: row.title, language: row.language })
}

pub(super) async fn of_comment(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = CommentId(id.parse().map_err(|_| Error::NotFound)?);
    let view = visit.view().await?;
    let comment = comment::visible(&view, id).await?;
    let row = post::row_by_id(view.db(), &visit.actor, comment.post, visit.now).await?;
    let wordings = comment::versions(&view, id)
        .await?
        .into_iter()
        .map(|version| Wording {
            files: files_of(&comment.files, version.number),
            lost_file: version.files_gone > 0,
            number: version.number,
            title: None,
            body: version.body,
            head: view! { <span>{public_link(&visit, &version.editor)}</span>{when::moment(&visit, version.created_at)} }
                .into_any(),
            why: version.rule.map(|rule| why(&visit, rule, version.reason.as_deref())),
        })
        .collect();
    let path = show::comment_path(&visit, &row, &comment).await?;
    let title = t!(visit.words, "versions-title-comment");
    page(&visit, wordings, &asked, Subject { title, path, post_title: row.title, language: comment.language })
}

/// That the staff made a wording, under which rule and why.
fn why(visit: &Visit, number: i32, reason: Option<&str>) -> AnyView {
    let words = visit.words;
    // in force or not: it is what was named
    let rules = visit.site.every_rule();
    let rule = rules.iter().find(|rule| i64::from(rule.number) == i64::from(number));
    let text = rule.map(|rule| visit.rule_in(visit.language(), rule)).unwrap_or_default();
    let reason = reason.unwrap_or_default().to_owned();
    let lang = tag_of(visit, &reason);
    view! {
        <p class="sm">
            <b>{words.name(names::ACTED, Act::Edit)}"."</b>" "<b>{t!(words, "versions-rule", number = i64::from(number))}</b>" "{text}" "
            <b>{t!(words, "versions-reason")}</b>" "<bdi lang=lang>{reason}</bdi>
        </p>
    }
    .into_any()
}

/// What the page is about.
struct Subject {
    title: String,
    path: String,
    post_title: String,
    language: String,
}

/// The wordings, latest first. Each shows what changed since the one before.
fn page(visit: &Visit, all: Vec<Wording>, asked: &Asked, subject: Subject) -> PageResult {
    let upto = if asked.upto.is_empty() { i32::MAX } else { asked.upto.parse().map_err(|_| Error::NotFound)? };
    let words = visit.words;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let here = visit.path.split('?').next().unwrap_or_default();
    let newest = all.first().map_or(0, |w| w.number);
    let mut shown: Vec<Wording> = all.into_iter().filter(|w| w.number <= upto).take(SIZE + 1).collect();
    let before = (shown.len() > SIZE).then(|| shown.pop()).flatten();
    let older = before.as_ref().map(|w| format!("{here}?upto={}", w.number));
    let step = i32::try_from(SIZE).unwrap_or(i32::MAX);
    let newer = (upto < newest).then(|| format!("{here}?upto={}", upto.saturating_add(step)));
    let pages =
        (older.is_some() || newer.is_some()).then(|| pager(visit, newer, older, t!(words, "versions-total", n = total)).into_any());
    Ok(render(visit, shown, before.as_ref(), pages, subject))
}

fn render(visit: &Visit, shown: Vec<Wording>, before: Option<&Wording>, pages: Option<AnyView>, subject: Subject) -> Response {
    let words = visit.words;
    let Subject { title, path, post_title, language } = subject;
    let head = Head::titled(title.clone()).at(Place::Posts);
    respond(visit, head, || {
        // each is compared with the one that stood before it
        let earlier: Vec<Option<(Option<String>, String)>> = shown
            .iter()
            .skip(1)
            .chain(before)
            .map(|w| Some((w.title.clone(), w.body.clone())))
            .chain([None])
            .take(shown.len())
            .collect();
        let items = shown
            .into_iter()
            .zip(earlier)
            .map(|(wording, earlier)| {
                let (title, body) = match earlier {
                    Some((title, body)) => (
                        wording.title.map(|new| diff(title.as_deref().unwrap_or_default(), &new).into_any()),
                        diff(&body, &wording.body).into_any(),
                    ),
                    None => (wording.title.map(IntoAny::into_any), wording.body.into_any()),
                };
                let number = t!(words, "versions-version", n = i64::from(wording.number));
                view! {
                    <li>
                        <div class="versions__head"><b>{number}</b>{wording.head}</div>
                        {wording.why}
                        <div class="versions__diff" dir="auto" lang=language.clone()>
                            {title.map(|title| view! { <p><b>{title}</b></p> })}
                            <p>{body}</p>
                        </div>
                        {files(visit, &wording.files)}
                        {wording.lost_file.then(|| view! { <p class="sm">{t!(words, "versions-file-gone")}</p> })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <div class="stack gap-6">
                    <header class="stack gap-2">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede" dir="auto" lang=language.clone()><a href=path>{post_title}</a></p>
                        <p class="meta">{t!(words, "versions-lede")}</p>
                    </header>
                    <ol class="versions">{items}</ol>
                    {pages}
                </div>
            </div>
        }
    })
}
