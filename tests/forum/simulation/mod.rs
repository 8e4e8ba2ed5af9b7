//! The history of a forum, day by day: posts of all kinds on several boards, staff of varying diligence, customers who vote, comment,
//! confirm and report again, outages of the worker, holidays, nights in which the hands are moved, absences. What must become of
//! every post is worked out beside it by a [`model`] of the house rules, and compared after every day on which the worker ran
//! (rules 5 to 9, 15 and 16).

mod deeds;
mod model;
mod people;
mod verify;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use forum::{Forum, answer::Outcome, id::PostId, post::Kind, watch};
use model::{Post, Terms};
use people::{Rng, World};
use tests::{Backend, TestForum, day, days};

/// The histories that are played each time; `SIMULATION_SEEDS=7,8,9` plays others.
const SEEDS: [u64; 3] = [1, 2, 3];

/// How many days each history has, unless `SIMULATION_DAYS` says otherwise: at night there is time for two years.
const DAYS: u64 = 120;

fn days_played() -> u64 {
    std::env::var("SIMULATION_DAYS").map_or(DAYS, |days| days.parse().expect("a number"))
}

fn seeds() -> Vec<u64> {
    match std::env::var("SIMULATION_SEEDS") {
        Ok(seeds) => seeds.split(',').map(|seed| seed.trim().parse().expect("a number")).collect(),
        Err(_) => SEEDS.to_vec(),
    }
}

/// A post, and what must become of it.
struct Played {
    id: PostId,
    model: Post,
}

struct History {
    world: World,
    f: TestForum,
    beside: Forum,
    rng: Rng,
    posts: Vec<Played>,
    /// The worker is back on this day.
    up_on: NaiveDate,
    runs: u32,
    acts: u32,
}

impl History {
    /// Acts of a day, in the order of their times. Nights in which the hands are moved are over by then.
    async fn live(&mut self, today: NaiveDate) {
        let acts = if days::works(today) { 4 + self.rng.below(6) } else { self.rng.below(4) };
        let mut minutes: Vec<u64> = (0..acts).map(|_| 7 * 60 + self.rng.below(15 * 60)).collect();
        minutes.sort_unstable();
        for minute in minutes {
            let (hour, minute) = (u32::try_from(minute / 60).expect("an hour"), u32::try_from(minute % 60).expect("a minute"));
            // no two acts at the same moment
            self.acts += 1;
            self.f.time.set(days::at(today, hour, minute) + chrono::TimeDelta::milliseconds(i64::from(self.acts % 997)));
            if self.posts.is_empty() || self.rng.chance(6) {
                self.submit().await;
            } else {
                let n = if self.rng.chance(45) { self.most_urgent() } else { self.choose() };
                self.act(n).await;
            }
        }
    }

    /// Most that happens, happens to posts of the last weeks.
    fn choose(&mut self) -> usize {
        let all = self.posts.len() as u64;
        let back = if self.rng.chance(85) { self.rng.below(all.min(14)) } else { self.rng.below(all) };
        usize::try_from(all - 1 - back).expect("a post")
    }

    /// What is due first and not overdue yet.
    fn most_urgent(&self) -> usize {
        let now = self.f.now();
        let due = |n: &usize| self.posts[*n].model.deadline(now).filter(|due| *due > now);
        (0..self.posts.len()).filter(|n| due(n).is_some()).min_by_key(due).unwrap_or(self.posts.len() - 1)
    }

    async fn submit(&mut self) {
        let author = self.rng.pick(self.world.customers.len());
        let kind = [Kind::Complaint, Kind::Complaint, Kind::Idea, Kind::Wish, Kind::Criticism][self.rng.pick(5)];
        let board = ["general", "billing", "network"][self.rng.pick(3)];
        let title = format!("{} {}", kind.as_str(), self.posts.len());
        let id = self.f.post_on(&self.world.customers[author], board, kind, &title).await;
        let complaint = kind == Kind::Complaint;
        let terms = match (complaint, board) {
            (true, "network") => Terms(1, 3, 3),
            (true, _) => Terms(2, 5, 5),
            (false, _) => Terms(5, 30, 20),
        };
        let now = self.f.now();
        let mut model = Post::new(now, complaint, terms, author, board != "general");
        if complaint {
            model.promise(days::nth_after(days::day_of(now), 5), true, true, now);
        }
        self.posts.push(Played { id, model });
    }

    /// The worker, now and then two of them at once; sometimes it is down for weeks.
    async fn work(&mut self, today: NaiveDate) -> bool {
        if today >= self.up_on && self.rng.chance(3) {
            // mostly for days, now and then for longer than any question stays open
            let longest = if self.rng.chance(15) { 50 } else { 20 };
            self.up_on = today + Days::new(1 + self.rng.below(longest));
        }
        if today < self.up_on {
            return false;
        }
        let minute = u32::try_from(self.rng.below(60)).expect("a minute");
        self.f.time.set(days::at(today, 23, minute));
        self.runs += 1;
        if self.rng.chance(10) {
            let (one, other) = tokio::join!(watch::run(&self.f), watch::run(&self.beside));
            one.expect("the worker");
            other.expect("the worker beside it");
        } else {
            self.f.run().await;
        }
        if self.rng.chance(5) {
            // the clock of the machine is set back, and forward again
            let now = self.f.now();
            self.f.time.set(now - chrono::TimeDelta::hours(1));
            self.f.run().await;
            self.f.time.set(now);
            assert_eq!(self.f.run().await, 0, "all was done already");
        }
        true
    }
}

/// Whether an act was done, as it was to be by the rules.
fn agreed<T: std::fmt::Debug>(outcome: &forum::Result<T>, expected: bool, what: &str) {
    assert!(!matches!(outcome, Err(forum::Error::Internal(_))), "{what}: {outcome:?}");
    assert_eq!(outcome.is_ok(), expected, "{what}: {outcome:?}");
}

/// Whether an act that may be beyond a mandate was done.
fn done<T>(outcome: &Outcome<T>) -> bool {
    matches!(outcome, Outcome::Done(_))
}

async fn play(f: TestForum, seed: u64) -> Vec<(&'static str, usize)> {
    let mut rng = Rng::new(seed);
    // the years in turn, for the sake of the holidays that not every year has
    let first = day(["2025-01-06", "2026-01-05", "2027-01-04"][usize::try_from(seed % 3).expect("a year")]);
    f.time.set(days::at(first, 6, 0));
    let length = days_played();
    let world = World::settle(&f, &mut rng, first, length).await;
    let beside = (*f.beside().await).clone();
    beside.refresh_site().await.expect("settings");
    let mut history = History { world, f, beside, rng, posts: Vec::new(), up_on: first, runs: 0, acts: 0 };
    for today in first.iter_days().take(usize::try_from(length).expect("few days")) {
        history.live(today).await;
        if history.work(today).await {
            let now = history.f.now();
            for post in &mut history.posts {
                post.model.advance(now);
            }
            history.verify(&format!("seed {seed}, {today}"), false).await;
        }
    }
    history.up_on = first;
    history.f.time.set(days::at(first + Days::new(length + 90), 12, 0));
    history.f.run().await;
    let now = history.f.now();
    for post in &mut history.posts {
        post.model.advance(now);
    }
    history.verify(&format!("seed {seed}, the end"), true).await;
    crate::record::is_whole(&history.f).await;
    history.tell(seed)
}

fn simulate(backend: Backend) {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in seeds() {
        let mut played = Vec::new();
        tests::run(backend, async |f| played = play(f, seed).await);
        // in two years everything happens, in a season not everything does
        if days_played() >= 731 {
            happened(&played);
        }
        for (what, times) in played {
            *all.entry(what).or_default() += times;
        }
    }
    happened(&all.into_iter().collect::<Vec<_>>());
}

fn happened(played: &[(&str, usize)]) {
    assert!(played.iter().all(|(_, times)| *times > 0), "histories in which too little happened: {played:?}");
}

#[test]
fn a_history_goes_by_the_rules_on_sqlite() {
    simulate(Backend::Sqlite);
}

#[test]
fn a_history_goes_by_the_rules_on_postgres() {
    simulate(Backend::Postgres);
}
