//! What was delivered, told in public: entries, the posts that asked for it, and what each entry said before it was corrected.

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
        dialect::run(manager, TABLES).await?;
        dialect::append_only(manager, "changelog_corrections").await
    }
}

const TABLES: &str = "
CREATE TABLE changelog_entries (
    id {ID},
    category varchar(8) NOT NULL,
    title varchar(120) NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    language varchar(35) NOT NULL,
    -- whether it is for everybody, also for those who may see none of its posts
    for_all boolean NOT NULL,
    author_id {UUID} NOT NULL REFERENCES persons (id),
    version integer NOT NULL DEFAULT 1,
    created_at {TIME} NOT NULL,
    updated_at {TIME} NOT NULL,
    -- from when on it is in public; null for a draft
    published_at {TIME},
    published_by {UUID} REFERENCES persons (id),
    published_role varchar(10),
    -- when those whom it concerns were told
    told_at {TIME},
    withdrawn_at {TIME},
    withdrawn_reason varchar(500)
);
CREATE INDEX changelog_by_date ON changelog_entries (published_at DESC, id DESC, category);
CREATE INDEX changelog_untold ON changelog_entries (published_at) WHERE told_at IS NULL AND published_at IS NOT NULL;
CREATE TABLE changelog_posts (
    id {ID},
    entry_id {BIG} NOT NULL REFERENCES changelog_entries (id) ON DELETE CASCADE,
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    -- the number of the correction that added it, and of the one that took it away
    added_by integer,
    ended_by integer
);
CREATE UNIQUE INDEX changelog_posts_once ON changelog_posts (entry_id, post_id) WHERE ended_by IS NULL;
CREATE INDEX changelog_of_post ON changelog_posts (post_id) WHERE ended_by IS NULL;
CREATE TABLE changelog_corrections (
    id {ID},
    entry_id {BIG} NOT NULL REFERENCES changelog_entries (id),
    number integer NOT NULL,
    -- what stood there until then
    category varchar(8) NOT NULL,
    title varchar(120) NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    language varchar(35) NOT NULL,
    reason varchar(500) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    role varchar(10) NOT NULL,
    created_at {TIME} NOT NULL
);
CREATE INDEX events_of_changelog ON events (subject_id, id) WHERE subject = 'changelog';
CREATE UNIQUE INDEX changelog_corrections_once ON changelog_corrections (entry_id, number);
";
