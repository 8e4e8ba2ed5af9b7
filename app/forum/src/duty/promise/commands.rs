//! What staff do with promises. Nothing is changed or deleted: a new wording or a new word is added.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Draft, Promise, REMEDY_MAX, Said, State, WHAT_MAX, amount_in, by_id, parse_amount};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me, Role},
    answer::Outcome,
    clock,
    db::{DueRows, exec, number, one, values},
    error::{Check, Conflict, Denied, Problem},
    event,
    id::{PersonId, PledgeId, PostId, PromiseId},
    mandate, owner, request, text,
};

/// A promise that can be made.
pub(crate) struct Checked {
    pub(crate) what: String,
    pub(crate) due_on: NaiveDate,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) remedy: Option<String>,
    pub(crate) remedy_cents: Option<i64>,
    pub(crate) accountable: Option<PersonId>,
}

async fn check(tx: &Tx, draft: &Draft, reason_needed: bool) -> Result<(Checked, Option<String>)> {
    let (site, now) = (tx.site(), tx.now());
    let mut check = Check::new();
    let what = check.field("what", text::line(&draft.what, 3, WHAT_MAX));
    let day = match draft.due_on.trim() {
        "" => Err(Problem::Required),
        day => NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Problem::NotADate),
    };
    let day = day.and_then(|day| {
        let due_at = clock::end_of_day(site.time_zone, day);
        // a thousand years ahead is no promise, and more than calendars can count
        let latest = now + chrono::TimeDelta::days(3660);
        if due_at <= now {
            Err(Problem::NotInFuture)
        } else if due_at > latest {
            Err(Problem::TooFarAhead { latest: latest.date_naive().to_string() })
        } else {
            Ok((day, due_at))
        }
    });
    let day = check.field("due_on", day);
    let remedy = check.field("remedy", text::optional(draft.remedy.as_deref(), 0, REMEDY_MAX)).flatten();
    let amount = draft.remedy_amount.as_deref().map(str::trim).filter(|a| !a.is_empty());
    let amount = amount.and_then(|amount| check.field("remedy_amount", parse_amount(amount)));
    if amount.is_some() && remedy.is_none() {
        check.refuse("remedy", Problem::Required);
    }
    let reason =
        if reason_needed { check.field("reason", text::parse_reason(draft.reason.as_deref().unwrap_or_default())) } else { None };
    if let Some(person) = draft.accountable
        && let Err(Error::Invalid(wrong)) = owner::may_own(tx, "accountable", person).await
    {
        for field in wrong {
            check.refuse(field.field, field.problem);
        }
    }
    let (what, (due_on, due_at)) = check.finish((what, day))?;
    // what is said in words counts as well as what is typed as an amount
    let remedy_cents = amount.max(remedy.as_deref().and_then(amount_in));
    Ok((Checked { what, due_on, due_at, remedy, remedy_cents, accountable: draft.accountable }, reason))
}

fn act(tx: &Tx, promise: &Checked) -> mandate::Act {
    let site = tx.site();
    let days = site.calendar().working_days_between(clock::local_day(&site, tx.now()), promise.due_on);
    mandate::Act::Promise { days, cents: promise.remedy_cents }
}

/// Who may promise, within the mandate of their role: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_promise(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Makes a promise on a post. What is beyond the mandate of the actor's role becomes a request.
pub async fn make(tx: &mut Tx, post: PostId, draft: &Draft) -> Result<Outcome<Promise>> {
    let (me, role) = may_promise(tx.actor()).map(|me| (me.id, me.role))?;
    let mut held = tx.hold(post).await?;
    held.leads()?;
    let (checked, _) = check(tx, draft, false).await?;
    let act = act(tx, &checked);
    let beyond = tx.site().mandates.beyond(role, act);
    if !beyond.is_empty() {
        let level = tx.site().mandates.level_for(role, act);
        let draft = serde_json::to_value(draft).map_err(Error::internal)?;
        return Ok(Outcome::Requested(request::ask(tx, &mut held, request::Act::Promise, draft, &beyond, level).await?));
    }
    owner::take_up(tx, &held).await?;
    owner::take_if_free(tx, &mut held).await?;
    let id = insert(tx, post, &checked, Some(me), None, None).await?;
    Ok(Outcome::Done(by_id(tx.conn(), tx.actor(), id, tx.now()).await?))
}

/// Makes a promise that somebody asked for and the actor allows.
pub(crate) async fn make_for(tx: &mut Tx, post: PostId, draft: &Draft, by: PersonId) -> Result<Promise> {
    let role = may_promise(tx.actor())?.role;
    let (checked, _) = check(tx, draft, false).await?;
    if !tx.site().mandates.beyond(role, act(tx, &checked)).is_empty() {
        return Err(Error::Forbidden(Denied::Mandate));
    }
    let id = insert(tx, post, &checked, Some(by), None, Some(role)).await?;
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    post: PostId,
    checked: &Checked,
    by: Option<PersonId>,
    pledge: Option<PledgeId>,
    decided_by: Option<Role>,
) -> Result<PromiseId> {
    let id = number(
        tx.conn(),
        "INSERT INTO promises (post_id, pledge_id, by_id, decided_role, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id AS n",
        values![post, pledge, by, decided_by, tx.now()],
    )
    .await?;
    let id = PromiseId(id.ok_or_else(|| Error::internal("no promise came back"))?);
    add_version(tx, id, 1, checked, by, None).await?;
    tx.happened(Some(post), event::Kind::PromiseMade { promise: id });
    Ok(id)
}

async fn add_version(
    tx: &Tx,
    id: PromiseId,
    number: i32,
    checked: &Checked,
    by: Option<PersonId>,
    reason: Option<String>,
) -> Result<()> {
    exec(
        tx.conn(),
        "INSERT INTO promise_versions (promise_id, number, what, accountable_id, due_on, due_at, remedy, remedy_cents, reason, by_id,
            created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        values![
            id,
            number,
            checked.what.clone(),
            checked.accountable,
            checked.due_on,
            checked.due_at,
            checked.remedy.clone(),
            checked.remedy_cents,
            reason,
            by,
            tx.now()
        ],
    )
    .await?;
    Ok(())
}

/// Whether the actor may speak about a promise: whoever is accountable for it, the owner of the post, leads and above.
pub async fn may_speak(db: &impl ConnectionTrait, actor: &Actor, promise: &Promise) -> Result<bool> {
    let Ok(me) = actor.staff() else { return Ok(false) };
    if me.role >= Role::Lead || promise.accountable.as_ref().is_some_and(|p| p.id == me.id) {
        return Ok(true);
    }
    let sql = "SELECT id AS n FROM posts WHERE id = $1 AND owner_id = $2";
    Ok(number(db, sql, values![promise.post, me.id]).await?.is_some())
}

/// A promise about which the actor may speak.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not know of its post; as [`Actor::staff`]; [`Error::Forbidden`] for those who
/// do not answer for it.
pub async fn spoken_for(db: &impl ConnectionTrait, actor: &Actor, id: PromiseId, now: DateTime<Utc>) -> Result<Promise> {
    actor.person()?;
    let promise = by_id(db, actor, id, now).await?;
    actor.staff()?;
    if may_speak(db, actor, &promise).await? { Ok(promise) } else { Err(Error::Forbidden(Denied::NotOwner)) }
}

/// The same as it stands now that its post is held.
async fn hold_spoken_for(tx: &mut Tx, id: PromiseId) -> Result<Promise> {
    tx.actor().person()?;
    let found = by_id(tx.conn(), tx.actor(), id, tx.now()).await?;
    // what time brought may have given the post, and with it the promise, to somebody else
    tx.hold(found.post).await?;
    spoken_for(tx.conn(), tx.actor(), id, tx.now()).await
}

fn must_be_open(promise: &Promise) -> Result<()> {
    match promise.state {
        State::Open => Ok(()),
        State::Broken => Err(Error::Conflict(Conflict::Broken)),
        State::Kept | State::Withdrawn => Err(Error::Conflict(Conflict::Over)),
    }
}

/// Gives an open promise a new wording, with a public reason; the old one stays readable. Within the mandate of the actor's role.
pub async fn change(tx: &mut Tx, id: PromiseId, draft: &Draft) -> Result<Promise> {
    let promise = hold_spoken_for(tx, id).await?;
    let (me, role) = may_promise(tx.actor()).map(|me| (me.id, me.role))?;
    let (checked, reason) = check(tx, draft, true).await?;
    must_be_open(&promise)?;
    if !tx.site().mandates.beyond(role, act(tx, &checked)).is_empty() {
        return Err(Error::Forbidden(Denied::Mandate));
    }
    let checked = Checked { accountable: checked.accountable.or(named(tx, id).await?), ..checked };
    add_version(tx, id, promise.version + 1, &checked, Some(me), reason).await?;
    tx.happened(Some(promise.post), event::Kind::PromiseChanged { promise: id });
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Whom the wording that holds names as accountable: whoever changes the rest need not name them again.
async fn named(tx: &Tx, id: PromiseId) -> Result<Option<PersonId>> {
    #[derive(FromQueryResult)]
    struct Row {
        accountable_id: Option<PersonId>,
    }
    let sql = "SELECT accountable_id FROM promise_versions WHERE promise_id = $1 ORDER BY id DESC LIMIT 1";
    Ok(one::<Row>(tx.conn(), sql, values![id]).await?.and_then(|row| row.accountable_id))
}

async fn say(tx: &mut Tx, promise: &Promise, said: Said, note: Option<String>) -> Result<()> {
    exec(
        tx.conn(),
        "INSERT INTO promise_acts (promise_id, act, note, by_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        values![promise.id, said, note, tx.actor().id(), tx.now()],
    )
    .await?;
    Ok(())
}

/// Says that a promise was kept. After its date it is too late: it is broken.
pub async fn keep(tx: &mut Tx, id: PromiseId, note: Option<&str>) -> Result<Promise> {
    let promise = hold_spoken_for(tx, id).await?;
    let note = text::optional(note, 0, 500).map_err(|problem| Error::invalid("note", problem))?;
    if promise.state == State::Kept {
        return Ok(promise);
    }
    must_be_open(&promise)?;
    say(tx, &promise, Said::Kept, note).await?;
    tx.happened(Some(promise.post), event::Kind::PromiseKept { promise: id });
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Takes an open promise back, with a public reason.
pub async fn withdraw(tx: &mut Tx, id: PromiseId, reason: &str) -> Result<Promise> {
    let promise = hold_spoken_for(tx, id).await?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    must_be_open(&promise)?;
    say(tx, &promise, Said::Withdrawn, Some(reason.clone())).await?;
    tx.happened(Some(promise.post), event::Kind::PromiseWithdrawn { promise: id }).reason = Some(reason);
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// Says that the remedy of a broken promise was paid. Once more changes nothing.
pub async fn pay(tx: &mut Tx, id: PromiseId, note: Option<&str>) -> Result<Promise> {
    let promise = hold_spoken_for(tx, id).await?;
    let note = text::optional(note, 0, 500).map_err(|problem| Error::invalid("note", problem))?;
    if promise.paid_at.is_some() {
        return Ok(promise);
    }
    if !promise.owes() {
        return Err(Error::Conflict(Conflict::NothingOwed));
    }
    say(tx, &promise, Said::Paid, note).await?;
    tx.happened(Some(promise.post), event::Kind::PromisePaid { promise: id });
    by_id(tx.conn(), tx.actor(), id, tx.now()).await
}

/// The forum itself says that what was pledged came true, or did not hold after all.
pub(crate) async fn by_rule(tx: &mut Tx, id: PromiseId, kept: bool) -> Result<()> {
    let promise = by_id(tx.conn(), &Actor::System, id, tx.now()).await?;
    match (promise.state, kept) {
        (State::Open, true) => {
            say(tx, &promise, Said::Kept, None).await?;
            tx.happened(Some(promise.post), event::Kind::PromiseKept { promise: id });
        }
        (State::Kept, false) => say(tx, &promise, Said::Reopened, None).await?,
        _ => {}
    }
    Ok(())
}

/// Promises that are broken by now and of which nobody was told.
pub(crate) const DUE: DueRows = DueRows {
    id: "id",
    at: "due_at",
    rows: "(SELECT m.id, m.post_id, v.due_at FROM promise_versions v JOIN promises m ON m.id = v.promise_id
            WHERE NOT EXISTS (SELECT 1 FROM promise_versions later WHERE later.promise_id = m.id AND later.id > v.id)
                AND NOT EXISTS (SELECT 1 FROM promise_acts told WHERE told.promise_id = m.id AND told.act = 'told')
                AND COALESCE((SELECT a.act FROM promise_acts a WHERE a.promise_id = m.id ORDER BY a.id DESC LIMIT 1), 'reopened')
                    NOT IN ('kept', 'withdrawn')) broken WHERE TRUE",
};

/// Tells, once, that a promise is broken. That it is follows from the time.
pub(crate) async fn tell_broken(tx: &mut Tx, post: PostId, id: PromiseId) -> Result<()> {
    let promise = by_id(tx.conn(), &Actor::System, id, tx.now()).await?;
    say(tx, &promise, Said::Told, None).await?;
    tx.happened(Some(post), event::Kind::PromiseBroken { promise: id });
    Ok(())
}
