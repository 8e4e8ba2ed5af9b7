//! Posts that are one matter: which post heads the case, how many people and comments it has in all, and who thinks that two posts are one.

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
        dialect::run(manager, CASES).await?;
        dialect::run(manager, INDEXES).await?;
        dialect::run(manager, PROPOSALS).await?;
        dialect::run_each(manager, KEPT_BY_SQLITE, KEPT_BY_POSTGRES).await
    }
}

/// A post that heads no case counts for itself: lists are sorted by one column, whether or not there is a case.
const CASES: &str = "
-- Of a member: the post that heads the case, and the one that it was merged into, which may have been merged into another since.
ALTER TABLE posts ADD COLUMN head_id {BIG} REFERENCES posts (id);
ALTER TABLE posts ADD COLUMN joined_id {BIG} REFERENCES posts (id);
-- Of a head: its members, the people who support any of its posts, each once, and the comments on all of them.
ALTER TABLE posts ADD COLUMN member_count {BIG} NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN case_support {BIG} NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN case_comments {BIG} NOT NULL DEFAULT 0;
UPDATE posts SET case_support = support_count, case_comments = comment_count;
-- what is proposed about a post has an address of that name
UPDATE posts SET slug = 'same-post' WHERE slug = 'same';
CREATE INDEX posts_of_case ON posts (head_id, id) WHERE head_id IS NOT NULL;
-- A deadline that a head took over, and of which member.
ALTER TABLE clocks ADD COLUMN taken_from {BIG} REFERENCES posts (id);
DROP INDEX clocks_one_open;
CREATE UNIQUE INDEX clocks_one_open ON clocks (post_id, name) WHERE ended_at IS NULL AND missed_at IS NULL AND taken_from IS NULL;
CREATE INDEX clocks_taken ON clocks (taken_from) WHERE taken_from IS NOT NULL;
-- What happened to a case is found by its head.
CREATE INDEX events_of_cases ON events (subject_id, id) WHERE subject = 'case';
";

/// Indexes of lists have what narrows every list: that a post is no member of a case.
const INDEXES: &str = "
DROP INDEX posts_by_trend;
DROP INDEX posts_by_board_trend;
DROP INDEX posts_by_stage_trend;
DROP INDEX posts_by_support;
DROP INDEX posts_by_board_support;
DROP INDEX posts_by_stage_support;
DROP INDEX posts_by_number;
DROP INDEX posts_by_board;
DROP INDEX posts_by_stage_number;
DROP INDEX posts_by_stage;
DROP INDEX posts_delivered;
DROP INDEX posts_waiting;
DROP INDEX posts_unseen;
CREATE INDEX posts_by_trend ON posts (trend DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_board_trend ON posts (board_id, trend DESC, id DESC, stage, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_stage_trend ON posts (stage, trend DESC, id DESC, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_support ON posts (case_support DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_board_support ON posts (board_id, case_support DESC, id DESC, stage, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_stage_support ON posts (stage, case_support DESC, id DESC, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_number ON posts (id DESC, stage, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_board ON posts (board_id, id DESC, stage, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_stage_number ON posts (stage, id DESC, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_by_stage ON posts (stage, stage_at DESC, id DESC, board_id, kind, status_id, hidden_by, head_id);
CREATE INDEX posts_delivered ON posts (stage_at DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id)
    WHERE COALESCE(stage, '') IN ('delivered', 'confirmed');
CREATE INDEX posts_waiting ON posts (answer_due_at, id, stage, board_id, kind, status_id, hidden_by, head_id) WHERE answer_due_at IS NOT NULL;
CREATE INDEX posts_unseen ON posts (id DESC, created_at, board_id, hidden_by, head_id, case_support)
    WHERE support_count = 0 AND oppose_count = 0 AND stage = 'received';
";

/// The pair is kept in the order of its numbers, so that it is one pair whoever is named first.
const PROPOSALS: &str = "
CREATE TABLE merge_proposals (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    other_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    words varchar(500),
    created_at {TIME} NOT NULL,
    outcome varchar(8) CHECK (outcome IN ('merged', 'declined')),
    decided_by {UUID} REFERENCES persons (id),
    decided_at {TIME},
    reason varchar(500),
    CHECK (post_id < other_id),
    CONSTRAINT merge_proposals_once UNIQUE (post_id, other_id)
);
CREATE INDEX merge_proposals_open ON merge_proposals (id) WHERE outcome IS NULL;
CREATE INDEX merge_proposals_of_other ON merge_proposals (other_id);
";

/// Totals are of what stands in lists: members don't, and what is hidden doesn't. On PostgreSQL `count_post` sees to the latter.
const KEPT_BY_SQLITE: &str = "
DROP TRIGGER posts_counted_anew;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, head_id, hidden_by ON posts
WHEN (OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.head_id IS NULL AND OLD.hidden_by IS NULL)
    IS NOT (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.head_id IS NULL AND NEW.hidden_by IS NULL) BEGIN
    INSERT INTO post_counts
        SELECT tag_id, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE OLD.head_id IS NULL AND OLD.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
    INSERT INTO post_counts
        SELECT tag_id, NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NOT NULL, 0, 1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE NEW.head_id IS NULL AND NEW.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
DROP TRIGGER posts_uncounted;
CREATE TRIGGER posts_uncounted BEFORE DELETE ON posts BEGIN
    DELETE FROM post_tags WHERE post_id = OLD.id;
    INSERT INTO post_counts
        SELECT 0, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1 WHERE OLD.head_id IS NULL AND OLD.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
DROP TRIGGER post_tags_counted;
CREATE TRIGGER post_tags_counted AFTER INSERT ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT NEW.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, 1 FROM posts
        WHERE id = NEW.post_id AND head_id IS NULL AND hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
DROP TRIGGER post_tags_uncounted;
CREATE TRIGGER post_tags_uncounted AFTER DELETE ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT OLD.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, -1 FROM posts
        WHERE id = OLD.post_id AND head_id IS NULL AND hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
";

const KEPT_BY_POSTGRES: &str = "
CREATE OR REPLACE FUNCTION posts_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tag bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM post_tags WHERE post_id = OLD.id;
        IF OLD.head_id IS NULL THEN PERFORM count_post(OLD, 0, -1); END IF;
        RETURN OLD;
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM count_post(NEW, 0, 1);
    ELSE
        FOR tag IN SELECT 0 UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id LOOP
            IF OLD.head_id IS NULL THEN PERFORM count_post(OLD, tag, -1); END IF;
            IF NEW.head_id IS NULL THEN PERFORM count_post(NEW, tag, 1); END IF;
        END LOOP;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER posts_counted_anew ON posts;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, head_id, hidden_by ON posts FOR EACH ROW
    WHEN ((OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.head_id IS NULL, OLD.hidden_by IS NULL)
        IS DISTINCT FROM (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.head_id IS NULL, NEW.hidden_by IS NULL))
    EXECUTE FUNCTION posts_counted();
CREATE OR REPLACE FUNCTION post_tags_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM count_post(p, NEW.tag_id, 1) FROM posts p WHERE p.id = NEW.post_id AND p.head_id IS NULL;
    ELSE
        PERFORM count_post(p, OLD.tag_id, -1) FROM posts p WHERE p.id = OLD.post_id AND p.head_id IS NULL;
    END IF;
    RETURN NULL;
END $$;
";
