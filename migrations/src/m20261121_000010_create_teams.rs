//! Who is there for what: teams, absences, rules of assignment; handovers and contributors.

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
CREATE TABLE teams (
    id {ID},
    slug varchar(60) NOT NULL CONSTRAINT teams_slug UNIQUE,
    name varchar(80) NOT NULL
);
CREATE TABLE team_members (
    team_id {BIG} NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, person_id)
);
-- Who answers for a board on a level: a named person, or a team whose members take turns. Without a board: every other board.
CREATE TABLE desks (
    id {ID},
    board_id {BIG} REFERENCES boards (id) ON DELETE CASCADE,
    level integer NOT NULL CHECK (level BETWEEN 1 AND 3),
    person_id {UUID} REFERENCES persons (id) ON DELETE CASCADE,
    team_id {BIG} REFERENCES teams (id) ON DELETE CASCADE,
    CHECK ((person_id IS NULL) <> (team_id IS NULL))
);
CREATE UNIQUE INDEX desks_of_board ON desks (board_id, level) WHERE board_id IS NOT NULL;
CREATE UNIQUE INDEX desks_of_rest ON desks (level) WHERE board_id IS NULL;
-- Days on which somebody is away, both included.
CREATE TABLE absences (
    id {ID},
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    first_day {DATE} NOT NULL,
    last_day {DATE} NOT NULL
);
CREATE INDEX absences_by_person ON absences (person_id, first_day);
CREATE TABLE handovers (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    from_id {UUID} NOT NULL REFERENCES persons (id),
    to_id {UUID} NOT NULL REFERENCES persons (id),
    reason varchar(500),
    created_at {TIME} NOT NULL,
    -- when it falls back without an answer
    lapses_at {TIME} NOT NULL,
    -- accepted, declined, lapsed, assigned, withdrawn
    outcome varchar(10),
    ended_at {TIME},
    note varchar(500)
);
CREATE INDEX handovers_by_post ON handovers (post_id, id);
CREATE INDEX handovers_by_receiver ON handovers (to_id, id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX handovers_one_open ON handovers (post_id) WHERE outcome IS NULL;
CREATE INDEX handovers_open ON handovers (lapses_at) WHERE outcome IS NULL;
CREATE TABLE contributors (
    id {ID},
    post_id {BIG} NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id {UUID} REFERENCES persons (id),
    name varchar(80) NOT NULL,
    task varchar(200) NOT NULL,
    by_id {UUID} NOT NULL REFERENCES persons (id),
    created_at {TIME} NOT NULL,
    ended_at {TIME}
);
CREATE INDEX contributors_by_post ON contributors (post_id, id);
",
        )
        .await?;
        // who gave ownership may now be nobody: a rule of assignment did
        dialect::run_each(
            manager,
            "
CREATE TABLE owners_of_now (
    id {ID},
    post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    person_id uuid_text NOT NULL REFERENCES persons (id),
    by_id uuid_text REFERENCES persons (id),
    created_at timestamp_with_timezone_text NOT NULL
);
INSERT INTO owners_of_now (id, post_id, person_id, by_id, created_at) SELECT id, post_id, person_id, by_id, created_at FROM owners;
DROP TABLE owners;
ALTER TABLE owners_of_now RENAME TO owners;
CREATE INDEX owners_by_post ON owners (post_id, id);",
            "ALTER TABLE owners ALTER COLUMN by_id DROP NOT NULL;",
        )
        .await?;
        dialect::run(manager, "CREATE INDEX owners_by_person ON owners (person_id, id);").await
    }
}
