//! People are told of events by notices, and letters are made from these.

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
-- An event concerns a person: once, however many reasons there are.
CREATE TABLE notices (
    id {ID},
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    event_id {BIG} NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    -- why it concerns them: the first that holds
    reason varchar(12) NOT NULL,
    created_at {TIME} NOT NULL,
    read_at {TIME},
    CONSTRAINT notices_one_per_event UNIQUE (person_id, event_id)
);
-- letters that wait become notices of the event that they were written for
INSERT INTO notices (person_id, event_id, reason, created_at)
    SELECT p.id, e.id, CASE WHEN e.kind = 'comment_posted' AND CAST(o.letter ->> 'reply' AS varchar(5)) IN ('1', 'true') THEN 'replied_to'
            WHEN e.kind = 'handover_offered' THEN 'receiver' WHEN e.kind LIKE 'handover!_%' ESCAPE '!' THEN 'giver'
            WHEN e.kind = 'owner_set' THEN 'person' WHEN e.kind = 'customers_asked' THEN 'asked' ELSE 'author' END, o.created_at
    FROM outbox o JOIN persons p ON p.email = o.recipient JOIN events e ON e.id = (
        SELECT MAX(x.id) FROM events x WHERE x.post_id = CAST(o.letter -> 'post' ->> 'id' AS bigint) AND x.created_at <= o.created_at
            AND x.kind = CASE o.letter ->> 'letter' WHEN 'answered' THEN 'answer_published' WHEN 'commented' THEN 'comment_posted'
                WHEN 'asked' THEN 'customers_asked' ELSE CASE o.letter -> 'told' ->> 'news'
                    WHEN 'raised' THEN 'level_changed' WHEN 'yours' THEN 'owner_set' WHEN 'waiting_for_you' THEN 'clocks_stopped'
                    WHEN 'extended' THEN 'clock_extended' WHEN 'promised' THEN 'promise_made' WHEN 'again' THEN 'happened_again'
                    ELSE o.letter -> 'told' ->> 'news' END END)
    WHERE o.sent_at IS NULL AND o.letter ->> 'letter' IN ('answered', 'commented', 'asked', 'told')
    ON CONFLICT (person_id, event_id) DO NOTHING;
",
        )
        .await?;
        let waiting = "FROM notices n JOIN persons p ON p.id = n.person_id WHERE p.email = outbox.recipient AND n.created_at = outbox.created_at
            ORDER BY n.id LIMIT 1";
        let told = "sent_at IS NULL AND letter ->> 'letter' IN ('answered', 'commented', 'asked', 'told')";
        dialect::run_each(
            manager,
            &format!(
                "UPDATE outbox SET letter = (SELECT json_object('letter', 'notice', 'notice', n.id, 'path', outbox.letter ->> 'path') {waiting})
                    WHERE {told} AND EXISTS (SELECT 1 {waiting});"
            ),
            &format!(
                "UPDATE outbox SET letter =
                        (SELECT jsonb_build_object('letter', 'notice', 'notice', n.id, 'path', outbox.letter ->> 'path') {waiting})
                    WHERE {told} AND EXISTS (SELECT 1 {waiting});"
            ),
        )
        .await
    }
}
