//! The roof: the forum as one value. It knows every wing, and hands to the ground what that asks of the rooms above it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseExecutor};
use tokio::sync::{Semaphore, broadcast};

use crate::{
    Error, Result, Tx,
    accountability::{self, Period, Scoreboard},
    actor::Actor,
    common::Kept,
    db::Db,
    error::Problem,
    event::Event,
    flag, hook,
    limit::{self, Limit},
    markdown::{self, Rendered},
    mention, moderation, notice, owner,
    password::{Cost, Hasher},
    pledge, push, record, search,
    site::{self, Site},
    text,
    time::{SystemTime, Time},
    tx::{Ended, House, Rules, Says},
    view::View,
    watch,
};

pub use crate::values::Saying;

/// How long figures hold when nothing is committed.
const SCORES_KEPT: TimeDelta = TimeDelta::seconds(60);

/// Who follows the history, in this order, and what time brings.
pub(crate) const RULES: Rules = Rules {
    consequences: &[
        |tx, event| Box::pin(pledge::follow(tx, event)),
        |tx, event| Box::pin(watch::follow(tx, event)),
        |tx, event| Box::pin(owner::follow(tx, event)),
        |tx, event| Box::pin(moderation::follow(tx, event)),
        |tx, event| Box::pin(flag::follow(tx, event)),
    ],
    followers: &[
        |tx, event| Box::pin(search::follow(tx, event)),
        |tx, event| Box::pin(notice::follow(tx, event)),
        |tx, event| Box::pin(push::follow(tx, event)),
        |tx, event| Box::pin(hook::follow(tx, event)),
    ],
    record: |tx, events| Box::pin(record::follow(tx, events)),
    catch_up: |tx, post| Box::pin(watch::catch_up(tx, post)),
};

/// The same without a record, to measure what that costs.
#[cfg(test)]
pub(crate) const BARE: Rules = Rules { record: |_, _| Box::pin(async { Ok(()) }), ..RULES };

/// How many committed events a slow listener may lag behind before it misses some.
const LIVE_EVENTS: usize = 1024;

/// The forum: database, time, settings, and the news of what was committed. Cheap to clone.
#[derive(Clone)]
pub struct Forum {
    inner: Arc<Inner>,
    holds_back: bool,
    /// The text of the command that is about to be run.
    rendered: Rendered,
}

struct Inner {
    db: Db,
    time: Arc<dyn Time>,
    hasher: Hasher,
    /// As many texts are rendered at once as there are cores.
    renderers: Arc<Semaphore>,
    /// Pictures are decoded one at a time: each may take a few hundred megabytes.
    pictures: Arc<Semaphore>,
    site: RwLock<Arc<Site>>,
    live: broadcast::Sender<Arc<Event>>,
    house: House,
    /// Commits that a page can show.
    shown: AtomicU64,
    /// Commits of more than votes and comments.
    worked: AtomicU64,
    kept: Kept,
    checks: record::Checks,
    tiles: record::Tiles,
    /// Commits that can change the public figures.
    figures: AtomicU64,
    /// The last figures of each period, with the count of such commits at which they were computed.
    scores: Mutex<HashMap<Period, (u64, Arc<Scoreboard>)>>,
}

/// How a forum is opened.
pub struct Options {
    /// `sqlite:` or `postgres:` address of the database.
    pub database_url: String,
    /// The public address of the site.
    pub address: String,
    /// Whether rate limits hold.
    pub limits: bool,
    /// Where the time comes from.
    pub time: Arc<dyn Time>,
    /// What the hash of a password costs.
    pub hashing: Cost,
    /// What the forum says by itself, in a language; where it answers, pages say it in the reader's.
    pub says: Says,
    /// Hosts of the operator's own network that web-hooks may go to, also in the clear; with a port or without.
    pub hooks_to: Vec<String>,
    /// Whether mail comes in: letters are answered then.
    pub takes_mail: bool,
}

impl Options {
    /// The forum in this database, on the machine's clock, with limits; it has no words of its own but the names of things.
    pub fn new(database_url: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            database_url: database_url.into(),
            address: address.into(),
            limits: true,
            time: Arc::new(SystemTime),
            hashing: Cost::default(),
            says: |saying, _| match saying {
                Saying::Answer(cause) => cause.as_str().to_owned(),
                Saying::Removed(rule) => format!("removed {rule}"),
            },
            hooks_to: Vec::new(),
            takes_mail: false,
        }
    }
}

impl Forum {
    /// Opens the database, brings its schema up to date and reads the settings.
    ///
    /// # Errors
    /// When the database can't be reached or is too old, or a migration fails.
    pub async fn open(options: Options) -> Result<Self> {
        Self::open_by(options, &RULES).await
    }

    pub(crate) async fn open_by(options: Options, rules: &'static Rules) -> Result<Self> {
        let db = Db::open(&options.database_url).await?;
        let site = site::load(db.read()).await?;
        let (live, _) = broadcast::channel(LIVE_EVENTS);
        let forum = Self {
            holds_back: false,
            inner: Arc::new(Inner {
                db,
                time: options.time,
                hasher: Hasher::new(options.hashing),
                renderers: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))),
                pictures: Arc::new(Semaphore::new(1)),
                site: RwLock::new(Arc::new(site)),
                live,
                house: House {
                    address: options.address.trim_end_matches('/').into(),
                    limits: options.limits,
                    says: options.says,
                    hooks_to: options.hooks_to.into(),
                    takes_mail: options.takes_mail,
                    rules,
                },
                shown: AtomicU64::new(0),
                worked: AtomicU64::new(0),
                kept: Kept::new(),
                checks: record::Checks::default(),
                tiles: record::Tiles::default(),
                figures: AtomicU64::new(0),
                scores: Mutex::new(HashMap::new()),
            }),
            rendered: Rendered::default(),
        };
        forum.catch_up().await?;
        Ok(forum)
    }

    /// Does what is left to be done when a forum is opened, and when much was put in at once: makes the index of words anew if it is not as it
    /// should be, and enters into the record what is missing there.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn catch_up(&self) -> Result<()> {
        search::renew(self).await?;
        record::catch_up(self).await
    }

    /// The same forum, to which a form can be sent without anything being done: each command answers that it was
    /// [not sent yet](Problem::NotSent), as it would answer that a field is wrong, so that the page of the form comes back with what was
    /// typed.
    #[must_use]
    pub fn holding_back(&self) -> Self {
        Self { holds_back: true, ..self.clone() }
    }

    /// Whether it does nothing of what is sent to it.
    pub fn holds_back(&self) -> bool {
        self.holds_back
    }

    /// The read side of the database.
    pub fn read(&self) -> &DatabaseConnection {
        self.inner.db.read()
    }

    /// The read side for what somebody searches for: few connections and a time limit, so that no search costs others their page.
    pub fn search(&self) -> &DatabaseConnection {
        self.inner.db.search()
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The present time.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.time.now()
    }

    /// Hashes passwords, a bounded number at a time.
    pub fn hasher(&self) -> &Hasher {
        &self.inner.hasher
    }

    /// The settings of the site.
    pub fn site(&self) -> Arc<Site> {
        self.inner.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The public address without a slash at its end.
    pub fn address(&self) -> &str {
        &self.inner.house.address
    }

    /// Whether mail comes in, so that letters can be answered.
    pub fn takes_mail(&self) -> bool {
        self.inner.house.takes_mail
    }

    /// Hosts of the operator's own network that web-hooks may go to.
    pub fn hooks_to(&self) -> &[String] {
        &self.inner.house.hooks_to
    }

    /// Whether rate limits hold.
    pub fn limits(&self) -> bool {
        self.inner.house.limits
    }

    /// Reads the settings again: another instance or the command line may have changed them.
    pub async fn refresh_site(&self) -> Result<()> {
        let fresh = Arc::new(site::load(self.read()).await?);
        let before = std::mem::replace(&mut *self.inner.site.write().unwrap_or_else(PoisonError::into_inner), fresh.clone());
        if *before != *fresh {
            // what was rendered since the commit may still show what was set before
            self.inner.shown.fetch_add(1, Ordering::AcqRel);
            self.inner.worked.fetch_add(1, Ordering::AcqRel);
            self.inner.figures.fetch_add(1, Ordering::AcqRel);
        }
        Ok(())
    }

    /// How often this instance has committed what shows: what was rendered at the same count is still true, as far as this instance knows.
    pub fn shown(&self) -> u64 {
        self.inner.shown.load(Ordering::Acquire)
    }

    /// How often this instance has committed what shows and is more than votes and comments.
    pub(crate) fn worked(&self) -> u64 {
        self.inner.worked.load(Ordering::Acquire)
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.inner.kept
    }

    pub(crate) fn checks(&self) -> &record::Checks {
        &self.inner.checks
    }

    pub(crate) fn tiles(&self) -> &record::Tiles {
        &self.inner.tiles
    }

    /// The public figures of a period. They are computed anew when this instance has committed anything since that changes them, and
    /// once a minute, because time, votes and other instances do so too.
    pub async fn scoreboard(&self, period: Period) -> Result<Arc<Scoreboard>> {
        self.scores(period, false).await
    }

    /// The public figures of a period as they were within the last minute: for pages that show one of them by the way.
    pub async fn scores_lately(&self, period: Period) -> Result<Arc<Scoreboard>> {
        self.scores(period, true).await
    }

    async fn scores(&self, period: Period, lately: bool) -> Result<Arc<Scoreboard>> {
        let (commits, now) = (self.inner.figures.load(Ordering::Acquire), self.now());
        let kept = self.inner.scores.lock().unwrap_or_else(PoisonError::into_inner).get(&period).cloned();
        if let Some((at, scores)) = kept
            && (lately || at == commits)
            && (TimeDelta::zero()..SCORES_KEPT).contains(&(now - scores.at))
        {
            return Ok(scores);
        }
        let scores = Arc::new(accountability::scoreboard(self.read(), &self.site(), period, now).await?);
        self.inner.scores.lock().unwrap_or_else(PoisonError::into_inner).insert(period, (commits, scores.clone()));
        Ok(scores)
    }

    /// Opens a view of the forum as it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn view(&self, actor: &Actor) -> Result<View<'static>> {
        let db = DatabaseExecutor::OwnedTransaction(self.db().snapshot().await?);
        Ok(View::open(db, actor.clone().at(self.now()), self.now()))
    }

    /// Events as they are committed by this instance.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Event>> {
        self.inner.live.subscribe()
    }

    /// Runs a command in one transaction. When this answers `Ok`, what it did is on the disk; when it answers `Err`, nothing of
    /// it remains. Events are written with it, what follows from them (mail, search) too, and listeners hear of them after the
    /// commit.
    pub async fn write<T, F>(&self, actor: &Actor, command: F) -> Result<T>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<T>,
    {
        self.run(actor, command, true).await
    }

    /// The same for what nobody else's page shows: that a session or token is in use, that somebody asked often, that a mail went out.
    /// What is kept of pages holds on.
    ///
    /// # Errors
    /// As [`Forum::write`].
    pub async fn write_aside<T, F>(&self, actor: &Actor, command: F) -> Result<T>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<T>,
    {
        self.run(actor, command, false).await
    }

    /// The forum for a command that takes this Markdown: it is rendered first, so that no other writer waits for it.
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub async fn with_markdown(&self, text: &str) -> Result<Self> {
        let text = text.to_owned();
        let rendered = self.render(move || Rendered::of(&text)).await?;
        Ok(Self { rendered, ..self.clone() })
    }

    /// What Markdown will look like, as far as it can be taken.
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub async fn preview(&self, text: &str) -> Result<String> {
        let text: String = text.chars().take(text::LONGEST).collect();
        let html = self.render(move || markdown::markdown(&text::tidy(&text))).await?;
        mention::only_here(self.read(), html).await
    }

    /// Apart from the threads that answer requests: the longest text would hold up all that wait for the same one.
    async fn render<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = self.inner.renderers.clone().acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(Error::internal)
    }

    /// Looks through a file that somebody sent, apart from the threads that answer requests. What makes a decoder fall over is
    /// [not readable](Problem::NotReadable), as what it refuses is.
    pub(crate) async fn look_through<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, Problem> + Send + 'static,
    ) -> Result<std::result::Result<T, Problem>> {
        let permit = self.inner.pictures.clone().acquire_owned().await.map_err(Error::internal)?;
        let looked = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await;
        match looked {
            Ok(done) => Ok(done),
            Err(error) if error.is_panic() => Ok(Err(Problem::NotReadable)),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Counts one more against a limit, where limits hold.
    ///
    /// # Errors
    /// [`Error::Limited`] when it comes too soon.
    pub async fn count(&self, actor: &Actor, limit: Limit, who: &str) -> Result<()> {
        // a write for nothing would wait for the disk all the same, and what is held back costs nothing
        if self.holds_back || !self.limits() {
            return Ok(());
        }
        self.write_aside(actor, async |tx| limit::count(tx, limit, who).await).await
    }

    async fn run<T, F>(&self, actor: &Actor, command: F, shows: bool) -> Result<T>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<T>,
    {
        if self.holds_back {
            return Err(Error::invalid("", Problem::NotSent));
        }
        let write = self.inner.db.begin().await?;
        let (write, outcome) = {
            let mut tx = Tx::begin(
                write,
                self.inner.house.clone(),
                actor.clone().at(self.now()),
                self.now(),
                self.site(),
                self.rendered.clone(),
            );
            let outcome = match command(&mut tx).await {
                Ok(value) => tx.settle().await.map(|()| value),
                Err(error) => Err(error),
            };
            let Ended { write, events, rearranged } = tx.end();
            (write, outcome.map(|value| (value, events, rearranged)))
        };
        match outcome {
            Ok((value, events, rearranged)) => {
                let inner = self.inner.clone();
                // in a task of its own: whoever goes away while the disk writes must not leave a commit half done or untold
                let told = tokio::spawn(async move {
                    write.commit().await?;
                    if shows || !events.is_empty() {
                        inner.shown.fetch_add(1, Ordering::AcqRel);
                        if events.is_empty() || events.iter().any(|event| !event.kind.is_voice()) {
                            inner.worked.fetch_add(1, Ordering::AcqRel);
                        }
                    }
                    if rearranged || events.iter().any(|event| event.kind.about().figures) {
                        inner.figures.fetch_add(1, Ordering::AcqRel);
                    }
                    for event in events {
                        // nobody listening is fine
                        let _ = inner.live.send(Arc::new(event));
                    }
                    Ok::<(), Error>(())
                });
                told.await.map_err(Error::internal)??;
                Ok(value)
            }
            Err(error) => {
                write.rollback(&error).await;
                Err(error)
            }
        }
    }
}
