//! What the company does to what people wrote: each act with its rule and its reason, what it took away, and what its author says to it.

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
        dialect::run(manager, ACTS).await?;
        dialect::append_only(manager, "moderation_acts").await?;
        dialect::run(manager, INDEXES).await?;
        dialect::run_each(manager, KEPT_BY_SQLITE, KEPT_BY_POSTGRES).await
    }
}

const ACTS: &str = "
CREATE TABLE moderation_acts (
    id {ID},
    target varchar(8) NOT NULL,
    post_id {BIG} REFERENCES posts (id),
    comment_id {BIG} REFERENCES comments (id),
    -- whose thing it is: the author, the voter, or the person themselves
    person_id {UUID} NOT NULL REFERENCES persons (id),
    act varchar(12) NOT NULL,
    rule integer NOT NULL,
    reason varchar(500) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    role varchar(10) NOT NULL,
    review_on {DATE},
    -- the last day of a ban
    until_on {DATE},
    -- the wording that an edit made
    version integer,
    from_board_id {BIG} REFERENCES boards (id),
    to_board_id {BIG} REFERENCES boards (id),
    -- the act that this one takes back
    undoes_id {BIG} REFERENCES moderation_acts (id),
    created_at {TIME} NOT NULL
);
CREATE UNIQUE INDEX moderation_undone ON moderation_acts (undoes_id) WHERE undoes_id IS NOT NULL;
CREATE INDEX moderation_by_post ON moderation_acts (post_id, id) WHERE post_id IS NOT NULL;
CREATE INDEX moderation_by_comment ON moderation_acts (comment_id, id) WHERE comment_id IS NOT NULL;
CREATE INDEX moderation_by_person ON moderation_acts (person_id, id);
CREATE INDEX moderation_by_review ON moderation_acts (review_on, id) WHERE review_on IS NOT NULL;
-- What is hidden does not stand in the tables that everybody reads, so that no list, feed or search can tell of it.
CREATE TABLE hidden_texts (
    act_id {BIG} PRIMARY KEY REFERENCES moderation_acts (id),
    title text,
    body text NOT NULL,
    body_html text NOT NULL
);
-- What was taken out of a text, to be put back if the act is taken back.
CREATE TABLE redactions (
    act_id {BIG} PRIMARY KEY REFERENCES moderation_acts (id),
    passage text NOT NULL
);
CREATE TABLE appeals (
    id {ID},
    act_id {BIG} NOT NULL CONSTRAINT appeals_once UNIQUE REFERENCES moderation_acts (id),
    body text NOT NULL,
    created_at {TIME} NOT NULL,
    due_at {TIME} NOT NULL,
    outcome varchar(8),
    reason varchar(500),
    decided_by {UUID} REFERENCES persons (id),
    role varchar(10),
    decided_at {TIME}
);
CREATE INDEX appeals_open ON appeals (due_at, id) WHERE outcome IS NULL;
-- Which act it is that holds now, if one does.
ALTER TABLE posts ADD COLUMN hidden_by {BIG} REFERENCES moderation_acts (id);
ALTER TABLE posts ADD COLUMN locked_by {BIG} REFERENCES moderation_acts (id);
ALTER TABLE comments ADD COLUMN hidden_by {BIG} REFERENCES moderation_acts (id);
ALTER TABLE votes ADD COLUMN excluded_by {BIG} REFERENCES moderation_acts (id);
ALTER TABLE persons ADD COLUMN banned_by {BIG} REFERENCES moderation_acts (id);
ALTER TABLE persons ADD COLUMN banned_until {TIME};
-- the staff has edited posts under rules before
INSERT INTO moderation_acts (target, post_id, person_id, act, rule, reason, by_id, role, version, created_at)
    SELECT 'post', v.post_id, p.author_id, 'edit', v.rule, v.reason, v.editor_id,
        COALESCE((SELECT MIN(e.role) FROM events e
            WHERE e.post_id = v.post_id AND e.kind = 'post_edited' AND e.created_at = v.created_at), 'agent'), v.number, v.created_at
    FROM post_versions v JOIN posts p ON p.id = v.post_id WHERE v.rule IS NOT NULL AND v.reason IS NOT NULL ORDER BY v.created_at;
-- pages of posts have these names now
UPDATE posts SET slug = slug || '-post' WHERE slug IN ('flag', 'moderate');
";

/// Whether a post is hidden is one more of the things that lists are narrowed by, and stands in their indexes with the others.
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
CREATE INDEX posts_by_trend ON posts (trend DESC, id DESC, stage, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_board_trend ON posts (board_id, trend DESC, id DESC, stage, kind, status_id, hidden_by);
CREATE INDEX posts_by_stage_trend ON posts (stage, trend DESC, id DESC, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_support ON posts (support_count DESC, id DESC, stage, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_board_support ON posts (board_id, support_count DESC, id DESC, stage, kind, status_id, hidden_by);
CREATE INDEX posts_by_stage_support ON posts (stage, support_count DESC, id DESC, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_number ON posts (id DESC, stage, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_board ON posts (board_id, id DESC, stage, kind, status_id, hidden_by);
CREATE INDEX posts_by_stage_number ON posts (stage, id DESC, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_by_stage ON posts (stage, stage_at DESC, id DESC, board_id, kind, status_id, hidden_by);
CREATE INDEX posts_delivered ON posts (stage_at DESC, id DESC, stage, board_id, kind, status_id, hidden_by)
    WHERE COALESCE(stage, '') IN ('delivered', 'confirmed');
CREATE INDEX posts_waiting ON posts (answer_due_at, id, stage, board_id, kind, status_id, hidden_by) WHERE answer_due_at IS NOT NULL;
CREATE INDEX posts_unseen ON posts (id DESC, created_at, board_id, hidden_by)
    WHERE support_count = 0 AND oppose_count = 0 AND stage = 'received';
";

/// Hidden posts are in no total: see the migration that keeps them.
const KEPT_BY_SQLITE: &str = "
DROP TRIGGER posts_counted_anew;
DROP TRIGGER posts_uncounted;
DROP TRIGGER post_tags_counted;
DROP TRIGGER post_tags_uncounted;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, hidden_by ON posts
WHEN (OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.hidden_by IS NULL)
    IS NOT (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.hidden_by IS NULL) BEGIN
    INSERT INTO post_counts
        SELECT tag_id, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE OLD.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
    INSERT INTO post_counts
        SELECT tag_id, NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NOT NULL, 0, 1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE NEW.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER posts_uncounted BEFORE DELETE ON posts BEGIN
    DELETE FROM post_tags WHERE post_id = OLD.id;
    INSERT INTO post_counts
        SELECT 0, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1 WHERE OLD.hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER post_tags_counted AFTER INSERT ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT NEW.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, 1 FROM posts
        WHERE id = NEW.post_id AND hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER post_tags_uncounted AFTER DELETE ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT OLD.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, -1 FROM posts
        WHERE id = OLD.post_id AND hidden_by IS NULL
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
";

const KEPT_BY_POSTGRES: &str = "
-- what stands in the place of a passage may be longer than that was
ALTER TABLE posts ALTER COLUMN title TYPE text;
ALTER TABLE post_versions ALTER COLUMN title TYPE text;
DROP TRIGGER posts_counted_anew ON posts;
CREATE OR REPLACE FUNCTION count_post(p posts, tag bigint, step integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO post_counts AS c
        SELECT tag, p.board_id, p.kind, p.status_id, p.answer_due_at IS NOT NULL, pg_backend_pid(), step WHERE p.hidden_by IS NULL
        ON CONFLICT (tag_id, board_id, kind, status_id, waiting, slot) DO UPDATE SET n = c.n + step
$$;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at, hidden_by ON posts FOR EACH ROW
    WHEN ((OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL, OLD.hidden_by IS NULL)
        IS DISTINCT FROM (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL, NEW.hidden_by IS NULL))
    EXECUTE FUNCTION posts_counted();
";
