//! What goes on beside requests: drawing the consequences of time, sending mail, sweeping what has expired, reading settings again.

use std::time::Duration;

use forum::{
    Forum, actor::Actor, attachment, challenge, changelog, device, draft, hook, invitation, limit, link, mailing, newcomer, outbox,
    personal, post, push as pushes, repeat, reply, ring, search, session, token, trace, watch,
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    hooks::{self, Courier},
    live::{self, Hub},
    mail::{self, Inbox, Mailer},
    push,
};

/// How often the forum looks for deadlines that have passed. That they have passed is seen without it.
const WATCH_EVERY: Duration = Duration::from_secs(10);
/// How often news that wait to be told together are looked for.
const COLLECT_EVERY: Duration = Duration::from_secs(30);
/// How often mail that came in is looked for.
const MAIL_EVERY: Duration = Duration::from_secs(5);
/// How often the forum looks at who votes as one.
const RINGS_EVERY: Duration = Duration::from_secs(60);
/// How often what has expired is swept.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);
/// How often the index is put together.
const TIDY_EVERY: Duration = Duration::from_secs(300);
/// How soon a change of settings by another instance or the command line is seen.
const REFRESH_EVERY: Duration = Duration::from_secs(5);
/// How long jobs may take to finish when the process stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// The jobs under way.
pub struct Jobs(JoinSet<()>);

/// Starts all jobs; they end when `stop` is cancelled.
pub fn start(
    forum: &Forum,
    (mailer, inbox): (Mailer, Option<Inbox>),
    courier: push::Courier,
    hub: Hub,
    stop: &CancellationToken,
) -> Jobs {
    let mut jobs = JoinSet::new();
    jobs.spawn(mail::work(forum.clone(), mailer, stop.clone()));
    jobs.spawn(live::work(hub, stop.clone()));
    jobs.spawn(hooks::work(forum.clone(), Courier::default(), stop.clone()));
    jobs.spawn(push::work(forum.clone(), courier, stop.clone()));
    jobs.spawn(every(WATCH_EVERY, forum.clone(), stop.clone(), look));
    jobs.spawn(every(COLLECT_EVERY, forum.clone(), stop.clone(), collect_news));
    if let Some(inbox) = inbox {
        jobs.spawn(every(MAIL_EVERY, forum.clone(), stop.clone(), move |forum| take_in(inbox.clone(), forum)));
    }
    jobs.spawn(every(RINGS_EVERY, forum.clone(), stop.clone(), look_at_votes));
    jobs.spawn(every(SWEEP_EVERY, forum.clone(), stop.clone(), sweep));
    jobs.spawn(every(REFRESH_EVERY, forum.clone(), stop.clone(), refresh));
    jobs.spawn(every(TIDY_EVERY, forum.clone(), stop.clone(), tidy));
    Jobs(jobs)
}

/// Does once all that jobs do beside the mail, now.
///
/// # Errors
/// What the first job says that fails.
pub async fn once(forum: &Forum) -> forum::Result<()> {
    look(forum.clone()).await?;
    collect_news(forum.clone()).await?;
    look_at_votes(forum.clone()).await?;
    sweep(forum.clone()).await?;
    tidy(forum.clone()).await?;
    refresh(forum.clone()).await
}

impl Jobs {
    /// Waits for the jobs to end, for a while.
    pub async fn finish(mut self) {
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::warn!("jobs did not end in time; what they had not done will be done after the next start");
        }
    }
}

async fn every<F: Future<Output = forum::Result<()>>>(
    period: Duration,
    forum: Forum,
    stop: CancellationToken,
    job: impl Fn(Forum) -> F,
) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(period) => {}
        }
        if let Err(error) = job(forum.clone()).await {
            tracing::error!(%error, "a job failed; it is tried again");
        }
    }
}

async fn look(forum: Forum) -> forum::Result<()> {
    let touched = watch::run(&forum).await?;
    if touched > 0 {
        tracing::info!(touched, "deadlines passed, and their consequences were drawn");
    }
    let published = changelog::run(&forum).await?;
    if published > 0 {
        tracing::info!(published, "entries of the changelog are in public, and those whom they concern are told");
    }
    Ok(())
}

async fn collect_news(forum: Forum) -> forum::Result<()> {
    let letters = mailing::run(&forum).await?;
    if letters > 0 {
        tracing::info!(letters, "what was collected was put into letters");
    }
    Ok(())
}

async fn take_in(inbox: Inbox, forum: Forum) -> forum::Result<()> {
    let letters = inbox.look(&forum).await?;
    if letters > 0 {
        tracing::info!(letters, "mail came in");
    }
    Ok(())
}

async fn look_at_votes(forum: Forum) -> forum::Result<()> {
    let found = ring::run(&forum).await?;
    if found > 0 {
        tracing::info!(found, "groups of accounts vote as one, and wait for the staff");
    }
    Ok(())
}

async fn sweep(forum: Forum) -> forum::Result<()> {
    let sweep = async |tx: &mut forum::Tx| {
        limit::sweep(tx).await?;
        challenge::sweep(tx).await?;
        session::sweep(tx).await?;
        token::sweep(tx).await?;
        trace::sweep(tx).await?;
        newcomer::sweep(tx).await?;
        device::sweep(tx).await?;
        link::sweep(tx).await?;
        invitation::sweep(tx).await?;
        draft::sweep(tx).await?;
        attachment::sweep(tx).await?;
        repeat::sweep(tx).await?;
        outbox::sweep(tx).await?;
        reply::sweep(tx).await?;
        hook::sweep(tx).await?;
        pushes::sweep(tx).await?;
        post::sweep(tx).await
    };
    forum.write_aside(&Actor::System, sweep).await?;
    // twice as far back as the last time, which may have found somebody reading
    personal::scrub(&forum, forum.now() - 2 * SWEEP_EVERY).await
}

async fn refresh(forum: Forum) -> forum::Result<()> {
    forum.refresh_site().await
}

async fn tidy(forum: Forum) -> forum::Result<()> {
    search::tidy(&forum).await
}
