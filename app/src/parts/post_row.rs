//! A post in a list.

use std::collections::BTreeMap;

use forum::{
    answer::Answer,
    id::PostId,
    markdown::excerpt,
    post::{Post, PostRow},
    search::{Line, Marked},
    vote::Stance,
};
use leptos::prelude::*;

use super::{
    case,
    clock_chip::row_chip,
    icon,
    kept::{Digest, What},
    kind::kind_label,
    ladder::level_chip,
    marker::act_path,
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

/// A list of posts, with vote boxes if it is known where the reader stands. `answers` are the latest ones to any of them; `lines` say why
/// somebody found them.
pub fn rows(
    visit: &Visit,
    posts: &[PostRow],
    answers: &[Answer],
    votes: Option<StanceOf<'_>>,
    lines: Option<&BTreeMap<PostId, Line>>,
) -> impl IntoView + use<> {
    let mut items = String::new();
    for post in posts {
        let voter = votes.map(|stance| Voter { stance: visit.account.as_ref().map(|_| stance(post)), path: visit.path.clone() });
        let answer = answers.iter().find(|a| a.post == post.id);
        let line = lines.and_then(|lines| lines.get(&post.id));
        if post.hidden.is_some() || post.held {
            // not for everybody who might be shown what is kept
            items += &post_row(visit, post, answer, voter.as_ref().filter(|_| line.is_some()), line).into_view().to_html();
        } else {
            let what = match line {
                Some(line) => What::Found(post.id, voter.clone(), Digest::of(line)),
                None => What::Row(post.id, voter.clone()),
            };
            items += &visit.kept(what, |visit| post_row(visit, post, answer, voter.as_ref(), line));
        }
    }
    view! { <ol class="rows" inner_html=items></ol> }
}

/// A post in a list.
fn post_row(
    visit: &Visit,
    post: &PostRow,
    answer: Option<&Answer>,
    voter: Option<&Voter>,
    line: Option<&Line>,
) -> impl IntoView + use<> {
    let words = visit.words;
    let path = post_path(post);
    let title = line.map_or_else(|| post.title.clone().into_any(), |line| marked(&line.title).into_any());
    let comments = t!(words, "row-comments", n = post.case_comments, number = post.id.0);
    view! {
        <li class=if voter.is_some() { "row" } else { "row row--plain" } id=format!("post-{}", post.id)>
            <div class="row__body">
                {meta(visit, post)}
                <h3 class="row__title" dir="auto" lang=post.language.clone()><a href=path.clone()>{title}</a></h3>
                {excerpt_of(visit, post, line)}
                {hidden(visit, post)}
                {held(visit, post)}
                {post.head.map(|head| of_case(visit, head))}
                {answer.map(|answer| last_word(visit, answer))}
                <div class="row__foot">
                    {pill(visit, &post.status)}
                    {row_chip(visit, post, answer)}
                    <span class="row__end">
                        {owner_chip(visit, post.owner.as_ref())}
                        <a class="row__comments" href=format!("{path}#comments")>
                            {icon(visit, "comment")}{words.number(post.case_comments)}<span class="sr">" "{comments}</span>
                        </a>
                    </span>
                </div>
            </div>
            {voter.map(|voter| vote_box(visit, post, voter))}
        </li>
    }
}

/// That a post is hidden, and under which rule, with the way to what can be done about it.
pub fn hidden(visit: &Visit, post: &PostRow) -> Option<impl IntoView + use<>> {
    let marker = post.hidden.as_ref()?;
    Some(view! {
        <p class="row__word">
            {icon(visit, "shield")}
            <a href=act_path(marker.id)>{t!(visit.words, "row-hidden", rule = i64::from(marker.rule))}</a>
        </p>
    })
}

/// To its author, that nobody else can read a post yet.
fn held(visit: &Visit, post: &PostRow) -> Option<impl IntoView + use<>> {
    post.held.then(|| view! { <p class="row__word">{icon(visit, "clock")}<span>{t!(visit.words, "held-title")}</span></p> })
}

/// That a post is one matter with another, where the answers are.
fn of_case(visit: &Visit, head: PostId) -> impl IntoView + use<> {
    view! {
        <p class="row__word">
            {icon(visit, "case")}
            <span>{t!(visit.words, "case-row")}" "<a href=format!("/p/{head}")>{case::number(visit, head)}</a></span>
        </p>
    }
}

/// The first words of a post, or the line by which it was found.
fn excerpt_of(visit: &Visit, post: &PostRow, line: Option<&Line>) -> impl IntoView + use<> {
    let Some((line, text)) = line.and_then(|line| Some((line, line.text.as_ref()?))) else {
        return view! { <p class="row__excerpt" dir="auto" lang=post.language.clone()>{post.excerpt.clone()}</p> }.into_any();
    };
    let Some((comment, language)) = line.comment.clone() else {
        return view! { <p class="row__excerpt" dir="auto" lang=post.language.clone()>{marked(text)}</p> }.into_any();
    };
    let there = format!("{}?comments={}#comment-{comment}", post_path(post), comment.0 - 1);
    view! {
        <p class="row__excerpt">
            <a href=there>{t!(visit.words, "row-in-comment")}</a>" "<span dir="auto" lang=language>{marked(text)}</span>
        </p>
    }
    .into_any()
}

/// A text with what somebody searched for marked.
fn marked(Marked(parts): &Marked) -> impl IntoView + use<> {
    let part = |(text, is_marked): &(String, bool)| {
        if *is_marked { view! { <mark>{text.clone()}</mark> }.into_any() } else { text.clone().into_any() }
    };
    parts.iter().map(part).collect_view()
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
