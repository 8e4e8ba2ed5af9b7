//! Who hears of what: follows from the events, in the same transaction.

use sea_orm::FromQueryResult;

use crate::{
    Result, Tx,
    actor::Actor,
    again, answer, clock, comment, confirm,
    db::{one, values},
    event::{Event, Kind},
    handover,
    id::{AnswerId, PersonId, PostId},
    level,
    mail::{self, Letter, News, PostSummary},
    person::{self, Account},
    promise, rebuttal, request, text, watch,
};

/// Writes the letters that follow from an event.
pub(crate) async fn follow(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(id) = event.post else { return Ok(()) };
    match &event.kind {
        Kind::AnswerPublished { answer } => {
            let Some(post) = concerned(tx, id).await? else { return Ok(()) };
            let Some(answer) = answer::by_id(tx.conn(), *answer).await? else { return Ok(()) };
            if let Some(author) = listener(tx, post.author_id, event, id).await? {
                let letter = Letter::Answered {
                    name: author.name.clone(),
                    post: post.summary(id),
                    stage: answer.status.stage,
                    what: answer.what,
                    who: answer.who,
                    next_update_on: answer.next_update_on,
                };
                send(tx, &author, letter).await?;
            }
        }
        Kind::CommentPosted { comment, parent } => {
            let Some(post) = concerned(tx, id).await? else { return Ok(()) };
            let Some(comment) = comment::by_id(tx.conn(), *comment).await? else { return Ok(()) };
            let replied_to = match parent {
                Some(parent) => comment::by_id(tx.conn(), *parent).await?.map(|c| c.author.id),
                None => None,
            };
            let mut told = Vec::new();
            for (person, reply) in [(replied_to, true), (Some(post.author_id), false), (post.owner_id, false)] {
                let Some(person) = person else { continue };
                if told.contains(&person) {
                    continue;
                }
                told.push(person);
                if let Some(reader) = listener(tx, person, event, id).await? {
                    let letter = Letter::Commented {
                        name: reader.name.clone(),
                        post: post.summary(id),
                        by: comment.author.name.clone(),
                        excerpt: text::excerpt(&comment.body, 200),
                        reply,
                    };
                    send(tx, &reader, letter).await?;
                }
            }
        }
        kind => tell(tx, event, id, kind).await?,
    }
    Ok(())
}

/// Whom a piece of news is for.
enum To {
    Author,
    Owner,
    /// Those who answer for the post on its level.
    Level,
    Person(PersonId),
}

/// Tells of what has no letter of its own.
async fn tell(tx: &mut Tx, event: &Event, id: PostId, kind: &Kind) -> Result<()> {
    let (db, now) = (tx.conn(), event.at);
    let site = tx.site();
    let day = |at| clock::local_day(&site, at);
    let reason = || event.reason.clone().unwrap_or_default();
    let promised = async |promise| promise::by_id(db, &Actor::System, promise, now).await;
    let handed = async |handover| handover::by_id(db, handover, now).await?.ok_or(crate::Error::NotFound);
    let news: Vec<(To, News)> = match kind {
        Kind::ClockMissed { clock, due_at, level } => {
            let told = News::ClockMissed { clock: *clock, due_on: day(*due_at), level: (*level + 1).min(level::HIGHEST) };
            vec![(To::Owner, told.clone()), (To::Level, told)]
        }
        // the letter about the missed clock tells of the level as well
        Kind::LevelChanged { from, to, cause, .. } if to > from && *cause != level::Cause::Missed => {
            let told = News::Raised { level: *to, cause: *cause };
            vec![(To::Owner, told.clone()), (To::Level, told)]
        }
        Kind::OwnerSet { person } => vec![(To::Person(*person), News::Yours)],
        Kind::HandoverOffered { handover } => {
            let handover = handed(*handover).await?;
            let until = day(handover.lapses_at);
            vec![(To::Person(handover.to.id), News::HandoverOffered { by: handover.from.name, reason: handover.reason, until })]
        }
        Kind::HandoverAccepted { handover } => {
            let handover = handed(*handover).await?;
            vec![(To::Person(handover.from.id), News::HandoverAccepted { by: handover.to.name })]
        }
        Kind::HandoverDeclined { handover } => {
            let handover = handed(*handover).await?;
            vec![(To::Person(handover.from.id), News::HandoverDeclined { by: handover.to.name, note: handover.note })]
        }
        Kind::HandoverLapsed { handover } => {
            let handover = handed(*handover).await?;
            vec![(To::Person(handover.from.id), News::HandoverLapsed { to: handover.to.name })]
        }
        Kind::ClocksStopped { until_at } => {
            vec![(To::Author, News::WaitingForYou { reason: reason(), until: day(*until_at) })]
        }
        Kind::ClockExtended { clock, old_due_at, new_due_at } => {
            let told = News::Extended { clock: *clock, old: day(*old_due_at), new: day(*new_due_at), reason: reason() };
            vec![(To::Author, told)]
        }
        Kind::PromiseMade { promise } => {
            let promise = promised(*promise).await?;
            vec![(To::Author, News::Promised { what: promise.what, due_on: promise.due_on, remedy: promise.remedy })]
        }
        Kind::PromiseChanged { promise } => {
            let promise = promised(*promise).await?;
            vec![(To::Author, News::PromiseChanged { what: promise.what, due_on: promise.due_on })]
        }
        Kind::PromiseKept { promise } => vec![(To::Author, News::PromiseKept { what: promised(*promise).await?.what })],
        Kind::PromiseWithdrawn { promise } => {
            let promise = promised(*promise).await?;
            vec![(To::Author, News::PromiseWithdrawn { what: promise.what, reason: promise.note })]
        }
        Kind::PromiseBroken { promise } => {
            let promise = promised(*promise).await?;
            let told = News::PromiseBroken { what: promise.what, remedy: promise.remedy };
            let mut news = vec![(To::Author, told.clone()), (To::Owner, told.clone())];
            news.extend(promise.accountable.map(|person| (To::Person(person.id), told)));
            news
        }
        Kind::PromisePaid { promise } => {
            let promise = promised(*promise).await?;
            vec![(To::Author, News::PromisePaid { what: promise.what, remedy: promise.remedy })]
        }
        Kind::HappenedAgain { again } => {
            let view = tx.view_of(Actor::System);
            let reports = again::of_post(&view, &view.post(id).await?).await?;
            let Some(report) = reports.into_iter().find(|report| report.id == *again) else { return Ok(()) };
            vec![(To::Owner, News::Again { by: report.person.name, excerpt: text::excerpt(&report.body, 200) })]
        }
        Kind::Rebutted { answer } => {
            let view = tx.view_of(Actor::System);
            let rebuttals = rebuttal::of_post(&view, &view.post(id).await?).await?;
            let Some(found) = rebuttals.into_iter().find(|r| r.answer_id == *answer) else { return Ok(()) };
            vec![(To::Owner, News::Rebutted { excerpt: text::excerpt(&found.body, 200) })]
        }
        Kind::RequestMade { request } | Kind::RequestPassedUp { request } => {
            let request = request::by_number(db, *request).await?;
            let told = News::RequestMade { by: request.by.name.clone(), due_on: day(request.due_at) };
            let deciders = watch::answering(tx, id, request.level).await?;
            deciders.into_iter().filter(|d| *d != request.by.id).map(|d| (To::Person(d), told.clone())).collect()
        }
        Kind::RequestDecided { request } => {
            let request = request::by_number(db, *request).await?;
            let approved = request.state == request::State::Approved;
            vec![(To::Person(request.by.id), News::RequestDecided { approved, note: request.note })]
        }
        Kind::CustomersAsked { answer, round } => return ask(tx, event, id, *answer, *round).await,
        _ => return Ok(()),
    };
    if news.is_empty() {
        return Ok(());
    }
    let Some(post) = concerned(tx, id).await? else { return Ok(()) };
    let mut told = Vec::new();
    for (to, news) in news {
        let people = match to {
            To::Author => vec![post.author_id],
            To::Owner => post.owner_id.into_iter().collect(),
            To::Level => watch::on_level(tx, id).await?,
            To::Person(person) => vec![person],
        };
        for person in people {
            if told.contains(&person) {
                continue;
            }
            told.push(person);
            if let Some(reader) = listener(tx, person, event, id).await? {
                let letter = Letter::Told { name: reader.name.clone(), post: post.summary(id), news: news.clone() };
                send(tx, &reader, letter).await?;
            }
        }
    }
    Ok(())
}

/// Asks author and supporters whether it is solved, each by a link of their own.
async fn ask(tx: &mut Tx, event: &Event, id: PostId, about: AnswerId, round: i32) -> Result<()> {
    let Some(post) = concerned(tx, id).await? else { return Ok(()) };
    let Some(answer) = answer::by_id(tx.conn(), about).await? else { return Ok(()) };
    for person in confirm::asked(tx, about, round).await? {
        if let Some(reader) = listener(tx, person, event, id).await? {
            let secret = confirm::link(tx, about, person, round).await?;
            let what = answer.what.clone();
            let letter = Letter::Asked { name: reader.name.clone(), post: post.summary(id), what, secret, round };
            send(tx, &reader, letter).await?;
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Concerned {
    slug: String,
    title: String,
    author_id: PersonId,
    owner_id: Option<PersonId>,
}

impl Concerned {
    fn summary(&self, id: PostId) -> PostSummary {
        PostSummary { id, slug: self.slug.clone(), title: self.title.clone() }
    }
}

async fn concerned(tx: &Tx, id: PostId) -> Result<Option<Concerned>> {
    one::<Concerned>(tx.conn(), "SELECT slug, title, author_id, owner_id FROM posts WHERE id = $1", values![id]).await
}

/// The account to write to: not to oneself, not to an unverified address, and not of what its person may no longer see.
async fn listener(tx: &Tx, person: PersonId, event: &Event, post: PostId) -> Result<Option<Account>> {
    if event.actor == Some(person) {
        return Ok(None);
    }
    let Some(account) = person::by_id(tx.conn(), person).await? else { return Ok(None) };
    if !account.verified || account.email.is_none() || !tx.view_of(account.actor(None)).sees(post).await? {
        return Ok(None);
    }
    Ok(Some(account))
}

async fn send(tx: &mut Tx, reader: &Account, letter: Letter) -> Result<()> {
    let Some(email) = reader.email.clone() else { return Ok(()) };
    let language = person::language_of(tx, reader);
    mail::enqueue(tx, &email, letter, language).await
}
