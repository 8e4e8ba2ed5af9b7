//! A new post: what it is, in one line, what happened; posts that say the same; and what happens next, with real dates.

use axum::{Form, extract::Query, response::Response};
use forum::{
    Error, Tx,
    actor::Actor,
    attachment,
    board::{self, Board},
    challenge, clock,
    guest::{self, Guest},
    id::PostId,
    limit,
    post::{self, BODY_MAX, Draft, Kind, PostRow, TITLE_MAX, TITLE_MIN},
    repeat,
    secret::{self, Secret},
    tag,
};
use leptos::prelude::*;

use crate::{
    i18n::names,
    islands::{preview::Preview, proof_of_work::ProofOfWork, similar_posts::SimilarPosts},
    pages::confirm::private,
    parts::{
        Head, Place,
        form::{Area, Choice, Gathered, Line, MULTIPART, Need, Sent, Sheet, Typed, Uploads, gather, trap, untrapped},
        fragment::fragment,
        icon,
        icon::icon_href,
        kind::kind_name,
        post_row::post_path,
        respond,
        similar::similar as similar_list,
        when,
    },
    t,
    web::{PageResult, Visit, see_other},
};

/// The form.
const KEY: &str = "new";

fn draft(visit: &Visit, typed: &Typed) -> Draft {
    Draft {
        kind: typed.text("kind"),
        title: typed.text("title"),
        body: typed.text("body"),
        board: typed.text("board"),
        tags: split_tags(typed.get("tags")),
        language: Some(visit.language()),
    }
}

/// Labels as typed: names between commas.
pub(super) fn split_tags(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What the page shows beside what was typed.
#[derive(Default)]
struct Shown {
    similar: Vec<PostRow>,
    /// Whether the form was sent, and came back because of them.
    asked: bool,
    preview: Option<String>,
}

pub(super) async fn form(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    // whoever has signed in is better told before than after the writing; a visitor writes first
    if visit.account.is_some() {
        post::may_submit(&visit.actor)?;
    }
    let mut shown = Shown::default();
    if !typed.get("title").trim().is_empty() {
        shown.similar = similar_to(&visit, &typed).await?;
    }
    page(&visit, Sent::unread(KEY, typed), shown).await
}

/// `anyway` is `1` once similar posts were shown; `act` is `preview` for a look at the text, `open` for the form as it is.
pub(super) async fn create(visit: Visit, uploads: Uploads, Form(typed): Form<Typed>) -> PageResult {
    // somebody wrote the first words on a page of the company, and goes on here: nothing is sent yet
    if typed.get("act") == "open" {
        return form(visit, Query(typed)).await;
    }
    let wants_preview = typed.get("act") == "preview";
    if !wants_preview && typed.get("as") == "guest" {
        return create_as_guest(&visit, typed).await;
    }
    if !wants_preview {
        post::may_submit(&visit.actor)?;
    }
    let db = visit.forum().read();
    let form = typed.digest("/new");
    let Gathered { typed, error, is_for_files } = gather(&visit, typed, uploads).await?;
    if let Some(error) = error {
        return page(&visit, Sent::refused(&visit, KEY, typed, error)?, Shown::default()).await;
    }
    if wants_preview {
        let preview = Some(preview_of(&visit, &typed).await?);
        return page(&visit, Sent::unread(KEY, typed), Shown { preview, ..Shown::default() }).await;
    }
    if is_for_files {
        return page(&visit, Sent::unread(KEY, typed), Shown::default()).await;
    }
    let draft = draft(&visit, &typed);
    let files = typed.chosen();
    if typed.get("anyway") != "1" {
        if let Err(error) = post::check(db, &visit.actor, &draft).await {
            return page(&visit, Sent::invalid(&visit, KEY, typed, error)?, Shown::default()).await;
        }
        let similar = similar_to(&visit, &typed).await?;
        if !similar.is_empty() {
            // asked after that, since a first press may have been committed just before: it would be shown as similar to itself
            if let Some(me) = visit.actor.id()
                && let Some(made) = repeat::made_by(db, me, &form, visit.now).await?
            {
                let row = post::row_by_id(db, &visit.actor, PostId(made), visit.now).await?;
                return Ok(see_other(&format!("{}?posted", post_path(&row))));
            }
            return page(&visit, Sent::unread(KEY, typed), Shown { similar, asked: true, ..Shown::default() }).await;
        }
    }
    let submit = async |tx: &mut Tx| repeat::once(tx, &form, async |tx| Ok(post::submit_with(tx, &draft, &files).await?.0)).await;
    let forum = visit.forum().with_markdown(&draft.body).await?;
    match forum.write(&visit.actor, submit).await {
        Ok(id) => {
            let row = post::row_by_id(db, &visit.actor, PostId(id), visit.now).await?;
            Ok(see_other(&format!("{}?posted", post_path(&row))))
        }
        Err(error) => page(&visit, Sent::invalid(&visit, KEY, typed, error)?, Shown::default()).await,
    }
}

/// The same for somebody without an account, who goes on with a receipt.
async fn create_as_guest(visit: &Visit, typed: Typed) -> PageResult {
    let draft = draft(visit, &typed);
    let form = typed.digest("/new");
    // others may have the whole text, once it stands there; the number in the form is this page's own
    let form = secret::hash(&format!("{form}\n{}", visit.client));
    let forum = visit.forum().with_markdown(&draft.body).await?;
    let submit = async |proof: &str| {
        let guest = Guest { email: typed.get("email"), proof, client: &visit.client, form: &form };
        untrapped(&typed)?;
        forum.write(&Actor::Visitor, async |tx| guest::submit(tx, &draft, &guest).await).await
    };
    let received = match submit(typed.get(challenge::FIELD)).await {
        // it may have stood open for longer than a proof counts: then it is one without
        Err(Error::Invalid(errors)) if errors.iter().all(|error| error.field == challenge::FIELD) => submit("").await,
        received => received,
    };
    match received {
        Ok(received) => Ok(private(see_other(&format!("/receipt/{}", received.secret.reveal())))),
        Err(error) => page(visit, Sent::invalid(visit, KEY, typed, error)?, Shown::default()).await,
    }
}

/// Posts that may say the same.
async fn similar_to(visit: &Visit, typed: &Typed) -> Result<Vec<PostRow>, Error> {
    look(visit).await?;
    post::similar_to(visit.forum().search(), &visit.actor, typed.get("title"), typed.get("body"), visit.now).await
}

/// The text as it will look.
pub(super) async fn preview_of(visit: &Visit, typed: &Typed) -> Result<String, Error> {
    look(visit).await?;
    visit.forum().preview(typed.get("body")).await
}

/// Similar posts, for the island that asks while somebody types.
pub(super) async fn similar(visit: Visit, Query(typed): Query<Typed>) -> PageResult {
    let posts = similar_to(&visit, &typed).await?;
    Ok(fragment(|| similar_list(&visit, &posts, false)))
}

/// A text as it will look, for the island.
pub(super) async fn preview(visit: Visit, Form(typed): Form<Typed>) -> PageResult {
    let html = preview_of(&visit, &typed).await?;
    Ok(fragment(|| preview_box(&visit, html)))
}

/// Counts a look by address: each costs us more than a page.
async fn look(visit: &Visit) -> Result<(), Error> {
    visit.forum().count(&visit.actor, limit::LOOK, &visit.client).await
}

/// The text as it will look.
pub(super) fn preview_box(visit: &Visit, html: String) -> impl IntoView + use<> {
    let empty = html.trim().is_empty();
    view! {
        <div class="panel panel--sunken">
            <h2 class="label mb-4">{t!(visit.words, "preview-label")}</h2>
            {if empty {
                view! { <p class="muted">{t!(visit.words, "preview-empty")}</p> }.into_any()
            } else {
                view! { <div class="prose" inner_html=html></div> }.into_any()
            }}
        </div>
    }
}

/// The text field with its preview: shared with the page on which a post is changed.
pub(in crate::pages) fn body_field(
    visit: &Visit,
    sheet: &Sheet<'_>,
    (label, hint): (String, String),
    body: &str,
    preview: Option<String>,
) -> impl IntoView + use<> {
    let words = visit.words;
    let text = sheet.area(Area {
        name: "body",
        label,
        hint: Some(hint),
        value: body,
        need: Need::Always,
        max: Some(BODY_MAX),
        rows: 8,
        ..Area::default()
    });
    let preview = preview.map(|html| preview_box(visit, html));
    view! {
        <div class="stack gap-3">
            {text}
            <Preview
                action="/preview".to_owned()
                field="body".to_owned()
                label=t!(words, "preview")
                icon=icon_href(visit, "eye")
                failed=t!(words, "preview-failed")
            >
                {preview}
            </Preview>
        </div>
    }
}

/// The field for labels.
pub(super) fn tags_field(visit: &Visit, sheet: &Sheet<'_>, tags: &str) -> AnyView {
    let most = i64::try_from(tag::MOST).unwrap_or(0);
    sheet.line(Line {
        name: "tags",
        label: t!(visit.words, "new-tags"),
        hint: Some(t!(visit.words, "new-tags-hint", n = most)),
        value: tags,
        max: Some((tag::LONGEST + 2) * tag::MOST),
        ..Line::default()
    })
}

async fn page(visit: &Visit, mut sent: Sent, shown: Shown) -> PageResult {
    let mut boards = board::list(visit.forum().read(), &visit.actor).await?;
    boards.retain(Board::is_open);
    if let [only] = boards.as_slice() {
        sent.fill("board", &only.slug);
    }
    let sent = sent.with_files(visit).await?;
    Ok(render(visit, &sent, shown, &boards))
}

fn render(visit: &Visit, sent: &Sent, shown: Shown, boards: &[Board]) -> Response {
    let words = visit.words;
    let Shown { similar, asked, preview } = shown;
    let head = Head::titled(t!(words, "new-title")).at(Place::New).with_form(Some(sent));
    let sheet = Sheet::plain(visit, KEY, Some(sent));
    let with_files = attachment::may_send(&visit.actor).is_ok();
    let anyway = if asked { "1".to_owned() } else { sheet.value("anyway", "") };
    respond(visit, head, || {
        let options = std::iter::once((String::new(), t!(words, "new-board-choose")))
            .chain(boards.iter().map(|b| (b.slug.clone(), b.called(visit.language()).to_owned())))
            .collect();
        let title = sheet.line(Line {
            name: "title",
            label: t!(words, "new-line"),
            hint: Some(t!(words, "new-line-hint")),
            need: Need::Always,
            min: Some(TITLE_MIN),
            max: Some(TITLE_MAX),
            ..Line::default()
        });
        let board =
            sheet.choice(Choice { name: "board", label: t!(words, "new-board"), options, need: Need::Always, ..Choice::default() });
        let similar = similar_list(visit, &similar, asked);
        let publish = if asked { t!(words, "new-anyway") } else { t!(words, "new-publish") };
        let first = Kind::ALL
            .into_iter()
            .map(|kind| {
                let due = clock::due(&visit.site, visit.now, visit.site.terms(kind, "").first_answer);
                let text = t!(words, "new-first-answer", due = when::deadline_text(visit, due));
                view! { <span class="clock clock--ok" data-for=kind.as_str()>{icon(visit, "clock")}{text}</span> }
            })
            .collect_view();
        view! {
            <div class="wrap page">
                <div class="split">
                    <form class="form" method="post" novalidate=true action="/new" enctype=with_files.then_some(MULTIPART)>
                        // Enter in a field presses the first button of a form: it has to be this one, not a vote or a preview
                        <button class="sr" tabindex="-1" aria-hidden="true"></button>
                        <input type="hidden" id="anyway" name="anyway" value=if anyway == "1" { "1" } else { "" } />
                        {sheet.summary()}
                        <header class="stack gap-2">
                            <h1 class="h-page">{t!(words, "new-heading")}</h1>
                            <p class="lede">{t!(words, "new-lede")}</p>
                        </header>
                        {asked.then(|| view! {
                            <section class="banner banner--warn">
                                {icon(visit, "info")}
                                <div>
                                    <h2 class="banner__h">{t!(words, "new-similar-title")}</h2>
                                    <p class="banner__t">{t!(words, "new-similar-text")}</p>
                                </div>
                            </section>
                        })}
                        {kinds(visit, &sheet)}
                        <div class="stack gap-3">
                            {title}
                            <SimilarPosts action="/new/similar".to_owned()>{similar}</SimilarPosts>
                        </div>
                        {body_field(visit, &sheet, (t!(words, "new-body"), t!(words, "new-body-hint")), "", preview)}
                        {with_files.then(|| sheet.files())}
                        <div class="grid-3">
                            {board}
                            {tags_field(visit, &sheet, "")}
                        </div>
                        <div class="stack gap-3">
                            <div class="cluster gap-3">
                                <button class="btn btn--primary btn--lg">{publish}</button>
                                {first}
                            </div>
                            {visit.account.is_none().then(|| view! { <p class="sm">{t!(words, "draft-sign-in-after")}</p> })}
                            <p class="meta">{t!(words, "new-afterwards")}" "<a href="/rules">{t!(words, "foot-rules")}</a></p>
                        </div>
                        {as_guest(visit, &sheet)}
                    </form>
                    {next_steps(visit)}
                </div>
            </div>
        }
    })
}

/// Where whoever hears of a post without an account is written to.
pub(super) fn email_field(visit: &Visit, sheet: &Sheet<'_>) -> AnyView {
    sheet.line(Line {
        name: "email",
        label: t!(visit.words, "guest-email"),
        hint: Some(t!(visit.words, "guest-email-hint")),
        kind: "email",
        max: Some(254),
        autocomplete: "email",
        ..Line::default()
    })
}

/// For visitors, where the site lets guests post: the same form without an account.
fn as_guest(visit: &Visit, sheet: &Sheet<'_>) -> Option<impl IntoView + use<>> {
    if visit.account.is_some() || guest::may_submit(&visit.site).is_err() {
        return None;
    }
    let words = visit.words;
    // the same form sent twice makes one post: this tells it from what anybody else sends in the same words
    let own = match sheet.value("form", "") {
        own if own.is_empty() => Secret::fresh().reveal().to_owned(),
        own => own,
    };
    Some(view! {
        <details class="panel panel--sunken" id="guest" open=sheet.value("as", "") == "guest">
            <summary>{t!(words, "guest-open")}</summary>
            <div class="stack gap-4 mt-4">
                <p class="ink-2 measure">{t!(words, "guest-text")}</p>
                <noscript><p class="ink-2 measure">{t!(words, "guest-noscript")}</p></noscript>
                <input type="hidden" name="form" value=own />
                <ProofOfWork action="/api/v1/challenge".to_owned() />
                {trap(visit)}
                {email_field(visit, sheet)}
                <div><button class="btn" name="as" value="guest">{t!(words, "guest-send")}</button></div>
            </div>
        </details>
    })
}

/// The kinds as cards, each with its clock.
fn kinds(visit: &Visit, sheet: &Sheet<'_>) -> impl IntoView + use<> {
    let words = visit.words;
    let chosen = Kind::parse(&sheet.value("kind", "")).unwrap_or(Kind::Idea);
    let cards = Kind::ALL
        .into_iter()
        .map(|kind| {
            let days = i64::from(visit.site.terms(kind, "").first_answer);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="kind"
                        id=format!("kind-{}", kind.as_str())
                        value=kind.as_str()
                        checked=kind == chosen
                        required=true
                    />
                    <span class="choice__t">{icon(visit, kind.as_str())}{kind_name(visit, kind)}</span>
                    <span class="choice__d">{words.name(names::KIND_MEANS, kind)}</span>
                    <span class="choice__clock">{icon(visit, "clock")}{t!(words, "new-kind-clock", n = days)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="stack gap-3" id="kind">
            <legend>{t!(words, "new-kind")}</legend>
            <div class="kinds">{cards}</div>
            {sheet.error_of("kind")}
        </fieldset>
    }
}

/// What happens after publishing, with the dates of each kind.
fn next_steps(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    let lists = Kind::ALL
        .into_iter()
        .map(|kind| {
            let terms = visit.site.terms(kind, "");
            let first = when::deadline_text(visit, clock::due(&visit.site, visit.now, terms.first_answer));
            let decision = when::deadline_text(visit, clock::due(&visit.site, visit.now, terms.decision));
            view! {
                <div data-for=kind.as_str()>
                    <h3 class="sr">{kind_name(visit, kind)}</h3>
                    <ol class="next">
                        <li>
                            {icon(visit, "s-received")}
                            <div><b>{t!(words, "next-today", day = words.weekday_date(visit.today(), visit.today()))}</b>{t!(words, "next-today-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "clock")}
                            <div><b>{t!(words, "next-before", due = first)}</b>{t!(words, "next-first-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "s-planned")}
                            <div><b>{t!(words, "next-before", due = decision)}</b>{t!(words, "next-decision-text")}</div>
                        </li>
                        <li>
                            {icon(visit, "s-confirmed")}
                            <div><b>{t!(words, "next-end")}</b>{t!(words, "next-end-text")}</div>
                        </li>
                    </ol>
                </div>
            }
        })
        .collect_view();
    view! {
        <aside class="aside">
            <section class="mod sticky">
                <h2 class="mod__h">{t!(words, "next-title")}</h2>
                {lists}
                <p class="sm muted">{t!(words, "next-note")}" "<a href="/clocks">{t!(words, "foot-clocks")}</a></p>
            </section>
        </aside>
    }
}
