//! What staff and customers do with deadlines, promises and deliveries, in sentences.

use chrono::{DateTime, NaiveDate, Utc};
use forum::{
    Result,
    actor::Actor,
    again,
    answer::{self, Outcome},
    board, case,
    clock::{self, Clock, Name, State},
    confirm,
    handover::{self, Handover},
    id::{BoardId, HandoverId, PostId, PromiseId},
    level, owner, pledge,
    promise::{self, Promise},
    site::{self, Site},
    story::{self, Told},
    team::{self, Answering, Team},
    watch,
};
use sea_orm::{QueryResult, TryGetable};

use crate::{TestForum, test_forum::id_of};

/// A public reason of the length that is asked for.
pub const REASON: &str = "We need this for a reason that everybody may read.";

/// A column of a row.
///
/// # Panics
/// When there is none of that type.
pub fn get<T: TryGetable>(row: &QueryResult, column: &str) -> T {
    row.try_get("", column).unwrap_or_else(|error| panic!("{column}: {error}"))
}

impl TestForum {
    /// Does what time brings.
    pub async fn run(&self) -> u64 {
        watch::run(self).await.expect("the worker")
    }

    /// Moves the hands to a moment and does what time brings.
    pub async fn run_at(&self, at: DateTime<Utc>) -> u64 {
        self.time.set(at);
        self.run().await
    }

    /// Changes the settings.
    pub async fn settings(&self, change: impl FnOnce(&mut Site)) {
        let mut settings = (*self.site()).clone();
        change(&mut settings);
        self.write(&Actor::System, async |tx| site::save(tx, &settings).await).await.expect("settings");
        self.refresh_site().await.expect("settings");
    }

    // clocks and levels

    /// Every clock that ever ran on a post.
    pub async fn clocks(&self, post: PostId) -> Vec<Clock> {
        self.of(&Actor::System, post, clock::history).await.expect("clocks")
    }

    /// Due time and state of the latest clock of a name.
    pub async fn clock(&self, post: PostId, name: Name) -> Option<(DateTime<Utc>, State)> {
        self.clocks(post).await.into_iter().rev().find(|clock| clock.name == name).map(|clock| (clock.due_at, clock.state))
    }

    /// The level of a post.
    pub async fn level(&self, post: PostId) -> i32 {
        self.see(post).await.row.level
    }

    /// What the history tells of a post.
    pub async fn story(&self, post: PostId) -> Vec<Told> {
        self.of(&Actor::Visitor, post, story::of_post).await.expect("a story")
    }

    /// How the level of a post changed: from, to, why.
    pub async fn changes(&self, post: PostId) -> Vec<(i32, i32, level::Cause)> {
        let changes = self.of(&Actor::Visitor, post, level::of_post).await.expect("changes");
        changes.into_iter().map(|change| (change.from, change.to, change.cause)).collect()
    }

    /// Gives a clock more time.
    pub async fn extend(&self, actor: &Actor, post: PostId, name: Name, until: NaiveDate) -> Result<Clock> {
        self.write(actor, async |tx| clock::extend(tx, post, name.as_str(), &until.to_string(), REASON).await).await
    }

    /// Waits for the customer.
    pub async fn stop(&self, actor: &Actor, post: PostId) -> Result<clock::Stop> {
        self.write(actor, async |tx| clock::stop(tx, post, REASON).await).await
    }

    /// Lets the clocks run again.
    pub async fn resume(&self, actor: &Actor, post: PostId) -> Result<()> {
        self.write(actor, async |tx| clock::resume(tx, post).await.map(drop)).await
    }

    /// Lowers the level.
    pub async fn lower(&self, actor: &Actor, post: PostId) -> Result<i32> {
        self.write(actor, async |tx| level::lower(tx, post, REASON).await.map(|change| change.to)).await
    }

    // owners

    /// Offers a post to somebody.
    pub async fn offer(&self, from: &Actor, post: PostId, to: &Actor) -> Result<Handover> {
        self.write(from, async |tx| handover::offer(tx, post, id_of(to), "").await).await
    }

    /// Takes what was offered.
    pub async fn accept(&self, actor: &Actor, handover: HandoverId) -> Result<Handover> {
        self.write(actor, async |tx| handover::accept(tx, handover).await).await
    }

    /// Turns down what was offered.
    pub async fn decline(&self, actor: &Actor, handover: HandoverId) -> Result<Handover> {
        self.write(actor, async |tx| handover::decline(tx, handover, "").await).await
    }

    /// The handovers of a post, oldest first.
    pub async fn handovers(&self, post: PostId) -> Vec<Handover> {
        self.of(&Actor::Visitor, post, handover::of_post).await.expect("handovers")
    }

    /// Gives a post to somebody without an offer.
    pub async fn give(&self, actor: &Actor, post: PostId, to: &Actor) -> Result<()> {
        self.write(actor, async |tx| owner::set(tx, post, id_of(to)).await).await
    }

    /// The number of a board.
    pub async fn board_id(&self, slug: &str) -> BoardId {
        board::by_slug(self.read(), &Actor::System, slug).await.expect("a query").expect("a board").id
    }

    /// Lets a named person answer for a board on a level.
    pub async fn desk(&self, board: Option<&str>, level: i32, person: &Actor) {
        self.answering(board, level, Answering::Person(id_of(person))).await;
    }

    /// Lets a person or a team answer for a board on a level.
    pub async fn answering(&self, board: Option<&str>, level: i32, answering: Answering) {
        let board = match board {
            Some(slug) => Some(self.board_id(slug).await),
            None => None,
        };
        self.write(&Actor::System, async |tx| team::set_desk(tx, board, level, Some(answering)).await).await.expect("a desk");
    }

    /// A team.
    pub async fn team(&self, slug: &str, members: &[&Actor]) -> Team {
        self.write(&Actor::System, async |tx| {
            let team = team::create(tx, slug, slug).await?;
            for member in members {
                team::add(tx, team.id, id_of(member)).await?;
            }
            Ok(team)
        })
        .await
        .expect("a team")
    }

    /// Notes that somebody is away.
    pub async fn away(&self, person: &Actor, first: NaiveDate, last: NaiveDate) {
        self.write(&Actor::System, async |tx| team::be_away(tx, id_of(person), first, last).await).await.expect("an absence");
    }

    // promises

    /// Promises something until a day.
    pub async fn promise(&self, actor: &Actor, post: PostId, until: NaiveDate, remedy: Option<&str>) -> Result<Outcome<Promise>> {
        let draft = promise::Draft {
            what: "A new form".to_owned(),
            due_on: until.to_string(),
            remedy: remedy.map(str::to_owned),
            ..promise::Draft::default()
        };
        self.write(actor, async |tx| promise::make(tx, post, &draft).await).await
    }

    /// The promises on a post, oldest first.
    pub async fn promises(&self, post: PostId) -> Vec<Promise> {
        self.of(&Actor::Visitor, post, promise::of_post).await.expect("promises")
    }

    /// How a promise stands.
    pub async fn promised(&self, id: PromiseId) -> Promise {
        promise::by_id(self.read(), &Actor::System, id, self.now()).await.expect("a promise")
    }

    /// Says that a promise was kept.
    pub async fn keep(&self, actor: &Actor, id: PromiseId) -> Result<Promise> {
        self.write(actor, async |tx| promise::keep(tx, id, None).await).await
    }

    /// Takes a promise back.
    pub async fn take_back(&self, actor: &Actor, id: PromiseId) -> Result<Promise> {
        self.write(actor, async |tx| promise::withdraw(tx, id, REASON).await).await
    }

    /// Says that a remedy was paid.
    pub async fn pay(&self, actor: &Actor, id: PromiseId) -> Result<Promise> {
        self.write(actor, async |tx| promise::pay(tx, id, None).await).await
    }

    /// A site-wide pledge for posts of a kind, with a remedy of 50 euros.
    pub async fn pledge(&self, kind: &str, days: u32) {
        let draft = pledge::Draft {
            kind: kind.to_owned(),
            days: days.to_string(),
            what: "No complaint unsolved".to_owned(),
            remedy: "One month free".to_owned(),
            remedy_amount: "50".to_owned(),
        };
        self.write(&Actor::System, async |tx| pledge::make(tx, None, &draft).await).await.expect("a pledge");
    }

    // cases

    /// Merges a post into another.
    pub async fn merge(&self, actor: &Actor, post: PostId, into: PostId) -> Result<PostId> {
        self.write(actor, async |tx| case::merge(tx, post, Some(into), Some(1), REASON).await).await
    }

    /// Takes a post out of its case, or a case apart.
    pub async fn unmerge(&self, actor: &Actor, post: PostId) -> Result<()> {
        self.write(actor, async |tx| case::unmerge(tx, post, Some(1), REASON).await).await
    }

    /// The case of a post.
    pub async fn case(&self, post: PostId) -> Option<case::Case> {
        self.see(post).await.case
    }

    // the word of the customers

    /// Reports that it happened again.
    pub async fn report(&self, actor: &Actor, post: PostId) -> Result<again::Again> {
        self.write(actor, async |tx| again::report(tx, post, "It happened again, just like the last time.", None).await).await
    }

    /// Says whether it is solved.
    pub async fn say(&self, actor: &Actor, post: PostId, solved: bool) -> Result<()> {
        self.write(actor, async |tx| confirm::say(tx, post, solved, None).await).await
    }

    /// The latest check of a post.
    pub async fn check(&self, post: PostId) -> Option<confirm::Questions> {
        self.of(&Actor::Visitor, post, confirm::of_post).await.expect("a check")
    }

    /// Answers, or asks for it where it is beyond the mandate.
    pub async fn try_answer(&self, actor: &Actor, post: PostId, draft: &answer::Draft) -> Result<Outcome<answer::Answer>> {
        self.write(actor, async |tx| answer::give(tx, post, draft).await).await
    }
}
