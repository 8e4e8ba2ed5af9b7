//! Offers of ownership from one member of the staff to another. The giver stays accountable until the other accepts.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error, Result, Tx, View,
    actor::{Actor, Me},
    clock,
    db::{DueRows, all, exec, number, one, values},
    error::{Check, Conflict, Denied, Problem},
    event,
    held::Held,
    id::{HandoverId, PersonId, PostId},
    level::{self, Cause},
    owner,
    person::Person,
    post::Seen,
    text,
};

/// Working days after which an offer falls back.
pub const LAPSES_AFTER: u32 = 2;
/// The handover of a post that raises its level.
pub const RAISES: i32 = 3;

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum State {
    /// Not answered yet.
    Offered,
    /// The receiver owns the post.
    Accepted,
    /// The receiver does not want it.
    Declined,
    /// Nobody answered in time.
    Lapsed,
    /// Somebody gave the post away without asking the one who got it.
    Assigned,
}

crate::word::kept_as_words!(State);

/// A handover.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handover {
    /// Its number.
    pub id: HandoverId,
    /// Which post.
    pub post: PostId,
    /// Who gives.
    pub from: Person,
    /// Who gets.
    pub to: Person,
    /// Why.
    pub reason: Option<String>,
    /// When it was offered.
    pub created_at: DateTime<Utc>,
    /// When it falls back without an answer.
    pub lapses_at: DateTime<Utc>,
    /// When it was answered, or fell back.
    pub ended_at: Option<DateTime<Utc>>,
    /// What the receiver said.
    pub note: Option<String>,
    /// How it stands now.
    pub state: State,
}

#[derive(FromQueryResult)]
struct Row {
    id: HandoverId,
    post_id: PostId,
    reason: Option<String>,
    created_at: DateTime<Utc>,
    lapses_at: DateTime<Utc>,
    outcome: Option<State>,
    ended_at: Option<DateTime<Utc>>,
    note: Option<String>,
    #[sea_orm(nested(prefix = "from_"))]
    from: Person,
    #[sea_orm(nested(prefix = "to_"))]
    to: Person,
}

const SELECT: &str = "SELECT h.id, h.post_id, h.reason, h.created_at, h.lapses_at, h.outcome, h.ended_at, h.note,
        f.id AS from_id, f.handle AS from_handle, f.name AS from_name, f.title AS from_title, f.role AS from_role,
        t.id AS to_id, t.handle AS to_handle, t.name AS to_name, t.title AS to_title, t.role AS to_role
     FROM handovers h JOIN persons f ON f.id = h.from_id JOIN persons t ON t.id = h.to_id WHERE ";

impl Row {
    /// That nobody answered follows from the time.
    fn handover(self, now: DateTime<Utc>) -> Handover {
        let state = match self.outcome {
            None if now > self.lapses_at => State::Lapsed,
            None => State::Offered,
            Some(outcome) => outcome,
        };
        Handover {
            id: self.id,
            post: self.post_id,
            from: self.from,
            to: self.to,
            reason: self.reason,
            created_at: self.created_at,
            lapses_at: self.lapses_at,
            ended_at: self.ended_at.or((state == State::Lapsed).then_some(self.lapses_at)),
            note: self.note,
            state,
        }
    }
}

/// The handovers of a post, oldest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such post, or the actor may not know of it.
pub async fn of_post(view: &View<'_>, post: &Seen) -> Result<Vec<Handover>> {
    if !post.has().handovers {
        return Ok(Vec::new());
    }
    let sql = format!("{SELECT} h.post_id = $1 ORDER BY h.id");
    Ok(all::<Row>(view.db(), &sql, values![post.id()]).await?.into_iter().map(|row| row.handover(view.now())).collect())
}

/// What is offered to somebody and waits for an answer, oldest first.
pub async fn offered_to(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Handover>> {
    let sql = format!("{SELECT} h.to_id = $1 AND h.outcome IS NULL AND h.lapses_at >= $2 ORDER BY h.id");
    Ok(all::<Row>(db, &sql, values![person, now]).await?.into_iter().map(|row| row.handover(now)).collect())
}

/// A handover, if the actor may know of its post.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn visible(view: &View<'_>, id: HandoverId) -> Result<Handover> {
    let found = by_id(view.db(), id, view.now()).await?.ok_or(Error::NotFound)?;
    if view.sees(found.post).await? { Ok(found) } else { Err(Error::NotFound) }
}

/// A handover, whoever asks: for use inside the forum.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: HandoverId, now: DateTime<Utc>) -> Result<Option<Handover>> {
    let row = one::<Row>(db, &format!("{SELECT} h.id = $1"), values![id]).await?;
    Ok(row.map(|row| row.handover(now)))
}

/// Offers that lapse.
pub(crate) const DUE: DueRows = DueRows { id: "id", at: "lapses_at", rows: "handovers WHERE outcome IS NULL" };

/// Who may offer a post to a colleague: its owner.
///
/// # Errors
/// As [`Actor::staff`], and [`Error::Forbidden`] for anybody else.
pub fn may_offer(actor: &Actor, owner: Option<PersonId>) -> Result<&Me> {
    let me = actor.staff()?;
    if owner == Some(me.id) { Ok(me) } else { Err(Error::Forbidden(Denied::NotOwner)) }
}

/// Offers one's post to a colleague, with a reason. The third handover of a post raises its level.
pub async fn offer(tx: &mut Tx, post: PostId, to: PersonId, reason: &str) -> Result<Handover> {
    tx.actor().person()?;
    let mut held = tx.hold(post).await?;
    held.leads()?;
    let me = may_offer(tx.actor(), held.owner())?.id;
    let mut check = Check::new();
    let reason = check.field("reason", text::block(reason, 0, 500));
    if to == me {
        check.refuse("to", Problem::UnknownChoice);
    }
    let reason = check.finish(reason)?;
    owner::may_own(tx, "to", to).await?;
    let open = "SELECT id AS n FROM handovers WHERE post_id = $1 AND outcome IS NULL";
    if number(tx.conn(), open, values![post]).await?.is_some() {
        return Err(Error::Conflict(Conflict::Exists));
    }
    let lapses_at = clock::due(&tx.site(), tx.now(), LAPSES_AFTER);
    let id = insert(tx, &held, me, to, Some(reason).filter(|r| !r.is_empty()), lapses_at, None).await?;
    tx.happened(Some(post), event::Kind::HandoverOffered { handover: id });
    count(tx, &mut held).await?;
    by_id(tx.conn(), id, tx.now()).await?.ok_or(Error::NotFound)
}

async fn insert(
    tx: &Tx,
    post: &Held,
    from: PersonId,
    to: PersonId,
    reason: Option<String>,
    lapses_at: DateTime<Utc>,
    outcome: Option<State>,
) -> Result<HandoverId> {
    let id = number(
        tx.conn(),
        "INSERT INTO handovers (post_id, from_id, to_id, reason, created_at, lapses_at, outcome, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id AS n",
        values![post.id(), from, to, reason, tx.now(), lapses_at, outcome, outcome.map(|_| tx.now())],
    )
    .await?;
    Ok(HandoverId(id.ok_or_else(|| Error::internal("no handover came back"))?))
}

async fn count(tx: &mut Tx, post: &mut Held) -> Result<()> {
    if post.count_handover(tx).await? == RAISES {
        level::raise(tx, post, Cause::Handover, None).await?;
    }
    Ok(())
}

/// Notes that a post was taken from one and given to another without an offer, and why if anybody said so.
pub(crate) async fn note_assigned(
    tx: &mut Tx,
    post: &mut Held,
    (from, to): (PersonId, PersonId),
    reason: Option<String>,
) -> Result<()> {
    let sql = "UPDATE handovers SET outcome = 'lapsed', ended_at = $2 WHERE post_id = $1 AND outcome IS NULL";
    exec(tx.conn(), sql, values![post.id(), tx.now()]).await?;
    insert(tx, post, from, to, reason, tx.now(), Some(State::Assigned)).await?;
    count(tx, post).await
}

/// A handover that is the actor's to answer: the one who is to get the post may.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of its post; as [`Actor::staff`]; [`Error::Forbidden`] when it was
/// offered to somebody else.
pub async fn received(view: &View<'_>, id: HandoverId) -> Result<Handover> {
    view.actor().person()?;
    let found = visible(view, id).await?;
    if view.actor().staff()?.id == found.to.id { Ok(found) } else { Err(Error::Forbidden(Denied::NotReceiver)) }
}

/// The offer to the actor as it stands now that its post is held.
async fn hold_received(tx: &mut Tx, id: HandoverId) -> Result<(Handover, Held)> {
    let found = received(&tx.view(), id).await?;
    let held = tx.hold(found.post).await?;
    let found = by_id(tx.conn(), id, tx.now()).await?.ok_or(Error::NotFound)?;
    if found.state == State::Offered { Ok((found, held)) } else { Err(Error::Conflict(Conflict::Over)) }
}

async fn end(tx: &Tx, id: HandoverId, state: State, note: Option<String>) -> Result<()> {
    let sql = "UPDATE handovers SET outcome = $2, ended_at = $3, note = $4 WHERE id = $1 AND outcome IS NULL";
    exec(tx.conn(), sql, values![id, state, tx.now(), note]).await?;
    Ok(())
}

/// Takes what was offered: from now on the receiver is accountable.
pub async fn accept(tx: &mut Tx, id: HandoverId) -> Result<Handover> {
    let (found, mut held) = hold_received(tx, id).await?;
    end(tx, id, State::Accepted, None).await?;
    owner::give(tx, &mut held, found.to.id, Some(found.from.id)).await?;
    tx.happened(Some(found.post), event::Kind::HandoverAccepted { handover: id });
    by_id(tx.conn(), id, tx.now()).await?.ok_or(Error::NotFound)
}

/// Turns down what was offered; the giver stays accountable.
pub async fn decline(tx: &mut Tx, id: HandoverId, note: &str) -> Result<Handover> {
    let (found, _held) = hold_received(tx, id).await?;
    let note = text::block(note, 0, 500).map_err(|problem| Error::invalid("note", problem))?;
    end(tx, id, State::Declined, Some(note).filter(|n| !n.is_empty())).await?;
    tx.happened(Some(found.post), event::Kind::HandoverDeclined { handover: id });
    by_id(tx.conn(), id, tx.now()).await?.ok_or(Error::NotFound)
}

/// Notes that an offer fell back.
pub(crate) async fn lapse(tx: &mut Tx, post: &Held, id: HandoverId) -> Result<()> {
    end(tx, id, State::Lapsed, None).await?;
    tx.happened(Some(post.id()), event::Kind::HandoverLapsed { handover: id });
    Ok(())
}
