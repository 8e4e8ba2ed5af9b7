//! The work queue on the left, one post on the right: read it, and do what has to be done. On a phone first the one, then the other.

mod about;
mod answering;
mod away;
mod clocks;
mod item;
mod merge;
mod owners;
mod promises;
mod proposals;
mod queue;
mod requests;
mod talk;

pub(in crate::pages) use self::away::note_absence;

use axum::{
    Form, RequestExt as _, Router,
    extract::{FromRequest, FromRequestParts as _, Path, Query, RawPathParams, Request},
    response::{IntoResponse as _, Response},
    routing::get,
};
use forum::{
    Error, Forum, Tx,
    actor::Role,
    answer::Outcome,
    clock,
    id::{PersonId, PostId},
    person::Account,
    post::{Part, Whose},
    repeat,
};
use leptos::prelude::*;
use serde::Deserialize;

use self::{
    item::{Item, item_pane},
    queue::{Queue, queue_pane},
};
use crate::{
    done,
    i18n::names,
    islands::shortcuts::Shortcuts,
    key,
    parts::{
        Head, Place,
        form::{Gathered, Sent, Sheet, Typed, Uploads, gather},
        icon,
        promise::euros,
        respond,
    },
    t,
    web::{Failure, PageResult, Visit, Web, see_other},
};

/// `/triage`, `/triage/{id}` and its forms.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/triage", get(list))
        .route("/triage/{id}", get(show))
        .merge(about::routes())
        .merge(answering::routes())
        .merge(away::routes())
        .merge(clocks::routes())
        .merge(merge::routes())
        .merge(owners::routes())
        .merge(promises::routes())
        .merge(proposals::routes())
        .merge(requests::routes())
        .merge(talk::routes())
}

/// Which part of the queue is looked at, and from where on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(alias = "whose")]
    part: String,
    after: Option<String>,
}

impl Asked {
    /// The parts of the queue in the order in which they are offered: their name in addresses, and the message of their title.
    const PARTS: [(&str, &str); 9] = [
        ("", key!("triage-all")),
        ("overdue", key!("triage-overdue")),
        ("today", key!("triage-today")),
        ("nobody", key!("triage-nobody")),
        ("mine", key!("triage-mine")),
        ("raised", key!("triage-raised")),
        ("rebuttals", key!("triage-rebuttals")),
        ("requests", key!("triage-requests")),
        ("offered", key!("triage-offered")),
    ];

    /// The name of the part, which is all of the queue when there is none of that name.
    fn name(&self) -> &'static str {
        Self::PARTS.into_iter().map(|(name, _)| name).find(|name| *name == self.part).unwrap_or_default()
    }

    fn part(&self, visit: &Visit, me: PersonId) -> Part {
        match self.name() {
            "overdue" => Part::Overdue,
            "today" => Part::DueUntil(clock::end_of_day(visit.site.time_zone, visit.today())),
            "nobody" => Part::Whose(Whose::Nobody),
            "mine" => Part::Whose(Whose::Of(me)),
            "raised" => Part::Raised,
            "rebuttals" => Part::Rebuttals,
            "requests" => Part::Requests,
            "offered" => Part::OfferedTo(me),
            _ => Part::Whose(Whose::All),
        }
    }

    /// The address of a page of the triage that keeps to this part of the queue.
    fn link(&self, path: &str, done: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.name().is_empty() {
            query.append_pair("part", self.name());
        }
        if let Some(after) = &self.after {
            query.append_pair("after", after);
        }
        if let Some(done) = done {
            query.append_pair("done", done);
        }
        let query = query.finish();
        // a browser would go on to where the form stands, below what says that it is done
        let place = if done.is_some() { "#main" } else { "" };
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}{place}") }
    }
}

/// A form on a post, sent by a member of the staff.
struct Act {
    visit: Visit,
    asked: Asked,
    post: PostId,
    /// The number of what the form is about, where that is not the post itself.
    what: i64,
    typed: Typed,
    uploads: Uploads,
}

impl FromRequest<Web> for Act {
    type Rejection = Response;

    async fn from_request(mut request: Request, web: &Web) -> Result<Self, Response> {
        let failed = |error: Error| Failure::from(error).into_response();
        let Ok(visit) = request.extract_parts_with_state::<Visit, Web>(web).await;
        // who may not be here hears nothing of what is wrong with the form
        visit.require_staff().map_err(failed)?;
        let (mut parts, body) = request.into_parts();
        let asked = Query::<Asked>::from_request_parts(&mut parts, web).await.map(|Query(asked)| asked).unwrap_or_default();
        let params = RawPathParams::from_request_parts(&mut parts, web).await.map_err(|_| failed(Error::NotFound))?;
        let param = |wanted: &str| params.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let post = number(param("id").unwrap_or_default()).map_err(failed)?;
        let what = param("what").map_or(Ok(0), |text| text.parse().map_err(|_| Error::NotFound)).map_err(failed)?;
        let Ok(uploads) = Uploads::from_request_parts(&mut parts, web).await;
        let form = Form::<Typed>::from_request(Request::from_parts(parts, body), web).await;
        let Form(typed) = form.map_err(axum::response::IntoResponse::into_response)?;
        Ok(Self { visit, asked, post, what, typed, uploads })
    }
}

impl Act {
    /// What tells the form from any other.
    fn digest(&self) -> String {
        self.typed.digest(self.visit.path.split('?').next().unwrap_or_default())
    }

    /// Takes the files of the form. Answers the page when it comes back for their sake.
    async fn gather(&mut self, key: &str) -> Result<Option<PageResult>, Error> {
        let (typed, uploads) = (std::mem::take(&mut self.typed), std::mem::take(&mut self.uploads));
        let Gathered { typed, error, is_for_files } = gather(&self.visit, typed, uploads).await?;
        self.typed = typed;
        let sent = match error {
            Some(error) => Sent::refused(&self.visit, key, self.typed.clone(), error)?,
            None if is_for_files => Sent::unread(key, self.typed.clone()),
            None => return Ok(None),
        };
        let sent = sent.with_files(&self.visit).await?;
        Ok(Some(item_page(&self.visit, &self.asked, self.post, Some(&sent)).await))
    }

    /// Does what may be beyond a mandate, once. Answers on which level it waits, if it does.
    async fn once<T>(
        &self,
        forum: &Forum,
        act: impl AsyncFnOnce(&mut Tx) -> Result<Outcome<T>, Error>,
    ) -> Result<Option<i32>, Error> {
        self.once_as(&self.digest(), forum, act).await
    }

    /// The same for a form that was told from others before its files were taken.
    async fn once_as<T>(
        &self,
        form: &str,
        forum: &Forum,
        act: impl AsyncFnOnce(&mut Tx) -> Result<Outcome<T>, Error>,
    ) -> Result<Option<i32>, Error> {
        let act = async |tx: &mut Tx| {
            Ok(match act(tx).await? {
                Outcome::Done(_) => 0,
                Outcome::Requested(request) => i64::from(request.level),
            })
        };
        let level = forum.write(&self.visit.actor, async |tx| repeat::once(tx, form, act).await).await?;
        Ok(i32::try_from(level).ok().filter(|level| *level > 0))
    }

    /// Goes back to the post when it is done, or on to the next of the queue for who wants that; else shows the form again as it was typed.
    async fn finish(self, key: impl Into<String>, done: Result<&str, Error>) -> PageResult {
        let mut path = format!("/triage/{}", self.post);
        if done.is_ok() && self.typed.get("then") == "next" {
            let queue = Queue::load(&self.visit, self.visit.require_staff()?, &self.asked).await?;
            path = queue.after(self.post).map_or_else(|| "/triage".to_owned(), |next| format!("/triage/{}", next.id));
        }
        match done {
            Ok(done) => Ok(see_other(&self.asked.link(&path, Some(done)))),
            Err(error) => {
                let refused = Sent::refused(&self.visit, key, self.typed, error)?.with_files(&self.visit).await?;
                item_page(&self.visit, &self.asked, self.post, Some(&refused)).await
            }
        }
    }
}

/// The number of a post in an address; what is none leads nowhere.
fn number(text: &str) -> Result<PostId, Error> {
    text.parse().map(PostId).map_err(|_| Error::NotFound)
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    queue_page(&visit, &asked, None).await
}

async fn show(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    visit.require_staff()?;
    item_page(&visit, &asked, number(&id)?, None).await
}

/// The page of the queue alone.
async fn queue_page(visit: &Visit, asked: &Asked, refused: Option<&Sent>) -> PageResult {
    let me = visit.require_staff()?;
    let queue = Queue::load(visit, me, asked).await?;
    let head = Head::titled(t!(visit.words, "triage-title")).at(Place::Triage).with_form(refused);
    let head = Head { staff: true, ..head };
    Ok(respond(visit, head, || {
        view! {
            <h1 class="sr">{t!(visit.words, "triage-title")}</h1>
            <div class="triage">
                {queue_pane(visit, asked, &queue, None, refused)}
                <section class="detail">
                    <div class="detail__scroll">
                        <div class="empty">
                            {icon(visit, "inbox")}
                            <h2 class="h-block">{t!(visit.words, "triage-choose")}</h2>
                            <p>{t!(visit.words, "triage-order-text")}</p>
                        </div>
                    </div>
                </section>
            </div>
        }
    }))
}

/// The page of a post beside the queue.
async fn item_page(visit: &Visit, asked: &Asked, post: PostId, refused: Option<&Sent>) -> PageResult {
    let me = visit.require_staff()?;
    let item = Item::load(visit, post).await?;
    let queue = Queue::load(visit, me, asked).await?;
    let row = &item.post.row;
    let title = t!(visit.words, "triage-item-title", number = row.id.0, title = row.title.as_str());
    let head = Head { staff: true, ..Head::titled(title).at(Place::Triage).with_form(refused) };
    Ok(respond(visit, head, || {
        view! {
            <a class="skip" href="#item">{t!(visit.words, "triage-skip")}</a>
            <h1 class="sr">{t!(visit.words, "triage-title")}</h1>
            <div class="triage triage--item">
                {queue_pane(visit, asked, &queue, Some(item.post.row.id), None)}
                {item_pane(visit, me, asked, &queue, &item, refused)}
            </div>
        }
    }))
}

/// What the panels of a post are made with.
#[derive(Clone, Copy)]
struct Pane<'a> {
    visit: &'a Visit,
    me: &'a Account,
    asked: &'a Asked,
    item: &'a Item,
    refused: Option<&'a Sent>,
}

impl<'a> Pane<'a> {
    /// The form of that key.
    fn sheet(&self, key: &'a str) -> Sheet<'a> {
        Sheet::new(self.visit, key, self.refused)
    }

    /// Where a form goes; what is wrong with it is read from where it stands.
    fn action(&self, sheet: &Sheet<'_>, path: &str) -> String {
        format!("{}#{}", self.asked.link(&format!("/triage/{}/{path}", self.item.post.row.id), None), sheet.anchor())
    }

    /// A form: what is wrong with it, its fields, and its button.
    fn form(&self, sheet: &Sheet<'_>, path: &str, fields: AnyView, button: AnyView) -> AnyView {
        self.form_as(None, sheet, path, fields, button)
    }

    /// The same with another way of sending it.
    fn form_as(&self, kind: Option<&'static str>, sheet: &Sheet<'_>, path: &str, fields: AnyView, button: AnyView) -> AnyView {
        let action = self.action(sheet, path);
        view! {
            <form class="act__in" method="post" novalidate=true action=action enctype=kind data-send="">{sheet.summary()}{fields}{button}</form>
        }
        .into_any()
    }

    /// The staff as options, `(id, name and title)`, after one that stands for nobody.
    fn staff(&self, nobody: String, without: Option<PersonId>) -> Vec<(String, String)> {
        let people = self.item.staff.iter().filter(|person| Some(person.id) != without).map(|person| {
            let what = person.title.clone().unwrap_or_else(|| self.visit.words.name(names::ROLE, person.role));
            (person.id.to_string(), format!("{}, {what}", person.name))
        });
        std::iter::once((String::new(), nobody)).chain(people).collect()
    }

    /// What the role of whoever sits here may do without asking.
    fn mandate(&self) -> String {
        let words = self.visit.words;
        let mandate = self.visit.site.mandates.of(self.me.role);
        match mandate.map(|mandate| (mandate.days, mandate.cents)) {
            None | Some((None, None)) => t!(words, "triage-mandate-none"),
            Some((Some(days), None)) => t!(words, "triage-mandate-days", n = i64::from(days)),
            Some((None, Some(cents))) => t!(words, "triage-mandate-amount", amount = euros(words, cents)),
            Some((Some(days), Some(cents))) => t!(words, "triage-mandate", n = i64::from(days), amount = euros(words, cents)),
        }
    }
}

/// A panel that opens: what it is for, and the form in it. One of them is open at a time.
fn panel(visit: &Visit, sheet: &Sheet<'_>, glyph: &str, title: String, hint: String, open: bool, inside: AnyView) -> AnyView {
    view! {
        <details class="act" id=sheet.anchor() name="act" open=open || sheet.is_sent() data-key=key_of(sheet.key())>
            <summary>{icon(visit, glyph)}<span>{title}</span><span class="hint only-wide">{hint}</span></summary>
            {inside}
        </details>
    }
    .into_any()
}

/// The key that opens a panel.
fn key_of(panel: &str) -> Option<&'static str> {
    KEYS.iter().find(|(_, what, _)| *what == panel).map(|(key, ..)| *key)
}

/// The keys of the page of a post: each with the panel that it opens, if it opens one, and its words.
const KEYS: [(&str, &str, &str); 10] = [
    ("j", "", key!("triage-key-down")),
    ("k", "", key!("triage-key-up")),
    ("a", "answer", key!("triage-key-answer")),
    ("Ctrl ↵", "", key!("triage-key-send")),
    ("o", "", key!("triage-key-own")),
    ("c", "reply", key!("triage-key-comment")),
    ("e", "extend", key!("triage-key-extend")),
    ("h", "handover", key!("triage-key-handover")),
    ("p", "promise", key!("triage-key-promise")),
    ("m", "", key!("triage-key-merge")),
];

/// The list of keys.
fn shortcuts(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    let help = ("?".to_owned(), t!(words, "triage-key-help"));
    let keys = KEYS.iter().map(|(key, _, does)| ((*key).to_owned(), words.t(does))).chain([help]).collect();
    view! { <Shortcuts label=t!(words, "triage-keys") on=t!(words, "triage-keys-on") keys=keys /> }
}

/// The message after an act that may have become a request.
fn requested(level: i32) -> &'static str {
    if level <= 2 { done!("asked-lead") } else { done!("asked-director") }
}

/// The name of a role.
fn role_name(visit: &Visit, role: Role) -> String {
    visit.words.name(names::ROLE, role)
}
