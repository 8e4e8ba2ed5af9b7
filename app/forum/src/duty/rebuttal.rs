//! What the author says to a refusal, within seven days. It stands beside the answer.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    db::{Sql, all, exec, number, one, values},
    error::{Conflict, Denied},
    event,
    id::{AnswerId, PersonId, PostId},
    limit, mention,
    post::Seen,
    site::Language,
    status::Stage,
    text,
};

/// Characters of a rebuttal, at most.
pub const BODY_MAX: usize = 10_000;
/// How long after the refusal one can be written.
pub const WITHIN: TimeDelta = TimeDelta::days(7);

/// A rebuttal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Rebuttal {
    /// Its number.
    pub id: i64,
    /// The refusal that it answers.
    pub answer_id: AnswerId,
    /// What the author says, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When the staff had read it.
    pub read_at: Option<DateTime<Utc>>,
}

/// The rebuttals on a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Rebuttal>> {
    if !post.has().rebuttals {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, answer_id, body, body_html, language, created_at, read_at FROM rebuttals WHERE post_id = $1 ORDER BY id";
    all(view.db(), sql, values![post.id()]).await
}

#[derive(FromQueryResult)]
struct Refusal {
    id: AnswerId,
    created_at: DateTime<Utc>,
    author_id: PersonId,
    stage: Stage,
}

/// The refusal that is the last word on a post.
async fn refusal(db: &impl ConnectionTrait, post: PostId) -> Result<Option<Refusal>> {
    let sql = "SELECT a.id, a.created_at, p.author_id, p.stage FROM answers a JOIN posts p ON p.id = a.post_id
               WHERE a.post_id = $1 ORDER BY a.id DESC LIMIT 1";
    Ok(one::<Refusal>(db, sql, values![post]).await?.filter(|row| row.stage == Stage::Declined))
}

/// Until when the actor can answer the refusal of their post; nothing when they can't.
pub async fn open_until(view: &View<'_>, post: &Seen) -> Result<Option<DateTime<Utc>>> {
    let Some(refusal) = refusal(view.db(), post.id()).await? else { return Ok(None) };
    let until = refusal.created_at + WITHIN;
    let written = "SELECT id AS n FROM rebuttals WHERE answer_id = $1";
    let may = view.actor().id() == Some(refusal.author_id)
        && view.now() <= until
        && number(view.db(), written, values![refusal.id]).await?.is_none();
    Ok(may.then_some(until))
}

/// Who may answer the refusal of a post: its author.
///
/// # Errors
/// As [`Actor::member`], and [`Error::Forbidden`] for anybody else.
pub fn may_write(actor: &Actor, author: PersonId) -> Result<&Me> {
    let me = actor.member()?;
    if me.id == author { Ok(me) } else { Err(Error::Forbidden(Denied::NotAuthor)) }
}

/// Answers the refusal of one's own post, once, within seven days.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the author, [`Error::Conflict`] when there is no refusal, it is too late, or there is one.
pub async fn write(tx: &mut Tx, post: PostId, body: &str, typed_in: Option<Language>) -> Result<Rebuttal> {
    tx.actor().person()?;
    let author = tx.hold(post).await?.author();
    let me = may_write(tx.actor(), author)?.id;
    let refusal = refusal(tx.conn(), post).await?.ok_or(Error::Conflict(Conflict::Over))?;
    let body = text::block(body, 1, BODY_MAX).map_err(|problem| Error::invalid("body", problem))?;
    if tx.now() > refusal.created_at + WITHIN {
        return Err(Error::Conflict(Conflict::Over));
    }
    let written = "SELECT id AS n FROM rebuttals WHERE answer_id = $1";
    if number(tx.conn(), written, values![refusal.id]).await?.is_some() {
        return Err(Error::Conflict(Conflict::Exists));
    }
    limit::count(tx, limit::COMMENT, &me.to_string()).await?;
    let language = text::written_in(&body, typed_in);
    exec(
        tx.conn(),
        "INSERT INTO rebuttals (answer_id, post_id, person_id, body, body_html, language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values![refusal.id, post, me, body.clone(), mention::html(tx, &body).await?, language, tx.now()],
    )
    .await?;
    tx.happened(Some(post), event::Kind::Rebutted { answer: refusal.id });
    let view = tx.view();
    of_post(&view, &view.post(post).await?).await?.pop().ok_or_else(|| Error::internal("the rebuttal went away"))
}

/// A new answer shows that the rebuttals were read.
pub(crate) async fn read(tx: &mut Tx, post: PostId) -> Result<()> {
    exec(tx.conn(), "UPDATE rebuttals SET read_at = $2 WHERE post_id = $1 AND read_at IS NULL", values![post, tx.now()]).await?;
    Ok(())
}

/// Says that the rebuttal of a post was read and the refusal stands.
pub async fn mark_read(tx: &mut Tx, post: PostId) -> Result<()> {
    tx.actor().staff()?;
    tx.hold(post).await?;
    read(tx, post).await
}

/// Posts with a rebuttal that nobody of the staff has read, oldest first.
pub async fn unread(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<(PostId, String, DateTime<Utc>)>> {
    #[derive(FromQueryResult)]
    struct Row {
        post_id: PostId,
        title: String,
        created_at: DateTime<Utc>,
    }
    actor.staff()?;
    let mut sql = Sql::new(
        "SELECT r.post_id, p.title, r.created_at FROM rebuttals r JOIN posts p ON p.id = r.post_id JOIN boards b ON b.id = p.board_id
         WHERE r.read_at IS NULL AND ",
    );
    crate::board::known(&mut sql, actor);
    sql.push(" ORDER BY r.id LIMIT 200");
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    Ok(rows.into_iter().map(|row| (row.post_id, row.title, row.created_at)).collect())
}
