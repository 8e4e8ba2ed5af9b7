//! What members point out, once for each thing, and what became of it.

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
CREATE TABLE flags (
    id {ID},
    person_id {UUID} NOT NULL REFERENCES persons (id),
    post_id {BIG} NOT NULL REFERENCES posts (id),
    comment_id {BIG} REFERENCES comments (id),
    rule integer NOT NULL,
    note varchar(500),
    created_at {TIME} NOT NULL,
    outcome varchar(8),
    closed_at {TIME},
    closed_by {UUID} REFERENCES persons (id),
    reason varchar(500)
);
CREATE UNIQUE INDEX flags_once_per_post ON flags (post_id, person_id) WHERE comment_id IS NULL;
CREATE UNIQUE INDEX flags_once_per_comment ON flags (comment_id, person_id) WHERE comment_id IS NOT NULL;
CREATE INDEX flags_open ON flags (post_id, comment_id) WHERE outcome IS NULL;
CREATE INDEX flags_by_person ON flags (person_id, outcome);
",
        )
        .await
    }
}
