//! What the company says: what, who, by when. The only way in which a status changes; never edited, never deleted.

mod publish;

pub use publish::*;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    Result, View,
    actor::{Actor, Role},
    attachment::{self, Attachment, Chosen},
    board,
    db::{Sql, all, one, values},
    id::{AnswerId, PostId},
    person::Person,
    post::Seen,
    site::Language,
    status::Status,
};

/// Characters of *what* in a refusal, at least.
pub const REFUSAL_MIN: usize = 80;
/// Characters of *what*, at most.
pub const WHAT_MAX: usize = 10_000;
/// Characters of *who*, at most.
pub const WHO_MAX: usize = 200;

/// Why the company says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum ReasonClass {
    /// It is there already.
    Exists,
    /// It costs too much.
    Cost,
    /// The law does not allow it.
    Law,
    /// It would not be safe.
    Safety,
    /// It is not where the company wants to go.
    Strategy,
    /// It can't be done.
    Infeasible,
    /// It was asked before.
    Duplicate,
}

crate::word::kept_as_words!(ReasonClass);

pub use crate::values::Verdict;

/// An official answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    /// Its number.
    pub id: AnswerId,
    /// The post that it answers.
    pub post: PostId,
    /// Who gave it; nobody when the forum did, under a rule.
    pub author: Option<Person>,
    /// Why the forum gave it, when it did.
    pub cause: Option<Verdict>,
    /// The role of whoever allowed what was beyond the mandate of its author.
    pub decided_by: Option<Role>,
    /// Where the post stood before.
    pub from: Status,
    /// Where it stands with it.
    pub status: Status,
    /// What will be done, or was, in Markdown.
    pub what: String,
    /// The same as safe HTML.
    pub what_html: String,
    /// By whom.
    pub who: Option<String>,
    /// When the next word comes.
    pub next_update_on: Option<NaiveDate>,
    /// Why not, if not.
    pub reason_class: Option<ReasonClass>,
    /// When the refusal is looked at again.
    pub reexamine_on: Option<NaiveDate>,
    /// Whether the refusal is for good.
    pub is_final: bool,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// When it was due at the latest, if a clock was running.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// The pictures and documents that belong to it, where the answers of a post are read.
    pub files: Vec<Attachment>,
}

impl Answer {
    /// Whether it came after it was due.
    pub fn is_late(&self) -> bool {
        self.due_at.is_some_and(|due| self.created_at > due)
    }
}

/// A new answer, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Slug of the status to set.
    pub status: String,
    /// What will be done, or was.
    pub what: String,
    /// By whom.
    pub who: Option<String>,
    /// When the next word comes: `2026-12-01`.
    pub next_update_on: Option<String>,
    /// Why not.
    pub reason_class: Option<String>,
    /// When the refusal is looked at again: `2026-12-01`.
    pub reexamine_on: Option<String>,
    /// Whether the refusal is for good.
    pub is_final: bool,
    /// The language of the page on which it was typed.
    pub language: Option<Language>,
    /// Files that its author sent before, and what there is to see on each.
    #[serde(default)]
    pub files: Vec<Chosen>,
}

#[derive(FromQueryResult)]
struct Row {
    id: AnswerId,
    post_id: PostId,
    what: String,
    what_html: String,
    who: Option<String>,
    next_update_on: Option<NaiveDate>,
    reason_class: Option<ReasonClass>,
    reexamine_on: Option<NaiveDate>,
    is_final: bool,
    language: String,
    due_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    #[sea_orm(nested(prefix = "author_"))]
    author: Option<Person>,
    cause: Option<Verdict>,
    decided_role: Option<Role>,
    #[sea_orm(nested(prefix = "from_"))]
    from: Status,
    #[sea_orm(nested(prefix = "to_"))]
    to: Status,
}

const COLUMNS: &str = "a.id, a.post_id, a.what, a.what_html, a.who, a.next_update_on, a.reason_class, a.reexamine_on,
        a.final AS is_final, a.language, a.due_at, a.created_at, a.cause, a.decided_role,
        p.id AS author_id, p.handle AS author_handle, p.name AS author_name, p.title AS author_title, p.role AS author_role,
        f.id AS from_id, f.slug AS from_slug, f.name AS from_name, f.names AS from_names, f.stage AS from_stage,
        f.colour AS from_colour, f.version AS from_version,
        t.id AS to_id, t.slug AS to_slug, t.name AS to_name, t.names AS to_names, t.stage AS to_stage,
        t.colour AS to_colour, t.version AS to_version";

const FROM: &str = " FROM answers a LEFT JOIN persons p ON p.id = a.author_id JOIN statuses f ON f.id = a.from_status_id
        JOIN statuses t ON t.id = a.status_id";

impl From<Row> for Answer {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            post: row.post_id,
            author: row.author,
            cause: row.cause,
            decided_by: row.decided_role,
            from: row.from,
            status: row.to,
            what: row.what,
            what_html: row.what_html,
            who: row.who,
            next_update_on: row.next_update_on,
            reason_class: row.reason_class,
            reexamine_on: row.reexamine_on,
            is_final: row.is_final,
            language: row.language,
            due_at: row.due_at,
            created_at: row.created_at,
            files: Vec::new(),
        }
    }
}

/// Answers with their files.
async fn with_files(db: &impl ConnectionTrait, mut answers: Vec<Answer>) -> Result<Vec<Answer>> {
    let ids: Vec<AnswerId> = answers.iter().map(|answer| answer.id).collect();
    for file in attachment::of_answers(db, &ids).await? {
        if let Some(answer) = answers.iter_mut().find(|answer| Some(answer.id) == file.answer_id) {
            answer.files.push(file);
        }
    }
    Ok(answers)
}

/// An answer, whoever asks: for use inside the forum.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: AnswerId) -> Result<Option<Answer>> {
    let row = one::<Row>(db, &format!("SELECT {COLUMNS}{FROM} WHERE a.id = $1"), values![id]).await?;
    Ok(with_files(db, row.into_iter().map(Answer::from).collect()).await?.pop())
}

/// The answers to a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn list(view: &View<'_>, post: &Seen) -> Result<Vec<Answer>> {
    if !post.has().answers {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS}{FROM} WHERE a.post_id = $1 ORDER BY a.id");
    let answers = all::<Row>(view.db(), &sql, values![post.id()]).await?.into_iter().map(Answer::from).collect();
    if post.has().attachments { with_files(view.db(), answers).await } else { Ok(answers) }
}

/// The latest answer to each of these posts.
pub async fn latest_of(db: &impl ConnectionTrait, posts: &[PostId]) -> Result<Vec<Answer>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&format!("SELECT {COLUMNS}{FROM} WHERE "));
    sql.push("a.id IN (SELECT MAX(id) FROM answers WHERE post_id IN ").bind_list(posts.iter().copied()).push(" GROUP BY post_id)");
    Ok(all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(Answer::from).collect())
}

/// An answer with what it is an answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// Slug of the post.
    pub slug: String,
    /// Title of the post.
    pub title: String,
}

/// The latest answers that the actor may read, on a board or on all, latest first; so many at most.
pub async fn latest(db: &impl ConnectionTrait, actor: &Actor, board: Option<&str>, most: u64) -> Result<Vec<Answered>> {
    #[derive(FromQueryResult)]
    struct AnsweredRow {
        #[sea_orm(nested)]
        answer: Row,
        slug: String,
        title: String,
    }
    let mut sql = Sql::new(&format!("SELECT {COLUMNS}, q.slug, q.title{FROM} JOIN posts q ON q.id = a.post_id WHERE a.id IN ("));
    sql.push("SELECT l.id FROM answers l JOIN posts p ON p.id = l.post_id JOIN boards b ON b.id = p.board_id WHERE ");
    board::listed(&mut sql, actor);
    if let Some(slug) = board {
        sql.push(" AND b.slug = ").bind(slug);
    }
    sql.push(&format!(" ORDER BY l.id DESC LIMIT {most}) ORDER BY a.id DESC"));
    let rows = all::<AnsweredRow>(db, &sql.text, sql.values).await?;
    Ok(rows.into_iter().map(|row| Answered { answer: row.answer.into(), slug: row.slug, title: row.title }).collect())
}
