//! Browsers in which somebody signed in before: whoever guesses a password elsewhere must not keep them out.

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
-- one secret a browser, one row for each account that signed in there
CREATE TABLE devices (
    secret_hash varchar(64) NOT NULL,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL,
    PRIMARY KEY (secret_hash, person_id)
);
CREATE INDEX devices_by_person ON devices (person_id, created_at);
CREATE INDEX devices_by_expiry ON devices (expires_at);
",
        )
        .await
    }
}
