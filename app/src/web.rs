//! A request for a page: who asks, in which language, with which theme; and how a view becomes a response.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use axum::{
    body::Body,
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use forum::{
    Error, Forum, View,
    actor::Actor,
    clock,
    confirm::{self, Ask},
    draft,
    error::Conflict,
    limit, link,
    person::Account,
    session,
    site::{HouseRule, Language, Site},
};

use crate::{i18n::Words, parts::kept::Pieces, share::Pictures};

/// What every page works with.
#[derive(Clone)]
pub struct Web {
    /// The forum.
    pub forum: Forum,
    /// Where the files of the interface are.
    pub assets: Arc<Assets>,
    /// What was rendered for everybody.
    pub pieces: Pieces,
    /// The pictures of previews.
    pub pictures: Pictures,
}

impl FromRef<Web> for Forum {
    fn from_ref(web: &Web) -> Self {
        web.forum.clone()
    }
}

/// Addresses of the files of the interface; their names change with their content.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The letters of headings.
    pub serif: String,
    /// The script of a page that is shown in a frame.
    pub frame: String,
    /// The script that wakes the islands.
    pub boot: String,
    /// The glue of the WASM.
    pub js: String,
    /// The islands.
    pub wasm: String,
    /// The icons.
    pub icons: String,
    /// The icon of the site.
    pub favicon: String,
}

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// As the cookie and the form spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name; anything else is the system's.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// One request of a browser.
#[derive(Clone)]
pub struct Visit {
    /// What every page works with.
    pub web: Web,
    /// Who asks.
    pub actor: Actor,
    /// Their account, if they are signed in.
    pub account: Option<Account>,
    /// The words of their language.
    pub words: &'static Words,
    /// How much happened that concerns them and that they have not seen; no more than a hundred is counted.
    pub unread: i64,
    /// What the company asks them and they have not answered, newest first.
    pub asks: Vec<Ask>,
    /// Their theme.
    pub theme: Theme,
    /// The secret of their session.
    pub session: Option<String>,
    /// Why it can't be known who asks, if they say that they are signed in.
    pub failed: Option<Failure>,
    /// When their session ends now, if this request made it live longer.
    pub renewed: Option<DateTime<Utc>>,
    /// The secret of what they have written and could not send yet.
    pub draft: Option<String>,
    /// The settings of the site.
    pub site: Arc<Site>,
    /// The time of the request.
    pub now: DateTime<Utc>,
    /// How often the forum had [shown something new](Forum::shown) when the request came.
    pub shown: u64,
    /// Path and query, as asked for.
    pub path: String,
    /// The browser, by its own account.
    pub device: String,
    /// Where the request came from, for limits.
    pub client: String,
    /// What was just done, by the page that sent the browser here.
    pub done: Option<String>,
    /// The number that the log knows the request by.
    pub request_id: String,
    /// The secret by which this browser is known to those who signed in here before.
    pub known_by: Option<String>,
    /// Whether the request came from a script of ours that wants data instead of a page.
    pub wants_json: bool,
}

/// What a page depends on when nobody in particular asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Variant {
    /// In which language.
    pub language: Language,
    /// With which theme.
    pub theme: Theme,
}

impl Variant {
    /// The variant that a request asks for; `None` when it comes with a session, since the page may then be somebody's own.
    pub fn of(headers: &HeaderMap, forum: &Forum) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        if jar.get(session_cookie(forum)).is_some() {
            return None;
        }
        let site = forum.site();
        Some(Self { language: language_of_browser(&jar, headers, &site).unwrap_or(site.language), theme: theme_of_browser(&jar) })
    }
}

/// Marks a response as the same for every visitor with the same language and theme.
#[derive(Debug, Clone, Copy)]
pub struct SameForVisitors;

fn language_of_browser(jar: &CookieJar, headers: &HeaderMap, site: &Site) -> Option<Language> {
    let chosen = jar.get("language").and_then(|c| Language::parse(c.value())).filter(|language| site.offers(*language));
    chosen.or_else(|| accepted_language(headers, site))
}

fn theme_of_browser(jar: &CookieJar) -> Theme {
    jar.get("theme").map(|c| Theme::parse(c.value())).unwrap_or_default()
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        let visit = Self::of(parts, web).await;
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

impl Visit {
    async fn of(parts: &Parts, web: &Web) -> Self {
        let forum = &web.forum;
        let jar = CookieJar::from_headers(&parts.headers);
        // before anything is read, so that nothing older can be taken for what is shown now
        let shown = forum.shown();
        let (site, now) = (forum.site(), forum.now());
        let mut session = jar.get(session_cookie(forum)).map(|c| c.value().to_owned());
        let (mut account, mut renewed, mut unread, mut is_asked, mut failed) = (None, None, 0, false, None);
        if let Some(secret) = &session {
            match session::open(forum.read(), secret, now).await {
                Ok(Some(open)) => {
                    if open.is_stale {
                        let note = async |tx: &mut forum::Tx| session::note_use(tx, secret, open.ends_at).await;
                        match forum.write_aside(&Actor::System, note).await {
                            Ok(()) => renewed = Some(open.ends_at),
                            Err(error) => tracing::warn!(%error, "could not note the use of a session"),
                        }
                    }
                    (unread, is_asked) = (open.unread, open.asked);
                    account = Some(open.account);
                }
                Ok(None) => {}
                // who is signed in must not be taken for a visitor, and be sent to sign in
                Err(error) => failed = Some(error.into()),
            }
        }
        if account.is_none() && failed.is_none() {
            session = None;
        }
        let actor = account.as_ref().map_or(Actor::Visitor, |a| a.actor(None));
        let mut asks = Vec::new();
        if is_asked {
            match confirm::open_for(forum.read(), &actor).await {
                Ok(open) => asks = open,
                Err(error) => tracing::warn!(%error, "could not look up what somebody is asked"),
            }
        }
        let language = account
            .as_ref()
            .and_then(|a| a.language.as_deref())
            .and_then(Language::parse)
            .filter(|language| site.offers(*language))
            .or_else(|| language_of_browser(&jar, &parts.headers, &site))
            .unwrap_or(site.language);
        let header = |name: header::HeaderName| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let done = query_value(&parts.uri, "done").filter(|d| d.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        Self {
            web: web.clone(),
            actor,
            account,
            words: Words::of(language),
            unread,
            asks,
            theme: theme_of_browser(&jar),
            session,
            failed,
            renewed,
            draft: jar.get(draft_cookie(forum)).map(|c| c.value().to_owned()),
            known_by: jar.get(device_cookie(forum)).map(|c| c.value().to_owned()),
            site,
            now,
            shown,
            path: parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            device: header(header::USER_AGENT).chars().take(200).collect(),
            client: client_of(parts),
            done,
            request_id: header(header::HeaderName::from_static("x-request-id")).to_owned(),
            wants_json: header(header::ACCEPT).starts_with("application/json"),
        }
    }

    /// The forum.
    pub fn forum(&self) -> &Forum {
        &self.web.forum
    }

    /// The house rules that are in force, by their numbers, in the reader's language.
    pub fn house_rules(&self) -> Vec<(u32, String)> {
        let rules = self.site.every_rule().into_iter().filter(|rule| !rule.withdrawn);
        rules.map(|rule| (rule.number, self.rule_in(self.language(), &rule))).collect()
    }

    /// What a house rule says in a language: in the words of the site, or in those that the forum comes with.
    pub fn rule_in(&self, language: Language, rule: &HouseRule) -> String {
        Words::of(language).house_rule(rule)
    }

    /// The language of the page.
    pub fn language(&self) -> Language {
        self.words.language
    }

    /// A time in the zone of the site.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<Tz> {
        at.with_timezone(&self.site.time_zone)
    }

    /// The day it is at the site.
    pub fn today(&self) -> NaiveDate {
        clock::local_day(&self.site, self.now)
    }

    /// What the one who asks sees, at the time of the request.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self) -> Result<View<'static>, Error> {
        Ok(self.forum().view(&self.actor).await?.at(self.now))
    }

    /// Whether a member of the staff asks.
    pub fn is_staff(&self) -> bool {
        self.actor.staff().is_ok()
    }

    /// Whether an admin asks.
    pub fn is_admin(&self) -> bool {
        self.actor.admin().is_ok()
    }

    /// The account, or the error that sends a visitor to sign in.
    pub fn require_account(&self) -> Result<&Account, Error> {
        self.account.as_ref().ok_or(Error::Unauthenticated)
    }

    /// Staff pages send a visitor to sign in, and do not exist for members.
    pub fn require_staff(&self) -> Result<&Account, Error> {
        let account = self.require_account()?;
        if self.is_staff() { Ok(account) } else { Err(Error::NotFound) }
    }

    /// The whole public address of a path.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.forum().address())
    }

    /// Sets the session cookie, which ends with its session.
    pub fn session_cookie(&self, secret: &str, ends_at: DateTime<Utc>) -> Cookie<'static> {
        let mut cookie = self.cookie(session_cookie(self.forum()), secret);
        cookie.set_http_only(true);
        cookie.set_max_age(cookie::time::Duration::seconds((ends_at - self.now).num_seconds().max(0)));
        cookie
    }

    /// Sets the cookie by which this browser is known to whoever signs in. It outlives the session: it is for signing in again.
    pub fn device_cookie(&self, secret: &str, ends_at: DateTime<Utc>) -> Cookie<'static> {
        let mut cookie = self.session_cookie(secret, ends_at);
        cookie.set_name(device_cookie(self.forum()));
        cookie
    }

    /// Lets the cookie of a session live as long as the session does by now, unless the response says something else of it.
    pub fn renew_cookie(&self, response: Response) -> Response {
        let (Some(ends_at), Some(secret)) = (self.renewed, &self.session) else { return response };
        let name = session_cookie(self.forum());
        let says = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.split('=').next() == Some(name));
        if response.headers().get_all(header::SET_COOKIE).iter().any(says) {
            return response;
        }
        (CookieJar::new().add(self.session_cookie(secret, ends_at)), response).into_response()
    }

    /// Takes the session cookie away.
    pub fn no_session_cookie(&self) -> Cookie<'static> {
        let mut cookie = self.session_cookie("", self.now);
        cookie.make_removal();
        cookie
    }

    /// Sets the cookie of a draft.
    pub fn draft_cookie(&self, secret: &str) -> Cookie<'static> {
        let mut cookie = self.cookie(draft_cookie(self.forum()), secret);
        cookie.set_http_only(true);
        cookie.set_max_age(cookie::time::Duration::seconds(draft::LIFETIME.num_seconds()));
        cookie
    }

    /// Takes the cookie of a draft away.
    pub fn no_draft_cookie(&self) -> Cookie<'static> {
        let mut cookie = self.draft_cookie("");
        cookie.make_removal();
        cookie
    }

    /// A cookie that keeps a choice of the reader's for a year.
    pub fn cookie(&self, name: &'static str, value: &str) -> Cookie<'static> {
        let mut cookie = Cookie::new(name, value.to_owned());
        cookie.set_path("/");
        cookie.set_same_site(SameSite::Lax);
        cookie.set_max_age(cookie::time::Duration::days(365));
        cookie.set_secure(self.forum().address().starts_with("https:"));
        cookie
    }
}

/// `__Host-` binds the cookie to this very host, and needs https.
fn session_cookie(forum: &Forum) -> &'static str {
    if forum.address().starts_with("https:") { "__Host-session" } else { "session" }
}

fn device_cookie(forum: &Forum) -> &'static str {
    if forum.address().starts_with("https:") { "__Host-device" } else { "device" }
}

fn draft_cookie(forum: &Forum) -> &'static str {
    if forum.address().starts_with("https:") { "__Host-draft" } else { "draft" }
}

/// The language on offer that the browser or client asks for most.
pub fn accepted_language(headers: &HeaderMap, site: &Site) -> Option<Language> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(u32, Language)> = value
        .split(',')
        .filter_map(|part| {
            let (tag, quality) = part.split_once(';').unwrap_or((part, "q=1"));
            let quality: f64 = quality.trim().strip_prefix("q=")?.trim().parse().ok()?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
            let quality = (quality.clamp(0.0, 1.0) * 1000.0) as u32;
            Some((quality, Language::parse(tag.trim())?)).filter(|(q, language)| *q > 0 && site.offers(*language))
        })
        .collect();
    wanted.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    wanted.first().map(|(_, language)| *language)
}

/// For whom a request comes, as far as the server knows who asks and which proxies are to be believed. It stands among the extensions
/// of the request.
#[derive(Debug, Clone, Copy)]
pub struct Client(pub IpAddr);

/// Where a request comes from, as limits count it.
pub fn client_of(parts: &Parts) -> String {
    parts.extensions.get::<Client>().map_or_else(|| "unknown".to_owned(), |Client(ip)| limit::network_of(*ip).to_string())
}

/// The first value of a name in the query of an address.
pub fn query_value(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes()).find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
}

/// A path of this site, to go back to: never another site's.
pub fn local_path(path: &str) -> &str {
    let sane = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control);
    if sane { path } else { "/" }
}

/// What a page handler answers.
pub type PageResult = Result<Response, Failure>;

/// A failure on the way to a page. It leaves as a bare status with the error attached; the outermost page layer dresses it in the
/// reader's language.
#[derive(Debug, Clone)]
pub struct Failure(pub Arc<Error>);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The HTTP status of an error.
pub fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) | Error::Banned(_) => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(Conflict::Changed) => StatusCode::PRECONDITION_FAILED,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// After a form: see the other page (303), so that reloading does not send the form again.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// An HTML response.
pub fn html(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Whether a link that was mailed would still work, for the pages that show a button for it.
pub async fn link_alive(visit: &Visit, purpose: link::Purpose, secret: &str) -> Result<bool, Error> {
    link::is_alive(visit.forum().read(), purpose, secret, visit.now).await
}
