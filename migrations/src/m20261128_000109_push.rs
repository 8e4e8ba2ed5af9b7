//! News are pushed to the browsers and programs of whoever asks for it.

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
-- By what the services of browsers know that a message is ours.
CREATE TABLE push_key (
    id {KEY} CONSTRAINT push_key_one CHECK (id = 1),
    secret text NOT NULL,
    public varchar(88) NOT NULL,
    created_at {TIME} NOT NULL
);
-- Who is signed out, or has no token any more, is not pushed anything there.
CREATE TABLE push_devices (
    id {ID},
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    session_id {UUID} REFERENCES sessions (id) ON DELETE CASCADE,
    token_id bigint REFERENCES tokens (id) ON DELETE CASCADE,
    endpoint varchar(2000) NOT NULL CONSTRAINT push_devices_endpoint UNIQUE,
    p256dh varchar(88) NOT NULL,
    auth varchar(24) NOT NULL,
    created_at {TIME} NOT NULL,
    CONSTRAINT push_devices_let_in CHECK ((session_id IS NULL) <> (token_id IS NULL))
);
CREATE INDEX push_devices_by_person ON push_devices (person_id);
CREATE INDEX push_devices_by_session ON push_devices (session_id);
CREATE INDEX push_devices_by_token ON push_devices (token_id);
-- What was not taken yet.
CREATE TABLE pushes (
    id {ID},
    device_id bigint NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    notice_id bigint NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    attempts integer NOT NULL,
    next_try_at {TIME} NOT NULL,
    created_at {TIME} NOT NULL
);
CREATE INDEX pushes_due ON pushes (next_try_at, id);
CREATE INDEX pushes_by_device ON pushes (device_id);
CREATE INDEX pushes_by_notice ON pushes (notice_id);
-- Without a row: it is pushed.
CREATE TABLE push_silences (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    topic varchar(10) NOT NULL,
    PRIMARY KEY (person_id, topic)
);
",
        )
        .await
    }
}
