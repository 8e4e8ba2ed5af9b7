//! Which acts there are, as far as their reader may know.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Act, Appeal, Moderation, Sort, Target, Words, may_moderate};
use crate::{
    Error, Result, View,
    actor::{Actor, Role},
    board,
    db::{Sql, all, one},
    id::{CommentId, ModerationId, PersonId, PostId},
    markdown,
    person::Person,
    post::Seen,
};

/// Acts of one list, at most.
const MOST: u64 = 100;
/// Characters of a text that tell which one it is, at most.
const TOLD: usize = 100;

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
    sees_board: Option<bool>,
    #[sea_orm(nested(prefix = "titled_"))]
    titled: Option<Written>,
    #[sea_orm(nested(prefix = "said_"))]
    said: Option<Written>,
}

/// A text that something was done to.
#[derive(FromQueryResult)]
struct Written {
    text: String,
    language: String,
    author: PersonId,
    is_hidden: bool,
    kept: Option<String>,
}

impl Written {
    /// As much as somebody may read of it: what is hidden is for its author and the staff.
    fn read_by(self, actor: &Actor) -> Option<Words> {
        let text =
            if self.is_hidden { self.kept.filter(|_| actor.sees_all() || actor.id() == Some(self.author))? } else { self.text };
        Some(Words { text, language: self.language })
    }
}

const SELECT: &str = "SELECT m.id, m.target, m.post_id, m.comment_id, m.act, m.rule, m.reason, m.role, m.created_at, m.review_on,
        m.until_on, m.version, m.undoes_id, u.id AS undone_id, f.name AS from_board, t.name AS to_board,
        w.id AS whose_id, w.handle AS whose_handle, w.name AS whose_name, w.title AS whose_title, w.role AS whose_role,
        d.id AS by_id, d.handle AS by_handle, d.name AS by_name, d.title AS by_title, d.role AS by_role,
        o.body AS appeal_body, o.created_at AS appeal_created_at, o.due_at AS appeal_due_at, o.outcome AS appeal_outcome,
        o.reason AS appeal_reason, o.role AS appeal_role, o.decided_at AS appeal_decided_at,
        p.title AS titled_text, p.language AS titled_language, p.author_id AS titled_author,
        p.hidden_by IS NOT NULL AS titled_is_hidden, pk.title AS titled_kept,
        SUBSTR(c.body, 1, 500) AS said_text, c.language AS said_language, c.author_id AS said_author,
        c.hidden_by IS NOT NULL AS said_is_hidden, SUBSTR(ck.body, 1, 500) AS said_kept, ";
const FROM: &str = " AS sees_board FROM moderation_acts m JOIN persons w ON w.id = m.person_id JOIN persons d ON d.id = m.by_id
        LEFT JOIN moderation_acts u ON u.undoes_id = m.id LEFT JOIN appeals o ON o.act_id = m.id
        LEFT JOIN boards f ON f.id = m.from_board_id LEFT JOIN boards t ON t.id = m.to_board_id
        LEFT JOIN posts p ON p.id = m.post_id LEFT JOIN boards b ON b.id = p.board_id
        LEFT JOIN hidden_texts pk ON pk.act_id = p.hidden_by
        LEFT JOIN comments c ON c.id = m.comment_id AND c.removed_at IS NULL
        LEFT JOIN hidden_texts ck ON ck.act_id = c.hidden_by WHERE ";

impl Row {
    /// As somebody reads it.
    fn moderation(self, actor: &Actor) -> Result<Moderation> {
        let target = match (self.target, self.post_id, self.comment_id) {
            (Sort::Post, Some(post), _) => Target::Post(post),
            (Sort::Comment, _, Some(comment)) => Target::Comment(comment),
            (Sort::Vote, Some(post), _) => Target::Vote(post, self.whose.id),
            (Sort::Person, ..) => Target::Person(self.whose.id),
            _ => return Err(Error::internal("an act on nothing")),
        };
        let sees_board = self.sees_board == Some(true);
        let words = match target.sort() {
            // whoever lost sight of a board still knows what they wrote there
            Sort::Post => self.titled.filter(|title| sees_board || actor.id() == Some(title.author)),
            Sort::Vote => self.titled.filter(|_| sees_board),
            Sort::Comment => self.said.filter(|said| sees_board || actor.id() == Some(said.author)),
            Sort::Person => None,
        };
        let words = words.and_then(|words| words.read_by(actor));
        let words = words.map(|words| match target.sort() {
            Sort::Comment => Words { text: markdown::excerpt(&words.text, TOLD), ..words },
            _ => words,
        });
        Ok(Moderation {
            id: self.id,
            target,
            words,
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
    found(db, &Actor::Visitor, id).await
}

async fn found(db: &impl ConnectionTrait, actor: &Actor, id: ModerationId) -> Result<Moderation> {
    let mut sql = select(actor);
    sql.push("m.id = ").bind(id);
    one::<Row>(db, &sql.text, sql.values).await?.ok_or(Error::NotFound)?.moderation(actor)
}

/// Starts the query of acts as somebody reads them, up to its condition.
fn select(actor: &Actor) -> Sql {
    let mut sql = Sql::new(SELECT);
    board::known(&mut sql, actor);
    sql.push(FROM);
    sql
}

async fn list(db: &impl ConnectionTrait, actor: &Actor, condition: impl FnOnce(&mut Sql)) -> Result<Vec<Moderation>> {
    let mut sql = select(actor);
    condition(&mut sql);
    let rows = all::<Row>(db, &sql.text, sql.values).await?;
    rows.into_iter().map(|row| row.moderation(actor)).collect()
}

/// An act. Whoever may know of the post may know what was done to it, and on it; everybody may know what was done to a person.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is not for its reader to know.
pub async fn by_id(view: &View<'_>, id: ModerationId) -> Result<Moderation> {
    let found = found(view.db(), view.actor(), id).await?;
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
    let condition = |sql: &mut Sql| {
        sql.push("m.target = 'post' AND m.post_id = ").bind(post.id()).push(" ORDER BY m.id");
    };
    list(view.db(), view.actor(), condition).await
}

/// What was done to the actor and to what is theirs, latest first.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn of_own(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    let me = actor.person()?.id;
    let condition = |sql: &mut Sql| {
        sql.push("m.person_id = ").bind(me).push(&format!(" ORDER BY m.id DESC LIMIT {MOST}"));
    };
    list(db, actor, condition).await
}

/// The objections that wait, soonest due first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn open_appeals(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    let condition = |sql: &mut Sql| {
        sql.push(&format!("o.id IS NOT NULL AND o.outcome IS NULL ORDER BY o.due_at, o.id LIMIT {MOST}"));
    };
    list(db, actor, condition).await
}

/// The acts that hold and are to be looked at again, soonest first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn reviews(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    let condition = |sql: &mut Sql| {
        sql.push(&format!("m.review_on IS NOT NULL AND u.id IS NULL ORDER BY m.review_on, m.id LIMIT {MOST}"));
    };
    list(db, actor, condition).await
}

/// The latest acts, latest first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn latest(db: &impl ConnectionTrait, actor: &Actor, limit: u64) -> Result<Vec<Moderation>> {
    may_moderate(actor)?;
    let condition = |sql: &mut Sql| {
        sql.push(&format!("m.id > 0 ORDER BY m.id DESC LIMIT {}", limit.min(MOST)));
    };
    list(db, actor, condition).await
}
