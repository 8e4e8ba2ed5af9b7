//! The form by which the staff do something to what somebody wrote, or to what they may do.

use axum::{Form, extract::Path};
use forum::{
    Tx,
    board::{self, Board},
    id::ModerationId,
    moderation::{self, Draft, Sort, Target},
    repeat,
};
use leptos::prelude::*;

use super::{Thing, comment_target, person_target, post_target, rules, vote_target};
use crate::{
    done,
    i18n::names,
    parts::{
        Head, Place,
        form::{Area, Choice, Line, Need, Sent, Sheet, Typed},
        marker::act_path,
        respond,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "moderate";

pub(super) async fn post_form(visit: Visit, Path(id): Path<String>) -> PageResult {
    visit.require_staff()?;
    page(&visit, post_target(&id)?, None).await
}

pub(super) async fn post_act(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    act(&visit, post_target(&id)?, typed).await
}

pub(super) async fn comment_form(visit: Visit, Path(id): Path<String>) -> PageResult {
    visit.require_staff()?;
    page(&visit, comment_target(&id)?, None).await
}

pub(super) async fn comment_act(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    act(&visit, comment_target(&id)?, typed).await
}

pub(super) async fn person_form(visit: Visit, Path(handle): Path<String>) -> PageResult {
    visit.require_staff()?;
    page(&visit, person_target(&visit, &handle).await?, None).await
}

pub(super) async fn person_act(visit: Visit, Path(handle): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    act(&visit, person_target(&visit, &handle).await?, typed).await
}

pub(super) async fn vote_form(visit: Visit, Path((post, person)): Path<(String, String)>) -> PageResult {
    visit.require_staff()?;
    page(&visit, vote_target(&post, &person)?, None).await
}

pub(super) async fn vote_act(visit: Visit, Path((post, person)): Path<(String, String)>, Form(typed): Form<Typed>) -> PageResult {
    visit.require_staff()?;
    act(&visit, vote_target(&post, &person)?, typed).await
}

/// Does it, once, and leads to the page of the act.
async fn act(visit: &Visit, target: Target, typed: Typed) -> PageResult {
    let draft = Draft {
        act: typed.text("act"),
        rule: typed.get("rule").trim().parse().ok(),
        reason: typed.text("reason"),
        review_on: typed.some("review_on"),
        passage: typed.some("passage"),
        board: typed.some("board"),
        until: typed.some("until"),
        ..Draft::default()
    };
    let form = typed.digest(visit.path.split('?').next().unwrap_or_default());
    let act = async |tx: &mut Tx| repeat::once(tx, &form, async |tx| Ok(moderation::act(tx, target, &draft).await?.id.0)).await;
    match visit.forum().write(&visit.actor, act).await.map(ModerationId) {
        Ok(id) => Ok(see_other(&format!("{}?done={}", act_path(id), done!("moderated")))),
        Err(error) => {
            let sent = Sent::refused(visit, KEY, typed, error)?;
            page(visit, target, Some(&sent)).await
        }
    }
}

async fn page(visit: &Visit, target: Target, sent: Option<&Sent>) -> PageResult {
    let words = visit.words;
    let thing = Thing::load(visit, target).await?;
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    let title = t!(words, "moderate-title", thing = thing.name(visit));
    let head = Head { staff: true, ..Head::titled(title.clone()).at(Place::Triage).with_form(sent) };
    Ok(respond(visit, head, || {
        let sheet = Sheet::plain(visit, KEY, sent);
        let acts = std::iter::once((String::new(), t!(words, "moderate-act-choose")))
            .chain(thing.acts(visit).into_iter().map(|act| (act.as_str().to_owned(), words.name(names::ACT, act))))
            .collect();
        let act = sheet.choice(Choice {
            name: "act",
            label: t!(words, "moderate-act"),
            options: acts,
            need: Need::Always,
            ..Choice::default()
        });
        let rule = sheet.choice(Choice {
            name: "rule",
            label: t!(words, "edit-rule"),
            options: rules(visit),
            need: Need::Always,
            ..Choice::default()
        });
        let reason = sheet.area(Area {
            name: "reason",
            label: t!(words, "edit-reason"),
            hint: Some(t!(words, "edit-reason-hint")),
            need: Need::Always,
            min: Some(10),
            max: Some(500),
            rows: 3,
            ..Area::default()
        });
        let review = sheet.day(Line {
            name: "review_on",
            label: t!(words, "moderate-review"),
            first: visit.today().succ_opt(),
            ..Line::default()
        });
        let edit = matches!(thing, Thing::Post(_) | Thing::Comment(..))
            .then(|| view! { <a class="btn btn--lg" href=thing.form("edit")>{t!(words, "moderate-edit")}</a> });
        let text = thing.text().map(|(text, language)| {
            view! {
                <section class="section">
                    <h2 class="h-section">{t!(words, "moderate-text")}</h2>
                    <p class="tombstone typed" dir="auto" lang=language>{text}</p>
                </section>
            }
        });
        view! {
            <div class="wrap page">
                <div class="stack gap-8 measure">
                    <form class="form" method="post" novalidate=true action=thing.form("moderate")>
                        {sheet.summary()}
                        <header class="stack gap-2">
                            <h1 class="h-page">{title}</h1>
                            <p class="lede">{t!(words, "moderate-lede")}</p>
                            <p><a href=thing.path()>{t!(words, "act-see")}</a></p>
                        </header>
                        {act}
                        {rule}
                        {reason}
                        {more(visit, &sheet, &thing, &boards)}
                        {review}
                        <div class="cluster">
                            <button class="btn btn--primary btn--lg">{t!(words, "moderate-go")}</button>
                            {edit}
                            <a class="btn btn--lg" href=thing.path()>{t!(words, "edit-cancel")}</a>
                        </div>
                    </form>
                    {text}
                </div>
            </div>
        }
    }))
}

/// What single acts need besides.
fn more(visit: &Visit, sheet: &Sheet<'_>, thing: &Thing, boards: &[Board]) -> AnyView {
    let words = visit.words;
    let passage = thing.text().map(|_| {
        sheet.area(Area {
            name: "passage",
            label: t!(words, "moderate-passage"),
            hint: Some(t!(words, "moderate-passage-hint")),
            need: Need::Sometimes,
            rows: 2,
            ..Area::default()
        })
    });
    let board = (thing.target().sort() == Sort::Post).then(|| {
        let options = boards.iter().map(|board| (board.slug.clone(), board.called(visit.language()).to_owned()));
        sheet.choice(Choice {
            name: "board",
            label: t!(words, "moderate-board"),
            hint: Some(t!(words, "moderate-board-hint")),
            options: std::iter::once((String::new(), t!(words, "moderate-board-none"))).chain(options).collect(),
            need: Need::Sometimes,
            ..Choice::default()
        })
    });
    let until = (thing.target().sort() == Sort::Person).then(|| {
        sheet.day(Line {
            name: "until",
            label: t!(words, "moderate-until"),
            hint: Some(t!(words, "moderate-until-hint")),
            need: Need::Sometimes,
            first: visit.today().succ_opt(),
            ..Line::default()
        })
    });
    view! { {passage}{board}{until} }.into_any()
}
