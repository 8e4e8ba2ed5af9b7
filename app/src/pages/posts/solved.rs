//! The answer to "Is it really solved?", by somebody who is signed in.

use axum::{Form, extract::Path};
use forum::{confirm, error::Check, post};

use super::{post_id, show};
use crate::{
    done,
    parts::{
        confirm::KEY,
        form::{Sent, Typed},
        post_row::post_path,
    },
    web::{PageResult, Visit, see_other},
};

pub(super) async fn say(visit: Visit, Path(id): Path<String>, Form(typed): Form<Typed>) -> PageResult {
    let id = post_id(&id)?;
    visit.require_account()?;
    let outcome = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let mut check = Check::new();
            let solved = check.field("said", confirm::parse_said(typed.get("said")));
            let solved = check.finish(solved)?;
            confirm::say(tx, id, solved, Some(typed.get("note"))).await?;
            Ok(solved)
        })
        .await;
    match outcome {
        Ok(solved) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            let done = if solved { done!("solved-yes") } else { done!("solved-no") };
            Ok(see_other(&format!("{}?done={done}", post_path(&row))))
        }
        Err(error) => show::again(&visit, id, &Sent::invalid(&visit, KEY, typed, error)?).await,
    }
}
