//! New posts: all that a visitor may read, those on a board, those with a tag.

use axum::extract::Query;
use forum::{
    actor::Actor,
    post::{Filter, Sort},
};

use super::{
    Asked, LATEST,
    atom::{self, Item},
};
use crate::{
    parts::{kind::kind_name, post_row::post_path, text::escape},
    t,
    web::{PageResult, Visit},
};

pub(super) async fn feed(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let narrowed = asked.narrowed(&visit).await?;
    let filter = Filter {
        sort: Sort::New,
        board: asked.board().map(ToOwned::to_owned),
        tag: asked.tag().map(ToOwned::to_owned),
        ..Filter::default()
    };
    let list = visit.forum().list(&Actor::Visitor, &filter, None, LATEST, visit.now).await?;
    let items = list
        .items
        .iter()
        .map(|post| Item {
            title: format!("{}: {}", kind_name(&visit, post.kind), post.title),
            path: post_path(post),
            by: post.author.name.clone(),
            at: post.created_at,
            changed_at: None,
            html: format!("<p>{}</p>", escape(&post.excerpt)),
            language: post.language.clone(),
        })
        .collect();
    let title = [t!(visit.words, "feeds-posts")].into_iter().chain(narrowed).collect::<Vec<_>>().join(", ");
    let page = asked.path("posts.atom").replace("/feeds/posts.atom", "/");
    Ok(atom::of_items(&visit, title, &asked.path("posts.atom"), &page, items))
}
