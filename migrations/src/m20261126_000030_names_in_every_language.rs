//! Boards and statuses have a name in every language, and an order; a board can be closed. What they were called stays the name that
//! stands where no other is given.

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
ALTER TABLE boards ADD COLUMN names {JSON} NOT NULL DEFAULT '{}';
-- by name, until somebody puts them in an order
ALTER TABLE boards ADD COLUMN position integer NOT NULL DEFAULT 0;
-- since when it takes no new posts
ALTER TABLE boards ADD COLUMN closed_at {TIME};
-- counts changes: an edit names the one that it was written from
ALTER TABLE boards ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE statuses ADD COLUMN names {JSON} NOT NULL DEFAULT '{}';
ALTER TABLE statuses ADD COLUMN version integer NOT NULL DEFAULT 1;
-- from now on the name of a hue; nobody could choose a colour before
UPDATE statuses SET colour = NULL;
-- statuses of a stage stand together, and those that come later have room behind them
UPDATE statuses SET position = position + CASE stage
    WHEN 'received' THEN 10000 WHEN 'review' THEN 20000 WHEN 'planned' THEN 30000 WHEN 'started' THEN 40000
    WHEN 'delivered' THEN 50000 WHEN 'confirmed' THEN 60000 WHEN 'declined' THEN 70000 ELSE 80000 END;
",
        )
        .await
    }
}
