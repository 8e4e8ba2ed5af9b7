//! One post in a frame: what others show of it where somebody pasted its address.

use axum::extract::{Path, Query};
use forum::{Error, actor::Actor, answer, id::PostId, markdown::excerpt, post};
use leptos::prelude::*;

use super::{Asked, Frame};
use crate::{
    parts::{icon, kind::kind_label, pill::pill, post_row::post_path, vote::support_word, when, who::owner_name},
    share::Card,
    t,
    web::{PageResult, Visit},
};

/// Characters of the last word.
const WORD_MAX: usize = 240;

pub(super) async fn show(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = id.parse().map(PostId).map_err(|_| Error::NotFound)?;
    let frame = Frame::open(&visit, &Asked { board: String::new(), ..asked }).await?;
    let visit = &frame.visit;
    let words = visit.words;
    let db = visit.forum().read();
    let row = post::row_by_id(db, &Actor::Visitor, id, visit.now).await?;
    // what has no picture has no frame
    Card::of_post(words, &visit.site, &row).ok_or(Error::NotFound)?;
    let answer = answer::latest_of(db, &[id]).await?.into_iter().next();
    let path = post_path(&row);
    let title = t!(words, "embed-title-post", site = visit.site.name.as_str(), number = row.id.0);
    Ok(frame.respond(&title, &path, || {
        let last = answer.map(|answer| {
            let who = answer.author.as_ref().map_or_else(|| t!(words, "answer-automatic"), |by| owner_name(visit, by));
            view! {
                <p class="embed__word">
                    {icon(visit, "answered")}
                    <span>
                        <b><bdi>{who}</bdi></b>", "{when::day(visit, answer.created_at)}": "
                        <span dir="auto" lang=answer.language.clone()>{excerpt(&answer.what, WORD_MAX)}</span>
                    </span>
                </p>
            }
        });
        let comments = t!(words, "row-comments", n = row.case_comments, number = row.id.0);
        view! {
            <article class="embed__post">
                <p class="row__meta">{kind_label(visit, row.kind)}<bdi>{row.board.called(visit.language()).to_owned()}</bdi></p>
                <h2 class="h-section" dir="auto" lang=row.language.clone()>
                    <a href=path.clone() target="_blank" rel="noopener">{row.title.clone()}</a>
                </h2>
                <p class="row__excerpt" dir="auto" lang=row.language.clone()>{row.excerpt.clone()}</p>
                {last}
                <p class="row__foot">
                    {pill(visit, &row.status)}
                    <span class="votes-n">{icon(visit, "up")}{words.number(row.case_support)}<span class="sr">{format!(" {}", support_word(visit, row.kind))}</span></span>
                    <span class="votes-n">{icon(visit, "comment")}{words.number(row.case_comments)}<span class="sr">" "{comments}</span></span>
                </p>
            </article>
        }
    }))
}
