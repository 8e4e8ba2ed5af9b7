//! The scoreboard: every figure, the facts behind them, and the queries that they follow from; as JSON and as CSV.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Error, Forum,
    accountability::{self, Fact, Group, Period, Scoreboard, Share, Spread, Stretch},
    actor::Actor,
    board,
    error::{Check, Problem},
    promise,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::api::{
    caller::Caller,
    listing::Asked,
    problem::{Answer, Mistaken},
};

/// A count, the whole that it is part of, and the share.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Part {
    /// So many.
    pub count: i64,
    /// Of so many.
    pub of: i64,
    /// In percent, to one decimal; null of nothing.
    pub percent: Option<f64>,
}

impl From<Share> for Part {
    fn from(share: Share) -> Self {
        Self { count: share.count, of: share.of, percent: share.permille().map(|permille| decimal(permille, 10)) }
    }
}

/// Working days from receipt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WorkingDays {
    /// How many posts have it.
    pub count: i64,
    /// Half of them within so many working days.
    pub median: Option<f64>,
    /// Nine in ten within so many working days.
    pub p90: Option<f64>,
}

impl From<Spread> for WorkingDays {
    fn from(spread: Spread) -> Self {
        let days = |thousandths: i64| decimal(thousandths, 1000);
        Self { count: spread.count, median: spread.median.map(days), p90: spread.p90.map(days) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "shares and working days are small numbers")]
fn decimal(value: i64, per: i64) -> f64 {
    value as f64 / per as f64
}

/// How a group of posts is served.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupFigures {
    /// What they have in common.
    #[schema(example = "kind:complaint")]
    pub group: String,
    /// First answers in time, of those that were due or given.
    pub on_time: Part,
    /// Working days to the first answer.
    pub first_answer: WorkingDays,
    /// Working days to the decision.
    pub decision: WorkingDays,
}

impl From<&Group> for GroupFigures {
    fn from(group: &Group) -> Self {
        Self {
            group: group.group.clone(),
            on_time: group.on_time.into(),
            first_answer: group.first_answer.into(),
            decision: group.decision.into(),
        }
    }
}

/// First answers in time, by when the posts came in.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Month {
    /// The first day of the month.
    pub from: NaiveDate,
    /// First answers in time, of those that were due or given.
    pub on_time: Part,
}

impl From<&Stretch> for Month {
    fn from(stretch: &Stretch) -> Self {
        Self { from: stretch.from, on_time: stretch.on_time.into() }
    }
}

/// How far posts came.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Coverage {
    /// Came in.
    pub received: i64,
    /// Somebody is accountable for them.
    pub reviewed: Part,
    /// Answered at least once.
    pub answered: Part,
    /// Decided, yes or no.
    pub decided: Part,
    /// Stand as delivered or confirmed.
    pub delivered: Part,
    /// Confirmed by customers.
    pub confirmed: Part,
}

/// How promises stand.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Promises {
    /// Done.
    pub kept: i64,
    /// Missed.
    pub broken: i64,
    /// Their date lies ahead.
    pub open: i64,
    /// Taken back.
    pub withdrawn: i64,
    /// Kept, of those kept or broken.
    pub kept_share: Part,
    /// Broken with a remedy that was not paid yet.
    pub remedies_owed: i64,
    /// Broken with a remedy that was paid.
    pub remedies_paid: i64,
    /// The amount that is owed, in euros, as far as remedies are amounts.
    pub owed_amount: f64,
    /// The amount that was paid, in euros.
    pub paid_amount: f64,
}

/// The figures of a period: of posts that came in, and promises that were made, since its first moment. They count public boards,
/// and nothing that was brought in from elsewhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Figures {
    /// `90d`, `year` or `all`.
    pub period: &'static str,
    /// Its first moment; null for everything.
    pub since: Option<DateTime<Utc>>,
    /// When the figures were computed.
    pub at: DateTime<Utc>,
    /// First answers in time, of those that were due or given.
    pub answered_on_time: Part,
    /// Working days to the first answer.
    pub first_answer: WorkingDays,
    /// Working days to the decision.
    pub decision: WorkingDays,
    /// Posts that wait for something that is past due, now.
    pub overdue: i64,
    /// The same figures for groups that should be served alike.
    pub groups: Vec<GroupFigures>,
    /// By month of receipt.
    pub by_month: Vec<Month>,
    /// How far posts came.
    pub coverage: Coverage,
    /// How promises stand.
    pub promises: Promises,
    /// Complaints that customers reported again, of those that were solved.
    pub repeats: Part,
    /// Complaints decided at first contact, of those decided.
    pub decided_at_first_contact: Part,
}

impl From<&Scoreboard> for Figures {
    fn from(scores: &Scoreboard) -> Self {
        let all = scores.all();
        let coverage = scores.coverage;
        let of_received = |count| Share { count, of: coverage.received }.into();
        let promises = scores.promises;
        Self {
            period: scores.period,
            since: scores.since,
            at: scores.at,
            answered_on_time: all.map(|g| g.on_time).unwrap_or_default().into(),
            first_answer: all.map(|g| g.first_answer).unwrap_or_default().into(),
            decision: all.map(|g| g.decision).unwrap_or_default().into(),
            overdue: scores.overdue,
            groups: scores.groups.iter().map(GroupFigures::from).collect(),
            by_month: scores.by_month.iter().map(Month::from).collect(),
            coverage: Coverage {
                received: coverage.received,
                reviewed: of_received(coverage.reviewed),
                answered: of_received(coverage.answered),
                decided: of_received(coverage.decided),
                delivered: of_received(coverage.delivered),
                confirmed: of_received(coverage.confirmed),
            },
            promises: Promises {
                kept: promises.kept,
                broken: promises.broken,
                open: promises.open,
                withdrawn: promises.withdrawn,
                kept_share: Share { count: promises.kept, of: promises.kept + promises.broken }.into(),
                remedies_owed: promises.owed,
                remedies_paid: promises.paid,
                owed_amount: decimal(promises.owed_cents, 100),
                paid_amount: decimal(promises.paid_cents, 100),
            },
            repeats: scores.repeats.into(),
            decided_at_first_contact: scores.first_contact.into(),
        }
    }
}

impl Figures {
    /// Every figure as a row: its name, the group, a count, the whole, and the value.
    fn rows(&self) -> Vec<[String; 5]> {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let part = |name: &str, group: &str, part: Part| {
            [name.to_owned(), group.to_owned(), part.count.to_string(), part.of.to_string(), number(part.percent)]
        };
        let plain = |name: &str, value: String| [name.to_owned(), "all".to_owned(), value.clone(), String::new(), value];
        let mut rows = Vec::new();
        for group in &self.groups {
            rows.push(part("answered_on_time_percent", &group.group, group.on_time));
            for (name, days) in [("first_answer_working_days", group.first_answer), ("decision_working_days", group.decision)] {
                for (which, value) in [("median", days.median), ("p90", days.p90)] {
                    let name = format!("{name}_{which}");
                    rows.push([name, group.group.clone(), days.count.to_string(), String::new(), number(value)]);
                }
            }
        }
        for month in &self.by_month {
            rows.push(part("answered_on_time_percent", &format!("month:{}", month.from.format("%Y-%m")), month.on_time));
        }
        let Coverage { received, reviewed, answered, decided, delivered, confirmed } = self.coverage;
        rows.push(plain("received", received.to_string()));
        for (name, of) in [
            ("reviewed", reviewed),
            ("answered", answered),
            ("decided", decided),
            ("delivered", delivered),
            ("confirmed", confirmed),
        ] {
            rows.push(part(&format!("{name}_percent"), "all", of));
        }
        rows.push(plain("overdue", self.overdue.to_string()));
        let Promises { kept, broken, open, withdrawn, kept_share, remedies_owed, remedies_paid, owed_amount, paid_amount } =
            self.promises;
        for (name, count) in [
            ("promises_kept", kept),
            ("promises_broken", broken),
            ("promises_open", open),
            ("promises_withdrawn", withdrawn),
            ("remedies_owed", remedies_owed),
            ("remedies_paid", remedies_paid),
        ] {
            rows.push(plain(name, count.to_string()));
        }
        rows.push(part("promises_kept_percent", "all", kept_share));
        rows.push(plain("remedies_owed_euros", owed_amount.to_string()));
        rows.push(plain("remedies_paid_euros", paid_amount.to_string()));
        rows.push(part("complaints_repeated_percent", "all", self.repeats));
        rows.push(part("complaints_decided_at_first_contact_percent", "all", self.decided_at_first_contact));
        rows
    }
}

/// The facts of a post, without names.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostFacts {
    /// Its number.
    pub post: i64,
    /// What sort of post it is.
    pub kind: &'static str,
    /// Slug of its board.
    pub board: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Where it stands.
    pub stage: &'static str,
    /// Escalation, from 1.
    pub level: i64,
    /// Whether somebody is accountable for it.
    pub owned: bool,
    /// Whether its author had joined less than 30 days before.
    pub newcomer: bool,
    /// Whether its author had no account when it came in.
    pub guest: bool,
    /// Whether the first answer decided it, without a handover and without asking anybody.
    pub first_contact: bool,
    /// Votes for and against it, counted together.
    pub votes: i64,
    /// How often customers reported that it happened again.
    pub agains: i64,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// When the first answer was due, as extended.
    pub due_at: Option<DateTime<Utc>>,
    /// When the first answer came.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was first decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was last delivered.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When customers confirmed it, if that still holds.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// A query of the scoreboard.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Query {
    /// What it finds.
    pub name: &'static str,
    /// As the database runs it.
    pub sql: String,
}

/// The parameters of the scoreboard; read by hand.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `90d` (the last 90 days, unless said otherwise), `year` (since the first of January) or `all`.
    pub period: Option<String>,
    /// `json`, unless said otherwise, or `csv`.
    pub format: Option<String>,
}

struct Choice {
    period: Period,
    csv: bool,
}

fn choice(asked: &Asked) -> Result<Choice, Error> {
    let mut check = Check::new();
    let period = asked.choice(&mut check, "period", Period::parse);
    let csv = asked.choice(&mut check, "format", |format| match format {
        "json" => Ok(false),
        "csv" => Ok(true),
        _ => Err(Problem::UnknownChoice),
    });
    check.finish(())?;
    Ok(Choice { period: period.unwrap_or_default(), csv: csv.unwrap_or_default() })
}

/// A table as CSV, for a spreadsheet: a text that would be taken for a formula is given as text.
fn csv<const N: usize>(name: &str, head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Result<Response, Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(head).map_err(Error::internal)?;
    for row in rows {
        let row = row.map(|cell| if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell });
        writer.write_record(&row).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    let named = format!("attachment; filename=\"{name}.csv\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)], bytes)
        .into_response())
}

/// Read the scoreboard
///
/// Every figure of the page /accountability, which also says what each means. The same for everybody.
#[utoipa::path(
    get, path = "/api/v1/accountability", tag = "accountability", params(Wanted),
    responses((status = 200, description = "The figures; as CSV when asked for", body = Figures), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, _: Caller, asked: Asked) -> Answer {
    let choice = choice(&asked)?;
    let figures = Figures::from(&*forum.scoreboard(choice.period).await?);
    if choice.csv {
        let name = format!("accountability-{}", choice.period.as_str());
        return Ok(csv(&name, ["figure", "group", "count", "of", "value"], figures.rows())?);
    }
    Ok(Json(figures).into_response())
}

/// Read the facts behind the scoreboard
///
/// One row a post, without names: with them everybody can compute every figure on posts again.
#[utoipa::path(
    get, path = "/api/v1/accountability/posts", tag = "accountability", params(Wanted),
    responses((status = 200, description = "The facts; as CSV when asked for", body = Vec<PostFacts>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn posts(State(forum): State<Forum>, _: Caller, asked: Asked) -> Answer {
    let choice = choice(&asked)?;
    let db = forum.read();
    let boards = board::list(db, &Actor::Visitor).await?;
    let slug = |id| boards.iter().find(|board| board.id == id).map(|board| board.slug.clone()).unwrap_or_default();
    let mut facts = accountability::facts(db, choice.period.since(&forum.site(), forum.now())).await?;
    facts.sort_by_key(|fact| fact.post);
    if choice.csv {
        return Ok(csv("posts", Fact::COLUMNS, facts.iter().map(|fact| fact.values(&slug(fact.board))))?);
    }
    let facts: Vec<PostFacts> = facts
        .into_iter()
        .map(|fact| PostFacts {
            post: fact.post.0,
            kind: fact.kind.as_str(),
            board: slug(fact.board),
            language: fact.language,
            stage: fact.stage.as_str(),
            level: fact.level,
            owned: fact.owned,
            newcomer: fact.newcomer,
            guest: fact.guest,
            first_contact: fact.first_contact,
            votes: fact.votes,
            agains: fact.agains,
            created_at: fact.created_at,
            due_at: fact.due_at,
            answered_at: fact.answered_at,
            decided_at: fact.decided_at,
            delivered_at: fact.delivered_at,
            confirmed_at: fact.confirmed_at,
        })
        .collect();
    Ok(Json(facts).into_response())
}

/// Read all promises at once
///
/// One row a promise, without names, as CSV; as JSON `GET /api/v1/promises` lists them.
#[utoipa::path(
    get, path = "/api/v1/accountability/promises", tag = "accountability",
    responses((status = 200, description = "The promises as CSV", body = String, content_type = "text/csv")),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn promises(State(forum): State<Forum>, _: Caller) -> Answer {
    let (db, now) = (forum.read(), forum.now());
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let (page, next) =
            promise::list(db, &Actor::Visitor, &promise::Filter::default(), after.as_deref(), forum::post::PAGE_MAX, now).await?;
        let time =
            |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default();
        rows.extend(page.into_iter().map(|promise| {
            [
                promise.id.to_string(),
                promise.post.to_string(),
                promise.board.slug.clone(),
                promise.pledge.map(|p| p.to_string()).unwrap_or_default(),
                promise.version.to_string(),
                time(Some(promise.created_at)),
                time(Some(promise.due_at)),
                promise.state.as_str().to_owned(),
                time(promise.ended_at),
                promise.remedy.is_some().to_string(),
                promise.remedy_cents.map(|c| c.to_string()).unwrap_or_default(),
                time(promise.paid_at),
            ]
        }));
        after = next;
        if after.is_none() {
            break;
        }
    }
    rows.reverse();
    let head = [
        "promise",
        "post",
        "board",
        "pledge",
        "version",
        "created_at",
        "due_at",
        "state",
        "ended_at",
        "remedy",
        "remedy_cents",
        "paid_at",
    ];
    Ok(csv("promises", head, rows)?)
}

/// Read the queries of the scoreboard
///
/// As the database of this site runs them; what is computed from their rows stands on the page /accountability/figures.
#[utoipa::path(
    get, path = "/api/v1/accountability/queries", tag = "accountability",
    responses((status = 200, description = "The queries", body = Vec<Query>)),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn queries(State(forum): State<Forum>, _: Caller) -> Answer {
    let queries: Vec<Query> =
        accountability::queries(forum.read(), forum.now()).into_iter().map(|(name, sql)| Query { name, sql }).collect();
    Ok(Json(queries).into_response())
}
