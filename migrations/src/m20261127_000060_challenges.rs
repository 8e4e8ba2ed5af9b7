//! Proof of work: the key that signs what is to be solved, and what was solved already.

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
-- made when somebody first asks, and never shown
CREATE TABLE challenge_key (
    id {KEY} CONSTRAINT challenge_key_one CHECK (id = 1),
    secret varchar(64) NOT NULL,
    created_at {TIME} NOT NULL
);
-- each counts once, so each is remembered until it would count no more
CREATE TABLE spent_challenges (
    challenge varchar(64) NOT NULL PRIMARY KEY,
    expires_at {TIME} NOT NULL
);
CREATE INDEX spent_challenges_by_expiry ON spent_challenges (expires_at);
",
        )
        .await
    }
}
