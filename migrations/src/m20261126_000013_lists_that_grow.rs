//! What lists need so that they cost the same with twenty thousand posts as with three hundred: an index for each order, and totals that are
//! kept instead of counted.

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
        dialect::run(manager, INDEXES).await?;
        dialect::run(manager, COUNTS).await?;
        dialect::run_each(manager, KEPT_BY_SQLITE, KEPT_BY_POSTGRES).await
    }
}

/// Behind what they are sorted by, indexes of lists have what lists are narrowed by: rows are long, and those that don't match are not read.
const INDEXES: &str = "
-- When the first answer is due, as long as it is: kept by the triggers below.
ALTER TABLE posts ADD COLUMN answer_due_at {TIME};
UPDATE posts SET answer_due_at =
    (SELECT MIN(c.due_at) FROM clocks c WHERE c.post_id = posts.id AND c.name = 'first_answer' AND c.ended_at IS NULL);
DROP INDEX posts_by_trend;
DROP INDEX posts_by_support;
DROP INDEX posts_by_stage;
DROP INDEX posts_by_board;
CREATE INDEX posts_by_trend ON posts (trend DESC, id DESC, stage, board_id, kind, status_id);
CREATE INDEX posts_by_board_trend ON posts (board_id, trend DESC, id DESC, stage, kind, status_id);
CREATE INDEX posts_by_stage_trend ON posts (stage, trend DESC, id DESC, board_id, kind, status_id);
CREATE INDEX posts_by_support ON posts (support_count DESC, id DESC, stage, board_id, kind, status_id);
CREATE INDEX posts_by_board_support ON posts (board_id, support_count DESC, id DESC, stage, kind, status_id);
CREATE INDEX posts_by_stage_support ON posts (stage, support_count DESC, id DESC, board_id, kind, status_id);
CREATE INDEX posts_by_number ON posts (id DESC, stage, board_id, kind, status_id);
CREATE INDEX posts_by_board ON posts (board_id, id DESC, stage, kind, status_id);
CREATE INDEX posts_by_stage_number ON posts (stage, id DESC, board_id, kind, status_id);
CREATE INDEX posts_by_stage ON posts (stage, stage_at DESC, id DESC, board_id, kind, status_id);
CREATE INDEX posts_delivered ON posts (stage_at DESC, id DESC, stage, board_id, kind, status_id)
    WHERE COALESCE(stage, '') IN ('delivered', 'confirmed');
CREATE INDEX posts_waiting ON posts (answer_due_at, id, stage, board_id, kind, status_id) WHERE answer_due_at IS NOT NULL;
CREATE INDEX posts_unseen ON posts (id DESC, created_at, board_id)
    WHERE support_count = 0 AND oppose_count = 0 AND stage = 'received';
";

/// How many posts there are of each board, kind and status, and how many of them wait for a first answer: of all tags (0), and of each.
/// On PostgreSQL each connection counts in rows of its own (`slot`), so that writers never wait for each other; what they counted is
/// added up when it is read, and put together now and then.
const COUNTS: &str = "
CREATE TABLE post_counts (
    tag_id {BIG} NOT NULL,
    board_id {BIG} NOT NULL,
    kind varchar(10) NOT NULL,
    status_id {BIG} NOT NULL,
    waiting boolean NOT NULL,
    slot integer NOT NULL,
    n {BIG} NOT NULL,
    PRIMARY KEY (tag_id, board_id, kind, status_id, waiting, slot)
);
INSERT INTO post_counts (tag_id, board_id, kind, status_id, waiting, slot, n)
    SELECT 0, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, COUNT(*) FROM posts
    GROUP BY board_id, kind, status_id, answer_due_at IS NOT NULL;
INSERT INTO post_counts (tag_id, board_id, kind, status_id, waiting, slot, n)
    SELECT pt.tag_id, p.board_id, p.kind, p.status_id, p.answer_due_at IS NOT NULL, 0, COUNT(*)
    FROM post_tags pt JOIN posts p ON p.id = pt.post_id
    GROUP BY pt.tag_id, p.board_id, p.kind, p.status_id, p.answer_due_at IS NOT NULL;
";

const KEPT_BY_SQLITE: &str = "
CREATE TRIGGER posts_counted AFTER INSERT ON posts BEGIN
    INSERT INTO post_counts VALUES (0, NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NOT NULL, 0, 1)
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at ON posts
WHEN (OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL)
    IS NOT (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL) BEGIN
    INSERT INTO post_counts
        SELECT tag_id, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE true
        ON CONFLICT DO UPDATE SET n = n - 1;
    INSERT INTO post_counts
        SELECT tag_id, NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NOT NULL, 0, 1
        FROM (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id) WHERE true
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER posts_uncounted BEFORE DELETE ON posts BEGIN
    DELETE FROM post_tags WHERE post_id = OLD.id;
    INSERT INTO post_counts VALUES (0, OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NOT NULL, 0, -1)
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER post_tags_counted AFTER INSERT ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT NEW.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, 1 FROM posts WHERE id = NEW.post_id
        ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER post_tags_uncounted AFTER DELETE ON post_tags BEGIN
    INSERT INTO post_counts
        SELECT OLD.tag_id, board_id, kind, status_id, answer_due_at IS NOT NULL, 0, -1 FROM posts WHERE id = OLD.post_id
        ON CONFLICT DO UPDATE SET n = n - 1;
END;
CREATE TRIGGER clocks_started AFTER INSERT ON clocks WHEN NEW.name = 'first_answer' BEGIN
    UPDATE posts SET answer_due_at =
        (SELECT MIN(due_at) FROM clocks WHERE post_id = NEW.post_id AND name = 'first_answer' AND ended_at IS NULL)
        WHERE id = NEW.post_id;
END;
CREATE TRIGGER clocks_changed AFTER UPDATE OF due_at, ended_at ON clocks WHEN NEW.name = 'first_answer' BEGIN
    UPDATE posts SET answer_due_at =
        (SELECT MIN(due_at) FROM clocks WHERE post_id = NEW.post_id AND name = 'first_answer' AND ended_at IS NULL)
        WHERE id = NEW.post_id;
END;
CREATE TRIGGER clocks_forgotten AFTER DELETE ON clocks WHEN OLD.name = 'first_answer' BEGIN
    UPDATE posts SET answer_due_at =
        (SELECT MIN(due_at) FROM clocks WHERE post_id = OLD.post_id AND name = 'first_answer' AND ended_at IS NULL)
        WHERE id = OLD.post_id;
END;
";

const KEPT_BY_POSTGRES: &str = "
CREATE FUNCTION count_post(p posts, tag bigint, step integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO post_counts AS c
        VALUES (tag, p.board_id, p.kind, p.status_id, p.answer_due_at IS NOT NULL, pg_backend_pid(), step)
        ON CONFLICT (tag_id, board_id, kind, status_id, waiting, slot) DO UPDATE SET n = c.n + step
$$;
CREATE FUNCTION posts_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tag bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM post_tags WHERE post_id = OLD.id;
        PERFORM count_post(OLD, 0, -1);
        RETURN OLD;
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM count_post(NEW, 0, 1);
    ELSE
        FOR tag IN SELECT 0 UNION ALL SELECT tag_id FROM post_tags WHERE post_id = NEW.id LOOP
            PERFORM count_post(OLD, tag, -1);
            PERFORM count_post(NEW, tag, 1);
        END LOOP;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posts_counted AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION posts_counted();
CREATE TRIGGER posts_counted_anew AFTER UPDATE OF board_id, kind, status_id, answer_due_at ON posts FOR EACH ROW
    WHEN ((OLD.board_id, OLD.kind, OLD.status_id, OLD.answer_due_at IS NULL)
        IS DISTINCT FROM (NEW.board_id, NEW.kind, NEW.status_id, NEW.answer_due_at IS NULL))
    EXECUTE FUNCTION posts_counted();
CREATE TRIGGER posts_uncounted BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION posts_counted();
CREATE FUNCTION post_tags_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM count_post(p, NEW.tag_id, 1) FROM posts p WHERE p.id = NEW.post_id;
    ELSE
        PERFORM count_post(p, OLD.tag_id, -1) FROM posts p WHERE p.id = OLD.post_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER post_tags_counted AFTER INSERT OR DELETE ON post_tags FOR EACH ROW EXECUTE FUNCTION post_tags_counted();
CREATE FUNCTION first_answer_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE post bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.post_id ELSE NEW.post_id END;
BEGIN
    UPDATE posts SET answer_due_at =
        (SELECT MIN(due_at) FROM clocks WHERE post_id = post AND name = 'first_answer' AND ended_at IS NULL)
        WHERE id = post;
    RETURN NULL;
END $$;
CREATE TRIGGER clocks_started AFTER INSERT ON clocks FOR EACH ROW WHEN (NEW.name = 'first_answer') EXECUTE FUNCTION first_answer_due();
CREATE TRIGGER clocks_changed AFTER UPDATE OF due_at, ended_at ON clocks FOR EACH ROW WHEN (NEW.name = 'first_answer')
    EXECUTE FUNCTION first_answer_due();
CREATE TRIGGER clocks_forgotten AFTER DELETE ON clocks FOR EACH ROW WHEN (OLD.name = 'first_answer')
    EXECUTE FUNCTION first_answer_due();
";
