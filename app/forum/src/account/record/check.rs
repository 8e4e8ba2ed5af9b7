//! Checks of the record that anybody may ask for, as often as they like.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use tokio::task::JoinHandle;

use super::verify::{Report, verify};
use crate::{
    Error, Forum, Result,
    actor::Actor,
    db::{one, values},
};

/// A check is good for so many times as long as it took: however many ask, they cost no more than a small part of the time.
const GOOD_FOR: u32 = 40;
/// How long somebody waits for a check. One that takes longer goes on by itself, and they are told what the last one found.
const PATIENCE: Duration = Duration::from_millis(500);

/// A check of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is known of the record now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// What the last check found.
    Checked(Arc<Checked>),
    /// It is being checked for the first time since the program began, which takes a while.
    Working {
        /// How many entries there are.
        entries: i64,
        /// The digest of the last.
        head: String,
    },
}

/// The last check, and whose turn it is.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    last: std::sync::Mutex<Option<Last>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
struct Last {
    checked: Arc<Checked>,
    ended: Instant,
    took: Duration,
}

impl Last {
    fn is_good(&self) -> bool {
        self.ended.elapsed() < self.took * GOOD_FOR
    }
}

impl Checks {
    fn last(&self) -> Option<Last> {
        self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

/// Checks the record, or tells what the last check found if that was just now. Nobody waits for long: a record of many thousand entries is
/// checked beside them.
///
/// # Errors
/// When the database does not answer.
pub async fn check(forum: &Forum) -> Result<Known> {
    #[derive(FromQueryResult)]
    struct Head {
        seq: i64,
        digest: String,
    }
    if let Some(last) = forum.checks().last() {
        if last.is_good() {
            return Ok(Known::Checked(last.checked));
        }
        if last.took > PATIENCE {
            // one at a time
            if forum.checks().turn.try_lock().is_ok() {
                drop(begin(forum));
            }
            return Ok(Known::Checked(last.checked));
        }
    }
    if let Ok(ended) = tokio::time::timeout(PATIENCE, begin(forum)).await {
        ended.map_err(Error::internal)??;
    }
    if let Some(last) = forum.checks().last() {
        return Ok(Known::Checked(last.checked));
    }
    let head = one::<Head>(forum.read(), "SELECT seq, digest FROM record_head WHERE id = 1", values![]).await?;
    let (entries, head) = head.map_or_else(|| (0, String::new()), |head| (head.seq, head.digest));
    Ok(Known::Working { entries, head })
}

/// Checks it, unless somebody else has done so by the time that it is this one's turn.
fn begin(forum: &Forum) -> JoinHandle<Result<()>> {
    let forum = forum.clone();
    tokio::spawn(async move {
        let checks = forum.checks();
        let _turn = checks.turn.lock().await;
        if checks.last().is_some_and(|last| last.is_good()) {
            return Ok(());
        }
        let start = Instant::now();
        let view = forum.view(&Actor::System).await?;
        let checked = Arc::new(Checked { report: verify(&view, None).await?, at: forum.now() });
        let last = Last { checked, ended: Instant::now(), took: start.elapsed() };
        *checks.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(last);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::Options;

    #[tokio::test]
    async fn nobody_waits_for_a_check_that_takes_long() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("answerable.db").display());
        let forum = Forum::open(Options::new(url, "https://forum.example")).await.unwrap();
        // as if it took for ever
        let turn = forum.checks().turn.lock().await;
        let known = check(&forum).await.unwrap();
        assert!(matches!(known, Known::Working { entries: 0, .. }), "{known:?}");
        drop(turn);
        let Known::Checked(first) = check(&forum).await.unwrap() else { panic!("nothing is in the way") };

        // one that took long is told while the next is under way
        let took = PATIENCE * 2;
        let ended = Instant::now().checked_sub(took * (GOOD_FOR + 1)).unwrap();
        *forum.checks().last.lock().unwrap() = Some(Last { checked: first.clone(), ended, took });
        let turn = forum.checks().turn.lock().await;
        assert_eq!(check(&forum).await.unwrap(), Known::Checked(first));
        drop(turn);
        assert!(!forum.checks().last().unwrap().is_good(), "the turn was somebody else's");
        check(&forum).await.unwrap();
        let renewed = async || {
            while forum.checks().last().unwrap().took > PATIENCE {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), renewed()).await.expect("a new check, beside those who asked");
    }
}
