//! Addresses that mail does not reach are left alone.

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
-- since when, whether the server refused the address (refused) or sent a letter back (bounced), what it said, and when it was tried last
ALTER TABLE persons ADD COLUMN unreached_at {TIME};
ALTER TABLE persons ADD COLUMN unreached_cause varchar(7);
ALTER TABLE persons ADD COLUMN unreached_said text;
ALTER TABLE persons ADD COLUMN unreached_tried_at {TIME};
ALTER TABLE receipts ADD COLUMN unreached_at {TIME};
ALTER TABLE receipts ADD COLUMN unreached_cause varchar(7);
ALTER TABLE receipts ADD COLUMN unreached_said text;
ALTER TABLE receipts ADD COLUMN unreached_tried_at {TIME};
CREATE INDEX receipts_by_email ON receipts (email) WHERE email IS NOT NULL;
",
        )
        .await
    }
}
