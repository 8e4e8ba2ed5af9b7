//! All that the forum holds of a person, as they can take it along.

use serde_json::Value;

use super::PARTS;
use crate::{
    Error, Forum, Result,
    actor::Actor,
    db::{objects, values},
    id::PersonId,
    limit,
};

/// What is held of a person.
#[derive(Debug)]
pub struct Export {
    /// The account itself.
    pub account: Value,
    /// The rows of each part, by its name; those without any are left out.
    pub parts: Vec<(String, Vec<Value>)>,
}

impl Export {
    /// The rows of a part.
    pub fn part(&self, name: &str) -> &[Value] {
        self.parts.iter().find(|(part, _)| part == name).map_or(&[], |(_, rows)| rows)
    }
}

/// All that is held of the actor. What others wrote is not in it, not even where it replies to them.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor, [`Error::Limited`] for whoever asks again and again.
pub async fn of(forum: &Forum, actor: &Actor) -> Result<Export> {
    let me = actor.person()?.id;
    forum.write_aside(actor, async |tx| limit::count(tx, limit::EXPORT, &me.to_string()).await).await?;
    of_person(forum, actor, me).await
}

async fn of_person(forum: &Forum, actor: &Actor, person: PersonId) -> Result<Export> {
    const ACCOUNT: [&str; 8] = ["handle", "name", "title", "email", "role", "language", "verified_at", "created_at"];
    // one view, so that all of it is of one moment
    let view = forum.view(actor).await?;
    let db = view.db();
    let mut account = objects(db, &ACCOUNT, "persons WHERE id = $1", values![person]).await?.pop().ok_or(Error::NotFound)?;
    account["id"] = person.to_string().into();
    let mut parts = Vec::new();
    for part in PARTS {
        let rows = objects(db, part.columns, &format!("{} WHERE {} = $1", part.table, part.person), values![person]).await?;
        if !rows.is_empty() {
            // a table that refers to people in two ways has two parts
            let own = matches!(part.person, "person_id" | "author_id");
            let name = if own { part.table.to_owned() } else { format!("{}_{}", part.table, part.person.trim_end_matches("_id")) };
            parts.push((name, rows));
        }
    }
    Ok(Export { account, parts })
}
