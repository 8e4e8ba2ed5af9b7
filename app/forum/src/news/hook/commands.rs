//! What admins do with web-hooks. Each change stands in the record, since whoever writes here may know who else is told; of the address
//! the host only, and of the secret that there is another.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    Ended, Hook, MOST, ROTATION, Shape, address, by_id, host_of, is_usual, list, may_arrange, offered, parse_type, type_of,
};
use crate::{
    Error, Result, Tx,
    actor::Role,
    board,
    db::{exec, number, values},
    error::{Check, Conflict, Problem},
    event::{self, Change, KindName, Part},
    id::{BoardId, DeliveryId, HookId},
    outbox::{self, Letter},
    person,
    secret::Secret,
    site::{self, Language},
};

/// A hook to be made.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Where messages go.
    pub url: String,
    /// Slug of the board that it hears of; all public ones when none is named.
    pub board: Option<String>,
    /// What the kinds are called that it hears of; whatever everybody may know of when none is named.
    pub kinds: Vec<String>,
    /// How messages are put together; by the standard when it is not said.
    pub shape: Option<String>,
    /// The language of those for people; that of the site when it is not said.
    pub language: Option<String>,
}

/// What is to become of a hook; what is not said stays. Its board does: another one would want another hook.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Where messages go.
    pub url: Option<String>,
    /// What the kinds are called: all of them.
    pub kinds: Option<Vec<String>>,
    /// How messages are put together.
    pub shape: Option<String>,
    /// The language of those for people.
    pub language: Option<String>,
    /// Whether it is told.
    pub active: Option<bool>,
    /// The change that it was written from; whichever is the present one when it is not said.
    pub version: Option<i32>,
}

fn kinds_of(types: &[String]) -> std::result::Result<Vec<KindName>, Problem> {
    let wanted = types.iter().map(|name| parse_type(name)).collect::<std::result::Result<Vec<_>, _>>()?;
    // in the order of the table, each once
    Ok(offered().filter(|kind| wanted.contains(kind)).collect())
}

fn kept(kinds: &[KindName]) -> String {
    let names = kinds.iter().map(|kind| <&str>::from(*kind)).collect::<Vec<_>>().join(" ");
    if names.is_empty() { names } else { format!(" {names} ") }
}

fn language_of(tx: &Tx, tag: &str) -> std::result::Result<Language, Problem> {
    let language = Language::parse(tag).ok_or(Problem::UnknownChoice)?;
    if tx.site().offers(language) { Ok(language) } else { Err(Problem::NotOffered) }
}

/// A secret as Standard Webhooks writes it: 256 bits.
fn fresh_secret() -> Result<String> {
    let bytes = hex::decode(Secret::fresh().reveal()).map_err(Error::internal)?;
    Ok(format!("whsec_{}", STANDARD.encode(bytes)))
}

/// Makes a hook; answers it with its secret.
///
/// # Errors
/// [`Error::Invalid`] on the fields of [`Draft`].
pub async fn create(tx: &mut Tx, draft: &Draft) -> Result<(Hook, String)> {
    may_arrange(tx.actor())?;
    let mut check = Check::new();
    let url = check.field("url", address::parse(&draft.url, tx.hooks_to()));
    let kinds = check.field("kinds", kinds_of(&draft.kinds));
    let shape = check.field("shape", draft.shape.as_deref().map_or(Ok(Shape::Standard), Shape::parse));
    let language = check.field("language", draft.language.as_deref().map_or(Ok(tx.site().language), |tag| language_of(tx, tag)));
    let board = match &draft.board {
        Some(slug) => match board::by_slug(tx.conn(), tx.actor(), slug.trim()).await? {
            Some(board) => Some(Some(board.id)),
            None => check.field("board", Err(Problem::UnknownChoice)),
        },
        None => Some(None),
    };
    if list(tx.conn()).await?.len() >= MOST {
        check.refuse("url", Problem::TooMany { max: MOST });
    }
    let (url, kinds, shape, language, board) = check.finish((url, kinds, shape, language, board))?;
    let (secret, by) = (fresh_secret()?, tx.actor().id());
    let id = number(
        tx.conn(),
        "INSERT INTO hooks (url, board_id, kinds, shape, language, secret, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id AS n",
        values![url.as_str(), board, kept(&kinds), shape, language.tag(), secret.clone(), by, tx.now()],
    )
    .await?;
    let hook = by_id(tx.conn(), HookId(id.ok_or_else(|| Error::internal("no hook came back"))?)).await?;
    tell(tx, None, Some(&hook));
    settle(tx).await?;
    Ok((hook, secret))
}

/// Changes a hook. One that the forum gave up on is told again once it is made active.
///
/// # Errors
/// [`Conflict::Changed`] when somebody else has changed it since; [`Error::Invalid`] on the fields of [`Edit`].
pub async fn change(tx: &mut Tx, id: HookId, edit: &Edit) -> Result<Hook> {
    may_arrange(tx.actor())?;
    let before = by_id(tx.conn(), id).await?;
    if edit.version.is_some_and(|version| version != before.version) {
        return Err(Error::Conflict(Conflict::Changed));
    }
    let mut check = Check::new();
    // an address that is not another is not judged: what may be reached is asked at each message
    let same = |url: &&String| **url != before.url;
    let url =
        edit.url.as_ref().filter(same).map_or(Ok(before.url.clone()), |url| address::parse(url, tx.hooks_to()).map(Into::into));
    let url: Option<String> = check.field("url", url);
    let kinds = check.field("kinds", edit.kinds.as_ref().map_or(Ok(before.kinds.clone()), |kinds| kinds_of(kinds)));
    let shape = check.field("shape", edit.shape.as_deref().map_or(Ok(before.shape), Shape::parse));
    let language = check.field("language", edit.language.as_deref().map_or(Ok(before.language), |tag| language_of(tx, tag)));
    let (url, kinds, shape, language) = check.finish((url, kinds, shape, language))?;
    let (paused_at, is_over) = match edit.active {
        Some(true) => (None, true),
        Some(false) => (Some(before.paused_at.unwrap_or(tx.now())), false),
        None => (before.paused_at, false),
    };
    // whatever failed did so at another address, or before somebody looked after it
    let is_fresh = is_over || url != before.url;
    let changed = exec(
        tx.conn(),
        "UPDATE hooks SET url = $3, kinds = $4, shape = $5, language = $6, paused_at = $7,
            disabled_at = CASE WHEN $8 THEN NULL ELSE disabled_at END,
            disabled_reason = CASE WHEN $8 THEN NULL ELSE disabled_reason END,
            failing_since = CASE WHEN $9 THEN NULL ELSE failing_since END, version = version + 1
         WHERE id = $1 AND version = $2",
        values![id, before.version, url, kept(&kinds), shape, language.tag(), paused_at, is_over, is_fresh],
    )
    .await?;
    if changed == 0 {
        return Err(Error::Conflict(Conflict::Changed));
    }
    let hook = by_id(tx.conn(), id).await?;
    tell(tx, Some(&before), Some(&hook));
    settle(tx).await?;
    Ok(hook)
}

/// Takes a hook away, with what is known of its messages.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn remove(tx: &mut Tx, id: HookId) -> Result<()> {
    may_arrange(tx.actor())?;
    let hook = by_id(tx.conn(), id).await?;
    exec(tx.conn(), "DELETE FROM hook_deliveries WHERE hook_id = $1", values![id]).await?;
    exec(tx.conn(), "DELETE FROM hooks WHERE id = $1", values![id]).await?;
    tell(tx, Some(&hook), None);
    settle(tx).await
}

/// Gives a hook another secret; for a day its messages are signed with both.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn rotate(tx: &mut Tx, id: HookId) -> Result<(Hook, String)> {
    may_arrange(tx.actor())?;
    by_id(tx.conn(), id).await?;
    let secret = fresh_secret()?;
    let sql = "UPDATE hooks SET former_secret = secret, former_until = $3, secret = $2, version = version + 1 WHERE id = $1";
    exec(tx.conn(), sql, values![id, secret.clone(), tx.now() + ROTATION]).await?;
    let hook = by_id(tx.conn(), id).await?;
    let change = Change { key: format!("hooks.{id}.secret"), from: json!(false), to: json!(true) };
    note(tx, hook.board_id, vec![change]);
    Ok((hook, secret))
}

/// Sends a message that tells of nothing, to try whether it arrives. It is tried once.
///
/// # Errors
/// [`Error::NotFound`]; [`Conflict::Over`] while the hook is not told anything.
pub async fn test(tx: &mut Tx, id: HookId) -> Result<DeliveryId> {
    may_arrange(tx.actor())?;
    told(&by_id(tx.conn(), id).await?)?;
    let sql = "INSERT INTO hook_deliveries (hook_id, attempts, next_try_at, created_at) VALUES ($1, 0, $2, $2) RETURNING id AS n";
    let made = number(tx.conn(), sql, values![id, tx.now()]).await?;
    made.map(DeliveryId).ok_or_else(|| Error::internal("no delivery came back"))
}

/// Sends a message once more, under its number, as if it were new.
///
/// # Errors
/// [`Error::NotFound`] when the hook has no such message; [`Conflict::Over`] while it is not told anything.
pub async fn resend(tx: &mut Tx, id: HookId, delivery: DeliveryId) -> Result<()> {
    may_arrange(tx.actor())?;
    told(&by_id(tx.conn(), id).await?)?;
    let sql = "UPDATE hook_deliveries SET attempts = 0, next_try_at = $3, sent_at = NULL, given_up_at = NULL
               WHERE id = $2 AND hook_id = $1";
    if exec(tx.conn(), sql, values![id, delivery, tx.now()]).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn told(hook: &Hook) -> Result<()> {
    if hook.paused_at.is_none() && hook.disabled_at.is_none() { Ok(()) } else { Err(Error::Conflict(Conflict::Over)) }
}

/// Ends a hook that does not hear, and tells the admins.
pub(super) async fn disable(tx: &mut Tx, id: HookId, why: Ended) -> Result<()> {
    let before = by_id(tx.conn(), id).await?;
    let sql =
        "UPDATE hooks SET disabled_at = $2, disabled_reason = $3, version = version + 1 WHERE id = $1 AND disabled_at IS NULL";
    if exec(tx.conn(), sql, values![id, tx.now(), why]).await? == 0 {
        return Ok(());
    }
    let hook = by_id(tx.conn(), id).await?;
    tell(tx, Some(&before), Some(&hook));
    settle(tx).await?;
    for admin in person::staff(tx.conn()).await?.into_iter().filter(|person| person.role == Role::Admin && person.verified) {
        let Some(email) = &admin.email else { continue };
        let letter = Letter::HookDisabled { name: admin.name.clone(), hook: id, host: hook.host(), gone: why == Ended::Gone };
        outbox::put(tx, email, person::language_of(tx, &admin), &letter).await?;
    }
    Ok(())
}

/// What the record says of a hook.
fn facts(hook: &Hook) -> [(&'static str, Value); 5] {
    [
        ("host", json!(host_of(&hook.url))),
        ("shape", json!(hook.shape)),
        ("kinds", json!(hook.kinds.iter().copied().map(type_of).collect::<Vec<_>>())),
        ("language", json!(hook.language.name())),
        ("active", json!(hook.paused_at.is_none() && hook.disabled_at.is_none())),
    ]
}

fn tell(tx: &mut Tx, before: Option<&Hook>, after: Option<&Hook>) {
    let Some(known) = after.or(before) else { return };
    let (id, board) = (known.id, known.board_id);
    let (from, to) = (before.map(facts), after.map(facts));
    let value =
        |facts: &Option<[(&'static str, Value); 5]>, n: usize| facts.as_ref().map_or(Value::Null, |facts| facts[n].1.clone());
    let changes = facts(known).into_iter().enumerate().filter_map(|(n, (name, _))| {
        let (from, to) = (value(&from, n), value(&to, n));
        (from != to).then(|| Change { key: format!("hooks.{id}.{name}"), from, to })
    });
    let mut changes: Vec<_> = changes.collect();
    // of the address nothing is said but its host: that it is another is news all the same
    if let (Some(before), Some(after)) = (before, after)
        && before.url != after.url
        && before.host() == after.host()
    {
        changes.push(Change { key: format!("hooks.{id}.path"), from: json!(false), to: json!(true) });
    }
    note(tx, board, changes);
}

fn note(tx: &mut Tx, board: Option<BoardId>, changes: Vec<Change>) {
    if !changes.is_empty() {
        tx.happened(None, event::Kind::SettingsChanged { part: Part::Hooks, changes }).board = board;
    }
}

/// Keeps which kinds are wanted at all.
async fn settle(tx: &mut Tx) -> Result<()> {
    // one after the other: of two who change hooks at once the second has to see what the first did
    let sql = "INSERT INTO settings (key, value) VALUES ('hooked', $1) ON CONFLICT (key) DO UPDATE SET value = settings.value";
    exec(tx.conn(), sql, values![json!([])]).await?;
    let hooks = list(tx.conn()).await?;
    let wanted = |kind: &KindName| {
        hooks
            .iter()
            .filter(|hook| told(hook).is_ok())
            .any(|hook| if hook.kinds.is_empty() { is_usual(*kind) } else { hook.kinds.contains(kind) })
    };
    let hooked = offered().filter(wanted).map(|kind| <&str>::from(kind).to_owned()).collect();
    site::change(tx, |site| {
        site.hooked = hooked;
        Ok(())
    })
    .await
}
