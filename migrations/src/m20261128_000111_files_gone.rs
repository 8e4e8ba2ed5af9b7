//! That a file was taken away from a text.

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
-- how many files went with a wording
ALTER TABLE post_versions ADD COLUMN files_gone integer NOT NULL DEFAULT 0;
ALTER TABLE comment_versions ADD COLUMN files_gone integer NOT NULL DEFAULT 0;
",
        )
        .await
    }
}
