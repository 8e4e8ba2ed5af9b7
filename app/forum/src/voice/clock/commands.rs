//! What staff can do with a clock, in public: extend it, or let it stand still while they wait for the customer.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;

use super::{Clock, Name, State, due, end_of_day, history, local_day};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    db::{DueRows, all, exec, number, one, values},
    error::{Check, Conflict, Problem},
    event,
    held::Held,
    id::PostId,
    person::Person,
    site::Terms,
    story::{self, Told},
    text,
};

/// Working days for which the clocks of a post may stand still, at most.
pub const STOP_MAX: u32 = 10;

/// A clock that was given more time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MoreTime {
    /// Which clock.
    pub clock: Name,
    /// When it was due.
    pub old_due_at: DateTime<Utc>,
    /// When it is due since.
    pub new_due_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub by: Person,
    /// When.
    pub at: DateTime<Utc>,
}

/// A time in which the company waited for the customer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stop {
    /// What is needed of the customer.
    pub reason: String,
    /// Who asked.
    pub by: Person,
    /// Since when.
    pub at: DateTime<Utc>,
    /// Until when at most.
    pub until_at: DateTime<Utc>,
    /// When the clocks ran again.
    pub ended_at: Option<DateTime<Utc>>,
}

impl MoreTime {
    fn of(told: &Told) -> Option<Self> {
        let event::Kind::ClockExtended { clock, old_due_at, new_due_at } = told.event.kind else { return None };
        let reason = told.event.reason.clone().unwrap_or_default();
        Some(Self { clock, old_due_at, new_due_at, reason, by: told.by.clone()?, at: told.event.at })
    }
}

/// The clocks of a post that were given more time, oldest first.
pub fn extensions(story: &[Told]) -> Vec<MoreTime> {
    story.iter().filter_map(MoreTime::of).collect()
}

/// When the company waited for the customer, oldest first. That a stop has reached its limit follows from the time.
pub fn stops(story: &[Told], now: DateTime<Utc>) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    for Told { event, by } in story {
        match (&event.kind, by, stops.last_mut()) {
            (event::Kind::ClocksStopped { until_at }, Some(by), _) => stops.push(Stop {
                reason: event.reason.clone().unwrap_or_default(),
                by: by.clone(),
                at: event.at,
                until_at: *until_at,
                ended_at: (now > *until_at).then_some(*until_at),
            }),
            (event::Kind::ClocksResumed, _, Some(last)) => last.ended_at = Some(event.at),
            _ => {}
        }
    }
    stops
}

/// Times of waiting that reach their limit.
pub(crate) const STOPS_DUE: DueRows = DueRows { id: "id", at: "until_at", rows: "stops WHERE ended_at IS NULL" };

/// Who may move the clocks of a post, let them stand still and run again: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_move(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Gives a running clock more time, with a public reason: until 17:00 on a later day, at most as far ahead from today as the clock
/// is long. A day off means the working day before. A missed clock stays missed.
///
/// # Errors
/// [`Error::Conflict`] when no clock of that name runs.
pub async fn extend(tx: &mut Tx, post: PostId, name: &str, until: &str, reason: &str) -> Result<Clock> {
    #[derive(FromQueryResult)]
    struct Running {
        id: i64,
        due_at: DateTime<Utc>,
    }
    may_move(tx.actor())?;
    let held = tx.hold(post).await?;
    held.leads()?;
    let mut check = Check::new();
    let name = check.field("clock", Name::parse(name));
    let reason = check.field("reason", text::parse_reason(reason));
    let day = check.field("until", NaiveDate::parse_from_str(until.trim(), "%Y-%m-%d").map_err(|_| Problem::NotADate));
    let (site, now) = (tx.site(), tx.now());
    let day = day.map(|day| site.calendar().working_day_at_or_before(day));
    let running = match name {
        Some(name) => {
            let sql = "SELECT id, due_at FROM clocks WHERE post_id = $1 AND name = $2 AND ended_at IS NULL AND missed_at IS NULL
                       AND stopped_at IS NULL AND started_at <= $3 ORDER BY due_at, id LIMIT 1";
            one::<Running>(tx.conn(), sql, values![post, name, now]).await?
        }
        None => None,
    };
    if let (Some(name), Some(day), Some(running)) = (name, day, &running) {
        let days = held.terms(&site).days(name, held.level());
        let latest = site.calendar().nth_working_day_after(local_day(&site, now), days).max(local_day(&site, running.due_at));
        if end_of_day(site.time_zone, day) <= running.due_at {
            check.refuse("until", Problem::NotLater);
        } else if day > latest {
            check.refuse("until", Problem::TooFarAhead { latest: latest.to_string() });
        }
    }
    let (name, day, reason) = check.finish((name, day, reason))?;
    let running = running.ok_or(Error::Conflict(Conflict::NoClock))?;
    let until = end_of_day(site.time_zone, day);
    exec(
        tx.conn(),
        "UPDATE clocks SET due_at = $2, extended_from = COALESCE(extended_from, $3) WHERE id = $1",
        values![running.id, until, running.due_at],
    )
    .await?;
    let extended = event::Kind::ClockExtended { clock: name, old_due_at: running.due_at, new_due_at: until };
    tx.happened(Some(post), extended).reason = Some(reason);
    let view = tx.view();
    let clocks = history(&view, &view.post(post).await?).await?;
    clocks
        .into_iter()
        .rev()
        .find(|clock| clock.name == name && clock.due_at == until)
        .ok_or_else(|| Error::internal("the clock went away"))
}

/// Lets the clocks that run from receipt, and are due when the terms of before said, follow other terms: the post stands on another board.
/// Nobody is late because of that: the next working day is left. Where there is more time than before, the reason is public, as for any
/// other clock that is given more.
pub(crate) async fn follow_terms(tx: &mut Tx, post: &Held, before: Terms, reason: &str) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Running {
        id: i64,
        name: Name,
        level: i32,
        started_at: DateTime<Utc>,
        due_at: DateTime<Utc>,
    }
    let (site, now) = (tx.site(), tx.now());
    let terms = post.terms(&site);
    let sql =
        "SELECT id, name, level, started_at, due_at FROM clocks WHERE post_id = $1 AND name <> 'next_update' AND ended_at IS NULL
               AND missed_at IS NULL AND due_at >= $2 AND stopped_at IS NULL AND started_at <= $2 ORDER BY id";
    for clock in all::<Running>(tx.conn(), sql, values![post.id(), now]).await? {
        let by = |terms: Terms| due(&site, clock.started_at, terms.days(clock.name, clock.level));
        let due_at = by(terms);
        if due_at == clock.due_at || by(before) != clock.due_at {
            continue;
        }
        let due_at = if due_at < clock.due_at { due_at.max(due(&site, now, 1)).min(clock.due_at) } else { due_at };
        let extended_from = (due_at > clock.due_at).then_some(clock.due_at);
        exec(
            tx.conn(),
            "UPDATE clocks SET due_at = $2, extended_from = $3 WHERE id = $1",
            values![clock.id, due_at, extended_from],
        )
        .await?;
        if let Some(old_due_at) = extended_from {
            let extended = event::Kind::ClockExtended { clock: clock.name, old_due_at, new_due_at: due_at };
            tx.happened(Some(post.id()), extended).reason = Some(reason.to_owned());
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Standing {
    id: i64,
    due_at: DateTime<Utc>,
    stopped_at: Option<DateTime<Utc>>,
    stopped_until: Option<DateTime<Utc>>,
    stopped_days: i32,
}

/// Lets the running clocks of a post stand still while the company waits for the customer, for at most ten working days in all.
/// `reason` says in public what is needed. They run again when the author says something, when staff say so, or at the limit.
///
/// # Errors
/// [`Error::Conflict`] when no clock runs, or they have stood still long enough.
pub async fn stop(tx: &mut Tx, post: PostId, reason: &str) -> Result<Stop> {
    let me = may_move(tx.actor())?.id;
    tx.hold(post).await?.leads()?;
    let reason = text::parse_reason(reason).map_err(|problem| Error::invalid("reason", problem))?;
    let (site, now) = (tx.site(), tx.now());
    let running = all::<Standing>(
        tx.conn(),
        "SELECT id, due_at, stopped_at, stopped_until, stopped_days FROM clocks WHERE post_id = $1 AND ended_at IS NULL
            AND missed_at IS NULL AND started_at <= $2 ORDER BY id",
        values![post, now],
    )
    .await?;
    if running.is_empty() {
        return Err(Error::Conflict(Conflict::NoClock));
    }
    let used = running.iter().map(|clock| u32::try_from(clock.stopped_days).unwrap_or(0)).max().unwrap_or(0);
    if used >= STOP_MAX || running.iter().any(|clock| clock.stopped_at.is_some()) {
        return Err(Error::Conflict(Conflict::StoppedLongEnough));
    }
    let days = STOP_MAX - used;
    let until = due(&site, now, days);
    for clock in &running {
        // due as if it stood still until the limit; it is set back when it runs again before
        let later = shifted(tx, clock.due_at, days);
        exec(
            tx.conn(),
            "UPDATE clocks SET stopped_at = $2, stopped_until = $3, due_at = $4 WHERE id = $1",
            values![clock.id, now, until, later],
        )
        .await?;
    }
    exec(
        tx.conn(),
        "INSERT INTO stops (post_id, reason, by_id, created_at, until_at) VALUES ($1, $2, $3, $4, $5)",
        values![post, reason.clone(), me, now, until],
    )
    .await?;
    tx.happened(Some(post), event::Kind::ClocksStopped { until_at: until }).reason = Some(reason);
    last_stop(tx, post).await
}

/// The last time that the company waited, as the history tells it.
async fn last_stop(tx: &Tx, post: PostId) -> Result<Stop> {
    stops(&story::so_far(tx, post).await?, tx.now()).pop().ok_or_else(|| Error::internal("no stop came back"))
}

/// A due time so many working days later, at the same hour of the day.
fn shifted(tx: &Tx, due_at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let site = tx.site();
    end_of_day(site.time_zone, site.calendar().nth_working_day_after(local_day(&site, due_at), days))
}

/// Lets the clocks of a post run again, due as many working days later as they stood still.
///
/// # Errors
/// [`Error::Conflict`] when they run.
pub async fn resume(tx: &mut Tx, post: PostId) -> Result<Stop> {
    may_move(tx.actor())?;
    let held = tx.hold(post).await?;
    if run_again(tx, &held).await? { last_stop(tx, post).await } else { Err(Error::Conflict(Conflict::NotStopped)) }
}

/// Lets stopped clocks run again; answers whether there were any.
pub(crate) async fn run_again(tx: &mut Tx, post: &Held) -> Result<bool> {
    let post = post.id();
    let open = "SELECT id AS n FROM stops WHERE post_id = $1 AND ended_at IS NULL";
    let Some(stop) = number(tx.conn(), open, values![post]).await? else { return Ok(false) };
    let (site, now) = (tx.site(), tx.now());
    let sql = "SELECT id, due_at, stopped_at, stopped_until, stopped_days FROM clocks
               WHERE post_id = $1 AND stopped_at IS NOT NULL AND ended_at IS NULL";
    for clock in all::<Standing>(tx.conn(), sql, values![post]).await? {
        let since = local_day(&site, clock.stopped_at.unwrap_or(now));
        let days_until = |at| u32::try_from(site.calendar().working_days_between(since, local_day(&site, at))).unwrap_or(0);
        // the clock that has stood still longest sets the limit for all, so how long this one may is not known from itself
        let allowed = days_until(clock.stopped_until.unwrap_or(now));
        let stood = days_until(now).min(allowed);
        // it was set `allowed` working days later when it was stopped: set back what it did not stand still
        let day = local_day(&site, clock.due_at);
        let day = (stood..allowed).fold(day, |day, _| site.calendar().working_day_at_or_before(day.pred_opt().unwrap_or(day)));
        exec(
            tx.conn(),
            "UPDATE clocks SET stopped_at = NULL, stopped_until = NULL, stopped_days = stopped_days + $2, due_at = $3 WHERE id = $1",
            values![clock.id, i32::try_from(stood).unwrap_or(0), end_of_day(site.time_zone, day)],
        )
        .await?;
    }
    let sql = "UPDATE stops SET ended_at = $2, ended_by = $3 WHERE id = $1";
    exec(tx.conn(), sql, values![stop, now, tx.actor().id()]).await?;
    tx.happened(Some(post), event::Kind::ClocksResumed);
    Ok(true)
}

/// Whether any clock of these stands still now.
pub fn is_stopped(clocks: &[Clock]) -> bool {
    clocks.iter().any(|clock| clock.state == State::Stopped)
}
