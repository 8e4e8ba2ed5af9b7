//! Who acts: sign-up, verification, what they may change about themselves.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    actor::{Actor, Ban, Me, Role},
    db::{Sql, all, exec, one, try_exec, values, violates},
    device, draft,
    error::{Check, Conflict, Problem},
    event, feed,
    id::{ModerationId, PersonId},
    limit,
    link::{self, Purpose},
    mailbox::{self, Unreached},
    outbox::{self, Letter},
    password::{Hasher, Password},
    secret::Secret,
    session,
    site::Language,
    text, token,
};

/// Characters of a name, at most.
pub const NAME_MAX: usize = 80;
/// Bytes of an address, at most (RFC 5321).
const EMAIL_MAX: usize = 254;

/// Somebody, as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, FromQueryResult)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Their name in addresses.
    #[serde(skip)]
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// What they do for the company.
    #[serde(skip)]
    pub title: Option<String>,
    /// What they may do.
    #[serde(skip)]
    pub role: Role,
}

impl Person {
    /// Whether they had themselves erased: nothing tells who they were, and they have no page.
    pub fn is_erased(&self) -> bool {
        self.handle.starts_with(ERASED_HANDLE)
    }

    /// Whether they have no account, but the receipt of a post: they have no name and no page.
    pub fn is_guest(&self) -> bool {
        self.handle.starts_with(GUEST_HANDLE)
    }
}

/// What the handles of those begin with who were erased; no name makes such a handle.
pub(crate) const ERASED_HANDLE: char = '~';
/// What the handles of guests begin with; no name makes such a handle either.
pub(crate) const GUEST_HANDLE: &str = "guest~";
/// What guests are called where nothing puts it into the reader's language. They give no name: who they are is nobody's business, and
/// nobody can take another's.
pub const GUEST: &str = "Guest";

/// Somebody, as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub id: PersonId,
    /// Their name in addresses.
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// What they do for the company.
    pub title: Option<String>,
    /// Where mail reaches them; imported people have no address.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The language that they chose.
    pub language: Option<String>,
    /// Whether the address is shown to be theirs.
    pub verified: bool,
    /// That mail does not reach it, if that came out.
    pub unreached: Option<Unreached>,
    /// Why they may not write for a time, which may be over.
    pub ban: Option<Ban>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

impl Account {
    /// The role that counts: see [`Role::standing`].
    pub fn standing(&self) -> Role {
        self.role.standing(self.verified)
    }

    /// See [`Person::is_guest`].
    pub fn is_guest(&self) -> bool {
        self.handle.starts_with(GUEST_HANDLE)
    }

    /// As an actor, with or without the bounds of a token.
    pub fn actor(&self, scope: Option<crate::actor::Scope>) -> Actor {
        Actor::Person(Me {
            id: self.id,
            name: self.name.clone(),
            role: self.role,
            verified: self.verified,
            guest: self.is_guest(),
            language: self.language.clone(),
            scope,
            ban: self.ban.clone(),
        })
    }
}

/// What a new account is made from, as typed.
#[derive(Debug, Clone, Default)]
pub struct SignUp {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Name.
    pub name: String,
    /// The language of the page on which it was typed.
    pub language: Option<Language>,
}

/// A checked account with its password hashed, ready to be written.
#[derive(Debug, Clone)]
pub struct NewPerson {
    email: String,
    name: String,
    password_hash: String,
    language: Option<Language>,
    /// Whether the address has an account with this very password.
    known_password: bool,
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: PersonId,
    handle: String,
    name: String,
    title: Option<String>,
    email: Option<String>,
    role: Role,
    language: Option<String>,
    verified_at: Option<DateTime<Utc>>,
    unreached_at: Option<DateTime<Utc>>,
    unreached_cause: Option<mailbox::Cause>,
    unreached_said: Option<String>,
    created_at: DateTime<Utc>,
    banned_by: Option<ModerationId>,
    banned_until: Option<DateTime<Utc>>,
    ban_rule: Option<i32>,
    ban_reason: Option<String>,
    ban_last_day: Option<NaiveDate>,
}

impl Row {
    fn ban(&mut self) -> Option<Ban> {
        Some(Ban {
            act: self.banned_by?,
            rule: self.ban_rule?,
            reason: self.ban_reason.take()?,
            last_day: self.ban_last_day?,
            until: self.banned_until?,
        })
    }
}

pub(crate) const COLUMNS: &str = "p.id, p.handle, p.name, p.title, p.email, p.role, p.language, p.verified_at, p.created_at,
    p.unreached_at, p.unreached_cause, p.unreached_said,
    p.banned_by, p.banned_until, (SELECT m.rule FROM moderation_acts m WHERE m.id = p.banned_by) AS ban_rule,
    (SELECT m.reason FROM moderation_acts m WHERE m.id = p.banned_by) AS ban_reason,
    (SELECT m.until_on FROM moderation_acts m WHERE m.id = p.banned_by) AS ban_last_day";

impl From<Row> for Account {
    fn from(mut row: Row) -> Self {
        let ban = row.ban();
        Self {
            ban,
            id: row.id,
            handle: row.handle,
            name: row.name,
            title: row.title,
            email: row.email,
            role: row.role,
            language: row.language,
            verified: row.verified_at.is_some(),
            unreached: Unreached::of(row.unreached_at, row.unreached_cause, row.unreached_said),
            created_at: row.created_at,
        }
    }
}

impl From<Account> for Person {
    fn from(account: Account) -> Self {
        let role = account.standing();
        Self { id: account.id, handle: account.handle, name: account.name, title: account.title, role }
    }
}

/// An address as people are found by it and written to: in lower case, its domain in ASCII. What the mailer can't write to is none.
///
/// # Errors
/// [`Problem::Required`], [`Problem::TooLong`], [`Problem::NotAnAddress`].
pub fn parse_email(text: &str) -> std::result::Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    if text.len() > EMAIL_MAX {
        return Err(Problem::TooLong { max: EMAIL_MAX });
    }
    let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotAnAddress)?;
    // beyond ASCII before the @, every mail server on the way would have to know SMTPUTF8
    if !local.is_ascii() {
        return Err(Problem::NotAnAddress);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| Problem::NotAnAddress)?;
    let email = format!("{}@{domain}", local.to_ascii_lowercase());
    if email.len() > EMAIL_MAX {
        return Err(Problem::TooLong { max: EMAIL_MAX });
    }
    email.parse::<lettre::Address>().map_err(|_| Problem::NotAnAddress)?;
    Ok(email)
}

/// By what somebody who typed this is looked up and counted: the address as it is kept, however it was typed.
pub fn address_key(text: &str) -> String {
    // there are accounts of before addresses were checked so
    parse_email(text).unwrap_or_else(|_| text.trim().to_lowercase())
}

/// An address as people read it: its domain in their letters.
pub fn shown_email(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", idna::domain_to_unicode(domain).0),
        None => email.to_owned(),
    }
}

/// A name: one line of 1 to 80 characters.
///
/// # Errors
/// As [`text::line`].
pub fn parse_name(name: &str) -> std::result::Result<String, Problem> {
    text::line(name, 1, NAME_MAX)
}

/// The account of a person.
pub async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE p.id = $1");
    Ok(one::<Row>(db, &sql, values![id]).await?.map(Account::from))
}

/// The account of the actor.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn own(db: &impl ConnectionTrait, actor: &Actor) -> Result<Account> {
    by_id(db, actor.person()?.id).await?.ok_or(Error::NotFound)
}

/// The person of that handle, as others see them.
pub async fn by_handle(db: &impl ConnectionTrait, handle: &str) -> Result<Option<Account>> {
    if handle.starts_with(GUEST_HANDLE) {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE p.handle = $1 AND p.erased_at IS NULL");
    Ok(one::<Row>(db, &sql, values![handle]).await?.map(Account::from))
}

/// Whose a link is that would still work.
pub async fn by_link(db: &impl ConnectionTrait, purpose: Purpose, secret: &str, now: DateTime<Utc>) -> Result<Option<Account>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM links l JOIN persons p ON p.id = l.person_id
         WHERE l.secret_hash = $1 AND l.purpose = $2 AND l.used_at IS NULL AND l.expires_at > $3"
    );
    Ok(one::<Row>(db, &sql, values![crate::secret::hash(secret), purpose, now]).await?.map(Account::from))
}

/// The account of an address.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE p.email = $1");
    Ok(one::<Row>(db, &sql, values![address_key(email)]).await?.map(Account::from))
}

/// Everybody with an address, oldest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE p.email IS NOT NULL ORDER BY p.created_at, p.id");
    Ok(all::<Row>(db, &sql, []).await?.into_iter().map(Account::from).collect())
}

/// The condition under which the person `p` is of the staff: see [`Role::standing`].
pub(crate) const STAFF: &str = "p.role <> 'member' AND p.verified_at IS NOT NULL";

/// The staff, by name.
pub async fn staff(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM persons p WHERE {STAFF} ORDER BY p.name, p.id");
    Ok(all::<Row>(db, &sql, []).await?.into_iter().map(Account::from).collect())
}

/// Whether somebody can set up the site already.
pub async fn any_admin(db: &impl ConnectionTrait) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS n FROM persons WHERE role = 'admin' AND verified_at IS NOT NULL";
    Ok(crate::db::number(db, sql, []).await?.unwrap_or(0) > 0)
}

/// Checks an address and a password; the same work and the same answer whether or not the address is known. How often strangers may try
/// is counted in [`crate::proof`].
pub async fn authenticate(forum: &crate::Forum, email: &str, password: &str) -> Result<Option<Account>> {
    #[derive(FromQueryResult)]
    struct Hash {
        password_hash: Option<String>,
    }
    let email = address_key(email);
    let found = one::<Hash>(forum.read(), "SELECT password_hash FROM persons WHERE email = $1", values![email.clone()]).await?;
    let hash = found.and_then(|row| row.password_hash);
    if forum.hasher().verify(password, hash.as_deref()).await? { by_email(forum.read(), &email).await } else { Ok(None) }
}

impl SignUp {
    /// Checks what was typed and hashes the password, before any transaction: hashing takes long.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each field that can't be taken.
    pub async fn prepare(&self, forum: &crate::Forum) -> Result<NewPerson> {
        self.prepare_at(&forum.site().name, forum.hasher()).await
    }

    /// As [`SignUp::prepare`], for a site that is given its name at the same time.
    ///
    /// # Errors
    /// As [`SignUp::prepare`].
    pub async fn prepare_at(&self, site: &str, hasher: &Hasher) -> Result<NewPerson> {
        let mut check = Check::new();
        let email = check.field("email", parse_email(&self.email));
        let name = check.field("name", parse_name(&self.name));
        let password = check.field("password", Password::parse(&self.password, &[site, &self.email, &self.name]));
        let (email, name, password) = check.finish((email, name, password))?;
        let password_hash = hasher.hash(password).await?;
        Ok(NewPerson { email, name, password_hash, language: self.language, known_password: false })
    }

    /// As [`SignUp::prepare`], with a password that everybody knows: for the demo.
    ///
    /// # Errors
    /// As [`SignUp::prepare`].
    pub async fn prepare_published(&self, hasher: &Hasher) -> Result<NewPerson> {
        let mut check = Check::new();
        let email = check.field("email", parse_email(&self.email));
        let name = check.field("name", parse_name(&self.name));
        let (email, name) = check.finish((email, name))?;
        let password_hash = hasher.hash(Password::published(&self.password)).await?;
        Ok(NewPerson { email, name, password_hash, language: self.language, known_password: false })
    }

    /// As [`SignUp::prepare`], for whoever comes from outside: it also finds out whether the address has an account with this very
    /// password, after the same work whether or not it has one.
    ///
    /// # Errors
    /// As [`SignUp::prepare`].
    pub async fn prepare_for(&self, forum: &crate::Forum) -> Result<NewPerson> {
        let new = self.prepare(forum).await?;
        let known_password = authenticate(forum, &self.email, &self.password).await?.is_some();
        Ok(NewPerson { known_password, ..new })
    }
}

/// Signs somebody up and mails a link that verifies the address. When the address is known already, its owner gets a mail that
/// says so instead, and the caller sees no difference. The link knows where they were going.
pub async fn sign_up(tx: &mut Tx, new: NewPerson, onward: &link::Onward) -> Result<()> {
    count_link(tx, &new.email, onward).await?;
    let language = new.language.unwrap_or(tx.site().language);
    let typed = link::Typed { name: Some(new.name.clone()), password_hash: Some(new.password_hash.clone()), email: None };
    if let Some(id) = insert(tx, &new, Role::Member, false).await? {
        tx.happened(None, event::Kind::PersonSignedUp { person: id });
        let secret = link::add(tx, Purpose::Verify, Some(id), typed, onward).await?;
        return outbox::put(tx, &new.email, language, &verify_by(&secret)).await;
    }
    let known = by_email(tx.conn(), &new.email).await?.ok_or_else(|| Error::internal("a taken address is somebody's"))?;
    if known.verified {
        return outbox::put(tx, &new.email, language, &Letter::AlreadyRegistered { name: known.name }).await;
    }
    // Not verified yet. Whoever signed up first need not be whose address it is, so what is typed now neither replaces what was
    // typed before nor gives way to it: each takes effect with the link that was mailed for it. The same person once more, with the
    // same password, changes nothing.
    let typed = if new.known_password { link::Typed::default() } else { typed };
    let secret = link::add(tx, Purpose::Verify, Some(known.id), typed, onward).await?;
    outbox::put(tx, &new.email, language, &verify_by(&secret)).await
}

/// Counts one more mail with a link to an address.
async fn count_link(tx: &mut Tx, email: &str, onward: &link::Onward) -> Result<()> {
    limit::count(tx, limit::LINK, &format!("{email} {}", onward.client)).await?;
    limit::count(tx, limit::LINK_AT, email).await
}

fn verify_by(secret: &Secret) -> Letter {
    Letter::Verify { path: format!("/verify/{}", secret.reveal()) }
}

/// Makes an account with a role, from the command line or the set-up page.
pub async fn create(tx: &mut Tx, new: NewPerson, role: Role, verified: bool) -> Result<PersonId> {
    tx.actor().admin()?;
    insert(tx, &new, role, verified).await?.ok_or(Error::invalid("email", Problem::Taken))
}

/// Makes an account from a set-up link: its bearer is the first admin.
pub async fn set_up(tx: &mut Tx, secret: &str, new: NewPerson) -> Result<PersonId> {
    link::spend(tx, Purpose::SetUp, secret).await?;
    if any_admin(tx.conn()).await? {
        return Err(Error::invalid("secret", Problem::DeadLink));
    }
    insert(tx, &new, Role::Admin, true).await?.ok_or(Error::invalid("email", Problem::Taken))
}

/// Makes somebody who can't sign in: a pseudonymous person of an import, or of the demo. Answers whether they are new.
pub async fn create_imported(
    tx: &mut Tx,
    name: &str,
    title: Option<&str>,
    role: Role,
    imported_from: &str,
) -> Result<(PersonId, bool)> {
    #[derive(FromQueryResult)]
    struct Id {
        id: PersonId,
    }
    tx.actor().admin()?;
    let sql = "SELECT id FROM persons WHERE imported_from = $1";
    if let Some(found) = one::<Id>(tx.conn(), sql, values![imported_from]).await? {
        return Ok((found.id, false));
    }
    let id = fresh_id(tx);
    let handle = fresh_handle(name, id);
    exec(
        tx.conn(),
        "INSERT INTO persons (id, handle, name, title, role, verified_at, imported_from, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $6)",
        values![id, handle, name, title.map(str::to_owned), role, tx.now(), imported_from],
    )
    .await?;
    Ok((id, true))
}

/// Somebody to be brought in from elsewhere, who can't sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Where they come from, so that a second import finds them.
    pub from: String,
    /// What they are called.
    pub name: String,
    /// What they do for the company.
    pub title: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The language that they read.
    pub language: Option<Language>,
    /// Since when they are here.
    pub at: DateTime<Utc>,
}

/// Which of these were brought in before, by where they came from.
pub async fn imported(db: &impl ConnectionTrait, from: &[String]) -> Result<HashMap<String, PersonId>> {
    #[derive(FromQueryResult)]
    struct Known {
        id: PersonId,
        imported_from: String,
    }
    let mut known = HashMap::new();
    for chunk in from.chunks(200) {
        let mut sql = Sql::new("SELECT id, imported_from FROM persons WHERE imported_from IN ");
        sql.bind_list(chunk.iter().map(String::as_str));
        known.extend(all::<Known>(db, &sql.text, sql.values).await?.into_iter().map(|row| (row.imported_from, row.id)));
    }
    Ok(known)
}

/// Brings in many people at once, as [`create_imported`] does one. Answers in the order given who they are, and whether they are
/// new. The id of a new person follows from where and when they come from: the same import gives the same ids.
pub async fn import(tx: &mut Tx, people: &[Arrival]) -> Result<Vec<(PersonId, bool)>> {
    tx.actor().admin()?;
    let keys: Vec<String> = people.iter().map(|p| p.from.clone()).collect();
    let before = imported(tx.conn(), &keys).await?;
    let mut fresh: Vec<&Arrival> = Vec::new();
    let mut seen = HashSet::new();
    for arrival in people {
        if !before.contains_key(&arrival.from) && seen.insert(&arrival.from) {
            fresh.push(arrival);
        }
    }
    for chunk in fresh.chunks(100) {
        let mut sql = Sql::new(
            "INSERT INTO persons (id, handle, name, title, role, language, verified_at, imported_from, created_at) VALUES ",
        );
        for (n, arrival) in chunk.iter().enumerate() {
            let name = parse_name(&arrival.name).map_err(|problem| Error::invalid("name", problem))?;
            let id = id_of(arrival);
            sql.push(if n == 0 { "(" } else { ", (" });
            sql.bind(id).push(", ").bind(fresh_handle(&name, id)).push(", ").bind(name);
            sql.push(", ").bind(arrival.title.clone()).push(", ").bind(arrival.role);
            sql.push(", ").bind(arrival.language.map(|l| l.tag().to_owned())).push(", ").bind(arrival.at);
            sql.push(", ").bind(arrival.from.as_str()).push(", ").bind(arrival.at).push(")");
        }
        // another import of the same may be under way
        sql.push(" ON CONFLICT (imported_from) DO NOTHING");
        exec(tx.conn(), &sql.text, sql.values).await?;
    }
    let now = if fresh.is_empty() { before.clone() } else { imported(tx.conn(), &keys).await? };
    let known = |from: &String| now.get(from).copied().ok_or_else(|| Error::internal("somebody brought in is not there"));
    keys.iter().map(|from| Ok((known(from)?, !before.contains_key(from)))).collect()
}

fn id_of(arrival: &Arrival) -> PersonId {
    dated_id(arrival.at, &arrival.from)
}

/// An id that follows from a time and a text.
fn dated_id(at: DateTime<Utc>, from: &str) -> PersonId {
    let mut rest = [0; 10];
    rest.copy_from_slice(&Sha256::digest(from.as_bytes())[..10]);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    PersonId(uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid())
}

/// Makes an account; `None` when the address has one. The key decides, so that of two who sign up at once one is the first.
async fn insert(tx: &mut Tx, new: &NewPerson, role: Role, verified: bool) -> Result<Option<PersonId>> {
    let id = fresh_id(tx);
    let inserted = exec(
        tx.conn(),
        "INSERT INTO persons (id, handle, name, email, password_hash, role, language, verified_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (email) DO NOTHING",
        values![
            id,
            fresh_handle(&new.name, id),
            new.name.clone(),
            new.email.clone(),
            new.password_hash.clone(),
            role,
            new.language.map(|l| l.tag().to_owned()),
            verified.then(|| tx.now()),
            tx.now()
        ],
    )
    .await?;
    Ok((inserted == 1).then_some(id))
}

/// For `guest`: makes somebody without name, address or password. Who they are follows from the digest of what they sent, and when: the
/// demo has the same people each time.
pub(crate) async fn create_guest(tx: &mut Tx, form: &str, language: Option<Language>) -> Result<Account> {
    let id = dated_id(tx.now(), form);
    let handle = format!("{GUEST_HANDLE}{}", id.0.simple());
    let sql = "INSERT INTO persons (id, handle, name, role, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    exec(tx.conn(), sql, values![id, handle, GUEST, Role::Member, language.map(|l| l.tag().to_owned()), tx.now()]).await?;
    by_id(tx.conn(), id).await?.ok_or_else(|| Error::internal("a guest went away"))
}

/// For `claim`: forgets what was known of a guest all of whose things are somebody's with an account now.
pub(crate) async fn forget_guest(tx: &Tx, id: PersonId) -> Result<()> {
    exec(tx.conn(), "UPDATE persons SET language = NULL WHERE id = $1", values![id]).await?;
    Ok(())
}

fn fresh_id(tx: &Tx) -> PersonId {
    let at = tx.now();
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    PersonId(Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, at.timestamp_subsec_nanos())))
}

/// Readable, and unique by the end of the id.
fn fresh_handle(name: &str, id: PersonId) -> String {
    let hex = id.0.simple().to_string();
    let base: String = text::slug(name).chars().take(40).collect();
    let base = if base == "post" { "person" } else { base.trim_end_matches('-') };
    format!("{base}-{}", &hex[hex.len() - 8..])
}

/// Somebody whose address was shown to be theirs.
#[derive(Debug)]
pub struct Verified {
    /// Who.
    pub person: PersonId,
    /// Where they were going when they asked for the link.
    pub next: Option<String>,
    /// The new secret of what they had written then.
    pub draft: Option<Secret>,
}

/// Takes the address of somebody for verified: whoever runs the forum says so.
pub async fn take_for_verified(tx: &mut Tx, id: PersonId) -> Result<()> {
    tx.actor().admin()?;
    link::forget(tx, Purpose::Verify, Some(id)).await?;
    mailbox::reached(tx, id).await?;
    mark_verified(tx, id).await
}

async fn mark_verified(tx: &mut Tx, id: PersonId) -> Result<()> {
    let sql = "UPDATE persons SET verified_at = $2 WHERE id = $1 AND verified_at IS NULL";
    if exec(tx.conn(), sql, values![id, tx.now()]).await? == 1 {
        tx.happened(None, event::Kind::PersonVerified { person: id });
    }
    Ok(())
}

/// Verifies the address by the link that was mailed to it. Answers whose it is. `own` is the secret of what this browser has written and
/// could not send yet.
pub async fn verify(tx: &mut Tx, secret: &str, own: Option<&str>) -> Result<Verified> {
    let spent = link::spend(tx, Purpose::Verify, secret).await?;
    let id = spent.person.ok_or(Error::invalid("secret", Problem::DeadLink))?;
    if let Some(hash) = spent.typed.password_hash {
        let sql = "UPDATE persons SET password_hash = $2, name = COALESCE($3, name)
                   WHERE id = $1 AND verified_at IS NULL AND password_hash <> $2";
        if exec(tx.conn(), sql, values![id, hash, spent.typed.name]).await? == 1 {
            // whoever signed in with the other password was not shown to be this person
            session::end_keys(tx, id).await?;
        }
    }
    // of several who signed up with the address, one has shown that it is theirs: what the others began is over
    link::forget_all(tx, id).await?;
    mark_verified(tx, id).await?;
    mailbox::reached(tx, id).await?;
    let own = own.map(crate::secret::hash);
    let draft = match spent.draft {
        // the browser that wrote it has it already
        hash if hash == own => None,
        Some(hash) => draft::adopt(tx, &hash).await?,
        None => None,
    };
    Ok(Verified { person: id, next: spent.next, draft })
}

/// Mails a new link to a signed-in person whose address is not verified, or whom mail did not reach.
pub async fn send_verification(tx: &mut Tx, onward: &link::Onward) -> Result<()> {
    let me = tx.actor().person()?.id;
    let account = by_id(tx.conn(), me).await?.ok_or(Error::NotFound)?;
    let Some(email) = account.email.clone().filter(|_| !account.verified || account.unreached.is_some()) else { return Ok(()) };
    if account.unreached.is_some() {
        // whoever asks again before the next try would wait for a letter that is not sent
        limit::count(tx, limit::UNREACHED, &email).await?;
    }
    count_link(tx, &email, onward).await?;
    let secret = link::add(tx, Purpose::Verify, Some(me), link::Typed::default(), onward).await?;
    outbox::put(tx, &email, language_of(tx, &account), &verify_by(&secret)).await
}

/// Asks at another address whether it is the actor's: with the link that is mailed there it takes the place of the one before. Whoever asks
/// sees no difference when it is somebody else's.
///
/// # Errors
/// [`Error::Invalid`] on `email`; [`Error::Limited`] when that address was written to too often.
pub async fn ask_for_email(tx: &mut Tx, email: &str, onward: &link::Onward) -> Result<()> {
    let me = may_update(tx.actor())?.id;
    let email = parse_email(email).map_err(|problem| Error::invalid("email", problem))?;
    let account = by_id(tx.conn(), me).await?.ok_or(Error::NotFound)?;
    if account.email.as_ref() == Some(&email) {
        return send_verification(tx, onward).await;
    }
    count_link(tx, &email, onward).await?;
    let language = language_of(tx, &account);
    // an account that nobody has shown to be theirs keeps the address from nobody: anybody can sign up with it
    if let Some(known) = by_email(tx.conn(), &email).await?.filter(|known| known.verified) {
        return outbox::put(tx, &email, language, &Letter::AlreadyRegistered { name: known.name }).await;
    }
    let typed = link::Typed { email: Some(email.clone()), ..link::Typed::default() };
    let secret = link::add(tx, Purpose::Address, Some(me), typed, &link::Onward::default()).await?;
    outbox::put(tx, &email, language, &Letter::NewAddress { path: format!("/address/{}", secret.reveal()) }).await
}

/// Takes the address to which a link was mailed for that of whoever asked for it, and tells the address of before. Nobody else can use the
/// link: it may have gone to a stranger.
///
/// # Errors
/// [`Error::Invalid`] on `secret` for a link that is dead, or not theirs, or to an address that has become somebody else's.
pub async fn take_email(tx: &mut Tx, secret: &str) -> Result<()> {
    let me = may_update(tx.actor())?.id;
    let dead = || Error::invalid("secret", Problem::DeadLink);
    let spent = link::spend(tx, Purpose::Address, secret).await?;
    let email = spent.typed.email.filter(|_| spent.person == Some(me)).ok_or_else(dead)?;
    let before = by_id(tx.conn(), me).await?.ok_or(Error::NotFound)?;
    if let Some(other) = by_email(tx.conn(), &email).await?.filter(|other| !other.verified && other.id != me) {
        // whoever signed up with it never read the mail that came there
        exec(tx.conn(), "UPDATE persons SET email = NULL WHERE id = $1", values![other.id]).await?;
        link::forget_all(tx, other.id).await?;
    }
    let sql = "UPDATE persons SET email = $2 WHERE id = $1";
    match try_exec(tx.conn(), sql, values![me, email]).await {
        Ok(_) => {}
        Err(error) if violates(&error, "persons_email", "persons.email") => return Err(dead()),
        Err(error) => return Err(error.into()),
    }
    // what was mailed to the address of before opens nothing any more
    link::forget_all(tx, me).await?;
    mailbox::reached(tx, me).await?;
    mark_verified(tx, me).await?;
    let language = language_of(tx, &before);
    let Some(old) = before.email.filter(|_| before.verified) else { return Ok(()) };
    outbox::put(tx, &old, language, &Letter::AddressChanged { name: before.name }).await
}

/// Mails a link for a new password, if the address is known; the caller sees no difference. `client` is where the question comes from,
/// `device` the secret of the browser.
///
/// Who asks in somebody's stead can neither fill their mailbox nor keep them from a link. A mail that would be one too many is not sent,
/// and whoever asked hears nothing of that: the last one was sent so lately that its link still works, because links live beside each
/// other, and longer than it takes until there may be another.
///
/// # Errors
/// [`Error::Limited`] when whoever asks has asked too often, whoever they asked for.
pub async fn forgot_password(tx: &mut Tx, email: &str, client: &str, device: Option<&str>) -> Result<()> {
    let email = parse_email(email).map_err(|problem| Error::invalid("email", problem))?;
    let asks = match device {
        // a neighbour in the same network must not keep the owner from asking
        Some(secret) if device::is_known(tx.conn(), &email, secret, tx.now()).await? => crate::secret::hash(secret),
        _ => client.to_owned(),
    };
    limit::count(tx, limit::RESET, &asks).await?;
    match limit::count(tx, limit::RESET_MAIL, &email).await {
        Ok(()) => {}
        Err(Error::Limited { .. }) => return Ok(()),
        Err(error) => return Err(error),
    }
    let Some(account) = by_email(tx.conn(), &email).await? else { return Ok(()) };
    let secret = link::add(tx, Purpose::Reset, Some(account.id), link::Typed::default(), &link::Onward::default()).await?;
    let language = language_of(tx, &account);
    let letter = Letter::Reset { name: account.verified.then_some(account.name), path: format!("/reset/{}", secret.reveal()) };
    outbox::put(tx, &email, language, &letter).await
}

/// Sets a new password by the link that was mailed, verifies the address by the way and signs out everywhere.
pub async fn reset_password(tx: &mut Tx, secret: &str, password_hash: String) -> Result<PersonId> {
    let id = link::spend(tx, Purpose::Reset, secret).await?.person.ok_or(Error::invalid("secret", Problem::DeadLink))?;
    exec(
        tx.conn(),
        "UPDATE persons SET password_hash = $2, verified_at = COALESCE(verified_at, $3) WHERE id = $1",
        values![id, password_hash, tx.now()],
    )
    .await?;
    mailbox::reached(tx, id).await?;
    session::end_keys(tx, id).await?;
    password_changed(tx, id).await?;
    Ok(id)
}

/// Sets a new password for whoever is signed in, signs out everywhere else, browsers and programs, and gives this browser another
/// secret.
pub async fn change_password(tx: &mut Tx, password_hash: String, keep_session: Option<&str>) -> Result<Option<session::Key>> {
    let me = tx.actor().person()?.id;
    exec(tx.conn(), "UPDATE persons SET password_hash = $2 WHERE id = $1", values![me, password_hash]).await?;
    let kept = match keep_session {
        Some(secret) => session::renew(tx, secret).await?,
        None => None,
    };
    let secret = kept.as_ref().map(|key| key.secret.hash()).unwrap_or_default();
    exec(tx.conn(), "DELETE FROM sessions WHERE person_id = $1 AND secret_hash <> $2", values![me, secret]).await?;
    token::end_all(tx, me).await?;
    feed::end(tx, me).await?;
    device::end_all(tx, me).await?;
    password_changed(tx, me).await?;
    Ok(kept)
}

/// What a new password ends beside keys, and the letter that tells of it: if it was somebody else, its person hears so.
async fn password_changed(tx: &mut Tx, id: PersonId) -> Result<()> {
    link::forget_all(tx, id).await?;
    let account = by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    let Some(email) = account.email.as_ref().filter(|_| account.verified) else { return Ok(()) };
    let language = language_of(tx, &account);
    outbox::put(tx, email, language, &Letter::PasswordChanged { name: account.name.clone() }).await
}

/// Who may change their own name or language: whoever signed in, verified or not. A program may for members, as all else that it writes.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor; as [`Actor::member`] for a program.
pub fn may_update(actor: &Actor) -> Result<&Me> {
    let me = actor.person()?;
    if me.scope.is_some() || me.guest { actor.member() } else { Ok(me) }
}

/// The account of the one who acts, as it stands in the middle of a command.
pub async fn present(tx: &Tx) -> Result<Account> {
    by_id(tx.conn(), tx.actor().person()?.id).await?.ok_or(Error::NotFound)
}

/// Changes one's own name or language; an empty language forgets the one that was chosen.
pub async fn update(tx: &mut Tx, name: Option<&str>, language: Option<&str>) -> Result<Account> {
    let me = may_update(tx.actor())?.id;
    let mut check = Check::new();
    let name = check.field("name", name.map(parse_name).transpose());
    let (chosen, keeps) = (language.filter(|tag| !tag.is_empty()), language.is_none());
    let language = chosen.map(|tag| Language::parse(tag).ok_or(Problem::UnknownChoice));
    let language = check.field("language", language.transpose());
    let (name, language) = check.finish((name, language))?;
    exec(
        tx.conn(),
        "UPDATE persons SET name = COALESCE($2, name), language = CASE WHEN $4 THEN language ELSE $3 END WHERE id = $1",
        values![me, name, language.map(|l| l.tag().to_owned()), keeps],
    )
    .await?;
    by_id(tx.conn(), me).await?.ok_or(Error::NotFound)
}

/// Gives somebody who was brought in from elsewhere an account to sign in with.
pub async fn give_account(tx: &mut Tx, id: PersonId, new: &NewPerson) -> Result<()> {
    tx.actor().admin()?;
    let sql = "UPDATE persons SET email = $2, password_hash = $3, verified_at = COALESCE(verified_at, $4) WHERE id = $1";
    match try_exec(tx.conn(), sql, values![id, new.email.clone(), new.password_hash.clone(), tx.now()]).await {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "persons_email", "persons.email") => Err(Error::invalid("email", Problem::Taken)),
        Err(error) => Err(error.into()),
    }
}

/// Makes whoever has shown that the address is theirs one of the staff. Whoever had signed up with it before had not shown that: what
/// they typed gives way, and the keys that they got end.
pub(crate) async fn admit(tx: &mut Tx, email: &str, new: &NewPerson, role: Role) -> Result<PersonId> {
    let new = NewPerson { email: email.to_owned(), ..new.clone() };
    let id = if let Some(id) = insert(tx, &new, Role::Member, true).await? {
        tx.happened(None, event::Kind::PersonSignedUp { person: id });
        id
    } else {
        let known = by_email(tx.conn(), email).await?.ok_or_else(|| Error::internal("a taken address is somebody's"))?;
        let sql = "UPDATE persons SET password_hash = $2, name = $3 WHERE id = $1";
        exec(tx.conn(), sql, values![known.id, new.password_hash.clone(), new.name.clone()]).await?;
        session::end_keys(tx, known.id).await?;
        link::forget_all(tx, known.id).await?;
        mark_verified(tx, known.id).await?;
        mailbox::reached(tx, known.id).await?;
        known.id
    };
    let before = by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?.role;
    let (now, role) = (tx.now(), role.max(before));
    tx.as_system(now, async |tx| set_role(tx, id, role).await).await?;
    Ok(id)
}

/// Whether the site would be without an admin if this one were none.
async fn is_last_admin(tx: &Tx, id: PersonId) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Id {
        id: PersonId,
    }
    // a change that changes nothing keeps others waiting: two who take each other's role at once would leave none
    let sql = "UPDATE persons SET role = role WHERE role = 'admin' AND verified_at IS NOT NULL RETURNING id";
    let admins = all::<Id>(tx.conn(), sql, []).await?;
    Ok(admins.iter().all(|admin| admin.id == id))
}

/// Gives somebody a role. An admin gives none to whoever has not shown that the address is theirs: they are invited instead; and there is
/// always an admin left. Whoever runs the forum may do both.
///
/// # Errors
/// [`Conflict::NotVerified`], [`Conflict::LastAdmin`].
pub async fn set_role(tx: &mut Tx, id: PersonId, role: Role) -> Result<()> {
    tx.actor().admin()?;
    let Account { role: from, verified, .. } = by_id(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    if *tx.actor() != Actor::System {
        if role > from && !verified {
            return Err(Error::Conflict(Conflict::NotVerified));
        }
        if from == Role::Admin && role != from && is_last_admin(tx, id).await? {
            return Err(Error::Conflict(Conflict::LastAdmin));
        }
    }
    if from != role {
        exec(tx.conn(), "UPDATE persons SET role = $2 WHERE id = $1", values![id, role]).await?;
        if role < from {
            // a key that was cut for more must not open it again when the role comes back
            session::end_keys(tx, id).await?;
        }
        tx.happened(None, event::Kind::RoleSet { person: id, from, to: role });
    }
    Ok(())
}

/// For `moderation`: keeps somebody from writing by an act and until a time, or lets them write again.
pub(crate) async fn set_ban(tx: &Tx, id: PersonId, ban: Option<(ModerationId, DateTime<Utc>)>) -> Result<()> {
    let (act, until) = ban.unzip();
    exec(tx.conn(), "UPDATE persons SET banned_by = $2, banned_until = $3 WHERE id = $1", values![id, act, until]).await?;
    Ok(())
}

/// Gives somebody a public title; an empty one takes it away.
pub async fn set_title(tx: &mut Tx, id: PersonId, title: &str) -> Result<()> {
    tx.actor().admin()?;
    let title = text::line(title, 0, NAME_MAX).map_err(|problem| Error::invalid("title", problem))?;
    let title = Some(title).filter(|title| !title.is_empty());
    exec(tx.conn(), "UPDATE persons SET title = $2 WHERE id = $1", values![id, title]).await?;
    Ok(())
}

pub(crate) fn language_of(tx: &Tx, account: &Account) -> Language {
    language_for(tx, account.language.as_deref())
}

/// The language in which to write to somebody who chose one, or none.
pub(crate) fn language_for(tx: &Tx, chosen: Option<&str>) -> Language {
    let chosen = chosen.and_then(Language::parse);
    chosen.map_or(tx.site().language, |language| tx.site().offered(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_lowered() {
        for (typed, kept) in [
            ("  Anna.B+x@Example.NL ", "anna.b+x@example.nl"),
            ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
            ("o'hara@post.example", "o'hara@post.example"),
        ] {
            assert_eq!(parse_email(typed).as_deref(), Ok(kept), "{typed}");
            assert_eq!(parse_email(kept).as_deref(), Ok(kept), "{kept}");
            assert_eq!(address_key(typed), kept);
        }
        for wrong in [
            "",
            "anna",
            "@x.nl",
            "a@",
            "a b@x.nl",
            "a@x..nl",
            "a@-x.nl",
            ".a@x.nl",
            "a@x.nl\r\nBcc: b@x.nl",
            "a@x.nl,b@x.nl",
            "a..b@post.example",
            "jörg@post.example",
            "\u{212a}im@post.example",
            "a@x_y.nl",
        ] {
            assert!(parse_email(wrong).is_err(), "{wrong:?} passed");
        }
        let long = format!("a@{}.nl", ["x".repeat(60).as_str(); 4].join("."));
        assert_eq!(parse_email(&format!("{long}{long}")), Err(Problem::TooLong { max: 254 }));
        assert_eq!(shown_email("anna@xn--bcher-kva.example"), "anna@bücher.example");
    }
}
