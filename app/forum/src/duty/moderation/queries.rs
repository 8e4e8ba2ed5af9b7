//! Which acts there are, as far as their reader may know.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Act, Appeal, Moderation, Sort, Target, may_moderate};
use crate::{
    Error, Result, View,
    actor::{Actor, Role},
    db::{Sql, all, one, values},
    id::{CommentId, ModerationId, PersonId, PostId},
    person::Person,
    post::Seen,
};

/// Acts of one list, at most.
const MOST: u64 = 100;

#[derive(FromQueryResult)]
struct Row {
    id: ModerationId,
    target: Sort,
    post_id: Option<PostId>,
    comment_id: Option<CommentId>,
    act: Act,
    rule: i32,
    reason: String,
    role: Role,
    created_at: DateTime<Utc>,
    review_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    version: Option<i32>,
    undoes_id: Option<ModerationId>,
    undone_id: Option<ModerationId>,
    from_board: Option<String>,
    to_board: Option<String>,
    #[sea_orm(nested(prefix = "whose_"))]
    whose: Person,
    #[sea_orm(nested(prefix = "by_"))]
    by: Person,
    #[sea_orm(nested(prefix = "appeal_"))]
    appeal: Option<Appeal>,
}

const SELECT: &str = "SELECT m.id, m.target, m.post_id, m.comment_id, m.act, m.rule, m.reason, m.role, m.created_at, m.review_on,
        m.until_on, m.version, m.undoes_id, u.id AS undone_id, f.name AS from_board, t.name AS to_board,
        w.id AS whose_id, w.handle AS whose_handle, w.name AS whose_name, w.title AS whose_title, w.role AS whose_role,
        d.id AS by_id, d.handle AS by_handle, d.name AS by_name, d.title AS by_title, d.role AS by_role,
        o.body AS appeal_body, o.created_at AS appeal_created_at, o.due_at AS appeal_due_at, o.outcome AS appeal_outcome,
        o.reason AS appeal_reason, o.role AS appeal_role, o.decided_at AS appeal_decided_at
     FROM moderation_acts m JOIN persons w ON w.id = m.person_id JOIN persons d ON d.id = m.by_id
        LEFT JOIN moderation_acts u ON u.undoes_id = m.id LEFT JOIN appeals o ON o.act_id = m.id
        LEFT JOIN boards f ON f.id = m.from_board_id LEFT JOIN boards t ON t.id = m.to_board_id WHERE ";

impl Row {
    fn moderation(self) -> Result<Moderation> {
        let target = match (self.target, self.post_id, self.comment_id) {
            (Sort::Post, Some(post), _) => Target::Post(post),
            (Sort::Comment, _, Some(comment)) => Target::Comment(comment),
            (Sort::Vote, Some(post), _) => Target::Vote(post, self.whose.id),
            (Sort::Person, ..) => Target::Person(self.whose.id),
            _ => return Err(Error::internal("an act on nothing")),
        };
        Ok(Moderation {
            id: self.id,
            target,
            post: self.post_id,
            whose: self.whose,
            act: self.act,
            rule: self.rule,
            reason: self.reason,
            by: self.by,
            role: self.role,
            at: self.created_at,
            review_on: self.review_on,
            last_day: self.until_on,
            version: self.version,
            boards: self.from_board.zip(self.to_board),
            undoes: self.undoes_id,
            undone_by: self.undone_id,
            appeal: self.appeal,
        })
    }
}

/// An act, whoever asks: for use inside the forum.
pub(crate) async fn by_number(db: &impl ConnectionTrait, id: ModerationId) -> Result<Moderation> {
    one::<Row>(db, &format!("{SELECT} m.id = $1"), values![id]).await?.ok_or(Error::NotFound)?.moderation()
}

async fn list(db: &impl ConnectionTrait, condition: Sql) -> Result<Vec<Moderation>> {
    let rows = all::<Row>(db, &format!("{SELECT}{}", condition.text), condition.values).await?;
    rows.into_iter().map(Row::moderation).collect()
}

/// An act. Whoever may know of the post may know what was done to it, and on it; everybody may know what was done to a person.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is not for its reader to know.
pub async fn by_id(view: &View<'_>, id: ModerationId) -> Result<Moderation> {
    let found = by_number(view.db(), id).await?;
    if let Some(post) = found.post {
        view.post(post).await?;
    }
    Ok(found)
}

/// What was done to a post itself, oldest first.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Moderation>> {
    if !post.has().moderation {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("m.target = 'post' AND m.post_id = ");
    sql.bind(post.id()).push(" ORDER BY m.id");
    list(view.db(), sql).await
}

/// What was done to the actor and to what is theirs, latest first.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn of_own(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    of_person(db, actor.person()?.id).await
}

async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Moderation>> {
    let mut sql = Sql::new("m.person_id = ");
    sql.bind(person).push(&format!(" ORDER BY m.id DESC LIMIT {MOST}"));
    list(db, sql).await
}

/// The objections that wait, soonest due first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn open_appeals(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    list(db, Sql::new(&format!("o.id IS NOT NULL AND o.outcome IS NULL ORDER BY o.due_at, o.id LIMIT {MOST}"))).await
}

/// The acts that hold and are to be looked at again, soonest first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn reviews(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    list(db, Sql::new(&format!("m.review_on IS NOT NULL AND u.id IS NULL ORDER BY m.review_on, m.id LIMIT {MOST}"))).await
}

/// The latest acts, latest first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn latest(db: &impl ConnectionTrait, actor: &Actor, limit: u64) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    list(db, Sql::new(&format!("m.id > 0 ORDER BY m.id DESC LIMIT {}", limit.min(MOST)))).await
}
