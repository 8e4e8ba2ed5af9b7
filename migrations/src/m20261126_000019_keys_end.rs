//! Keys end: a token on a day that its person chose, a session of the staff when it was not used for a while.

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
-- whether its person asked to stay signed in
ALTER TABLE sessions ADD COLUMN stays boolean NOT NULL DEFAULT false;
-- a token of which nobody said when it ends has ended
ALTER TABLE tokens ADD COLUMN expires_at {TIME} NOT NULL DEFAULT '1970-01-01T00:00:00+00:00';
",
        )
        .await?;
        // programs that run today get the time of a new token to be given another one
        dialect::run_each(
            manager,
            "UPDATE tokens SET expires_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '+90 days')",
            "UPDATE tokens SET expires_at = now() + interval '90 days'",
        )
        .await
    }
}
