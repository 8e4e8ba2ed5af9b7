//! What a forum of an earlier version comes out as. Tests take back what a migration did, and let it run again.

use forum::{
    db::Db,
    post::{Draft, Edit},
};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, Database};
use tests::{BOARD, Backend, TestForum, on_both};

/// The migration of this name once more, after `back`.
async fn again(f: &TestForum, name: &str, back: &str) {
    let db = Database::connect(f.url()).await.unwrap();
    db.execute_unprepared(back).await.unwrap();
    db.execute_unprepared(&format!("DELETE FROM seaql_migrations WHERE version = '{name}'")).await.unwrap();
    assert_eq!(Migrator::get_pending_migrations(&db).await.unwrap().len(), 1);
    db.close().await.unwrap();
    Db::open(f.url()).await.unwrap().close().await.unwrap();
}

on_both! {
    async fn tags_get_the_keys_of_their_names(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let names = ["電池", "C++", "c", "Häuser", "straße", "STRASSE", "Wi-Fi"];
        let mut posts = Vec::new();
        for (n, name) in names.iter().enumerate() {
            let draft = Draft { kind: "idea".to_owned(), title: format!("Title {n}"), body: "Text".to_owned(), board: BOARD.to_owned(), ..Draft::default() };
            let post = f.submit(&sanne, &draft).await.unwrap();
            f.edit(&sanne, post, &Edit { tags: Some(vec![format!("tag {n}"), "kept".to_owned()]), ..Edit::default() }).await.unwrap();
            posts.push((post, *name));
        }
        // the addresses that the names had
        let old = ["post", "c", "c-2", "hauser", "strae", "strasse", "wifi"];
        let mut back = match f.backend() {
            Backend::Sqlite => "DROP INDEX tags_key; ALTER TABLE tags DROP COLUMN key;",
            Backend::Postgres => "ALTER TABLE tags DROP COLUMN key;",
        }
        .to_owned();
        for (n, (name, slug)) in names.iter().zip(old).enumerate() {
            let offered = *name == "Wi-Fi";
            let set = ["UPDATE tags SET name = '", name, "', slug = '", slug, "', offered = ", &offered.to_string()];
            back += &(set.concat() + " WHERE slug = 'tag-" + &n.to_string() + "';");
        }
        again(&f, "m20261126_000020_tags_of_all_scripts", &back).await;
        for ((post, name), slug) in posts.into_iter().zip(["電池", "c++", "c", "häuser", "strasse", "strasse", "wifi"]) {
            let tags = f.see(post).await.tags;
            let tags: Vec<_> = tags.iter().map(|tag| (tag.slug.as_str(), tag.name.as_str())).collect();
            let name = if name == "STRASSE" { "straße" } else { name };
            assert!(tags.contains(&(slug, name)) && tags.contains(&("kept", "kept")) && tags.len() == 2, "{name}: {tags:?}");
        }
        let typed = f.submit(&sanne, &Draft { kind: "idea".to_owned(), title: "Title".to_owned(), body: "Text".to_owned(), board: BOARD.to_owned(), tags: vec!["wi fi".to_owned()], ..Draft::default() }).await.unwrap();
        assert_eq!(f.see(typed).await.tags[0].slug, "wifi", "what the site offers is known by its name");
    }
}
