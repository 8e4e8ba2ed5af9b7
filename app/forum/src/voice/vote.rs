//! One person's stance on one post. Two counts, never netted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    case,
    db::{Sql, all, exec, one, values},
    error::{Conflict, Problem},
    event,
    held::Held,
    id::{ModerationId, PersonId, PostId},
    limit,
    marker::{self, Marker},
    person::Person,
    post::Seen,
    text,
};

/// Characters of a reason, at least.
pub const REASON_MIN: usize = 10;
/// Characters of a reason, at most.
pub const REASON_MAX: usize = 500;

pub use crate::values::Stance;

/// What the actor has said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyVote {
    /// For or against.
    pub stance: Stance,
    /// Why.
    pub reason: Option<String>,
}

/// How a post stands after a vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// People for it.
    pub support_count: i64,
    /// People against it.
    pub oppose_count: i64,
    /// People for any post of the case that it heads, each once; those for it when it heads none.
    pub case_support: i64,
    /// What the actor has said.
    pub my_vote: Option<MyVote>,
}

/// A vote, as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// Whose.
    pub person: Person,
    /// For or against.
    pub stance: Stance,
    /// Why; imported votes may be without a reason, and that of an excluded one is for its author and the staff.
    pub reason: Option<String>,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
    /// When it was last changed.
    pub created_at: DateTime<Utc>,
    /// Why it does not count, if it does not.
    #[serde(skip)]
    pub excluded: Option<Marker>,
}

#[derive(FromQueryResult)]
struct Mine {
    stance: Stance,
    reason: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    person: Person,
    stance: Stance,
    reason: Option<String>,
    imported: bool,
    created_at: DateTime<Utc>,
    #[sea_orm(nested(prefix = "excluded_"))]
    excluded: Option<Marker>,
}

/// What a person has said about a post.
pub async fn of_person(db: &impl ConnectionTrait, post: PostId, person: PersonId) -> Result<Option<MyVote>> {
    let sql = "SELECT stance, reason FROM votes WHERE post_id = $1 AND person_id = $2";
    let row = one::<Mine>(db, sql, values![post, person]).await?;
    Ok(row.map(|row| MyVote { stance: row.stance, reason: row.reason }))
}

/// Where a person stands on each of these posts, as far as they have voted.
pub async fn stances(db: &impl ConnectionTrait, person: PersonId, posts: &[PostId]) -> Result<HashMap<PostId, Stance>> {
    #[derive(FromQueryResult)]
    struct On {
        post_id: PostId,
        stance: Stance,
    }
    if posts.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new("SELECT post_id, stance FROM votes WHERE person_id = ");
    sql.bind(person).push(" AND post_id IN ").bind_list(posts.iter().copied());
    Ok(all::<On>(db, &sql.text, sql.values).await?.into_iter().map(|on| (on.post_id, on.stance)).collect())
}

/// The votes on a post, latest first, those after the cursor `(created_at, person)`; at most `limit`.
pub async fn list(
    view: &View<'_>,
    post: &Seen,
    stance: Option<Stance>,
    after: Option<(DateTime<Utc>, PersonId)>,
    limit: u64,
) -> Result<Vec<Vote>> {
    let mut sql = of_post(post.id());
    if let Some(stance) = stance {
        sql.push(" AND v.stance = ").bind(stance);
    }
    if let Some((at, person)) = after {
        sql.push(" AND (v.created_at, v.person_id) < (").bind(at).push(", ").bind(person).push(")");
    }
    latest(view, sql, limit).await
}

/// The votes against a post that say why, latest first; at most `limit`. Imported ones may be without a reason; those that are excluded are
/// among them, marked.
pub async fn reasons_against(view: &View<'_>, post: &Seen, limit: u64) -> Result<Vec<Vote>> {
    let mut sql = of_post(post.id());
    sql.push(" AND v.stance = 'oppose' AND v.reason IS NOT NULL");
    latest(view, sql, limit).await
}

fn of_post(post: PostId) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT p.id, p.handle, p.name, p.title, p.role, v.stance, v.reason, v.imported, v.created_at, {}
         FROM votes v JOIN persons p ON p.id = v.person_id LEFT JOIN moderation_acts m ON m.id = v.excluded_by WHERE v.post_id = ",
        marker::columns("m", "excluded_")
    ));
    sql.bind(post);
    sql
}

async fn latest(view: &View<'_>, mut sql: Sql, limit: u64) -> Result<Vec<Vote>> {
    sql.push(&format!(" ORDER BY v.created_at DESC, v.person_id DESC LIMIT {limit}"));
    let (sees_all, me) = (view.actor().sees_all(), view.actor().id());
    let vote = |row: Row| Vote {
        // why somebody's vote was excluded may stand in what they said with it
        reason: row.reason.filter(|_| row.excluded.is_none() || sees_all || me == Some(row.person.id)),
        person: row.person,
        stance: row.stance,
        imported: row.imported,
        created_at: row.created_at,
        excluded: row.excluded,
    };
    Ok(all::<Row>(view.db(), &sql.text, sql.values).await?.into_iter().map(vote).collect())
}

/// Who may vote, and take their vote back: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_vote(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// Casts or changes the actor's vote. Casting the same vote again changes nothing.
pub async fn cast(tx: &mut Tx, post: PostId, stance: Stance, reason: Option<&str>) -> Result<Tally> {
    let me = may_vote(tx.actor())?.id;
    let mut held = hold(tx, post).await?;
    held.shown()?;
    let reason = checked_reason(stance, reason, held.kind().can_be_opposed())?;
    let before = counted(tx, post, me).await?;
    let mine = MyVote { stance, reason };
    if before.as_ref() == Some(&mine) {
        return Ok(tally(&held, Some(mine)));
    }
    limit::count(tx, limit::VOTE, &me.to_string()).await?;
    exec(
        tx.conn(),
        "INSERT INTO votes (post_id, person_id, stance, reason, imported, created_at) VALUES ($1, $2, $3, $4, false, $5)
         ON CONFLICT (post_id, person_id) DO UPDATE
            SET stance = excluded.stance, reason = excluded.reason, imported = false, created_at = excluded.created_at",
        values![post, me, stance, mine.reason.clone(), tx.now()],
    )
    .await?;
    tx.happened(Some(post), event::Kind::VoteCast { stance });
    recount(tx, &mut held, me, before.map(|v| v.stance), Some(mine)).await
}

/// Takes the actor's vote back. Without a vote nothing changes.
pub async fn withdraw(tx: &mut Tx, post: PostId) -> Result<Tally> {
    let me = may_vote(tx.actor())?.id;
    let mut held = hold(tx, post).await?;
    let Some(before) = counted(tx, post, me).await? else {
        return Ok(tally(&held, None));
    };
    limit::count(tx, limit::VOTE, &me.to_string()).await?;
    exec(tx.conn(), "DELETE FROM votes WHERE post_id = $1 AND person_id = $2", values![post, me]).await?;
    tx.happened(Some(post), event::Kind::VoteWithdrawn);
    recount(tx, &mut held, me, Some(before.stance), None).await
}

/// The vote of a person as it counts. One that was taken out of the count can't be cast anew, nor taken back: that it was excluded stays to
/// be seen.
async fn counted(tx: &Tx, post: PostId, person: PersonId) -> Result<Option<MyVote>> {
    #[derive(FromQueryResult)]
    struct Counted {
        #[sea_orm(nested)]
        mine: Mine,
        excluded_by: Option<ModerationId>,
    }
    let sql = "SELECT stance, reason, excluded_by FROM votes WHERE post_id = $1 AND person_id = $2";
    match one::<Counted>(tx.conn(), sql, values![post, person]).await? {
        Some(Counted { excluded_by: Some(_), .. }) => Err(Error::Conflict(Conflict::Excluded)),
        found => Ok(found.map(|Counted { mine, .. }| MyVote { stance: mine.stance, reason: mine.reason })),
    }
}

/// The act by which a vote was taken out of the count, if it was.
///
/// # Errors
/// [`Error::NotFound`] when there is no such vote.
pub(crate) async fn excluded(tx: &Tx, post: PostId, person: PersonId) -> Result<Option<ModerationId>> {
    #[derive(FromQueryResult)]
    struct Found {
        excluded_by: Option<ModerationId>,
    }
    let sql = "SELECT excluded_by FROM votes WHERE post_id = $1 AND person_id = $2";
    Ok(one::<Found>(tx.conn(), sql, values![post, person]).await?.ok_or(Error::NotFound)?.excluded_by)
}

/// For `moderation`: takes a vote out of the count by an act, or counts it again.
///
/// # Errors
/// [`Error::NotFound`] when there is no such vote.
pub(crate) async fn exclude(tx: &mut Tx, post: &mut Held, person: PersonId, act: Option<ModerationId>) -> Result<()> {
    let sql = "UPDATE votes SET excluded_by = $3 WHERE post_id = $1 AND person_id = $2";
    if exec(tx.conn(), sql, values![post.id(), person, act]).await? == 0 {
        return Err(Error::NotFound);
    }
    count_all(tx, post).await
}

/// A vote from elsewhere: whose, for or against, when.
pub type Import = (PersonId, Stance, DateTime<Utc>);

/// Rows of one statement: few enough for SQLite, which looks for each place by its name among all of them.
const ROWS: usize = 100;

/// The votes on a post that were brought in.
pub async fn imported(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<Import>> {
    #[derive(FromQueryResult)]
    struct Known {
        person_id: PersonId,
        stance: Stance,
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT person_id, stance, created_at FROM votes WHERE post_id = $1 AND imported ORDER BY person_id";
    let rows = all::<Known>(db, sql, values![post]).await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.stance, row.created_at)).collect())
}

/// What an import changes: the votes that are new or other than before, and whose vote is no longer among them.
pub fn changes(before: &[Import], after: &[Import]) -> (Vec<Import>, Vec<PersonId>) {
    let known: HashMap<PersonId, &Import> = before.iter().map(|vote| (vote.0, vote)).collect();
    let kept: HashSet<PersonId> = after.iter().map(|vote| vote.0).collect();
    let fresh = after.iter().filter(|vote| known.get(&vote.0) != Some(vote)).copied().collect();
    (fresh, before.iter().map(|vote| vote.0).filter(|person| !kept.contains(person)).collect())
}

/// Brings in votes from elsewhere: one per person, which replace all earlier imported ones of the post. Votes that were
/// cast here stay. Answers how many were new, changed or taken away.
pub async fn import(tx: &mut Tx, post: PostId, votes: &[Import]) -> Result<u64> {
    tx.actor().admin()?;
    let (fresh, gone) = changes(&imported(tx.conn(), post).await?, votes);
    let mut changed = 0;
    for chunk in fresh.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO votes (post_id, person_id, stance, imported, created_at) VALUES ");
        for (n, (person, stance, at)) in chunk.iter().enumerate() {
            sql.push(if n == 0 { "(" } else { ", (" });
            sql.bind(post).push(", ").bind(*person).push(", ").bind(*stance).push(", true, ").bind(*at).push(")");
        }
        sql.push(
            " ON CONFLICT (post_id, person_id) DO UPDATE SET stance = excluded.stance, created_at = excluded.created_at
              WHERE votes.imported",
        );
        changed += exec(tx.conn(), &sql.text, sql.values).await?;
    }
    for chunk in gone.chunks(ROWS) {
        let mut sql = Sql::new("DELETE FROM votes WHERE imported AND post_id = ");
        sql.bind(post).push(" AND person_id IN ").bind_list(chunk.iter().copied());
        changed += exec(tx.conn(), &sql.text, sql.values).await?;
    }
    if changed > 0 {
        let mut held = hold(tx, post).await?;
        count_all(tx, &mut held).await?;
    }
    Ok(changed)
}

/// A vote of the past, for [`cast_dated`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// On which post.
    pub post: PostId,
    /// Whose.
    pub person: PersonId,
    /// For or against.
    pub stance: Stance,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Casts many votes of the past at once, each as if its person had cast it then: the demo forum has thousands. Nobody who
/// is named has a vote on that post yet.
pub async fn cast_dated(tx: &mut Tx, votes: &[Dated]) -> Result<()> {
    tx.actor().admin()?;
    let posts: BTreeSet<PostId> = votes.iter().map(|vote| vote.post).collect();
    let mut held = BTreeMap::new();
    for post in posts {
        held.insert(post, hold(tx, post).await?);
    }
    for chunk in votes.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO votes (post_id, person_id, stance, reason, imported, created_at) VALUES ");
        for (n, vote) in chunk.iter().enumerate() {
            let reason = checked_reason(vote.stance, vote.reason.as_deref(), held[&vote.post].kind().can_be_opposed())?;
            sql.push(if n == 0 { "(" } else { ", (" });
            sql.bind(vote.post).push(", ").bind(vote.person).push(", ").bind(vote.stance);
            sql.push(", ").bind(reason).push(", false, ").bind(vote.at).push(")");
        }
        exec(tx.conn(), &sql.text, sql.values).await?;
    }
    for vote in votes {
        let kind = event::Kind::VoteCast { stance: vote.stance };
        let event = tx.happened(Some(vote.post), kind);
        (event.actor, event.role, event.at) = (Some(vote.person), None, vote.at);
    }
    for mut post in held.into_values() {
        count_all(tx, &mut post).await?;
    }
    Ok(())
}

/// Counts the votes of a post from the rows, after many of them changed at once.
async fn count_all(tx: &mut Tx, post: &mut Held) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Counts {
        support: i64,
        oppose: i64,
    }
    let sql = "SELECT (SELECT COUNT(*) FROM votes WHERE post_id = $1 AND stance = 'support' AND excluded_by IS NULL) AS support,
            (SELECT COUNT(*) FROM votes WHERE post_id = $1 AND stance = 'oppose' AND excluded_by IS NULL) AS oppose";
    let counts = one::<Counts>(tx.conn(), sql, values![post.id()]).await?.ok_or(Error::NotFound)?;
    case::note_votes(tx, post, (counts.support, counts.oppose)).await
}

/// The reason as it is kept: needed of those who are against, and nobody can be against a complaint.
fn checked_reason(stance: Stance, reason: Option<&str>, can_be_opposed: bool) -> Result<Option<String>> {
    match stance {
        Stance::Support => text::optional(reason, 0, REASON_MAX),
        Stance::Oppose if !can_be_opposed => return Err(Error::invalid("stance", Problem::ComplaintNotOpposable)),
        Stance::Oppose => text::block(reason.unwrap_or_default(), REASON_MIN, REASON_MAX).map(Some),
    }
    .map_err(|problem| Error::invalid("reason", problem))
}

/// Holds a post against other votes. No deadline depends on them.
async fn hold(tx: &mut Tx, post: PostId) -> Result<Held> {
    tx.hold_as_it_is(post).await
}

fn tally(post: &Held, my_vote: Option<MyVote>) -> Tally {
    let (support_count, oppose_count) = post.votes();
    Tally { support_count, oppose_count, case_support: post.in_case().0, my_vote }
}

async fn recount(tx: &mut Tx, post: &mut Held, me: PersonId, before: Option<Stance>, after: Option<MyVote>) -> Result<Tally> {
    let change = |stance| i64::from(after.as_ref().is_some_and(|v| v.stance == stance)) - i64::from(before == Some(stance));
    let (support, oppose) = post.votes();
    let more = change(Stance::Support);
    case::note_vote(tx, post, (support + more, oppose + change(Stance::Oppose)), me, more).await?;
    Ok(tally(post, after))
}
