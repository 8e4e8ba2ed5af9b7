//! Mentions: who is named by `@handle` in what somebody writes. Whoever works for the company can be called to any post that they may see; a
//! member only where they wrote something themselves, so that nobody is called by strangers. Each text calls somebody once, however often it is
//! edited, and a few people at most.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Result, Tx,
    db::{Sql, all, exec, number, values},
    event::{Event, Kind, Subject},
    id::{PersonId, PostId},
    markdown,
    person::{GUEST_HANDLE, STAFF},
};

/// People whom one text calls, at most.
pub const MOST: usize = 10;
/// Handles that are looked up at once.
const AT_ONCE: usize = 100;

/// Safe HTML of a text in which those who are here are linked to by their handles; who is not here is only a word.
pub(crate) async fn html(tx: &Tx, text: &str) -> Result<String> {
    only_here(tx.conn(), tx.rendered().markdown(text)).await
}

/// A text that was rendered, without links to people who are not here.
pub(crate) async fn only_here(db: &impl ConnectionTrait, html: String) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Here {
        handle: String,
    }
    let mut named = markdown::linked_handles(&html);
    if named.is_empty() {
        return Ok(html);
    }
    let mut here = Vec::new();
    while !named.is_empty() {
        let mut sql = Sql::new("SELECT handle FROM persons WHERE erased_at IS NULL AND handle IN ");
        sql.bind_list(named.split_off(named.len().saturating_sub(AT_ONCE)));
        here.extend(all::<Here>(db, &sql.text, sql.values).await?.into_iter().map(|here| here.handle));
    }
    Ok(markdown::only_known(&html, |handle| here.iter().any(|known| known == handle)))
}

/// Which text an event is about, and who wrote it: what it is called in `mentions`, and its number.
fn text_of(event: &Event, post: PostId) -> Option<(&'static str, i64)> {
    match (&event.kind, event.kind.about().subject) {
        (Kind::PostSubmitted | Kind::PostEdited { .. } | Kind::Released { comment: None }, _) => Some(("post", post.0)),
        (Kind::CommentPosted { .. } | Kind::CommentEdited { .. }, Subject::Comment(id)) => Some(("comment", id.0)),
        (Kind::AnswerPublished { .. }, Subject::Answer(id)) => Some(("answer", id.0)),
        _ => None,
    }
}

/// Those whom the text of an event calls for the first time, and who may be called there. While it is held back it calls nobody.
pub(crate) async fn called(tx: &Tx, event: &Event, post: PostId) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Text {
        body: String,
        author_id: Option<PersonId>,
    }
    #[derive(FromQueryResult)]
    struct Person {
        id: PersonId,
        handle: String,
    }
    let Some((sort, id)) = text_of(event, post) else { return Ok(Vec::new()) };
    let text = match sort {
        "post" => "SELECT body, author_id FROM posts WHERE id = $1 AND screening_id IS NULL",
        "comment" => "SELECT body, author_id FROM comments WHERE id = $1 AND screening_id IS NULL",
        _ => "SELECT what AS body, author_id FROM answers WHERE id = $1",
    };
    let Some(Text { body, author_id }) = all::<Text>(tx.conn(), text, values![id]).await?.pop() else { return Ok(Vec::new()) };
    let mut handles = markdown::mentions(&body);
    handles.truncate(AT_ONCE);
    if handles.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT COUNT(*) AS n FROM mentions WHERE sort = $1 AND text_id = $2";
    let so_far = number(tx.conn(), sql, values![sort, id]).await?.unwrap_or(0);
    let left = MOST.saturating_sub(usize::try_from(so_far).unwrap_or(MOST));
    let mut sql = Sql::new("SELECT p.id, p.handle FROM persons p WHERE p.erased_at IS NULL AND p.handle IN ");
    sql.bind_list(handles.iter().cloned());
    sql.push(" AND p.handle NOT LIKE ").bind(format!("{GUEST_HANDLE}%"));
    sql.push(" AND p.id NOT IN (SELECT person_id FROM mentions WHERE sort = ").bind(sort).push(" AND text_id = ").bind(id);
    sql.push(&format!(") AND ({STAFF} OR "));
    takes_part(&mut sql, post);
    sql.push(")");
    let mut called = all::<Person>(tx.conn(), &sql.text, sql.values).await?;
    // those who are named first, when it names more than it may
    called.sort_by_key(|person| handles.iter().position(|handle| *handle == person.handle));
    let called: Vec<PersonId> =
        called.into_iter().map(|person| person.id).filter(|person| Some(*person) != author_id).take(left).collect();
    for person in &called {
        let sql = "INSERT INTO mentions (sort, text_id, person_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        exec(tx.conn(), sql, values![sort, id, *person, tx.now()]).await?;
    }
    Ok(called)
}

/// Appends the condition under which the person `p` wrote something that others can know of under a post: itself, a comment or a report on it,
/// or on another post of its case.
fn takes_part(sql: &mut Sql, post: PostId) {
    let of_case = |sql: &mut Sql| {
        sql.push("(q.id = ")
            .bind(post)
            .push(" OR q.head_id = ")
            .bind(post)
            .push(" OR q.id = (SELECT head_id FROM posts WHERE id = ");
        sql.bind(post).push(") OR q.head_id = (SELECT head_id FROM posts WHERE id = ").bind(post).push("))");
    };
    sql.push("EXISTS (SELECT 1 FROM posts q WHERE q.author_id = p.id AND q.screening_id IS NULL AND ");
    of_case(sql);
    sql.push(
        ") OR EXISTS (SELECT 1 FROM comments c JOIN posts q ON q.id = c.post_id
            WHERE c.author_id = p.id AND c.removed_at IS NULL AND c.screening_id IS NULL AND ",
    );
    of_case(sql);
    sql.push(") OR EXISTS (SELECT 1 FROM agains g JOIN posts q ON q.id = g.post_id WHERE g.person_id = p.id AND ");
    of_case(sql);
    sql.push(")");
}
