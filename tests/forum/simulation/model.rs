//! What must become of a post, by the house rules alone: told of what people did and when, it works out the rest for itself, with
//! a calendar of its own and without a database.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use tests::days::{at, between, day_of, due, nth_after};

pub(super) type Moment = DateTime<Utc>;

/// Working days for the first answer, the decision and the next update.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms(pub(super) u32, pub(super) u32, pub(super) u32);

impl Terms {
    /// Rule 6: the whole length, half of it, one day.
    pub(super) fn days(self, name: &str, level: i32) -> u32 {
        let whole = match name {
            "first_answer" => self.0,
            "decision" => self.1,
            _ => self.2,
        };
        [whole, (whole / 2).max(1), 1][usize::try_from(level - 1).expect("a level")]
    }
}

#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) name: &'static str,
    pub(super) started: Moment,
    pub(super) due: Moment,
    pub(super) ended: Option<Moment>,
    pub(super) missed: Option<Moment>,
    /// When it was due before it was stopped, while it is.
    pub(super) before: Option<Moment>,
    pub(super) stood: u32,
}

impl Clock {
    pub(super) fn runs(&self, now: Moment) -> bool {
        self.ended.is_none() && self.missed.is_none() && self.started <= now
    }

    /// The state by section 3.
    pub(super) fn state(&self, stop: Option<&Stop>, now: Moment) -> &'static str {
        match self.ended {
            Some(ended) if ended > self.due => "late",
            Some(_) => "met",
            None if self.before.is_some() && stop.is_some_and(|stop| now <= stop.until) => "stopped",
            None if now > self.due => "missed",
            None => "running",
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub(super) at: Moment,
    pub(super) until: Moment,
    pub(super) ended: Option<Moment>,
}

#[derive(Debug, Clone)]
pub(super) struct Handover {
    pub(super) at: Moment,
    pub(super) lapses: Moment,
    pub(super) outcome: Option<(&'static str, Moment)>,
}

#[derive(Debug, Clone)]
pub(super) struct Check {
    pub(super) closes: Moment,
    pub(super) closed: Option<(&'static str, Moment)>,
    pub(super) asks_again: Option<Moment>,
    pub(super) asked_again: Option<Moment>,
    pub(super) asked: BTreeMap<usize, Option<bool>>,
    /// The second question, once the author was asked it.
    pub(super) second: Option<Second>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Second {
    pub(super) said: Option<bool>,
}

#[derive(Debug, Clone)]
pub(super) struct Promise {
    pub(super) pledged: bool,
    pub(super) due: Moment,
    pub(super) ended: Option<&'static str>,
    pub(super) told: Option<Moment>,
    pub(super) remedy: bool,
    pub(super) paid: bool,
}

impl Promise {
    /// Rule 8: the state follows from what was said and from the time.
    pub(super) fn state(&self, now: Moment) -> &'static str {
        self.ended.unwrap_or(if now > self.due { "broken" } else { "open" })
    }
}

#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) level: i32,
    pub(super) due: Moment,
    pub(super) outcome: Option<&'static str>,
    pub(super) passed: bool,
}

/// A post.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) created: Moment,
    pub(super) complaint: bool,
    pub(super) terms: Terms,
    pub(super) author: usize,
    pub(super) supporters: BTreeSet<usize>,
    pub(super) stage: &'static str,
    pub(super) level: i32,
    pub(super) owned: bool,
    pub(super) delivered: Option<Moment>,
    pub(super) clocks: Vec<Clock>,
    pub(super) levels: Vec<(i32, i32, &'static str, Moment)>,
    pub(super) stops: Vec<Stop>,
    pub(super) handovers: Vec<Handover>,
    pub(super) checks: Vec<Check>,
    pub(super) agains: Vec<(usize, Option<Moment>, bool)>,
    pub(super) promises: Vec<Promise>,
    pub(super) requests: Vec<Request>,
    /// What the forum itself answered: when, and why.
    pub(super) answers: Vec<(Moment, &'static str)>,
    /// Whether anything happened since this was last compared.
    pub(super) stirred: bool,
}

/// Something whose time comes. Where two come at once they come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Ask(usize),
    Check(usize),
    Clock(usize),
    Handover(usize),
    Promise(usize),
    Request(usize),
    Stop,
    Owner,
}

impl Post {
    pub(super) fn new(created: Moment, complaint: bool, terms: Terms, author: usize, assigned: bool) -> Self {
        let clock = |name| Clock {
            name,
            started: created,
            due: due(created, terms.days(name, 1)),
            ended: None,
            missed: None,
            before: None,
            stood: 0,
        };
        Self {
            created,
            complaint,
            terms,
            author,
            supporters: BTreeSet::new(),
            stage: "received",
            level: 1,
            owned: assigned,
            delivered: None,
            clocks: vec![clock("first_answer"), clock("decision")],
            levels: Vec::new(),
            stops: Vec::new(),
            handovers: Vec::new(),
            checks: Vec::new(),
            agains: Vec::new(),
            promises: Vec::new(),
            requests: Vec::new(),
            answers: Vec::new(),
            stirred: true,
        }
    }

    // what time brings

    fn next(&self, now: Moment) -> Option<(Moment, Next)> {
        let mut all: Vec<(Moment, Next)> = Vec::new();
        for (n, check) in self.checks.iter().enumerate() {
            if check.closed.is_none() {
                all.push((check.closes, Next::Check(n)));
            }
            if let (Some(at), None) = (check.asks_again, check.asked_again) {
                all.push((at, Next::Ask(n)));
            }
        }
        let clocks = self.clocks.iter().enumerate().filter(|(_, c)| c.ended.is_none() && c.missed.is_none());
        all.extend(clocks.map(|(n, clock)| (clock.due, Next::Clock(n))));
        let handovers = self.handovers.iter().enumerate().filter(|(_, h)| h.outcome.is_none());
        all.extend(handovers.map(|(n, handover)| (handover.lapses, Next::Handover(n))));
        let promises = self.promises.iter().enumerate().filter(|(_, p)| p.ended.is_none() && p.told.is_none());
        all.extend(promises.map(|(n, promise)| (promise.due, Next::Promise(n))));
        let requests = self.requests.iter().enumerate().filter(|(_, r)| r.outcome.is_none() && r.level < 3);
        all.extend(requests.map(|(n, request)| (request.due, Next::Request(n))));
        all.extend(self.stopped().map(|stop| (stop.until, Next::Stop)));
        if !self.owned {
            all.push((due(self.created, 1), Next::Owner));
        }
        all.into_iter().filter(|(at, _)| *at < now).min()
    }

    /// Draws every consequence up to now, each at its time.
    pub(super) fn advance(&mut self, now: Moment) {
        while let Some((at, next)) = self.next(now) {
            self.stirred = true;
            match next {
                Next::Ask(n) => {
                    self.checks[n].asked_again = Some(at);
                    if self.is_solved() {
                        self.checks[n].second = Some(Second::default());
                    }
                }
                Next::Check(n) => self.decide(n, at),
                Next::Clock(n) => self.miss(n),
                Next::Handover(n) => self.handovers[n].outcome = Some(("lapsed", at)),
                Next::Promise(n) => self.promises[n].told = Some(at),
                Next::Request(n) => {
                    let request = &mut self.requests[n];
                    (request.level, request.due, request.passed) = (request.level + 1, due(at, 2), true);
                }
                Next::Stop => self.run_on(at),
                Next::Owner => self.owned = true,
            }
        }
    }

    fn miss(&mut self, n: usize) {
        let (name, at) = (self.clocks[n].name, self.clocks[n].due);
        self.clocks[n].missed = Some(at);
        if self.level < 3 {
            self.raise("missed", at);
            self.start(name, at, due(at, self.terms.days(name, self.level)));
        }
    }

    fn decide(&mut self, n: usize, at: Moment) {
        let said: Vec<bool> = self.checks[n].asked.values().filter_map(|said| *said).collect();
        let yes = said.iter().filter(|yes| **yes).count();
        let outcome = match (said.len(), said.len() - yes) {
            (0, _) => "unconfirmed",
            (all, no) if no > all - no => "reopened",
            _ => "confirmed",
        };
        self.checks[n].closed = Some((outcome, at));
        match outcome {
            "confirmed" => {
                self.stage = "confirmed";
                self.answers.push((at, "confirmed"));
                self.follow(at);
            }
            "reopened" => self.reopen("too_few_yes", at),
            _ => {}
        }
    }

    // what follows from several things

    pub(super) fn stopped(&self) -> Option<&Stop> {
        self.stops.last().filter(|stop| stop.ended.is_none())
    }

    pub(super) fn is_solved(&self) -> bool {
        matches!(self.stage, "delivered" | "confirmed")
    }

    pub(super) fn start(&mut self, name: &'static str, started: Moment, due: Moment) {
        self.clocks.push(Clock { name, started, due, ended: None, missed: None, before: None, stood: 0 });
    }

    pub(super) fn end(&mut self, name: &str, at: Moment) {
        self.clocks.retain(|clock| clock.name != name || clock.ended.is_some() || clock.started <= at);
        for clock in self.clocks.iter_mut().filter(|clock| clock.name == name && clock.ended.is_none()) {
            clock.ended = Some(at);
        }
    }

    pub(super) fn raise(&mut self, cause: &'static str, at: Moment) {
        let to = (self.level + 1).min(3);
        self.levels.push((self.level, to, cause, at));
        self.level = to;
        if cause == "missed" {
            return;
        }
        let stop = self.stopped().map(|stop| (stop.at, stop.until));
        for clock in self.clocks.iter_mut().filter(|clock| clock.runs(at)) {
            let days = self.terms.days(clock.name, to);
            match stop.filter(|_| clock.before.is_some()) {
                Some((since, until)) if clock.due > due(until, days) => {
                    (clock.due, clock.before) = (due(until, days), Some(due(since, days)));
                }
                None => clock.due = clock.due.min(due(at, days)),
                Some(_) => {}
            }
        }
    }

    /// What stood still runs again: due as many working days later as it stood.
    pub(super) fn run_on(&mut self, at_moment: Moment) {
        let Some(stop) = self.stops.last_mut().filter(|stop| stop.ended.is_none()) else { return };
        stop.ended = Some(at_moment);
        let allowed = between(day_of(stop.at), day_of(stop.until));
        let stood = between(day_of(stop.at), day_of(at_moment)).min(allowed);
        for clock in self.clocks.iter_mut().filter(|clock| clock.ended.is_none()) {
            if let Some(before) = clock.before.take() {
                clock.due = at(nth_after(day_of(before), stood), 17, 0);
                clock.stood += stood;
            }
        }
    }

    pub(super) fn reopen(&mut self, cause: &'static str, at: Moment) {
        self.raise(cause, at);
        self.end("next_update", at);
        self.start("next_update", at, due(at, self.terms.days("next_update", self.level)));
        self.stage = "started";
        self.answers.push((at, cause));
        self.follow(at);
        self.overtake(at);
    }

    pub(super) fn overtake(&mut self, at: Moment) {
        for check in &mut self.checks {
            check.closed = check.closed.or(Some(("overtaken", at)));
            if check.asked_again.is_none() {
                check.asks_again = None;
            }
        }
    }

    /// A pledge is kept by the delivery, and no longer when the post is being worked on again.
    pub(super) fn follow(&mut self, now: Moment) {
        for promise in self.promises.iter_mut().filter(|promise| promise.pledged) {
            match self.stage {
                "delivered" | "confirmed" if promise.state(now) == "open" => promise.ended = Some("kept"),
                "received" | "review" | "planned" | "started" if promise.ended == Some("kept") => promise.ended = None,
                _ => {}
            }
        }
    }

    /// The earliest open deadline.
    pub(super) fn deadline(&self, now: Moment) -> Option<Moment> {
        self.clocks.iter().filter(|clock| clock.ended.is_none() && clock.started <= now).map(|clock| clock.due).min()
    }
}
