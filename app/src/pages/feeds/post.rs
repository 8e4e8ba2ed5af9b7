//! What comes of one post: its text, the answers to it and what is said to it.

use forum::{Error, actor::Actor, answer, comment, id::PostId, post};

use super::{LATEST, answers, atom, atom::Item, path_of_post};
use crate::{
    parts::post_row::path_of,
    t,
    web::{PageResult, Visit},
};

pub(super) async fn feed(visit: &Visit, id: PostId) -> PageResult {
    let view = visit.forum().view(&Actor::Visitor).await?.at(visit.now);
    let seen = view.post(id).await?;
    let post = post::by_id(&view, id).await?;
    if !post.is_readable {
        return Err(Error::NotFound.into());
    }
    let (row, here) = (&post.row, path_of(&post));
    let mut items = vec![Item {
        title: row.title.clone(),
        path: here.clone(),
        by: row.author.name.clone(),
        at: row.created_at,
        changed_at: post.edited_at,
        html: post.body_html.clone(),
        language: row.language.clone(),
    }];
    items.extend(answer::list(&view, &seen).await?.iter().map(|answer| answers::item(visit, answer, &row.slug, &row.title)));
    items.extend(comment::latest(&view, &seen, LATEST).await?.into_iter().map(|comment| Item {
        title: t!(visit.words, "feeds-comment", name = comment.author.name.as_str(), title = row.title.as_str()),
        path: format!("{here}#comment-{}", comment.id),
        by: comment.author.name,
        at: comment.created_at,
        changed_at: comment.edited_at,
        html: comment.body_html,
        language: comment.language,
    }));
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    items.truncate(usize::try_from(LATEST).unwrap_or(usize::MAX));
    Ok(atom::of_items(visit, row.title.clone(), &path_of_post(id), &here, items))
}
