//! What somebody wants to hear of without having written it.

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
CREATE TABLE follows (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    -- post, board or promise, and its number
    subject varchar(8) NOT NULL,
    subject_id {BIG} NOT NULL,
    created_at {TIME} NOT NULL,
    -- true: they do not want to hear of it, although they would by what they wrote
    muted boolean NOT NULL,
    PRIMARY KEY (person_id, subject, subject_id)
);
CREATE INDEX follows_of_subject ON follows (subject, subject_id);
",
        )
        .await
    }
}
