//! The figures, computed from the facts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{Fact, Period, Share, WorkingTime, count_overdue, facts, percentile};
use crate::{
    Result,
    actor::Actor,
    board,
    clock::local_day,
    id::BoardId,
    post::Kind,
    promise::{self, Counts},
    site::Site,
    status::Stage,
};

/// Working days from receipt to something: the middle, and the time within which nine in ten have it, in thousandths of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many posts have it.
    pub count: i64,
    /// Half of them have it within so many thousandths of a working day.
    pub median: Option<i64>,
    /// Nine in ten have it within so many thousandths of a working day.
    pub p90: Option<i64>,
}

impl Spread {
    fn of(mut values: Vec<i64>) -> Self {
        Self {
            count: i64::try_from(values.len()).unwrap_or(i64::MAX),
            median: percentile(&mut values, 50),
            p90: percentile(&mut values, 90),
        }
    }
}

/// How a group of posts is served. That groups are served alike is what the groups are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common: `all`, `kind:complaint`, `board:billing`, `customers:new`, `votes:few`, `language:nl`.
    pub group: String,
    /// First answers in time, of those that were due or given.
    pub on_time: Share,
    /// Working days to the first answer.
    pub first_answer: Spread,
    /// Working days to the decision.
    pub decision: Spread,
}

/// First answers in time among posts that came in within a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Its first day.
    pub from: NaiveDate,
    /// First answers in time, of those that were due or given.
    pub on_time: Share,
}

/// How far posts came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Came in.
    pub received: i64,
    /// Somebody is accountable for them.
    pub reviewed: i64,
    /// Answered at least once.
    pub answered: i64,
    /// Decided, yes or no.
    pub decided: i64,
    /// Stand as delivered or confirmed.
    pub delivered: i64,
    /// Confirmed by customers.
    pub confirmed: i64,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scoreboard {
    /// Which period.
    pub period: &'static str,
    /// Its first moment; none for everything.
    pub since: Option<DateTime<Utc>>,
    /// When the figures were computed.
    pub at: DateTime<Utc>,
    /// All posts, then by kind, board, customers, votes and language; groups without posts are left out.
    pub groups: Vec<Group>,
    /// By week of receipt for 90 days; by month otherwise.
    pub over_time: Vec<Stretch>,
    /// By month of receipt.
    pub by_month: Vec<Stretch>,
    /// How far posts came.
    pub coverage: Coverage,
    /// Posts that wait for an answer, an update or a decision that is past due, now and whenever they came in.
    pub overdue: i64,
    /// Promises made in the period.
    pub promises: Counts,
    /// Complaints that were solved, and of them those that customers reported again.
    pub repeats: Share,
    /// Complaints that were decided, and of them those decided at first contact.
    pub first_contact: Share,
}

impl Scoreboard {
    /// The group of all posts.
    pub fn all(&self) -> Option<&Group> {
        self.groups.first()
    }
}

/// Votes below which a post has few, and from which on it has many.
const FEW: i64 = 10;
const MANY: i64 = 100;

/// The groups that a post belongs to.
fn groups_of(fact: &Fact, boards: &BTreeMap<BoardId, String>) -> Vec<(u8, String)> {
    let board = boards.get(&fact.board).map_or("?", String::as_str);
    let (place, votes) = match fact.votes {
        ..FEW => (4, "few"),
        FEW..MANY => (5, "some"),
        MANY.. => (6, "many"),
    };
    let customers = match (fact.guest, fact.newcomer) {
        (true, _) => "guest",
        (false, true) => "new",
        (false, false) => "long",
    };
    vec![
        (0, "all".to_owned()),
        (1, format!("kind:{}", fact.kind.as_str())),
        (2, format!("board:{board}")),
        (3, format!("customers:{customers}")),
        (place, format!("votes:{votes}")),
        (7, format!("language:{}", fact.language)),
    ]
}

#[derive(Default)]
struct Sum {
    on_time: Share,
    first_answer: Vec<i64>,
    decision: Vec<i64>,
}

/// Whether the first answer came in time; none while it is neither given nor due.
fn on_time(fact: &Fact, now: DateTime<Utc>) -> Option<bool> {
    let due = fact.due_at?;
    match fact.answered_at {
        Some(answered) => Some(answered <= due),
        None => (now > due).then_some(false),
    }
}

/// Computes the figures of a period.
pub async fn scoreboard(db: &impl ConnectionTrait, site: &Site, period: Period, now: DateTime<Utc>) -> Result<Scoreboard> {
    let since = period.since(site, now);
    let facts = facts(db, since).await?;
    let boards = board::list(db, &Actor::Visitor).await?.into_iter().map(|board| (board.id, board.slug)).collect();
    let promises = promise::counts(db, &Actor::Visitor, since, now).await?;
    let overdue = count_overdue(db, now).await?;
    Ok(compute(site, period, now, &facts, &boards, promises, overdue))
}

/// The figures that follow from the facts.
fn compute(
    site: &Site,
    period: Period,
    now: DateTime<Utc>,
    facts: &[Fact],
    boards: &BTreeMap<BoardId, String>,
    promises: Counts,
    overdue: i64,
) -> Scoreboard {
    let first = facts.iter().map(|fact| fact.created_at).min().unwrap_or(now);
    let time = WorkingTime::between(site, first, now);
    let mut sums: BTreeMap<(u8, String), Sum> = BTreeMap::new();
    let mut weeks: BTreeMap<NaiveDate, Share> = BTreeMap::new();
    let mut months: BTreeMap<NaiveDate, Share> = BTreeMap::new();
    let mut coverage = Coverage::default();
    let (mut repeats, mut first_contact) = (Share::default(), Share::default());
    for fact in facts {
        let in_time = on_time(fact, now);
        let first_answer = fact.answered_at.map(|at| time.days(fact.created_at, at));
        let decision = fact.decided_at.map(|at| time.days(fact.created_at, at));
        for group in groups_of(fact, boards) {
            let sum = sums.entry(group).or_default();
            if let Some(in_time) = in_time {
                sum.on_time.add(in_time);
            }
            sum.first_answer.extend(first_answer);
            sum.decision.extend(decision);
        }
        if let Some(in_time) = in_time {
            let day = local_day(site, fact.created_at);
            let monday = day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day);
            weeks.entry(monday).or_default().add(in_time);
            months.entry(day.with_day(1).unwrap_or(day)).or_default().add(in_time);
        }
        let delivered = matches!(fact.stage, Stage::Delivered | Stage::Confirmed);
        coverage.received += 1;
        coverage.reviewed += i64::from(fact.owned);
        coverage.answered += i64::from(fact.answered_at.is_some());
        coverage.decided += i64::from(fact.decided_at.is_some());
        coverage.delivered += i64::from(delivered);
        coverage.confirmed += i64::from(fact.stage == Stage::Confirmed);
        if fact.kind == Kind::Complaint {
            if fact.delivered_at.is_some() {
                repeats.add(fact.agains > 0);
            }
            if fact.decided_at.is_some() {
                first_contact.add(fact.first_contact);
            }
        }
    }
    let stretches = |stretches: &BTreeMap<NaiveDate, Share>| {
        stretches.iter().map(|(from, on_time)| Stretch { from: *from, on_time: *on_time }).collect::<Vec<_>>()
    };
    let groups = sums
        .into_iter()
        .map(|((_, group), sum)| Group {
            group,
            on_time: sum.on_time,
            first_answer: Spread::of(sum.first_answer),
            decision: Spread::of(sum.decision),
        })
        .collect();
    Scoreboard {
        period: period.as_str(),
        since: period.since(site, now),
        at: now,
        groups,
        over_time: stretches(if period == Period::Days90 { &weeks } else { &months }),
        by_month: stretches(&months),
        coverage,
        overdue,
        promises,
        repeats,
        first_contact,
    }
}
