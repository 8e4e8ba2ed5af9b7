//! A post in a list.

use forum::{
    answer::Answer,
    markdown::excerpt,
    post::{Post, PostRow},
    vote::Stance,
};
use leptos::prelude::*;

use super::{
    clock_chip::row_chip,
    icon,
    kept::What,
    kind::kind_label,
    ladder::level_chip,
    pill::pill,
    vote::{Voter, vote_box},
    when,
    who::{owner_chip, owner_name},
};
use crate::{t, web::Visit};

/// Characters of the last word in a row, at most: more than any line holds.
const WORD_MAX: usize = 180;

/// The address of a post.
pub fn post_path(row: &PostRow) -> String {
    format!("/p/{}/{}", row.id, row.slug)
}

/// The address of a whole post.
pub fn path_of(post: &Post) -> String {
    post_path(&post.row)
}

/// Where the reader stands on a post of a list.
pub type StanceOf<'a> = &'a dyn Fn(&PostRow) -> Option<Stance>;

/// What whoever asked for a post has said to it.
pub fn my_stance(post: &PostRow) -> Option<Stance> {
    post.my_vote.as_ref().map(|vote| vote.stance)
}

/// A list of posts, with vote boxes if it is known where the reader stands. `answers` are the latest ones to any of them.
pub fn rows(visit: &Visit, posts: &[PostRow], answers: &[Answer], votes: Option<StanceOf<'_>>) -> impl IntoView + use<> {
    let mut items = String::new();
    for post in posts {
        let voter = votes.map(|stance| Voter { stance: visit.account.as_ref().map(|_| stance(post)), path: visit.path.clone() });
        let answer = answers.iter().find(|a| a.post == post.id);
        items += &visit.kept(What::Row(post.id, voter.clone()), |visit| post_row(visit, post, answer, voter.as_ref()));
    }
    view! { <ol class="rows" inner_html=items></ol> }
}

/// A post in a list.
fn post_row(visit: &Visit, post: &PostRow, answer: Option<&Answer>, voter: Option<&Voter>) -> impl IntoView + use<> {
    let words = visit.words;
    let path = post_path(post);
    let comments = t!(words, "row-comments", n = post.comment_count, number = post.id.0);
    view! {
        <li class=if voter.is_some() { "row" } else { "row row--plain" } id=format!("post-{}", post.id)>
            <div class="row__body">
                {meta(visit, post)}
                <h3 class="row__title" dir="auto" lang=post.language.clone()><a href=path.clone()>{post.title.clone()}</a></h3>
                <p class="row__excerpt" dir="auto" lang=post.language.clone()>{post.excerpt.clone()}</p>
                {answer.map(|answer| last_word(visit, answer))}
                <div class="row__foot">
                    {pill(visit, &post.status)}
                    {row_chip(visit, post, answer)}
                    <span class="row__end">
                        {owner_chip(visit, post.owner.as_ref())}
                        <a class="row__comments" href=format!("{path}#comments")>
                            {icon(visit, "comment")}{words.number(post.comment_count)}<span class="sr">" "{comments}</span>
                        </a>
                    </span>
                </div>
            </div>
            {voter.map(|voter| vote_box(visit, post, voter))}
        </li>
    }
}

/// The company's last word on a post, in one line: who, when, what.
fn last_word(visit: &Visit, answer: &Answer) -> impl IntoView + use<> {
    let who = answer.author.as_ref().map_or_else(|| t!(visit.words, "answer-automatic"), |by| owner_name(visit, by));
    let what = excerpt(&answer.what, WORD_MAX);
    view! {
        <p class="row__word">
            {icon(visit, "answered")}
            <span>
                <span class="sr">{t!(visit.words, "row-last-word")}" "</span>
                <b><bdi>{who}</bdi></b>", "{when::day(visit, answer.created_at)}": "<span dir="auto" lang=answer.language.clone()>{what}</span>
            </span>
        </p>
    }
}

/// Kind, board, number; the level from 2 on, and a word when not everybody sees it.
pub fn meta(visit: &Visit, post: &PostRow) -> impl IntoView + use<> {
    let words = visit.words;
    let private = post.board.private.then(|| view! { <span>{icon(visit, "lock")}" "{t!(words, "row-private")}</span> });
    view! {
        <p class="row__meta">
            {kind_label(visit, post.kind)}
            <a href=format!("/?board={}", post.board.slug)><bdi>{post.board.called(visit.language()).to_owned()}</bdi></a>
            <span class="num">{t!(words, "row-number", number = post.id.0)}</span>
            {private}
            {level_chip(visit, post.level)}
        </p>
    }
}
