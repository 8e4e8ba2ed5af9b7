//! What the company says, who is accountable, and by when.

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
CREATE TABLE answers (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id),
    author_id {UUID} NOT NULL REFERENCES persons (id),
    from_status_id {BIG} NOT NULL REFERENCES statuses (id),
    status_id {BIG} NOT NULL REFERENCES statuses (id),
    what text NOT NULL,
    what_html text NOT NULL,
    who varchar(200),
    next_update_on {DATE},
    reason_class varchar(10),
    reexamine_on {DATE},
    final boolean NOT NULL,
    language varchar(8) NOT NULL,
    -- when the first answer was due, kept with the answer: whether it came late is a fact of that day
    due_at {TIME},
    created_at {TIME} NOT NULL
);
CREATE INDEX answers_by_post ON answers (post_id, id);
CREATE TABLE clocks (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    name varchar(12) NOT NULL,
    started_at {TIME} NOT NULL,
    due_at {TIME} NOT NULL,
    ended_at {TIME}
);
CREATE INDEX clocks_by_post ON clocks (post_id, id);
CREATE UNIQUE INDEX clocks_one_open ON clocks (post_id, name) WHERE ended_at IS NULL;
CREATE INDEX clocks_open_by_due ON clocks (due_at, post_id) WHERE ended_at IS NULL;
-- Who owned a post since when, and who said so.
CREATE TABLE owners (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id),
    by_id {UUID} NOT NULL REFERENCES persons (id),
    created_at {TIME} NOT NULL
);
CREATE INDEX owners_by_post ON owners (post_id, id);
",
        )
        .await?;
        dialect::append_only(manager, "answers").await
    }
}
