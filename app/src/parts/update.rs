//! Official answers: what, who, by when. A late one says so itself.

use forum::{
    answer::Answer,
    clock::{Clock, Name, local_day},
    post::Post,
    status::Stage,
};
use leptos::prelude::*;

use super::{
    clock_chip::clock_chip,
    files::files,
    icon,
    pill::{stage_icon, stage_name, status_name},
    promise::decided_by,
    text::markdown,
    when,
    who::owner_name,
};
use crate::{i18n::names, t, web::Visit};

/// What the company said about a post, latest first, down to the receipt.
pub fn updates(visit: &Visit, post: &Post, answers: &[Answer]) -> impl IntoView + use<> {
    let next_update = post.row.clocks.iter().find(|c| c.name == Name::NextUpdate && c.is_open());
    let latest = answers.last().map(|a| a.id);
    let items = answers
        .iter()
        .rev()
        .map(|answer| update(visit, answer, next_update.filter(|_| Some(answer.id) == latest), None))
        .collect_view();
    let first = post.row.clocks.iter().find(|c| c.name == Name::FirstAnswer);
    view! { <ol class="updates">{items}{receipt(visit, post, first)}</ol> }
}

/// One answer. `clock` is the one that it started and that still runs; `below` is what was said to it.
pub fn update(visit: &Visit, answer: &Answer, clock: Option<&Clock>, below: Option<AnyView>) -> impl IntoView + use<> {
    let words = visit.words;
    let stage = answer.status.stage;
    let who = answer.who.clone().map(|who| fact(t!(words, "answer-who"), view! { <bdi>{who}</bdi> }.into_any()));
    let next = answer.next_update_on.map(|day| {
        let chip = clock.map(|clock| view! { <br />{clock_chip(visit, clock)} });
        fact(
            t!(words, "answer-by-when"),
            view! { <span>{t!(words, "answer-next-update")}" "{when::date(visit, day)}{chip}</span> }.into_any(),
        )
    });
    let reason = answer.reason_class.map(|class| {
        let text = words.name(names::REASON, class);
        fact(t!(words, "answer-reason"), view! { <span>{text}</span> }.into_any())
    });
    let future = (stage == Stage::Declined).then(|| {
        let text = match answer.reexamine_on {
            Some(day) => view! { <span>{t!(words, "answer-look-again")}" "{when::date(visit, day)}</span> }.into_any(),
            None => view! { <span>{t!(words, "answer-final")}</span> }.into_any(),
        };
        fact(t!(words, "answer-future"), text)
    });
    let has_facts = who.is_some() || next.is_some() || reason.is_some() || future.is_some();
    let late = answer.due_at.filter(|_| answer.is_late()).map(|due| {
        let calendar = visit.site.calendar();
        let days = calendar.working_days_between(local_day(&visit.site, due), local_day(&visit.site, answer.created_at)).max(0);
        let day = words.short_date(local_day(&visit.site, due), visit.today());
        let text = t!(words, "answer-late", n = days, day = day);
        view! { <p><span class="clock clock--late">{icon(visit, "late")}{text}</span></p> }
    });
    let by = answer.author.as_ref().map_or_else(|| t!(words, "answer-automatic"), |author| owner_name(visit, author));
    let changed = (answer.from.id != answer.status.id)
        .then(|| view! { <span class="sr">{t!(words, "answer-from", status = status_name(visit, &answer.from))}</span> });
    // what the forum says by itself, it says in the language of the reader
    let what = match answer.cause {
        Some(cause) => view! { <p>{words.name(names::ANSWER_CAUSE, cause)}</p> }.into_any(),
        None => markdown(&answer.what_html, &answer.language).into_any(),
    };
    let decided = answer.decided_by.map(|role| view! { <span>{decided_by(words, role)}</span> });
    view! {
        <li class="update" id=format!("answer-{}", answer.id) data-stage=stage.as_str()>
            {icon(visit, stage_icon(stage))}
            <div class="update__body">
                <div class="update__head">
                    <h3><bdi>{status_name(visit, &answer.status)}</bdi>{changed}</h3>
                    <bdi>{by}</bdi>
                    {when::day(visit, answer.created_at)}
                    {decided}
                </div>
                <div class="comment__text">
                    <p class="sr">{t!(words, "answer-what")}</p>
                    {what}
                </div>
                {files(visit, &answer.files)}
                {has_facts.then(|| view! { <div class="wwb-box"><dl class="wwb">{who}{next}{reason}{future}</dl></div> })}
                {late}
                {below}
            </div>
        </li>
    }
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// The first entry of every post: that it came in, and until when the first answer was due by its first clock.
pub fn receipt(visit: &Visit, post: &Post, first: Option<&Clock>) -> impl IntoView + use<> {
    let words = visit.words;
    let text = match (post.imported, first) {
        (false, Some(clock)) => {
            let due = when::deadline_text(visit, clock.extended_from.unwrap_or(clock.due_at));
            t!(words, "answer-receipt", number = post.row.id.0, due = due)
        }
        (true, _) => t!(words, "answer-receipt-imported", number = post.row.id.0),
        (false, None) => t!(words, "answer-receipt-plain", number = post.row.id.0),
    };
    view! {
        <li class="update" data-stage="received">
            {icon(visit, "s-received")}
            <div class="update__body">
                <div class="update__head">
                    <h3>{stage_name(visit, Stage::Received)}</h3>
                    <span>{t!(words, "answer-automatic")}</span>
                    {when::day(visit, post.row.created_at)}
                </div>
                <p class="comment__text">{text}</p>
            </div>
        </li>
    }
}
