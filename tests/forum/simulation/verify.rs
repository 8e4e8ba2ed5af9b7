//! Compares what the tables hold with what must be.

use std::{collections::BTreeMap, fmt::Debug};

use forum::{actor::Actor, clock, event, post, promise};
use sea_orm::QueryResult;
use tests::get;

use super::{
    History,
    model::{Moment, Post},
};

/// Rows of posts, by post.
type Rows<T> = BTreeMap<i64, Vec<T>>;

fn compare<T: PartialEq + Debug>(when: &str, what: &str, post: i64, rows: &mut Rows<T>, expected: Vec<T>, model: &Post) {
    let found = rows.remove(&post).unwrap_or_default();
    assert!(found == expected, "{when}: {what} of post {post}\n found    {found:#?}\n expected {expected:#?}\n{model:#?}");
}

impl History {
    async fn rows<T>(&self, sql: &str, ids: &str, row: impl Fn(&QueryResult) -> T) -> Rows<T> {
        let mut rows: Rows<T> = BTreeMap::new();
        for found in self.f.rows(&sql.replace("{}", ids)).await {
            rows.entry(get(&found, "post_id")).or_default().push(row(&found));
        }
        rows
    }

    /// Compares the posts to which something happened since the last time, or all.
    pub(super) async fn verify(&mut self, when: &str, all: bool) {
        let chosen: Vec<usize> = (0..self.posts.len()).filter(|n| all || self.posts[*n].model.stirred).collect();
        for part in chosen.chunks(200) {
            self.verify_rows(when, part).await;
            self.verify_consequences(when, part).await;
        }
        for n in chosen {
            self.posts[n].model.stirred = false;
        }
        self.verify_nothing_is_left(when).await;
        if all || self.runs.is_multiple_of(7) {
            self.verify_queue(when).await;
        }
    }

    fn ids(&self, chosen: &[usize]) -> String {
        chosen.iter().map(|n| self.posts[*n].id.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// Posts, clocks, levels, stops and handovers.
    async fn verify_rows(&self, when: &str, chosen: &[usize]) {
        let ids = self.ids(chosen);
        let sql = "SELECT id AS post_id, stage, level, owner_id IS NOT NULL AS owned, delivered_at FROM posts WHERE id IN ({})";
        let mut posts = self
            .rows(sql, &ids, |r| {
                (
                    get::<String>(r, "stage"),
                    get::<i32>(r, "level"),
                    get::<bool>(r, "owned"),
                    get::<Option<Moment>>(r, "delivered_at"),
                )
            })
            .await;
        let sql = "SELECT post_id, name, started_at, due_at, ended_at, missed_at FROM clocks WHERE post_id IN ({}) ORDER BY id";
        let mut clocks = self
            .rows(sql, &ids, |r| {
                let times = (get::<Moment>(r, "started_at"), get::<Moment>(r, "due_at"));
                (get::<String>(r, "name"), times, get::<Option<Moment>>(r, "ended_at"), get::<Option<Moment>>(r, "missed_at"))
            })
            .await;
        let sql = "SELECT post_id, data, created_at FROM events WHERE kind = 'level_changed' AND post_id IN ({}) ORDER BY id";
        let mut levels = self
            .rows(sql, &ids, |r| {
                let told = serde_json::from_value(get::<serde_json::Value>(r, "data")).expect("what happened");
                let event::Kind::LevelChanged { from, to, cause, .. } = told else { panic!("{told:?}") };
                ((from, to), cause.as_str().to_owned(), get::<Moment>(r, "created_at"))
            })
            .await;
        let sql = "SELECT post_id, created_at, until_at, ended_at FROM stops WHERE post_id IN ({}) ORDER BY id";
        let mut stops = self
            .rows(sql, &ids, |r| {
                (get::<Moment>(r, "created_at"), get::<Moment>(r, "until_at"), get::<Option<Moment>>(r, "ended_at"))
            })
            .await;
        let sql = "SELECT post_id, created_at, lapses_at, outcome, ended_at FROM handovers WHERE post_id IN ({}) ORDER BY id";
        let mut handovers = self
            .rows(sql, &ids, |r| {
                let times = (get::<Moment>(r, "created_at"), get::<Moment>(r, "lapses_at"));
                (times, get::<Option<String>>(r, "outcome"), get::<Option<Moment>>(r, "ended_at"))
            })
            .await;
        for n in chosen {
            let (id, m) = (self.posts[*n].id.0, &self.posts[*n].model);
            compare(when, "the row", id, &mut posts, vec![(m.stage.to_owned(), m.level, m.owned, m.delivered)], m);
            let expected = m.clocks.iter().map(|c| (c.name.to_owned(), (c.started, c.due), c.ended, c.missed)).collect();
            compare(when, "clocks", id, &mut clocks, expected, m);
            let expected = m.levels.iter().map(|(from, to, cause, at)| ((*from, *to), (*cause).to_owned(), *at)).collect();
            compare(when, "levels", id, &mut levels, expected, m);
            let expected = m.stops.iter().map(|stop| (stop.at, stop.until, stop.ended)).collect();
            compare(when, "stops", id, &mut stops, expected, m);
            let expected = m
                .handovers
                .iter()
                .map(|h| ((h.at, h.lapses), h.outcome.map(|(outcome, _)| outcome.to_owned()), h.outcome.map(|(_, at)| at)));
            compare(when, "handovers", id, &mut handovers, expected.collect(), m);

            // the level is what was raised and lowered, and never out of bounds
            let steps: i32 = m.levels.iter().map(|(from, to, ..)| to - from).sum();
            assert!(m.level == 1 + steps && (1..=3).contains(&m.level), "{when}: {m:#?}");
            assert!(m.handovers.iter().filter(|h| h.outcome.is_none()).count() <= 1, "{when}: {m:#?}");
            // the states that readers see
            let now = self.f.now();
            let seen = self.f.of(&Actor::System, self.posts[*n].id, clock::history).await.expect("clocks");
            let expected = m.clocks.iter().filter(|clock| clock.started <= now).map(|clock| clock.state(m.stopped(), now));
            assert!(seen.iter().map(|clock| clock.state.as_str()).eq(expected), "{when}: {seen:#?}\n{m:#?}");
        }
    }

    /// Checks, promises, requests, answers of the forum itself, and that everything was told once.
    async fn verify_consequences(&self, when: &str, chosen: &[usize]) {
        let (ids, now) = (self.ids(chosen), self.f.now());
        let sql = "SELECT post_id, closes_at, closed_at, outcome, asked_again_at,
                    (SELECT COUNT(*) FROM asks k WHERE k.answer_id = checks.answer_id) AS asked
                   FROM checks WHERE post_id IN ({}) ORDER BY answer_id";
        let mut checks = self
            .rows(sql, &ids, |r| {
                let closed = (get::<Option<Moment>>(r, "closed_at"), get::<Option<String>>(r, "outcome"));
                (get::<Moment>(r, "closes_at"), closed, get::<Option<Moment>>(r, "asked_again_at"), get::<i64>(r, "asked"))
            })
            .await;
        let sql = "SELECT post_id, level, due_at, outcome FROM requests WHERE post_id IN ({}) ORDER BY id";
        let mut requests = self
            .rows(sql, &ids, |r| (get::<i32>(r, "level"), get::<Moment>(r, "due_at"), get::<Option<String>>(r, "outcome")))
            .await;
        let sql = "SELECT post_id, created_at, cause FROM answers WHERE author_id IS NULL AND post_id IN ({}) ORDER BY id";
        let mut answers = self.rows(sql, &ids, |r| (get::<Moment>(r, "created_at"), get::<String>(r, "cause"))).await;
        let sql = "SELECT post_id, raised FROM agains WHERE post_id IN ({}) ORDER BY id";
        let mut agains = self.rows(sql, &ids, |r| get::<bool>(r, "raised")).await;
        let sql = "SELECT post_id, kind FROM events WHERE post_id IN ({}) ORDER BY id";
        let events = self.rows(sql, &ids, |r| get::<String>(r, "kind")).await;
        for n in chosen {
            let (id, m) = (self.posts[*n].id, &self.posts[*n].model);
            let expected = m.checks.iter().map(|c| {
                let closed = (c.closed.map(|(_, at)| at), c.closed.map(|(outcome, _)| outcome.to_owned()));
                (c.closes, closed, c.asked_again, c.asked.len() as i64 + i64::from(c.second.is_some()))
            });
            compare(when, "checks", id.0, &mut checks, expected.collect(), m);
            let expected = m.requests.iter().map(|r| (r.level, r.due, r.outcome.map(str::to_owned))).collect();
            compare(when, "requests", id.0, &mut requests, expected, m);
            let expected = m.answers.iter().map(|(at, cause)| (*at, (*cause).to_owned())).collect();
            compare(when, "answers of the forum", id.0, &mut answers, expected, m);
            compare(when, "reports", id.0, &mut agains, m.agains.iter().map(|again| again.2).collect(), m);

            let found = self.f.of(&Actor::System, id, promise::of_post).await.expect("promises");
            let found: Vec<_> = found.iter().map(|p| (p.state.as_str(), p.due_at, p.paid_at.is_some(), p.owes())).collect();
            let expected =
                m.promises.iter().map(|p| (p.state(now), p.due, p.paid, p.state(now) == "broken" && p.remedy && !p.paid));
            assert_eq!(found, expected.collect::<Vec<_>>(), "{when}: promises of post {id}: {m:#?}");

            // once and only once
            let told = |kind: &str| events.get(&id.0).map_or(0, |all| all.iter().filter(|e| *e == kind).count());
            let lapsed = m.handovers.iter().filter(|h| h.outcome.is_some_and(|(how, at)| how == "lapsed" && at == h.lapses));
            for (kind, expected) in [
                ("clock_missed", m.clocks.iter().filter(|c| c.missed.is_some()).count()),
                ("level_changed", m.levels.len()),
                ("clocks_stopped", m.stops.len()),
                ("clocks_resumed", m.stops.iter().filter(|s| s.ended.is_some()).count()),
                ("handover_lapsed", lapsed.count()),
                ("promise_broken", m.promises.iter().filter(|p| p.told.is_some()).count()),
                ("request_passed_up", m.requests.iter().filter(|r| r.passed).count()),
                ("check_closed", m.checks.iter().filter(|c| c.closed.is_some_and(|(how, _)| how != "overtaken")).count()),
                ("customers_asked", m.checks.len() + m.checks.iter().filter(|c| c.second.is_some()).count()),
            ] {
                assert_eq!(told(kind), expected, "{when}: {kind} of post {id}: {m:#?}");
            }
        }
    }

    /// After a run nothing is left whose time has come.
    async fn verify_nothing_is_left(&self, when: &str) {
        let now = self.f.now();
        let due = |at: Moment| at < now;
        for (what, sql) in [
            ("a missed clock", "SELECT due_at AS at FROM clocks WHERE ended_at IS NULL AND missed_at IS NULL"),
            ("a handover", "SELECT lapses_at AS at FROM handovers WHERE outcome IS NULL"),
            ("a stop", "SELECT until_at AS at FROM stops WHERE ended_at IS NULL"),
            ("a check", "SELECT closes_at AS at FROM checks WHERE closed_at IS NULL"),
            ("a request", "SELECT due_at AS at FROM requests WHERE outcome IS NULL AND level < 3"),
        ] {
            let left = self.f.rows(sql).await.iter().filter(|row| due(get(row, "at"))).count();
            assert_eq!(left, 0, "{when}: {what} was left");
        }
        // rule 7
        for row in self.f.rows("SELECT created_at AS at FROM posts WHERE owner_id IS NULL").await {
            assert!(tests::days::due(get(&row, "at"), 1) >= now, "{when}: a post without an owner");
        }
        let members = "posts p JOIN persons o ON o.id = p.owner_id WHERE o.role = 'member'";
        assert_eq!(self.f.count(members).await, 0, "{when}: an owner who is not of the staff");
    }

    /// Rule 9: by the earliest open deadline, then by how long it waits, then by number.
    async fn verify_queue(&self, when: &str) {
        let (now, staff) = (self.f.now(), &self.world.director);
        let mut expected: Vec<_> =
            self.posts.iter().filter_map(|p| Some((p.model.deadline(now)?, p.model.created, p.id))).collect();
        expected.sort_unstable();
        let (mut after, mut found) = (None, Vec::new());
        loop {
            let (items, next, total) = post::queue(self.f.read(), staff, None, after.as_deref(), 100, now).await.expect("a queue");
            assert_eq!(total, expected.len() as i64, "{when}: the length of the queue");
            found.extend(items.into_iter().map(|(row, _)| row.id));
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected.iter().map(|(_, _, id)| *id).collect::<Vec<_>>(), "{when}: the queue");
    }

    /// Tells what was played, for those who run it with `--nocapture`; a history in which nothing happens proves nothing.
    pub(super) fn tell(&self, seed: u64) -> Vec<(&'static str, usize)> {
        let models = || self.posts.iter().map(|post| &post.model);
        let count = |of: &dyn Fn(&Post) -> usize| models().map(of).sum::<usize>();
        let causes = |cause: &str| count(&|m| m.levels.iter().filter(|level| level.2 == cause).count());
        let outcomes =
            |outcome: &str| count(&|m| m.checks.iter().filter(|c| c.closed.is_some_and(|(how, _)| how == outcome)).count());
        let played = vec![
            ("posts", self.posts.len()),
            ("missed", causes("missed")),
            ("handover", causes("handover")),
            ("again", causes("again")),
            ("not solved", causes("not_solved")),
            ("too few yes", causes("too_few_yes")),
            ("lowered", causes("lowered")),
            ("stops", count(&|m| m.stops.len())),
            ("lapsed", count(&|m| m.handovers.iter().filter(|h| h.outcome.is_some_and(|(how, _)| how == "lapsed")).count())),
            ("confirmed", outcomes("confirmed")),
            ("unconfirmed", outcomes("unconfirmed")),
            ("overtaken", outcomes("overtaken")),
            ("second questions", count(&|m| m.checks.iter().filter(|c| c.second.is_some()).count())),
            ("broken", count(&|m| m.promises.iter().filter(|p| p.told.is_some()).count())),
            ("kept", count(&|m| m.promises.iter().filter(|p| p.ended == Some("kept")).count())),
            ("passed up", count(&|m| m.requests.iter().filter(|r| r.passed).count())),
        ];
        println!("seed {seed}: {} acts, {} days with the worker, {played:?}", self.acts, self.runs);
        played
    }
}
