//! Back-ups and exports hold all that there is, and give it back as it was.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use clap::Parser as _;
use forum::{
    Forum,
    actor::Actor,
    db::archive::{ArchiveError, MANIFEST, Manifest, REMADE},
    id::{PersonId, PostId},
    post::{self, Filter, Kind},
};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use server::{Failure, commands::Cli, config::Config, demo, keep};
use tempfile::TempDir;
use tests::{Backend, TestDb, get, on_both, run_beside};

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("forum-test.").tempdir().unwrap()
}

/// The settings of a program on a database.
fn on(url: &str) -> Config {
    Cli::parse_from(["answerable", "--database-url", url, "--data", "nowhere"]).config
}

/// A file of SQLite that is not there yet.
fn nowhere_yet(folder: &TempDir, name: &str) -> Config {
    on(&format!("sqlite://{}", folder.path().join(name).display()))
}

/// The files of a folder, by name.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let named = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
    };
    fs::read_dir(dir).unwrap().map(named).collect()
}

fn manifest(dir: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(dir.join(MANIFEST)).unwrap()).unwrap()
}

/// The tables of a database, as it names them itself; of those behind an index of words, the index.
async fn tables(forum: &Forum) -> BTreeSet<String> {
    let db = forum.read();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT CAST(tablename AS text) AS name FROM pg_tables WHERE schemaname = 'public'",
        _ => {
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| get::<String>(row, "name")).collect()
}

/// Totals that are kept, added up.
async fn totals(forum: &Forum) -> Vec<(i64, i64, i64)> {
    let db = forum.read();
    let sql = "SELECT tag_id, status_id, CAST(SUM(n) AS bigint) AS total FROM post_counts GROUP BY tag_id, status_id HAVING SUM(n) <> 0 ORDER BY 1, 2";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (get(row, "tag_id"), get(row, "status_id"), get(row, "total"))).collect()
}

/// What is in files, by digest.
async fn pictures(forum: &Forum) -> BTreeMap<String, Vec<u8>> {
    let db = forum.read();
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), "SELECT digest, content FROM files")).await.unwrap();
    rows.iter().map(|row| (get(row, "digest"), get(row, "content"))).collect()
}

async fn titles(forum: &Forum, filter: &Filter) -> Vec<String> {
    let page = post::list(forum.read(), &Actor::Visitor, filter, None, 100, forum.now()).await.unwrap();
    page.items.into_iter().map(|row| row.title).collect()
}

#[test]
fn a_forum_moves_between_the_databases_and_back_as_it_is() {
    run_beside(|sqlite, postgres| async move {
        demo::fill(&sqlite).await.unwrap();
        let folder = folder();
        let dir = |name: &str| folder.path().join(name);
        let kept = keep::export(&on(sqlite.url()), &dir("first")).await.unwrap();
        assert_eq!((kept.posts, kept.people, kept.votes), (300, 1_206, 9_000));
        let pictures = pictures(&sqlite).await;
        assert_eq!(pictures.len(), 6, "three, and three small ones");
        assert_eq!(fs::metadata(dir("first")).unwrap().permissions().mode() & 0o777, 0o700);

        // no table is forgotten, on either database
        let told: BTreeSet<String> = manifest(&dir("first")).tables.into_iter().map(|table| table.name).collect();
        for forum in [&sqlite, &postgres] {
            let all = tables(forum).await;
            assert!(all.len() > 40, "{all:?}");
            let left_out: BTreeSet<&str> = all.iter().map(String::as_str).filter(|name| !told.contains(*name)).collect();
            assert_eq!(left_out, BTreeSet::from(REMADE));
        }

        assert_eq!(keep::import(&on(postgres.url()), &dir("first")).await.unwrap(), kept);
        assert_eq!(keep::export(&on(postgres.url()), &dir("second")).await.unwrap(), kept);
        let back = nowhere_yet(&folder, "back.db");
        assert_eq!(keep::import(&back, &dir("second")).await.unwrap(), kept);
        assert_eq!(keep::export(&back, &dir("third")).await.unwrap(), kept);
        let first = files(&dir("first"));
        for again in ["second", "third"] {
            for (name, bytes) in files(&dir(again)) {
                assert!(first.get(&name) == Some(&bytes), "{name} of the {again} is another");
            }
            assert_eq!(files(&dir(again)).len(), first.len());
        }

        // what is made anew is there as well, rules that rested hold again, and numbers go on
        let (there, back) = (postgres.beside().await, back.open_forum("http://forum.example").await.unwrap());
        let filters = [Filter::default(), Filter::words("router"), Filter { tag: Some("wifi".to_owned()), ..Filter::default() }];
        for forum in [&*there, &back] {
            for filter in &filters {
                assert_eq!(titles(forum, filter).await, titles(&sqlite, filter).await, "{filter:?}");
            }
            assert_eq!(totals(forum).await, totals(&sqlite).await);
            assert!(self::pictures(forum).await == pictures, "what is in files came along");
            for sql in ["UPDATE answers SET what = 'else'", "DELETE FROM events", "DELETE FROM record_entries"] {
                assert!(altered(forum, sql).await.is_err(), "{sql}");
            }
            let draft = post::Draft {
                kind: "idea".to_owned(),
                title: "After the move".to_owned(),
                body: "Text.".to_owned(),
                board: "mobile".to_owned(),
                ..post::Draft::default()
            };
            let author = forum::person::by_email(forum.read(), demo::SIGN_INS[0].1).await.unwrap().unwrap().actor(None);
            let new = forum.write(&author, async |tx| post::submit(tx, &draft).await).await.unwrap();
            assert_eq!(new, PostId(301));
            assert_ne!(totals(forum).await, totals(&sqlite).await, "a new post is counted");
        }
    });
}

/// Runs SQL as who writes to the database can.
async fn altered(forum: &Forum, sql: &str) -> Result<(), forum::Error> {
    forum
        .write(&Actor::System, async |tx| {
            tx.conn().execute_unprepared(sql).await?;
            Ok(())
        })
        .await
}

/// What was answered, while back-ups are made.
type Answered = Arc<Mutex<Vec<(PostId, usize)>>>;

on_both! {
    async fn a_backup_holds_every_write_that_was_answered_before(f: TestForum) {
        // at night there is time for more
        let backups = std::env::var("BACKUPS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
        let people = f.members(6).await;
        let answered = Answered::default();
        let calm = Arc::new(AtomicBool::new(false));
        let mut writers = tokio::task::JoinSet::new();
        for (n, person) in people.iter().cloned().enumerate() {
            let (f, answered, calm) = (f.clone(), answered.clone(), calm.clone());
            writers.spawn(async move {
                let mut post = f.post(&person, Kind::Idea, "The first").await;
                for round in 0_u32.. {
                    if calm.load(Ordering::Relaxed) {
                        return;
                    }
                    if round % 5 == 0 {
                        post = f.post(&person, Kind::Idea, &format!("Round {round} of {n}")).await;
                    } else if round % 5 == 1 {
                        f.support(&person, post).await;
                        answered.lock().unwrap_or_else(PoisonError::into_inner).push((post, n));
                    } else {
                        f.comment(&person, post, &format!("Words {round}")).await;
                    }
                }
            });
        }
        for number in 0..backups {
            while answered.lock().unwrap_or_else(PoisonError::into_inner).len() < (number + 1) * 10 {
                assert!(writers.try_join_next().is_none(), "somebody stopped writing, and would be waited for in vain");
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let folder = folder();
            let file = folder.path().join("kept");
            let before = answered.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let kept = keep::backup(&on(f.url()), &file).await.unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
            let fresh = TestDb::fresh(f.backend()).await;
            let config = match f.backend() {
                Backend::Sqlite => nowhere_yet(&folder, "back.db"),
                Backend::Postgres => on(fresh.url()),
            };
            assert_eq!(keep::restore(&config, &file).await.unwrap(), kept);
            let back = config.open_forum("http://forum.example").await.unwrap();
            assert!(before.len() >= 10);
            let votes = Statement::from_string(back.read().get_database_backend(), "SELECT post_id, person_id FROM votes");
            let votes = back.read().query_all_raw(votes).await.unwrap();
            let votes: BTreeSet<(PostId, PersonId)> =
                votes.iter().map(|vote| (get(vote, "post_id"), get(vote, "person_id"))).collect();
            for (post, n) in &before {
                let Actor::Person(me) = &people[*n] else { unreachable!() };
                assert!(votes.contains(&(*post, me.id)), "the vote of {n} on {post} is not in the back-up");
            }
            let sql = "SELECT p.id FROM posts p WHERE p.support_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id)
                OR p.comment_count <> (SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id)";
            let torn = back.read().query_all_raw(Statement::from_string(back.read().get_database_backend(), sql)).await.unwrap();
            assert_eq!(torn.len(), 0, "of one moment");
            back.db().clone().close().await.unwrap();
            fresh.remove().await;
        }
        calm.store(true, Ordering::Relaxed);
        writers.join_all().await;
    }

    async fn what_is_not_whole_or_not_empty_is_refused(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let post = f.post(&sanne, Kind::Idea, "A forum that can be kept").await;
        f.support(&sanne, post).await;
        let folder = folder();
        let dir = |name: &str| folder.path().join(name);
        keep::export(&on(f.url()), &dir("whole")).await.unwrap();
        keep::backup(&on(f.url()), &dir("file")).await.unwrap();

        // nothing is written over
        for refused in [keep::export(&on(f.url()), &dir("whole")).await, keep::backup(&on(f.url()), &dir("file")).await] {
            assert!(matches!(refused, Err(Failure::Refused(_))), "{refused:?}");
        }
        // nor into a forum in which there is somebody
        let into = keep::import(&on(f.url()), &dir("whole")).await;
        assert!(matches!(into, Err(Failure::Archive(ArchiveError::NotEmpty))), "{into:?}");
        let into = keep::restore(&on(f.url()), &dir("file")).await;
        assert!(matches!(into, Err(Failure::Archive(ArchiveError::NotEmpty) | Failure::Refused(_))), "{into:?}");
        assert_eq!(f.see(post).await.row.support_count, 1);

        // what was changed is found, whatever was changed
        let fresh = TestDb::fresh(f.backend()).await;
        let spoil = |name: &'static str, file: &str, change: &dyn Fn(String) -> String| {
            fs::create_dir(dir(name)).unwrap();
            for (file, bytes) in files(&dir("whole")) {
                fs::write(dir(name).join(file), bytes).unwrap();
            }
            let text = fs::read_to_string(dir(name).join(file)).unwrap();
            fs::write(dir(name).join(file), change(text)).unwrap();
            name
        };
        for (name, expected) in [
            (spoil("a", "votes.jsonl", &|text| text.replace("support", "oppose")), "was changed"),
            (spoil("b", "votes.jsonl", &|_| String::new()), "was changed"),
            (spoil("c", "posts.jsonl", &|text| text.replace("\"level\":1", "\"level\":\"1\"")), "“level” is not what it should be"),
            (spoil("d", "persons.jsonl", &|text| text[..text.len() / 2].to_owned()), "persons.jsonl, line"),
            (spoil("e", MANIFEST, &|text| text.replace("m20261121_000001", "m20991121_000001")), "later version"),
            (spoil("f", MANIFEST, &|text| text.replace("answerable 1", "answerable 2")), "its form is"),
            (spoil("g", MANIFEST, &|text| text.replace("\"votes.jsonl\"", "\"../g/votes.jsonl\"")), "votes.jsonl"),
            (spoil("h", MANIFEST, &|text| text.replacen("\"excerpt\": \"text\",", "", 1)), "other columns"),
        ] {
            let refused = keep::import(&on(fresh.url()), &dir(name)).await.unwrap_err().to_string();
            assert!(refused.contains(expected), "{name}: {refused}");
        }
        // nothing remained of all these
        let kept = keep::import(&on(fresh.url()), &dir("whole")).await.unwrap();
        assert_eq!((kept.posts, kept.people, kept.votes), (1, 1, 1));
        fresh.remove().await;

        // half a back-up is none
        let bytes = fs::read(dir("file")).unwrap();
        fs::write(dir("half"), &bytes[..bytes.len() / 2]).unwrap();
        fs::write(dir("text"), "no back-up").unwrap();
        for name in ["half", "text", "missing"] {
            let config = nowhere_yet(&folder, "half.db");
            assert!(keep::restore(&config, &dir(name)).await.is_err(), "{name}");
            assert!(!dir("half.db").exists() || fs::metadata(dir("half.db")).unwrap().len() == 0, "{name}");
        }
    }

    async fn a_backup_of_a_forum_with_a_broken_record_is_made_and_says_so(f: TestForum) {
        let lead = f.staff("Femke", forum::actor::Role::Lead).await;
        let post = f.post(&f.member("Sanne").await, Kind::Idea, "Something to answer").await;
        f.give(&lead, post, &lead).await.unwrap();
        f.sql(&tests::unguarded(f.backend(), "record_entries")).await.unwrap();
        f.sql("UPDATE record_entries SET act = 'nothing' WHERE seq = 1").await.unwrap();
        let folder = folder();
        let said = keep::backup(&on(f.url()), &folder.path().join("kept")).await.unwrap_err().to_string();
        assert!(said.contains("broken at entry 1"), "{said}");
        assert!(folder.path().join("kept").exists());
    }
}
