//! Whoever supports a post, or comments on it, follows it, unless they would rather not.

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
-- nothing is written when somebody votes or comments: that they follow is seen by that
ALTER TABLE persons ADD COLUMN follows_supported boolean NOT NULL DEFAULT TRUE;
ALTER TABLE persons ADD COLUMN follows_commented boolean NOT NULL DEFAULT TRUE;
",
        )
        .await
    }
}
