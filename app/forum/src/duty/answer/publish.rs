//! How answers are given: by the staff within their mandate, by whoever may when it is beyond, and by the forum under a rule.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::FromQueryResult;

use super::{Answer, Draft, REFUSAL_MIN, ReasonClass, Verdict, WHAT_MAX, WHO_MAX, by_id};
use crate::{
    Error, Result, Tx,
    actor::{Actor, Me, Role},
    attachment,
    clock::{self, Name},
    confirm,
    db::{all, number, values},
    error::{Check, Denied, Problem},
    event,
    held::Held,
    id::{AnswerId, PersonId, PostId},
    level, mandate, markdown, mention, owner, pledge, rebuttal,
    request::{self, Request},
    status::{self, Stage, Status},
    text,
};

/// What became of an act that may be beyond a mandate.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "answers and promises are as large, and none is kept for long")]
pub enum Outcome<T> {
    /// It was done.
    Done(T),
    /// It waits for somebody with a wider mandate.
    Requested(Request),
}

struct Checked {
    status: Status,
    what: String,
    who: Option<String>,
    next_update_on: Option<NaiveDate>,
    reason_class: Option<ReasonClass>,
    reexamine_on: Option<NaiveDate>,
    is_final: bool,
}

fn parse_date(text: Option<&str>) -> std::result::Result<Option<NaiveDate>, Problem> {
    match text.map(str::trim).filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Some).map_err(|_| Problem::NotADate),
    }
}

impl Draft {
    /// Checks the draft for its status: into review, planned or started it needs what, who and a next update; delivered needs
    /// what and who; declined needs a reason class, what at some length, and a date to look again or the word final.
    fn check(&self, status: Option<Status>, tx: &Tx, post: &Held) -> Result<Checked> {
        let (site, now) = (tx.site(), tx.now());
        let today = clock::local_day(&site, now);
        let latest_update = clock::latest_next_update(&site, post.kind(), post.board_slug(), post.level(), now);
        // ten years: what is further away is for good, and more than calendars can count
        let latest_look = today + TimeDelta::days(3660);
        let mut check = Check::new();
        let stage = status.as_ref().map(|s| s.stage);
        let status = match status {
            None if self.status.is_empty() => Err(Problem::Required),
            None => Err(Problem::UnknownChoice),
            Some(status) if !status.stage.is_for_staff() => Err(Problem::StageNotForStaff),
            Some(status) => Ok(status),
        };
        let status = check.field("status", status);
        let declined = stage == Some(Stage::Declined);
        let what = check.field("what", text::block(&self.what, if declined { REFUSAL_MIN } else { 1 }, WHAT_MAX));
        let who_needed = stage.is_some_and(|s| s.owes_update() || s == Stage::Delivered);
        let who = text::line(self.who.as_deref().unwrap_or_default(), usize::from(who_needed), WHO_MAX);
        let who = check.field("who", who).filter(|who| !who.is_empty());

        let counted = |day: Option<NaiveDate>| {
            let working = site.calendar().working_day_at_or_before(day.ok_or(Problem::Required)?);
            if working <= today {
                Err(Problem::NotInFuture)
            } else if working > latest_update {
                Err(Problem::TooFarAhead { latest: latest_update.to_string() })
            } else {
                Ok(working)
            }
        };
        let next_update_on = match check.field("next_update_on", parse_date(self.next_update_on.as_deref())) {
            Some(day) if stage.is_some_and(Stage::owes_update) => check.field("next_update_on", counted(day)),
            _ => None,
        };

        let (mut reason_class, mut reexamine_on, mut is_final) = (None, None, false);
        if declined {
            let class = self.reason_class.as_deref().unwrap_or_default();
            reason_class =
                check.field("reason_class", if class.is_empty() { Err(Problem::Required) } else { ReasonClass::parse(class) });
            reexamine_on = check.field("reexamine_on", parse_date(self.reexamine_on.as_deref())).flatten();
            is_final = self.is_final;
            let named = self.reexamine_on.as_deref().is_some_and(|t| !t.trim().is_empty());
            if named == is_final {
                check.refuse("reexamine_on", Problem::ReexamineOrFinal);
            } else if reexamine_on.is_some_and(|day| day <= today) {
                check.refuse("reexamine_on", Problem::NotInFuture);
            } else if reexamine_on.is_some_and(|day| day > latest_look) {
                check.refuse("reexamine_on", Problem::TooFarAhead { latest: latest_look.to_string() });
            }
        }
        let (status, what) = check.finish((status, what))?;
        Ok(Checked { status, what, who, next_update_on, reason_class, reexamine_on, is_final })
    }
}

/// Who may answer posts, within the mandate of their role: the staff.
///
/// # Errors
/// As [`Actor::staff`].
pub fn may_answer(actor: &Actor) -> Result<&Me> {
    actor.staff()
}

/// Answers a post: sets its status, ends and starts its clocks. Who answers a post without an owner owns it.
///
/// # Errors
/// [`Error::Forbidden`] when the stage is beyond the mandate of the actor's role; [`give`] makes it a request instead.
pub async fn publish(tx: &mut Tx, id: PostId, draft: &Draft) -> Result<Answer> {
    match give(tx, id, draft).await? {
        Outcome::Done(answer) => Ok(answer),
        Outcome::Requested(_) => Err(Error::Forbidden(Denied::Mandate)),
    }
}

/// As [`publish`], but what is beyond the mandate of the actor's role becomes a request that a higher role decides.
pub async fn give(tx: &mut Tx, id: PostId, draft: &Draft) -> Result<Outcome<Answer>> {
    let (me, role) = may_answer(tx.actor()).map(|me| (me.id, me.role))?;
    let mut held = tx.hold(id).await?;
    held.leads()?;
    let checked = match (check(tx, &held, draft).await, attachment::check(tx, &draft.files).await) {
        (Ok(checked), Ok(())) => checked,
        (draft, files) => return Err(Check::of_both(draft.err(), files.err())),
    };
    let act = mandate::Act::Answer(checked.status.stage);
    let beyond = tx.site().mandates.beyond(role, act);
    if !beyond.is_empty() {
        let level = tx.site().mandates.level_for(role, act);
        attachment::reserve(tx, &draft.files).await?;
        let draft = serde_json::to_value(draft).map_err(Error::internal)?;
        return Ok(Outcome::Requested(request::ask(tx, &mut held, request::Act::Answer, draft, &beyond, level).await?));
    }
    Ok(Outcome::Done(write(tx, &mut held, checked, draft, me, None).await?))
}

/// Gives an answer that somebody asked for and the actor allows.
pub(crate) async fn give_for(tx: &mut Tx, post: &mut Held, draft: &Draft, author: PersonId) -> Result<Answer> {
    let role = may_answer(tx.actor())?.role;
    let checked = check(tx, post, draft).await?;
    if !tx.site().mandates.beyond(role, mandate::Act::Answer(checked.status.stage)).is_empty() {
        return Err(Error::Forbidden(Denied::Mandate));
    }
    write(tx, post, checked, draft, author, Some(role)).await
}

async fn check(tx: &Tx, post: &Held, draft: &Draft) -> Result<Checked> {
    let status = status::by_slug(tx.conn(), draft.status.trim()).await?;
    draft.check(status, tx, post)
}

async fn write(
    tx: &mut Tx,
    post: &mut Held,
    checked: Checked,
    draft: &Draft,
    author: PersonId,
    decided_by: Option<Role>,
) -> Result<Answer> {
    owner::take_up(tx, post).await?;
    owner::take_if_free(tx, post).await?;
    clock::run_again(tx, post).await?;
    let id = post.id();
    let (due_at, own_due_at) = due(tx, id).await?;
    let now = tx.now();
    let language = text::written_in(&checked.what, draft.language);
    let answer = number(
        tx.conn(),
        "INSERT INTO answers (post_id, author_id, from_status_id, status_id, what, what_html, who, next_update_on, reason_class,
            reexamine_on, final, language, due_at, created_at, decided_role)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id AS n",
        values![
            id,
            author,
            post.status(),
            checked.status.id,
            checked.what.clone(),
            mention::html(tx, &checked.what).await?,
            checked.who.clone(),
            checked.next_update_on,
            checked.reason_class,
            checked.reexamine_on,
            checked.is_final,
            language,
            due_at,
            now,
            decided_by,
        ],
    )
    .await?;
    let answer = AnswerId(answer.ok_or_else(|| Error::internal("no answer came back"))?);

    attachment::attach(tx, author, attachment::Text::Answer(id, answer), 1, &draft.files).await?;
    let stage = checked.status.stage;
    post.set_status(tx, (checked.status.id, checked.status.stage)).await?;
    post.note_first_answer(tx, own_due_at, stage.is_decided() && decided_by.is_none()).await?;
    clock::end(tx, post, Name::FirstAnswer).await?;
    clock::end(tx, post, Name::NextUpdate).await?;
    if stage.is_decided() {
        clock::end(tx, post, Name::Decision).await?;
    }
    if let Some(day) = checked.next_update_on {
        let due_at = clock::end_of_day(tx.site().time_zone, day);
        clock::start(tx, post, clock::Start { name: Name::NextUpdate, level: post.level(), from: now, due_at }).await?;
    }
    if let Some(day) = checked.reexamine_on {
        look_again(tx, post, day).await?;
    }
    confirm::overtaken(tx, id, answer).await?;
    rebuttal::read(tx, id).await?;
    if stage == Stage::Delivered {
        confirm::open(tx, post, answer).await?;
    }
    pledge::settle(tx, id, stage).await?;
    tx.happened(Some(id), event::Kind::AnswerPublished { answer });
    by_id(tx.conn(), answer).await?.ok_or(Error::NotFound)
}

/// On the day on which a refusal is looked at again the post is back in the queue: a clock for the decision starts on that day.
async fn look_again(tx: &mut Tx, post: &Held, day: NaiveDate) -> Result<()> {
    let site = tx.site();
    let from = clock::start_of_day(site.time_zone, day);
    let due_at = clock::due(&site, from, post.terms(&site).days(Name::Decision, post.level()));
    clock::start(tx, post, clock::Start { name: Name::Decision, level: post.level(), from, due_at }).await
}

/// The forum itself answers, under the rule that `cause` names. Back into *started* it goes one level up, with a clock for the next
/// update.
pub(crate) async fn by_rule(tx: &mut Tx, post: &mut Held, stage: Stage, cause: Verdict) -> Result<AnswerId> {
    let id = post.id();
    let status = status::first_of(tx.conn(), stage).await?;
    let (site, now) = (tx.site(), tx.now());
    let (what, language) = (tx.says(cause), site.language);
    let reopened = stage == Stage::Started;
    if reopened {
        let cause = match cause {
            Verdict::Again => level::Cause::Again,
            Verdict::FifthAgain => level::Cause::FifthAgain,
            Verdict::TooFewYes => level::Cause::TooFewYes,
            Verdict::NotSolved | Verdict::Confirmed => level::Cause::NotSolved,
        };
        level::raise(tx, post, cause, None).await?;
    }
    let next = if reopened {
        let days = post.terms(&site).days(Name::NextUpdate, post.level());
        Some(clock::due(&site, now, days))
    } else {
        None
    };
    let answer = number(
        tx.conn(),
        "INSERT INTO answers (post_id, author_id, from_status_id, status_id, what, what_html, next_update_on, final, language, cause,
            created_at)
         VALUES ($1, NULL, $2, $3, $4, $5, $6, false, $7, $8, $9) RETURNING id AS n",
        values![
            id,
            post.status(),
            status.id,
            what.as_str(),
            markdown::markdown(&what),
            next.map(|due_at| clock::local_day(&site, due_at)),
            language.tag(),
            cause,
            now
        ],
    )
    .await?;
    let answer = AnswerId(answer.ok_or_else(|| Error::internal("no answer came back"))?);
    post.set_status(tx, (status.id, status.stage)).await?;
    if let Some(due_at) = next {
        clock::end(tx, post, Name::NextUpdate).await?;
        clock::start(tx, post, clock::Start { name: Name::NextUpdate, level: post.level(), from: now, due_at }).await?;
    }
    pledge::settle(tx, id, stage).await?;
    tx.happened(Some(id), event::Kind::AnswerPublished { answer });
    Ok(answer)
}

/// When this answer was due: of the open clocks for the first answer and the next update, the one that was due first; and the same without
/// those that were taken over from members of the case, which have figures of their own.
async fn due(tx: &Tx, id: PostId) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    #[derive(FromQueryResult)]
    struct Due {
        due_at: DateTime<Utc>,
        is_own: bool,
    }
    let sql = "SELECT due_at, taken_from IS NULL AS is_own FROM clocks
               WHERE post_id = $1 AND ended_at IS NULL AND name IN ('first_answer', 'next_update') ORDER BY due_at, id";
    let open = all::<Due>(tx.conn(), sql, values![id]).await?;
    let first = open.first().map(|clock| clock.due_at);
    Ok((first, open.iter().find(|clock| clock.is_own).map(|clock| clock.due_at)))
}
