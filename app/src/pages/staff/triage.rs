//! The work queue on the left, one post on the right: read, take, assign, answer. On a phone first the one, then the other.

use axum::{
    Form, Router,
    extract::{Path, Query},
    routing::{get, post as on_post},
};
use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Error,
    actor::Role,
    answer::{self, Answer, Draft, REFUSAL_MIN, ReasonClass, WHAT_MAX, WHO_MAX},
    clock,
    error::Problem,
    id::{PersonId, PostId},
    owner,
    person::{self, Account},
    post::{self, Post, PostRow, Whose},
    status::{self, Stage, Status},
};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    parts::{
        Head, Place,
        clock_chip::{clock_chip, most_pressing},
        form::{Errors, Field, select_field, text_field},
        icon,
        kind::kind_label,
        pill::{pill, status_name},
        post_row::{meta, path_of},
        respond,
        text::{TextArea, markdown},
        update::updates,
        when,
        who::{owner_chip, person_link},
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

/// Posts of the queue on one page.
const PAGE: u64 = 50;

/// Characters of a post that are shown at once; the rest opens on demand.
const SHORT: usize = 1_500;

/// `/triage`, `/triage/{id}` and its forms.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage", get(list))
        .route("/triage/{id}", get(show))
        .route("/triage/{id}/answer", on_post(publish))
        .route("/triage/{id}/owner", on_post(assign))
}

/// Which part of the queue is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    whose: String,
    after: Option<String>,
}

impl Asked {
    fn whose(&self, me: PersonId) -> Whose {
        match self.whose.as_str() {
            "mine" => Whose::Of(me),
            "nobody" => Whose::Nobody,
            _ => Whose::All,
        }
    }

    /// The address of a page of the triage that keeps to this part of the queue.
    fn link(&self, path: &str, done: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if matches!(self.whose.as_str(), "mine" | "nobody") {
            query.append_pair("whose", &self.whose);
        }
        if let Some(after) = &self.after {
            query.append_pair("after", after);
        }
        if let Some(done) = done {
            query.append_pair("done", done);
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// The queue as the left pane shows it.
struct Queue {
    rows: Vec<(PostRow, DateTime<Utc>)>,
    next: Option<String>,
    all: i64,
    mine: i64,
    nobody: i64,
}

impl Queue {
    async fn load(visit: &Visit, me: PersonId, asked: &Asked) -> Result<Self, Error> {
        let (db, actor) = (visit.forum().read(), &visit.actor);
        let (rows, next, _) = post::queue(db, actor, asked.whose(me), asked.after.as_deref(), PAGE, visit.now).await?;
        Ok(Self {
            rows,
            next,
            all: post::count_queue(db, actor, Whose::All).await?,
            mine: post::count_queue(db, actor, Whose::Of(me)).await?,
            nobody: post::count_queue(db, actor, Whose::Nobody).await?,
        })
    }

    /// The post to go on with: the one below this, or the first when this has left the queue or is the last.
    fn after(&self, id: PostId) -> Option<&PostRow> {
        let here = self.rows.iter().position(|(row, _)| row.id == id);
        let below = here.and_then(|place| self.rows.get(place + 1));
        below.or_else(|| self.rows.first()).map(|(row, _)| row).filter(|row| row.id != id)
    }
}

/// What the right pane shows.
struct Item {
    post: Post,
    answers: Vec<Answer>,
    statuses: Vec<Status>,
    staff: Vec<Account>,
}

impl Item {
    async fn load(visit: &Visit, me: &Account, id: PostId) -> Result<Self, Error> {
        let (db, actor) = (visit.forum().read(), &visit.actor);
        let mut statuses = status::list(db).await?;
        // what this role may not set is not offered
        statuses.retain(|s| s.stage.is_for_staff() && (me.role > Role::Agent || s.stage != Stage::Archived));
        Ok(Self {
            post: post::by_id(db, actor, id, visit.now).await?,
            answers: answer::list(db, actor, id).await?,
            statuses,
            staff: person::staff(db).await?,
        })
    }
}

/// The answer form, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    status: String,
    what: String,
    who: String,
    next_update_on: String,
    reason_class: String,
    reexamine_on: String,
    #[serde(rename = "final")]
    is_final: String,
}

impl Typed {
    /// The form before anything was typed: who answers is most often who sits here.
    fn fresh(me: &Account, post: &PostRow, statuses: &[Status]) -> Self {
        let who = match &me.title {
            Some(title) => format!("{}, {title}", me.name),
            None => me.name.clone(),
        };
        let status = statuses.iter().find(|s| s.id == post.status.id).map(|s| s.slug.clone()).unwrap_or_default();
        Self { status, who, ..Self::default() }
    }

    fn draft(&self, visit: &Visit) -> Draft {
        Draft {
            status: self.status.clone(),
            what: self.what.clone(),
            who: Some(self.who.clone()),
            next_update_on: Some(self.next_update_on.clone()),
            reason_class: Some(self.reason_class.clone()),
            reexamine_on: Some(self.reexamine_on.clone()),
            is_final: !self.is_final.is_empty(),
            language: Some(visit.language()),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewOwner {
    person: String,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let me = visit.require_staff()?;
    let queue = Queue::load(&visit, me.id, &asked).await?;
    let head = Head { staff: true, ..Head::titled(t!(visit.words, "triage-title")).at(Place::Triage) };
    Ok(respond(&visit, head, || {
        view! {
            <h1 class="sr">{t!(visit.words, "triage-title")}</h1>
            <div class="triage">
                {queue_pane(&visit, &asked, &queue, None)}
                <section class="detail">
                    <div class="detail__scroll">
                        <div class="empty">
                            {icon(&visit, "inbox")}
                            <h2 class="h-block">{t!(visit.words, "triage-choose")}</h2>
                            <p>{t!(visit.words, "triage-order-text")}</p>
                        </div>
                    </div>
                </section>
            </div>
        }
    }))
}

async fn show(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let me = visit.require_staff()?;
    let item = Item::load(&visit, me, number(&id)?).await?;
    let typed = Typed::fresh(me, &item.post.row, &item.statuses);
    panes(&visit, me, &asked, item, &typed, &Errors::default(), &Errors::default()).await
}

async fn publish(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>, Form(typed): Form<Typed>) -> PageResult {
    let me = visit.require_staff()?;
    let id = number(&id)?;
    let draft = typed.draft(&visit);
    match visit.forum().write(&visit.actor, async |tx| answer::publish(tx, id, &draft).await).await {
        Ok(_) => Ok(see_other(&asked.link(&format!("/triage/{id}"), Some("answered")))),
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            let item = Item::load(&visit, me, id).await?;
            panes(&visit, me, &asked, item, &typed, &errors, &Errors::default()).await
        }
    }
}

async fn assign(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>, Form(chosen): Form<NewOwner>) -> PageResult {
    let me = visit.require_staff()?;
    let id = number(&id)?;
    let given = match Uuid::parse_str(chosen.person.trim()) {
        Ok(person) => {
            visit.forum().write(&visit.actor, async |tx| owner::set(tx, id, PersonId(person)).await).await.map(|()| person)
        }
        Err(_) if chosen.person.trim().is_empty() => Err(Error::invalid("person", Problem::Required)),
        Err(_) => Err(Error::invalid("person", Problem::UnknownChoice)),
    };
    match given {
        Ok(person) => {
            let done = if PersonId(person) == me.id { "taken" } else { "assigned" };
            Ok(see_other(&asked.link(&format!("/triage/{id}"), Some(done))))
        }
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            let item = Item::load(&visit, me, id).await?;
            let typed = Typed::fresh(me, &item.post.row, &item.statuses);
            panes(&visit, me, &asked, item, &typed, &Errors::default(), &errors).await
        }
    }
}

/// The number of a post in an address; what is none leads nowhere.
fn number(text: &str) -> Result<PostId, Error> {
    text.parse().map(PostId).map_err(|_| Error::NotFound)
}

async fn panes(
    visit: &Visit,
    me: &Account,
    asked: &Asked,
    item: Item,
    typed: &Typed,
    errors: &Errors,
    owner_errors: &Errors,
) -> PageResult {
    let queue = Queue::load(visit, me.id, asked).await?;
    let any = if errors.is_empty() { owner_errors } else { errors };
    let title = t!(visit.words, "triage-item-title", number = item.post.row.id.0, title = item.post.row.title.as_str());
    let head = Head { staff: true, ..Head::titled(title).at(Place::Triage).with_errors(any) };
    Ok(respond(visit, head, || {
        view! {
            <h1 class="sr">{t!(visit.words, "triage-title")}</h1>
            <div class="triage triage--item">
                {queue_pane(visit, asked, &queue, Some(item.post.row.id))}
                {item_pane(visit, me, asked, &queue, &item, typed, errors, owner_errors)}
            </div>
        }
    }))
}

fn queue_pane(visit: &Visit, asked: &Asked, queue: &Queue, here: Option<PostId>) -> impl IntoView + use<> {
    let words = visit.words;
    let chip = |whose: &str, key: &str, count: i64| {
        let part = Asked { whose: whose.to_owned(), after: None };
        let current =
            (asked.whose == whose || (whose.is_empty() && !matches!(asked.whose.as_str(), "mine" | "nobody"))).then_some("true");
        view! { <a class="chip" href=part.link("/triage", None) aria-current=current>{words.t(key)}<b>{words.number(count)}</b></a> }
    };
    let rows = queue
        .rows
        .iter()
        .map(|(row, since)| {
            let owner = row.owner.as_ref().map_or_else(
                || view! { <span class="who who--none">{t!(words, "triage-no-owner")}</span> }.into_any(),
                |owner| view! { <span>{owner.name.clone()}</span> }.into_any(),
            );
            view! {
                <li class="q" aria-current=(here == Some(row.id)).then_some("true")>
                    <a class="q__t" href=asked.link(&format!("/triage/{}", row.id), None) lang=row.language.clone()>{row.title.clone()}</a>
                    <span class="q__w">{waits(visit, *since)}</span>
                    <span class="q__m">
                        {most_pressing(&row.clocks).map(|clock| clock_chip(visit, clock))}
                        {kind_label(visit, row.kind)}
                        <span>{row.board.name.clone()}</span>
                        {owner}
                    </span>
                </li>
            }
        })
        .collect_view();
    let list = if queue.rows.is_empty() {
        view! { <div class="empty">{icon(visit, "answered")}<p>{t!(words, "triage-empty")}</p></div> }.into_any()
    } else {
        view! { <ol class="queue" tabindex="0" aria-label=t!(words, "triage-queue")>{rows}</ol> }.into_any()
    };
    let first = asked.after.is_some().then(|| {
        let part = Asked { after: None, ..asked.clone() };
        view! { <a class="btn btn--sm" href=part.link("/triage", None)>{icon(visit, "chevl")}{t!(words, "triage-first")}</a> }
    });
    let more = queue.next.clone().map(|next| {
        let part = Asked { after: Some(next), ..asked.clone() };
        view! { <a class="btn btn--sm" href=part.link("/triage", None)>{t!(words, "triage-more")}{icon(visit, "chevr")}</a> }
    });
    let around = (first.is_some() || more.is_some())
        .then(|| view! { <nav class="triage__more cluster" aria-label=t!(words, "triage-pages")>{first}{more}</nav> });
    view! {
        <section class="triage__list" aria-labelledby="queue">
            <div class="triage__top">
                <h2 class="h-block" id="queue">
                    <span>{t!(words, "triage-queue")}" "<span class="muted num">{words.number(queue.all)}</span></span>
                    <a class="xs" href="/how-we-sort#queue">{t!(words, "triage-order")}</a>
                </h2>
                <nav class="chips" aria-label=t!(words, "triage-filter")>
                    {chip("", "triage-all", queue.all)}
                    {chip("mine", "triage-mine", queue.mine)}
                    {chip("nobody", "triage-nobody", queue.nobody)}
                </nav>
            </div>
            {list}
            {around}
        </section>
    }
}

/// Since when a post waits: hours on the first day, then days.
fn waits(visit: &Visit, since: DateTime<Utc>) -> impl IntoView + use<> {
    let waited = visit.now - since;
    let text = if waited.num_hours() < 24 {
        t!(visit.words, "triage-hours", n = waited.num_hours().max(0))
    } else {
        t!(visit.words, "triage-days", n = waited.num_days())
    };
    let exact = visit.words.date_time(visit.local(since));
    view! {
        <span class="sr">{t!(visit.words, "triage-waiting")}" "</span>
        <time datetime=since.to_rfc3339() title=exact>{text}</time>
    }
}

#[expect(clippy::too_many_arguments, reason = "two forms, each with what was typed and what is wrong with it")]
fn item_pane(
    visit: &Visit,
    me: &Account,
    asked: &Asked,
    queue: &Queue,
    item: &Item,
    typed: &Typed,
    errors: &Errors,
    owner_errors: &Errors,
) -> impl IntoView + use<> {
    let words = visit.words;
    let post = &item.post;
    let row = &post.row;
    let id = row.id;
    let is_mine = row.owner.as_ref().is_some_and(|owner| owner.id == me.id);
    let take = (!is_mine).then(|| {
        view! {
            <form method="post" action=asked.link(&format!("/triage/{id}/owner"), None)>
                <input type="hidden" name="person" value=me.id.to_string() />
                <button class="btn btn--primary">{icon(visit, "hand")}{t!(words, "triage-take")}</button>
            </form>
        }
    });
    let next = queue.after(id).map(|next| {
        let href = asked.link(&format!("/triage/{}", next.id), None);
        view! { <a class="btn" href=href>{t!(words, "triage-next")}{icon(visit, "chevr")}</a> }
    });
    let clocks = row.clocks.iter().map(|clock| clock_chip(visit, clock)).collect_view();
    let votes = if row.kind.can_be_opposed() {
        t!(words, "triage-votes", support = words.number(row.support_count), oppose = words.number(row.oppose_count))
    } else {
        t!(words, "triage-votes-complaint", n = row.support_count, shown = words.number(row.support_count))
    };
    let place = words.ta("triage-item", &[("number", id.0.into())]);
    view! {
        <section class="detail" id="item">
            <div class="detail__scroll" tabindex="0" role="region" aria-label=place>
                <a class="btn btn--sm only-narrow start" href=asked.link("/triage", None)>{icon(visit, "left")}{t!(words, "triage-queue")}</a>
                <header class="stack gap-2">
                    {meta(visit, row)}
                    <h2 class="h-section" lang=row.language.clone()>{row.title.clone()}</h2>
                    <p class="cluster gap-3">{pill(visit, &row.status)}{most_pressing(&row.clocks).map(|clock| clock_chip(visit, clock))}</p>
                </header>
                <div class="actions" role="group" aria-label=t!(words, "triage-actions")>
                    {take}
                    <a class="btn" href=path_of(post)>{icon(visit, "eye")}{t!(words, "triage-open")}</a>
                    {next}
                </div>
                {body(visit, post)}
                <dl class="facts">
                    <div><dt>{t!(words, "triage-author")}</dt><dd>{person_link(&row.author)}</dd></div>
                    <div><dt>{t!(words, "triage-since")}</dt><dd>{when::moment(visit, row.created_at)}</dd></div>
                    <div><dt>{t!(words, "triage-owner")}</dt><dd>{owner_chip(visit, row.owner.as_ref())}</dd></div>
                    <div><dt>{t!(words, "triage-voices")}</dt><dd>{votes}</dd></div>
                    <div><dt>{t!(words, "triage-clocks")}</dt><dd class="cluster gap-2">
                        {if row.clocks.is_empty() { t!(words, "triage-no-clocks").into_any() } else { clocks.into_any() }}
                    </dd></div>
                </dl>
                <div class="acts">
                    <details class="act" open=true>
                        <summary>{icon(visit, "s-progress")}{t!(words, "triage-answer")}<span class="hint only-wide">{t!(words, "triage-answer-hint")}</span></summary>
                        {answer_form(visit, asked, item, typed, errors)}
                    </details>
                    <details class="act" open=!owner_errors.is_empty()>
                        <summary>{icon(visit, "hand")}{t!(words, "triage-assign")}<span class="hint only-wide">{t!(words, "triage-assign-hint")}</span></summary>
                        {owner_form(visit, asked, item, owner_errors)}
                    </details>
                </div>
                <section class="section">
                    <h3 class="h-block">{t!(words, "triage-history")}</h3>
                    {updates(visit, post, &item.answers)}
                </section>
            </div>
        </section>
    }
}

/// The text of the post: whole when it is short, else its start and the rest on demand.
fn body(visit: &Visit, post: &Post) -> AnyView {
    let whole = markdown(&post.body_html, &post.row.language);
    if post.body.chars().count() <= SHORT {
        return whole.into_any();
    }
    view! {
        <p lang=post.row.language.clone()>{post.row.excerpt.clone()}</p>
        <details class="act">
            <summary>{t!(visit.words, "triage-whole")}</summary>
            <div class="act__in">{whole}</div>
        </details>
    }
    .into_any()
}

fn answer_form(visit: &Visit, asked: &Asked, item: &Item, typed: &Typed, errors: &Errors) -> impl IntoView + use<> {
    let words = visit.words;
    let kind = item.post.row.kind;
    let calendar = visit.site.calendar();
    let today = visit.today();
    let first = calendar.nth_working_day_after(today, 1);
    let latest = clock::latest_next_update(&visit.site, kind, visit.now);
    let mut statuses = vec![(String::new(), t!(words, "triage-status-choose"))];
    statuses.extend(item.statuses.iter().map(|s| (s.slug.clone(), status_name(visit, s))));
    let least = i64::try_from(REFUSAL_MIN).unwrap_or(i64::MAX);
    let is_final = !typed.is_final.is_empty();
    view! {
        <form class="act__in" method="post" action=asked.link(&format!("/triage/{}/answer", item.post.row.id), None)>
            {errors.summary(visit)}
            {select_field(visit, "status", t!(words, "triage-status"), statuses, &typed.status, true, errors)}
            {text_field(
                visit,
                t!(words, "triage-what"),
                Some(t!(words, "triage-what-hint")),
                TextArea { id: "what", value: &typed.what, rows: 5, max: Some(WHAT_MAX), required: true, ..TextArea::default() },
                errors,
            )}
            <fieldset class="stack gap-3">
                <legend class="label">{t!(words, "triage-group-open")}</legend>
                <p class="hint">{t!(words, "triage-group-open-hint")}</p>
                <div class="grid-3">
                    {Field {
                        name: "who",
                        label: t!(words, "triage-who"),
                        hint: Some(t!(words, "triage-who-hint")),
                        value: &typed.who,
                        max: Some(WHO_MAX),
                        required: true,
                        autocomplete: Some("off"),
                        ..Field::default()
                    }.view(visit, errors)}
                    {date_field(
                        visit,
                        "next_update_on",
                        t!(words, "triage-next-update"),
                        t!(words, "triage-next-update-hint", latest = words.date(latest)),
                        &typed.next_update_on,
                        (first, Some(latest)),
                        errors,
                    )}
                </div>
            </fieldset>
            <fieldset class="stack gap-3">
                <legend class="label">{t!(words, "triage-group-declined")}</legend>
                <p class="hint">{t!(words, "triage-group-declined-hint", min = least)}</p>
                <div class="grid-3">
                    {reason_field(visit, &typed.reason_class, errors)}
                    {date_field(
                        visit,
                        "reexamine_on",
                        t!(words, "triage-reexamine"),
                        t!(words, "triage-reexamine-hint"),
                        &typed.reexamine_on,
                        (today.succ_opt().unwrap_or(today), None),
                        errors,
                    )}
                </div>
                <label class="check"><input type="checkbox" name="final" value="on" checked=is_final /><span>{t!(words, "triage-final")}</span></label>
            </fieldset>
            <div class="between">
                <p class="meta">{t!(words, "triage-publish-hint")}</p>
                <button class="btn btn--primary">{t!(words, "triage-publish")}</button>
            </div>
        </form>
    }
}

fn owner_form(visit: &Visit, asked: &Asked, item: &Item, errors: &Errors) -> impl IntoView + use<> {
    let words = visit.words;
    let owner = item.post.row.owner.as_ref().map(|owner| owner.id.to_string()).unwrap_or_default();
    let mut people = vec![(String::new(), t!(words, "triage-owner-choose"))];
    people.extend(item.staff.iter().map(|person| {
        let what = person.title.clone().unwrap_or_else(|| words.t(&format!("role-{}", person.role.as_str())));
        (person.id.to_string(), format!("{}, {what}", person.name))
    }));
    view! {
        <form class="act__in" method="post" action=asked.link(&format!("/triage/{}/owner", item.post.row.id), None)>
            {errors.summary(visit)}
            {select_field(visit, "person", t!(words, "triage-owner"), people, &owner, true, errors)}
            <button class="btn">{t!(words, "triage-assign-go")}</button>
        </form>
    }
}

/// Why not: needed for a refusal only, which the words of its group say.
fn reason_field(visit: &Visit, chosen: &str, errors: &Errors) -> impl IntoView + use<> {
    let words = visit.words;
    let error = errors.get("reason_class").map(str::to_owned);
    let described_by = if error.is_some() { "reason_class-hint reason_class-error" } else { "reason_class-hint" };
    let options = ReasonClass::ALL
        .into_iter()
        .map(|class| {
            let name = words.t(&format!("reason-{}", class.as_str()));
            view! { <option value=class.as_str() selected=class.as_str() == chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="reason_class">{t!(words, "triage-reason")}</label>
            <p class="hint" id="reason_class-hint">{t!(words, "triage-reason-hint")}</p>
            <select
                class="select"
                id="reason_class"
                name="reason_class"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described_by
            >
                <option value="">{t!(words, "triage-reason-none")}</option>
                {options}
            </select>
            {error.map(|text| view! { <p class="field__err" id="reason_class-error">{icon(visit, "overdue")}{text}</p> })}
        </div>
    }
}

/// A day to be chosen, between a first and, where there is one, a last day.
fn date_field(
    visit: &Visit,
    name: &'static str,
    label: String,
    hint: String,
    value: &str,
    (first, last): (NaiveDate, Option<NaiveDate>),
    errors: &Errors,
) -> impl IntoView + use<> {
    let error = errors.get(name).map(str::to_owned);
    let described_by = if error.is_some() { format!("{name}-hint {name}-error") } else { format!("{name}-hint") };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <input
                class="input"
                id=name
                name=name
                type="date"
                value=value.to_owned()
                min=first.to_string()
                max=last.map(|day| day.to_string())
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described_by
            />
            {error.map(|text| view! { <p class="field__err" id=format!("{name}-error")>{icon(visit, "overdue")}{text}</p> })}
        </div>
    }
}
