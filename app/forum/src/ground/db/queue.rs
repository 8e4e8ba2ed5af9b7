//! How long those wait who want to write.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How those fare who write through one instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// How many wait for their turn now.
    pub waiting: u64,
    /// How many have got it so far.
    pub begun: u64,
    /// How long all of these waited.
    pub waited: Duration,
}

/// What is counted.
#[derive(Debug, Default)]
pub(super) struct Turns {
    waiting: AtomicU64,
    begun: AtomicU64,
    waited_us: AtomicU64,
}

impl Turns {
    pub(super) fn queue(&self) -> Queue {
        Queue {
            waiting: self.waiting.load(Ordering::Relaxed),
            begun: self.begun.load(Ordering::Relaxed),
            waited: Duration::from_micros(self.waited_us.load(Ordering::Relaxed)),
        }
    }
}

/// Somebody waits, until this is dropped.
pub(super) struct Waiting {
    turns: Arc<Turns>,
    since: Instant,
}

impl Waiting {
    pub(super) fn begin(turns: &Arc<Turns>) -> Self {
        turns.waiting.fetch_add(1, Ordering::Relaxed);
        Self { turns: turns.clone(), since: Instant::now() }
    }

    /// They got their turn, or heard that there is none.
    pub(super) fn end(self) {
        let waited = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.turns.begun.fetch_add(1, Ordering::Relaxed);
        self.turns.waited_us.fetch_add(waited, Ordering::Relaxed);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.turns.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
