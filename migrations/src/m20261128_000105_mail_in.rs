//! Answers by mail become comments.

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
-- What came in, by a digest of what its sender called it: brought again it changes nothing.
CREATE TABLE mail_in (
    digest varchar(64) PRIMARY KEY,
    created_at {TIME} NOT NULL
);
CREATE INDEX mail_in_by_age ON mail_in (created_at);
ALTER TABLE persons ADD COLUMN answers_by_mail boolean NOT NULL DEFAULT TRUE;
",
        )
        .await
    }
}
