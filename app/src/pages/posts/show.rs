//! The page of a post: what was said, where it stands, who answers for it and by when.

use axum::{
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use forum::{
    Error,
    answer::{self, Answer},
    changelog,
    comment::{self, Comment, Thread},
    follow::Subject,
    id::{CommentId, PostId},
    marker::Marker,
    moderation::{self, Moderation},
    notice,
    post::{self, Post, PostRow},
    ring,
    vote::{self, Vote},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{again, deadline::posted, duty::Duty, post_id, rebuttal};
use crate::{
    i18n::names,
    pages::{changelog::path_of as entry_path, embed::discovery, feeds::path_of_post},
    parts::{
        Head, Place, Shown, case,
        clock_chip::row_chip,
        clock_list::clock_list,
        comment::{Around, Reader, comment_form, comments, key_of},
        confirm::{check_line, question},
        files::files,
        follow::follow_button,
        form::{Sent, Sheet},
        icon,
        kept::{Digest, What, markup},
        kind::kind_name,
        ladder::ladder,
        marker::{Looker, hidden, notes},
        owner::owner_card,
        pill::{pill, status_name},
        post_row::{meta, path_of, post_path},
        promise::promise_boxes,
        rail::rail,
        respond,
        text::{escape, markdown, tag_of},
        timeline::{provenance_name, timeline},
        vote::vote_bar,
        when,
        who::{Size, owner_chip, person_path, public_avatar, public_link, public_name},
    },
    share::Card,
    t,
    web::{PageResult, Visit},
};

/// Comments of one page.
pub(super) const COMMENTS: u64 = 200;
/// Reasons against that stand on the page without being asked for.
const REASONS: usize = 20;
/// Reasons against that are shown at all: the rest is in the API.
const MOST_REASONS: u64 = 1000;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The comment after which the comments begin.
    comments: String,
    /// `all` for all reasons against.
    reasons: String,
}

/// All that the page shows.
pub(super) struct Loaded {
    pub(super) post: Post,
    pub(super) answers: Vec<Answer>,
    told: Vec<changelog::Named>,
    pub(super) acts: Vec<Moderation>,
    doubts: Vec<ring::Note>,
    pub(super) duty: Duty,
    reasons: Vec<Vote>,
    more_reasons: bool,
    pub(super) threads: Vec<Thread>,
    /// The comment that those shown come after.
    after: Option<CommentId>,
    next_comments: Option<CommentId>,
    /// How much of what is shown was new to its reader.
    read: u64,
}

/// `/p/7` alone, or what a form of the page was sent to: the same page at its whole address.
pub(super) async fn bare(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let (db, now) = (visit.forum().read(), visit.now);
    let row = post::row_by_id(db, &visit.actor, post_id(&id)?, now).await?;
    let path = post_path(&row);
    // a post of old may be called what a form of today is sent to
    if visit.path.split('?').next() == Some(path.as_str()) {
        let loaded = load(&visit, row.id, &asked).await?;
        return Ok(page(&visit, &loaded, &asked, None));
    }
    Ok(moved(&visit, &path))
}

pub(super) async fn show(visit: Visit, Path((id, slug)): Path<(String, String)>, Query(asked): Query<Asked>) -> PageResult {
    let loaded = load(&visit, post_id(&id)?, &asked).await?;
    if loaded.post.row.slug != slug {
        return Ok(moved(&visit, &path_of(&loaded.post)));
    }
    Ok(page(&visit, &loaded, &asked, None))
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn again(visit: &Visit, id: PostId, sent: &Sent) -> PageResult {
    let loaded = load(visit, id, &Asked::default()).await?;
    Ok(page(visit, &loaded, &Asked::default(), Some(sent)))
}

/// The same with the comments that come after one, and the files that came with a comment.
pub(super) async fn again_after(visit: &Visit, id: PostId, after: Option<CommentId>, sent: Sent) -> PageResult {
    let sent = sent.with_files(visit).await?;
    let asked = Asked { comments: after.map(|id| id.to_string()).unwrap_or_default(), ..Asked::default() };
    let loaded = load(visit, id, &asked).await?;
    Ok(page(visit, &loaded, &asked, Some(&sent)))
}

/// Where a comment can be seen: on the page that begins with it when it does not stand on the first one.
pub(super) async fn comment_path(visit: &Visit, post: &PostRow, comment: &Comment) -> Result<String, Error> {
    let (path, id) = (post_path(post), comment.id);
    Ok(if comment::is_on_first_page(visit.forum().read(), comment, post.id, COMMENTS).await? {
        format!("{path}#comment-{id}")
    } else {
        format!("{path}?comments={}#comment-{id}", id.0 - 1)
    })
}

/// For good to the right address, with the query as it was. Browsers may keep the answer only if they ask again: a title, and with
/// it the address, may change back.
fn moved(visit: &Visit, path: &str) -> Response {
    let target = match visit.path.split_once('?') {
        Some((_, query)) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut response = Redirect::permanent(&target).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

pub(super) async fn load(visit: &Visit, id: PostId, asked: &Asked) -> Result<Loaded, Error> {
    let after = match asked.comments.as_str() {
        "" => None,
        text => Some(CommentId(text.parse().map_err(|_| Error::NotFound)?)),
    };
    let view = visit.view().await?;
    let seen = view.post(id).await?;
    let post = post::whole(&view, &seen).await?;
    let answers = answer::list(&view, &seen).await?;
    let told = changelog::of_post(&view, &seen).await?;
    let acts = moderation::of_post(&view, &seen).await?;
    let doubts = ring::of_post(&view, &seen).await?;
    let all_reasons = asked.reasons == "all";
    let mut reasons = Vec::new();
    if post.row.oppose_count > 0 || seen.is_moderated() {
        let most = if all_reasons { MOST_REASONS } else { REASONS as u64 + 1 };
        reasons = vote::reasons_against(&view, &seen, most).await?;
    }
    let more_reasons = !all_reasons && reasons.len() > REASONS;
    if more_reasons {
        reasons.truncate(REASONS);
    }
    let found = comment::page(&view, &seen, after, COMMENTS).await?;
    let next_comments = found.items.last().filter(|_| found.more).map(|comment| comment.id);
    let threads = comment::threads(found.items);
    let duty = Duty::load(visit, (&view, &seen), &post, &answers).await?;
    drop(view);
    let read = note_read(visit, id).await;
    Ok(Loaded { post, answers, told, acts, doubts, duty, reasons, more_reasons, threads, after, next_comments, read })
}

/// Whoever looks at a post has seen what happened there; answers how much was new. That it could not be noted is no reason to withhold the page.
async fn note_read(visit: &Visit, post: PostId) -> u64 {
    if visit.unread == 0 || !notice::is_unread(visit.forum().read(), &visit.actor, post).await.unwrap_or(false) {
        return 0;
    }
    let read = visit.forum().write_aside(&visit.actor, async |tx| notice::read(tx, Some(post)).await).await;
    read.unwrap_or_else(|error| {
        tracing::warn!(%error, "could not note that news were read");
        0
    })
}

fn page(visit: &Visit, loaded: &Loaded, asked: &Asked, sent: Option<&Sent>) -> Response {
    let seen_here;
    let visit = match i64::try_from(loaded.read) {
        Ok(read) if read > 0 => {
            seen_here = Visit { unread: (visit.unread - read).max(0), ..visit.clone() };
            &seen_here
        }
        _ => visit,
    };
    let words = visit.words;
    let (post, row) = (&loaded.post, &loaded.post.row);
    let path = path_of(post);
    let duty = &loaded.duty;
    let title = shown_title(visit, post);
    let mut head = Head::titled(title.clone()).at(Place::Posts).with_form(sent);
    if let Some(marker) = &post.row.hidden {
        head.description = Some(t!(words, "hidden-description", rule = i64::from(marker.rule)));
    } else if !row.board.private {
        head.description = Some(t!(
            words,
            "post-description",
            kind = kind_name(visit, row.kind),
            status = status_name(visit, &row.status),
            excerpt = row.excerpt.as_str(),
        ));
    }
    if !row.board.private
        && post.row.hidden.is_none()
        && post.held_since.is_none()
        && loaded.after.is_none()
        && asked.reasons.is_empty()
    {
        head.canonical = Some(path.clone());
        head.structured = Some(structured(visit, post));
        head.feed = Some(path_of_post(row.id));
        head.shown_by = discovery(visit, row).into();
    }
    head.article = true;
    head.picture = Card::of_post(words, &visit.site, row);
    let answer = loaded.answers.iter().map(|answer| answer.id.0).max().unwrap_or_default();
    head.live = Some(Shown { post: row.id, comments: row.comment_count, answer });
    respond(visit, head, || {
        let crumbs = view! {
            <nav class="crumbs" aria-label=t!(words, "crumbs-label")>
                <ol>
                    <li><a href="/">{t!(words, "nav-posts")}</a></li>
                    <li><a href=format!("/?board={}", row.board.slug)><bdi>{row.board.called(visit.language()).to_owned()}</bdi></a></li>
                    <li aria-current="page">{t!(words, "row-number", number = row.id.0)}</li>
                </ol>
            </nav>
        };
        let title = view! {
            <header class="idea__head">
                {meta(visit, row)}
                <h1 class="h-page" dir="auto" lang=post.row.hidden.is_none().then(|| row.language.clone())>{title}</h1>
                <p class="idea__by">
                    {public_avatar(visit, &row.author, Size::Sm)}
                    <span>{public_link(visit, &row.author)}", "{when::day(visit, row.created_at)}</span>
                    {pill(visit, &row.status)}
                    {row_chip(visit, &all_clocks(row, duty), loaded.answers.last())}
                    <a class="only-narrow" href="#owner">{owner_chip(visit, row.owner.as_ref())}</a>
                </p>
            </header>
        };
        view! {
            <div class="wrap page page--tight">
                {crumbs}
                <div class="split mt-4">
                    <article class="stack gap-8">
                        {Sheet::any(visit, sent).summary()}
                        {posted(visit, row)}
                        {held_back(visit, post)}
                        {title}
                        {post.case.as_ref().and_then(|case| case::note(visit, case, row.id))}
                        {needed_of_author(visit, row, duty)}
                        {duty.ask.as_ref().and_then(|ask| question(visit, ask, duty.check.as_ref(), sent))}
                        {rebuttal::form(visit, row, duty.rebuttal_until, sent)}
                        {(post.row.hidden.is_none() && post.held_since.is_none()).then(|| again::block(visit, row, duty, sent, vote_bar(visit, row, sent)))}
                        {doubted(visit, &loaded.doubts)}
                        {post.case.as_ref().and_then(|case| case::matter(visit, case, row.id))}
                        {progress(visit, loaded)}
                        {in_changelog(visit, &loaded.told)}
                        {promise_boxes(visit, &duty.promises)}
                        {wording(visit, post)}
                        {notes(visit, row.id, &loaded.acts)}
                        {official(visit, loaded)}
                        {against(visit, loaded, &path)}
                        {discussion(visit, loaded, &path, sent)}
                    </article>
                    {markup(&visit.kept(What::Facts(row.id, facts_digest(loaded)), |visit| aside(visit, loaded, &path)))}
                </div>
            </div>
        }
    })
}

/// The title; one that is hidden stands with the text, for those who may read it.
pub(super) fn shown_title(visit: &Visit, post: &Post) -> String {
    if post.row.hidden.is_some() { t!(visit.words, "hidden-title") } else { post.row.title.clone() }
}

/// The post with every clock that it ever had: a first answer that was missed on one level and given on the next was late.
pub(super) fn all_clocks(row: &PostRow, duty: &Duty) -> PostRow {
    PostRow { clocks: duty.clocks.clone(), ..row.clone() }
}

/// That the staff looks, or looked, at some of the votes, and what came of it. No name is said.
fn doubted(visit: &Visit, doubts: &[ring::Note]) -> Option<impl IntoView + use<>> {
    if doubts.is_empty() {
        return None;
    }
    let words = visit.words;
    let day = |at| words.date(visit.local(at).date_naive());
    let lines = doubts
        .iter()
        .map(|note| {
            let text = match note.outcome {
                None => t!(words, "doubt-open", n = note.votes, date = day(note.found_at)),
                Some(ring::Outcome::Dismissed) => {
                    t!(words, "doubt-dismissed", n = note.votes, date = day(note.decided_at.unwrap_or(note.found_at)))
                }
                Some(ring::Outcome::Excluded) => {
                    t!(words, "doubt-excluded", n = note.votes, date = day(note.decided_at.unwrap_or(note.found_at)))
                }
            };
            let reason = note.reason.clone().map(|reason| {
                let lang = tag_of(visit, &reason);
                view! { " "<q dir="auto" lang=lang>{reason}</q> }
            });
            view! { <p>{text}{reason}</p> }
        })
        .collect_view();
    Some(view! {
        <aside class="tombstone" aria-label=t!(words, "doubt-label")>
            {lines}
            <p class="meta"><a href="/how-we-sort#rings">{t!(words, "doubt-how")}</a></p>
        </aside>
    })
}

/// To its author and the staff: that nobody else can read it yet.
fn held_back(visit: &Visit, post: &Post) -> Option<impl IntoView + use<>> {
    let since = post.held_since?;
    let words = visit.words;
    let look = visit.is_staff().then(|| {
        view! { <div class="banner__act"><a class="btn" href="/triage/moderation#held">{t!(words, "held-look")}</a></div> }
    });
    Some(view! {
        <section class="banner banner--warn" aria-labelledby="held-title">
            {icon(visit, "clock")}
            <div>
                <h2 class="banner__h" id="held-title">{t!(words, "held-title")}</h2>
                <p class="banner__t">{t!(words, "held-text")}" "{t!(words, "held-since")}" "{when::moment(visit, since)}"."</p>
            </div>
            {look}
        </section>
    })
}

/// The entries of the changelog that tell of it.
fn in_changelog(visit: &Visit, told: &[changelog::Named]) -> Option<impl IntoView + use<>> {
    if told.is_empty() {
        return None;
    }
    let entries = told
        .iter()
        .enumerate()
        .map(|(n, entry)| {
            let path = entry_path(entry.id, &entry.slug());
            view! { {(n > 0).then_some(", ")}<a href=path dir="auto" lang=entry.language.clone()>{entry.title.clone()}</a> }
        })
        .collect_view();
    Some(
        view! { <p class="in-log">{icon(visit, "s-delivered")}<span>{t!(visit.words, "post-in-changelog")}" "{entries}</span></p> },
    )
}

/// The rail, and what customers say to the delivery.
pub(super) fn progress(visit: &Visit, loaded: &Loaded) -> impl IntoView + use<> {
    let (row, duty) = (&loaded.post.row, &loaded.duty);
    let check = duty.check.as_ref().and_then(|check| check_line(visit, row.status.stage, check));
    view! { <div class="stack gap-4">{rail(visit, row, &loaded.answers, duty.ahead(visit))}{check}</div> }
}

/// To the author, while the company waits for them: what is needed, and how the clocks run again.
fn needed_of_author(visit: &Visit, row: &PostRow, duty: &Duty) -> Option<impl IntoView + use<>> {
    let stop = duty.waiting().filter(|_| visit.account.as_ref().is_some_and(|a| a.id == row.author.id))?;
    let words = visit.words;
    Some(view! {
        <section class="banner banner--warn" aria-labelledby="needed-title">
            {icon(visit, "pause")}
            <div>
                <h2 class="banner__h" id="needed-title">{t!(words, "needed-title")}</h2>
                <p class="banner__t" dir="auto" lang=tag_of(visit, &stop.reason)>{stop.reason.clone()}</p>
                <p class="banner__t">{t!(words, "needed-text")}" "{t!(words, "stop-until")}" "{when::deadline(visit, stop.until_at)}"."</p>
            </div>
            <div class="banner__act"><a class="btn" href="#comment-form">{t!(words, "needed-reply")}</a></div>
        </section>
    })
}

/// What machines can read of the post.
fn structured(visit: &Visit, post: &Post) -> serde_json::Value {
    let row = &post.row;
    let count = |action: &str, n: i64| {
        serde_json::json!({
            "@type": "InteractionCounter",
            "interactionType": format!("https://schema.org/{action}"),
            "userInteractionCount": n,
        })
    };
    let mut value = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": row.title,
        "text": post.body,
        "url": visit.absolute(&path_of(post)),
        "inLanguage": row.language,
        "datePublished": row.created_at.to_rfc3339(),
        "author": {
            "@type": "Person",
            "name": public_name(visit, &row.author),
            // who was erased has no page, nor has a guest
            "url": (!row.author.is_erased() && !row.author.is_guest()).then(|| visit.absolute(&person_path(&row.author))),
        },
        "articleSection": row.board.called(visit.language()),
        "keywords": post.tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        "interactionStatistic": [
            count("LikeAction", row.case_support),
            count("DislikeAction", row.oppose_count),
            count("CommentAction", row.case_comments),
        ],
    });
    if let (Some(at), Some(object)) = (post.edited_at, value.as_object_mut()) {
        object.insert("dateModified".to_owned(), at.to_rfc3339().into());
    }
    value
}

/// The text, its labels, and what its author or the staff can do with it.
pub(super) fn wording(visit: &Visit, post: &Post) -> impl IntoView + use<> {
    let words = visit.words;
    let row = &post.row;
    let tags = post
        .tags
        .iter()
        .map(|tag| {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("tag", &tag.slug).finish();
            view! { <li><a class="tag" href=format!("/?{query}")><bdi>{tag.name.clone()}</bdi></a></li> }
        })
        .collect_view();
    let mine = visit.account.as_ref().is_some_and(|a| a.id == row.author.id);
    let staff = visit.is_staff();
    let edit = (post.row.hidden.is_none() && post.held_since.is_none() && (staff || mine && post.locked.is_none())).then(|| {
        view! { <a class="btn btn--sm" href=format!("/p/{}/edit", row.id)>{icon(visit, "edit")}{t!(words, "post-edit")}</a> }
    });
    let moderate = if post.held_since.is_some() {
        None
    } else if staff {
        Some(view! { <a class="btn btn--quiet btn--sm" href=format!("/p/{}/moderate", row.id)>{t!(words, "moderate")}</a> })
    } else if visit.account.is_some() && !mine && post.row.hidden.is_none() {
        Some(view! { <a class="btn btn--quiet btn--sm" href=format!("/p/{}/flag", row.id)>{t!(words, "report")}</a> })
    } else {
        None
    };
    let text = match &post.row.hidden {
        Some(marker) => {
            let looker = if mine {
                Looker::Author
            } else if staff {
                Looker::Staff
            } else {
                Looker::Other
            };
            let html = format!("<p><strong>{}</strong></p>{}", escape(&row.title), post.body_html);
            let text = post.is_readable.then_some((html.as_str(), row.language.as_str()));
            hidden(visit, t!(words, "marker-post"), marker, looker, text)
        }
        None => markdown(&post.body_html, &row.language).into_any(),
    };
    let edited = post.edited_at.filter(|_| post.is_readable).map(|at| {
        view! {
            <p class="meta">
                {t!(words, "post-edited")}" "{when::day(visit, at)}". "
                <a href=format!("/p/{}/versions", row.id)>{t!(words, "post-versions", n = i64::from(post.version))}</a>
            </p>
        }
    });
    view! {
        <section class="section" aria-labelledby="text-title">
            <div class="section__head">
                <h2 class="h-section" id="text-title">{words.name(names::THE_POST, row.kind)}</h2>
                <span class="cluster">{moderate}{edit}</span>
            </div>
            {text}
            {files(visit, &post.files)}
            {edited}
            {of_case(visit, row)}
            {(!post.tags.is_empty()).then(|| view! { <ul class="tags" aria-label=t!(words, "post-tags")>{tags}</ul> })}
        </section>
    }
}

/// Quietly, for whoever knows another post that says the same: to merge them, or to propose it.
fn of_case(visit: &Visit, row: &PostRow) -> Option<impl IntoView + use<>> {
    let words = visit.words;
    visit.account.as_ref()?;
    let merge = visit.is_staff().then(|| {
        let label = if row.head.is_some() { t!(words, "case-unmerge") } else { t!(words, "case-merge") };
        view! { <a href=format!("/triage/{}/merge", row.id)>{label}</a>" " }
    });
    Some(view! { <p class="cluster sm"><a href=format!("/p/{}/same", row.id)>{t!(words, "same-link")}</a>{merge}</p> })
}

/// What the company said.
pub(super) fn official(visit: &Visit, loaded: &Loaded) -> impl IntoView + use<> {
    let words = visit.words;
    let row = &loaded.post.row;
    let story = loaded.duty.story(&loaded.post, &loaded.answers);
    let staff = visit.is_staff().then(|| {
        view! {
            <section class="panel panel--sunken between" aria-label=t!(words, "post-staff-label")>
                <p>{t!(words, "post-staff-text")}</p>
                <a class="btn btn--primary" href=format!("/triage/{}", row.head.unwrap_or(row.id))>{t!(words, "post-staff-answer")}</a>
            </section>
            {remarks(visit, &loaded.duty)}
        }
    });
    // a program that reads a feed is nobody
    let feed = (!row.board.private && loaded.post.row.hidden.is_none() && loaded.post.held_since.is_none()).then(|| {
        view! { <a class="btn btn--quiet btn--sm" href=path_of_post(row.id)>{icon(visit, "feed")}{t!(words, "feeds-of-post")}</a> }
    });
    view! {
        <section class="section" id="answers" aria-labelledby="answers-title">
            <div class="section__head">
                <h2 class="h-section" id="answers-title">{t!(words, "post-answers", site = visit.site.name.as_str())}</h2>
                <div class="cluster">
                    {follow_button(visit, Subject::Post(row.id), loaded.post.following, &format!("{}#answers", path_of(&loaded.post)))}
                    {feed}
                </div>
            </div>
            {staff}
            {markup(&visit.kept(What::Timeline(row.id, story.digest()), |visit| timeline(visit, &story)))}
        </section>
    }
}

/// For the staff: what customers wrote with their word on whether it is solved.
fn remarks(visit: &Visit, duty: &Duty) -> Option<impl IntoView + use<>> {
    if duty.remarks.is_empty() {
        return None;
    }
    let words = visit.words;
    let items = duty
        .remarks
        .iter()
        .map(|remark| {
            let said = if remark.solved { t!(words, "remark-yes") } else { t!(words, "remark-no") };
            view! {
                <li>
                    <p class="meta">{public_link(visit, &remark.person)}", "{when::day(visit, remark.at)}": "<b>{said}</b></p>
                    <p dir="auto" lang=tag_of(visit, &remark.note)>{remark.note.clone()}</p>
                </li>
            }
        })
        .collect_view();
    let n = i64::try_from(duty.remarks.len()).unwrap_or(i64::MAX);
    Some(view! {
        <details class="panel panel--sunken">
            <summary>{t!(words, "remarks-title", n = n)}</summary>
            <ul class="minis mt-4">{items}</ul>
        </details>
    })
}

/// The reasons of those against it.
fn against(visit: &Visit, loaded: &Loaded, path: &str) -> Option<impl IntoView + use<>> {
    let words = visit.words;
    let row = &loaded.post.row;
    if row.oppose_count == 0 && loaded.reasons.is_empty() {
        return None;
    }
    let items = loaded
        .reasons
        .iter()
        .map(|vote| {
            let moderate = visit.is_staff().then(|| {
                let path = format!("/p/{}/votes/{}/moderate", row.id, vote.person.id);
                view! { <span><a href=path>{t!(words, "moderate")}</a></span> }
            });
            let text = match &vote.excluded {
                Some(marker) => excluded(visit, vote, marker),
                None => {
                    let lines = vote.reason.iter().flat_map(|reason| reason.lines());
                    lines.map(|line| view! { <p dir="auto">{line.to_owned()}</p> }).collect_view().into_any()
                }
            };
            view! {
                <li class="comment">
                    {public_avatar(visit, &vote.person, Size::Md)}
                    <div class="comment__body">
                        <p class="comment__head"><b>{public_link(visit, &vote.person)}</b><span>{when::day(visit, vote.created_at)}</span>{moderate}</p>
                        <div class="comment__text">{text}</div>
                    </div>
                </li>
            }
        })
        .collect_view();
    let counted = loaded.reasons.iter().filter(|vote| vote.excluded.is_none()).count();
    let shown = i64::try_from(counted).unwrap_or(i64::MAX);
    let rest = if loaded.more_reasons {
        Some(
            view! { <a class="btn btn--sm start" href=format!("{path}?reasons=all#against")>{t!(words, "against-all")}</a> }
                .into_any(),
        )
    } else if row.oppose_count > shown {
        let n = row.oppose_count - shown;
        Some(view! { <p class="meta">{t!(words, "against-without", n = n, count = words.number(n))}</p> }.into_any())
    } else {
        None
    };
    Some(view! {
        <section class="section" id="against" aria-labelledby="against-title">
            <h2 class="h-section" id="against-title">{t!(words, "against-title", n = row.oppose_count, count = words.number(row.oppose_count))}</h2>
            {(!loaded.reasons.is_empty()).then(|| view! { <ol class="comments">{items}</ol> })}
            {rest}
        </section>
    })
}

/// In the place of the reason of a vote that does not count.
fn excluded(visit: &Visit, vote: &Vote, marker: &Marker) -> AnyView {
    let mine = visit.account.as_ref().is_some_and(|me| me.id == vote.person.id);
    let looker = if mine {
        Looker::Author
    } else if visit.is_staff() {
        Looker::Staff
    } else {
        Looker::Other
    };
    let html = vote.reason.as_deref().map(|reason| (format!("<p>{}</p>", escape(reason)), tag_of(visit, reason)));
    let text = html.as_ref().map(|(html, language)| (html.as_str(), *language));
    hidden(visit, visit.words.name(names::ACTED, marker.act), marker, looker, text)
}

/// The comments, and the form for a new one.
fn discussion(visit: &Visit, loaded: &Loaded, path: &str, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let row = &loaded.post.row;
    let earlier = loaded
        .after
        .is_some()
        .then(|| view! { <a class="btn btn--sm start" href=format!("{path}#comments")>{t!(words, "comments-first")}</a> });
    let later = loaded.next_comments.map(|after| {
        view! { <a class="btn btn--sm start" href=format!("{path}?comments={after}#comments")>{t!(words, "comments-later")}</a> }
    });
    let list = if loaded.threads.is_empty() {
        loaded.after.is_none().then(|| view! { <p class="meta">{t!(words, "comments-none")}</p> }.into_any())
    } else {
        // what was typed as a reply is not lost either
        let is_open = loaded.post.row.hidden.is_none() && loaded.post.held_since.is_none() && loaded.post.locked.is_none()
            || sent.is_some_and(|sent| sent.key().starts_with("reply-"));
        let around = Around { post: row, reader: Reader::of(visit, &loaded.threads), is_open, sent };
        Some(match sent {
            Some(_) => comments(visit, around, &loaded.threads).into_any(),
            None => {
                let what = What::Comments(row.id, Digest::of((&loaded.threads, is_open)), around.reader);
                markup(&visit.kept(what, |visit| comments(visit, around, &loaded.threads))).into_any()
            }
        })
    };
    view! {
        <section class="section" id="comments" aria-labelledby="comments-title">
            <h2 class="h-section" id="comments-title">
                {t!(words, "comments-title", n = row.case_comments, count = words.number(row.case_comments))}
            </h2>
            {earlier}
            {list}
            {later}
            {comment_place(visit, loaded, sent)}
        </section>
    }
}

/// The form for a comment, or why there is none.
fn comment_place(visit: &Visit, loaded: &Loaded, sent: Option<&Sent>) -> AnyView {
    let (words, post) = (visit.words, &loaded.post);
    match (&post.row.hidden, &post.locked) {
        _ if post.held_since.is_some() => view! { <p class="meta">{t!(words, "conflict-held-back")}</p> }.into_any(),
        // what was typed while it was locked or hidden is not lost
        _ if sent.is_some_and(|sent| sent.key() == key_of(None)) => {
            comment_form(visit, &post.row, &loaded.threads, sent).into_any()
        }
        (Some(_), _) => view! { <p class="tombstone">{t!(words, "hidden-form")}</p> }.into_any(),
        (None, Some(marker)) => {
            view! { <p class="tombstone">{t!(words, "locked-form", rule = i64::from(marker.rule))}</p> }.into_any()
        }
        (None, None) => comment_form(visit, &post.row, &loaded.threads, sent).into_any(),
    }
}

/// All that stands beside the post and can change.
fn facts_digest(Loaded { post, duty, .. }: &Loaded) -> Digest {
    let Post { row, owners, imported, version, .. } = post;
    let duties = (&duty.handovers, &duty.helpers, &duty.levels, &duty.clocks, &duty.extensions, &duty.stops, &duty.provenance);
    Digest::of((
        &row.owner,
        &row.board,
        row.level,
        row.case_comments,
        &row.clocks,
        &row.slug,
        &row.status,
        owners,
        imported,
        version,
        duties,
    ))
}

pub(super) fn aside(visit: &Visit, loaded: &Loaded, path: &str) -> impl IntoView + use<> {
    let words = visit.words;
    let (post, duty) = (&loaded.post, &loaded.duty);
    let row = &post.row;
    let origin = if post.imported { t!(words, "fact-origin-imported") } else { t!(words, "fact-origin-here") };
    let from = duty.provenance.last().map(|statement| provenance_name(words, statement.provenance));
    let fact = |name: String, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let versions = view! {
        <a href=format!("/p/{}/versions", row.id)>{t!(words, "fact-version", n = i64::from(post.version))}</a>
    }
    .into_any();
    let parts = [
        ("#text-title".to_owned(), words.name(names::THE_POST, row.kind)),
        ("#answers".to_owned(), t!(words, "post-answers", site = visit.site.name.as_str())),
        ("#comments".to_owned(), t!(words, "comments-title", n = row.case_comments, count = words.number(row.case_comments))),
    ]
    .into_iter()
    .map(|(href, label)| view! { <a href=href>{label}</a> })
    .collect_view();
    view! {
        <aside class="aside">
            {owner_card(visit, post, &duty.handovers, &duty.helpers)}
            {ladder(visit, row, &duty.levels)}
            <section class="mod" aria-labelledby="clocks-title">
                <h2 class="mod__h" id="clocks-title">{t!(words, "clocks-title")}" "<a href="/clocks">{t!(words, "clocks-how")}</a></h2>
                {clock_list(visit, post, &duty.clocks, &duty.extensions, &duty.stops)}
            </section>
            <section class="mod">
                <h2 class="mod__h">{t!(words, "facts-title")}</h2>
                <dl class="facts">
                    {fact(t!(words, "fact-posted"), when::day(visit, row.created_at).into_any())}
                    {fact(t!(words, "fact-number"), words.number(row.id.0).into_any())}
                    {fact(t!(words, "fact-board"), view! { <a href=format!("/?board={}", row.board.slug)><bdi>{row.board.called(visit.language()).to_owned()}</bdi></a> }.into_any())}
                    {fact(t!(words, "fact-versions"), versions)}
                    {fact(t!(words, "fact-origin"), origin.into_any())}
                    {from.map(|from| fact(t!(words, "fact-provenance"), from.into_any()))}
                    {fact(t!(words, "fact-address"), view! { <a href=path.to_owned()>{format!("/p/{}", row.id)}</a> }.into_any())}
                </dl>
            </section>
            <section class="mod only-wide">
                <h2 class="mod__h">{t!(words, "post-on-this-page")}</h2>
                <div class="linklist">{parts}</div>
            </section>
        </aside>
    }
}
