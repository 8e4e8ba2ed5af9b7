//! The demo forum: that of Noordlicht, a fictional firm for telecom and electronics. Its past is made by the forum's own commands,
//! in the order in which it happened, so that clocks, versions, counts and search are as in life.

mod axis;
mod chance;
mod people;
mod story;
mod texts;

use std::{collections::HashMap, fmt};

use chrono::NaiveDate;
use forum::{
    Error, Forum, Tx,
    actor::{Actor, Me, Role},
    answer,
    board::{self, NewBoard},
    comment,
    id::{CommentId, PersonId, PostId},
    owner,
    person::{self, Arrival, NewPerson, SignUp},
    post::{self, Edit},
    site::{self, Language},
    vote::{self, Dated, Stance},
};

use self::{
    axis::{Axis, DAY, Place},
    people::{Customer, SANNE, STAFF},
    story::{Act, Deed, Story, Who},
    texts::Post,
};

/// The password of all sign-ins.
pub const PASSWORD: &str = "noordlicht-demo";

/// The people of the demo forum who can sign in: what they are, by which address, and what they are called.
pub const SIGN_INS: [(Role, &str, &str); 5] = [
    (Role::Member, "customer@noordlicht.example", SANNE),
    (Role::Agent, "agent@noordlicht.example", "Noor"),
    (Role::Lead, "lead@noordlicht.example", "Femke"),
    (Role::Director, "director@noordlicht.example", "Hanna"),
    (Role::Admin, "admin@noordlicht.example", "Lotte"),
];

/// Slug, name, and what belongs there.
const BOARDS: [(&str, &str, &str); 8] = [
    ("broadband", "Broadband", "Internet at home: the line, the router, wifi, outages and moving house."),
    ("mobile", "Mobile", "Plans, coverage, roaming and SIM cards."),
    ("tv", "TV", "The box, recordings, channels and subtitles."),
    ("phones", "Phones", "The phones that we make and sell: the Rif and its repairs."),
    ("stores", "Stores", "Our shops: opening hours, queues, advice and repairs over the counter."),
    ("billing", "Billing", "Invoices, prices, contracts and getting money back."),
    ("accessories", "Accessories", "Chargers, cases, earbuds and plugs for the house."),
    ("app", "App", "The app and the account on the website."),
];

/// The staff were here before the first post, by so many working days.
const HEAD_START: u32 = 140;

/// Why the demo forum was not made: nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There are people or posts in the database.
    #[error("the demo forum needs an empty database, and this one has people or posts in it already")]
    NotEmpty,
    /// The texts are not as they should be.
    #[error("{file}: {source}")]
    Texts {
        /// In which file.
        file: &'static str,
        /// Why.
        source: toml::de::Error,
    },
    /// The forum could not take it.
    #[error(transparent)]
    Forum(#[from] Error),
}

/// What the demo forum holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Boards.
    pub boards: usize,
    /// People, the staff among them.
    pub people: usize,
    /// Posts.
    pub posts: usize,
    /// Votes.
    pub votes: usize,
    /// Comments that stand.
    pub comments: usize,
    /// Comments that were taken back.
    pub taken_back: usize,
    /// Official answers.
    pub answers: usize,
    /// Posts with an earlier wording.
    pub edited: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { boards, people, posts, votes, comments, taken_back, answers, edited } = self;
        writeln!(f, "{posts} posts on {boards} boards, {edited} of them edited, with {answers} official answers")?;
        write!(f, "{people} people, {votes} votes, {comments} comments and {taken_back} that were taken back")
    }
}

/// Fills an empty forum.
///
/// # Errors
/// When there is anybody or anything in it, or the database does not answer.
pub async fn fill(forum: &Forum) -> Result<Summary, DemoError> {
    if !site::is_empty(forum.read()).await? {
        return Err(DemoError::NotEmpty);
    }
    let posts = texts::all().map_err(|(file, source)| DemoError::Texts { file, source })?;
    let customers = people::customers();
    let accounts = accounts(forum).await?;
    let story = story::tell(&posts, &customers);
    let longest = posts.iter().map(|post| post.age).max().unwrap_or(0);
    let axis = Axis::new(&forum.site(), forum.now(), longest + HEAD_START);

    let (summary, signing_in) = forum
        .write(&Actor::System, async |tx| {
            if !site::is_empty(tx.conn()).await? {
                return Ok(None);
            }
            let mut teller =
                Teller { posts: &posts, axis: &axis, actors: Actors::default(), ids: HashMap::new(), comments: HashMap::new() };
            let summary = teller.tell(tx, &customers, &story).await?;
            let id = |name: &str| teller.actors.id(name);
            Ok(Some((summary, SIGN_INS.map(|(_, _, name)| id(name)))))
        })
        .await?
        .ok_or(DemoError::NotEmpty)?;

    // only now do people have addresses: what happened before is no news that anybody gets by mail
    forum
        .write(&Actor::System, async |tx| {
            for (id, account) in signing_in.into_iter().zip(&accounts) {
                let id = id.ok_or_else(|| Error::internal("somebody who signs in is not there"))?;
                person::give_account(tx, id, account).await?;
            }
            Ok(())
        })
        .await?;
    forum.refresh_site().await?;
    Ok(summary)
}

/// The accounts of the sign-ins; hashing passwords takes long, and is done before anything is written.
async fn accounts(forum: &Forum) -> Result<Vec<NewPerson>, Error> {
    let mut accounts = Vec::new();
    for (_, email, name) in SIGN_INS {
        let sign_up = SignUp { email: email.to_owned(), password: PASSWORD.to_owned(), name: name.to_owned(), language: None };
        accounts.push(sign_up.prepare(forum.hasher()).await?);
    }
    Ok(accounts)
}

/// Those who act.
#[derive(Default)]
struct Actors {
    staff: Vec<Me>,
    customers: Vec<Me>,
}

impl Actors {
    fn of(&self, who: Who) -> Result<&Me, Error> {
        let found = match who {
            Who::Staff(n) => self.staff.get(n),
            Who::Customer(n) => self.customers.get(n),
        };
        found.ok_or_else(|| Error::internal("nobody of that number"))
    }

    fn id(&self, name: &str) -> Option<PersonId> {
        self.staff.iter().chain(&self.customers).find(|me| me.name == name).map(|me| me.id)
    }
}

/// Tells the story to the forum.
struct Teller<'a> {
    posts: &'a [Post],
    axis: &'a Axis,
    actors: Actors,
    /// By the post's place in the texts.
    ids: HashMap<usize, PostId>,
    /// By the post's place and the comment's number.
    comments: HashMap<(usize, usize), CommentId>,
}

impl Teller<'_> {
    async fn tell(&mut self, tx: &mut Tx, customers: &[Customer], story: &Story) -> Result<Summary, Error> {
        let now = tx.now();
        site::save(tx, &site::Site { name: "Noordlicht".to_owned(), ..(*tx.site()).clone() }).await?;
        for (slug, name, description) in BOARDS {
            if board::by_slug(tx.conn(), &Actor::System, slug).await?.is_none() {
                let new = NewBoard {
                    slug: slug.to_owned(),
                    name: name.to_owned(),
                    description: description.to_owned(),
                    ..NewBoard::default()
                };
                board::create(tx, &new).await?;
            }
        }
        self.people(tx, customers, &story.since).await?;

        let mut summary =
            Summary { boards: BOARDS.len(), people: people::PEOPLE, votes: story.ballots.len(), ..Summary::default() };
        for act in &story.acts {
            tx.act_at(self.axis.at(act.place))?;
            tx.act_as(Actor::Person(self.actors.of(act.by)?.clone()))?;
            self.act(tx, act, &mut summary).await?;
        }

        let dated = |ballot: &story::Ballot| {
            Ok(Dated {
                post: self.id(ballot.post)?,
                person: self.actors.of(Who::Customer(ballot.customer))?.id,
                stance: if ballot.reason.is_some() { Stance::Oppose } else { Stance::Support },
                reason: ballot.reason.clone(),
                at: self.axis.at(ballot.place),
            })
        };
        let votes = story.ballots.iter().map(dated).collect::<Result<Vec<_>, Error>>()?;
        tx.act_as(Actor::System)?;
        tx.act_at(now)?;
        vote::cast_dated(tx, &votes).await?;
        Ok(summary)
    }

    async fn people(&mut self, tx: &mut Tx, customers: &[Customer], since: &[Place]) -> Result<(), Error> {
        let first = -i64::from(self.posts.iter().map(|post| post.age).max().unwrap_or(0) + HEAD_START) * DAY;
        let staff = STAFF.iter().enumerate().map(|(n, staff)| Arrival {
            from: format!("demo:staff:{}", n + 1),
            name: staff.name.to_owned(),
            title: Some(staff.title.to_owned()),
            role: staff.role,
            language: None,
            at: self.axis.at(first + 9 * 3600),
        });
        let customers = customers.iter().zip(since).enumerate().map(|(n, (customer, since))| Arrival {
            from: format!("demo:customer:{}", n + 1),
            name: customer.name.clone(),
            title: None,
            role: Role::Member,
            language: Some(customer.language),
            at: self.axis.at(*since),
        });
        let arrivals: Vec<Arrival> = staff.chain(customers).collect();
        let ids = person::import(tx, &arrivals).await?;
        let me = |(arrival, (id, _)): (Arrival, (PersonId, bool))| Me {
            id,
            name: arrival.name,
            role: arrival.role,
            verified: true,
            language: arrival.language.map(|language| language.tag().to_owned()),
            scope: None,
        };
        let mut people = arrivals.into_iter().zip(ids).map(me);
        self.actors.staff = people.by_ref().take(STAFF.len()).collect();
        self.actors.customers = people.collect();
        Ok(())
    }

    fn id(&self, post: usize) -> Result<PostId, Error> {
        self.ids.get(&post).copied().ok_or_else(|| Error::internal("a post that is not there yet"))
    }

    async fn act(&mut self, tx: &mut Tx, act: &Act, summary: &mut Summary) -> Result<(), Error> {
        let Some(post) = self.posts.get(act.post) else { return Err(Error::internal("no post of that number")) };
        match &act.deed {
            Deed::Submit { whole } => {
                let id = post::submit(tx, &draft(post, *whole)).await?;
                self.ids.insert(act.post, id);
                summary.posts += 1;
            }
            Deed::Edit => {
                let edit = Edit { body: Some(post.body.clone()), ..Edit::default() };
                post::edit(tx, self.id(act.post)?, &edit).await?;
                summary.edited += 1;
            }
            Deed::Own { owner } => {
                let owner = self.actors.of(Who::Staff(*owner))?.id;
                owner::set(tx, self.id(act.post)?, owner).await?;
            }
            Deed::Answer { answer } => {
                let day = self.axis.day(act.place);
                let draft = post.answers.get(*answer).map(|answer| answer_draft(tx, answer, day, post.language));
                let draft = draft.ok_or_else(|| Error::internal("no answer of that number"))?;
                answer::publish(tx, self.id(act.post)?, &draft).await?;
                summary.answers += 1;
            }
            Deed::Comment { number, parent, text } => {
                let parent = parent.and_then(|parent| self.comments.get(&(act.post, parent)).copied());
                let id = comment::submit(tx, self.id(act.post)?, parent, text, Some(post.language)).await?;
                self.comments.insert((act.post, *number), id);
                summary.comments += 1;
            }
            Deed::TakeBack { number } => {
                if let Some(id) = self.comments.get(&(act.post, *number)) {
                    comment::remove(tx, *id).await?;
                    summary.comments -= 1;
                    summary.taken_back += 1;
                }
            }
        }
        Ok(())
    }
}

fn draft(post: &Post, whole: bool) -> post::Draft {
    let first = if whole { None } else { texts::first_wording(&post.body) };
    post::Draft {
        kind: post.kind.clone(),
        title: post.title.clone(),
        body: first.unwrap_or(&post.body).to_owned(),
        board: post.board.clone(),
        tags: post.tags.clone(),
        language: Some(post.language),
    }
}

/// The answer as it is given on that day.
fn answer_draft(tx: &Tx, answer: &texts::Answer, day: NaiveDate, language: Language) -> answer::Draft {
    let site = tx.site();
    let in_days = |days: Option<u32>| days.map(|days| site.calendar().nth_working_day_after(day, days).to_string());
    answer::Draft {
        status: answer.stage.clone(),
        what: answer.what.clone(),
        who: Some(answer.who.clone()),
        next_update_on: in_days(answer.next),
        reason_class: answer.reason.clone(),
        reexamine_on: in_days(answer.reexamine),
        is_final: answer.is_final,
        language: Some(language),
    }
}
