//! What was written before signing in is kept, and a mailed link knows where its reader wanted to go.

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
CREATE TABLE drafts (
    secret_hash varchar(64) PRIMARY KEY,
    path varchar(2000) NOT NULL,
    body text NOT NULL,
    -- came back by a mailed link
    adopted boolean NOT NULL,
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL
);
CREATE INDEX drafts_by_expiry ON drafts (expires_at);
ALTER TABLE links ADD COLUMN next varchar(2000);
-- the hash of its secret: a draft can be gone before the link is used
ALTER TABLE links ADD COLUMN draft varchar(64);
",
        )
        .await
    }
}
