//! Tags that mean the same become one: the other keeps its name and address, which lead to the one that it became.

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
ALTER TABLE tags ADD COLUMN merged_into {BIG} REFERENCES tags (id);
ALTER TABLE tags ADD COLUMN merged_at {TIME};
ALTER TABLE tags ADD COLUMN merged_by {UUID} REFERENCES persons (id);
",
        )
        .await
    }
}
