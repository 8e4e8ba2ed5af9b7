//! The receipt of a guest: where whoever has its link follows their post, says more, says whether it is solved, and takes it over or back.
//! What stands there of the post is what its own page shows.

use axum::{
    Form, Router,
    extract::Path,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use forum::{
    Error, Tx,
    again::{self, BODY_MAX as AGAIN_MAX},
    claim,
    clock::Name,
    comment::{self, BODY_MAX},
    confirm::{self, Ask},
    error::{Check, Problem},
    personal::{self, Texts},
    post::PostRow,
    receipt::{self, Receipt},
    repeat,
};
use leptos::prelude::*;
use qrcode::{EcLevel, QrCode, render::svg};

use super::{
    new::email_field,
    show::{self, Asked, Loaded},
};
use crate::{
    done,
    pages::confirm::private,
    parts::{
        Head, Place,
        clock_chip::row_chip,
        comment::{Around, Reader, comments},
        confirm::{self as solved, buttons, said_title},
        form::{Area, Choice, Need, Sent, Sheet, Typed},
        icon,
        pill::pill,
        post_row::{meta, post_path},
        respond,
        text::markdown,
        when,
        who::owner_name,
    },
    t,
    web::{PageResult, Visit, Web, see_other},
};

const COMMENT: &str = "receipt-comment";
const AGAIN: &str = "again";
const MAIL: &str = "receipt-mail";
const CLAIM: &str = "receipt-claim";
const ERASE: &str = "erase";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/receipt/{secret}", get(open))
        .route("/receipt/{secret}/comment", post(say))
        .route("/receipt/{secret}/solved", post(judge))
        .route("/receipt/{secret}/again", post(report))
        .route("/receipt/{secret}/mail", post(mail))
        .route("/receipt/{secret}/claim", post(take_over))
        .route("/receipt/{secret}/erase", post(take_back))
}

/// A receipt that opens something, and the request as its guest makes it.
struct Opened {
    secret: String,
    receipt: Receipt,
    /// Whoever is signed in, if anybody: what is done by the receipt is done by the guest.
    by: Visit,
    guest: Visit,
}

/// What a link opens; where it opens nothing, the page that says so.
async fn opened(visit: Visit, secret: String) -> Result<Opened, PageResult> {
    match receipt::by_secret(visit.forum().read(), &secret).await {
        Ok((receipt, actor)) => {
            let guest = Visit { actor, account: None, session: None, unread: 0, asks: Vec::new(), ..visit.clone() };
            Ok(Opened { secret, receipt, by: visit, guest })
        }
        Err(Error::NotFound) => Err(Ok(dead(&visit))),
        Err(error) => Err(Err(error.into())),
    }
}

macro_rules! open {
    ($visit:expr, $secret:expr) => {
        match opened($visit, $secret).await {
            Ok(opened) => opened,
            Err(answer) => return answer,
        }
    };
}

async fn open(visit: Visit, Path(secret): Path<String>) -> PageResult {
    let opened = open!(visit, secret);
    page(&opened, None).await
}

async fn say(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let opened = open!(visit, secret);
    let (post, guest) = (opened.receipt.post, &opened.guest);
    let (body, language) = (typed.get("body"), guest.language());
    let form = typed.digest(&format!("/p/{post}/comments"));
    let submit = async |tx: &mut Tx| {
        repeat::once(tx, &form, async |tx| Ok(comment::submit(tx, post, None, body, Some(language)).await?.0)).await
    };
    let forum = guest.forum().with_markdown(body).await?;
    match forum.write(&guest.actor, submit).await {
        Ok(new) => Ok(opened.seen(done!("commented"), &format!("#comment-{new}"))),
        // what was typed is not lost to a lock or a ban
        Err(error @ (Error::Conflict(_) | Error::Banned(_))) => {
            let sent = Sent::refused(guest, COMMENT, typed, error)?;
            page(&opened, Some(&sent)).await
        }
        Err(error) => opened.refused(COMMENT, typed, error).await,
    }
}

async fn judge(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let opened = open!(visit, secret);
    let asked = opened.asked().await?.map_or(opened.receipt.post, |ask| ask.post);
    let said = async |tx: &mut Tx| {
        let mut check = Check::new();
        let solved = check.field("said", confirm::parse_said(typed.get("said")));
        let solved = check.finish(solved)?;
        confirm::say(tx, asked, solved, Some(typed.get("note"))).await?;
        Ok(solved)
    };
    match opened.guest.forum().write(&opened.guest.actor, said).await {
        Ok(true) => Ok(opened.seen(done!("solved-yes"), "")),
        Ok(false) => Ok(opened.seen(done!("solved-no"), "")),
        Err(error) => opened.refused(solved::KEY, typed, error).await,
    }
}

async fn report(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let opened = open!(visit, secret);
    let (post, guest) = (opened.receipt.post, &opened.guest);
    let language = guest.language();
    let form = typed.digest(&format!("/p/{post}/again"));
    let report = async |tx: &mut Tx| {
        repeat::once(tx, &form, async |tx| Ok(again::report(tx, post, typed.get("body"), Some(language)).await?.id.0)).await
    };
    let forum = guest.forum().with_markdown(typed.get("body")).await?;
    match forum.write(&guest.actor, report).await {
        Ok(_) => Ok(opened.seen(done!("again"), "")),
        Err(error) => opened.refused(AGAIN, typed, error).await,
    }
}

/// Asks for news by mail, says that they are wanted, or that they are not.
async fn mail(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let opened = open!(visit, secret);
    let secret = opened.secret.as_str();
    let change = async |tx: &mut Tx| match typed.get("act") {
        "ask" => receipt::set_email(tx, secret, typed.get("email")).await,
        "confirm" => receipt::confirm_email(tx, secret).await,
        "stop" => receipt::forget_email(tx, secret).await,
        _ => Err(Error::invalid("act", Problem::UnknownChoice)),
    };
    match opened.guest.forum().write(&opened.guest.actor, change).await {
        Ok(()) => Ok(opened.seen(done!("saved"), "#mail")),
        Err(error) => opened.refused(MAIL, typed, error).await,
    }
}

async fn take_over(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    // a visitor signs in, or signs up, and comes back
    visit.require_account()?;
    let opened = open!(visit, secret);
    let by = &opened.by;
    match by.forum().write(&by.actor, async |tx| claim::claim(tx, &opened.secret).await).await {
        Ok(post) => {
            let row = forum::post::row_by_id(by.forum().read(), &by.actor, post, by.now).await?;
            Ok(private(see_other(&format!("{}?done={}", post_path(&row), done!("claimed")))))
        }
        Err(Error::NotFound) => Ok(dead(by)),
        Err(error) => opened.refused(CLAIM, typed, error).await,
    }
}

async fn take_back(visit: Visit, Path(secret): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let opened = open!(visit, secret);
    let guest = &opened.guest;
    let erase = async |tx: &mut Tx| {
        let texts = Texts::parse(typed.get("texts")).map_err(|problem| Error::invalid("texts", problem))?;
        personal::erase(tx, texts).await
    };
    if let Err(error) = guest.forum().write(&guest.actor, erase).await {
        return opened.refused(ERASE, typed, error).await;
    }
    if let Err(error) = personal::scrub(guest.forum(), guest.now).await {
        tracing::info!(%error, "the log of the database is emptied later");
    }
    let words = guest.words;
    Ok(note(&opened.by, StatusCode::OK, t!(words, "receipt-erased-title"), t!(words, "receipt-erased-text")))
}

impl Opened {
    fn path(&self) -> String {
        format!("/receipt/{}", self.secret)
    }

    /// What the guest is asked: of a case that is one question, at its head.
    async fn asked(&self) -> Result<Option<Ask>, Error> {
        let view = self.guest.view().await?;
        let row = forum::post::row_by_id(view.db(), view.actor(), self.receipt.post, view.now()).await?;
        let seen = view.post(row.head.unwrap_or(row.id)).await?;
        confirm::mine(&view, &seen).await
    }

    fn seen(&self, done: &str, place: &str) -> Response {
        private(see_other(&format!("{}?done={done}{place}", self.path())))
    }

    async fn refused(&self, key: &'static str, typed: Typed, error: Error) -> PageResult {
        let sent = Sent::invalid(&self.by, key, typed, error)?;
        page(self, Some(&sent)).await
    }
}

async fn page(opened: &Opened, sent: Option<&Sent>) -> PageResult {
    let loaded = match show::load(&opened.guest, opened.receipt.post, &Asked::default()).await {
        // the board has become a private one
        Err(Error::NotFound) => return Ok(dead(&opened.by)),
        loaded => loaded?,
    };
    let ask = if loaded.post.row.head.is_some() { opened.asked().await? } else { loaded.duty.ask.clone() };
    Ok(private(render(opened, &loaded, ask.as_ref(), sent)))
}

fn render(opened: &Opened, loaded: &Loaded, ask: Option<&Ask>, sent: Option<&Sent>) -> Response {
    let guest = &opened.guest;
    let words = guest.words;
    let (post, row) = (&loaded.post, &loaded.post.row);
    let path = post_path(row);
    let head = Head::titled(t!(words, "receipt-title", number = row.id.0)).at(Place::Elsewhere).with_form(sent);
    // the frame of the page is for whoever is signed in
    respond(&opened.by, head, || {
        let held = post.held_since.map(|since| {
            view! {
                <section class="banner banner--warn" aria-labelledby="held-title">
                    {icon(guest, "clock")}
                    <div>
                        <h2 class="banner__h" id="held-title">{t!(words, "held-title")}</h2>
                        <p class="banner__t">{t!(words, "held-text")}" "{t!(words, "held-since")}" "{when::moment(guest, since)}"."</p>
                    </div>
                </section>
            }
        });
        let public = (post.held_since.is_none()).then(|| view! { <a href=path.clone()>{t!(words, "receipt-public")}</a> });
        view! {
            <div class="wrap page page--tight">
                <div class="split">
                    <article class="stack gap-8">
                        {Sheet::any(guest, sent).summary()}
                        {received(opened, row)}
                        {held}
                        <header class="idea__head">
                            {meta(guest, row)}
                            <h1 class="h-page" dir="auto" lang=post.row.hidden.is_none().then(|| row.language.clone())>{show::shown_title(guest, post)}</h1>
                            <p class="idea__by">
                                <span>{t!(words, "receipt-posted")}" "{when::day(guest, row.created_at)}</span>
                                {pill(guest, &row.status)}
                                {row_chip(guest, &show::all_clocks(row, &loaded.duty), loaded.answers.last())}
                                {public}
                            </p>
                        </header>
                        {ask.and_then(|ask| question(opened, ask, sent))}
                        {happened_again(opened, loaded, sent)}
                        {show::progress(guest, loaded)}
                        {show::wording(guest, post)}
                        {acts(guest, loaded)}
                        {show::official(guest, loaded)}
                        {discussion(opened, loaded, sent)}
                        {keep(opened, sent)}
                        {taking(opened, sent)}
                    </article>
                    {show::aside(guest, loaded, &path)}
                </div>
            </div>
        }
    })
}

/// Right after posting, and for as long as the first answer is due: who answers and by when.
fn received(opened: &Opened, row: &PostRow) -> Option<impl IntoView + use<>> {
    let guest = &opened.guest;
    let clock = row.clocks.iter().find(|clock| clock.name == Name::FirstAnswer && clock.is_open() && clock.due_at > guest.now)?;
    let words = guest.words;
    let due = when::deadline_text(guest, clock.due_at);
    let text = match &row.owner {
        Some(owner) => t!(words, "posted-owner", owner = owner_name(guest, owner), due = due),
        None => t!(words, "posted-site", site = guest.site.name.as_str(), due = due),
    };
    Some(view! {
        <section class="banner banner--ok" role="status" aria-labelledby="posted-title">
            {icon(guest, "answered")}
            <div>
                <h2 class="banner__h" id="posted-title">{t!(words, "posted-title", number = row.id.0)}</h2>
                <p class="banner__t">{text}</p>
                <p class="banner__t">{t!(words, "receipt-keep-this")}" "<a href="#receipt">{t!(words, "receipt-keep-how")}</a></p>
            </div>
        </section>
    })
}

/// Whether it is really solved.
fn question(opened: &Opened, ask: &Ask, sent: Option<&Sent>) -> Option<impl IntoView + use<>> {
    if !ask.is_open {
        return None;
    }
    let guest = &opened.guest;
    let words = guest.words;
    let site = guest.site.name.as_str();
    let (title, text) = match ask.said {
        Some(said) => (said_title(guest, said), t!(words, "ask-thanks")),
        None if ask.round == 1 => (t!(words, "ask-title"), t!(words, "ask-text", site = site)),
        None => (t!(words, "ask-title"), t!(words, "ask-text-again", site = site)),
    };
    let form = buttons(guest, &format!("{}/solved", opened.path()), sent);
    let form = match ask.said {
        None => form.into_any(),
        Some(_) => view! {
            <details class="reply" open=Sheet::plain(guest, solved::KEY, sent).is_back()>
                <summary class="btn btn--sm">{t!(words, "ask-change")}</summary>
                <div class="mt-4">{form}</div>
            </details>
        }
        .into_any(),
    };
    Some(view! {
        <section class="banner ask" id="solved" aria-labelledby="solved-title">
            {icon(guest, "s-question")}
            <div class="stack gap-3">
                <div>
                    <h2 class="banner__h" id="solved-title">{title}</h2>
                    <p class="banner__t">{text}</p>
                </div>
                <blockquote class="note">{markdown(&ask.what_html, &ask.what_language)}</blockquote>
                {form}
            </div>
        </section>
    })
}

/// The form of "it happened again", once it was solved.
fn happened_again(opened: &Opened, loaded: &Loaded, sent: Option<&Sent>) -> Option<impl IntoView + use<>> {
    let duty = &loaded.duty;
    if !(duty.may_report && duty.was_solved) {
        return None;
    }
    let guest = &opened.guest;
    let words = guest.words;
    let sheet = Sheet::plain(guest, AGAIN, sent);
    let text = sheet.area(Area {
        name: "body",
        label: t!(words, "again-label"),
        need: Need::Always,
        max: Some(AGAIN_MAX),
        rows: 3,
        aside: Some("again-body".to_owned()),
        ..Area::default()
    });
    Some(view! {
        <details class="oppose again" open=sheet.is_back()>
            <summary class="btn start">{icon(guest, "again")}{t!(words, "again-open")}</summary>
            <form class="oppose__form" method="post" novalidate=true action=format!("{}/again", opened.path())>
                <p class="hint">{t!(words, "again-hint", days = again::WITHIN.num_days())}</p>
                {text}
                <div class="cluster"><button class="btn btn--primary">{t!(words, "again-send")}</button></div>
            </form>
        </details>
    })
}

/// What was done to the post, with the way to object.
fn acts(guest: &Visit, loaded: &Loaded) -> impl IntoView + use<> {
    crate::parts::marker::notes(guest, loaded.post.row.id, &loaded.acts)
}

/// The comments, and the form for one more.
fn discussion(opened: &Opened, loaded: &Loaded, sent: Option<&Sent>) -> impl IntoView + use<> {
    let guest = &opened.guest;
    let words = guest.words;
    let row = &loaded.post.row;
    // the list as others see it; the forms of its replies are for members
    let around = Around { post: row, reader: Reader::of(guest, &loaded.threads), is_open: false, sent: None };
    let list = (!loaded.threads.is_empty()).then(|| comments(guest, around, &loaded.threads));
    let sheet = Sheet::plain(guest, COMMENT, sent);
    let is_open = post_is_open(loaded) || sheet.is_back();
    let form = is_open.then(|| {
        let field = sheet.area(Area {
            name: "body",
            label: t!(words, "comment-label"),
            need: Need::Always,
            max: Some(BODY_MAX),
            rows: 4,
            aside: (!sheet.is_back() && sent.is_some()).then(|| "comment-body".to_owned()),
            ..Area::default()
        });
        view! {
            <form class="stack gap-3" id="comment-form" method="post" novalidate=true action=format!("{}/comment", opened.path())>
                {field}
                <div class="cluster">
                    <button class="btn btn--primary">{t!(words, "comment-post")}</button>
                    <a class="sm" href="/rules">{t!(words, "foot-rules")}</a>
                </div>
            </form>
        }
    });
    view! {
        <section class="section" id="comments" aria-labelledby="comments-title">
            <h2 class="h-section" id="comments-title">
                {t!(words, "comments-title", n = row.case_comments, count = words.number(row.case_comments))}
            </h2>
            {list}
            {form}
        </section>
    }
}

fn post_is_open(loaded: &Loaded) -> bool {
    loaded.post.row.hidden.is_none() && loaded.post.locked.is_none()
}

/// The link itself, as text and as a picture, and news by mail.
fn keep(opened: &Opened, sent: Option<&Sent>) -> impl IntoView + use<> {
    let guest = &opened.guest;
    let words = guest.words;
    let link = guest.absolute(&opened.path());
    let picture = qr(&link).map(|svg| {
        view! { <div class="qr" role="img" aria-label=t!(words, "receipt-qr") inner_html=svg></div> }
    });
    view! {
        <section class="section" id="receipt" aria-labelledby="receipt-title">
            <h2 class="h-section" id="receipt-title">{t!(words, "receipt-card")}</h2>
            <div class="receipt">
                <div class="stack gap-4">
                    <p class="ink-2 measure">{t!(words, "receipt-card-text")}</p>
                    <label class="field">
                        <span class="label">{t!(words, "receipt-link")}</span>
                        <input class="input" type="url" readonly=true value=link />
                    </label>
                </div>
                {picture}
            </div>
            {news(opened, sent)}
        </section>
    }
}

/// A picture of a link that a phone reads.
fn qr(link: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).ok()?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(160, 160).quiet_zone(true).build();
    // what comes before the element is for files
    svg.find("<svg").and_then(|at| svg.get(at..)).map(str::to_owned)
}

fn news(opened: &Opened, sent: Option<&Sent>) -> impl IntoView + use<> {
    let guest = &opened.guest;
    let words = guest.words;
    let sheet = Sheet::plain(guest, MAIL, sent);
    let shown = opened.receipt.email.as_deref().map(forum::person::shown_email);
    let act = |act: &'static str, class: &'static str, label: String| {
        view! { <button class=class name="act" value=act>{label}</button> }
    };
    let unreached = opened.receipt.unreached.as_ref().and(shown.as_deref()).map(|email| {
        view! { <p class="warn cluster gap-1">{icon(guest, "mail")}<span>{t!(words, "receipt-mail-unreached", email = email)}</span></p> }
    });
    let content = match (&shown, opened.receipt.confirmed, opened.receipt.mailed) {
        (Some(email), true, _) => view! {
            <p>{t!(words, "receipt-mail-on", email = email.as_str())}</p>
            <div>{act("stop", "btn", t!(words, "receipt-mail-stop"))}</div>
        }
        .into_any(),
        (Some(email), false, true) => view! {
            <p>{t!(words, "receipt-mail-wanted", email = email.as_str())}</p>
            <div class="cluster">
                {act("confirm", "btn btn--primary", t!(words, "receipt-mail-yes"))}
                {act("stop", "btn", t!(words, "receipt-mail-no"))}
            </div>
        }
        .into_any(),
        (asked, ..) => {
            let asked = asked.as_deref().map(|email| view! { <p>{t!(words, "receipt-mail-asked", email = email)}</p> });
            view! {
                {asked}
                {email_field(guest, &sheet)}
                <div>{act("ask", "btn", t!(words, "receipt-mail-ask"))}</div>
            }
            .into_any()
        }
    };
    view! {
        <form class="stack gap-3 narrow" id="mail" method="post" novalidate=true action=format!("{}/mail", opened.path())>
            <h3 class="h-block">{t!(words, "receipt-mail")}</h3>
            {unreached}
            {content}
        </form>
    }
}

/// To take it over, or back.
fn taking(opened: &Opened, sent: Option<&Sent>) -> impl IntoView + use<> {
    let guest = &opened.guest;
    let words = guest.words;
    let claim = Sheet::plain(guest, CLAIM, sent);
    let label = if opened.by.account.is_some() { t!(words, "receipt-claim-go") } else { t!(words, "receipt-claim-sign-in") };
    let erase = Sheet::plain(guest, ERASE, sent);
    let choices = [("erase", t!(words, "receipt-erase-texts")), ("keep", t!(words, "receipt-erase-keep"))];
    view! {
        <section class="section" id="claim" aria-labelledby="claim-title">
            <h2 class="h-section" id="claim-title">{t!(words, "receipt-claim")}</h2>
            <p class="ink-2 measure">{t!(words, "receipt-claim-text")}</p>
            <form method="post" action=format!("{}/claim", opened.path())>
                // what is kept of a form while somebody signs in needs something to keep
                <input type="hidden" name="claim" value="1" />
                <button class=if claim.is_back() { "btn btn--primary" } else { "btn" }>{label}</button>
            </form>
        </section>
        <section class="section" id="erase" aria-labelledby="erase-title">
            <h2 class="h-section" id="erase-title">{t!(words, "receipt-erase")}</h2>
            <div class="cluster"><details class="reply" open=erase.is_back()>
                <summary class="btn btn--sm">{t!(words, "receipt-erase-open")}</summary>
                <form class="stack narrow mt-4" method="post" novalidate=true action=format!("{}/erase", opened.path())>
                    {erase.choice(Choice {
                        name: "texts",
                        label: t!(words, "receipt-erase-what"),
                        hint: Some(t!(words, "receipt-erase-hint")),
                        options: choices.into_iter().map(|(value, label)| (value.to_owned(), label)).collect(),
                        value: "erase",
                        need: Need::Always,
                    })}
                    <div><button class="btn btn--danger">{t!(words, "receipt-erase-go")}</button></div>
                </form>
            </details></div>
        </section>
    }
}

/// The link never was, or its post was claimed or taken back.
fn dead(visit: &Visit) -> Response {
    let words = visit.words;
    note(visit, StatusCode::GONE, t!(words, "dead-link-title"), t!(words, "receipt-dead-text"))
}

fn note(visit: &Visit, status: StatusCode, title: String, text: String) -> Response {
    let words = visit.words;
    let head = Head { status: Some(status), ..Head::titled(title.clone()) }.at(Place::Elsewhere);
    private(respond(visit, head, || {
        view! {
            <div class="wrap">
                <div class="signin signin--one">
                    <section class="stack gap-5">
                        <h1 class="h-page">{title}</h1>
                        <p class="lede">{text}</p>
                        <div class="cluster"><a class="btn btn--primary" href="/">{t!(words, "error-home")}</a></div>
                    </section>
                </div>
            </div>
        }
    }))
}
