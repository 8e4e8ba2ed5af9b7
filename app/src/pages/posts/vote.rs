//! Voting on a post: one form for the page, the list and the island.

use axum::{
    Form,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use forum::{
    Error,
    error::Problem,
    trace,
    vote::{self, Stance, Tally},
};

use super::{post_id, show};
use crate::{
    parts::{
        form::{Sent, Typed},
        vote::KEY,
    },
    web::{PageResult, Visit, local_path, see_other},
};

/// `stance` is `support`, `oppose`, or `withdraw` to take it back; `reason` says why, for those against it; `back` is the page that it
/// was sent from.
pub(super) async fn vote(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = post_id(&id)?;
    let back = match typed.get("back") {
        "" => format!("/p/{id}?done=voted"),
        // what can't stand in a header was not written by a page of ours
        back if !back.is_ascii() => "/".to_owned(),
        back => local_path(back).to_owned(),
    };
    visit.require_account()?;
    let reason = typed.some("reason");
    let outcome = visit
        .forum()
        .write(&visit.actor, async |tx| match typed.get("stance") {
            "withdraw" => vote::withdraw(tx, id).await,
            stance => {
                let stance = Stance::parse(stance).map_err(|_| Error::invalid("stance", Problem::UnknownChoice))?;
                let tally = vote::cast(tx, id, stance, reason.as_deref()).await?;
                if let Some(me) = visit.actor.id() {
                    trace::note(tx, me, &visit.client).await?;
                }
                Ok(tally)
            }
        })
        .await;
    match outcome {
        Ok(tally) if visit.wants_json => Ok(data(&tally)),
        Ok(_) => Ok(see_other(&back)),
        Err(Error::Invalid(fields)) if !visit.wants_json && fields.iter().all(|f| f.field == "reason") => {
            show::again(&visit, id, &Sent::of_fields(&visit, KEY, typed, &fields)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The counts, for the island.
fn data(tally: &Tally) -> Response {
    let body = serde_json::json!({
        // as the box shows it: at the head of a case those of all of it
        "support_count": tally.case_support,
        "oppose_count": tally.oppose_count,
        "stance": tally.my_vote.as_ref().map_or("", |vote| vote.stance.as_str()),
    });
    ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
