//! What the company does besides answering: who answers for what, promises, handovers, extensions, and all that must be public.

use forum::{
    Error, Tx,
    answer::Outcome,
    board, clock, comment, confirm, contributor, handover,
    id::PersonId,
    level,
    moderation::{self, Act, Target},
    pledge, promise, provenance, rebuttal, request,
    team::{self, Answering},
};

use super::{
    Actors, Teller,
    axis::{Axis, DAY, Place},
    people::{AWAY, DESKS, DESKS_SINCE, Desk, LEADS, TEAMS},
    story::Act as Deed,
    texts::{Doing, Post},
};

/// What the company decided at some time.
pub(super) enum Measure {
    /// Each board has a desk.
    Desks,
    /// A month free for whoever waits too long.
    Pledge,
}

/// The measures, in their order. The pledge is so young that it covers a few complaints only.
pub(super) const MEASURES: [(Place, Measure); 2] =
    [(-11 * DAY + 9 * 3600, Measure::Pledge), (-DESKS_SINCE * DAY + 6 * 3600, Measure::Desks)];

const PLEDGED_ON: &str = "accessories";

fn named(actors: &Actors, name: &str) -> Result<PersonId, Error> {
    actors.id(name).ok_or_else(|| Error::internal("nobody of that name"))
}

/// Who answers for what from the beginning, and who is away now.
pub(super) async fn organise(tx: &mut Tx, actors: &Actors, axis: &Axis) -> Result<(), Error> {
    for (slug, name, members) in TEAMS {
        let team = team::create(tx, slug, name).await?;
        for member in members {
            team::add(tx, team.id, named(actors, member)?).await?;
        }
    }
    for (slug, name) in LEADS {
        let board = board_of(tx, slug).await?;
        team::set_desk(tx, Some(board), 2, Some(Answering::Person(named(actors, name)?))).await?;
    }
    team::set_desk(tx, None, 3, Some(Answering::Person(named(actors, "Hanna")?))).await?;
    let (name, first, last) = AWAY;
    let last_day = tx.site().calendar().nth_working_day_after(axis.day(0), last);
    team::be_away(tx, named(actors, name)?, axis.day(first * DAY), last_day).await
}

async fn board_of(tx: &Tx, slug: &str) -> Result<forum::id::BoardId, Error> {
    let board = board::by_slug(tx.conn(), tx.actor(), slug).await?;
    board.map(|board| board.id).ok_or(Error::NotFound)
}

/// Takes a measure.
pub(super) async fn take(tx: &mut Tx, actors: &Actors, measure: &Measure) -> Result<(), Error> {
    match measure {
        Measure::Desks => {
            for (slug, desk) in DESKS {
                let board = board_of(tx, slug).await?;
                let answering = match desk {
                    Desk::Person(name) => Answering::Person(named(actors, name)?),
                    Desk::Team(slug) => Answering::Team(team::by_slug(tx.conn(), slug).await?.ok_or(Error::NotFound)?.id),
                };
                team::set_desk(tx, Some(board), 1, Some(answering)).await?;
            }
        }
        Measure::Pledge => {
            let board = board_of(tx, PLEDGED_ON).await?;
            let draft = pledge::Draft {
                kind: "complaint".to_owned(),
                days: "10".to_owned(),
                what: "No complaint about an accessory unsolved after ten working days".to_owned(),
                remedy: "The price of the accessory back, and you keep it".to_owned(),
                remedy_amount: String::new(),
            };
            pledge::make(tx, Some(board), &draft).await?;
        }
    }
    Ok(())
}

impl Teller<'_> {
    /// Does what the texts say.
    pub(super) async fn fulfil(&mut self, tx: &mut Tx, act: &Deed, post: &Post, doing: &Doing) -> Result<(), Error> {
        let id = self.id(act.post)?;
        let posted = self.axis.day(-i64::from(post.age) * DAY);
        let site = tx.site();
        let day = |days: u32| site.calendar().nth_working_day_after(posted, days).to_string();
        match doing {
            Doing::Promise { what, until, remedy, amount, accountable } => {
                let accountable = accountable.as_deref().map(|name| named(&self.actors, name)).transpose()?;
                let draft = promise::Draft {
                    what: what.clone(),
                    due_on: day(*until),
                    remedy: remedy.clone(),
                    remedy_amount: amount.clone(),
                    accountable,
                    reason: None,
                };
                match promise::make(tx, id, &draft).await? {
                    Outcome::Done(promise) => drop(self.promises.insert(act.post, promise.id)),
                    Outcome::Requested(request) => drop(self.requests.insert(act.post, request.id)),
                }
            }
            Doing::Reword { what, until, remedy, reason } => {
                let draft = promise::Draft {
                    what: what.clone(),
                    due_on: day(*until),
                    remedy: remedy.clone(),
                    reason: Some(reason.clone()),
                    ..promise::Draft::default()
                };
                promise::change(tx, last(&self.promises, act)?, &draft).await?;
            }
            Doing::Keep { note } => drop(promise::keep(tx, last(&self.promises, act)?, note.as_deref()).await?),
            Doing::Pay { note } => drop(promise::pay(tx, last(&self.promises, act)?, note.as_deref()).await?),
            Doing::Approve => drop(request::approve(tx, last(&self.requests, act)?).await?),
            Doing::Extend { clock, until, reason } => {
                clock::extend(tx, id, clock, &day(*until), reason).await?;
            }
            Doing::Wait { reason } => drop(clock::stop(tx, id, reason).await?),
            Doing::Resume => clock::resume(tx, id).await.map(drop)?,
            Doing::Offer { to, reason } => {
                let offer = handover::offer(tx, id, named(&self.actors, to)?, reason).await?;
                self.offers.insert(act.post, offer.id);
            }
            Doing::Accept => drop(handover::accept(tx, last(&self.offers, act)?).await?),
            Doing::Decline { note } => drop(handover::decline(tx, last(&self.offers, act)?, note).await?),
            Doing::Lower { reason } => drop(level::lower(tx, id, reason).await?),
            Doing::Help { person, name, task } => {
                let person = person.as_deref().map(|name| named(&self.actors, name)).transpose()?;
                contributor::add(tx, id, person, name.as_deref().unwrap_or_default(), task).await?;
            }
            Doing::Provenance { is, reason } => {
                provenance::set(tx, id, is, reason.as_deref().unwrap_or_default()).await?;
            }
            Doing::Again { text } => drop(forum::again::report(tx, id, text, Some(post.language)).await?),
            Doing::Say { solved, note } => confirm::say(tx, id, *solved, note.as_deref()).await?,
            Doing::Rebut { text } => drop(rebuttal::write(tx, id, text, Some(post.language)).await?),
            Doing::Read => rebuttal::mark_read(tx, id).await?,
            Doing::Talk { text } => {
                let comment = comment::submit(tx, id, None, text, Some(post.language)).await?;
                self.talk.insert(act.post, comment);
            }
            Doing::Hide { rule, reason } => {
                let comment = Target::Comment(last(&self.talk, act)?);
                self.moderate(tx, act, comment, draft(Act::Hide, *rule, reason)).await?;
            }
            Doing::Redact { passage, rule, reason } => {
                let comment = Target::Comment(last(&self.talk, act)?);
                let draft = moderation::Draft { passage: Some(passage.clone()), ..draft(Act::Redact, *rule, reason) };
                self.moderate(tx, act, comment, draft).await?;
            }
            Doing::Lock { rule, reason } => self.moderate(tx, act, Target::Post(id), draft(Act::Lock, *rule, reason)).await?,
            Doing::Object { text } => drop(moderation::appeal(tx, last(&self.moderated, act)?, text).await?),
            Doing::Decide { outcome, reason } => {
                moderation::decide(tx, last(&self.moderated, act)?, outcome, reason).await?;
            }
        }
        Ok(())
    }

    async fn moderate(&mut self, tx: &mut Tx, at: &Deed, target: Target, draft: moderation::Draft) -> Result<(), Error> {
        let done = moderation::act(tx, target, &draft).await?;
        self.moderated.insert(at.post, done.id);
        Ok(())
    }
}

fn draft(act: Act, rule: i32, reason: &str) -> moderation::Draft {
    moderation::Draft { act: act.as_str().to_owned(), rule: Some(rule), reason: reason.to_owned(), ..moderation::Draft::default() }
}

/// The last of its kind on the post of an act.
fn last<T: Copy>(found: &std::collections::HashMap<usize, T>, act: &Deed) -> Result<T, Error> {
    found.get(&act.post).copied().ok_or_else(|| Error::internal("nothing that could be changed"))
}
