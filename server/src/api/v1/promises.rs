//! Promises: what, who, until when, and what is owed if it is missed.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Error, Forum, Tx,
    actor::Role,
    answer::Outcome,
    error::Check,
    id::{PledgeId, PostId, PromiseId},
    promise::{self, Draft, Filter, State as Standing},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    me::RoleName,
    objects::{Owner, Show, choices},
    requests::Request,
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, Unauthenticated},
    repeat::{Became, Changed, Made, once},
    sent::{Fields, Sent},
};

choices! {
    /// The schema of [`promise::State`].
    PromiseState: "`open`, `kept`, `broken` (its date is past and nobody said that it was done), `withdrawn`.",
        Standing::ALL.map(Standing::as_str);
}

/// A promise in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseSummary {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: PromiseId,
    /// On which post.
    #[schema(value_type = i64)]
    pub post_id: PostId,
    /// The title of the post.
    pub post_title: String,
    /// The page of the post.
    pub post_url: String,
    /// Slug of the board.
    pub board: String,
    /// The pledge that made it; null when somebody did.
    #[schema(value_type = Option<i64>)]
    pub pledge_id: Option<PledgeId>,
    /// What is promised.
    pub what: String,
    /// Who is accountable: whoever was named, else the owner of the post.
    pub accountable: Option<Owner>,
    /// The day until which it is to be done.
    pub due_on: NaiveDate,
    /// 17:00 on that day at the site.
    pub due_at: DateTime<Utc>,
    /// What is owed if it is missed.
    pub remedy: Option<String>,
    /// The amount of it in euros, with two decimals; null where it is no amount.
    #[schema(example = "50.00")]
    pub remedy_amount: Option<String>,
    /// How it stands at the moment of the answer.
    #[schema(value_type = PromiseState)]
    pub state: Standing,
    /// Whether the remedy is owed and not paid yet.
    pub owed: bool,
    /// When the remedy was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// The number of the present wording, from 1.
    pub version: i32,
    /// The role of whoever allowed what was beyond the mandate of the one who promised.
    #[schema(value_type = Option<RoleName>)]
    pub decided_by: Option<Role>,
    /// When it was kept or withdrawn.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn, or what was said when it was kept.
    pub note: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl PromiseSummary {
    /// A promise, as the actor sees it.
    pub fn of(promise: promise::Promise, show: &Show) -> Self {
        Self {
            owed: promise.owes(),
            id: promise.id,
            post_id: promise.post,
            post_url: show.page(promise.post, &promise.post_slug),
            post_title: promise.post_title,
            board: promise.board.slug,
            pledge_id: promise.pledge,
            what: promise.what,
            accountable: promise.accountable.map(|person| show.owner(person)),
            due_on: promise.due_on,
            due_at: promise.due_at,
            remedy: promise.remedy,
            remedy_amount: promise.remedy_cents.map(amount),
            state: promise.state,
            paid_at: promise.paid_at,
            version: promise.version,
            decided_by: promise.decided_by,
            ended_at: promise.ended_at,
            note: promise.note,
            created_at: promise.created_at,
        }
    }
}

/// A wording of a promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseVersion {
    /// Its number, from 1.
    pub number: i32,
    /// What was promised.
    pub what: String,
    /// Until which day.
    pub due_on: NaiveDate,
    /// What was owed if it was missed.
    pub remedy: Option<String>,
    /// Why it was changed; null for the first.
    pub reason: Option<String>,
    /// Since when it stood.
    pub created_at: DateTime<Utc>,
}

/// A whole promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct Promise {
    /// What stands in lists.
    #[serde(flatten)]
    pub summary: PromiseSummary,
    /// Every wording, latest first, the present one included.
    pub versions: Vec<PromiseVersion>,
}

impl Promise {
    fn of(promise: promise::Promise, versions: Vec<promise::Version>, show: &Show) -> Self {
        let version = |version: promise::Version| PromiseVersion {
            number: version.number,
            what: version.what,
            due_on: version.due_on,
            remedy: version.remedy,
            reason: version.reason,
            created_at: version.created_at,
        };
        Self { summary: PromiseSummary::of(promise, show), versions: versions.into_iter().map(version).collect() }
    }

    /// A promise that was written just now.
    async fn written(tx: &Tx, promise: promise::Promise, show: &Show) -> Result<Self, Error> {
        let versions = promise::versions(tx.conn(), tx.actor(), promise.id, tx.now()).await?;
        Ok(Self::of(promise, versions, show))
    }
}

/// A new promise.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "what": "One bill for all addresses, from the bill of December on.", "due_on": "2026-12-18",
    "remedy": "A month free", "remedy_amount": "25.00"
}))]
pub struct PromiseDraft {
    /// What is promised.
    #[schema(min_length = 3, max_length = 500)]
    pub what: String,
    /// The day until which it is to be done; its 17:00 lies ahead.
    pub due_on: NaiveDate,
    /// What is owed if it is missed.
    #[schema(max_length = 500)]
    pub remedy: Option<String>,
    /// The amount of it in euros, where it is an amount. An amount in the words of `remedy` counts too: the larger of the two.
    pub remedy_amount: Option<String>,
    /// Who is accountable, of the staff; nobody in particular means the owner of the post.
    pub accountable: Option<uuid::Uuid>,
}

/// A new wording of a promise. All of it is replaced, but for who is accountable, who stays when nobody is named.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "what": "One bill for all addresses, from the bill of January on.", "due_on": "2027-01-22",
    "remedy": "A month free", "reason": "The printer of the bills delivers a month later than agreed."
}))]
pub struct PromiseChange {
    /// What is promised.
    #[schema(min_length = 3, max_length = 500)]
    pub what: String,
    /// The day until which it is to be done; its 17:00 lies ahead.
    pub due_on: NaiveDate,
    /// What is owed if it is missed.
    #[schema(max_length = 500)]
    pub remedy: Option<String>,
    /// The amount of it in euros, where it is an amount.
    pub remedy_amount: Option<String>,
    /// Who is accountable, of the staff.
    pub accountable: Option<uuid::Uuid>,
    /// Why it is changed, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// What is said about a promise.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "note": "The bill of December came as one." }))]
pub struct PromiseNote {
    /// In public.
    #[schema(max_length = 500)]
    pub note: Option<String>,
}

/// Why a promise is taken back.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "The law on bills changes in January and does not allow it." }))]
pub struct PromiseWithdrawal {
    /// In public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Which promises to list, for the document; all conditions hold at once.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PromiseFilter {
    /// How they stand.
    #[param(value_type = Option<PromiseState>)]
    pub state: Option<String>,
    /// Slug of a board.
    pub board: Option<String>,
    /// `true`: only broken ones whose remedy is not paid yet.
    pub owed: Option<bool>,
}

fn draft(fields: &mut Fields) -> Draft {
    Draft {
        what: fields.text("what"),
        due_on: fields.text("due_on"),
        remedy: fields.optional_text("remedy"),
        remedy_amount: fields.amount("remedy_amount"),
        accountable: fields.person("accountable"),
        reason: None,
    }
}

/// List promises
///
/// Newest first.
#[utoipa::path(
    get, path = "/api/v1/promises", tag = "promises", params(PromiseFilter, Paging),
    responses((status = 200, description = "The promises", body = List<PromiseSummary>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let mut check = Check::new();
    let filter = Filter {
        state: asked.choice(&mut check, "state", Standing::parse),
        board: asked.text("board"),
        owed: asked.flag(&mut check, "owed").unwrap_or_default(),
        ..Filter::default()
    };
    let limit = asked.noted_limit(&mut check);
    check.finish(())?;
    let cursor = asked.cursor();
    let (promises, next_cursor) =
        promise::list(forum.read(), &caller.actor, &filter, cursor.as_deref(), limit, forum.now()).await?;
    let show = Show::to(&forum, &caller.actor);
    let items = promises.into_iter().map(|promise| PromiseSummary::of(promise, &show)).collect();
    Ok(Json(List { items, next_cursor }).into_response())
}

/// List the promises on a post
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/promises", tag = "promises", params(("id" = i64, Path, description = "The post"), Paging),
    responses((status = 200, description = "The promises", body = List<PromiseSummary>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn of_post(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let promises = promise::of_post(&view, &post).await?;
    let promises = promises.into_iter().map(|promise| PromiseSummary::of(promise, &show)).collect();
    Ok(Json(List::cut(promises, &asked, USUAL, |promise| promise.id.to_string())?).into_response())
}

/// Show a promise
#[utoipa::path(
    get, path = "/api/v1/promises/{id}", tag = "promises", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The promise", body = Promise), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let (id, now) = (PromiseId(number(&id)?), forum.now());
    let promise = promise::by_id(forum.read(), &caller.actor, id, now).await?;
    let versions = promise::versions(forum.read(), &caller.actor, id, now).await?;
    Ok(Json(Promise::of(promise, versions, &Show::to(&forum, &caller.actor))).into_response())
}

/// Promise something on a post
///
/// Who promises on a post without an owner owns it. What is beyond the mandate of the caller's role (how far ahead, how large the
/// remedy) becomes a request, which a higher role decides.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/promises", tag = "promises", request_body = PromiseDraft,
    params(
        ("id" = i64, Path, description = "The post"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The promise", body = Promise, headers(("Location" = String))),
        (status = 202, description = "It is beyond the mandate: the request for it", body = Request, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    promise::may_promise(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = draft(&mut fields);
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        Ok(match promise::make(tx, post, &draft).await? {
            Outcome::Done(promise) => Became::Made(Made {
                location: format!("/api/v1/promises/{}", promise.id),
                object: Promise::written(tx, promise, &show).await?,
            }),
            Outcome::Requested(request) => Became::Asked(Request::asked(request, &show)),
        })
    })
    .await
}

/// Say that a promise was kept
///
/// Until its date; after that it is broken, and stays so. Once more changes nothing.
#[utoipa::path(
    post, path = "/api/v1/promises/{id}/keep", tag = "promises", request_body = Option<PromiseNote>,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The promise", body = Promise),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("whoever is accountable, the owner of the post, lead"))), security(("bearer" = []))
)]
pub async fn keep(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = spoken_for(&forum, &caller, &id).await?;
    let mut fields = sent.optional_fields()?;
    let note = fields.optional_text("note");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let promise = promise::keep(tx, id, note.as_deref()).await?;
        Ok(Changed(Promise::written(tx, promise, &show).await?))
    })
    .await
}

/// Take a promise back
///
/// With a public reason, until its date.
#[utoipa::path(
    post, path = "/api/v1/promises/{id}/withdraw", tag = "promises", request_body = PromiseWithdrawal,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The promise", body = Promise),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("whoever is accountable, the owner of the post, lead"))), security(("bearer" = []))
)]
pub async fn withdraw(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = spoken_for(&forum, &caller, &id).await?;
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let promise = promise::withdraw(tx, id, &reason).await?;
        Ok(Changed(Promise::written(tx, promise, &show).await?))
    })
    .await
}

/// Say that the remedy of a broken promise was paid
///
/// Once more changes nothing.
#[utoipa::path(
    post, path = "/api/v1/promises/{id}/pay", tag = "promises", request_body = Option<PromiseNote>,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The promise", body = Promise),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("whoever is accountable, the owner of the post, lead"))), security(("bearer" = []))
)]
pub async fn pay(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = spoken_for(&forum, &caller, &id).await?;
    let mut fields = sent.optional_fields()?;
    let note = fields.optional_text("note");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let promise = promise::pay(tx, id, note.as_deref()).await?;
        Ok(Changed(Promise::written(tx, promise, &show).await?))
    })
    .await
}

/// Change a promise
///
/// Until its date, within the mandate of the caller's role. The wordings before stay readable.
#[utoipa::path(
    post, path = "/api/v1/promises/{id}/change", tag = "promises", request_body = PromiseChange,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The promise", body = Promise),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("whoever is accountable, the owner of the post, lead"))), security(("bearer" = []))
)]
pub async fn change(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = spoken_for(&forum, &caller, &id).await?;
    let mut fields = sent.fields()?;
    let draft = Draft { reason: fields.optional_text("reason"), ..draft(&mut fields) };
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        let promise = promise::change(tx, id, &draft).await?;
        Ok(Changed(Promise::written(tx, promise, &show).await?))
    })
    .await
}

/// The promise in an address: asked before the body is read, so that only who may speak about it hears what is wrong with what they
/// sent.
async fn spoken_for(forum: &Forum, caller: &Caller, id: &str) -> Result<PromiseId, Error> {
    let id = PromiseId(caller.target(id)?);
    Ok(promise::spoken_for(forum.read(), &caller.actor, id, forum.now()).await?.id)
}

/// Cents as an amount of euros with two decimals.
pub fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
