//! What customers submit, with the counts and the rank that lists are sorted by.

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
CREATE TABLE posts (
    id {ID},
    slug varchar(80) NOT NULL,
    kind varchar(10) NOT NULL,
    title varchar(120) NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    excerpt varchar(240) NOT NULL,
    language varchar(8) NOT NULL,
    board_id {BIG} NOT NULL REFERENCES boards (id),
    author_id {UUID} NOT NULL REFERENCES persons (id),
    owner_id {UUID} REFERENCES persons (id),
    status_id {BIG} NOT NULL REFERENCES statuses (id),
    -- copied from the status, with the time of entry: lists filter and sort by it
    stage varchar(10) NOT NULL,
    stage_at {TIME} NOT NULL,
    level integer NOT NULL DEFAULT 1,
    -- they change in the same transaction as what they count
    support_count {BIG} NOT NULL DEFAULT 0 CHECK (support_count >= 0),
    oppose_count {BIG} NOT NULL DEFAULT 0 CHECK (oppose_count >= 0),
    comment_count {BIG} NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
    trend {FLOAT} NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at {TIME} NOT NULL,
    edited_at {TIME},
    imported_from varchar(200) CONSTRAINT posts_imported_from UNIQUE
);
CREATE INDEX posts_by_trend ON posts (trend DESC, id DESC);
CREATE INDEX posts_by_support ON posts (support_count DESC, id DESC);
CREATE INDEX posts_by_stage ON posts (stage, stage_at DESC, id DESC);
CREATE INDEX posts_by_board ON posts (board_id, id DESC);
CREATE INDEX posts_by_author ON posts (author_id, id DESC);
CREATE TABLE post_tags (
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    tag_id {BIG} NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_tags_by_tag ON post_tags (tag_id, post_id);
-- Every wording that ever stood in public, the present one included.
CREATE TABLE post_versions (
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    number integer NOT NULL,
    title varchar(120) NOT NULL,
    body text NOT NULL,
    editor_id {UUID} NOT NULL REFERENCES persons (id),
    rule integer,
    reason varchar(500),
    created_at {TIME} NOT NULL,
    PRIMARY KEY (post_id, number)
);
",
        )
        .await
    }
}
