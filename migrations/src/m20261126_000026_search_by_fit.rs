//! The index of words once more: a row of each post with its title, tags and text apart, and a row of each comment, both under their own
//! numbers. It is filled when the forum is opened: only that knows how words are cut.

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
DROP TABLE search_index;
DROP TABLE search_documents;
-- By which version of the forum's words the index was made.
CREATE TABLE search_version (version integer NOT NULL);
INSERT INTO search_version (version) VALUES (0);
",
        )
        .await?;
        dialect::run_each(
            manager,
            "CREATE VIRTUAL TABLE search_posts USING fts5(title, tags, body, tokenize = 'ascii', prefix = '3');
             CREATE VIRTUAL TABLE search_comments USING fts5(body, tokenize = 'ascii', prefix = '3');",
            "CREATE TABLE search_posts (
                rowid bigint PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
                title text NOT NULL, tags text NOT NULL, body text NOT NULL, title_words tsvector NOT NULL, words tsvector NOT NULL
             );
             CREATE INDEX search_posts_title_words ON search_posts USING gin (title_words);
             CREATE INDEX search_posts_words ON search_posts USING gin (words);
             CREATE TABLE search_comments (
                rowid bigint PRIMARY KEY REFERENCES comments (id) ON DELETE CASCADE, body text NOT NULL, words tsvector NOT NULL
             );
             CREATE INDEX search_comments_words ON search_comments USING gin (words);",
        )
        .await
    }
}
