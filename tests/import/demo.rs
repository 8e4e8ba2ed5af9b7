//! The demo forum is the same on both databases, and as consistent as one that grew.

use forum::{
    actor::Actor,
    confirm, handover, person, pledge,
    post::{Filter, Sort, rank},
    promise, rebuttal, request, watch,
};
use server::demo::{self, DemoError, PASSWORD, SIGN_INS, Summary};
use tests::{Backend, TestForum, run, run_beside, utc};

/// What can be seen of the posts, the votes and the comments.
async fn contents(f: &TestForum) -> Vec<String> {
    let mut contents = Vec::new();
    for sql in [
        "SELECT CONCAT(p.id, ' ', p.title, ' ', a.name, ' ', p.stage, ' ', p.level, ' ', p.again_count, ' ', p.support_count, ' ',
            p.oppose_count, ' ', p.comment_count, ' ', p.version, ' ', o.name) AS line
         FROM posts p JOIN persons a ON a.id = p.author_id LEFT JOIN persons o ON o.id = p.owner_id ORDER BY p.id",
        "SELECT CONCAT(v.post_id, ' ', p.name, ' ', v.stance, ' ', v.reason) AS line
         FROM votes v JOIN persons p ON p.id = v.person_id ORDER BY v.post_id, p.name COLLATE \"{C}\"",
        "SELECT CONCAT(c.id, ' ', c.post_id, ' ', c.parent_id, ' ', p.name, ' ', c.body) AS line
         FROM comments c JOIN persons p ON p.id = c.author_id ORDER BY c.id",
        "SELECT CONCAT(m.id, ' ', m.post_id, ' ', p.name, ' ', v.number, ' ', v.what, ' ', v.remedy) AS line
         FROM promises m JOIN promise_versions v ON v.promise_id = m.id LEFT JOIN persons p ON p.id = m.by_id ORDER BY v.id",
        "SELECT CONCAT(e.id, ' ', e.post_id, ' ', e.data ->> 'from', ' ', e.data ->> 'to', ' ', e.data ->> 'cause') AS line FROM events e WHERE e.kind = 'level_changed' ORDER BY e.id",
        "SELECT CONCAT(k.answer_id, ' ', k.round, ' ', p.name, ' ', k.said, ' ', k.note) AS line
         FROM asks k JOIN persons p ON p.id = k.person_id ORDER BY k.answer_id, k.round, p.name COLLATE \"{C}\"",
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

/// What the demo forum holds, whenever it is made.
const HOLDS: Summary = Summary {
    boards: 8,
    people: 1_200,
    posts: 300,
    votes: 9_000,
    comments: 1_903,
    taken_back: 6,
    answers: 622,
    edited: 43,
    levels: [270, 26, 4],
    missed: 40,
    overdue: 10,
    open: 6,
    kept: 14,
    broken: 4,
    handovers: 59,
    requests: 2,
    again: 13,
    confirmed: 50,
    reopened: 1,
    unconfirmed: 8,
    asking: 3,
    moderated: 5,
    appeals: 2,
    cases: 5,
    merged: 12,
    proposed: 1,
};

/// Nothing is left to be done the moment after.
async fn is_at_rest(f: &TestForum) {
    let before = f.count("events").await;
    assert_eq!(watch::run(f).await.unwrap(), 0);
    assert_eq!(f.count("events").await, before);
}

async fn holds_together(f: &TestForum) {
    let summary = demo::fill(f).await.unwrap();
    assert_eq!(summary, HOLDS);
    is_at_rest(f).await;
    for (rows, count) in [
        ("posts", 300),
        ("persons WHERE handle NOT LIKE 'guest~%'", 1_200),
        ("persons WHERE password_hash IS NOT NULL", 5),
        ("persons WHERE verified_at IS NULL AND handle NOT LIKE 'guest~%'", 0),
        ("votes", 9_000),
        ("comments WHERE removed_at IS NULL", 1_904),
        ("comments WHERE hidden_by IS NOT NULL", 1),
        ("posts WHERE locked_by IS NOT NULL", 1),
        ("redactions", 1),
        ("appeals WHERE outcome = 'upheld'", 1),
        ("appeals WHERE outcome = 'rejected'", 1),
        ("events WHERE kind IN ('moderated', 'appeal_decided') AND (rule IS NULL OR reason IS NULL OR role IS NULL)", 0),
        ("outbox", 0),
        ("posts WHERE head_id IS NOT NULL", 12),
        ("posts WHERE member_count > 0", 5),
        ("merge_proposals WHERE outcome IS NULL", 1),
        ("votes v JOIN posts p ON p.id = v.post_id WHERE v.person_id = p.author_id OR v.created_at <= p.created_at", 0),
        ("votes WHERE stance = 'oppose' AND reason IS NULL", 0),
        ("promises", 24),
        ("promises WHERE pledge_id IS NOT NULL", 3),
        ("promises WHERE decided_role = 'lead'", 1),
        ("promise_versions WHERE number = 2", 3),
        ("stops WHERE ended_at IS NULL", 2),
        ("posts WHERE handover_count >= 3", 1),
        ("handovers WHERE outcome = 'lapsed'", 2),
        ("handovers WHERE outcome = 'declined'", 2),
        ("handovers WHERE outcome = 'accepted'", 3),
        ("agains WHERE raised", 2),
        ("events WHERE kind = 'provenance_set' AND reason IS NOT NULL", 2),
        ("asks WHERE secret_hash IS NOT NULL", 0),
        ("changelog_entries", 11),
        ("changelog_entries WHERE published_at IS NULL", 1),
        ("changelog_entries WHERE published_at IS NOT NULL AND told_at IS NULL", 1),
        ("changelog_entries WHERE withdrawn_at IS NOT NULL", 1),
        ("changelog_corrections", 1),
        // refusals whose day has come
        (
            "clocks c JOIN posts p ON p.id = c.post_id
             WHERE p.stage = 'declined' AND c.name = 'decision' AND c.ended_at IS NULL AND c.started_at < '2026-11-18'",
            3,
        ),
        ("comments c JOIN comments d ON d.id = c.parent_id WHERE c.created_at <= d.created_at OR c.post_id <> d.post_id", 0),
        ("events e JOIN events f ON f.id = e.id + 1 WHERE f.created_at < e.created_at", 0),
        (
            "posts p WHERE support_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'support')
                OR oppose_count <> (SELECT COUNT(*) FROM votes v WHERE v.post_id = p.id AND v.stance = 'oppose')
                OR comment_count <> (SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id AND c.removed_at IS NULL AND c.hidden_by IS NULL)",
            0,
        ),
        (
            "posts p WHERE head_id IS NULL AND case_support <> (SELECT COUNT(DISTINCT v.person_id) FROM votes v JOIN posts m ON m.id = v.post_id
                WHERE v.stance = 'support' AND (m.id = p.id OR m.head_id = p.id))",
            0,
        ),
    ] {
        assert_eq!(f.count(rows).await, count, "{rows}");
    }
    let newest = f.page(&Actor::Visitor, &Filter { sort: Sort::New, ..Filter::default() }, None, 100).await;
    assert_eq!(newest.total, 288, "members of cases stand in no list");
    for row in newest.items {
        assert!(row.created_at < f.now());
        assert!((row.trend - rank::trend(row.case_support, row.case_comments, row.created_at)).abs() < 1e-9, "{}", row.title);
    }
    for (role, email, name) in SIGN_INS {
        let account = person::authenticate(f, email, PASSWORD).await.unwrap().expect(email);
        assert_eq!((account.role, account.name.as_str(), account.verified), (role, name, true));
    }
    assert_eq!(f.site().name, "Noordlicht");
    is_accountable(f).await;
    assert!(matches!(demo::fill(f).await, Err(DemoError::NotEmpty)), "a second time");
}

/// Those who sign in have something to decide, to answer and to see.
async fn is_accountable(f: &TestForum) {
    let now = f.now();
    let mut actors = Vec::new();
    for (_, email, _) in SIGN_INS {
        actors.push(person::authenticate(f, email, PASSWORD).await.unwrap().expect(email).actor(None));
    }
    let [customer, agent, lead, director, _] = actors.try_into().expect("five sign-ins");
    let asked = confirm::open_for(f.read(), &customer).await.unwrap();
    assert!(asked.iter().any(|ask| ask.round == 1) && asked.iter().any(|ask| ask.round == 2), "{asked:?}");
    let offered = handover::offered_to(f.read(), agent.id().unwrap(), now).await.unwrap();
    assert_eq!(offered.len(), 1, "an open offer");
    let levels: Vec<i32> = request::open(f.read(), &director).await.unwrap().iter().map(|request| request.level).collect();
    assert_eq!((levels.len(), levels.contains(&2), levels.contains(&3)), (2, true, true));
    assert_eq!(rebuttal::unread(f.read(), &lead).await.unwrap().len(), 1);
    assert_eq!(pledge::list(f.read()).await.unwrap().iter().filter(|pledge| pledge.ended_at.is_none()).count(), 1);
    let counts = promise::counts(f.read(), &Actor::Visitor, None, now).await.unwrap();
    assert_eq!((counts.owed, counts.paid, counts.withdrawn), (2, 2, 0));
    // three months before the forums under test are opened
    let first = "clocks c WHERE name = 'first_answer' AND level = 1 AND started_at >= '2026-08-20'";
    let of = f.count(&format!("{first} AND (ended_at IS NOT NULL OR missed_at IS NOT NULL)")).await;
    let late = f.count(&format!("{first} AND missed_at IS NOT NULL")).await;
    let percent = (of - late) * 100 / of;
    assert!((85..=93).contains(&percent), "{late} of {of} first answers came late");
}

#[test]
fn the_demo_forum_is_the_same_whenever_it_is_made() {
    // a Saturday evening, the hours after an early start, and the Sunday after Christmas and New Year with all their holidays
    for moment in ["2026-11-21T20:00:00Z", "2026-06-02T08:30:00Z", "2027-01-03T13:00:00Z"] {
        run(Backend::Sqlite, async |f| {
            f.time.set(utc(moment));
            assert_eq!(demo::fill(&f).await.unwrap(), HOLDS, "{moment}");
            is_at_rest(&f).await;
        });
    }
}

#[test]
fn the_demo_forum_holds_together_and_is_the_same_on_both_databases() {
    run_beside(async |sqlite, postgres| {
        holds_together(&sqlite).await;
        holds_together(&postgres).await;
        // what nobody may serve to strangers
        for forum in [&sqlite, &postgres] {
            assert_eq!(demo::open_to_anybody(forum).await.unwrap(), SIGN_INS.map(|(_, email, _)| email));
        }
        let (here, there) = (contents(&sqlite).await, contents(&postgres).await);
        for (here, there) in here.iter().zip(&there) {
            assert_eq!(here, there);
        }
        assert_eq!(here.len(), there.len());
    });
}
