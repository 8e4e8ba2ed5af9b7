//! What a forum of an earlier version comes out as. Tests take back what a migration did, and let it run again.

use std::{os::unix::fs::PermissionsExt as _, path::Path};

use forum::{
    actor::Actor,
    comment,
    db::Db,
    id::{CommentId, PersonId, PostId},
    moderation::{self, Target},
    person,
    personal::{self, Texts},
    post::{self, Draft, Edit, Filter, Sort, rank},
    record,
};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement, Value};
use tests::{BOARD, Backend, REASON, TestDb, TestForum, get, on_both, run_after, utc};
use uuid::Uuid;

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

/// Somebody of the forum of before.
const SANNE: Uuid = Uuid::from_u128(1);
const BRAM: Uuid = Uuid::from_u128(2);
const FEMKE: Uuid = Uuid::from_u128(3);
const ILSE: Uuid = Uuid::from_u128(4);

/// A post of before: its number, kind, title, status, board, how many are for it and against it, how many comments stand.
type Old = (i64, &'static str, &'static str, &'static str, i64, (i64, i64), i64);

const POSTS: [Old; 5] = [
    (1, "idea", "A zeppelin over town", "planned", 101, (2, 1), 2),
    (2, "complaint", "No light in the hangar", "received", 101, (1, 0), 0),
    (3, "wish", "A secret mast", "review", 102, (1, 0), 1),
    (4, "criticism", "Too many forms", "declined", 101, (0, 0), 0),
    (5, "idea", "A zeppelin for two", "received", 101, (2, 0), 1),
];

async fn put(db: &DatabaseConnection, sql: &str, values: impl IntoIterator<Item = Value>) {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// A forum as the version before the record, moderation, cases and erasure left it: people, a private board, posts with votes, comments and
/// answers, and the history of all that.
async fn left_behind(database: &TestDb) {
    let db = Database::connect(database.url()).await.unwrap();
    let is_new = |name: &str| name >= "m20261127";
    let before = Migrator::migrations().iter().take_while(|migration| !is_new(migration.name())).count();
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.unwrap();
    assert!(Migrator::get_pending_migrations(&db).await.unwrap().iter().all(|migration| is_new(migration.name())));
    let at = utc("2026-10-05T08:00:00Z");
    let people = [(SANNE, "Sanne", "member"), (BRAM, "Bram", "member"), (FEMKE, "Femke", "agent"), (ILSE, "Ilse", "member")];
    for (id, name, role) in people {
        let sql =
            "INSERT INTO persons (id, handle, name, email, role, verified_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
        let email = format!("{}@example.org", name.to_lowercase());
        put(&db, sql, [id.into(), name.to_lowercase().into(), name.into(), email.into(), role.into(), at.into()]).await;
    }
    put(&db, "INSERT INTO groups (id, slug, name) VALUES (50, 'pilot', 'Pilot')", []).await;
    put(&db, "INSERT INTO group_members (group_id, person_id) VALUES (50, $1)", [ILSE.into()]).await;
    for (id, slug, private) in [(101_i64, "trams", false), (102, "pilot", true)] {
        let sql = "INSERT INTO boards (id, slug, name, description, private) VALUES ($1, $2, $2, '', $3)";
        put(&db, sql, [id.into(), slug.into(), private.into()]).await;
    }
    put(&db, "INSERT INTO board_groups (board_id, group_id) VALUES (102, 50)", []).await;
    for (id, kind, title, status, board, (support, oppose), comments) in POSTS {
        let sql = "INSERT INTO posts (id, slug, kind, title, body, body_html, excerpt, language, board_id, author_id, status_id, stage,
                stage_at, support_count, oppose_count, comment_count, trend, created_at)
            SELECT $1, $2, $3, $4, 'Words of it.', '<p>Words of it.</p>', 'Words of it.', 'en', $5, $6, s.id, s.stage, $7, $8, $9, $10, $11, $7
            FROM statuses s WHERE s.slug = $12";
        let author = if board == 102 { ILSE } else { SANNE };
        let values: [Value; 12] = [
            id.into(),
            format!("post-{id}").into(),
            kind.into(),
            title.into(),
            board.into(),
            author.into(),
            at.into(),
            support.into(),
            oppose.into(),
            comments.into(),
            rank::trend(support, comments, at).into(),
            status.into(),
        ];
        put(&db, sql, values).await;
        let sql = "INSERT INTO post_versions (post_id, number, title, body, editor_id, created_at) VALUES ($1, 1, $2, 'Words of it.', $3, $4)";
        put(&db, sql, [id.into(), title.into(), author.into(), at.into()]).await;
        put(&db, EVENT, event("post_submitted", author, None, id, board, "post", id, "{}", None)).await;
    }
    let votes =
        [(1, SANNE, true), (1, BRAM, true), (1, FEMKE, false), (2, BRAM, true), (3, ILSE, true), (5, BRAM, true), (5, FEMKE, true)];
    for (post, person, support) in votes {
        let sql = "INSERT INTO votes (post_id, person_id, stance, reason, created_at) VALUES ($1, $2, $3, $4, $5)";
        let (stance, reason) = if support { ("support", None) } else { ("oppose", Some("It would block the light.")) };
        put(&db, sql, [i64::from(post).into(), person.into(), stance.into(), reason.into(), at.into()]).await;
    }
    for (id, post, author, removed) in
        [(1, 1, BRAM, false), (2, 1, SANNE, false), (3, 1, BRAM, true), (4, 3, ILSE, false), (5, 5, BRAM, false)]
    {
        let sql = "INSERT INTO comments (id, post_id, author_id, body, body_html, language, version, created_at, removed_at)
                   VALUES ($1, $2, $3, $4, $4, 'en', 1, $5, $6)";
        let body = if removed { "" } else { "So it is." };
        let removed_at = removed.then_some(at);
        put(&db, sql, [i64::from(id).into(), i64::from(post).into(), author.into(), body.into(), at.into(), removed_at.into()])
            .await;
        if !removed {
            let sql = "INSERT INTO comment_versions (comment_id, number, body, created_at) VALUES ($1, 1, $2, $3)";
            put(&db, sql, [i64::from(id).into(), body.into(), at.into()]).await;
        }
    }
    for (id, post, board, to) in [(1_i64, 1_i64, 101_i64, "planned"), (2, 3, 102, "review"), (3, 4, 101, "declined")] {
        let sql =
            "INSERT INTO answers (id, post_id, author_id, from_status_id, status_id, what, what_html, final, language, created_at)
            SELECT $1, $2, $3, f.id, t.id, 'So we do.', '<p>So we do.</p>', false, 'en', $4 FROM statuses f, statuses t
            WHERE f.slug = 'received' AND t.slug = $5";
        put(&db, sql, [id.into(), post.into(), FEMKE.into(), at.into(), to.into()]).await;
        put(
            &db,
            EVENT,
            event("answer_published", FEMKE, Some("agent"), post, board, "answer", id, &format!(r#"{{"answer":{id}}}"#), None),
        )
        .await;
    }
    let sql = "INSERT INTO clocks (post_id, name, started_at, due_at) VALUES (2, 'first_answer', $1, $2)";
    put(&db, sql, [at.into(), utc("2026-10-07T15:00:00Z").into()]).await;
    put(&db, "UPDATE posts SET answer_due_at = $1 WHERE id = 2", [utc("2026-10-07T15:00:00Z").into()]).await;
    put(&db, EVENT, event("vote_cast", BRAM, None, 1, 101, "post", 1, r#"{"stance":"support"}"#, None)).await;
    let edited = event("post_edited", FEMKE, Some("agent"), 1, 101, "post", 1, r#"{"version":2}"#, Some((4, "It named somebody.")));
    put(&db, EVENT, edited).await;
    if database.backend() == Backend::Postgres {
        for table in ["comments", "answers", "posts", "boards", "groups"] {
            let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1000)");
            db.execute_unprepared(&sql).await.unwrap();
        }
    }
    db.close().await.unwrap();
}

const EVENT: &str =
    "INSERT INTO events (kind, actor_id, role, post_id, board_id, subject, subject_id, data, rule, reason, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

#[expect(clippy::too_many_arguments, reason = "a row has its columns")]
fn event(
    kind: &str,
    actor: Uuid,
    role: Option<&str>,
    post: i64,
    board: i64,
    subject: &str,
    id: i64,
    data: &str,
    why: Option<(i32, &str)>,
) -> [Value; 11] {
    let mut data: serde_json::Value = serde_json::from_str(data).unwrap();
    data["kind"] = kind.into();
    let (rule, reason) = why.unzip();
    [
        kind.into(),
        actor.into(),
        role.map(str::to_owned).into(),
        post.into(),
        board.into(),
        subject.into(),
        id.to_string().into(),
        data.into(),
        rule.into(),
        reason.map(str::to_owned).into(),
        utc("2026-10-06T08:00:00Z").into(),
    ]
}

/// What of a forum of before is the same, and what it can do now.
async fn lives_on(f: TestForum) {
    let somebody = async |id: Uuid| person::by_id(f.read(), PersonId(id)).await.unwrap().unwrap().actor(None);
    let (sanne, femke, ilse) = (somebody(SANNE).await, somebody(FEMKE).await, somebody(ILSE).await);
    // lists, their totals and their order
    let public: Vec<Old> = POSTS.into_iter().filter(|post| post.4 == 101).collect();
    for (reader, posts) in [(&Actor::Visitor, &public[..]), (&sanne, &public), (&ilse, &POSTS), (&femke, &POSTS)] {
        let page = f.page(reader, &Filter { sort: Sort::Top, ..Filter::default() }, None, 100).await;
        assert_eq!((page.items.len(), usize::try_from(page.total).unwrap()), (posts.len(), posts.len()), "{reader:?}");
        let mut order: Vec<_> = posts.iter().map(|post| (-post.5.0, -post.0)).collect();
        order.sort_unstable();
        assert_eq!(
            page.items.iter().map(|row| -row.id.0).collect::<Vec<_>>(),
            order.iter().map(|place| place.1).collect::<Vec<_>>()
        );
        for row in page.items {
            let old = posts.iter().find(|post| post.0 == row.id.0).unwrap();
            assert_eq!((row.support_count, row.oppose_count, row.comment_count), (old.5.0, old.5.1, old.6), "{}", row.title);
            assert_eq!((row.case_support, row.case_comments, row.members, row.head), (old.5.0, old.6, 0, None), "{}", row.title);
            assert_eq!(
                (row.title.as_str(), row.kind.as_str(), row.status.slug.as_str(), row.hidden.is_some()),
                (old.2, old.1, old.3, false)
            );
        }
        for kind in post::Kind::ALL {
            let total = f.page(reader, &Filter { kind: Some(kind), ..Filter::default() }, None, 100).await.total;
            assert_eq!(total, i64::try_from(posts.iter().filter(|post| post.1 == kind.as_str()).count()).unwrap(), "{kind:?}");
        }
    }
    let waiting = f.page(&Actor::Visitor, &Filter { sort: Sort::Waiting, ..Filter::default() }, None, 100).await;
    assert_eq!((waiting.items.iter().map(|row| row.id.0).collect::<Vec<_>>(), waiting.total), (vec![2], 1));
    assert_eq!(f.find(&Actor::Visitor, "zeppelin").await, ["A zeppelin for two", "A zeppelin over town"]);
    let said = f.of(&Actor::Visitor, PostId(1), async |view, post| comment::page(view, post, None, 100).await).await.unwrap().items;
    assert_eq!(
        said.iter().map(|c| (c.id.0, c.removed_at.is_some(), c.staff_edit.is_some())).collect::<Vec<_>>(),
        [(1, false, false), (2, false, false), (3, true, false)]
    );
    let versions = comment::versions(&f.view(&Actor::Visitor).await, CommentId(1)).await.unwrap();
    assert_eq!(versions.iter().map(|v| (v.number, v.editor.name.as_str(), v.rule)).collect::<Vec<_>>(), [(1, "Bram", None)]);

    // the record has what was official before there was one, in its order, and withholds what is not for everybody
    let (entries, next) = record::after(f.read(), &Actor::Visitor, 0, None, 100).await.unwrap();
    let acts: Vec<_> = entries.iter().map(|shown| (shown.entry.act.as_str(), shown.entry.post, shown.entry.rule)).collect();
    let expected = [
        ("answer_published", Some(1), None),
        ("withheld", None, None),
        ("answer_published", Some(4), None),
        ("post_edited", Some(1), Some(4)),
    ];
    assert_eq!((acts.get(..4), next), (Some(&expected[..]), None), "{acts:?}");
    let why = entries[3].open.as_ref().unwrap();
    assert_eq!(
        (why.event.reason.as_deref(), why.by.as_ref().map(|by| by.name.as_str())),
        (Some("It named somebody."), Some("Femke"))
    );
    let report = record::verify(&f.view(&Actor::System).await, None).await.unwrap();
    assert_eq!((report.broken, report.entries), (None, i64::try_from(entries.len()).unwrap()));

    // all that is new can be done to what is old, and undone
    let counted = async || f.page(&Actor::Visitor, &Filter::default(), None, 100).await.total;
    f.merge(&femke, PostId(5), PostId(1)).await.unwrap();
    let case = f.see(PostId(1)).await.row;
    assert_eq!((case.case_support, case.case_comments, case.members, counted().await), (3, 3, 1, 3));
    f.unmerge(&femke, PostId(5)).await.unwrap();
    let act = |act: &str| moderation::Draft {
        act: act.to_owned(),
        rule: Some(2),
        reason: REASON.to_owned(),
        ..moderation::Draft::default()
    };
    f.write(&femke, async |tx| moderation::act(tx, Target::Post(PostId(4)), &act("hide")).await).await.unwrap();
    assert_eq!(counted().await, 3);
    f.write(&femke, async |tx| moderation::act(tx, Target::Post(PostId(4)), &act("show")).await).await.unwrap();
    assert_eq!(counted().await, 4);
    f.write(&sanne, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
    assert!(person::by_id(f.read(), PersonId(SANNE)).await.unwrap().is_none_or(|person| person.email.is_none()));
    let kept = "SELECT SUM(n) AS n FROM post_counts WHERE tag_id = 0";
    let sum: i64 = match f.backend() {
        Backend::Sqlite => get(&f.rows(kept).await[0], "n"),
        Backend::Postgres => get(&f.rows("SELECT CAST(SUM(n) AS bigint) AS n FROM post_counts WHERE tag_id = 0").await[0], "n"),
    };
    assert_eq!(sum, 5, "the totals are what one would count");
}

#[test]
fn a_forum_without_record_moderation_and_cases_lives_on_sqlite() {
    run_after(Backend::Sqlite, left_behind, lives_on);
}

#[test]
fn a_forum_without_record_moderation_and_cases_lives_on_postgres() {
    run_after(Backend::Postgres, left_behind, lives_on);
}

on_both! {
    async fn what_was_before_a_migration_is_kept_beside_the_file(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.submit(&sanne, &Draft { kind: "idea".to_owned(), title: "Before".to_owned(), body: "Text".to_owned(), board: BOARD.to_owned(), ..Draft::default() }).await.unwrap();
        let folder = match f.backend() {
            Backend::Sqlite => Path::new(f.url().trim_start_matches("sqlite://")).parent().unwrap().to_owned(),
            // what is there is for its own back-ups
            Backend::Postgres => return again(&f, "m20261126_000017_count_the_queue", "DROP INDEX clocks_open").await,
        };
        let copies = || {
            let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
            let mut copies: Vec<_> = files.filter(|file| file.to_string_lossy().contains(".before-")).collect();
            copies.sort_unstable();
            copies
        };
        Db::open(f.url()).await.unwrap().close().await.unwrap();
        assert!(copies().is_empty(), "nothing changes, and nothing is copied");
        let mut first = None;
        for _ in 0..4 {
            again(&f, "m20261126_000017_count_the_queue", "DROP INDEX clocks_open").await;
            first = first.or_else(|| copies().first().cloned());
        }
        let last = copies();
        assert!(last.len() == 3 && !last.contains(&first.unwrap()), "the last three stay: {last:?}");
        assert_eq!(std::fs::metadata(&last[0]).unwrap().permissions().mode() & 0o777, 0o600);
        let copy = Db::look_at(&last[0]).await.unwrap();
        copy.check().await.unwrap();
        assert!(!copy.is_current().await.unwrap(), "it is from before the migration");
        assert_eq!(copy.counts().await.unwrap()["posts"], 1);
        assert_eq!(f.see(post).await.row.title, "Before");
    }
}
