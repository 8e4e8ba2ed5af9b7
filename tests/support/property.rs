//! Properties: what holds whatever people do.

use std::panic::AssertUnwindSafe;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestRunner},
};

use crate::TestForum;

/// How many random cases a property is tried on, on each database, unless `PROPTEST_CASES` says otherwise.
pub const CASES: u32 = 24;

impl TestForum {
    /// Tries a property on random cases in this forum, and tells of the smallest case that breaks it. What a case leaves behind
    /// is there for the next one, as in life.
    ///
    /// # Panics
    /// When a case breaks the property.
    #[expect(clippy::needless_pass_by_value, reason = "a closure in place reads better without a reference")]
    pub fn for_all<S, P>(&self, cases: S, property: P)
    where
        S: Strategy,
        P: AsyncFn(&Self, S::Value),
    {
        let config = Config {
            cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(CASES),
            failure_persistence: None,
            max_shrink_iters: 300,
            ..Config::default()
        };
        let handle = tokio::runtime::Handle::current();
        let outcome = TestRunner::new(config).run(&cases, |case| {
            let run = AssertUnwindSafe(|| handle.block_on(property(self, case)));
            tokio::task::block_in_place(run);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }
}
