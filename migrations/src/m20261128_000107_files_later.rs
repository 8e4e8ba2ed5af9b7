//! Files that came with a later wording of a text.

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
-- the number of the wording that it came with
ALTER TABLE attachments ADD COLUMN since integer NOT NULL DEFAULT 1;
",
        )
        .await
    }
}
