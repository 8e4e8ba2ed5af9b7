//! The key with which the site signs how long the record is and what it says.

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
        // made when the forum is opened, and never shown
        dialect::run(
            manager,
            "CREATE TABLE record_key (
                id {KEY} CONSTRAINT record_key_one CHECK (id = 1),
                secret varchar(64) NOT NULL,
                created_at {TIME} NOT NULL
            );",
        )
        .await
    }
}
