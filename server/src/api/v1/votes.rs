//! Votes: one per person and post.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse as _,
};
use chrono::{DateTime, Utc};
use forum::{
    Error, Forum, Tx,
    error::{Check, Problem},
    id::PersonId,
    trace,
    vote::{self, Stance},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    moderation::Marker,
    objects::{Author, Show, choices},
};
use crate::api::{
    caller::Caller,
    listing::{Asked, List, Paging},
    problem::{Answer, Conflicting, Denied, Missing, Mistaken, Refused, TooOften, Unauthenticated},
    sent::Sent,
};

choices! {
    /// The schema of [`Stance`].
    StanceName: "For or against.", Stance::ALL.map(Stance::as_str);
}

/// A vote of the caller's own.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyVote {
    /// For or against.
    #[schema(value_type = StanceName)]
    pub stance: Stance,
    /// Why.
    pub reason: Option<String>,
}

impl From<vote::MyVote> for MyVote {
    fn from(vote: vote::MyVote) -> Self {
        Self { stance: vote.stance, reason: vote.reason }
    }
}

/// A person's stance.
#[derive(Debug, ToSchema)]
#[schema(example = json!({ "stance": "oppose", "reason": "Two bills are two due dates: easier to pay." }))]
pub struct VoteDraft {
    /// For or against; a complaint can't be opposed.
    #[schema(value_type = StanceName)]
    pub stance: String,
    /// Why, in public; required to oppose.
    #[schema(min_length = 10, max_length = 500)]
    pub reason: Option<String>,
}

/// How a post stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tally {
    /// People for it.
    pub support_count: i64,
    /// People against it.
    pub oppose_count: i64,
    /// What the caller has said.
    pub my_vote: Option<MyVote>,
}

impl From<vote::Tally> for Tally {
    fn from(tally: vote::Tally) -> Self {
        Self { support_count: tally.support_count, oppose_count: tally.oppose_count, my_vote: tally.my_vote.map(MyVote::from) }
    }
}

/// A vote, as everybody sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Vote {
    /// Whose.
    pub person: Author,
    /// For or against.
    #[schema(value_type = StanceName)]
    pub stance: Stance,
    /// Why; imported votes may be without a reason.
    pub reason: Option<String>,
    /// Whether it was brought in from elsewhere.
    pub imported: bool,
    /// When it was last changed.
    pub created_at: DateTime<Utc>,
    /// Why it does not count; null while it does.
    pub excluded: Option<Marker>,
}

/// Which votes to list, for the document.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VoteFilter {
    /// Only those for, or only those against.
    #[param(value_type = Option<StanceName>)]
    pub stance: Option<String>,
}

/// Vote
///
/// Casts or changes the caller's vote. The same once more changes nothing.
#[utoipa::path(
    put, path = "/api/v1/posts/{id}/vote", tag = "votes", params(("id" = i64, Path, description = "The post")),
    request_body = VoteDraft,
    responses((status = 200, description = "The counts with it", body = Tally), Unauthenticated, Denied, Missing, Conflicting, Refused, TooOften),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn cast(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    vote::may_vote(&caller.actor)?;
    let mut fields = sent.fields()?;
    let (stance, reason) = (fields.optional_text("stance"), fields.optional_text("reason"));
    fields.finish()?;
    let stance = stance.ok_or(Problem::Required).and_then(|stance| Stance::parse(&stance));
    let stance = stance.map_err(|problem| Error::invalid("stance", problem))?;
    let cast = async |tx: &mut Tx| {
        let tally = vote::cast(tx, post, stance, reason.as_deref()).await?;
        if let Some(me) = caller.actor.id() {
            trace::note(tx, me, &caller.client).await?;
        }
        Ok(tally)
    };
    let tally = forum.write(&caller.actor, cast).await?;
    Ok(Json(Tally::from(tally)).into_response())
}

/// Take the vote back
///
/// Without a vote nothing changes.
#[utoipa::path(
    delete, path = "/api/v1/posts/{id}/vote", tag = "votes", params(("id" = i64, Path, description = "The post")),
    responses((status = 200, description = "The counts without it", body = Tally), Unauthenticated, Denied, Missing, Conflicting, TooOften),
    extensions(("x-who" = json!("member, scope write"))), security(("bearer" = []))
)]
pub async fn withdraw(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>) -> Answer {
    let post = caller.target_post(&forum, &id).await?;
    vote::may_vote(&caller.actor)?;
    let tally = forum.write(&caller.actor, async |tx| vote::withdraw(tx, post).await).await?;
    Ok(Json(Tally::from(tally)).into_response())
}

/// List the votes on a post
///
/// Latest first.
#[utoipa::path(
    get, path = "/api/v1/posts/{id}/votes", tag = "votes", params(("id" = i64, Path, description = "The post"), VoteFilter, Paging),
    responses((status = 200, description = "The votes", body = List<Vote>), Missing, Mistaken),
    extensions(("x-who" = json!("all"))), security((), ("bearer" = []))
)]
pub async fn list(State(forum): State<Forum>, caller: Caller, Path(id): Path<String>, asked: Asked) -> Answer {
    let (view, post) = caller.see(&forum, &id).await?;
    let mut check = Check::new();
    let stance = asked.choice(&mut check, "stance", Stance::parse);
    let limit = asked.noted_limit(&mut check);
    let after = asked.cursor().and_then(|cursor| check.field("cursor", place(&cursor)));
    check.finish(())?;
    let votes = vote::list(&view, &post, stance, after, limit + 1).await?;
    let page = List::page(votes, limit, |vote| format!("v-{}-{}", vote.created_at.timestamp_micros(), vote.person.id));
    let show = Show::to(&forum, &caller.actor);
    let item = |vote: vote::Vote| Vote {
        person: vote.person.into(),
        stance: vote.stance,
        reason: vote.reason,
        imported: vote.imported,
        created_at: vote.created_at,
        excluded: vote.excluded.map(|marker| Marker::of(marker, &show)),
    };
    Ok(Json(List { items: page.items.into_iter().map(item).collect(), next_cursor: page.next_cursor }).into_response())
}

/// The vote that a cursor names: when it was cast, and whose it is.
fn place(cursor: &str) -> Result<(DateTime<Utc>, PersonId), Problem> {
    let parse = || {
        let (at, person) = cursor.strip_prefix("v-")?.split_once('-')?;
        Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, PersonId(person.parse().ok()?)))
    };
    parse().ok_or(Problem::NotACursor)
}
