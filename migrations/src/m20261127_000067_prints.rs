//! By which the same text of people who are new is known again: for a week, and not the text.

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
CREATE TABLE prints (
    -- of the plain words of a text
    digest varchar(64) NOT NULL,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    comment_id {BIG} REFERENCES comments (id) ON DELETE CASCADE,
    created_at {TIME} NOT NULL
);
CREATE INDEX prints_by_digest ON prints (digest);
CREATE INDEX prints_by_person ON prints (person_id);
CREATE INDEX prints_by_post ON prints (post_id);
CREATE INDEX prints_by_comment ON prints (comment_id) WHERE comment_id IS NOT NULL;
CREATE INDEX prints_by_age ON prints (created_at);
",
        )
        .await
    }
}
