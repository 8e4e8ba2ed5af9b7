//! What open pages are told while they are open: what changed on a post that somebody looks at, and how much somebody has not seen. It is read
//! from the history, so that it does not matter which instance, or which command, wrote it.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Forum, Result,
    actor::Actor,
    answer,
    db::{Sql, all, number, values},
    id::{EventId, PersonId, PostId},
    post,
};

/// Where a post stands, as far as its page shows numbers of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// People for it, in its whole case.
    pub support: i64,
    /// People against it.
    pub oppose: i64,
    /// Comments on it.
    pub comments: i64,
    /// The number of the latest answer; 0 before there is one.
    pub answer: i64,
    /// Whether it is on a board for some only, or held back: whoever is told has to be asked for every time.
    pub guarded: bool,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Happened {
    /// Its number in the history.
    pub event: EventId,
    /// On which post.
    pub post: Option<PostId>,
    /// The post that heads its case: what is said to one counts for the other.
    pub head: Option<PostId>,
}

/// Numbers are given before they can be seen: what is younger than so many may still come. A transaction that is slower than so many others
/// is told of with the next event on its post.
const STILL_COMING: i64 = 200;
/// Events that are read at once.
const AT_ONCE: u32 = 5000;

/// The latest event that can be seen.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(db: &impl ConnectionTrait) -> Result<EventId> {
    Ok(EventId(number(db, "SELECT MAX(id) AS n FROM events", []).await?.unwrap_or(0)))
}

/// What happened lately, and since an event: whoever asks again gets some of it again.
///
/// # Errors
/// When the database does not answer.
pub async fn since(db: &impl ConnectionTrait, event: EventId) -> Result<Vec<Happened>> {
    let sql = format!(
        "SELECT e.id AS event, e.post_id AS post, p.head_id AS head FROM events e LEFT JOIN posts p ON p.id = e.post_id
         WHERE e.id > $1 ORDER BY e.id LIMIT {AT_ONCE}"
    );
    all(db, &sql, values![EventId(event.0 - STILL_COMING)]).await
}

/// Who was told of one of these events.
///
/// # Errors
/// When the database does not answer.
pub async fn told(db: &impl ConnectionTrait, events: &[EventId]) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Told {
        person_id: PersonId,
    }
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT DISTINCT person_id FROM notices WHERE event_id IN ");
    sql.bind_list(events.iter().copied());
    Ok(all::<Told>(db, &sql.text, sql.values).await?.into_iter().map(|told| told.person_id).collect())
}

/// How much somebody has not seen; no more than a hundred is counted.
///
/// # Errors
/// When the database does not answer.
pub async fn unread(db: &impl ConnectionTrait, person: PersonId) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM notices WHERE person_id = $1 AND read_at IS NULL LIMIT 100) u";
    Ok(number(db, sql, values![person]).await?.unwrap_or(0))
}

/// Where a post stands now, whoever asks: who may be told of it is for the caller to look.
///
/// # Errors
/// [`Error::NotFound`](crate::Error::NotFound) when there is none.
pub async fn standing(forum: &Forum, post: PostId) -> Result<Standing> {
    let row = post::row_by_id(forum.read(), &Actor::System, post, forum.now()).await?;
    let answer = answer::latest_of(forum.read(), &[post]).await?.first().map_or(0, |answer| answer.id.0);
    Ok(Standing {
        support: row.case_support,
        oppose: row.oppose_count,
        comments: row.comment_count,
        answer,
        guarded: row.board.private || row.held || row.hidden.is_some(),
    })
}
