//! A tag is known by a key that keeps the letters and signs of all scripts. Before, names without a letter from a to z were all the one tag
//! `post`, and `C++` was `C`.

use icu_casemap::CaseMapper;
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup},
};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, Statement, Value},
};
use unicode_normalization::UnicodeNormalization as _;

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
        dialect::run(manager, "ALTER TABLE tags ADD COLUMN key varchar(40);").await?;
        let db = manager.get_connection();
        let run = |sql: &str, values: Vec<Value>| {
            db.execute_raw(Statement::from_sql_and_values(manager.get_database_backend(), sql, values))
        };
        let tags = "SELECT id, slug, name, offered FROM tags ORDER BY offered DESC, id";
        for tag in db.query_all_raw(Statement::from_string(manager.get_database_backend(), tags)).await? {
            let (id, slug, name) =
                (tag.try_get::<i64>("", "id")?, tag.try_get::<String>("", "slug")?, tag.try_get::<String>("", "name")?);
            let offered = tag.try_get::<bool>("", "offered")?;
            let key = Some(key(&name)).filter(|key| key.chars().count() <= 40).unwrap_or_else(|| slug.clone());
            let known = Statement::from_sql_and_values(
                manager.get_database_backend(),
                "SELECT id FROM tags WHERE id <> $2 AND (key = $1 OR (key IS NOT NULL AND slug = $1))",
                [key.clone().into(), id.into()],
            );
            match db.query_one_raw(known).await? {
                // two spellings of one name
                Some(same) if !offered => {
                    let same: i64 = same.try_get("", "id")?;
                    let sql = "INSERT INTO post_tags (post_id, tag_id) SELECT post_id, $1 FROM post_tags WHERE tag_id = $2 ON CONFLICT DO NOTHING";
                    run(sql, vec![same.into(), id.into()]).await?;
                    run("DELETE FROM post_tags WHERE tag_id = $1", vec![id.into()]).await?;
                    run("DELETE FROM tags WHERE id = $1", vec![id.into()]).await?;
                }
                Some(_) => {
                    run("UPDATE tags SET key = slug WHERE id = $1", vec![id.into()]).await?;
                }
                // the site chose the addresses of those that it offers
                None if offered => {
                    run("UPDATE tags SET key = $2 WHERE id = $1", vec![id.into(), key.into()]).await?;
                }
                None => {
                    // whoever has that address gets its own in its turn
                    run("UPDATE tags SET slug = '~' || id WHERE slug = $2 AND id <> $1", vec![id.into(), key.clone().into()])
                        .await?;
                    run("UPDATE tags SET key = $2, slug = $2 WHERE id = $1", vec![id.into(), key.into()]).await?;
                }
            }
        }
        dialect::run_each(
            manager,
            "CREATE UNIQUE INDEX tags_key ON tags (key);",
            "ALTER TABLE tags ALTER COLUMN key SET NOT NULL; ALTER TABLE tags ADD CONSTRAINT tags_key UNIQUE (key);",
        )
        .await
    }
}

/// What told names apart on the day of this migration.
fn key(name: &str) -> String {
    let ignored = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let folded = CaseMapper::new();
    let fold = |text: &str| folded.fold_string(text).nfkd().filter(|c| !ignored.contains(*c)).collect::<String>();
    let name: String = fold(&fold(&name.nfkd().collect::<String>())).nfc().collect();
    let category = |c: char| CodePointMapData::<GeneralCategory>::new().get(c);
    let joins = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(category(c), GeneralCategory::DashPunctuation | GeneralCategory::ConnectorPunctuation)
    };
    let is_sign = |c: char| GeneralCategoryGroup::Punctuation.contains(category(c));
    let name = name.trim_start_matches('#');
    let words: Vec<&str> = name.split(joins).filter(|word| !word.chars().all(is_sign)).collect();
    if words.is_empty() { name.to_owned() } else { words.join("-") }
}
