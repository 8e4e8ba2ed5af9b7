//! Checks of the record that anybody may ask for, as often as they like.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::verify::{Report, verify};
use crate::{Forum, Result, actor::Actor};

/// A check is good for so many times as long as it took: however many ask, they cost no more than a small part of the time.
const GOOD_FOR: u32 = 40;

/// A check of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// When.
    pub at: DateTime<Utc>,
}

/// The last check.
#[derive(Debug, Default)]
pub(crate) struct Checks(Mutex<Option<Last>>);

#[derive(Debug)]
struct Last {
    checked: Arc<Checked>,
    ended: Instant,
    took: Duration,
}

/// Checks the record, or tells what the last check found if that was just now. Who asks while it is being checked waits for that.
///
/// # Errors
/// When the database does not answer.
pub async fn check(forum: &Forum) -> Result<Arc<Checked>> {
    let mut last = forum.checks().0.lock().await;
    if let Some(last) = &*last
        && last.ended.elapsed() < last.took * GOOD_FOR
    {
        return Ok(last.checked.clone());
    }
    let start = Instant::now();
    let view = forum.view(&Actor::System).await?;
    let checked = Arc::new(Checked { report: verify(&view, None).await?, at: forum.now() });
    *last = Some(Last { checked: checked.clone(), ended: Instant::now(), took: start.elapsed() });
    Ok(checked)
}
