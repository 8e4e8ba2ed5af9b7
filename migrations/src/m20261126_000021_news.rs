//! What somebody has not seen is asked for with every page of theirs. And names lose the marks that turn the direction of what stands
//! beside them, as new ones do.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The characters of `Bidi_Control` (`PropList.txt` of Unicode 17).
const TURNS: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, "CREATE INDEX notices_unread ON notices (person_id) WHERE read_at IS NULL;").await?;
        let columns = [
            ("persons", "name"),
            ("persons", "title"),
            ("posts", "title"),
            ("boards", "name"),
            ("tags", "name"),
            ("teams", "name"),
        ];
        for (table, column) in columns {
            let plain = TURNS.chars().fold(column.to_owned(), |text, mark| format!("replace({text}, '{mark}', '')"));
            // of a name that was nothing else, something has to stay
            let sql = format!(
                "UPDATE {table} SET {column} = CASE WHEN trim({plain}) = '' THEN '?' ELSE trim({plain}) END WHERE {column} <> {plain};"
            );
            dialect::run(manager, &sql).await?;
        }
        Ok(())
    }
}
