//! Where posts belong, what they are tagged with, and where they can stand.

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
CREATE TABLE boards (
    id {ID},
    slug varchar(60) NOT NULL CONSTRAINT boards_slug UNIQUE,
    name varchar(80) NOT NULL,
    description varchar(500) NOT NULL,
    private boolean NOT NULL,
    imported_from varchar(200) CONSTRAINT boards_imported_from UNIQUE
);
CREATE TABLE board_groups (
    board_id {BIG} NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    group_id {BIG} NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (board_id, group_id)
);
CREATE TABLE tags (
    id {ID},
    slug varchar(40) NOT NULL CONSTRAINT tags_slug UNIQUE,
    name varchar(40) NOT NULL,
    -- made by the site, so that it is listed even without a post
    offered boolean NOT NULL
);
CREATE TABLE statuses (
    id {ID},
    slug varchar(40) NOT NULL CONSTRAINT statuses_slug UNIQUE,
    name varchar(40) NOT NULL,
    stage varchar(10) NOT NULL,
    colour varchar(7),
    position integer NOT NULL
);
INSERT INTO statuses (slug, name, stage, position) VALUES
    ('received', 'Received', 'received', 1), ('review', 'Under review', 'review', 2),
    ('planned', 'Planned', 'planned', 3), ('started', 'Started', 'started', 4),
    ('delivered', 'Delivered', 'delivered', 5), ('confirmed', 'Confirmed', 'confirmed', 6),
    ('declined', 'Declined', 'declined', 7), ('archived', 'Archived', 'archived', 8);
-- Site settings: one JSON value a key.
CREATE TABLE settings (
    key varchar(40) NOT NULL PRIMARY KEY,
    value {JSON} NOT NULL
);
",
        )
        .await
    }
}
