//! Words to find posts by: one document per post and per comment, already cut into plain words.

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
CREATE TABLE search_documents (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    comment_id {BIG} CONSTRAINT search_documents_comment UNIQUE REFERENCES comments (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX search_documents_post ON search_documents (post_id) WHERE comment_id IS NULL;
CREATE INDEX search_documents_by_post ON search_documents (post_id);
-- Every word that ever stood in a document, and each word with one letter left out: a mistyped word shares such a form
-- with the right one (symmetric delete, W. Garbe 2012).
CREATE TABLE search_words (
    word varchar(40) {COLLATE} NOT NULL PRIMARY KEY
);
CREATE TABLE search_near (
    form varchar(40) {COLLATE} NOT NULL,
    word varchar(40) {COLLATE} NOT NULL,
    PRIMARY KEY (form, word)
);
",
        )
        .await?;
        dialect::run_each(
            manager,
            "CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');",
            "CREATE TABLE search_index (rowid bigint PRIMARY KEY REFERENCES search_documents (id) ON DELETE CASCADE, words tsvector NOT NULL);
             CREATE INDEX search_index_words ON search_index USING gin (words);",
        )
        .await
    }
}
