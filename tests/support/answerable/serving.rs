//! Tests of the running program, on both databases.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
};

use super::Answerable;
use crate::{Backend, TestDb, here::Log};

/// Writes a test of the running program once and runs it on both databases, each time with a program and data of its own.
#[macro_export]
macro_rules! serving {
    ($($tests:tt)*) => { $crate::serving_by! { serve $($tests)* } };
}

/// The same with a program in a process of its own.
#[macro_export]
macro_rules! serving_as_process {
    ($($tests:tt)*) => { $crate::serving_by! { serve_as_process $($tests)* } };
}

/// What [`serving!`] and [`serving_as_process!`] have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! serving_by {
    ($serve:ident $($(#[$attribute:meta])* async fn $name:ident($server:ident: Answerable) $body:block)*) => {
        $(
            $(#[$attribute])*
            mod $name {
                use super::*;

                async fn test($server: $crate::answerable::Answerable) $body

                #[test]
                fn sqlite() {
                    $crate::answerable::$serve($crate::Backend::Sqlite, &[], test);
                }

                #[test]
                fn postgres() {
                    $crate::answerable::$serve($crate::Backend::Postgres, &[], test);
                }
            }
        )*
    };
}

/// Runs a test beside a program with these settings, and removes its data whether the test passes or not. The program runs in
/// this process, and is stopped at the end: the test fails when it left a letter unworded or a job undone, or logged an error.
pub fn serve<F: Future<Output = ()>>(backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    serve_by(true, backend, settings, test);
}

/// The same with a program in a process of its own, which ends when the test lets go of it.
pub fn serve_as_process<F: Future<Output = ()>>(backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    serve_by(false, backend, settings, test);
}

fn serve_by<F: Future<Output = ()>>(here: bool, backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    let log = Log::default();
    let (runtime, _logging) = log.runtime();
    let database = match backend {
        Backend::Sqlite => None,
        Backend::Postgres => Some(runtime.block_on(TestDb::fresh(backend))),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let url = database.as_ref().map(TestDb::url);
            let server =
                if here { Answerable::start_here(url, settings, log).await } else { Answerable::start(url, settings).await };
            let (folder, running) = (server.folder.clone(), server.here().cloned());
            // on the heap: a test is one large future
            let test: Pin<Box<dyn Future<Output = ()>>> = Box::pin(test(server));
            test.await;
            if let Some(running) = running {
                running.finish().await;
            }
            drop(folder);
        });
    }));
    if let Some(database) = database {
        runtime.block_on(database.remove());
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
