//! Posts: listed, shown, submitted, changed, and those that say much the same.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    error::{Check, Problem},
    id::PostId,
    limit,
    post::{self, Draft, Edit, Filter, Kind, PostRow, Sort},
    provenance::Provenance,
    status::Stage,
    tag,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    attachments::Attachment,
    cases::Case,
    clocks::Clock,
    moderation::Marker,
    objects::{Author, Owner, Show, choices},
    provenance::ProvenanceName,
    statuses::{StageName, Status},
    votes::MyVote,
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Outdated, Refused, TooOften, Unauthenticated},
    repeat::{Made, once},
    sent::Sent,
};

choices! {
    /// The schema of [`Kind`], whose values can't drift from it.
    KindName: "What sort of post it is.", Kind::ALL.map(Kind::as_str);
    /// The schema of [`Sort`].
    SortName: "The order of a list.", Sort::ALL.map(Sort::as_str);
}

/// A post in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostSummary {
    /// Its number.
    #[schema(value_type = i64, example = 812)]
    pub id: PostId,
    /// Its name in addresses.
    #[schema(example = "one-bill-for-two-addresses")]
    pub slug: String,
    /// Its page.
    #[schema(example = "https://forum.example/p/812/one-bill-for-two-addresses")]
    pub url: String,
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: Kind,
    /// Its title.
    #[schema(example = "One bill for two addresses")]
    pub title: String,
    /// Its first words, without markup.
    pub excerpt: String,
    /// Why its title and its text are hidden; null while they are not. The author and the staff read them all the same.
    pub hidden: Option<Marker>,
    /// The language that it is written in (BCP 47).
    #[schema(example = "en")]
    pub language: String,
    /// Slug of the board.
    #[schema(example = "billing")]
    pub board: String,
    /// Where it stands.
    pub status: Status,
    /// Since when it stands in its stage.
    pub stage_since: DateTime<Utc>,
    /// People for it.
    pub support_count: i64,
    /// People against it; never subtracted from those for it.
    pub oppose_count: i64,
    /// Comments that stand.
    pub comment_count: i64,
    /// Who wrote it.
    pub author: Author,
    /// Who is accountable; null while nobody is.
    pub owner: Option<Owner>,
    /// Escalation: 1 desk, 2 lead, 3 director.
    #[schema(minimum = 1, maximum = 3)]
    pub level: i32,
    /// Its deadlines, the latest of each name.
    pub clocks: Vec<Clock>,
    /// Its rank by the public formula of `/how-we-sort`.
    pub trend: f64,
    /// The post that heads its case, where the answers are; null for one that is no member.
    #[schema(value_type = Option<i64>)]
    pub head_id: Option<PostId>,
    /// People for any post of the case that it heads, each once; `support_count` when it heads none. Lists are ordered by it.
    pub case_support_count: i64,
    /// Comments on all posts of the case that it heads; `comment_count` when it heads none.
    pub case_comment_count: i64,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
}

impl PostSummary {
    /// A row of a list.
    pub fn of(row: PostRow, show: &Show) -> Self {
        let clocks = row.clocks.into_iter();
        Self {
            id: row.id,
            url: show.page(row.id, &row.slug),
            slug: row.slug,
            kind: row.kind,
            title: row.title,
            excerpt: row.excerpt,
            hidden: row.hidden.map(|marker| Marker::of(marker, show)),
            language: row.language,
            board: row.board.slug,
            status: row.status.into(),
            stage_since: row.stage_at,
            support_count: row.support_count,
            oppose_count: row.oppose_count,
            comment_count: row.comment_count,
            author: row.author.into(),
            owner: row.owner.map(|owner| show.owner(owner)),
            level: row.level,
            clocks: clocks.map(Clock::from).collect(),
            trend: row.trend,
            head_id: row.head,
            case_support_count: row.case_support,
            case_comment_count: row.case_comments,
            created_at: row.created_at,
        }
    }
}

/// A whole post.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Post {
    /// What stands in lists.
    #[serde(flatten)]
    pub summary: PostSummary,
    /// The text as written, in Markdown; null while it is hidden from the caller.
    pub body: Option<String>,
    /// The text as safe HTML; null while it is hidden from the caller.
    pub body_html: Option<String>,
    /// Since when it is held back: only its author and the staff know of it; null while everybody may.
    pub held_since: Option<DateTime<Utc>>,
    /// Why nothing more can be said to it; null while something can.
    pub locked: Option<Marker>,
    /// Slugs of its labels.
    pub tags: Vec<String>,
    /// The case that it belongs to; null while it stands alone.
    pub case: Option<Case>,
    /// Comments that were accepted into it.
    #[schema(value_type = Vec<Object>)]
    pub extensions: Vec<serde_json::Value>,
    /// What the caller has said; null for a visitor.
    pub my_vote: Option<MyVote>,
    /// The number of the present wording, from 1.
    pub version: i32,
    /// When it got the present wording; null for the first.
    pub edited_at: Option<DateTime<Utc>>,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
    /// Whether customers had it, the company had planned it before, or both; null while nobody has said so.
    #[schema(value_type = Option<ProvenanceName>)]
    pub provenance: Option<Provenance>,
    /// Reports that it happened again; votes are none.
    pub again_count: i64,
    /// The pictures and documents that belong to it; none where the caller may not read it.
    pub attachments: Vec<Attachment>,
}

impl Post {
    /// A whole post, as the actor sees it.
    pub fn of(mut post: post::Post, show: &Show) -> Self {
        Self {
            my_vote: post.row.my_vote.take().map(MyVote::from),
            summary: PostSummary::of(post.row, show),
            body: post.is_readable.then_some(post.body),
            body_html: post.is_readable.then_some(post.body_html),
            held_since: post.held_since,
            locked: post.locked.map(|marker| Marker::of(marker, show)),
            tags: post.tags.into_iter().map(|tag| tag.slug).collect(),
            case: post.case.map(|case| Case::of(case, show)),
            extensions: Vec::new(),
            version: post.version,
            edited_at: post.edited_at,
            imported: post.imported,
            provenance: post.provenance,
            again_count: post.again_count,
            attachments: Attachment::all(post.files, show),
        }
    }
}

/// Which posts to list, for the document; all conditions hold at once.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PostFilter {
    /// `fit` (usual with `q`): what fits the words best first; `trending` (usual without): by the public formula; `new`: latest first; `top`: most support first; `waiting`: an open first-answer
    /// clock, soonest due first; `delivered`: delivered and confirmed, latest first.
    #[param(value_type = Option<SortName>)]
    pub sort: Option<String>,
    /// Slug of a board.
    pub board: Option<String>,
    /// Of one kind.
    #[param(value_type = Option<KindName>)]
    pub kind: Option<String>,
    /// Slug of a status.
    pub status: Option<String>,
    /// Of one stage. Archived posts are listed only when this or `status` asks for them.
    #[param(value_type = Option<StageName>)]
    pub stage: Option<String>,
    /// Slug of a tag.
    pub tag: Option<String>,
    /// Words in title, tags, text or comments, of which small ones are never needed; beginnings of words, other endings and words inside of
    /// longer ones count, accents and hyphens don't. If no post has all of them, a letter off is forgiven, and then a missing word.
    pub q: Option<String>,
}

/// A new post.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "kind": "idea", "title": "One bill for two addresses",
    "body": "We pay for **two** houses and get two bills. One would do.", "board": "billing", "tags": ["bills"]
}))]
pub struct PostDraft {
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: String,
    /// One line.
    #[schema(min_length = 3, max_length = 120)]
    pub title: String,
    /// Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: String,
    /// Slug of a board.
    pub board: String,
    /// Names of labels; those that are new are made.
    #[schema(max_items = 5)]
    pub tags: Option<Vec<String>>,
    /// Numbers of pictures and documents that the caller sent before and that belong to nothing yet: at most five.
    #[schema(value_type = Option<Vec<i64>>, max_items = 5)]
    pub attachments: Option<Vec<i64>>,
}

/// A change to a post; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "title": "One bill for several addresses" }))]
pub struct PostChange {
    /// A new title.
    #[schema(min_length = 3, max_length = 120)]
    pub title: Option<String>,
    /// A new text, in Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: Option<String>,
    /// New labels, in place of all others.
    #[schema(max_items = 5)]
    pub tags: Option<Vec<String>>,
    /// Number of the house rule that it follows from; required of staff who are not the author.
    pub rule: Option<i32>,
    /// Why, in public; required of staff who are not the author.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: Option<String>,
    /// Numbers of pictures and documents that the author sent before and that belong to nothing yet: they are added, up to five in all.
    #[schema(value_type = Option<Vec<i64>>, max_items = 5)]
    pub attachments: Option<Vec<i64>>,
}

/// List posts
///
/// Summaries, without those that the caller may not see. A post that comes in while one reads page by page neither moves nor
/// hides another.
#[utoipa::path(
    get, path = "/api/v1/posts", tag = "posts", params(PostFilter, Paging),
    responses((status = 200, description = "The posts", body = List<PostSummary>), Mistaken, TooOften),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let mut check = Check::new();
    let tag = match asked.text("tag") {
        Some(tag) => Some(tag::became(forum.read(), &tag).await?.map_or(tag, |present| present.slug)),
        None => None,
    };
    let q = asked.text("q");
    let usual = if q.is_some() { Sort::Fit } else { Sort::default() };
    let filter = Filter {
        sort: asked.choice(&mut check, "sort", Sort::parse).unwrap_or(usual),
        board: asked.text("board"),
        kind: asked.choice(&mut check, "kind", Kind::parse),
        status: asked.text("status"),
        stage: asked.choice(&mut check, "stage", Stage::parse),
        tag,
        q,
        ..Filter::default()
    };
    let limit = asked.noted_limit(&mut check);
    check.finish(())?;
    let (cursor, now) = (asked.cursor(), forum.now());
    if filter.q.is_some() {
        forum.count(&caller.actor, limit::SEARCH, &caller.client).await?;
    }
    let list = forum.list(&caller.actor, &filter, cursor.as_deref(), limit, now).await?;
    let show = Show::to(&forum, &caller.actor);
    let items = list.items.iter().map(|row| PostSummary::of(row.clone(), &show)).collect();
    Ok(Json(List { items, next_cursor: list.older.clone() }).into_response())
}

/// Show a post
#[utoipa::path(
    get, path = "/api/v1/posts/{id}", tag = "posts", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The post", body = Post), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let post = post::by_id(&forum.view(&caller.actor).await?, PostId(number(&id)?)).await?;
    Ok(Json(Post::of(post, &Show::to(&forum, &caller.actor))).into_response())
}

/// Submit a post
///
/// It gets a number, the status *received*, and a clock for the first answer and one for the decision. Nobody's vote is cast with
/// it, the author's neither.
#[utoipa::path(
    post, path = "/api/v1/posts", tag = "posts", request_body = PostDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The post", body = Post, headers(("Location" = String))),
        Unauthenticated, Denied, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    post::may_submit(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        kind: fields.text("kind"),
        title: fields.text("title"),
        body: fields.text("body"),
        board: fields.text("board"),
        tags: fields.texts("tags").unwrap_or_default(),
        language: caller.language,
    };
    let files = fields.attachments();
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = forum.with_markdown(&draft.body).await?;
    once(&forum, &caller, &sent, async |tx| {
        let id = post::submit_with(tx, &draft, &files).await?;
        let post = post::by_id(&tx.view(), id).await?;
        Ok(Made { location: format!("/api/v1/posts/{id}"), object: Post::of(post, &show) })
    })
    .await
}

/// Change a post
///
/// The author changes wording and labels freely, and adds files; staff name a house rule and a reason. Every wording stays readable.
#[utoipa::path(
    patch, path = "/api/v1/posts/{id}", tag = "posts",
    params(
        ("id" = i64, Path, description = "Its number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the post that it was written from"),
    ),
    request_body = PostChange,
    responses(
        (status = 200, description = "The post as it is now", body = Post),
        Unauthenticated, Denied, Missing, Conflicting, Outdated, Refused,
    ),
    extensions(("x-who" = json!("author; staff with a rule and a reason"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let present = caller.target_row(&forum, &id).await?;
    post::may_edit(&caller.actor, present.author.id)?;
    let mut fields = sent.fields()?;
    let mut edit = Edit {
        title: fields.changed_text("title"),
        body: fields.changed_text("body"),
        tags: fields.changed_texts("tags"),
        rule: None,
        reason: fields.optional_text("reason"),
        version: None,
        attachments: fields.attachments(),
    };
    match fields.number("rule").map(i32::try_from).transpose() {
        Ok(rule) => edit.rule = rule,
        Err(_) => fields.refuse("rule", Problem::UnknownChoice),
    }
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = match &edit.body {
        Some(body) => forum.with_markdown(body).await?,
        None => forum,
    };
    let edit = async |tx: &mut Tx| {
        sent.unless_changed(async || Ok(Post::of(post::by_id(&tx.view(), present.id).await?, &show))).await?;
        post::edit(tx, present.id, &edit).await
    };
    let post = forum.write(&caller.actor, edit).await?;
    Ok(Json(Post::of(post, &show)).into_response())
}

/// Find posts that say much the same
///
/// At most five, the best first, for a title and perhaps a text that is about to be posted.
#[utoipa::path(
    get, path = "/api/v1/posts/similar", tag = "posts",
    params(("title" = String, Query, description = "The title"), ("body" = Option<String>, Query, description = "The text")),
    responses((status = 200, description = "The posts", body = List<PostSummary>), Mistaken, TooOften),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn similar(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let title = asked.text("title").ok_or(Error::invalid("title", Problem::Required))?;
    let body = asked.text("body").unwrap_or_default();
    forum.count(&caller.actor, limit::LOOK, &caller.client).await?;
    let rows = post::similar_to(forum.search(), &caller.actor, &title, &body, forum.now()).await?;
    let show = Show::to(&forum, &caller.actor);
    Ok(Json(List::whole(rows.into_iter().map(|row| PostSummary::of(row, &show)).collect())).into_response())
}
