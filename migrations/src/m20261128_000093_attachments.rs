//! Pictures and documents that people add to what they write. What is in a file stands apart from what is known of it: the same bytes are
//! kept once, and go with the last who refers to them.

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
CREATE TABLE files (
    -- SHA-256 of the content, in hexadecimal
    digest varchar(64) PRIMARY KEY,
    content {BYTES} NOT NULL
);
CREATE TABLE attachments (
    id {ID},
    -- who sent it
    person_id {UUID} NOT NULL REFERENCES persons (id),
    -- the post that it belongs to, or under which the comment or the answer stands that it belongs to; none while it belongs to nothing yet
    post_id {BIG} REFERENCES posts (id),
    comment_id {BIG} REFERENCES comments (id),
    answer_id {BIG} REFERENCES answers (id),
    name varchar(80) NOT NULL,
    media varchar(40) NOT NULL,
    bytes {BIG} NOT NULL,
    width integer,
    height integer,
    -- what there is to see, for those who can't see it
    alt text NOT NULL,
    digest varchar(64) NOT NULL REFERENCES files (digest),
    -- the small picture
    small_digest varchar(64) REFERENCES files (digest),
    created_at {TIME} NOT NULL,
    -- when it goes unless it belongs to something by then
    expires_at {TIME}
);
CREATE INDEX attachments_of_post ON attachments (post_id);
CREATE INDEX attachments_of_comment ON attachments (comment_id) WHERE comment_id IS NOT NULL;
CREATE INDEX attachments_of_answer ON attachments (answer_id) WHERE answer_id IS NOT NULL;
CREATE INDEX attachments_of_owner ON attachments (person_id);
CREATE INDEX attachments_with_file ON attachments (digest);
CREATE INDEX attachments_with_small ON attachments (small_digest) WHERE small_digest IS NOT NULL;
CREATE INDEX attachments_expiring ON attachments (expires_at) WHERE expires_at IS NOT NULL;
",
        )
        .await?;
        // what is in them is packed already
        dialect::run_each(manager, "SELECT 1", "ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL").await
    }
}
