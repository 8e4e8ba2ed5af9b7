//! What members propose: that two posts are one matter. Whoever proposed it is told what became of it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::{IntoStaticStr, VariantArray};

use super::{commands::other_post, head_of, may_merge, push_posts};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    board,
    db::{Sql, all, exec, number, one, values},
    error::{Check, Conflict, Problem},
    event::Kind,
    id::{PostId, ProposalId},
    limit,
    person::Person,
    text,
};

/// Characters of what a member says to a proposal, at most.
pub const WORDS_MAX: usize = 500;

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Standing {
    /// Nobody has decided it.
    Open,
    /// The posts are one matter.
    Merged,
    /// They are not, and the staff said why.
    Declined,
}

crate::word::kept_as_words!(Standing);

/// That two posts are one matter, in somebody's opinion.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// Its number.
    pub id: ProposalId,
    /// The two posts: number, slug, title and the language that it is in, the older one first.
    pub posts: [Named; 2],
    /// Who proposes it.
    pub by: Person,
    /// What they say to it.
    pub words: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// How it stands.
    pub standing: Standing,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A post by its number and its title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub struct Named {
    /// Its number.
    pub id: PostId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: ProposalId,
    #[sea_orm(nested(prefix = "post_"))]
    post: Named,
    #[sea_orm(nested(prefix = "other_"))]
    other: Named,
    #[sea_orm(nested(prefix = "by_"))]
    by: Person,
    words: Option<String>,
    created_at: DateTime<Utc>,
    outcome: Option<Standing>,
    reason: Option<String>,
    decided_at: Option<DateTime<Utc>>,
}

impl From<Row> for Proposal {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            posts: [row.post, row.other],
            by: row.by,
            words: row.words,
            created_at: row.created_at,
            standing: row.outcome.unwrap_or(Standing::Open),
            reason: row.reason,
            decided_at: row.decided_at,
        }
    }
}

const SELECT: &str = "SELECT r.id, r.words, r.created_at, r.outcome, r.reason, r.decided_at,
        p.id AS post_id, p.slug AS post_slug, p.title AS post_title, p.language AS post_language,
        o.id AS other_id, o.slug AS other_slug, o.title AS other_title, o.language AS other_language,
        w.id AS by_id, w.handle AS by_handle, w.name AS by_name, w.title AS by_title, w.role AS by_role
     FROM merge_proposals r JOIN posts p ON p.id = r.post_id JOIN posts o ON o.id = r.other_id JOIN persons w ON w.id = r.by_id
        JOIN boards b ON b.id = p.board_id WHERE ";

/// Who may propose: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_propose(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// The proposals that nobody has decided, oldest first; at most `limit`. For the staff.
pub async fn open_proposals(db: &impl ConnectionTrait, actor: &Actor, limit: u64) -> Result<Vec<Proposal>> {
    may_merge(actor)?;
    let mut sql = Sql::new(SELECT);
    sql.push("r.outcome IS NULL AND ");
    board::known(&mut sql, actor);
    sql.push(&format!(" ORDER BY r.id LIMIT {limit}"));
    Ok(all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(Proposal::from).collect())
}

/// How many proposals nobody has decided. For the staff, who see every board.
pub async fn count_open(db: &impl ConnectionTrait, actor: &Actor) -> Result<i64> {
    may_merge(actor)?;
    Ok(number(db, "SELECT COUNT(*) AS n FROM merge_proposals WHERE outcome IS NULL", []).await?.unwrap_or(0))
}

/// A proposal, for the staff and for whoever made it.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor, [`Error::NotFound`] when there is none for them.
pub async fn proposal(db: &impl ConnectionTrait, actor: &Actor, id: ProposalId) -> Result<Proposal> {
    actor.person()?;
    let found = by_number(db, id).await?;
    if may_merge(actor).is_ok() || actor.id() == Some(found.by.id) { Ok(found) } else { Err(Error::NotFound) }
}

/// A proposal, whoever asks: for use inside the forum.
pub(crate) async fn by_number(db: &impl ConnectionTrait, id: ProposalId) -> Result<Proposal> {
    one::<Row>(db, &format!("{SELECT} r.id = $1"), values![id]).await?.map(Proposal::from).ok_or(Error::NotFound)
}

/// The post that somebody means by its number or its address: `812`, `#812`, `https://forum.example/p/812/one-bill`.
///
/// # Errors
/// [`Problem::Required`], [`Problem::NotAPost`].
pub fn parse_post(text: &str) -> std::result::Result<PostId, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    let start = text.rsplit_once("/p/").map_or(text, |(_, path)| path);
    let digits = start.split(['/', '?', '#']).find(|part| !part.is_empty()).unwrap_or_default();
    digits.parse().map(PostId).map_err(|_| Problem::NotAPost)
}

/// Proposes that two posts are one matter, once for each pair.
///
/// # Errors
/// [`Error::Invalid`] on `other` when there is no such post, it is the same, or other people see it; [`Conflict::OneCase`] when they are one
/// matter already; [`Conflict::Proposed`] when somebody proposed it before.
pub async fn propose(tx: &mut Tx, post: PostId, other: Option<PostId>, words: Option<&str>) -> Result<ProposalId> {
    let me = may_propose(tx.actor())?.id;
    // nothing of either changes
    let post = tx.view().post(post).await?.id();
    let mut check = Check::new();
    let other = check.field("other", other_post(tx, post, other).await?);
    let words = check.field("words", text::optional(words, 0, WORDS_MAX));
    let (other, words) = check.finish((other, words))?;
    if head_of(tx.conn(), post).await? == head_of(tx.conn(), other).await? {
        return Err(Error::Conflict(Conflict::OneCase));
    }
    limit::count(tx, limit::PROPOSAL, &me.to_string()).await?;
    let (first, second) = (post.min(other), post.max(other));
    let id = number(
        tx.conn(),
        "INSERT INTO merge_proposals (post_id, other_id, by_id, words, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (post_id, other_id) DO NOTHING RETURNING id AS n",
        values![first, second, me, words, tx.now()],
    )
    .await?;
    let id = ProposalId(id.ok_or(Error::Conflict(Conflict::Proposed))?);
    tx.happened(Some(post), Kind::MergeProposed { proposal: id });
    Ok(id)
}

/// Declines a proposal, with a reason that its author is told.
///
/// # Errors
/// [`Error::NotFound`] when there is none; [`Conflict::Over`] when it was decided already.
pub async fn decline(tx: &mut Tx, id: ProposalId, reason: &str) -> Result<Proposal> {
    let me = may_merge(tx.actor())?.id;
    let found = by_number(tx.conn(), id).await?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    let sql = "UPDATE merge_proposals SET outcome = 'declined', decided_by = $2, decided_at = $3, reason = $4
               WHERE id = $1 AND outcome IS NULL";
    if exec(tx.conn(), sql, values![id, me, tx.now(), reason.clone()]).await? == 0 {
        return Err(Error::Conflict(Conflict::Over));
    }
    let decided = Kind::ProposalDecided { proposal: id, merged: false };
    tx.happened(Some(found.posts[0].id), decided).reason = Some(reason);
    by_number(tx.conn(), id).await
}

/// What somebody proposed has come to be: two posts of the case of this head are one matter.
pub(super) async fn settle(tx: &mut Tx, head: PostId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Settled {
        id: ProposalId,
        post_id: PostId,
    }
    let mut sql = Sql::new("UPDATE merge_proposals SET outcome = 'merged', decided_by = ");
    sql.bind(tx.actor().id()).push(", decided_at = ").bind(tx.now()).push(" WHERE outcome IS NULL AND post_id IN ");
    push_posts(&mut sql, head);
    sql.push(" AND other_id IN ");
    push_posts(&mut sql, head);
    sql.push(" RETURNING id, post_id");
    for row in all::<Settled>(tx.conn(), &sql.text, sql.values).await? {
        tx.happened(Some(row.post_id), Kind::ProposalDecided { proposal: row.id, merged: true });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_named_by_its_number_or_its_address() {
        for text in
            ["812", " #812 ", "/p/812", "https://forum.example/p/812/one-bill?done=voted#votes", "forum.example/p/812#comments"]
        {
            assert_eq!(parse_post(text), Ok(PostId(812)), "{text}");
        }
        assert_eq!(parse_post(" "), Err(Problem::Required));
        for text in ["one bill", "https://forum.example/roadmap", "p/", "12x", "99999999999999999999"] {
            assert_eq!(parse_post(text), Err(Problem::NotAPost), "{text}");
        }
    }
}
