//! New accounts that somebody of the staff has looked at.

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
CREATE TABLE account_looks (
    person_id {UUID} NOT NULL PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    looked_at {TIME} NOT NULL
);
CREATE INDEX account_looks_by_staff ON account_looks (by_id);
",
        )
        .await
    }
}
