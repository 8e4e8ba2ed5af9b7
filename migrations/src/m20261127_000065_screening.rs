//! What is looked at before everybody reads it: posts and comments of people who are new, for a working day at most.

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
        dialect::run(manager, SCREENINGS).await?;
        dialect::run(manager, INDEXES).await?;
        dialect::run_each(manager, KEPT_BY_SQLITE, KEPT_BY_POSTGRES).await
    }
}

const SCREENINGS: &str = "
CREATE TABLE screenings (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    comment_id {BIG} REFERENCES comments (id) ON DELETE CASCADE,
    cause varchar(12) NOT NULL,
    created_at {TIME} NOT NULL,
    -- when somebody should have looked at it
    due_at {TIME} NOT NULL,
    outcome varchar(8) CHECK (outcome IN ('released', 'hidden', 'removed')),
    decided_by {UUID} REFERENCES persons (id),
    decided_at {TIME}
);
CREATE INDEX screenings_open ON screenings (due_at, id) WHERE outcome IS NULL;
CREATE INDEX screenings_by_post ON screenings (post_id);
CREATE INDEX screenings_by_comment ON screenings (comment_id) WHERE comment_id IS NOT NULL;
-- The one that holds it back now, if one does.
ALTER TABLE posts ADD COLUMN screening_id {BIG} REFERENCES screenings (id);
ALTER TABLE comments ADD COLUMN screening_id {BIG} REFERENCES screenings (id);
CREATE INDEX comments_screened ON comments (post_id) WHERE screening_id IS NOT NULL;
";

/// Whether a post is held back is one more of the things that lists are narrowed by, and stands in their indexes with the others.
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
CREATE INDEX posts_by_trend ON posts (trend DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_board_trend ON posts (board_id, trend DESC, id DESC, stage, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_stage_trend ON posts (stage, trend DESC, id DESC, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_support ON posts (case_support DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_board_support ON posts (board_id, case_support DESC, id DESC, stage, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_stage_support ON posts (stage, case_support DESC, id DESC, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_number ON posts (id DESC, stage, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_board ON posts (board_id, id DESC, stage, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_stage_number ON posts (stage, id DESC, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_by_stage ON posts (stage, stage_at DESC, id DESC, board_id, kind, status_id, hidden_by, head_id, screening_id);
CREATE INDEX posts_delivered ON posts (stage_at DESC, id DESC, stage, board_id, kind, status_id, hidden_by, head_id, screening_id)
    WHERE COALESCE(stage, '') IN ('delivered', 'confirmed');
CREATE INDEX posts_waiting ON posts (answer_due_at, id, stage, board_id, kind, status_id, hidden_by, head_id, screening_id) WHERE answer_due_at IS NOT NULL;
CREATE INDEX posts_unseen ON posts (id DESC, created_at, board_id, hidden_by, head_id, screening_id, case_support)
    WHERE support_count = 0 AND oppose_count = 0 AND stage = 'received';
";

/// What is held back is in no total.
const KEPT_BY_SQLITE: &str = "
DROP TRIGGER posts_counted_anew;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, head_id, hidden_by, screening_id ON posts
WHEN (OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.head_id IS NULL AND OLD.hidden_by IS NULL AND OLD.screening_id IS NULL)
    IS NOT (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.head_id IS NULL AND NEW.hidden_by IS NULL AND NEW.screening_id IS NULL) BEGIN
    INSERT INTO post_counts
        SELECT tag_id, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE OLD.head_id IS NULL AND OLD.hidden_by IS NULL AND OLD.screening_id IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
    INSERT INTO post_counts
        SELECT tag_id, NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NOT NULL, 0, 1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE NEW.head_id IS NULL AND NEW.hidden_by IS NULL AND NEW.screening_id IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
DROP TRIGGER posts_uncounted;
CREATE TRIGGER posts_uncounted BEFORE DELETE ON posts BEGIN
    DELETE FROM post_tags WHERE post_id = OLD.id;
    INSERT INTO post_counts
        SELECT 0, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1 WHERE OLD.head_id IS NULL AND OLD.hidden_by IS NULL AND OLD.screening_id IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
DROP TRIGGER post_tags_counted;
CREATE TRIGGER post_tags_counted AFTER INSERT ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT NEW.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, 1 FROM posts
        WHERE id = NEW.post_id AND head_id IS NULL AND hidden_by IS NULL AND screening_id IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
DROP TRIGGER post_tags_uncounted;
CREATE TRIGGER post_tags_uncounted AFTER DELETE ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT OLD.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, -1 FROM posts
        WHERE id = OLD.post_id AND head_id IS NULL AND hidden_by IS NULL AND screening_id IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;

";

const KEPT_BY_POSTGRES: &str = "
DROP TRIGGER posts_counted_anew ON posts;
CREATE OR REPLACE FUNCTION count_post(p posts, tag bigint, step integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO post_counts AS c
        SELECT tag, p.board_id, p.kind, p.status_id, p.answer_due_at IS NOT NULL, pg_backend_pid(), step
        WHERE p.hidden_by IS NULL AND p.screening_id IS NULL
        ON CONFLICT (tag_id, board_id, kind, status_id, waiting, slot) DO UPDATE SET n = c.n + step
$$;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, head_id, hidden_by, screening_id ON posts
    FOR EACH ROW
    WHEN ((OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.head_id IS NULL, OLD.hidden_by IS NULL, OLD.screening_id IS NULL)
        IS DISTINCT FROM (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.head_id IS NULL, NEW.hidden_by IS NULL,
            NEW.screening_id IS NULL))
    EXECUTE FUNCTION posts_counted();
";
