//! The demo forum is the same on both databases, and as consistent as one that grew.

use forum::{
    actor::Actor,
    person,
    post::{Filter, Sort, rank},
};
use server::demo::{self, DemoError, PASSWORD, SIGN_INS};
use tests::{TestForum, run_beside};

/// What can be seen of the posts, the votes and the comments.
async fn contents(f: &TestForum) -> Vec<String> {
    let mut contents = Vec::new();
    for sql in [
        "SELECT CONCAT(p.id, ' ', p.title, ' ', a.name, ' ', p.stage, ' ', p.support_count, ' ', p.oppose_count, ' ', p.comment_count,
            ' ', p.version, ' ', o.name) AS line
         FROM posts p JOIN persons a ON a.id = p.author_id LEFT JOIN persons o ON o.id = p.owner_id ORDER BY p.id",
        "SELECT CONCAT(v.post_id, ' ', p.name, ' ', v.stance, ' ', v.reason) AS line
         FROM votes v JOIN persons p ON p.id = v.person_id ORDER BY v.post_id, p.name COLLATE \"{C}\"",
        "SELECT CONCAT(c.id, ' ', c.post_id, ' ', c.parent_id, ' ', p.name, ' ', c.body) AS line
         FROM comments c JOIN persons p ON p.id = c.author_id ORDER BY c.id",
        "SELECT CONCAT(e.id, ' ', e.kind, ' ', e.post_id, ' ', p.name) AS line
         FROM events e JOIN persons p ON p.id = e.actor_id ORDER BY e.id",
    ] {
        let collation = if f.db().is_embedded() { "BINARY" } else { "C" };
        for row in f.rows(&sql.replace("{C}", collation)).await {
            contents.push(row.try_get("", "line").unwrap());
        }
    }
    contents
}

async fn holds_together(f: &TestForum) {
    let summary = demo::fill(f).await.unwrap();
    assert_eq!((summary.posts, summary.people, summary.votes, summary.comments), (300, 1_200, 9_000, 1_900));
    for (rows, count) in [
        ("posts", 300),
        ("persons", 1_200),
        ("persons WHERE password_hash IS NOT NULL", 5),
        ("persons WHERE verified_at IS NULL", 0),
        ("votes", 9_000),
        ("comments WHERE removed_at IS NULL", 1_900),
        ("outbox", 0),
        ("votes v JOIN posts p ON p.id = v.post_id WHERE v.person_id = p.author_id OR v.created_at <= p.created_at", 0),
        ("votes WHERE stance = 'oppose' AND reason IS NULL", 0),
        ("comments c JOIN comments d ON d.id = c.parent_id WHERE c.created_at <= d.created_at OR c.post_id <> d.post_id", 0),
        ("events e JOIN events f ON f.id = e.id + 1 WHERE f.created_at < e.created_at", 0),
        (
            "posts p WHERE support_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'support')
                OR oppose_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'oppose')
                OR comment_count <> (SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id AND c.removed_at IS NULL)",
            0,
        ),
    ] {
        assert_eq!(f.count(rows).await, count, "{rows}");
    }
    let newest = f.page(&Actor::Visitor, &Filter { sort: Sort::New, ..Filter::default() }, None, 100).await;
    assert_eq!(newest.total, 300);
    for row in newest.items {
        assert!(row.created_at < f.now());
        assert!((row.trend - rank::trend(row.support_count, row.comment_count, row.created_at)).abs() < 1e-9, "{}", row.title);
    }
    for (role, email, name) in SIGN_INS {
        let account = person::authenticate(f, email, PASSWORD).await.unwrap().expect(email);
        assert_eq!((account.role, account.name.as_str(), account.verified), (role, name, true));
    }
    assert_eq!(f.site().name, "Noordlicht");
    assert!(matches!(demo::fill(f).await, Err(DemoError::NotEmpty)), "a second time");
}

#[test]
fn the_demo_forum_holds_together_and_is_the_same_on_both_databases() {
    run_beside(async |sqlite, postgres| {
        holds_together(&sqlite).await;
        holds_together(&postgres).await;
        let (here, there) = (contents(&sqlite).await, contents(&postgres).await);
        for (here, there) in here.iter().zip(&there) {
            assert_eq!(here, there);
        }
        assert_eq!(here.len(), there.len());
    });
}
