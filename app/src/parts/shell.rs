//! What surrounds every page: head, header, footer, bottom bar; and the one place where a view becomes HTML.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use forum::id::PostId;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::{
    icon,
    text::{escape, script_json},
};
use crate::{
    i18n::names,
    islands::live::{Bell, Live},
    share::{self, Card},
    t,
    web::{SameForVisitors, Theme, Visit, html, local_path},
};

/// Where in the site a page is, for the marks in the menus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// The list of posts, or a post.
    Posts,
    /// The roadmap.
    Roadmap,
    /// The scoreboard, or the promises.
    Accountability,
    /// The form for a new post.
    New,
    /// The queue of the staff.
    Triage,
    /// One's own pages.
    Me,
    /// Anywhere else.
    #[default]
    Elsewhere,
}

/// What a page shows of a post, to know what is new.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Which post.
    pub post: PostId,
    /// Comments on it.
    pub comments: i64,
    /// The number of its latest answer; 0 for none.
    pub answer: i64,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Its title, without the name of the site.
    pub title: String,
    /// What search engines and previews show.
    pub description: Option<String>,
    /// The path under which it is to be known; such pages may be found by search engines.
    pub canonical: Option<String>,
    /// The path of an Atom feed of what it shows, if it has one.
    pub feed: Option<String>,
    /// Whether all visitors get the same, though it is nothing to be found by search engines.
    pub shared: bool,
    /// Where in the site it is.
    pub place: Place,
    /// Whether it is a page of the staff.
    pub staff: bool,
    /// Where programs are told how to show it elsewhere, with the type of each answer (oEmbed).
    pub shown_by: Vec<(&'static str, String)>,
    /// What machines can read of it (schema.org).
    pub structured: Option<serde_json::Value>,
    /// The status; 200 unless set.
    pub status: Option<StatusCode>,
    /// Whether it shows a form that was refused: the title says so first.
    pub refused: bool,
    /// Seconds after which the form that it shows may be sent again.
    pub retry_after: Option<u64>,
    /// The picture beside a link to it, where it is to be found and has one of its own.
    pub picture: Option<Card>,
    /// The post that it shows, if it says what is new there while it is open.
    pub live: Option<Shown>,
    /// The language of the main text, when it is not that of the page; for previews.
    pub article: bool,
}

impl Head {
    /// A page with a title.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Somewhere in the site.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// A public page with an address of its own.
    #[must_use]
    pub fn public(self, canonical: impl Into<String>, description: impl Into<String>) -> Self {
        Self { canonical: Some(canonical.into()), description: Some(description.into()), ..self }
    }

    /// A page that shows what was sent with one of its forms, if anything, and says in its status whether it was refused.
    #[must_use]
    pub fn with_form(self, sent: Option<&super::form::Sent>) -> Self {
        let status = sent.map(super::form::Sent::status);
        let retry_after = sent.and_then(super::form::Sent::retry_after);
        Self { status, refused: status.is_some_and(|status| status != StatusCode::OK), retry_after, ..self }
    }
}

/// Renders a page. `main` makes what stands inside `<main>`: usually a `<div class="wrap page">`.
pub fn respond<V: IntoView>(visit: &Visit, head: Head, main: impl FnOnce() -> V) -> Response {
    let status = head.status.unwrap_or(StatusCode::OK);
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let body = owner.with(|| {
        let flash = flash(visit);
        let asked = super::since::asked(visit);
        let main = main();
        view! {
            <a class="skip" href="#main">{t!(visit.words, "skip")}</a>
            {header(visit, &head)}
            <main id="main" tabindex="-1">{flash}{asked}{main}</main>
            {(!head.staff).then(|| footer(visit))}
            {tabbar(visit, head.place)}
            {live(visit, head.live)}
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    let mut response = html(status, document(visit, &head, &body));
    if let Some(seconds) = head.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if visit.account.is_none() && (head.shared || head.canonical.is_some()) && status == StatusCode::OK {
        response.extensions_mut().insert(SameForVisitors);
    }
    response
}

fn document(visit: &Visit, head: &Head, body: &str) -> String {
    let assets = &visit.web.assets;
    let site = &visit.site.name;
    let title = if head.title == *site { site.clone() } else { format!("{} · {site}", head.title) };
    let title = if head.refused { t!(visit.words, "form-error-title", title = title) } else { title };
    let mut out = String::with_capacity(body.len() + 4096);
    let theme = match visit.theme {
        Theme::System => String::new(),
        theme => format!(" data-theme=\"{}\"", theme.as_str()),
    };
    out.push_str("<!doctype html><html lang=\"");
    out.push_str(visit.language().tag());
    out.push('"');
    out.push_str(&theme);
    out.push_str("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">");
    let mut tag = |template: &str, value: &str| out.push_str(&template.replace("{}", &escape(value)));
    tag("<title>{}</title>", &title);
    tag("<link rel=\"preload\" href=\"{}\" as=\"font\" type=\"font/woff2\" crossorigin>", &assets.serif);
    tag("<link rel=\"stylesheet\" href=\"{}\">", &assets.css);
    if let Some(accent) = super::accent::address(&visit.site) {
        tag("<link rel=\"stylesheet\" href=\"{}\">", &accent);
    }
    tag("<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">", &assets.favicon);
    tag("<link rel=\"manifest\" href=\"{}\">", "/site.webmanifest");
    if !assets.boot.is_empty() {
        tag("<script type=\"module\" src=\"{}\"></script>", &assets.boot);
    }
    tag("<meta name=\"color-scheme\" content=\"{}\">", "light dark");
    tag("<meta name=\"theme-color\" media=\"(prefers-color-scheme: light)\" content=\"{}\">", "#ffffff");
    tag("<meta name=\"theme-color\" media=\"(prefers-color-scheme: dark)\" content=\"{}\">", "#0f1417");
    tag("<meta property=\"og:site_name\" content=\"{}\">", site);
    tag("<meta property=\"og:title\" content=\"{}\">", &head.title);
    // what is not to be found is not to be shown beside a link
    let of_site = || head.canonical.is_some().then(|| Card::of_page(visit.words, &visit.site, share::Page::Site));
    if let Some(picture) = head.picture.clone().or_else(of_site) {
        tag("<meta property=\"og:image\" content=\"{}\">", &visit.absolute(&picture.address()));
        tag("<meta property=\"og:image:type\" content=\"{}\">", share::MEDIA);
        tag("<meta property=\"og:image:width\" content=\"{}\">", &share::WIDTH.to_string());
        tag("<meta property=\"og:image:height\" content=\"{}\">", &share::HEIGHT.to_string());
        tag("<meta property=\"og:image:alt\" content=\"{}\">", &picture.alt(visit.words));
        tag("<meta name=\"twitter:card\" content=\"{}\">", "summary_large_image");
    }
    tag("<meta property=\"og:type\" content=\"{}\">", if head.article { "article" } else { "website" });
    if let Some(description) = &head.description {
        tag("<meta name=\"description\" content=\"{}\">", description);
        tag("<meta property=\"og:description\" content=\"{}\">", description);
    }
    match &head.canonical {
        Some(path) => {
            let address = visit.absolute(path);
            tag("<link rel=\"canonical\" href=\"{}\">", &address);
            tag("<meta property=\"og:url\" content=\"{}\">", &address);
        }
        None => tag("<meta name=\"robots\" content=\"{}\">", "noindex"),
    }
    if let Some(path) = &head.feed {
        tag("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"{}\">", path);
    }
    for (kind, address) in &head.shown_by {
        tag(&format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{{}}\">"), address);
    }
    if let Some(value) = &head.structured {
        out.push_str("<script type=\"application/ld+json\">");
        out.push_str(&script_json(value));
        out.push_str("</script>");
    }
    out.push_str("</head><body");
    if head.staff {
        out.push_str(" class=\"staff\"");
    }
    out.push('>');
    out.push_str(body);
    out.push_str("</body></html>");
    out
}

/// What was just done, on the page that the browser was sent to after a form. The key comes from the address, so only messages that
/// were written for it are shown.
fn flash(visit: &Visit) -> Option<impl IntoView + use<>> {
    let key = format!("done-{}", visit.done.as_deref()?);
    if !visit.words.has(&key) {
        return None;
    }
    Some(view! {
        <div class="wrap"><div class="flash flash--ok" role="status">{icon(visit, "tick")}<p>{visit.words.t(&key)}</p></div></div>
    })
}

fn mark(here: bool) -> Option<&'static str> {
    here.then_some("page")
}

fn header(visit: &Visit, head: &Head) -> impl IntoView + use<> {
    let words = visit.words;
    let place = head.place;
    let account = match &visit.account {
        Some(account) => {
            let initials = initials(&account.name);
            view! {
                <Bell
                    unread=visit.unread
                    none=t!(words, "nav-notices", n = 0, shown = "#")
                    some=t!(words, "nav-notices", n = 2, shown = "#")
                    icon=super::icon::icon_href(visit, "bell")
                />
                <a class="btn btn--icon btn--quiet only-wide" href="/me" aria-current=mark(place == Place::Me)>
                    <span class="avatar avatar--sm" aria-hidden="true">{initials}</span><span class="sr">{t!(words, "nav-me")}</span>
                </a>
            }
            .into_any()
        }
        None => view! { <a class="btn btn--quiet" href=sign_in_path(visit)>{t!(words, "nav-sign-in")}</a> }.into_any(),
    };
    let triage = visit.is_staff().then(|| {
        view! { <li><a href="/triage" aria-current=mark(place == Place::Triage)>{t!(words, "nav-triage")}</a></li> }
    });
    let other = visit.site.next_language(visit.language()).map(|other| {
        view! {
            <form class="lang-switch" method="post" novalidate=true action="/preferences">
                <input type="hidden" name="back" value=back(visit) />
                <button class="btn btn--quiet btn--sm" name="language" value=other.tag() lang=other.tag()>
                    <span class="lang-switch__full">{other.name()}</span>
                    <abbr class="lang-switch__short" title=other.name()>{other.tag().to_uppercase()}</abbr>
                </button>
            </form>
        }
    });
    let dark_next = visit.theme != Theme::Dark;
    view! {
        <header class="site-head">
            <div class=if head.staff { "wrap wrap--wide site-head__in" } else { "wrap site-head__in" }>
                <a class="brand" href="/">
                    <svg class="brand__mark" viewBox="0 0 28 28" aria-hidden="true">
                        <path fill="currentColor" d="M14 2a11.4 11.4 0 1 1-5.2 21.55L3.3 25.7l1.5-5.6A11.4 11.4 0 0 1 14 2z"></path>
                        <path fill="none" stroke="var(--paper)" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round" d="m9.4 11.2 4.2 4.3 6.3-7.3"></path>
                    </svg>
                    <span class="brand__t"><span>"Answerable"</span>
                        {(visit.site.name != "Answerable").then(|| view! { <span class="brand__site">{visit.site.name.clone()}</span> })}
                    </span>
                </a>
                {head.staff.then(|| view! { <span class="staffmark">{t!(words, "nav-staff")}</span> })}
                <nav class="site-nav" aria-label=t!(words, "nav-main")>
                    <ul>
                        <li><a href="/" aria-current=mark(place == Place::Posts)>{t!(words, "nav-posts")}</a></li>
                        <li><a href="/roadmap" aria-current=mark(place == Place::Roadmap)>{t!(words, "nav-roadmap")}</a></li>
                        <li>
                            <a href="/accountability" aria-current=mark(place == Place::Accountability)>{t!(words, "nav-accountability")}</a>
                        </li>
                        {triage}
                        {visit.is_admin().then(|| view! { <li><a href="/admin" aria-current=mark(visit.path.starts_with("/admin"))>{t!(words, "admin-title")}</a></li> })}
                    </ul>
                </nav>
                <div class="site-tools">
                    {other}
                    <form class="theme-switch" method="post" novalidate=true action="/preferences">
                        <input type="hidden" name="back" value=back(visit) />
                        <crate::islands::theme::ThemeSwitch
                            dark_next=dark_next
                            label=t!(words, "theme-switch")
                            icon=super::icon::icon_href(visit, "theme")
                        />
                    </form>
                    {account}
                    <a class="btn btn--primary only-wide" href="/new" aria-current=mark(place == Place::New)>
                        {icon(visit, "plus")}{t!(words, "nav-new")}
                    </a>
                </div>
            </div>
        </header>
    }
}

fn footer(visit: &Visit) -> impl IntoView + use<> {
    let words = visit.words;
    let site = visit.site.name.clone();
    let languages = visit
        .site
        .on_offer()
        .map(|language| {
            let here = language == visit.language();
            view! {
                <button name="language" value=language.tag() lang=language.tag() aria-pressed=if here { "true" } else { "false" }>
                    {language.name()}
                </button>
            }
        })
        .collect_view();
    let themes = Theme::ALL
        .into_iter()
        .map(|theme| {
            let here = theme == visit.theme;
            view! {
                <button name="theme" value=theme.as_str() aria-pressed=if here { "true" } else { "false" }>{words.name(names::THEME, theme)}</button>
            }
        })
        .collect_view();
    view! {
        <footer class="site-foot">
            <div class="wrap site-foot__in">
                <div class="site-foot__about">
                    <h2>{t!(words, "foot-title", site = site)}</h2>
                    <p>{t!(words, "foot-about")}</p>
                </div>
                <div>
                    <h2>{t!(words, "foot-check")}</h2>
                    <ul>
                        <li><a href="/accountability">{t!(words, "nav-accountability")}</a></li>
                        <li><a href="/promises">{t!(words, "nav-promises")}</a></li>
                        <li><a href="/record">{t!(words, "nav-record")}</a></li>
                        <li><a href="/roadmap">{t!(words, "nav-roadmap")}</a></li>
                        <li><a href="/changelog">{t!(words, "changelog-title")}</a></li>
                        <li><a href="/how-we-sort">{t!(words, "foot-sort")}</a></li>
                        <li><a href="/api/docs">{t!(words, "foot-api")}</a></li>
                        <li><a href="/feeds">{t!(words, "feeds-title")}</a></li>
                    </ul>
                </div>
                <div>
                    <h2>{t!(words, "foot-part")}</h2>
                    <ul>
                        <li><a href="/new">{t!(words, "foot-new")}</a></li>
                        <li><a href="/rules">{t!(words, "foot-rules")}</a></li>
                        <li><a href="/clocks">{t!(words, "foot-clocks")}</a></li>
                    </ul>
                </div>
                <div>
                    <h2>{t!(words, "foot-more")}</h2>
                    <ul>
                        <li><a href="/accessibility">{t!(words, "foot-accessibility")}</a></li>
                        <li><a href="/privacy">{t!(words, "foot-privacy")}</a></li>
                    </ul>
                </div>
                <div class="site-foot__end">
                    <form class="lang-switch" method="post" novalidate=true action="/preferences" aria-label=t!(words, "language-choice")>
                        <input type="hidden" name="back" value=back(visit) />
                        {languages}
                    </form>
                    <form class="theme-switch" method="post" novalidate=true action="/preferences" aria-label=t!(words, "theme-choice")>
                        <input type="hidden" name="back" value=back(visit) />
                        {themes}
                    </form>
                </div>
            </div>
        </footer>
    }
}

/// What keeps the page up to date while it is open: for whoever is signed in, and on the page of a post.
fn live(visit: &Visit, shown: Option<Shown>) -> Option<impl IntoView + use<>> {
    if shown.is_none() && visit.account.is_none() {
        return None;
    }
    let words = visit.words;
    let (comments, answer) = shown.map_or((0, 0), |shown| (shown.comments, shown.answer));
    Some(view! {
        <Live
            post=shown.map(|shown| shown.post.0)
            comments=comments
            answer=answer
            answered=t!(words, "live-answered")
            one=t!(words, "live-comments", n = 1, shown = "#")
            many=t!(words, "live-comments", n = 2, shown = "#")
            show=t!(words, "live-show")
        />
    })
}

fn tabbar(visit: &Visit, place: Place) -> impl IntoView + use<> {
    let words = visit.words;
    let staff = visit.is_staff();
    let (me, me_label) = match visit.account {
        Some(_) => ("/me".to_owned(), t!(words, "nav-me")),
        None => (sign_in_path(visit), t!(words, "nav-sign-in")),
    };
    let tab = |href: String, name: &str, label: String, here: bool| {
        view! { <li><a href=href aria-current=mark(here)>{icon(visit, name)}{label}</a></li> }
    };
    let fourth = if staff {
        tab("/triage".to_owned(), "list", t!(words, "nav-triage"), place == Place::Triage)
    } else {
        tab("/accountability".to_owned(), "chart", t!(words, "nav-score"), place == Place::Accountability)
    };
    view! {
        <nav class="tabbar" aria-label=t!(words, "nav-bottom")>
            <ul>
                {tab("/".to_owned(), "home", t!(words, "nav-posts"), place == Place::Posts)}
                {tab("/roadmap".to_owned(), "columns", t!(words, "nav-roadmap"), place == Place::Roadmap)}
                {tab("/new".to_owned(), "plus", t!(words, "nav-new"), place == Place::New)}
                {fourth}
                {tab(me, "user", me_label, place == Place::Me)}
            </ul>
        </nav>
    }
}

/// Where a form in the header leads back to: this page, or the home page from one that only a form leads to.
fn back(visit: &Visit) -> String {
    local_path(&visit.path).to_owned()
}

/// The way to sign in and back to here.
pub fn sign_in_path(visit: &Visit) -> String {
    let path = local_path(&visit.path);
    if path == "/"
        || path.starts_with("/sign-")
        || path.starts_with("/verify")
        || path.starts_with("/reset")
        || path.starts_with("/confirm")
        || path.starts_with("/unsubscribe")
        || path.starts_with("/invite")
    {
        return "/sign-in".to_owned();
    }
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish();
    format!("/sign-in?{query}")
}

/// One or two letters for a round picture.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
