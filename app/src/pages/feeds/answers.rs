//! What the company says: official answers to all posts, or to those on a board.

use axum::extract::Query;
use forum::{
    Error,
    actor::Actor,
    answer::{self, Answer},
};

use super::{
    Asked, LATEST,
    atom::{self, Item},
};
use crate::{
    i18n::names,
    parts::{pill::status_name, text::escape, who::owner_name},
    t,
    web::{PageResult, Visit},
};

pub(super) async fn feed(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    if asked.tag().is_some() {
        return Err(Error::NotFound.into());
    }
    let narrowed = asked.narrowed(&visit).await?;
    let found = answer::latest(visit.forum().read(), &Actor::Visitor, asked.board(), LATEST).await?;
    let items = found.iter().map(|of| item(&visit, &of.answer, &of.slug, &of.title)).collect();
    let title = [t!(visit.words, "feeds-answers")].into_iter().chain(narrowed).collect::<Vec<_>>().join(", ");
    let page = asked.path("answers.atom").replace("/feeds/answers.atom", "/");
    Ok(atom::of_items(&visit, title, &asked.path("answers.atom"), &page, items))
}

/// An answer as it stands in a feed: what, who, by when.
pub(super) fn item(visit: &Visit, answer: &Answer, slug: &str, title: &str) -> Item {
    let words = visit.words;
    // what the forum says by itself, it says in the language of the reader
    let (mut html, language) = match answer.cause {
        Some(cause) => (format!("<p>{}</p>", escape(&words.name(names::ANSWER_CAUSE, cause))), visit.language().tag().to_owned()),
        None => (answer.what_html.clone(), answer.language.clone()),
    };
    let next = answer.next_update_on.map(|day| format!("{} {}", t!(words, "answer-next-update"), words.date(day)));
    for (label, said) in [(t!(words, "answer-who"), answer.who.clone()), (t!(words, "answer-by-when"), next)] {
        if let Some(said) = said {
            html = format!("{html}<p>{}: {}</p>", escape(&label), escape(&said));
        }
    }
    Item {
        title: format!("{}: {title}", status_name(visit, &answer.status)),
        path: format!("/p/{}/{slug}#answer-{}", answer.post, answer.id),
        by: answer.author.as_ref().map_or_else(|| t!(words, "answer-automatic"), |author| owner_name(visit, author)),
        at: answer.created_at,
        changed_at: None,
        html,
        language,
    }
}
