//! The public record: every official act, chained.

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
-- All that a digest covers, as it covers it, and the digest: there is no column that could change unseen.
CREATE TABLE record_entries (
    seq {KEY},
    at varchar(27) {COLLATE} NOT NULL,
    act varchar(40) NOT NULL,
    subject varchar(60),
    post {BIG},
    role varchar(10),
    rule integer,
    reason varchar(64),
    contents varchar(64) NOT NULL,
    prev varchar(64) NOT NULL,
    digest varchar(64) NOT NULL
);
CREATE INDEX record_entries_by_act ON record_entries (act, seq);
CREATE INDEX record_entries_by_rule ON record_entries (rule, seq) WHERE rule IS NOT NULL;
-- What an entry covers without saying it: the event, and the salt of its digests, which goes when a person is erased.
CREATE TABLE record_openings (
    seq {KEY},
    event_id {BIG} NOT NULL CONSTRAINT record_openings_event UNIQUE REFERENCES events (id),
    internal boolean NOT NULL,
    salt varchar(64)
);
-- Where the chain ends. Whoever appends to it holds this row.
CREATE TABLE record_head (
    id {KEY} CONSTRAINT record_head_one CHECK (id = 1),
    seq {BIG} NOT NULL,
    digest varchar(64) NOT NULL,
    -- up to which event it was made sure that what is official stands in the record
    checked_to {BIG} NOT NULL,
    -- the version of the ranking formula that the record knows of
    ranking integer NOT NULL
);
INSERT INTO record_head (id, seq, digest, checked_to, ranking)
    VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, 2);
",
        )
        .await?;
        dialect::append_only_by(manager, "record_entries", "seq").await
    }
}
