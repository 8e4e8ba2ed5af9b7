//! What is somebody's own, for programs that sign in nowhere: whoever has the secret address reads it. It is in nobody's cache, in no search
//! engine and whole in no log.

use axum::{
    body::{Bytes, to_bytes},
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use forum::{
    Error,
    agenda::Whose,
    feed,
    notice::{self, About, Listed},
};

use super::{
    LATEST,
    atom::{self, Item},
    calendar,
};
use crate::{
    i18n::Words,
    parts::{notice as said, text::escape},
    t,
    web::{PageResult, SameForVisitors, Visit},
};

/// What is told of what happened.
const NOTICES: &str = "notices.atom";
/// What is due.
const DUE: &str = "due.ics";
/// What the teams owe.
const TEAM: &str = "team.ics";

/// Where programs find what is somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// What they are told.
    pub notices: String,
    /// What is owed to them, and what they owe.
    pub due: String,
    /// What those with whom they work owe, if they are of the staff.
    pub team: Option<String>,
}

impl Paths {
    /// The paths of an address.
    pub fn of(secret: &str, is_staff: bool) -> Self {
        let path = |name: &str| format!("/feeds/mine/{secret}/{name}");
        Self { notices: path(NOTICES), due: path(DUE), team: is_staff.then(|| path(TEAM)) }
    }
}

/// `/feeds/mine/{secret}/{name}`.
pub(super) async fn read(visit: Visit, headers: HeaderMap, Path((secret, name)): Path<(String, String)>) -> PageResult {
    let account = feed::open(visit.forum(), &secret).await?;
    let language = account.language.as_deref().and_then(forum::site::Language::parse);
    let language = language.filter(|language| visit.site.offers(*language)).unwrap_or(visit.site.language);
    let visit = Visit { actor: account.actor(None).at(visit.now), words: Words::of(language), ..visit };
    let (paths, words) = (Paths::of(&secret, visit.is_staff()), visit.words);
    let response = match name.as_str() {
        NOTICES => notices(&visit, &paths.notices).await?,
        DUE => calendar::of(&visit, t!(words, "feeds-due"), Whose::Of(account.id), None).await?,
        TEAM if paths.team.is_some() => calendar::of(&visit, t!(words, "feeds-team"), Whose::TeamOf(account.id), None).await?,
        _ => return Err(Error::NotFound.into()),
    };
    for_one(response, headers.get(header::IF_NONE_MATCH)).await
}

async fn notices(visit: &Visit, here: &str) -> Result<Response, Error> {
    let view = visit.view().await?;
    let mut told = notice::list(&view, None, None, LATEST).await?;
    drop(view);
    told.truncate(usize::try_from(LATEST).unwrap_or(usize::MAX));
    let items = told.iter().map(|item| item_of(visit, item)).collect();
    Ok(atom::of_items(visit, t!(visit.words, "me-notices"), here, "/me/notices", items))
}

fn item_of(visit: &Visit, item: &Listed) -> Item {
    let (words, notice) = (visit.words, &item.notice);
    let said_in = |text: &str| format!("<p>{}</p>", escape(text));
    let (html, language) = match &notice.about {
        About::Comment(comment) => (comment.body_html.clone(), comment.language.clone()),
        About::Answer(answer) => (answer.what_html.clone(), answer.language.clone()),
        About::Promise(promise) => (said_in(&promise.what), "und".to_owned()),
        _ => (said_in(&said::why(words, notice)), visit.language().tag().to_owned()),
    };
    Item {
        title: said::headline(words, notice, &visit.site.name),
        // several notices lead to one page
        path: format!("{}#notice-{}", said::path(notice), notice.id),
        by: visit.site.name.clone(),
        at: notice.event.at,
        changed_at: None,
        html,
        language,
    }
}

/// What is for one reader only; nothing once more when their program has it already.
async fn for_one(mut response: Response, known: Option<&HeaderValue>) -> PageResult {
    response.extensions_mut().remove::<SameForVisitors>();
    let (mut parts, body) = response.into_parts();
    let body: Bytes = to_bytes(body, usize::MAX).await.map_err(Error::internal)?;
    let tag = format!("W/\"{}\"", &forum::secret::hash(&String::from_utf8_lossy(&body))[..32]);
    let is_known = known.and_then(|known| known.to_str().ok()).is_some_and(|known| {
        let opaque = tag.trim_start_matches("W/");
        known.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == opaque)
    });
    parts.headers.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts.headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    parts.headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Ok((parts, ()).into_response());
    }
    Ok((parts, body).into_response())
}
