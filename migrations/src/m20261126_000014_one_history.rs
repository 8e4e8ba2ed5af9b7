//! One history: an event says what it is about, on which board, in which role and why.

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
ALTER TABLE events ADD COLUMN subject varchar(12);
ALTER TABLE events ADD COLUMN subject_id varchar(36);
ALTER TABLE events ADD COLUMN board_id {BIG} REFERENCES boards (id);
-- the role of the actor then; of what happened before this was kept nobody knows it
ALTER TABLE events ADD COLUMN role varchar(10);
-- the house rule that it followed from, and the public reason
ALTER TABLE events ADD COLUMN rule integer;
ALTER TABLE events ADD COLUMN reason varchar(500);
UPDATE events SET board_id = (SELECT p.board_id FROM posts p WHERE p.id = events.post_id);
UPDATE events SET subject = 'comment', subject_id = data ->> 'comment' WHERE kind LIKE 'comment!_%' ESCAPE '!';
UPDATE events SET subject = 'answer', subject_id = data ->> 'answer'
    WHERE kind IN ('answer_published', 'customers_asked', 'solved_said', 'check_closed', 'rebutted');
UPDATE events SET subject = 'person', subject_id = data ->> 'person' WHERE kind IN ('owner_set', 'owner_released');
UPDATE events SET subject = 'handover', subject_id = data ->> 'handover' WHERE kind LIKE 'handover!_%' ESCAPE '!';
UPDATE events SET subject = 'request', subject_id = data ->> 'request' WHERE kind LIKE 'request!_%' ESCAPE '!';
UPDATE events SET subject = 'promise', subject_id = data ->> 'promise' WHERE kind LIKE 'promise!_%' ESCAPE '!';
UPDATE events SET subject = 'again', subject_id = data ->> 'again' WHERE kind = 'happened_again';
UPDATE events SET subject = 'post', subject_id = CAST(post_id AS varchar(36)) WHERE subject IS NULL AND post_id IS NOT NULL;
-- reasons stand beside the kind, not in it
UPDATE events SET reason = data ->> 'reason' WHERE kind IN ('clock_extended', 'clocks_stopped');
UPDATE events SET reason = (SELECT l.reason FROM levels l WHERE l.post_id = events.post_id AND l.created_at = events.created_at
        AND l.to_level < l.from_level LIMIT 1)
    WHERE kind = 'level_changed' AND data ->> 'cause' = 'lowered';
UPDATE events SET reason = (SELECT v.reason FROM provenances v WHERE v.post_id = events.post_id AND v.created_at = events.created_at LIMIT 1)
    WHERE kind = 'provenance_set';
UPDATE events SET reason = (SELECT v.reason FROM post_versions v WHERE v.post_id = events.post_id AND CAST(v.number AS varchar(36)) = CAST(data ->> 'version' AS varchar(36))),
        rule = (SELECT v.rule FROM post_versions v WHERE v.post_id = events.post_id AND CAST(v.number AS varchar(36)) = CAST(data ->> 'version' AS varchar(36)))
    WHERE kind = 'post_edited';
UPDATE events SET reason = (SELECT a.note FROM promise_acts a WHERE CAST(a.promise_id AS varchar(36)) = events.subject_id AND a.act = 'withdrawn'
        AND a.created_at = events.created_at LIMIT 1)
    WHERE kind = 'promise_withdrawn';
-- the story of a post is read by kind: votes are the many events, and tell nothing
DROP INDEX events_by_post;
CREATE INDEX events_by_post ON events (post_id, kind, id);
",
        )
        .await?;
        // whose sign-up or verification an event was, its time tells; SQLite keeps the number of a person as bytes
        let of = |column: &str, number: &str| {
            format!(
                "UPDATE events SET subject = 'person', subject_id =
                    (SELECT {number} FROM persons p WHERE p.{column} = events.created_at ORDER BY p.id LIMIT 1)"
            )
        };
        let hex = "lower(substr(hex(p.id), 1, 8) || '-' || substr(hex(p.id), 9, 4) || '-' || substr(hex(p.id), 13, 4) || '-'
            || substr(hex(p.id), 17, 4) || '-' || substr(hex(p.id), 21))";
        let each = |number: &str, object: &str| {
            format!(
                "CREATE INDEX persons_by_time ON persons (created_at, id);
                 CREATE INDEX persons_by_verification ON persons (verified_at, id);
                 {} WHERE kind = 'person_signed_up';
                 {} WHERE kind = 'person_verified';
                 DROP INDEX persons_by_time;
                 DROP INDEX persons_by_verification;
                 UPDATE events SET data = {object}('kind', kind, 'person', subject_id)
                    WHERE kind IN ('person_signed_up', 'person_verified') AND subject_id IS NOT NULL;",
                of("created_at", number),
                of("verified_at", number)
            )
        };
        dialect::run_each(manager, &each(hex, "json_object"), &each("CAST(p.id AS varchar(36))", "jsonb_build_object")).await
    }
}
