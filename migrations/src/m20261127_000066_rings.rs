//! Accounts that vote as one: from which networks people came lately, and which groups were found.

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
        dialect::run(manager, RINGS).await
    }
}

const RINGS: &str = "
CREATE TABLE trace_key (
    id {KEY} CONSTRAINT trace_key_one CHECK (id = 1),
    secret varchar(64) NOT NULL,
    created_at {TIME} NOT NULL
);
-- A coarse network, as the start of a salted digest; it goes after a month.
CREATE TABLE traces (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    network {BIG} NOT NULL,
    seen_at {TIME} NOT NULL,
    PRIMARY KEY (person_id, network)
);
CREATE INDEX traces_by_network ON traces (network);
CREATE INDEX traces_by_age ON traces (seen_at);
CREATE TABLE rings (
    id {ID},
    found_at {TIME} NOT NULL,
    -- what speaks for it, each from 0 to 1
    alike {FLOAT} NOT NULL,
    devices {FLOAT} NOT NULL,
    networks {FLOAT} NOT NULL,
    made {FLOAT} NOT NULL,
    at_once {FLOAT} NOT NULL,
    outcome varchar(9) CHECK (outcome IN ('dismissed', 'excluded')),
    reason varchar(500),
    decided_by {UUID} REFERENCES persons (id),
    decided_at {TIME}
);
CREATE INDEX rings_open ON rings (id) WHERE outcome IS NULL;
CREATE TABLE ring_members (
    ring_id {BIG} NOT NULL REFERENCES rings (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id),
    PRIMARY KEY (ring_id, person_id)
);
CREATE INDEX ring_members_by_person ON ring_members (person_id);
CREATE TABLE ring_posts (
    ring_id {BIG} NOT NULL REFERENCES rings (id) ON DELETE CASCADE,
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    votes {BIG} NOT NULL,
    PRIMARY KEY (ring_id, post_id)
);
CREATE INDEX ring_posts_by_post ON ring_posts (post_id);
-- How far the history was looked through: votes of before left no traces.
CREATE TABLE ring_watch (
    id {KEY} CONSTRAINT ring_watch_one CHECK (id = 1),
    checked_to {BIG} NOT NULL
);
INSERT INTO ring_watch (id, checked_to) SELECT 1, COALESCE(MAX(id), 0) FROM events;
";
