//! What every test stands on: a database of its own, on SQLite and on PostgreSQL alike, and a forum in it that is spoken to in
//! sentences.
//!
//! PostgreSQL comes from `tests/with-postgres`, which sets `TEST_POSTGRES_URL`; `make test` runs through it.

mod acts;
pub mod answerable;
pub mod days;
mod db;
mod here;
pub mod listener;
pub mod pictures;
mod property;
mod test_forum;
mod work;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
};

pub use acts::{REASON, get};
pub use db::{Backend, TestDb, unguarded};
pub use property::CASES;
pub use test_forum::{ADDRESS, BOARD, Sent, TestForum, day, problems, utc};
pub use work::solve;

/// Writes a test once and runs it on both databases: `a_person_votes_once` gives `a_person_votes_once::sqlite` and
/// `a_person_votes_once::postgres`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($forum:ident: TestForum) $body:block)*) => {
        $(
            $(#[$attribute])*
            mod $name {
                use super::*;

                async fn test($forum: $crate::TestForum) $body

                #[test]
                fn sqlite() {
                    $crate::run($crate::Backend::Sqlite, test);
                }

                #[test]
                fn postgres() {
                    $crate::run($crate::Backend::Postgres, test);
                }
            }
        )*
    };
}

/// Runs a test in a fresh forum, and removes its database whether the test passes or not.
pub fn run<F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(TestForum) -> F) {
    run_in([backend], |[forum]| test(forum));
}

/// Runs a test in a forum that an earlier version left behind: `fill` makes its database, and opening the forum brings that up to date.
pub fn run_after<F: Future<Output = ()>>(backend: Backend, fill: impl AsyncFnOnce(&TestDb), test: impl FnOnce(TestForum) -> F) {
    let bare = async || {
        let database = TestDb::bare(backend).await;
        fill(&database).await;
        database
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().expect("a runtime for the test");
    let databases = [runtime.block_on(bare())];
    run_on(&runtime, databases, |[forum]| test(forum));
}

/// Runs a test in two fresh forums, one on SQLite and one on PostgreSQL, to compare them.
pub fn run_beside<F: Future<Output = ()>>(test: impl FnOnce(TestForum, TestForum) -> F) {
    run_in([Backend::Sqlite, Backend::Postgres], |[sqlite, postgres]| test(sqlite, postgres));
}

fn run_in<const N: usize, F: Future<Output = ()>>(backends: [Backend; N], test: impl FnOnce([TestForum; N]) -> F) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().expect("a runtime for the test");
    let databases = backends.map(|backend| runtime.block_on(TestDb::fresh(backend)));
    run_on(&runtime, databases, test);
}

fn run_on<const N: usize, F: Future<Output = ()>>(
    runtime: &tokio::runtime::Runtime,
    databases: [TestDb; N],
    test: impl FnOnce([TestForum; N]) -> F,
) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let mut forums = Vec::new();
            for database in &databases {
                forums.push(TestForum::open(database).await);
            }
            let forums = forums.try_into().unwrap_or_else(|_| unreachable!("one forum per database"));
            // on the heap: a test is one large future
            let test: Pin<Box<dyn Future<Output = ()>>> = Box::pin(test(forums));
            test.await;
        });
    }));
    for database in databases {
        runtime.block_on(database.remove());
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
