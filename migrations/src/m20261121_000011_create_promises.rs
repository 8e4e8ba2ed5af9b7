//! Promises with remedies, pledges that make them by themselves, and acts beyond a mandate that wait for a decision.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(
            manager,
            "
-- A promise to everybody whose post it covers; the table keeps those that no longer hold.
CREATE TABLE pledges (
    id {ID},
    kind varchar(10),
    board_id {BIG} REFERENCES boards (id),
    -- by when, in working days from receipt
    days integer NOT NULL CHECK (days > 0),
    what varchar(500) NOT NULL,
    remedy varchar(500) NOT NULL,
    remedy_cents {BIG},
    by_id {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    ended_at {TIME}
);
CREATE TABLE promises (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id),
    pledge_id {BIG} REFERENCES pledges (id),
    by_id {UUID} REFERENCES persons (id),
    -- the role of whoever allowed what was beyond the mandate of the one who promised
    decided_role varchar(10),
    created_at {TIME} NOT NULL
);
CREATE INDEX promises_by_post ON promises (post_id, id);
-- Every wording of a promise; the last one holds.
CREATE TABLE promise_versions (
    id {ID},
    promise_id {BIG} NOT NULL REFERENCES promises (id),
    number integer NOT NULL,
    what varchar(500) NOT NULL,
    -- who is accountable; nobody in particular means the owner of the post
    accountable_id {UUID} REFERENCES persons (id),
    due_on {DATE} NOT NULL,
    due_at {TIME} NOT NULL,
    remedy varchar(500),
    remedy_cents {BIG},
    reason varchar(500),
    by_id {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    CONSTRAINT promise_versions_number UNIQUE (promise_id, number)
);
CREATE INDEX promise_versions_by_due ON promise_versions (due_at, promise_id);
-- What became of a promise: kept, reopened (what kept it did not hold), withdrawn, paid, and that its breach was told. The last of
-- the first three says how it stands.
CREATE TABLE promise_acts (
    id {ID},
    promise_id {BIG} NOT NULL REFERENCES promises (id),
    act varchar(10) NOT NULL,
    note varchar(500),
    by_id {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL
);
CREATE INDEX promise_acts_by_promise ON promise_acts (promise_id, id);
-- Acts beyond the mandate of whoever wants them.
CREATE TABLE requests (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    act varchar(10) NOT NULL,
    draft {JSON} NOT NULL,
    -- what of it is beyond the mandate
    beyond varchar(60) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    -- the level that decides, and by when
    level integer NOT NULL,
    due_at {TIME} NOT NULL,
    created_at {TIME} NOT NULL,
    outcome varchar(10),
    decided_by {UUID} REFERENCES persons (id),
    decided_at {TIME},
    note varchar(500),
    -- the answer or promise that it became
    result_id {BIG}
);
CREATE INDEX requests_by_post ON requests (post_id, id);
CREATE INDEX requests_open ON requests (due_at) WHERE outcome IS NULL;
",
        )
        .await?;
        for table in ["promises", "promise_versions", "promise_acts"] {
            dialect::append_only(manager, table).await?;
        }
        Ok(())
    }
}
