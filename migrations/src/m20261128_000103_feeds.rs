//! The secret address at which programs read what is somebody's own.

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
-- which one counts, since a new one stops the one of before; and since when, while there is one
ALTER TABLE persons ADD COLUMN feeds_version integer NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN feeds_since {TIME};
",
        )
        .await
    }
}
