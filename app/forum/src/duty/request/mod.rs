//! Acts beyond the mandate of whoever wants them: they wait for somebody with a wider one, on a clock of their own.

mod decide;

pub use decide::*;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me, Role},
    board, clock,
    db::{DueRows, Sql, all, exec, number, one, values},
    event,
    held::Held,
    id::{PostId, RequestId},
    mandate::Beyond,
    owner,
    person::Person,
    post::Seen,
};

/// Working days in which a request is to be decided, on each level.
pub const DECIDED_WITHIN: u32 = 2;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Act {
    /// To give an answer.
    Answer,
    /// To make a promise.
    Promise,
}

crate::word::kept_as_words!(Act);

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum State {
    /// It waits.
    Open,
    /// It was done.
    Approved,
    /// It was turned down.
    Refused,
}

crate::word::kept_as_words!(State);

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// On which post.
    pub post: PostId,
    /// The title of the post.
    pub title: String,
    /// What is asked for.
    pub act: Act,
    /// What was typed.
    pub draft: serde_json::Value,
    /// What of it is beyond the mandate.
    pub beyond: Vec<Beyond>,
    /// Who asks.
    pub by: Person,
    /// The level that decides: 2 or 3.
    pub level: i32,
    /// By when.
    pub due_at: DateTime<Utc>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// How it stands.
    pub state: State,
    /// The role of whoever decided.
    pub decided_by: Option<Role>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What they said.
    pub note: Option<String>,
    /// The answer or promise that it became.
    pub result: Option<i64>,
}

impl Request {
    /// Whether it should have been decided by now.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Open && now > self.due_at
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: RequestId,
    post_id: PostId,
    post_title: String,
    act: Act,
    draft: serde_json::Value,
    beyond: String,
    level: i32,
    due_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    outcome: Option<State>,
    decided_at: Option<DateTime<Utc>>,
    note: Option<String>,
    result_id: Option<i64>,
    #[sea_orm(nested(prefix = "by_"))]
    by: Person,
    decider_role: Option<Role>,
}

const SELECT: &str =
    "SELECT r.id, r.post_id, p.title AS post_title, r.act, r.draft, r.beyond, r.level, r.due_at, r.created_at, r.outcome,
        r.decided_at, r.note, r.result_id, a.id AS by_id, a.handle AS by_handle, a.name AS by_name, a.title AS by_title,
        a.role AS by_role, d.role AS decider_role
     FROM requests r JOIN posts p ON p.id = r.post_id JOIN boards b ON b.id = p.board_id JOIN persons a ON a.id = r.by_id
        LEFT JOIN persons d ON d.id = r.decided_by WHERE ";

impl From<Row> for Request {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            post: row.post_id,
            title: row.post_title,
            act: row.act,
            draft: row.draft,
            beyond: row.beyond.split(',').filter_map(|word| Beyond::parse(word).ok()).collect(),
            by: row.by,
            level: row.level,
            due_at: row.due_at,
            created_at: row.created_at,
            state: row.outcome.unwrap_or(State::Open),
            decided_by: row.decider_role,
            decided_at: row.decided_at,
            note: row.note,
            result: row.result_id,
        }
    }
}

/// Who may read what is asked for: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_read(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// A request, for staff.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn by_id(db: &impl ConnectionTrait, actor: &Actor, id: RequestId) -> Result<Request> {
    may_read(actor)?;
    let mut sql = Sql::new(SELECT);
    sql.push("r.id = ").bind(id).push(" AND ");
    board::known(&mut sql, actor);
    one::<Row>(db, &sql.text, sql.values).await?.map(Request::from).ok_or(Error::NotFound)
}

/// A request, whoever asks: for use inside the forum.
pub(crate) async fn by_number(db: &impl ConnectionTrait, id: RequestId) -> Result<Request> {
    one::<Row>(db, &format!("{SELECT} r.id = $1"), values![id]).await?.map(Request::from).ok_or(Error::NotFound)
}

/// The requests that wait, soonest due first: for staff.
pub async fn open(db: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Request>> {
    may_read(actor)?;
    let mut sql = Sql::new(SELECT);
    sql.push("r.outcome IS NULL AND ");
    board::known(&mut sql, actor);
    sql.push(" ORDER BY r.due_at, r.id LIMIT 200");
    Ok(all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(Request::from).collect())
}

/// The requests on a post, oldest first: for staff.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Request>> {
    may_read(view.actor())?;
    if !post.has().requests {
        return Ok(Vec::new());
    }
    let sql = format!("{SELECT} r.post_id = $1 ORDER BY r.id");
    Ok(all::<Row>(view.db(), &sql, values![post.id()]).await?.into_iter().map(Request::from).collect())
}

/// Requests that a higher level decides when nobody did in time.
pub(crate) const DUE: DueRows = DueRows { id: "id", at: "due_at", rows: "requests WHERE outcome IS NULL AND level < 3" };

/// Asks for an act that is beyond the actor's mandate.
pub(crate) async fn ask(
    tx: &mut Tx,
    post: &mut Held,
    act: Act,
    draft: serde_json::Value,
    beyond: &[Beyond],
    level: i32,
) -> Result<Request> {
    let me = tx.actor().staff()?.id;
    owner::take_if_free(tx, post).await?;
    let due_at = clock::due(&tx.site(), tx.now(), DECIDED_WITHIN);
    let beyond = beyond.iter().map(|b| b.as_str()).collect::<Vec<_>>().join(",");
    let id = number(
        tx.conn(),
        "INSERT INTO requests (post_id, act, draft, beyond, by_id, level, due_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id AS n",
        values![post.id(), act, draft, beyond, me, level, due_at, tx.now()],
    )
    .await?;
    let id = RequestId(id.ok_or_else(|| Error::internal("no request came back"))?);
    tx.happened(Some(post.id()), event::Kind::RequestMade { request: id });
    by_id(tx.conn(), tx.actor(), id).await
}

/// Passes a request that nobody decided in time to the next level, with a clock of its own.
pub(crate) async fn pass_up(tx: &mut Tx, post: PostId, id: RequestId) -> Result<()> {
    let due_at = clock::due(&tx.site(), tx.now(), DECIDED_WITHIN);
    let sql = "UPDATE requests SET level = level + 1, due_at = $2 WHERE id = $1 AND outcome IS NULL AND level < 3";
    if exec(tx.conn(), sql, values![id, due_at]).await? > 0 {
        tx.happened(Some(post), event::Kind::RequestPassedUp { request: id });
    }
    Ok(())
}
