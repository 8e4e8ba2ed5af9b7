//! Whose official acts somebody wants to hear of.

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
-- beside `follows`, whose subjects have numbers
CREATE TABLE person_follows (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    followed_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    created_at {TIME} NOT NULL,
    PRIMARY KEY (person_id, followed_id)
);
CREATE INDEX person_follows_of_followed ON person_follows (followed_id);
",
        )
        .await
    }
}
