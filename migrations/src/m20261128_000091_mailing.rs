//! By mail people hear of each sort of news at once, collected, or not at all.

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
-- Without a row: at once.
CREATE TABLE mail_choices (
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    topic varchar(10) NOT NULL,
    -- at_once, daily, weekly or never
    pace varchar(7) NOT NULL,
    PRIMARY KEY (person_id, topic)
);
-- where it is eight in the morning when the collected letter goes out; that of the site unless it is said
ALTER TABLE persons ADD COLUMN time_zone varchar(40);
-- when it goes out with others; nothing once it went out, and of what nobody is written about
ALTER TABLE notices ADD COLUMN mail_at {TIME};
ALTER TABLE notices ADD COLUMN mailed_at {TIME};
CREATE INDEX notices_to_mail ON notices (mail_at) WHERE mail_at IS NOT NULL;
",
        )
        .await
    }
}
