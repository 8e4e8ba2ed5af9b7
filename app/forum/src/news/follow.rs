//! What somebody wants to hear of: a post, whatever happens on a board, one promise, new posts with a tag, or what a member of the staff does in
//! public. Whoever wrote a post hears of it without asking, and
//! so does whoever supports it or commented on it, until they say that they would rather not: of one post, or of all. Followers hear what the company says and does, each event once; they are told by `notice`.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::{IntoStaticStr, VariantArray};

use crate::{
    Error, Result, Tx,
    actor::{Actor, Me},
    board,
    db::{Sql, all, exec, number, one, values},
    error::Problem,
    event::{self, Audience, Event},
    id::{BoardId, PersonId, PostId, PromiseId, TagId},
    names::Names,
    person::STAFF,
    post::TAKES_PART,
    promise,
    site::{Language, OwnerShown},
    tag, view,
};

/// What sort of thing can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// A post.
    Post,
    /// A board, with all posts on it.
    Board,
    /// A promise.
    Promise,
    /// A tag: new posts that have it.
    Tag,
    /// A member of the staff: what they answer and promise.
    Person,
}

crate::word::kept_as_words!(Sort);

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A post.
    Post(PostId),
    /// A board, with all posts on it.
    Board(BoardId),
    /// A promise.
    Promise(PromiseId),
    /// A tag: new posts that have it.
    Tag(TagId),
    /// A member of the staff: what they answer and promise.
    Person(PersonId),
}

impl Subject {
    /// The one of a sort and a [key](Self::key).
    pub fn parse(sort: Sort, key: &str) -> Option<Self> {
        match sort {
            Sort::Person => key.parse().ok().map(|id| Self::Person(PersonId(id))),
            _ => Self::numbered(sort, key.parse().ok()?),
        }
    }

    /// The one of a sort and a number.
    fn numbered(sort: Sort, id: i64) -> Option<Self> {
        Some(match sort {
            Sort::Post => Self::Post(PostId(id)),
            Sort::Board => Self::Board(BoardId(id)),
            Sort::Promise => Self::Promise(PromiseId(id)),
            Sort::Tag => Self::Tag(TagId(id)),
            Sort::Person => return None,
        })
    }

    /// Its sort.
    pub fn sort(self) -> Sort {
        match self {
            Self::Post(_) => Sort::Post,
            Self::Board(_) => Sort::Board,
            Self::Promise(_) => Sort::Promise,
            Self::Tag(_) => Sort::Tag,
            Self::Person(_) => Sort::Person,
        }
    }

    /// Its number; a person has none.
    pub fn number(self) -> Option<i64> {
        match self {
            Self::Post(id) => Some(id.0),
            Self::Board(id) => Some(id.0),
            Self::Promise(id) => Some(id.0),
            Self::Tag(id) => Some(id.0),
            Self::Person(_) => None,
        }
    }

    /// What it is known by among those of its sort.
    pub fn key(self) -> String {
        match self {
            Self::Person(id) => id.to_string(),
            _ => self.number().unwrap_or_default().to_string(),
        }
    }
}

/// Something that the actor follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// What.
    pub subject: Subject,
    /// What it is called: the title of a post, the wording of a promise, the name of anything else; empty for a post that is hidden.
    pub title: String,
    /// The names of a board in single languages.
    pub names: Names,
    /// Its name in addresses, the handle of a person; a promise has none.
    pub slug: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Followed {
    /// What it is called in a language.
    pub fn called(&self, language: Language) -> &str {
        match self.subject {
            Subject::Board(_) => self.names.called(language, &self.title),
            Subject::Post(_) | Subject::Promise(_) | Subject::Tag(_) | Subject::Person(_) => &self.title,
        }
    }
}

/// What somebody follows without asking for it each time, beside what they wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Unasked {
    /// What they support.
    #[sea_orm(from_alias = "follows_supported")]
    pub supported: bool,
    /// What they commented on.
    #[sea_orm(from_alias = "follows_commented")]
    pub commented: bool,
}

/// Items of a page, at most.
pub const PAGE_MAX: u64 = 100;

/// Who may see what they follow: whoever signed in, verified or not.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub fn may_list(actor: &Actor) -> Result<&Me> {
    actor.person()
}

/// What the actor follows by their own word, latest first, those after a cursor; one more than `limit` when there are more.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor; [`Error::Invalid`] on `cursor` when it names no place.
pub async fn list(db: &impl ConnectionTrait, actor: &Actor, after: Option<&str>, limit: u64) -> Result<Vec<Followed>> {
    #[derive(FromQueryResult)]
    struct Row {
        subject: Sort,
        subject_id: Option<i64>,
        person: Option<PersonId>,
        title: String,
        names: Option<Names>,
        slug: Option<String>,
        created_at: DateTime<Utc>,
    }
    let me = may_list(actor)?.id;
    let after = match after {
        Some(cursor) => Some(place(cursor).ok_or(Error::invalid("cursor", Problem::NotACursor))?),
        None => None,
    };
    // what is hidden has no title in `posts`
    let mut sql = Sql::new(
        "SELECT * FROM (
         SELECT f.subject, f.subject_id, NULL AS person, CAST(f.subject_id AS varchar(60)) AS place, f.created_at, b.names,
            CASE f.subject WHEN 'board' THEN b.name WHEN 'post' THEN p.title WHEN 'tag' THEN t.name
                ELSE (SELECT v.what FROM promise_versions v WHERE v.promise_id = m.id ORDER BY v.id DESC LIMIT 1) END AS title,
            CASE f.subject WHEN 'board' THEN b.slug WHEN 'post' THEN p.slug WHEN 'tag' THEN t.slug END AS slug
         FROM follows f LEFT JOIN promises m ON f.subject = 'promise' AND m.id = f.subject_id
            LEFT JOIN posts p ON p.id = CASE WHEN f.subject = 'post' THEN f.subject_id ELSE m.post_id END
            LEFT JOIN boards b ON b.id = CASE WHEN f.subject = 'board' THEN f.subject_id ELSE p.board_id END
            LEFT JOIN tags t ON f.subject = 'tag' AND t.id = f.subject_id
         WHERE NOT f.muted AND f.person_id = ",
    );
    sql.bind(me).push(" AND (b.id IS NOT NULL AND ");
    board::known(&mut sql, actor);
    sql.push(" OR t.id IS NOT NULL AND ");
    tag::known(&mut sql, actor);
    sql.push(
        ") UNION ALL
         SELECT 'person' AS subject, NULL AS subject_id, f.followed_id AS person, p.handle AS place, f.created_at, NULL AS names, p.name AS title,
            p.handle AS slug
         FROM person_follows f JOIN persons p ON p.id = f.followed_id WHERE f.person_id = ",
    );
    sql.bind(me).push(&format!(" AND {STAFF}) f"));
    if let Some((at, sort, key)) = after {
        sql.push(" WHERE (f.created_at, f.subject, f.place) < (").bind(at).push(", ").bind(sort).push(", ").bind(key).push(")");
    }
    sql.push(&format!(" ORDER BY f.created_at DESC, f.subject DESC, f.place DESC LIMIT {}", limit.clamp(1, PAGE_MAX) + 1));
    let followed = |row: Row| {
        let subject = row.person.map(Subject::Person).or_else(|| Subject::numbered(row.subject, row.subject_id?));
        let subject = subject.ok_or_else(|| Error::internal("nothing can be followed so"))?;
        Ok(Followed { subject, title: row.title, names: row.names.unwrap_or_default(), slug: row.slug, since: row.created_at })
    };
    all::<Row>(db, &sql.text, sql.values).await?.into_iter().map(followed).collect()
}

/// Names the place after an item of [`list`].
pub fn cursor(item: &Followed) -> String {
    // people have no numbers that can be compared
    let place = match (item.subject, &item.slug) {
        (Subject::Person(_), Some(handle)) => handle.clone(),
        (subject, _) => subject.key(),
    };
    format!("f-{}-{}-{place}", item.since.timestamp_micros(), item.subject.sort().as_str())
}

fn place(cursor: &str) -> Option<(DateTime<Utc>, Sort, String)> {
    let mut parts = cursor.strip_prefix("f-")?.splitn(3, '-');
    let (at, sort, key) = (parts.next()?, parts.next()?, parts.next()?);
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
    let sort = Sort::parse(sort).ok()?;
    (sort == Sort::Person || key.parse::<i64>().is_ok()).then(|| (at, sort, key.to_owned()))
}

/// What the actor follows without asking.
///
/// # Errors
/// [`Error::Unauthenticated`] for a visitor.
pub async fn unasked(db: &impl ConnectionTrait, actor: &Actor) -> Result<Unasked> {
    let me = may_list(actor)?.id;
    let sql = "SELECT follows_supported, follows_commented FROM persons WHERE id = $1";
    one(db, sql, values![me]).await?.ok_or(Error::NotFound)
}

/// Whether the actor follows something but a post. Of a post that stands with the post, see `post::Post::following`.
pub async fn is(db: &impl ConnectionTrait, actor: &Actor, subject: Subject) -> Result<bool> {
    let Some(me) = actor.id() else { return Ok(false) };
    if let Subject::Person(whom) = subject {
        let sql = "SELECT CAST(1 AS bigint) AS n FROM person_follows WHERE person_id = $1 AND followed_id = $2";
        return Ok(number(db, sql, values![me, whom]).await?.is_some());
    }
    let sql = "SELECT subject_id AS n FROM follows WHERE person_id = $1 AND subject = $2 AND subject_id = $3 AND NOT muted";
    Ok(number(db, sql, values![me, subject.sort(), subject.number()]).await?.is_some())
}

/// Who may follow: members.
///
/// # Errors
/// As [`Actor::member`].
pub fn may_follow(actor: &Actor) -> Result<&Me> {
    actor.member()
}

/// Who may stop: they as well, and whoever can't write for a time, since mail that nobody can stop is a nuisance.
///
/// # Errors
/// As [`Actor::heard`].
pub fn may_stop(actor: &Actor) -> Result<&Me> {
    actor.heard()
}

/// Follows something. Once more changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the actor may not know of it, and for a person without official acts, or where the site does not say who does them.
pub async fn start(tx: &mut Tx, subject: Subject) -> Result<()> {
    let me = may_follow(tx.actor())?.id;
    known(tx, subject).await?;
    if let Subject::Person(whom) = subject {
        if tx.site().owner_shown != OwnerShown::Name {
            return Err(Error::NotFound);
        }
        let sql = "INSERT INTO person_follows (person_id, followed_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        exec(tx.conn(), sql, values![me, whom, tx.now()]).await?;
        return Ok(());
    }
    set(tx, me, subject, false).await
}

/// Changes what the actor follows without asking; what is not given stays.
///
/// # Errors
/// As [`may_stop`].
pub async fn choose(tx: &mut Tx, supported: Option<bool>, commented: Option<bool>) -> Result<()> {
    let me = may_stop(tx.actor())?.id;
    let sql = "UPDATE persons SET follows_supported = COALESCE($2, follows_supported), follows_commented = COALESCE($3, follows_commented)
               WHERE id = $1";
    exec(tx.conn(), sql, values![me, supported, commented]).await?;
    Ok(())
}

/// Stops. Whoever heard of a post without asking hears no more of it; else nothing is kept. Once more changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the actor may not know of it.
pub async fn stop(tx: &mut Tx, subject: Subject) -> Result<()> {
    let me = may_stop(tx.actor())?.id;
    known(tx, subject).await?;
    if let Subject::Post(post) = subject
        && hears_unasked(tx, post, me).await?
    {
        return set(tx, me, subject, true).await;
    }
    if let Subject::Person(whom) = subject {
        exec(tx.conn(), "DELETE FROM person_follows WHERE person_id = $1 AND followed_id = $2", values![me, whom]).await?;
        return Ok(());
    }
    let sql = "DELETE FROM follows WHERE person_id = $1 AND subject = $2 AND subject_id = $3";
    exec(tx.conn(), sql, values![me, subject.sort(), subject.number()]).await?;
    Ok(())
}

async fn set(tx: &Tx, me: PersonId, subject: Subject, muted: bool) -> Result<()> {
    let sql = "INSERT INTO follows (person_id, subject, subject_id, created_at, muted) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (person_id, subject, subject_id) DO UPDATE SET created_at = excluded.created_at, muted = excluded.muted
               WHERE follows.muted <> excluded.muted";
    exec(tx.conn(), sql, values![me, subject.sort(), subject.number(), tx.now(), muted]).await?;
    Ok(())
}

/// That the actor may know of it.
async fn known(tx: &Tx, subject: Subject) -> Result<()> {
    let (db, actor) = (tx.conn(), tx.actor());
    let known = match subject {
        Subject::Post(id) => tx.view().post(id).await.map(|_| true)?,
        Subject::Promise(id) => promise::by_id(db, actor, id, tx.now()).await.map(|_| true)?,
        Subject::Board(id) => {
            let mut sql = Sql::new("SELECT b.id AS n FROM boards b WHERE b.id = ");
            sql.bind(id).push(" AND ");
            board::visible(&mut sql, actor);
            number(db, &sql.text, sql.values).await?.is_some()
        }
        Subject::Tag(id) => {
            let mut sql = Sql::new("SELECT t.id AS n FROM tags t WHERE t.merged_into IS NULL AND t.id = ");
            sql.bind(id).push(" AND ");
            tag::known(&mut sql, actor);
            number(db, &sql.text, sql.values).await?.is_some()
        }
        // whoever has no role has a private life, and nothing else
        Subject::Person(id) => {
            let sql = format!("SELECT CAST(1 AS bigint) AS n FROM persons p WHERE p.id = $1 AND {STAFF}");
            number(db, &sql, values![id]).await?.is_some()
        }
    };
    if known { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether they hear of it unasked: they wrote it, support it or commented on it, or on another post of its case.
async fn hears_unasked(tx: &Tx, post: PostId, me: PersonId) -> Result<bool> {
    let mut sql = Sql::new("SELECT p.id AS n FROM posts p JOIN persons y ON y.id = ");
    sql.bind(me).push(" WHERE (p.id = ").bind(post).push(" OR p.head_id = ").bind(post);
    sql.push(&format!(") AND (p.author_id = y.id OR {TAKES_PART}) LIMIT 1"));
    Ok(number(tx.conn(), &sql.text, sql.values).await?.is_some())
}

/// Who does not want to hear of a post that they, or whose member they, wrote.
pub(crate) async fn muted(tx: &Tx, post: PostId) -> Result<Vec<PersonId>> {
    #[derive(FromQueryResult)]
    struct Muted {
        person_id: PersonId,
    }
    let sql = "SELECT person_id FROM follows WHERE subject = 'post' AND subject_id = $1 AND muted";
    Ok(all::<Muted>(tx.conn(), sql, values![post]).await?.into_iter().map(|row| row.person_id).collect())
}

/// Writes a notice for each person who follows what an event is about, a tag of its post, or whoever did it, but for whoever did it, whoever may
/// not know of the post, and whoever has one already; answers how many. In one statement, however many there are. What is said to the head of a
/// case is said to its members.
pub(crate) async fn tell(tx: &Tx, event: &Event, post: PostId, audience: Audience) -> Result<u64> {
    let mut sql = Sql::new("INSERT INTO notices (person_id, event_id, reason, created_at) SELECT DISTINCT x.id, ");
    // what is only selected has no type of its own on PostgreSQL
    sql.push("e.id, CAST(").bind(audience).push(" AS varchar(12)), e.created_at FROM events e JOIN posts p ON p.id = ").bind(post);
    sql.push(" JOIN boards b ON b.id = p.board_id JOIN (");
    match audience {
        Audience::Tag => of_tags(&mut sql, post),
        // nobody hears who did what where the site does not say
        Audience::Actor if tx.site().owner_shown != OwnerShown::Name => return Ok(0),
        Audience::Actor => match acting(tx.conn(), event).await? {
            Some(who) => of_person(&mut sql, who),
            None => return Ok(0),
        },
        _ => of_what(&mut sql, event, post),
    }
    sql.push(") f ON TRUE JOIN persons x ON x.id = f.person_id WHERE e.id = ").bind(event.id);
    sql.push(" AND (e.actor_id IS NULL OR x.id <> e.actor_id)");
    sql.push(" AND NOT EXISTS (SELECT 1 FROM follows o WHERE o.person_id = x.id AND o.subject = 'post' AND o.subject_id = p.id AND o.muted) AND ");
    view::known_to_each(&mut sql);
    sql.push(" ON CONFLICT (person_id, event_id) DO NOTHING");
    exec(tx.conn(), &sql.text, sql.values).await
}

/// Those who follow the post, its board or the promise, by their own word or by what they did.
fn of_what(sql: &mut Sql, event: &Event, post: PostId) {
    let promise = match event.kind.about().subject {
        event::Subject::Promise(id) => Some(id),
        _ => None,
    };
    sql.push("SELECT f.person_id FROM follows f JOIN posts q ON q.id = ").bind(post).push(
        " WHERE NOT f.muted AND (f.subject = 'board' AND f.subject_id = q.board_id
                OR f.subject = 'post' AND (f.subject_id = q.id OR f.subject_id IN (SELECT id FROM posts WHERE head_id = q.id))
                OR f.subject = 'promise' AND f.subject_id = ",
    );
    sql.bind(promise).push(
        ") UNION
            SELECT v.person_id FROM posts q JOIN votes v ON v.post_id = q.id JOIN persons y ON y.id = v.person_id
            WHERE v.stance = 'support' AND y.follows_supported AND (q.id = ",
    );
    sql.bind(post).push(" OR q.head_id = ").bind(post).push(
        ") UNION
            SELECT c.author_id FROM posts q JOIN comments c ON c.post_id = q.id JOIN persons y ON y.id = c.author_id
            WHERE c.removed_at IS NULL AND y.follows_commented AND (q.id = ",
    );
    sql.bind(post).push(" OR q.head_id = ").bind(post).push(")");
}

/// Those who follow a tag of a post. While it is held back nobody hears of it: they hear when it is not any more.
fn of_tags(sql: &mut Sql, post: PostId) {
    sql.push(
        "SELECT f.person_id FROM posts q JOIN post_tags pt ON pt.post_id = q.id
            JOIN follows f ON f.subject = 'tag' AND f.subject_id = pt.tag_id AND NOT f.muted AND f.person_id <> q.author_id
         WHERE q.screening_id IS NULL AND q.hidden_by IS NULL AND q.id = ",
    );
    sql.bind(post);
}

/// Those who follow a member of the staff.
fn of_person(sql: &mut Sql, who: PersonId) {
    sql.push(
        "SELECT f.person_id FROM person_follows f JOIN persons p ON p.id = f.followed_id WHERE f.person_id <> p.id AND p.id = ",
    );
    sql.bind(who).push(&format!(" AND {STAFF}"));
}

/// Whose act an event is, as its page names them: whoever wrote an answer, whoever answers for a promise.
async fn acting(db: &impl ConnectionTrait, event: &Event) -> Result<Option<PersonId>> {
    #[derive(FromQueryResult)]
    struct Row {
        person: Option<PersonId>,
    }
    let row = match event.kind.about().subject {
        event::Subject::Answer(id) => one::<Row>(db, "SELECT author_id AS person FROM answers WHERE id = $1", values![id]).await?,
        event::Subject::Promise(id) => {
            let sql = "SELECT COALESCE(v.accountable_id, p.owner_id) AS person FROM promise_versions v
                        JOIN promises m ON m.id = v.promise_id JOIN posts p ON p.id = m.post_id
                       WHERE m.id = $1 ORDER BY v.id DESC LIMIT 1";
            one::<Row>(db, sql, values![id]).await?
        }
        _ => return Ok(event.actor),
    };
    Ok(row.and_then(|row| row.person))
}

/// What it is called that somebody follows and is told of an event for: the tag or the person; nothing when they stopped, or when it is what the
/// event is about.
pub(crate) async fn cause(db: &impl ConnectionTrait, reader: PersonId, event: &Event, reason: Audience) -> Result<Option<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
    }
    let named = match reason {
        Audience::Tag => {
            let sql = "SELECT t.name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id
                        JOIN follows f ON f.subject = 'tag' AND f.subject_id = t.id AND f.person_id = $1
                       WHERE pt.post_id = $2 ORDER BY lower(t.name), t.id LIMIT 1";
            one::<Row>(db, sql, values![reader, event.post]).await?
        }
        Audience::Actor => {
            let sql = "SELECT p.name FROM person_follows f JOIN persons p ON p.id = f.followed_id
                       WHERE f.person_id = $1 AND p.id = $2 AND p.erased_at IS NULL";
            one::<Row>(db, sql, values![reader, acting(db, event).await?]).await?
        }
        _ => None,
    };
    Ok(named.map(|row| row.name))
}
