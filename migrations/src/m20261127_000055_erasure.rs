//! People who had themselves erased: their row stays for the counts, and says nothing of them any more.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

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
        dialect::run(manager, "ALTER TABLE persons ADD COLUMN erased_at {TIME};").await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            // what leaves the index leaves its segments too, and does not wait there until they are merged
            for table in ["search_posts", "search_comments"] {
                let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('secure-delete', 1)");
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }
}
