//! Web-hooks: addresses of others that are told what happens, and what was sent to each.

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
CREATE TABLE hooks (
    id {ID},
    url varchar(2000) NOT NULL,
    -- null: what everybody may know of, on all boards
    board_id {BIG} REFERENCES boards (id),
    -- names of kinds with a blank before and behind each; empty: all that everybody may know of
    kinds varchar(2000) NOT NULL,
    shape varchar(8) NOT NULL,
    language varchar(8) NOT NULL,
    -- as they are, since messages are signed with them
    secret varchar(80) NOT NULL,
    former_secret varchar(80),
    former_until {TIME},
    paused_at {TIME},
    disabled_at {TIME},
    disabled_reason varchar(8),
    failing_since {TIME},
    created_by {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE TABLE hook_deliveries (
    id {ID},
    hook_id {BIG} NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
    -- null: a message to try whether it arrives
    event_id {BIG} REFERENCES events (id),
    attempts integer NOT NULL,
    next_try_at {TIME} NOT NULL,
    tried_at {TIME},
    status integer,
    trouble varchar(16),
    answer varchar(500),
    took_ms {BIG},
    sent_at {TIME},
    given_up_at {TIME},
    created_at {TIME} NOT NULL
);
CREATE INDEX hook_deliveries_due ON hook_deliveries (next_try_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX hook_deliveries_log ON hook_deliveries (hook_id, id);
CREATE INDEX hook_deliveries_old ON hook_deliveries (created_at);
",
        )
        .await
    }
}
