//! Who lives in the forum, and what they do.

use chrono::{Days, NaiveDate};
use forum::{
    actor::{Actor, Role},
    answer::{Draft, Outcome},
    clock::Name,
    clock::Terms,
    handover::State,
    request,
    site::BoardTerms,
    team::Answering,
};
use tests::{REASON, TestForum, days};

use super::{History, agreed, done};

/// SplitMix64: the same numbers for the same seed, everywhere.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below the bound.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    pub(super) fn pick(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("an index")
    }

    /// So many times in a hundred.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

pub(super) struct World {
    pub(super) customers: Vec<Actor>,
    /// The desk, each with how often in a hundred they do what there is to do.
    agents: Vec<(Actor, u64)>,
    leads: Vec<Actor>,
    pub(super) director: Actor,
}

impl World {
    /// Peoples a forum: a board without a rule of assignment, one with a team that takes turns, one with a named person.
    pub(super) async fn settle(f: &TestForum, rng: &mut Rng, first: NaiveDate, length: u64) -> Self {
        f.board("billing").await;
        f.board("network").await;
        f.settings(|site| {
            let complaint = Some(Terms { first_answer: 1, decision: 3, next_update: 3 });
            site.board_terms.insert("network".to_owned(), BoardTerms { complaint, idea: None });
        })
        .await;
        let customers = f.members(9).await;
        let mut agents = Vec::new();
        for (name, diligence) in [("Femke", 95), ("Ruben", 70), ("Joke", 45), ("Tim", 20)] {
            agents.push((f.staff(name, Role::Agent).await, diligence));
        }
        let leads = vec![f.staff("Ruth", Role::Lead).await, f.staff("Bram", Role::Lead).await];
        let director = f.staff("Dora", Role::Director).await;
        let team = f.team("billing", &[&agents[0].0, &agents[1].0, &agents[2].0]).await;
        f.answering(Some("billing"), 1, Answering::Team(team.id)).await;
        f.desk(Some("network"), 1, &agents[3].0).await;
        f.desk(Some("network"), 2, &leads[1]).await;
        f.pledge("complaint", 5).await;
        for _ in 0..30 {
            let from = first + Days::new(rng.below(length));
            f.away(&agents[rng.pick(4)].0, from, from + Days::new(rng.below(20))).await;
        }
        Self { customers, agents, leads, director }
    }
}

impl History {
    /// Something that somebody does to a post.
    pub(super) async fn act(&mut self, n: usize) {
        if self.rng.chance(40) {
            self.customer(n).await;
            return;
        }
        let (agent, diligence) = self.world.agents[self.rng.pick(4)].clone();
        if !self.rng.chance(diligence) {
            return;
        }
        let lead = self.world.leads[self.rng.pick(2)].clone();
        match self.rng.below(100) {
            0..=37 => {
                let actor = if self.rng.chance(75) { agent } else { lead };
                self.answer(n, actor).await;
            }
            38..=45 => self.extend(n, &agent).await,
            46..=55 => self.wait(n, &agent).await,
            56..=76 => self.hand_over(n, &agent).await,
            77..=88 => self.promise(n, &agent, &lead).await,
            89..=92 => {
                let outcome = self.f.lower(&lead, self.posts[n].id).await;
                agreed(&outcome, self.posts[n].model.lower(self.f.now()), "to lower");
            }
            _ => self.decide(n).await,
        }
    }

    async fn customer(&mut self, n: usize) {
        let (id, now) = (self.posts[n].id, self.f.now());
        let author = self.posts[n].model.author;
        // whom it concerns comes back to it
        let who = if self.rng.chance(30) { author } else { self.rng.pick(self.world.customers.len()) };
        let actor = self.world.customers[who].clone();
        let what = self.rng.below(100);
        let (f, model) = (&self.f, &mut self.posts[n].model);
        match what {
            0..=19 => {
                f.support(&actor, id).await;
                model.supporters.insert(who);
            }
            20..=22 => {
                f.withdraw(&actor, id).await.expect("a vote taken back");
                model.supporters.remove(&who);
            }
            23..=34 => {
                f.comment(&actor, id, "Something more about it.").await;
                model.speak(who, now);
            }
            35..=54 => agreed(&f.report(&actor, id).await, model.report(who, now), "to report"),
            _ => {
                // those who were asked say something, mostly yes
                let asked: Vec<usize> = model.checks.last().map(|check| check.asked.keys().copied().collect()).unwrap_or_default();
                let who = if asked.is_empty() { who } else { asked[self.rng.pick(asked.len())] };
                let solved = self.rng.chance(65);
                let outcome = f.say(&self.world.customers[who], id, solved).await;
                agreed(&outcome, model.say(who, solved, now), "to say");
            }
        }
    }

    async fn answer(&mut self, n: usize, actor: Actor) {
        let (id, now) = (self.posts[n].id, self.f.now());
        let today = days::day_of(now);
        self.posts[n].model.advance(now);
        let (terms, level) = (self.posts[n].model.terms, self.posts[n].model.level);
        let status = ["review", "review", "planned", "started", "delivered", "delivered", "delivered", "declined", "archived"]
            [self.rng.pick(9)];
        let mut draft = Draft { next_update_on: None, ..self.f.answer_into(status) };
        let (mut next, mut again) = (None, None);
        if matches!(status, "review" | "planned" | "started") {
            let days = 1 + self.rng.below(u64::from(terms.days("next_update", level)));
            next = Some(days::nth_after(today, u32::try_from(days).expect("few days")));
            draft.next_update_on = next.map(|day| day.to_string());
        }
        if status == "declined" && self.rng.chance(60) {
            again = Some(today + Days::new(1 + self.rng.below(150)));
            draft.is_final = false;
            draft.reexamine_on = again.map(|day| day.to_string());
        }
        let outcome = self.f.try_answer(&actor, id, &draft).await.expect("an answer");
        let is_agent = self.world.agents.iter().any(|(agent, _)| *agent == actor);
        assert_eq!(done(&outcome), !(is_agent && status == "archived"), "an agent does not put away");
        let model = &mut self.posts[n].model;
        match outcome {
            Outcome::Done(_) => model.answer(status, next, again, now),
            Outcome::Requested(_) => model.ask(2, now),
        }
    }

    async fn extend(&mut self, n: usize, agent: &Actor) {
        let (id, now) = (self.posts[n].id, self.f.now());
        let name = Name::ALL[self.rng.pick(3)];
        let until = days::day_of(now) + Days::new(self.rng.below(20));
        let outcome = self.f.extend(agent, id, name, until).await;
        agreed(&outcome, self.posts[n].model.extend(name.as_str(), until, now), "to extend");
    }

    async fn wait(&mut self, n: usize, agent: &Actor) {
        let (id, now) = (self.posts[n].id, self.f.now());
        if self.posts[n].model.stopped().is_some() {
            agreed(&self.f.resume(agent, id).await, self.posts[n].model.resume(now), "to resume");
        } else {
            agreed(&self.f.stop(agent, id).await, self.posts[n].model.stop(now), "to stop");
        }
    }

    async fn hand_over(&mut self, n: usize, agent: &Actor) {
        let (id, now) = (self.posts[n].id, self.f.now());
        let Some(owner) = self.f.see(id).await.row.owner else { return };
        let staff: Vec<&Actor> = self.world.agents.iter().map(|(agent, _)| agent).chain(&self.world.leads).collect();
        let from = staff.iter().find(|person| person.id() == Some(owner.id)).copied();
        let others: Vec<&Actor> = staff.iter().filter(|person| person.id() != Some(owner.id)).copied().collect();
        let to = others[self.rng.pick(others.len())];
        let Some(from) = from else { return };
        let open = self.f.handovers(id).await.pop().filter(|handover| handover.state == State::Offered || self.rng.chance(5));
        match (open, self.rng.below(10)) {
            (Some(open), 0..=4) => {
                let receiver = staff.iter().find(|person| person.id() == Some(open.to.id)).expect("the receiver");
                let outcome = self.f.accept(receiver, open.id).await;
                agreed(&outcome, self.posts[n].model.respond("accepted", now), "to accept");
            }
            (Some(open), 5..=6) => {
                let receiver = staff.iter().find(|person| person.id() == Some(open.to.id)).expect("the receiver");
                let outcome = self.f.decline(receiver, open.id).await;
                agreed(&outcome, self.posts[n].model.respond("declined", now), "to decline");
            }
            (_, 7) => {
                self.f.give(agent, id, to).await.expect("an owner");
                self.posts[n].model.take(now);
            }
            _ => agreed(&self.f.offer(from, id, to).await, self.posts[n].model.offer(now), "to offer"),
        }
    }

    async fn promise(&mut self, n: usize, agent: &Actor, lead: &Actor) {
        let (id, now) = (self.posts[n].id, self.f.now());
        let promises = self.f.promises(id).await;
        if promises.is_empty() || self.rng.chance(40) {
            let (ahead, remedy) = (1 + self.rng.below(14), self.rng.chance(60));
            let until = days::nth_after(days::day_of(now), u32::try_from(ahead).expect("few days"));
            let outcome = self.f.promise(agent, id, until, remedy.then_some("€ 25")).await.expect("a promise");
            assert_eq!(done(&outcome), ahead <= 10, "ten working days are the mandate of an agent");
            let model = &mut self.posts[n].model;
            if done(&outcome) {
                model.promise(until, remedy, false, now);
            } else {
                model.ask(2, now);
            }
            return;
        }
        let which = self.rng.pick(promises.len());
        let promise = promises[which].id;
        let what = self.rng.below(10);
        let model = &mut self.posts[n].model;
        match what {
            0..=5 => agreed(&self.f.keep(lead, promise).await, model.end_promise(which, "kept", now), "to keep"),
            6 => agreed(&self.f.take_back(lead, promise).await, model.end_promise(which, "withdrawn", now), "to withdraw"),
            _ => agreed(&self.f.pay(lead, promise).await, model.pay(which, now), "to pay"),
        }
    }

    /// Whoever has the wider mandate decides the requests on a post; some wait too long for it.
    async fn decide(&mut self, n: usize) {
        let (id, now) = (self.posts[n].id, self.f.now());
        self.posts[n].model.advance(now);
        let director = self.world.director.clone();
        let requests = self.f.of(&director, id, request::of_post).await.expect("requests");
        let Some(which) = requests.iter().position(|request| request.state == request::State::Open) else { return };
        let found = &requests[which];
        let lead = self.world.leads[0].clone();
        if self.posts[n].model.requests[which].level == 3 {
            let refused = self.f.write(&lead, async |tx| request::refuse(tx, found.id, REASON).await).await;
            agreed(&refused, false, "a lead decides what was passed up");
        }
        let actor = if self.posts[n].model.requests[which].level == 3 { director } else { lead };
        if self.rng.chance(40) {
            self.f.write(&actor, async |tx| request::refuse(tx, found.id, REASON).await).await.expect("a refusal");
            let model = &mut self.posts[n].model;
            model.stirred = true;
            model.requests[which].outcome = Some("refused");
            return;
        }
        let outcome = self.f.write(&actor, async |tx| request::approve(tx, found.id).await).await;
        let model = &mut self.posts[n].model;
        match (found.act, outcome) {
            (request::Act::Answer, outcome) => {
                outcome.expect("an approval");
                model.answer("archived", None, None, now);
            }
            (request::Act::Promise, outcome) => {
                let text = |name| found.draft.get(name).and_then(|value| value.as_str());
                let until: NaiveDate = text("due_on").expect("a date").parse().expect("a date");
                agreed(&outcome, days::at(until, 17, 0) > now, "to promise what was asked for");
                if outcome.is_err() {
                    return;
                }
                model.promise(until, text("remedy").is_some(), false, now);
            }
        }
        model.requests[which].outcome = Some("approved");
    }
}
