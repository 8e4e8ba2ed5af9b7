//! The one history, and what follows from it: mail, limits, repeated requests.

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
CREATE TABLE events (
    id {ID},
    kind varchar(40) NOT NULL,
    actor_id {UUID} REFERENCES persons (id) ON DELETE SET NULL,
    post_id {BIG} REFERENCES posts (id) ON DELETE SET NULL,
    data {JSON} NOT NULL,
    created_at {TIME} NOT NULL
);
CREATE INDEX events_by_post ON events (post_id, id);
-- Mail to be sent: written in the transaction of what causes it, sent by a worker.
CREATE TABLE outbox (
    id {ID},
    recipient varchar(254) NOT NULL,
    language varchar(8) NOT NULL,
    -- what to say, not how: the worker puts it into words, and empties it once it is sent, since it may hold a secret link
    letter {JSON} NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    last_error varchar(500),
    next_try_at {TIME} NOT NULL,
    created_at {TIME} NOT NULL,
    sent_at {TIME}
);
CREATE INDEX outbox_unsent ON outbox (next_try_at, id) WHERE sent_at IS NULL;
-- Generic cell rate algorithm: the theoretical arrival time of the next request, in microseconds since 1970.
CREATE TABLE limits (
    key varchar(120) NOT NULL PRIMARY KEY,
    arrival_us {BIG} NOT NULL
);
-- Answers already given to a repeated request with the same Idempotency-Key.
CREATE TABLE repeats (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    key varchar(200) NOT NULL,
    fingerprint varchar(64) NOT NULL,
    status integer,
    location varchar(300),
    body text,
    created_at {TIME} NOT NULL,
    PRIMARY KEY (person_id, key)
);
",
        )
        .await
    }
}
