//! Who acts, and the ways in which they prove who they are.

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
CREATE TABLE persons (
    id {UUID} NOT NULL PRIMARY KEY,
    handle varchar(60) NOT NULL CONSTRAINT persons_handle UNIQUE,
    name varchar(80) NOT NULL,
    title varchar(80),
    -- lower case; without one (imported people) nobody can sign in
    email varchar(254) CONSTRAINT persons_email UNIQUE,
    password_hash text,
    role varchar(10) NOT NULL,
    language varchar(8),
    verified_at {TIME},
    imported_from varchar(120) CONSTRAINT persons_imported_from UNIQUE,
    created_at {TIME} NOT NULL
);
-- Secrets are 256 random bits; only their SHA-256 is kept.
CREATE TABLE sessions (
    id {UUID} NOT NULL PRIMARY KEY,
    secret_hash varchar(64) NOT NULL CONSTRAINT sessions_secret UNIQUE,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    device varchar(200) NOT NULL,
    created_at {TIME} NOT NULL,
    seen_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE TABLE tokens (
    id {ID},
    secret_hash varchar(64) NOT NULL CONSTRAINT tokens_secret UNIQUE,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    name varchar(80) NOT NULL,
    scopes varchar(60) NOT NULL,
    created_at {TIME} NOT NULL,
    used_at {TIME}
);
CREATE INDEX tokens_by_person ON tokens (person_id);
-- A link that works once: verify an address, set a new password, set up the site.
CREATE TABLE links (
    secret_hash varchar(64) NOT NULL PRIMARY KEY,
    purpose varchar(10) NOT NULL,
    person_id {UUID} REFERENCES persons (id) ON DELETE CASCADE,
    -- what was typed when signing up: it takes effect with the link that belongs to it, not with somebody else's
    name varchar(80),
    password_hash text,
    created_at {TIME} NOT NULL,
    expires_at {TIME} NOT NULL,
    used_at {TIME}
);
CREATE INDEX links_by_person ON links (person_id);
CREATE TABLE groups (
    id {ID},
    slug varchar(60) NOT NULL CONSTRAINT groups_slug UNIQUE,
    name varchar(80) NOT NULL
);
CREATE TABLE group_members (
    group_id {BIG} NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX group_members_by_person ON group_members (person_id);
",
        )
        .await
    }
}
