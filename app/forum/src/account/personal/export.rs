//! All that the forum holds of a person, as they can take it along.

use sea_orm::FromQueryResult;
use serde_json::Value;

use super::PARTS;
use crate::{
    Error, Forum, Result,
    actor::Actor,
    attachment,
    db::{all, objects, values},
    id::{AttachmentId, PersonId},
    limit,
};

/// What is held of a person.
#[derive(Debug)]
pub struct Export {
    /// The account itself.
    pub account: Value,
    /// The rows of each part, by its name; those without any are left out.
    pub parts: Vec<(String, Vec<Value>)>,
    /// The pictures and documents that they sent, by number and name: as many as fit, and of the rest what is known of them.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Bytes of pictures and documents that are handed over at once, at most: what goes beyond can be had one by one.
const FILES_MAX: i64 = 200 * 1024 * 1024;

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
    const ACCOUNT: [&str; 10] =
        ["handle", "name", "title", "email", "role", "language", "verified_at", "created_at", "unreached_at", "unreached_said"];
    #[derive(FromQueryResult)]
    struct File {
        id: AttachmentId,
        name: String,
        digest: String,
        bytes: i64,
    }
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
    let sql = "SELECT id, name, digest, bytes FROM attachments WHERE person_id = $1 ORDER BY id";
    let (mut files, mut room) = (Vec::new(), FILES_MAX);
    for File { id, name, digest, bytes } in all::<File>(db, sql, values![person]).await? {
        room -= bytes;
        if room < 0 {
            break;
        }
        files.push((format!("{id}-{name}"), attachment::content(db, &digest).await?));
    }
    Ok(Export { account, parts, files })
}
