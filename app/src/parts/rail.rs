//! The way of a post, step by step: what it passed, where it stands, what lies ahead.

use chrono::{DateTime, NaiveDate, Utc};
use forum::{answer::Answer, post::PostRow, status::Stage};
use leptos::prelude::*;

use super::{
    icon,
    pill::{stage_icon, stage_name},
    when,
};
use crate::{t, web::Visit};

/// One step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    stage: Stage,
    at: Option<DateTime<Utc>>,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Passed,
    Present,
    Ahead,
}

/// The steps of a post. What it skipped is left out rather than ticked; a refusal, or a post that was put away, ends the way there.
fn steps(present: Stage, present_at: DateTime<Utc>, created_at: DateTime<Utc>, answers: &[(Stage, DateTime<Utc>)]) -> Vec<Step> {
    const WAY: [Stage; 6] = [Stage::Received, Stage::Review, Stage::Planned, Stage::Started, Stage::Delivered, Stage::Confirmed];
    let reached = |stage: Stage| {
        if stage == Stage::Received { Some(created_at) } else { answers.iter().find(|(to, _)| *to == stage).map(|(_, at)| *at) }
    };
    let off_the_way = !WAY.contains(&present);
    let mut steps = Vec::new();
    for stage in WAY {
        if stage == present {
            steps.push(Step { stage, at: Some(present_at), place: Place::Present });
        } else if !off_the_way && stage > present {
            steps.push(Step { stage, at: None, place: Place::Ahead });
        } else if let Some(at) = reached(stage) {
            steps.push(Step { stage, at: Some(at), place: Place::Passed });
        }
    }
    if off_the_way {
        steps.push(Step { stage: present, at: Some(present_at), place: Place::Present });
    }
    steps
}

/// What is known of the steps that lie ahead.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead {
    /// The day until which it is promised.
    pub promised: Option<NaiveDate>,
    /// Until when customers are asked whether it is solved.
    pub asked_until: Option<NaiveDate>,
    /// Whether they were asked and nobody answered.
    pub unconfirmed: bool,
}

impl Ahead {
    /// What stands below a step that lies ahead.
    fn note(self, visit: &Visit, stage: Stage) -> Option<String> {
        let words = visit.words;
        let day = |day| words.short_date(day, visit.today());
        match stage {
            Stage::Delivered => self.promised.map(|on| t!(words, "rail-promised", day = day(on))),
            Stage::Confirmed if self.unconfirmed => Some(t!(words, "rail-unconfirmed")),
            Stage::Confirmed => self.asked_until.map(|until| t!(words, "rail-asked-until", day = day(until))),
            _ => None,
        }
    }
}

/// The rail of a post with its answers, oldest first.
pub fn rail(visit: &Visit, post: &PostRow, answers: &[Answer], ahead: Ahead) -> impl IntoView + use<> {
    let words = visit.words;
    let reached: Vec<_> = answers.iter().map(|a| (a.status.stage, a.created_at)).collect();
    let steps = steps(post.status.stage, post.stage_at, post.created_at, &reached);
    let count = i64::try_from(steps.len()).unwrap_or(0);
    let now = steps.iter().position(|step| step.place == Place::Present).map_or(0, |n| i64::try_from(n + 1).unwrap_or(0));
    let place = t!(words, "rail-step", n = now, of = count);
    let items = steps
        .iter()
        .map(|step| {
            let (class, glyph) = match step.place {
                Place::Passed => ("rail__s is-done", "s-delivered"),
                Place::Present => ("rail__s is-now", stage_icon(step.stage)),
                Place::Ahead => ("rail__s", "s-todo"),
            };
            let note = (step.place == Place::Ahead).then(|| ahead.note(visit, step.stage)).flatten();
            view! {
                <li class=class aria-current=(step.place == Place::Present).then_some("step")>
                    {icon(visit, glyph)}
                    <span class="rail__t">{stage_name(visit, step.stage)}</span>
                    {step.at.map(|at| view! { <span class="rail__d">{when::day(visit, at)}</span> })}
                    {note.map(|note| view! { <span class="rail__d">{note}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="railbox">
            <ol class="rail" aria-label=t!(words, "rail-label", place = place.as_str())>{items}</ol>
            <p class="rail__now" aria-hidden="true">
                {place.clone()}": "<b>{stage_name(visit, post.status.stage)}</b>" "{when::day(visit, post.stage_at)}
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(day * 86_400, 0).unwrap()
    }

    fn shape(steps: &[Step]) -> Vec<(Stage, Place)> {
        steps.iter().map(|s| (s.stage, s.place)).collect()
    }

    #[test]
    fn what_was_skipped_is_not_ticked() {
        use Place::{Ahead, Passed, Present};
        let steps = steps(Stage::Planned, at(3), at(1), &[(Stage::Planned, at(3))]);
        assert_eq!(
            shape(&steps),
            [
                (Stage::Received, Passed),
                (Stage::Planned, Present),
                (Stage::Started, Ahead),
                (Stage::Delivered, Ahead),
                (Stage::Confirmed, Ahead),
            ]
        );
    }

    #[test]
    fn a_refusal_ends_the_way() {
        use Place::{Passed, Present};
        let steps = steps(Stage::Declined, at(5), at(1), &[(Stage::Review, at(2)), (Stage::Declined, at(5))]);
        assert_eq!(shape(&steps), [(Stage::Received, Passed), (Stage::Review, Passed), (Stage::Declined, Present)]);
    }

    #[test]
    fn a_reopened_post_has_delivery_ahead_again() {
        let steps =
            steps(Stage::Started, at(9), at(1), &[(Stage::Started, at(2)), (Stage::Delivered, at(5)), (Stage::Started, at(9))]);
        assert_eq!(steps.iter().find(|s| s.stage == Stage::Delivered).map(|s| s.place), Some(Place::Ahead));
    }
}
