//! Promises to everybody whose post they cover: "no complaint unsolved after a week: a month free". A pledge makes the promise by
//! itself when such a post comes in, and it is kept when the post is delivered in time.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx,
    actor::Actor,
    case, clock,
    db::{Sql, all, exec, number, one, values},
    error::{Check, Problem},
    event::{self, Event},
    id::{BoardId, PledgeId, PostId, PromiseId},
    post::Kind,
    promise::{self, REMEDY_MAX, WHAT_MAX, amount_in, parse_amount},
    status::Stage,
    text,
};

/// A pledge.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Pledge {
    /// Its number.
    pub id: PledgeId,
    /// Posts of which kind it covers; all kinds when none is named.
    pub kind: Option<Kind>,
    /// Posts of which board it covers; all boards when none is named.
    pub board_id: Option<BoardId>,
    /// Until when, in working days from receipt.
    pub days: i32,
    /// What is promised.
    pub what: String,
    /// What is owed if it is missed.
    pub remedy: String,
    /// The amount of it in cents, where it is an amount.
    pub remedy_cents: Option<i64>,
    /// Since when it covers new posts.
    pub created_at: DateTime<Utc>,
    /// Until when it did.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A new pledge, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// A kind, or nothing.
    pub kind: String,
    /// Working days from receipt.
    pub days: String,
    /// What is promised.
    pub what: String,
    /// What is owed if it is missed.
    pub remedy: String,
    /// The amount of it, in euros.
    pub remedy_amount: String,
}

const COLUMNS: &str = "id, kind, board_id, days, what, remedy, remedy_cents, created_at, ended_at";

/// Every pledge that was ever made, newest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Pledge>> {
    all(db, &format!("SELECT {COLUMNS} FROM pledges ORDER BY id DESC"), []).await
}

/// Who may pledge, and end a pledge: admins.
///
/// # Errors
/// As [`Actor::admin`].
pub fn may_pledge(actor: &Actor) -> Result<()> {
    actor.admin()
}

/// Pledges something, from the next post on.
pub async fn make(tx: &mut Tx, board: Option<BoardId>, draft: &Draft) -> Result<PledgeId> {
    may_pledge(tx.actor())?;
    let mut check = Check::new();
    let kind = match draft.kind.trim() {
        "" => Some(None),
        kind => check.field("kind", Kind::parse(kind)).map(Some),
    };
    let days = draft
        .days
        .trim()
        .parse::<i32>()
        .ok()
        .filter(|days| (1..=260).contains(days))
        .ok_or(Problem::OutOfRange { min: 1, max: 260 });
    let days = check.field("days", days);
    let what = check.field("what", text::line(&draft.what, 3, WHAT_MAX));
    let remedy = check.field("remedy", text::line(&draft.remedy, 1, REMEDY_MAX));
    let amount = match draft.remedy_amount.trim() {
        "" => Some(None),
        amount => check.field("remedy_amount", parse_amount(amount)).map(Some),
    };
    let (kind, days, what, remedy, amount) = check.finish((kind, days, what, remedy, amount))?;
    let cents = amount.max(amount_in(&remedy));
    let id = number(
        tx.conn(),
        "INSERT INTO pledges (kind, board_id, days, what, remedy, remedy_cents, by_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id AS n",
        values![kind, board, days, what, remedy, cents, tx.actor().id(), tx.now()],
    )
    .await?;
    Ok(PledgeId(id.ok_or_else(|| Error::internal("no pledge came back"))?))
}

/// Ends a pledge: posts that come in later are not covered. The promises that it made stay.
pub async fn end(tx: &mut Tx, id: PledgeId) -> Result<()> {
    may_pledge(tx.actor())?;
    let sql = "UPDATE pledges SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    if exec(tx.conn(), sql, values![id, tx.now()]).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// A post that comes in is covered. What was pledged for a member of a case is kept when its head is delivered, as long as it is a member.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    match (event.post, &event.kind) {
        (Some(post), event::Kind::PostSubmitted) => cover(tx, post).await,
        (Some(_), event::Kind::PostMerged { into }) => match stage_of(tx, *into).await? {
            stage @ (Stage::Delivered | Stage::Confirmed) => settle(tx, *into, stage).await,
            _ => Ok(()),
        },
        (Some(post), event::Kind::PostUnmerged { .. }) => {
            let stage = stage_of(tx, post).await?;
            settle(tx, post, stage).await
        }
        _ => Ok(()),
    }
}

async fn stage_of(tx: &Tx, post: PostId) -> Result<Stage> {
    #[derive(FromQueryResult)]
    struct Row {
        stage: Stage,
    }
    let row = one::<Row>(tx.conn(), "SELECT stage FROM posts WHERE id = $1", values![post]).await?;
    row.map(|row| row.stage).ok_or(Error::NotFound)
}

/// Makes the promises that cover a post which has just come in.
async fn cover(tx: &mut Tx, post: PostId) -> Result<()> {
    // nothing can be due on it yet
    let held = tx.hold_as_it_is(post).await?;
    let (kind, board) = (held.kind(), held.board());
    let sql = format!(
        "SELECT {COLUMNS} FROM pledges WHERE ended_at IS NULL AND created_at <= $3 AND (kind IS NULL OR kind = $1)
            AND (board_id IS NULL OR board_id = $2) ORDER BY id"
    );
    for pledge in all::<Pledge>(tx.conn(), &sql, values![kind, board, tx.now()]).await? {
        let site = tx.site();
        let due_at = clock::due(&site, tx.now(), u32::try_from(pledge.days).unwrap_or(1));
        let checked = promise::Checked {
            what: pledge.what,
            due_on: clock::local_day(&site, due_at),
            due_at,
            remedy: Some(pledge.remedy),
            remedy_cents: pledge.remedy_cents,
            accountable: None,
        };
        promise::insert(tx, post, &checked, None, Some(pledge.id), None).await?;
    }
    Ok(())
}

/// What was pledged is kept once the post is delivered, and no longer when it goes back to being worked on; at the head of a case for its
/// members too, but for those that were delivered themselves.
pub(crate) async fn settle(tx: &mut Tx, post: PostId, stage: Stage) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PromiseId,
    }
    let mut sql = Sql::new(
        "SELECT m.id FROM promises m JOIN posts p ON p.id = m.post_id
         WHERE m.pledge_id IS NOT NULL AND (p.head_id IS NULL OR p.stage NOT IN ('delivered', 'confirmed')) AND m.post_id IN ",
    );
    case::push_posts(&mut sql, post);
    sql.push(" ORDER BY m.id");
    for row in all::<Row>(tx.conn(), &sql.text, sql.values).await? {
        match stage {
            Stage::Delivered | Stage::Confirmed => promise::by_rule(tx, row.id, true).await?,
            Stage::Received | Stage::Review | Stage::Planned | Stage::Started => promise::by_rule(tx, row.id, false).await?,
            Stage::Declined | Stage::Archived => {}
        }
    }
    Ok(())
}
