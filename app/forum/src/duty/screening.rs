//! Texts of people who are new that are held back ([`crate::newcomer`]), and what becomes of them. To hold one back is no act of moderation:
//! it says nothing of the text but that somebody has to look at it, within a working day. Whoever then lets nobody read it hides it, under a
//! rule and with a reason, as any other text.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    case, comment,
    db::{all, exec, number, one, values},
    error::Conflict,
    event::Kind,
    id::{CommentId, PersonId, PostId, ScreeningId},
    moderation::{self, Act, Draft, Moderation, Target, may_moderate},
    person::Person,
    search,
};

pub use crate::values::{Screened, Suspicion};

/// Things of the queue that are listed at once.
const MOST: u64 = 100;

/// A text that waits to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub id: ScreeningId,
    /// The post that it is, or that it is on.
    pub post: PostId,
    /// The comment, if it is one.
    pub comment: Option<CommentId>,
    /// Who wrote it.
    pub author: Person,
    /// Why it is held back.
    pub cause: Suspicion,
    /// Since when.
    pub since: DateTime<Utc>,
    /// By when somebody is to look at it.
    pub due_at: DateTime<Utc>,
}

impl Waiting {
    /// What it is.
    pub fn target(&self) -> Target {
        self.comment.map_or(Target::Post(self.post), Target::Comment)
    }

    /// Whether somebody should have looked at it by now.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        now > self.due_at
    }
}

/// How many texts wait, for everybody to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Waits {
    /// In all.
    pub all: i64,
    /// Of these, how many for longer than they should.
    pub overdue: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: ScreeningId,
    post_id: PostId,
    comment_id: Option<CommentId>,
    #[sea_orm(nested(prefix = "author_"))]
    author: Person,
    cause: Suspicion,
    created_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT r.id, r.post_id, r.comment_id, r.cause, r.created_at, r.due_at,
        a.id AS author_id, a.handle AS author_handle, a.name AS author_name, a.title AS author_title, a.role AS author_role
     FROM screenings r JOIN posts p ON p.id = r.post_id LEFT JOIN comments c ON c.id = r.comment_id
        JOIN persons a ON a.id = COALESCE(c.author_id, p.author_id) WHERE r.outcome IS NULL AND ";

impl From<Row> for Waiting {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            post: row.post_id,
            comment: row.comment_id,
            author: row.author,
            cause: row.cause,
            since: row.created_at,
            due_at: row.due_at,
        }
    }
}

/// The texts that wait, soonest due first: for the staff.
///
/// # Errors
/// As [`may_moderate`].
pub async fn queue(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Waiting>> {
    may_moderate(actor)?;
    let sql = format!("{SELECT} r.id > 0 ORDER BY r.due_at, r.id LIMIT {MOST}");
    Ok(all::<Row>(db, &sql, []).await?.into_iter().map(Waiting::from).collect())
}

/// How many texts wait: everybody may know that, and nothing more.
pub async fn waits(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Waits> {
    let sql =
        "SELECT COUNT(*) AS \"all\", COUNT(CASE WHEN due_at < $1 THEN 1 END) AS overdue FROM screenings WHERE outcome IS NULL";
    one::<Waits>(db, sql, values![now]).await?.ok_or(Error::internal("no count came back"))
}

/// Takes up a text that waits: of two who decide at once the second finds it decided.
async fn take(tx: &Tx, id: ScreeningId, outcome: Screened) -> Result<Waiting> {
    let by = may_moderate(tx.actor())?.id;
    let known = number(tx.conn(), "SELECT id AS n FROM screenings WHERE id = $1", values![id]).await?;
    known.ok_or(Error::NotFound)?;
    let waiting = one::<Row>(tx.conn(), &format!("{SELECT} r.id = $1"), values![id]).await?;
    let waiting = waiting.ok_or(Error::Conflict(Conflict::Over))?;
    let sql = "UPDATE screenings SET outcome = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND outcome IS NULL";
    if exec(tx.conn(), sql, values![id, outcome, by, tx.now()]).await? == 0 {
        return Err(Error::Conflict(Conflict::Over));
    }
    Ok(waiting.into())
}

/// Lets everybody see a text from now on.
async fn uncover(tx: &mut Tx, waiting: &Waiting) -> Result<()> {
    // no deadline depends on who reads it: they ran all the time
    let mut held = tx.hold_as_it_is(waiting.post).await?;
    match waiting.comment {
        None => held.set_screening(tx, None).await,
        Some(comment) => {
            exec(tx.conn(), "UPDATE comments SET screening_id = NULL WHERE id = $1", values![comment]).await?;
            case::note_comments(tx, &mut held, 1).await
        }
    }
}

/// Finds nothing wrong: everybody may read it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such thing; [`Conflict::Over`] when somebody decided before.
pub async fn release(tx: &mut Tx, id: ScreeningId) -> Result<()> {
    may_moderate(tx.actor())?;
    let waiting = take(tx, id, Screened::Released).await?;
    uncover(tx, &waiting).await?;
    let Waiting { post, comment, author, .. } = waiting;
    tx.happened(Some(post), Kind::Released { comment });
    match comment {
        None => search::index_post(tx.conn(), post).await,
        Some(id) => {
            let parent = comment::by_id(tx.conn(), id).await?.and_then(|comment| comment.parent);
            // those whom it concerns hear of it now
            let event = tx.happened(Some(post), Kind::CommentPosted { comment: id, parent });
            (event.actor, event.role) = (Some(author.id), None);
            Ok(())
        }
    }
}

/// Keeps it from being read: an act of moderation, to which its author may object.
///
/// # Errors
/// As [`release`]; [`Error::Invalid`] on `rule` and `reason`.
pub async fn keep_hidden(tx: &mut Tx, id: ScreeningId, rule: Option<i32>, reason: &str) -> Result<Moderation> {
    may_moderate(tx.actor())?;
    let waiting = take(tx, id, Screened::Hidden).await?;
    uncover(tx, &waiting).await?;
    let draft = Draft { act: Act::Hide.as_str().to_owned(), rule, reason: reason.to_owned(), ..Draft::default() };
    moderation::act(tx, waiting.target(), &draft).await
}

/// Whose text an event of this room is about.
pub(crate) async fn whose(db: &impl ConnectionTrait, post: PostId, comment: Option<CommentId>) -> Result<Option<PersonId>> {
    #[derive(FromQueryResult)]
    struct Author {
        author_id: PersonId,
    }
    let author = match comment {
        Some(comment) => one::<Author>(db, "SELECT author_id FROM comments WHERE id = $1", values![comment]).await?,
        None => one::<Author>(db, "SELECT author_id FROM posts WHERE id = $1", values![post]).await?,
    };
    Ok(author.map(|author| author.author_id))
}
