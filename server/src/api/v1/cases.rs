//! Cases: posts that are one matter. Staff merge them and take them apart; members propose.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Forum,
    case::{self, Standing},
    error::Problem,
    id::{PostId, ProposalId},
    post::{self, Kind},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    moderation::Marker,
    objects::{Author, Owner, Show, choices},
    posts::{KindName, Post},
};
use crate::api::{
    caller::{Caller, number},
    listing::{Asked, List, MOST, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    repeat::{Changed, Made, once},
    sent::{Fields, Sent},
};

choices! {
    /// The schema of [`Standing`].
    ProposalState: "How a proposal stands.", Standing::ALL.map(Standing::as_str);
}

/// A post of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CasePost {
    /// Its number.
    #[schema(value_type = i64, example = 812)]
    pub id: PostId,
    /// Its page.
    pub url: String,
    /// What sort of post it is.
    #[schema(value_type = KindName)]
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Why it is hidden; null while it is not.
    pub hidden: Option<Marker>,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// People for this post.
    pub support_count: i64,
    /// Comments on this post.
    pub comment_count: i64,
    /// When it was posted.
    pub created_at: DateTime<Utc>,
}

impl CasePost {
    fn of(part: case::Part, show: &Show) -> Self {
        Self {
            url: show.page(part.id, &part.slug),
            id: part.id,
            kind: part.kind,
            title: part.title,
            hidden: part.hidden.map(|marker| Marker::of(marker, show)),
            language: part.language,
            support_count: part.support_count,
            comment_count: part.comment_count,
            created_at: part.created_at,
        }
    }
}

/// A member of a case, and why it is one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseMember {
    /// The post.
    #[serde(flatten)]
    pub post: CasePost,
    /// Number of the house rule that it was merged under.
    pub rule: Option<i32>,
    /// Why.
    pub reason: Option<String>,
    /// Who merged it.
    pub merged_by: Option<Owner>,
    /// When.
    pub merged_at: Option<DateTime<Utc>>,
}

/// Posts that are one matter: what the company answers stands at the head. Each keeps its own votes, comments and address.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Case {
    /// The post that stands for all of them.
    pub head: CasePost,
    /// The others, by number.
    pub members: Vec<CaseMember>,
    /// People who support any of them, each once.
    pub support_count: i64,
    /// Comments on all of them.
    pub comment_count: i64,
}

impl Case {
    /// A case, as the actor sees it.
    pub fn of(case: case::Case, show: &Show) -> Self {
        let member = |member: case::Member| CaseMember {
            post: CasePost::of(member.post, show),
            rule: member.rule,
            reason: member.reason,
            merged_by: member.by.map(|by| show.owner(by)),
            merged_at: member.at,
        };
        Self {
            head: CasePost::of(case.head, show),
            members: case.members.into_iter().map(member).collect(),
            support_count: case.support_count,
            comment_count: case.comment_count,
        }
    }
}

/// Into which post another one is merged.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "into": 812, "rule": 2, "reason": "Both are about the mast that fell in October." }))]
pub struct MergeDraft {
    /// The post that heads the case; of a member its head does.
    pub into: i64,
    /// Number of the house rule.
    pub rule: i32,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Why posts are taken apart.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "rule": 2, "reason": "The one is about the mast, the other about the router." }))]
pub struct UnmergeDraft {
    /// Number of the house rule.
    pub rule: i32,
    /// Why, in public.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

fn rule(fields: &mut Fields) -> Option<i32> {
    let rule = fields.number("rule").map(i32::try_from).transpose();
    rule.unwrap_or_else(|_| {
        fields.refuse("rule", Problem::UnknownChoice);
        None
    })
}

/// Merge a post into another
///
/// They are one matter from then on: the post, and all that were merged into it, become members of the case of the other. Nothing moves.
/// Votes and comments stay where they are and count in the case too; the deadlines of a member rest, and the head takes over those that are
/// due before its own. The author of the member is told.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/merge", tag = "cases", request_body = MergeDraft,
    params(
        ("id" = i64, Path, description = "The post that becomes a member"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The post with its case", body = Post),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn merge(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = caller.target_post(&forum, &id).await?;
    case::may_merge(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (into, rule, reason) = (fields.number("into").map(PostId), rule(&mut fields), fields.text("reason"));
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        case::merge(tx, id, into, rule, &reason).await?;
        // who merged what and why is read from the history
        tx.settle().await?;
        Ok(Changed(Post::of(post::by_id(&tx.view(), id).await?, &show)))
    })
    .await
}

/// Take a post out of its case
///
/// With all that were merged into it before; of a head all members. Votes, comments, status and deadlines are as if it had never been in one.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/unmerge", tag = "cases", request_body = UnmergeDraft,
    params(
        ("id" = i64, Path, description = "A member, or the head of a case"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The post as it is now", body = Post),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn unmerge(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = caller.target_post(&forum, &id).await?;
    case::may_merge(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (rule, reason) = (rule(&mut fields), fields.text("reason"));
    fields.finish()?;
    let show = Show::to(&forum, &caller.actor);
    once(&forum, &caller, &sent, async |tx| {
        case::unmerge(tx, id, rule, &reason).await?;
        Ok(Changed(Post::of(post::by_id(&tx.view(), id).await?, &show)))
    })
    .await
}

/// That two posts are one matter, in somebody's opinion.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proposal {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ProposalId,
    /// The two posts, the older one first.
    #[schema(value_type = Vec<i64>, min_items = 2, max_items = 2)]
    pub posts: Vec<PostId>,
    /// Who proposes it.
    pub by: Author,
    /// What they say to it.
    pub words: Option<String>,
    /// How it stands.
    #[schema(value_type = ProposalState)]
    pub state: Standing,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
}

impl From<case::Proposal> for Proposal {
    fn from(proposal: case::Proposal) -> Self {
        Self {
            id: proposal.id,
            posts: proposal.posts.map(|post| post.id).into(),
            by: proposal.by.into(),
            words: proposal.words,
            state: proposal.standing,
            reason: proposal.reason,
            decided_at: proposal.decided_at,
            created_at: proposal.created_at,
        }
    }
}

/// Which post says the same.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "other": 798, "words": "Both are about the mast." }))]
pub struct ProposalDraft {
    /// The other post.
    pub other: i64,
    /// Why.
    #[schema(max_length = 500)]
    pub words: Option<String>,
}

/// Why posts are not one matter.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "reason": "The one is about the mast, the other about the router." }))]
pub struct ProposalRefusal {
    /// Whoever proposed it reads this.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: String,
}

/// Propose that two posts are one matter
///
/// Once for each pair. Nothing changes before the staff decide; whoever proposed it is told.
#[utoipa::path(
    post, path = "/api/v1/posts/{id}/proposals", tag = "cases", request_body = ProposalDraft,
    params(
        ("id" = i64, Path, description = "One of the posts"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 201, description = "The proposal", body = Proposal, headers(("Location" = String))),
        Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften,
    ),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn propose(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id = caller.target_post(&forum, &id).await?;
    case::may_propose(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (other, words) = (fields.number("other").map(PostId), fields.optional_text("words"));
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| {
        let id = case::propose(tx, id, other, words.as_deref()).await?;
        let made = case::proposal(tx.conn(), tx.actor(), id).await?;
        Ok(Made { location: format!("/api/v1/proposals/{id}"), object: Proposal::from(made) })
    })
    .await
}

/// List the proposals that nobody has decided
///
/// Oldest first.
#[utoipa::path(
    get, path = "/api/v1/proposals", tag = "cases", params(Paging),
    responses((status = 200, description = "The proposals", body = List<Proposal>), Unauthenticated, Denied, Mistaken),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn proposals(State(forum): State<Forum>, caller: Caller, asked: Asked) -> Answer {
    case::may_merge(&caller.actor)?;
    let open = case::open_proposals(forum.read(), &caller.actor, 1000).await?;
    let open = open.into_iter().map(Proposal::from).collect();
    Ok(Json(List::cut(open, &asked, MOST, |proposal: &Proposal| proposal.id.to_string())?).into_response())
}

/// Show a proposal
#[utoipa::path(
    get, path = "/api/v1/proposals/{id}", tag = "cases", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The proposal", body = Proposal), Unauthenticated, Missing),
    extensions(("x-who" = json!("staff; whoever proposed it"))), security(("bearer" = []))
)]
pub async fn proposal(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let proposal = case::proposal(forum.read(), &caller.actor, ProposalId(number(&id)?)).await?;
    Ok(Json(Proposal::from(proposal)).into_response())
}

/// Decline a proposal
///
/// To accept it, merge the posts.
#[utoipa::path(
    post, path = "/api/v1/proposals/{id}/decline", tag = "cases", request_body = ProposalRefusal,
    params(
        ("id" = i64, Path, description = "Its number"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe"),
    ),
    responses(
        (status = 200, description = "The proposal", body = Proposal),
        Unauthenticated, Denied, Missing, Conflicting, Refused,
    ),
    extensions(("x-who" = json!("staff"))), security(("bearer" = []))
)]
pub async fn decline(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    case::may_merge(&caller.actor)?;
    let id = case::proposal(forum.read(), &caller.actor, ProposalId(number(&id)?)).await?.id;
    let mut fields = sent.fields()?;
    let reason = fields.text("reason");
    fields.finish()?;
    once(&forum, &caller, &sent, async |tx| Ok(Changed(Proposal::from(case::decline(tx, id, &reason).await?)))).await
}
