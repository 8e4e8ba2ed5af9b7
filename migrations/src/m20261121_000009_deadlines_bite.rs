//! Deadlines with consequences: extensions, stops, levels.

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
-- The level on which the clock runs.
ALTER TABLE clocks ADD COLUMN level integer NOT NULL DEFAULT 1;
-- When it was due before it was extended for the first time.
ALTER TABLE clocks ADD COLUMN extended_from {TIME};
-- While the customer is asked: since when it stands still, until when at most, and the working days that it has stood so far.
ALTER TABLE clocks ADD COLUMN stopped_at {TIME};
ALTER TABLE clocks ADD COLUMN stopped_until {TIME};
ALTER TABLE clocks ADD COLUMN stopped_days integer NOT NULL DEFAULT 0;
-- Set once, when the consequences of its being missed were drawn.
ALTER TABLE clocks ADD COLUMN missed_at {TIME};
DROP INDEX clocks_one_open;
CREATE UNIQUE INDEX clocks_one_open ON clocks (post_id, name) WHERE ended_at IS NULL AND missed_at IS NULL;
CREATE INDEX clocks_to_miss ON clocks (due_at, post_id) WHERE ended_at IS NULL AND missed_at IS NULL;
CREATE TABLE clock_extensions (
    id {ID},
    clock_id {BIG} NOT NULL REFERENCES clocks (id),
    post_id {BIG} NOT NULL REFERENCES posts (id),
    old_due_at {TIME} NOT NULL,
    new_due_at {TIME} NOT NULL,
    reason varchar(500) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    created_at {TIME} NOT NULL
);
CREATE INDEX clock_extensions_by_post ON clock_extensions (post_id, id);
-- The company waits for the customer.
CREATE TABLE stops (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id),
    reason varchar(500) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    -- when the clocks run again at the latest
    until_at {TIME} NOT NULL,
    ended_at {TIME},
    ended_by {UUID} REFERENCES persons (id)
);
CREATE INDEX stops_by_post ON stops (post_id, id);
CREATE UNIQUE INDEX stops_one_open ON stops (post_id) WHERE ended_at IS NULL;
CREATE INDEX stops_open ON stops (until_at) WHERE ended_at IS NULL;
-- How a post went up, or down.
CREATE TABLE levels (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id),
    from_level integer NOT NULL,
    to_level integer NOT NULL,
    cause varchar(20) NOT NULL,
    clock varchar(12),
    reason varchar(500),
    by_id {UUID} REFERENCES persons (id),
    created_at {TIME} NOT NULL
);
CREATE INDEX levels_by_post ON levels (post_id, id);
-- Facts of a post's life that figures are computed from; they are written with the answer that they tell of.
ALTER TABLE posts ADD COLUMN answered_at {TIME};
-- when the first answer was due, written with it
ALTER TABLE posts ADD COLUMN first_due_at {TIME};
ALTER TABLE posts ADD COLUMN decided_at {TIME};
ALTER TABLE posts ADD COLUMN delivered_at {TIME};
ALTER TABLE posts ADD COLUMN confirmed_at {TIME};
ALTER TABLE posts ADD COLUMN handover_count integer NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN again_count {BIG} NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN provenance varchar(10);
-- whether the first answer decided it, by the first person who read it and without asking anybody
ALTER TABLE posts ADD COLUMN first_contact boolean NOT NULL DEFAULT false;
-- whether the author had joined less than 30 days before
ALTER TABLE posts ADD COLUMN newcomer boolean NOT NULL DEFAULT false;
UPDATE posts SET
    answered_at = (SELECT MIN(a.created_at) FROM answers a WHERE a.post_id = posts.id),
    first_due_at = (SELECT a.due_at FROM answers a WHERE a.post_id = posts.id ORDER BY a.id LIMIT 1),
    decided_at = (SELECT MIN(a.created_at) FROM answers a JOIN statuses s ON s.id = a.status_id
                  WHERE a.post_id = posts.id AND s.stage NOT IN ('received', 'review')),
    delivered_at = (SELECT MAX(a.created_at) FROM answers a JOIN statuses s ON s.id = a.status_id
                    WHERE a.post_id = posts.id AND s.stage = 'delivered');
-- all that figures need of a post, beside each other: the rows themselves are long, and these columns stand behind the texts
CREATE INDEX posts_facts ON posts (created_at, id, kind, board_id, language, stage, level, owner_id, newcomer, first_contact,
    support_count, oppose_count, again_count, first_due_at, answered_at, decided_at, delivered_at, confirmed_at) WHERE imported_from IS NULL;
CREATE INDEX posts_without_owner ON posts (created_at) WHERE owner_id IS NULL AND imported_from IS NULL;
",
        )
        .await?;
        dialect::append_only(manager, "clock_extensions").await?;
        dialect::append_only(manager, "levels").await
    }
}
