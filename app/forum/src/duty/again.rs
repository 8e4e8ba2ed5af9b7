//! "It happened again": the report of a customer that what was solved is not, or that it keeps happening. Reports count by person;
//! votes are never reports.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    answer::Verdict,
    case, clock, confirm,
    db::{Sql, all, number, values},
    error::{Conflict, Problem},
    event,
    id::{AgainId, PersonId, PostId},
    level, limit, mention,
    person::Person,
    post::Kind,
    post::Seen,
    site::Language,
    status::Stage,
    text,
};

/// Characters of a report, at most.
pub const BODY_MAX: usize = 10_000;
/// How long after the solution a report by the same customer raises the level.
pub const WITHIN: TimeDelta = TimeDelta::days(90);
/// The distinct customer whose report raises the level.
pub const RAISES: i64 = 5;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Again {
    /// Its number.
    pub id: AgainId,
    /// On which post.
    pub post: PostId,
    /// Whose.
    pub person: Person,
    /// What happened, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// The solution after which it happened, if there was one.
    pub solved_at: Option<DateTime<Utc>>,
    /// Whether it raised the level.
    pub raised: bool,
    /// When it was reported.
    pub created_at: DateTime<Utc>,
}

/// The reports on a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Again>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: AgainId,
        body: String,
        body_html: String,
        language: String,
        solved_at: Option<DateTime<Utc>>,
        raised: bool,
        created_at: DateTime<Utc>,
        #[sea_orm(nested(prefix = "person_"))]
        person: Person,
    }
    if !post.has().agains {
        return Ok(Vec::new());
    }
    let sql = "SELECT g.id, g.body, g.body_html, g.language, g.solved_at, g.raised, g.created_at,
                p.id AS person_id, p.handle AS person_handle, p.name AS person_name, p.title AS person_title,
                p.role AS person_role
               FROM agains g JOIN persons p ON p.id = g.person_id WHERE g.post_id = $1 ORDER BY g.id";
    let again = |row: Row| Again {
        id: row.id,
        post: post.id(),
        person: row.person,
        body: row.body,
        body_html: row.body_html,
        language: row.language,
        solved_at: row.solved_at,
        raised: row.raised,
        created_at: row.created_at,
    };
    Ok(all::<Row>(view.db(), sql, values![post.id()]).await?.into_iter().map(again).collect())
}

/// Whether the actor may report that it happened again: on a complaint that was solved once, or one of their own, or one that they
/// support.
pub fn reportable(view: &View<'_>, post: &Seen) -> bool {
    let Some(me) = view.actor().id() else { return false };
    let theirs = post.author() == me || post.is_supported();
    post.kind() == Kind::Complaint && (post.delivered_at().is_some() || theirs)
}

/// Whether it is this person's complaint too: they wrote it or support it, or another post of its case.
async fn concerns(db: &impl ConnectionTrait, post: PostId, person: PersonId) -> Result<bool> {
    let mut sql = Sql::new("SELECT id AS n FROM posts WHERE author_id = ");
    sql.bind(person).push(" AND id IN ");
    case::push_posts(&mut sql, post);
    sql.push(" UNION ALL SELECT post_id AS n FROM votes WHERE person_id = ")
        .bind(person)
        .push(" AND stance = 'support' AND excluded_by IS NULL AND post_id IN ");
    case::push_posts(&mut sql, post);
    sql.push(" LIMIT 1");
    Ok(number(db, &sql.text, sql.values).await?.is_some())
}

/// Who may report that it happened again: members; a guest of the own post, which is known once it is held.
///
/// # Errors
/// As [`Actor::voice`].
pub fn may_report(actor: &Actor) -> Result<&Me> {
    actor.voice()
}

/// Reports that it happened again. By the same customer within 90 days of the solution, and by the fifth distinct customer, it
/// raises the level and shortens the clocks; what was solved goes back to being worked on.
///
/// # Errors
/// [`Error::Invalid`] on `kind` when it is no complaint, [`Error::Conflict`] when it was never solved and is not the actor's.
pub async fn report(tx: &mut Tx, post: PostId, body: &str, typed_in: Option<Language>) -> Result<Again> {
    let me = may_report(tx.actor())?.id;
    let mut held = tx.hold(post).await?;
    tx.actor().voice_on(held.author())?;
    if let Some(head) = held.head() {
        // what happens again happens to the matter
        held = tx.hold(head).await?;
    }
    let post = held.id();
    if held.kind() != Kind::Complaint {
        return Err(Error::invalid("kind", Problem::NotAComplaint));
    }
    let body = text::block(body, 1, BODY_MAX).map_err(|problem| Error::invalid("body", problem))?;
    let same = concerns(tx.conn(), post, me).await?;
    if held.delivered_at().is_none() && !same {
        return Err(Error::Conflict(Conflict::NotSolved));
    }
    limit::count(tx, limit::COMMENT, &me.to_string()).await?;

    let now = tx.now();
    // reports since the solution; before there is one, all
    let since = held.delivered_at();
    let sql = "SELECT COUNT(DISTINCT person_id) AS n FROM agains
               WHERE post_id = $1 AND (solved_at = $2 OR (solved_at IS NULL AND $3))";
    let reporters = number(tx.conn(), sql, values![post, since.unwrap_or(now), since.is_none()]).await?.unwrap_or(0);
    let sql = "SELECT id AS n FROM agains WHERE post_id = $1 AND person_id = $4 AND (solved_at = $2 OR (solved_at IS NULL AND $3)) LIMIT 1";
    let known = number(tx.conn(), sql, values![post, since.unwrap_or(now), since.is_none(), me]).await?.is_some();
    let solved = matches!(held.stage(), Stage::Delivered | Stage::Confirmed);
    let cause = if solved && same && since.is_some_and(|at| now - at <= WITHIN) {
        Some(Verdict::Again)
    } else if !known && reporters + 1 == RAISES {
        Some(Verdict::FifthAgain)
    } else {
        None
    };

    let language = text::written_in(&body, typed_in);
    let id = number(
        tx.conn(),
        "INSERT INTO agains (post_id, person_id, body, body_html, language, solved_at, raised, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id AS n",
        values![post, me, body.clone(), mention::html(tx, &body).await?, language, since, cause.is_some(), now],
    )
    .await?;
    let id = AgainId(id.ok_or_else(|| Error::internal("no report came back"))?);
    held.count_again(tx).await?;
    tx.happened(Some(post), event::Kind::HappenedAgain { again: id });
    if held.author() == me {
        // what the company waited for may be in it
        clock::run_again(tx, &held).await?;
    }
    if let Some(cause) = cause {
        tx.as_system(now, async |tx| {
            if solved {
                confirm::reopen(tx, &mut held, cause).await
            } else {
                let cause = if cause == Verdict::Again { level::Cause::Again } else { level::Cause::FifthAgain };
                level::raise(tx, &mut held, cause, None).await.map(drop)
            }
        })
        .await?;
    }
    let view = tx.view();
    of_post(&view, &view.post(post).await?).await?.pop().ok_or_else(|| Error::internal("the report went away"))
}
