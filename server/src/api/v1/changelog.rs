//! What was delivered, and because of whom.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    changelog::{self, Category, Credit, Draft, Edit, Filter, Linked, Mine, Part, State as Standing},
    error::{Check, Problem},
    id::{ChangelogId, PostId},
    status::Stage,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    objects::{Author, Owner, Show, choices},
    posts::KindName,
    statuses::StageName,
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, Paging, USUAL},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Outdated, Refused, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::{Fields, Sent},
};

choices! {
    /// The schema of [`Category`].
    ChangelogCategory: "`new`: it was not there before; `improved`: it is better; `fixed`: it was broken, and is mended.",
        Category::ALL.map(Category::as_str);
    /// The schema of [`changelog::State`].
    ChangelogState: "`draft` and `scheduled` for the staff only; `published`; `withdrawn`: in public, and does not hold any more.",
        Standing::ALL.map(Standing::as_str);
    /// The schema of [`Part`].
    PartName: "What somebody did for it.", Part::ALL.map(Part::as_str);
}

/// A post, as far as the changelog tells of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogPost {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: PostId,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Where it stands.
    #[schema(value_type = StageName)]
    pub stage: Stage,
}

impl ChangelogPost {
    fn of(post: Linked, show: &Show) -> Self {
        Self { url: show.page(post.id, &post.slug), id: post.id, title: post.title, stage: post.stage }
    }
}

/// What the caller did for what was delivered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogPart {
    /// What.
    #[schema(value_type = PartName)]
    pub part: Part,
    /// By which post: the one that is named, or another one of its case.
    pub post: ChangelogPost,
}

/// A post that asked for what was delivered, and those whom that is owed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogCredit {
    /// The post.
    #[serde(flatten)]
    pub post: ChangelogPost,
    /// Slug of its board.
    pub board: String,
    /// Who proposed it: its author, and those of the posts of its case.
    pub proposed_by: Vec<Author>,
    /// How many people supported it, each once.
    pub support_count: i64,
    /// What the caller did for it; null for nothing.
    pub my_part: Option<ChangelogPart>,
}

impl ChangelogCredit {
    fn of(credit: Credit, show: &Show) -> Self {
        let mine = |Mine { part, post }| ChangelogPart { part, post: ChangelogPost::of(post, show) };
        Self {
            post: ChangelogPost::of(credit.post, show),
            board: credit.board.slug,
            proposed_by: credit.authors.into_iter().map(Author::from).collect(),
            support_count: credit.supporters,
            my_part: credit.mine.map(mine),
        }
    }
}

/// An entry of the changelog.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogEntry {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ChangelogId,
    /// Its page.
    pub url: String,
    /// What sort of news it is.
    #[schema(value_type = ChangelogCategory)]
    pub category: Category,
    /// Its title.
    pub title: String,
    /// The text as written, in Markdown.
    pub body: String,
    /// The same as safe HTML.
    pub body_html: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// How it stands at the moment of the answer.
    #[schema(value_type = ChangelogState)]
    pub state: Standing,
    /// Whether it is for everybody, also for those who may see none of its posts.
    pub for_all: bool,
    /// Who wrote it.
    pub author: Owner,
    /// The posts that asked for it, as far as the caller sees them.
    pub posts: Vec<ChangelogCredit>,
    /// From when on it is in public; null for a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was last corrected after that.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub withdrawn_reason: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl ChangelogEntry {
    /// An entry, as the actor sees it.
    pub fn of(entry: changelog::Entry, show: &Show) -> Self {
        Self {
            url: show.absolute(&app::pages::changelog::path_of(entry.id, &entry.slug())),
            id: entry.id,
            category: entry.category,
            title: entry.title,
            body: entry.body,
            body_html: entry.body_html,
            language: entry.language,
            state: entry.state,
            for_all: entry.for_all,
            author: show.owner(entry.author),
            posts: entry.posts.into_iter().map(|credit| ChangelogCredit::of(credit, show)).collect(),
            published_at: entry.published_at,
            corrected_at: entry.corrected_at,
            withdrawn_at: entry.withdrawn_at,
            withdrawn_reason: entry.withdrawn_reason,
            created_at: entry.created_at,
        }
    }
}

/// A correction of an entry that was published, with what stood there until then.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogCorrection {
    /// Its number, from 1.
    pub number: i32,
    /// Why it was corrected.
    pub reason: String,
    /// What sort of news it was said to be.
    #[schema(value_type = ChangelogCategory)]
    pub category: Category,
    /// The title until then.
    pub title: String,
    /// The text until then, in Markdown.
    pub body: String,
    /// Posts that it added, as far as the caller sees them.
    pub added: Vec<ChangelogPost>,
    /// Posts that it took away.
    pub removed: Vec<ChangelogPost>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A whole entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangelogWhole {
    /// What stands in lists.
    #[serde(flatten)]
    pub entry: ChangelogEntry,
    /// What was corrected since it was published, latest first.
    pub corrections: Vec<ChangelogCorrection>,
}

impl ChangelogWhole {
    fn of(entry: changelog::Entry, corrections: Vec<changelog::Correction>, show: &Show) -> Self {
        let posts = |posts: Vec<Linked>| posts.into_iter().map(|post| ChangelogPost::of(post, show)).collect();
        let correction = |correction: changelog::Correction| ChangelogCorrection {
            number: correction.number,
            reason: correction.reason,
            category: correction.category,
            title: correction.title,
            body: correction.body,
            added: posts(correction.added),
            removed: posts(correction.removed),
            created_at: correction.created_at,
        };
        Self { corrections: corrections.into_iter().map(correction).collect(), entry: ChangelogEntry::of(entry, show) }
    }

    /// As it stands in the middle of a command.
    async fn present(tx: &Tx, id: ChangelogId, show: &Show) -> Result<Self, Error> {
        let entry = changelog::by_id(tx.conn(), tx.actor(), id, tx.now()).await?;
        let corrections = changelog::corrections(tx.conn(), tx.actor(), &entry).await?;
        Ok(Self::of(entry, corrections, show))
    }
}

/// A new entry, which is a draft.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "category": "new", "title": "One bill for all your addresses",
    "body": "From December on, whoever has several addresses gets **one** bill.", "posts": [12, 31], "for_all": true
}))]
pub struct ChangelogDraft {
    /// What sort of news it is.
    #[schema(value_type = ChangelogCategory)]
    pub category: String,
    /// Its title.
    #[schema(min_length = 3, max_length = 120)]
    pub title: String,
    /// The text, in Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: String,
    /// The numbers of the posts that asked for it, at most 30. They have to be delivered by the time at which it is published.
    pub posts: Option<Vec<i64>>,
    /// Whether it is for everybody. Else it is for those who may see one of its posts.
    pub for_all: Option<bool>,
}

/// A change to an entry; what is missing stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "title": "One bill for all addresses", "reason": "It holds for business customers as well." }))]
pub struct ChangelogEdit {
    /// What sort of news it is.
    #[schema(value_type = Option<ChangelogCategory>)]
    pub category: Option<String>,
    /// Its title.
    #[schema(min_length = 3, max_length = 120)]
    pub title: Option<String>,
    /// The text, in Markdown.
    #[schema(min_length = 1, max_length = 20000)]
    pub body: Option<String>,
    /// The numbers of the posts: all of them.
    pub posts: Option<Vec<i64>>,
    /// Whether it is for everybody.
    pub for_all: Option<bool>,
    /// Why, in public: needed once it is published. What stood there before stays readable.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: Option<String>,
}

/// When an entry is published.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "published_at": null }))]
pub struct ChangelogPublication {
    /// From when on it is in public, within a year; at once when it is missing or null.
    pub published_at: Option<DateTime<Utc>>,
}

/// Why an entry is withdrawn.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "The new bills are printed from January on only." }))]
pub struct ChangelogWithdrawal {
    /// In public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Which entries to list, for the document; all conditions hold at once.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangelogFilter {
    /// What sort of news they are.
    #[param(value_type = Option<ChangelogCategory>)]
    pub category: Option<String>,
    /// How they stand; in public, withdrawn or not, when it is missing.
    #[param(value_type = Option<ChangelogState>)]
    pub state: Option<String>,
    /// The number of a post that they name.
    pub post: Option<i64>,
}

fn typed(posts: Vec<i64>) -> Vec<String> {
    posts.iter().map(ToString::to_string).collect()
}

/// List the changelog
///
/// Latest first. Whoever may see one of the posts of an entry reads it, and everybody those that are for everybody.
#[utoipa::path(
    get, path = "/api/v1/changelog", tag = "changelog", params(ChangelogFilter, Paging),
    responses((status = 200, description = "The entries", body = List<ChangelogEntry>), Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    let mut check = Check::new();
    let post = |text: &str| text.parse().map(PostId).map_err(|_| Problem::NotAPost);
    let filter = Filter {
        category: asked.choice(&mut check, "category", Category::parse),
        state: asked.choice(&mut check, "state", Standing::parse),
        post: asked.choice(&mut check, "post", post),
    };
    let limit = asked.noted_limit(&mut check);
    check.finish(())?;
    let cursor = asked.cursor();
    let (entries, next_cursor) =
        changelog::list(forum.read(), &caller.actor, filter, cursor.as_deref(), limit, forum.now()).await?;
    let show = Show::to(&forum, &caller.actor);
    let items = entries.into_iter().map(|entry| ChangelogEntry::of(entry, &show)).collect();
    Ok(Json(List { items, next_cursor }).into_response())
}

/// Show an entry of the changelog
#[utoipa::path(
    get, path = "/api/v1/changelog/{id}", tag = "changelog", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The entry", body = ChangelogWhole), Missing),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn show(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let entry = changelog::by_id(forum.read(), &caller.actor, ChangelogId(number(&id)?), forum.now()).await?;
    let corrections = changelog::corrections(forum.read(), &caller.actor, &entry).await?;
    Ok(Json(ChangelogWhole::of(entry, corrections, &Show::to(&forum, &caller.actor))).into_response())
}

/// Begin an entry of the changelog
///
/// It is a draft, which nobody but the staff sees until it is published.
#[utoipa::path(
    post, path = "/api/v1/changelog", tag = "changelog", request_body = ChangelogDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses(
        (status = 201, description = "The draft", body = ChangelogWhole, headers(("Location" = String))),
        Unauthenticated, Denied, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn create(State(forum): State<Forum>, caller: Caller, sent: Sent) -> Answer {
    changelog::may_write(&caller.actor)?;
    let mut fields = sent.fields()?;
    let draft = Draft {
        category: fields.text("category"),
        title: fields.text("title"),
        body: fields.text("body"),
        posts: typed(fields.numbers("posts").unwrap_or_default()),
        for_all: fields.flag("for_all"),
        typed_in: caller.language,
    };
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = forum.with_markdown(&draft.body).await?;
    once(&forum, &caller, &sent, async |tx| {
        let entry = changelog::write(tx, &draft).await?;
        let location = format!("/api/v1/changelog/{}", entry.id);
        Ok(Made { location, object: ChangelogWhole::present(tx, entry.id, &show).await? })
    })
    .await
}

/// The entry in an address that the caller may change: asked before the body is read, so that only who may hears what is wrong with it.
async fn known(forum: &Forum, caller: &Caller, id: &str) -> Result<ChangelogId, Error> {
    let id = ChangelogId(caller.target(id)?);
    changelog::by_id(forum.read(), &caller.actor, id, forum.now()).await?;
    changelog::may_write(&caller.actor)?;
    Ok(id)
}

/// The fields of a change.
fn edit(fields: &mut Fields, caller: &Caller) -> Edit {
    Edit {
        category: fields.changed_text("category"),
        title: fields.changed_text("title"),
        body: fields.changed_text("body"),
        posts: fields.changed_numbers("posts").map(typed),
        for_all: fields.optional_flag("for_all"),
        reason: fields.optional_text("reason"),
        version: None,
        typed_in: caller.language,
    }
}

/// Change an entry of the changelog
///
/// One that is published is corrected: for a public reason, with what stood there before kept for everybody to read, and it stands in the
/// record. Whoever hears of it only by a post that is added is told and thanked. Nobody may lose it from sight by that.
#[utoipa::path(
    patch, path = "/api/v1/changelog/{id}", tag = "changelog", request_body = ChangelogEdit,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the entry that it was written from"),
    ),
    responses(
        (status = 200, description = "The entry as it is now", body = ChangelogWhole),
        Unauthenticated, Denied, Missing, Conflicting, Outdated, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn update(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = known(&forum, &caller, &id).await?;
    let mut fields = sent.fields()?;
    let edit = edit(&mut fields, &caller);
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    let forum = forum.with_markdown(edit.body.as_deref().unwrap_or_default()).await?;
    let change = async |tx: &mut Tx| {
        sent.unless_changed(async || ChangelogWhole::present(tx, id, &show).await).await?;
        changelog::edit(tx, id, &edit).await?;
        ChangelogWhole::present(tx, id, &show).await
    };
    Ok(Json(forum.write(&caller.actor, change).await?).into_response())
}

/// Throw a draft of the changelog away
///
/// What is published can be withdrawn only.
#[utoipa::path(
    delete, path = "/api/v1/changelog/{id}", tag = "changelog", params(("id" = i64, Path, description = "Its number")),
    responses((status = 204, description = "It is gone"), Unauthenticated, Denied, Missing, Conflicting),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn discard(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = known(&forum, &caller, &id).await?;
    forum.write(&caller.actor, async |tx| changelog::discard(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Publish an entry of the changelog
///
/// At once, or from a moment on that lies ahead; until then that can be changed. Those who proposed, supported and follow its posts are told
/// once, and it stands in the record.
#[utoipa::path(
    post, path = "/api/v1/changelog/{id}/publish", tag = "changelog", request_body = Option<ChangelogPublication>,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The entry", body = ChangelogWhole),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn publish(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = known(&forum, &caller, &id).await?;
    let mut fields = sent.optional_fields()?;
    let at = fields.optional_text("published_at");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        changelog::publish(tx, id, at.as_deref(), None).await?;
        Ok(Changed(ChangelogWhole::present(tx, id, &show).await?))
    })
    .await
}

/// Make a draft again of an entry whose time has not come
#[utoipa::path(
    delete, path = "/api/v1/changelog/{id}/publish", tag = "changelog", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The draft", body = ChangelogWhole), Unauthenticated, Denied, Missing, Conflicting),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn recall(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = known(&forum, &caller, &id).await?;
    let show = Show::to(&forum, &caller.actor);
    let recall = async |tx: &mut Tx| {
        changelog::recall(tx, id).await?;
        ChangelogWhole::present(tx, id, &show).await
    };
    Ok(Json(forum.write(&caller.actor, recall).await?).into_response())
}

/// Withdraw an entry of the changelog
///
/// It stays where it is, and says that it does not hold any more, and why.
#[utoipa::path(
    post, path = "/api/v1/changelog/{id}/withdraw", tag = "changelog", request_body = ChangelogWithdrawal,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The entry", body = ChangelogWhole),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn withdraw(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = known(&forum, &caller, &id).await?;
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        changelog::withdraw(tx, id, &reason).await?;
        Ok(Changed(ChangelogWhole::present(tx, id, &show).await?))
    })
    .await
}

/// Something that was delivered and that the caller had a part in.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveredPost {
    /// The post that they wrote or supported.
    #[serde(flatten)]
    pub post: ChangelogPost,
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: forum::post::Kind,
    /// What they did.
    #[schema(value_type = PartName)]
    pub part: Part,
    /// Since when it stands where it does.
    pub since: DateTime<Utc>,
    /// The latest entry of the changelog that tells of it; null when none does.
    pub entry: Option<NamedEntry>,
}

/// An entry of the changelog, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedEntry {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ChangelogId,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Since when it is in public.
    pub published_at: DateTime<Utc>,
}

/// List what was delivered because of the caller
///
/// Latest first: posts that they wrote or supported, and that are delivered.
#[utoipa::path(
    get, path = "/api/v1/me/delivered", tag = "me", params(Paging),
    responses((status = 200, description = "What was delivered", body = List<DeliveredPost>), Unauthenticated, Mistaken),
    extensions(("x-who" = json!("token"))), security(("bearer" = []))
)]
pub async fn delivered(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    changelog::may_list_own(&caller.actor)?;
    let limit = asked.limit(USUAL)?;
    let cursor = asked.cursor();
    let items = changelog::delivered(forum.read(), &caller.actor, cursor.as_deref(), limit, forum.now()).await?;
    let page = List::page(items, limit, changelog::Delivered::cursor);
    let show = Show::to(&forum, &caller.actor);
    let named = |entry: changelog::Named| NamedEntry {
        url: show.absolute(&app::pages::changelog::path_of(entry.id, &entry.slug())),
        id: entry.id,
        title: entry.title,
        published_at: entry.published_at,
    };
    let item = |item: changelog::Delivered| DeliveredPost {
        post: ChangelogPost::of(item.post, &show),
        kind: item.kind,
        part: item.part,
        since: item.since,
        entry: item.entry.map(named),
    };
    let items = page.items.into_iter().map(item).collect();
    Ok(Json(List { items, next_cursor: page.next_cursor }).into_response())
}
