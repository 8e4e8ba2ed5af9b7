//! "It happened again": first on the page of a complaint, since it is the fact that moves it.

use axum::{Form, extract::Path};
use forum::{
    Tx,
    again::{self, BODY_MAX},
    clock::Name,
    post::{self, Kind, PostRow},
    repeat,
};
use leptos::prelude::*;

use super::{duty::Duty, post_id, show};
use crate::{
    parts::{
        form::{Area, Need, Sent, Sheet, Typed},
        icon,
        ladder::level_name,
        post_row::post_path,
        shell::sign_in_path,
        timeline::reporters,
        when,
        who::owner_name,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "again";

pub(super) async fn report(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = post_id(&id)?;
    visit.require_account()?;
    let language = visit.language();
    let form = typed.digest(&format!("/p/{id}/again"));
    let report = async |tx: &mut Tx| {
        repeat::once(tx, &form, async |tx| Ok(again::report(tx, id, typed.get("body"), Some(language)).await?.id.0)).await
    };
    let forum = visit.forum().with_markdown(typed.get("body")).await?;
    match forum.write(&visit.actor, report).await {
        Ok(new) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            Ok(see_other(&format!("{}?done=again#again-{new}", post_path(&row))))
        }
        Err(error) => show::again(&visit, id, &Sent::invalid(&visit, KEY, typed, error)?).await,
    }
}

/// How many have it, how many had it again, and the form for one more. `votes` is the bar of "me too".
pub(super) fn block<V: IntoView>(visit: &Visit, row: &PostRow, duty: &Duty, sent: Option<&Sent>, votes: V) -> AnyView {
    if row.kind != Kind::Complaint {
        return votes.into_any();
    }
    let words = visit.words;
    let mine = visit.account.as_ref().is_some_and(|account| account.id == row.author.id);
    let heading = if mine { t!(words, "again-heading-mine") } else { t!(words, "again-heading") };
    let n = row.case_support;
    let people = t!(words, "again-people", n = n, count = words.number(n));
    let reported = reporters(&duty.agains);
    let again = (reported > 0).then(|| t!(words, "again-reported", n = reported, count = words.number(reported)));
    let level = (row.level >= 2).then(|| {
        let who = level_name(words, row.level);
        view! { <a href="#level">{t!(words, "again-level", n = i64::from(row.level), who = who)}</a> }
    });
    if mine && row.clocks.iter().any(|clock| clock.name == Name::FirstAnswer && clock.is_open()) {
        return view! { {waiting(visit, row)}{votes} }.into_any();
    }
    // before anything was solved, nothing can have happened again
    let form = if duty.may_report && duty.was_solved {
        // one button at a time asks to be pressed
        let asked = duty.ask.as_ref().is_some_and(|ask| ask.is_open && ask.said.is_none());
        Some(form(visit, row, sent, if asked { "btn start" } else { "btn btn--primary start" }))
    } else if visit.account.is_none() && duty.was_solved {
        let label = t!(words, "again-sign-in");
        Some(view! { <a class="btn btn--primary start" href=sign_in_path(visit)>{icon(visit, "again")}{label}</a> }.into_any())
    } else {
        None
    };
    view! {
        <section class="repeat" id="again" aria-labelledby="again-title">
            <div>
                <h2 id="again-title">{heading}</h2>
                <p>{people}" "{again}" "{level}</p>
            </div>
            {form}
            {votes}
        </section>
    }
    .into_any()
}

/// To the author, before the first answer: who answers, by when, and how to add what they forgot.
fn waiting(visit: &Visit, row: &PostRow) -> impl IntoView + use<> {
    let words = visit.words;
    let due = row.clocks.iter().filter(|clock| clock.name == Name::FirstAnswer && clock.is_open()).map(|clock| clock.due_at).max();
    let due = due.unwrap_or(visit.now);
    let who = row.owner.as_ref().map_or_else(|| visit.site.name.clone(), |owner| owner_name(visit, owner));
    let text = when::deadline_text(visit, due);
    let heading = if due > visit.now {
        t!(words, "again-waiting", who = who, due = text)
    } else {
        t!(words, "again-waiting-late", who = who, due = text)
    };
    view! {
        <section class="banner" id="again" aria-labelledby="again-title">
            {icon(visit, "clock")}
            <div>
                <h2 class="banner__h" id="again-title">{heading}</h2>
                <p class="banner__t">{t!(words, "again-detail-text")}</p>
            </div>
            <div class="banner__act"><a class="btn" href="#comment-form">{t!(words, "again-detail")}</a></div>
        </section>
    }
}

fn form(visit: &Visit, row: &PostRow, sent: Option<&Sent>, button: &'static str) -> AnyView {
    let words = visit.words;
    let sheet = Sheet::plain(visit, KEY, sent);
    let text = sheet.area(Area {
        name: "body",
        label: t!(words, "again-label"),
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 3,
        aside: Some("again-body".to_owned()),
        ..Area::default()
    });
    view! {
        <details class="oppose again" open=sheet.is_back()>
            <summary class=button>{icon(visit, "again")}{t!(words, "again-open")}</summary>
            <form class="oppose__form" method="post" novalidate=true action=format!("/p/{}/again", row.id)>
                <p class="hint">{t!(words, "again-hint", days = again::WITHIN.num_days())}</p>
                {text}
                <div class="cluster"><button class="btn btn--primary">{t!(words, "again-send")}</button></div>
            </form>
        </details>
    }
    .into_any()
}
