//! What the company owes on a post and how it went: loaded with the post, and only where there can be something.

use chrono::{DateTime, Utc};
use forum::{
    Error, View,
    again::{self, Again},
    answer::Answer,
    case,
    clock::{self, Clock, MoreTime, Stop},
    confirm::{self, Ask, Questions, Remark},
    contributor::{self, Contributor},
    handover::{self, Handover},
    level::{self, Change},
    post::{Kind, Post, Seen},
    promise::{self, Promise, State},
    provenance::{self, Statement},
    rebuttal::{self, Rebuttal},
    status::Stage,
    story,
};

use crate::{
    parts::{rail::Ahead, timeline::Story},
    web::Visit,
};

/// Everything about a post that has to do with time and duty. Lists are oldest first.
#[derive(Default)]
pub(super) struct Duty {
    pub(super) clocks: Vec<Clock>,
    pub(super) extensions: Vec<MoreTime>,
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
    pub(super) check: Option<Questions>,
    /// What the reader is asked.
    pub(super) ask: Option<Ask>,
    /// What customers wrote with their answers, for the staff.
    pub(super) remarks: Vec<Remark>,
    pub(super) rebuttals: Vec<Rebuttal>,
    pub(super) cases: Vec<case::Change>,
    /// Until when the reader can answer the refusal of their post.
    pub(super) rebuttal_until: Option<DateTime<Utc>>,
}

impl Duty {
    pub(super) async fn load(
        visit: &Visit,
        (view, seen): (&View<'_>, &Seen),
        post: &Post,
        answers: &[Answer],
    ) -> Result<Self, Error> {
        let story = story::of_post(view, seen).await?;
        let mut duty = Self {
            clocks: post.clocks.clone(),
            levels: level::changes(&story),
            promises: promise::of_post(view, seen).await?,
            stops: clock::stops(&story, view.now()),
            handovers: handover::of_post(view, seen).await?,
            extensions: clock::extensions(&story),
            helpers: contributor::of_post(view, seen).await?,
            provenance: provenance::statements(&story),
            cases: case::changes(&story),
            was_solved: answers.iter().any(|answer| answer.status.stage == Stage::Delivered),
            ..Self::default()
        };
        if post.row.kind == Kind::Complaint {
            duty.agains = again::of_post(view, seen).await?;
            duty.may_report = again::reportable(view, seen);
        }
        if duty.was_solved {
            duty.check = confirm::of_post(view, seen).await?;
            duty.ask = confirm::mine(view, seen).await?;
            if visit.is_staff() {
                duty.remarks = confirm::remarks(view, seen).await?;
            }
        }
        if answers.iter().any(|answer| answer.status.stage == Stage::Declined) {
            duty.rebuttals = rebuttal::of_post(view, seen).await?;
            duty.rebuttal_until = rebuttal::open_until(view, seen).await?;
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
            cases: &self.cases,
        }
    }
}
