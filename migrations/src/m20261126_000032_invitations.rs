//! Colleagues are invited by mail: what they may do is theirs once they use the link that only their address got.

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
CREATE TABLE invitations (
    id {ID},
    secret_hash varchar(64) NOT NULL CONSTRAINT invitations_secret UNIQUE,
    email varchar(254) NOT NULL,
    role varchar(10) NOT NULL,
    invited_by {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL,
    used_at {TIME}
);
-- of several to one address, one is open
CREATE UNIQUE INDEX invitations_open ON invitations (email) WHERE used_at IS NULL;
CREATE INDEX invitations_by_age ON invitations (expires_at);
",
        )
        .await
    }
}
