//! People without an account: a post, and a receipt that speaks for whoever wrote it.

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
-- how it came in: that stays when its author signs up later
ALTER TABLE posts ADD COLUMN guest boolean NOT NULL DEFAULT false;
-- one line a post for all figures: they read this index and no row
DROP INDEX posts_facts;
CREATE INDEX posts_facts ON posts (created_at, id, kind, board_id, language, stage, level, owner_id, newcomer, guest, first_contact,
    support_count, oppose_count, again_count, answered_at, first_due_at, decided_at, delivered_at, confirmed_at)
    WHERE imported_from IS NULL;
CREATE TABLE receipts (
    person_id {UUID} NOT NULL PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
    post_id {BIG} NOT NULL UNIQUE REFERENCES posts (id) ON DELETE CASCADE,
    -- digest of the form that it came with, so that a button pressed twice makes one post
    form varchar(64) NOT NULL,
    created_at {TIME} NOT NULL,
    -- where to tell what comes of it, if anywhere, and since when it is known that its reader wants that
    email varchar(254),
    confirmed_at {TIME}
);
CREATE INDEX receipts_by_form ON receipts (form);
-- the links to a receipt: the one that its page showed, and one for each letter
CREATE TABLE receipt_keys (
    secret_hash varchar(64) NOT NULL PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES receipts (person_id) ON DELETE CASCADE,
    -- whether it went to the address, so that whoever has it reads what is sent there
    mailed boolean NOT NULL,
    created_at {TIME} NOT NULL
);
CREATE INDEX receipt_keys_by_person ON receipt_keys (person_id);
",
        )
        .await?;
        // an act is never changed, but whose thing it was done to can say who they are: a guest, once
        dialect::run_each(
            manager,
            "DROP TRIGGER moderation_acts_never_updated;
             CREATE TRIGGER moderation_acts_never_updated BEFORE UPDATE OF id, target, post_id, comment_id, act, rule, reason, by_id, role,
                    review_on, until_on, version, from_board_id, to_board_id, undoes_id, created_at ON moderation_acts
                BEGIN SELECT RAISE(ABORT, 'moderation_acts is append-only'); END;
             CREATE TRIGGER moderation_acts_keep_whose BEFORE UPDATE OF person_id ON moderation_acts
                WHEN NOT EXISTS (SELECT 1 FROM receipts WHERE person_id = OLD.person_id)
                BEGIN SELECT RAISE(ABORT, 'moderation_acts is append-only'); END;",
            "CREATE OR REPLACE FUNCTION moderation_acts_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'UPDATE' THEN
                        IF to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id'
                            AND EXISTS (SELECT 1 FROM receipts WHERE person_id = OLD.person_id) THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'moderation_acts is append-only';
                END $$",
        )
        .await
    }
}
