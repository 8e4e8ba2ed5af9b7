//! Comments that the staff gave another wording: who wrote each wording, under which rule and why, and which act stands beside the comment.

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
        // a wording without an editor is its author's own, as all before were
        for column in [
            "comment_versions ADD COLUMN editor_id {UUID} REFERENCES persons (id)",
            "comment_versions ADD COLUMN rule integer",
            "comment_versions ADD COLUMN reason varchar(500)",
            "comments ADD COLUMN staff_edit_id {BIG} REFERENCES moderation_acts (id)",
        ] {
            dialect::run(manager, &format!("ALTER TABLE {column};")).await?;
        }
        Ok(())
    }
}
