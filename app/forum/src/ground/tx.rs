//! The transaction that every command works in.

use std::{pin::Pin, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::{
    Error, Result,
    actor::Actor,
    db::Write,
    event::{self, Event},
    held::Held,
    markdown::Rendered,
    site::{Language, Site},
    values::{Saying, Verdict},
};

/// What a command works in: the transaction, who acts, when, and what happened.
pub struct Tx {
    write: Write,
    house: House,
    actor: Actor,
    by_system: bool,
    now: DateTime<Utc>,
    site: Arc<Site>,
    rendered: Rendered,
    /// What happened and is not written yet; of how much of it the consequences were drawn; and what is written.
    events: Vec<Event>,
    drawn: usize,
    settled: Vec<Event>,
    rearranged: bool,
}

/// What a command leaves behind when it has ended.
pub(crate) struct Ended {
    /// What is to be committed or rolled back.
    pub(crate) write: Write,
    /// What happened.
    pub(crate) events: Vec<Event>,
    /// Whether what the public figures count may be another now.
    pub(crate) rearranged: bool,
}

/// What every command of a forum stands on.
#[derive(Clone)]
pub(crate) struct House {
    /// The public address without a slash at its end.
    pub(crate) address: Arc<str>,
    /// Whether rate limits hold.
    pub(crate) limits: bool,
    /// What the forum says by itself.
    pub(crate) says: Says,
    /// Hosts of the operator's own network that web-hooks may go to.
    pub(crate) hooks_to: Arc<[String]>,
    /// Whether mail comes in.
    pub(crate) takes_mail: bool,
    pub(crate) rules: &'static Rules,
}

/// Puts into words what the forum says by itself.
pub(crate) type Says = fn(Saying, Language) -> String;

/// What a room does that is called from below: something that it does once its future is run.
pub(crate) type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What the ground asks of the rooms above it. It is handed in, so that the arrows between rooms all point down.
pub(crate) struct Rules {
    /// What follows at once, in this order: one function of a room each, run before anybody sees what the command did. What they do may be
    /// an event again.
    pub(crate) consequences: &'static [for<'a> fn(&'a mut Tx, &'a Event) -> Doing<'a, ()>],
    /// Who is told by the history, in this order: one function of a room each, run in the transaction of the event once that stands there.
    pub(crate) followers: &'static [for<'a> fn(&'a mut Tx, &'a Event) -> Doing<'a, ()>],
    /// Who writes down what happened, all of a command at once: after everything else, since it locks what official acts share.
    pub(crate) record: for<'a> fn(&'a mut Tx, &'a [Event]) -> Doing<'a, ()>,
    /// Draws what time brought to a post; answers whether it brought anything.
    pub(crate) catch_up: for<'a> fn(&'a mut Tx, &'a mut Held) -> Doing<'a, bool>,
}

impl Tx {
    /// Begins a command.
    pub(crate) fn begin(write: Write, house: House, actor: Actor, now: DateTime<Utc>, site: Arc<Site>, rendered: Rendered) -> Self {
        let by_system = actor == Actor::System;
        Self {
            write,
            house,
            actor,
            by_system,
            now,
            site,
            rendered,
            events: Vec::new(),
            drawn: 0,
            settled: Vec::new(),
            rearranged: false,
        }
    }

    /// Ends it.
    pub(crate) fn end(self) -> Ended {
        Ended { write: self.write, events: self.settled, rearranged: self.rearranged }
    }

    /// Notes that the site is arranged anew: the figures that are kept are of no use, though nothing happened to a post.
    pub(crate) fn rearrange(&mut self) {
        self.rearranged = true;
    }

    /// The connection to read and write with.
    pub fn conn(&self) -> &DatabaseTransaction {
        self.write.tx()
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Acts as somebody else from here on: an importer or the demo speaks for many people.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the forum itself began the transaction.
    pub fn act_as(&mut self, actor: Actor) -> Result<()> {
        self.only_system()?;
        self.actor = actor;
        Ok(())
    }

    /// Acts at another time from here on: the demo forum has a past.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the forum itself began the transaction.
    pub fn act_at(&mut self, now: DateTime<Utc>) -> Result<()> {
        self.only_system()?;
        self.now = now;
        Ok(())
    }

    /// Does something as the forum itself and as of a time, which may be past: consequences that nobody drew when they were due.
    pub(crate) async fn as_system<T>(&mut self, at: DateTime<Utc>, act: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let actor = std::mem::replace(&mut self.actor, Actor::System);
        let now = std::mem::replace(&mut self.now, at);
        let outcome = act(self).await;
        self.actor = actor;
        self.now = now;
        outcome
    }

    /// Does something for somebody who is not the one who acts: a receipt speaks for whoever holds it, whoever is signed in.
    pub(crate) async fn speaking_for<T>(&mut self, actor: Actor, act: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let actor = std::mem::replace(&mut self.actor, actor);
        let outcome = act(self).await;
        self.actor = actor;
        outcome
    }

    fn only_system(&self) -> Result<()> {
        if self.by_system { Ok(()) } else { Err(Error::Forbidden(crate::error::Denied::Role)) }
    }

    /// The time of the command: one moment for all that it does.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The settings of the site.
    pub fn site(&self) -> Arc<Site> {
        self.site.clone()
    }

    /// What Markdown becomes: as a rule that was done before the command began, which may keep all other writers waiting.
    pub(crate) fn rendered(&self) -> &Rendered {
        &self.rendered
    }

    /// What an answer says that the forum gives by itself.
    pub(crate) fn says(&self, cause: Verdict) -> String {
        (self.house.says)(Saying::Answer(cause), self.site.language)
    }

    /// What stands in the place of a passage that was removed under a house rule, in the language of the text.
    pub(crate) fn says_removed(&self, rule: i32, language: &str) -> String {
        (self.house.says)(Saying::Removed(rule), Language::parse(language).unwrap_or(self.site.language))
    }

    /// The public address without a slash at its end.
    pub fn address(&self) -> &str {
        &self.house.address
    }

    /// Whether rate limits hold; importers and the demo are not limited.
    pub(crate) fn limits(&self) -> bool {
        self.house.limits && !self.by_system
    }

    /// Hosts of the operator's own network that web-hooks may go to.
    pub(crate) fn hooks_to(&self) -> &[String] {
        &self.house.hooks_to
    }

    pub(crate) fn rules(&self) -> &'static Rules {
        self.house.rules
    }

    /// Notes what happened; it can be added to until it is written.
    pub(crate) fn note(&mut self, event: Event) -> &mut Event {
        self.events.push_mut(event)
    }

    /// Writes what has happened so far, and what follows from it, before the command goes on: nobody of the demo forum has an
    /// address while its past is told, and those who get one afterwards are not written to about it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the forum itself began the transaction.
    pub async fn settle_so_far(&mut self) -> Result<()> {
        self.only_system()?;
        self.settle().await
    }

    /// What happened and is not written yet.
    pub(crate) fn pending(&self) -> &[Event] {
        &self.events
    }

    /// Draws what follows at once from what happened so far.
    pub(crate) async fn draw(&mut self) -> Result<()> {
        while let Some(event) = self.events.get(self.drawn).cloned() {
            self.drawn += 1;
            for follow in self.house.rules.consequences {
                follow(self, &event).await?;
            }
        }
        Ok(())
    }

    /// Writes the events, and what follows from them, until nothing more follows: at the end of every command. A door that answers with
    /// what the history tells asks for it before.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn settle(&mut self) -> Result<()> {
        let mut settled = Vec::new();
        while !self.events.is_empty() {
            self.draw().await?;
            self.drawn = 0;
            let mut events = std::mem::take(&mut self.events);
            // of one moment but for the demo, whose past is written in batches
            events.sort_by_key(|event| event.at);
            event::append(self, &mut events).await?;
            for event in &events {
                for follow in self.house.rules.followers {
                    follow(self, event).await?;
                }
            }
            settled.append(&mut events);
        }
        (self.house.rules.record)(self, &settled).await?;
        self.settled.append(&mut settled);
        Ok(())
    }
}
