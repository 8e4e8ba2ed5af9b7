//! Making posts one matter, and taking them apart again.

use sea_orm::FromQueryResult;

use super::{clocks, count::recount, head_of, may_merge, proposal};
use crate::{
    Error, Result, Tx,
    db::{all, one, values},
    error::{Check, Conflict, Problem},
    event::Kind,
    held::Held,
    id::PostId,
    post::parse_rule,
    text,
};

/// The rule and the reason that an act names in public.
struct Why {
    rule: i32,
    reason: String,
}

impl Why {
    fn note(&self, tx: &mut Tx, post: PostId, kind: Kind) {
        let event = tx.happened(Some(post), kind);
        (event.rule, event.reason) = (Some(self.rule), Some(self.reason.clone()));
    }
}

/// The members of the case that a post heads, in the order of their numbers, each held.
async fn hold_members(tx: &mut Tx, head: PostId) -> Result<Vec<Held>> {
    #[derive(FromQueryResult)]
    struct Listed {
        id: PostId,
    }
    let mut held = Vec::new();
    for row in all::<Listed>(tx.conn(), "SELECT id FROM posts WHERE head_id = $1 ORDER BY id", values![head]).await? {
        held.push(tx.hold_beside(row.id).await?);
    }
    Ok(held)
}

/// Whether a head has just the members that are held: somebody may have merged another one before it was held itself.
fn are_all(members: &[Held], head: &Held) -> Result<()> {
    let all = i64::try_from(members.len()).is_ok_and(|n| n == head.members());
    if all { Ok(()) } else { Err(Error::Conflict(Conflict::Changed)) }
}

/// Makes a post a member of the case of another, and with it all that were merged into it: chains are flattened. Where the other is a member
/// itself, its head is the head. Answers the number of the head.
///
/// # Errors
/// [`Error::Invalid`] on `into` when there is no such post, it is the same, or other people see it; [`Conflict::OneCase`] when they are of one
/// case already; [`Conflict::Merged`] when the post is a member of another case; [`Conflict::Hidden`] when one of the two
/// is hidden.
pub async fn merge(tx: &mut Tx, post: PostId, into: Option<PostId>, rule: Option<i32>, reason: &str) -> Result<PostId> {
    may_merge(tx.actor())?;
    tx.view().post(post).await?;
    let mut check = Check::new();
    let into = check.field("into", other_post(tx, post, into).await?);
    let rule = check.field("rule", parse_rule(&tx.site(), rule));
    let reason = check.field("reason", text::parse_reason(reason));
    let (into, rule, reason) = check.finish((into, rule, reason))?;
    let (head, why) = (head_of(tx.conn(), into).await?, Why { rule, reason });
    if head == head_of(tx.conn(), post).await? {
        return Err(Error::Conflict(Conflict::OneCase));
    }

    let mut joining = hold_members(tx, post).await?;
    // of two heads the one with the lower number first, whichever becomes the member
    let (mut from, mut to) = if post < head {
        let from = tx.hold(post).await?;
        (from, tx.hold(head).await?)
    } else {
        let to = tx.hold(head).await?;
        (tx.hold(post).await?, to)
    };
    from.leads()?;
    // what is hidden stands in no list, and whatever it heads would stand in none either
    from.shown()?;
    to.shown()?;
    are_all(&joining, &from)?;
    if to.head().is_some() {
        return Err(Error::Conflict(Conflict::Changed));
    }
    clocks::take_over(tx, &from, &to).await?;
    for member in &mut joining {
        let joined = member.joined();
        member.set_head(tx, Some(head), joined).await?;
    }
    from.set_head(tx, Some(head), Some(head)).await?;
    recount(tx, &mut from).await?;
    recount(tx, &mut to).await?;
    for member in std::iter::once(&from).chain(&joining) {
        why.note(tx, member.id(), Kind::PostMerged { into: head });
    }
    proposal::settle(tx, head).await?;
    Ok(head)
}

/// Another post that can be one matter with a post: the actor sees it, and so do all who see that.
pub(super) async fn other_post(tx: &Tx, post: PostId, other: Option<PostId>) -> Result<std::result::Result<PostId, Problem>> {
    let Some(other) = other else { return Ok(Err(Problem::Required)) };
    if other == post {
        return Ok(Err(Problem::SamePost));
    }
    match tx.view().post(other).await {
        Ok(_) if share_an_audience(tx, post, other).await? => Ok(Ok(other)),
        Ok(_) => Ok(Err(Problem::OtherAudience)),
        Err(Error::NotFound) => Ok(Err(Problem::NotAPost)),
        Err(error) => Err(error),
    }
}

/// Whether two posts are seen by the same people: they stand on one board, or on public ones.
async fn share_an_audience(tx: &Tx, post: PostId, other: PostId) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Boards {
        n: i64,
        private: i64,
    }
    let sql = "SELECT COUNT(DISTINCT b.id) AS n, COUNT(CASE WHEN b.private THEN 1 END) AS private
               FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id IN ($1, $2)";
    let boards = one::<Boards>(tx.conn(), sql, values![post, other]).await?.ok_or(Error::NotFound)?;
    Ok(boards.n == 1 || boards.private == 0)
}

/// Takes a member out of its case, with all that were merged into it before; of a head all members. What they were is as it was; what fell due
/// meanwhile has its consequences now.
///
/// # Errors
/// [`Conflict::NoCase`] when it stands alone.
pub async fn unmerge(tx: &mut Tx, post: PostId, rule: Option<i32>, reason: &str) -> Result<()> {
    may_merge(tx.actor())?;
    tx.view().post(post).await?;
    let mut check = Check::new();
    let rule = check.field("rule", parse_rule(&tx.site(), rule));
    let reason = check.field("reason", text::parse_reason(reason));
    let (rule, reason) = check.finish((rule, reason))?;
    let why = Why { rule, reason };
    let head = head_of(tx.conn(), post).await?;
    // from members to their head, as everywhere
    let mut held = hold_members(tx, head).await?;
    let mut from = tx.hold(head).await?;
    are_all(&held, &from)?;
    let leaves = |member: &&Held| if head == post { member.joined() == Some(head) } else { member.id() == post };
    let leaving: Vec<PostId> = held.iter().filter(leaves).map(Held::id).collect();
    if leaving.is_empty() {
        return Err(Error::Conflict(Conflict::NoCase));
    }
    for member in leaving {
        leave(tx, &mut held, member, &why, head).await?;
    }
    recount(tx, &mut from).await
}

/// A member leaves its case and heads what was merged into it.
async fn leave(tx: &mut Tx, held: &mut [Held], post: PostId, why: &Why, head: PostId) -> Result<()> {
    let mut below = vec![post];
    while let Some(next) = held.iter().find(|m| !below.contains(&m.id()) && m.joined().is_some_and(|into| below.contains(&into))) {
        below.push(next.id());
    }
    for member in held.iter_mut().filter(|member| below.contains(&member.id())) {
        let joined = member.joined().filter(|_| member.id() != post);
        member.set_head(tx, joined.map(|_| post), joined).await?;
        why.note(tx, member.id(), Kind::PostUnmerged { from: head });
    }
    clocks::give_back(tx, post).await?;
    if let Some(member) = held.iter_mut().find(|member| member.id() == post) {
        recount(tx, member).await?;
        tx.bring_up(member).await?;
    }
    Ok(())
}
