//! The load set is the same on both databases, is as consistent as a forum that grew, and has the numbers that it is to have.

use std::{collections::BTreeMap, fs};

use clap::Parser as _;
use forum::{
    actor::Actor,
    person,
    post::{Filter, Sort, rank},
    record, token, watch,
};
use server::{
    commands::Cli,
    demo::{
        self, DemoError,
        load::{self, Size},
    },
    keep,
};
use tests::{TestForum, get, run_beside};

/// One part of 25: 800 posts, 4,000 people, 56,000 votes.
fn size() -> Size {
    Size::part(25)
}

async fn holds_together(f: &TestForum) {
    let secrets = load::fill(f, size()).await.unwrap();
    let Size { posts, people, votes, comments, answers, tokens } = size();
    assert_eq!((posts, people, votes, comments, answers, tokens), (800, 4_000, 56_000, 6_000, 2_400, 20));
    let count = |n: usize| i64::try_from(n).unwrap();
    for (rows, expected) in [
        ("posts", count(posts)),
        ("post_versions", count(posts)),
        ("persons WHERE role = 'member'", count(people)),
        ("votes", count(votes)),
        ("events WHERE kind = 'vote_cast'", count(votes)),
        ("comments", count(comments)),
        ("events WHERE kind = 'comment_posted'", count(comments)),
        ("answers", count(answers)),
        ("events WHERE kind = 'answer_published'", count(answers)),
        ("tokens", count(tokens)),
        ("outbox", 0),
        // in their order, and nothing before what it is about
        ("events e JOIN events f ON f.id = e.id + 1 WHERE f.created_at < e.created_at AND f.kind NOT IN ('clock_missed', 'level_changed', 'owner_set')", 0),
        ("votes v JOIN posts p ON p.id = v.post_id WHERE v.person_id = p.author_id OR v.created_at <= p.created_at", 0),
        ("votes v JOIN posts p ON p.id = v.post_id WHERE v.stance = 'oppose' AND (p.kind = 'complaint' OR v.reason IS NULL)", 0),
        ("votes v JOIN persons p ON p.id = v.person_id WHERE v.created_at < p.created_at", 0),
        ("posts t JOIN persons p ON p.id = t.author_id WHERE t.created_at < p.created_at", 0),
        ("comments c JOIN posts p ON p.id = c.post_id WHERE c.created_at <= p.created_at", 0),
        ("comments c JOIN comments d ON d.id = c.parent_id WHERE c.created_at < d.created_at OR c.post_id <> d.post_id", 0),
        ("answers a JOIN answers b ON b.post_id = a.post_id AND b.id > a.id WHERE b.created_at <= a.created_at OR b.from_status_id = a.from_status_id AND b.status_id = a.status_id AND a.status_id <> b.from_status_id", 0),
        ("posts p JOIN statuses s ON s.id = p.status_id WHERE s.stage <> p.stage", 0),
        (
            "posts p WHERE p.status_id <> COALESCE((SELECT a.status_id FROM answers a WHERE a.post_id = p.id ORDER BY a.id DESC LIMIT 1),
                (SELECT s.id FROM statuses s WHERE s.stage = 'received'))",
            0,
        ),
        (
            "posts p WHERE support_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'support')
                OR oppose_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'oppose')
                OR comment_count <> (SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id)
                OR case_support <> support_count OR case_comments <> comment_count",
            0,
        ),
        (
            "posts p WHERE COALESCE(answered_at, created_at) <> COALESCE((SELECT MIN(a.created_at) FROM answers a WHERE a.post_id = p.id), created_at)",
            0,
        ),
        ("clocks c WHERE c.ended_at > c.due_at", 0),
        ("posts WHERE answer_due_at IS NULL AND answered_at IS NULL", 0),
        ("checks WHERE closed_at IS NULL AND closes_at < '2026-11-18T09:00:00+00:00'", 0),
    ] {
        assert_eq!(f.count(rows).await, expected, "{rows}");
    }
    // totals that are kept are what one would count
    for (kept, counted) in [
        ("SELECT CAST(COALESCE(SUM(n), 0) AS bigint) AS n FROM post_counts WHERE tag_id = 0", "SELECT COUNT(*) AS n FROM posts"),
        (
            "SELECT CAST(COALESCE(SUM(n), 0) AS bigint) AS n FROM post_counts WHERE tag_id <> 0",
            "SELECT COUNT(*) AS n FROM post_tags",
        ),
        (
            "SELECT CAST(COALESCE(SUM(n), 0) AS bigint) AS n FROM post_counts WHERE tag_id = 0 AND waiting",
            "SELECT COUNT(*) AS n FROM posts WHERE answer_due_at IS NOT NULL",
        ),
    ] {
        assert_eq!(get::<i64>(&f.rows(kept).await[0], "n"), get::<i64>(&f.rows(counted).await[0], "n"), "{kept}");
    }
    // some wait too long, and what follows from that was drawn
    assert!(f.count("clocks WHERE missed_at IS NOT NULL").await > 0);
    assert!(f.count("posts WHERE answer_due_at IS NOT NULL").await > 0);
    let before = f.count("events").await;
    assert_eq!(watch::run(f).await.unwrap(), 0, "nothing is left to be done");
    assert_eq!(f.count("events").await, before);
    // the record has all that is official
    let report = record::verify(&f.view(&Actor::System).await, None).await.unwrap();
    assert_eq!(report.broken, None);
    assert!(report.entries > 4_000, "{}", report.entries);

    for sort in [Sort::Trending, Sort::New, Sort::Top] {
        let page = f.page(&Actor::Visitor, &Filter { sort, ..Filter::default() }, None, 100).await;
        assert_eq!(page.total, count(posts));
        for row in page.items {
            assert!((row.trend - rank::trend(row.case_support, row.case_comments, row.created_at)).abs() < 1e-9, "{}", row.title);
        }
    }
    assert!(!f.find(&Actor::Visitor, "Zwolle").await.is_empty(), "posts are found by their words");
    for secret in &secrets {
        let (actor, _) = token::actor_of(f.read(), secret, f.now()).await.unwrap().expect("a token");
        assert!(actor.member().is_ok());
    }
    for (role, email, _) in demo::SIGN_INS {
        let account = person::authenticate(f, email, demo::PASSWORD).await.unwrap().expect(email);
        assert_eq!((account.role, account.verified), (role, true));
    }
    assert!(matches!(load::fill(f, size()).await, Err(DemoError::NotEmpty)), "a second time");
}

/// The numbers of votes, greatest first.
async fn counts(f: &TestForum, by: &str) -> Vec<i64> {
    let rows = f.rows(&format!("SELECT COUNT(*) AS n FROM votes GROUP BY {by} ORDER BY 1 DESC")).await;
    rows.iter().map(|row| get(row, "n")).collect()
}

#[test]
fn the_load_set_holds_together_and_is_the_same_on_both_databases() {
    run_beside(async |sqlite, postgres| {
        holds_together(&sqlite).await;
        holds_together(&postgres).await;

        // most people cast few votes, and few posts get most of them
        let by_person = counts(&sqlite, "person_id").await;
        let median = by_person[by_person.len() / 2];
        assert!(by_person.len() > 3_600 && (3..=6).contains(&median) && by_person[0] > 60, "{median} of {}", by_person.len());
        let by_post = counts(&sqlite, "post_id").await;
        let top: i64 = by_post[..80].iter().sum();
        assert!((15_000..30_000).contains(&top), "the first tenth has {top} of 56,000: {by_post:?}");
        assert!(by_post.len() == 800 && by_post[799] > 5, "{by_post:?}");

        // word for word, but for secrets and salts
        let folder = tempfile::tempdir().unwrap();
        let mut exports = Vec::new();
        for forum in [&sqlite, &postgres] {
            let dir = folder.path().join(exports.len().to_string());
            let config = Cli::parse_from(["answerable", "--database-url", forum.url(), "--data", "nowhere"]).config;
            keep::export(&config, &dir).await.unwrap();
            let read = |entry: std::io::Result<fs::DirEntry>| {
                let entry = entry.unwrap();
                (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
            };
            exports.push(fs::read_dir(dir).unwrap().map(read).collect::<BTreeMap<_, _>>());
        }
        for (name, here) in &exports[0] {
            let there = &exports[1][name];
            let has_secrets =
                ["manifest.json", "persons.jsonl", "tokens.jsonl"].contains(&name.as_str()) || name.starts_with("record_");
            if has_secrets {
                assert_eq!(here.lines().count(), there.lines().count(), "{name}");
            } else {
                assert!(here == there, "{name} is another");
            }
        }
    });
}
