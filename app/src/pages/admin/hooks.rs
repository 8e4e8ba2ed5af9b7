//! Web-hooks: whom else the forum tells what happens, and what was sent to each.

use axum::{
    Form, Router,
    extract::{Path, Query},
    response::Response,
    routing::{get, post},
};
use forum::{
    Error,
    board::{self, Board},
    hook::{self, Delivery, Draft, Edit, Ended, Hook, Shape, Standing, URL_MAX},
    id::{DeliveryId, HookId},
    site::Language,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{admin, page, page_titled, refused};
use crate::{
    done,
    i18n::{Words, names},
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        when,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

const HERE: &str = "/admin/hooks";
/// The forms.
const MAKE: &str = "hook";
const CHANGE: &str = "change";
/// What boxes are called that say what it hears of.
const KIND: &str = "kind-";
/// Messages on one page of the list.
const LOG: usize = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/admin/hooks", get(show_all).post(make))
        .route("/admin/hooks/{id}", get(show).post(change))
        .route("/admin/hooks/{id}/active", post(activate))
        .route("/admin/hooks/{id}/test", post(test))
        .route("/admin/hooks/{id}/rotate", post(rotate))
        .route("/admin/hooks/{id}/remove", post(remove))
        .route("/admin/hooks/{id}/deliveries/{delivery}/resend", post(resend))
}

fn number(id: &str) -> Result<HookId, Error> {
    id.parse().map(HookId).map_err(|_| Error::NotFound)
}

fn path(id: HookId) -> String {
    format!("{HERE}/{id}")
}

async fn show_all(visit: Visit) -> PageResult {
    admin(&visit)?;
    list(&visit, None).await
}

async fn make(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let draft = Draft {
        url: typed.text("url"),
        board: typed.some("board"),
        kinds: typed.ticked(KIND),
        shape: typed.some("shape"),
        language: typed.some("language"),
    };
    match visit.forum().write(&visit.actor, async |tx| hook::create(tx, &draft).await).await {
        Ok((hook, secret)) => {
            visit.forum().refresh_site().await?;
            one(&visit, hook.id, None, Some(&secret), None).await
        }
        Err(error) => list(&visit, Some(&refused(&visit, MAKE, typed, error)?)).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Before {
    before: String,
}

async fn show(visit: Visit, Path(id): Path<String>, Query(asked): Query<Before>) -> PageResult {
    admin(&visit)?;
    let before = match asked.before.as_str() {
        "" => None,
        before => Some(DeliveryId(before.parse().map_err(|_| Error::NotFound)?)),
    };
    one(&visit, number(&id)?, None, None, before).await
}

async fn change(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    let edit = Edit {
        url: Some(typed.text("url")),
        kinds: Some(typed.ticked(KIND)),
        shape: Some(typed.text("shape")),
        language: Some(typed.text("language")),
        active: None,
        version: typed.some("version").and_then(|version| version.trim().parse().ok()),
    };
    match visit.forum().write(&visit.actor, async |tx| hook::change(tx, id, &edit).await).await {
        Ok(_) => {
            visit.forum().refresh_site().await?;
            Ok(see_other(&format!("{}?done=settings#main", path(id))))
        }
        Err(error) => one(&visit, id, Some(&refused(&visit, CHANGE, typed, error)?), None, None).await,
    }
}

async fn activate(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    let edit = Edit { active: Some(typed.get("active") == "yes"), ..Edit::default() };
    visit.forum().write(&visit.actor, async |tx| hook::change(tx, id, &edit).await).await?;
    visit.forum().refresh_site().await?;
    Ok(see_other(&format!("{}?done=settings#main", path(id))))
}

async fn test(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    visit.forum().write_aside(&visit.actor, async |tx| hook::test(tx, id).await).await?;
    Ok(see_other(&format!("{}?done={}#log", path(id), done!("hook-tested"))))
}

async fn rotate(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    let (_, secret) = visit.forum().write(&visit.actor, async |tx| hook::rotate(tx, id).await).await?;
    one(&visit, id, None, Some(&secret), None).await
}

async fn remove(visit: Visit, Path(id): Path<String>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    visit.forum().write(&visit.actor, async |tx| hook::remove(tx, id).await).await?;
    visit.forum().refresh_site().await?;
    Ok(see_other(&format!("{HERE}?done={}#main", done!("hook-removed"))))
}

async fn resend(visit: Visit, Path((id, delivery)): Path<(String, String)>) -> PageResult {
    admin(&visit)?;
    let id = number(&id)?;
    let delivery = DeliveryId(delivery.parse().map_err(|_| Error::NotFound)?);
    visit.forum().write_aside(&visit.actor, async |tx| hook::resend(tx, id, delivery).await).await?;
    Ok(see_other(&format!("{}?done={}#log", path(id), done!("hook-resent"))))
}

async fn list(visit: &Visit, refused: Option<&Sent>) -> Result<Response, Failure> {
    let hooks = hook::list(visit.forum().read()).await?;
    let boards = board::list(visit.forum().read(), &visit.actor).await?;
    Ok(page(visit, HERE, refused, || {
        let words = visit.words;
        let rows = hooks.iter().map(|hook| entry(visit, hook, &boards)).collect_view();
        let list = if hooks.is_empty() {
            view! { <p class="ink-2">{t!(words, "hooks-none")}</p> }.into_any()
        } else {
            view! { <ul class="entries">{rows}</ul> }.into_any()
        };
        let sheet = Sheet::new(visit, MAKE, refused);
        let mut options = vec![(String::new(), t!(words, "hook-board-all"))];
        options.extend(boards.iter().map(|board| (board.slug.clone(), board.called(visit.language()).to_owned())));
        let board = sheet.choice(Choice {
            name: "board",
            label: t!(words, "hook-board"),
            hint: Some(t!(words, "hook-board-hint")),
            options,
            ..Choice::default()
        });
        view! {
            <p class="ink-2 measure mb-6">{t!(words, "hooks-lede")}</p>
            {list}
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "hooks-make")}</h2>
                <form class="stack" method="post" novalidate=true action=format!("{HERE}#{}", sheet.anchor()) id=sheet.anchor()>
                    {sheet.summary()}
                    {fields(visit, &sheet, None, Some(board))}
                    <div><button class="btn btn--primary">{t!(words, "hooks-make-go")}</button></div>
                </form>
            </section>
        }
        .into_any()
    }))
}

fn board_name(visit: &Visit, hook: &Hook, boards: &[Board]) -> String {
    let board = boards.iter().find(|board| Some(&board.slug) == hook.board.as_ref());
    board.map_or_else(|| t!(visit.words, "hook-board-all"), |board| board.called(visit.language()).to_owned())
}

fn entry(visit: &Visit, hook: &Hook, boards: &[Board]) -> AnyView {
    let words = visit.words;
    let kinds = match hook.kinds.as_slice() {
        [] => t!(words, "hook-kinds-all"),
        kinds => kinds.iter().map(|kind| words.name(names::HOOK_KIND, *kind)).collect::<Vec<_>>().join(", "),
    };
    view! {
        <li class="between">
            <div class="stack gap-1">
                <p><b><a href=path(hook.id) dir="ltr">{hook.host()}</a></b></p>
                <p class="muted">
                    {words.name(names::HOOK_SHAPE, hook.shape)}" · "<bdi>{board_name(visit, hook, boards)}</bdi>" · "{kinds}
                </p>
            </div>
            <span class="nowrap">{words.name(names::HOOK_STANDING, hook.standing())}</span>
        </li>
    }
    .into_any()
}

/// What a hook is made of; the board of one that is there stays.
fn fields(visit: &Visit, sheet: &Sheet<'_>, hook: Option<&Hook>, board: Option<AnyView>) -> AnyView {
    let words = visit.words;
    let shape = hook.map_or(Shape::Standard, |hook| hook.shape);
    let language = hook.map_or(visit.site.language, |hook| hook.language);
    let kinds = hook::offered()
        .map(|kind| {
            let wanted = hook.is_some_and(|hook| hook.kinds.contains(&kind));
            (format!("{KIND}{}", hook::type_of(kind)), words.name(names::HOOK_KIND, kind), wanted)
        })
        .collect();
    // one that is offered no more stays until another is chosen
    let offered = |other: &Language| visit.site.offers(*other) || *other == language;
    let languages = Language::ALL.into_iter().filter(offered);
    view! {
        {sheet.line(Line {
            name: "url",
            label: t!(words, "hook-url"),
            hint: Some(t!(words, "hook-url-hint")),
            kind: "url",
            value: hook.map_or("", |hook| &hook.url),
            need: Need::Always,
            max: Some(URL_MAX),
            autocomplete: "off",
            ..Line::default()
        })}
        {sheet.choice(Choice {
            name: "shape",
            label: t!(words, "hook-shape"),
            options: Shape::ALL.map(|shape| (shape.as_str().to_owned(), words.name(names::HOOK_SHAPE, shape))).into(),
            value: shape.as_str(),
            need: Need::Always,
            ..Choice::default()
        })}
        {board}
        {sheet.choice(Choice {
            name: "language",
            label: t!(words, "hook-language"),
            options: languages.map(|language| (language.tag().to_owned(), language.name().to_owned())).collect(),
            value: language.tag(),
            need: Need::Always,
            ..Choice::default()
        })}
        {sheet.ticks("kinds", t!(words, "hook-kinds"), Some(t!(words, "hook-kinds-hint")), kinds)}
    }
    .into_any()
}

async fn one(
    visit: &Visit,
    id: HookId,
    refused: Option<&Sent>,
    secret: Option<&str>,
    before: Option<DeliveryId>,
) -> Result<Response, Failure> {
    let db = visit.forum().read();
    let hook = hook::by_id(db, id).await?;
    let boards = board::list(db, &visit.actor).await?;
    let mut log = hook::deliveries(db, id, before, u64::try_from(LOG + 1).unwrap_or(u64::MAX)).await?;
    let more = log.len() > LOG;
    log.truncate(LOG);
    let older = log.last().filter(|_| more).map(|delivery| format!("{}?before={}#log", path(id), delivery.id));
    Ok(page_titled(visit, HERE, hook.host(), None, refused, || {
        let words = visit.words;
        let sheet = Sheet::new(visit, CHANGE, refused);
        let shown = secret.map(|secret| {
            view! {
                <div class="token-new" role="status">
                    <p><b>{t!(words, "hook-secret")}</b>" "{t!(words, "hook-secret-once")}</p>
                    <code>{secret.to_owned()}</code>
                </div>
            }
        });
        view! {
            {shown}
            {standing(visit, &hook, &boards)}
            <section class="section" id="log">
                <h2 class="h-section">{t!(words, "hook-log")}</h2>
                <p class="ink-2">{t!(words, "hook-log-text", days = hook::KEPT.num_days())}</p>
                {table(visit, &hook, &log)}
                {older.map(|href| view! { <p><a class="btn" rel="next" href=href>{t!(words, "hook-log-older")}</a></p> })}
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "hook-settings")}</h2>
                <form class="stack" method="post" novalidate=true action=format!("{}#{}", path(id), sheet.anchor()) id=sheet.anchor()>
                    {sheet.summary()}
                    <input type="hidden" name="version" value=hook.version />
                    {fields(visit, &sheet, Some(&hook), None)}
                    <div><button class="btn btn--primary">{t!(words, "admin-save")}</button></div>
                </form>
            </section>
            <section class="section narrow">
                <h2 class="h-section">{t!(words, "hook-secret-title")}</h2>
                <p class="ink-2">{t!(words, "hook-rotate-text")}</p>
                {hook.former_until.filter(|until| visit.now < *until).map(|until| {
                    view! { <p>{t!(words, "hook-secret-both", at = words.date_time(visit.local(until)))}</p> }
                })}
                <form method="post" novalidate=true action=format!("{}/rotate", path(id))>
                    <button class="btn">{t!(words, "hook-rotate")}</button>
                </form>
            </section>
        }
        .into_any()
    }))
}

/// Whether it is told, and what can be done about that.
fn standing(visit: &Visit, hook: &Hook, boards: &[Board]) -> AnyView {
    let words = visit.words;
    let is_told = matches!(hook.standing(), Standing::Active | Standing::Failing);
    let why = match (hook.disabled_reason, hook.failing_since) {
        (Some(Ended::Gone), _) => Some(t!(words, "hook-is-gone")),
        (Some(Ended::Failing), _) => Some(t!(words, "hook-is-failing")),
        (None, Some(since)) => Some(t!(words, "hook-fails-since", at = words.date_time(visit.local(since)))),
        (None, None) => None,
    };
    let button = |to: &str, class: &'static str, label: String, field: Option<&'static str>| {
        view! {
            <form method="post" novalidate=true action=format!("{}/{to}", path(hook.id))>
                {field.map(|value| view! { <input type="hidden" name="active" value=value /> })}
                <button class=class>{label}</button>
            </form>
        }
    };
    let test = is_told.then(|| button("test", "btn btn--primary", t!(words, "hook-send-test"), None));
    let switch = if is_told {
        button("active", "btn", t!(words, "hook-pause"), Some("no"))
    } else {
        button("active", "btn btn--primary", t!(words, "hook-resume"), Some("yes"))
    };
    view! {
        <section class="panel stack gap-3">
            <p>
                <b>{words.name(names::HOOK_STANDING, hook.standing())}</b>" · "<bdi>{board_name(visit, hook, boards)}</bdi>
            </p>
            {why.map(|why| view! { <p>{why}</p> })}
            <div class="cluster">
                {test}
                {switch}
                {button("remove", "btn btn--danger", t!(words, "hook-remove"), None)}
            </div>
        </section>
    }
    .into_any()
}

/// What became of a message.
fn state(visit: &Visit, words: &Words, delivery: &Delivery) -> Vec<String> {
    let mut said = Vec::new();
    let number = |n: i64| n.to_string();
    if delivery.sent_at.is_some() {
        let (status, ms) =
            (number(i64::from(delivery.status.unwrap_or_default())), words.number(delivery.took_ms.unwrap_or_default()));
        return vec![t!(words, "hook-log-arrived", status = status, ms = ms)];
    }
    said.extend(delivery.trouble.map(|trouble| words.name(names::HOOK_TROUBLE, trouble)));
    said.extend(delivery.status.map(|status| t!(words, "hook-log-status", status = number(i64::from(status)))));
    said.push(if delivery.given_up_at.is_some() {
        t!(words, "hook-log-given-up")
    } else if delivery.attempts == 0 {
        t!(words, "hook-log-waits")
    } else {
        t!(words, "hook-log-again", at = words.date_time(visit.local(delivery.next_try_at)))
    });
    said
}

fn table(visit: &Visit, hook: &Hook, log: &[Delivery]) -> AnyView {
    let words = visit.words;
    if log.is_empty() {
        return view! { <p>{t!(words, "hook-log-none")}</p> }.into_any();
    }
    let is_told = matches!(hook.standing(), Standing::Active | Standing::Failing);
    let rows = log
        .iter()
        .map(|delivery| {
            let what = delivery.kind().map_or_else(|| t!(words, "hook-test"), |kind| words.name(names::HOOK_KIND, kind));
            let at = words.date_time(visit.local(delivery.created_at));
            let label = t!(words, "hook-resend-named", what = what.as_str(), at = at);
            let post = delivery.post_id.map(|post| view! { " "<a href=format!("/p/{post}")>{format!("#{post}")}</a> });
            let states = state(visit, words, delivery).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
            let answer = delivery.answer.clone().filter(|answer| !answer.trim().is_empty()).map(|answer| {
                view! {
                    <details>
                        <summary>{t!(words, "hook-log-answer")}</summary>
                        <pre class="hook-answer" dir="auto" tabindex="0">{answer}</pre>
                    </details>
                }
            });
            let is_over = delivery.sent_at.is_some() || delivery.given_up_at.is_some();
            let again = (is_over && is_told).then(|| {
                view! {
                    <form method="post" novalidate=true action=format!("{}/deliveries/{}/resend", path(hook.id), delivery.id)>
                        <button class="btn btn--sm" aria-label=label>{t!(words, "hook-resend")}</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <th scope="row">{what}{post}</th>
                    <td data-l=t!(words, "hook-log-when")>{when::moment(visit, delivery.created_at)}</td>
                    <td data-l=t!(words, "hook-log-state")><div class="stack gap-1">{states}{answer}</div></td>
                    <td data-l=t!(words, "hook-log-tries")>{words.number(i64::from(delivery.attempts))}</td>
                    <td>{again}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="tablebox">
            <table class="table table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(words, "hook-log-what")}</th>
                        <th scope="col">{t!(words, "hook-log-when")}</th>
                        <th scope="col">{t!(words, "hook-log-state")}</th>
                        <th scope="col">{t!(words, "hook-log-tries")}</th>
                        <th scope="col"><span class="sr">{t!(words, "hook-resend")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
