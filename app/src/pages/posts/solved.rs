//! The answer to "Is it really solved?", by somebody who is signed in.

use axum::{Form, extract::Path};
use forum::{confirm, error::Check, post};
use serde::Deserialize;

use super::{post_id, show};
use crate::{
    done,
    parts::{confirm::Typed, form::Errors, post_row::post_path},
    web::{PageResult, Visit, see_other},
};

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Word {
    /// `yes` or `no`.
    said: String,
    /// What they want to add.
    note: String,
}

pub(super) async fn say(visit: Visit, Path(id): Path<String>, Form(form): Form<Word>) -> PageResult {
    let id = post_id(&id)?;
    if visit.account.is_none() {
        return Ok(show::sign_in(id));
    }
    let outcome = visit
        .forum()
        .write(&visit.actor, async |tx| {
            let mut check = Check::new();
            let solved = check.field("said", confirm::parse_said(&form.said));
            let solved = check.finish(solved)?;
            confirm::say(tx, id, solved, Some(form.note.as_str())).await?;
            Ok(solved)
        })
        .await;
    match outcome {
        Ok(solved) => {
            let row = post::row_by_id(visit.forum().read(), &visit.actor, id, visit.now).await?;
            let done = if solved { done!("solved-yes") } else { done!("solved-no") };
            Ok(see_other(&format!("{}?done={done}", post_path(&row))))
        }
        Err(error) => {
            let errors = Errors::of(&visit, error)?;
            show::again(&visit, id, show::Refused { solved: Typed { note: form.note, errors }, ..show::Refused::default() }).await
        }
    }
}
