//! What people do to a post, as far as the house rules allow it: each answers whether they do.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use tests::days::{self, at, day_of, due, nth_after};

use super::model::{Check, Handover, Moment, Post, Promise, Request, Stop};

impl Post {
    fn begin(&mut self, now: Moment) {
        self.advance(now);
        self.stirred = true;
    }

    pub(super) fn speak(&mut self, person: usize, now: Moment) {
        self.begin(now);
        if person == self.author {
            self.run_on(now);
        }
    }

    pub(super) fn answer(&mut self, stage: &'static str, next: Option<NaiveDate>, again: Option<NaiveDate>, now: Moment) {
        self.begin(now);
        self.owned = true;
        self.run_on(now);
        self.stage = stage;
        self.end("first_answer", now);
        self.end("next_update", now);
        if stage != "review" {
            self.end("decision", now);
        }
        if let Some(day) = next {
            self.start("next_update", now, at(day, 17, 0));
        }
        if let Some(day) = again {
            let from = at(day, 0, 0);
            self.start("decision", from, due(from, self.terms.days("decision", self.level)));
        }
        self.overtake(now);
        if stage == "delivered" {
            self.delivered = Some(now);
            let asked = self.supporters.iter().copied().chain([self.author]).map(|person| (person, None)).collect();
            self.checks.push(Check {
                closes: now + TimeDelta::days(14),
                closed: None,
                asks_again: self.complaint.then(|| now + TimeDelta::days(28)),
                asked_again: None,
                asked,
                second: None,
            });
        }
        self.follow(now);
    }

    pub(super) fn extend(&mut self, name: &str, until: NaiveDate, now: Moment) -> bool {
        self.begin(now);
        let days = self.terms.days(name, self.level);
        let stopped = self.stopped().is_some();
        let Some(clock) = self.clocks.iter_mut().find(|clock| clock.name == name && clock.runs(now) && !stopped) else {
            return false;
        };
        let until = days::at_or_before(until);
        if at(until, 17, 0) <= clock.due || until > nth_after(day_of(now), days) {
            return false;
        }
        clock.due = at(until, 17, 0);
        true
    }

    pub(super) fn stop(&mut self, now: Moment) -> bool {
        self.begin(now);
        let running: Vec<usize> = (0..self.clocks.len()).filter(|n| self.clocks[*n].runs(now)).collect();
        let used = running.iter().map(|n| self.clocks[*n].stood).max();
        let Some(left) = used.and_then(|used| 10_u32.checked_sub(used)).filter(|left| *left > 0 && self.stopped().is_none()) else {
            return false;
        };
        for n in running {
            let clock = &mut self.clocks[n];
            clock.before = Some(clock.due);
            clock.due = at(nth_after(day_of(clock.due), left), 17, 0);
        }
        self.stops.push(Stop { at: now, until: due(now, left), ended: None });
        true
    }

    pub(super) fn resume(&mut self, now: Moment) -> bool {
        self.begin(now);
        let stopped = self.stopped().is_some();
        self.run_on(now);
        stopped
    }

    pub(super) fn lower(&mut self, now: Moment) -> bool {
        self.begin(now);
        if self.level == 1 {
            return false;
        }
        self.levels.push((self.level, self.level - 1, "lowered", now));
        self.level -= 1;
        true
    }

    fn hand_over(&mut self, handover: Handover) {
        let now = handover.at;
        self.handovers.push(handover);
        if self.handovers.len() == 3 {
            self.raise("handover", now);
        }
    }

    pub(super) fn offer(&mut self, now: Moment) -> bool {
        self.begin(now);
        if self.handovers.last().is_some_and(|handover| handover.outcome.is_none()) {
            return false;
        }
        self.hand_over(Handover { at: now, lapses: due(now, 2), outcome: None });
        true
    }

    pub(super) fn respond(&mut self, outcome: &'static str, now: Moment) -> bool {
        self.begin(now);
        let open = self.handovers.last_mut().filter(|handover| handover.outcome.is_none());
        open.map(|handover| handover.outcome = Some((outcome, now))).is_some()
    }

    /// Somebody takes the post from its owner and gives it to another.
    pub(super) fn take(&mut self, now: Moment) {
        self.begin(now);
        if let Some(open) = self.handovers.last_mut().filter(|handover| handover.outcome.is_none()) {
            open.outcome = Some(("lapsed", now));
        }
        self.hand_over(Handover { at: now, lapses: now, outcome: Some(("assigned", now)) });
    }

    pub(super) fn promise(&mut self, until: NaiveDate, remedy: bool, pledged: bool, now: Moment) {
        self.begin(now);
        self.owned |= !pledged;
        self.promises.push(Promise { pledged, due: at(until, 17, 0), ended: None, told: None, remedy, paid: false });
    }

    pub(super) fn end_promise(&mut self, n: usize, how: &'static str, now: Moment) -> bool {
        self.begin(now);
        let promise = &mut self.promises[n];
        match (promise.state(now), how) {
            ("open", _) => promise.ended = Some(how),
            ("kept", "kept") => {}
            _ => return false,
        }
        true
    }

    pub(super) fn pay(&mut self, n: usize, now: Moment) -> bool {
        self.begin(now);
        let promise = &mut self.promises[n];
        let owed = promise.state(now) == "broken" && promise.remedy;
        promise.paid |= owed;
        promise.paid
    }

    pub(super) fn ask(&mut self, level: i32, now: Moment) {
        self.begin(now);
        self.owned = true;
        self.requests.push(Request { level, due: due(now, 2), outcome: None, passed: false });
    }

    /// Rule 15.
    pub(super) fn report(&mut self, person: usize, now: Moment) -> bool {
        self.begin(now);
        let same = person == self.author || self.supporters.contains(&person);
        if !self.complaint || (self.delivered.is_none() && !same) {
            return false;
        }
        let since = self.delivered;
        let mut earlier: BTreeSet<usize> = self.agains.iter().filter(|again| again.1 == since).map(|again| again.0).collect();
        let fifth = earlier.insert(person) && earlier.len() == 5;
        let soon = since.is_some_and(|at| now <= at + TimeDelta::days(90));
        let cause = match (self.is_solved() && same && soon, fifth) {
            (true, _) => Some("again"),
            (_, true) => Some("fifth_again"),
            _ => None,
        };
        self.agains.push((person, since, cause.is_some()));
        if person == self.author {
            self.run_on(now);
        }
        match cause {
            Some(cause) if self.is_solved() => self.reopen(cause, now),
            Some(cause) => self.raise(cause, now),
            None => {}
        }
        true
    }

    /// Rule 16.
    pub(super) fn say(&mut self, person: usize, solved: bool, now: Moment) -> bool {
        self.begin(now);
        let (is_solved, author) = (self.is_solved(), person == self.author);
        let last = self.checks.len().wrapping_sub(1);
        let asked = |check: &Check| check.asked.contains_key(&person);
        let Some(n) = self.checks.iter().rposition(asked) else { return false };
        let check = &mut self.checks[n];
        let first = !(author && check.second.is_some());
        let open = if first { check.closed.is_none() } else { n == last && is_solved };
        let said = if first { check.asked.get_mut(&person) } else { check.second.as_mut().map(|second| &mut second.said) };
        let Some(said) = said else { return false };
        if *said == Some(solved) {
            return true;
        }
        if !open {
            return false;
        }
        *said = Some(solved);
        if author && !solved {
            if first {
                check.closed = Some(("reopened", now));
            }
            self.reopen("not_solved", now);
        }
        true
    }
}
