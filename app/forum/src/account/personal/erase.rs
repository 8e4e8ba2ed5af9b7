//! Erasing somebody: their name, their address and their keys go at once, and what they wrote if they take it back.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde_json::Value;

use super::{Fate, PARTS};
use crate::{
    Error, Forum, Result, Tx,
    actor::{Actor, Me, Role},
    attachment,
    db::{Sql, all, exec, values},
    error::{Conflict, Problem},
    event,
    id::{PersonId, PostId},
    person, receipt, record, search,
    secret::Secret,
};

/// What stands in place of a name or a text that was erased: signs, since it is read in every language.
pub const ERASED: &str = "[…]";

/// What becomes of what somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// It stays, under nobody's name.
    Kept,
    /// It goes too: posts, comments and reports stay as marks that something stood there.
    TakenBack,
}

impl Texts {
    /// As forms and the API spell it.
    ///
    /// # Errors
    /// [`Problem::Required`], [`Problem::UnknownChoice`].
    pub fn parse(text: &str) -> std::result::Result<Self, Problem> {
        match text {
            "keep" => Ok(Self::Kept),
            "erase" => Ok(Self::TakenBack),
            "" => Err(Problem::Required),
            _ => Err(Problem::UnknownChoice),
        }
    }
}

/// Who may have themselves erased: whoever signed in with a browser, verified or not; a program may do it for whom it may write.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor; as [`Actor::member`] for a program; [`Conflict::StillStaff`] while they have a
/// role: somebody has to take over what they answer for first.
pub fn may_erase(actor: &Actor) -> Result<&Me> {
    let me = actor.person()?;
    if me.scope.is_some() {
        actor.member()?;
    }
    if me.role == Role::Member { Ok(me) } else { Err(Error::Conflict(Conflict::StillStaff)) }
}

/// Erases whoever acts, for good.
///
/// # Errors
/// As [`may_erase`].
pub async fn erase(tx: &mut Tx, texts: Texts) -> Result<()> {
    let me = may_erase(tx.actor())?.id;
    let account = person::by_id(tx.conn(), me).await?.ok_or(Error::NotFound)?;
    let email = account.email.clone().or(receipt::address_of(tx.conn(), me).await?);
    // the present role counts, not the one of when the page was asked for
    if account.role != Role::Member {
        return Err(Error::Conflict(Conflict::StillStaff));
    }
    if texts == Texts::TakenBack {
        take_back(tx, me).await?;
    }
    for part in PARTS.iter().filter(|part| part.fate == Fate::Gone) {
        exec(tx.conn(), &format!("DELETE FROM {} WHERE {} = $1", part.table, part.person), values![me]).await?;
    }
    // a picture can show who somebody is, whatever stands beside it
    attachment::forget_person(tx, me).await?;
    // what was asked and not answered asks nobody now; what was answered counts
    exec(tx.conn(), "DELETE FROM asks WHERE person_id = $1 AND said IS NULL", values![me]).await?;
    exec(tx.conn(), "UPDATE asks SET secret_hash = NULL WHERE person_id = $1", values![me]).await?;
    exec(tx.conn(), "UPDATE contributors SET name = $2 WHERE person_id = $1", values![me, ERASED]).await?;
    // the record has salted digests of them: without the salt nobody can tell whether a guess is right
    let now = tx.now();
    tx.as_system(now, async |tx| record::forget(tx, me).await.map(drop)).await?;
    forget_address(tx, me, email.as_deref()).await?;
    forget_answers(tx, me, texts).await?;
    // others may answer with what they were told
    exec(tx.conn(), "UPDATE hook_deliveries SET answer = NULL WHERE answer IS NOT NULL", []).await?;
    let handle = format!("{}{}", person::ERASED_HANDLE, &Secret::fresh().hash()[..16]);
    let sql = "UPDATE persons SET handle = $2, name = $3, title = NULL, email = NULL, password_hash = NULL, language = NULL, time_zone = NULL,
                feeds_since = NULL, verified_at = NULL, unreached_at = NULL, unreached_cause = NULL, unreached_said = NULL, unreached_tried_at = NULL, erased_at = $4
               WHERE id = $1";
    exec(tx.conn(), sql, values![me, handle, ERASED, tx.now()]).await?;
    tx.happened(None, event::Kind::PersonErased { person: me });
    Ok(())
}

/// What is found by an address or by the number of a person in keys of limits.
async fn forget_address(tx: &Tx, me: PersonId, email: Option<&str>) -> Result<()> {
    exec(tx.conn(), "DELETE FROM limits WHERE key LIKE $1", values![format!("%{me}%")]).await?;
    let Some(email) = email else { return Ok(()) };
    exec(tx.conn(), "DELETE FROM outbox WHERE recipient = $1", values![email]).await?;
    exec(tx.conn(), "DELETE FROM invitations WHERE email = $1", values![email]).await?;
    // an address may have signs that mean something to LIKE: those only make it find more
    exec(tx.conn(), "DELETE FROM limits WHERE key LIKE $1", values![format!("%{email}%")]).await?;
    Ok(())
}

/// Answers of the API are kept for those who ask twice, for a day: in them stands whoever they were about.
async fn forget_answers(tx: &Tx, me: PersonId, texts: Texts) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Given {
        person_id: PersonId,
        key: String,
        body: String,
    }
    let sql = "SELECT person_id, key, body FROM repeats WHERE body LIKE $1";
    for given in all::<Given>(tx.conn(), sql, values![format!("%{me}%")]).await? {
        let Ok(mut body) = serde_json::from_str::<Value>(&given.body) else { continue };
        blank(&mut body, &me.to_string(), texts);
        let sql = "UPDATE repeats SET body = $3 WHERE person_id = $1 AND key = $2";
        exec(tx.conn(), sql, values![given.person_id, given.key, body.to_string()]).await?;
    }
    Ok(())
}

/// Takes the name out of each object that is this person, and the text out of each that they wrote and take back.
fn blank(value: &mut Value, id: &str, texts: Texts) {
    match value {
        Value::Object(fields) => {
            let is_theirs = fields.get("author").and_then(|author| author["id"].as_str()) == Some(id);
            for field in ["title", "body", "body_html", "excerpt", "slug", "url"] {
                if let Some(text) = fields.get_mut(field).filter(|text| is_theirs && texts == Texts::TakenBack && text.is_string())
                {
                    *text = ERASED.into();
                }
            }
            if let Some(files) = fields.get_mut("attachments").filter(|_| is_theirs) {
                *files = Value::Array(Vec::new());
            }
            if fields.get("id").and_then(Value::as_str) == Some(id)
                && let Some(name) = fields.get_mut("name")
            {
                *name = ERASED.into();
            }
            fields.values_mut().for_each(|value| blank(value, id, texts));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| blank(value, id, texts)),
        _ => {}
    }
}

/// Takes back what somebody wrote, wherever it stands: every wording of it, and their words in the index.
async fn take_back(tx: &mut Tx, me: PersonId) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Id {
        id: PostId,
    }
    let words = words_of(tx, me).await?;
    let html = format!("<p>{ERASED}</p>");
    let posts = all::<Id>(tx.conn(), "SELECT id FROM posts WHERE author_id = $1 ORDER BY id", values![me]).await?;
    for Id { id } in &posts {
        // the text of a post belongs to it: it is held like everything of it
        // also where its author lost sight of the board
        let mut held = tx.hold_for(&Actor::System, *id).await?;
        held.erase_wording(tx, ERASED, &html).await?;
        exec(tx.conn(), "UPDATE post_versions SET title = $2, body = $2 WHERE post_id = $1", values![*id, ERASED]).await?;
        search::index_post(tx.conn(), *id).await?;
    }
    let sql = "UPDATE comments SET body = $2, body_html = $3 WHERE author_id = $1 AND removed_at IS NULL";
    exec(tx.conn(), sql, values![me, ERASED, html.clone()]).await?;
    let of_theirs = "comment_id IN (SELECT id FROM comments WHERE author_id = $1)";
    exec(tx.conn(), &format!("DELETE FROM comment_versions WHERE {of_theirs}"), values![me]).await?;
    exec(tx.conn(), "DELETE FROM search_comments WHERE rowid IN (SELECT id FROM comments WHERE author_id = $1)", values![me])
        .await?;
    exec(tx.conn(), "UPDATE votes SET reason = $2 WHERE person_id = $1 AND reason IS NOT NULL", values![me, ERASED]).await?;
    for table in ["agains", "rebuttals"] {
        let sql = format!("UPDATE {table} SET body = $2, body_html = $3 WHERE person_id = $1");
        exec(tx.conn(), &sql, values![me, ERASED, html.clone()]).await?;
    }
    // what was hidden or taken out of it is kept apart
    let acts = "act_id IN (SELECT id FROM moderation_acts WHERE person_id = $1)";
    let sql = format!("UPDATE hidden_texts SET title = $2, body = $2, body_html = $3 WHERE {acts}");
    exec(tx.conn(), &sql, values![me, ERASED, html]).await?;
    exec(tx.conn(), &format!("UPDATE redactions SET passage = $2 WHERE {acts}"), values![me, ERASED]).await?;
    exec(tx.conn(), &format!("UPDATE appeals SET body = $2 WHERE {acts} AND body <> ''"), values![me, ERASED]).await?;
    exec(tx.conn(), "UPDATE flags SET note = NULL WHERE person_id = $1", values![me]).await?;
    exec(tx.conn(), "UPDATE merge_proposals SET words = NULL WHERE by_id = $1", values![me]).await?;
    exec(tx.conn(), "UPDATE asks SET note = NULL WHERE person_id = $1", values![me]).await?;
    search::forget_words(tx.conn(), &words).await
}

/// All that somebody wrote that the index has words of.
async fn words_of(tx: &Tx, me: PersonId) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Text {
        text: String,
    }
    let sql = "SELECT v.title || ' ' || v.body AS text FROM post_versions v JOIN posts p ON p.id = v.post_id WHERE p.author_id = $1
               UNION ALL SELECT title || ' ' || body FROM posts WHERE author_id = $1
               UNION ALL SELECT body FROM comments WHERE author_id = $1
               UNION ALL SELECT v.body FROM comment_versions v JOIN comments c ON c.id = v.comment_id WHERE c.author_id = $1
               UNION ALL SELECT r.passage FROM redactions r JOIN moderation_acts m ON m.id = r.act_id WHERE m.person_id = $1";
    Ok(all::<Text>(tx.conn(), sql, values![me]).await?.into_iter().map(|row| row.text).collect())
}

/// Empties the log of the database if somebody was erased lately: until then what they were called stands in it.
///
/// # Errors
/// As [`crate::db::Db::scrub`].
pub async fn scrub(forum: &Forum, since: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM persons WHERE erased_at > ");
    sql.bind(since);
    if crate::db::number(forum.read(), &sql.text, sql.values).await?.unwrap_or(0) == 0 {
        return Ok(());
    }
    forum.db().scrub().await
}
