//! What the company owes on a post and how it went: loaded with the post, and only where there can be something.

use chrono::{DateTime, Utc};
use forum::{
    Error,
    again::{self, Again},
    answer::Answer,
    clock::{self, Clock, Extension, Stop},
    confirm::{self, Ask, Check, Remark},
    contributor::{self, Contributor},
    handover::{self, Handover},
    level::{self, Change},
    post::{Kind, Post},
    promise::{self, Promise, State},
    provenance::{self, Statement},
    rebuttal::{self, Rebuttal},
    status::Stage,
};

use crate::{
    parts::{rail::Ahead, timeline::Story},
    web::Visit,
};

/// Everything about a post that has to do with time and duty. Lists are oldest first.
#[derive(Default)]
pub(super) struct Duty {
    pub(super) clocks: Vec<Clock>,
    pub(super) extensions: Vec<Extension>,
    pub(super) stops: Vec<Stop>,
    pub(super) levels: Vec<Change>,
    pub(super) handovers: Vec<Handover>,
    pub(super) helpers: Vec<Contributor>,
    pub(super) promises: Vec<Promise>,
    pub(super) provenance: Vec<Statement>,
    pub(super) agains: Vec<Again>,
    /// Whether the reader may report that it happened again.
    pub(super) may_report: bool,
    /// Whether it was ever said to be solved.
    pub(super) was_solved: bool,
    pub(super) check: Option<Check>,
    /// What the reader is asked.
    pub(super) ask: Option<Ask>,
    /// What customers wrote with their answers, for the staff.
    pub(super) remarks: Vec<Remark>,
    pub(super) rebuttals: Vec<Rebuttal>,
    /// Until when the reader can answer the refusal of their post.
    pub(super) rebuttal_until: Option<DateTime<Utc>>,
}

impl Duty {
    pub(super) async fn load(visit: &Visit, post: &Post, answers: &[Answer]) -> Result<Self, Error> {
        let (db, actor, id, now) = (visit.forum().read(), &visit.actor, post.row.id, visit.now);
        let mut duty = Self {
            clocks: clock::history(db, id, now).await?,
            levels: level::of_post(db, actor, id).await?,
            promises: promise::of_post(db, actor, id, now).await?,
            was_solved: answers.iter().any(|answer| answer.status.stage == Stage::Delivered),
            ..Self::default()
        };
        // a post without clocks is one that nobody has taken up: nothing of all this can have happened on it
        if !duty.clocks.is_empty() {
            duty.stops = clock::stops(db, actor, id, now).await?;
            duty.handovers = handover::of_post(db, actor, id, now).await?;
        }
        if duty.clocks.iter().any(|clock| clock.extended_from.is_some()) {
            duty.extensions = clock::extensions(db, actor, id).await?;
        }
        if !post.owners.is_empty() {
            duty.helpers = contributor::of_post(db, actor, id).await?;
            duty.provenance = provenance::of_post(db, actor, id).await?;
        }
        if post.row.kind == Kind::Complaint {
            duty.agains = again::of_post(db, actor, id).await?;
            duty.may_report = again::may_report(db, actor, id).await?;
        }
        if duty.was_solved {
            duty.check = confirm::of_post(db, actor, id).await?;
            duty.ask = confirm::mine(db, actor, id).await?;
            if visit.account.as_ref().is_some_and(|a| a.role.is_staff() && a.verified) {
                duty.remarks = confirm::remarks(db, actor, id).await?;
            }
        }
        if answers.iter().any(|answer| answer.status.stage == Stage::Declined) {
            duty.rebuttals = rebuttal::of_post(db, actor, id).await?;
            duty.rebuttal_until = rebuttal::open_until(db, actor, id, now).await?;
        }
        Ok(duty)
    }

    /// The reason for which the company waits for the author, as long as it does.
    pub(super) fn waiting(&self) -> Option<&Stop> {
        self.stops.iter().rev().find(|stop| stop.ended_at.is_none()).filter(|_| clock::is_stopped(&self.clocks))
    }

    /// What is known of the steps ahead.
    pub(super) fn ahead(&self, visit: &Visit) -> Ahead {
        let open = self.promises.iter().filter(|promise| promise.state == State::Open);
        let asked = self.check.as_ref().filter(|check| check.closed_at.is_none() && check.closes_at >= visit.now);
        Ahead {
            promised: open.map(|promise| promise.due_on).min(),
            asked_until: asked.map(|check| clock::local_day(&visit.site, check.closes_at)),
            unconfirmed: self.check.as_ref().is_some_and(|check| check.outcome == Some(confirm::Outcome::Unconfirmed)),
        }
    }

    /// What the timeline is made from.
    pub(super) fn story<'a>(&'a self, post: &'a Post, answers: &'a [Answer]) -> Story<'a> {
        Story {
            post,
            answers,
            clocks: &self.clocks,
            levels: &self.levels,
            extensions: &self.extensions,
            stops: &self.stops,
            agains: &self.agains,
            provenance: &self.provenance,
            rebuttals: &self.rebuttals,
        }
    }
}
