//! One stance of one person on one post: the primary key decides, not code.

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
CREATE TABLE votes (
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    stance varchar(7) NOT NULL CHECK (stance IN ('support', 'oppose')),
    reason varchar(500),
    imported boolean NOT NULL DEFAULT false,
    created_at {TIME} NOT NULL,
    CONSTRAINT votes_one_per_person PRIMARY KEY (post_id, person_id)
);
CREATE INDEX votes_by_person ON votes (person_id, created_at);
",
        )
        .await
    }
}
