//! Whom texts have called by name.

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
-- each text calls somebody once, however often it is edited
CREATE TABLE mentions (
    -- post, comment or answer, and its number
    sort varchar(8) NOT NULL,
    text_id {BIG} NOT NULL,
    person_id {UUID} NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    created_at {TIME} NOT NULL,
    PRIMARY KEY (sort, text_id, person_id)
);
CREATE INDEX mentions_of_person ON mentions (person_id);
",
        )
        .await
    }
}
