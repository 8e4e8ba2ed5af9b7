//! What happened to a post is read from the history: three tables that said the same are gone.

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
        // an event with all that they say was written with every row of them, from the first version on; their reasons went into it in the
        // migration before last
        dialect::run(manager, "DROP TABLE levels; DROP TABLE clock_extensions; DROP TABLE provenances;").await?;
        dialect::append_only(manager, "events").await
    }
}
