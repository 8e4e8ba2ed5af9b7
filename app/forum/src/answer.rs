//! What the company says: what, who, by when. The only way in which a status changes; never edited, never deleted.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, Tx,
    actor::{Actor, Role},
    clock::{self, Name},
    db::{all, exec, for_update, number, one, values},
    error::{Check, Denied, Problem},
    event,
    id::{AnswerId, PersonId, PostId, StatusId},
    owner,
    person::{Person, role_of},
    post::{self, Kind},
    site::Language,
    status::{self, Stage, Status},
    text,
};

/// Characters of *what* in a refusal, at least.
pub const REFUSAL_MIN: usize = 80;
/// Characters of *what*, at most.
pub const WHAT_MAX: usize = 10_000;
/// Characters of *who*, at most.
pub const WHO_MAX: usize = 200;

/// Why the company says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

impl ReasonClass {
    /// In the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Exists, Self::Cost, Self::Law, Self::Safety, Self::Strategy, Self::Infeasible, Self::Duplicate];

    /// As the database and the API spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Cost => "cost",
            Self::Law => "law",
            Self::Safety => "safety",
            Self::Strategy => "strategy",
            Self::Infeasible => "infeasible",
            Self::Duplicate => "duplicate",
        }
    }

    /// The class of that name.
    ///
    /// # Errors
    /// [`Problem::UnknownChoice`].
    pub fn parse(text: &str) -> std::result::Result<Self, Problem> {
        Self::ALL.into_iter().find(|c| c.as_str() == text).ok_or(Problem::UnknownChoice)
    }
}

/// An official answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its number.
    pub id: AnswerId,
    /// The post that it answers.
    pub post: PostId,
    /// Who gave it.
    pub author: Person,
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
}

impl Answer {
    /// Whether it came after it was due.
    pub fn is_late(&self) -> bool {
        self.due_at.is_some_and(|due| self.created_at > due)
    }
}

/// A new answer, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
}

#[derive(FromQueryResult)]
struct Row {
    id: AnswerId,
    post_id: PostId,
    what: String,
    what_html: String,
    who: Option<String>,
    next_update_on: Option<NaiveDate>,
    reason_class: Option<String>,
    reexamine_on: Option<NaiveDate>,
    is_final: bool,
    language: String,
    due_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    author_id: PersonId,
    author_handle: String,
    author_name: String,
    author_title: Option<String>,
    author_role: String,
    from_id: StatusId,
    from_slug: String,
    from_name: String,
    from_stage: String,
    from_colour: Option<String>,
    to_id: StatusId,
    to_slug: String,
    to_name: String,
    to_stage: String,
    to_colour: Option<String>,
}

const SELECT: &str = "SELECT a.id, a.post_id, a.what, a.what_html, a.who, a.next_update_on, a.reason_class, a.reexamine_on,
        a.final AS is_final, a.language, a.due_at, a.created_at,
        p.id AS author_id, p.handle AS author_handle, p.name AS author_name, p.title AS author_title, p.role AS author_role,
        f.id AS from_id, f.slug AS from_slug, f.name AS from_name, f.stage AS from_stage, f.colour AS from_colour,
        t.id AS to_id, t.slug AS to_slug, t.name AS to_name, t.stage AS to_stage, t.colour AS to_colour
     FROM answers a JOIN persons p ON p.id = a.author_id JOIN statuses f ON f.id = a.from_status_id
        JOIN statuses t ON t.id = a.status_id WHERE ";

fn stage_of(text: &str) -> Result<Stage> {
    Stage::parse(text).map_err(|_| Error::internal("unknown stage"))
}

impl TryFrom<Row> for Answer {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let reason_class = row.reason_class.as_deref().map(ReasonClass::parse).transpose();
        Ok(Self {
            id: row.id,
            post: row.post_id,
            author: Person {
                id: row.author_id,
                handle: row.author_handle,
                name: row.author_name,
                title: row.author_title,
                role: role_of(&row.author_role)?,
            },
            from: Status {
                id: row.from_id,
                slug: row.from_slug,
                name: row.from_name,
                stage: stage_of(&row.from_stage)?,
                colour: row.from_colour,
            },
            status: Status {
                id: row.to_id,
                slug: row.to_slug,
                name: row.to_name,
                stage: stage_of(&row.to_stage)?,
                colour: row.to_colour,
            },
            what: row.what,
            what_html: row.what_html,
            who: row.who,
            next_update_on: row.next_update_on,
            reason_class: reason_class.map_err(|_| Error::internal("unknown reason class"))?,
            reexamine_on: row.reexamine_on,
            is_final: row.is_final,
            language: row.language,
            due_at: row.due_at,
            created_at: row.created_at,
        })
    }
}

/// An answer, whoever asks: for use inside the forum.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: AnswerId) -> Result<Option<Answer>> {
    one::<Row>(db, &format!("{SELECT} a.id = $1"), values![id]).await?.map(Answer::try_from).transpose()
}

/// The answers to a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor, post: PostId) -> Result<Vec<Answer>> {
    if !post::may_see(db, actor, post).await? {
        return Err(Error::NotFound);
    }
    all::<Row>(db, &format!("{SELECT} a.post_id = $1 ORDER BY a.id"), values![post])
        .await?
        .into_iter()
        .map(Answer::try_from)
        .collect()
}

/// The latest answer to each of these posts.
pub async fn latest_of(db: &impl ConnectionTrait, posts: &[PostId]) -> Result<Vec<Answer>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = crate::db::Sql::new(SELECT);
    sql.push("a.id IN (SELECT MAX(id) FROM answers WHERE post_id IN ").bind_list(posts.iter().copied()).push(" GROUP BY post_id)");
    all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(Answer::try_from).collect()
}

struct Checked {
    status: Status,
    what: String,
    who: Option<String>,
    next_update_on: Option<NaiveDate>,
    reason_class: Option<ReasonClass>,
    reexamine_on: Option<NaiveDate>,
    is_final: bool,
}

fn parse_date(text: Option<&str>) -> std::result::Result<Option<NaiveDate>, Problem> {
    match text.map(str::trim).filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| Problem::NotADate),
    }
}

impl Draft {
    /// Checks the draft for its status: into review, planned or started it needs what, who and a next update; delivered needs
    /// what and who; declined needs a reason class, what at some length, and a date to look again or the word final.
    fn check(&self, status: Option<Status>, tx: &Tx, kind: Kind) -> Result<Checked> {
        let (site, now) = (tx.site(), tx.now());
        let today = clock::local_day(&site, now);
        let mut check = Check::new();
        match &status {
            None => check.refuse("status", if self.status.is_empty() { Problem::Required } else { Problem::UnknownChoice }),
            Some(status) if !status.stage.is_for_staff() => check.refuse("status", Problem::StageNotForStaff),
            Some(_) => {}
        }
        let stage = status.as_ref().map(|s| s.stage);
        let declined = stage == Some(Stage::Declined);
        let what = check.field("what", text::block(&self.what, if declined { REFUSAL_MIN } else { 1 }, WHAT_MAX));
        let who_needed = stage.is_some_and(|s| s.owes_update() || s == Stage::Delivered);
        let who = text::line(self.who.as_deref().unwrap_or_default(), usize::from(who_needed), WHO_MAX);
        let who = check.field("who", who).filter(|who| !who.is_empty());

        let counted = |day: Option<NaiveDate>| {
            let working = site.calendar().working_day_at_or_before(day.ok_or(Problem::Required)?);
            let latest = clock::latest_next_update(&site, kind, now);
            if working <= today {
                Err(Problem::NotInFuture)
            } else if working > latest {
                Err(Problem::TooFarAhead { latest: latest.to_string() })
            } else {
                Ok(working)
            }
        };
        let next_update_on = match check.field("next_update_on", parse_date(self.next_update_on.as_deref())) {
            Some(day) if stage.is_some_and(Stage::owes_update) => check.field("next_update_on", counted(day)),
            _ => None,
        };

        let (mut reason_class, mut reexamine_on, mut is_final) = (None, None, false);
        if declined {
            let class = self.reason_class.as_deref().unwrap_or_default();
            reason_class =
                check.field("reason_class", if class.is_empty() { Err(Problem::Required) } else { ReasonClass::parse(class) });
            reexamine_on = check.field("reexamine_on", parse_date(self.reexamine_on.as_deref())).flatten();
            is_final = self.is_final;
            let named = self.reexamine_on.as_deref().is_some_and(|t| !t.trim().is_empty());
            if named == is_final {
                check.refuse("reexamine_on", Problem::ReexamineOrFinal);
            } else if reexamine_on.is_some_and(|day| day <= today) {
                check.refuse("reexamine_on", Problem::NotInFuture);
            }
        }
        check.finish()?;
        match (status, what) {
            (Some(status), Some(what)) => Ok(Checked { status, what, who, next_update_on, reason_class, reexamine_on, is_final }),
            _ => Err(Error::internal("checked fields are there")),
        }
    }
}

/// Answers a post: sets its status, ends and starts its clocks. Who answers a post without an owner owns it.
pub async fn publish(tx: &mut Tx, id: PostId, draft: &Draft) -> Result<Answer> {
    #[derive(FromQueryResult)]
    struct Present {
        kind: String,
        status_id: StatusId,
    }
    let role = tx.actor().staff()?.role;
    let me = tx.actor().staff()?.id;
    if !post::may_see(tx.conn(), tx.actor(), id).await? {
        return Err(Error::NotFound);
    }
    let sql = format!("SELECT kind, status_id FROM posts WHERE id = $1{}", for_update(tx.conn()));
    let present = one::<Present>(tx.conn(), &sql, values![id]).await?.ok_or(Error::NotFound)?;
    let kind = Kind::parse(&present.kind).map_err(|_| Error::internal("unknown kind"))?;
    let status = status::by_slug(tx.conn(), draft.status.trim()).await?;
    if role == Role::Agent && status.as_ref().is_some_and(|s| s.stage == Stage::Archived) {
        return Err(Error::Forbidden(Denied::Role));
    }
    let checked = draft.check(status, tx, kind)?;

    owner::take_up(tx, id).await?;
    owner::take_if_free(tx, id).await?;
    let due_at = due(tx, id).await?;
    let now = tx.now();
    let language = text::language_of(&checked.what).or(draft.language).unwrap_or(tx.site().language);
    let answer = number(
        tx.conn(),
        "INSERT INTO answers (post_id, author_id, from_status_id, status_id, what, what_html, who, next_update_on, reason_class,
            reexamine_on, final, language, due_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id AS n",
        values![
            id,
            me,
            present.status_id,
            checked.status.id,
            checked.what.clone(),
            text::markdown(&checked.what),
            checked.who.clone(),
            checked.next_update_on,
            checked.reason_class.map(|c| c.as_str().to_owned()),
            checked.reexamine_on,
            checked.is_final,
            language.tag(),
            due_at,
            now,
        ],
    )
    .await?;
    let answer = AnswerId(answer.ok_or_else(|| Error::internal("no answer came back"))?);

    let stage = checked.status.stage;
    exec(
        tx.conn(),
        "UPDATE posts SET status_id = $2, stage = $3, stage_at = CASE WHEN stage = $3 THEN stage_at ELSE $4 END WHERE id = $1",
        values![id, checked.status.id, stage.as_str(), now],
    )
    .await?;
    clock::end(tx, id, Name::FirstAnswer).await?;
    clock::end(tx, id, Name::NextUpdate).await?;
    if stage.is_decided() {
        clock::end(tx, id, Name::Decision).await?;
    }
    if let Some(day) = checked.next_update_on {
        let due_at = clock::end_of_day(tx.site().time_zone, day);
        clock::start(tx, id, Name::NextUpdate, due_at).await?;
    }
    tx.happened(Some(id), event::Kind::AnswerPublished { answer });
    by_id(tx.conn(), answer).await?.ok_or(Error::NotFound)
}

/// When this answer was due: the open first-answer clock, else the open next-update clock.
async fn due(tx: &Tx, id: PostId) -> Result<Option<DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Due {
        due_at: DateTime<Utc>,
    }
    let sql = "SELECT due_at FROM clocks WHERE post_id = $1 AND ended_at IS NULL AND name IN ('first_answer', 'next_update')
               ORDER BY due_at LIMIT 1";
    Ok(one::<Due>(tx.conn(), sql, values![id]).await?.map(|row| row.due_at))
}
