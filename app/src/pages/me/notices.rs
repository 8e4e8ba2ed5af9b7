//! What I was told, what of it I have not seen, and what of it comes by mail.

use axum::{
    Form, Router,
    extract::Query,
    routing::{get, post},
};
use forum::{
    event::Kind,
    feed::{self, Address},
    mailing::{self, Draft, Mailing, Pace, Topic},
    notice::{self, Listed},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    PAGE, page,
    push::{Pushed, section as push_section},
};
use crate::{
    i18n::names,
    pages::feeds::Paths,
    parts::{
        form::{Choice, Line, Need, Sent, Sheet, Typed},
        icon, notice as said,
        pager::pager,
        text::tag_of,
        when,
    },
    t,
    web::{PageResult, Visit, Web, local_path, see_other},
};

/// The key of the form.
const MAIL: &str = "mail";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/me/notices", get(show).post(choose)).route("/me/seen", post(see)).route("/me/feeds", post(keep))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<String>,
    show: Option<String>,
}

/// All that is new was seen.
async fn see(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    visit.forum().write_aside(&visit.actor, async |tx| notice::read(tx, None).await).await?;
    // what can't stand in a header was not written by a page of ours
    let back = typed.get("back");
    Ok(see_other(if back.is_ascii() && !back.is_empty() { local_path(back) } else { "/" }))
}

/// Makes the secret address of their feeds, or stops it.
async fn keep(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let kept = visit.forum().write_aside(&visit.actor, async |tx| match typed.get("do") {
        "stop" => feed::stop(tx).await,
        _ => feed::make(tx).await,
    });
    kept.await?;
    Ok(see_other("/me/notices?done=saved#feeds"))
}

/// How they want to hear by mail.
async fn choose(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    visit.require_account()?;
    let paces = Topic::ALL.into_iter().filter_map(|topic| Some((topic, typed.some(topic.as_str())?))).collect();
    // a box that is not ticked is not sent: the form says that it has one
    let answers_by_mail = typed.has("answering").then(|| typed.has("answers_by_mail"));
    let draft = Draft { paces, time_zone: typed.has("time_zone").then(|| typed.text("time_zone")), answers_by_mail };
    match visit.forum().write_aside(&visit.actor, async |tx| mailing::choose(tx, &draft).await).await {
        Ok(()) => Ok(see_other("/me/notices?done=saved#mail")),
        Err(error) => {
            let sent = Sent::invalid(&visit, MAIL, typed, error)?;
            render(&visit, &Asked::default(), Some(&sent)).await
        }
    }
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    render(&visit, &asked, None).await
}

async fn render(visit: &Visit, asked: &Asked, sent: Option<&Sent>) -> PageResult {
    let account = visit.require_account()?;
    let unread = asked.show.as_deref() == Some("new");
    let cursor = asked.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let view = visit.view().await?;
    let mailing = mailing::own(view.db(), &visit.actor).await?;
    let pushed = Pushed::read(visit, &view).await?;
    let mut items = notice::list(&view, unread.then_some(false), cursor, PAGE).await?;
    drop(view);
    let address = feed::own(visit.forum(), &visit.actor).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let here = if unread { "/me/notices?show=new" } else { "/me/notices" };
    let next = items.last().filter(|_| more).map(notice::cursor);
    let older = next.map(|cursor| format!("{here}{}cursor={cursor}", if unread { '&' } else { '?' }));
    let words = visit.words;
    Ok(page(visit, account, "/me/notices", sent, || {
        let list = if items.is_empty() {
            let (title, text) = if unread {
                (t!(words, "notices-none-new"), t!(words, "notices-none-new-text"))
            } else {
                (t!(words, "notices-none"), t!(words, "notices-none-text"))
            };
            view! { <div class="empty">{icon(visit, "bell")}<h3>{title}</h3><p>{text}</p></div> }.into_any()
        } else {
            let items = items.iter().map(|item| line(visit, item)).collect_view();
            let first = cursor.map(|_| here.to_owned());
            view! { <ol class="told">{items}</ol> {(first.is_some() || older.is_some()).then(|| pager(visit, first, older, String::new()))} }.into_any()
        };
        let tab = |path: &'static str, text: String, here: bool| {
            view! { <a href=path aria-current=here.then_some("page")>{text}</a> }
        };
        view! {
            <section class="section" aria-labelledby="notices-title">
                <div class="section__head">
                    <h2 class="h-section" id="notices-title">{t!(words, "me-notices")}</h2>
                    {(visit.unread > 0).then(|| seen_button(visit))}
                </div>
                <nav class="tabs" aria-label=t!(words, "notices-which")>
                    {tab("/me/notices", t!(words, "notices-all"), !unread)}
                    {tab("/me/notices?show=new", t!(words, "notices-new", n = visit.unread, shown = said::counted(visit.unread)), unread)}
                </nav>
                {list}
            </section>
            {mail_form(visit, &mailing, sent)}
            {push_section(visit, pushed)}
            {feeds(visit, address)}
        }
    }))
}

/// The form in which one says what comes by mail, and when.
fn mail_form(visit: &Visit, mailing: &Mailing, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = Sheet::plain(visit, MAIL, sent);
    let topics = Topic::of_reader(visit.is_staff())
        .map(|topic| {
            sheet.choice(Choice {
                name: topic.as_str(),
                label: words.name(names::TOPIC, topic),
                hint: Some(words.name(names::TOPIC_MEANS, topic)),
                options: Pace::ALL.map(|pace| (pace.as_str().to_owned(), words.name(names::PACE, pace))).into(),
                value: mailing.pace(topic).as_str(),
                need: Need::Always,
            })
        })
        .collect_view();
    let answers = visit.forum().takes_mail().then(|| {
        view! {
            <div>
                <input type="hidden" name="answering" value="1" />
                {sheet.tick("answers_by_mail", t!(words, "notices-answers"), mailing.answers_by_mail)}
                <p class="hint">{t!(words, "notices-answers-hint")}</p>
            </div>
        }
    });
    let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| view! { <option value=zone.name()></option> }).collect_view();
    view! {
        <section class="section narrow" id="mail" aria-labelledby="mail-title">
            <h2 class="h-section" id="mail-title">{t!(words, "notices-mail")}</h2>
            <p class="ink-2">{t!(words, "notices-mail-text")}</p>
            {sheet.summary()}
            <form class="stack" method="post" novalidate=true action="/me/notices#mail">
                {topics}
                {sheet.line(Line {
                    name: "time_zone",
                    label: t!(words, "notices-time-zone"),
                    hint: Some(t!(words, "notices-time-zone-hint", zone = visit.site.time_zone.name())),
                    value: mailing.zone().unwrap_or_default(),
                    max: Some(60),
                    list: Some("time-zones"),
                    ..Line::default()
                })}
                <datalist id="time-zones">{zones}</datalist>
                {answers}
                <div><button class="btn btn--primary">{t!(words, "settings-save")}</button></div>
            </form>
        </section>
    }
}

/// Where programs read what is theirs.
fn feeds(visit: &Visit, address: Option<Address>) -> impl IntoView + use<> {
    let words = visit.words;
    let button = |what: &'static str, class: &'static str, text: String| {
        view! {
            <form method="post" novalidate=true action="/me/feeds">
                <input type="hidden" name="do" value=what />
                <button class=class>{text}</button>
            </form>
        }
    };
    let body = if let Some(address) = address {
        let paths = Paths::of(&address.secret, visit.is_staff());
        let feed = |path: String, title: String| {
            let whole = visit.absolute(&path);
            view! { <li><a class="feed" href=path>{icon(visit, "feed")}<span>{title}</span></a><p class="sm"><code>{whole}</code></p></li> }
        };
        let until = words.date(visit.local(address.ends_at).date_naive());
        view! {
            <ul class="feeds">
                {feed(paths.notices, t!(words, "me-notices"))}
                {feed(paths.due, t!(words, "feeds-due"))}
                {paths.team.map(|path| feed(path, t!(words, "feeds-team")))}
            </ul>
            <p class="sm ink-2">{t!(words, "feeds-mine-secret", date = until)}</p>
            <div class="cluster">
                {button("make", "btn btn--sm", t!(words, "feeds-mine-anew"))}
                {button("stop", "btn btn--sm btn--danger", t!(words, "feeds-mine-stop"))}
            </div>
        }
        .into_any()
    } else {
        button("make", "btn", t!(words, "feeds-mine-make")).into_any()
    };
    view! {
        <section class="section narrow" id="feeds" aria-labelledby="feeds-title">
            <h2 class="h-section" id="feeds-title">{t!(words, "feeds-own")}</h2>
            <p class="ink-2">{t!(words, "feeds-mine-text")}</p>
            {body}
        </section>
    }
}

fn seen_button(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <form method="post" novalidate=true action="/me/seen">
            <input type="hidden" name="back" value="/me/notices" />
            <button class="btn btn--sm">{icon(visit, "tick")}{t!(visit.words, "notices-see-all")}</button>
        </form>
    }
}

fn line(visit: &Visit, item: &Listed) -> impl IntoView + use<> {
    let words = visit.words;
    let notice = &item.notice;
    let (headline, path) = (said::headline(words, notice, &visit.site.name), said::path(notice));
    let excerpt = said::excerpt(notice).map(|text| {
        let lang = tag_of(visit, &text);
        view! { <p class="told__q" dir="auto" lang=lang>{text}</p> }
    });
    let new = (!item.read).then(|| view! { <span class="sr">{t!(words, "notices-new-one")}" "</span> });
    let why = said::why(words, notice);
    view! {
        <li class=if item.read { "" } else { "is-new" }>
            {icon(visit, glyph(&notice.event.kind))}
            <div>
                <p>{new}<a href=path>{headline}</a></p>
                {excerpt}
                <p class="meta">{why}</p>
            </div>
            {when::moment(visit, notice.event.at)}
        </li>
    }
}

/// The picture of a kind of news.
fn glyph(kind: &Kind) -> &'static str {
    match kind {
        Kind::PostSubmitted => "feed",
        Kind::CommentPosted { .. } => "comment",
        Kind::AnswerPublished { .. } => "answered",
        Kind::CustomersAsked { .. } => "s-question",
        Kind::HappenedAgain { .. } => "again",
        Kind::PromiseBroken { .. } => "broken",
        Kind::PromiseMade { .. } | Kind::PromiseChanged { .. } | Kind::PromiseWithdrawn { .. } => "hand",
        Kind::PromiseKept { .. } | Kind::PromisePaid { .. } | Kind::ChangelogPublished { .. } | Kind::ChangelogCorrected { .. } => {
            "tick"
        }
        Kind::ClockMissed { .. } => "overdue",
        Kind::ClockExtended { .. } => "late",
        Kind::ClocksStopped { .. } => "pause",
        Kind::LevelChanged { .. } | Kind::RequestMade { .. } | Kind::RequestPassedUp { .. } => "escalate",
        Kind::Moderated { .. } | Kind::Appealed { .. } | Kind::AppealDecided { .. } | Kind::Released { .. } => "seal",
        Kind::PostMerged { .. } | Kind::PostUnmerged { .. } | Kind::ProposalDecided { .. } => "merge",
        _ => "bell",
    }
}
