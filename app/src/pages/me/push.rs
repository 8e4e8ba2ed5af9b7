//! On which devices I am shown what is new while no page is open. It stands with the notices.

use axum::{Form, Router, routing::post};
use forum::{
    View,
    id::PushDeviceId,
    mailing::Topic,
    push::{self, Device, Draft, LetIn},
};
use leptos::prelude::*;

use super::sessions::device as browser;
use crate::{
    i18n::names,
    islands::push::PushHere,
    parts::{
        form::{Sheet, Typed},
        icon, when,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/push", post(add)).route("/me/push/remove", post(remove)).route("/me/push/topics", post(choose))
}

/// What the names of the boxes of the form begin with.
const BOX: &str = "push-";

/// All that the part of the page shows.
pub(super) struct Pushed {
    key: Option<String>,
    devices: Vec<Device>,
    silences: Vec<Topic>,
}

impl Pushed {
    pub(super) async fn read(visit: &Visit, view: &View<'_>) -> Result<Self, forum::Error> {
        Ok(Self {
            key: push::site_key(view.db()).await?.map(|key| key.public),
            devices: push::list(view.db(), &visit.actor, let_in(visit)).await?,
            silences: push::silences(view.db(), &visit.actor).await?,
        })
    }
}

fn let_in(visit: &Visit) -> Option<LetIn<'_>> {
    visit.session.as_deref().map(LetIn::Session)
}

/// A browser says where it is pushed to.
async fn add(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let let_in = let_in(&visit).ok_or(forum::Error::Unauthenticated)?;
    let draft = Draft { endpoint: typed.text("endpoint"), p256dh: typed.text("p256dh"), auth: typed.text("auth") };
    visit.forum().write_aside(&visit.actor, async |tx| push::add(tx, &draft, let_in).await).await?;
    Ok(see_other("/me/notices?done=saved#push"))
}

async fn remove(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let id = typed.get("id").parse().map(PushDeviceId).map_err(|_| forum::Error::NotFound)?;
    visit.forum().write_aside(&visit.actor, async |tx| push::remove(tx, id).await).await?;
    Ok(see_other("/me/notices?done=saved#push"))
}

async fn choose(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let topics: Vec<_> =
        Topic::of_reader(visit.is_staff()).map(|topic| (topic, typed.has(&format!("{BOX}{}", topic.as_str())))).collect();
    visit.forum().write_aside(&visit.actor, async |tx| push::choose(tx, &topics).await).await?;
    Ok(see_other("/me/notices?done=saved#push"))
}

/// The part of the page.
pub(super) fn section(visit: &Visit, pushed: Pushed) -> Option<impl IntoView + use<>> {
    let words = visit.words;
    let Pushed { key, devices, silences } = pushed;
    let is_here = devices.iter().any(|device| device.is_this);
    let is_anywhere = !devices.is_empty();
    let turn_on = view! {
        <PushHere
            key=key?
            label=if is_here { t!(words, "push-renew") } else { t!(words, "push-here") }
            unable=t!(words, "push-unable")
            denied=t!(words, "push-denied")
            failed=t!(words, "push-failed")
        />
    };
    let rows = devices.into_iter().map(|device| row(visit, device)).collect_view();
    let sheet = Sheet::plain(visit, "push-topics", None);
    let boxes = Topic::of_reader(visit.is_staff())
        .map(|topic| (format!("{BOX}{}", topic.as_str()), words.name(names::TOPIC, topic), !silences.contains(&topic)))
        .collect();
    Some(view! {
        <section class="section narrow" id="push" aria-labelledby="push-title">
            <h2 class="h-section" id="push-title">{t!(words, "push-title")}</h2>
            <p class="ink-2">{t!(words, "push-text")}</p>
            {is_anywhere.then(|| view! { <ul class="pushed">{rows}</ul> })}
            {turn_on}
            <noscript><p class="hint">{t!(words, "push-unable")}</p></noscript>
            {is_anywhere.then(|| view! {
                <form class="stack" method="post" novalidate=true action="/me/push/topics">
                    {sheet.ticks("push", t!(words, "push-topics"), None, boxes)}
                    <div><button class="btn">{t!(words, "settings-save")}</button></div>
                </form>
            })}
        </section>
    })
}

fn row(visit: &Visit, device: Device) -> impl IntoView + use<> {
    let words = visit.words;
    let called = if device.is_program { Some(device.name) } else { browser(&device.name) };
    let called = called.unwrap_or_else(|| t!(words, "sessions-unknown"));
    let this = device.is_this.then(|| format!(" ({})", t!(words, "sessions-this")));
    let label = t!(words, "push-stop-named", name = called.as_str());
    view! {
        <li>
            {icon(visit, if device.is_program { "key" } else { "bell" })}
            <p><bdi>{called}</bdi>{this}<span class="meta">{when::moment(visit, device.created_at)}</span></p>
            <form method="post" novalidate=true action="/me/push/remove">
                <input type="hidden" name="id" value=device.id.to_string() />
                <button class="btn btn--sm" aria-label=label>{t!(words, "push-stop")}</button>
            </form>
        </li>
    }
}
