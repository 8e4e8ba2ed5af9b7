//! What the forum does by itself when a time has come. Whether something is overdue never depends on it: that follows from the time.
//! It only draws the consequences, each once, in the order in which their times came and as if it had been there at each of them. So
//! after any downtime the forum is as it would be without one; and every command on a post first brings that post up to its time.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Error, Forum, Result, Tx,
    actor::Actor,
    clock::{self, Name},
    confirm,
    db::{DueRows, Sql, all, number, one, values},
    event::{self, Event},
    handover,
    held::Held,
    id::{AnswerId, BoardId, HandoverId, PostId, PromiseId, RequestId},
    level::{self, Cause, HIGHEST},
    owner, person, promise, request, team,
};

/// Posts that one look finds, at most; the next look finds the rest.
const AT_ONCE: u64 = 200;

/// What can be due on a post. Of two that are due at the same time the first by name comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
enum What {
    /// A clock is missed.
    Clock,
    /// An offer of ownership lapses.
    Handover,
    /// The clocks have stood still for as long as they may.
    Stop,
    /// What the customers say is counted.
    Check,
    /// The author is asked once more.
    Ask,
    /// A request passes to the next level.
    Request,
    /// A promise is broken.
    Promise,
    /// A post without an owner gets one.
    Owner,
}

crate::word::kept_as_words!(pub(self) What);

/// Something whose time has come.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
struct Due {
    what: What,
    id: i64,
    at: DateTime<Utc>,
}

/// What each room says of its own due times. Owners are looked for apart: when one is due follows from the calendar.
const SOURCES: [(What, DueRows); 7] = [
    (What::Clock, clock::DUE),
    (What::Handover, handover::DUE),
    (What::Stop, clock::STOPS_DUE),
    (What::Check, confirm::CHECKS_DUE),
    (What::Ask, confirm::ASKS_DUE),
    (What::Request, request::DUE),
    (What::Promise, promise::DUE),
];

/// Appends a query of all that is due by now, on one post or on all.
fn push_due(sql: &mut Sql, columns: [&str; 2], post: Option<PostId>, now: DateTime<Utc>) {
    for (n, (what, DueRows { id, at, rows })) in SOURCES.into_iter().enumerate() {
        if n > 0 {
            sql.push(" UNION ALL ");
        }
        let fill = |column: &str| column.replace("{what}", what.as_str()).replace("{id}", id).replace("{at}", at);
        sql.push(&format!("SELECT {} FROM {rows}", columns.map(fill).join(", ")));
        sql.push(&format!(" AND {at} < ")).bind(now);
        match post {
            Some(post) => sql.push(" AND post_id = ").bind(post),
            // time stands still for the members of cases
            None => sql.push(" AND post_id NOT IN (SELECT id FROM posts WHERE head_id IS NOT NULL)"),
        };
    }
}

/// The posts on which something is due by now; at most 200.
pub async fn due(forum: &Forum) -> Result<Vec<PostId>> {
    #[derive(FromQueryResult)]
    struct Row {
        post_id: PostId,
    }
    let (db, now) = (forum.read(), forum.now());
    let mut sql = Sql::new("SELECT DISTINCT post_id FROM (");
    push_due(&mut sql, ["post_id", "{at} AS at"], None, now);
    sql.push(&format!(") due ORDER BY post_id LIMIT {AT_ONCE}"));
    let mut posts: Vec<PostId> = all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(|row| row.post_id).collect();
    for (post, at) in without_owner(db).await? {
        let room = posts.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        if room && triage_by(forum, at) < now && !posts.contains(&post) {
            posts.push(post);
        }
    }
    Ok(posts)
}

/// Posts without an owner, oldest first. What was brought in from elsewhere waits until staff take it up.
async fn without_owner(db: &impl ConnectionTrait) -> Result<Vec<(PostId, DateTime<Utc>)>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PostId,
        created_at: DateTime<Utc>,
    }
    let sql = format!(
        "SELECT id, created_at FROM posts WHERE owner_id IS NULL AND imported_from IS NULL AND head_id IS NULL
            AND EXISTS (SELECT 1 FROM persons p WHERE {}) ORDER BY created_at LIMIT 1000",
        person::STAFF
    );
    Ok(all::<Row>(db, &sql, []).await?.into_iter().map(|row| (row.id, row.created_at)).collect())
}

fn triage_by(forum: &Forum, created_at: DateTime<Utc>) -> DateTime<Utc> {
    let site = forum.site();
    clock::due(&site, created_at, site.triage_days)
}

/// Draws all consequences that are due by now, each post in a transaction of its own. Answers how many posts were touched. A post
/// that can't be brought up to its time keeps no other one waiting.
///
/// # Errors
/// The last failure, once everything else is done.
pub async fn run(forum: &Forum) -> Result<u64> {
    let mut touched = 0;
    loop {
        let posts = due(forum).await?;
        let (mut moved, mut failed) = (0, None);
        for post in posts {
            match forum.write(&Actor::System, async |tx| bring_up(tx, post).await).await {
                Ok(any) => moved += u64::from(any),
                Err(error) => failed = Some(error),
            }
        }
        if moved == 0 {
            return failed.map_or(Ok(touched), Err);
        }
        touched += moved;
    }
}

/// As [`run`], within a command of the forum itself: the demo forum is brought up to the present before anybody sees it.
pub async fn run_within(tx: &mut Tx) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Row {
        id: PostId,
    }
    tx.actor().admin()?;
    let mut touched = 0;
    for row in all::<Row>(tx.conn(), "SELECT id FROM posts ORDER BY id", []).await? {
        touched += u64::from(bring_up(tx, row.id).await?);
    }
    Ok(touched)
}

/// Brings a post up to the present, for its own sake.
async fn bring_up(tx: &mut Tx, post: PostId) -> Result<bool> {
    let mut held = tx.hold_as_it_is(post).await?;
    catch_up(tx, &mut held).await
}

/// Brings a post up to the time of the command: draws every consequence that is due, in the order of their times. Answers whether
/// there was any.
pub(crate) async fn catch_up(tx: &mut Tx, post: &mut Held) -> Result<bool> {
    if post.head().is_some() {
        // time stands still for a member of a case; what it would have brought it brings when the post is one no more
        return Ok(false);
    }
    let now = tx.now();
    let mut any = false;
    // each consequence ends what was due; a new clock may be due by now as well, but there are only three levels
    for _ in 0..1_000 {
        let mut sql = Sql::new("SELECT what, id, at FROM (");
        push_due(&mut sql, ["'{what}' AS what", "{id} AS id, {at} AS at"], Some(post.id()), now);
        sql.push(") due ORDER BY at, what, id LIMIT 1");
        let mut next = one::<Due>(tx.conn(), &sql.text, sql.values).await?;
        if let Some(at) = owner_due(tx, post).await?
            && at < now
            && next.as_ref().is_none_or(|due| at < due.at)
        {
            next = Some(Due { what: What::Owner, id: 0, at });
        }
        let Some(due) = next else { return Ok(any) };
        any = true;
        tx.as_system(due.at, async |tx| draw(tx, &mut *post, &due).await).await?;
    }
    Err(Error::internal("a post that never comes to rest"))
}

async fn draw(tx: &mut Tx, post: &mut Held, due: &Due) -> Result<()> {
    match due.what {
        What::Clock => miss(tx, post, due.id).await,
        What::Handover => handover::lapse(tx, post, HandoverId(due.id)).await,
        What::Stop => clock::run_again(tx, post).await.map(drop),
        What::Check => confirm::decide(tx, post, AnswerId(due.id)).await,
        What::Ask => confirm::ask_again(tx, post, AnswerId(due.id)).await,
        What::Request => request::pass_up(tx, post.id(), RequestId(due.id)).await,
        What::Promise => promise::tell_broken(tx, post.id(), PromiseId(due.id)).await,
        What::Owner => assign(tx, post).await,
    }
}

/// A missed clock stays missed. The post goes up one level, and a new, shorter clock starts; on the highest level nothing is left to
/// raise.
async fn miss(tx: &mut Tx, post: &mut Held, clock: i64) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        name: Name,
        due_at: DateTime<Utc>,
        taken_from: Option<PostId>,
    }
    let sql = "UPDATE clocks SET missed_at = due_at WHERE id = $1 AND missed_at IS NULL RETURNING name, due_at, taken_from";
    let Some(row) = one::<Row>(tx.conn(), sql, values![clock]).await? else { return Ok(()) };
    let name = row.name;
    let before = post.level();
    tx.happened(Some(post.id()), event::Kind::ClockMissed { clock: name, due_at: row.due_at, level: before });
    if before >= HIGHEST {
        return Ok(());
    }
    let level = level::raise(tx, post, Cause::Missed, Some(name)).await?;
    let site = tx.site();
    let days = post.terms(&site).days(name, level);
    let due_at = clock::due(&site, row.due_at, days);
    clock::start_after(tx, post, clock::Start { name, level, from: row.due_at, due_at }, row.taken_from).await
}

/// When a post without an owner gets one.
async fn owner_due(tx: &Tx, post: &Held) -> Result<Option<DateTime<Utc>>> {
    if post.owner().is_some() || post.imported() {
        return Ok(None);
    }
    let staff = format!("SELECT CAST(1 AS bigint) AS n FROM persons p WHERE {} LIMIT 1", person::STAFF);
    let site = tx.site();
    let any = number(tx.conn(), &staff, []).await?;
    Ok(any.map(|_| clock::due(&site, post.created_at(), site.triage_days)))
}

/// A post that comes in gets an owner, where a board gives them out at once.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let (Some(post), event::Kind::PostSubmitted) = (event.post, &event.kind) else { return Ok(()) };
    // nothing can be due on it yet
    let mut held = tx.hold_as_it_is(post).await?;
    if team::assigns_at_once(tx.conn(), held.board()).await? { assign(tx, &mut held).await } else { Ok(()) }
}

/// Gives a post to whoever's turn it is.
async fn assign(tx: &mut Tx, post: &mut Held) -> Result<()> {
    let today = clock::local_day(&tx.site(), tx.now());
    match team::whose_turn(tx.conn(), post.board(), today).await? {
        Some(person) => owner::give(tx, post, person, None).await,
        None => Ok(()),
    }
}

/// Those who answer for the board of a post on a level.
pub(crate) async fn answering(tx: &Tx, post: PostId, level: i32) -> Result<Vec<crate::id::PersonId>> {
    #[derive(FromQueryResult)]
    struct Row {
        board_id: BoardId,
    }
    let row = one::<Row>(tx.conn(), "SELECT board_id FROM posts WHERE id = $1", values![post]).await?.ok_or(Error::NotFound)?;
    team::people(tx.conn(), row.board_id, level, clock::local_day(&tx.site(), tx.now())).await
}
