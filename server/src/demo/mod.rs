//! The demo forum: that of Noordlicht, a fictional firm for telecom and electronics. Its past is made by the forum's own commands,
//! in the order in which it happened, so that clocks, versions, counts and search are as in life.

mod axis;
mod cases;
mod chance;
mod changelog;
mod duties;
mod guests;
pub mod load;
mod people;
mod pictures;
mod story;
mod texts;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use chrono::{NaiveDate, TimeDelta};
use forum::{
    Error, Forum, Tx,
    actor::{Actor, Me, Role},
    again, answer, attachment,
    board::{self, NewBoard},
    clock, comment,
    confirm::{self, Outcome},
    follow::{self, Subject},
    handover,
    id::{CommentId, HandoverId, ModerationId, PersonId, PostId, PromiseId, RequestId},
    moderation, notice, owner,
    person::{self, Arrival, NewPerson, SignUp},
    post::{self, Edit},
    promise, request,
    site::{self, Language},
    tag,
    vote::{self, Dated, Stance},
    watch,
};

use self::{
    axis::{Axis, DAY, Place},
    guests::GUESTS,
    people::{Customer, SANNE, STAFF},
    story::{Act, Ballot, Deed, Story, Who},
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

/// The sign-ins that still have the published password.
///
/// # Errors
/// When the database does not answer.
pub async fn open_to_anybody(forum: &Forum) -> Result<Vec<&'static str>, Error> {
    let mut open = Vec::new();
    for (_, email, _) in SIGN_INS {
        if person::authenticate(forum, email, PASSWORD).await?.is_some() {
            open.push(email);
        }
    }
    Ok(open)
}

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

/// The post on which somebody is called by name.
const CALLED: usize = 3;

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
    /// Posts on the levels of the desk, the lead and the director.
    pub levels: [usize; 3],
    /// Clocks that were missed, those included that were answered late.
    pub missed: usize,
    /// Posts with a clock that was missed and is still open.
    pub overdue: usize,
    /// Promises whose date lies ahead.
    pub open: usize,
    /// Promises that were kept.
    pub kept: usize,
    /// Promises that were broken.
    pub broken: usize,
    /// Offers of a post to a colleague, and posts given away without one.
    pub handovers: usize,
    /// What waits for somebody with a wider mandate.
    pub requests: usize,
    /// Reports that it happened again.
    pub again: usize,
    /// Posts whose last delivery was confirmed by customers.
    pub confirmed: usize,
    /// Posts whose last delivery was sent back by customers.
    pub reopened: usize,
    /// Posts about whose last delivery nobody said anything.
    pub unconfirmed: usize,
    /// Posts about whose last delivery customers are being asked.
    pub asking: usize,
    /// Acts of moderation, those that took one back among them.
    pub moderated: usize,
    /// Objections to them, all of which were decided.
    pub appeals: usize,
    /// Cases: posts that are one matter.
    pub cases: usize,
    /// Posts that were merged into another.
    pub merged: usize,
    /// Proposals to merge that wait.
    pub proposed: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { boards, people, posts, votes, comments, taken_back, answers, edited, .. } = self;
        writeln!(f, "{posts} posts on {boards} boards, {edited} of them edited, with {answers} official answers")?;
        writeln!(f, "{people} people, {votes} votes, {comments} comments and {taken_back} that were taken back")?;
        let Self { levels: [desk, lead, director], missed, overdue, handovers, requests, again, .. } = self;
        writeln!(f, "{desk} posts at the desk, {lead} with a lead, {director} with the director")?;
        writeln!(f, "{missed} clocks that were missed, {overdue} posts overdue")?;
        let Self { open, kept, broken, confirmed, reopened, unconfirmed, asking, .. } = self;
        let promises = open + kept + broken;
        writeln!(f, "{promises} promises: {kept} kept, {broken} broken, {open} open; {requests} requests wait")?;
        writeln!(f, "{confirmed} solutions confirmed, {reopened} sent back, {unconfirmed} without a word, {asking} asked about")?;
        let Self { moderated, appeals, cases, merged, proposed, .. } = self;
        writeln!(f, "{again} reports that it happened again, {handovers} handovers")?;
        writeln!(f, "{merged} posts merged into {cases} cases, {proposed} proposed")?;
        write!(f, "{moderated} acts of moderation, {appeals} objections")
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

    let summary = forum
        .write(&Actor::System, async |tx| {
            if !site::is_empty(tx.conn()).await? {
                return Ok(None);
            }
            let mut teller = Teller::new(&posts, &axis);
            let mut summary = teller.tell(tx, &customers, &story).await?;
            teller.count(tx, &mut summary).await?;
            // only now do people have addresses: what happened before is no news that anybody gets by mail
            tx.settle_so_far().await?;
            teller.read(tx).await?;
            tx.act_as(Actor::System)?;
            for ((_, _, name), account) in SIGN_INS.iter().zip(&accounts) {
                let id = teller.actors.id(name).ok_or_else(|| Error::internal("somebody who signs in is not there"))?;
                person::give_account(tx, id, account).await?;
            }
            Ok(Some(summary))
        })
        .await?
        .ok_or(DemoError::NotEmpty)?;
    forum.refresh_site().await?;
    Ok(summary)
}

/// The accounts of the sign-ins; hashing passwords takes long, and is done before anything is written.
async fn accounts(forum: &Forum) -> Result<Vec<NewPerson>, Error> {
    let mut accounts = Vec::new();
    for (_, email, name) in SIGN_INS {
        let sign_up = SignUp { email: email.to_owned(), password: PASSWORD.to_owned(), name: name.to_owned(), language: None };
        accounts.push(sign_up.prepare_published(forum.hasher()).await?);
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
    /// The last promise on a post, the last request and the last offer, each by the post's place.
    promises: HashMap<usize, PromiseId>,
    requests: HashMap<usize, RequestId>,
    offers: HashMap<usize, HandoverId>,
    /// What was said last by the way, and the last act of moderation, each by the post's place.
    talk: HashMap<usize, CommentId>,
    moderated: HashMap<usize, ModerationId>,
    /// By the post's place: who posted without an account, and who it would have been.
    guests: HashMap<usize, (Who, Actor)>,
    /// By the post's place: the votes that were not cast yet, in their order.
    ballots: HashMap<usize, Vec<&'a Ballot>>,
}

impl<'a> Teller<'a> {
    fn new(posts: &'a [Post], axis: &'a Axis) -> Self {
        Self {
            posts,
            axis,
            actors: Actors::default(),
            ids: HashMap::new(),
            guests: HashMap::new(),
            comments: HashMap::new(),
            promises: HashMap::new(),
            requests: HashMap::new(),
            offers: HashMap::new(),
            talk: HashMap::new(),
            moderated: HashMap::new(),
            ballots: HashMap::new(),
        }
    }

    async fn tell(&mut self, tx: &mut Tx, customers: &[Customer], story: &'a Story) -> Result<Summary, Error> {
        let now = tx.now();
        let about = BTreeMap::from([
            (
                Language::En,
                "We are Noordlicht: internet, phones and help at home. Here you say what should be better, and read what we do about it."
                    .to_owned(),
            ),
            (
                Language::Nl,
                "Wij zijn Noordlicht: internet, telefoons en hulp aan huis. Hier zeg je wat beter moet, en lees je wat we ermee doen.".to_owned(),
            ),
        ]);
        let embed_origins = vec!["https://www.noordlicht.example".to_owned()];
        site::save(tx, &site::Site { name: "Noordlicht".to_owned(), about, embed_origins, ..(*tx.site()).clone() }).await?;
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
        duties::organise(tx, &self.actors, self.axis).await?;
        for ballot in &story.ballots {
            self.ballots.entry(ballot.post).or_default().push(ballot);
        }

        let mut summary =
            Summary { boards: BOARDS.len(), people: people::PEOPLE, votes: story.ballots.len(), ..Summary::default() };
        let mut measures = duties::MEASURES.iter().peekable();
        let mut matters = cases::MATTERS.iter().peekable();
        for act in &story.acts {
            while let Some((place, measure)) = measures.next_if(|(place, _)| *place <= act.place) {
                tx.act_as(Actor::System)?;
                tx.act_at(self.axis.at(*place))?;
                duties::take(tx, &self.actors, measure).await?;
            }
            while let Some(matter) = matters.next_if(|matter| matter.place <= act.place) {
                tx.act_as(Actor::System)?;
                tx.act_at(self.axis.at(matter.place))?;
                self.merge(tx, matter, &mut summary).await?;
            }
            if summary.proposed == 0 && cases::PROPOSED <= act.place {
                tx.act_as(Actor::System)?;
                tx.act_at(self.axis.at(cases::PROPOSED))?;
                self.propose(tx, &mut summary).await?;
            }
            if act.asks_supporters(self.posts) {
                self.cast(tx, act.post, act.place).await?;
            }
            tx.act_at(self.axis.at(act.place))?;
            let by = match self.guests.get(&act.post) {
                Some((author, guest)) if *author == act.by => guest.clone(),
                _ => Actor::Person(self.actors.of(act.by)?.clone()),
            };
            tx.act_as(by)?;
            self.act(tx, act, &mut summary).await?;
        }
        let mut left: Vec<usize> = self.ballots.keys().copied().collect();
        left.sort_unstable();
        for post in left {
            self.cast(tx, post, Place::MAX).await?;
        }

        tx.act_at(now)?;
        self.follow(tx).await?;
        self.call(tx, &mut summary).await?;
        tx.act_as(Actor::System)?;
        watch::run_within(tx).await?;
        // whether customers sent a delivery back is known by now
        changelog::tell(self, tx).await?;
        tx.act_as(Actor::System)?;
        Ok(summary)
    }

    /// Casts the votes on a post up to a place: those who voted by then are asked whether it is solved.
    async fn cast(&mut self, tx: &mut Tx, post: usize, until: Place) -> Result<(), Error> {
        let Some(waiting) = self.ballots.get_mut(&post) else { return Ok(()) };
        let due = waiting.partition_point(|ballot| ballot.place <= until);
        let ballots: Vec<&Ballot> = waiting.drain(..due).collect();
        let dated = |ballot: &&Ballot| {
            Ok(Dated {
                post: self.id(ballot.post)?,
                person: self.actors.of(Who::Customer(ballot.customer))?.id,
                stance: if ballot.reason.is_some() { Stance::Oppose } else { Stance::Support },
                reason: ballot.reason.clone(),
                at: self.axis.at(ballot.place),
            })
        };
        let votes = ballots.iter().map(dated).collect::<Result<Vec<_>, Error>>()?;
        tx.act_as(Actor::System)?;
        vote::cast_dated(tx, &votes).await
    }

    /// The customer of the sign-in follows some posts, the first board, a tag, and who answers most.
    async fn follow(&self, tx: &mut Tx) -> Result<(), Error> {
        let Some(customer) = self.actors.customers.iter().find(|me| me.name == SANNE) else { return Ok(()) };
        tx.act_as(Actor::Person(customer.clone()))?;
        let boards = board::list(tx.conn(), tx.actor()).await?;
        let posts = [CALLED, 7, 11].map(|n| self.id(n).map(Subject::Post));
        for subject in posts.into_iter().chain(boards.first().map(|board| Ok(Subject::Board(board.id)))) {
            follow::start(tx, subject?).await?;
        }
        if let Some(first) = tag::list(tx.conn(), tx.actor()).await?.first()
            && let Some(id) = tag::id_of(tx.conn(), tx.actor(), &first.slug).await?
        {
            follow::start(tx, Subject::Tag(id)).await?;
        }
        follow::start(tx, Subject::Person(self.actors.of(Who::Staff(0))?.id)).await?;
        Ok(())
    }

    /// The desk asks somebody by name.
    async fn call(&self, tx: &mut Tx, summary: &mut Summary) -> Result<(), Error> {
        let whom = self.actors.of(Who::Staff(1))?.id;
        let Some(whom) = person::by_id(tx.conn(), whom).await? else { return Ok(()) };
        tx.act_as(Actor::Person(self.actors.of(Who::Staff(0))?.clone()))?;
        let text = format!("@{}, can you say something to this? I was asked twice this week.", whom.handle);
        comment::submit(tx, self.id(CALLED)?, None, &text, Some(Language::En)).await?;
        summary.comments += 1;
        Ok(())
    }

    /// Everybody looks once a week.
    async fn read(&self, tx: &mut Tx) -> Result<(), Error> {
        for me in self.actors.customers.iter().chain(&self.actors.staff) {
            tx.act_as(Actor::Person(me.clone()))?;
            notice::read_until(tx, tx.now() - TimeDelta::days(7)).await?;
        }
        Ok(())
    }

    /// Counts what followed by itself.
    async fn count(&self, tx: &mut Tx, summary: &mut Summary) -> Result<(), Error> {
        let (me, now) = (Actor::Person(self.actors.of(Who::Staff(0))?.clone()), tx.now());
        let promises = promise::counts(tx.conn(), &me, None, now).await?;
        let size = |n: i64| usize::try_from(n).unwrap_or_default();
        (summary.open, summary.kept, summary.broken) = (size(promises.open), size(promises.kept), size(promises.broken));
        let acts = moderation::latest(tx.conn(), &me, 100).await?;
        summary.appeals = acts.iter().filter(|act| act.appeal.is_some()).count();
        summary.moderated = acts.len();
        summary.comments = 0;
        let before = tx.actor().clone();
        tx.act_as(me)?;
        let view = tx.view();
        for id in self.ids.values() {
            let seen = view.post(*id).await?;
            let post = post::whole(&view, &seen).await?;
            let level = usize::try_from(post.row.level).unwrap_or(1).clamp(1, 3);
            summary.levels[level - 1] += 1;
            summary.comments += size(post.row.comment_count);
            let clocks = &post.clocks;
            let is_missed = |clock: &&clock::Clock| matches!(clock.state, clock::State::Missed | clock::State::Late);
            summary.missed += clocks.iter().filter(is_missed).count();
            summary.overdue += usize::from(clocks.iter().any(|clock| clock.state == clock::State::Missed));
            summary.handovers += handover::of_post(&view, &seen).await?.len();
            summary.again += again::of_post(&view, &seen).await?.len();
            let waiting = request::of_post(&view, &seen).await?;
            summary.requests += waiting.iter().filter(|request| request.state == request::State::Open).count();
            if let Some(check) = confirm::of_post(&view, &seen).await? {
                match check.outcome {
                    Some(Outcome::Confirmed) => summary.confirmed += 1,
                    Some(Outcome::Reopened) => summary.reopened += 1,
                    Some(Outcome::Unconfirmed) => summary.unconfirmed += 1,
                    Some(Outcome::Overtaken) => {}
                    None => summary.asking += 1,
                }
            }
        }
        tx.act_as(before)?;
        Ok(())
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
            guest: false,
            language: arrival.language.map(|language| language.tag().to_owned()),
            scope: None,
            ban: None,
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
            Deed::Submit { .. } if GUESTS.contains(&post.title.as_str()) => {
                let (id, guest) = guests::submit(tx, act.post, &draft(post, true)).await?;
                self.ids.insert(act.post, id);
                self.guests.insert(act.post, (act.by, guest));
                summary.posts += 1;
            }
            // a guest has one wording
            Deed::Edit if self.guests.contains_key(&act.post) => {}
            Deed::Submit { whole } => {
                let mut files = Vec::new();
                if let Some(picture) = pictures::of(&post.title) {
                    files.push(attachment::take_here(tx, picture).await?.id.into());
                }
                let id = post::submit_with(tx, &draft(post, *whole), &files).await?;
                self.ids.insert(act.post, id);
                summary.posts += 1;
            }
            Deed::Edit => {
                let edit = Edit { body: Some(post.body.clone()), ..Edit::default() };
                post::edit(tx, self.id(act.post)?, &edit).await?;
                summary.edited += 1;
            }
            Deed::Own { owner, if_free } => {
                let (id, owner) = (self.id(act.post)?, self.actors.of(Who::Staff(*owner))?.id);
                if !*if_free || post::owners(tx.conn(), id).await?.is_empty() {
                    owner::set(tx, id, owner).await?;
                }
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
            Deed::Say { solved, note } => confirm::say(tx, self.id(act.post)?, *solved, note.as_deref()).await?,
            Deed::Do { doing } => self.fulfil(tx, act, post, doing).await?,
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
        files: Vec::new(),
    }
}
