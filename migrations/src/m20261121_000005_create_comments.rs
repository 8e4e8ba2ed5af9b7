//! Replies in a thread under a post.

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
CREATE TABLE comments (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    parent_id {BIG} REFERENCES comments (id),
    author_id {UUID} NOT NULL REFERENCES persons (id),
    body text NOT NULL,
    body_html text NOT NULL,
    language varchar(8) NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at {TIME} NOT NULL,
    edited_at {TIME},
    removed_at {TIME}
);
CREATE INDEX comments_by_post ON comments (post_id, id);
CREATE INDEX comments_by_author ON comments (author_id, id);
CREATE TABLE comment_versions (
    comment_id {BIG} NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    number integer NOT NULL,
    body text NOT NULL,
    created_at {TIME} NOT NULL,
    PRIMARY KEY (comment_id, number)
);
",
        )
        .await
    }
}
