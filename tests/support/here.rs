//! The program in the process of its test: the same configuration, layers, jobs and socket as `answerable serve` has, without
//! the time that a process takes. What it logs is kept apart from what others log beside it, since each test has threads of its own.

use std::{
    cell::RefCell,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use forum::Forum;
use sea_orm::{ConnectionTrait as _, Statement};
use server::{
    Serving,
    commands::log_into,
    config::{Config, LOG},
    jobs,
    mail::{self, Mailer},
};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tracing::{Dispatch, dispatcher, dispatcher::DefaultGuard};

use crate::{answerable::PATIENCE, get};

thread_local! {
    static LOGGING: RefCell<Option<DefaultGuard>> = const { RefCell::new(None) };
}

/// What was logged by the threads of one test.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// A runtime for one test, all of whose threads log here; and so does this thread until the guard is dropped.
    pub(crate) fn runtime(&self) -> (Runtime, DefaultGuard) {
        let log = self.clone();
        let dispatch = Dispatch::new(log_into(LOG, move || log.clone(), false).expect("a filter"));
        let guard = dispatcher::set_default(&dispatch);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .on_thread_start(move || LOGGING.set(Some(dispatcher::set_default(&dispatch))))
            .build()
            .expect("a runtime for the test");
        (runtime, guard)
    }

    /// All that was logged so far.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A program that runs here.
pub(crate) struct Here {
    pub(crate) forum: Forum,
    pub(crate) address: String,
    pub(crate) internal: Option<String>,
    pub(crate) set_up: Option<String>,
    config: Config,
    log: Log,
    serving: Mutex<Option<Serving>>,
    stop: CancellationToken,
}

impl Here {
    /// Starts it.
    pub(crate) async fn start(config: Config, log: Log) -> Self {
        let stop = CancellationToken::new();
        let serving = server::start(&config, stop.clone()).await.unwrap_or_else(|error| panic!("the program: {error}"));
        Self {
            forum: serving.forum.clone(),
            address: format!("http://{}", serving.local),
            internal: serving.internal.map(|addr| format!("http://{addr}")),
            set_up: serving.set_up.clone(),
            config,
            log,
            serving: Mutex::new(Some(serving)),
            stop,
        }
    }

    /// What it logged so far.
    pub(crate) fn logged(&self) -> String {
        self.log.text()
    }

    /// Lets it do what is left to be done, and stops it. Nothing may have gone wrong on the way: no job failed, every letter was
    /// put into words and sent, no error was logged.
    pub(crate) async fn finish(&self) {
        self.is_done().await;
        self.stop.cancel();
        let serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner).take().expect("a running program");
        let finished = tokio::time::timeout(PATIENCE, serving.finish()).await.expect("the program stops");
        finished.unwrap_or_else(|error| panic!("the program stops, but: {error}"));
        let log = self.logged();
        let wrong: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("not sent")).collect();
        assert!(wrong.is_empty(), "something went wrong in the program:\n{}", wrong.join("\n"));
    }

    async fn is_done(&self) {
        jobs::once(&self.forum).await.unwrap_or_else(|error| panic!("a job failed: {error}"));
        let setting = self.config.mail().expect("where mail goes");
        let mut mailer = Mailer::from_setting(&setting, self.forum.address(), self.forum.site()).expect("a mailer");
        let start = Instant::now();
        loop {
            while mail::deliver(&self.forum, &mut mailer, &self.stop).await.expect("the outbox") {}
            let sql = "SELECT id, last_error FROM outbox WHERE last_error IS NOT NULL";
            let statement = Statement::from_string(self.forum.read().get_database_backend(), sql);
            let failed = self.forum.read().query_all_raw(statement).await.expect("the outbox");
            let failed: Vec<String> = failed.iter().map(|row| get(row, "last_error")).collect();
            assert!(failed.is_empty(), "letters that were not sent: {failed:?}");
            if forum::outbox::unsent(self.forum.read()).await.expect("the outbox") == 0 {
                return;
            }
            // the mail worker has them
            assert!(start.elapsed() < PATIENCE, "letters that nobody sends");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
