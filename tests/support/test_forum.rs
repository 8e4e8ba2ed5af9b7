//! A forum for one test, spoken to in sentences: `f.member("Sanne").await` is somebody, `f.support(&sanne, post).await` is what
//! she does.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use chrono::{DateTime, Days, NaiveDate, Utc};
use forum::{
    Error, Forum, Result, View,
    actor::{Actor, Role},
    answer::{self, Answer},
    board::{self, NewBoard},
    comment,
    error::Problem,
    forum::Options,
    group,
    id::{CommentId, PersonId, PostId},
    link::Purpose,
    notice::{self, Content},
    password::Cost,
    person::{self, SignUp},
    post::{self, Draft, Edit, Filter, Kind, Page, Post, PostRow, Seen},
    time::SetTime,
    vote::{self, Stance, Tally},
};
use sea_orm::{ConnectionTrait as _, QueryResult, Statement};

use crate::{Backend, TestDb};

/// The public address of a forum under test.
pub const ADDRESS: &str = "http://forum.example";

/// The public board that every forum under test has.
pub const BOARD: &str = "general";

/// A Wednesday morning at Amsterdam, in winter time, with no holiday near.
const START: &str = "2026-11-18T10:00:00+01:00";

/// A moment, as RFC 3339 spells it.
///
/// # Panics
/// When it is none.
pub fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_utc()
}

/// A day, as ISO 8601 spells it.
///
/// # Panics
/// When it is none.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The fields that were refused, and why.
///
/// # Panics
/// When the input was taken, or something else went wrong.
pub fn problems<T: std::fmt::Debug>(outcome: Result<T>) -> Vec<(&'static str, Problem)> {
    match outcome {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
        other => panic!("expected refused fields, got {other:?}"),
    }
}

/// A letter in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// To which address.
    pub to: String,
    /// What it says.
    pub content: Content,
}

impl Sent {
    /// The secret at the end of the link in the letter.
    ///
    /// # Panics
    /// When the letter has no link.
    pub fn secret(&self) -> &str {
        match &self.content {
            Content::Verify { path, .. } | Content::Reset { path, .. } => {
                path.rsplit_once('/').map(|(_, secret)| secret).expect("a path with a secret")
            }
            other => panic!("no link in {other:?}"),
        }
    }
}

/// A forum in a database of its own, whose time stands still until a test moves it. Rate limits are off unless a test asks for
/// them, and nobody is there but the board [`BOARD`].
#[derive(Clone)]
pub struct TestForum {
    forum: Forum,
    /// The hands of its clock.
    pub time: SetTime,
    url: Arc<str>,
    backend: Backend,
    people: Arc<AtomicU32>,
}

impl Deref for TestForum {
    type Target = Forum;

    fn deref(&self) -> &Forum {
        &self.forum
    }
}

impl TestForum {
    /// Opens a forum in an empty database.
    pub async fn open(db: &TestDb) -> Self {
        let time = SetTime::new(utc(START));
        let forum = open(db.url(), &time, false).await;
        let forum = Self { forum, time, url: db.url().into(), backend: db.backend(), people: Arc::default() };
        forum.board(BOARD).await;
        forum
    }

    /// Another instance on the same database and the same time, as when two servers run side by side.
    pub async fn beside(&self) -> Self {
        Self { forum: open(&self.url, &self.time, false).await, ..self.clone() }
    }

    /// Another instance on the same database and the same time, in which rate limits hold.
    pub async fn limited(&self) -> Self {
        Self { forum: open(&self.url, &self.time, true).await, ..self.clone() }
    }

    /// Which database it is in.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The address of its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    // people

    /// A verified customer.
    pub async fn member(&self, name: &str) -> Actor {
        self.person(name, Role::Member).await
    }

    /// Somebody of the staff.
    pub async fn staff(&self, name: &str, role: Role) -> Actor {
        self.person(name, role).await
    }

    /// So many verified customers.
    pub async fn members(&self, count: usize) -> Vec<Actor> {
        let mut members = Vec::new();
        for n in 1..=count {
            members.push(self.member(&format!("Member {n}")).await);
        }
        members
    }

    /// A verified customer whom mail reaches.
    pub async fn member_with_mail(&self, name: &str, email: &str) -> Actor {
        let actor = self.member(name).await;
        let id = id_of(&actor);
        let sign_up =
            SignUp { email: email.to_owned(), password: "correct horse battery".to_owned(), name: name.to_owned(), language: None };
        let account = sign_up.prepare(self).await.expect("a sign-up that can be taken");
        self.write(&Actor::System, async |tx| person::give_account(tx, id, &account).await).await.expect("an account");
        self.again(&actor).await
    }

    /// A customer who has not shown yet that the address is theirs.
    pub async fn unverified(&self, name: &str) -> Actor {
        let actor = self.member(name).await;
        self.sql(&format!("UPDATE persons SET verified_at = NULL WHERE name = '{name}'")).await.expect("a person");
        self.again(&actor).await
    }

    /// A verified customer who signed up here a moment ago.
    pub async fn newcomer(&self, name: &str) -> Actor {
        let actor = self.member(name).await;
        self.sql(&format!("UPDATE persons SET imported_from = NULL WHERE name = '{name}'")).await.expect("a person");
        actor
    }

    /// The same person as they are now.
    pub async fn again(&self, actor: &Actor) -> Actor {
        person::by_id(self.read(), id_of(actor)).await.expect("a query").expect("a person").actor(None)
    }

    async fn person(&self, name: &str, role: Role) -> Actor {
        let key = format!("test:{}", self.people.fetch_add(1, Ordering::Relaxed));
        let (id, _) = self
            .write(&Actor::System, async |tx| person::create_imported(tx, name, None, role, &key).await)
            .await
            .expect("a person");
        person::by_id(self.read(), id).await.expect("a query").expect("a person").actor(None)
    }

    // boards

    /// A public board.
    pub async fn board(&self, slug: &str) {
        let new = NewBoard { slug: slug.to_owned(), name: slug.to_owned(), ..NewBoard::default() };
        self.write(&Actor::System, async |tx| board::create(tx, &new).await).await.expect("a board");
    }

    /// A board that only these people and the staff see, by a group of the same name.
    pub async fn private_board(&self, slug: &str, members: &[&Actor]) {
        let new = NewBoard {
            slug: slug.to_owned(),
            name: slug.to_owned(),
            private: true,
            groups: vec![slug.to_owned()],
            ..NewBoard::default()
        };
        self.write(&Actor::System, async |tx| {
            let group = group::create(tx, slug, slug).await?;
            for member in members {
                group::add(tx, group.id, id_of(member)).await?;
            }
            board::create(tx, &new).await
        })
        .await
        .expect("a private board");
    }

    /// Takes somebody out of the group of a private board.
    pub async fn expel(&self, board: &str, member: &Actor) {
        self.write(&Actor::System, async |tx| {
            let group = group::by_slug(tx.conn(), board).await?.ok_or(Error::NotFound)?;
            group::remove(tx, group.id, id_of(member)).await
        })
        .await
        .expect("a group without the member");
    }

    // posts

    /// Posts on the public board.
    pub async fn post(&self, actor: &Actor, kind: Kind, title: &str) -> PostId {
        self.post_on(actor, BOARD, kind, title).await
    }

    /// Posts on a board.
    pub async fn post_on(&self, actor: &Actor, board: &str, kind: Kind, title: &str) -> PostId {
        self.submit(actor, &Draft { board: board.to_owned(), ..draft(kind, title, &format!("More about {title}.")) })
            .await
            .expect("a post")
    }

    /// Posts a text.
    pub async fn write_post(&self, actor: &Actor, title: &str, body: &str) -> PostId {
        self.submit(actor, &draft(Kind::Idea, title, body)).await.expect("a post")
    }

    /// Submits a draft.
    pub async fn submit(&self, actor: &Actor, draft: &Draft) -> Result<PostId> {
        self.write(actor, async |tx| post::submit(tx, draft).await).await
    }

    /// Brings in an idea from elsewhere.
    pub async fn import(&self, key: &str, author: &Actor, title: &str, created_at: DateTime<Utc>) -> PostId {
        let board = board::by_slug(self.read(), &Actor::System, BOARD).await.expect("a query").expect("the public board").id;
        let body = format!("More about {title}.");
        self.write(&Actor::System, async |tx| {
            post::import(tx, key, board, id_of(author), Kind::Idea, title, &body, created_at).await
        })
        .await
        .expect("an imported post")
        .0
    }

    /// Changes a post.
    pub async fn edit(&self, actor: &Actor, post: PostId, edit: &Edit) -> Result<Post> {
        self.write(actor, async |tx| post::edit(tx, post, edit).await).await
    }

    /// The post as the forum itself sees it.
    pub async fn see(&self, post: PostId) -> Post {
        self.look(&Actor::System, post).await.expect("a post")
    }

    /// The post as somebody sees it.
    pub async fn look(&self, actor: &Actor, post: PostId) -> Result<Post> {
        post::by_id(&self.view(actor).await, post).await
    }

    /// The forum as somebody sees it.
    pub async fn view(&self, actor: &Actor) -> View<'static> {
        self.forum.view(actor).await.expect("a view")
    }

    /// What belongs to a post, as somebody sees it.
    pub async fn of<T>(&self, actor: &Actor, post: PostId, query: impl AsyncFnOnce(&View<'_>, &Seen) -> Result<T>) -> Result<T> {
        let view = self.view(actor).await;
        let seen = view.post(post).await?;
        query(&view, &seen).await
    }

    /// A page of a list.
    pub async fn page(&self, actor: &Actor, filter: &Filter, cursor: Option<&str>, limit: u64) -> Page {
        post::list(self.read(), actor, filter, cursor, limit, self.now()).await.expect("a page")
    }

    /// The titles of what somebody finds by a query, in alphabetical order.
    pub async fn find(&self, actor: &Actor, query: &str) -> Vec<String> {
        let page = self.page(actor, &Filter::words(query), None, 100).await;
        assert_eq!(page.total, i64::try_from(page.items.len()).expect("a short list"), "the total of {query:?}");
        let mut titles: Vec<String> = page.items.into_iter().map(|row| row.title).collect();
        titles.sort_unstable();
        titles
    }

    /// The work queue of somebody.
    pub async fn queue(&self, actor: &Actor) -> Vec<PostRow> {
        let (items, _, total) = post::queue(self.read(), actor, None, None, 100, self.now()).await.expect("a queue");
        assert_eq!(total, i64::try_from(items.len()).expect("a short queue"));
        items.into_iter().map(|(row, _)| row).collect()
    }

    // votes

    /// Supports a post.
    pub async fn support(&self, actor: &Actor, post: PostId) -> Tally {
        self.vote(actor, post, Stance::Support, None).await.expect("a vote")
    }

    /// Opposes a post, for a reason.
    pub async fn oppose(&self, actor: &Actor, post: PostId, reason: &str) -> Tally {
        self.vote(actor, post, Stance::Oppose, Some(reason)).await.expect("a vote")
    }

    /// Votes.
    pub async fn vote(&self, actor: &Actor, post: PostId, stance: Stance, reason: Option<&str>) -> Result<Tally> {
        self.write(actor, async |tx| vote::cast(tx, post, stance, reason).await).await
    }

    /// Takes a vote back.
    pub async fn withdraw(&self, actor: &Actor, post: PostId) -> Result<Tally> {
        self.write(actor, async |tx| vote::withdraw(tx, post).await).await
    }

    // comments

    /// Comments on a post.
    pub async fn comment(&self, actor: &Actor, post: PostId, body: &str) -> CommentId {
        self.write(actor, async |tx| comment::submit(tx, post, None, body, None).await).await.expect("a comment")
    }

    /// Replies to a comment.
    pub async fn reply(&self, actor: &Actor, post: PostId, parent: CommentId, body: &str) -> CommentId {
        self.write(actor, async |tx| comment::submit(tx, post, Some(parent), body, None).await).await.expect("a reply")
    }

    // answers

    /// Answers a post.
    pub async fn answer(&self, actor: &Actor, post: PostId, draft: &answer::Draft) -> Result<Answer> {
        self.write(actor, async |tx| answer::publish(tx, post, draft).await).await
    }

    /// Answers a post with all that the status needs.
    pub async fn move_to(&self, actor: &Actor, post: PostId, status: &str) -> Answer {
        self.answer(actor, post, &self.answer_into(status)).await.expect("an answer")
    }

    /// An answer that sets a status, with all that it needs.
    pub fn answer_into(&self, status: &str) -> answer::Draft {
        let mut draft = answer::Draft {
            status: status.to_owned(),
            what: "We have looked into this with the people who know most about it, and here is what comes of it: read on below."
                .to_owned(),
            who: Some("The team for invoices".to_owned()),
            ..answer::Draft::default()
        };
        match status {
            "review" | "planned" | "started" => {
                let site = self.site();
                let today = forum::clock::local_day(&site, self.now());
                draft.next_update_on = Some(site.calendar().nth_working_day_after(today, 2).to_string());
            }
            "declined" => {
                draft.reason_class = Some("cost".to_owned());
                draft.is_final = true;
            }
            _ => {}
        }
        draft
    }

    /// The date so many days from today at the site.
    pub fn in_days(&self, days: u64) -> String {
        (forum::clock::local_day(&self.site(), self.now()) + Days::new(days)).to_string()
    }

    // mail

    /// The letters in the outbox that were not sent, oldest first.
    pub async fn outbox(&self) -> Vec<Sent> {
        let mut all = Vec::new();
        for row in self.rows("SELECT recipient, letter FROM outbox WHERE sent_at IS NULL ORDER BY id").await {
            let letter: serde_json::Value = row.try_get("", "letter").expect("a letter");
            let letter = serde_json::from_value(letter).expect("a letter that the sender understands");
            let content = notice::content(self, letter).await.expect("what it says").expect("something to tell");
            all.push(Sent { to: row.try_get("", "recipient").expect("an address"), content });
        }
        all
    }

    /// Empties the outbox.
    pub async fn forget_letters(&self) {
        self.sql("DELETE FROM outbox").await.expect("an empty outbox");
    }

    /// A fresh link, as it would stand in a letter.
    pub async fn link(&self, purpose: Purpose, person: Option<PersonId>) -> String {
        let secret = self.write(&Actor::System, async |tx| forum::link::create(tx, purpose, person).await).await;
        secret.expect("a link").reveal().to_owned()
    }

    // what stands in the tables

    /// Runs a statement through the write side.
    pub async fn sql(&self, sql: &str) -> Result<u64> {
        self.write(&Actor::System, async |tx| Ok(tx.conn().execute_unprepared(sql).await?.rows_affected())).await
    }

    /// The rows of a query.
    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.read().get_database_backend(), sql.to_owned());
        self.read().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// How many rows a table has, with or without a condition: `votes WHERE stance = 'oppose'`.
    pub async fn count(&self, rows: &str) -> i64 {
        let row = self.rows(&format!("SELECT COUNT(*) AS n FROM {rows}")).await.pop().expect("a count");
        row.try_get("", "n").expect("a number")
    }
}

async fn open(url: &str, time: &SetTime, limits: bool) -> Forum {
    let time = Arc::new(time.clone());
    let options = Options { limits, time, takes_mail: true, hashing: Cost::LEAST, ..Options::new(url, ADDRESS) };
    Forum::open(options).await.expect("a forum")
}

fn draft(kind: Kind, title: &str, body: &str) -> Draft {
    Draft {
        kind: kind.as_str().to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        board: BOARD.to_owned(),
        ..Draft::default()
    }
}

pub(crate) fn id_of(actor: &Actor) -> PersonId {
    actor.id().expect("somebody in particular")
}
