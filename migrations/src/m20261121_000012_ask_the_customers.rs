//! The word of the customers: it happened again, confirmation, rebuttal; and answers that the forum gives by a rule.

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
CREATE TABLE agains (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id),
    body text NOT NULL,
    body_html text NOT NULL,
    language varchar(8) NOT NULL,
    -- the solution after which it happened again, if there was one
    solved_at {TIME},
    -- whether it raised the level
    raised boolean NOT NULL,
    created_at {TIME} NOT NULL
);
CREATE INDEX agains_by_post ON agains (post_id, id);
CREATE INDEX agains_by_person ON agains (person_id, id);
-- Whom we asked whether it is solved, and what they said. One question a person, answer and round.
CREATE TABLE asks (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    answer_id {BIG} NOT NULL,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    -- 1 after the delivery, 2 four weeks later
    round integer NOT NULL,
    author boolean NOT NULL,
    secret_hash varchar(64),
    created_at {TIME} NOT NULL,
    said varchar(3) CHECK (said IN ('yes', 'no')),
    note varchar(500),
    said_at {TIME},
    CONSTRAINT asks_one_per_person UNIQUE (answer_id, person_id, round)
);
CREATE UNIQUE INDEX asks_secret ON asks (secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX asks_by_post ON asks (post_id, id);
CREATE INDEX asks_by_person ON asks (person_id, id) WHERE said IS NULL;
-- The round of questions that follows a delivery: when it closes, and when the author is asked once more.
CREATE TABLE checks (
    answer_id {BIG} NOT NULL PRIMARY KEY,
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    closes_at {TIME} NOT NULL,
    closed_at {TIME},
    -- confirmed, reopened, unconfirmed, overtaken
    outcome varchar(12),
    yes_count {BIG},
    said_count {BIG},
    asks_again_at {TIME},
    asked_again_at {TIME}
);
CREATE INDEX checks_by_post ON checks (post_id, answer_id);
CREATE INDEX checks_to_close ON checks (closes_at) WHERE closed_at IS NULL;
CREATE INDEX checks_to_ask ON checks (asks_again_at) WHERE asked_again_at IS NULL AND asks_again_at IS NOT NULL;
-- What an author says to a refusal.
CREATE TABLE rebuttals (
    id {ID},
    answer_id {BIG} NOT NULL CONSTRAINT rebuttals_one_per_answer UNIQUE,
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id),
    body text NOT NULL,
    body_html text NOT NULL,
    language varchar(8) NOT NULL,
    created_at {TIME} NOT NULL,
    -- when staff said that they have read it
    read_at {TIME}
);
CREATE INDEX rebuttals_by_post ON rebuttals (post_id, id);
-- Whether an idea came from customers, was planned already, or both; every word on it.
CREATE TABLE provenances (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id),
    provenance varchar(10) NOT NULL,
    reason varchar(500),
    by_id {UUID} NOT NULL REFERENCES persons (id),
    created_at {TIME} NOT NULL
);
CREATE INDEX provenances_by_post ON provenances (post_id, id);
",
        )
        .await?;
        dialect::append_only(manager, "provenances").await?;
        // an answer may come from the forum itself, under a rule
        dialect::run_each(
            manager,
            "
CREATE TABLE answers_of_now (
    id {ID},
    post_id bigint NOT NULL REFERENCES posts (id),
    author_id uuid_text REFERENCES persons (id),
    from_status_id bigint NOT NULL REFERENCES statuses (id),
    status_id bigint NOT NULL REFERENCES statuses (id),
    what text NOT NULL,
    what_html text NOT NULL,
    who varchar(200),
    next_update_on date_text,
    reason_class varchar(10),
    reexamine_on date_text,
    final boolean NOT NULL,
    language varchar(8) NOT NULL,
    due_at timestamp_with_timezone_text,
    created_at timestamp_with_timezone_text NOT NULL,
    -- why the forum gave it, when it did
    cause varchar(20),
    -- the role of whoever allowed what was beyond the mandate of its author
    decided_role varchar(10),
    CHECK ((author_id IS NULL) = (cause IS NOT NULL))
);
INSERT INTO answers_of_now (id, post_id, author_id, from_status_id, status_id, what, what_html, who, next_update_on, reason_class,
        reexamine_on, final, language, due_at, created_at)
    SELECT id, post_id, author_id, from_status_id, status_id, what, what_html, who, next_update_on, reason_class,
        reexamine_on, final, language, due_at, created_at FROM answers;
DROP TABLE answers;
ALTER TABLE answers_of_now RENAME TO answers;
CREATE INDEX answers_by_post ON answers (post_id, id);",
            "ALTER TABLE answers ALTER COLUMN author_id DROP NOT NULL;
ALTER TABLE answers ADD COLUMN cause varchar(20);
ALTER TABLE answers ADD COLUMN decided_role varchar(10);
ALTER TABLE answers ADD CHECK ((author_id IS NULL) = (cause IS NOT NULL));",
        )
        .await?;
        // the table is a new one on SQLite, and the rules that guarded the old one went with it
        dialect::guard_again(manager, "answers").await
    }
}
